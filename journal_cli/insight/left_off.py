"""Where a paused sitting was left: after how many of its questions, and which one is open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from journal_cli.errors import NotFound
from journal_cli.journal.library import Library
from journal_cli.journal.session import Intensity, Prompt, StepKind
from journal_cli.journal.sitting import Sitting

Hides = Callable[[Iterable[str]], bool]


@dataclass(frozen=True, slots=True)
class LeftOff:
    """
    A paused sitting, and where it was left.

    Args:
        sitting: The sitting.
        after: How many of its questions are behind it, answered or not; None if its session is not at hand.
        question: The question left open; empty if none was reached, or if it is better not met unasked.
    """

    sitting: Sitting
    after: int | None = None
    question: str = field(default="", repr=False)


def left_off(sitting: Sitting, library: Library, hides: Hides) -> LeftOff:
    """
    Find where a paused sitting was left; a session or prompt that is not in the library is not guessed at.

    A deep question, or one that touches what the person would rather not meet, waits until they go on.

    Args:
        sitting: A paused one.
        library: What it goes through is found here.
        hides: Tells whether content notes are hidden.
    """
    try:
        steps = library.session(sitting.session).steps
    except NotFound:
        return LeftOff(sitting)
    passed = sum(step.kind is StepKind.PROMPT for step in islice(steps, sitting.step))
    prompt = library.prompts.get(sitting.prompt)
    meets = prompt and prompt.intensity is not Intensity.DEEP and not hides(prompt.content_notes)
    return LeftOff(sitting, passed + bool(sitting.entry), _open(sitting, prompt) if prompt and meets else "")


def _open(sitting: Sitting, prompt: Prompt) -> str:
    """Give the prompt itself, or, once that is answered, the follow-up that was reached."""
    if not sitting.entry:
        return prompt.text
    return prompt.follow_ups[sitting.follow_up] if sitting.follow_up < len(prompt.follow_ups) else ""

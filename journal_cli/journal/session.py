"""Prompts and guided sessions, as packs define them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from journal_cli.journal.kept_moment import MomentKind

CONTENT_NOTES = (
    "past-hurt",
    "betrayal",
    "abuse-mentioned",
    "sexual-content",
    "body-image",
    "self-doubt",
    "shame",
    "conflict",
    "loss",
    "illness",
    "self-harm-mentioned",
    "family-of-origin",
    "faith",
)


class Intensity(IntEnum):
    """How far a prompt may go; ordered."""

    GENTLE = 1
    STEADY = 2
    DEEP = 3

    @property
    def word(self) -> str:
        """The name packs and settings use."""
        return self.name.lower()


class Gate(StrEnum):
    """A question asked before: is this recent, or, are you sometimes afraid of this person."""

    RECENT = "recent"
    FEAR = "fear"


class StepKind(StrEnum):
    """What happens at a step of a session."""

    GROUNDING = "grounding"
    MOOD = "mood"
    PROMPT = "prompt"
    NOTE = "note"
    CLOSING = "closing"
    PACE = "pace"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Theme:
    """What prompts and sessions are about."""

    id: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """
    One question.

    Args:
        id: Unique in the library.
        text: The question as it is shown.
        pack: Id of the pack it came in; with version and language kept beside answers.
        version: The pack's version.
        language: The pack's language tag.
        theme: Id of a theme, or None.
        intensity: How far it goes.
        kind: write, list or letter.
        minutes: About how long it takes.
        follow_ups: Further questions, offered one by one.
        content_notes: From the closed list `CONTENT_NOTES`.
        tags: For finding it.
        private: True if answers begin as private.
        gate: A question to ask before it.
        moment: What an answer is kept as a moment of, if it is one.
    """

    id: str
    text: str
    pack: str
    version: str = "1.0.0"
    language: str = "en"
    theme: str | None = None
    intensity: Intensity = Intensity.GENTLE
    kind: str = "write"
    minutes: int = 5
    follow_ups: tuple[str, ...] = ()
    content_notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    private: bool = False
    gate: Gate | None = None
    moment: MomentKind | None = None


@dataclass(frozen=True, slots=True)
class Grounding:
    """A short exercise to arrive in the room; lines are read at one's own pace."""

    id: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The words that end a sitting."""

    id: str
    lines: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step of a session.

    Args:
        kind: What happens.
        use: Ids of prompts, groundings or a closing; more than one is a choice.
        when: "before" or "after", for a mood.
        optional: True if the step is offered rather than begun.
        text: What a note says.
    """

    kind: StepKind
    use: tuple[str, ...] = ()
    when: str = ""
    optional: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """
    A guided order of steps.

    Args:
        id: Unique in the library.
        title: As shown.
        steps: In the order they are taken.
        pack: Id of its pack.
        version: The pack's version.
        language: The pack's language tag.
        about: One or two sentences.
        minutes: About how long it takes.
        intensity: At least that of its prompts.
        content_notes: Said before it begins.
        private: True if answers begin as private.
        gate: A question to ask before it begins.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    pack: str
    version: str = "1.0.0"
    language: str = "en"
    about: str = ""
    minutes: int = 10
    intensity: Intensity = Intensity.GENTLE
    content_notes: tuple[str, ...] = ()
    private: bool = False
    gate: Gate | None = None

    def step(self, number: int) -> Step | None:
        """Give the step of this number, from 0, or None when the session has come to its end."""
        return self.steps[number] if number < len(self.steps) else None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a check-in item."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """
    How a check-in item is answered: a number from least to most, or one of the options.

    No end is marked as the good one, and items are never summed.
    """

    least: int = 0
    most: int = 0
    low: str = ""
    high: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckInItem:
    """
    A short question about the day.

    Args:
        id: Unique in the library.
        text: The question as it is shown.
        scale: How it is answered.
        chart: False keeps it out of pictures.
        private: True if answers are the person's own, and the item is asked only if it was chosen.
        content_notes: From the closed list; with any, it is asked only if it was chosen.
    """

    id: str
    text: str
    scale: Scale
    chart: bool = True
    private: bool = False
    content_notes: tuple[str, ...] = ()

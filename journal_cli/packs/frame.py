"""
What holds a prompt: a note before it, comfort after it, a sitting that fits, and a question at its door.

The limits are those of the rules for pacing: sittings of five to twenty minutes in the studies,
half an hour at the most; grounding before steady sittings, and before and after deep ones. How many
deep prompts a sitting may begin with is our own judgement. What the loader refuses (a session
without moods, without a closing, with a prompt stronger than itself) is not said a second time here.
"""

from collections.abc import Iterator

from journal_cli.journal.library import Library, Pack, library
from journal_cli.journal.program import Program
from journal_cli.journal.session import Gate, Intensity, Prompt, Session, StepKind
from journal_cli.packs.phrases import COMFORT, RESOURCE, Rules, pattern, spoken_in
from journal_cli.packs.remark import Remark

LONGEST = 30  # minutes of a session
SPARE = 10  # minutes a session may take for grounding, moods and closing
MOST_DEEP = 2  # deep prompts begun in one session; more may be offered
POSITIONS = ("alone", "left", "stays")  # whom each theme has at least one prompt for
NEEDS_A_RESOURCE = frozenset({"abuse-mentioned", "self-harm-mentioned"})
PRIVATE_THEME = "desire-and-mood"
PRIVATE_TAG = "sexual"
GATES = {
    "after-betrayal": Gate.RECENT,
    "emotional-wounds": Gate.RECENT,
    "boundaries-voicing": Gate.FEAR,
    "repair-moving-forward": Gate.FEAR,
}


def is_for_everybody(pack: Pack) -> bool:
    """Tell whether a pack is meant for people its author does not know; homework and private packs are not."""
    return pack.homework is None and pack.audience != "homework" and pack.licence != "private"


def together(pack: Pack, below: Library) -> Library:
    """Put a pack on top of what it stands on; where it is there already, this one stands."""
    return library(below.language, (*below.packs, pack))


def of_prompt(prompt: Prompt, pack: Pack, whole: Library) -> Iterator[Remark]:
    """
    Say what a prompt lacks that would hold it.

    Args:
        prompt: One of the pack.
        pack: Where it stands.
        whole: The pack and what it stands on.
    """
    if prompt.intensity is Intensity.DEEP:
        yield from _of_deep(prompt, whole)
    unanswered = [note for note in prompt.content_notes if note in NEEDS_A_RESOURCE]
    if unanswered and not _points(prompt, RESOURCE):
        yield Remark("no-resource", prompt.id, {"note": unanswered[0]})
    if not prompt.private and (prompt.theme == PRIVATE_THEME or PRIVATE_TAG in prompt.tags):
        yield Remark("not-private", prompt.id)
    gate = GATES.get(prompt.theme or "")
    if is_for_everybody(pack) and gate and prompt.gate is not gate:
        yield Remark("no-gate", prompt.id, {"gate": gate.value, "theme": prompt.theme or ""})


def _of_deep(prompt: Prompt, whole: Library) -> Iterator[Remark]:
    if not prompt.content_notes:
        yield Remark("deep-without-note", prompt.id)
    if not (_points(prompt, COMFORT) or _points(prompt, RESOURCE)):
        yield Remark("deep-without-comfort", prompt.id)
    if not whole.closings:
        # The sitting a prompt chosen alone is wrapped in ends in a closing as long as there is one at all.
        yield Remark("deep-without-closing", prompt.id)


def _points(prompt: Prompt, where: Rules) -> bool:
    """Tell whether a follow-up points there; in a language without a list, that is left to its author."""
    phrases = where.get(spoken_in(prompt.language))
    return phrases is None or any(pattern(phrases).search(text) for text in prompt.follow_ups)


def of_session(session: Session, whole: Library) -> Iterator[Remark]:
    """Say where a session hurries, leaves somebody without ground, or does not say what it touches."""
    asked = [step for step in session.steps if step.kind is StepKind.PROMPT]
    if not asked:
        return
    kinds = [step.kind for step in session.steps]
    first, last = kinds.index(StepKind.PROMPT), len(kinds) - 1 - kinds[::-1].index(StepKind.PROMPT)
    if session.intensity >= Intensity.STEADY and StepKind.GROUNDING not in kinds[:first]:
        yield Remark("no-grounding-before", session.id, {"intensity": session.intensity.word})
    if session.intensity is Intensity.DEEP and StepKind.GROUNDING not in kinds[last:]:
        yield Remark("no-grounding-after", session.id)
    choices = [(step.optional, [whole.prompts[id_] for id_ in step.use if id_ in whole.prompts]) for step in asked]
    deep = sum(
        any(prompt.intensity is Intensity.DEEP for prompt in there) for optional, there in choices if not optional
    )
    if deep > MOST_DEEP:
        yield Remark("many-deep", session.id, {"count": str(deep), "most": str(MOST_DEEP)})
    touched = [note for _, there in choices for prompt in there for note in prompt.content_notes]
    for note in dict.fromkeys(touched):
        if note not in session.content_notes:
            yield Remark("note-not-said", session.id, {"note": note})
    yield from _of_minutes(session, choices)


def _of_minutes(session: Session, choices: list[tuple[bool, list[Prompt]]]) -> Iterator[Remark]:
    longest = [(optional, max((prompt.minutes for prompt in there), default=0)) for optional, there in choices]
    needed = sum(minutes for optional, minutes in longest if not optional)
    everything = sum(minutes for _, minutes in longest)
    said = {"minutes": str(session.minutes)}
    if session.minutes < needed:
        yield Remark("too-few-minutes", session.id, {**said, "needed": str(needed)})
    if session.minutes > everything + SPARE:
        yield Remark("too-many-minutes", session.id, {**said, "needed": str(everything)})
    if session.minutes > LONGEST:
        yield Remark("long-sitting", session.id, {**said, "most": str(LONGEST)})


def of_program(program: Program, whole: Library) -> Iterator[Remark]:
    """Say which weeks go further than their program says, unless they are offered rather than begun."""
    for number, week in enumerate(program.weeks, start=1):
        there = [
            *(whole.sessions[id_].intensity for id_ in week.sessions if id_ in whole.sessions),
            *(whole.prompts[id_].intensity for id_ in week.prompts if id_ in whole.prompts),
        ]
        strongest = max(there, default=program.intensity)
        if strongest > program.intensity and not week.optional:
            yield Remark(
                "week-goes-further",
                f"{program.id}, week {number}",
                {"intensity": strongest.word, "said": program.intensity.word},
            )


def of_themes(pack: Pack, whole: Library) -> Iterator[Remark]:
    """Say for whom a theme has no prompt; only where a theme is meant for everybody."""
    if not is_for_everybody(pack):
        return
    for theme in pack.themes:
        tags = {tag for prompt in whole.prompts.values() if prompt.theme == theme.id for tag in prompt.tags}
        for position in POSITIONS:
            if position not in tags:
                yield Remark(f"nobody-{position}", theme.id)

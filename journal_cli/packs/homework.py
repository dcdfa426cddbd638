"""
A pack that somebody was given: what of it was taken, and how it stands beside what is there already.

It never replaces a text that came with the program or with another pack: where an id is taken, its own gets another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from journal_cli.journal.library import Library, Pack
from journal_cli.journal.program import Program, Week
from journal_cli.journal.session import Prompt, Session, Step, StepKind
from journal_cli.packs.table import LONGEST_ID

NEVER = "never"
ROUND_IT = 3  # minutes that arriving, two moods and a closing take, as around a single prompt
GROUNDINGS = 2  # to choose from

# Kinds whose ids are apart from each other; people choose sessions and prompts by one name.
NAMED_ALIKE = (("prompts", "sessions"), ("programs",), ("groundings",), ("closings",), ("check_ins",))
STEP_NAMES = {StepKind.PROMPT: "prompts", StepKind.GROUNDING: "groundings", StepKind.CLOSING: "closings"}

NewIds = Mapping[str, Mapping[str, str]]  # for each kind, the ids that changed


def offered(pack: Pack, shelf: Library) -> Pack:
    """
    Give a pack as the library offers it.

    Without sessions of its own it is one session of its prompts; if its answers are never to be shared, they
    begin private; and it stands apart from what is on the shelf.

    Args:
        pack: As it was read.
        shelf: Everything that stands before it, without an earlier version of itself.
    """
    return apart(_kept_private(_as_session(pack, shelf)), shelf)


def less(pack: Pack, left_out: Collection[str]) -> Pack:
    """
    Give a pack without some of its prompts; sessions, weeks and content notes that were only theirs go too.

    Args:
        pack: As it was read.
        left_out: Ids of its prompts.
    """
    if not left_out:
        return pack
    stays = tuple(one for one in pack.prompts if one.id not in left_out)
    sessions = tuple(one for session in pack.sessions for one in _session_less(session, pack, left_out))
    gone = {one.id for one in pack.sessions} - {one.id for one in sessions} | set(left_out)
    return replace(
        pack,
        prompts=stays,
        content_notes=_notes_less(pack.content_notes, pack.prompts, stays),
        sessions=sessions,
        programs=tuple(one for program in pack.programs for one in _program_less(program, gone)),
    )


def apart(pack: Pack, shelf: Library) -> Pack:
    """Give a pack whose ids nothing else on the shelf has; a theme that is there already stays as it is."""
    new = _new_ids(pack, shelf)
    themes = tuple(one for one in pack.themes if one.id not in shelf.themes)
    if not any(new.values()):
        return replace(pack, themes=themes)
    renamed: dict[str, Any] = {
        kind: tuple(replace(one, id=ids.get(one.id, one.id)) for one in getattr(pack, kind))
        for kind, ids in new.items()
    }
    renamed["sessions"] = tuple(
        replace(one, steps=tuple(_step_called(step, new) for step in one.steps)) for one in renamed["sessions"]
    )
    renamed["programs"] = tuple(
        replace(one, weeks=tuple(_week_called(week, new) for week in one.weeks)) for one in renamed["programs"]
    )
    return replace(pack, themes=themes, **renamed)


def notes_around(pack: Pack) -> tuple[str, ...]:
    """List the content notes of a pack that none of its prompts has: they are about all of it."""
    own = {note for one in pack.prompts for note in one.content_notes}
    return tuple(note for note in pack.content_notes if note not in own)


def _as_session(pack: Pack, shelf: Library) -> Pack:
    if pack.sessions or not pack.prompts:
        return pack
    id_ = pack.id if all(one.id != pack.id for one in pack.prompts) else _free(f"{pack.id}-sitting", {})
    groundings = [one.id for one in pack.groundings] or list(shelf.groundings)
    closings = [one.id for one in pack.closings] or list(shelf.closings)
    session = Session(
        id=id_,
        title=pack.title,
        pack=pack.id,
        version=pack.version,
        language=pack.language,
        about=pack.homework.note if pack.homework else pack.summary,
        minutes=sum(one.minutes for one in pack.prompts) + ROUND_IT,
        intensity=max(one.intensity for one in pack.prompts),
        content_notes=pack.content_notes,
        steps=(
            Step(StepKind.GROUNDING, use=tuple(groundings[:GROUNDINGS])),
            Step(StepKind.MOOD, when="before"),
            *(Step(StepKind.PROMPT, use=(one.id,)) for one in pack.prompts),
            Step(StepKind.MOOD, when="after"),
            Step(StepKind.CLOSING, use=tuple(closings[:1])),
        ),
    )
    return replace(pack, sessions=(session,))


def _kept_private(pack: Pack) -> Pack:
    if pack.homework is None or pack.homework.share != NEVER:
        return pack
    return replace(
        pack,
        prompts=tuple(replace(one, private=True) for one in pack.prompts),
        sessions=tuple(replace(one, private=True) for one in pack.sessions),
        programs=tuple(replace(one, private=True) for one in pack.programs),
    )


def _session_less(session: Session, pack: Pack, left_out: Collection[str]) -> Iterable[Session]:
    """Give a session without some prompts, or nothing if it asked only these."""
    steps = [step if step.kind is not StepKind.PROMPT else _without(step, left_out) for step in session.steps]
    there = tuple(step for step in steps if step.use or step.kind is not StepKind.PROMPT)
    asked = {id_ for step in session.steps if step.kind is StepKind.PROMPT for id_ in step.use}
    if asked and asked <= set(left_out):
        return
    before = [one for one in pack.prompts if one.id in asked]
    after = [one for one in before if one.id not in left_out]
    yield replace(session, steps=there, content_notes=_notes_less(session.content_notes, before, after))


def _without(step: Step, left_out: Collection[str]) -> Step:
    return replace(step, use=tuple(id_ for id_ in step.use if id_ not in left_out))


def _notes_less(notes: Iterable[str], before: Iterable[Prompt], after: Iterable[Prompt]) -> tuple[str, ...]:
    gone = {note for one in before for note in one.content_notes} - {n for one in after for n in one.content_notes}
    return tuple(note for note in notes if note not in gone)


def _program_less(program: Program, gone: Collection[str]) -> Iterable[Program]:
    """Give a program without some sessions and prompts, or nothing if it was only these."""
    weeks = tuple(one for week in program.weeks for one in _week_less(week, gone))
    if weeks:
        yield replace(program, weeks=weeks)


def _week_less(week: Week, gone: Collection[str]) -> Iterable[Week]:
    sessions = tuple(id_ for id_ in week.sessions if id_ not in gone)
    prompts = tuple(id_ for id_ in week.prompts if id_ not in gone)
    if sessions or prompts or not (week.sessions or week.prompts):
        yield replace(week, sessions=sessions, prompts=prompts)


def _new_ids(pack: Pack, shelf: Library) -> NewIds:
    new: dict[str, dict[str, str]] = {}
    for kinds in NAMED_ALIKE:
        taken = {id_ for kind in kinds for id_ in getattr(shelf, kind)}
        names = taken | {one.id for kind in kinds for one in getattr(pack, kind)}
        for kind in kinds:
            new[kind] = {}
            for one in getattr(pack, kind):
                if one.id in taken:
                    new[kind][one.id] = _free(f"{pack.id}-{one.id}", names)
                    names.add(new[kind][one.id])
    return new


def _free(wanted: str, names: Collection[str]) -> str:
    """Give an id that is not taken, and not too long."""
    short = wanted[:LONGEST_ID].rstrip("-")
    number = 1
    while short in names:
        number += 1
        ending = f"-{number}"
        short = wanted[: LONGEST_ID - len(ending)].rstrip("-") + ending
    return short


def _step_called(step: Step, new: NewIds) -> Step:
    ids = new.get(STEP_NAMES.get(step.kind, ""), {})
    return replace(step, use=tuple(ids.get(id_, id_) for id_ in step.use))


def _week_called(week: Week, new: NewIds) -> Week:
    def called(kind: str, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(new[kind].get(id_, id_) for id_ in names)

    return replace(
        week,
        sessions=called("sessions", week.sessions),
        prompts=called("prompts", week.prompts),
        check_ins=called("check_ins", week.check_ins),
    )

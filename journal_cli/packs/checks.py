"""How the parts of a pack fit together: ids that exist, sittings that are held, notes that warn."""

from collections.abc import Iterable, Mapping

from journal_cli.journal.library import Library, Pack
from journal_cli.journal.session import Prompt, Session, Step, StepKind
from journal_cli.packs.place import Place, nearest

# Kinds of things with ids: the field of a pack and of a library, and the part in the file.
KINDS = (
    ("themes", "theme"),
    ("prompts", "prompt"),
    ("groundings", "grounding"),
    ("closings", "closing"),
    ("sessions", "session"),
    ("programs", "program"),
    ("check_ins", "check_in"),
)
USED_BY = {StepKind.GROUNDING: "groundings", StepKind.PROMPT: "prompts", StepKind.CLOSING: "closings"}

# Whole sentences, so that each can be said in another language.
MISSING_IN_SESSION = {
    "groundings": '{file}, line {line}: the session "{owner}" uses a grounding "{value}" that is not in this file',
    "prompts": '{file}, line {line}: the session "{owner}" uses a prompt "{value}" that is not in this file',
    "closings": '{file}, line {line}: the session "{owner}" uses a closing "{value}" that is not in this file',
}
MISSING_IN_PROGRAM = {
    "sessions": '{file}, line {line}: the program "{owner}" uses a session "{value}" that is not in this file',
    "prompts": '{file}, line {line}: the program "{owner}" uses a prompt "{value}" that is not in this file',
    "check_ins": '{file}, line {line}: the program "{owner}" uses a check-in item "{value}" that is not in this file',
}
MISSING_THEME = '{file}, line {line}: the prompt "{owner}" is about a theme "{value}" that is not in this file'
NOTE_NOT_SAID = '{file}, line {line}: the prompt "{owner}" has the content note "{value}", and the pack has not'

Names = Mapping[str, frozenset[str]]


def check(pack: Pack, root: Place, known: Library | None = None) -> None:
    """
    Hold a pack against the rules that one part alone cannot show.

    Args:
        pack: What was read.
        root: Where the file begins.
        known: What is on the shelf already.

    Raises:
        NotWhatItSays: At the first thing that does not fit.
    """
    if not any(getattr(pack, kind) for kind, _ in KINDS):
        root.refuse(
            "{file}, line {line}: there is nothing in this pack yet",
            hint="add a [[prompt]] with a text",
        )
    _check_ids(pack, root)
    names = _names(pack, known)
    prompts = {**(known.prompts if known else {}), **{prompt.id: prompt for prompt in pack.prompts}}
    for number, prompt in enumerate(pack.prompts):
        _check_prompt(pack, prompt, root, root.inside("prompt", number), names)
    for number, session in enumerate(pack.sessions):
        place = root.inside("session", number)
        _check_steps(session, place, names)
        _check_pace(session, place, [prompts[id_] for id_ in _asked(session)])
        _check_frame(session, place)
    _check_programs(pack, root, names)


def _names(pack: Pack, known: Library | None) -> Names:
    return {
        kind: frozenset(thing.id for thing in getattr(pack, kind)) | frozenset(getattr(known, kind, ()))
        for kind, _ in KINDS
    }


def _check_ids(pack: Pack, root: Place) -> None:
    for kind, part in KINDS:
        seen = set[str]()
        for number, thing in enumerate(getattr(pack, kind)):
            if thing.id in seen:
                root.inside(part, number).refuse(
                    '{file}, line {line}: the id "{value}" stands here a second time',
                    key="id",
                    value=thing.id,
                    hint="give this one another id",
                )
            seen.add(thing.id)
    prompts = {prompt.id for prompt in pack.prompts}
    for number, session in enumerate(pack.sessions):
        if session.id in prompts:
            root.inside("session", number).refuse(
                '{file}, line {line}: a session and a prompt both have the id "{value}"',
                key="id",
                value=session.id,
                hint="people choose either by its id; give the session another",
            )


def _check_prompt(pack: Pack, prompt: Prompt, root: Place, place: Place, names: Names) -> None:
    if prompt.theme:
        _check_use(place, MISSING_THEME, prompt.id, ("theme", (prompt.theme,)), names["themes"])
    if prompt.intensity > pack.intensity:
        root.inside("pack").refuse(
            '{file}, line {line}: the prompt "{value}" is {level}, and the pack says {said}',
            key="intensity",
            value=prompt.id,
            hint='write intensity = "{level}" under [pack]',
            level=prompt.intensity.word,
            said=pack.intensity.word,
        )
    for note in prompt.content_notes:
        if note not in pack.content_notes:
            root.inside("pack").refuse(
                NOTE_NOT_SAID,
                key="content_notes",
                value=note,
                hint='add "{value}" to content_notes under [pack]: people read them before a pack opens',
                owner=prompt.id,
            )


def _check_use(place: Place, template: str, owner: str, used: tuple[str, Iterable[str]], there: Iterable[str]) -> None:
    """Refuse the first id under a key that does not exist; `used` is the key and its ids."""
    key, ids = used
    for id_ in ids:
        if id_ not in there:
            hint, near = nearest(id_, sorted(there))
            usual = "check the spelling, or add it to this file"
            place.refuse(template, key=key, value=id_, hint=hint or usual, owner=owner, near=near)


def _check_steps(session: Session, place: Place, names: Names) -> None:
    for number, step in enumerate(session.steps):
        kind = USED_BY.get(step.kind)
        if kind:
            template = MISSING_IN_SESSION[kind]
            _check_use(place.inside("step", number), template, session.id, ("use", step.use), names[kind])


def _check_pace(session: Session, place: Place, prompts: Iterable[Prompt]) -> None:
    for prompt in prompts:
        if prompt.intensity > session.intensity:
            place.refuse(
                '{file}, line {line}: the session "{owner}" is {said}, and its prompt "{value}" is {level}',
                key="intensity",
                value=prompt.id,
                hint='write intensity = "{level}" for the session',
                owner=session.id,
                said=session.intensity.word,
                level=prompt.intensity.word,
            )


def _check_frame(session: Session, place: Place) -> None:
    """A sitting that asks is held: mood before, mood after, and a closing as its end."""
    steps = session.steps
    asking = [number for number, step in enumerate(steps) if step.kind is StepKind.PROMPT]
    if not asking:
        return
    if not _has_mood(steps[: asking[0]], "before"):
        place.refuse(
            '{file}, line {line}: the session "{value}" does not ask for the mood before its first prompt',
            key="id",
            value=session.id,
            hint='add a [[session.step]] with kind = "mood" and when = "before"',
        )
    if not _has_mood(steps[asking[-1] :], "after"):
        place.refuse(
            '{file}, line {line}: the session "{value}" does not ask for the mood after its last prompt',
            key="id",
            value=session.id,
            hint='add a [[session.step]] with kind = "mood" and when = "after"',
        )
    if steps[-1].kind is not StepKind.CLOSING:
        place.refuse(
            '{file}, line {line}: the session "{value}" does not end in a closing',
            key="id",
            value=session.id,
            hint='make the last [[session.step]] one with kind = "closing"',
        )


def _has_mood(steps: Iterable[Step], when: str) -> bool:
    return any(step.kind is StepKind.MOOD and step.when == when for step in steps)


def _asked(session: Session) -> list[str]:
    return [id_ for step in session.steps if step.kind is StepKind.PROMPT for id_ in step.use]


def _check_programs(pack: Pack, root: Place, names: Names) -> None:
    for number, program in enumerate(pack.programs):
        for week_number, week in enumerate(program.weeks):
            place = root.inside("program", number).inside("week", week_number)
            for kind, template in MISSING_IN_PROGRAM.items():
                _check_use(place, template, program.id, (kind, getattr(week, kind)), names[kind])

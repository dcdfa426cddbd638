"""Twins: one pack in two languages, the same in everything but its words."""

from collections.abc import Iterator

from journal_cli.journal.library import Pack
from journal_cli.journal.program import Program
from journal_cli.journal.session import CheckInItem, Closing, Grounding, Prompt, Session, Theme

Thing = Theme | Prompt | Grounding | Closing | Session | Program | CheckInItem

KINDS = (
    ("themes", "theme"),
    ("prompts", "prompt"),
    ("groundings", "grounding"),
    ("closings", "closing"),
    ("sessions", "session"),
    ("programs", "program"),
    ("check_ins", "check-in item"),
)
PACK_FIELDS = ("id", "intensity", "content_notes", "audience")

# Compared as they are; everything not named here may differ, because it is words.
THING_FIELDS = (
    "intensity",
    "content_notes",
    "private",
    "gate",
    "unit",
    "theme",
    "kind",
    "moment",
    "minutes",
    "chart",
)


def twins(a: Pack, b: Pack) -> list[str]:
    """
    Say how two language versions of a pack differ in shape.

    Args:
        a: A pack.
        b: The same pack in another language.

    Returns:
        One sentence for each difference; none if they are twins.
    """
    return list(_differences(a, b))


def _differences(a: Pack, b: Pack) -> Iterator[str]:
    for name in PACK_FIELDS:
        yield from _unlike("the pack", name, (a, b), (getattr(a, name), getattr(b, name)))
    if a.language == b.language:
        yield f"both are in {a.language}"
    for kind, word in KINDS:
        ours = {thing.id: thing for thing in getattr(a, kind)}
        theirs = {thing.id: thing for thing in getattr(b, kind)}
        yield from (f'the {word} "{id_}" is only in {a.language}' for id_ in ours if id_ not in theirs)
        yield from (f'the {word} "{id_}" is only in {b.language}' for id_ in theirs if id_ not in ours)
        if set(ours) == set(theirs) and list(ours) != list(theirs):
            yield f"{kind}: the same ids in another order"
        for id_, thing in ours.items():
            if id_ in theirs:
                yield from _thing(f'the {word} "{id_}"', (a, b), thing, theirs[id_])


def _thing(who: str, packs: tuple[Pack, Pack], one: Thing, other: Thing) -> Iterator[str]:
    for name in THING_FIELDS:
        yield from _unlike(who, name, packs, (getattr(one, name, None), getattr(other, name, None)))
    for name, shape in _shapes(one).items():
        yield from _unlike(who, name, packs, (shape, _shapes(other)[name]))


def _shapes(thing: Thing) -> dict[str, object]:
    """Give what the parts of a thing are like, without their words."""
    match thing:
        case Prompt():
            return {"number of follow_ups": len(thing.follow_ups)}
        case Session():
            return {"steps": [(step.kind.value, step.use, step.when, step.optional) for step in thing.steps]}
        case Program():
            weeks = thing.weeks
            return {
                "weeks": [
                    (week.sessions, week.prompts, week.check_ins, week.measures, week.sittings, week.optional)
                    for week in weeks
                ]
            }
        case CheckInItem():
            scale = thing.scale
            return {"scale": (scale.least, scale.most, [option.id for option in scale.options])}
        case Theme() | Grounding() | Closing():
            return {}


def _unlike(who: str, name: str, packs: tuple[Pack, Pack], values: tuple[object, object]) -> Iterator[str]:
    one, other = packs
    if values[0] != values[1]:
        yield f"{who}: {name} is {_said(values[0])} in {one.language}, {_said(values[1])} in {other.language}"


def _said(value: object) -> str:
    if value is None or value == ():
        return "not given"
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return getattr(value, "word", None) or str(value)

"""
A pack as the text of a file.

What is read back is the pack that was written: texts are escaped, and whatever has its usual value is left out, so
that a person can still see what matters.
"""

import re
from collections.abc import Mapping

from journal_cli.journal.library import Pack
from journal_cli.journal.program import Program, Unit, Week
from journal_cli.journal.session import CheckInItem, Gate, Grounding, Intensity, Prompt, Scale, Session, Step, StepKind
from journal_cli.packs.pack import FORMAT
from journal_cli.packs.reading import STEPS_WITH_USE, usual_id

ESCAPED = re.compile('["\\\\\x00-\x1f\x7f]')
SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
ONE_LINE = 100  # characters of a list before each of its texts gets a line

Value = str | int | bool | tuple[str, ...] | Mapping[str, str] | None


def written(pack: Pack) -> str:
    """
    Write a pack; `build(open_source(…))` of the text gives it back.

    Keys that were not understood when it was read are not in it.
    """
    parts = [f"format = {FORMAT}\n", _head(pack)]
    if pack.homework:
        given = pack.homework
        parts.append(_part("[homework]", {"from": given.sender, "note": given.note, "share": given.share}))
    parts += [_part("[[theme]]", {"id": one.id, "title": one.title, "about": one.about}) for one in pack.themes]
    parts += [_prompt(one, usual_id(pack.id, number)) for number, one in enumerate(pack.prompts, start=1)]
    parts += [_grounding("[[grounding]]", one) for one in pack.groundings]
    parts += [_grounding("[[closing]]", Grounding(one.id, one.title, one.lines)) for one in pack.closings]
    parts += [_session(one) for one in pack.sessions]
    parts += [_check_in(one) for one in pack.check_ins]
    parts += [_program(one) for one in pack.programs]
    return "\n".join(parts)


def quoted(text: str) -> str:
    """Write a text between quotation marks, on one line, with whatever would end or change it escaped."""
    return f'"{ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return SHORT.get(sign) or f"\\u{ord(sign):04x}"


def _value(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return quoted(value)
        case tuple():
            return _list([quoted(text) for text in value])
        case _:
            return f"{{ {', '.join(f'{key} = {quoted(text)}' for key, text in (value or {}).items())} }}"


def _list(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(items) < 2 or len(line) <= ONE_LINE:
        return line
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _part(header: str, values: Mapping[str, Value]) -> str:
    """Write one part of a file; what is empty is left out."""
    rows = [f"{key} = {_value(value)}" for key, value in values.items() if value not in (None, "", ())]
    return "\n".join([header, *rows]) + "\n"


def _head(pack: Pack) -> str:
    twin = {"language": pack.translates[0], "version": pack.translates[1]} if pack.translates else None
    return _part(
        "[pack]",
        {
            "id": pack.id,
            "title": pack.title,
            "summary": pack.summary,
            "language": pack.language,
            "version": pack.version,
            "licence": _unless(pack.licence, "private"),
            "authors": pack.authors,
            "source": pack.source,
            "intensity": _strength(pack.intensity),
            "content_notes": pack.content_notes,
            "audience": _unless(pack.audience, "anyone"),
            "translates": twin,
        },
    )


def _prompt(one: Prompt, usual: str) -> str:
    return _part(
        "[[prompt]]",
        {
            "id": _unless(one.id, usual),
            "theme": one.theme,
            **_level(one),
            "kind": _unless(one.kind, "write"),
            "moment": one.moment.value if one.moment else None,
            "minutes": None if one.minutes == 5 else one.minutes,
            "text": one.text,
            "follow_ups": one.follow_ups,
            "tags": one.tags,
        },
    )


def _grounding(header: str, one: Grounding) -> str:
    return _part(header, {"id": one.id, "title": one.title, "lines": one.lines})


def _session(one: Session) -> str:
    head: dict[str, Value] = {"id": one.id, "title": one.title, "about": one.about, "minutes": one.minutes}
    return "\n".join([_part("[[session]]", {**head, **_level(one)}), *map(_step, one.steps)])


def _step(one: Step) -> str:
    return _part(
        "[[session.step]]",
        {
            "kind": one.kind.value,
            "use": one.use if one.kind in STEPS_WITH_USE else (),
            "when": one.when if one.kind is StepKind.MOOD else "",
            "text": one.text if one.kind is StepKind.NOTE else "",
            "optional": one.optional or None,
        },
    )


def _program(one: Program) -> str:
    head: dict[str, Value] = {"id": one.id, "title": one.title, "about": one.about}
    unit = _unless(one.unit.value, Unit.WEEK.value)
    return "\n".join([_part("[[program]]", {**head, **_level(one), "unit": unit}), *map(_week, one.weeks)])


def _week(one: Week) -> str:
    return _part(
        "[[program.week]]",
        {
            "title": one.title,
            "sessions": one.sessions,
            "prompts": one.prompts,
            "check_ins": one.check_ins,
            "measures": one.measures,
            "sittings": one.sittings,
            "optional": one.optional or None,
        },
    )


def _check_in(one: CheckInItem) -> str:
    values: dict[str, Value] = {
        "id": one.id,
        "text": one.text,
        "chart": None if one.chart else False,
        "private": one.private or None,
        "content_notes": one.content_notes,
    }
    return "\n".join([_part("[[check_in]]", values), _scale(one.scale)])


def _scale(scale: Scale) -> str:
    if not scale.options:
        ends: dict[str, Value] = {"min": scale.least, "max": scale.most, "low": scale.low, "high": scale.high}
        return _part("[check_in.scale]", {"kind": "number", **ends})
    options = (_part("[[check_in.scale.options]]", {"id": one.id, "label": one.label}) for one in scale.options)
    return "\n".join([_part("[check_in.scale]", {"kind": "choice"}), *options])


def _level(one: Prompt | Session | Program) -> dict[str, Value]:
    gate: Gate | None = one.gate
    return {
        "intensity": _strength(one.intensity),
        "content_notes": one.content_notes,
        "private": one.private or None,
        "gate": gate.value if gate else None,
    }


def _strength(intensity: Intensity) -> str | None:
    return None if intensity is Intensity.GENTLE else intensity.word


def _unless(value: str, usual: str) -> str | None:
    return None if value == usual else value

"""
Daylio's backup, a `.daylio` file: a zip with one member of base64, which is one JSON document.

The document is read twice: once for what moods and activities are called, and once for the entries, one by one.
"""

import base64
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from journal_cli.errors import Mistyped, NotWhatItSays
from journal_cli.imports.choices import wall_moment
from journal_cli.imports.daylio_entry import STEPS, Row
from journal_cli.imports.json_stream import elements
from journal_cli.imports.source import Source
from journal_cli.journal.moment import Moment, fixed_moment

MEMBER = "backup.daylio"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMES = ("rad", "good", "meh", "bad", "awful")  # in the order of their numbers, from 1
_BLANK = b" \t\r\n"
_QUARTER = timedelta(minutes=15)  # every zone is whole quarters from UTC
_FURTHEST = timedelta(hours=14)
_LARGEST_ID = 10**18
_LISTS = {"goals": "goal", "goalEntries": "goal-entry", "writingTemplates": "template"}


def is_backup(head: bytes) -> bool:
    """Say whether a file is the document of a backup, in base64 or already decoded."""
    beginning = head.lstrip()
    if not beginning.startswith(b"{"):
        coded = re.match(rb"[A-Za-z0-9+/]*", beginning.translate(None, _BLANK))
        beginning = base64.b64decode(coded[0][: len(coded[0]) // 4 * 4]) if coded else b""
    return beginning.startswith(b"{") and any(
        f'"{name}"'.encode() in beginning for name in ("dayEntries", "customMoods")
    )


def backup_rows(source: Source, zone: str) -> Iterator[Row]:
    """
    Read the entries of a backup.

    Args:
        source: The document, in base64 or decoded.
        zone: IANA name of the zone to name where it fits what the clock showed.

    Raises:
        NotWhatItSays: If it is not base64, or not JSON, or ends too early; or if one of its entries is none.
    """
    names = _names(source)
    elsewhere = names.elsewhere
    count = 0
    for key, element in elements(_texts(source), source.name):
        if key != "dayEntries":
            continue
        count += 1
        if not isinstance(element, dict):
            raise NotWhatItSays(
                "{file}: number {count} in its list is no entry",
                file=source.name,
                count=count,
                hint="nothing was imported",
            )
        row = _row(element, names, zone)
        yield replace(row, dropped={**row.dropped, **elsewhere}) if elsewhere else row
        elsewhere = {}  # what belongs to no entry is told with the first


@dataclass(frozen=True, slots=True)
class _Mood:
    label: str = field(repr=False)
    pleasant: float | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the numbers in the entries stand for, and how much there is that belongs to no entry."""

    moods: dict[str, _Mood] = field(repr=False)
    activities: dict[str, str] = field(repr=False)
    media: dict[str, str]
    elsewhere: dict[str, int]


def _names(source: Source) -> _Names:
    moods: list[dict[str, object]] = []
    activities: dict[str, str] = {}
    media: dict[str, str] = {}
    elsewhere: dict[str, int] = {}
    for key, element in elements(_texts(source), source.name):
        if key in _LISTS and element:
            elsewhere[_LISTS[key]] = elsewhere.get(_LISTS[key], 0) + 1
        if not isinstance(element, dict):
            continue
        if key == "customMoods":
            moods.append(element)
        elif key == "tags":
            activities[_id(element.get("id"))] = _text(element.get("name")).strip()
        elif key == "assets":
            media[_id(element.get("id"))] = "photo" if element.get("type") in (None, 1) else "file"
    return _Names(_moods(moods), activities, media, elsewhere)


def _moods(listed: list[dict[str, object]]) -> dict[str, _Mood]:
    """
    Tell what each mood is called and how pleasant it is.

    The five moods Daylio comes with have a number of their own, 1 for the best. A mood somebody added has only its
    group; what a group stands for is told by which of the five lies in it, for programs differ in how they count them.
    """
    groups: dict[str, set[float]] = {}
    for one in listed:
        if (step := _step(one.get("predefined_name_id"))) is not None:
            groups.setdefault(_id(one.get("mood_group_id")), set()).add(step)
    moods: dict[str, _Mood] = {}
    for one in listed:
        number, step = one.get("predefined_name_id"), _step(one.get("predefined_name_id"))
        if step is None and len(group := groups.get(_id(one.get("mood_group_id")), set())) == 1:
            (step,) = group
        usual = _NAMES[number - 1] if isinstance(number, int) and _step(number) is not None else ""
        moods[_id(one.get("id"))] = _Mood(_text(one.get("custom_name")).strip() or usual or _id(one.get("id")), step)
    return moods


def _step(number: object) -> float | None:
    return STEPS[number - 1] if type(number) is int and 1 <= number <= len(STEPS) else None


def _row(entry: dict[str, object], names: _Names, zone: str) -> Row:
    number = _id(entry.get("mood"))
    mood = names.moods.get(number, _Mood(number, None))
    dropped: dict[str, int] = {}
    for one in _list(entry.get("assets")):
        kind = names.media.get(_id(one), "photo")
        dropped[kind] = dropped.get(kind, 0) + 1
    try:
        at, is_plain = _when(entry, zone)
    except (Mistyped, ValueError, OverflowError):
        at, is_plain = None, True
    if at is None or not is_plain:
        dropped["time" if at is None else "clock"] = 1
    activities = (names.activities.get(_id(one)) or _id(one) for one in _list(entry.get("tags")))
    return Row(
        label=mood.label,
        at=at,
        note=_text(entry.get("note")),
        title=_text(entry.get("note_title")),
        activities=tuple(one for one in activities if one),
        pleasant=mood.pleasant,
        starred=entry.get("isFavorite") is True,
        dropped=dropped,
    )


def _when(entry: dict[str, object], zone: str) -> tuple[Moment | None, bool]:
    """
    Tell when an entry was, to the minute, and whether its clock showed that just once.

    The clock on the wall and the point in time are both there; what lies between them is the offset of that day.

    Raises:
        Mistyped, ValueError, OverflowError: If there is no such time.
    """
    wall, point = _wall(entry), _point(entry)
    if wall is not None and point is not None:
        east = round((wall - point) / _QUARTER) * _QUARTER
        if abs(east) <= _FURTHEST:
            return fixed_moment(wall, east // timedelta(minutes=1), zone), True
    if wall is not None:
        return wall_moment(wall, zone)
    offset = entry.get("timeZoneOffset")
    if point is None or type(offset) is not int:
        return None, True
    east = round(timedelta(milliseconds=offset) / _QUARTER) * _QUARTER
    if abs(east) > _FURTHEST:
        return None, True
    return fixed_moment((point + east).replace(second=0, microsecond=0), east // timedelta(minutes=1), zone), True


def _wall(entry: dict[str, object]) -> datetime | None:
    """Give what the clock showed; Daylio counts months from 0."""
    year, month, day, hour, minute = (entry.get(name) for name in ("year", "month", "day", "hour", "minute"))
    if not (type(year) is int and type(month) is int and type(day) is int):
        return None
    if not (type(hour) is int and type(minute) is int):
        return None
    return datetime(year, month + 1, day, hour, minute)  # noqa: DTZ001  # a clock on a wall has no zone


def _point(entry: dict[str, object]) -> datetime | None:
    """Give the point in time, in UTC and naive."""
    since = entry.get("datetime")
    return (_EPOCH + timedelta(milliseconds=since)).replace(tzinfo=None) if type(since) is int else None


def _texts(source: Source) -> Iterator[str]:
    """Give the document piece by piece, decoded if it is in base64."""
    if source.head().lstrip().startswith(b"{"):
        yield from source.texts()
        return
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    held = b""
    try:
        for piece in source.pieces():
            held += piece.translate(None, _BLANK)
            whole = len(held) // 4 * 4
            yield decoder.decode(base64.b64decode(held[:whole], validate=True))
            held = held[whole:]
        rest = held.rstrip(b"=")
        yield decoder.decode(base64.b64decode(rest + b"=" * (-len(rest) % 4), validate=True), final=True)
    except ValueError:
        raise NotWhatItSays(
            "{file} is no backup of Daylio, or was not copied whole", file=source.name, hint="nothing was imported"
        ) from None


def _id(value: object) -> str:
    """Give a number as it is written; ids are compared as text."""
    return str(value) if type(value) is int and abs(value) < _LARGEST_ID else value if isinstance(value, str) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []

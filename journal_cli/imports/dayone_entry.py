"""
One entry of Day One, in any of its forms, as an arrival.

Its forms differ only in where they keep things: an export says `text` and `creationDate`, the newer command line
`body` and `date`. Places, weather and the device say a great deal about a person and are left out unless asked for.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from journal_cli.errors import Mistyped
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices, wall_moment
from journal_cli.imports.plain_text import split_title, unescaped
from journal_cli.journal.moment import Moment, fixed_moment, moment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = 100_000_000_000  # a time as a number is in seconds below it (year 5138), in milliseconds above (1973)
_NUMBERS = 1_000_000
_FURTHEST = 14 * 60  # minutes; no zone is further from UTC

_KEPT = {"uuid", "id", "creationDate", "date", "timeZone", "text", "body", "richText", "title", "tags"}
_STARS = ("starred", "isStarred", "favorite", "isFavorite")
_MEDIA = {"photos": "photo", "videos": "video", "audios": "audio", "pdfAttachments": "pdf"}
_LEFT_OUT = {
    "location": "location",
    "weather": "weather",
    "userActivity": "activity",
    "music": "music",
    "creationDevice": "device",
    "creationDeviceModel": "device",
    "creationDeviceType": "device",
    "creationOSName": "device",
    "creationOSVersion": "device",
    "creator": "device",
    "modifiedDate": "changed",
    "duration": "editing",
    "editingTime": "editing",
    "pinned": "pinned",
    "isPinned": "pinned",
    "isAllDay": "all-day",
    "clock": "clock",  # the text form's reader has seen that its time was skipped, or came twice
}

_MARKER = re.compile(
    r"!\[(?P<said>[^\]\n]{0,1000})\]\((?:dayone|photo)-moment:/{1,2}(?:(?P<kind>\w{1,40})/)?(?P<id>[^)\s]{0,200})\)"
)
_LINE_END = re.compile("\r\n|[\u2028\u2029]")  # the last two are what some editors write for a line within a paragraph
_EAST = re.compile(r"(?:GMT|UTC)?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")


def entry_of(found: Mapping[str, object], choices: Choices, journal: str = "") -> Arrival:
    """
    Make an arrival of one entry.

    Args:
        found: What the file says of it; anything in it may be missing, or not what it is elsewhere.
        choices: What was decided; `with_places` puts place and weather into a last line of the text.
        journal: The name of its journal, kept as a tag; "" to keep none.
    """
    dropped = _dropped(found)
    at = _time(found, choices, dropped)
    title, body = _writing(found, dropped)
    if choices.with_places and (line := _surroundings(found)):
        dropped = {name: count for name, count in dropped.items() if name not in {"location", "weather"}}
        body = f"{body}\n\n{line}" if body else line
    tags = [tag.strip() for tag in _list(found.get("tags")) if isinstance(tag, str) and tag.strip()]
    if journal and journal not in tags:
        tags.append(journal)
    return Arrival(
        body=body,
        at=at,
        title=title,
        tags=tuple(dict.fromkeys(tags)),
        starred=any(found.get(name) is True for name in _STARS),
        source_id=_text(found.get("uuid")) or _text(found.get("id")),
        dropped=dropped,
    )


def minutes_east(zone: str) -> int | None:
    """Read an offset such as `GMT+1`, `UTC-03:30` or `GMT`, in minutes east of UTC; None if it is none."""
    if zone in {"GMT", "UTC", "Z"}:
        return 0
    if not (read := _EAST.fullmatch(zone)):
        return None
    minutes = int(read["hours"]) * 60 + int(read["minutes"] or 0)
    return None if minutes > _FURTHEST else minutes if read["sign"] == "+" else -minutes


def _writing(found: Mapping[str, object], dropped: dict[str, int]) -> tuple[str, str]:
    """Give title and text, with a word where a picture or a sound was; count those no list of the entry names."""
    text = _text(found.get("text")) or _text(found.get("body")) or _rich(_text(found.get("richText")))
    kinds = {
        _text(one.get("identifier")): name
        for key, name in _MEDIA.items()
        for one in _list(found.get(key))
        if isinstance(one, Mapping)
    }
    marked: dict[str, int] = {}

    def placeholder(marker: re.Match[str]) -> str:
        kind = (marker["kind"] or "").lower()
        name = next((one for one in _MEDIA.values() if kind.startswith(one)), kinds.get(marker["id"], "photo"))
        marked[name] = marked.get(name, 0) + 1
        return f"[{name}: {marker['said']}]" if marker["said"] else f"[{name}]"

    text = _MARKER.sub(placeholder, _LINE_END.sub("\n", text))
    for name, count in marked.items():
        dropped[name] = max(count, dropped.get(name, 0))
    title, body = (unescaped(part) for part in split_title(text))
    if not body.strip():
        body = "\n".join(f"[{name}]" for name in _MEDIA.values() for _ in range(dropped.get(name, 0)))
    said = _text(found.get("title")).strip()
    return (said, body) if said and not title else (title, body)


def _dropped(found: Mapping[str, object]) -> dict[str, int]:
    """Count what of an entry has no place here; what is empty there counts for nothing."""
    dropped: dict[str, int] = {}
    for key, value in found.items():
        if key in _KEPT or key in _STARS or value in (None, "", [], {}, 0, False):
            continue
        if key == "modifiedDate" and value == found.get("creationDate"):
            continue
        name = _MEDIA.get(key)
        if name and isinstance(value, list):
            dropped[name] = dropped.get(name, 0) + len(value)
        else:
            dropped[name or _LEFT_OUT.get(key, "other")] = 1
    return dropped


def _time(found: Mapping[str, object], choices: Choices, dropped: dict[str, int]) -> Moment | None:
    """Tell when it was written, by the clock of its zone; None if it does not say so readably, which is counted."""
    place = found.get("location")
    named = _text(found.get("timeZone")) or (_text(place.get("timeZoneName")) if isinstance(place, Mapping) else "")
    said = found.get("creationDate") or found.get("date")
    if isinstance(said, Moment):
        return said
    zone = named if _is_zone(named) else choices.zone
    try:
        at = _point(said)
        if at is None:
            dropped |= {"time": 1} if said else {}
            return None
        own = at.utcoffset()
        if own is None:
            at_wall, is_plain = wall_moment(at, zone)
            dropped |= {} if is_plain else {"clock": 1}
            return at_wall
        east = minutes_east(named) if named else own // timedelta(minutes=1) or None
        if zone != named and east is not None:
            wall = at.astimezone(UTC).replace(tzinfo=None) + timedelta(minutes=east)
            return fixed_moment(wall, east, choices.zone)
        return moment(at.astimezone(UTC), zone)
    except (Mistyped, OverflowError, ValueError):
        dropped["time"] = 1
        return None


def _point(said: object) -> datetime | None:
    """Read a time: text as in ISO 8601, or a count of seconds or milliseconds since 1970."""
    if isinstance(said, str):
        return datetime.fromisoformat(said.strip())
    if isinstance(said, datetime):  # a property list has times of its own, in UTC
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said
    if isinstance(said, int | float) and not isinstance(said, bool):
        milliseconds = said if abs(said) >= _SECONDS else said * 1000
        return _EPOCH + timedelta(milliseconds=milliseconds)
    return None


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _surroundings(found: Mapping[str, object]) -> str:
    """Write place and weather as one line: `Planty, Kraków, Poland · Partly Cloudy, 12 °C`."""
    parts = []
    place = found.get("location")
    if isinstance(place, Mapping):
        names = [_line(place.get(key)) for key in ("placeName", "localityName", "administrativeArea", "country")]
        known = list(dict.fromkeys(name for name in names if name))
        known = known or [str(place[key]) for key in ("latitude", "longitude") if _is_number(place.get(key))]
        parts.append(", ".join(known))
    weather = found.get("weather")
    if isinstance(weather, Mapping):
        warmth = weather.get("temperatureCelsius")
        sky = [_line(weather.get("conditionsDescription")), f"{round(warmth)} °C" if _is_number(warmth) else ""]
        parts.append(", ".join(one for one in sky if one))
    return " · ".join(part for part in parts if part)


def _rich(raw: str) -> str:
    """Give the text of a `richText`; what cannot be read as one is text itself."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    contents = found.get("contents") if isinstance(found, Mapping) else None
    said = ""
    for one in _list(contents):
        if not isinstance(one, Mapping):
            continue
        for thing in _list(one.get("embeddedObjects")):
            kind = _text(thing.get("type")) if isinstance(thing, Mapping) else ""
            said += f"![](dayone-moment:/{re.sub(r'[^A-Za-z]', '', kind)[:20] or 'photo'}/)\n"
        if text := _text(one.get("text")):
            begins = not said or said.endswith("\n")
            said += (_before_line(one.get("attributes")) if begins and text.strip() else "") + text
    return said or ("" if isinstance(contents, list) else raw)


def _before_line(attributes: object) -> str:
    """Write the sign of a heading or of a list's item, as Markdown does."""
    line = attributes.get("line") if isinstance(attributes, Mapping) else None
    if not isinstance(line, Mapping):
        return ""
    header, style = line.get("header"), line.get("listStyle")
    if isinstance(header, int) and 1 <= header <= 6:
        return "#" * header + " "
    if style == "checkbox":
        return "- [x] " if line.get("checked") is True else "- [ ] "
    return "1. " if style == "numbered" else "- " if style else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_number(value: object) -> TypeGuard[int | float]:
    """Say whether it is a number a thermometer or a map could show."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _NUMBERS

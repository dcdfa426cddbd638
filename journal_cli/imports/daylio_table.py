"""
Daylio's table, the CSV: its columns are found by name, for every few years there is one more of them.

The columns `date` and `weekday` are in the language of the telephone and are read only in the oldest form, which says
the year and nothing else that could be read everywhere.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time

from journal_cli.errors import Mistyped, NotWhatItSays
from journal_cli.imports.choices import wall_moment
from journal_cli.imports.daylio_entry import Row
from journal_cli.imports.source import Source
from journal_cli.journal.moment import Moment

LARGEST_NOTE = 64 * 1024 * 1024  # characters of one field

_NOT_WHOLE = "it may not have been copied whole, or was changed by another program; nothing was imported"
_NEEDED = {"date", "time", "mood", "activities", "note"}
_DAYS = ({"full_date"}, {"year"})  # one of them has to be there
_READ = _NEEDED | {"full_date", "year", "weekday", "note_title", "scales"}

# English and Polish, in the forms a date has; three letters tell the months apart in both.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "sty"), ("feb", "lut"), ("mar",), ("apr", "kwi"), ("may", "maj"), ("jun", "cze"),
            ("jul", "lip"), ("aug", "sie"), ("sep", "wrz"), ("oct", "paź"), ("nov", "lis"), ("dec", "gru"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_DAY = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[^\W\d_]{3,12})\.?|(?P<month2>[^\W\d_]{3,12})\.? (?P<day2>\d{1,2})")
_TIME = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})? ?(?:(?P<half>[ap])\.? ?m\.?)?", re.IGNORECASE)


def is_header(line: str) -> bool:
    """Say whether a line is the first of a table of Daylio's."""
    return _are_ours(_names(line.strip().split(",")))


def table_rows(source: Source, zone: str) -> Iterator[Row]:
    """
    Read the rows of a table.

    Args:
        source: The file.
        zone: IANA name of the zone its times are in, which it does not say.

    Raises:
        NotWhatItSays: If a row has more or fewer fields than there are columns, or a quotation mark is left open.
    """
    rows = _fields(source)
    _, header = next(rows, (1, []))
    names = _names(header)
    if not _are_ours(names):
        raise NotWhatItSays("{file} is no table of Daylio", file=source.name, hint="nothing was imported")
    for line, fields in rows:
        if len(fields) != len(names):
            raise NotWhatItSays(
                "{file}, line {line}: this row has {count} fields, and there are {needed} columns",
                file=source.name,
                line=line,
                count=len(fields),
                needed=len(names),
                hint=_NOT_WHOLE,
            )
        yield _row(dict(zip(names, fields, strict=True)), zone)


def _fields(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Give the fields of each row that has any, and the line it begins in."""
    csv.field_size_limit(LARGEST_NOTE)
    reader = csv.reader(source.lines(), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error:
            raise NotWhatItSays(
                "{file}, line {line}: a quotation mark is left open, or stands where none can",
                file=source.name,
                line=line,
                hint=_NOT_WHOLE,
            ) from None
        if fields is None:
            return
        if any(one.strip() for one in fields):
            yield line, fields


def _row(said: dict[str, str], zone: str) -> Row:
    dropped: dict[str, int] = {}
    at, unread = _when(said, zone, dropped)
    if others := sum(1 for name, value in said.items() if name not in _READ and value.strip()):
        dropped["other"] = others
    return Row(
        label=said.get("mood", "").strip(),
        at=at,
        note=said.get("note", ""),
        title=said.get("note_title", ""),
        activities=tuple(one for part in said.get("activities", "").split("|") if (one := part.strip())),
        below=tuple(one for part in (said.get("scales", ""), unread) if (one := part.strip())),
        dropped=dropped,
    )


def _when(said: dict[str, str], zone: str, dropped: dict[str, int]) -> tuple[Moment | None, str]:
    """Tell when a row was, and the words of it that could not be read: they are worth more as text than as nothing."""
    day, clock = _day(said), _clock(_plain(said.get("time", "")))
    unread = []
    if day is None:
        unread += [said.get("full_date", ""), said.get("date", ""), said.get("year", "")]
    if day is None or clock is None:
        unread.append(said.get("time", ""))
        dropped["time"] = 1
    if day is None:
        return None, " ".join(one.strip() for one in unread if one.strip())
    try:
        at, is_plain = wall_moment(datetime.combine(day, clock or time(12)), zone)
    except (Mistyped, OverflowError):
        dropped["time"] = 1
        return None, f"{day.isoformat()} {said.get('time', '')}"
    if not is_plain:
        dropped["clock"] = 1
    return at, " ".join(unread)


def _day(said: dict[str, str]) -> date | None:
    """Read the day: of `full_date`, or of the year and the day and month that stand beside it in words."""
    try:
        if full := said.get("full_date", "").strip():
            return date.fromisoformat(full)
        read = _DAY.fullmatch(_plain(said.get("date", "")))
        if not read:
            return None
        month = _MONTHS[(read["month"] or read["month2"]).casefold()[:3]]
        return date(int(said.get("year", "")), month, int(read["day"] or read["day2"]))
    except (ValueError, KeyError):
        return None


def _clock(said: str) -> time | None:
    """Read `22:00` or `10:00 pm`."""
    read = _TIME.fullmatch(said)
    if not read:
        return None
    hour, half = int(read["hour"]), (read["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(read["minute"]))
    except ValueError:
        return None


def _plain(said: str) -> str:
    """Make every white space between words one space; some telephones write a narrow one before `PM`."""
    return " ".join(said.split())


def _names(fields: list[str]) -> list[str]:
    return [one.strip().strip('"').lower() for one in fields]


def _are_ours(names: list[str]) -> bool:
    found = set(names)
    return found >= _NEEDED and any(found >= one for one in _DAYS) and len(found) == len(names)

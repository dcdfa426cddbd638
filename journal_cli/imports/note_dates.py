"""When a note was written, as its front matter, its name or its folders say it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePosixPath

from journal_cli.errors import Mistyped
from journal_cli.imports.choices import DayOrMonth, wall_moment
from journal_cli.journal.moment import Moment, fixed_moment

NOON = time(12)  # of a day without a time
_CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s*(?P<half>[ap])\.?m\.?)?"
_TEXT = re.compile(
    rf"(?:(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})"
    rf"|(?P<one>\d{{1,2}})(?P<sign>[-/.])(?P<two>\d{{1,2}})[-/.](?P<last>\d{{4}}))"
    rf"(?:(?:T|,?\s+){_CLOCK})?",
    re.IGNORECASE | re.ASCII,
)
_NAME = re.compile(
    r"(?<!\d)(?P<year>[12]\d{3})(?P<sign>[-_. ]?)(?P<month>\d{2})(?P=sign)(?P<day>\d{2})"
    r"(?:(?:T|[-_ ]+|[-_ ]+at[-_ ]+)(?P<hour>[01]\d|2[0-3])[-_.:h ]?(?P<minute>[0-5]\d)"
    r"(?:[-_.: ]?(?P<second>[0-5]\d))?)?(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_FOLDERS = re.compile(
    r"(?:^|/)(?P<year>[12]\d{3})/(?:[12]\d{3}-)?(?P<month>\d{2})(?:\D[^/]*)?/(?:[^/]*/)?(?P<day>\d{2})(?:\D[^/]*)?$",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class When:
    """
    A day, and a time on it.

    Args:
        day: The day.
        clock: The time on the wall; noon if none is told.
        offset: Minutes east of UTC, if that is told.
    """

    day: date
    clock: time = NOON
    offset: int | None = None

    def moment(self, own_zone: str, zone: str) -> tuple[Moment | None, bool]:
        """
        Place it in a zone.

        Args:
            own_zone: The zone the note names; "" if it names none.
            zone: The zone of times without one.

        Returns:
            The moment, None if it lies outside of all that can be kept; and False if the clocks of the zone passed
            over it or showed it twice.
        """
        wall = datetime.combine(self.day, self.clock)
        try:
            if self.offset is not None:
                return fixed_moment(wall, self.offset, own_zone or zone), True
            return wall_moment(wall, zone)
        except (Mistyped, OverflowError):
            return None, True


def of_text(said: str, file: str, *, day_first: bool | None) -> When | None:
    """
    Read a date as front matter has it; None if it is none.

    Args:
        said: What stands there.
        file: The name of the note, for a refusal.
        day_first: Whether `03/04/2026` is the third of April; None if nobody has said.

    Raises:
        DayOrMonth: If it cannot be told apart, and nobody has said.
    """
    said = said.strip().strip("[]")  # Obsidian links days: [[2026-03-01]]
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return _other(said, file, day_first=day_first)
    east = read.utcoffset()
    has_time = len(said) > len("2026-03-01")
    clock = read.time().replace(microsecond=0) if has_time else NOON
    return When(read.date(), clock, None if east is None else round(east.total_seconds() / 60))


def _other(said: str, file: str, *, day_first: bool | None) -> When | None:
    found = _TEXT.fullmatch(said)
    if found is None:
        return None
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    else:
        one, two, year = int(found["one"]), int(found["two"]), int(found["last"])
        is_day_first = found["sign"] == "." or one > 12 or (day_first and two <= 12)
        if found["sign"] != "." and one <= 12 and two <= 12 and one != two and day_first is None:
            raise DayOrMonth(file, said[:10])
        day, month = (one, two) if is_day_first else (two, one)
    return _when(year, month, day, found)


def of_name(path: str) -> When | None:
    """Read the date a path tells: `2026-03-01 A walk.md`, `2026/03/01.md`; None if it tells none."""
    inside = PurePosixPath(path)
    for part in (inside.stem, str(inside.with_suffix(""))):
        for shape in (_NAME, _FOLDERS):
            for found in shape.finditer(part):
                told = _when(int(found["year"]), int(found["month"]), int(found["day"]), found)
                if told:
                    return told
    return None


def title_of_name(name: str) -> str:
    """Give what the name of a file says besides a date; "" if that is nothing, or only how notes are called."""
    stem = PurePosixPath(name).stem
    rest = _NAME.sub("", stem).strip(" -_.,")
    return rest if any(sign.isalpha() for sign in rest) and name != "-" else ""


def _when(year: int, month: int, day: int, found: re.Match[str]) -> When | None:
    groups = found.groupdict()
    try:
        known = date(year, month, day)
        if groups.get("hour") is None:
            return When(known)
        hour = int(groups["hour"])
        if half := groups.get("half"):
            hour = hour % 12 + (12 if half in "pP" else 0)
        return When(known, time(hour, int(groups["minute"]), int(groups.get("second") or 0)))
    except ValueError:
        return None

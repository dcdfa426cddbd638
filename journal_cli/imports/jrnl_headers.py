"""
The dates in the headers of a jrnl file, in whatever form its `timeformat` gave them.

A form is found, not guessed: all headers of a file are looked at first, and only a date that they leave open
is asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from journal_cli.imports.choices import DayOrMonth

FIRST_YEAR = 1000
LONGEST = 60  # characters of a date
SHORTEST = 7  # what is no longer than six characters is `[1] a footnote`, and jrnl says so too

_MONTHS = (
    *(("january", "styczeń", "stycznia"), ("february", "luty", "lutego"), ("march", "marzec", "marca")),
    *(("april", "kwiecień", "kwietnia"), ("may", "maj", "maja"), ("june", "czerwiec", "czerwca")),
    *(("july", "lipiec", "lipca"), ("august", "sierpień", "sierpnia"), ("september", "wrzesień", "września")),
    *(("october", "październik", "października"), ("november", "listopad", "listopada")),
    ("december", "grudzień", "grudnia"),
)
_WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
)
_SHORT_WEEKDAYS = (*(name[:3] for name in _WEEKDAYS), "tues", "thur", "thurs", "niedz", "śr", "pt")

_NAME = r"[^\W\d_]{2,}"
_GAP = r"[-/. _,]{1,2}"
_TIME = (
    r"(?P<hour>\d{1,2})(?:[-:._hH]?(?P<minute>[0-5]\d)(?:[-:._]?(?P<second>[0-5]\d)(?:[.,]\d{1,6})?)?)?"
    r"\s*(?P<half>[aApP]\.?[mM]\.?)?\s*(?P<zone>Z|UTC|[-+]\d\d:?\d\d)?"
)
_JOIN = r"(?:\s*(?:[-–—T,;_|/@]|at|um|o godz\.|godz\.|o)\s*|\s+)"
_DATES = (
    r"(?P<year>\d{4})(?P<sep>[-/._ ])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<one>\d{1,2})(?P<sep>[-/._ ])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)",
    r"(?P<one>\d\d)(?P<two>\d\d)(?P<year>\d{4}|\d\d)",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<name>{_NAME})\.?{_GAP}(?P<year>\d{{4}}|\d\d)",
    rf"(?P<name>{_NAME})\.?{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<year>\d{{4}}|\d\d)",
    rf"(?P<year>\d{{4}}){_GAP}(?P<name>{_NAME})\.?{_GAP}(?P<day>\d{{1,2}})",
    r"(?P<year>\d{4})[-/. ]?(?P<ordinal>\d{3})",
)
_WEEKDAY_NAME = rf"\(?(?:{'|'.join((*_WEEKDAYS, *_SHORT_WEEKDAYS))})\b\.?\)?"
_WEEKDAY = rf"(?:{_WEEKDAY_NAME},?\s+)?"
_AFTER = rf"(?:,?\s+{_WEEKDAY_NAME})?"
_FORMS = (
    *(rf"{_WEEKDAY}{one}{_AFTER}(?:{_JOIN}{_TIME}{_AFTER})?" for one in _DATES),
    rf"{_WEEKDAY}{_DATES[1]}{_TIME}",
    *(rf"{_TIME}{_JOIN}{_WEEKDAY}{one}{_AFTER}" for one in _DATES),
    rf"{_WEEKDAY}(?P<name>{_NAME})\s+(?P<day>\d{{1,2}})\s+{_TIME}\s+(?P<year>\d{{4}})",
    _TIME,
)
_CLOCK = len(_FORMS) - 1
# What strftime writes and strptime does not read, in directives it does.
_LONGHAND = (
    *(("%F", "%Y-%m-%d"), ("%T", "%H:%M:%S"), ("%r", "%I:%M:%S %p"), ("%R", "%H:%M"), ("%D", "%m/%d/%y")),
    *(("%e", "%d"), ("%h", "%b"), ("%k", "%H"), ("%l", "%I"), ("%P", "%p"), ("%-", "%"), ("%#", "%")),
)


@dataclass(frozen=True, slots=True)
class Wall:
    """
    What a header says of its time.

    Args:
        day: The day; None if it says only a time of day.
        clock: The time of day; midnight if it says only a day.
        offset: Minutes east of UTC, where it says that too.
    """

    day: date | None
    clock: time
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date taken apart; `pair` is a date whose three numbers say nothing of their order but where a long year is."""

    form: int
    clock: time
    offset: int | None = None
    day: date | None = None
    pair: tuple[int, int, int] | None = None
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How the dates of one file are read.

    Args:
        order: Where year, month and day stand in a date of three numbers: `dmy`, `mdy` or `ymd`.
        timeformat: As in `jrnl.yaml`, in the directives of strptime; "" if it is not known.
    """

    order: str = "dmy"
    timeformat: str = ""

    def wall(self, said: str) -> Wall | None:
        """Read what stands in the brackets; None if it is no date and no time."""
        if self.timeformat and (found := _formatted(said, self.timeformat)):
            return found
        parts = _parts(said)
        if parts is None:
            return None
        if parts.pair is None:
            return Wall(parts.day, parts.clock, parts.offset)
        others = (one for one in ("dmy", "mdy", "ymd") if one != self.order)
        for order in (self.order, *others):
            if day := _day(parts, order):
                return Wall(day, parts.clock, parts.offset)
        return None


def reading_of(headers: Iterable[str], file: str, *, day_first: bool | None, timeformats: tuple[str, ...]) -> Reading:
    """
    Find how the dates of a file are read, from all of its headers.

    Args:
        headers: What stands in the brackets, of all of them, in their order.
        file: The name of the file, for a refusal.
        day_first: Whether the day stands before the month where the headers leave that open; None if nobody said.
        timeformats: As in a `jrnl.yaml`.

    Raises:
        DayOrMonth: If they leave it open and nobody said.
    """
    formats = tuple(_longhand(one) for one in timeformats)
    fitting = dict.fromkeys(formats, 0)
    survey = _Survey()
    for said in headers:
        read = [one for one in formats if _formatted(said, one)]
        for one in read:
            fitting[one] += 1
        if not read:
            survey.add(said)
    timeformat = max(fitting, key=lambda one: fitting[one], default="")
    if timeformat and not fitting[timeformat]:
        timeformat = ""
    return Reading(survey.order(file, day_first), timeformat)


def form_of(said: str) -> int | None:
    """Give the number of the form a date with a day has; None if it is no such date."""
    parts = _parts(said)
    return None if parts is None or parts.form == _CLOCK else parts.form


def is_timed(said: str) -> bool:
    """Say whether this is a date with a time of day beside it."""
    parts = _parts(said)
    return parts is not None and parts.form != _CLOCK and (":" in said or parts.clock != time())


class _Survey:
    """What the dates of three numbers in a file have in common."""

    def __init__(self) -> None:
        self.count = 0
        self.open = ""  # the first date that could be read with the day first and with the month first
        self.fits = dict.fromkeys(("dmy", "mdy", "ymd"), 0)
        self.descents = dict.fromkeys(self.fits, 0)  # jrnl sorts what it writes, so a reading that goes back is off
        self.first: dict[str, date] = {}
        self.last: dict[str, date] = {}

    def add(self, said: str) -> None:
        if said[:4].isdecimal() and said[4:5] == "-":
            return  # as most of them are: nothing is open in a date that begins with its year
        parts = _parts(said)
        if parts is None or parts.pair is None:
            return
        found = {order: day for order in self.fits if (day := _day(parts, order))}
        if not found:
            return
        self.count += 1
        for order, day in found.items():
            self.fits[order] += 1
            self.descents[order] += day < self.last.get(order, day)
            self.first.setdefault(order, day)
            self.last[order] = day
        if not self.open and len({found.get("dmy"), found.get("mdy")} - {None}) == 2:
            self.open = said

    def order(self, file: str, day_first: bool | None) -> str:
        """Decide on one order for all of them."""
        whole = [order for order, fits in self.fits.items() if fits == self.count]
        if self.count and "ymd" in whole and self._is_year_first(whole):
            return "ymd"
        whole = [order for order in whole if order != "ymd"]
        if len(whole) == 1:
            return whole[0]
        if self.open and day_first is None:
            raise DayOrMonth(file, self.open)
        return "mdy" if day_first is False else "dmy"

    def _is_year_first(self, whole: list[str]) -> bool:
        """Of years in two digits: whether only this order goes forward, or does so within the fewest days."""
        likely = [order for order in whole if not self.descents[order]] or whole
        others = [self.last[order] - self.first[order] for order in likely if order != "ymd"]
        return "ymd" in likely and all(self.last["ymd"] - self.first["ymd"] < other for other in others)


def _longhand(timeformat: str) -> str:
    for short, long in _LONGHAND:
        timeformat = timeformat.replace(short, long)
    return timeformat


def _formatted(said: str, timeformat: str) -> Wall | None:
    """Read a date by a known format; one without a day gives a time of day alone."""
    try:
        found = datetime.strptime(said, timeformat)  # noqa: DTZ007  # headers know no zones
    except (ValueError, re.error):
        return None
    if found.year < FIRST_YEAR:
        return None
    has_day = any(f"%{one}" in timeformat for one in "Yycx")
    return Wall(found.date() if has_day else None, found.time().replace(microsecond=0))


def _parts(said: str) -> _Parts | None:
    said = said.strip()
    if not SHORTEST <= len(said) <= LONGEST and not re.fullmatch(r"\d{1,2}:\d\d.{0,3}", said):
        return None
    for form, pattern in enumerate(_patterns()):
        found = pattern.fullmatch(said)
        if found and (parts := _taken_apart(form, found)):
            return parts
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def _taken_apart(form: int, found: re.Match[str]) -> _Parts | None:
    named = found.groupdict()
    clock = _clock(named)
    if clock is None or (form == _CLOCK and ":" not in found[0]):
        return None
    parts = _Parts(form, clock, _offset(named.get("zone")))
    if form == _CLOCK:
        return parts
    year = named["year"]
    if named.get("one"):
        numbers = (int(named["one"]), int(named["two"]), int(year))
        parts = replace(parts, pair=numbers, is_short=len(year) == 2)
        return parts if any(_day(parts, order) for order in ("dmy", "mdy", "ymd")) else None
    day = _whole_day(named, _full(year))
    return replace(parts, day=day) if day else None


def _whole_day(named: dict[str, str | None], year: int) -> date | None:
    """Make the day of a date that says which number is which."""
    if ordinal := named.get("ordinal"):
        day = date(year, 1, 1) + timedelta(days=int(ordinal) - 1) if year >= FIRST_YEAR and int(ordinal) else None
        return day if day and day.year == year else None
    month = named.get("month")
    number = int(month) if month else _month(named.get("name") or "")
    return _date(year, number, int(named.get("day") or 0))


def _day(parts: _Parts, order: str) -> date | None:
    """Make the day of three numbers in an order, if there is such a day."""
    if parts.pair is None or (order == "ymd" and not parts.is_short):
        return None
    numbers = dict(zip(order, parts.pair, strict=True))
    year = numbers["y"] + (1900 if numbers["y"] >= 69 else 2000) if parts.is_short else numbers["y"]
    return _date(year, numbers["m"], numbers["d"])


def _full(year: str) -> int:
    """Give the year that is meant; of two digits, as everywhere in Unix: 69 to 99 are of the last century."""
    number = int(year)
    return number + (1900 if number >= 69 else 2000) if len(year) == 2 else number


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _clock(named: dict[str, str | None]) -> time | None:
    """Make the time of day; midnight if there is none, None if there is no such time."""
    hour, minute, half = named.get("hour"), named.get("minute"), named.get("half")
    if not hour:
        return time()
    if not minute and not half:
        return None
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half[0] in "pP" else 0)
    return time(number, int(minute or 0), int(named.get("second") or 0)) if number < 24 else None


def _offset(zone: str | None) -> int | None:
    if zone is None or zone in {"Z", "UTC"}:
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return None if minutes >= 1440 else -minutes if zone[0] == "-" else minutes


def _month(name: str) -> int:
    """Give the number of a month by its name, in full or cut after three letters or more; 0 if it is none."""
    said = name.casefold()
    if len(said) < 3:
        return 0
    return next((at + 1 for at, names in enumerate(_MONTHS) if any(name.startswith(said) for name in names)), 0)

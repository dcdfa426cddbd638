"""The day or period in what someone wrote: `last monday`, `3 dni temu`, `march`, `2026-03-01`."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from journal_cli.errors import Mistyped
from journal_cli.journal.calendar_words import DAYS, MONTHS, NOW, NUMBERS, UNITS, WEEKDAYS, WHICH
from journal_cli.journal.moment import FIRST_YEAR, NO_ZONE, Moment, add_months, fixed_moment, moment, week_start
from journal_cli.journal.reading_refusals import EXAMPLES, Asked, out_of_bounds, two_readings, unreadable


@dataclass(frozen=True, slots=True)
class Reading:
    """Days from first to last, and the point in time when it is known already; `weekly` comes again every week."""

    first: date
    last: date
    at: Moment | None = None
    weekly: bool = False


def read_days(words: str, asked: Asked) -> Reading:
    """
    Read words for a day or a period.

    Raises:
        Mistyped: If they cannot be read, or can be read in two ways.
    """
    for reader in (_spoken_day, _ago, _weekday, _stretch, _numbers, _day_and_month, _month_or_year):
        if reading := reader(words, asked):
            return reading
    raise unreadable(asked)


def _spoken_day(words: str, asked: Asked) -> Reading | None:
    if words in NOW:
        return Reading(asked.now.day, asked.now.day, at=asked.now)
    return _one(moved(asked.now.day, asked, days=DAYS[words])) if words in DAYS else None


def _ago(words: str, asked: Asked) -> Reading | None:
    found = re.fullmatch(r"(?:([0-9]{1,6}|[a-z]+) )?([a-z]+) (?:ago|temu)", words)
    if not found or found[2] not in UNITS:
        return None
    number = found[1] or "a"
    count = int(number) if number.isdigit() else NUMBERS.get(number)
    if count is None:
        return None
    now, unit = asked.now, UNITS[found[2]]
    if unit in ("minute", "hour"):
        point = now.local - timedelta(minutes=count * (60 if unit == "hour" else 1))
        unzoned = now.zone == NO_ZONE
        at = fixed_moment(point.replace(tzinfo=None), now.offset) if unzoned else moment(point, now.zone)
        return Reading(at.day, at.day, at=at)
    if unit in ("day", "week"):
        return _one(moved(now.day, asked, days=-count * (7 if unit == "week" else 1)))
    return _one(moved(now.day, asked, months=-count * (12 if unit == "year" else 1)))


def _weekday(words: str, asked: Asked) -> Reading | None:
    found = re.fullmatch(r"(?:(?:on|w|we) )?(?:([a-z]+) )?([a-z]+)", words)
    if not found or found[2] not in WEEKDAYS or (found[1] and WHICH.get(found[1]) != -1):
        return None
    back = (asked.now.day.weekday() - WEEKDAYS[found[2]]) % 7
    if found[1]:
        return _one(moved(asked.now.day, asked, days=-(back or 7)))
    return replace(_one(moved(asked.now.day, asked, days=-back)), weekly=True)


def _stretch(words: str, asked: Asked) -> Reading | None:
    """The present or the last week, month or year."""
    found = re.fullmatch(r"(this|last) (week|month|year)", words)
    found = found or re.fullmatch(r"(?:w )?([a-z]+) (tydzien|tygodniu|miesiac|miesiacu|rok|roku)", words)
    if not found or found[1] not in WHICH:
        return None
    today, which, unit = asked.now.day, WHICH[found[1]], UNITS[found[2]]
    if unit == "week":
        back = (today - week_start(today, asked.week_starts)).days
        first = moved(today, asked, days=7 * which - back)
        return Reading(first, moved(first, asked, days=6))
    if unit == "month":
        first = moved(today.replace(day=1), asked, months=which)
        return _month_of(first.year, first.month)
    return _year_of(moved(today, asked, months=12 * which).year)


ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?: r\.?| roku)?")


def _numbers(words: str, asked: Asked) -> Reading | None:
    """A day in figures. With dots the day comes first; with other signs only if it can."""
    if found := _YEAR_FIRST.fullmatch(words):
        return _one(_day(int(found[1]), int(found[3]), int(found[4]), words, asked))
    if not (found := _YEAR_LAST.fullmatch(words)):
        return None
    one, sign, other, year = int(found[1]), found[2], int(found[3]), int(found[4])
    if sign == "." or other <= 12 < one or one == other:
        return _one(_day(year, other, one, words, asked))
    if one <= 12 < other:
        return _one(_day(year, one, other, words, asked))
    readings = (_day(year, other, one, words, asked), _day(year, one, other, words, asked))
    raise two_readings(asked, readings[0].isoformat(), readings[1].isoformat())


def _day_and_month(words: str, asked: Asked) -> Reading | None:
    year = r"(?: (?P<year>[0-9]{4})(?: r\.?| roku)?)?"
    nth = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    found = re.fullmatch(rf"(?:on )?(?:the )?{nth} (?:of )?(?P<month>[a-z]+){year}", words)
    found = found or re.fullmatch(rf"(?:on )?(?P<month>[a-z]+) (?:the )?{nth}{year}", words)
    if not found or found["month"] not in MONTHS:
        return None
    month, day, today = MONTHS[found["month"]], int(found["day"]), asked.now.day
    if found["year"]:
        return _one(_day(int(found["year"]), month, day, words, asked))
    length = 29 if month == 2 else calendar.monthrange(today.year, month)[1]
    if not 1 <= day <= length:
        raise _no_such_day(asked, words, found["month"], length)
    # Eight years reach over a century that skips its leap year.
    for year_before in range(today.year, max(today.year - 9, FIRST_YEAR - 1), -1):
        if day <= calendar.monthrange(year_before, month)[1] and date(year_before, month, day) <= today:
            return _one(date(year_before, month, day))
    raise out_of_bounds(asked)


def _month_or_year(words: str, asked: Asked) -> Reading | None:
    found = re.fullmatch(r"(?:in |we? )?([a-z]+)(?: ([0-9]{4})(?: r\.?| roku)?)?", words)
    if found and found[1] in MONTHS:
        month, today = MONTHS[found[1]], asked.now.day
        year = int(found[2]) if found[2] else today.year - (month > today.month)
        return _month_of(_day(year, month, 1, words, asked).year, month)
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})", words):
        first = _day(int(found[1]), int(found[2]), 1, words, asked)
        return _month_of(first.year, first.month)
    if found := re.fullmatch(r"(?:in |w )?([0-9]{4})(?: r\.?| roku)?", words):
        return _year_of(_day(int(found[1]), 1, 1, words, asked).year)
    return None


def _one(day: date) -> Reading:
    return Reading(day, day)


def _month_of(year: int, month: int) -> Reading:
    return Reading(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _year_of(year: int) -> Reading:
    return Reading(date(year, 1, 1), date(year, 12, 31))


def _day(year: int, month: int, day: int, tried: str, asked: Asked) -> date:
    """Make a day of three numbers, or say which of them cannot be."""
    if year < FIRST_YEAR:
        raise out_of_bounds(asked)
    if not 1 <= month <= 12:
        raise Mistyped(
            "cannot read {text} as a time: {tried} was read as a day or month, and there is no month {month}",
            hint=EXAMPLES,
            text=asked.text,
            tried=tried,
            month=month,
        )
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise _no_such_day(asked, tried, f"{year}-{month:02}", length)
    return date(year, month, day)


def _no_such_day(asked: Asked, tried: str, month: str, length: int) -> Mistyped:
    return Mistyped(
        "cannot read {text} as a time: {tried} was read as a day, and {month} has {length} days",
        hint=EXAMPLES,
        text=asked.text,
        tried=tried,
        month=month,
        length=length,
    )


def moved(day: date, asked: Asked, *, days: int = 0, months: int = 0) -> date:
    """
    Give the day that is so many months and then days later.

    Raises:
        Mistyped: If its year is not between 1000 and 9999.
    """
    try:
        moved = add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise out_of_bounds(asked) from None
    if moved.year < FIRST_YEAR:
        raise out_of_bounds(asked)
    return moved

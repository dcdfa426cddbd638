"""Mood over weeks: how low, how high, where the middle lay, and which words came."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from journal_cli.insight.hours import DayOfWeek, TimeOfDay, days_of_week, times_of_day
from journal_cli.journal.as_json import sitting_json
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood
from journal_cli.journal.sitting import Sitting

WEEK = timedelta(days=7)
TREND_DAYS = 28  # a trend looks at the last four weeks of a period
TREND_LEAST = 8  # fewer moods than this in four weeks are noise
TREND_STEP = 1  # middles nearer to each other than one step of seven are "about the same"

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Told = tuple[Moment, Mood]
OnDay = tuple[date, Mood]


class Trend(StrEnum):
    """
    Where the middle of pleasant moved over the last 28 days of a period; it says nothing about why.

    The median of the last 14 days is held against that of the 14 before. Nearer to each other than one step of
    seven, they are the same; with fewer than eight numbers in all, or none on one side, it is too few to say.
    """

    TOO_FEW = "too_few"
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Spread:
    """
    How far some numbers from -3 to 3 reach; whole ones, or halves from an app with five steps.

    Args:
        low: The lowest.
        median: The middle one when they stand in order; of an even count the mean of the two middle ones.
        high: The highest.
    """

    low: float = field(repr=False)
    median: float = field(repr=False)
    high: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class WeekOfMoods:
    """
    A week of moods.

    Args:
        start: Its first day, which may lie before the period.
        n: Check-ins, and moods before a sitting; 0 in a gap.
        pleasant: None if nobody gave a number.
        energy: The same.
    """

    start: date
    n: int
    pleasant: Spread | None = None
    energy: Spread | None = None


@dataclass(frozen=True, slots=True)
class DayOfMoods:
    """A day on which a mood was told; `pleasant` is None if only words or "can't tell"."""

    day: date
    n: int
    pleasant: Spread | None = None


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word and how often it came: a listed word by its English id, an own word as typed."""

    word: str = field(repr=False)
    n: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sittings with pleasant told before and after: in how many it rose, fell or stayed. None of it is a verdict."""

    rose: int = 0
    fell: int = 0
    stayed: int = 0


@dataclass(frozen=True, slots=True)
class FromElsewhere:
    """Moods that another program told: how many, and how far the numbers reach that their labels stand for."""

    origin: str
    n: int
    pleasant: Spread | None = None


@dataclass(frozen=True, slots=True)
class MoodFindings:
    """
    What a period says of mood.

    Moods after a sitting are only in `sittings` and `pairs`: an "after" is compared with nothing but its own "before".

    Args:
        since: First day.
        until: Last day, inclusive.
        days_with_entries: Days on which something was written.
        checkins: Check-ins, without the moods before a sitting.
        before: Moods told before a sitting.
        cant_tell: Moods with "numb, mixed, or can't tell".
        weeks: Every week of the period, oldest first; gaps have n 0.
        told: The days on which a mood was told, oldest first.
        words: The words, most often first, then by the alphabet.
        sittings: The sittings, newest first.
        pairs: Before and after.
        trend: Where the middle of pleasant moved in the last four weeks of the period.
        times: Parts of the day with enough moods to say where their middle lay, in the order of the clock.
        weekdays: Days of the week with enough, in the order of the week.
        first_weekday: 0 Monday to 6 Sunday.
        imported: Moods that other programs told, a row for each program, by the alphabet; nothing above counts them.
    """

    since: date
    until: date
    days_with_entries: int
    checkins: int
    before: int
    cant_tell: int
    weeks: tuple[WeekOfMoods, ...]
    told: tuple[DayOfMoods, ...]
    words: tuple[WordCount, ...] = field(repr=False)
    sittings: tuple[Sitting, ...] = ()
    pairs: Pairs = field(default=Pairs(), repr=False)
    trend: Trend = Trend.TOO_FEW
    times: tuple[TimeOfDay, ...] = ()
    weekdays: tuple[DayOfWeek, ...] = ()
    first_weekday: int = 0
    imported: tuple[FromElsewhere, ...] = ()

    @property
    def days(self) -> int:
        """Days in the period."""
        return max(0, (self.until - self.since).days + 1)


def mood_findings(
    check_ins: Sequence[CheckIn],
    sittings: Sequence[Sitting],
    days_with_entries: int,
    since: date,
    until: date,
    first_weekday: int = 0,
) -> MoodFindings:
    """
    Find what a period says of mood; whatever lies outside the period is left out.

    Args:
        check_ins: In any order.
        sittings: In any order.
        days_with_entries: Days of the period on which something was written.
        since: First day, the writer's own.
        until: Last day, inclusive.
        first_weekday: The day weeks begin on, 0 Monday to 6 Sunday.
    """
    within = [check_in for check_in in check_ins if since <= check_in.at.day <= until]
    sat = sorted((one for one in sittings if since <= one.at.day <= until), key=lambda one: one.at.at, reverse=True)
    told = [*((check_in.at, check_in.mood) for check_in in within), *moods_before(sat)]
    days = [(at.day, mood) for at, mood in told]
    return MoodFindings(
        since=since,
        until=until,
        days_with_entries=days_with_entries,
        checkins=len(within),
        before=len(told) - len(within),
        cant_tell=sum(mood.cant_tell for _, mood in told),
        weeks=_weeks(days, since, until, first_weekday),
        told=_days(days),
        words=word_counts(mood for _, mood in told),
        sittings=tuple(sat),
        pairs=_pairs(sat),
        trend=_trend(days, until),
        times=times_of_day(told),
        weekdays=days_of_week(told, first_weekday),
        first_weekday=first_weekday,
    )


def from_elsewhere(moods: Iterable[ImportedMood]) -> tuple[FromElsewhere, ...]:
    """Count the moods that other programs told, a row for each program."""
    by_origin: dict[str, list[float | None]] = defaultdict(list)
    for mood in moods:
        by_origin[mood.origin].append(mood.pleasant)
    return tuple(FromElsewhere(origin, len(told), _spread(told)) for origin, told in sorted(by_origin.items()))


def moods_before(sittings: Iterable[Sitting]) -> list[Told]:
    """List the moods told before a sitting, with when; one that was skipped is none."""
    return [(one.at, one.before) for one in sittings if one.before is not None and _says_something(one.before)]


def word_counts(moods: Iterable[Mood]) -> tuple[WordCount, ...]:
    """Count the words of moods, most often first, then by the alphabet."""
    counted = Counter(word for mood in moods for word in mood.words)
    counts = (WordCount(word, n) for word, n in counted.items())
    return tuple(sorted(counts, key=lambda one: (-one.n, one.word.casefold(), one.word)))


def week_start(day: date, first_weekday: int = 0) -> date:
    """Give the first day of the week a day lies in; 0 is Monday, 6 Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def _says_something(mood: Mood) -> bool:
    return mood.pleasant is not None or mood.energy is not None or mood.cant_tell or bool(mood.words)


def _spread(values: Iterable[float | None]) -> Spread | None:
    numbers = [value for value in values if value is not None]
    return Spread(min(numbers), median(numbers), max(numbers)) if numbers else None


def _by_day(told: Iterable[OnDay], first: Mapping[date, date]) -> dict[date, list[Mood]]:
    moods: dict[date, list[Mood]] = defaultdict(list)
    for day, mood in told:
        moods[first[day]].append(mood)
    return moods


def _weeks(told: Sequence[OnDay], since: date, until: date, first_weekday: int) -> tuple[WeekOfMoods, ...]:
    moods = _by_day(told, {day: week_start(day, first_weekday) for day, _ in told})
    first = week_start(since, first_weekday)
    starts = (first + WEEK * number for number in range(max(0, (until - first).days // 7 + 1)))
    return tuple(
        WeekOfMoods(
            start,
            len(moods.get(start, ())),
            _spread(mood.pleasant for mood in moods.get(start, ())),
            _spread(mood.energy for mood in moods.get(start, ())),
        )
        for start in starts
    )


def _days(told: Sequence[OnDay]) -> tuple[DayOfMoods, ...]:
    moods = _by_day(told, {day: day for day, _ in told})
    return tuple(
        DayOfMoods(day, len(moods[day]), _spread(mood.pleasant for mood in moods[day])) for day in sorted(moods)
    )


def _pairs(sittings: Iterable[Sitting]) -> Pairs:
    moves = [
        one.after.pleasant - one.before.pleasant
        for one in sittings
        if one.before and one.after and one.before.pleasant is not None and one.after.pleasant is not None
    ]
    return Pairs(
        rose=sum(move > 0 for move in moves),
        fell=sum(move < 0 for move in moves),
        stayed=sum(move == 0 for move in moves),
    )


def _trend(told: Iterable[OnDay], until: date) -> Trend:
    """Compare the middle of the last two weeks with that of the two before them."""
    ages = [((until - day).days, mood.pleasant) for day, mood in told if mood.pleasant is not None]
    earlier = _spread(value for age, value in ages if TREND_DAYS // 2 <= age < TREND_DAYS)
    later = _spread(value for age, value in ages if age < TREND_DAYS // 2)
    if earlier is None or later is None or sum(age < TREND_DAYS for age, _ in ages) < TREND_LEAST:
        return Trend.TOO_FEW
    move = later.median - earlier.median
    if abs(move) < TREND_STEP:
        return Trend.SAME
    return Trend.UP if move > 0 else Trend.DOWN


def mood_json(findings: MoodFindings) -> dict[str, Any]:
    """Give the findings as JSON that other programs may rely on: weeks and sittings newest first, words most often."""
    return {
        "from": findings.since.isoformat(),
        "to": findings.until.isoformat(),
        "days": findings.days,
        "days_with_entries": findings.days_with_entries,
        "checkins": findings.checkins,
        "cant_tell": findings.cant_tell,
        "weeks": [
            {
                "start": week.start.isoformat(),
                "n": week.n,
                "pleasant": _spread_json(week.pleasant),
                "energy": _spread_json(week.energy),
            }
            for week in reversed(findings.weeks)
        ],
        "words": [{"word": one.word, "n": one.n} for one in findings.words],
        "sittings": [sitting_json(one) for one in findings.sittings],
        "times": [{"time": one.part.value, "n": one.n, "median": float(one.median)} for one in findings.times],
        "weekdays": [
            {"weekday": WEEKDAYS[one.weekday], "n": one.n, "median": float(one.median)} for one in findings.weekdays
        ],
        "imported": [
            {"origin": one.origin, "n": one.n, "pleasant": _spread_json(one.pleasant)} for one in findings.imported
        ],
    }


def _spread_json(spread: Spread | None) -> dict[str, float] | None:
    return {"low": spread.low, "median": float(spread.median), "high": spread.high} if spread else None

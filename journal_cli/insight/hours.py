"""Times of day and days of the week: where pleasant lay in the middle, said only where there is enough to say it of."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import TypeVar

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import Mood

LEAST = 8  # moods with a number; the middle of fewer is noise, and is given nowhere
HOURS_OF_A_PART = 6

Key = TypeVar("Key", bound=Hashable)


class PartOfDay(StrEnum):
    """A quarter of the day by the writer's own clock: from 0:00, 6:00, 12:00 and 18:00 on."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """
    Moods of one part of the day.

    Args:
        part: Which.
        n: Moods in it with a number for pleasant, at least `LEAST`.
        median: The middle of pleasant, -3 to 3.
    """

    part: PartOfDay
    n: int
    median: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """The same for a day of the week, 0 Monday to 6 Sunday: the day by the writer's own calendar."""

    weekday: int
    n: int
    median: float = field(repr=False)


def part_of_day(at: Moment) -> PartOfDay:
    """Tell the part of the day by the clock the writer saw, wherever that was and whatever season it kept."""
    return tuple(PartOfDay)[at.local.hour // HOURS_OF_A_PART]


def times_of_day(told: Iterable[tuple[Moment, Mood]]) -> tuple[TimeOfDay, ...]:
    """
    Give the parts of the day with enough moods, in the order of the clock; they are never ranked.

    Args:
        told: Moods and when they were told, in any order.
    """
    found = _enough((part_of_day(at), mood) for at, mood in told)
    return tuple(TimeOfDay(part, len(found[part]), median(found[part])) for part in PartOfDay if part in found)


def days_of_week(told: Iterable[tuple[Moment, Mood]], first_weekday: int = 0) -> tuple[DayOfWeek, ...]:
    """
    Give the days of the week with enough moods, in the order of the week; they are never ranked.

    Args:
        told: Moods and when they were told, in any order.
        first_weekday: The day weeks begin on, 0 Monday to 6 Sunday.
    """
    found = _enough((at.day.weekday(), mood) for at, mood in told)
    order = ((first_weekday + step) % 7 for step in range(7))
    return tuple(DayOfWeek(day, len(found[day]), median(found[day])) for day in order if day in found)


def _enough(told: Iterable[tuple[Key, Mood]]) -> dict[Key, list[float]]:
    """Gather the numbers for pleasant, and leave out what has too few of them."""
    found: dict[Key, list[float]] = defaultdict(list)
    for key, mood in told:
        if mood.pleasant is not None:
            found[key].append(mood.pleasant)
    return {key: values for key, values in found.items() if len(values) >= LEAST}

"""Goals: up to three in the person's own words, and how close they felt on days when that was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from journal_cli.journal.moment import Moment

MOST_GOALS = 3  # that are open at one time
CLOSEST = 10  # the highest rating: "there"; the lowest is 0


@dataclass(frozen=True, slots=True)
class Goal:
    """
    A goal in the person's own words.

    Args:
        id: 8 characters of Crockford base32.
        text: The goal, one line.
        at: When it was put down.
        resting: True if it is put aside for now, or done; its ratings stay.
        deleted_at: When it was put in the trash; None if it was not.
    """

    id: str
    text: str = field(repr=False)
    at: Moment
    resting: bool = False
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """How close a goal felt once, from 0 to 10."""

    id: str
    goal: str
    at: Moment
    value: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class RatedGoal:
    """A goal and its ratings, the oldest first."""

    goal: Goal
    ratings: tuple[Rating, ...] = ()


def rated(goals: Iterable[Goal], ratings: Iterable[Rating]) -> tuple[RatedGoal, ...]:
    """Put goals and their ratings together, goals in the order given, ratings the oldest first."""
    by_goal: dict[str, list[Rating]] = {}
    for rating in sorted(ratings, key=lambda one: (one.at.at, one.id)):
        by_goal.setdefault(rating.goal, []).append(rating)
    return tuple(RatedGoal(goal, tuple(by_goal.get(goal.id, ()))) for goal in goals)

"""Limits: boundaries in the person's own words, and the times they were kept, partly kept, or crossed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from journal_cli.journal.moment import Moment


class How(StrEnum):
    """How it went with a limit once; none of the three is a mark."""

    KEPT = "kept"
    PARTLY = "partly"
    CROSSED = "crossed"


class By(StrEnum):
    """Who it was about: somebody else and the limit, or the person and their own limit."""

    OTHER = "other"
    ME = "me"


@dataclass(frozen=True, slots=True)
class Limit:
    """
    A boundary in the person's own words.

    Args:
        id: 8 characters of Crockford base32.
        text: The limit, one line.
        at: When it was put down.
        resting: True if it is not practised at the moment; its story stays.
        deleted_at: When it was put in the trash; None if it was not.
    """

    id: str
    text: str = field(repr=False)
    at: Moment
    resting: bool = False
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class LimitNote:
    """
    One time with a limit.

    Args:
        id: 8 characters of Crockford base32.
        limit: Id of the limit.
        at: When it was.
        how: Kept, partly kept, or crossed.
        by: By whom; None if that was not said.
        line: A line about it; empty if there is none.
    """

    id: str
    limit: str
    at: Moment
    how: How = field(repr=False)
    by: By | None = field(default=None, repr=False)
    line: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LimitStory:
    """A limit and the times with it, the oldest first."""

    limit: Limit
    notes: tuple[LimitNote, ...] = ()

    def times(self, how: How) -> int:
        """Count the times it went this way."""
        return sum(note.how is how for note in self.notes)


def stories(limits: Iterable[Limit], notes: Iterable[LimitNote]) -> tuple[LimitStory, ...]:
    """Put limits and the times with them together, limits in the order given, notes the oldest first."""
    by_limit: dict[str, list[LimitNote]] = {}
    for note in sorted(notes, key=lambda one: (one.at.at, one.id)):
        by_limit.setdefault(note.limit, []).append(note)
    return tuple(LimitStory(limit, tuple(by_limit.get(limit.id, ()))) for limit in limits)

"""What the tests of this room share: a fixed clock, and entries as the program makes them of what was typed."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from hypothesis import strategies as st

from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.ids import short_id
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import Mood
from journal_cli.journal.text import count_words, opening, people, tags
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault.database import Database, Steps, open_database

LookedUp = Callable[[Callable[[], object]], list[str]]


class Write(Protocol):
    """Keep an entry: `write("aaaa0000", "text", 5)` is written five minutes after noon."""

    def __call__(
        self, id_: str, body: str = ..., minutes: float = ..., follow_ups: Sequence[tuple[str, str]] = (), **known: Any
    ) -> WholeEntry: ...


KEY = bytes(range(32))
JOURNAL = "0" * 32
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def opened(path: Path) -> Database:
    steps = Steps(STEP_COUNT, load_steps)
    return open_database(path, master_key=KEY, journal=JOURNAL, steps=steps, memory_security=False)


def at(minutes: float = 0, zone: str = "Europe/Warsaw") -> Moment:
    """A moment so many minutes after noon UTC on 24 November 2026."""
    return moment(NOON + timedelta(minutes=minutes), zone)


def written(
    id_: str, body: str, minutes: float = 0, follow_ups: Sequence[tuple[str, str]] = (), **known: Any
) -> WholeEntry:
    """An entry as the program makes one of what was typed, so many minutes after noon."""
    answered = tuple(FollowUp(question, answer) for question, answer in follow_ups)
    everything = "\n".join([body, *(one.answer for one in answered)])
    facts = {
        "written_at": at(minutes),
        "kind": Kind.FREE,
        "word_count": count_words(everything),
        "opening": opening(body),
        "tags": tags(everything),
        "people": people(everything),
        "changed_at": at(minutes),
    }
    return WholeEntry(Entry(**{"id": id_} | facts | known), body, answered)


def fresh(count: list[int] = [0]) -> str:  # noqa: B006  # it is to be remembered
    """An id that no other thing of this run has."""
    count[0] += 1
    return short_id((count[0] * 7919).to_bytes(5))


moments = st.builds(
    lambda day, second, offset: Moment(day + timedelta(seconds=second), "UTC", offset),
    st.dates(date(1001, 1, 1), date(9998, 12, 31)).map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)),
    st.floats(0, 86_399.999),
    st.integers(-1439, 1439),
)
words = st.lists(st.text(), max_size=3, unique=True).map(tuple)
moods = st.builds(
    Mood,
    pleasant=st.none() | st.integers(-3, 3),
    energy=st.none() | st.integers(-3, 3),
    cant_tell=st.booleans(),
    words=words,
)
asked = st.builds(Asked, *[st.text()] * 5)
maybe = st.none() | st.text()
whole_entries = st.builds(
    WholeEntry,
    entry=st.builds(
        Entry,
        id=st.builds(fresh),
        written_at=moments,
        kind=st.sampled_from(Kind),
        word_count=st.integers(0, 10**6),
        title=maybe,
        opening=st.text(max_size=72),
        theme=maybe,
        session=maybe,
        session_title=maybe,
        sitting=maybe,
        asked=st.none() | asked,
        tags=words,
        people=words,
        private=st.booleans(),
        starred=st.booleans(),
        changed_at=moments,
        deleted_at=st.none() | moments,
    ),
    body=st.text(),
    follow_ups=st.lists(st.builds(FollowUp, st.text(), st.text()), max_size=3).map(tuple),
)

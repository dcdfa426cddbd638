"""
Fills a journal in a process of its own: `python tests/bench/filling.py FOLDER COUNT PASSPHRASE`.

Beside the entries stands what does not grow with them: a check-in a day, a sitting, a time with a limit and a rating
of a goal every week, one program under way.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from notebooks import DAYS, FIRST, Note, id_of, note

from journal_cli.journal.entry import Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote
from journal_cli.journal.moment import moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.text import count_words, opening, people, tags
from journal_cli.records import goals, limits, moments, moods, sittings
from journal_cli.records.columns import stamp
from journal_cli.records.rows import NAMES, entry_row, name_key
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database

ZONE = "Europe/Warsaw"
BATCH = 5_000
CHECK_INS, SITTINGS, NOTES, RATINGS = 2**30, 2**31, 2**32, 2**33  # where ids of each begin
QUESTION = "And what would you like to remember of it?"


def entry(one: Note) -> WholeEntry:
    """Turn a note into an entry, as the program would from the same text."""
    follow_ups = (FollowUp(QUESTION, one.follow_up),) if one.follow_up else ()
    known = Entry(
        id=id_of(one.number),
        written_at=moment(one.at, ZONE),
        kind=Kind.FREE,
        word_count=count_words(one.body) + count_words(one.follow_up or ""),
        title=one.title,
        opening=opening(one.body),
        theme=one.theme,
        tags=tags(one.body),
        people=people(one.body),
        starred=one.starred,
    )
    return WholeEntry(known, one.body, follow_ups)


def fill(folder: Path, count: int, passphrase: str) -> None:
    """Write ten years into a journal that exists, all in one transaction."""
    opened = vault.unlock(folder, passphrase)
    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        made = enumerate(entry(note(number, count)) for number in range(count))
        for some in iter(lambda: list(islice(made, BATCH)), []):
            _put(db, [(number + 1, one) for number, one in some])
        _practised(db)
        _felt(db)


def _put(db: Database, some: list[tuple[int, WholeEntry]]) -> None:
    """Put rows in; the texts come last, so that the search index is told once."""

    def rows(table: str, names: tuple[str, ...], values: Iterator[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * len(names))
        db.run_each(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608  # names only

    rows("entry", ("number", *NAMES), ((number, *entry_row(one.entry)) for number, one in some))
    rows("entry_tag", ("tag", "number"), ((name_key(tag), number) for number, one in some for tag in one.entry.tags))
    named = ((name_key(name), number, name) for number, one in some for name in one.entry.people)
    rows("entry_person", ("key", "number", "name"), named)
    answered = (
        (one.entry.id, place, each.question, each.answer, stamp(one.entry.written_at))
        for _, one in some
        for place, each in enumerate(one.follow_ups)
    )
    rows("follow_up", ("entry", "place", "question", "answer", "changed_at"), answered)
    rows("writing", ("number", "body"), ((number, one.body) for number, one in some))
    for _, one in some:
        if one.entry.starred:
            moments.keep(db, one.entry.id, MomentKind.TRUST, None, one.entry.written_at)


def _practised(db: Database) -> None:
    begun = moment(FIRST, ZONE)
    limits.add(db, Limit(id_of(NOTES), "Leave at four.", begun))
    goals.add(db, Goal(id_of(RATINGS), "Sleep before midnight.", begun))
    for week in range(1, DAYS // 7):
        at = moment(FIRST + timedelta(weeks=week), ZONE)
        limits.add_note(db, LimitNote(id_of(NOTES + week), id_of(NOTES), at, tuple(How)[week % 3]), at)
        goals.rate(db, [Rating(id_of(RATINGS + week), id_of(RATINGS), at, week % 11)], at)


def _felt(db: Database) -> None:
    for day in range(DAYS):
        at = moment(FIRST + timedelta(days=day, hours=20), ZONE)
        mood = Mood(day % 7 - 3, day % 5 - 2, words=("tense",) if day % 3 else ("calm", "tired"))
        moods.add_check_in(db, CheckIn(id_of(CHECK_INS + day), at, mood))
        if day % 7 == 0:
            sat = Sitting(id_of(SITTINGS + day), at, "evening-signals", "Evening signals", State.DONE, mood, Mood(1, 0))
            sittings.begin(db, sat)


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

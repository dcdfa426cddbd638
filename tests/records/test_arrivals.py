"""What comes from other notebooks: it stands as one's own does, is known again, and can be taken back as a whole."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from shelf import at, written

from journal_cli.errors import Mistyped
from journal_cli.journal.entry import Filter, Kind
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood
from journal_cli.journal.text import LONGEST
from journal_cli.records import arrivals, edits, entries, moods, naming, search, trash
from journal_cli.records.arrivals import ImportRun, Incoming, TakenBack
from journal_cli.records.rows import NAMES
from journal_cli.vault.database import Database

RUN = ImportRun("zzzz0001", "jrnl", at(60))
LATER = ImportRun("zzzz0002", "jrnl", at(90))
TABLES = ("entry", "writing", "entry_tag", "entry_person", "check_in", "imported_mood", "arrived", "import_run")


def coming(number: int, body: str = "", run: ImportRun = RUN, key: str = "", **known: Any) -> Incoming:
    """The thing with this number in its notebook."""
    body = body or f"Day {number} with @Anna and @anna. #calm #Calm #river"
    whole = written(f"{run.id[-1]}aaa{number:04}", body, number, kind=Kind.IMPORTED, changed_at=run.at, **known)
    return Incoming(key or f"key-{number}", f"exact-{body}-{known}", whole)


def felt(number: int, pleasant: float | None = 1.5, *, note: bool = False) -> Incoming:
    """A mood, with a note or without one."""
    one = coming(number)
    id_ = one.whole.entry.id if note and one.whole else None
    check_in = CheckIn(f"cccc{number:04}", at(number), Mood(), note=id_)
    mood = ImportedMood("daylio", "good", pleasant)
    return replace(one, whole=one.whole if note else None, check_in=check_in, mood=mood)


def counts(db: Database) -> dict[str, int]:
    return {table: (db.one(f"SELECT count(*) FROM {table}") or (0,))[0] for table in TABLES}  # noqa: S608  # names of tables and columns only, no values


def is_sound(db: Database) -> bool:
    """Whether the search index holds what the tables do."""
    with db.changing():
        db.run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    return db.read("PRAGMA foreign_key_check") == []


def test_what_comes_stands_in_the_tables_as_ones_own_does(db: Database) -> None:
    one = coming(1, title="A walk", starred=True)
    assert one.whole
    arrivals.keep(db, RUN, [one])
    own = replace(one.whole, entry=replace(one.whole.entry, id="bbbb0001"))
    entries.add(db, own)

    assert entries.whole(db, "1aaa0001") == one.whole
    entry = ", ".join(name for name in NAMES if name != "id")
    for table, columns in (("entry", entry), ("writing", "body"), ("entry_tag", "tag"), ("entry_person", "key, name")):
        first, second = (
            db.read(f"SELECT {columns} FROM {table} WHERE number = ? ORDER BY 1", (number,))  # noqa: S608  # names of tables and columns only, no values
            for number in (1, 2)
        )
        assert first == second != [], table
    assert {match.entry.id for match in search.search(db, "day", Filter(), None)[0]} == {"1aaa0001", "bbbb0001"}
    assert is_sound(db)


def test_a_second_time_adds_nothing_and_says_how_many_are_here(db: Database) -> None:
    first = arrivals.keep(db, RUN, map(coming, range(1200)))
    before = counts(db)

    again = arrivals.keep(db, LATER, (coming(number, run=LATER) for number in range(1201)))

    assert (first.imported, first.known, first.twice) == (1200, 0, 0)
    assert (again.imported, again.known, again.twice) == (1, 1200, 0)
    assert counts(db) == before | {
        "entry": 1201, "writing": 1201, "entry_tag": 2402, "entry_person": 1201, "arrived": 1201, "import_run": 2,
    }  # fmt: skip
    assert [run.entries for run in arrivals.runs(db)] == [1, 1200]
    assert arrivals.known(db, ["key-7", "key-1300"]) == {"key-7"}


def test_an_import_that_brings_nothing_leaves_no_trace(db: Database) -> None:
    arrivals.keep(db, RUN, [coming(1)])
    before = counts(db)

    arrivals.keep(db, LATER, [coming(1, run=LATER)])

    assert counts(db) == before
    assert arrivals.latest(db) == replace(RUN, entries=1)


@pytest.mark.parametrize("apart", [0, 600])
def test_one_id_given_to_two_texts_keeps_both_and_the_same_twice_is_one(db: Database, apart: int) -> None:
    between = [coming(number) for number in range(10, 10 + apart)]
    there = [coming(1, "one", key="same"), *between, coming(2, "two", key="same"), coming(3, "one", key="same"),
             coming(4, "two", key="same")]  # fmt: skip

    kept = arrivals.keep(db, RUN, there)

    assert (kept.imported, kept.known, kept.twice) == (2 + apart, 0, 2)
    assert {entries.whole(db, id_).body for id_ in ("1aaa0001", "1aaa0002")} == {"one", "two"}
    again = arrivals.keep(db, LATER, [coming(1, "one", LATER, "same"), coming(2, "two", LATER, "same")])
    assert (again.imported, again.known) == (0, 2)


def test_what_is_in_the_trash_is_known_and_what_was_removed_for_good_can_come_again(db: Database) -> None:
    arrivals.keep(db, RUN, [coming(1)])
    trash.delete(db, ["1aaa0001"], at(70))
    assert arrivals.keep(db, LATER, [coming(1, run=LATER)]).known == 1

    trash.empty(db)

    assert db.read("SELECT * FROM arrived") == []  # a key is made of the text
    assert arrivals.keep(db, LATER, [coming(1, run=LATER)]).imported == 1


@pytest.mark.parametrize(
    "last", [coming(9, "x" * (LONGEST + 1)), coming(9, "half \ud800"), ValueError()], ids=["long", "half", "reader"]
)
def test_when_anything_goes_wrong_nothing_of_it_is_here(db: Database, last: Incoming | Exception) -> None:
    before = counts(db)

    def come() -> Iterator[Incoming]:
        yield from map(coming, range(1100, 2300))
        if isinstance(last, Exception):
            raise last
        yield last

    with pytest.raises((Mistyped, ValueError)):
        arrivals.keep(db, RUN, come())

    assert counts(db) == before
    assert is_sound(db)


def test_moods_keep_their_origin_and_stand_apart_from_ones_own(db: Database) -> None:
    moods.add_check_in(db, CheckIn("dddd0001", at(5), Mood(2, 1)))
    arrivals.keep(db, RUN, [felt(1, note=True), felt(2), felt(3, None)])

    assert [one.id for one in moods.check_ins(db, None, None)] == ["dddd0001"]
    assert moods.imported(db, at(1).day, at(1).day) == [
        ImportedMood("daylio", "good", None), *[ImportedMood("daylio", "good", 1.5)] * 2,
    ]  # fmt: skip
    assert entries.entry(db, "1aaa0001").mood is None
    assert counts(db)["imported_mood"] == 3
    trash.delete(db, ["cccc0002"], at(70))
    assert len(moods.imported(db, None, None)) == 2
    trash.empty(db)
    assert counts(db)["imported_mood"] == 2


def test_taking_back_removes_all_of_it_and_nothing_else(db: Database) -> None:
    entries.add(db, written("bbbb0001", "My own. #calm"))
    before = counts(db)
    arrivals.keep(db, RUN, [coming(1), coming(2), felt(3), felt(4, note=True)])
    trash.delete(db, ["1aaa0002"], at(70))

    assert arrivals.take_back(db, replace(RUN, entries=4), at(80)) == TakenBack(4, 0)

    assert counts(db) == before | {"import_run": 1}
    assert arrivals.latest(db) is None
    assert search.search(db, "day", Filter(), None)[0] == []
    assert is_sound(db)
    assert arrivals.keep(db, LATER, [coming(1, run=LATER)]).imported == 1


def test_what_was_changed_since_stays_with_its_mood_when_an_import_is_taken_back(db: Database) -> None:
    arrivals.keep(db, RUN, [coming(1), coming(2), felt(3, note=True), coming(4), coming(5)])
    edits.rewrite(db, "1aaa0001", "Changed.", at(70))
    edits.mark(db, "1aaa0003", at(71), starred=True)
    edits.rewrite(db, "1aaa0004", "Changed, then let go.", at(72))
    trash.delete(db, ["1aaa0004"], at(73))
    assert arrivals.changed_since(db, RUN) == 3

    assert arrivals.take_back(db, RUN, at(80)) == TakenBack(2, 3)

    assert {id_ for (id_,) in db.read("SELECT id FROM entry")} == {"1aaa0001", "1aaa0003", "1aaa0004"}
    assert counts(db)["imported_mood"] == 1
    assert arrivals.keep(db, LATER, [coming(1, run=LATER), coming(2, run=LATER)]).known == 1


def test_a_mood_whose_note_was_removed_does_not_come_twice(db: Database) -> None:
    arrivals.keep(db, RUN, [felt(1, note=True)])
    trash.delete(db, ["1aaa0001"], at(70))
    trash.empty(db)

    again = felt(1, note=True)
    assert again.check_in
    arrivals.keep(db, LATER, [replace(again, check_in=replace(again.check_in, id="cccc0009"))])

    assert counts(db)["entry"] == counts(db)["imported_mood"] == 1
    assert naming.is_taken(db, "cccc0001")

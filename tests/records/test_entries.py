import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelf import LookedUp, Write, at, fresh, moments, opened, whole_entries, written

from journal_cli.errors import AlreadyThere, Ambiguous, Mistyped, NotFound
from journal_cli.journal.entry import Filter, FollowUp, Kind, WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sharing import Share
from journal_cli.records import edits, entries, moods, shares
from journal_cli.vault.database import Database

TEXTS = ("writing", "follow_up", "revision", "search_data")


@given(whole=whole_entries)
@example(whole=written("zzzz0000", "\0before and after\0", follow_ups=[("why\0", "\0"), ("", "👩‍👩‍👧 שלום\u202e\r\n")]))
def test_an_entry_comes_back_exactly_as_it_was_kept(long_db: Database, whole: WholeEntry) -> None:
    entries.add(long_db, whole)

    assert entries.whole(long_db, whole.entry.id) == whole
    assert entries.entry(long_db, whole.entry.id) == whole.entry


def test_a_megabyte_comes_back_exactly_as_it_was_kept(db: Database) -> None:
    body = "ząb za ząb\0 👁️ " * (1024 * 1024 // 16)
    whole = written("aaaa0000", body)
    entries.add(db, whole)

    assert entries.whole(db, "aaaa0000").body == body


def test_half_a_character_is_refused_and_leaves_nothing_behind(db: Database) -> None:
    for broken in (written("aaaa0000", "\ud83d"), written("bbbb0000", "fine", follow_ups=[("q", "\ud83d")])):
        with pytest.raises(Mistyped):
            entries.add(db, broken)

    assert entries.listing(db, Filter(), None) == ([], 0)


def test_an_id_is_given_once(db: Database, write: Write) -> None:
    write("aaaa0000", "the first")

    with pytest.raises(AlreadyThere):
        write("aaaa0000", "the second")
    assert entries.whole(db, "aaaa0000").body == "the first"


def test_an_answer_to_a_follow_up_joins_its_entry(db: Database, write: Write) -> None:
    write("aaaa0000", "Three words here #calm @Anna", follow_ups=[("And then?", "two words")])

    entries.add_follow_up(db, "aaaa0000", FollowUp("And now?", "@anna and @Ben #calm #late"), at(5))

    whole = entries.whole(db, "aaaa0000")
    assert whole.follow_ups == (
        FollowUp("And then?", "two words"),
        FollowUp("And now?", "@anna and @Ben #calm #late"),
    )
    assert whole.entry.tags == ("calm", "late")
    assert whole.entry.people == ("Anna", "Ben")
    assert whole.entry.word_count == 5 + 2 + 5
    assert whole.entry.changed_at == at(5)
    with pytest.raises(NotFound):
        entries.add_follow_up(db, "nothere0", FollowUp("q", "a"), at())


def test_lists_are_newest_first_and_say_how_many_there_are(db: Database, write: Write) -> None:
    for minutes, id_ in ((3, "bbbb0000"), (1, "cccc0000"), (2, "dddd0000"), (3, "aaaa0000")):
        write(id_, minutes=minutes)

    listed, total = entries.listing(db, Filter(), 3)
    everything, _ = entries.listing(db, Filter(), None)

    assert [entry.id for entry in listed] == ["aaaa0000", "bbbb0000", "dddd0000"]
    assert total == 4
    assert [entry.id for entry in everything] == [*(entry.id for entry in listed), "cccc0000"]
    assert [whole.entry for whole in entries.every(db, Filter())] == list(entries.each(db, Filter())) == everything


def test_a_note_carries_the_mood_of_its_check_in(db: Database, write: Write) -> None:
    write("aaaa0000", kind=Kind.NOTE)
    mood = Mood(-2, None, cant_tell=True, words=("tired", "własne"))
    moods.add_check_in(db, CheckIn("bbbb0000", at(), mood, note="aaaa0000"))

    assert [entry.mood for entry in entries.listing(db, Filter(), 5)[0]] == [mood]
    assert entries.whole(db, "aaaa0000").entry.mood == mood


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), "abcd"),
        (Filter(theme="trust-self"), "b"),
        (Filter(kind=Kind.ANSWER), "bc"),
        (Filter(session="evening-signals"), "c"),
        (Filter(tags=("calm",)), "ad"),
        (Filter(tags=("calm", "late")), "d"),
        (Filter(tags=("CALM",)), "ad"),
        (Filter(people=("ŻANETA",)), "ac"),
        (Filter(people=("żaneta", "ben")), "c"),
        (Filter(starred=True), "d"),
        (Filter(private=True), "b"),
        (Filter(private=False), "acd"),
        (Filter(shared=True), "c"),
        (Filter(since=date(2026, 11, 25)), "cd"),
        (Filter(until=date(2026, 11, 24)), "ab"),
        (Filter(since=date(2026, 11, 25), until=date(2026, 11, 25)), "c"),
        (Filter(since=date.min, until=date.max), "abcd"),
        (Filter(kind=Kind.ANSWER, private=True, until=date(2026, 12, 1)), "b"),
        (Filter(theme="nobody's"), ""),
    ],
)
def test_a_filter_leaves_out_what_is_not_wanted(db: Database, write: Write, wanted: Filter, found: str) -> None:
    day = 24 * 60
    write("aaaa0000", "#calm with @Żaneta", 0)
    write("bbbb0000", "plain", 1, kind=Kind.ANSWER, theme="trust-self", private=True)
    write("cccc0000", "@żaneta, @Ben", day, kind=Kind.ANSWER, session="evening-signals")
    write("dddd0000", "#calm #late", 2 * day, starred=True)
    shares.note(db, Share("ssss0000", at(), "", "md", entries=("cccc0000", "gone0000")))

    listed, total = entries.listing(db, wanted, 10)

    assert {entry.id[0] for entry in listed} == set(found)
    assert total == entries.count(db, wanted) == len(found)


@given(written_at=moments, days=st.integers(-2, 2))
@example(written_at=Moment(datetime(2026, 1, 1, tzinfo=UTC), "UTC", -1439), days=0)  # a day behind UTC
@example(written_at=Moment(datetime(2026, 1, 1, 23, 59, tzinfo=UTC), "UTC", 1439), days=0)  # a day ahead of it
def test_a_day_is_the_writers_own(long_db: Database, written_at: Moment, days: int) -> None:
    id_ = fresh()
    entries.add(long_db, written(id_, "x", written_at=written_at))
    day = written_at.day + timedelta(days=days)

    listed, _ = entries.listing(long_db, Filter(since=day, until=day), None)

    assert (id_ in {entry.id for entry in listed}) == (days == 0)


def test_a_list_of_a_thousand_goes_along_an_index_and_opens_no_text(db: Database, looked_up: LookedUp) -> None:
    with db.changing():
        for minutes in range(1000):
            entries.add(db, written(fresh(), "some words #calm", minutes))

    statements = looked_up(lambda: entries.listing(db, Filter(), 20))

    assert len(statements) == 2
    plan = " ".join(row[3] for row in db.read(f"EXPLAIN QUERY PLAN {statements[0]}"))
    assert "SCAN e USING INDEX entry_live" in plan
    assert "TEMP B-TREE" not in plan
    texts = {row[0] for row in db.read("SELECT rootpage FROM sqlite_schema WHERE name IN (?, ?, ?, ?)", TEXTS)}
    assert len(texts) == 4
    for statement in statements:
        steps = db.read(f"EXPLAIN {statement}")
        assert not texts & {row[3] for row in steps if row[1] == "OpenRead"}
    assert "SCAN entry USING COVERING INDEX" in " ".join(
        row[3] for row in db.read(f"EXPLAIN QUERY PLAN {statements[1]}")
    )


def test_everybody_and_every_tag_is_listed_once(db: Database, write: Write) -> None:
    write("aaaa0000", "@anna #calm", 0)
    write("bbbb0000", "@Anna @Ben #late", 1)
    write("cccc0000", "@Zoe #gone", 2, deleted_at=at(3))

    assert entries.all_people(db) == ["Anna", "Ben"]
    assert entries.all_tags(db) == ["calm", "late"]


def test_the_beginning_of_an_id_names_an_entry(db: Database, write: Write) -> None:
    write("7k2m9qxa")
    write("7k2abcde")
    write("0011abcd")
    write("9999zzzz", deleted_at=at())

    assert entries.named(db, "7k2m") == "7k2m9qxa"
    assert entries.named(db, " 7K2A ") == "7k2abcde"
    assert entries.named(db, "OOil") == "0011abcd"
    assert entries.named(db, "9999zzzz", trashed=True) == "9999zzzz"
    for beginning, failure in (("7k2", Ambiguous), ("7k", Mistyped), ("9999", NotFound), ("7k2*", NotFound)):
        with pytest.raises(failure):
            entries.named(db, beginning)
    with pytest.raises(NotFound):
        entries.named(db, "7k2m", trashed=True)


@given(beginning=st.text())
@example(beginning="\udcff\udcff")  # bytes that are no text, as they come from a shell
def test_any_text_may_stand_for_an_id(long_db: Database, beginning: str) -> None:
    with pytest.raises((Mistyped, NotFound)):
        entries.named(long_db, beginning + "u")  # which is in no id


WRITE_MANY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from shelf import opened, written
from journal_cli.records import entries
with opened(Path(sys.argv[2])) as db:
    print("ready", flush=True)
    for count in range(40):
        entries.add(db, written(f"bbbb{count:04}", "from the other window", count))
"""


def test_two_windows_may_write_at_once(path: Path) -> None:
    here = str(Path(__file__).parent)
    other = subprocess.Popen([sys.executable, "-c", WRITE_MANY, here, path], stdout=subprocess.PIPE)
    with other, opened(path) as db:
        assert other.stdout.readline() == b"ready\n"
        for count in range(40):
            entries.add(db, written(f"aaaa{count:04}", "from this window", count))
        assert other.wait(30) == 0

        assert entries.count(db, Filter()) == 80
        assert db.read("PRAGMA integrity_check") == [("ok",)]


def test_no_entry_is_made_up(db: Database) -> None:
    for deed in (
        lambda: entries.whole(db, "nothere0"),
        lambda: entries.entry(db, "nothere0"),
        lambda: edits.rewrite(db, "nothere0", "text", at()),
        lambda: edits.mark(db, "nothere0", at(), starred=True),
    ):
        with pytest.raises(NotFound):
            deed()

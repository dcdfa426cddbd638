"""Limits on their shelf: kept, put aside, and the times with them; the trash takes all of a limit or one time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from damaging import BOUNDS, NOW, TAG, WORDS, ids, journal
from shelf import at

from journal_cli.errors import AlreadyThere, Ambiguous, Mistyped, NotFound
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory
from journal_cli.records import limits, trash
from journal_cli.records.naming import Thing, named
from journal_cli.records.rescue import rescue
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database

FOUR = Limit("aaaa0001", "Leave at four — zażółć", at())
PHONE = Limit("aaab0002", "No phone at dinner", at(5))
KEPT = LimitNote("bbbb0001", FOUR.id, at(10), How.KEPT, By.ME, "She asked twice.")
CROSSED = LimitNote("bbbb0002", FOUR.id, at(20), How.CROSSED)
DAY = 24 * 60


@pytest.fixture
def filled(db: Database) -> Database:
    for one in (FOUR, PHONE):
        limits.add(db, one)
    for note in (KEPT, CROSSED):
        limits.add_note(db, note, at(30))
    return db


def test_limits_and_the_times_with_them_come_back_as_they_were(filled: Database) -> None:
    assert limits.limits(filled) == [PHONE, FOUR]
    assert limits.notes(filled) == [CROSSED, KEPT]
    assert limits.story(filled, FOUR.id) == LimitStory(FOUR, (KEPT, CROSSED))
    assert limits.story(filled, PHONE.id) == LimitStory(PHONE)


def test_a_period_takes_the_writers_own_days_both_ends_included(filled: Database) -> None:
    earlier, later = (replace(KEPT, id=f"cccc000{n}", at=at(n * DAY)) for n in (-1, 1))
    for note in (earlier, later):
        limits.add_note(filled, note, at())
    day = date(2026, 11, 24)

    assert limits.notes(filled, day, day) == [CROSSED, KEPT]
    assert limits.notes(filled, day + timedelta(1), None) == [later]
    assert limits.notes(filled, None, day - timedelta(1)) == [earlier]


def test_a_limit_rests_and_is_taken_up_and_its_story_stays(filled: Database) -> None:
    limits.rest(filled, FOUR.id, at(40), resting=True)
    assert limits.story(filled, FOUR.id) == LimitStory(replace(FOUR, resting=True), (KEPT, CROSSED))
    assert filled.one("SELECT changed_at FROM own_limit WHERE id = ?", (FOUR.id,))[0].startswith("2026-11-24T12:40")

    limits.rest(filled, FOUR.id, at(50), resting=False)
    assert limits.limits(filled) == [PHONE, FOUR]


def test_what_is_taken_or_missing_is_refused(filled: Database) -> None:
    with pytest.raises(AlreadyThere):
        limits.add(filled, FOUR)
    with pytest.raises(AlreadyThere):
        limits.add_note(filled, KEPT, at())
    with pytest.raises(NotFound):
        limits.add_note(filled, replace(KEPT, id="bbbb0009", limit="zzzz0000"), at())
    with pytest.raises(NotFound):
        limits.rest(filled, "zzzz0000", at(), resting=True)
    with pytest.raises(NotFound):
        limits.story(filled, "zzzz0000")


def test_a_limit_is_named_by_how_its_id_begins_and_only_limits_are(filled: Database) -> None:
    assert named(filled, "AAAA", thing=Thing.LIMIT) == FOUR.id
    for wrong, failure in (("aaa", Ambiguous), ("aa", Mistyped), ("bbbb0001", NotFound)):
        with pytest.raises(failure):
            named(filled, wrong, thing=Thing.LIMIT)
    with pytest.raises(NotFound, match="no limit begins with"):
        named(filled, "zzz", thing=Thing.LIMIT)


def test_the_words_of_a_limit_are_in_no_repr() -> None:
    shown = repr(LimitStory(FOUR, (KEPT,)))

    assert "four" not in shown
    assert "twice" not in shown
    assert "kept" not in shown.lower()


# The trash


def test_a_limit_takes_the_times_with_it_along_and_brings_them_back(filled: Database) -> None:
    trash.delete(filled, ["bbbb0002"], at(50))

    assert trash.delete(filled, ["aaaa"], at(60)) == [(Thing.LIMIT, FOUR.id)]
    assert (limits.limits(filled), limits.notes(filled)) == ([PHONE], [])
    assert filled.read("SELECT id FROM limit_note WHERE deleted_at IS NULL") == []
    waiting = trash.in_trash(filled)
    assert ([one.id for one in waiting.limits], waiting.notes) == ([FOUR.id], ())
    assert waiting.limits[0].deleted_at == at(60)

    assert trash.restore(filled, "aaaa", at(70)) == (Thing.LIMIT, FOUR.id)
    assert limits.story(filled, FOUR.id) == LimitStory(FOUR, (KEPT,))
    assert trash.in_trash(filled).notes == (LimitStory(FOUR, (CROSSED,)),)


def test_one_mistaken_time_goes_and_comes_back_alone(filled: Database) -> None:
    assert trash.delete(filled, ["bbbb0001"], at(50)) == [(Thing.LIMIT_NOTE, KEPT.id)]
    assert limits.story(filled, FOUR.id) == LimitStory(FOUR, (CROSSED,))
    assert trash.in_trash(filled).notes == (LimitStory(FOUR, (KEPT,)),)

    assert trash.restore(filled, "bbbb0001", at(60)) == (Thing.LIMIT_NOTE, KEPT.id)
    assert limits.notes(filled) == [CROSSED, KEPT]


def test_a_time_whose_limit_is_in_the_trash_comes_back_with_it_only(filled: Database) -> None:
    trash.delete(filled, ["aaaa"], at(50))

    with pytest.raises(NotFound):
        trash.restore(filled, KEPT.id, at(60))
    with pytest.raises(NotFound):
        trash.delete(filled, [KEPT.id], at(60))


def test_emptying_counts_a_limit_once_and_leaves_nothing_of_it(filled: Database) -> None:
    trash.delete(filled, ["bbbb0002"], at(50))
    trash.delete(filled, ["aaaa"], at(60))
    assert trash.contents(filled) == [(Thing.LIMIT, FOUR.id)]

    assert trash.empty(filled) == 1

    assert filled.one("SELECT count(*) FROM limit_note") == (0,)
    assert limits.limits(filled) == [PHONE]
    assert filled.read("PRAGMA foreign_key_check") == []


def test_what_a_copy_holds_is_found_and_taken_out_of_it(filled: Database) -> None:
    things = [(Thing.LIMIT, FOUR.id), (Thing.LIMIT_NOTE, KEPT.id)]
    assert trash.holds(filled, things)

    trash.remove(filled, things)

    assert not trash.holds(filled, things)
    assert (limits.limits(filled), limits.notes(filled)) == ([PHONE], [])


def test_a_rescue_takes_limits_along(tmp_path) -> None:
    made = journal(tmp_path / "old", 12)
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db:
        limits.add(db, FOUR)
        limits.add_note(db, KEPT, at())
    fresh = ids(3)

    told = rescue(made, tmp_path / "new", now=NOW, new_id=lambda: next(fresh), tag=TAG, bounds=BOUNDS)

    assert not told.lost
    again = vault.unlock(tmp_path / "new", WORDS, bounds=BOUNDS)
    with again.open(STEP_COUNT, load_steps, memory_security=False) as db:
        assert limits.story(db, FOUR.id) == LimitStory(FOUR, (KEPT,))

"""Programs on their shelf: kept, moved on, and the sittings taken through them."""

from dataclasses import replace
from pathlib import Path

import pytest
from damaging import BOUNDS, NOW, TAG, WORDS, ids, journal
from shelf import at, opened

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.program import Run, RunState, Sat
from journal_cli.journal.sitting import Sitting
from journal_cli.records import programs, sittings, trash
from journal_cli.records.rescue import rescue
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database

VOICE = Run("aaaa0001", "a-kinder-voice", "Życzliwszy głos", at(), "self-compassion")
LINES = Run("aaaa0002", "lines-i-can-keep", "Lines I can keep", at(5), "boundaries")


def sit(db: Database, id_: str, run: Run, minutes: float = 10, session: str = "same-boat") -> None:
    sittings.begin(db, Sitting(id_, at(minutes), session, "One question"))
    programs.take(db, run, id_, at(minutes))


def test_what_was_started_comes_back_as_it_was_the_latest_first(db: Database) -> None:
    programs.start(db, VOICE)
    programs.start(db, LINES)

    assert list(programs.latest(db).values()) == [LINES, VOICE]


def test_of_several_times_through_one_program_the_latest_is_given(db: Database) -> None:
    programs.start(db, VOICE)
    again = replace(VOICE, id="aaaa0003", at=at(60))
    programs.start(db, again)

    assert programs.latest(db) == {"a-kinder-voice": again}


def test_where_it_stands_is_kept_and_nothing_else_of_it_changes(db: Database) -> None:
    programs.start(db, VOICE)
    moved = replace(VOICE, week=2, turn=3, state=RunState.PAUSED)

    programs.save(db, replace(moved, title="other"), at(30))

    assert programs.latest(db)["a-kinder-voice"] == moved


def test_an_id_that_is_taken_and_one_that_is_not_there_are_refused(db: Database) -> None:
    programs.start(db, VOICE)

    with pytest.raises(AlreadyThere):
        programs.start(db, VOICE)
    with pytest.raises(NotFound):
        programs.save(db, LINES, at())


def test_a_sitting_belongs_to_the_run_it_was_taken_through_and_others_to_none(db: Database) -> None:
    programs.start(db, VOICE)
    sit(db, "bbbb0001", replace(VOICE, week=1, turn=1))
    sittings.begin(db, Sitting("bbbb0002", at(20), "same-boat", "One question"))

    assert programs.sat(db) == {"aaaa0001": (Sat("bbbb0001", "same-boat", 1),)}
    assert programs.latest(db)["a-kinder-voice"].week == 1
    assert (programs.program_of(db, "bbbb0001"), programs.program_of(db, "bbbb0002")) == ("a-kinder-voice", None)


def test_a_sitting_in_the_trash_does_not_count_until_it_comes_back(db: Database) -> None:
    programs.start(db, VOICE)
    sit(db, "bbbb0001", VOICE)

    trash.delete(db, ["bbbb0001"], at(20))
    assert programs.sat(db) == {}
    trash.restore(db, "bbbb0001", at(25))
    assert len(programs.sat(db)["aaaa0001"]) == 1


def test_a_sitting_removed_for_good_leaves_nothing_behind_and_the_run_stays(db: Database) -> None:
    programs.start(db, VOICE)
    sit(db, "bbbb0001", VOICE)
    trash.delete(db, ["bbbb0001"], at(20))

    trash.empty(db)

    assert db.one("SELECT count(*) FROM run_sitting") == (0,)
    assert programs.latest(db) == {"a-kinder-voice": VOICE}


def test_lists_of_sittings_never_read_the_tables_of_programs(db: Database, looked_up) -> None:
    statements = looked_up(lambda: (sittings.sittings(db, None, None), sittings.unfinished(db)))

    assert statements
    assert not [one for one in statements if "run" in one]


def test_a_rescue_takes_programs_along(tmp_path: Path) -> None:
    made = journal(tmp_path / "old", 12)
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db:
        programs.start(db, VOICE)
        sit(db, "bbbb0001", VOICE)
        before = programs.latest(db), programs.sat(db)
    fresh = ids(3)

    told = rescue(made, tmp_path / "new", now=NOW, new_id=lambda: next(fresh), tag=TAG, bounds=BOUNDS)

    assert not told.lost
    opened_again = vault.unlock(tmp_path / "new", WORDS, bounds=BOUNDS)
    with opened_again.open(STEP_COUNT, load_steps, memory_security=False) as db:
        assert (programs.latest(db), programs.sat(db)) == before


def test_a_change_of_a_program_is_part_of_what_is_vouched_for(path: Path) -> None:
    """Both tables are in the sum that shows an altered journal."""

    def vouched(db: Database) -> str:
        row = db.one("SELECT value FROM meta WHERE name = 'state'")
        assert row
        return str(row[0]).split(" ")[1]

    with opened(path) as db:
        sums = [vouched(db)]
        programs.start(db, VOICE)
        sums.append(vouched(db))
        sittings.begin(db, Sitting("bbbb0001", at(), "same-boat", "One question"))
        sums.append(vouched(db))
        programs.take(db, VOICE, "bbbb0001", at())
        sums.append(vouched(db))
        with db.changing():
            db.run("UPDATE run_sitting SET turn = 7")
        sums.append(vouched(db))

    assert len(set(sums)) == len(sums)

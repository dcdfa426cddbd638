"""What a crash left is put in order; what a sync program put back does not destroy the journal."""

import contextlib
import os
from pathlib import Path

import pytest
from whole import Whole, crash, text

from journal_cli.errors import Damaged

SIXTY = [text(number) for number in range(60)]


def journal_of(whole: Whole) -> Path:
    return whole.made.folder / "journal.db-journal"


def test_a_crash_is_put_in_order_and_the_person_told(whole: Whole) -> None:
    """Fault 27."""
    crash(whole.made)
    left = whole.database.read_bytes()
    with whole.open() as database:
        assert database.standing.settled == "recovered"
        assert database.standing.held == ""
    assert whole.texts() == SIXTY
    (copy,) = (whole.made.folder / "recovery").iterdir()
    assert (copy / "journal.db").read_bytes() == left
    with whole.open() as database:
        assert database.standing.settled == ""


@pytest.mark.parametrize("later", ["DELETE FROM note WHERE id % 2", "UPDATE note SET body = 'new ' || body", "VACUUM"])
def test_a_stale_rollback_journal_is_undone(whole: Whole, later: str) -> None:
    """Fault 28."""
    stale = crash(whole.made)
    whole.open().close()
    with whole.open() as database:
        if later == "VACUUM":
            database.connection.execute(later)
        else:
            with database.changing():
                database.run(later)
        with database.changing():
            database.run_each("INSERT INTO note (body) VALUES (?)", [(text(number),) for number in range(100, 160)])
    newest = whole.texts()
    journal_of(whole).write_bytes(stale)

    with whole.open() as database:
        assert database.standing.settled == "restored"
        assert database.standing.held == ""
    assert whole.texts() == newest
    assert whole.failed() == {}
    whole.write(200)


def test_the_last_change_alone_is_not_taken_back_by_its_own_journal(whole: Whole) -> None:
    """Fault 28: the journal of the last change gives a state that is whole, only older than was seen."""
    with whole.open() as database, database.changing():
        database.run("UPDATE note SET body = 'half of a change ' || body")
        database.connection.execute("PRAGMA cache_spill = 1")
        database.connection.execute("PRAGMA cache_size = 5")
        database.run("UPDATE note SET body = body || ' and the other'")
        last = journal_of(whole).read_bytes()
    newest = whole.texts()
    assert newest != SIXTY
    journal_of(whole).write_bytes(last)

    with whole.open() as database:
        settled, held = database.standing.settled, database.standing.held
    assert (settled, held) in {("restored", ""), ("recovered", "")}
    assert whole.texts() == newest


def test_where_neither_is_whole_it_is_read_only(whole: Whole) -> None:
    stale = crash(whole.made)
    whole.open().close()
    with whole.open() as database, database.changing():
        database.run("UPDATE note SET body = 'new ' || body")
    content = bytearray(whole.database.read_bytes())
    content[-2000] ^= 1
    whole.database.write_bytes(content)
    journal_of(whole).write_bytes(stale)
    # Damaged at once, or open for reading only.
    with pytest.raises(Damaged), whole.open() as database:  # noqa: PT012  either of the two may be what raises
        assert database.standing.held in {"altered", "older"}
        with database.changing():
            pass
    copies = [copy / "journal.db" for copy in (whole.made.folder / "recovery").iterdir()]
    assert bytes(content) in [copy.read_bytes() for copy in copies]


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_rollback_journal_that_was_cut_is_no_silent_loss(whole: Whole, keep: float) -> None:
    crash(whole.made)
    size = journal_of(whole).stat().st_size
    os.truncate(journal_of(whole), int(size * keep))
    with contextlib.suppress(Damaged):
        with whole.open() as database:
            is_held = database.standing.held
        assert is_held == "altered" or whole.texts() == SIXTY


def test_a_rollback_journal_that_was_lost_is_no_silent_loss(whole: Whole) -> None:
    crash(whole.made)
    journal_of(whole).unlink()
    assert whole.failed()

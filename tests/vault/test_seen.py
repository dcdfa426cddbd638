"""An older or another state of a journal is recognised where a newer one was seen, and can only be read."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from making import Make
from whole import TODAY, Whole, count, tables, text

from journal_cli.errors import Damaged, Refused
from journal_cli.vault import seen
from journal_cli.vault.integrity import State
from journal_cli.vault.seen import Seen, Watch

LAST = Seen(epoch=7, set_hash="ab" * 32, key_epoch=2, key_seq=3, entries=143, day="2026-11-24")
KEY, JOURNAL = bytes(range(32)), "0f" * 16


def copy_of(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(name)))


def put_back(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def is_held(whole: Whole, why: str) -> None:
    """It opens and reads, and refuses every change with the way out."""
    with whole.open() as database:
        assert database.standing.held == why
        before = whole.database.read_bytes()
        assert database.read("SELECT body FROM note LIMIT 1") == [(text(0),)]
        with pytest.raises(Damaged, match="nothing was changed") as failure, database.changing():
            database.run("DELETE FROM note")
        assert "journal verify --accept" in failure.value.hint
        assert failure.value.exit_code == 13
    assert whole.database.read_bytes() == before


def test_last_weeks_folder_is_recognised_and_read_only_until_the_person_decides(whole: Whole) -> None:
    """Fault 22."""
    old = copy_of(whole.made.folder, "old")
    whole.write(60, 61)
    put_back(old, whole.made.folder)

    for _ in range(2):  # looking does not make it the newest
        is_held(whole, "older")
    with whole.open() as database:
        assert database.standing.seen == whole.seen()
        assert database.standing.seen is not None
        assert (database.standing.seen.entries, count(database)) == (62, 60)
    assert whole.failed() == {"seen": "older"}

    with whole.open() as database:
        database.accept()
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('going on')")
    assert whole.failed() == {}
    whole.write(70)


def test_the_database_alone_from_last_week_is_recognised_too(whole: Whole) -> None:
    """Fault 22, the file alone."""
    old = whole.database.read_bytes()
    whole.write(60)
    whole.database.write_bytes(old)
    is_held(whole, "older")


def test_a_copy_that_went_its_own_way_is_another_one(whole: Whole) -> None:
    other = copy_of(whole.made.folder, "other")
    whole.write(60)
    mine = copy_of(whole.made.folder, "mine")
    put_back(other, whole.made.folder)
    remembered = whole.record.read_bytes()
    whole.record.unlink()  # as on another computer
    whole.write(61)
    whole.record.write_bytes(remembered)

    is_held(whole, "other")
    put_back(mine, whole.made.folder)
    with whole.open() as database:
        assert database.standing.held == ""


def test_the_same_state_and_a_newer_one_from_elsewhere_open_without_a_word(whole: Whole) -> None:
    whole.open().close()
    elsewhere = Whole(whole.made, whole.record.with_name("elsewhere"))
    elsewhere.write(60)
    with whole.open() as database:
        assert database.standing.held == ""
    assert whole.seen() == elsewhere.seen()


def test_a_copy_taken_while_writing_never_opens_silently_with_fewer_entries(whole: Whole) -> None:
    """Fault 34."""
    with whole.open() as database:
        for number in range(60, 75):
            with database.changing():
                database.run("INSERT INTO note (body) VALUES (?)", (text(number),))
                copy = copy_of(whole.made.folder, f"copy{number}")  # a hot journal, and pages of both states
    newest = whole.made.folder.with_name("newest")
    whole.made.folder.rename(newest)
    for number in range(60, 75):
        copy = whole.made.folder.with_name(f"copy{number}")
        copy.rename(whole.made.folder)
        try:
            with whole.open() as database:
                assert count(database) == 75 or database.standing.held == "older"
        except Damaged:
            pass
        whole.made.folder.rename(copy)


def test_a_clock_that_goes_back_a_year_changes_nothing(whole: Whole) -> None:
    year_ago = replace(whole.watch, today=date(2025, 11, 24))
    opening = whole.made.vault.open
    with opening(1, lambda: [tables], watch=year_ago) as database:
        assert database.standing.held == ""
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('a year ago')")
    found = whole.seen()
    assert found is not None
    assert (found.day, found.entries) == ("2025-11-24", 61)
    with whole.open() as database:
        assert database.standing.held == ""


def test_an_older_key_file_is_said_and_holds_nothing(whole: Whole) -> None:
    """Fault 10, the part of what was seen."""
    newer = replace(whole.made.vault, seq=5)
    newer.open(1, lambda: [tables], watch=whole.watch).close()
    with whole.open() as database:  # seq 1
        assert database.standing.older_keys
        assert database.standing.held == ""
    with newer.open(1, lambda: [tables], watch=whole.watch) as database:
        assert not database.standing.older_keys
    assert whole.failed() == {"seen": "older_keys"}


def test_an_empty_file_is_said_to_be_so_with_what_is_remembered(whole: Whole) -> None:
    """Fault 18."""
    whole.database.write_bytes(b"")
    with pytest.raises(Damaged, match="on 2026-11-24, it held 60 entries") as failure:
        whole.open()
    assert "backups" in failure.value.hint
    assert whole.database.read_bytes() == b""
    found = whole.checks()
    assert not found["file"].ok
    assert "pages" not in found


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content[:12],
        lambda content: content[:-3] + bytes([content[-3] ^ 1]) + content[-2:],
        lambda content: bytes(len(content)),
        lambda content: content * 100,
    ],
)
def test_a_record_that_is_damaged_means_that_nothing_is_known(whole: Whole, damage: Callable[[bytes], bytes]) -> None:
    whole.record.write_bytes(damage(whole.record.read_bytes()))
    with whole.open() as database:
        assert database.standing.held == ""
        assert database.standing.seen is None
    found = whole.seen()
    assert found is not None
    assert found.entries == 60


def test_the_record_is_private_and_tells_nothing(whole: Whole) -> None:
    content = whole.record.read_bytes()
    assert whole.record.stat().st_mode & 0o777 == 0o600
    assert whole.record.parent.stat().st_mode & 0o777 == 0o700
    assert whole.made.vault.journal.encode() not in content
    for word in (b"2026", b"epoch", b"altered"):
        assert word not in content
    last = whole.seen()
    assert last is not None
    seen.write(whole.record, last, master_key=whole.made.vault.master_key, journal=whole.made.vault.journal)
    assert whole.record.read_bytes()[9:] != content[9:]
    seen.write(whole.record, LAST, master_key=KEY, journal=JOURNAL)
    assert len(whole.record.read_bytes()) == len(content)


def test_a_record_of_another_journal_or_key_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state" / "record"
    seen.write(path, LAST, master_key=KEY, journal=JOURNAL)
    assert seen.read(path, master_key=KEY, journal=JOURNAL) == LAST
    unknown = Seen(0, "", LAST.key_epoch, 0, 0, "")
    assert seen.read(path, master_key=KEY, journal="f0" * 16) == unknown
    assert seen.read(path, master_key=bytes(32), journal=JOURNAL) == unknown


@pytest.mark.parametrize(
    "epoch, set_hash, key_epoch, held",
    [
        (7, "ab" * 32, 2, ""),
        (8, "cd" * 32, 2, ""),
        (6, "ab" * 32, 2, "older"),
        (7, "cd" * 32, 2, "other"),
        (8, "cd" * 32, 1, "older"),
        (7, "ab" * 32, 3, ""),
    ],
)
def test_states_are_compared(epoch: int, set_hash: str, key_epoch: int, held: str) -> None:
    assert seen.held(LAST, State(epoch, set_hash), key_epoch=key_epoch) == held
    assert seen.held(None, State(epoch, set_hash), key_epoch=key_epoch) == ""
    assert seen.held(LAST, None, key_epoch=2) == "older"
    assert seen.held(replace(LAST, altered=True), State(7, "ab" * 32), key_epoch=2) == "altered"


def test_a_copy_from_before_the_master_key_was_replaced_is_older(whole: Whole) -> None:
    last = whole.seen()
    assert last is not None
    new = replace(last, key_epoch=2)
    seen.write(whole.record, new, master_key=KEY, journal=whole.made.vault.journal)  # under the new key
    is_held(whole, "older")
    assert whole.failed() == {"seen": "older_key"}


def test_a_place_where_nothing_can_be_noted_is_no_reason_to_fail(whole: Whole, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    watch = Watch(tmp_path / "a file" / "journal" / "record", TODAY, count)
    with whole.made.vault.open(1, lambda: [tables], watch=watch) as database, database.changing():
        database.run("INSERT INTO note (body) VALUES ('all the same')")


def test_two_journals_are_remembered_apart(make: Make, tmp_path: Path) -> None:
    one, two = (Whole(made, seen.record_in(tmp_path / "state", made.vault.journal)) for made in (make("a"), make("b")))
    one.write(1)
    two.write(1, 2)
    assert [whole.seen().entries for whole in (one, two)] == [1, 2]


def test_where_it_cannot_be_written_it_is_read_and_says_so(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 31, as the vault sees it; with the rights of the system in tests/system."""
    monkeypatch.setattr("journal_cli.vault.standing.is_writable", lambda _: False)
    with whole.open() as database:
        assert database.standing.held == "unwritable"
        assert count(database) == 60
        with pytest.raises(Refused, match="can be read here"), database.changing():
            database.run("DELETE FROM note")
    assert whole.failed() == {}

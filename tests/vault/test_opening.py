"""Refusals before SQLite sees a file: each by name, and the files stay as they were."""

import contextlib
import fcntl
import os
import random
import sqlite3
import subprocess
import sys
from typing import Any

import pytest
from making import Made, Make
from modes import minded

from journal_cli.errors import Damaged, Refused, TooNew, WrongKey
from journal_cli.vault.database import open_database


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")


def fill(made: Made, rows: int = 200) -> None:
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", ((f"line {i} " * 40,) for i in range(rows)))


def refused(made: Made, kind: Any, match: str) -> None:
    """Opening is refused with this kind of failure and this sentence, and nothing is changed."""
    before = made.files()
    with pytest.raises(kind, match=match) as failure:
        made.vault.open(1, lambda: [table])
    assert failure.type is kind
    assert {name: made.files().get(name) for name in before} == before


def test_a_missing_database_is_not_made_anew(made: Made) -> None:
    made.database.unlink()
    refused(made, Damaged, "missing")
    assert not made.database.exists()


@pytest.mark.parametrize(
    "content, match",
    [
        (b"", "empty"),
        (b"x" * 4095, "cut short"),
        (b"SQLite format 3\0" + b"x" * 9000, "not encrypted"),
        (random.Random(1).randbytes(8192), "does not belong"),
    ],
)
def test_a_file_that_is_no_encrypted_database_is_refused(made: Made, content: bytes, match: str) -> None:
    made.database.write_bytes(content)
    refused(made, Damaged, match)


def test_a_real_plaintext_database_is_refused_and_not_written_to(made: Made) -> None:
    made.database.unlink()
    plain = sqlite3.connect(made.database)
    plain.execute("CREATE TABLE note (id, body)")
    plain.commit()
    plain.close()
    refused(made, Damaged, "not encrypted")


def test_a_link_a_folder_a_pipe_and_a_device_are_refused_by_kind(made: Made) -> None:
    elsewhere = made.folder / "elsewhere"
    made.database.rename(elsewhere)
    kinds = {
        "a link": lambda: made.database.symlink_to(elsewhere),
        "a folder": made.database.mkdir,
        "a pipe": lambda: os.mkfifo(made.database),
    }
    for what, put in kinds.items():
        put()
        with pytest.raises(Damaged, match=what):
            made.vault.open(1, lambda: [table])
        if what == "a folder":
            made.database.rmdir()
        else:
            made.database.unlink()
    made.database.symlink_to("/dev/zero")
    with pytest.raises(Damaged, match="a link"):
        made.vault.open(1, lambda: [table])


@pytest.mark.parametrize("end", ["-wal", "-shm"])
def test_a_log_beside_the_database_is_never_applied(made: Made, end: str) -> None:
    (made.folder / f"journal.db{end}").write_bytes(b"left over")
    refused(made, Damaged, f"journal.db{end} lies beside")
    copies = list((made.folder / "recovery").iterdir())
    assert len(copies) == 1
    assert (copies[0] / f"journal.db{end}").read_bytes() == b"left over"
    assert (copies[0] / "journal.db").read_bytes() == made.database.read_bytes()


def test_the_same_left_over_is_copied_once(made: Made) -> None:
    (made.folder / "journal.db-wal").write_bytes(b"left over")
    for _ in range(5):
        with pytest.raises(Damaged):
            made.vault.open(1, lambda: [table])
    assert len(list((made.folder / "recovery").iterdir())) == 1


def test_three_copies_are_kept_the_newest(made: Made) -> None:
    for number in range(6):
        (made.folder / "journal.db-wal").write_bytes(b"left over %d" % number)
        with pytest.raises(Damaged):
            made.vault.open(1, lambda: [table])
    kept = {(copy / "journal.db-wal").read_bytes() for copy in (made.folder / "recovery").iterdir()}
    assert kept == {b"left over 3", b"left over 4", b"left over 5"}


WRITER = """
import os, sys
from pathlib import Path
from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds
opened = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))
database = opened.open(1, lambda: [], memory_security=False)
database.connection.execute("PRAGMA cache_size = 5")
database.connection.execute("BEGIN IMMEDIATE")
database.connection.execute("UPDATE note SET body = 'half of a change ' || body")
print("changed", flush=True)
sys.stdin.readline()
"""


def half_way(made: Made) -> subprocess.Popen[str]:
    """Another process that has changed pages on the disk and not committed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(made.folder), made.passphrase],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout.readline() == "changed\n"
    return writer


def stop(writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.communicate()


def test_what_a_crash_left_half_done_is_copied_aside_and_rolled_back(made: Made) -> None:
    fill(made)
    stop(half_way(made))
    left = made.database.read_bytes()
    journal = (made.folder / "journal.db-journal").read_bytes()

    with made.vault.open(1, lambda: [table]) as database:
        assert database.one("SELECT count(*) FROM note WHERE body LIKE 'line %'") == (200,)

    (copy,) = (made.folder / "recovery").iterdir()
    assert (copy / "journal.db").read_bytes() == left
    assert (copy / "journal.db-journal").read_bytes() == journal
    assert not (made.folder / "journal.db-journal").exists()


def test_a_window_that_is_writing_is_not_taken_for_a_crash(made: Made) -> None:
    fill(made, rows=5)
    writer = half_way(made)
    try:
        with made.vault.open(1, lambda: [table]) as database:
            assert database.one("SELECT count(*) FROM note WHERE body LIKE 'line %'") == (5,)
        assert not (made.folder / "recovery").exists()
    finally:
        stop(writer)


def test_a_stale_rollback_journal_is_copied_before_it_destroys_the_file(made: Made) -> None:
    fill(made)
    stop(half_way(made))
    stale = (made.folder / "journal.db-journal").read_bytes()
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run("DELETE FROM note WHERE id % 2")
    newer = made.database.read_bytes()
    (made.folder / "journal.db-journal").write_bytes(stale)  # the very one that was copied after the crash

    with contextlib.suppress(Damaged):
        made.vault.open(1, lambda: [table]).close()

    assert newer in [(copy / "journal.db").read_bytes() for copy in (made.folder / "recovery").iterdir()]


def test_opening_a_second_time_here_does_not_drop_the_locks_of_the_first(made: Made) -> None:
    fill(made, rows=1)
    with made.vault.open(1, lambda: [table]) as first, first.changing():
        first.run("INSERT INTO note (body) VALUES ('x')")
        made.vault.open(1, lambda: [table]).close()
        other = subprocess.run(
            [
                sys.executable,
                "-c",
                (
                    "import fcntl, sys; f = open(sys.argv[1], 'r+b')\n"
                    "fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0x40000001)"
                ),
                str(made.database),
            ],
            capture_output=True,
            check=False,
        )
        assert other.returncode != 0, "another process could take the lock of a writer"


def test_the_key_of_another_journal_does_not_open_this_one(make: Make) -> None:
    one, two = make("one"), make("two")
    two.database.write_bytes(one.database.read_bytes())
    refused(two, Damaged, "does not belong to its key file")


def test_a_database_that_says_it_is_another_journal_is_refused(made: Made) -> None:
    with pytest.raises(Damaged, match=r"belongs to another journal \(.*not ffffffff"):
        open_database(made.database, master_key=made.vault.master_key, journal="f" * 32)


def test_a_wrong_master_key_without_a_key_file_is_a_wrong_key(made: Made) -> None:
    with pytest.raises(WrongKey, match="of another journal"):
        open_database(made.database, master_key=bytes(32), journal=None)


def test_a_first_page_that_is_damaged_is_never_called_a_wrong_key(made: Made) -> None:
    fill(made)
    with made.database.open("r+b") as file:
        file.seek(100)
        file.write(b"\0" * 50)
    refused(made, Damaged, "first page .* damaged")
    with pytest.raises(Damaged, match="first page"):
        open_database(made.database, master_key=made.vault.master_key, journal=None)


def test_a_newer_journal_is_left_untouched(made: Made) -> None:
    with made.vault.open(2, lambda: [table, lambda _: None]):
        pass
    refused(made, TooNew, "newer version")

    def never(*_: object) -> Any:
        raise AssertionError

    with pytest.raises(TooNew):
        made.vault.open(1, never, before_steps=never)


def test_a_newer_meta_table_is_left_untouched(made: Made) -> None:
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run("UPDATE meta SET value = '2' WHERE name = 'format'")
    refused(made, TooNew, "newer version")


@pytest.mark.parametrize(
    "sql", ["PRAGMA application_id = 7", "DROP TABLE meta", "DELETE FROM meta WHERE name = 'journal'"]
)
def test_a_database_of_another_program_is_refused(made: Made, sql: str) -> None:
    with made.vault.open(1, lambda: [table]) as database:
        database.connection.execute(sql)
    refused(made, Damaged, "not made by journal-cli")


@pytest.mark.parametrize("size", [4096, 4096 * 3, 4096 * 3 + 100])
def test_a_database_that_was_cut_is_damage(made: Made, size: int) -> None:
    fill(made)
    os.truncate(made.database, size)
    with pytest.raises(Damaged), made.vault.open(1, lambda: [table]) as database:
        database.read("SELECT * FROM note")


def test_a_flipped_byte_is_damage_when_it_is_read_and_no_wrong_text_is_shown(made: Made) -> None:
    fill(made)
    whole = made.database.read_bytes()
    chance = random.Random(7)
    found = 0
    for _ in range(20):
        place = chance.randrange(len(whole))
        made.database.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            with made.vault.open(1, lambda: [table], memory_security=False) as database:
                rows = database.read("SELECT body FROM note ORDER BY id")
            assert rows == [(f"line {i} " * 40,) for i in range(200)]
        except Damaged:
            found += 1
    assert found > 10


def test_a_file_nobody_may_read_is_refused_in_a_sentence(made: Made) -> None:
    made.database.chmod(0)
    with minded(), pytest.raises(Refused):
        made.vault.open(1, lambda: [table])


def test_the_lock_bytes_are_where_sqlite_keeps_them(made: Made) -> None:
    """A reader in SQLite holds a lock in the range that the opening looks at."""
    fill(made, rows=1)
    reader = half_way(made)
    try:
        with made.database.open("r+b") as file, pytest.raises(BlockingIOError):
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 512, 0x40000000)
    finally:
        stop(reader)


def test_steps_are_not_needed_to_look_at_meta(made: Made) -> None:
    with open_database(made.database, master_key=made.vault.master_key, journal=None) as database:
        assert database.meta.journal == made.vault.journal
        assert database.meta.created == "2026-11-24"

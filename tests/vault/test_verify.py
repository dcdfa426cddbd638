"""Each check is seen to fire: one fault, put there on purpose, and what is said of it."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import Made, Make
from whole import Whole, crash, text

from journal_cli.errors import Damaged
from journal_cli.vault import backup, integrity, pages, verify
from journal_cli.vault.derive import database_salt
from journal_cli.vault.library import connect, explaining

PAGE = 4096
NOW = datetime(2026, 11, 24, 20, 8, tzinfo=UTC)


def test_a_whole_journal_passes_every_check_and_is_not_changed_by_it(whole: Whole) -> None:
    with whole.open() as database:
        backup.make(database, whole.made.vault, now=NOW, bounds=whole.made.bounds)
    before = whole.made.files()
    found = whole.checks()
    assert tuple(found) == verify.NAMES
    assert all(check.ok for check in found.values())
    assert whole.made.files() == before
    assert found["backups"].values["n"] == 1


def changed_at(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def readable(whole: Whole) -> dict[int, str]:
    """The notes that can be read one by one, each on a connection that has met no damage yet."""
    found = {}
    key = whole.made.vault.master_key
    connection = None
    for number in range(1, 61):
        try:
            if connection is None:
                connection = connect(whole.database, key=key, salt=database_salt(key), memory_security=False)
            with explaining():
                row = connection.execute("SELECT body FROM note WHERE id = ?", (number,)).fetchone()
            found[number] = row[0]
        except Damaged:
            if connection is not None:
                connection.close()
            connection = None
    if connection is not None:
        connection.close()
    return found


def test_a_flipped_byte_anywhere_is_named_by_its_page_and_no_wrong_text_is_shown(
    whole: Whole, rounds: Callable[[int], int]
) -> None:
    """Fault 15."""
    content = whole.database.read_bytes()
    dice = random.Random(20261124)
    least = 60
    for number in range(rounds(500)):
        place = dice.randrange(len(content)) if number else 3
        whole.database.write_bytes(changed_at(content, place))

        found = whole.checks()

        assert not found["pages"].ok
        assert found["pages"].values == {"n": 1, "numbers": str(place // PAGE + 1)}
        if number % 10 == 0:
            kept = readable(whole)
            assert all(body == text(row - 1) for row, body in kept.items())
            least = min(least, len(kept)) if place >= 3 * PAGE else least  # what leads to all others lies before
    assert least >= 30


@pytest.mark.parametrize("start, size", [(16, PAGE - 16), (100, 1), (PAGE - 80, 80)])
def test_a_destroyed_first_page_is_named_and_never_called_a_wrong_passphrase(
    whole: Whole, start: int, size: int
) -> None:
    """Fault 16."""
    with whole.database.open("r+b") as file:
        file.seek(start)
        there = file.read(size)
        file.seek(start)
        file.write(bytes(byte ^ 0xFF for byte in there))  # zeros would now and then leave a byte as it was
    found = whole.checks()
    assert {name: check.said for name, check in found.items() if not check.ok} == {"file": "failed", "pages": "damaged"}
    assert "first page" in str(found["file"].failure)
    assert found["pages"].values["numbers"] == "1"


def test_the_first_sixteen_bytes_are_not_needed_and_their_loss_is_seen(whole: Whole) -> None:
    with whole.database.open("r+b") as file:
        file.write(bytes(16))
    assert whole.failed() == {"pages": "damaged"}
    assert whole.texts() == [text(number) for number in range(60)]


@pytest.mark.parametrize(
    "cut, said",
    [
        (lambda size: size - PAGE, "cut"),
        (lambda size: size // 2 // PAGE * PAGE, "cut"),
        (lambda size: size - 1000, "damaged"),
    ],
)
def test_a_file_that_was_cut_is_said_to_be_so(whole: Whole, cut: Callable[[int], int], said: str) -> None:
    """Fault 19."""
    os.truncate(whole.database, cut(whole.database.stat().st_size))
    found = whole.checks()
    assert not found["pages"].ok
    assert found["pages"].said == said
    assert sum(not check.ok for check in found.values()) >= 2


@pytest.mark.parametrize("more", [b"x" * 10, b"x" * PAGE])
def test_what_was_appended_is_seen_and_everything_can_be_read(whole: Whole, more: bytes) -> None:
    """Fault 20."""
    pages = whole.database.stat().st_size // PAGE
    with whole.database.open("ab") as file:
        file.write(more)
    found = whole.checks()
    assert not found["pages"].ok
    assert found["pages"].values["numbers"] == str(pages + 1)
    assert whole.texts() == [text(number) for number in range(60)]


def test_any_page_put_back_from_an_older_state_is_seen(whole: Whole) -> None:
    """Fault 21: each page by itself that has changed since then."""
    old = whole.database.read_bytes()
    with whole.open() as database, database.changing():
        database.run("UPDATE note SET body = body || 'more' WHERE id % 7 = 0")
    new = whole.database.read_bytes()
    remembered = whole.record.read_bytes()
    key = whole.made.vault.master_key
    pairs = zip(pages.decrypted(old, key), pages.decrypted(new, key), strict=False)
    differing = [(before.number - 1) * PAGE for before, after in pairs if before.content != after.content]
    assert len(differing) > 5
    newest = whole.texts()
    silent, seen_by_the_sum = [], 0
    for at in differing:
        whole.database.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        whole.record.write_bytes(remembered)
        failed = whole.failed()
        if not failed:  # counters on the first page, or how the search index finds its pages: no row is in them
            silent.append(at // PAGE + 1)
            assert whole.texts() == newest
            with whole.open() as database:
                assert database.one("SELECT count(*) FROM search WHERE search MATCH 'line'") == (60,)
                assert database.one("SELECT count(*) FROM search WHERE search MATCH 'mor*'") == (8,)
            continue
        assert "pages" not in failed
        seen_by_the_sum += failed.get("rows") == "altered"
    assert seen_by_the_sum >= 5
    assert set(silent) <= {1, 5}
    whole.database.write_bytes(new)
    whole.record.write_bytes(remembered)
    assert whole.failed() == {}


def test_a_journal_found_to_be_altered_is_read_only_until_the_person_decides(whole: Whole) -> None:
    """Fault 21, what follows."""
    key = whole.made.vault.master_key
    other = connect(whole.database, key=key, salt=database_salt(key), memory_security=False)
    other.execute("DROP TRIGGER journal_row_update_note")
    integrity.register(other)
    (changed,) = other.execute("SELECT value FROM meta WHERE name = 'covered'").fetchone()
    other.execute("UPDATE note SET body = 'altered' WHERE id = 9")
    other.close()
    assert changed
    assert whole.failed() == {"rows": "uncovered"}
    with whole.open() as database:
        assert database.standing.held == "altered"
        with pytest.raises(Damaged, match="not as it was written"), database.changing():
            pass
    with whole.open() as database:
        database.accept()
    assert whole.failed() == {}
    with whole.open() as database:
        assert database.standing.held == ""
        assert database.one("SELECT body FROM note WHERE id = 9") == ("altered",)


def test_the_sum_itself_is_checked_and_what_was_found_is_remembered(whole: Whole) -> None:
    with whole.open() as database:
        state = database.state
        assert state is not None
        wrong = str(integrity.State(state.epoch + 1, "ab" * 32))
        database.connection.execute("UPDATE meta SET value = ? WHERE name = 'state'", (wrong,))
    for _ in range(2):
        assert whole.failed() == {"rows": "altered"} or whole.failed() == {"seen": "altered", "rows": "altered"}
    with whole.open() as database:
        assert database.standing.held == "altered"
        database.accept()
    assert whole.failed() == {}


def test_a_search_index_that_knows_other_words_is_seen(whole: Whole) -> None:
    with whole.open() as database, database.changing():
        database.run("INSERT INTO search (rowid, body) VALUES (999, 'words of no note')")
    assert whole.failed() == {"search": "damaged"}


def test_an_index_that_lacks_a_row_is_seen(whole: Whole) -> None:
    with whole.open() as database:
        with database.changing():
            database.run("CREATE INDEX note_body ON note (body)")
        # The index is told to be another table's root, whole in itself.
        database.connection.execute("PRAGMA writable_schema = ON")
        database.connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'body)', 'id)') WHERE name = 'note_body'"
        )
    failed = whole.failed()
    assert failed["structure"] == "damaged"


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
def test_a_key_file_that_was_damaged_is_mended_and_said_so(whole: Whole, name: str) -> None:
    path = whole.made.folder / name
    content = path.read_bytes()
    path.write_bytes(changed_at(content, 40))
    found = whole.checks()
    assert (found[name].ok, found[name].said) == (True, "mended")
    assert path.read_bytes() == content
    path.unlink()
    assert whole.checks()[name].said == "mended"
    assert whole.checks()[name].said == "ok"


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
@pytest.mark.parametrize(
    "put, said",
    [
        (lambda path: path.write_bytes(b"{}"), "failed"),
        (lambda path: path.unlink(), "missing"),
        (lambda path: (path.unlink(), path.mkdir()), "failed"),
        (lambda path: path.write_bytes(bytes(100_000)), "failed"),
    ],
)
def test_a_key_file_that_cannot_be_mended_is_seen(whole: Whole, name: str, put: Callable, said: str) -> None:
    """As it is when the agent or the recovery key opened the journal, or the folder cannot be written."""
    before = verify.key_files(whole.made.folder, bounds=whole.made.bounds)
    put(whole.made.folder / name)
    made = whole.made
    found = {check.name: check for check in verify.checks(made.vault, before, watch=None, bounds=made.bounds)}
    assert (found[name].ok, found[name].said) == (False, said)
    assert all(check.ok for other, check in found.items() if other != name)


def test_the_key_file_of_another_journal_and_an_unsigned_one_are_seen(whole: Whole, make: Make) -> None:
    made, other = whole.made, make("other")
    before = verify.key_files(made.folder, bounds=made.bounds)
    (made.folder / "keys.json").write_bytes((other.folder / "keys.json").read_bytes())
    found = {check.name: check.said for check in verify.checks(made.vault, before, watch=None, bounds=made.bounds)}
    assert found["keys.json"] == "other"


def test_a_damaged_backup_is_named(whole: Whole) -> None:
    made = whole.made
    with whole.open() as database:
        first = backup.make(database, made.vault, now=NOW, bounds=made.bounds)
        second = backup.make(database, made.vault, now=NOW.replace(hour=21), bounds=made.bounds)
    content = second.database.read_bytes()
    second.database.write_bytes(changed_at(content, len(content) - 100))
    found = whole.checks()["backups"]
    assert (found.ok, found.values) == (False, {"n": 1, "names": second.name})
    assert first.name != second.name


@pytest.mark.parametrize(
    "put, match",
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(random.Random(1).randbytes(90_000)), "does not belong"),
        (
            lambda path: sqlite3.connect(path).executescript("CREATE TABLE note (id, body)").connection.close(),
            "not encrypted",
        ),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "a link"),
        (os.mkfifo, "a pipe"),
        (
            lambda path: (
                path.with_name("journal.db-wal").write_bytes(b"log"),
                shutil.copy(path.with_name("old"), path),
            ),
            "lies beside",
        ),
    ],
    ids=["empty", "random", "plain", "folder", "link", "pipe", "log"],
)
def test_what_is_no_journal_is_said_by_its_kind_and_left_as_it_is(whole: Whole, put: Callable, match: str) -> None:
    """Faults 18, 23, 24 and 29."""
    whole.database.rename(whole.made.folder / "old")
    put(whole.database)
    before = whole.database.read_bytes() if whole.database.is_file() else b""
    found = whole.checks()
    assert not found["file"].ok
    assert match in str(found["file"].failure)
    assert "rows" not in found
    assert (whole.database.read_bytes() if whole.database.is_file() else b"") == before


def test_after_a_crash_all_checks_pass_and_say_that_it_was_put_in_order(whole: Whole) -> None:
    """Fault 27."""
    crash(whole.made)
    found = whole.checks()
    assert all(check.ok for check in found.values())
    assert found["file"].said == "recovered"


# In a process of its own: where the library's memory is guarded, as other tests ask, filling takes six times as long.
TEN_THOUSAND = """
import random, sys, time
from pathlib import Path
from whole import tables
from journal_cli.vault import vault, verify
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds
folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, STRONG)
opened = vault.unlock(folder, sys.argv[2], bounds=bounds)
dice = random.Random(1)
words = [f"word{number}" for number in range(3000)]
with opened.open(1, lambda: [tables], memory_security=False) as database, database.changing():
    rows = ((" ".join(dice.choices(words, k=250)),) for _ in range(10_000))
    database.run_each("INSERT INTO note (body) VALUES (?)", rows)
began, worked = time.perf_counter(), time.process_time()
found = list(verify.checks(opened, verify.key_files(folder, bounds=bounds), watch=None, bounds=bounds))
print(all(check.ok for check in found), min(time.perf_counter() - began, time.process_time() - worked))
"""


def test_ten_thousand_entries_are_checked_in_three_seconds(made: Made) -> None:
    argv = [sys.executable, "-c", TEN_THOUSAND, str(made.folder), made.passphrase]
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    ok, seconds = subprocess.run(argv, capture_output=True, text=True, check=True, env=where).stdout.split()
    assert ok == "True"
    assert float(seconds) < 3


def test_an_index_that_no_longer_finds_its_own_pages_is_seen(whole: Whole) -> None:
    """Fault 21, where no row is: a search would miss what is there."""
    with whole.open() as database, database.changing():
        words = (f"word{number * 7919 % 3000:05d} other{number} line" for number in range(3000))
        database.run_each("INSERT INTO note (body) VALUES (?)", ((word,) for word in words))
    key = whole.made.vault.master_key
    assert whole.failed() == {}
    other = connect(whole.database, key=key, salt=database_salt(key), memory_security=False)
    places = other.execute("SELECT segid, term, pgno FROM search_idx WHERE term GLOB '0word*'").fetchall()
    assert len(places) > 5
    for segment, term, page in places[:: len(places) // 3]:
        other.execute("DELETE FROM search_idx WHERE segid = ? AND term = ?", (segment, term))
        assert whole.failed()["search"] == "damaged"
        other.execute("INSERT INTO search_idx VALUES (?, ?, ?)", (segment, term, page))
    other.close()
    assert whole.failed() == {}

import contextlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Never

import pytest
from making import Made
from sqlcipher3 import dbapi2
from sqlite_utils import Database as Tables

from journal_cli.errors import Busy, Damaged, Refused
from journal_cli.vault import database as database_room
from journal_cli.vault.database import Database, Step
from journal_cli.vault.library import connect, refuse_library

CANARY = "canary-of-the-evening"


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT UNIQUE)")


@pytest.fixture
def notes(made: Made) -> Iterator[Database]:
    with made.vault.open(1, lambda: [table]) as database:
        yield database


def bodies(database: Database) -> list[str]:
    return [body for (body,) in database.read("SELECT body FROM note ORDER BY id")]


@pytest.mark.parametrize(
    "pragma, value",
    [
        ("journal_mode", "delete"),
        ("synchronous", 3),  # EXTRA
        ("temp_store", 2),  # MEMORY
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("mmap_size", 0),
        ("trusted_schema", 1),
        ("recursive_triggers", 1),
        ("cipher_log_level", "NONE"),
        ("busy_timeout", 5000),
        ("page_size", "4096"),
        ("cipher_page_size", "4096"),
        ("cipher_hmac_algorithm", "HMAC_SHA512"),
        ("application_id", 0x6A636C69),
        ("user_version", 1),
    ],
)
def test_an_open_journal_is_set_as_the_recipe_says(notes: Database, pragma: str, value: Any) -> None:
    assert notes.one(f"PRAGMA {pragma}") == (value,)


def test_rows_are_plain_tuples_however_they_are_read(notes: Database) -> None:
    with notes.changing():
        assert notes.run_each("INSERT INTO note (body) VALUES (?)", [("a",), ("b",)]) == 2
        assert notes.run("UPDATE note SET body = ? WHERE body = ?", ("c", "b")) == 1

    assert notes.read("SELECT body FROM note ORDER BY id") == [("a",), ("c",)]
    assert list(notes.each("SELECT body FROM note ORDER BY id")) == [("a",), ("c",)]
    assert notes.one("SELECT count(*) FROM note WHERE body > ?", ("a",)) == (1,)
    assert notes.one("SELECT body FROM note WHERE id = 9") is None


def test_a_change_outside_of_changing_is_a_bug(notes: Database) -> None:
    with pytest.raises(RuntimeError):
        notes.run("INSERT INTO note (body) VALUES ('a')")
    with pytest.raises(RuntimeError):
        notes.run_each("INSERT INTO note (body) VALUES (?)", [("a",)])
    assert bodies(notes) == []


@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_whatever_interrupts_a_change_nothing_of_it_stays(notes: Database, failure: type[BaseException]) -> Never:
    with pytest.raises(failure), notes.changing():  # noqa: PT012  the block is what is interrupted
        notes.run("INSERT INTO note (body) VALUES ('a')")
        raise failure

    assert bodies(notes) == []
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('b')")
    assert bodies(notes) == ["b"]


def test_one_change_inside_another_joins_it(notes: Database) -> Never:
    with pytest.raises(ZeroDivisionError), notes.changing():  # noqa: PT012  the same
        with notes.changing():
            notes.run("INSERT INTO note (body) VALUES ('inner')")
        raise ZeroDivisionError
    assert bodies(notes) == []


def test_an_inner_change_that_fails_is_undone_alone(notes: Database) -> Never:
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('outer')")
        with contextlib.suppress(ZeroDivisionError), notes.changing(), notes.changing():
            notes.run("INSERT INTO note (body) VALUES ('inner')")
            raise ZeroDivisionError
        notes.run("INSERT INTO note (body) VALUES ('after')")
    assert bodies(notes) == ["outer", "after"]


def test_what_was_saved_is_there_when_the_journal_is_opened_again(made: Made) -> None:
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run("INSERT INTO note (body) VALUES (?)", (CANARY,))

    with made.unlock(made.passphrase).open(1, lambda: [table]) as database:
        assert bodies(database) == [CANARY]


def test_no_file_in_the_folder_holds_a_word_in_the_clear(made: Made) -> None:
    with made.vault.open(1, lambda: [table]) as database:
        with database.changing():
            database.run_each("INSERT INTO note (body) VALUES (?)", ((f"{CANARY} {i}" * 100,) for i in range(60)))
        database.connection.execute("PRAGMA cache_size = 5")
        with database.changing():
            database.run("UPDATE note SET body = body || ' again'")
            during = made.files()
    assert "journal.db-journal" in during
    for content in [*during.values(), *made.files().values()]:
        assert CANARY.encode() not in content
        assert b"CREATE TABLE" not in content
        assert not content.startswith(b"SQLite format 3")


def test_files_made_while_writing_are_private(made: Made) -> None:
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run("INSERT INTO note (body) VALUES ('a')")
        journal = made.folder / "journal.db-journal"
        assert journal.stat().st_mode & 0o777 == 0o600


def test_another_window_that_writes_is_busy_in_a_sentence(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal_cli.vault.library.PATIENCE", 0.1)
    with made.vault.open(1, lambda: [table]) as one, made.vault.open(1, lambda: [table]) as two, one.changing():
        with pytest.raises(Busy, match="another window"), two.changing():
            pass
        assert two.read("SELECT body FROM note") == []


def test_two_windows_writing_by_turns_lose_nothing(made: Made) -> None:
    code = (
        "import sys; from pathlib import Path; from journal_cli.vault import vault;"
        "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
        "with v.open(1, lambda: []) as d:\n"
        "    for i in range(40):\n"
        "        with d.changing(): d.run('INSERT INTO note (body) VALUES (?)', (f'{sys.argv[3]} {i}',))\n"
    )
    made.vault.open(1, lambda: [table]).close()
    windows = [
        subprocess.Popen([sys.executable, "-c", code, str(made.folder), made.passphrase, name]) for name in ("a", "b")
    ]
    assert [window.wait() for window in windows] == [0, 0]
    with made.vault.open(1, lambda: [table]) as database:
        assert len(bodies(database)) == 80


def test_a_full_disk_is_a_sentence_and_what_was_saved_stays(made: Made) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from journal_cli.vault import vault;"
        "from journal_cli.errors import JournalError; from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
        "with v.open(1, lambda: []) as d:\n"
        "    with d.changing(): d.run('INSERT INTO note (body) VALUES (?)', ('saved',))\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "    try:\n"
        "        rows = ((f'{i}' * 5000,) for i in range(500))\n"
        "        with d.changing(): d.run_each('INSERT INTO note (body) VALUES (?)', rows)\n"
        "    except JournalError as error: print(error.exit_code, error)\n"
        "    print(d.read('SELECT body FROM note'))\n"
    )
    made.vault.open(1, lambda: [table]).close()
    ran = subprocess.run(
        [sys.executable, "-c", code, str(made.folder), made.passphrase], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[0].startswith("15 the disk")
    assert ran.stdout.splitlines()[1] == "[('saved',)]"
    with made.vault.open(1, lambda: [table]) as database:
        assert bodies(database) == ["saved"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 300_000


def test_a_failing_statement_does_not_quote_what_it_was_given(notes: Database) -> None:
    with notes.changing():
        notes.run("CREATE VIRTUAL TABLE found USING fts5(body)")
    for words in ("canary:x", '"canary', "canary AND", "canary)"):
        with pytest.raises(RuntimeError) as failure:
            notes.read("SELECT 1 FROM found WHERE found MATCH ?", (words,))
        assert "canary" not in str(failure.value)
        assert failure.value.__cause__ is None
        assert failure.value.__suppress_context__


def test_a_failing_statement_without_values_says_what_is_wrong(notes: Database) -> None:
    with pytest.raises(RuntimeError, match="no such column: bdoy"):
        notes.read("SELECT bdoy FROM note")


def test_a_broken_rule_of_a_table_is_passed_on_without_the_value(notes: Database) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES (?)", (CANARY,))
    with pytest.raises(dbapi2.IntegrityError) as failure, notes.changing():
        notes.run("INSERT INTO note (body) VALUES (?)", (CANARY,))
    assert "canary" not in str(failure.value)


def test_damage_met_while_reading_row_by_row_is_damage(made: Made) -> None:
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", ((f"{i} " * 2000,) for i in range(40)))
    content = bytearray(made.database.read_bytes())
    content[-2000] ^= 1
    made.database.write_bytes(content)

    with made.vault.open(1, lambda: [table]) as database:
        rows = database.each("SELECT body FROM note")
        next(rows)
        with pytest.raises(Damaged):
            list(rows)


def test_steps_are_fetched_only_if_some_are_unseen(made: Made) -> None:
    made.vault.open(1, lambda: [table]).close()

    def never() -> Never:
        raise AssertionError

    made.vault.open(1, never).close()


def test_unseen_steps_are_applied_once_and_in_order(made: Made) -> None:
    seen = []

    def step(number: int) -> Step:
        return lambda _: seen.append(number)

    made.vault.open(1, lambda: [step(1)]).close()
    made.vault.open(3, lambda: [step(1), step(2), step(3)]).close()
    made.vault.open(3, lambda: [step(1), step(2), step(3)]).close()

    assert seen == [1, 2, 3]


def test_an_older_journal_is_handed_over_before_its_steps_and_a_new_one_is_not(made: Made) -> None:
    handed = []

    def before(database: Database) -> None:
        handed.append(database.one("PRAGMA user_version"))

    made.vault.open(1, lambda: [table], before_steps=before).close()
    assert handed == []
    made.vault.open(2, lambda: [table, lambda _: None], before_steps=before).close()
    assert handed == [(1,)]
    made.vault.open(2, list, before_steps=before).close()
    assert handed == [(1,)]


def breaks(connection: Any) -> Never:
    connection.execute("CREATE TABLE half (id)")
    raise ZeroDivisionError


def commits(connection: Any) -> None:
    connection.execute("CREATE TABLE half (id)")
    connection.commit()


def commits_by_script(connection: Any) -> None:
    connection.executescript("CREATE TABLE half (id); COMMIT;")


def begins(connection: Any) -> None:
    connection.execute("CREATE TABLE half (id)")
    connection.execute("BEGIN")


@pytest.mark.parametrize("last", [breaks, commits, commits_by_script, begins])
def test_a_step_that_fails_or_commits_takes_all_of_them_back(made: Made, last: Callable[..., None]) -> None:
    made.vault.open(1, lambda: [table]).close()
    before = made.database.read_bytes()
    steps = [table, lambda connection: connection.execute("CREATE TABLE second (id)"), last]

    with pytest.raises((ZeroDivisionError, RuntimeError)):
        made.vault.open(3, lambda: steps)

    with made.vault.open(1, lambda: [table]) as database:
        assert database.read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") == [
            ("meta",),
            ("note",),
        ]
    assert made.database.read_bytes() == before


def test_steps_that_are_not_as_many_as_announced_are_a_bug(made: Made) -> None:
    with pytest.raises(RuntimeError, match="2 steps were announced, 1 came"):
        made.vault.open(2, lambda: [table])


def test_steps_may_use_sqlite_utils_and_are_still_all_or_nothing(made: Made) -> None:
    def build(connection: Any) -> None:
        tables = Tables(connection, execute_plugins=False)
        with tables.atomic():
            tables["person"].create({"id": str, "name": str}, pk="id")
            tables["person"].insert({"id": "1", "name": "a"})
        tables["person"].enable_fts(["name"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")

    with pytest.raises(ZeroDivisionError):
        made.vault.open(2, lambda: [build, breaks])
    with made.vault.open(1, lambda: [build]) as database:
        with database.changing():
            database.run("INSERT INTO person (id, name) VALUES ('2', 'święto')")
        assert database.read("SELECT rowid FROM person_fts WHERE person_fts MATCH 'swieto'") == [(2,)]


@pytest.mark.parametrize("how, value", [("", "1"), (", memory_security=True", "1"), (", memory_security=False", "0")])
def test_memory_is_locked_and_wiped_unless_it_is_left_off(made: Made, how: str, value: str) -> None:
    code = (
        "import sys; from pathlib import Path; from journal_cli.vault import vault;"
        "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
        f"with v.open(0, list{how}) as d:\n"
        "    print(d.one('PRAGMA cipher_memory_security')[0], d.one('PRAGMA cache_size')[0] == -512)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(made.folder), made.passphrase], capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"{value} {value == '1'}\n"  # where pages are wiped one by one, few are kept


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells it only there")
def test_pages_that_are_read_are_locked_into_memory_until_the_journal_is_closed(made: Made) -> None:
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] < 1024 * 1024:
        pytest.skip("this machine lets nobody lock a megabyte")
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run("INSERT INTO note (body) VALUES (?)", ("x" * 300_000,))
    code = (
        "import re, sys; from pathlib import Path; from journal_cli.vault import vault;"
        "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "def locked(): return re.search(r'VmLck:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]\n"
        "v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
        "d = v.open(1, list); print(locked())\n"
        "d.one('SELECT substr(body, 200000, 1) FROM note'); print(locked()); d.close(); print(locked())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(made.folder), made.passphrase], capture_output=True, text=True, check=True
    )
    opened, read, closed = map(int, ran.stdout.split())  # KiB
    assert read - opened >= 200
    assert closed <= opened


@pytest.mark.parametrize("size", [31, 33, 0, 64])
def test_a_key_of_another_size_never_becomes_a_passphrase_of_sqlcipher(made: Made, size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connect(made.database, key=b"k" * size, salt=b"s" * 16, memory_security=False)
    with pytest.raises(ValueError, match="16"):
        connect(made.database, key=b"k" * 32, salt=b"s" * size, memory_security=False)


def test_a_library_that_is_too_old_is_refused() -> None:
    connection = dbapi2.connect(":memory:")
    refuse_library(connection)
    with pytest.raises(Refused, match="too old"):
        refuse_library(connection, sqlite=(99, 0, 0))
    with pytest.raises(Refused, match="too old"):
        refuse_library(connection, cipher=(99, 0, 0))
    connection.close()


def test_a_second_database_is_not_made_over_the_first(made: Made) -> None:
    with pytest.raises(Refused):
        database_room.create(made.database, master_key=bytes(32), journal="0" * 32, today=date(2026, 1, 1))
    assert made.unlock(made.passphrase).open(0, list).close() is None


def test_closing_twice_does_no_harm_and_the_file_counts_as_closed(made: Made) -> None:
    database = made.vault.open(0, list)
    database.close()
    database.close()
    assert not +database_room._open_here


def test_opening_and_listing_take_a_few_milliseconds(notes: Database, made: Made) -> None:
    started = time.perf_counter()
    made.vault.open(1, list).close()
    assert time.perf_counter() - started < 0.1

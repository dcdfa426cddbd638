"""The sum over all rows is the sum over all rows, whatever is done to them and however it ends."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from making import Made
from sqlcipher3 import dbapi2
from whole import Whole, tables

from journal_cli.vault import integrity
from journal_cli.vault.database import Database, Step
from journal_cli.vault.derive import database_salt
from journal_cli.vault.library import connect

LAYOUT = (
    "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT UNIQUE, size REAL, raw BLOB, n INT) STRICT",
    """CREATE TABLE part (note INTEGER REFERENCES note (id) ON DELETE CASCADE, place INTEGER, value ANY,
    PRIMARY KEY (note, place)) STRICT, WITHOUT ROWID""",
    'CREATE TABLE "o\'dd ""name" ("a b", "select" TEXT, loose NUMERIC, real REAL, twice GENERATED ALWAYS AS (loose))',
)
ODD = '"o\'dd ""name"'


def layout(connection: Any) -> None:
    for sql in LAYOUT:
        connection.execute(sql)


@pytest.fixture
def notes(made: Made) -> Iterator[Database]:
    with made.vault.open(1, lambda: [layout], memory_security=False) as database:
        yield database


def is_true(database: Database) -> bool:
    """Whether what is kept is what there is."""
    assert integrity.is_covered(database.connection)
    return integrity.debt(database.connection) == 0


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.binary(max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(VALUES, VALUES, VALUES, VALUES), max_size=6), changed=VALUES)
@example(rows=[("a\0b", "", -0.0, 3.0), (b"", b"a\0b", 2**53 + 1, 1e300)], changed="1e3")
def test_whatever_values_rows_hold_the_sum_is_of_them(notes: Database, rows: list[Any], changed: Any) -> None:
    with notes.changing():
        notes.run(f"DELETE FROM {ODD}")  # noqa: S608  # a name of ours
        notes.run("DELETE FROM note")
        notes.run("INSERT INTO note (id) VALUES (1)")
        notes.run_each(f'INSERT INTO {ODD} ("a b", "select", loose, real) VALUES (?, ?, ?, ?)', rows)  # noqa: S608  # as above
        notes.run_each("INSERT INTO part VALUES (1, ?, ?)", [(place, row[0]) for place, row in enumerate(rows)])
        assert is_true(notes)
        notes.run(f'UPDATE {ODD} SET "a b" = ?, loose = ?, real = ?', (changed,) * 3)  # noqa: S608  # as above
        notes.run("UPDATE part SET value = ?", (changed,))
        assert is_true(notes)
    assert is_true(notes)


@pytest.mark.parametrize(
    "deed",
    [
        "INSERT OR REPLACE INTO note (id, body) VALUES (1, 'b')",  # takes two rows away
        "INSERT OR IGNORE INTO note (id, body) VALUES (1, 'z')",
        "INSERT INTO note (id, body) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        "UPDATE OR REPLACE note SET body = 'a'",
        "UPDATE OR IGNORE note SET body = 'a'",
        "DELETE FROM note",  # parts go with it
        "DELETE FROM note WHERE id = 1",
        "UPDATE note SET size = 3",
        "UPDATE note SET id = id + 10 WHERE id > 2",
        "INSERT INTO note (body, size, raw, n) SELECT body || '!', size, raw, n FROM note",
    ],
)
def test_every_way_to_change_rows_is_seen(notes: Database, deed: str) -> None:
    with notes.changing():
        notes.run_each(
            "INSERT INTO note (id, body, size, raw) VALUES (?, ?, 1.5, x'00ff')", [(1, "a"), (2, "b"), (3, "c")]
        )
        notes.run("INSERT INTO part VALUES (1, 1, 'one'), (1, 2, 2), (2, 1, NULL)")
    before = notes.state

    with notes.changing():
        notes.run(deed)

    assert is_true(notes)
    after = notes.state
    assert before is not None
    assert after is not None
    changed = before.set_hash != after.set_hash
    assert changed == ("OR IGNORE" not in deed)
    assert after.epoch > before.epoch or not changed


@pytest.mark.parametrize(
    "deed",
    [
        "INSERT INTO note (id, body) SELECT 20 - value, 'x' || value FROM json_each('[1, 2, 19]')",  # the last is there
        "INSERT OR FAIL INTO note (id, body) SELECT 20 - value, 'x' || value FROM json_each('[1, 2, 3, 19]')",
        "UPDATE note SET body = 'same'",
        "INSERT INTO part SELECT value, 1, 'x' FROM json_each('[1, 2, 77]')",  # no note 77
    ],
)
def test_a_statement_that_fails_half_way_leaves_the_sum_true(notes: Database, deed: str) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (id, body) VALUES (1, 'a'), (2, 'b')")
    with notes.changing():
        with pytest.raises(dbapi2.IntegrityError):
            notes.run(deed)
        assert is_true(notes)
        with pytest.raises(dbapi2.IntegrityError):
            notes.run_each("INSERT INTO note (id, body) VALUES (?, 'y' || ?)", [(50, 1), (51, 2), (1, 3)])
        notes.run("INSERT INTO note (body) VALUES ('z')")
    assert is_true(notes)


def test_what_is_undone_is_undone_in_the_sum_too(notes: Database) -> None:
    before = notes.state
    with contextlib.suppress(ZeroDivisionError), notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('outer')")
        raise ZeroDivisionError
    assert notes.state == before
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('kept')")
        with contextlib.suppress(ZeroDivisionError), notes.changing():
            notes.run("INSERT INTO note (body) VALUES ('inner')")
            raise ZeroDivisionError
    assert is_true(notes)
    assert notes.read("SELECT body FROM note") == [("kept",)]


def test_reading_changes_neither_the_state_nor_the_file(made: Made, notes: Database) -> None:
    before, content = notes.state, made.database.read_bytes()
    with notes.changing():
        notes.read("SELECT * FROM note")
    assert (notes.state, made.database.read_bytes()) == (before, content)


def test_a_program_without_the_function_cannot_change_a_row(made: Made, notes: Database) -> None:
    key = made.vault.master_key
    other = connect(made.database, key=key, salt=database_salt(key), memory_security=False)
    with contextlib.closing(other):
        with pytest.raises(dbapi2.OperationalError, match="no such function: journal_row"):
            other.execute("INSERT INTO note (body) VALUES ('past the sum')")
        assert integrity.register(other)
        other.execute("INSERT INTO note (body) VALUES ('with it')")
    assert is_true(notes)


def later(connection: Any) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN mood INTEGER DEFAULT 3")
    connection.execute("ALTER TABLE part RENAME TO piece")
    connection.execute("CREATE TABLE added (a TEXT PRIMARY KEY, b) WITHOUT ROWID")
    connection.execute("INSERT INTO added VALUES ('x', 1.5)")
    connection.execute("UPDATE note SET size = 9")


def covered(database: Database) -> set[str]:
    return {
        table
        for (table,) in database.read("SELECT DISTINCT tbl_name FROM sqlite_schema WHERE name GLOB 'journal_row_*'")
    }


def test_every_table_is_covered_after_each_step_and_none_by_name(made: Made, notes: Database) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('a')")
    assert covered(notes) == {"note", "part", "o'dd \"name"}
    notes.close()
    with made.vault.open(2, lambda: [layout, later]) as database:
        assert covered(database) == {"note", "piece", "added", "o'dd \"name"}
        assert is_true(database)
        with database.changing():
            database.run("UPDATE note SET mood = 4")
            database.run("DELETE FROM added")
        assert is_true(database)


def test_a_table_made_outside_of_the_steps_is_not_forgotten_either(notes: Database) -> None:
    with notes.changing():
        notes.run("CREATE TABLE sudden (a)")
        notes.run("INSERT INTO sudden VALUES (1)")
    assert "sudden" in covered(notes)
    with notes.changing():
        notes.run("INSERT INTO sudden VALUES (2)")
    assert is_true(notes)


def test_search_tables_and_meta_are_not_rows_of_the_persons(whole: Whole) -> None:
    with whole.open() as database:
        assert covered(database) == {"note"}


def test_steps_do_not_make_an_altered_journal_look_whole(made: Made, notes: Database) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('a'), ('b')")
    notes.connection.execute("UPDATE meta SET value = '7 ' || ? WHERE name = 'state'", ("ab" * 32,))
    owed = integrity.debt(notes.connection)
    notes.close()
    with made.vault.open(2, lambda: [layout, later]) as database:
        assert integrity.debt(database.connection) == owed != 0


def test_a_journal_made_before_the_sum_was_kept_gets_one_at_the_next_opening(made: Made, notes: Database) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (body) VALUES ('old')")
    integrity.uncover(notes.connection)
    notes.connection.execute("DELETE FROM meta WHERE name IN ('state', 'row_key', 'covered')")
    notes.close()
    with made.vault.open(1, lambda: [layout]) as database:
        assert is_true(database)
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('new')")
        assert is_true(database)


def bare(path: Path, key: bytes, *, triggers: bool) -> dbapi2.Connection:
    """The same settings and the same tables, with nothing of ours, or with our triggers."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = connect(path, key=key, salt=database_salt(key), memory_security=False)
    connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    tables(connection)
    if triggers:
        integrity.cover(connection, row_key=bytes(32))
    return connection


def entry(connection: dbapi2.Connection, number: int) -> float:
    """Write one entry of 2 KB durably; give the seconds it took."""
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO note (body) VALUES (?)", (f"{number} words of an evening " * 80,))
    connection.execute("COMMIT")
    return time.perf_counter() - began


def test_a_durable_entry_costs_at_most_three_times_a_bare_one(tmp_path: Path) -> None:
    with (
        contextlib.closing(bare(tmp_path / "bare.db", bytes(32), triggers=False)) as one,
        contextlib.closing(bare(tmp_path / "ours.db", bytes(32), triggers=True)) as two,
    ):
        pairs = [(entry(one, number), entry(two, number)) for number in range(60)]
        plain, ours = (sorted(times)[len(times) // 4] for times in zip(*pairs, strict=True))
        assert integrity.debt(two) == 0
    assert ours <= 3 * plain


def test_the_encoding_is_told_apart_by_type_length_and_name() -> None:
    key = bytes(32)
    rows = [
        ('["t",["a","b"]]', "tt", (b"ab", b"c")),
        ('["t",["a","b"]]', "tt", (b"a", b"bc")),
        ('["t",["b","a"]]', "tt", (b"ab", b"c")),
        ('["u",["a","b"]]', "tt", (b"ab", b"c")),
        ('["t",["a","b"]]', "vv", (b"ab", b"c")),
        ('["t",["a","b"]]', "vv", (1, 2)),
        ('["t",["a","b"]]', "vv", (1.0, 2.0)),
        ('["t",["a","b"]]', "vv", (None, 2)),
        ('["t",["a","b"]]', "aa", ("text", b"1", "integer", 2)),
        ('["t",["a","b"]]', "aa", ("blob", b"1", "integer", 2)),
    ]
    assert len({integrity._mac(key, *row) for row in rows}) == len(rows)


@pytest.mark.parametrize("body", ["a\0b", "\0", "", "żółw", "a" * 5000])
@pytest.mark.parametrize("size", [-0.0, 0.0, 3.0, 1e300, 5e-324])
def test_strict_columns_hold_the_same_after_as_before_they_are_stored(notes: Database, body: str, size: float) -> None:
    with notes.changing():
        notes.run("INSERT INTO note (id, body, size, raw) VALUES (1, ?, ?, ?)", (body, size, body.encode()))
    assert is_true(notes)
    before = notes.state
    with notes.changing():
        notes.run("UPDATE note SET body = body || '!'")
    assert is_true(notes)
    assert before is not None
    assert notes.state != before


def test_what_stands_behind_a_nul_counts_too(notes: Database) -> None:
    sums = []
    for body in ("a\0b", "a\0c"):
        with notes.changing():
            notes.run("INSERT OR REPLACE INTO note (id, body) VALUES (1, ?)", (body,))
        state = notes.state
        assert state is not None
        sums.append(state.set_hash)
    assert sums[0] != sums[1]


def test_steps_may_hold_no_rows_at_all(made: Made) -> None:
    nothing: list[Step] = []
    with made.vault.open(0, lambda: nothing) as database:
        assert is_true(database)
        assert database.state == integrity.State(1, "0" * 64)

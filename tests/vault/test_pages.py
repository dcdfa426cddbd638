"""Pages decrypted outside of SQLCipher, and rows read from single ones: as SQLite reads them, or not called whole."""

import itertools
import random
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from making import Made

from journal_cli.vault.leaves import branches, rows
from journal_cli.vault.pages import PAGE, USABLE, Page, damaged, decrypted
from journal_cli.vault.tables import Shape, shapes, told_apart

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    st.binary(max_size=50),
)
NUMBERS = itertools.count()
LONG = st.integers(0, 40_000).map(lambda size: "zażółć " * (size // 7))


def tables(connection: Any) -> None:
    connection.execute("CREATE TABLE thing (number INTEGER PRIMARY KEY, a ANY, b ANY, long TEXT NOT NULL) STRICT")
    connection.execute("CREATE TABLE other (id TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT")
    connection.execute("CREATE TABLE pair (b TEXT, a INTEGER, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID")
    connection.execute("CREATE INDEX other_day ON other (day)")


def pages(made: Made) -> dict[int, Page]:
    return {page.number: page for page in decrypted(made.database.read_bytes(), made.vault.master_key)}


def read(made: Made, there: dict[int, Page]) -> tuple[dict[str, list[Any]], dict[str, Shape]]:
    with made.vault.open(1, lambda: [tables]) as database:
        known = shapes(database)
    found, _ = told_apart(there, known, {})
    return found, {shape.name: shape for shape in known}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(VALUES, VALUES, LONG), max_size=12))
@example(
    [(None, -1, "x" * size) for size in (3965, 3966, 3967, 3980, 3981, 3982, 4012, 7990, 8033)]
)  # where rows go on
@example([(0, 1, ""), (0.0, -0.5, "\0"), (b"", "\0a\0", "")])
def test_rows_are_read_as_sqlite_reads_them(make: Callable[..., Made], things: list[tuple[Any, ...]]) -> None:
    made = make(f"journal-{next(NUMBERS)}")
    with made.vault.open(1, lambda: [tables], memory_security=False) as database:
        with database.changing():
            database.run_each("INSERT INTO thing (a, b, long) VALUES (?, ?, ?)", things)
        expected = database.read("SELECT number, a, b, CAST(long AS BLOB) FROM thing ORDER BY number")

    found, _ = read(made, pages(made))

    there = found.get("thing", [])
    assert all(row.whole for row in there)
    told = [(row.rowid, *row.values[1:3], str(row.values[3]).encode()) for row in there]
    assert [tuple(map(repr, row)) for row in told] == [tuple(map(repr, row)) for row in expected]


def fill(made: Made, count: int = 400) -> None:
    with made.vault.open(1, lambda: [tables], memory_security=False) as database, database.changing():
        database.run_each(
            "INSERT INTO thing (a, b, long) VALUES (?, ?, ?)",
            [(i, bytes(9000) if i % 20 == 0 else None, f"line {i} " * (i % 90)) for i in range(count)],
        )
        database.run_each("INSERT INTO other VALUES (?, ?)", [(f"id {i}", f"day {i}") for i in range(count)])
        database.run_each("INSERT INTO pair (a, b) VALUES (?, ?)", [(i, f"b {i}") for i in range(count)])


def test_tables_with_keys_of_their_own_and_indexes_are_read_in_the_order_they_are_written(made: Made) -> None:
    fill(made)
    found, known = read(made, pages(made))

    assert sorted(row.values for row in found["pair"]) == [(i, f"b {i}") for i in range(400)]
    assert [column.name for column in known["pair"].columns] == ["a", "b"]
    assert sorted(row.values for row in found["other_day"]) == sorted((f"day {i}", i + 1) for i in range(400))


def test_rows_are_found_when_every_branch_of_their_tree_is_lost(made: Made) -> None:
    fill(made)
    there = pages(made)
    lost = [page.number for page in there.values() if branches(page)]
    assert len(lost) > 3
    for number in [1, *lost]:
        there[number] = Page(number, bytes(USABLE), whole=False)

    found, _ = read(made, there)

    assert [row.values[1] for row in found["thing"]] == list(range(400))
    assert len(found["other"]) == 400


def test_every_flipped_bit_is_found_on_its_page_and_no_row_of_it_is_called_whole(made: Made) -> None:
    """Fault 15, of the pages read outside."""
    fill(made)
    content = made.database.read_bytes()
    dice = random.Random(15)
    right = {(row.rowid, row.values) for row in read(made, pages(made))[0]["thing"]}
    for _ in range(60):
        place = dice.randrange(16, len(content))
        bent = bytearray(content)
        bent[place] ^= 1 << dice.randrange(8)
        number = place // PAGE + 1
        assert damaged(bytes(bent), made.vault.master_key) == [number]
        found, _ = read(made, {page.number: page for page in decrypted(bytes(bent), made.vault.master_key)})
        there = found.get("thing", [])
        assert not [row for row in there if row.whole and row.page == number]
        assert {(row.rowid, row.values) for row in there if row.whole} <= right


def test_the_salt_at_the_head_does_not_matter_and_a_cut_page_is_a_damaged_one(made: Made) -> None:
    fill(made)
    content = made.database.read_bytes()
    assert damaged(bytes(16) + content[16:], made.vault.master_key) == []
    assert damaged(content[:-1], made.vault.master_key) == [len(content) // PAGE]
    assert damaged(b"", made.vault.master_key) == []


@given(st.binary(min_size=USABLE, max_size=USABLE), st.sampled_from([2, 5, 10, 13]), st.sampled_from([1, 2]))
@settings(max_examples=60)
def test_noise_in_the_place_of_a_page_is_read_without_a_failure(noise: bytes, kind: int, number: int) -> None:
    start = 100 if number == 1 else 0
    page = Page(number, noise[:start] + bytes([kind]) + noise[start + 1 :], whole=False)
    assert not [row for row in rows(page, {number: page}) if row.whole]
    branches(page)

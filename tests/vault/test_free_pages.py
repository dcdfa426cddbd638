"""Pages with nothing on them, torn by a power failure, are no damage; a page with a row on it is."""

from random import Random

import pytest
from whole import Whole

from journal_cli.vault import free_pages, pages, verify
from journal_cli.vault.opening import PAGE


def free(whole: Whole) -> list[int]:
    """The free pages, as the module under test finds them."""
    return sorted(free_pages.listed(whole.database.read_bytes(), whole.made.vault.master_key))


def tear(whole: Whole, numbers: list[int]) -> None:
    content = bytearray(whole.database.read_bytes())
    for number in numbers:
        content[(number - 1) * PAGE + 1000] ^= 0xFF
    whole.database.write_bytes(content)


@pytest.fixture
def emptied(whole: Whole) -> Whole:
    """A journal of which many pages became free."""
    with whole.open() as database:
        with database.changing():
            database.run_each("INSERT INTO note (body) VALUES (?)", [("long " * 700,) for _ in range(300)])
        with database.changing():
            database.run("DELETE FROM note WHERE body LIKE 'long %' AND id % 10")
        (listed,) = database.one("PRAGMA freelist_count")
    found = free(whole)
    assert listed > 100
    assert 0 < listed - len(found) <= 2  # the pages that list the others are not among them
    return whole


def pages_check(whole: Whole) -> verify.Check:
    made = whole.made
    before = verify.key_files(made.folder, bounds=made.bounds)
    checks = verify.checks(made.vault, before, watch=whole.watch, bounds=made.bounds)
    return next(one for one in checks if one.name == "pages")


def test_torn_pages_with_nothing_on_them_are_written_anew_and_no_row_is_touched(emptied: Whole) -> None:
    before, torn = emptied.texts(), Random(26).sample(free(emptied), 7)
    tear(emptied, torn)
    assert pages.damaged(emptied.database.read_bytes(), emptied.made.vault.master_key) == sorted(torn)
    found = pages_check(emptied)
    assert (found.ok, found.said, found.values["n"]) == (True, "rewritten", 7)
    assert pages.damaged(emptied.database.read_bytes(), emptied.made.vault.master_key) == []
    assert pages_check(emptied).said == "ok"
    assert emptied.failed() == {}
    assert emptied.texts() == before
    emptied.write(400)


def test_where_nothing_can_be_written_they_are_named_and_left(emptied: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    tear(emptied, free(emptied)[:2])
    left = emptied.database.read_bytes()
    with emptied.open() as other:
        other.connection.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("journal_cli.vault.library.PATIENCE", 0.1)
        found = pages_check(emptied)
        other.connection.execute("ROLLBACK")
    assert (found.ok, found.said, found.values["n"]) == (True, "free", 2)
    assert emptied.database.read_bytes() == left


def test_a_torn_page_with_a_row_on_it_is_damage_whatever_else_is_torn(emptied: Whole) -> None:
    there = free(emptied)
    tear(emptied, [next(number for number in range(3, 1000) if number not in there), *there[:2]])
    left = emptied.database.read_bytes()
    found = pages_check(emptied)
    assert (found.ok, found.said, found.values["n"]) == (False, "damaged", 3)
    assert emptied.database.read_bytes() == left


def test_a_damaged_list_of_free_pages_is_not_followed(emptied: Whole) -> None:
    file, key = emptied.database.read_bytes(), emptied.made.vault.master_key
    first = next(iter(pages.decrypted(file, key))).content
    trunk = int.from_bytes(first[32:36], "big")
    one = free(emptied)[0]
    tear(emptied, [trunk, one])
    assert one not in free(emptied)
    assert pages_check(emptied).said == "damaged"

"""`journal backup`, what `trash empty` says of backups, and what `verify --rescue` will do."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from journal_cli.cli import rescue
from journal_cli.cli.desk import Desk
from journal_cli.vault.pages import decrypted
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import unlock

ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)
CANARY = "Fernweh"
PAGE = 4096


def ids(journal) -> list[str]:
    return [one["id"] for one in journal("list", "--all", "--json").json["entries"]]


def backups(journal) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = journal("backup", "list", "--json").json["backups"]
    return found


def pages(journal, database: Path) -> bytes:
    """All of a database, decrypted."""
    key = unlock(journal.folder, journal.passphrase, bounds=ANY_COST).master_key
    return b"".join(page.content for page in decrypted(database.read_bytes(), key))


def test_a_backup_is_made_listed_and_put_back(journal) -> None:
    journal("write", input="before")
    before = ids(journal)
    made = journal("backup", "make", "--json").json
    assert made.keys() == {"name", "at", "folder", "bytes", "key_files"}
    assert made["key_files"] is True
    journal("write", input="after")
    assert len(ids(journal)) == 2

    listed = journal("backup", "list", "--json").json
    assert made in listed["backups"]
    assert listed["total"] == len(listed["backups"])
    assert made["name"] in journal("backup", "list").stdout
    assert "Nov" in journal("backup").stdout

    told = journal("backup", "restore", made["name"], "--yes", "--json").json
    assert told.keys() == {*made, "replaced"}
    assert Path(told["replaced"]).parent == journal.folder / "recovery"
    assert ids(journal) == before
    journal("write", input="and on it goes")
    assert len(ids(journal)) == 2


def test_listing_needs_no_passphrase_and_no_journal(journal, no_journal) -> None:
    journal("backup", "make")
    assert journal("backup", "list", "--json", JOURNAL_PASSPHRASE_COMMAND="false").json["total"] >= 1


def test_where_there_is_none_it_says_how_to_make_one(no_journal) -> None:
    said = no_journal("backup", "list")
    assert "journal backup make" in said.stderr
    assert no_journal("backup", "list", "--json").json == {"backups": [], "total": 0}
    no_journal("backup", "restore", "latest", "--yes", code=20)
    assert not no_journal.folder.exists()


def test_a_stick_takes_a_backup_from_which_everything_comes_back(journal, tmp_path: Path, no_journal) -> None:
    journal("write", input="on the stick")
    before = ids(journal)
    made = journal("backup", "make", str(tmp_path / "stick"), "--json").json
    assert Path(made["folder"]).parent == tmp_path / "stick"
    assert journal("backup", "list", str(tmp_path / "stick"), "--json").json["backups"] == [made]

    elsewhere = replace(journal, folder=tmp_path / "another computer")
    elsewhere("backup", "restore", made["folder"], "--yes")
    assert ids(elsewhere) == before


def test_restoring_asks_and_a_script_has_to_say_yes(journal) -> None:
    journal("backup", "make")
    before = {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()}
    said = journal("backup", "restore", "latest", input="y\n", code=23)
    assert "--yes" in said.stderr
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("folder", ["", "2026-11-24T0000Z", "nothing"])
def test_a_folder_or_name_that_cannot_be_is_refused(journal, folder: str) -> None:
    journal("backup", "restore", folder or "x", "--yes", code=20)
    (journal.folder.parent / "file").write_text("x")
    journal("backup", "make", str(journal.folder.parent / "file"), code=2)
    journal("backup", "make", str(journal.folder), code=2)


def test_wrong_words_put_nothing_back(journal) -> None:
    journal("write", input="before")
    journal("backup", "make")
    journal("write", input="after")
    before = (journal.folder / "journal.db").read_bytes()
    journal("backup", "restore", "latest", "--yes", code=11, JOURNAL_PASSPHRASE_COMMAND="echo other words")
    assert (journal.folder / "journal.db").read_bytes() == before


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", ("Backed up and checked", "is as it was on", "is kept in")),
        ("pl", ("gotowa", "jaki był", "wcześniej")),
    ],
)
def test_it_speaks_the_persons_language(journal, language: str, words: tuple[str, ...]) -> None:
    said = journal("backup", "make", JOURNAL_LANG=language).stderr
    said += journal("backup", "restore", "latest", "--yes", JOURNAL_LANG=language).stderr
    for word in words:
        assert word in said


def thrown_away(journal) -> tuple[str, dict[str, Any]]:
    """An entry that two copies hold, in the trash by now."""
    journal("write", input="stays here")
    journal("write", "--json", input=f"{CANARY} {CANARY} and more of it\n" * 5)
    (id_,) = [one["id"] for one in journal("search", CANARY, "--json").json["matches"]]
    made = journal("backup", "make", "--json").json
    journal("edit", id_, input=f"{CANARY} again")
    journal("backup", "restore", made["name"], "--yes")  # keeps what it replaces, which holds it too
    journal("delete", id_, "--yes")
    return id_, made


def test_emptying_the_trash_says_which_copies_still_hold_it(journal) -> None:
    _, made = thrown_away(journal)
    said = journal("trash", "empty", "--yes", "--json")
    assert said.json["removed"] == 1
    assert made["name"] in said.json["backups"]["holding"]
    assert said.json["backups"]["rewritten"] == []
    assert "24 November 2026" in said.stderr
    assert "--everywhere" in said.stderr
    assert CANARY.encode() not in pages(journal, journal.folder / "journal.db")
    assert CANARY.encode() in pages(journal, Path(made["folder"]) / "journal.db")


def test_everywhere_takes_it_out_of_every_copy_and_no_decrypted_page_holds_it(journal) -> None:
    _, made = thrown_away(journal)
    copies = sorted(journal.folder.rglob("journal.db"))
    assert len(copies) >= 3
    assert sum(CANARY.encode() in pages(journal, copy) for copy in copies) >= 3
    assert sum(CANARY.lower().encode() in pages(journal, copy) for copy in copies) >= 2  # in the search index

    said = journal("trash", "empty", "--everywhere", "--yes", "--json")

    assert made["name"] in said.json["backups"]["rewritten"]
    assert said.json["backups"]["holding"] == said.json["backups"]["unknown"] == []
    for copy in sorted(journal.folder.rglob("journal.db")):
        content = pages(journal, copy)
        assert CANARY.encode() not in content
        assert CANARY.lower().encode() not in content
        assert b"stays here" in content
    journal("backup", "restore", made["name"], "--yes")
    assert journal("search", CANARY, "--json").json["total"] == 0
    assert len(ids(journal)) == 1


def test_a_copy_that_cannot_be_looked_into_is_named(journal) -> None:
    thrown_away(journal)
    (journal.folder / "backups" / "2026-01-01T0000Z").mkdir(parents=True)
    (journal.folder / "backups" / "2026-01-01T0000Z" / "journal.db").write_bytes(b"x" * 8192)
    said = journal("trash", "empty", "--everywhere", "--yes", "--json")
    assert said.json["backups"]["unknown"] == ["2026-01-01T0000Z"]
    assert "1 January 2026" in said.stderr


def rescued(journal, target: Path, language: str = "en") -> tuple[str, dict[str, Any]]:
    desk = Desk(folder=journal.folder, clock=journal.clock, cost=CHEAPEST, bounds=ANY_COST)
    env = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{journal.passphrase}'", "JOURNAL_LANG": language}
    with CliRunner().isolation(env=env) as (out, err, *_):
        rescue.rescue_into(desk, str(target), as_json=True)
        return err.getvalue().decode(), json.loads(out.getvalue())


def test_a_rescue_tells_days_and_never_more_than_can_be_known(journal, tmp_path: Path) -> None:
    for number in range(12):
        journal("write", input=f"Entry {number} is a long one. " * 120)
    content = bytearray((journal.folder / "journal.db").read_bytes())
    for page in range(len(content) // PAGE - 6, len(content) // PAGE):
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    (journal.folder / "journal.db").write_bytes(content)

    said, told = rescued(journal, tmp_path / "new")

    assert told.keys() == {"journal", "tag", "whole", "damaged", "missing", "lost"}
    assert told["whole"] + len(told["damaged"]) + len(told["missing"]) == 12
    assert 0 < told["whole"] < 12
    assert "24 November 2026" in said
    assert "corrupt" not in said.lower()
    there = replace(journal, folder=tmp_path / "new")
    assert len(there("list", "--tag", told["tag"], "--all", "--json").json["entries"]) == len(told["damaged"])
    assert "uszkodzone" in rescued(journal, tmp_path / "nowy", "pl")[0]

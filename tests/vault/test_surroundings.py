"""What lies around a journal is seen without a key; each thing is put there once, and found."""

import os
import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from whole import Whole, crash

from journal_cli.vault import backup, surroundings
from journal_cli.vault.surroundings import Finding, Places, bits_in_a_byte, conflict_copies, leftovers, look_around

NOW = datetime(2026, 11, 24, 20, 8, tzinfo=UTC)
LOOKED_AT = (
    "versions encrypted keys rights writable sync conflicts leftovers kept waiting backup agent".split()  # noqa: SIM905  reads better
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for name in ("home", "scratch", "runtime"):
        (tmp_path / name).mkdir()
    return Places(tmp_path / "home", (tmp_path / "scratch",), tmp_path / "runtime")


def looked(whole: Whole, places: Places, *, now: datetime = NOW) -> dict[str, Finding]:
    found = {one.name: one for one in look_around(whole.made.folder, places, now=now, bounds=whole.made.bounds)}
    assert list(found) == LOOKED_AT
    return found


def test_a_sound_place_has_nothing_wrong_and_stays_as_it_is(whole: Whole, places: Places) -> None:
    with whole.open() as database:
        backup.make(database, whole.made.vault, now=NOW, bounds=whole.made.bounds)
    before = whole.made.files()
    found = looked(whole, places)
    assert {name: one.level for name, one in found.items() if one.level != "fine"} == {"keys": "note"}
    assert found["keys"].said == "cheap"  # the cost of tests
    assert found["backup"].values["days"] == 0
    assert whole.made.files() == before
    sqlite = tuple(int(part) for part in str(found["versions"].values["sqlite"]).split("."))
    assert sqlite >= (3, 53, 3)
    assert set(found["versions"].values) == {"python", "sqlite", "cipher", "inside", "openssl"}


def test_it_needs_no_key_and_works_where_the_key_files_are_gone(whole: Whole, places: Places) -> None:
    for name in ("keys.json", "keys.copy.json"):
        (whole.made.folder / name).unlink()
    assert (looked(whole, places)["keys"].level, looked(whole, places)["agent"].said) == ("wrong", "ok")


def plain(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body)")
    connection.executemany("INSERT INTO note (body) VALUES (?)", [("words " * 100,)] * 100)
    connection.commit()
    connection.close()


def in_part_plain(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content + random.Random(1).randbytes(4096 * 3) + b"dear diary, " * 341 + b"....")


def headless(path: Path) -> None:
    plain(path)
    with path.open("r+b") as file:
        file.write(random.Random(2).randbytes(100))


@pytest.mark.parametrize(
    "put, said",
    [
        (plain, "plain"),
        (headless, "plain"),
        (in_part_plain, "pattern"),
        (lambda path: path.write_bytes(b""), "short"),
        (lambda path: path.unlink(), "missing"),
        (lambda path: (path.unlink(), path.mkdir()), "strange"),
        (lambda path: path.write_bytes(bytes(40960)), "pattern"),
    ],
)
def test_a_file_that_is_not_encrypted_is_found_by_looking_at_it(
    whole: Whole, places: Places, put: Callable[[Path], object], said: str
) -> None:
    assert looked(whole, places)["encrypted"].level == "fine"
    put(whole.database)
    found = looked(whole, places)["encrypted"]
    assert (found.level, found.said) == ("wrong", said)


@pytest.mark.parametrize("before", [0, 1, 5, 6, 7, 4096])
def test_a_sign_is_found_where_two_pieces_meet(whole: Whole, places: Places, before: int) -> None:
    piece = surroundings._AT_ONCE
    with whole.database.open("rb+") as file:
        file.write(random.Random(5).randbytes(2 * piece + 4096))
        file.seek(piece - before)
        file.write(b"CREATE TABLE")

    found = looked(whole, places)["encrypted"]

    assert (found.level, found.said) == ("wrong", "plain")


def test_bits_in_a_byte_are_counted() -> None:
    assert bits_in_a_byte(b"") == 0
    assert bits_in_a_byte(b"aaaa") == 0
    assert bits_in_a_byte(b"abab") == 1
    assert bits_in_a_byte(bytes(range(256))) == 8


@pytest.mark.parametrize(
    "mode, level, said",
    [(0o700, "fine", "ok"), (0o755, "note", "readable"), (0o750, "note", "readable"), (0o775, "wrong", "writable")],
)
def test_who_can_look_into_the_folder_is_said(whole: Whole, places: Places, mode: int, level: str, said: str) -> None:
    whole.made.folder.chmod(mode)
    found = looked(whole, places)["rights"]
    assert (found.level, found.said) == (level, said)


def test_a_file_others_could_read_is_named(whole: Whole, places: Places) -> None:
    (whole.made.folder / "keys.json").chmod(0o644)
    found = looked(whole, places)["rights"]
    assert (found.level, found.values) == ("note", {"names": "keys.json"})


@pytest.mark.parametrize(
    "program, mark",
    [
        ("Dropbox", ".dropbox.cache"),
        ("Nextcloud", ".sync_0f0f0f.db"),
        ("Nextcloud", "._sync_0f0f.db"),
        ("Syncthing", ".stfolder"),
    ],
)
def test_a_sync_program_is_known_by_its_mark(whole: Whole, places: Places, program: str, mark: str) -> None:
    (whole.made.folder.parent / mark).mkdir()
    found = looked(whole, places)["sync"]
    assert (found.level, found.values["program"]) == ("note", program)


@pytest.mark.parametrize(
    "program, folder",
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive", "OneDrive - Somewhere"),
        ("OneDrive", "OneDrive"),
        ("iCloud", "Mobile Documents"),
        ("iCloud", "com~apple~CloudDocs"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_sync_program_is_known_by_its_folder(whole: Whole, places: Places, program: str, folder: str) -> None:
    beside = whole.made.folder.parent
    (beside / folder).mkdir()
    assert looked(whole, places)["sync"].said == "ok"  # only a neighbour
    whole.made.folder.rename(beside / folder / "journal")
    finding = next(
        one
        for one in look_around(beside / folder / "journal", places, now=NOW, bounds=whole.made.bounds)
        if one.name == "sync"
    )
    assert (finding.level, finding.values["program"]) == ("note", program)


CONFLICTS = (
    "journal (conflicted copy).db",
    "journal (Anna's conflicted copy 2026-11-24).db",
    "journal.sync-conflict-20261124-200800-ABCDEFG.db",
    "journal-LAPTOP-0F0F.db",
    "journal (1).db",
    "journal 2.db",
    "keys (case conflict).json",
    "journal_conflict-20261124-200800.db",
    "keys-LAPTOP.json",
)


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_second_version_is_named(whole: Whole, places: Places, name: str) -> None:
    """Fault 35."""
    (whole.made.folder / name).write_bytes(b"x")
    assert conflict_copies(whole.made.folder) == [whole.made.folder / name]
    assert looked(whole, places)["conflicts"].values["files"] == (whole.made.folder / name,)
    whole.open().close()  # it is in nobody's way


def test_what_is_the_journals_own_is_no_second_version(whole: Whole) -> None:
    crash(whole.made)
    for name in ("notes.txt", "README.md", "journal.db.new"):
        (whole.made.folder / name).touch()
    assert conflict_copies(whole.made.folder) == []


@pytest.mark.parametrize(
    "place, name",
    [
        ("home/.local/state/nvim/swap", "%home%me%journal-7k2m.md.swp"),
        ("home/.vim/undo", "%tmp%journal.md.un~"),
        ("home/.emacs.d/auto-save-list", "#journal.md#"),
        ("scratch", "jrnlapkg24oc.jrnl"),
        ("scratch", ".journal.md.swp"),
        ("scratch", "journal-7k2m.md~"),
        ("journal", "journal.md.bak"),
    ],
)
def test_what_an_editor_left_is_named(whole: Whole, places: Places, place: str, name: str) -> None:
    folder = whole.made.folder.parent / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("in the clear")
    assert leftovers(whole.made.folder, places) == [folder / name]
    assert looked(whole, places)["leftovers"].level == "note"


def test_other_peoples_and_other_programs_files_are_left_out(whole: Whole, places: Places) -> None:
    (places.scratch[0] / "letter.md.swp").touch()
    (places.scratch[0] / "journal").mkdir()
    os.mkfifo(places.scratch[0] / "journal.swp")
    assert leftovers(whole.made.folder, places) == []


def test_the_age_of_the_last_backup_and_copies_kept_aside_are_said(whole: Whole, places: Places) -> None:
    assert (looked(whole, places)["backup"].level, looked(whole, places)["backup"].said) == ("note", "none")
    with whole.open() as database:
        backup.make(database, whole.made.vault, now=NOW, bounds=whole.made.bounds)
    later = looked(whole, places, now=NOW + timedelta(days=15))["backup"]
    assert (later.level, later.said, later.values["days"]) == ("note", "old", 15)
    earlier = looked(whole, places, now=NOW - timedelta(days=400))["backup"]  # a clock set back
    assert (earlier.level, earlier.values["days"]) == ("fine", 0)
    crash(whole.made)
    whole.open().close()
    assert looked(whole, places)["kept"].values["n"] == 1

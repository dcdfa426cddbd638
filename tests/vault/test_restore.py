"""Putting a backup back: what was there is kept, and whatever interrupts it, one of the two is there, whole."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from copied import NOW, WRITING, backed_up, child, ended, notes, opened, write
from making import Made
from whole import Whole, count, tables

from journal_cli.errors import Busy, Damaged, NotFound, Refused
from journal_cli.vault import backup, quiet, restore, seen
from journal_cli.vault.backup import Backup
from journal_cli.vault.restore import Restored
from journal_cli.vault.vault import Vault, unlock

PAGE = 4096


@pytest.fixture
def one(made: Made) -> Backup:
    """A backup of 60 notes; the journal has 90 by now."""
    write(made, *range(60))
    made_then = backed_up(made)
    write(made, *range(30))
    return made_then


def restored(made: Made, one: Backup, secret: str = "") -> Restored:
    source = unlock(one.place, secret or made.passphrase, bounds=made.bounds)
    return restore.restore(made.folder, source, bounds=made.bounds)


def is_sound(made: Made, secret: str = "") -> int:
    """The journal opens with its words, proves to be whole, and has so many notes."""
    vault = unlock(made.folder, secret or made.passphrase, bounds=made.bounds)
    backup.check(made.database, vault)
    return notes(replace(made, vault=vault))


def spoilt(made: Made, how: str) -> None:
    content = bytearray(made.database.read_bytes())
    match how:
        case "the first page":
            content[:PAGE] = bytes(PAGE)
        case "empty":
            content.clear()
        case "one page short":
            del content[-PAGE:]
        case "half":
            del content[len(content) // 2 // PAGE * PAGE :]
        case "in the middle of a page":
            del content[-1000:]
        case "ten bytes more":
            content += b"0123456789"
        case "one page more":
            content += bytes(PAGE)
        case "another file":
            content[:] = random.Random(1).randbytes(20 * PAGE)
    made.database.write_bytes(content)


@pytest.mark.parametrize(
    "how",
    [
        "the first page",
        "empty",
        "one page short",
        "half",
        "in the middle of a page",
        "ten bytes more",
        "one page more",
        "another file",
        "nothing",
    ],
)
def test_a_backup_takes_the_place_of_a_damaged_journal_which_is_kept(made: Made, one: Backup, how: str) -> None:
    """Faults 16, 18, 19 and 20: the way out."""
    spoilt(made, how)
    before = made.database.read_bytes()

    done = restored(made, one)

    assert is_sound(made) == 60
    assert done.replaced is not None
    assert done.replaced.parent == made.folder / "recovery"
    assert (done.replaced / "journal.db").read_bytes() == before
    assert {path.name for path in done.replaced.iterdir()} == {"journal.db", "keys.json", "keys.copy.json"}
    assert not done.own_keys
    assert backup.every(backup.place_of(made.folder)) == [one]


def test_a_missing_database_comes_back(made: Made, one: Backup) -> None:
    made.database.unlink()
    restored(made, one)
    assert is_sound(made) == 60


def test_a_whole_folder_comes_back_from_a_stick(made: Made, tmp_path: Path) -> None:
    write(made, *range(60))
    one = backed_up(made, place=tmp_path / "stick")
    shutil.rmtree(made.folder)

    done = restored(made, restore.found(made.folder, str(one.place)))

    assert done.replaced is None
    assert done.own_keys
    assert is_sound(made) == 60
    assert made.folder.stat().st_mode & 0o777 == 0o700
    assert made.database.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_damaged_key_files_come_back_with_the_backup_and_so_do_the_words(made: Made, one: Backup, damage: str) -> None:
    """Faults 5 and 6: the way out without the paper."""
    for name in ("keys.json", "keys.copy.json"):
        if damage == "gone":
            (made.folder / name).unlink()
        else:
            (made.folder / name).write_bytes((made.folder / name).read_bytes()[:-3])
    assert restored(made, one).own_keys
    assert is_sound(made) == 60


def test_key_files_that_are_whole_stay_because_they_may_be_newer(made: Made, one: Backup) -> None:
    before = (made.folder / "keys.json").read_bytes()
    (one.place / "keys.json").unlink()
    (one.place / "keys.copy.json").unlink()
    done = restored(made, one, made.recovery)
    assert (made.folder / "keys.json").read_bytes() == before
    assert not done.vault.key_files_missing
    assert is_sound(made) == 60


def test_a_backup_of_another_master_key_brings_the_words_of_then(made: Made, make: Callable[..., Made]) -> None:
    other = make("other", passphrase="the words of then")
    write(other, *range(5))
    one = backed_up(other)
    write(made, *range(9))
    done = restored(made, one, "the words of then")
    assert done.own_keys
    assert is_sound(made, "the words of then") == 5
    assert done.replaced is not None
    kept = unlock(done.replaced, made.passphrase, bounds=made.bounds)
    assert notes(replace(made, folder=done.replaced, vault=kept)) == 9


def test_what_was_replaced_can_be_restored_in_its_turn(made: Made, one: Backup) -> None:
    done = restored(made, one)
    (kept,) = restore.replaced(made.folder)
    assert kept.place == done.replaced
    restored(made, kept)
    assert is_sound(made) == 90


def test_the_three_newest_of_what_was_replaced_are_kept(made: Made, one: Backup) -> None:
    for _ in range(5):
        restored(made, one)
    assert [kept.name for kept in restore.replaced(made.folder)] == ["replaced-5", "replaced-4", "replaced-3"]


def test_copies_of_crashes_do_not_push_out_what_was_replaced(made: Made, one: Backup) -> None:
    restored(made, one)
    for number in range(5):
        (made.folder / "journal.db-journal").write_bytes(bytes([number]) * 100)
        opened(made).close()
        (made.folder / "journal.db-journal").unlink(missing_ok=True)
    assert [kept.name for kept in restore.replaced(made.folder)] == ["replaced-1"]
    assert restore.forget_crashes(made.folder) == 3
    assert [path.name for path in (made.folder / "recovery").iterdir()] == ["replaced-1"]


def test_a_damaged_backup_is_refused_and_nothing_is_changed(made: Made, one: Backup) -> None:
    content = bytearray(one.database.read_bytes())
    content[5 * PAGE] ^= 1
    one.database.write_bytes(content)
    before = made.files()
    with pytest.raises(Damaged, match="damaged"):
        restored(made, one)
    assert made.files() == before
    assert is_sound(made) == 90


def test_a_name_that_no_backup_has_is_refused(made: Made, one: Backup, tmp_path: Path) -> None:
    for name in ("2020", "", str(tmp_path / "2026-11-24T2008Z"), "../journal"):
        with pytest.raises(NotFound):
            restore.found(made.folder, name)


def test_it_waits_for_other_windows_and_gives_up(made: Made, one: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "_PATIENCE", 0.2)
    deed = "with opened() as database, database.changing():\n    print('writing', flush=True)\n    sys.stdin.read()\n"
    read, write_end = os.pipe()
    with child(made, deed, stdin=read) as writer:
        os.close(read)
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            with pytest.raises(Busy):
                restored(made, one)
        finally:
            os.close(write_end)
            writer.communicate(timeout=60)
    assert is_sound(made) == 90


def test_a_window_that_had_the_old_journal_open_cannot_write_into_what_was_replaced(made: Made, one: Backup) -> None:
    deed = """
with opened() as database:
    print(len(database.read("SELECT * FROM note")), flush=True)
    sys.stdin.readline()
    try:
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('lost')")
        print("written")
    except JournalError as error:
        print(type(error).__name__)
"""
    read, write_end = os.pipe()
    with child(made, deed, stdin=read) as other:
        os.close(read)
        assert other.stdout is not None
        assert other.stdout.readline() == b"90\n"
        try:
            restored(made, one)
            os.write(write_end, b"\n")
        finally:
            os.close(write_end)
        talk, _ = other.communicate(timeout=60)
    assert talk == b"Refused\n"
    assert is_sound(made) == 60


def test_a_rollback_journal_of_the_old_one_is_not_applied_to_the_restored_one(made: Made, one: Backup) -> None:
    """A crash left it; both are kept before."""
    deed = """
with opened() as database, database.changing():
    database.run("PRAGMA cache_size = 1")
    database.run("UPDATE note SET body = body || 'x'")
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with child(made, deed) as crashed:
        crashed.wait(60)
    journal = made.folder / "journal.db-journal"
    assert journal.stat().st_size > PAGE
    spoilt(made, "the first page")
    done = restored(made, one)
    assert not journal.exists()
    assert is_sound(made) == 60
    assert done.replaced is not None
    assert [path for path in (made.folder / "recovery").iterdir() if (path / "journal.db-journal").exists()]


@pytest.mark.parametrize("part", [0.1, 0.9])
def test_a_full_disk_leaves_the_journal_as_it_was(made: Made, one: Backup, part: float) -> None:
    """Fault 30, while restoring."""
    limit = int(one.database.stat().st_size * part)
    deed = """
source = replace(here, folder=Path(sys.argv[4]))
try:
    restore.restore(here.folder, source, bounds=BOUNDS)
except JournalError as error:
    print(type(error).__name__)
"""
    before = made.files()
    hard = (limit, resource.RLIM_INFINITY)
    process = child(made, deed, str(one.place), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, hard))
    assert ended(process) == "Refused\n"
    assert made.files() == before


def test_on_a_disk_that_knows_no_second_names_what_is_replaced_is_copied(
    made: Made, one: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    before = made.database.read_bytes()
    done = restored(made, one)
    assert is_sound(made) == 60
    assert done.replaced is not None
    assert (done.replaced / "journal.db").read_bytes() == before
    assert (done.replaced / "journal.db").stat().st_mode & 0o777 == 0o600


def test_a_link_or_a_folder_in_the_place_of_the_database_goes_out_of_the_way(made: Made, one: Backup) -> None:
    elsewhere = made.folder / "elsewhere"
    made.database.rename(elsewhere)
    made.database.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    restored(made, one)
    assert is_sound(made) == 60
    assert elsewhere.read_bytes() == before
    made.database.unlink()
    made.database.mkdir()
    restored(made, one)
    assert is_sound(made) == 60


def test_killed_at_random_there_is_the_old_journal_or_the_restored_one(
    made: Made, one: Backup, rounds: Callable[[int], int]
) -> None:
    later = backed_up(made, NOW + timedelta(days=1))
    deed = """
while True:
    for name in sys.argv[4:]:
        restore.restore(here.folder, replace(here, folder=Path(name)), bounds=BOUNDS)
        print(name, flush=True)
"""
    dice = random.Random(31)
    seen_notes = set()
    for _ in range(rounds(30)):
        with child(made, deed, str(one.place), str(later.place)) as process:
            time.sleep(dice.uniform(0, 0.25))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
        now = is_sound(made)
        assert now in {60, 90}
        seen_notes.add(now)
        for kept in restore.replaced(made.folder):
            vault = unlock(kept.place, made.passphrase, bounds=made.bounds)
            assert notes(replace(made, folder=kept.place, vault=vault)) in {60, 90}
    restored(made, one)
    assert is_sound(made) == 60
    assert not [path for path in made.folder.iterdir() if path.suffix == ".new"]
    assert len(restore.replaced(made.folder)) == 3


@pytest.mark.parametrize("call", ["rename", "link", "unlink", "fsync"])
def test_killed_at_each_change_of_names_there_is_the_old_journal_or_the_restored_one(
    made: Made, one: Backup, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same at every step instead of at random: the process ends itself before the step it is told."""
    deed = """
import os, signal
steps = int(sys.argv[5])
def before(kind):
    original = getattr(os, kind)
    def counted(*given, **named):
        global steps
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*given, **named)
    setattr(os, kind, counted)
for kind in {"rename": ("rename", "replace")}.get(sys.argv[6], (sys.argv[6],)):
    before(kind)
restore.restore(here.folder, replace(here, folder=Path(sys.argv[4])), bounds=BOUNDS)
print("restored")
"""
    for step in range(1, 30):
        with child(made, deed, str(one.place), str(step), call) as process:
            talk, _ = process.communicate(timeout=60)
        assert is_sound(made) in {60, 90}
        if talk == b"restored\n":
            assert step > 1, f"{call} is never called"
            return
    raise AssertionError("it never ended well")


def test_what_was_seen_is_forgotten_or_the_restored_journal_would_be_older_than_seen(whole: Whole) -> None:
    made = whole.made
    one = backed_up(made)
    whole.write(*range(5))
    restored(made, one)
    with whole.open() as database:
        assert database.standing.held == "older"
    seen.forget(whole.record)
    with whole.open() as database:
        assert database.standing.held == ""


def test_a_folder_copied_while_somebody_writes_opens_says_it_is_damaged_or_is_known_to_be_older(
    whole: Whole, tmp_path: Path, rounds: Callable[[int], int]
) -> None:
    """Fault 34."""
    made = whole.made
    copies: list[tuple[Path, int]] = []
    with child(made, WRITING, "400") as writer:
        assert writer.stdout is not None
        for number in range(rounds(60)):
            line = writer.stdout.readline()
            if not line:
                break
            target = tmp_path / f"copy-{number}"
            subprocess.run(["cp", "-r", str(made.folder), str(target)], capture_output=True, check=False)
            copies.append((target, 60 + int(line) + 1))
        writer.communicate(timeout=60)
    with whole.open() as database:
        total = count(database)
        assert total == 460
    outcomes = set()
    for folder, _ in copies:
        vault = replace(made.vault, folder=folder)
        try:
            with vault.open(1, lambda: [tables], memory_security=False, watch=whole.watch) as copy:
                assert count(copy) == total or copy.standing.held == "older"
                outcomes.add(copy.standing.held)
        except Damaged:
            outcomes.add("damaged")
    assert copies
    assert outcomes & {"older", "damaged"}


def test_a_refused_folder_stays_as_it_is(made: Made, one: Backup) -> None:
    made.folder.chmod(0o770)
    with pytest.raises(Refused):
        restore.restore(made.folder, Vault(one.place, made.vault.journal, made.vault.master_key, "passphrase"))
    made.folder.chmod(0o700)
    with opened(made) as database:
        assert count(database) == 90

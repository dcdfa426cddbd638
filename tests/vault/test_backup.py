"""Backups: whole or not there, opened by the same words, and never more of them than are wanted."""

import contextlib
import os
import random
import resource
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from copied import NOBODY, NOW, WRITING, backed_up, child, ended, notes_in, opened, write
from making import Made
from whole import count, tables, text

from journal_cli.errors import Busy, Damaged, NotFound, Refused
from journal_cli.vault import backup, daily, disk, integrity
from journal_cli.vault.backup import Backup
from journal_cli.vault.database import Database
from journal_cli.vault.disk import alone_in
from journal_cli.vault.pages import damaged, decrypted
from journal_cli.vault.vault import Vault, unlock


@pytest.fixture
def filled(made: Made) -> Made:
    write(made, *range(60))
    return made


def test_a_backup_is_a_journal_of_its_own_that_the_same_words_and_the_paper_open(filled: Made) -> None:
    one = backed_up(filled)

    assert one.name == "2026-11-24T2008Z"
    assert {path.name for path in one.place.iterdir()} == {"journal.db", "keys.json", "keys.copy.json"}
    for secret in (filled.passphrase, filled.recovery):
        vault = unlock(one.place, secret, bounds=filled.bounds)
        with vault.open(1, lambda: [tables]) as copy, opened(filled) as source:
            assert copy.read("SELECT * FROM note") == source.read("SELECT * FROM note")
            assert copy.state == source.state


def test_every_page_of_a_backup_is_encrypted_and_whole(filled: Made) -> None:
    content = backed_up(filled).database.read_bytes()
    assert damaged(content, filled.vault.master_key) == []
    assert b"line 7" not in content


def test_only_the_owner_can_read_a_backup_under_any_umask(filled: Made, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = [backed_up(filled), backed_up(filled, place=tmp_path / "stick" / "deep")]
    finally:
        os.umask(before)
    for one in made:
        assert stat.S_IMODE(one.place.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in one.place.iterdir()} == {0o600}
    assert stat.S_IMODE((filled.folder / "backups").stat().st_mode) == 0o700


def test_without_key_files_a_backup_is_made_for_the_recovery_key(filled: Made) -> None:
    for name in ("keys.json", "keys.copy.json"):
        (filled.folder / name).unlink()
    one = backed_up(filled)
    assert not one.key_files
    assert unlock(one.place, filled.recovery, bounds=filled.bounds).key_files_missing


def test_key_files_that_somebody_altered_are_not_taken_along(filled: Made, make: Callable[..., Made]) -> None:
    other = make("other")
    for name in ("keys.json", "keys.copy.json"):
        (filled.folder / name).write_bytes((other.folder / name).read_bytes())
    assert not backed_up(filled).key_files


def test_two_in_one_minute_have_two_names_and_a_name_is_found_by_its_beginning(filled: Made) -> None:
    first, second = backed_up(filled), backed_up(filled)
    place = backup.place_of(filled.folder)

    assert [one.name for one in backup.every(place)] == [second.name, first.name]
    assert backup.named(place, "latest") == second
    assert backup.named(place, first.name) == first
    for name in ("", "2026", "2027-01-01", "../backups", "journal.db"):
        with pytest.raises(NotFound):
            backup.named(place, name)


def test_what_is_no_backup_is_not_listed_and_not_touched(filled: Made) -> None:
    place = backup.place_of(filled.folder)
    one = backed_up(filled)
    for name in ("2026-02-30T2008Z", "notes", "2026-11-24T2008Z.old", "2026-11-24", "x.new"):
        (place / name).mkdir()
        (place / name / "journal.db").write_bytes(b"mine")
    (place / "2026-11-25T2008Z").write_bytes(b"a file")
    (place / "2026-11-26T2008Z").mkdir()

    assert backup.every(place) == [one]
    assert daily.prune(place, now=NOW + timedelta(days=3000)) == []
    backed_up(filled, NOW + timedelta(days=1))
    assert (place / "notes" / "journal.db").read_bytes() == b"mine"
    assert (place / "x.new" / "journal.db").read_bytes() == b"mine"


def test_what_does_not_check_out_gets_no_name(filled: Made) -> None:
    content = bytearray(filled.database.read_bytes())
    content[-3000] ^= 1  # the last page
    filled.database.write_bytes(content)
    with pytest.raises(Damaged):
        backed_up(filled)
    assert list(backup.place_of(filled.folder).iterdir()) == []


def test_a_row_that_is_not_as_it_was_written_keeps_a_backup_from_its_name(filled: Made) -> None:
    """Fault 21, as far as backups matter: the pages are whole, the rows are not those that were written."""
    with opened(filled) as database:
        database.connection.execute("BEGIN IMMEDIATE")
        integrity.uncover(database.connection)
        database.connection.execute("UPDATE note SET body = 'other words' WHERE id = 7")
        database.connection.execute("COMMIT")
    with pytest.raises(Damaged, match="damaged"):
        backed_up(filled)
    assert list(backup.place_of(filled.folder).iterdir()) == []


@pytest.mark.parametrize("spoil", ["flip", "cut", "append", "empty", "swap"])
def test_the_check_of_a_backup_fires(filled: Made, spoil: str) -> None:
    one = backed_up(filled)
    content = bytearray(one.database.read_bytes())
    page = 4096
    if spoil == "flip":
        content[len(content) // 2] ^= 1
    elif spoil == "cut":
        del content[-page:]
    elif spoil == "append":
        content += bytes(10)
    elif spoil == "empty":
        content.clear()
    else:
        content[page : 2 * page], content[2 * page : 3 * page] = content[2 * page : 3 * page], content[page : 2 * page]
    one.database.write_bytes(content)
    with pytest.raises(Damaged):
        backup.check(one.database, filled.vault)


def dated(*days_ago: float, now: datetime = NOW, kind: str = "") -> list[Backup]:
    times = [now - timedelta(days=days) for days in days_ago]
    return [Backup(Path(f"{at:%Y-%m-%dT%H%MZ}{kind}"), at, 1, True, before_steps=bool(kind)) for at in times]


def test_seven_days_and_four_weeks_before_are_kept(filled: Made) -> None:
    every_day = dated(*range(120))
    kept = daily.kept(every_day, now=NOW)
    assert len(kept) == 11
    assert {one.name for one in every_day[:7]} <= kept
    oldest = min(one.at for one in every_day if one.name in kept)
    assert timedelta(days=27) <= NOW - oldest <= timedelta(days=42)


def test_of_one_day_the_newest_is_kept_and_days_without_writing_cost_nothing() -> None:
    same_day = dated(0, 0.01, 0.02, 0.3)
    assert daily.kept(same_day, now=NOW) == {same_day[0].name}
    seldom = dated(0, 100, 200, 300, 400, 500, 600)
    assert daily.kept(seldom, now=NOW) == {one.name for one in seldom}


def test_the_two_newest_from_before_an_update_are_kept_beside_the_others() -> None:
    steps = dated(0.5, 50, 300, kind="-before-2")
    days = dated(*range(40))
    kept = daily.kept([*days, *steps], now=NOW)
    assert {one.name for one in steps[:2]} <= kept
    assert steps[2].name not in kept
    assert len(kept) == 13


def test_a_clock_set_back_a_year_lets_no_backup_go_and_takes_new_ones(made: Made) -> None:
    for day in range(12):
        write(made, day)
        backed_up(made, NOW - timedelta(days=day))
    place = backup.place_of(made.folder)
    before = {one.name for one in backup.every(place)}
    back = NOW - timedelta(days=365)

    for day in range(3):
        with opened(made) as database:
            with database.changing():
                database.run("INSERT INTO note (body) VALUES ('x')")
            assert daily.back_up(database, made.vault, now=back + timedelta(days=day), bounds=made.bounds)

    names = {one.name for one in backup.every(place)}
    assert before < names
    assert len(names) == len(before) + 3
    # The clock is right again: the next backup holds all of it, and the usual number is kept.
    with opened(made) as database:
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('y')")
        last = daily.back_up(database, made.vault, now=NOW + timedelta(days=1), bounds=made.bounds)
    assert last is not None
    assert notes_in(made, last) == 16
    assert backup.every(place)[0] == last
    assert len(backup.every(place)) <= daily.DAYS + daily.WEEKS


def test_a_clock_that_jumped_ahead_lets_the_earlier_ones_stand() -> None:
    earlier = dated(*range(7))
    ahead = dated(0, now=NOW + timedelta(days=400))
    assert {one.name for one in earlier[:6]} <= daily.kept([*earlier, *ahead], now=NOW + timedelta(days=400))
    assert daily.kept([*earlier, *ahead], now=NOW) == {one.name for one in [*earlier, *ahead]}


def test_one_a_day_is_made_and_only_if_something_was_changed(filled: Made) -> None:
    with opened(filled) as database:
        assert daily.back_up(database, filled.vault, now=NOW, bounds=filled.bounds) is None
        for number, at in enumerate((NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1))):
            with database.changing():
                database.run("INSERT INTO note (body) VALUES (?)", (text(number),))
            made = daily.back_up(database, filled.vault, now=at, bounds=filled.bounds)
            assert (made is None) == (number == 1)
    assert [notes_in(filled, one) for one in backup.every(backup.place_of(filled.folder))] == [63, 61]


def test_the_first_of_a_week_is_tried_in_full_and_every_one_by_its_pages(filled: Made, monkeypatch) -> None:
    tried = []
    usual = backup.check

    def check(path: Path, vault: Vault, *, in_full: bool) -> object:
        tried.append(in_full)
        return usual(path, vault, in_full=in_full)

    monkeypatch.setattr(backup, "check", check)
    with opened(filled) as database:
        for day in range(14):  # from a Tuesday on
            with database.changing():
                database.run("INSERT INTO note (body) VALUES (?)", (text(day),))
            assert daily.back_up(database, filled.vault, now=NOW + timedelta(days=day), bounds=filled.bounds)
    assert tried == [True] + [False] * 5 + [True] + [False] * 6 + [True]


def test_before_a_long_one_it_is_said(filled: Made, monkeypatch) -> None:
    said: list[int] = []
    with opened(filled) as database:
        for day, most in enumerate((filled.database.stat().st_size * 2, 1000)):
            monkeypatch.setattr(daily, "_LONG", most)
            with database.changing():
                database.run("INSERT INTO note (body) VALUES (?)", (text(day),))
            at = NOW + timedelta(days=day)
            daily.back_up(database, filled.vault, now=at, bounds=filled.bounds, long=lambda day=day: said.append(day))
    assert said == [1]


def test_a_day_whose_pages_do_not_check_out_has_no_backup(filled: Made, monkeypatch) -> None:
    """The second of a week, of which nothing but the pages is looked at."""
    usual = backup._vacuum_into

    def spoiled(source: Database, target: Path) -> None:
        usual(source, target)
        with target.open("rb+") as file:
            file.seek(3 * 4096 + 100)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 1]))

    with opened(filled) as database:
        for day in (0, 1):
            with database.changing():
                database.run("INSERT INTO note (body) VALUES (?)", (text(day),))
            if day == 0:
                assert daily.back_up(database, filled.vault, now=NOW, bounds=filled.bounds)
        monkeypatch.setattr(backup, "_vacuum_into", spoiled)
        with pytest.raises(Damaged):
            daily.back_up(database, filled.vault, now=NOW + timedelta(days=1), bounds=filled.bounds)
    assert len(backup.every(backup.place_of(filled.folder))) == 1


def test_a_backup_is_made_before_the_tables_change(filled: Made) -> None:
    def second(connection: object) -> None:
        connection.execute("DROP TABLE note")

    before = daily.before_steps(filled.vault, now=NOW, bounds=filled.bounds)
    filled.vault.open(2, lambda: [tables, second], before_steps=before, memory_security=False).close()

    (one,) = backup.every(backup.place_of(filled.folder))
    assert one.name == "2026-11-24T2008Z-before-2"
    assert one.before_steps
    assert notes_in(filled, one) == 60
    with backup.opened(one.database, filled.vault) as copy:
        assert copy.one("PRAGMA user_version") == (1,)


def test_no_table_changes_if_the_backup_before_it_fails(filled: Made) -> None:
    backup.place_of(filled.folder).write_bytes(b"in the way")
    before = daily.before_steps(filled.vault, now=NOW, bounds=filled.bounds)
    with pytest.raises(Refused):
        filled.vault.open(2, lambda: [tables, tables], before_steps=before, memory_security=False)
    with opened(filled) as database:
        assert count(database) == 60


def test_nobody_else_makes_one_at_the_same_time(filled: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    place = backup.place_of(filled.folder)
    place.mkdir()
    monkeypatch.setattr(disk, "_PATIENCE", 0.1)
    with alone_in(place), pytest.raises(Busy):
        backed_up(filled)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_full_disk_leaves_nothing_half_and_nothing_changed(filled: Made, part: float) -> None:
    """Fault 30, while backing up."""
    write(filled, *range(600))
    with opened(filled) as database:  # what a backup of it comes to: without the pages that are free
        database.connection.execute("VACUUM INTO ?", (str(filled.folder.parent / "whole.db"),))
    size = (filled.folder.parent / "whole.db").stat().st_size
    deed = """
with opened() as database:
    try:
        backup.make(database, here, now=NOW, bounds=BOUNDS)
    except JournalError as error:
        print(type(error).__name__)
"""
    limit = int(size * part) // 4096 * 4096 + 100
    process = child(
        filled, deed, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    )
    assert ended(process).strip() == "Refused"
    assert list(backup.place_of(filled.folder).iterdir()) == []
    with opened(filled) as database:
        assert count(database) == 660
    assert notes_in(filled, backed_up(filled)) == 660


@pytest.mark.skipif(os.getuid() != 0, reason="becomes an ordinary user")
def test_in_a_folder_that_cannot_be_written_it_says_so_and_a_stick_still_takes_one(filled: Made) -> None:
    """Fault 31, as far as backups matter."""
    root = Path(tempfile.mkdtemp())
    folder, stick = root / "journal", root / "stick"
    shutil.copytree(filled.folder, folder)
    stick.mkdir()
    for path in (root, *root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
        path.chmod(0o500 if path.is_dir() else 0o400)
    stick.chmod(0o700)
    moved = Made(folder, replace(filled.vault, folder=folder), "", "", filled.bounds)

    def deed() -> str:
        with pytest.raises(Refused):
            backed_up(moved)
        return backed_up(moved, place=stick).name

    try:
        assert as_nobody(deed) == "2026-11-24T2008Z"
        assert not (folder / "backups").exists()
        backup.check(stick / "2026-11-24T2008Z" / "journal.db", filled.vault)
    finally:
        shutil.rmtree(root)


def as_nobody(deed: Callable[[], str]) -> str:
    """Do something in a process without rights of its own; files that are open for root stay out of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, deed().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    return answer


def test_backups_while_another_window_writes_are_whole_and_hold_what_was_acknowledged(filled: Made) -> None:
    with child(filled, WRITING, "120") as writer:
        assert writer.stdout is not None
        number = 0
        while writer.poll() is None and number < 6:
            acknowledged = int(writer.stdout.readline() or b"119") + 1
            one = backed_up(filled, NOW + timedelta(minutes=number))
            assert notes_in(filled, one) >= 60 + acknowledged
            number += 1
        writer.stdout.read()
        assert writer.wait(60) == 0
    assert number > 0


def test_killed_at_random_a_backup_is_whole_or_not_there(filled: Made, rounds: Callable[[int], int]) -> None:
    write(filled, *range(400))
    deed = """
with opened() as database:
    for _ in range(1000):
        made = backup.make(database, here, now=NOW, bounds=BOUNDS)
        print(made.name, flush=True)
"""
    dice = random.Random(30)
    place = backup.place_of(filled.folder)
    killed = 0
    checked: set[tuple[str, int, int, int]] = set()
    for _ in range(rounds(30)):
        with child(filled, deed) as process:
            assert process.stdout is not None
            time.sleep(dice.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL)
            reported = process.stdout.read().decode().split()
            killed += process.wait(60) == -signal.SIGKILL
        found = backup.every(place)
        assert set(reported) <= {one.name for one in found}
        for one in found:
            status = one.database.stat()
            as_it_is = (one.name, status.st_ino, status.st_size, status.st_mtime_ns)
            if as_it_is not in checked:  # a new one, or one that has changed
                backup.check(one.database, filled.vault)
                assert one.key_files
                assert notes_in(filled, one) == 460
            checked.add(as_it_is)
    assert killed
    assert len(checked) == len(backup.every(place)), "what was whole has changed"
    backed_up(filled)
    assert not [path for path in place.iterdir() if path.suffix == ".new"]
    with opened(filled) as database:
        assert count(database) == 460


def test_a_backup_is_written_anew_without_something_and_no_page_of_it_holds_that_any_more(filled: Made) -> None:
    one = backed_up(filled)

    def pages() -> bytes:
        content = one.database.read_bytes()
        return b"".join(page.content for page in decrypted(content, filled.vault.master_key))

    assert b"line 7 line 7" in pages()
    assert backup.holding(filled.vault, [one], lambda copy: bool(copy.one("SELECT 1 FROM note WHERE id = 8")))[0] == [
        one
    ]

    backup.rewrite_without(one, filled.vault, lambda copy: copy.run("DELETE FROM note WHERE id = 8"))

    assert b"line 7 line 7" not in pages()
    assert b"line 8 line 8" in pages()
    backup.check(one.database, filled.vault)
    assert notes_in(filled, one) == 59
    assert [path.name for path in backup.place_of(filled.folder).iterdir()] == [one.name]


def test_a_rewriting_that_fails_leaves_the_backup_as_it_was(filled: Made) -> None:
    one = backed_up(filled)
    before = filled.files()

    def fail(copy: Database) -> None:
        copy.run("DELETE FROM note")
        raise Refused("no room")

    with contextlib.suppress(Refused):
        backup.rewrite_without(one, filled.vault, fail)
    assert filled.files() == before


def test_a_damaged_backup_is_among_those_nobody_can_tell_of(filled: Made) -> None:
    one = backed_up(filled)
    one.database.write_bytes(b"x" * 8192)
    assert backup.holding(filled.vault, [one], lambda _: True) == ([], [one])

"""Replacing the master key: every page anew, both secrets good in between, nobody locked out by a kill."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Never

import pytest
from making import Made, Make

from journal_cli.errors import Busy, Damaged, JournalError, Mistyped, Protected, Refused, WrongKey
from journal_cli.vault import copies, disk, keyfile, library, rekey, ring, vault
from journal_cli.vault.derive import database_salt
from journal_cli.vault.disk import alone_in
from journal_cli.vault.ring import Kept, Making, Replaced
from journal_cli.vault.slots import CHEAPEST, Header

TODAY = date(2026, 12, 1)
ENTRIES = 300


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")


def fill(made: Made, entries: int = ENTRIES) -> None:
    with made.vault.open(1, lambda: [table], memory_security=False) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", [(f"entry {i} " * 100,) for i in range(entries)])


def count(opened: vault.Vault) -> int:
    """How many entries there are, after a look at every page."""
    with opened.open(1, lambda: [table], memory_security=False) as database:
        assert database.read("PRAGMA cipher_integrity_check") == []
        assert database.read("PRAGMA integrity_check") == [("ok",)]
        (found,) = database.one("SELECT count(*) FROM note")
        return found


def the_key_file(made: Made) -> keyfile.KeyFile:
    return keyfile.from_bytes((made.folder / "keys.json").read_bytes(), bounds=made.bounds)


def how(made: Made) -> Making:
    return Making(TODAY, CHEAPEST, made.bounds)


def kept(made: Made) -> list[Kept]:
    """The one passphrase the journal was made with."""
    return [Kept(the_key_file(made).slots[0].header, made.passphrase, CHEAPEST)]


def replaced(made: Made, **options: Any) -> Replaced:
    return ring.replace_master_key(made.vault, kept(made), how(made), **options)


def begun(made: Made, slots: list[Kept] | None = None) -> bytes:
    """Leave the journal as a crash right after the beginning leaves it; give the next master key."""
    new = random.Random(7).randbytes(32)
    coming = replace(made.vault, master_key=new)
    sealed = tuple(ring._sealed(coming, one.passphrase, one.header, how(made)) for one in slots or kept(made))
    key_file = rekey.begun(
        the_key_file(made), old=made.vault.master_key, new=new, slots=sealed, today=TODAY, random=os.urandom
    )
    with alone_in(made.folder):
        copies.write(made.folder, key_file)
    return new


def test_the_passphrase_and_the_new_paper_open_and_the_old_paper_does_not(made: Made) -> None:
    fill(made)

    done = replaced(made)

    assert done.vault.master_key != made.vault.master_key
    assert made.unlock(made.passphrase).master_key == made.unlock(done.recovery).master_key == done.vault.master_key
    assert count(made.unlock(made.passphrase)) == ENTRIES
    with pytest.raises(WrongKey, match="from before the change of 2026-12-01"):
        made.unlock(made.recovery)


def test_epoch_and_sequence_are_raised_in_the_key_file_and_the_database(made: Made) -> None:
    fill(made)
    done = replaced(made)
    key_file = the_key_file(made)

    assert (key_file.key_epoch, key_file.seq, key_file.pending) == (2, 3, None)
    assert (done.vault.key_epoch, done.vault.seq) == (2, 3)
    with done.vault.open(1, lambda: [table]) as database:
        assert database.meta.key_epoch == 2
        assert database.meta.journal == made.vault.journal
    assert (made.folder / "keys.json").read_bytes() == (made.folder / "keys.copy.json").read_bytes()


def test_the_salt_at_the_head_is_the_one_that_belongs_to_the_new_key(made: Made) -> None:
    """SQLCipher keeps the old one unless it is told both; the paper alone would then not open a damaged file."""
    fill(made)
    done = replaced(made)
    assert made.database.read_bytes()[:16] == database_salt(done.vault.master_key)

    for name in copies.BOTH:
        (made.folder / name).unlink()
    with made.database.open("r+b") as file:
        file.write(b"\xff" * 16)

    assert count(made.unlock(done.recovery)) == ENTRIES


def test_no_page_of_the_old_key_is_left_in_the_file(made: Made) -> None:
    fill(made)
    before = made.database.read_bytes()
    replaced(made)
    after = made.database.read_bytes()

    pages = {before[start : start + 4096] for start in range(0, len(before), 4096)}
    assert len(before) == len(after) > 50 * 4096
    assert not pages & {after[start : start + 4096] for start in range(0, len(after), 4096)}


def test_slots_whose_secret_is_not_at_hand_are_dropped_and_named(made: Made) -> None:
    fill(made)
    other = ring.add(made.vault, "other words", how(made), label="at work")

    done = replaced(made)

    assert [slot.header.label for slot in done.dropped] == ["at work"]
    assert done.dropped == (other,)
    with pytest.raises(WrongKey):
        made.unlock("other words")
    assert len(the_key_file(made).slots) == 1


def test_several_passphrases_can_be_kept_with_the_costs_they_have(made: Made) -> None:
    fill(made)
    other = ring.add(made.vault, "other words", how(made), label="at work")
    both = [*kept(made), Kept(other.header, "other words", replace(CHEAPEST, passes=2))]

    done = ring.replace_master_key(made.vault, both, how(made))

    assert done.dropped == ()
    assert made.unlock("other words").master_key == made.unlock(made.passphrase).master_key
    assert [(slot.header.label, slot.cost.passes) for slot in the_key_file(made).slots] == [("", 1), ("at work", 2)]


def test_the_backup_is_asked_for_before_anything_is_changed(made: Made) -> None:
    fill(made)
    before = made.files()
    seen = []

    class Enough(Exception):
        pass

    def back_up(database: Any) -> Never:
        seen.append(database.one("SELECT count(*) FROM note"))
        raise Enough

    with pytest.raises(Enough):
        replaced(made, before=back_up)

    assert seen == [(ENTRIES,)]
    assert made.files() == before


def test_without_a_passphrase_to_keep_nothing_is_begun(made: Made) -> None:
    before = made.files()
    with pytest.raises(Protected):
        ring.replace_master_key(made.vault, [], how(made))
    with pytest.raises(Mistyped):
        ring.replace_master_key(made.vault, [Kept(Header("f" * 16, "2026-12-01"), "", CHEAPEST)], how(made))
    assert made.files() == before


def test_a_damaged_page_is_said_before_anything_is_changed(made: Made) -> None:
    fill(made)
    with made.database.open("r+b") as file:
        file.seek(20 * 4096 + 100)
        byte = file.read(1)
        file.seek(20 * 4096 + 100)
        file.write(bytes([byte[0] ^ 1]))
    before = made.files()

    with pytest.raises(Damaged, match="part of the journal's file is damaged"):
        replaced(made)

    assert made.files() == before


def test_a_window_that_is_reading_is_waited_for_and_then_named(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLCipher itself says "ok" then, and has changed nothing."""
    fill(made)
    before = made.files()
    monkeypatch.setattr(library, "PATIENCE", 0.2)
    code = (
        "import sys; from pathlib import Path; from journal_cli.vault import vault\n"
        "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
        "db = v.open(1, list); c = db.connection; c.execute('BEGIN'); c.execute('SELECT * FROM note').fetchone()\n"
        "print('reading', flush=True); sys.stdin.readline()"
    )
    argv = [sys.executable, "-c", code, str(made.folder), made.passphrase]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout.readline() == "reading\n"
        with pytest.raises(Busy):
            replaced(made)
        # And if it began to read in the very last moment:
        with monkeypatch.context() as patch:
            patch.setattr(rekey, "_be_alone", lambda _: None)
            with pytest.raises(Busy):
                replaced(made)
        window.communicate("\n")

    assert {name: raw for name, raw in made.files().items() if name == "journal.db"} == {
        "journal.db": before["journal.db"]
    }
    assert the_key_file(made).pending is None
    assert made.unlock(made.recovery).master_key == made.vault.master_key
    assert count(made.unlock(made.passphrase)) == ENTRIES


def test_what_was_begun_is_finished_with_the_passphrase(made: Made) -> None:
    fill(made)
    new = begun(made)

    opened = made.unlock(made.passphrase)

    assert (opened.master_key, opened.replacing, opened.key_epoch, opened.seq) == (new, "finished", 2, 3)
    assert count(opened) == ENTRIES
    assert made.unlock(made.passphrase) == replace(opened, replacing="")


def test_what_was_begun_is_finished_with_the_old_paper_and_with_the_new(make: Make) -> None:
    for name in ("old", "new"):
        made = make(name)
        fill(made, 20)
        new = begun(made)
        paper = made.recovery if name == "old" else ring.recovery.written(new)

        opened = made.unlock(paper)

        assert (opened.master_key, opened.replacing, opened.opened_with) == (new, "finished", "recovery")
        assert not opened.key_files_missing
        assert count(opened) == 20
        assert made.unlock(made.passphrase).master_key == new


def test_what_was_begun_is_finished_with_the_words_that_were_to_come(made: Made) -> None:
    fill(made)
    first = the_key_file(made).slots[0].header
    begun(made, [Kept(first, "words to come", CHEAPEST)])

    opened = made.unlock("words to come")

    assert opened.replacing == "finished"
    assert opened.slot == first.id
    assert count(opened) == ENTRIES
    with pytest.raises(WrongKey):
        made.unlock(made.passphrase)


def test_a_database_that_has_the_new_key_already_only_gets_its_key_file(made: Made) -> None:
    fill(made)
    new = begun(made)
    rekey._encrypt_anew(made.database, made.vault.journal, old=made.vault.master_key, new=new)

    opened = made.unlock(made.recovery)

    assert (opened.master_key, opened.replacing) == (new, "finished")
    assert count(opened) == ENTRIES


def test_on_a_disk_that_refuses_what_was_begun_opens_all_the_same(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(made)
    new = begun(made)

    def refuse(*_: object, **__: object) -> Never:
        raise Refused("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(rekey, "_encrypt_anew", refuse)
        waiting = made.unlock(made.passphrase)
        assert (waiting.replacing, waiting.master_key) == ("waiting", made.vault.master_key)
        assert count(waiting) == ENTRIES
        with pytest.raises(Refused, match="being replaced"):
            ring.add(waiting, "other words", how(made))
    with monkeypatch.context() as patch:
        patch.setattr(copies, "write_whole", refuse)
        waiting = made.unlock(made.passphrase)
        assert (waiting.replacing, waiting.master_key) == ("waiting", new)
        assert count(waiting) == ENTRIES

    assert made.unlock(made.passphrase).replacing == "finished"


def test_a_failure_on_the_way_takes_the_beginning_back(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(made)

    def refuse(*_: object, **__: object) -> Never:
        raise Refused("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(rekey, "_encrypt_anew", refuse)
        with pytest.raises(Refused, match="disk is full"):
            replaced(made)

    key_file = the_key_file(made)
    assert (key_file.pending, key_file.seq, key_file.key_epoch) == (None, 3, 1)
    assert made.unlock(made.recovery).master_key == made.vault.master_key
    assert made.unlock(made.passphrase).replacing == ""


def test_too_little_room_is_said_before_anything_is_changed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(made)
    before = made.files()
    monkeypatch.setattr(rekey, "_ROOM", 2**62)
    with pytest.raises(Refused, match="full"):
        replaced(made)
    assert made.files() == before


def test_a_file_that_cannot_grow_while_it_is_encrypted_anew_leaves_the_old_journal(made: Made) -> None:
    fill(made)
    code = (
        "import resource, signal, sys; from datetime import date; from pathlib import Path\n"
        "from journal_cli.errors import Refused\n"
        "from journal_cli.vault import keyfile, ring, vault\n"
        "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
        "folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, STRONG)\n"
        "v = vault.unlock(folder, sys.argv[2], bounds=bounds)\n"
        "kept = [ring.Kept(ring.slots(folder, bounds=bounds)[0].header, sys.argv[2], CHEAPEST)]\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: ring.replace_master_key(v, kept, ring.Making(date(2026, 12, 1), CHEAPEST, bounds))\n"
        "except Refused: sys.exit(15)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(made.folder), made.passphrase], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (15, "")
    assert made.unlock(made.recovery).replacing == ""
    assert count(made.unlock(made.passphrase)) == ENTRIES


def test_a_forged_pending_is_not_followed(made: Made) -> None:
    """Who has only the disk cannot make the owner's program encrypt the journal under another key."""
    fill(made)
    forger = random.Random(8).randbytes(32)
    genuine = the_key_file(made)
    coming = rekey.begun(genuine, old=forger, new=forger, slots=genuine.slots, today=TODAY, random=os.urandom)
    for name in copies.BOTH:
        (made.folder / name).write_bytes(keyfile.to_bytes(replace(coming, key_check=genuine.key_check)))

    with pytest.raises(Damaged, match="changed by another program"):
        made.unlock(made.passphrase)
    opened = made.unlock(made.recovery)
    assert opened.key_files_missing
    assert opened.master_key == made.vault.master_key


def test_a_window_that_had_the_journal_open_is_told_and_spoils_nothing(made: Made) -> None:
    fill(made)
    with made.vault.open(1, lambda: [table], memory_security=False) as window:
        code = (
            "import sys; from datetime import date; from pathlib import Path\n"
            "from journal_cli.vault import ring, vault\n"
            "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
            "folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, STRONG)\n"
            "v = vault.unlock(folder, sys.argv[2], bounds=bounds)\n"
            "kept = [ring.Kept(ring.slots(folder, bounds=bounds)[0].header, sys.argv[2], CHEAPEST)]\n"
            "ring.replace_master_key(v, kept, ring.Making(date(2026, 12, 1), CHEAPEST, bounds))\n"
        )
        subprocess.run([sys.executable, "-c", code, str(made.folder), made.passphrase], check=True)
        with pytest.raises(Damaged), window.changing():
            window.run("INSERT INTO note (body) VALUES ('too late')")
    assert count(made.unlock(made.passphrase)) == ENTRIES


def test_eight_replaced_keys_are_remembered_and_the_ninth_pushes_out_the_first(made: Made) -> None:
    papers = [made.recovery]
    opened = made.vault
    for _ in range(9):
        slot = the_key_file(made).slots[0].header
        done = ring.replace_master_key(opened, [Kept(slot, made.passphrase, CHEAPEST)], how(made))
        opened = done.vault
        papers.append(done.recovery)

    assert the_key_file(made).key_epoch == 10
    with pytest.raises(WrongKey, match="another journal"):
        ring.try_recovery_key(made.folder, papers[0], bounds=made.bounds)
    for paper in papers[1:-1]:
        with pytest.raises(WrongKey, match="from before the change"):
            ring.try_recovery_key(made.folder, paper, bounds=made.bounds)
    ring.try_recovery_key(made.folder, papers[-1], bounds=made.bounds)


def test_the_new_paper_is_due_until_it_was_shown(made: Made) -> None:
    fill(made)
    done = replaced(made)
    with done.vault.open(1, lambda: [table]) as database:
        assert rekey.paper_is_due(database)
        rekey.paper_was_shown(database)
        assert not rekey.paper_is_due(database)
    with made.unlock(made.passphrase).open(1, lambda: [table]) as database:
        assert not rekey.paper_is_due(database)


# Ended at any moment.


def has_settled(made: Made, papers: list[str]) -> None:
    """The passphrase opens, exactly one paper does, and all entries are there."""
    opened = made.unlock(made.passphrase)
    assert opened.replacing in ("", "finished")
    assert count(opened) == ENTRIES
    key_file = the_key_file(made)
    assert key_file.pending is None
    assert keyfile.is_signed_by(key_file, opened.master_key)
    with opened.open(1, lambda: [table], memory_security=False) as database:
        assert database.meta.key_epoch == key_file.key_epoch == opened.key_epoch
    assert (made.folder / "keys.json").read_bytes() == (made.folder / "keys.copy.json").read_bytes()
    is_old = opened.master_key == made.vault.master_key
    if is_old:
        assert made.unlock(papers[0]).master_key == opened.master_key
    else:
        with pytest.raises(WrongKey):
            made.unlock(papers[0])


@pytest.mark.parametrize("stop_at", range(1, 42))
def test_a_replacement_cut_before_any_single_write_of_ours_is_finished_or_never_was(
    made: Made, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """Fault 36. Each call of ours that shows on the disk is counted; that one and all later ones do not happen."""
    fill(made)
    calls = 0

    def cut(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls >= stop_at:
                raise KeyboardInterrupt
            return real(*args, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("open", "fsync", "mkdir", "chmod", "rename", "replace", "unlink"):
            patch.setattr(os, name, cut(getattr(os, name)))
        with contextlib.suppress(KeyboardInterrupt):
            replaced(made)
    has_settled(made, [made.recovery])


REPLACE = (
    "import sys; from datetime import date; from pathlib import Path; from journal_cli.vault import ring, vault\n"
    "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
    "folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, STRONG)\n"
    "print('ready', flush=True); sys.stdin.readline()\n"
    "v = vault.unlock(folder, sys.argv[2], bounds=bounds)\n"
    "kept = [ring.Kept(ring.slots(folder, bounds=bounds)[0].header, sys.argv[2], CHEAPEST)]\n"
    "ring.replace_master_key(v, kept, ring.Making(date(2026, 12, 1), CHEAPEST, bounds))\n"
    "print('done', flush=True)\n"
)


def ended(argv: list[str], after: float) -> bool:
    """Run a program that says when it is ready, kill it so many seconds later, and say whether it was done."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", *argv], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.communicate()[0] == "done\n"


def lasts(argv: list[str]) -> float:
    """How many seconds a program needs from the moment it is told to begin until it says that it is done."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", *argv], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "done\n"
        return time.monotonic() - began


def test_a_replacement_killed_at_random_never_locks_anybody_out(make: Make, rounds: Callable[[int], int]) -> None:
    """Fault 36. Sixty kills, each opened with the passphrase or with the old paper, whichever comes first."""
    trial = make("trial")
    fill(trial)
    life = lasts([REPLACE, str(trial.folder), trial.passphrase])
    dice = random.Random(36)
    states = []
    made = make()
    fill(made)
    # On a quick machine one of the three parts is short: a few more kills then, until each was met.
    for number in range(3 * rounds(60)):
        if number >= rounds(60) and len(set(states)) == 3:
            break
        was_done = ended([REPLACE, str(made.folder), made.passphrase], dice.uniform(0, 1.6) * life)
        key_file = copies.find(made.folder, bounds=made.bounds).key_file  # the newer, if the kill fell between the two
        states.append("begun" if key_file.pending else "done" if key_file.key_epoch > made.vault.key_epoch else "not")
        assert not was_done or states[-1] == "done"
        if number % 2 and states[-1] != "done":  # the paper first
            opened = made.unlock(made.recovery)
            assert count(opened) == ENTRIES
        has_settled(made, [made.recovery])
        opened = made.unlock(made.passphrase)
        made = replace(made, vault=opened, recovery=ring.recovery.written(opened.master_key))
    assert len(set(states)) == 3, f"every kill fell into the same part: {states}"


def test_the_old_key_never_opens_what_came_after(made: Made) -> None:
    """What a copy of the old key file and the old words are worth once the master key was replaced."""
    fill(made)
    old_files = {name: (made.folder / name).read_bytes() for name in copies.BOTH}
    replaced(made)
    for name, content in old_files.items():
        (made.folder / name).write_bytes(content)

    with pytest.raises(JournalError) as failure:
        made.unlock(made.passphrase).open(1, lambda: [table])
    assert failure.value.exit_code == 13


def test_busy_folders_are_not_waited_for_for_ever(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(made)
    begun(made)
    monkeypatch.setattr(disk, "_PATIENCE", 0.1)
    with alone_in(made.folder), pytest.raises(Busy):
        made.unlock(made.passphrase)
    assert made.unlock(made.passphrase).replacing == "finished"

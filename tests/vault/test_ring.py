"""Several passphrases: added, changed and taken away, by whomever and however it ends."""

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from making import Made, Make

from journal_cli.errors import Ambiguous, Damaged, Mistyped, NotFound, Protected, WrongKey
from journal_cli.vault import copies, keyfile, ring, slots, vault
from journal_cli.vault.ring import Making
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import CHEAPEST, READING, STRONG, Header, Slot, seal

TODAY = date(2026, 12, 1)


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")


def how(made: Made) -> Making:
    return Making(TODAY, CHEAPEST, made.bounds)


def the_key_file(made: Made, name: str = "keys.json") -> keyfile.KeyFile:
    return keyfile.from_bytes((made.folder / name).read_bytes(), bounds=made.bounds)


def listed(made: Made) -> tuple[Slot, ...]:
    return ring.slots(made.folder, bounds=made.bounds)


def test_each_change_raises_the_sequence_and_reaches_both_copies(made: Made) -> None:
    added = ring.add(made.vault, "other words", how(made), label="at work")
    assert the_key_file(made).seq == 2
    ring.change(made.vault, added, "new words", how(made))
    assert the_key_file(made).seq == 3
    ring.remove(made.vault, added, bounds=made.bounds)
    assert the_key_file(made).seq == 4
    assert the_key_file(made) == the_key_file(made, "keys.copy.json")
    assert keyfile.is_signed_by(the_key_file(made), made.vault.master_key)
    assert made.unlock(made.passphrase).seq == 4


def test_a_slot_keeps_its_id_and_label_and_gets_a_new_day_salt_and_nonce(made: Made) -> None:
    (before,) = listed(made)
    after = ring.change(made.vault, before, "new words", how(made))
    assert after.header == replace(before.header, created="2026-12-01")
    assert {after.salt, after.nonce, after.wrapped}.isdisjoint({before.salt, before.nonce, before.wrapped})


def test_an_unlocked_vault_knows_the_slot_that_opened_it(made: Made) -> None:
    added = ring.add(made.vault, "other words", how(made))
    assert made.unlock("other words").slot == added.header.id
    assert made.unlock(made.passphrase).slot == listed(made)[0].header.id == made.vault.slot
    assert made.unlock(made.recovery).slot == ""


def test_what_cannot_be_a_passphrase_changes_nothing(made: Made) -> None:
    before = made.files()
    for typed in ("", "a\0b", "x" * 1025, "\ud800"):
        with pytest.raises(Mistyped):
            ring.add(made.vault, typed, how(made))
        with pytest.raises(Mistyped):
            ring.change(made.vault, listed(made)[0], typed, how(made))
    assert made.files() == before


def test_the_last_slot_stays_and_there_are_eight_at_most(made: Made) -> None:
    with pytest.raises(Protected):
        ring.remove(made.vault, listed(made)[0], bounds=made.bounds)
    for number in range(7):
        ring.add(made.vault, f"words {number}", how(made))
    with pytest.raises(Protected):
        ring.add(made.vault, "one more", how(made))
    assert len(listed(made)) == 8


def test_a_slot_is_named_by_its_label_or_the_beginning_of_its_id(made: Made) -> None:
    def slot(id_: str, label: str) -> Slot:
        return Slot(Header(id_, "2026-12-01", label), CHEAPEST, b"", b"", b"")

    several = [slot("abc1" + "0" * 12, "at work"), slot("abc2" + "0" * 12, "twin"), slot("f" * 16, "twin")]
    assert ring.named(several, "at work") is several[0]
    assert ring.named(several, "ABC2") is several[1]
    assert ring.named(several, "fff") is several[2]
    for name in ("", "ab", "nobody", "at", "0000"):
        with pytest.raises(NotFound):
            ring.named(several, name)
    for name in ("abc", "twin"):
        with pytest.raises(Ambiguous):
            ring.named(several, name)
    assert ring.named([slot("a" * 16, "bbb"), slot("b" * 16, "")], "bbb").header.id == "a" * 16


def test_two_windows_change_one_after_the_other(made: Made) -> None:
    ring.add(made.vault, "from one window", how(made))
    (first, _) = listed(made)
    ring.change(made.vault, first, "from the other", how(made))  # its vault was unlocked before the first change
    assert {made.unlock(words).journal for words in ("from one window", "from the other")} == {made.vault.journal}
    with pytest.raises(NotFound):
        ring.remove(made.vault, replace(first, header=replace(first.header, id="0" * 16)), bounds=made.bounds)


def test_an_altered_key_file_is_not_built_upon(made: Made) -> None:
    forged = replace(the_key_file(made), seq=9, mac=bytes(32))
    (made.folder / "keys.json").write_bytes(keyfile.to_bytes(forged))
    before = made.files()
    with pytest.raises(Damaged, match="in the meantime"):
        ring.add(made.vault, "other words", how(made))
    assert made.files() == before


# What stands in the folder instead.


def test_the_words_of_another_journal_open_nothing_here(make: Make) -> None:
    """Fault 7."""
    made, other = make("one"), make("two", passphrase="two words")
    for name in copies.BOTH:
        (made.folder / name).write_bytes((other.folder / name).read_bytes())

    with pytest.raises(WrongKey):
        made.unlock(made.passphrase)
    opened = made.unlock(made.recovery)
    assert opened.key_files_missing
    assert opened.journal == made.vault.journal


@pytest.mark.parametrize("name", copies.BOTH)
def test_key_files_of_two_journals_are_told_apart_and_neither_is_overwritten(make: Make, name: str) -> None:
    """Fault 7."""
    made, other = make("one"), make("two", passphrase="two words")
    (made.folder / name).write_bytes((other.folder / name).read_bytes())
    before = made.files()

    assert not vault.takes_passphrase(made.folder, bounds=made.bounds)
    for words in (made.passphrase, other.passphrase):
        with pytest.raises(WrongKey, match="belongs to journal") as failure:
            made.unlock(words)
        for identity in (made.vault.journal, other.vault.journal):
            assert f"{identity[:8]}…" in str(failure.value)
    assert made.unlock(made.recovery).master_key == made.vault.master_key
    with pytest.raises(WrongKey, match="another journal"):
        made.unlock(other.recovery)
    assert made.files() == before


def forged(made: Made, change: Callable[[keyfile.KeyFile], keyfile.KeyFile]) -> None:
    """Change the key file as somebody does who knows the format and has no key."""
    (made.folder / "keys.json").write_bytes(keyfile.to_bytes(change(the_key_file(made))))


def with_one_more(file: keyfile.KeyFile) -> keyfile.KeyFile:
    theirs = seal(bytes(32), "theirs", journal=file.journal, header=Header("f" * 16, "2026-12-01"), cost=CHEAPEST)
    return replace(file, seq=9, slots=(theirs, *file.slots))


def with_one_less(file: keyfile.KeyFile) -> keyfile.KeyFile:
    return replace(file, seq=9, slots=file.slots[1:])


def with_another_label(file: keyfile.KeyFile) -> keyfile.KeyFile:
    first, *rest = file.slots
    return replace(file, seq=9, slots=(replace(first, header=replace(first.header, label="x")), *rest))


def with_another_epoch(file: keyfile.KeyFile) -> keyfile.KeyFile:
    return replace(file, seq=9, key_epoch=3)


@pytest.mark.parametrize(
    "change, which",
    [(with_one_more, {"ffff"}), (with_one_less, {0}), (with_another_label, {0}), (with_another_epoch, set())],
)
def test_slots_that_were_changed_by_hand_are_named_and_no_passphrase_goes_on(
    made: Made, change: Any, which: set[Any]
) -> None:
    """Fault 9."""
    ring.add(made.vault, "other words", how(made))
    names = {one if isinstance(one, str) else listed(made)[one].header.id[:4] for one in which}
    forged(made, change)
    before = made.files()

    with pytest.raises(Damaged, match="changed by another program") as failure:
        made.unlock("other words")
    assert names == set(failure.value.values.get("slots", "").split(", ")) - {""}
    assert made.unlock(made.recovery).key_files_missing
    assert made.files() == before


def test_a_key_file_older_than_last_seen_opens_and_says_which(made: Made, tmp_path: Any) -> None:
    """Fault 10."""
    watch = Watch(tmp_path / "state" / "seen", TODAY, lambda _: 0)
    old = {name: (made.folder / name).read_bytes() for name in copies.BOTH}
    ring.change(made.vault, listed(made)[0], "new words", how(made))
    with made.unlock("new words").open(1, lambda: [table], watch=watch) as database:
        assert not database.standing.older_keys
    for name, content in old.items():
        (made.folder / name).write_bytes(content)

    opened = made.unlock(made.passphrase)
    assert opened.seq == 1
    with opened.open(1, lambda: [table], watch=watch) as database:
        assert database.standing.older_keys


def test_one_older_copy_alone_is_no_way_back(made: Made) -> None:
    for name in copies.BOTH:
        old = (made.folder / name).read_bytes()
        ring.change(made.vault, listed(made)[0], f"words, {name}", how(made))
        (made.folder / name).write_bytes(old)
        with pytest.raises(WrongKey):
            made.unlock(made.passphrase)
        assert made.unlock(f"words, {name}").seq == the_key_file(made).seq
        assert (made.folder / name).read_bytes() != old


def test_hostile_key_files_cost_nothing(made: Made) -> None:
    """Fault 8: the whole way in, and not only the parser."""
    whole = the_key_file(made)
    hostile = [
        replace(whole.slots[0], cost=replace(CHEAPEST, memory=2**31 - 1)),
        replace(whole.slots[0], cost=replace(CHEAPEST, passes=2**32)),
        replace(whole.slots[0], cost=replace(CHEAPEST, lanes=0)),
    ]
    contents = [keyfile.to_bytes(replace(whole, slots=(slot,))) for slot in hostile]
    contents += [b"x" * 10_000_000, b"[" * 65_536]
    for content in contents:
        for name in copies.BOTH:
            (made.folder / name).write_bytes(content)
        began = time.perf_counter()
        with pytest.raises(Damaged):
            made.unlock(made.passphrase)
        assert time.perf_counter() - began < 0.1
    assert made.unlock(made.recovery).key_files_missing


SCARCE = (
    "import resource, sys; from pathlib import Path\n"
    "from journal_cli.errors import JournalError\n"
    "from journal_cli.vault import vault\n"
    "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
    "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))\n"
    "try: vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))\n"
    "except JournalError as error: print(error, error.hint); sys.exit(error.exit_code)\n"
)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="no such limit here")
def test_too_little_memory_names_the_need_and_the_paper_needs_none(made: Made) -> None:
    """Fault 11."""
    (slot,) = listed(made)
    ring.change(made.vault, slot, "strong words", replace(how(made), cost=STRONG))

    def unlock(secret: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-c", SCARCE, str(made.folder), secret]
        return subprocess.run(argv, capture_output=True, text=True, check=False)

    scarce = unlock("strong words")
    assert (scarce.returncode, scarce.stderr) == (15, "")
    assert "256 MiB" in scarce.stdout
    assert "recovery key" in scarce.stdout
    assert unlock(made.recovery).returncode == 0


def test_the_costs_a_person_can_choose_are_accepted_by_the_usual_bounds() -> None:
    for cost in (slots.STANDARD, STRONG):
        assert READING.lowest.memory <= cost.memory <= READING.highest.memory


# Interrupted.


def opens_with(made: Made, *secrets: str) -> list[str]:
    found = []
    for words in secrets:
        with contextlib.suppress(WrongKey):
            assert made.unlock(words).master_key == made.vault.master_key
            found.append(words)
    return found


@pytest.mark.parametrize("stop_at", range(1, 16))
def test_a_change_cut_before_any_single_write_leaves_the_old_words_or_the_new(
    made: Made, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """Fault 37."""
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
        for name in ("open", "fsync", "rename", "replace", "unlink"):
            patch.setattr(os, name, cut(getattr(os, name)))
        with contextlib.suppress(KeyboardInterrupt):
            ring.change(made.vault, listed(made)[0], "new words", how(made))
    assert len(opens_with(made, "new words", made.passphrase)) == 1
    assert (made.folder / "keys.json").read_bytes() == (made.folder / "keys.copy.json").read_bytes()


CHANGE = (
    "import sys; from datetime import date; from pathlib import Path\n"
    "from journal_cli.vault import ring, vault\n"
    "from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
    "folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, STRONG)\n"
    "how = ring.Making(date(2026, 12, 1), CHEAPEST, bounds)\n"
    "v = vault.unlock(folder, sys.argv[2], bounds=bounds)\n"
    "print('ready', flush=True); number = int(sys.stdin.readline())\n"
    "while True:\n"
    "    ring.change(v, ring.slots(folder, bounds=bounds)[0], f'words {number}', how)\n"
    "    print(number, flush=True); number += 1\n"
)


def test_changes_killed_at_random_leave_the_last_words_that_were_said_or_the_next(
    made: Made, rounds: Callable[[int], int]
) -> None:
    """Fault 37. Sixty kills of a program that changes the passphrase as fast as it can."""
    dice = random.Random(37)
    words, number = made.passphrase, 0
    in_between = 0
    for _ in range(rounds(60)):
        pipe = subprocess.PIPE
        argv = [sys.executable, "-c", CHANGE, str(made.folder), words]
        with subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True) as process:
            assert process.stdout.readline() == "ready\n"
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
            time.sleep(dice.uniform(0, 0.03))
            process.send_signal(signal.SIGKILL)
            said = process.communicate()[0].split()
        last = int(said[-1]) if said else number - 1
        before = f"words {last}" if said else words
        in_between += len({(made.folder / name).read_bytes() for name in copies.BOTH}) == 2
        (words,) = opens_with(made, before, f"words {last + 1}")
        number = last + 2
        assert (made.folder / "keys.json").read_bytes() == (made.folder / "keys.copy.json").read_bytes()
    assert made.unlock(made.recovery).master_key == made.vault.master_key
    assert number > rounds(60), "nothing was changed: the kills come too early"

"""Killed at each change of the disk, SQLite's and ours, while the master key is replaced or a passphrase is changed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journal_cli.errors import WrongKey
from journal_cli.vault import keyfile, recovery, vault
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)
CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
ENTRIES = 40
KEYS = (
    "import sys; from datetime import date; from pathlib import Path\n"
    "from journal_cli.vault import ring, vault\n"
    "from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds\n"
    "folder, bounds = Path(sys.argv[1]), Bounds(CHEAPEST, HIGHEST)\n"
    "how = ring.Making(date(2026, 12, 1), CHEAPEST, bounds)\n"
    "v = vault.unlock(folder, 'old words', bounds=bounds)\n"
    "slot = ring.slots(folder, bounds=bounds)[0]\n"
)
REPLACE = KEYS + "ring.replace_master_key(v, [ring.Kept(slot.header, 'new words', CHEAPEST)], how)\n"
CHANGE = KEYS + "ring.change(v, slot, 'new words', how)\n"


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A journal of some pages, to be copied for each kill."""
    folder = tmp_path / "made"
    opened, _ = vault.create(folder, "old words", today=date(2026, 11, 24), cost=CHEAPEST)
    with opened.open(1, lambda: [table], memory_security=False) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", [(f"entry {i} " * 60,) for i in range(ENTRIES)])
    return folder


def unlocked(folder: Path) -> vault.Vault:
    """Unlock with the new words, else with the old ones; that neither opens must never be."""
    try:
        return vault.unlock(folder, "new words", bounds=BOUNDS)
    except WrongKey:
        return vault.unlock(folder, "old words", bounds=BOUNDS)


def is_sound(folder: Path) -> str:
    """See that everything is there and fits together; give in which state it was found."""
    before = keyfile.from_bytes((folder / "keys.copy.json").read_bytes(), bounds=BOUNDS)
    opened = unlocked(folder)
    with opened.open(1, lambda: [table], memory_security=False) as database:
        assert database.read("PRAGMA cipher_integrity_check") == []
        assert database.read("PRAGMA integrity_check") == [("ok",)]
        assert database.one("SELECT count(*) FROM note") == (ENTRIES,)
        assert database.meta.key_epoch == opened.key_epoch
        assert not database.standing.held
    main, copy = ((folder / name).read_bytes() for name in ("keys.json", "keys.copy.json"))
    assert main == copy
    assert keyfile.is_signed_by(keyfile.from_bytes(main, bounds=BOUNDS), opened.master_key)
    assert vault.unlock(folder, recovery.written(opened.master_key), bounds=BOUNDS).master_key == opened.master_key
    return "begun" if before.pending else f"epoch {before.key_epoch}"


def each_kill(made: Path, code: str, strace: tuple[str, ...], steps: dict[str, int]) -> list[str]:
    """Kill a program at every so many calls of each kind, until it makes no more of them; what was found each time."""
    found = []
    for call in CALLS:
        number = 1
        while True:
            folder = made.with_name(f"{call}{number}")
            shutil.copytree(made, folder)
            inject = f"inject={call}:signal=KILL:when={number}"
            argv = [*strace[:2], "-o", "/dev/null", "-e", f"trace={call}", "-e", inject, sys.executable, "-c", code]
            done = subprocess.run([*argv, str(folder)], capture_output=True, timeout=120, check=False)
            found.append(is_sound(folder))
            shutil.rmtree(folder)
            if done.returncode == 0:
                break
            number += steps.get(call, 1)
    return found


def test_a_replacement_killed_at_each_change_of_the_disk_locks_nobody_out(
    made: Path, strace: tuple[str, ...], rounds: Callable[[int], int]
) -> None:
    """Fault 36."""
    found = each_kill(made, REPLACE, strace, {} if rounds(2) == 2 else {"pwrite64": 17, "fdatasync": 2, "fsync": 2})
    assert set(found) == {"epoch 1", "begun", "epoch 2"}
    assert found.count("begun") > 5


def test_a_change_killed_at_each_change_of_the_disk_leaves_old_or_new_words(
    made: Path, strace: tuple[str, ...]
) -> None:
    """Fault 37."""
    assert len(each_kill(made, CHANGE, strace, {})) > len(CALLS) + 6

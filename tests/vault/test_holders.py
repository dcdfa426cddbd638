"""Two windows: one that writes and does not end is named, and nothing is lost."""

import subprocess
import sys
import time

import pytest
from whole import CRASH, Whole, count

from journal_cli.errors import Busy
from journal_cli.vault import holders

HOLD_ALL = CRASH.replace("os._exit(0)", "print('held', flush=True); sys.stdin.readline(); os._exit(0)")

HOLD = HOLD_ALL.replace('database.connection.execute("PRAGMA cache_size = 5")', "")

WRITE_MANY = """
import sys
from pathlib import Path
from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds
opened = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))
with opened.open(1, lambda: [], memory_security=False) as database:
    for number in range(int(sys.argv[3])):
        with database.changing():
            database.run("INSERT INTO note (body) VALUES (?)", (f"entry {number} " * 50,))
"""


@pytest.mark.parametrize("holding, reading", [(HOLD, True), (HOLD_ALL, False)], ids=["writing", "all"])
def test_a_lock_that_is_held_on_and_on_is_said_with_the_process_and_nothing_is_changed(
    whole: Whole, monkeypatch: pytest.MonkeyPatch, holding: str, reading: bool
) -> None:
    """Fault 33."""
    monkeypatch.setattr("journal_cli.vault.library.PATIENCE", 0.5)
    argv = [sys.executable, "-c", holding, str(whole.made.folder), whole.made.passphrase]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        began = time.monotonic()
        with pytest.raises(Busy) as failure, whole.open() as database:  # noqa: PT012  either may be what is busy
            assert (count(database), reading) == (60, True)
            with database.changing():
                database.run("DELETE FROM note")
        assert 0.4 < time.monotonic() - began < 5
        assert failure.value.exit_code == 14
        if sys.platform == "linux":
            assert failure.value.values == {"process": other.pid}
        other.communicate(b"\n")
    with whole.open() as database, database.changing():
        database.run("INSERT INTO note (body) VALUES ('afterwards')")


def test_two_windows_write_hundreds_of_entries_and_the_sum_holds(whole: Whole, rounds) -> None:
    """Fault 32."""
    each = rounds(300)
    argv = [sys.executable, "-c", WRITE_MANY, str(whole.made.folder), whole.made.passphrase, str(each)]
    windows = [subprocess.Popen(argv) for _ in range(2)]
    assert [window.wait() for window in windows] == [0, 0]
    with whole.open() as database:
        assert count(database) == 60 + 2 * each
    assert whole.failed() == {}


def test_nobody_is_named_where_nobody_writes(whole: Whole) -> None:
    status = whole.database.stat()
    assert holders.writer((status.st_dev, status.st_ino)) is None
    with whole.open() as database, database.changing():
        assert holders.writer((status.st_dev, status.st_ino)) is None  # ourselves
    with pytest.raises(Busy) as failure, holders.naming((0, 0)):
        raise Busy("said as it was")
    assert str(failure.value) == "said as it was"

"""Faults 26 and 40, as far as nothing else holds them: the power fails, and somebody leaves at the passphrase."""

import contextlib
import itertools
import os
import pty
import random
import re
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from copied import PROGRAM, ROOT, WRITING, notes, write
from making import Made
from whole import tables, text

from journal_cli.vault import verify
from journal_cli.vault.vault import Vault

SECTOR = 512  # bytes that a disk writes wholly or not at all
NOTES_BEFORE, NOTES = 5, 8
CUTS = 1000
CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
SEEN = re.compile(
    r'(?P<make>openat)\([^,]+, "(?P<made>[^"]*)", [^)]*O_CREAT[^)]*\) += \d'
    r'|pwrite64\(\d+<(?P<file>[^>]*)>, "(?P<content>[^"]*)", \d+, (?P<offset>\d+)\) += \d'
    r"|ftruncate\(\d+<(?P<cut>[^>]*)>, (?P<size>\d+)\) += 0"
    r"|f(?:data)?sync\(\d+<(?P<synced>[^>]*)>\) += 0"
    r'|unlink\("(?P<gone>[^"]*)"\) += 0'
    r'|write\(1<[^>]*>, "(?P<said>[^"]*)"'
)


def plain(shown: str) -> bytes:
    """What strace shows as `\\x2f\\x74`; names it may show as they are."""
    return bytes.fromhex(shown.replace("\\x", "")) if shown.startswith("\\x") else shown.encode()


@dataclass
class Disk:
    """
    What a disk is sure of, and what it was only told: until a file is synced any sector of it may be lost.

    The same holds for the names in the folder until that is synced; they come and go in order.
    """

    folder: str
    sure: dict[int, bytearray] = field(default_factory=dict)
    told: dict[int, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    sure_names: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    changes: list[tuple[str, int | None]] = field(default_factory=list)
    said: bytes = b""
    new: Iterator[int] = field(default_factory=itertools.count)

    @property
    def acknowledged(self) -> int:
        """How many notes the program has said it kept, after it said that it is ready."""
        return max(0, self.said.count(b"\n") - 1)

    def holds(self, name: str, content: bytes) -> None:
        number = next(self.new)
        self.sure[number], self.told[number] = bytearray(content), []
        self.sure_names[name] = self.names[name] = number

    def does(self, call: re.Match[str]) -> None:
        """One call of the program."""
        name = self._name(next((call[one] for one in ("made", "file", "cut", "synced", "gone") if call[one]), ""))
        if call["said"]:
            self.said += plain(call["said"])
        elif call["make"] and name and name not in self.names:
            number = self.names[name] = next(self.new)
            self.sure[number], self.told[number] = bytearray(), []
            self.changes.append((name, number))
        elif call["file"] and name:
            self.told[self.names[name]].append((int(call["offset"]), plain(call["content"])))
        elif call["cut"] and name:
            self.told[self.names[name]].append((int(call["size"]), None))
        elif call["gone"] and name:
            del self.names[name]
            self.changes.append((name, None))
        elif call["synced"]:
            self._syncs(name, plain(call["synced"]).decode())

    def _name(self, shown: str) -> str:
        path = plain(shown).decode()
        inside = path.startswith(f"{self.folder}/journal.db")
        return path.removeprefix(f"{self.folder}/") if inside else ""

    def _syncs(self, name: str, path: str) -> None:
        if name:
            number = self.names[name]
            for change in self.told[number]:
                applied(self.sure[number], change, lambda: True)
            self.told[number].clear()
        elif path == self.folder:
            self.sure_names = dict(self.names)
            self.changes.clear()

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files there are when the power comes back: what is sure, and by chance some of what was told."""
        names = dict(self.sure_names)
        for name, number in self.changes[: chance.randint(0, len(self.changes))]:
            names.pop(name, None)
            if number is not None:
                names[name] = number
        return {name: bytes(self._left(number, chance)) for name, number in names.items()}

    def _left(self, number: int, chance: random.Random) -> bytearray:
        content, kept = bytearray(self.sure[number]), chance.choice([0, 0.1, 0.5, 0.9, 1])
        for change in self.told[number]:
            applied(content, change, lambda: chance.random() < kept)
        return content


def applied(content: bytearray, change: tuple[int, bytes | None], arrives: Callable[[], bool]) -> None:
    """Write what arrives, sector by sector, or cut or stretch the file."""
    offset, written = change
    if written is None:
        if arrives():
            content[:] = content[:offset].ljust(offset, b"\0")
        return
    for start in range(0, len(written), SECTOR):
        if arrives():
            piece, place = written[start : start + SECTOR], offset + start
            content.extend(bytes(max(0, place - len(content))))
            content[place : place + len(piece)] = piece


@pytest.fixture
def calls(made: Made, tmp_path: Path) -> tuple[Disk, list[re.Match[str]]]:
    """The disk before a few notes are written by another process, and each call that process makes."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    write(made, *range(NOTES_BEFORE))
    disk, log = Disk(str(made.folder)), tmp_path / "calls"
    disk.holds("journal.db", made.database.read_bytes())
    program = PROGRAM.format(tests=str(Path(__file__).parent)) + WRITING
    key, journal = made.vault.master_key.hex(), made.vault.journal
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(log)]
    argv = [*strace, sys.executable, "-c", program, str(made.folder), key, journal, str(NOTES)]
    subprocess.run(argv, check=True, capture_output=True, cwd=ROOT, timeout=120)
    with log.open(encoding="utf-8") as lines:
        return disk, [seen for line in lines if (seen := SEEN.search(line))]


def opened_after(files: dict[str, bytes], made: Made, folder: Path) -> list[str]:
    """The notes of a journal with these files; every check of it passes."""
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    vault = Vault(folder, made.vault.journal, made.vault.master_key, "passphrase")
    with vault.open(1, lambda: [tables], memory_security=False) as database:
        found = [body for (body,) in database.read("SELECT body FROM note ORDER BY id")]
    checks = verify.checks(vault, verify.key_files(folder, bounds=made.bounds), watch=None, bounds=made.bounds)
    assert [check.name for check in checks if not check.ok and check.name not in verify.KEY_FILES] == []
    shutil.rmtree(folder)
    return found


def test_the_power_may_fail_at_any_moment_of_writing(
    calls: tuple[Disk, list[re.Match[str]]], made: Made, tmp_path: Path, rounds: Callable[[int], int]
) -> None:
    """Fault 26: a thousand cuts nightly, each at a random call, with a random part of what was not synced yet."""
    disk, made_calls = calls
    assert notes(made) == NOTES_BEFORE + NOTES
    chance = random.Random(26)
    moments = sorted(chance.randint(0, len(made_calls)) for _ in range(rounds(CUTS)))
    everything = [text(number) for number in (*range(NOTES_BEFORE), *range(NOTES))]
    done, rolled_back = 0, 0
    for moment in moments:
        for call in made_calls[done:moment]:
            disk.does(call)
        done = moment
        files = disk.after_a_cut(chance)
        rolled_back += "journal.db-journal" in files
        found = opened_after(files, made, tmp_path / "after")
        assert found == everything[: len(found)]
        assert NOTES_BEFORE + disk.acknowledged <= len(found) <= NOTES_BEFORE + disk.acknowledged + 1
    assert rolled_back > len(moments) / 10, "hardly a cut fell into a change"


def test_a_disk_that_was_never_synced_would_be_noticed(
    calls: tuple[Disk, list[re.Match[str]]], made: Made, tmp_path: Path
) -> None:
    """What the test above proves it proves only if a program that does not sync fails in it."""
    disk, made_calls = calls
    for call in made_calls:
        if not call["synced"]:
            disk.does(call)
    assert disk.acknowledged == NOTES

    fewer = 0
    for seed in range(20):
        try:
            fewer += len(opened_after(disk.after_a_cut(random.Random(seed)), made, tmp_path / f"{seed}")) < NOTES
        except Exception:  # noqa: BLE001  # damage in whatever form
            fewer += 1
    assert fewer


def echoes(screen: int) -> bool:
    return bool(termios.tcgetattr(screen)[3] & termios.ECHO)


@pytest.mark.parametrize("left", ["ctrl-c", signal.SIGTERM, signal.SIGHUP, "closed"], ids=str)
def test_a_terminal_left_at_the_passphrase_shows_what_is_typed_again(program, left) -> None:
    """Fault 40, at the passphrase: nothing of what was typed is on the screen, the echo is back, nothing runs on."""
    program("init")
    env = {name: value for name, value in program.env.items() if name != "JOURNAL_PASSPHRASE_COMMAND"} | {
        "TERM": "xterm"
    }
    process, screen = pty.fork()
    if process == 0:
        os.execvpe(program.argv[0], [*program.argv, "list"], env)  # noqa: S606  # no shell is wanted
    said, deadline = b"", time.monotonic() + 60
    while b"Passphrase" not in said or echoes(screen):
        assert time.monotonic() < deadline
        time.sleep(0.01)
        said += os.read(screen, 4096) if b"Passphrase" not in said else b""
    os.write(screen, b"lantern or")
    if left == "closed":
        os.close(screen)
    elif left == "ctrl-c":
        os.write(screen, b"\x03")
    else:
        os.kill(process, left)
    while not (ended := os.waitpid(process, os.WNOHANG))[0]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    if left == "closed":
        return
    assert os.waitstatus_to_exitcode(ended[1]) == 130
    assert echoes(screen)
    with contextlib.suppress(OSError):  # the end of what a terminal said, on Linux
        while more := os.read(screen, 4096):
            said += more
    assert b"lantern" not in said
    os.close(screen)

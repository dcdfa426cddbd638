"""Ended while somebody types, at any moment: the draft holds all but the last seconds, and nothing else holds it."""

import contextlib
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from watching import WATCH, files_with, forms, handed, holds

from journal_cli.records import drafts
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

PASSPHRASE = "lantern orchid velvet harbor quartz"
WAYS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)
AT_ONCE = 5  # pages that are open at the same time
LAST_SECONDS = 5.0
CANARY = "heron-over-the-weir"


@dataclass
class Typist:
    """Somebody who types numbered words on a page until it is ended."""

    folder: Path
    process: int
    screen: int
    typed: list[tuple[float, str]] = field(default_factory=list)
    said: bytes = b""
    ended_at: float = 0.0

    def sees(self, wanted: bytes, patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while wanted not in self.said:
            assert time.monotonic() < deadline, f"never said {wanted!r}"
            self.reads(0.2)

    def reads(self, wait: float = 0.0) -> None:
        if select.select([self.screen], [], [], wait)[0]:
            with contextlib.suppress(OSError):  # the other end is closed
                self.said += os.read(self.screen, 65536)

    def types(self, word: str) -> None:
        os.write(self.screen, f"{word} ".encode())
        self.typed.append((time.monotonic(), word))

    def is_ended_by(self, number: signal.Signals) -> None:
        self.ended_at = time.monotonic()
        os.kill(self.process, number)
        deadline = self.ended_at + 30
        while os.waitpid(self.process, os.WNOHANG) == (0, 0):
            assert time.monotonic() < deadline, f"{number.name} did not end it"
            self.reads(0.02)

    @property
    def echoes(self) -> bool:
        flags = termios.tcgetattr(self.screen)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    @property
    def draft(self) -> str:
        opened = vault.unlock(self.folder, PASSPHRASE, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
        with opened.open(STEP_COUNT, load_steps, memory_security=False) as db:
            found = drafts.latest(db, kind="free")
        return found.text if found else ""


def typist(program, home: Path, before: tuple[str, ...] = ()) -> Typist:
    """Open a page in a home of its own: what was last seen of a journal is kept in it."""
    folder = home / "journal"
    env = {**program.env, "HOME": str(home), "JOURNAL_HOME": str(folder), "TERM": "xterm-256color"}
    argv = [*before, *program.argv, "write"]
    process, screen = pty.fork()
    if process == 0:
        os.execvpe(argv[0], argv, env)  # noqa: S606  # the program itself
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return Typist(folder, process, screen)


def test_ended_at_any_moment_the_draft_holds_all_but_the_last_seconds(program, tmp_path: Path, rounds) -> None:
    program("init")
    chance = random.Random(6)
    for first in range(0, rounds(50, 10), AT_ONCE):
        there = []
        for number in range(first, first + AT_ONCE):
            home = tmp_path / f"home-{number}"
            shutil.copytree(program.home, home)
            there.append((typist(program, home), WAYS[number % len(WAYS)], chance.uniform(0.5, 9)))
        for one, _, _ in there:
            one.sees(b"Ctrl-D done")
        _type_until_ended(there)
        for one, number, _ in there:
            _check(one, number)
            os.close(one.screen)


def _type_until_ended(there: list[tuple[Typist, signal.Signals, float]]) -> None:
    begun, word = time.monotonic(), 0
    waiting = list(there)
    while waiting:
        word += 1
        for one, number, after in waiting:
            one.types(f"word{word}")
            one.reads()
            if time.monotonic() - begun > after:
                one.is_ended_by(number)
        waiting = [entry for entry in waiting if not entry[0].ended_at]
        time.sleep(0.03)


def _check(one: Typist, number: signal.Signals) -> None:
    kept, whole = one.draft, "".join(f"{word} " for _, word in one.typed)
    old = "".join(f"{word} " for at, word in one.typed if at < one.ended_at - LAST_SECONDS)
    assert whole.startswith(kept.rstrip("\n")), f"after {number.name} the draft holds what was not typed"
    assert kept.startswith(old), f"after {number.name} the draft lacks words typed more than five seconds before"
    if number is not signal.SIGKILL:
        assert one.echoes, f"after {number.name} the terminal does not show what is typed"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_what_is_typed_reaches_no_file_and_no_call_but_the_screens(
    program, tmp_path: Path, strace: tuple[str, ...], number: signal.Signals
) -> None:
    program("init")
    trace = tmp_path / "trace"
    one = typist(program, program.home, (*strace, *WATCH, str(trace)))
    one.sees(b"Ctrl-D done")
    one.types(CANARY)
    one.sees(CANARY.encode())
    time.sleep(3)  # until a draft was kept
    children = Path(f"/proc/{one.process}/task/{one.process}/children").read_text(encoding="ascii").split()
    os.kill(int(children[0]), number)
    deadline = time.monotonic() + 30
    while os.waitpid(one.process, os.WNOHANG) == (0, 0):
        assert time.monotonic() < deadline
        one.reads(0.05)
    os.close(one.screen)

    sought = forms(CANARY)
    assert one.draft.strip() == CANARY
    assert files_with([program.home, Path("/dev/shm")], sought) == []  # noqa: S108  # looked through, not written to
    seen = [call.place for call in handed(trace) if holds(call.content, sought)]
    assert seen, "the screen shows it, so the trace has to"
    assert all(place in {"stdout", "stderr", "/dev/tty"} or place.startswith("/dev/pts/") for place in seen), seen

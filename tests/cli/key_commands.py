"""The whole program with its commands about keys, in this process or on a terminal of its own."""

import contextlib
import os
import pty
import select
import signal
import sys
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from journal_cli.cli.front import Card
from journal_cli.cli.main import Journal, journal

KEYS = {"passphrase": "journal_cli.cli.passphrase:app", "recovery": "journal_cli.cli.recovery:app"}
PATIENCE = 60  # seconds

AT_TERMINAL = """
import sys
sys.path.insert(0, {folder!r})
from key_commands import app
from journal_cli.cli.desk import Desk
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
app(obj=Desk(cost=CHEAPEST, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST)), prog_name="journal")
"""


class Keys(Journal):
    """All commands, and those about keys."""

    cards = (
        *(card for card in Journal.cards if card.name not in KEYS),
        *(Card(name, target, "", "Keep") for name, target in KEYS.items()),
    )


app = typer.Typer(cls=Keys, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.callback(invoke_without_command=True)(journal)


@dataclass
class Terminal:
    """A command with somebody at its terminal."""

    process: int
    screen: int
    said: str = field(default="")
    read: int = 0
    code: int | None = None

    def until(self, words: str) -> "Terminal":
        """Read on until the screen has said these words, after those that were waited for before."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.said.find(words, self.read)) < 0:
            if not self._read(deadline):
                raise AssertionError(f"it never said {words!r}, but: {self.said[self.read :]!r}")
        self.read = found + len(words)
        return self

    def types(self, text: str, end: str = "\r") -> "Terminal":
        """Type a line."""
        os.write(self.screen, (text + end).encode())
        return self

    def hides(self, text: str) -> "Terminal":
        """Type a line that is not shown: what is typed before the echo is off would be forgotten."""
        deadline = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.screen)[3] & termios.ECHO:
            assert time.monotonic() < deadline, "the echo was never switched off"
            time.sleep(0.01)
        return self.types(text)

    def interrupts(self) -> "Terminal":
        """Press Ctrl-C until it ends; one that comes just before a line is read waits for the next key: a space."""
        end = time.monotonic() + PATIENCE
        key = "\x03"
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                self.types(key, end="")
            key = "\x03" if key == " " else " "
            moment = time.monotonic() + 1
            while self._read(moment):
                pass
            if time.monotonic() < moment:
                break
        return self.ends()

    def ends(self) -> "Terminal":
        """Wait for its end; what does not end is ended."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        if time.monotonic() >= deadline:
            os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        self.code = os.waitstatus_to_exitcode(status)
        os.close(self.screen)
        return self

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.screen], [], [], max(0, deadline - time.monotonic()))
        try:
            piece = os.read(self.screen, 65536) if ready else b""
        except OSError:
            piece = b""  # the other end is closed
        self.said += piece.decode()
        return bool(piece)


def at_terminal(folder: Any, home: Any, *args: str, **env: str) -> Terminal:
    """Begin a command on a terminal of its own."""
    code = AT_TERMINAL.format(folder=str(Path(__file__).parent))
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "JOURNAL_HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Warsaw",
        "TERM": "dumb",
        **env,
    }
    process, screen = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, "-c", code, *args], surroundings)  # noqa: S606  the program itself
    return Terminal(process, screen)

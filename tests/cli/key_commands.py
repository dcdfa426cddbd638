"""The whole program with its commands about keys, in this process or on a terminal of its own."""

import os
import pty
import select
import sys
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
    code: int | None = None

    def until(self, words: str) -> "Terminal":
        """Read on until the screen has said these words, from where it was last read."""
        begin, deadline = len(self.said), time.monotonic() + PATIENCE
        while words not in self.said[begin:]:
            if not self._read(deadline):
                raise AssertionError(f"it never said {words!r}, but: {self.said[begin:]!r}")
        return self

    def types(self, text: str, end: str = "\r") -> "Terminal":
        """Type a line."""
        time.sleep(0.15)  # after the words comes the switching off of the echo, which forgets what was typed before
        os.write(self.screen, (text + end).encode())
        return self

    def ends(self) -> "Terminal":
        """Wait for its end."""
        while self._read(time.monotonic() + PATIENCE):
            pass
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

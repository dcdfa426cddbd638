"""A command in the middle of a conversation: its standard input stays open, and it can be spoken to and stopped."""

import array
import contextlib
import fcntl
import os
import select
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from typing import Any, Self

PATIENCE = 60  # seconds
A_MOMENT = 0.3  # seconds; from reading a line to having put it by


class Held:
    """
    A running command.

    Args:
        argv: The command.
        env: Its environment.
        said: Makes what a command is said to have answered, of stdout, stderr and the exit code.
    """

    def __init__(self, argv: list[str], env: dict[str, str], said: Callable[[str, str, int], Any]) -> None:
        pipe = subprocess.PIPE
        # A group of its own, so that a signal meets the program and not the tests.
        self.process = subprocess.Popen(
            argv, stdin=pipe, stdout=pipe, stderr=pipe, env=env, bufsize=0, start_new_session=True
        )
        self._said = said
        self._talk = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()

    def until(self, words: str) -> Self:
        """Wait until it has said these words."""
        deadline = time.monotonic() + PATIENCE
        while words.encode() not in self._talk:
            ready, _, _ = select.select([self.process.stderr], [], [], max(0, deadline - time.monotonic()))
            piece = os.read(self.process.stderr.fileno(), 65536) if ready else b""
            assert piece, f"it never said {words!r}, but: {self._talk.decode()}"
            self._talk += piece
        return self

    def hears(self, text: str) -> Self:
        """Give it lines, and wait until it has read them."""
        os.write(self.process.stdin.fileno(), text.encode())
        waiting = array.array("i", [1])
        deadline = time.monotonic() + PATIENCE
        while waiting[0] and time.monotonic() < deadline:
            fcntl.ioctl(self.process.stdin.fileno(), termios.FIONREAD, waiting)
            time.sleep(0.01)
        time.sleep(A_MOMENT)
        return self

    def gets(self, number: signal.Signals) -> Any:
        """Send it a signal, and give how it ended."""
        os.killpg(self.process.pid, number)
        self.process.wait(PATIENCE)  # before its input is closed, so that it is the signal that ends it
        return self.ends()

    def ends(self) -> Any:
        """Wait for its end."""
        answer, talk = self.process.communicate(timeout=PATIENCE)
        return self._said(answer.decode(), (self._talk + talk).decode(), self.process.returncode)

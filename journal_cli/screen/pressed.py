"""Keys as they are pressed, with the names a reader needs, and what happens to the window between them."""

import codecs
import contextlib
import os
import re
import select
import signal
import sys
from collections.abc import Iterator
from enum import StrEnum
from types import FrameType

from journal_cli.screen.ask import Panic

if sys.platform != "win32":
    import termios
    import tty

IS_POSSIBLE = sys.platform != "win32"  # elsewhere keys come in other ways
PART = 0.05  # seconds in which the rest of a key comes
LEAVES_AT_ONCE = "\x18"  # Ctrl-X, twice

# What keys send: an escape sequence with parameters, one with a letter, or Alt with a key.
_SEQUENCE = re.compile(rb"\x1b(?:\[(?P<number>[0-?]*)[ -/]*(?P<final>[@-~])|O(?P<letter>.)|[^\[O\x1b])", re.DOTALL)


class Key(StrEnum):
    """What is no character: keys with names, and what happens meanwhile."""

    UP = "up"
    DOWN = "down"
    PAGE_UP = "page up"
    PAGE_DOWN = "page down"
    HOME = "home"
    END = "end"
    ESCAPE = "escape"
    OTHER = "other"
    RESIZED = "resized"
    STOPPED = "stopped"
    ALONE = "alone"  # nobody pressed a key for long
    GONE = "gone"  # the terminal is


_LETTERS = {b"A": Key.UP, b"B": Key.DOWN, b"H": Key.HOME, b"F": Key.END}
_NUMBERS = {b"1": Key.HOME, b"7": Key.HOME, b"4": Key.END, b"8": Key.END, b"5": Key.PAGE_UP, b"6": Key.PAGE_DOWN}
_NEWS = {signal.SIGWINCH: Key.RESIZED, signal.SIGTSTP: Key.STOPPED} if IS_POSSIBLE else {}


class Pressed:
    """
    Keys from standard input.

    Args:
        patience: Seconds to wait for a key; 0 for ever.
    """

    def __init__(self, patience: float = 0) -> None:
        self._source = sys.stdin.fileno()
        self._patience = patience or None
        self._read = b""
        self._one_more = False  # after the first of the two keys that leave at once
        self._news = 0

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Hear of other sizes of the window, and of being stopped, as of keys."""
        self._news, sent = os.pipe()
        os.set_blocking(sent, False)
        os.set_blocking(self._news, False)
        woken = signal.set_wakeup_fd(sent, warn_on_full_buffer=False)
        before = {number: signal.signal(number, _heard) for number in _NEWS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(woken)
            os.close(self._news)
            os.close(sent)

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator[None]:
        """Have keys come as they are pressed, and unseen."""
        before = termios.tcgetattr(self._source)
        tty.setcbreak(self._source, termios.TCSADRAIN)
        try:
            yield
        finally:
            with contextlib.suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(self._source, termios.TCSADRAIN, before)

    def key(self) -> str:
        """
        Wait for the next key, or for news.

        Returns:
            A character, or one of `Key`.

        Raises:
            Panic: If the person leaves at once.
        """
        while True:
            found = self._next() if self._read else self._awaited()
            if found == LEAVES_AT_ONCE:
                if self._one_more:
                    raise Panic("")
                self._one_more = True
            elif found:
                self._one_more = self._one_more and found in _NEWS.values()
                return found

    def _awaited(self) -> str:
        """Wait until something comes; what it is, unless it is the beginning of a key."""
        ready, _, _ = select.select([self._source, self._news], [], [], self._patience)
        if not ready:
            return Key.ALONE
        if self._news in ready:
            numbers = os.read(self._news, 1024)
            return next((key for number, key in reversed(_NEWS.items()) if number in numbers), "")
        return "" if self._more() else Key.GONE

    def _more(self) -> bool:
        """Read what has come; False if nothing will come any more."""
        try:
            more = os.read(self._source, 1024)
        except OSError:
            more = b""
        self._read += more
        return bool(more)

    def _next(self) -> str:
        """Take the next key off what was read."""
        while (whole := self._whole()) == 0:
            if not select.select([self._source], [], [], PART)[0] or not self._more():
                whole = len(self._read)  # a part of a key, and no more of it
                break
        raw, self._read = self._read[:whole], self._read[whole:]
        if raw[:1] != b"\x1b":
            return raw.decode(errors="replace")
        return _named(raw)

    def _whole(self) -> int:
        """Count the bytes of the first key; 0 if not all of them are here."""
        if self._read[:1] == b"\x1b":
            if self._read[:2] == b"\x1b\x1b":
                return 1
            found = _SEQUENCE.match(self._read)
            return found.end() if found else 0
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        return next((n for n in range(1, min(4, len(self._read)) + 1) if decoder.decode(self._read[n - 1 : n])), 0)


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Be woken; which signal it was stands in the pipe."""


def _named(raw: bytes) -> Key:
    found = _SEQUENCE.match(raw)
    if not found:
        return Key.ESCAPE
    if found["final"] == b"~":
        return _NUMBERS.get((found["number"] or b"").split(b";")[0], Key.OTHER)
    return _LETTERS.get(found["letter"] or found["final"] or b"", Key.OTHER)

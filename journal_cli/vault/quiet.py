"""Keeping every window out of a database file for a moment, whether SQLite can still read it or not."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from journal_cli.errors import Busy

if sys.platform != "win32":
    import fcntl

# Where SQLite keeps its locks in every database, and how many bytes of them: its file format document, "lock bytes".
_LOCK_START: Final = 0x40000000
_LOCK_SIZE: Final = 512
_PATIENCE: Final = 5.0  # seconds
_PAUSE: Final = 0.02  # seconds


@contextlib.contextmanager
def quiet(path: Path) -> Iterator[BufferedReader]:
    """
    Keep all other programs from reading or writing a database meanwhile, and give it open for reading.

    This program must neither have it open nor open it otherwise: POSIX gives up all locks on a file
    when any of the program's own descriptors of it is closed.

    Raises:
        Busy: If another window is using it for longer than five seconds.
        OSError: If the file cannot be opened.
    """
    if sys.platform == "win32":  # no such locks there
        with path.open("rb") as file:
            yield file
        return
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor, lock = os.open(path, os.O_RDWR | flags), fcntl.LOCK_EX
    except OSError:
        descriptor, lock = os.open(path, os.O_RDONLY | flags), fcntl.LOCK_SH  # where nobody can write
    with os.fdopen(descriptor, "rb") as file:
        _wait_for(descriptor, lock)
        yield file


def _wait_for(descriptor: int, lock: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.lockf(descriptor, lock | fcntl.LOCK_NB, _LOCK_SIZE, _LOCK_START)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > deadline:
                raise Busy("another window is using this journal") from None
            time.sleep(_PAUSE)
        except OSError:
            return  # a disk without such locks
        else:
            return

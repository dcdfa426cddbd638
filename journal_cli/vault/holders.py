"""Who is writing to a database just now: the system knows, without the file being opened."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from journal_cli.errors import Busy

_LOCKS: Final = Path("/proc/locks")


@contextlib.contextmanager
def naming(inode: tuple[int, int]) -> Iterator[None]:
    """
    Where another program keeps a database from being read or written, say which.

    Args:
        inode: The device and the number of the file.

    Raises:
        Busy: With the number of the process, if it is known.
    """
    try:
        yield
    except Busy:
        process = writer(inode)
        if process is None:
            raise
        raise Busy("another window is writing to this journal (process {process})", process=process) from None


def writer(inode: tuple[int, int]) -> int | None:
    """Give the process that holds a lock for writing; None if there is none, or the system does not tell."""
    if sys.platform != "linux":
        return None
    device, number = inode
    file = f"{os.major(device):02x}:{os.minor(device):02x}:{number}"
    try:
        lines = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    for line in lines:
        # 3: POSIX  ADVISORY  WRITE 1234 08:01:5678 1073741825 1073741825
        fields = [field for field in line.split() if field != "->"]
        if len(fields) > 5 and fields[1] == "POSIX" and fields[3] == "WRITE" and fields[5] == file:
            process = int(fields[4]) if fields[4].isdecimal() else 0
            if process not in {0, os.getpid()}:
                return process
    return None

"""The file of a pack: read whole, whatever stands at its path, and never waited for."""

import os
import stat
from pathlib import Path

from journal_cli.errors import NotWhatItSays, Refused
from journal_cli.journal.library import Library, Pack
from journal_cli.packs.pack import read_pack
from journal_cli.packs.source import LARGEST

NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # a pipe with nobody at its other end is opened all the same


def pack_content(file: Path) -> bytes:
    """
    Read a file that says it is a pack.

    Raises:
        NotWhatItSays: If it is a folder, a device or a pipe, or larger than a pack may be.
        Refused: If it is not there, or may not be read.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | NO_WAITING)
        try:
            _refuse_other(os.fstat(descriptor).st_mode, file.name)
            with os.fdopen(descriptor, "rb", closefd=False) as source:
                content = source.read(LARGEST + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):  # a ValueError for a name that no file can have
        raise Refused("{file} cannot be read", file=file.name, hint="check the path and its permissions") from None
    if len(content) > LARGEST:
        raise NotWhatItSays("{file} is larger than a pack may be (1 MiB)", file=file.name)
    return content


def _refuse_other(kind: int, name: str) -> None:
    if stat.S_ISDIR(kind):
        raise NotWhatItSays("{file} is a folder, not a pack", file=name)
    if not stat.S_ISREG(kind):
        raise NotWhatItSays(
            "{file} is not a file, so it is not a pack", file=name, hint="a pack is read from a file that stays"
        )


def pack_of(file: Path, known: Library) -> Pack:
    """
    Read a pack's file and hold it against every rule.

    Raises:
        NotWhatItSays: If anything is not as it should be.
        Refused: If the file cannot be read.
    """
    return read_pack(pack_content(file), file.name, known=known)

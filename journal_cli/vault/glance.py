"""
A glance into a journal that an agent holds open: for what must not ask, wait, or leave a trace.

It takes no lock and writes nothing, not even what opening would mend; so it sees nothing where
anybody writes, where a crash left something, or where a key file needs a look.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from journal_cli.errors import Busy
from journal_cli.vault import agent, agent_wire, copies, keyfile
from journal_cli.vault.database import Database, Meta
from journal_cli.vault.derive import database_salt
from journal_cli.vault.library import connect
from journal_cli.vault.process import prepare_process
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE

_SIDECARS: Final = ("-journal", "-wal", "-shm")


@contextlib.contextmanager
def glanced(folder: Path, runtime: Path, *, bounds: Bounds = READING) -> Iterator[Database | None]:
    """
    Look into a journal with the key that the agent holds; what was read counts only if this ends well.

    Args:
        folder: The journal's folder.
        runtime: The folder of the agent's socket.
        bounds: The costs that are accepted in a key file.

    Returns:
        The database, to read from and no more; None if no agent holds its key, or it is not at rest.

    Raises:
        Busy: At the end, if another window wrote meanwhile: what was read may be of before and after.
        Damaged, TooNew, Refused: If it cannot be read.
    """
    path = folder / DATABASE
    before = _at_rest(path)
    key, journal = _held(folder, runtime, bounds) if before else (None, "")
    if key is None:
        yield None
        return
    connection = connect(path, key=key, salt=database_salt(key), memory_security=True, untouched=True)
    with Database(connection, path, Meta(journal, 0, "")) as database:
        yield database
    if _at_rest(path) != before:
        raise Busy("another window is writing to this journal")


def _held(folder: Path, runtime: Path, bounds: Bounds) -> tuple[bytes | None, str]:
    """The key that the agent holds for a journal whose key files are whole and agree, and the journal's id."""
    if not agent_wire.is_own_socket(runtime / agent_wire.SOCKET):
        return None, ""
    found = copies.find(folder, bounds=bounds)
    key_file = found.key_file
    if key_file is None or key_file.pending is not None or found.to_mend:
        return None, ""
    prepare_process()
    key = agent.key_for(runtime, key_file.journal)
    if key is None or not keyfile.fits(key_file, key) or not keyfile.is_signed_by(key_file, key):
        return None, ""
    return key, key_file.journal


def _at_rest(path: Path) -> tuple[int, ...]:
    """What tells one state of a database's file from another; empty if it is none, or something lies beside it."""
    if path.is_symlink() or not path.is_file() or any(os.path.lexists(f"{path}{end}") for end in _SIDECARS):
        return ()
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns

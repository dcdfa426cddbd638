"""
What is looked at before SQLite may see a database file.

SQLite trusts what it is given: an empty file is an empty journal to it, a left-over log is
applied, a plaintext file is opened. Each of these is refused here by name, with the file
left as it was.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from journal_cli.errors import Damaged, JournalError, Refused, WrongKey
from journal_cli.vault.derive import SALT_SIZE, database_salt
from journal_cli.vault.disk import copy_aside, refusing
from journal_cli.vault.library import connect, is_not_a_database

if sys.platform != "win32":
    import fcntl

RECOVERY_FOLDER: Final = "recovery"
COPIES_KEPT: Final = 3
PAGE: Final = 4096  # bytes
EMPTY: Final = "the journal's file is empty"

_PLAIN: Final = b"SQLite format 3\0"
# Where SQLite keeps its locks in every database, and how many bytes of them: its file format document, "lock bytes".
_LOCK_START: Final = 0x40000000
_LOCK_SIZE: Final = 512
_BACKUP_HINT: Final = "nothing was changed; an earlier copy may be in the folder's backups"


@dataclass(frozen=True, slots=True)
class Looked:
    """
    What was seen of a database file from outside.

    Args:
        head: Its first sixteen bytes; empty if it is open here.
        copy: The folder with a copy of what a crash left; None if there was nothing left.
    """

    head: bytes
    copy: Path | None = None


def look_at(path: Path, *, open_here: bool) -> Looked:
    """
    Refuse what is not a closed, encrypted database, and keep a copy of what a crash left behind.

    Args:
        path: The database.
        open_here: This program has it open already. Then the sidecars are its own, and closing
            the file once more would drop its locks: only the names are looked at.

    Raises:
        Damaged: If it is missing, no ordinary file, empty, cut short, not encrypted, or has a log beside it.
        Refused: If it cannot be read, or there is no room for the copy.
    """
    with refusing():
        _refuse_strange(path)
        if open_here:
            return Looked(b"")
        with _reading(path) as database:
            head = _head(database)
            _refuse_log(path, database)
            journal = Path(f"{path}-journal")
            copy = _keep_what_a_crash_left(path, journal, database) if os.path.lexists(journal) else None
    return Looked(head, copy)


def is_writable(path: Path) -> bool:
    """Whether a database can be changed where it is: the file, and the folder its rollback journal is made in."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _refuse_strange(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise Damaged("{name} is missing", hint=_BACKUP_HINT, name=path.name) from None
    if not stat.S_ISREG(status.st_mode):
        raise Damaged(
            "{name} is {what}, not an ordinary file",
            hint="nothing was changed; move it away and put the journal's own file there",
            name=path.name,
            what=_kind(status.st_mode),
        )


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    return "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[BufferedReader]:
    """Open for reading, without following a link or waiting for a pipe that took the file's place meanwhile."""
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        # Writable if it may be: an exclusive lock, which tells a crash from a busy window, needs that.
        descriptor = os.open(path, os.O_RDWR | flags)
    except OSError:
        descriptor = os.open(path, os.O_RDONLY | flags)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _head(database: BufferedReader) -> bytes:
    size = os.fstat(database.fileno()).st_size
    head = database.read(SALT_SIZE)
    if size == 0:
        raise Damaged(EMPTY, hint=_BACKUP_HINT)
    if head == _PLAIN:
        raise Damaged("the journal's file is not encrypted: it is not the one that was here", hint=_BACKUP_HINT)
    if size < PAGE:
        raise Damaged("the journal's file was cut short", hint=_BACKUP_HINT)
    return head


def _refuse_log(path: Path, database: BufferedReader) -> None:
    """A `-wal` is never ours: applying one that is damaged or stale loses entries without a word."""
    logs = [log for log in (Path(f"{path}-wal"), Path(f"{path}-shm")) if os.path.lexists(log)]
    if not logs:
        return
    with contextlib.ExitStack() as files:
        ordinary = [log for log in logs if log.is_file() and not log.is_symlink()]
        found = {log.name: files.enter_context(log.open("rb")) for log in ordinary}
        if found:
            originals = {path.name: database, **found}
            with contextlib.suppress(Refused):  # a full or read-only disk: the sentence below matters more
                copy_aside(path.parent / RECOVERY_FOLDER, originals, mark=ordinary[0].name, keep=COPIES_KEPT)
    raise Damaged(
        "{name} lies beside the journal: another program has had it open",
        hint="close that program; if the file stays, move it out of the folder",
        name=logs[0].name,
    )


def _keep_what_a_crash_left(path: Path, journal: Path, database: BufferedReader) -> Path | None:
    """
    Copy the database and its rollback journal aside before SQLite rolls back.

    After a crash that is right, and the copy is never needed. A journal that a sync program put
    back from last week looks the same, and would destroy the file.
    """
    if not stat.S_ISREG(journal.lstat().st_mode):
        raise Damaged(
            "{name} is {what}, not an ordinary file",
            hint="nothing was changed; move it out of the folder",
            name=journal.name,
            what=_kind(journal.lstat().st_mode),
        )
    if not _is_hot(database):
        return None
    try:
        with journal.open("rb") as rollback:
            originals = {path.name: database, journal.name: rollback}
            return copy_aside(path.parent / RECOVERY_FOLDER, originals, mark=journal.name, keep=COPIES_KEPT)
    except FileNotFoundError:
        return None  # its window has finished in this very moment


def _is_hot(database: BufferedReader) -> bool:
    """
    Whether nobody is using the database just now, so that a rollback journal beside it comes from a crash.

    If so, nobody can begin to before the file is closed.
    """
    if sys.platform == "win32":
        return True  # no such locks there: better one copy too many
    try:
        fcntl.lockf(database.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_SIZE, _LOCK_START)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file we may only read, or a disk without locks: better one copy too many
    return True


def let_in(path: Path, looked: Looked, master_key: bytes, *, vouched: bool, memory_security: bool) -> dbapi2.Connection:
    """
    Connect to a database that was looked at.

    Args:
        path: The database.
        looked: What `look_at` gave.
        master_key: 32 bytes.
        vouched: A key file says that this key is this journal's.
        memory_security: See `library.connect`.

    Raises:
        Damaged, WrongKey: If the key does not fit the first page.
        Busy, Refused: As `library.connect` says.
    """
    salt = database_salt(master_key)
    try:
        return connect(path, key=master_key, salt=salt, memory_security=memory_security)
    except JournalError as error:
        if is_not_a_database(error):
            raise _no_way_in(looked.head == salt, vouched=vouched) from None
        raise


def _no_way_in(salt_fits: bool, *, vouched: bool) -> Damaged | WrongKey:
    """Tell a damaged first page from a file, or a key, of another journal."""
    if salt_fits:
        return Damaged(
            "the first page of the journal's file is damaged",
            hint="the words are right; `journal verify` says what can be saved",
        )
    if vouched:
        return Damaged(
            "the journal's file does not belong to its key file, or its beginning is damaged",
            hint="nothing was changed; an earlier copy may be in the folder's backups",
        )
    return WrongKey("this is a recovery key, but of another journal", hint="look for the paper with this journal's key")

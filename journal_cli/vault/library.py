"""The encryption library: how old it may be, how it is told the key, and what its failures mean."""

import contextlib
import ctypes
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlcipher3 import dbapi2

from journal_cli.errors import Busy, Damaged, JournalError, Refused
from journal_cli.vault.derive import MASTER_KEY_SIZE, SALT_SIZE
from journal_cli.vault.disk import full_disk

Version = tuple[int, ...]

OLDEST_SQLITE: Final = (3, 53, 3)  # below: memory corruption in full-text search, CVE-2026-11822 and -11824
OLDEST_CIPHER: Final = (4, 17, 0)
PATIENCE: Final = 5.0  # seconds to wait for another window's transaction
UNSAID: Final = 1.0  # seconds of them before anything is said

READ_ONLY: Final = "this journal can be read here, but not written"
READ_ONLY_HINT: Final = "look at who owns it, and whether the disk is read-only"

_NOTADB: Final = 26
_CONFIG_LOOKASIDE: Final = 13  # sqlite3.h
_PIECE, _PIECES = 1200, 400  # bytes, the library's own size; how many a connection uses at once
_CACHE: Final = 512  # KiB of pages; each is wiped and unlocked at the end, which takes longer than reading it again
_PRIMARY: Final = 0xFF  # the low byte of an extended code is the plain one


def connect(
    path: Path, *, key: bytes, salt: bytes, memory_security: bool, untouched: bool = False
) -> dbapi2.Connection:
    """
    Open a database that exists, with the settings every connection has; of the file the schema is read.

    Args:
        path: The database.
        key: 32 bytes.
        salt: 16 bytes; given with the key, so that the copy at the head of the file is not needed.
        memory_security: Lock and wipe the library's own memory. Costs about 1 ms at opening and
            makes bulk writing six times slower; once on, it stays on until the program ends.
        untouched: Read a copy that nobody changes, as it is: no locks, and a rollback journal beside it is left alone.

    Raises:
        Refused: If the library is too old or lacks what the journal stands on, or the file cannot be opened.
    """
    with explaining():
        connection = dbapi2.connect(
            f"file:{quote(str(path.absolute()))}?{'mode=ro&immutable=1' if untouched else 'mode=rw'}",
            uri=True,
            isolation_level=None,
            timeout=PATIENCE,
        )
        try:
            refuse_library(connection)
            # First, and for the whole process: a wrong key would otherwise print three lines on stderr.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(_key_pragma(key, salt))
            for setting in _settings():
                connection.execute(f"PRAGMA {setting}")
            if memory_security:
                _secure_memory(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _secure_memory(connection: dbapi2.Connection) -> None:
    """
    Lock and wipe what the library reads from now on.

    The settings made it read the schema: thousands of small pieces, in which nothing of the person's stands, and
    which would take longer to lock than everything else at opening. The pages it stood on are given back, so that
    those that follow are locked; the key lies in memory that the library locks in any case.
    """
    connection.execute("PRAGMA cipher_memory_security = ON")
    connection.execute("PRAGMA shrink_memory")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _give_room() -> None:
    """
    Let each connection keep its small pieces of memory in one block of its own.

    With memory security on, every piece is otherwise locked and unlocked by the system, about a thousand
    times for each entry: that made an entry three times as dear. The block is wiped as a whole.
    The library takes this before it opens anything, and only from C; where that cannot be, it is slower.
    """
    extension = getattr(sys.modules.get("sqlcipher3._sqlite3"), "__file__", None)
    if sys.platform != "linux" or extension is None:
        return  # elsewhere C functions with open argument lists are called in ways of their own
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(extension)
        if library.sqlite3_shutdown() == dbapi2.SQLITE_OK:
            library.sqlite3_config(_CONFIG_LOOKASIDE, _PIECE, _PIECES)
        library.sqlite3_initialize()


_give_room()


def refuse_library(
    connection: dbapi2.Connection, *, sqlite: Version = OLDEST_SQLITE, cipher: Version = OLDEST_CIPHER
) -> None:
    """
    Refuse a library with known faults, without encryption, or with temporary files on the disk.

    Raises:
        Refused: If it is one of these.
    """
    hint = "install the package sqlcipher3 anew; nothing was changed"
    answer = connection.execute("PRAGMA cipher_version").fetchone()
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if answer is None or "HAS_CODEC" not in options:
        raise Refused("the database library on this computer cannot encrypt", hint=hint)
    if not options & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        raise Refused("the database library on this computer would write temporary files in the clear", hint=hint)
    found = tuple(int(part) for part in answer[0].split()[0].split("."))
    if dbapi2.sqlite_version_info < sqlite or found < cipher:
        raise Refused(
            "the database library on this computer is too old (SQLite {sqlite}, SQLCipher {cipher})",
            hint=hint,
            sqlite=dbapi2.sqlite_version,
            cipher=answer[0],
        )


@contextlib.contextmanager
def explaining(has_values: bool = False) -> Iterator[None]:
    """
    Turn the library's failures into ours, none of which holds a value.

    A statement that breaks a rule of its table (IntegrityError) is passed on: it names columns only.

    Args:
        has_values: The statement was given values, so its own message may quote them, and is dropped.

    Raises:
        Busy: If another window is writing for longer than five seconds.
        Refused: If the disk is full, read-only or failing, or memory is short.
        Damaged: If a page of the file is damaged, or the file is another one.
        RuntimeError: If the statement itself is wrong, which is a bug.
    """
    try:
        yield
    except dbapi2.IntegrityError:
        raise
    except dbapi2.Error as error:
        raise _explained(error, has_values=has_values) from None


def is_not_a_database(error: JournalError) -> bool:
    """Whether a failure means that the key does not fit the first page, by damage or by being another's."""
    return error.values.get("code") == _NOTADB


def _explained(error: Any, *, has_values: bool) -> JournalError | RuntimeError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    failure = _failure(code)
    if failure is not None:
        return failure
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    return RuntimeError(f"the database refused a statement: {name}" if has_values else f"{name}: {error}")


def _failure(code: int) -> JournalError | None:
    """What one of SQLite's plain result codes means to the journal; None if it means a bug."""
    match code:
        case 5 | 6:  # BUSY, LOCKED
            failure: JournalError | None = Busy("another window is writing to this journal")
        case 13:  # FULL
            failure = full_disk()
        case 3 | 8:  # PERM, READONLY
            failure = Refused(READ_ONLY, hint=READ_ONLY_HINT)
        case 10 | 14:  # IOERR, CANTOPEN
            hint = "see whether it has space left and is still connected"
            failure = Refused("the disk could not be read or written", hint=hint)
        case 7:  # NOMEM
            failure = Refused("there is too little free memory", hint="close other programs, then try again")
        case 11 | 26:  # CORRUPT, NOTADB
            hint = "`journal verify` says which, and what can be saved"
            failure = Damaged("a part of the journal's file is damaged", hint=hint, code=code)
        case _:
            failure = None
    return failure


def _key_pragma(key: bytes, salt: bytes) -> str:
    """Anything but 96 digits would silently be taken for a passphrase, so the sizes are checked here."""
    if len(key) != MASTER_KEY_SIZE or len(salt) != SALT_SIZE:
        raise ValueError("SQLCipher is given 32 bytes of key and 16 of salt")
    return f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\""


def _settings() -> tuple[str, ...]:
    """The opening recipe, in its order."""
    return (
        "temp_store = MEMORY",
        "journal_mode = DELETE",  # not WAL: one damaged byte in its sidecar loses saved entries without a word
        "synchronous = EXTRA",  # FULL does not sync the folder after the journal is unlinked
        *(("fullfsync = ON",) if sys.platform == "darwin" else ()),
        "foreign_keys = ON",
        # The triggers that keep the rows' sum call a function of ours. Every page is authenticated, so is the schema.
        "trusted_schema = ON",
        "recursive_triggers = ON",  # otherwise a row that REPLACE takes away is taken away without them
        "secure_delete = ON",
        "mmap_size = 0",
    )


def begin(connection: dbapi2.Connection, waiting: Callable[[], None] | None) -> None:
    """
    Begin to write; after a second in another window's way, `waiting` is called once and the waiting goes on.

    The library tells nobody that it waits, so the time is given to it in two parts.
    """
    first = min(UNSAID, PATIENCE)
    try:
        connection.execute(f"PRAGMA busy_timeout = {round(first * 1000)}")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except dbapi2.OperationalError as failure:
            if getattr(failure, "sqlite_errorcode", 0) & _PRIMARY != dbapi2.SQLITE_BUSY:
                raise
            if waiting is not None:
                waiting()
            connection.execute(f"PRAGMA busy_timeout = {round((PATIENCE - first) * 1000)}")
            connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")

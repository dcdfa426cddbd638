"""
What is done about a rollback journal that lay beside the database when it was opened.

After a crash it holds the pages as they were before the change that was cut off, and SQLite
puts them back. A journal that a sync program put back from last week looks the same, and
putting its pages back destroys the file. So the outcome is checked; if it is not sound, and
the copy taken before is, the copy's content is put in its place, through SQLite and its locks.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from journal_cli.errors import JournalError
from journal_cli.vault import free_pages, integrity
from journal_cli.vault.integrity import State
from journal_cli.vault.library import connect, explaining
from journal_cli.vault.seen import Settled

Connect = Callable[..., dbapi2.Connection]


def settle(path: Path, copy: Path, *, key: bytes, salt: bytes, is_older: Callable[[State | None], bool]) -> Settled:
    """
    See what the rollback made of the database, and undo it if it destroyed it.

    Args:
        path: The database; its rollback journal is applied here.
        copy: The database as it was before.
        key: The master key.
        salt: The sixteen bytes that go with it.
        is_older: Tells whether a state is older than one that was seen here.

    Returns:
        `recovered` if all is well after the rollback, `restored` if the copy was put back, and
        nothing if neither is sound.
    """
    with closing(connect(path, key=key, salt=salt, memory_security=False)) as connection:
        now = _sound(connection)
        if now is not None:
            with suppress(JournalError):  # a full disk, another window: nothing depends on them
                free_pages.write_anew(connection)
    if now is not None and not is_older(now):
        return "recovered"
    with closing(connect(copy, key=key, salt=salt, memory_security=False, untouched=True)) as original:
        before = _sound(original)
        if before is None or is_older(before) or (now is not None and before.epoch < now.epoch):
            return "recovered" if now is not None else ""
        with closing(connect(path, key=key, salt=salt, memory_security=False)) as connection:
            try:
                with explaining():
                    original.backup(connection)
            except (JournalError, RuntimeError):
                return ""
    return "restored"


def _sound(connection: dbapi2.Connection) -> State | None:
    """The state of a database that is whole in itself; None if it is not, or says nothing of itself."""
    try:
        with explaining():
            connection.execute("BEGIN")
            kept = integrity.state(connection)
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if kept is None or not sound or not integrity.register(connection) or integrity.debt(connection):
                return None
            connection.execute("COMMIT")
    except (JournalError, RuntimeError):
        return None
    return kept

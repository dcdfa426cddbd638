"""How a journal that is being opened stands to what is known of it from elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from journal_cli.errors import Damaged
from journal_cli.vault import integrity, seen
from journal_cli.vault.derive import database_salt
from journal_cli.vault.integrity import State
from journal_cli.vault.library import explaining
from journal_cli.vault.opening import EMPTY, Looked, is_writable, look_at
from journal_cli.vault.seen import Held, Seen, Settled, Watch
from journal_cli.vault.settling import settle


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How an opened journal stands to what is known of it.

    Args:
        held: Why it can only be read; empty if it can be changed.
        seen: What was last seen here, if anything was.
        older_keys: The key file is older than the one last seen.
        settled: What was done about a left-over rollback journal.
    """

    held: Held = ""
    seen: Seen | None = None
    older_keys: bool = False
    settled: Settled = ""


def known(watch: Watch | None, master_key: bytes, journal: str | None) -> Seen | None:
    """Give what was last seen of a journal here, if anything is known."""
    if watch is None or journal is None:
        return None
    return seen.read(watch.path, master_key=master_key, journal=journal)


def looked_at(path: Path, last: Seen | None, *, open_here: bool) -> Looked:
    """
    Look at a database from outside; an empty one is said to be so with what is remembered of it.

    Raises:
        Damaged, Refused: As `opening.look_at` says.
    """
    try:
        return look_at(path, open_here=open_here)
    except Damaged as damaged:
        if damaged.template != EMPTY or last is None or not last.day:
            raise
        raise Damaged(
            "the journal's file is empty; when it was last seen here, on {day}, it held {entries} entries",
            hint=damaged.hint_template,
            day=last.day,
            entries=last.entries,
        ) from None


def settled(path: Path, copy: Path, master_key: bytes, last: Seen | None) -> Settled:
    """Let SQLite roll back what a crash left, and see what came of it; `copy` holds the files as they were."""

    def is_older(state: State | None) -> bool:
        return last is not None and seen.held(last, state, key_epoch=last.key_epoch) == "older"

    return settle(path, copy / path.name, key=master_key, salt=database_salt(master_key), is_older=is_older)


def compared(
    connection: dbapi2.Connection,
    path: Path,
    last: Seen | None,
    watch: Watch | None,
    *,
    key_epoch: int,
    settled: Settled | None,
) -> Standing:
    """Compare an open database with what is known of it, and let its connection change rows."""
    with explaining():
        connection.execute("BEGIN")  # one view of it, whatever another window does
        state = integrity.state(connection)
        is_whole = settled != "" and (state is None or integrity.is_covered(connection))
        integrity.register(connection)
        connection.execute("COMMIT")
    held = seen.held(last, state, key_epoch=key_epoch)
    if not held and not is_whole:
        held = "altered"
    if not held and not is_writable(path):
        held = "unwritable"
    older_keys = last is not None and watch is not None and 0 < watch.key_seq < last.key_seq
    return Standing(held, last if last and last.day else None, older_keys=older_keys, settled=settled or "")


def noting(watch: Watch | None, last: Seen | None, master_key: bytes) -> Callable[[Any], None]:
    """Give what is done with a `Database` when it is closed: note its state, if it is a newer one."""

    def note(database: Any) -> None:
        state = database.state
        if watch is None or state is None or database.standing.held not in {"", "unwritable"}:
            return
        key_epoch, key_seq = database.meta.key_epoch, max(watch.key_seq, last.key_seq if last else 0)
        if last and (last.state, last.key_seq, last.key_epoch) == (state, key_seq, key_epoch):
            return
        day = watch.today.isoformat()
        now = Seen(state.epoch, state.set_hash, key_epoch, key_seq, entries=watch.count(database), day=day)
        seen.write(watch.path, now, master_key=master_key, journal=database.meta.journal)

    return note

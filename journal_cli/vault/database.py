"""
The encrypted database: opening it, reading it, changing it.

It knows nothing of what is written. Its own table `meta` says which journal it is; all
other tables come from the steps it is given.
"""

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from sqlcipher3 import dbapi2

from journal_cli.errors import Damaged, JournalError, Refused, TooNew
from journal_cli.vault import integrity, standing
from journal_cli.vault.derive import database_salt
from journal_cli.vault.disk import PRIVATE_FILE, refusing
from journal_cli.vault.holders import naming
from journal_cli.vault.integrity import State
from journal_cli.vault.library import READ_ONLY, READ_ONLY_HINT, begin, connect, explaining
from journal_cli.vault.opening import is_writable, let_in
from journal_cli.vault.seen import Watch
from journal_cli.vault.standing import Standing

APPLICATION_ID: Final = 0x6A636C69  # "jcli"
META_FORMAT: Final = "1"

Step = Callable[[dbapi2.Connection], None]

_META: Final = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
_HELD_HINT: Final = "`journal verify` says more, and `journal verify --accept` goes on with it as it is"
# SQLite's file locks belong to the process: what it has open must not be opened and closed on the side.
_open_here: Final[Counter[tuple[int, int]]] = Counter()


@dataclass(frozen=True, slots=True)
class Steps:
    """
    The steps that make the tables, in order; steps are added, never edited.

    Args:
        count: How many there are.
        load: Fetches them; called only if some are unseen.
        before: Called with an older database before its unseen steps, to back it up.
    """

    count: int
    load: Callable[[], Sequence[Step]]
    before: Callable[["Database"], None] | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What a database says of itself: the journal's id, its key epoch, and the day it was made."""

    journal: str
    key_epoch: int
    created: str


class Database:
    """
    An open, encrypted database.

    Use it in a `with` statement, or close it. Every failure of the disk, of other windows and
    of damage is one of the journal's own; none holds a value.
    """

    def __init__(self, connection: dbapi2.Connection, path: Path, meta: Meta) -> None:
        self.connection = connection  # for schema steps; everyday reading and changing goes through the methods
        self.path = path
        self.meta = meta
        self.standing = Standing()
        self._note: Callable[[Database], None] | None = None
        self._schema_version = 0
        self._inode = _inode(path)
        self.waiting: Callable[[], None] | None = None  # called when another window has been in the way for a second
        self._depth = 0
        self._closed = False
        _open_here[self._inode] += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; what was not committed is undone."""
        if not self._closed:
            self._closed = True
            with contextlib.suppress(JournalError, RuntimeError):
                if self._note is not None and not self.connection.in_transaction:
                    self._note(self)
            self.connection.close()
            _open_here[self._inode] -= 1

    def take_standing(self, standing: Standing, note: Callable[["Database"], None] | None) -> None:
        """Take up what was found at opening, and what is noted at closing."""
        self.standing = standing
        self._note = note
        self._schema_version = int((self.one("PRAGMA schema_version") or (0,))[0])

    def accept(self) -> None:
        """
        Take the rows as they are for right, whatever was seen before: the person has decided so.

        Raises:
            Damaged, Busy, Refused: As `changing` says; damaged rows cannot be accepted.
        """
        before, self.standing = self.standing, Standing(seen=self.standing.seen)
        try:
            with self.changing(), explaining():
                integrity.cover(self.connection)
        except BaseException:
            self.standing = before
            raise

    @property
    def state(self) -> State | None:
        """What its rows are just now; None in a journal made before that was kept."""
        with explaining():
            return integrity.state(self.connection)

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with explaining(bool(params)):
            return self.connection.execute(sql, params).fetchall()  # type: ignore[no-any-return]  # untyped library

    def one(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with explaining(bool(params)):
            return self.connection.execute(sql, params).fetchone()  # type: ignore[no-any-return]  # untyped library

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one after another, however many they are."""
        with explaining(bool(params)):
            yield from self.connection.execute(sql, params)

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """
        Change something; call it inside `changing`.

        Returns:
            How many rows were changed.
        """
        self._must_be_changing()
        with explaining(bool(params)):
            return self.connection.execute(sql, params).rowcount  # type: ignore[no-any-return]  # untyped library

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """
        Change something once for each row of values; call it inside `changing`.

        Returns:
            How many rows were changed.
        """
        self._must_be_changing()
        with explaining(has_values=True):
            return self.connection.executemany(sql, rows).rowcount  # type: ignore[no-any-return]  # untyped library

    @contextlib.contextmanager
    def changing(self) -> Iterator[Self]:
        """
        All of it or nothing: what is changed inside is on the disk when the block has ended.

        One inside another joins it; if the inner one fails, its own part is undone at once.

        Raises:
            Damaged: If the journal is older than what was seen here, or altered, and the person has not decided.
            Busy: If another window is writing for longer than five seconds.
            Refused: If the disk is full, read-only or failing. Nothing was saved then.
        """
        self._must_not_be_held()
        name = f"part_{self._depth}"
        outermost = self._depth == 0
        with naming(self._inode), explaining():
            if outermost:
                begin(self.connection, self.waiting)
            else:
                self.connection.execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield self
            if outermost:
                self._see_that_every_table_is_covered()
            with explaining():
                self.connection.execute("COMMIT" if outermost else f"RELEASE {name}")
        except BaseException:
            # SQLite has undone everything by itself if the disk was full.
            if self.connection.in_transaction:
                with explaining():
                    self.connection.execute("ROLLBACK" if outermost else f"ROLLBACK TO {name}")
                    if not outermost:
                        self.connection.execute(f"RELEASE {name}")
            raise
        finally:
            self._depth -= 1

    def _see_that_every_table_is_covered(self) -> None:
        """Tables made outside of the schema steps, in a change of their own, are not forgotten either."""
        with explaining():
            (version,) = self.connection.execute("PRAGMA schema_version").fetchone()
            if version == self._schema_version:
                return
            if integrity.state(self.connection) is not None and not integrity.is_covered(self.connection):
                integrity.cover(self.connection)
                (version,) = self.connection.execute("PRAGMA schema_version").fetchone()
        self._schema_version = version

    def _must_not_be_held(self) -> None:
        if self.standing.held == "unwritable":
            raise Refused(READ_ONLY, hint=READ_ONLY_HINT)
        if self.standing.held:
            raise _held(self.standing.held)

    def _must_be_changing(self) -> None:
        if self._depth == 0:
            raise RuntimeError("a change was tried outside of changing()")


def _held(why: str) -> Damaged:
    """Say why nothing may be changed until the person has decided."""
    if why == "older":
        return Damaged("nothing was changed: this journal is older than the one last seen here", hint=_HELD_HINT)
    if why == "other":
        return Damaged("nothing was changed: this journal is not the one last seen here", hint=_HELD_HINT)
    return Damaged("nothing was changed: a part of this journal is not as it was written", hint=_HELD_HINT)


def create(path: Path, *, master_key: bytes, journal: str, today: date) -> None:
    """
    Make a new database that holds its `meta` table and nothing else, and close it.

    Raises:
        Refused: If something is there already, or the disk refuses.
    """
    with refusing():
        # Private before SQLite writes to it; its journal takes the same rights.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    connection = connect(path, key=master_key, salt=database_salt(master_key), memory_security=False)
    try:
        with explaining(has_values=True):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(_META)
            rows = {"format": META_FORMAT, "journal": journal, "key_epoch": "1", "created": today.isoformat()}
            connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", list(rows.items()))
            integrity.cover(connection, row_key=os.urandom(integrity.ROW_KEY_SIZE))
            connection.execute("COMMIT")
    finally:
        connection.close()


def open_database(
    path: Path,
    *,
    master_key: bytes,
    journal: str | None,
    steps: Steps | None = None,
    memory_security: bool = True,
    watch: Watch | None = None,
) -> Database:
    """
    Open a database, see that it is the right one, and apply the steps it has not seen; `standing` says what to know.

    Args:
        path: The database.
        master_key: 32 bytes.
        journal: The id it has to have, or None if only the database knows.
        steps: The steps that make the tables; None to look at `meta` only.
        memory_security: See `library.connect`.
        watch: How it is compared with what was last seen here.

    Raises:
        Damaged: If it is damaged, not encrypted, of another journal, or of another program.
        WrongKey: If the key is of another journal and no key file had vouched for it.
        TooNew: If a newer version of this program has changed it. It is left untouched.
        Busy, Refused: If another window is writing for longer than five seconds; if the disk or the library refuses.
    """
    known = standing.known(watch, master_key, journal)
    looked = standing.looked_at(path, known, open_here=_open_here[_inode(path)] > 0)
    settled = None if looked.copy is None else standing.settled(path, looked.copy, master_key, known)
    with naming(_inode(path)):
        connection = let_in(path, looked, master_key, vouched=journal is not None, memory_security=memory_security)
    with contextlib.ExitStack() as undo:
        undo.callback(connection.close)  # closing twice does no harm
        database = Database(connection, path, _meta(connection, journal))
        undo.callback(database.close)
        found = standing.compared(connection, path, known, watch, key_epoch=database.meta.key_epoch, settled=settled)
        _bring_up_to_date(database, steps, is_newer=found.held in {"", "unwritable"})
        database.take_standing(found, standing.noting(watch, known, master_key))
        undo.pop_all()
    return database


def _inode(path: Path) -> tuple[int, int]:
    with contextlib.suppress(OSError):
        status = path.lstat()
        return status.st_dev, status.st_ino
    return 0, 0


def _meta(connection: dbapi2.Connection, journal: str | None) -> Meta:
    """Read what the database says of itself; nothing else in it is believed before."""
    strange = Damaged("this file was not made by journal-cli", hint="nothing was changed")
    with explaining():
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise strange
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone() is None:
            raise strange
        rows = dict(connection.execute("SELECT name, value FROM meta"))
    if not {"format", "journal", "key_epoch", "created"} <= rows.keys() or not rows["key_epoch"].isdecimal():
        raise strange
    if rows["format"] != META_FORMAT:
        raise TooNew("this journal was changed by a newer version of the program")
    if journal is not None and rows["journal"] != journal:
        raise Damaged(
            "the file belongs to another journal ({other}…, not {journal}…)",
            hint="nothing was changed; put back the key file or the database that belongs to it",
            other=rows["journal"][:8],
            journal=journal[:8],
        )
    return Meta(journal=rows["journal"], key_epoch=int(rows["key_epoch"]), created=rows["created"])


def _bring_up_to_date(database: Database, steps: Steps | None, *, is_newer: bool) -> None:
    """Apply the unseen steps, if there are some."""
    if steps is not None:
        _apply_unseen(database, steps, is_newer=is_newer)


def _apply_unseen(database: Database, steps: Steps, *, is_newer: bool) -> None:
    """Apply the unseen steps in one transaction: all of them, or none."""
    seen_steps = _seen(database)
    if seen_steps > steps.count:
        raise TooNew("this journal was changed by a newer version of the program")
    if seen_steps == steps.count:
        if database.state is None and is_writable(database.path):
            with database.changing(), explaining():
                integrity.covered_after(database.connection, lambda: None, is_newer=is_newer)
        return
    if seen_steps and steps.before is not None:
        steps.before(database)
    unseen = steps.load()
    if len(unseen) != steps.count:
        raise RuntimeError(f"{steps.count} steps were announced, {len(unseen)} came")
    with database.changing():
        seen_steps = _seen(database)  # anew: another window may have been faster
        if seen_steps > steps.count:
            raise TooNew("this journal was changed by a newer version of the program")

        def apply() -> None:
            with _kept_in_one_transaction(database.connection):
                for step in unseen[seen_steps:]:
                    step(database.connection)

        if seen_steps < steps.count:
            with explaining():
                integrity.covered_after(database.connection, apply, is_newer=is_newer)
            database.run(f"PRAGMA user_version = {steps.count}")


def _seen(database: Database) -> int:
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0


@contextlib.contextmanager
def _kept_in_one_transaction(connection: dbapi2.Connection) -> Iterator[None]:
    """Let no step begin, commit or roll back; savepoints, which sqlite-utils uses inside a transaction, are free."""

    def allow(action: int, *_: object) -> int:
        return int(dbapi2.SQLITE_DENY if action == dbapi2.SQLITE_TRANSACTION else dbapi2.SQLITE_OK)

    connection.set_authorizer(allow)
    try:
        yield
    finally:
        connection.set_authorizer(None)

"""
Every check the vault knows, one after another, each on a connection of its own.

SQLCipher's page check, SQLite's and the search index's own see damage; the sum over all rows
sees pages that are whole but older; the record of what was last seen sees a whole older file.
A connection that has met a damaged page trusts nothing any more, so none is used twice.
"""

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from journal_cli.errors import Busy, Damaged, JournalError, Refused
from journal_cli.vault import backup, copies, database, free_pages, integrity, keyfile, pages, searchable, seen
from journal_cli.vault.derive import SALT_SIZE, database_salt
from journal_cli.vault.disk import refusing
from journal_cli.vault.keyfile import LARGEST, KeyFile
from journal_cli.vault.library import connect, explaining
from journal_cli.vault.opening import PAGE, is_writable
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import Bounds
from journal_cli.vault.standing import Standing
from journal_cli.vault.vault import DATABASE, Vault

NAMES: Final = ("file", "seen", "pages", "structure", "search", "rows", *copies.BOTH, "backups")
KEY_FILES: Final = copies.BOTH
MOST_NAMED: Final = 12  # pages, or backups, that are named one by one

_PAGE_NUMBER: Final = re.compile(r"page (\d+)")
_SIZE_AT: Final = 28  # where SQLite's header says how many pages there are

KeyFiles = Mapping[str, KeyFile | JournalError | None]
"""What each key file's name stood for before the journal was unlocked: a whole one, why it is not, or nothing."""


@dataclass(frozen=True, slots=True)
class Check:
    """
    What one check found.

    Args:
        name: One of `NAMES`.
        ok: Whether all is as it should be.
        said: Which sentence of this check says it.
        values: What the sentence's names stand for; never anything the person wrote.
        failure: Why the check could not be made, if that is what was found.
    """

    name: str
    ok: bool
    said: str = "ok"
    values: Mapping[str, object] = field(default_factory=dict)
    failure: JournalError | None = None


def key_files(folder: Path, *, bounds: Bounds) -> KeyFiles:
    """Read both key files, before unlocking mends what it can."""
    return {name: _key_file(folder / name, bounds) for name in copies.BOTH}


def checks(vault: Vault, before: KeyFiles, *, watch: Watch | None, bounds: Bounds) -> Iterator[Check]:
    """
    Make every check, in the order of `NAMES`; what cannot be made any more is left out.

    Args:
        vault: The journal, unlocked; its database is not open.
        before: What `key_files` gave.
        watch: The record of what was last seen here; None if none is kept.
        bounds: The costs that are accepted in a key file.

    Raises:
        Busy: If another window is writing for longer than five seconds.
        Refused: If the disk cannot be read.
    """
    standing, found = _file(vault, watch)
    yield found
    if standing is not None:
        yield _seen(standing)
    if standing is not None or _is_ordinary(vault.folder / DATABASE):
        yield _pages(vault)
    if standing is not None:
        yield _made("structure", _structure, vault)
        yield _made("search", _search, vault)
        rows = _made("rows", _rows, vault)
        if watch is not None:
            _remember(vault, watch, altered=rows.said in {"altered", "uncovered"}, sure=rows.ok)
        yield rows
    for name in copies.BOTH:
        yield _keys(name, before[name], vault, bounds)
    yield _backups(vault, bounds)


def _file(vault: Vault, watch: Watch | None) -> tuple[Standing | None, Check]:
    """Open it as every command does, which also settles what a crash left."""
    try:
        with database.open_database(
            vault.folder / DATABASE,
            master_key=vault.master_key,
            journal=vault.journal,
            memory_security=False,
            watch=watch and replace(watch, key_seq=vault.seq),
        ) as opened:
            return opened.standing, Check("file", ok=True, said=opened.standing.settled or "ok")
    except (Busy, Refused):
        raise
    except JournalError as failure:
        return None, Check("file", ok=False, said="failed", failure=failure)


def _seen(standing: Standing) -> Check:
    last = standing.seen
    values = {"day": last.day, "entries": last.entries} if last else {}
    if standing.held == "unwritable":
        return Check("seen", ok=True, said="unwritable")
    if standing.held in {"older", "other"}:
        return Check("seen", ok=False, said=standing.held if last else "older_key", values=values)
    if standing.older_keys:
        return Check("seen", ok=False, said="older_keys")
    return Check("seen", ok=True, said="ok" if last else "nothing")


def _pages(vault: Vault) -> Check:
    """Every page of the file, those no row is in too."""
    path, salt = vault.folder / DATABASE, database_salt(vault.master_key)
    with refusing(), path.open("rb") as file:
        head = file.read(SALT_SIZE)
    try:
        with _fresh(vault) as connection, explaining():
            # It answers in rows, one for each fault, and never fails.
            complaints = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        damaged = sorted({int(number) for line in complaints for number in _PAGE_NUMBER.findall(line)})
        missing = 0
    except Damaged:
        complaints, (damaged, missing) = [], _pages_outside(path, vault.master_key)
    if head != salt and 1 not in damaged:
        damaged.insert(0, 1)  # nothing else looks at these sixteen bytes, which nothing needs
    if missing:
        return Check("pages", ok=False, said="cut", values={"missing": missing})
    if damaged and complaints and set(damaged) <= free_pages.listed(path.read_bytes(), vault.master_key):
        return _free_pages(vault, len(damaged))
    if damaged:
        numbers = ", ".join(str(number) for number in damaged[:MOST_NAMED]) + "…" * (len(damaged) > MOST_NAMED)
        return Check("pages", ok=False, said="damaged", values={"n": len(damaged), "numbers": numbers})
    if complaints:
        return Check("pages", ok=False, said="strange")
    return Check("pages", ok=True, values={"n": path.stat().st_size // PAGE})


def _free_pages(vault: Vault, number: int) -> Check:
    """Nothing is on these pages: they are written anew where that can be, and said in any case."""
    with contextlib.suppress(JournalError), _fresh(vault) as connection:
        free_pages.write_anew(connection)
        return Check("pages", ok=True, said="rewritten", values={"n": number})
    return Check("pages", ok=True, said="free", values={"n": number})


def _pages_outside(path: Path, master_key: bytes) -> tuple[list[int], int]:
    """The damaged pages, and how many are missing, where SQLite does not even begin."""
    with refusing():
        found = list(pages.decrypted(path.read_bytes(), master_key))
    damaged = [page.number for page in found if not page.whole]
    expected = int.from_bytes(found[0].content[_SIZE_AT : _SIZE_AT + 4], "big") if found and found[0].whole else 0
    return damaged, max(0, expected - len(found))


def _made(name: str, check: Callable[[dbapi2.Connection, Vault], Check], vault: Vault) -> Check:
    """Make a check on a fresh connection; damage that stops it is what it found."""
    try:
        with _fresh(vault) as connection, explaining():
            return check(connection, vault)
    except Damaged as failure:
        return Check(name, ok=False, said="failed", failure=failure)


def _structure(connection: dbapi2.Connection, _: Vault) -> Check:
    found = connection.execute("PRAGMA integrity_check").fetchall()
    if found == [("ok",)]:
        return Check("structure", ok=True)
    return Check("structure", ok=False, said="damaged", values={"n": len(found)})  # its words may quote the schema


def _search(connection: dbapi2.Connection, vault: Vault) -> Check:
    """Each full-text index against its own content."""
    names = searchable.indexes(connection)
    if names and not is_writable(vault.folder / DATABASE):
        return Check("search", ok=True, said="unwritable")
    for name in names:
        with _fresh(vault) as own:
            if not searchable.is_whole(own, name):
                return Check("search", ok=False, said="damaged")
    return Check("search", ok=True, said="ok" if names else "none")


def _rows(connection: dbapi2.Connection, _: Vault) -> Check:
    """The sum over all rows, as they are, against the one that is kept."""
    connection.execute("BEGIN")
    kept = integrity.state(connection)
    if kept is None:
        return Check("rows", ok=True, said="none")
    if not integrity.is_covered(connection):
        return Check("rows", ok=False, said="uncovered")
    if kept.set_hash != integrity.recomputed(connection):
        return Check("rows", ok=False, said="altered")
    return Check("rows", ok=True)


def _remember(vault: Vault, watch: Watch, *, altered: bool, sure: bool) -> None:
    """Note that rows are not as they were written, so that nobody writes on; or that they are so again."""
    last = seen.read(watch.path, master_key=vault.master_key, journal=vault.journal)
    if last is not None and last.day and last.altered != altered and (altered or sure):
        seen.write(watch.path, replace(last, altered=altered), master_key=vault.master_key, journal=vault.journal)


def _key_file(path: Path, bounds: Bounds) -> KeyFile | JournalError | None:
    try:
        if not os.path.lexists(path):
            return None
        if not stat.S_ISREG(path.lstat().st_mode):
            return Damaged("{name} is not an ordinary file", name=path.name)
        with refusing(), path.open("rb") as file:
            return keyfile.from_bytes(file.read(LARGEST + 1), bounds=bounds)
    except JournalError as failure:
        return failure


def _keys(name: str, before: KeyFile | JournalError | None, vault: Vault, bounds: Bounds) -> Check:
    """One key file: whole, of this journal, and signed with its master key."""
    now = _key_file(vault.folder / name, bounds)
    if now is None:
        return Check(name, ok=False, said="missing")
    if isinstance(now, JournalError):
        return Check(name, ok=False, said="failed", failure=now)
    if now.journal != vault.journal:
        return Check(name, ok=False, said="other")
    if not keyfile.fits(now, vault.master_key) or not keyfile.is_signed_by(now, vault.master_key):
        return Check(name, ok=False, said="altered")
    was_whole = isinstance(before, KeyFile) and before.seq == now.seq
    return Check(name, ok=True, said="ok" if was_whole else "mended", values={"n": len(now.slots)})


def _backups(vault: Vault, bounds: Bounds) -> Check:
    damaged, earlier, sound = [], 0, 0
    for one in backup.every(backup.place_of(vault.folder)):
        try:
            its_keys = copies.find(one.place, bounds=bounds).key_file
            if its_keys is not None and not keyfile.fits(its_keys, vault.master_key):
                earlier += 1  # made before the master key was replaced: only the words of then open it
                continue
            backup.check(one.database, vault)
            sound += 1
        except (Busy, Refused):
            raise
        except JournalError:
            damaged.append(one.name)
    if damaged:
        values = {"n": len(damaged), "names": ", ".join(damaged[:MOST_NAMED])}
        return Check("backups", ok=False, said="damaged", values=values)
    if earlier:
        return Check("backups", ok=True, said="earlier", values={"n": sound, "earlier": earlier})
    return Check("backups", ok=True, said="ok" if sound else "none", values={"n": sound})


@contextlib.contextmanager
def _fresh(vault: Vault) -> Iterator[dbapi2.Connection]:
    """
    A connection of its own, that never ends in a change.

    Raises:
        Damaged: If not even the first page can be read.
    """
    salt = database_salt(vault.master_key)
    connection = connect(vault.folder / DATABASE, key=vault.master_key, salt=salt, memory_security=False)
    with contextlib.closing(connection):
        yield connection


def _is_ordinary(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size >= PAGE

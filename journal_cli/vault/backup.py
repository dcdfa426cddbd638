"""
Backups: a whole journal in a folder of its own, made by the database itself and tried before it gets its name.

    backups/2026-11-24T2008Z/{journal.db, keys.json, keys.copy.json}

A backup is opened by the same words and the same recovery key as the journal was when it was
made. It is never a copy of a file that may be in use.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from journal_cli.errors import Damaged, JournalError, NotFound
from journal_cli.vault import copies, database, integrity, keyfile
from journal_cli.vault.database import Database
from journal_cli.vault.disk import NEW, PRIVATE_FILE, PRIVATE_FOLDER, alone_in, new_folder, refusing, sync, sync_folder
from journal_cli.vault.library import explaining
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE, Vault

FOLDER: Final = "backups"


_NOT_WHOLE: Final = "this backup is damaged"
_ANOTHER: Final = "nothing was changed; `journal backup list` shows the others"
TIME: Final = "%Y-%m-%dT%H%MZ"
BEFORE: Final = "-before-"
_NAME: Final = re.compile(rf"(?P<at>\d{{4}}-\d\d-\d\dT\d{{4}}Z)(-\d+)?({BEFORE}\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Backup:
    """
    A backup.

    Args:
        place: Its folder.
        at: When it was made, by the clock of then, in UTC.
        size: Bytes of its database.
        key_files: Whether it has its own; without them only the recovery key opens it.
        before_steps: Made before a newer version changed the tables.
    """

    place: Path
    at: datetime
    size: int
    key_files: bool
    before_steps: bool = False

    @property
    def name(self) -> str:
        """What it is called: the name of its folder."""
        return self.place.name

    @property
    def database(self) -> Path:
        """Its database."""
        return self.place / DATABASE


def place_of(folder: Path) -> Path:
    """Where the backups of the journal in a folder are."""
    return folder / FOLDER


def make(
    source: Database,
    vault: Vault,
    *,
    now: datetime,
    place: Path | None = None,
    bounds: Bounds = READING,
    kind: str = "",
) -> Backup:
    """
    Make a backup, try it in full, and only then give it its name.

    Args:
        source: The open journal, not in the middle of a change.
        vault: The same, unlocked.
        now: The present, aware; it becomes the name.
        place: The folder to make it in; by default the journal's own.
        bounds: Which costs are accepted in the key files.
        kind: Ends the name.

    Raises:
        Damaged: If what was written does not check out. Nothing is left of it.
        Busy: If another window is making one there.
        Refused: If the disk is full, or refuses. Nothing is left of it.
    """
    name = now.astimezone(UTC).strftime(TIME), kind
    return made(source, vault, place or place_of(vault.folder), name, bounds=bounds, in_full=True)


def made(
    source: Database, vault: Vault, place: Path, name: tuple[str, str], *, bounds: Bounds, in_full: bool
) -> Backup:
    """
    Make a backup in a folder, as `make` does.

    The database writes itself anew: every page there is is read, and checked as it is read; every table and index is
    built afresh. So what a backup that is not tried in full could hide is what `verify` would find in the journal too.

    Args:
        source: The open journal, not in the middle of a change.
        vault: The same, unlocked.
        place: The folder.
        name: The time in it, as `TIME` writes it, and what ends it.
        bounds: Which costs are accepted in the key files.
        in_full: Whether it is tried in full, or by its pages.

    Raises:
        Damaged, Busy, Refused: As `make` says.
    """
    with refusing():
        new_folder(place)
    with alone_in(place):
        _sweep(place)
        target = _free(place, *name)
        with _unfinished(target) as beside:
            _write(source, vault, beside, bounds)
            check(beside / DATABASE, vault, in_full=in_full)
            with refusing():
                beside.rename(target)
                sync_folder(place)
    return _backup(target)


@contextlib.contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Give the unfinished name of a backup; whatever is there at the end goes."""
    beside = target.with_name(target.name + NEW)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def every(place: Path) -> list[Backup]:
    """
    List the backups in a folder, the newest first; an unfinished one is none.

    Raises:
        Refused: If the folder cannot be read.
    """
    with refusing():
        there = [one for one in place.iterdir() if (one / DATABASE).is_file()] if place.is_dir() else []
        found = [_backup(one) for one in there if _time_in(one.name) is not None]
    return sorted(found, key=lambda one: (one.at, len(one.name), one.name), reverse=True)


def named(place: Path, name: str) -> Backup:
    """
    Find a backup by its name, or by how that begins if only one does; `latest` is the newest.

    Raises:
        NotFound: If there is none.
    """
    found = every(place)
    if name == "latest" and found:
        return found[0]
    fitting = [one for one in found if one.name == name] or [one for one in found if one.name.startswith(name)]
    if len(fitting) != 1 or not name:
        raise NotFound("no backup is called {name}", name=name[:40], hint="`journal backup list` shows them")
    return fitting[0]


def check(path: Path, vault: Vault, *, in_full: bool = True) -> integrity.State | None:
    """
    See that a backup's database is whole: every page, its structure, and its rows against their sum.

    Args:
        path: The database.
        vault: The journal, unlocked.
        in_full: If not, every page and nothing else.

    Returns:
        Its state.

    Raises:
        Damaged: If it is not.
        WrongKey, TooNew, Busy, Refused: If it cannot be opened; see `database.open_database`.
    """
    with opened(path, vault) as copy:
        if copy.read("PRAGMA cipher_integrity_check"):
            raise Damaged(_NOT_WHOLE, hint=_ANOTHER)
        if in_full and (copy.read("PRAGMA integrity_check") != [("ok",)] or _is_off(copy)):
            raise Damaged(_NOT_WHOLE, hint=_ANOTHER)
        return copy.state


def _is_off(copy: Database) -> bool:
    """Whether the rows are not those that their sum was made of."""
    with explaining():
        return bool(integrity.debt(copy.connection))


@contextlib.contextmanager
def opened(path: Path, vault: Vault) -> Iterator[Database]:
    """Open a backup's database, as it is: no schema step is applied."""
    with database.open_database(
        path, master_key=vault.master_key, journal=vault.journal, memory_security=False
    ) as copy:
        yield copy


def holding(
    vault: Vault, found: Iterable[Backup], holds: Callable[[Database], bool]
) -> tuple[list[Backup], list[Backup]]:
    """
    Tell which backups of a journal hold something.

    Args:
        vault: The journal, unlocked.
        found: The backups to look into.
        holds: Looks into an open one.

    Returns:
        Those that do, and those that this key does not open or that are damaged, so nobody can tell.
    """
    holders, unknown = [], []
    for one in found:
        try:
            with opened(one.database, vault) as copy:
                if holds(copy):
                    holders.append(one)
        except JournalError:
            unknown.append(one)
    return holders, unknown


def rewrite_without(one: Backup, vault: Vault, remove: Callable[[Database], object]) -> None:
    """
    Write a backup anew without something; the old file stays until the new one was tried.

    Args:
        one: The backup.
        vault: The journal, unlocked.
        remove: Removes it from an open copy, inside a change.

    Raises:
        Damaged, Busy, Refused: If it cannot be done; the backup is as it was.
    """
    with alone_in(one.place.parent), _unfinished(one.place) as beside:
        with refusing():
            beside.mkdir(mode=PRIVATE_FOLDER)
        with opened(one.database, vault) as source:
            _vacuum_into(source, beside / "whole.db")
        with opened(beside / "whole.db", vault) as copy:
            with copy.changing():
                remove(copy)
            # Once more, so that nothing of it is left on a page that is free now.
            _vacuum_into(copy, beside / DATABASE)
        check(beside / DATABASE, vault)
        with refusing():
            (beside / DATABASE).replace(one.database)
            sync_folder(one.place)


def _write(source: Database, vault: Vault, target: Path, bounds: Bounds) -> None:
    with refusing():
        target.mkdir(mode=PRIVATE_FOLDER)
    _vacuum_into(source, target / DATABASE)
    key_file = copies.find(vault.folder, bounds=bounds).key_file
    if key_file is not None and keyfile.is_signed_by(key_file, vault.master_key):
        copies.write(target, key_file)
    with refusing():
        sync_folder(target)


def _vacuum_into(source: Database, target: Path) -> None:
    """Have the database write itself, as it is at one moment, to a new file, and hold until that is on the disk."""
    with refusing():
        # Private before anything is written to it; an empty file is taken for none.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    with explaining():
        source.connection.execute("VACUUM INTO ?", (str(target.absolute()),))
    with refusing(), target.open("rb+") as file:
        sync(file.fileno())


def _free(place: Path, name: str, kind: str) -> Path:
    names = (f"{name}{again}{kind}" for again in ("", *(f"-{number}" for number in range(2, 10_000))))
    return next(place / each for each in names if not os.path.lexists(place / each))


def _sweep(place: Path) -> None:
    """Remove what interrupted attempts left; nobody else is making any now."""
    with refusing():
        for one in place.glob(f"*{NEW}"):
            if _time_in(one.name.removesuffix(NEW)) is not None:
                shutil.rmtree(one, ignore_errors=True)


def _backup(place: Path) -> Backup:
    at = _time_in(place.name)
    if at is None:
        raise RuntimeError("a backup has a name of its kind")
    size = (place / DATABASE).stat().st_size
    return Backup(place, at, size, copies.present(place), before_steps=BEFORE in place.name)


def _time_in(name: str) -> datetime | None:
    """When the backup of this name was made; None if it is no name of a backup."""
    found = _NAME.fullmatch(name)
    with contextlib.suppress(ValueError):  # the thirtieth of February
        return datetime.strptime(found["at"], TIME).replace(tzinfo=UTC) if found else None
    return None

"""
Putting a backup in the place of a journal.

What it replaces is kept first, in `recovery/`. Then one rename puts the backup's database in
place: whatever interrupts that, there is the old journal or the restored one, whole. A backup
is a journal's folder itself, so its own key files open it, even those of an earlier master key.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Final

from journal_cli.errors import JournalError
from journal_cli.vault import backup, copies, database, keyfile
from journal_cli.vault.backup import Backup
from journal_cli.vault.disk import (
    NEW,
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    alone_in,
    new_folder,
    private_folder,
    refusing,
    sync,
    sync_folder,
)
from journal_cli.vault.opening import COPIES_KEPT, RECOVERY_FOLDER
from journal_cli.vault.quiet import quiet
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE, Vault

REPLACED: Final = "replaced-"  # begins the names of what was replaced

_SIDECARS: Final = tuple(f"{DATABASE}{end}" for end in ("-journal", "-wal", "-shm"))
_RESTORED: Final = f"{DATABASE}.restored{NEW}"


@dataclass(frozen=True, slots=True)
class Restored:
    """
    What a restore did.

    Args:
        vault: The restored journal, unlocked.
        replaced: The folder that keeps what was there before; None if nothing was.
        own_keys: The backup's key files were put in place too: the words of then open the journal again.
    """

    vault: Vault
    replaced: Path | None
    own_keys: bool


def restore(folder: Path, unlocked: Vault, *, bounds: Bounds = READING) -> Restored:
    """
    Put a backup in the place of a journal, and keep what it replaces.

    The journal's key files stay if they are whole and of the same master key; they may be newer.
    What was last seen of the journal has to be forgotten afterwards: the person wanted an older state.

    Args:
        folder: The journal's folder; made if it is gone.
        unlocked: The backup, unlocked: a backup's folder is a journal's.
        bounds: Which costs are accepted in the key files.

    Raises:
        Damaged: If the backup does not check out. Nothing was changed.
        Busy: If another window is using the journal.
        Refused: If the disk is full, or refuses; the journal is the old one.
    """
    private_folder(folder)
    with alone_in(folder):
        beside = folder / _RESTORED
        try:
            with refusing(), quiet(unlocked.folder / DATABASE) as made:
                beside.unlink(missing_ok=True)
                _copy_whole(made, unlocked.folder / DATABASE, beside)
            backup.check(beside, unlocked)
            _undo_what_a_crash_left(folder / DATABASE, unlocked)
            replaced, own_keys = _put_in_place(folder, beside, unlocked, bounds)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
        _forget_old_copies(folder / RECOVERY_FOLDER)
    missing = copies.find(folder, bounds=bounds).key_file is None
    here = Vault(folder, unlocked.journal, unlocked.master_key, unlocked.opened_with, key_files_missing=missing)
    return Restored(here, replaced, own_keys)


def found(folder: Path, name: str) -> Backup:
    """
    Find a backup of a journal by its name, by how that begins, or by the path of its folder.

    Raises:
        NotFound: If there is none.
    """
    path = Path(name).expanduser()
    return backup.named(path.parent, path.name) if path.name != name else backup.named(backup.place_of(folder), name)


def replaced(folder: Path) -> list[Backup]:
    """
    List what restores have replaced and kept, the newest first; each opens as a backup does.

    Raises:
        Refused: If the folder cannot be read.
    """
    with refusing():
        there = [one for one in _kept(folder / RECOVERY_FOLDER) if (one / DATABASE).is_file()]
        return [
            Backup(
                one,
                at=datetime.fromtimestamp((one / DATABASE).stat().st_mtime, UTC),
                size=(one / DATABASE).stat().st_size,
                key_files=copies.present(one),
            )
            for one in reversed(there)
        ]


def forget_crashes(folder: Path) -> int:
    """
    Remove the copies that were taken before SQLite undid what a crash had cut off.

    Returns:
        How many there were.

    Raises:
        Refused: If the disk refuses.
    """
    recovery = folder / RECOVERY_FOLDER
    with refusing():
        there = [one for one in recovery.iterdir() if one.is_dir()] if recovery.is_dir() else []
        going = [one for one in there if not one.name.startswith(REPLACED)]
        for one in going:
            shutil.rmtree(one)
        if going:
            sync_folder(recovery)
    return len(going)


def _kept(recovery: Path) -> list[Path]:
    """What restores have kept, the oldest first."""
    return sorted((one for one in recovery.glob(f"{REPLACED}*") if one.suffix != NEW), key=_number)


def _undo_what_a_crash_left(path: Path, unlocked: Vault) -> None:
    """
    Let SQLite roll back what was cut off, if it can; it does so before it looks at the first page.

    Otherwise the old rollback journal would be applied to the restored database.
    """
    if os.path.lexists(f"{path}-journal"):
        with contextlib.suppress(JournalError):
            database.open_database(path, master_key=unlocked.master_key, journal=None, memory_security=False).close()


def _put_in_place(folder: Path, beside: Path, unlocked: Vault, bounds: Bounds) -> tuple[Path | None, bool]:
    path = folder / DATABASE
    with contextlib.ExitStack() as held, refusing():
        old = held.enter_context(quiet(path)) if _is_ordinary(path) else None
        replaced = _keep(folder, old)
        for sidecar in _SIDECARS:
            (folder / sidecar).unlink(missing_ok=True)
        key_file = copies.find(folder, bounds=bounds).key_file
        fits = key_file is not None and keyfile.is_signed_by(key_file, unlocked.master_key)
        if path.is_dir() and not path.is_symlink():
            path.rename(folder / f"{DATABASE}.found-there")
        beside.replace(path)
        sync_folder(folder)
        return replaced, not fits and _take_keys(folder, unlocked, bounds)


def _take_keys(folder: Path, unlocked: Vault, bounds: Bounds) -> bool:
    """Put the backup's key files in place of missing, damaged or other ones."""
    own = copies.find(unlocked.folder, bounds=bounds).key_file
    if own is None or not keyfile.is_signed_by(own, unlocked.master_key):
        return False
    copies.write(folder, own)
    return True


def _keep(folder: Path, old: BufferedReader | None) -> Path | None:
    """Keep the database, what lies beside it and the key files, as they are, under a name of their own."""
    names = [name for name in (DATABASE, *_SIDECARS, *copies.BOTH) if _is_ordinary(folder / name)]
    if not names:
        return None
    recovery = folder / RECOVERY_FOLDER
    new_folder(recovery)
    number = 1 + max((_number(one) for one in recovery.glob(f"{REPLACED}*")), default=0)
    target = recovery / f"{REPLACED}{number}"
    beside = target.with_name(target.name + NEW)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=PRIVATE_FOLDER)
    for name in names:
        try:
            # A second name costs no room, and the file is not opened: that would drop the lock on it.
            (beside / name).hardlink_to(folder / name)
        except OSError:
            _copy_whole(old if name == DATABASE else None, folder / name, beside / name)
    sync_folder(beside)
    beside.rename(target)
    sync_folder(recovery)
    return target


def _copy_whole(opened: BufferedReader | None, source: Path, target: Path) -> None:
    """Copy a file, through its open descriptor if there is one."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as new, contextlib.ExitStack() as files:
        old = opened or files.enter_context(source.open("rb"))
        old.seek(0)
        shutil.copyfileobj(old, new)
        new.flush()
        sync(new.fileno())


def _is_ordinary(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _number(place: Path) -> int:
    text = place.name.removeprefix(REPLACED).removesuffix(NEW)
    return int(text) if text.isdecimal() else 0


def _forget_old_copies(recovery: Path) -> None:
    with contextlib.suppress(OSError):
        for old in _kept(recovery)[:-COPIES_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

"""
The vault: a folder with a locked database and the key files that open it.

Creating goes in an order that a crash can cut anywhere: the database under an unfinished
name, the copy of the key file, the key file, the database's own name. Up to the key file's
copy there is no journal; from it on there is one, and `unlock` finishes what is left.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from journal_cli.errors import AlreadyThere, Damaged, Mistyped, NoJournal, TooNew, WrongKey
from journal_cli.vault import copies, database, keyfile, recovery
from journal_cli.vault.database import Database, Step, Steps
from journal_cli.vault.derive import MASTER_KEY_SIZE
from journal_cli.vault.disk import NEW, alone_in, private_folder, refuse_open_folder, refusing, sync_folder
from journal_cli.vault.keyfile import KeyFile
from journal_cli.vault.process import prepare_process as prepare_process
from journal_cli.vault.slots import READING, STANDARD, Bounds, Cost, Header, passphrase_bytes, seal, unseal

DATABASE: Final = "journal.db"

_SIDECARS: Final = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Vault:
    """
    A journal's folder, unlocked.

    Args:
        folder: Where it is.
        journal: The journal's id, 32 hexadecimal digits.
        master_key: 32 bytes that open everything.
        opened_with: Which secret opened it, or that the agent held it open.
        key_files_missing: No key file can be trusted, so no passphrase opens it: one has to be set again.
    """

    folder: Path
    journal: str
    master_key: bytes = field(repr=False)
    opened_with: Literal["passphrase", "recovery", "agent"]
    key_files_missing: bool = False

    def open(
        self,
        step_count: int,
        load_steps: Callable[[], Sequence[Step]],
        *,
        before_steps: Callable[[Database], None] | None = None,
        memory_security: bool = True,
    ) -> Database:
        """
        Open the database and apply the steps it has not seen; see `database.open_database`.

        Args:
            step_count: How many steps there are.
            load_steps: Fetches them; called only if some are unseen.
            before_steps: Called with an older database before its unseen steps.
            memory_security: Lock and wipe the library's own memory; off for bulk writing.

        Raises:
            Damaged, TooNew, Busy, Refused: As `database.open_database` says.
        """
        return database.open_database(
            self.folder / DATABASE,
            master_key=self.master_key,
            journal=self.journal,
            steps=Steps(step_count, load_steps, before_steps),
            memory_security=memory_security,
        )


def is_present(folder: Path) -> bool:
    """Whether a folder holds a journal or a part of one, in whatever state."""
    return os.path.lexists(folder / DATABASE) or copies.present(folder)


def takes_passphrase(folder: Path, *, bounds: Bounds = READING) -> bool:
    """
    Look at the key files before anyone is asked for anything.

    Returns:
        True if a passphrase may open the journal, False if only the recovery key can.

    Raises:
        NoJournal: If there is none.
        Damaged: If the database is missing.
        TooNew: If a newer version made the key files.
        Refused: If the folder cannot be read, or others may write to it.
    """
    return _found(folder, bounds).key_file is not None


def create(
    folder: Path,
    passphrase: str,
    *,
    today: date,
    cost: Cost = STANDARD,
    random: Callable[[int], bytes] = os.urandom,
) -> tuple[Vault, str]:
    """
    Make a new journal with one passphrase, and its recovery key.

    Args:
        folder: Made if it is not there; readable by its owner only.
        passphrase: As typed.
        today: The day written beside the slot.
        cost: How hard a guess must work.
        random: Gives that many unpredictable bytes.

    Returns:
        The unlocked vault, and the recovery key as it is written on paper.

    Raises:
        AlreadyThere: If the folder holds a journal or a part of one.
        Mistyped: If the passphrase cannot be one.
        Refused: If the disk or the memory refuses, or others may write to the folder.
        Busy: If another window is making a journal there.
    """
    _refuse_untypable(passphrase)
    private_folder(folder)
    with alone_in(folder):
        if is_present(folder):
            raise AlreadyThere("there is a journal in {folder} already", hint="nothing was changed", folder=folder)
        master_key = random(MASTER_KEY_SIZE)
        key_file = _first_key_file(master_key, passphrase, today=today, cost=cost, random=random)
        _forget_unfinished(folder)
        database.create(folder / (DATABASE + NEW), master_key=master_key, journal=key_file.journal, today=today)
        copies.write(folder, key_file)
        _finish_creation(folder)
    return Vault(folder, key_file.journal, master_key, "passphrase"), recovery.written(master_key)


def unlock(folder: Path, secret: str, *, bounds: Bounds = READING) -> Vault:
    """
    Open a journal's folder with a passphrase or with its recovery key.

    Raises:
        NoJournal: If there is none.
        WrongKey: If the secret opens no slot, or is a recovery key that is mistyped or of another journal.
        Damaged: If the database is missing, the key files are and this is a passphrase, or they were altered.
        TooNew: If a newer version made the key files.
        Busy: If another window is changing the key files.
        Refused: If the disk or the memory refuses, or others may write to the folder.
    """
    found = _found(folder, bounds)
    mistyped = None
    if recovery.looks_like_recovery_key(secret):
        try:
            return _with_recovery_key(folder, found.key_file, recovery.read(secret), bounds)
        except WrongKey as error:
            mistyped = error  # unless it is a passphrase after all
    if found.failure is not None:
        raise mistyped or found.failure
    try:
        vault = _with_passphrase(folder, found.key_file, secret)
    except WrongKey as error:
        raise (mistyped or error) from None
    _put_in_order(vault, found, bounds)
    return vault


def _refuse_untypable(passphrase: str) -> None:
    try:
        passphrase_bytes(passphrase)
    except WrongKey as error:
        raise Mistyped(error.template, hint="choose other words", **error.values) from None


def _first_key_file(
    master_key: bytes, passphrase: str, *, today: date, cost: Cost, random: Callable[[int], bytes]
) -> KeyFile:
    journal = random(16).hex()
    header = Header(id=random(8).hex(), created=today.isoformat())
    slot = seal(master_key, passphrase, journal=journal, header=header, cost=cost, random=random)
    return keyfile.signed(KeyFile(journal=journal, seq=1, key_epoch=1, key_check=b"", slots=(slot,)), master_key)


def _found(folder: Path, bounds: Bounds) -> copies.Found:
    if not folder.exists() or not is_present(folder):
        raise NoJournal("no journal at {folder}", folder=folder)
    refuse_open_folder(folder)
    if not any(os.path.lexists(folder / name) for name in (DATABASE, DATABASE + NEW)):
        raise Damaged(
            "the key files are here, but journal.db is missing",
            hint="it may be in the folder's backups, or on a disk that is not connected; nothing was changed",
        )
    return copies.find(folder, bounds=bounds)


def _with_passphrase(folder: Path, key_file: KeyFile | None, passphrase: str) -> Vault:
    if key_file is None:
        raise WrongKey("these words do not open this journal")
    master_key = _unsealed(key_file, passphrase)
    if not keyfile.fits(key_file, master_key) or not keyfile.is_signed_by(key_file, master_key):
        raise Damaged(
            "the list of key slots was changed by another program",
            hint="someone may have added a way in: open it with your recovery key and set the passphrase again",
        )
    if key_file.pending is not None:
        raise TooNew("a newer version of this program has begun to replace the master key here")
    return Vault(folder, key_file.journal, master_key, "passphrase")


def _unsealed(key_file: KeyFile, passphrase: str) -> bytes:
    """Try the slots, the newest first; each try costs one derivation."""
    passphrase_bytes(passphrase)  # what cannot be one is said so at once
    for slot in reversed(key_file.slots):
        try:
            return unseal(slot, passphrase, journal=key_file.journal)
        except WrongKey:
            continue
    raise WrongKey("these words do not open this journal")


def _with_recovery_key(folder: Path, key_file: KeyFile | None, master_key: bytes, bounds: Bounds) -> Vault:
    """Open with the master key itself; the key file, if there is one of this key, only has to name the journal."""
    trusted = (
        key_file is not None
        and keyfile.fits(key_file, master_key)
        and keyfile.is_signed_by(key_file, master_key)
        and key_file.pending is None
    )
    if key_file is not None and trusted:
        vault = Vault(folder, key_file.journal, master_key, "recovery")
        _put_in_order(vault, copies.find(folder, bounds=bounds), bounds)
        return vault
    _finish_creation(folder)
    with database.open_database(folder / DATABASE, master_key=master_key, journal=None) as opened:
        journal = opened.meta.journal
    return Vault(folder, journal, master_key, "recovery", key_files_missing=True)


def _put_in_order(vault: Vault, found: copies.Found, bounds: Bounds) -> None:
    """Mend a damaged copy and finish an interrupted creation, now that the key has proved to be right."""
    if found.to_mend:
        copies.mend(vault.folder, bounds=bounds, master_key=vault.master_key)
    if not os.path.lexists(vault.folder / DATABASE):
        with alone_in(vault.folder):
            _finish_creation(vault.folder)


def _forget_unfinished(folder: Path) -> None:
    """Remove what an interrupted creation left before there was a journal."""
    with refusing():
        for sidecar in _SIDECARS:
            (folder / f"{DATABASE}{NEW}{sidecar}").unlink(missing_ok=True)


def _finish_creation(folder: Path) -> None:
    """Give a new database its own name, unless something has that name."""
    unfinished = folder / (DATABASE + NEW)
    if os.path.lexists(folder / DATABASE) or not unfinished.exists():
        return
    with refusing():
        unfinished.replace(folder / DATABASE)
        sync_folder(folder)

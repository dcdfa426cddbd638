"""
The vault: a folder with a locked database and the key files that open it.

Creating goes in an order that a crash can cut anywhere: the database under an unfinished
name, the copy of the key file, the key file, the database's own name. Up to the key file's
copy there is no journal; from it on there is one, and `unlock` finishes what is left.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from journal_cli.errors import AlreadyThere, Damaged, Mistyped, NoJournal, Refused, WrongKey
from journal_cli.vault import copies, database, keyfile, recovery, rekey
from journal_cli.vault.database import Database, Step, Steps
from journal_cli.vault.derive import MASTER_KEY_SIZE
from journal_cli.vault.disk import NEW, alone_in, private_folder, refuse_open_folder, refusing, sync_folder
from journal_cli.vault.keyfile import KeyFile
from journal_cli.vault.process import prepare_process as prepare_process
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import READING, STANDARD, Bounds, Cost, Header, Slot, passphrase_bytes, seal, unseal

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
        slot: The id of the slot that opened it; empty without one.
        seq: The key file's sequence number; 0 if it is missing. Lower than last seen: an older file was put back.
        key_epoch: How many master keys the journal has had.
        replacing: Whether this opening finished replacing the master key, or it still waits to be finished.
    """

    folder: Path
    journal: str
    master_key: bytes = field(repr=False)
    opened_with: Literal["passphrase", "recovery", "agent"]
    key_files_missing: bool = False
    slot: str = ""
    seq: int = 0
    key_epoch: int = 1
    replacing: Literal["", "finished", "waiting"] = ""

    def open(
        self,
        step_count: int,
        load_steps: Callable[[], Sequence[Step]],
        *,
        before_steps: Callable[[Database], None] | None = None,
        memory_security: bool = True,
        watch: Watch | None = None,
    ) -> Database:
        """
        Open the database and apply the steps it has not seen; see `database.open_database`.

        Args:
            step_count: How many steps there are.
            load_steps: Fetches them; called only if some are unseen.
            before_steps: Called with an older database before its unseen steps.
            memory_security: Lock and wipe the library's own memory; off for bulk writing.
            watch: How it is compared with what was last seen here; the key file's number is filled in.

        Raises:
            Damaged, TooNew, Busy, Refused: As `database.open_database` says.
        """
        return database.open_database(
            self.folder / DATABASE,
            master_key=self.master_key,
            journal=self.journal,
            steps=Steps(step_count, load_steps, before_steps),
            memory_security=memory_security,
            watch=watch and replace(watch, key_seq=self.seq),
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
    slot = key_file.slots[0].header.id
    return Vault(folder, key_file.journal, master_key, "passphrase", slot=slot, seq=1), recovery.written(master_key)


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
            return _with_recovery_key(folder, found, recovery.read(secret), bounds)
        except WrongKey as error:
            mistyped = error  # unless it is a passphrase after all
    if found.failure is not None:
        raise mistyped or found.failure
    try:
        vault = _with_passphrase(folder, found, secret, bounds)
    except WrongKey as error:
        raise (mistyped or error) from None
    _put_in_order(vault, bounds)
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


def _with_passphrase(folder: Path, found: copies.Found, passphrase: str, bounds: Bounds) -> Vault:
    key_file = found.key_file
    if key_file is None:
        raise WrongKey("these words do not open this journal")
    slot, master_key = unsealed(key_file, passphrase)
    pending = key_file.pending
    is_next = pending is not None and slot in pending.slots and slot not in key_file.slots
    signer = rekey.previous_key(key_file, master_key) if is_next else master_key
    if not keyfile.fits(key_file, signer) or not keyfile.is_signed_by(key_file, signer):
        raise _altered(found, signer)
    vault = _vault(folder, key_file, master_key, "passphrase", slot.header.id)
    return vault if pending is None else _replaced(vault, key_file, signer, bounds)


def unsealed(key_file: KeyFile, passphrase: str) -> tuple[Slot, bytes]:
    """
    Try the slots, the newest first, then those of a master key that is on its way; each try costs one derivation.

    Returns:
        The slot that opened, and the master key in it.

    Raises:
        WrongKey: If none opens, or this cannot be a passphrase.
        Refused: If the machine has too little memory for a slot's cost.
    """
    passphrase_bytes(passphrase)  # what cannot be one is said so at once
    coming = key_file.pending.slots if key_file.pending else ()
    for slot in (*reversed(key_file.slots), *reversed(coming)):
        try:
            return slot, unseal(slot, passphrase, journal=key_file.journal)
        except WrongKey:
            continue
    raise WrongKey("these words do not open this journal")


def _vault(
    folder: Path, key_file: KeyFile, master_key: bytes, opened_with: Literal["passphrase", "recovery"], slot: str = ""
) -> Vault:
    return Vault(
        folder,
        key_file.journal,
        master_key,
        opened_with,
        slot=slot,
        seq=key_file.seq,
        key_epoch=key_file.key_epoch,
    )


def _altered(found: copies.Found, master_key: bytes) -> Damaged:
    """Say which slots somebody changed, if the other copy of the key file is as it was."""
    if found.key_file is None or found.other is None or not keyfile.is_signed_by(found.other, master_key):
        return copies.altered()
    changed = set(found.key_file.slots) ^ set(found.other.slots)
    return copies.altered(*sorted({slot.header.id for slot in changed}))


def _replaced(vault: Vault, key_file: KeyFile, old: bytes, bounds: Bounds) -> Vault:
    """Finish replacing the master key, as far as the disk lets us: what is begun already opens the journal."""
    new = rekey.next_key(key_file, old)
    try:
        with alone_in(vault.folder):
            rekey.finish(vault.folder, DATABASE, old=old, new=new, bounds=bounds)
    except (Refused, Damaged):
        now = rekey.current(vault.folder / DATABASE, old=old, new=new, journal=vault.journal)
        return replace(vault, master_key=now, replacing="waiting")
    finished = copies.find(vault.folder, bounds=bounds).key_file or key_file
    return replace(vault, master_key=new, seq=finished.seq, key_epoch=finished.key_epoch, replacing="finished")


def _with_recovery_key(folder: Path, found: copies.Found, master_key: bytes, bounds: Bounds) -> Vault:
    """Open with the master key itself; the key file, if there is one of this key, only has to name the journal."""
    key_file = found.key_file
    if key_file is not None:
        signer = rekey.signer(key_file, master_key)
        if signer is not None:
            vault = _vault(folder, key_file, master_key, "recovery")
            if key_file.pending is not None:
                vault = _replaced(vault, key_file, signer, bounds)
            _put_in_order(vault, bounds)
            return vault
    _finish_creation(folder)
    try:
        with database.open_database(folder / DATABASE, master_key=master_key, journal=None) as opened:
            meta = opened.meta
    except WrongKey as error:
        # Only now: a key file that nobody vouches for must not keep the right paper from being tried.
        raise (key_file and rekey.replaced_earlier(key_file, master_key)) or error from None
    return Vault(folder, meta.journal, master_key, "recovery", key_files_missing=True, key_epoch=meta.key_epoch)


def _put_in_order(vault: Vault, bounds: Bounds) -> None:
    """Mend a damaged copy and finish an interrupted creation, now that the key has proved to be right."""
    if copies.find(vault.folder, bounds=bounds).to_mend:
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

"""
Replacing the master key: every page is encrypted anew, and no moment in between locks anybody out.

Two files change, the key file and the database, and the power can fail between any two steps:
first the key file gets all that finishing needs (`pending`), then the database its new key,
then the key file its new slots. Until the last step the old secrets open the journal, from
the first one on the new ones do too, and whoever comes next goes on where it stopped.
"""

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal_cli.errors import Busy, Damaged, JournalError, Refused, WrongKey
from journal_cli.vault import copies, keyfile
from journal_cli.vault.database import Database, open_database
from journal_cli.vault.derive import MASTER_KEY_SIZE, SALT_SIZE, database_salt, key_check, pending_key
from journal_cli.vault.disk import full_disk, refusing
from journal_cli.vault.keyfile import MOST_EARLIER, Earlier, KeyFile, Pending, Wrapped
from journal_cli.vault.library import explaining
from journal_cli.vault.slots import FORMAT, NONCE_SIZE, VERSION, Bounds, Slot, canonical

PAPER: Final = "paper"  # in `meta`: "due" while the recovery key has not been shown
DUE: Final = "due"

_NEXT: Final = "next"
_PREVIOUS: Final = "previous"
_ROOM: Final = 1_048_576  # bytes kept free beside the rollback journal, which grows as large as the database


def begun(
    key_file: KeyFile, *, old: bytes, new: bytes, slots: tuple[Slot, ...], today: date, random: Callable[[int], bytes]
) -> KeyFile:
    """
    Give the key file that begins the replacement; from the moment it is on the disk, it will be finished.

    Args:
        key_file: As it is now.
        old: The master key that is replaced, 32 bytes.
        new: The one that takes its place.
        slots: The slots of the new one, sealed already.
        today: The day written beside the old one.
        random: Gives that many unpredictable bytes.
    """
    pending = Pending(
        begun=today.isoformat(),
        next=_wrap(new, old, key_file, _NEXT, random(NONCE_SIZE)),
        previous=_wrap(old, new, key_file, _PREVIOUS, random(NONCE_SIZE)),
        slots=slots,
    )
    return keyfile.signed(replace(key_file, seq=key_file.seq + 1, pending=pending), old)


def next_key(key_file: KeyFile, old: bytes) -> bytes:
    """
    Give the master key that is to take the place of the old one.

    Raises:
        Damaged: If it does not unwrap: the key file was altered.
    """
    pending = _pending_of(key_file)
    return _unwrap(pending.next, old, key_file, _NEXT)


def previous_key(key_file: KeyFile, new: bytes) -> bytes:
    """
    Give the master key that is being replaced.

    Raises:
        Damaged: If it does not unwrap: the key file was altered.
    """
    pending = _pending_of(key_file)
    return _unwrap(pending.previous, new, key_file, _PREVIOUS)


def refuse_hopeless(database: Database) -> None:
    """
    See before anything is changed that the journal may be written, that every page can be read, and that there is room.

    Raises:
        Damaged: If a page is damaged, or the journal is held because it is older than seen, or altered.
        Refused: If the disk has too little space left, or cannot be written.
        Busy: If another window has the journal open.
    """
    with refusing():
        if shutil.disk_usage(database.path.parent).free < database.path.stat().st_size + _ROOM:
            raise full_disk()
    with database.changing():
        pass
    _refuse_damaged_pages(database)
    _be_alone(database)


def finish(folder: Path, database: str, *, old: bytes, new: bytes, bounds: Bounds) -> None:
    """
    Finish a replacement that was begun; call it inside `alone_in` the folder.

    Args:
        folder: Where the journal is.
        database: The name of the database in it.
        old: The master key that is replaced.
        new: The one that takes its place.
        bounds: The costs that are accepted in a key file.

    Raises:
        Damaged: If the database opens with neither, or does not read back.
        Busy: If another window has the journal open.
        Refused: If the disk refuses. The journal then opens as before, and the next start tries again.
    """
    key_file = copies.find(folder, bounds=bounds).key_file
    if key_file is None or key_file.pending is None or not keyfile.fits(key_file, old):
        return  # another window has finished it
    path = folder / database
    if opens(path, master_key=old, journal=key_file.journal):
        _encrypt_anew(path, key_file.journal, old=old, new=new)
    _settle(path, key_file, new)
    copies.write(folder, _finished(key_file, old=old, new=new))


def take_back(folder: Path, database: str, *, old: bytes, bounds: Bounds) -> None:
    """
    Undo the beginning of a replacement that could not be finished, if the database still has its old key.

    Raises:
        Refused: If the disk refuses; it stays begun then.
    """
    key_file = copies.find(folder, bounds=bounds).key_file
    if key_file is None or key_file.pending is None or not keyfile.is_signed_by(key_file, old):
        return
    if opens(folder / database, master_key=old, journal=key_file.journal):
        copies.write(folder, keyfile.signed(replace(key_file, seq=key_file.seq + 1, pending=None), old))


def opens(path: Path, *, master_key: bytes, journal: str) -> bool:
    """Whether a database opens with this master key and is this journal's."""
    try:
        _opened(path, master_key, journal).close()
    except Damaged:
        return False
    return True


def current(path: Path, *, old: bytes, new: bytes, journal: str) -> bytes:
    """Which of two master keys a database has: the one that opens it, else the one whose salt stands at its head."""
    for master_key in (old, new):
        if opens(path, master_key=master_key, journal=journal):
            return master_key
    return new if is_salted(path, database_salt(new)) else old


def is_salted(path: Path, salt: bytes) -> bool:
    """Whether a database begins with this salt. It must not be open in this process: its locks would be lost."""
    if not path.is_file() or path.is_symlink():
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(SALT_SIZE) == salt
    return False


def signer(key_file: KeyFile, master_key: bytes) -> bytes | None:
    """The master key that signed a key file, if this is that one or the one that is to take its place; else None."""
    old = master_key
    if not keyfile.fits(key_file, master_key) and key_file.pending is not None:
        with contextlib.suppress(Damaged):
            old = previous_key(key_file, master_key)
    return old if keyfile.fits(key_file, old) and keyfile.is_signed_by(key_file, old) else None


def replaced_earlier(key_file: KeyFile, master_key: bytes) -> WrongKey | None:
    """The failure to raise for a recovery key that was the right one once, or None."""
    for earlier in key_file.earlier:
        if earlier.key_check == key_check(master_key):
            return WrongKey(
                "this recovery key is from before the change of {day}",
                hint="look for the paper that was written since; this one opens only copies made before that day",
                day=earlier.until,
            )
    return None


def paper_is_due(database: Database) -> bool:
    """Whether the recovery key of this journal was made anew and has not been shown yet."""
    return database.one("SELECT value FROM meta WHERE name = ?", (PAPER,)) == (DUE,)


def paper_was_shown(database: Database) -> None:
    """
    Note that the new recovery key has been shown.

    Raises:
        Busy: If another window is writing.
        Refused: If the disk refuses.
    """
    with database.changing():
        database.run("DELETE FROM meta WHERE name = ?", (PAPER,))


def _pending_of(key_file: KeyFile) -> Pending:
    if key_file.pending is None:
        raise ValueError("no master key is being replaced")
    return key_file.pending


def _bound_to(key_file: KeyFile, which: str) -> bytes:
    """What is authenticated with a wrapped master key, so that it serves this one replacement only."""
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "journal": key_file.journal,
            "key_epoch": key_file.key_epoch,
            "pending": which,
        }
    )


def _wrap(inner: bytes, outer: bytes, key_file: KeyFile, which: str, nonce: bytes) -> Wrapped:
    if len(inner) != MASTER_KEY_SIZE:
        raise ValueError("a master key has 32 bytes")
    wrapped = AESGCM(pending_key(outer)).encrypt(nonce, inner, _bound_to(key_file, which))
    return Wrapped(nonce=nonce, wrapped=wrapped)


def _unwrap(one: Wrapped, outer: bytes, key_file: KeyFile, which: str) -> bytes:
    try:
        return AESGCM(pending_key(outer)).decrypt(one.nonce, one.wrapped, _bound_to(key_file, which))
    except InvalidTag:
        raise copies.altered() from None


def _finished(key_file: KeyFile, *, old: bytes, new: bytes) -> KeyFile:
    """The key file of the new master key."""
    pending = _pending_of(key_file)
    earlier = (*key_file.earlier, Earlier(key_check(old), until=pending.begun))[-MOST_EARLIER:]
    finished = KeyFile(
        journal=key_file.journal,
        seq=key_file.seq + 1,
        key_epoch=key_file.key_epoch + 1,
        key_check=key_check(new),
        slots=pending.slots,
        earlier=earlier,
    )
    return keyfile.signed(finished, new)


def _opened(path: Path, master_key: bytes, journal: str) -> Database:
    # Locking and wiping the library's memory would make writing every page six times slower.
    return open_database(path, master_key=master_key, journal=journal, memory_security=False)


def _encrypt_anew(path: Path, journal: str, *, old: bytes, new: bytes) -> None:
    """Give every page the new key, and the file the salt that belongs to it: all of it, or nothing."""
    failure: JournalError = Busy("another window is using this journal")
    with _opened(path, old, journal) as database:
        _be_alone(database)
        try:
            with explaining():
                database.connection.execute(_rekey_pragma(new))
        except JournalError as error:
            failure = error
        except RuntimeError:  # SQLCipher has one message for whatever goes wrong here, and none of its causes
            failure = Refused(
                "the journal could not be encrypted anew",
                hint="see whether the disk has space left, and close other windows; nothing was changed",
            )
    # It may also say "ok" although another window kept it from committing: what counts is which key opens it now.
    if not opens(path, master_key=new, journal=journal):
        raise failure


def _rekey_pragma(master_key: bytes) -> str:
    """The key **and** the salt: with 64 digits SQLCipher would keep the salt, which belongs to the old key."""
    literal = master_key.hex() + database_salt(master_key).hex()
    if len(literal) != 96:
        raise ValueError("SQLCipher is given 32 bytes of key and 16 of salt")
    return f"PRAGMA rekey = \"x'{literal}'\""


def _be_alone(database: Database) -> None:
    """See that no other window reads or writes, with all the patience there is."""
    with explaining():
        database.connection.execute("BEGIN EXCLUSIVE")
        database.connection.execute("COMMIT")


def _refuse_damaged_pages(database: Database) -> None:
    with explaining():
        damaged = database.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if damaged:
        raise Damaged(
            "a part of the journal's file is damaged", hint="`journal verify` says which, and what can be saved"
        )


def _settle(path: Path, key_file: KeyFile, new: bytes) -> None:
    """Read the database back under its new key, and write into it what changes with the key."""
    with _opened(path, new, key_file.journal) as database:
        _refuse_damaged_pages(database)
    with _opened(path, new, key_file.journal) as database, database.changing():
        database.run("UPDATE meta SET value = ? WHERE name = 'key_epoch'", (str(key_file.key_epoch + 1),))
        database.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (PAPER, DUE))

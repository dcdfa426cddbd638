"""
What is needed to save entries from a damaged journal, whatever they are: its pages, and a new folder to put them in.

The new journal has the master key of the old one, and its key files: the same words and the
same recovery key open it. It appears when it is complete; before that there is none.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from journal_cli.errors import AlreadyThere, Damaged, JournalError, WrongKey
from journal_cli.vault import copies, database, integrity, keyfile, recovery, vault
from journal_cli.vault.database import Database
from journal_cli.vault.disk import NEW, PRIVATE_FOLDER, alone_in, new_folder, refusing, sync_folder
from journal_cli.vault.integrity import State
from journal_cli.vault.pages import USABLE, Page, decrypted
from journal_cli.vault.quiet import quiet
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE, Vault

_BACKUPS: Final = "nothing was changed; `journal backup list` shows earlier copies"
_PAGE_COUNT: Final = 28  # where the first page says how many there are
_JOURNAL_SIZE: Final = 16  # bytes of a journal's id


def unlock(folder: Path, secret: str, *, bounds: Bounds = READING) -> Vault:
    """
    Unlock a damaged journal: as `vault.unlock`, and by its recovery key alone even if its first page is lost.

    Raises:
        NoJournal, WrongKey, Damaged, TooNew, Busy, Refused: As `vault.unlock`.
    """
    try:
        return vault.unlock(folder, secret, bounds=bounds)
    except (Damaged, WrongKey):
        if not recovery.looks_like_recovery_key(secret):
            raise
        master_key = recovery.read(secret)
        path = folder / DATABASE
        if not path.is_file() or not any(page.whole for page in decrypted(path.read_bytes(), master_key)):
            raise
        # Nothing names the journal any more; the new one gets a name of its own.
        return Vault(folder, os.urandom(_JOURNAL_SIZE).hex(), master_key, "recovery", key_files_missing=True)


def pages_of(opened: Vault) -> dict[int, Page]:
    """
    Read every page of a journal, whole or not, by its number.

    Raises:
        Damaged: If the file is missing, or holds no page that belongs to this journal.
        Busy: If another window is using it.
        Refused: If the disk refuses.
    """
    path = opened.folder / DATABASE
    if not path.is_file():
        raise Damaged(
            "{name} is missing", name=path.name, hint="nothing was changed; `journal backup list` shows copies"
        )
    # What a crash left unfinished is undone first, if SQLite still can; it keeps a copy before.
    with contextlib.suppress(JournalError):
        database.open_database(path, master_key=opened.master_key, journal=None, memory_security=False).close()
    with refusing(), quiet(path) as file:
        content = file.read()
    pages = {page.number: page for page in decrypted(content, opened.master_key)}
    if not any(page.whole for page in pages.values()):
        raise Damaged("nothing of this file can be read", hint=_BACKUPS)
    if pages[1].whole:
        count = int.from_bytes(pages[1].content[_PAGE_COUNT : _PAGE_COUNT + 4], "big")
        # What was added behind the last page is not of the journal; what was cut off is lost.
        pages = {
            number: pages.get(number) or Page(number, bytes(USABLE), whole=False) for number in range(1, count + 1)
        }
    return pages


@contextlib.contextmanager
def beginning(damaged: Vault, folder: Path, *, today: date, bounds: Bounds = READING) -> Iterator[Vault]:
    """
    Make a new journal for what is saved from a damaged one; it is put in place if the block ends well.

    Args:
        damaged: The damaged journal, unlocked.
        folder: Where the new one is to be; it must not be there, or be empty.
        today: The day written into it.
        bounds: Which costs are accepted in the key files.

    Raises:
        AlreadyThere: If something is in that folder.
        Refused: If the disk refuses.
    """
    with refusing():
        if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
            raise AlreadyThere("there is something in {folder} already", hint="name a folder of its own", folder=folder)
        new_folder(folder.parent)
        beside = folder.with_name(folder.name + NEW)
        if beside.exists():
            raise AlreadyThere(
                "an earlier attempt left {folder}", hint="remove that folder, then try again", folder=beside
            )
        beside.mkdir(mode=PRIVATE_FOLDER)
    try:
        key_file = copies.find(damaged.folder, bounds=bounds).key_file
        trusted = key_file is not None and keyfile.is_signed_by(key_file, damaged.master_key)
        database.create(beside / DATABASE, master_key=damaged.master_key, journal=damaged.journal, today=today)
        if key_file is not None and trusted:
            with alone_in(beside):
                copies.write(beside, key_file)
        yield Vault(beside, damaged.journal, damaged.master_key, damaged.opened_with, key_files_missing=not trusted)
        with refusing():
            sync_folder(beside)
            beside.replace(folder)
            sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def carry_over(opened: Database, meta: Mapping[str, str]) -> None:
    """
    Write into a new journal what the damaged one said of itself, as far as it can still be read.

    Its count of changes goes on from the old one's, so that the new journal is not taken for an older state of it.
    """
    taken = {name: meta[name] for name in ("created", "key_epoch") if name in meta}
    changes, _, _ = meta.get(integrity.STATE, "").partition(" ")
    with opened.changing():
        state = integrity.state(opened.connection)
        if state is not None and changes.isdecimal():
            taken[integrity.STATE] = str(State(max(state.epoch, int(changes) + 1), state.set_hash))
        opened.run_each("UPDATE meta SET value = ? WHERE name = ?", [(value, name) for name, value in taken.items()])

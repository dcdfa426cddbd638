"""
The ring of keys: adding, changing and taking away what opens a journal.

Every change writes the key file anew, whole or not at all, so what opened before or what opens
after always does. Copies of the key file made before keep opening with what opened then; only
another master key ends that, for what is written from then on.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from journal_cli.errors import Ambiguous, Damaged, JournalError, Mistyped, NotFound, Protected, Refused, WrongKey
from journal_cli.vault import copies, keyfile, recovery, rekey
from journal_cli.vault.database import Database, open_database
from journal_cli.vault.derive import MASTER_KEY_SIZE, database_salt
from journal_cli.vault.disk import alone_in, copy_aside, refusing
from journal_cli.vault.keyfile import LONGEST_LABEL, MOST_SLOTS, KeyFile
from journal_cli.vault.opening import COPIES_KEPT, RECOVERY_FOLDER
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import READING, STANDARD, STRONG, Bounds, Cost, Header, Slot, seal
from journal_cli.vault.vault import DATABASE, Vault

SHORTEST_ID: Final = 3  # characters of a slot's id that name it

_ID_SIZE: Final = 8  # bytes


@dataclass(frozen=True, slots=True)
class Making:
    """
    How slots are made.

    Args:
        today: The day written beside them.
        cost: How hard a guess must work.
        bounds: The costs that are accepted in a key file.
        random: Gives that many unpredictable bytes.
    """

    today: date
    cost: Cost = STANDARD
    bounds: Bounds = READING
    random: Callable[[int], bytes] = os.urandom


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A passphrase that is to open the journal under its next master key too.

    Args:
        header: What its slot says of itself.
        passphrase: As typed; without it no slot can be made.
        cost: How hard a guess must work.
    """

    header: Header
    passphrase: str = field(repr=False)
    cost: Cost


@dataclass(frozen=True, slots=True)
class Replaced:
    """
    What replacing the master key gave.

    Args:
        vault: The journal's folder, unlocked with the new one.
        recovery: The new recovery key, as it is written on paper.
        dropped: The slots whose passphrases were not at hand; they open nothing any more.
    """

    vault: Vault
    recovery: str = field(repr=False)
    dropped: tuple[Slot, ...]


def slots(folder: Path, *, bounds: Bounds = READING) -> tuple[Slot, ...]:
    """
    List the slots as the key file shows them to anybody, oldest first.

    Raises:
        Damaged, WrongKey, TooNew, Refused: If there is no key file that can be read.
    """
    found = copies.find(folder, bounds=bounds)
    if found.key_file is None:
        raise found.failure or copies.altered()
    return found.key_file.slots


def named(listed: Sequence[Slot], name: str) -> Slot:
    """
    Find a slot by its label or by how its id begins.

    Raises:
        NotFound: If there is none.
        Ambiguous: If there are several.
    """
    begins = [slot for slot in listed if len(name) >= SHORTEST_ID and slot.header.id.startswith(name.lower())]
    chosen = [slot for slot in listed if slot.header.label and slot.header.label == name] or begins
    if not chosen:
        raise NotFound("no passphrase is called so", hint="`journal passphrase list` shows them")
    if len(chosen) > 1:
        raise Ambiguous("several passphrases are called so", hint="type more of the id `journal passphrase list` shows")
    return chosen[0]


def label_of(text: str) -> str:
    """
    Read a label.

    Raises:
        Mistyped: If it is too long or holds what cannot be shown.
    """
    label = text.strip()
    if len(label) > LONGEST_LABEL or not label.isprintable():
        raise Mistyped("a name may have up to {most} characters, all of which can be seen", most=LONGEST_LABEL)
    return label


def add(vault: Vault, passphrase: str, how: Making, *, label: str = "") -> Slot:
    """
    Let one more passphrase open the journal; without key files, make them anew with this as the only one.

    Args:
        vault: The journal, unlocked.
        passphrase: As typed.
        how: The day, the cost and the chance of it.
        label: A name for the list; anyone who sees the key file can read it.

    Raises:
        Mistyped: If the passphrase cannot be one.
        Protected: If there are as many slots as there can be.
        Damaged: If the key file was altered meanwhile.
        Busy, Refused: If another window or the disk is in the way.
    """
    slot = _sealed(vault, passphrase, Header(how.random(_ID_SIZE).hex(), how.today.isoformat(), label), how)
    if vault.key_files_missing:
        _make_anew(vault, slot, how.today)
        return slot
    with _changing(vault, how.bounds) as (key_file, write):
        if len(key_file.slots) >= MOST_SLOTS:
            raise Protected(
                "a journal has at most {most} passphrases",
                hint="take one away with `journal passphrase remove`",
                most=MOST_SLOTS,
            )
        write((*key_file.slots, slot))
    return slot


def change(vault: Vault, slot: Slot, passphrase: str, how: Making) -> Slot:
    """
    Let another passphrase stand in the place of one.

    Args:
        vault: The journal, unlocked.
        slot: Whose passphrase it is; its id and label stay.
        passphrase: The new one, as typed.
        how: The day, the cost and the chance of it.

    Raises:
        Mistyped: If the passphrase cannot be one.
        NotFound: If the slot is not there any more.
        Damaged: If the key file was altered meanwhile.
        Busy, Refused: If another window or the disk is in the way.
    """
    changed = _sealed(vault, passphrase, replace(slot.header, created=how.today.isoformat()), how)
    with _changing(vault, how.bounds) as (key_file, write):
        named(key_file.slots, slot.header.id)
        write((*_without(key_file, slot), changed))
    return changed


def remove(vault: Vault, slot: Slot, *, bounds: Bounds = READING) -> None:
    """
    Take a passphrase away.

    Raises:
        Protected: If it is the last one.
        NotFound: If it is not there any more.
        Damaged: If the key file was altered meanwhile.
        Busy, Refused: If another window or the disk is in the way.
    """
    with _changing(vault, bounds) as (key_file, write):
        named(key_file.slots, slot.header.id)
        rest = _without(key_file, slot)
        if not rest:
            raise last_way_in()
        write(rest)


def last_way_in() -> Protected:
    """The failure to raise when no passphrase would be left."""
    return Protected(
        "this is the only passphrase, and without it only the paper would open the journal",
        hint="add another first (`journal passphrase add`), or change this one (`journal passphrase change`)",
    )


def replace_master_key(
    vault: Vault,
    kept: Sequence[Kept],
    how: Making,
    *,
    before: Callable[[Database], None] | None = None,
    watch: Watch | None = None,
) -> Replaced:
    """
    Encrypt the journal anew under another master key; a kill at any moment leaves one that opens.

    Nothing else in this process may have the journal open. The new recovery key is noted as not
    shown yet; `rekey.paper_was_shown` ends that.

    Args:
        vault: The journal, unlocked, with its key files.
        kept: The passphrases that go on opening it, at least one.
        how: The day and the chance of it; each passphrase brings its own cost.
        before: Called with the open database before anything is changed, to back it up.
        watch: How the journal is compared with what was last seen here: an older one keeps its key.

    Raises:
        Mistyped: If a passphrase cannot be one.
        Protected: If no passphrase is kept.
        Damaged: If the database or the key file is damaged; nothing was changed then.
        Busy, Refused: If another window or the disk is in the way; the old secrets go on opening it.
    """
    if not kept:
        raise last_way_in()
    coming = replace(vault, master_key=how.random(MASTER_KEY_SIZE), slot="", replacing="")
    sealed = tuple(_sealed(coming, one.passphrase, one.header, replace(how, cost=one.cost)) for one in kept)
    _look_over(vault, before, watch)
    with alone_in(vault.folder):
        key_file = _current(vault, how.bounds)
        old, new = vault.master_key, coming.master_key
        begun = rekey.begun(key_file, old=old, new=new, slots=sealed, today=how.today, random=how.random)
        copies.write(vault.folder, begun)
        _finish_or_take_back(vault, new, how.bounds)
    opened = replace(coming, seq=begun.seq + 1, key_epoch=begun.key_epoch + 1)
    return Replaced(opened, recovery.written(opened.master_key), _without(key_file, *sealed))


def try_recovery_key(folder: Path, typed: str, *, bounds: Bounds = READING) -> None:
    """
    See whether a recovery key is this journal's, without opening anything.

    Raises:
        WrongKey: If it is not; the sentence names the sign that is wrong, or what the key is of instead.
        Damaged: If the key file cannot tell, or was altered.
        TooNew: If the key, or the key file, is of a newer kind.
        Refused: If the disk cannot be read.
    """
    master_key = recovery.read(typed)
    found = copies.find(folder, bounds=bounds)
    if found.key_file is not None and rekey.signer(found.key_file, master_key) is not None:
        return
    if rekey.is_salted(folder / DATABASE, database_salt(master_key)):
        return  # the head of the database vouches for it, whatever became of the key files
    if found.key_file is None:
        raise found.failure or copies.altered()
    if keyfile.fits(found.key_file, master_key):
        raise copies.altered()
    raise rekey.replaced_earlier(found.key_file, master_key) or WrongKey(
        "this is a recovery key, but of another journal", hint="look for the paper with this journal's key"
    )


def _sealed(vault: Vault, passphrase: str, header: Header, how: Making) -> Slot:
    """
    Make a slot of this journal.

    Raises:
        Mistyped: If the passphrase cannot be one.
        Refused: If the machine has too little memory for the cost.
    """
    try:
        return seal(
            vault.master_key, passphrase, journal=vault.journal, header=header, cost=how.cost, random=how.random
        )
    except WrongKey as error:
        raise Mistyped(error.template, hint="choose other words", **error.values) from None


def _current(vault: Vault, bounds: Bounds) -> KeyFile:
    """
    The key file as it is now, if it is still one of this master key's.

    Raises:
        Refused: If a master key is waiting in it to be replaced.
        Damaged: If it was altered.
    """
    key_file = copies.find(vault.folder, bounds=bounds).key_file
    if key_file is not None and key_file.pending is not None:
        raise Refused(
            "the master key is being replaced, and the disk has not let that be finished",
            hint="see whether it has space left and can be written, then open the journal once more",
        )
    if key_file is None or not keyfile.is_signed_by(key_file, vault.master_key):
        raise Damaged("the key file was changed in the meantime", hint="begin again; nothing was changed here")
    return key_file


@contextlib.contextmanager
def _changing(vault: Vault, bounds: Bounds) -> Iterator[tuple[KeyFile, Callable[[tuple[Slot, ...]], None]]]:
    """Hold the folder, and give the key file with a way to write other slots into it."""
    with alone_in(vault.folder):
        key_file = _current(vault, bounds)

        def write(changed: tuple[Slot, ...]) -> None:
            newer = replace(key_file, seq=key_file.seq + 1, slots=changed)
            copies.write(vault.folder, keyfile.signed(newer, vault.master_key))

        yield key_file, write


def _without(key_file: KeyFile, *gone: Slot) -> tuple[Slot, ...]:
    ids = {slot.header.id for slot in gone}
    return tuple(slot for slot in key_file.slots if slot.header.id not in ids)


def _make_anew(vault: Vault, slot: Slot, today: date) -> None:
    """
    Write key files with one slot; what stands in their place is kept aside.

    Nobody may remember how often the lost ones were changed; the number of the day is above that.
    """
    seq = today.toordinal()
    made = KeyFile(journal=vault.journal, seq=seq, key_epoch=vault.key_epoch, key_check=b"", slots=(slot,))
    with alone_in(vault.folder):
        _keep_what_is_there(vault.folder)
        copies.write(vault.folder, keyfile.signed(made, vault.master_key))


def _keep_what_is_there(folder: Path) -> None:
    ordinary = [folder / name for name in copies.BOTH if (folder / name).is_file()]
    ordinary = [path for path in ordinary if not path.is_symlink()]
    if ordinary:
        with refusing(), contextlib.ExitStack() as files:
            originals = {path.name: files.enter_context(path.open("rb")) for path in ordinary}
            copy_aside(folder / RECOVERY_FOLDER, originals, mark=ordinary[0].name, keep=COPIES_KEPT)


def _look_over(vault: Vault, before: Callable[[Database], None] | None, watch: Watch | None) -> None:
    """See that the journal can be encrypted anew, and have it backed up."""
    with open_database(
        vault.folder / DATABASE,
        master_key=vault.master_key,
        journal=vault.journal,
        memory_security=False,
        watch=watch and replace(watch, key_seq=vault.seq),
    ) as database:
        rekey.refuse_hopeless(database)
        if before is not None:
            before(database)


def _finish_or_take_back(vault: Vault, new: bytes, bounds: Bounds) -> None:
    """Finish what was begun; if something is in the way, leave things as they were before."""
    try:
        rekey.finish(vault.folder, DATABASE, old=vault.master_key, new=new, bounds=bounds)
    except JournalError:
        with contextlib.suppress(Refused):
            rekey.take_back(vault.folder, DATABASE, old=vault.master_key, bounds=bounds)
        raise


def no_weaker(cost: Cost, *, strong: bool, usual: Cost) -> Cost:
    """The cost of new words in a slot: as usual, or strong if that is wished for or was so before."""
    return STRONG if strong or cost.memory >= STRONG.memory else usual

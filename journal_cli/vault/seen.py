"""
What was last seen of a journal on this computer, kept outside its folder.

Whoever can put back last week's folder, be it a sync program, a backup or a person, puts back
everything in it; only something outside can tell. The record is small and sealed: without
the master key it tells at most how often that was replaced.

A record that is missing or damaged means that nothing is known, and nothing is said. One
that cannot be written is not written: it guards, and must not be in the way.
"""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal_cli.errors import Refused
from journal_cli.vault.derive import subkey
from journal_cli.vault.disk import private_folder, refusing, write_whole
from journal_cli.vault.integrity import State

Held = Literal["", "older", "other", "altered", "unwritable"]
"""Why a journal opens for reading only: older than seen, not the one seen, altered, or not writable here."""
Settled = Literal["", "recovered", "restored"]
"""What was done about a rollback journal a crash left, or a sync program put back."""

_MAGIC: Final = b"jcls\x01"
_NONCE: Final = 12  # bytes
_LARGEST: Final = 4096  # bytes
_PADDED: Final = 256  # bytes
_BEFORE_TEXT: Final = len(_MAGIC) + 4 + _NONCE
_FIELDS: Final = {"epoch": int, "set_hash": str, "key_seq": int, "entries": int, "day": str, "altered": bool}


@dataclass(frozen=True, slots=True)
class Seen:
    """
    The newest state of a journal that was seen on this computer.

    Args:
        epoch, set_hash: The database's state; see `integrity.State`.
        key_epoch: How often the master key had been replaced, from 1.
        key_seq: The key file's number; 0 if there was none.
        entries: How many entries there were, to tell the person.
        day: When it was, `YYYY-MM-DD`; empty if only `key_epoch` could be read.
        altered: A check found rows that were not as they were written.
    """

    epoch: int
    set_hash: str
    key_epoch: int
    key_seq: int
    entries: int
    day: str
    altered: bool = False

    @property
    def state(self) -> State:
        """The database's state."""
        return State(self.epoch, self.set_hash)


@dataclass(frozen=True, slots=True)
class Watch:
    """
    How an opened journal is compared with what was seen, and noted when it is closed.

    Args:
        path: Where the record is kept; see `record_in`.
        today: The day to note.
        count: Counts the entries of an open database.
        key_seq: The number of the key file that opened it; 0 if there was none.
    """

    path: Path
    today: date
    count: Callable[[Any], int]
    key_seq: int = 0


def record_in(folder: Path, journal: str) -> Path:
    """Give the place of a journal's record in the folder for the program's state."""
    return folder / journal[:16]


def read(path: Path, *, master_key: bytes, journal: str) -> Seen | None:
    """
    Read what was last seen.

    Returns:
        None if nothing is known. Of a record made under another master key only `key_epoch` is known.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError:
        return None
    if not content.startswith(_MAGIC) or len(content) <= _BEFORE_TEXT:
        return None
    head, sealed = content[: len(_MAGIC) + 4], content[_BEFORE_TEXT:]
    key_epoch = int.from_bytes(head[len(_MAGIC) :], "big")
    try:
        opened = _cipher(master_key).decrypt(content[len(head) : _BEFORE_TEXT], sealed, _bound(head, journal))
        fields = json.loads(opened)
    except (InvalidTag, ValueError):
        return Seen(0, "", key_epoch, 0, 0, "")
    if {name: type(value) for name, value in fields.items()} != _FIELDS:
        return None
    return Seen(key_epoch=key_epoch, **fields)


def write(path: Path, seen: Seen, *, master_key: bytes, journal: str) -> None:
    """Note what was seen, whole or not at all."""
    head = _MAGIC + seen.key_epoch.to_bytes(4, "big")
    nonce = os.urandom(_NONCE)
    fields = {name: getattr(seen, name) for name in _FIELDS}
    text = json.dumps(fields).encode().ljust(_PADDED)  # or its length would tell how large the numbers are
    sealed = _cipher(master_key).encrypt(nonce, text, _bound(head, journal))
    with contextlib.suppress(Refused), refusing():
        private_folder(path.parent)
        write_whole(path, head + nonce + sealed)


def forget(path: Path) -> None:
    """Know nothing from now on; after a restore, for example, that the person asked for."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def held(seen: Seen | None, state: State | None, *, key_epoch: int) -> Held:
    """Tell whether a state is older than what was seen, or another one."""
    if seen is None:
        return ""
    if not seen.day:
        # Made under another master key. A newer one means that this copy is from before the change.
        return "older" if seen.key_epoch > key_epoch else ""
    if state is None or state.epoch < seen.epoch or key_epoch < seen.key_epoch:
        return "older"
    if state.epoch == seen.epoch and state.set_hash != seen.set_hash:
        return "other"
    return "altered" if seen.altered else ""


def _cipher(master_key: bytes) -> AESGCM:
    return AESGCM(subkey(master_key, "last-seen", 32))


def _bound(head: bytes, journal: str) -> bytes:
    return head + journal.encode("ascii")

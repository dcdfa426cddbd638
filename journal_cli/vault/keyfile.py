"""
The key file: its bytes, and the refusals a reader owes before it believes them.

The order matters. Size, then JSON, then the one canonical spelling, then the checksum:
what fails so far is damage, and says so before any passphrase is asked for. Then the
version, then every field within its bounds. After unlocking, the MAC.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from journal_cli.errors import Damaged, TooNew
from journal_cli.vault.derive import key_check, key_file_mac_key
from journal_cli.vault.slots import (
    AEAD,
    FORMAT,
    KDF,
    NONCE_SIZE,
    PASSPHRASE,
    SALT_SIZE,
    VERSION,
    WRAPPED_SIZE,
    Bounds,
    Cost,
    Header,
    Slot,
    canonical,
    slot_document,
)

LARGEST: Final = 65_536  # bytes
MOST_SLOTS: Final = 8
LONGEST_LABEL: Final = 64  # characters
MOST_EARLIER: Final = 8  # replaced master keys that are remembered by name
HIGHEST_COUNT: Final = 2**53 - 1  # what every JSON reader holds exactly

_KEY_CHECK_SIZE: Final = 8  # bytes
_DIGEST_SIZE: Final = 32  # bytes
_WAY_OUT: Final = "your recovery key opens the journal without it"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FILE_NAMES: Final = frozenset(
    {"format", "version", "journal", "seq", "key_epoch", "key_check", "slots", "pending", "mac", "sha256"}
)
_EARLIER: Final = "earlier"  # absent rather than empty, so that there is one spelling
_PENDING_NAMES: Final = frozenset({"begun", "next", "previous", "slots"})
_SLOT_NAMES: Final = frozenset({"id", "kind", "label", "created", "kdf", "aead", "nonce", "wrapped"})
_KDF_NAMES: Final = frozenset({"name", "t", "m", "p", "salt"})


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One master key, wrapped under another."""

    nonce: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """
    What is needed to finish replacing the master key, whoever comes next and with whichever secret.

    Args:
        begun: The day it began, `YYYY-MM-DD`.
        next: The new master key, under the old one.
        previous: The old master key, under the new one.
        slots: The slots of the new master key, at least one.
    """

    begun: str
    next: Wrapped
    previous: Wrapped
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """
    A master key that is no longer used: enough to recognise its recovery key, and nothing else.

    Args:
        key_check: Eight bytes that fit that master key.
        until: The day it was replaced, `YYYY-MM-DD`.
    """

    key_check: bytes = field(repr=False)
    until: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """
    What a key file says.

    Args:
        journal: The journal's id, 32 hexadecimal digits.
        seq: Grows by one with each change; the higher of two copies is the newer.
        key_epoch: Grows by one each time the master key is replaced; 1 at first.
        key_check: Eight bytes that fit one master key.
        slots: At least one and at most eight, oldest first.
        pending: What replacing the master key still needs, or None.
        mac: 32 bytes that only the master key can make.
        earlier: Master keys that were replaced, oldest first, at most eight.
    """

    journal: str
    seq: int
    key_epoch: int
    key_check: bytes = field(repr=False)
    slots: tuple[Slot, ...]
    pending: Pending | None = None
    mac: bytes = field(default=b"", repr=False)
    earlier: tuple[Earlier, ...] = ()


def signed(key_file: KeyFile, master_key: bytes) -> KeyFile:
    """The same key file, checked in and authenticated by the master key."""
    checked = replace(key_file, key_check=key_check(master_key), mac=b"")
    return replace(checked, mac=_mac(checked, master_key))


def is_signed_by(key_file: KeyFile, master_key: bytes) -> bool:
    """Whether nobody without this master key has changed the key file."""
    return hmac.compare_digest(key_file.mac, _mac(key_file, master_key))


def fits(key_file: KeyFile, master_key: bytes) -> bool:
    """Whether the key file is one of this master key's."""
    return hmac.compare_digest(key_file.key_check, key_check(master_key))


def to_bytes(key_file: KeyFile) -> bytes:
    """Write a key file."""
    document = {**_body(key_file), "mac": key_file.mac.hex()}
    return canonical({**document, "sha256": hashlib.sha256(canonical(document)).hexdigest()})


def from_bytes(content: bytes, *, bounds: Bounds) -> KeyFile:
    """
    Read a key file, refusing before believing.

    Args:
        content: The bytes of the file, damaged or hostile as they may be.
        bounds: The costs that are accepted.

    Raises:
        Damaged: If the bytes are not a whole key file, or a field is out of bounds.
        TooNew: If the file is whole and of a later version.
    """
    document = _whole(content)
    _refuse_unless(document.get("format") == FORMAT, "format")
    version = _count(document, "version")
    if version > VERSION:
        raise TooNew("the key file was made by a newer version of this program")
    _only({name: value for name, value in document.items() if name != _EARLIER}, _FILE_NAMES, "file")
    return KeyFile(
        journal=_hex(document, "journal", 16).hex(),
        seq=_count(document, "seq"),
        key_epoch=_count(document, "key_epoch"),
        key_check=_hex(document, "key_check", _KEY_CHECK_SIZE),
        slots=_slots(document, bounds),
        pending=_pending(document["pending"], bounds),
        mac=_hex(document, "mac", _DIGEST_SIZE),
        earlier=_earlier(document),
    )


def _whole(content: bytes) -> dict[str, Any]:
    """The document, if the bytes are the one spelling it has and its checksum fits."""
    if len(content) > LARGEST:
        raise _damaged()
    try:
        document: dict[str, Any] = json.loads(content.decode("ascii"))
        whole = type(document) is dict and canonical(document) == content
    except (ValueError, RecursionError):
        # The original quotes the file.
        raise _damaged() from None
    if not whole:
        raise _damaged()
    checksum = document.pop("sha256", None)
    if checksum != hashlib.sha256(canonical(document)).hexdigest():
        raise _damaged()
    document["sha256"] = checksum
    return document


def _body(key_file: KeyFile) -> dict[str, Any]:
    """All that the MAC covers."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "journal": key_file.journal,
        "seq": key_file.seq,
        "key_epoch": key_file.key_epoch,
        "key_check": key_file.key_check.hex(),
        "slots": [slot_document(slot) for slot in key_file.slots],
        "pending": key_file.pending and _pending_document(key_file.pending),
    }
    if key_file.earlier:
        body[_EARLIER] = [{"key_check": one.key_check.hex(), "until": one.until} for one in key_file.earlier]
    return body


def _pending_document(pending: Pending) -> dict[str, Any]:
    return {
        "begun": pending.begun,
        "next": _wrapped_document(pending.next),
        "previous": _wrapped_document(pending.previous),
        "slots": [slot_document(slot) for slot in pending.slots],
    }


def _wrapped_document(one: Wrapped) -> dict[str, str]:
    return {
        "nonce": base64.b64encode(one.nonce).decode("ascii"),
        "wrapped": base64.b64encode(one.wrapped).decode("ascii"),
    }


def _mac(key_file: KeyFile, master_key: bytes) -> bytes:
    return hmac.digest(key_file_mac_key(master_key), canonical(_body(key_file)), "sha256")


def _slots(document: dict[str, Any], bounds: Bounds) -> tuple[Slot, ...]:
    """One to eight slots, none twice."""
    slots = document["slots"]
    _refuse_unless(type(slots) is list and 1 <= len(slots) <= MOST_SLOTS, "slots")
    parsed = tuple(_slot(slot, bounds) for slot in slots)
    _refuse_unless(len({slot.header.id for slot in parsed}) == len(parsed), "slots")
    return parsed


def _slot(slot: Any, bounds: Bounds) -> Slot:
    _only(slot, _SLOT_NAMES, "slot")
    _refuse_unless(slot["kind"] == PASSPHRASE, "kind")
    _refuse_unless(slot["aead"] == AEAD, "aead")
    label = slot["label"]
    _refuse_unless(type(label) is str and len(label) <= LONGEST_LABEL and label.isprintable(), "label")
    kdf = slot["kdf"]
    _only(kdf, _KDF_NAMES, "kdf")
    _refuse_unless(kdf["name"] == KDF, "kdf")
    return Slot(
        header=Header(id=_hex(slot, "id", 8).hex(), created=_day(slot, "created"), label=label),
        cost=_cost(kdf, bounds),
        salt=_base64(kdf, "salt", SALT_SIZE),
        nonce=_base64(slot, "nonce", NONCE_SIZE),
        wrapped=_base64(slot, "wrapped", WRAPPED_SIZE),
    )


def _cost(kdf: dict[str, Any], bounds: Bounds) -> Cost:
    low, high = bounds.lowest, bounds.highest
    cost = Cost(passes=_count(kdf, "t"), memory=_count(kdf, "m"), lanes=_count(kdf, "p"))
    _refuse_unless(low.passes <= cost.passes <= high.passes, "t")
    _refuse_unless(low.memory <= cost.memory <= high.memory, "m")
    _refuse_unless(low.lanes <= cost.lanes <= high.lanes, "p")
    _refuse_unless(cost.memory >= 8 * cost.lanes, "m")  # RFC 9106: eight blocks a lane, or it does not compute
    return cost


def _pending(pending: Any, bounds: Bounds) -> Pending | None:
    if pending is None:
        return None
    _only(pending, _PENDING_NAMES, "pending")
    return Pending(
        begun=_day(pending, "begun"),
        next=_wrapped(pending, "next"),
        previous=_wrapped(pending, "previous"),
        slots=_slots(pending, bounds),
    )


def _wrapped(document: dict[str, Any], name: str) -> Wrapped:
    one = document[name]
    _only(one, frozenset({"nonce", "wrapped"}), name)
    return Wrapped(nonce=_base64(one, "nonce", NONCE_SIZE), wrapped=_base64(one, "wrapped", WRAPPED_SIZE))


def _earlier(document: dict[str, Any]) -> tuple[Earlier, ...]:
    if _EARLIER not in document:
        return ()
    listed = document[_EARLIER]
    _refuse_unless(type(listed) is list and 1 <= len(listed) <= MOST_EARLIER, _EARLIER)
    for one in listed:
        _only(one, frozenset({"key_check", "until"}), _EARLIER)
    return tuple(Earlier(_hex(one, "key_check", _KEY_CHECK_SIZE), _day(one, "until")) for one in listed)


def _only(document: Any, names: frozenset[str], what: str) -> None:
    """Refuse anything but an object with exactly these names."""
    _refuse_unless(type(document) is dict and document.keys() == names, what)


def _count(document: dict[str, Any], name: str) -> int:
    """A whole number from 1 on; true, 1.0 and "1" are none."""
    number = document.get(name)
    if type(number) is not int or not 1 <= number <= HIGHEST_COUNT:
        raise _out_of_bounds(name)
    return number


def _hex(document: dict[str, Any], name: str, size: int) -> bytes:
    text = document[name]
    if type(text) is not str or re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text) is None:
        raise _out_of_bounds(name)
    return bytes.fromhex(text)


def _base64(document: dict[str, Any], name: str, size: int) -> bytes:
    text = document[name]
    _refuse_unless(type(text) is str, name)
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _out_of_bounds(name) from None
    # One spelling for each value: the unused bits of the last sign are zero.
    _refuse_unless(len(content) == size and base64.b64encode(content).decode("ascii") == text, name)
    return content


def _day(document: dict[str, Any], name: str) -> str:
    text = document[name]
    try:
        _refuse_unless(type(text) is str and _DAY.fullmatch(text) is not None, name)
        date.fromisoformat(text)
    except ValueError:
        raise _out_of_bounds(name) from None
    return str(text)


def _refuse_unless(accepted: bool, name: str) -> None:
    if not accepted:
        raise _out_of_bounds(name)


def _out_of_bounds(name: str) -> Damaged:
    return Damaged('the key file asks for something impossible (its "{name}")', hint=_WAY_OUT, name=name)


def _damaged() -> Damaged:
    return Damaged("the key file is damaged", hint=_WAY_OUT)

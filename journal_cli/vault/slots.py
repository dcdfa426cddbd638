"""
Key slots: one master key, and the secrets that open it.

A slot holds the master key under AES-256-GCM; the key for that comes from a passphrase
through Argon2id. The whole header of the slot is authenticated with it, so that a slot
cannot be moved to another journal or have its cost edited.
"""

import base64
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from journal_cli.errors import Refused, WrongKey
from journal_cli.vault.derive import MASTER_KEY_SIZE

FORMAT: Final = "journal-cli-key"
VERSION: Final = 1

KDF: Final = "argon2id"
AEAD: Final = "aes-256-gcm"
PASSPHRASE: Final = "passphrase"  # noqa: S105  the name of a kind of slot

SALT_SIZE: Final = 16  # bytes
NONCE_SIZE: Final = 12  # bytes
WRAPPED_SIZE: Final = MASTER_KEY_SIZE + 16  # bytes: the key and its tag
LONGEST_PASSPHRASE: Final = 1024  # bytes of UTF-8

_KIB_PER_MIB: Final = 1024
# Normalising shortens a text at most fourfold here (a Greek letter and three marks): longer than this cannot fit.
_LONGEST_TYPED: Final = 4 * LONGEST_PASSPHRASE  # characters


@dataclass(frozen=True, slots=True)
class Cost:
    """
    How hard a guess must work.

    Args:
        passes: Argon2id iterations.
        memory: Memory per guess, in kibibytes.
        lanes: Parallel lanes.
    """

    passes: int
    memory: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    The costs that are accepted from a file, both ends included.

    Args:
        lowest: Below this a guess is too cheap.
        highest: Above this the file asks for more than anyone would set, as an attack does.
    """

    lowest: Cost
    highest: Cost


STANDARD: Final = Cost(passes=3, memory=65_536, lanes=4)  # RFC 9106, second choice: 64 MiB
STRONG: Final = Cost(passes=3, memory=262_144, lanes=4)  # 256 MiB
CHEAPEST: Final = Cost(passes=1, memory=8, lanes=1)  # tests only: 8 KiB

HIGHEST: Final = Cost(passes=16, memory=2_097_152, lanes=8)  # 2 GiB
READING: Final = Bounds(lowest=Cost(passes=2, memory=19_456, lanes=1), highest=HIGHEST)  # OWASP's minimum: 19 MiB


@dataclass(frozen=True, slots=True)
class Header:
    """
    What a slot says of itself in the clear, besides its cost.

    Args:
        id: 16 hexadecimal digits.
        created: The day it was made, `YYYY-MM-DD`.
        label: A name for the list of slots; anyone who sees the file can read it.
        kind: What opens it.
    """

    id: str
    created: str
    label: str = ""
    kind: str = PASSPHRASE


@dataclass(frozen=True, slots=True)
class Slot:
    """
    The master key, wrapped under one secret.

    Args:
        header: What it says of itself.
        cost: How hard a guess must work.
        salt: 16 bytes for the key derivation.
        nonce: 12 bytes for the wrapping.
        wrapped: 48 bytes, the master key and its tag.
    """

    header: Header
    cost: Cost
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


def canonical(document: Any) -> bytes:
    """Write a document as the one JSON text it has: keys sorted, no spaces, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def slot_document(slot: Slot) -> dict[str, Any]:
    """A slot as it stands in the key file."""
    return {
        "id": slot.header.id,
        "kind": slot.header.kind,
        "label": slot.header.label,
        "created": slot.header.created,
        "kdf": {
            "name": KDF,
            "t": slot.cost.passes,
            "m": slot.cost.memory,
            "p": slot.cost.lanes,
            "salt": base64.b64encode(slot.salt).decode("ascii"),
        },
        "aead": AEAD,
        "nonce": base64.b64encode(slot.nonce).decode("ascii"),
        "wrapped": base64.b64encode(slot.wrapped).decode("ascii"),
    }


def passphrase_bytes(passphrase: str) -> bytes:
    """
    Turn a passphrase into the bytes a key is derived from: NFC, UTF-8, no line end.

    Raises:
        WrongKey: If it is empty, longer than 1024 bytes, or holds what no keyboard types.
    """
    typed = passphrase.rstrip("\r\n")  # what a pipe or a command adds
    if not typed:
        raise WrongKey("an empty passphrase opens nothing", hint="type the words, or your recovery key")
    if len(typed) > _LONGEST_TYPED:
        raise WrongKey("this is too long for a passphrase (at most {limit} bytes)", limit=LONGEST_PASSPHRASE)
    if "\0" in typed:
        raise WrongKey("a passphrase cannot hold a NUL character")
    try:
        words = unicodedata.normalize("NFC", typed).encode("utf-8")
    except UnicodeEncodeError:
        # The original names the character and the text around it.
        raise WrongKey("this passphrase holds something that is not text") from None
    if len(words) > LONGEST_PASSPHRASE:
        raise WrongKey("this is too long for a passphrase (at most {limit} bytes)", limit=LONGEST_PASSPHRASE)
    return words


def seal(
    master_key: bytes,
    passphrase: str,
    *,
    journal: str,
    header: Header,
    cost: Cost,
    random: Callable[[int], bytes] = os.urandom,
) -> Slot:
    """
    Wrap the master key under a passphrase.

    Args:
        master_key: 32 bytes.
        passphrase: As typed; it is normalised here.
        journal: The id of the journal the slot belongs to, 32 hexadecimal digits.
        header: What the slot says of itself.
        cost: How hard a guess must work.
        random: Gives that many unpredictable bytes.

    Raises:
        WrongKey: If the passphrase cannot be one.
        Refused: If the machine has too little memory for the cost.
    """
    if len(master_key) != MASTER_KEY_SIZE:
        raise ValueError("a master key has 32 bytes")
    words = passphrase_bytes(passphrase)
    blank = Slot(header=header, cost=cost, salt=random(SALT_SIZE), nonce=random(NONCE_SIZE), wrapped=b"")
    wrapped = AESGCM(_stretch(words, blank)).encrypt(blank.nonce, master_key, _bound_to(blank, journal))
    return Slot(header=header, cost=cost, salt=blank.salt, nonce=blank.nonce, wrapped=wrapped)


def unseal(slot: Slot, passphrase: str, *, journal: str) -> bytes:
    """
    Give back the master key.

    Raises:
        WrongKey: If the passphrase is not this slot's, or the slot was altered. The two
            cannot be told apart, and must not be.
        Refused: If the machine has too little memory for the slot's cost.
    """
    words = passphrase_bytes(passphrase)
    try:
        return AESGCM(_stretch(words, slot)).decrypt(slot.nonce, slot.wrapped, _bound_to(slot, journal))
    except InvalidTag:
        raise WrongKey("these words do not open this journal") from None


def _bound_to(slot: Slot, journal: str) -> bytes:
    """What is authenticated with the wrapped key: format, version, journal and the slot's whole header."""
    header = {name: value for name, value in slot_document(slot).items() if name != "wrapped"}
    return canonical({"format": FORMAT, "version": VERSION, "journal": journal, "slot": header})


def _stretch(words: bytes, slot: Slot) -> bytes:
    return stretch(words, slot.cost, slot.salt)


def stretch(words: bytes, cost: Cost, salt: bytes) -> bytes:
    """
    Derive 32 bytes from a passphrase, as slowly as the cost says.

    Args:
        words: The passphrase, from `passphrase_bytes`.
        cost: How hard it is to be.
        salt: 16 bytes.

    Raises:
        Refused: If the machine has too little memory for it.
    """
    try:
        derivation = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
        return derivation.derive(words)
    except MemoryError:
        raise Refused(
            "unlocking with these words needs {need} MiB of free memory, and there is less",
            hint="close other programs, or type your recovery key instead: it needs almost none",
            need=max(1, cost.memory // _KIB_PER_MIB),
        ) from None

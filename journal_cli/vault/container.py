"""
A file that words open: anything, encrypted piece by piece, so that it can be as large as it likes.

FORMAT.md, 12. The key comes from a passphrase through Argon2id and belongs to this one file. Each
piece is authenticated with its place and with whether it is the last, so that nothing can be altered,
moved, dropped or added; a reader gives out no byte that was not proven.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal_cli.errors import Damaged, NotWhatItSays, TooNew, WrongKey
from journal_cli.vault.derive import subkey
from journal_cli.vault.slots import READING, SALT_SIZE, STANDARD, Bounds, Cost, passphrase_bytes, stretch

MAGIC: Final = b"jcle"
VERSION: Final = 1
PIECE: Final = 65_536  # bytes of each piece but the last
TAG: Final = 16  # bytes

_COSTS: Final = struct.Struct(">BIB")  # passes, memory in KiB, lanes
_TOLD: Final = len(MAGIC) + 1 + _COSTS.size + SALT_SIZE  # bytes: what the sum is of
_SUM: Final = 8  # bytes
_MAC: Final = 32  # bytes
HEADER_SIZE: Final = _TOLD + _SUM + _MAC

_HINT: Final = "nothing was imported; look for another copy of it"


@dataclass(frozen=True, slots=True)
class Header:
    """
    How a file begins.

    Args:
        cost: How hard a guess must work.
        salt: 16 bytes for the key derivation.
        mac: 32 bytes that tell whether the words are the right ones.
    """

    cost: Cost
    salt: bytes = field(repr=False)
    mac: bytes = field(repr=False)

    def told(self) -> bytes:
        """What the sum and the MAC are over."""
        return MAGIC + bytes([VERSION]) + _COSTS.pack(self.cost.passes, self.cost.memory, self.cost.lanes) + self.salt

    def to_bytes(self) -> bytes:
        """The header as it stands in the file."""
        told = self.told()
        return told + hashlib.sha256(told).digest()[:_SUM] + self.mac


def recognises(head: bytes) -> bool:
    """Whether a file begins as one of these."""
    return head.startswith(MAGIC)


def sealed(
    content: Iterable[bytes],
    words: str,
    *,
    cost: Cost = STANDARD,
    random: Callable[[int], bytes] = os.urandom,
) -> Iterator[bytes]:
    """
    Encrypt a stream.

    Args:
        content: What is to be kept, in pieces of any size.
        words: What is to open it.
        cost: How hard a guess must work.
        random: Gives that many unpredictable bytes.

    Returns:
        The bytes of the file, piece by piece.

    Raises:
        WrongKey: If the words cannot be a passphrase.
        Refused: If the machine has too little memory for the cost.
    """
    salt = random(SALT_SIZE)
    stretched = stretch(passphrase_bytes(words), cost, salt)
    told = Header(cost, salt, b"").told()
    header = Header(cost, salt, _mac(stretched, told)).to_bytes()
    yield header
    lock = AESGCM(subkey(stretched, "export-pieces", 32))
    for number, (piece, is_last) in enumerate(_pieces(content, PIECE)):
        yield lock.encrypt(_nonce(number, is_last=is_last), piece, header)


def unsealed(content: Iterable[bytes], words: str, *, bounds: Bounds = READING) -> Iterator[bytes]:
    """
    Give back what was encrypted; each piece is proven before it is given.

    Who uses it keeps nothing of it unless it came to its end.

    Args:
        content: The bytes of the file, in pieces of any size.
        words: What opens it.
        bounds: Which costs are accepted.

    Raises:
        NotWhatItSays: If it is no such file.
        TooNew: If a newer version made it.
        Damaged: If it was altered or is not complete.
        WrongKey: If the words are not those of this file.
        Refused: If the machine has too little memory for its cost.
    """
    coming = iter(content)
    start = b""
    while len(start) < HEADER_SIZE and (piece := next(coming, b"")):
        start += piece
    header = _header(start[:HEADER_SIZE], bounds)
    stretched = stretch(passphrase_bytes(words), header.cost, header.salt)
    if not hmac.compare_digest(_mac(stretched, header.told()), header.mac):
        raise WrongKey(
            "these words do not open this file", hint="the words are those that were chosen when it was made"
        )
    lock = AESGCM(subkey(stretched, "export-pieces", 32))
    told = header.to_bytes()
    for number, (piece, is_last) in enumerate(_pieces(_after(start[HEADER_SIZE:], coming), PIECE + TAG)):
        try:
            yield lock.decrypt(_nonce(number, is_last=is_last), piece, told)
        except InvalidTag:
            raise _not_whole() from None


def _header(start: bytes, bounds: Bounds) -> Header:
    """Read how a file begins, refusing before anything is derived."""
    if not recognises(start):
        raise NotWhatItSays("this is not an encrypted export")
    if start[len(MAGIC) : len(MAGIC) + 1] > bytes([VERSION]):
        raise TooNew("this export was made by a newer version of the program")
    told = start[:_TOLD]
    if len(start) < HEADER_SIZE or hashlib.sha256(told).digest()[:_SUM] != start[_TOLD : _TOLD + _SUM]:
        raise _not_whole()
    place = len(MAGIC) + 1
    cost = Cost(*_COSTS.unpack_from(told, place))
    lowest, highest = bounds.lowest, bounds.highest
    is_accepted = (
        told[len(MAGIC)] == VERSION
        and lowest.passes <= cost.passes <= highest.passes
        and lowest.memory <= cost.memory <= highest.memory
        and lowest.lanes <= cost.lanes <= highest.lanes
    )
    if not is_accepted:
        raise Damaged("this export asks for a key derivation that no version of the program makes", hint=_HINT)
    return Header(cost, told[place + _COSTS.size :], start[_TOLD + _SUM :])


def _mac(stretched: bytes, told: bytes) -> bytes:
    return hmac.digest(subkey(stretched, "export-header", 32), told, "sha256")


def _nonce(number: int, *, is_last: bool) -> bytes:
    """The place of a piece, and whether it is the last; the key is this file's alone."""
    return number.to_bytes(11, "big") + bytes([is_last])


def _pieces(content: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces of one size, and tell of each whether it is the last; there is one at least."""
    waiting = bytearray()
    for more in content:
        waiting += more
        start = 0
        while len(waiting) - start > size:  # what is exactly as long may be the last
            yield bytes(waiting[start : start + size]), False
            start += size
        del waiting[:start]
    yield bytes(waiting), True


def _after(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _not_whole() -> Damaged:
    return Damaged("this export was altered, or is not complete", hint=_HINT)

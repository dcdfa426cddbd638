"""
The pages of a database, decrypted outside of SQLCipher, in memory only.

SQLCipher gives nothing of a page that does not prove to be whole, and little of a file whose
first page is not. Here every page is decrypted; which ones proved to be whole is said beside.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from journal_cli.vault.derive import SALT_SIZE, database_salt

PAGE: Final = 4096  # bytes
USABLE: Final = 4016  # bytes of a page that hold content: the rest is its IV and its MAC

_IV: Final = 16  # bytes
_MAC_MASK: Final = 0x3A
_MAC_ROUNDS: Final = 2
_MAGIC: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Page:
    """
    One page.

    Args:
        number: Which, from 1.
        content: Its 4,016 bytes of content, decrypted.
        whole: Its MAC proved that they are as they were written.
    """

    number: int
    content: bytes = field(repr=False)
    whole: bool


def decrypted(file: bytes, master_key: bytes) -> Iterator[Page]:
    """
    Decrypt every page of a database, the last one even if the file ends in the middle of it.

    Args:
        file: The bytes of the database.
        master_key: 32 bytes.
    """
    salt = database_salt(master_key)
    mac_key = hashlib.pbkdf2_hmac("sha512", master_key, bytes(byte ^ _MAC_MASK for byte in salt), _MAC_ROUNDS, 32)
    for number, start in enumerate(range(0, len(file), PAGE), 1):
        page = file[start : start + PAGE].ljust(PAGE, b"\0")
        # The salt, in the place of SQLite's own first bytes, is neither encrypted nor authenticated.
        body = page[SALT_SIZE if number == 1 else 0 : USABLE]
        iv, mac = page[USABLE : USABLE + _IV], page[USABLE + _IV :]
        expected = hmac.digest(mac_key, body + iv + number.to_bytes(4, "little"), "sha512")
        reader = Cipher(algorithms.AES(master_key), modes.CBC(iv)).decryptor()
        content = reader.update(body) + reader.finalize()
        yield Page(number, (_MAGIC if number == 1 else b"") + content, hmac.compare_digest(mac, expected))


def damaged(file: bytes, master_key: bytes) -> list[int]:
    """Give the numbers of the pages that do not prove to be whole."""
    return [page.number for page in decrypted(file, master_key) if not page.whole]

"""What is derived from the master key: one label for each use, so that no value serves two."""

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_KEY_SIZE: Final = 32  # bytes
SALT_SIZE: Final = 16  # bytes, what SQLCipher keeps at the head of its file

_LABELS: Final = "journal-cli/v1/"


def subkey(master_key: bytes, purpose: str, size: int) -> bytes:
    """
    Derive a value for one purpose from the master key.

    Args:
        master_key: 32 bytes.
        purpose: What it is for; it becomes the label `journal-cli/v1/<purpose>`.
        size: How many bytes are wanted, at most 255 x 32.

    Raises:
        ValueError: If the master key does not have 32 bytes.
    """
    if len(master_key) != MASTER_KEY_SIZE:
        raise ValueError("a master key has 32 bytes")
    return HKDF(SHA256(), size, salt=None, info=(_LABELS + purpose).encode("ascii")).derive(master_key)


def key_check(master_key: bytes) -> bytes:
    """Eight bytes that tell whether a master key is the right one, and nothing else about it."""
    return subkey(master_key, "key-check", 8)


def database_salt(master_key: bytes) -> bytes:
    """The sixteen bytes at the head of the database, so that losing them there loses nothing."""
    return subkey(master_key, "sqlcipher-salt", SALT_SIZE)


def key_file_mac_key(master_key: bytes) -> bytes:
    """The key under which the key file is authenticated, 32 bytes."""
    return subkey(master_key, "keyfile-mac", 32)


def pending_key(master_key: bytes) -> bytes:
    """The key that wraps another master key while one replaces the other, 32 bytes."""
    return subkey(master_key, "pending", 32)

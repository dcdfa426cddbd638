"""
Texts that could not be saved: sealed in small files of their own until the journal takes them.

A full disk, or another window that writes and writes, must not cost somebody what they have just
written. The text is sealed under the master key and put beside the journal, or where there is
still room. One that is put there twice is there once. FORMAT.md, section 11, has the bytes.
"""

import contextlib
import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal_cli.errors import JournalError
from journal_cli.vault.derive import subkey
from journal_cli.vault.disk import alone_in, private_folder, sync_folder, write_whole

FOLDER: Final = "waiting"  # in the journal's own

_MAGIC: Final = b"jclw\x01"
_NONCE: Final = 12  # bytes
_ENDING: Final = ".waiting"
_NAMED_BY: Final = 16  # hexadecimal digits of the journal's id, and of the content's digest


def put(places: Iterable[Path], content: bytes, *, master_key: bytes, journal: str, mark: bytes = b"") -> Path | None:
    """
    Seal a text and keep it in the first of these folders that takes it.

    Args:
        places: Folders, made if they are not there; one that others may write to is passed over.
        content: The text, and whatever is to be known of it.
        master_key: 32 bytes.
        journal: The journal's id, 32 hexadecimal digits.
        mark: What makes it the same text as another; by default all of it.

    Returns:
        The folder, or None if none took it.
    """
    nonce = os.urandom(_NONCE)
    sealed = _MAGIC + nonce + _cipher(master_key).encrypt(nonce, content, _bound(journal))
    digest = hmac.digest(subkey(master_key, "waiting-name", 32), mark or content, hashlib.sha256).hex()
    for place in places:
        with contextlib.suppress(JournalError):
            private_folder(place)
            with alone_in(place):
                write_whole(place / f"{journal[:_NAMED_BY]}-{digest[:_NAMED_BY]}{_ENDING}", sealed)
            return place
    return None


def found(places: Iterable[Path], *, journal: str) -> list[Path]:
    """List the sealed texts of a journal, the one that has waited longest first."""
    files: list[tuple[int, Path]] = []
    for place in places:
        with contextlib.suppress(OSError):
            named = place.glob(f"{journal[:_NAMED_BY]}-*{_ENDING}")
            files.extend((file.lstat().st_mtime_ns, file) for file in named)
    return [file for _, file in sorted(files)]


def read(file: Path, *, master_key: bytes, journal: str) -> bytes | None:
    """Give what was sealed; None if it is damaged, or is of another key."""
    try:
        sealed = file.read_bytes()
        if not sealed.startswith(_MAGIC):
            return None
        nonce, sealed = sealed[len(_MAGIC) : len(_MAGIC) + _NONCE], sealed[len(_MAGIC) + _NONCE :]
        return _cipher(master_key).decrypt(nonce, sealed, _bound(journal))
    except (OSError, ValueError, InvalidTag):
        return None


def let_go(file: Path) -> None:
    """Take a sealed text away: the journal has it now."""
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
        sync_folder(file.parent)
        file.parent.rmdir()  # only if nothing else waits there


def _cipher(master_key: bytes) -> AESGCM:
    return AESGCM(subkey(master_key, "waiting", 32))


def _bound(journal: str) -> bytes:
    return _MAGIC + journal.encode("ascii")

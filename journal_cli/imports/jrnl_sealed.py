"""
The encrypted files of jrnl, opened with their password; nothing of them is ever written anywhere in the clear.

Version 3: `JRNLv3`, two bytes with the length of what follows (most significant byte first), base64 of a JSON object
with a `salt` in base64, then a Fernet token. Version 2 is a Fernet token alone; its salt is the same in every copy of
jrnl. Both derive the key with PBKDF2-HMAC-SHA256 in 100,000 rounds. Version 1 is AES-256-CBC under a single SHA-256 of
the password, its initial vector first, with nothing to tell whether the password was right but that text comes out.
Source: jrnl 4.6, `jrnl/encryption`; GHSA-rhx6-37mm-5q9r for the salt of version 2.
"""

import base64
import binascii
import hashlib
import json
from math import log2

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from journal_cli.errors import Locked, NotWhatItSays, TooNew, WrongKey
from journal_cli.imports.choices import Choices
from journal_cli.imports.source import Source

ROUNDS = 100_000
SALT_OF_VERSION_2 = bytes.fromhex("f2d5710ec18d2ededc8e36748904cef8")
SALTS = range(8, 65)  # bytes a salt may have; jrnl writes 16
LARGEST = 256 * 1024 * 1024  # bytes of a locked file; it can only be opened as a whole

_VERSIONED = b"JRNLv"
_TOKEN = b"gAAAAA"
_BLOCK = 16
_RANDOM = 0.8  # of the bits of a byte that the bytes of any text, and of most other files, are far below
_OTHERS = (b"PK", b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"7z", b"BZh", b"age-")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")  # no text of any encoding of eight bits has them
_NAMES = (".txt", ".jrnl", ".journal", ".enc")


def is_sealed(head: bytes, name: str) -> bool:
    """
    Say whether a file is one that jrnl encrypted.

    Version 1 has no mark. It is taken for one if it is no text, its length may be that of one, and its name is that of
    a text.
    """
    if head.startswith((_VERSIONED, _TOKEN)):
        return True
    return len(head) >= 2 * _BLOCK and len(head) % _BLOCK == 0 and _is_named_so(name) and _is_random(head)


def opened(source: Source, choices: Choices) -> str:
    """
    Give the text of an encrypted file; the password is asked for now.

    Raises:
        Locked: If nobody can be asked for the password.
        NotWhatItSays: If the file is too large, or not whole.
        TooNew: If a later version of jrnl wrote it.
        WrongKey: If the password does not open it.
    """
    sealed = source.whole(LARGEST)
    if sealed.startswith(_VERSIONED) and not sealed.startswith(b"JRNLv3"):
        raise TooNew(
            "{file} was encrypted by a jrnl newer than this program knows",
            file=source.name,
            hint="let jrnl write it in the clear (`jrnl --decrypt`), or update journal-cli",
        )
    salt, token = _taken_apart(sealed, source.name)
    if choices.password is None:
        raise Locked(
            "{file} is encrypted, and there is nobody to ask for its password",
            file=source.name,
            hint="run it in a terminal",
        )
    password = choices.password().encode("utf-8", "surrogateescape")
    clear = _version_1(sealed, password) if salt is None else _token(token, password, salt)
    try:
        if clear is not None:
            return clear.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        pass
    raise WrongKey(
        "this password does not open {file}",
        file=source.name,
        hint="it is the one jrnl asks for; check the keyboard layout and Caps Lock",
    )


def _taken_apart(sealed: bytes, file: str) -> tuple[bytes | None, bytes]:
    """Give the salt and the token of a file; no salt for version 1."""
    broken = NotWhatItSays("{file} is damaged, or was not copied whole", file=file, hint="nothing was imported")
    if _is_token(sealed.strip()):
        return SALT_OF_VERSION_2, sealed.strip()
    if not sealed.startswith(_VERSIONED):
        if sealed.startswith(_TOKEN) or len(sealed) < 2 * _BLOCK or len(sealed) % _BLOCK:
            raise broken
        return None, sealed
    length = int.from_bytes(sealed[6:8], "big")
    header, token = sealed[8 : 8 + length], sealed[8 + length :].strip()
    salt = _salt(header)
    if len(salt) not in SALTS or not _is_token(token):
        raise broken
    return salt, token


def _is_token(token: bytes) -> bool:
    """Say whether this may be a whole Fernet token, which is 57 bytes and the blocks of the text."""
    length = len(token.rstrip(b"=")) * 3 // 4
    return token.startswith(_TOKEN) and len(token) % 4 == 0 and length > 57 and (length - 57) % _BLOCK == 0


def _salt(header: bytes) -> bytes:
    """Read the salt out of a header, whether it is in base64 or, as in some early files, plain JSON; b"" if not."""
    try:
        read = json.loads(header if header.startswith(b"{") else base64.b64decode(header, validate=True))
        return base64.urlsafe_b64decode(read["salt"])
    except (binascii.Error, ValueError, TypeError, LookupError, RecursionError):
        return b""


def _token(token: bytes, password: bytes, salt: bytes) -> bytes | None:
    key = PBKDF2HMAC(hashes.SHA256(), length=32, salt=salt, iterations=ROUNDS).derive(password)
    try:
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(token)
    except (InvalidToken, InvalidSignature):
        return None


def _version_1(sealed: bytes, password: bytes) -> bytes | None:
    key = hashlib.sha256(password).digest()
    opener = Cipher(algorithms.AES(key), modes.CBC(sealed[:_BLOCK])).decryptor()
    padded = opener.update(sealed[_BLOCK:]) + opener.finalize()
    if padded.endswith(b" "):  # the oldest of them are filled up with spaces
        return padded.rstrip(b" ")
    unpadder = padding.PKCS7(algorithms.AES.block_size).unpadder()
    try:
        clear = unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        return None
    return None if b"\0" in clear else clear


def _is_named_so(name: str) -> bool:
    last = name.rpartition("/")[2].casefold()
    return "." not in last.strip(".") or last.endswith(_NAMES)


def _is_random(head: bytes) -> bool:
    """Say whether bytes look drawn by lot: no text, no other format, and as evenly spread as so few can be."""
    if head.startswith(_OTHERS) or not _CONTROLS.intersection(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return False  # a sign of several bytes that the end of the piece cuts in two
    else:
        return False
    shares = [head.count(value) / len(head) for value in set(head)]
    spread = -sum(share * log2(share) for share in shares)
    return spread >= _RANDOM * min(8.0, log2(len(head)))

"""
What is said through the agent's socket, and who may say it.

One question a connection, one answer, then the end; FORMAT.md has the bytes. Whatever is not
exactly that is no question and no answer, and gets none.
"""

import os
import socket
import stat
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SOCKET: Final = "agent.sock"
LONGEST_PATH: Final = 103  # bytes: what macOS has room for in an address, less its NUL; Linux has four more
LONGEST_HOLD: Final = 12 * 60 * 60  # seconds
MOST_JOURNALS: Final = 8

KEY: Final = b"k"  # the key of a journal, and how long it will still be held
LEFT: Final = b"t"  # how long the key of a journal will still be held
HOLD: Final = b"h"  # hold this key for so long
LOCK: Final = b"x"  # forget all keys and end

READY: Final = b"ready\n"  # what a new agent says to who started it
PATH_SIZE: Final = struct.Struct(">H")  # the length of what it is told first

YES: Final = b"+"
NO: Final = b"-"

_MAGIC: Final = b"jcla\x01"  # the last byte is the version
_ID_SIZE: Final = 16  # bytes
_KEY_SIZE: Final = 32  # bytes
_HEAD: Final = len(_MAGIC) + 1
_ASKING: Final = _HEAD + _ID_SIZE
_SECONDS: Final = struct.Struct(">I")
_HOLDING: Final = _ASKING + _SECONDS.size
_SIZES: Final = {KEY: _ASKING, LEFT: _ASKING, LOCK: _ASKING, HOLD: _HOLDING + _KEY_SIZE}

LONGEST: Final = max(_SIZES.values())  # bytes of a question; an answer is shorter

if sys.platform == "darwin":
    _SOL_LOCAL: Final = 0  # sys/un.h, as the two below
    _LOCAL_PEERCRED: Final = 1
    _LOCAL_PEERPID: Final = 2
_XUCRED: Final = struct.Struct("=II")  # sys/ucred.h: version and user; groups follow
_XUCRED_SIZE: Final = 76  # bytes, the sixteen groups included
_UCRED: Final = struct.Struct("=iII")  # socket(7): process, user, group


class Strange(Exception):
    """What came is no question of this version."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    A question to the agent.

    Args:
        verb: One of KEY, LEFT, HOLD and LOCK.
        journal: The journal's id, 32 hexadecimal digits; zeros to lock, which means all.
        seconds: For how long to hold a key, 1 to 43,200.
        key: The key to hold, 32 bytes; where it came in, without a copy.
    """

    verb: bytes
    journal: str = "00" * _ID_SIZE
    seconds: int = 0
    key: bytes | memoryview = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Peer:
    """The process at the other end of a connection; 0 if the system does not say which."""

    user: int
    process: int


def question(request: Request) -> bytes:
    """Write a question."""
    asked = _MAGIC + request.verb + bytes.fromhex(request.journal)
    return asked + _SECONDS.pack(request.seconds) + bytes(request.key) if request.verb == HOLD else asked


def read_question(content: bytes | bytearray | memoryview) -> Request | None:
    """
    Read a question, or as much of it as has come.

    Returns:
        The question, or None if more has to come.

    Raises:
        Strange: If it can become no question of this version.
    """
    magic, verb = bytes(content[: len(_MAGIC)]), bytes(content[len(_MAGIC) : _HEAD])
    if not _MAGIC.startswith(magic) or (verb and verb not in _SIZES):
        raise Strange
    if not verb or len(content) < _SIZES[verb]:
        return None
    if len(content) > _SIZES[verb]:
        raise Strange
    journal = bytes(content[_HEAD:_ASKING]).hex()
    if verb != HOLD:
        return Request(verb, journal)
    (seconds,) = _SECONDS.unpack_from(content, _ASKING)
    if not 1 <= seconds <= LONGEST_HOLD:
        raise Strange
    return Request(verb, journal, seconds, memoryview(content)[_HOLDING:])


def answer(verdict: bytes, seconds: int | None = None) -> bytes:
    """Write an answer; the key, if one is given, follows it."""
    return _MAGIC + verdict + (b"" if seconds is None else _SECONDS.pack(seconds))


def said(content: bytes) -> bool | None:
    """Read the answer to HOLD or LOCK: yes, no, or None if it is none."""
    return {_MAGIC + YES: True, _MAGIC + NO: False}.get(content)


def seconds_left(content: bytes) -> int | None:
    """Read the answer to LEFT; None if there is nothing, or it is no answer."""
    if len(content) != _HEAD + _SECONDS.size or not content.startswith(_MAGIC + YES):
        return None
    (seconds,) = _SECONDS.unpack_from(content, _HEAD)
    return seconds if 1 <= seconds <= LONGEST_HOLD else None


def key_in(content: bytes) -> bytes | None:
    """Read the answer to KEY; None if there is nothing, or it is no answer."""
    if len(content) != _HEAD + _SECONDS.size + _KEY_SIZE or seconds_left(content[:-_KEY_SIZE]) is None:
        return None
    return content[-_KEY_SIZE:]


def is_private(folder: Path) -> bool:
    """Whether a folder is this person's and nobody else can look into it; a link is not."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def is_own_socket(path: Path) -> bool:
    """Whether this is a socket of this person's that nobody else may use."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def peer(connection: socket.socket) -> Peer:
    """
    Ask the system who is at the other end.

    Raises:
        OSError: If it does not say.
    """
    if sys.platform == "darwin":
        user = xucred_user(connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED_SIZE))
        return Peer(user, connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERPID))
    if sys.platform == "linux":
        process, user, _ = _UCRED.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))
        return Peer(user, process)
    raise OSError("this system does not say who is at the other end")


def xucred_user(credentials: bytes) -> int:
    """
    Read the user out of what macOS says of a peer.

    Raises:
        OSError: If it is of a version nobody knows.
    """
    if len(credentials) < _XUCRED.size:
        raise OSError("the system did not say who is at the other end")
    version, user = _XUCRED.unpack_from(credentials)
    if version != 0:  # XUCRED_VERSION
        raise OSError("the system says in an unknown form who is at the other end")
    return int(user)


def is_own(connection: socket.socket) -> bool:
    """Whether the other end is a process of this person's."""
    try:
        return peer(connection).user == os.geteuid()
    except OSError:
        return False

"""
The agent, seen from outside: ask it, end it.

It is off unless somebody starts it by hand. Everything here that asks falls back in a fifth
of a second: an agent that is gone, hangs or talks nonsense is no agent.
"""

import contextlib
import os
import socket
import sys
import time
from pathlib import Path
from typing import Final

from journal_cli.errors import Refused
from journal_cli.vault import agent_wire, copies, keyfile
from journal_cli.vault.agent_wire import KEY, LEFT, LOCK, LONGEST, SOCKET, Request
from journal_cli.vault.disk import alone_in, refusing
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE, Vault

CAN_BE_HERE: Final = sys.platform in {"linux", "darwin"}

_PATIENCE: Final = 0.2  # seconds for one question and its answer


def opened(folder: Path, runtime: Path, *, bounds: Bounds = READING) -> Vault | None:
    """
    Open a journal's folder with the key that the agent holds, without deriving anything.

    Whatever the passphrase would have to mend or finish is left to it. Look at the folder
    with `vault.takes_passphrase` first.

    Args:
        folder: The journal's folder.
        runtime: The folder of the agent's socket.
        bounds: The costs that are accepted in a key file.

    Returns:
        The unlocked vault; None if no agent holds a key that fits.

    Raises:
        TooNew: If a newer version made the key files.
        Refused: If the disk cannot be read.
        Busy: If another window is changing the key files.
    """
    if not agent_wire.is_own_socket(runtime / SOCKET) or not os.path.lexists(folder / DATABASE):
        return None
    found = copies.find(folder, bounds=bounds)
    key_file = found.key_file
    if key_file is None or key_file.pending is not None:
        return None
    key = key_for(runtime, key_file.journal)
    if key is None or not keyfile.fits(key_file, key) or not keyfile.is_signed_by(key_file, key):
        return None
    if found.to_mend:
        copies.mend(folder, bounds=bounds, master_key=key)
    return Vault(folder, key_file.journal, key, "agent", seq=key_file.seq, key_epoch=key_file.key_epoch)


def key_for(runtime: Path, journal: str) -> bytes | None:
    """
    Ask the agent for the master key of a journal; what it says still has to prove itself.

    Args:
        runtime: The folder of the agent's socket.
        journal: The journal's id, 32 hexadecimal digits.

    Returns:
        32 bytes; None if there is no agent, or it does not hold this key, or it does not say so within 0.2 seconds.
    """
    content = ask(runtime, Request(KEY, journal))
    return None if content is None else agent_wire.key_in(content)


def seconds_left(runtime: Path, journal: str) -> int | None:
    """Ask the agent for how many seconds yet it holds the key of a journal; None if it does not."""
    content = ask(runtime, Request(LEFT, journal))
    return None if content is None else agent_wire.seconds_left(content)


def lock(runtime: Path) -> bool:
    """
    Have the agent forget all keys and end.

    Returns:
        False if none was running.

    Raises:
        Refused: If one is there but does not answer; nobody can ask it any more then.
        Busy: If another window is starting one.
    """
    door = runtime / SOCKET
    if not CAN_BE_HERE or not agent_wire.is_private(runtime) or not os.path.lexists(door):
        return False
    with alone_in(runtime), refusing():
        connection = _connected(runtime)
        if connection is None:
            door.unlink(missing_ok=True)  # left by one that was killed
            return False
        with contextlib.closing(connection):
            if agent_wire.said(_answer(connection, Request(LOCK)) or b""):
                return True
            process = agent_wire.peer(connection).process
            door.unlink(missing_ok=True)
    raise Refused(
        "the agent did not answer; nobody can ask it any more, and it ends as soon as it wakes",
        hint="to be sure, end the process {process}, or sign out",
        process=process,
    )


def ask(runtime: Path, request: Request) -> bytes | None:
    """
    Ask the agent one question.

    Returns:
        What it said, not believed yet; None if there was nobody to ask, or no answer within 0.2 seconds.
    """
    connection = _connected(runtime)
    if connection is None:
        return None
    with contextlib.closing(connection):
        return _answer(connection, request)


def _connected(runtime: Path) -> socket.socket | None:
    """Connect to a process of this person's, in a folder of this person's."""
    door = runtime / SOCKET
    if not CAN_BE_HERE or not agent_wire.is_private(runtime) or not agent_wire.is_own_socket(door):
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(str(door))
        if agent_wire.is_own(connection):
            return connection
    except OSError:
        pass
    connection.close()
    return None


def _answer(connection: socket.socket, request: Request) -> bytes | None:
    """What comes back until the other end hangs up; None if that takes too long or is too much."""
    deadline = time.monotonic() + _PATIENCE
    content = b""
    try:
        connection.sendall(agent_wire.question(request))
        while len(content) <= LONGEST:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            piece = connection.recv(LONGEST + 1)
            if not piece:
                return content
            content += piece
    except OSError:
        pass
    return None

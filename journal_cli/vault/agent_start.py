"""Starting the agent, or giving the one that runs a key to hold."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from journal_cli.errors import Refused
from journal_cli.vault import agent_wire
from journal_cli.vault.agent import CAN_BE_HERE, ask
from journal_cli.vault.agent_wire import HOLD, LONGEST_PATH, PATH_SIZE, READY, SOCKET, Request
from journal_cli.vault.disk import PRIVATE_FOLDER, alone_in, refusing

_STARTING: Final = 5.0  # seconds until it is ready; on an idle machine it takes a fifteenth of one

# What the new interpreter does first. It is told where the program is, and reads no environment and no site packages.
_BEGINNING: Final = "import sys; sys.path.append(sys.argv[1]); from journal_cli.vault.agent_server import main; main()"


def hold(runtime: Path, journal: str, master_key: bytes, seconds: int) -> None:
    """
    Have the agent hold a key for a while; start one if none is running.

    Args:
        runtime: The folder of its socket; made if it is not there.
        journal: The journal's id, 32 hexadecimal digits.
        master_key: 32 bytes.
        seconds: For how long, 1 to 43,200.

    Raises:
        Refused: If there can be no agent on this system or at this place, it does not start, or it is full.
        Busy: If another window is starting one.
    """
    refuse_where_there_is_none()
    request = Request(HOLD, journal, seconds, master_key)
    _make_private(runtime)
    door = runtime / SOCKET
    with alone_in(runtime):
        content = ask(runtime, request)
        done = None if content is None else agent_wire.said(content)
        if done is None:
            with refusing():
                door.unlink(missing_ok=True)  # left by one that was killed; one that only hangs ends when it sees this
            _start(door, request)
        elif not done:
            raise Refused(
                "the agent holds {most} journals already",
                hint="`journal lock` closes all of them",
                most=agent_wire.MOST_JOURNALS,
            )


def refuse_where_there_is_none() -> None:
    """
    Say so before anybody types a passphrase for nothing.

    Raises:
        Refused: If there can be no agent on this system.
    """
    if not CAN_BE_HERE:
        raise Refused(
            "the journal cannot be held open on this system",
            hint="JOURNAL_PASSPHRASE_COMMAND can name a program that gives the passphrase",
        )


def _make_private(runtime: Path) -> None:
    with refusing(), contextlib.suppress(FileExistsError):
        runtime.mkdir(mode=PRIVATE_FOLDER)
    if not agent_wire.is_private(runtime):
        raise Refused(
            "{folder} is not yours alone, so no key is held there",
            hint="look whose it is, and take it away or set XDG_RUNTIME_DIR to a folder that only you can enter",
            folder=runtime,
        )
    if len(os.fsencode(runtime / SOCKET)) > LONGEST_PATH:
        raise Refused(
            "the path {folder} is too long for a socket", hint="set XDG_RUNTIME_DIR to a shorter one", folder=runtime
        )


def _start(door: Path, request: Request) -> None:
    path = os.fsencode(door)
    said = b""
    with contextlib.suppress(OSError):
        said = _said_by_a_new_one(PATH_SIZE.pack(len(path)) + path + agent_wire.question(request))
    if said != READY:
        raise Refused(
            "what would hold the journal open did not start", hint="commands ask for the passphrase as before"
        )


def _said_by_a_new_one(told: bytes) -> bytes:
    """Start the agent as a process that has nothing of ours but the key, which goes through a pipe."""
    process = subprocess.Popen(  # noqa: S603  # this very interpreter
        [sys.executable, "-I", "-S", "-c", _BEGINNING, str(Path(__file__).parents[2])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
    with process:
        try:
            said, _ = process.communicate(told, timeout=_STARTING)
        except subprocess.TimeoutExpired:
            process.kill()  # one that has gone on from it ends when it cannot say that it is ready
            return b""
    return said

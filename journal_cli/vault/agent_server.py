"""
The agent: a process that holds master keys for a while and hands them to their owner.

It is a fresh interpreter with an empty environment, so that nothing of the process that had
the passphrase in its hands lives on here. It ends when nothing is left to hold, when it is
told to, when a signal comes, and when its socket is no longer the one it made: that is how
the end of a login session looks from here.
"""

import contextlib
import os
import selectors
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

from journal_cli.vault.agent_keys import Keys
from journal_cli.vault.agent_wire import (
    HOLD,
    KEY,
    LEFT,
    LOCK,
    LONGEST,
    LONGEST_PATH,
    NO,
    PATH_SIZE,
    READY,
    YES,
    Request,
    Strange,
    answer,
    is_own,
    is_private,
    read_question,
)
from journal_cli.vault.process import prepare_process

_LOOK: Final = 1.0  # seconds between two looks at the socket's place and at the clocks
_PATIENCE: Final = 1.0  # seconds in which a question has to be finished
_MOST_CALLERS: Final = 16
_STDIN, _STDOUT, _STDERR = 0, 1, 2

Mark = tuple[int, int, int]


@dataclass(slots=True)
class Caller:
    """Somebody who has connected, and what they have said so far."""

    connection: socket.socket
    since: float
    said: bytearray = field(default_factory=lambda: bytearray(LONGEST + 1), repr=False)
    length: int = 0

    def hang_up(self) -> None:
        """End the connection, and forget what was said."""
        self.connection.close()
        self.said[:] = bytes(len(self.said))


class Server:
    """
    Answers at one socket.

    Args:
        door: The path of the socket; nothing is there yet.
        keys: What it holds; it ends when they have had their time.

    Raises:
        OSError: If there can be no socket.
    """

    def __init__(self, door: Path, keys: Keys) -> None:
        self._door = door
        self._keys = keys
        self._listener = _listening(door)
        self._mark = _mark(door)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._callers: dict[int, Caller] = {}

    def serve(self) -> None:
        """Answer until there is nothing left to hold, or the door is gone."""
        while (left := self._keys.next_end()) is not None and self._is_here():
            for ready, _ in self._selector.select(max(0.0, min(_LOOK, left))):
                if ready.fileobj is self._listener:
                    self._let_in()
                elif caller := self._callers.get(ready.fd):
                    self._hear(caller)
            for caller in [one for one in self._callers.values() if time.monotonic() > one.since + _PATIENCE]:
                self._send_away(caller)

    def close(self) -> None:
        """Forget all keys, and take the socket away if it is still ours."""
        self._keys.close()
        if self._is_here():
            with contextlib.suppress(OSError):
                self._door.unlink()
        for caller in list(self._callers.values()):
            self._send_away(caller)
        self._listener.close()
        self._selector.close()

    def _is_here(self) -> bool:
        return is_private(self._door.parent) and _mark(self._door) == self._mark

    def _let_in(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        if not is_own(connection) or len(self._callers) >= _MOST_CALLERS:
            connection.close()
            return
        connection.setblocking(False)
        self._callers[connection.fileno()] = Caller(connection, time.monotonic())
        self._selector.register(connection, selectors.EVENT_READ)

    def _send_away(self, caller: Caller) -> None:
        self._selector.unregister(caller.connection)
        del self._callers[caller.connection.fileno()]
        caller.hang_up()

    def _hear(self, caller: Caller) -> None:
        try:
            new = caller.connection.recv_into(memoryview(caller.said)[caller.length :])
            caller.length += new
            request = read_question(memoryview(caller.said)[: caller.length])
            if request is not None:
                self._answer(caller.connection, request)
        except (OSError, Strange):
            self._send_away(caller)
            return
        if request is not None or not new:
            self._send_away(caller)

    def _answer(self, connection: socket.socket, request: Request) -> None:
        """Do what is asked; the few bytes of an answer always fit into a new connection."""
        if not self._is_here():  # the session may have ended since the last look
            return
        left = self._keys.seconds_left(request.journal)
        if request.verb == KEY and (key := self._keys.key(request.journal)) is not None:
            connection.sendmsg([answer(YES, left), key])
        elif request.verb == LEFT and left:
            connection.send(answer(YES, left))
        elif request.verb == HOLD:
            held = self._keys.hold(request.journal, request.key, request.seconds)
            connection.send(answer(YES if held else NO))
        elif request.verb == LOCK:
            self._keys.close()
            self._door.unlink()
            connection.send(answer(YES))
        else:
            connection.send(answer(NO))


def main() -> None:
    """
    Become the agent: read from standard input where to listen and what to hold, say "ready", and serve.

    Standard input carries the length of the socket's path (two bytes), the path, and a HOLD question.
    """
    if os.fork():
        os._exit(0)
    prepare_process()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _end)
    with contextlib.closing(Keys()) as keys:
        door = _told(keys)
        with contextlib.closing(Server(door, keys)) as server:
            os.write(_STDOUT, READY)  # fails if who started us has given up: then nobody knows of us
            _let_go()
            server.serve()


def _end(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # once is enough: nothing may interrupt the wiping
    raise SystemExit(0)


def _told(keys: Keys) -> Path:
    """Read what the starter says, hold the key, and give the path of the socket to be."""
    content = bytearray(PATH_SIZE.size + LONGEST_PATH + LONGEST)
    view, length = memoryview(content), 0
    while new := os.readv(_STDIN, [view[length:]]):
        length += new
    (path_size,) = PATH_SIZE.unpack_from(content)
    path, asked = PATH_SIZE.size + path_size, view[PATH_SIZE.size + path_size : length]
    request = read_question(asked)
    if request is None or request.verb != HOLD:
        raise Strange
    keys.hold(request.journal, request.key, request.seconds)
    door = Path(os.fsdecode(bytes(view[PATH_SIZE.size : path])))
    view[:] = bytes(len(view))
    return door


def _let_go() -> None:
    """Keep nothing of where we were started: no folder, no terminal, no pipe."""
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (_STDIN, _STDOUT, _STDERR):
        os.dup2(nothing, stream)
    os.close(nothing)


def _listening(door: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)  # 0600 from its first moment
    try:
        listener.bind(str(door))
    finally:
        os.umask(before)
    listener.listen(_MOST_CALLERS)
    listener.setblocking(False)
    return listener


def _mark(door: Path) -> Mark:
    """What tells this socket from one put in its place; on some disks a new file gets the old number at once."""
    try:
        status = door.lstat()
    except OSError:
        return (0, 0, 0)
    return status.st_dev, status.st_ino, status.st_ctime_ns

"""Agents for one test: real ones, and processes and threads that only sit in an agent's place."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from journal_cli.vault import agent, agent_server, agent_wire
from journal_cli.vault.agent_wire import Request

JOURNAL, OTHER = "ab" * 16, "cd" * 16
KEY = bytes(range(100, 132))


def door(runtime: Path) -> Path:
    return runtime / agent_wire.SOCKET


def process(runtime: Path) -> int:
    """The agent that answers here."""
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as connection:
        connection.connect(str(door(runtime)))
        return agent_wire.peer(connection).process


def has_ended(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"  # ended, though nobody has asked how


def wait_until(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait for something that comes soon on an idle machine; false if it did not come."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def raw(runtime: Path, said: bytes, *, wait: float = 2.0) -> bytes:
    """Say these bytes to whoever sits there, and give all that comes back before they hang up."""
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as connection:
        connection.settimeout(wait)
        connection.connect(str(door(runtime)))
        back = b""
        with contextlib.suppress(ConnectionError):
            connection.sendall(said)
            while piece := connection.recv(4096):
                back += piece
        return back


@contextlib.contextmanager
def pretending(runtime: Path, behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[None]:
    """Sit in the agent's place, and behave like this towards each caller."""
    runtime.mkdir(mode=0o700, exist_ok=True)
    over = threading.Event()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(door(runtime)))
    door(runtime).chmod(0o600)
    listener.listen(8)
    listener.settimeout(0.02)

    def sit() -> None:
        while not over.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with contextlib.closing(connection):
                    behave(connection, over)

    sitting = threading.Thread(target=sit)
    sitting.start()
    try:
        yield
    finally:
        over.set()
        sitting.join()
        listener.close()


def answers(content: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Whatever is asked, say this."""

    def behave(connection: socket.socket, _: threading.Event) -> None:
        connection.settimeout(1)
        connection.recv(4096)
        connection.sendall(content)

    return behave


def hangs(_: socket.socket, over: threading.Event) -> None:
    """Take the call and say nothing for thirty seconds."""
    over.wait(30)


def drips(connection: socket.socket, over: threading.Event) -> None:
    """Say a right answer, one byte each tenth of a second."""
    for byte in right_answer():
        if over.wait(0.1):
            return
        connection.send(bytes([byte]))


def right_answer(key: bytes = KEY) -> bytes:
    return agent_wire.answer(agent_wire.YES, 60) + key


def as_user(number: int, deed: Callable[[], object]) -> int:
    """Do something as somebody else, in a process of its own; give how it ended: 0 if it was true."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            os.setgroups([])
            os.setresgid(number, number, number)
            os.setresuid(number, number, number)
            code = 0 if deed() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def become_one(runtime: Path, key: bytes, seconds: int) -> None:
    """Have this process start an agent out of itself: another user may not be able to read the program anew."""
    (there, told), (hears, says) = os.pipe(), os.pipe()
    path = os.fsencode(door(runtime))
    hold = agent_wire.question(Request(agent_wire.HOLD, JOURNAL, seconds, key))
    os.write(told, agent_wire.PATH_SIZE.pack(len(path)) + path + hold)
    os.close(told)
    if os.fork() == 0:
        os.close(hears)
        os.dup2(there, 0)
        os.dup2(says, 1)
        os.close(says)
        try:
            agent_server.main()
        finally:
            os._exit(0)
    os.close(says)
    os.close(there)
    with os.fdopen(hears, "rb") as ready:
        assert ready.read() == agent_wire.READY
    os.wait()


def end(runtime: Path) -> None:
    """End what a test has started, whatever state it is in."""
    number = 0
    with contextlib.suppress(OSError):
        number = process(runtime)
    if number and number != os.getpid():
        with contextlib.suppress(Exception):
            agent.lock(runtime)
        if not wait_until(lambda: has_ended(number), 1):
            os.kill(number, 9)

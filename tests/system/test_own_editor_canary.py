"""What is written in vim and in nano stands in memory only while it is written, whatever they were set to keep."""

import contextlib
import os
import pty
import secrets
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from watching import WATCH, files_with, forms, handed, holds

from journal_cli.cli.memory_page import is_in_memory

MEMORY = Path("/dev/shm")  # noqa: S108  # where pages lie
DISK = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108  # looked through: what is ours there is in the test's own folder
PATIENCE = 90.0  # seconds
ESCAPE = "\x1b"

# Somebody who likes to keep everything.
VIMRC = """
set backup writebackup backupdir=~/.vim/kept undofile undodir=~/.vim/kept patchmode=.orig
set swapfile directory=~/.vim/kept updatecount=1 updatetime=100
set viminfo='100,<1000,s100,h,:100 viminfofile=~/.vim/kept/info modeline
"""
NVIMRC = VIMRC.replace("viminfofile=~/.vim/kept/info", "shadafile=~/.vim/kept/shada").replace("viminfo=", "shada=")
NANORC = "set backup\nset backupdir {kept}\nset historylog\nset positionlog\nset locking\n"

pytestmark = pytest.mark.skipif(not is_in_memory(MEMORY), reason="there is no place in memory here")


@dataclass
class Typist:
    """A command under watch with somebody at its terminal."""

    process: int
    screen: int
    said: bytes = field(default=b"", repr=False)

    def reads(self, moment: float) -> bool:
        """Read what the screen says within so many seconds; False if it says nothing, or has ended."""
        if not select.select([self.screen], [], [], moment)[0]:
            return False
        try:
            piece = os.read(self.screen, 65536)
        except OSError:
            return False
        self.said += piece
        return bool(piece)

    def waits(self, found: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while not (there := found()):
            self.reads(0.05)
            assert time.monotonic() < deadline, f"it never came: {self.said[-500:]!r}"
        return there

    def types(self, keys: str) -> None:
        while self.reads(1.0):  # an editor that is drawn takes keys
            pass
        os.write(self.screen, keys.encode())

    def ends(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.reads(0.2)
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                os.close(self.screen)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it never ended: {self.said[-500:]!r}")


@dataclass
class Evening:
    """A home, a login session in memory, and a word that is sought everywhere."""

    program: Any
    strace: tuple[str, ...]
    session: Path
    traces: Path
    word: str = field(default_factory=lambda: "quib" + secrets.token_hex(12) + "zorp", repr=False)

    @property
    def sought(self) -> tuple[bytes, ...]:
        return forms(self.word)

    def begins(self, name: str, *args: str, editor: str) -> Typist:
        env = {
            **self.program.env,
            "XDG_RUNTIME_DIR": str(self.session),
            "XDG_CONFIG_HOME": str(self.program.home / ".config"),  # where nano looks whoever runs it
            "EDITOR": editor,
            "TERM": "xterm",
        }
        argv = [*self.strace, *WATCH, str(self.traces / name), *self.program.argv, *args]
        process, screen = pty.fork()
        if process == 0:
            os.execvpe(argv[0], argv, env)  # noqa: S606  # the program itself
        return Typist(process, screen)

    def page(self, typist: Typist) -> Path:
        return typist.waits(lambda: next(self.session.glob("tmp*/page.txt"), None))

    def leaks(self, name: str) -> list[str]:
        """What went anywhere but to the terminal and to the place in memory."""
        fine = ("stdout", "stderr", "/dev/tty", "/dev/pts/", str(self.session))
        return [
            f"{call.call} to {call.place}"
            for call in handed(self.traces / name)
            if (holds(call.content, self.sought) and not call.place.startswith(fine) and call.place not in BESIDE)
            or call.call in {"shared mmap", "memfd_create"}
        ]

    def is_seen(self, name: str) -> bool:
        """Whether the watch saw the word go to the page."""
        return any(
            holds(call.content, self.sought) and (call.place in BESIDE or call.place.startswith(str(self.session)))
            for call in handed(self.traces / name)
        )

    def on_the_disk(self) -> list[str]:
        named = [place for place in DISK if not self.program.home.is_relative_to(place)]
        return files_with((self.program.home, *named), self.sought)


BESIDE = {"page.txt", "page.txt.save"}  # named from the page's own folder, which is where an editor begins


@pytest.fixture
def evening(program, strace, tmp_path) -> Iterator[Evening]:
    (tmp_path / "traces").mkdir()
    for folder in (".vim/kept", "kept", ".config/nano", ".config/nvim"):
        (program.home / folder).mkdir(parents=True)
    (program.home / ".vimrc").write_text(VIMRC)
    kept = program.home / "kept"
    for place, text in {"nano/nanorc": NANORC, "nvim/init.vim": NVIMRC}.items():
        (program.home / ".config" / place).write_text(text.replace("{kept}", str(kept)))
    program("init")
    with tempfile.TemporaryDirectory(prefix="session-", dir=MEMORY) as session:
        yield Evening(program, strace, Path(session), tmp_path / "traces")


def in_vim(text: str) -> str:
    return f"i{text}{ESCAPE}:w\ryyp:wq\r"  # saved twice, and copied to a register between


def in_nano(text: str) -> str:
    return f"{text}\x13\r{text}\x13\x18"  # Ctrl-S twice, then Ctrl-X


EDITORS = [
    pytest.param(name, keys, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed"))
    for name, keys in (("vim", in_vim), ("nano", in_nano))
]
if shutil.which("nvim"):  # tried where it is, and asked of no machine
    EDITORS.append(pytest.param("nvim", in_vim))


@pytest.mark.parametrize("name, keys", EDITORS)
def test_writing_and_changing_in_an_editor_leaves_no_word_on_the_disk(evening, name, keys) -> None:
    word = evening.word
    first = evening.begins("write", "write", "--editor", editor=name)
    evening.page(first)
    first.types(keys(f"Today {word}."))
    assert first.ends() == 0, first.said[-500:]
    (entry,) = evening.program("list", "--json").json["entries"]
    assert evening.program("show", entry["id"], "--json").json["body"].count(word) == 2
    second = evening.begins("edit", "edit", entry["id"], "--editor", editor=name)
    evening.page(second)
    second.types(keys(f"And {word}. "))
    assert second.ends() == 0, second.said[-500:]

    assert evening.is_seen("write")
    assert evening.is_seen("edit")
    assert evening.leaks("write") + evening.leaks("edit") == []
    assert evening.on_the_disk() == []
    assert [path.name for path in (evening.program.home / ".vim" / "kept").iterdir()] == []
    assert [path.name for path in (evening.program.home / "kept").iterdir()] == []
    assert list(evening.session.iterdir()) == []


@pytest.mark.parametrize("name, keys", EDITORS)
def test_a_kill_in_the_middle_leaves_no_word_on_the_disk_and_after_the_next_start_none_in_memory(
    evening, name, keys
) -> None:
    begun = evening.begins("write", "write", "--editor", editor=name)
    page = evening.page(begun)
    begun.types(keys(f"Today {evening.word}.")[:-1])
    begun.waits(lambda: page.stat().st_size)
    journal = child_of(begun.process)
    editor = child_of(journal)
    os.kill(journal, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(editor, signal.SIGKILL)
    begun.ends()
    assert evening.leaks("write") == []
    assert evening.on_the_disk() == []
    assert files_with([evening.session], evening.sought) != []
    said = evening.program("write", input="Something else.", XDG_RUNTIME_DIR=str(evening.session))

    assert "draft" in said.stderr
    assert list(evening.session.iterdir()) == []
    assert evening.on_the_disk() == []


def child_of(process: int) -> int:
    """Give the process a process began; of several the one that was begun last."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[-1])


def test_the_watch_sees_what_vim_keeps_when_it_is_not_told_otherwise(evening) -> None:
    if not shutil.which("vim"):
        pytest.skip("vim is not installed")
    # By a name that is not known here, so that it is begun with the person's own settings alone.
    bare = evening.program.home / "bare"
    bare.write_text('#!/bin/sh\nexec vim "$@"\n')
    bare.chmod(0o700)
    begun = evening.begins("write", "write", "--editor", editor=str(bare))
    begun.waits(lambda: b"not known here" in begun.said)
    begun.types("y")
    evening.page(begun)
    begun.types(in_vim(f"Today {evening.word}."))
    begun.ends()

    assert evening.leaks("write") != []
    assert evening.on_the_disk() != []

"""
A page for one text outside the journal: where it lies, and how it is found when something ended too early.

It is a folder of mode 0700 with a neutral name, in memory if the machine has such a place. In it are the
page, and a file that says which journal it belongs to. That file is locked while somebody writes, by this
program and by the editor it began, so that the page of a window that is open is left alone.
"""

import contextlib
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from journal_cli.cli.editors import SPARE
from journal_cli.errors import Refused
from journal_cli.vault.disk import PRIVATE_FILE, PRIVATE_FOLDER, refusing

if sys.platform != "win32":
    import fcntl

PAGE: Final = "page.txt"
BEGINNING: Final = "tmp"  # of the folder's name, as of many others

_MARK: Final = "held"
_MEMORY: Final = {"tmpfs", "ramfs"}


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page that is held.

    Args:
        folder: Where it lies, alone.
        held: The descriptor that holds the lock.
        kind: The kind of draft its text becomes.
    """

    folder: Path
    held: int
    kind: str

    @property
    def path(self) -> Path:
        """The page itself."""
        return self.folder / PAGE

    @property
    def changed(self) -> tuple[int, bytes]:
        """When the page was saved last, in nanoseconds, and what it says; nothing if it is gone."""
        with contextlib.suppress(OSError):
            return self.path.stat().st_mtime_ns, self.path.read_bytes()
        return 0, b""

    def newest(self) -> bytes:
        """What was typed last, as far as the editor put it down: on the page, or on the copy beside it."""
        found: list[tuple[int, bytes]] = []
        for path in (self.path, self.path.with_name(PAGE + SPARE)):
            with contextlib.suppress(OSError):
                if content := path.read_bytes():
                    found.append((path.stat().st_mtime_ns, content))
        return max(found, default=(0, b""))[1]

    def remove(self) -> None:
        """Take it away, and all that was put beside it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.close(self.held)


def is_in_memory(folder: Path) -> bool:
    """Tell whether a folder lies in memory, as the system says; False where it says nothing."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        device = folder.stat().st_dev
        sought = f"{os.major(device)}:{os.minor(device)}"
        # 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw
        for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.split()[2] == sought:
                return line.partition(" - ")[2].split()[0] in _MEMORY
    return False


def lay(place: Path, text: str, *, journal: str, kind: str) -> Page:
    """
    Lay a page in a new folder at this place; a line end is put last, as editors expect.

    Raises:
        Refused: If the place does not take it.
    """
    if sys.platform == "win32":
        raise Refused("an editor of one's own is not offered on this system", hint="the page built in is")
    with refusing():
        folder = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=place))
        held = -1
        try:
            held = _new(folder / _MARK)
            fcntl.flock(held, fcntl.LOCK_EX)
            os.write(held, json.dumps({"journal": journal, "kind": kind}).encode())
            with os.fdopen(_new(folder / PAGE), "wb") as page:
                page.write(f"{text}\n".encode() if text else b"")
        except BaseException:
            Page(folder, held, kind).remove()
            raise
    return Page(folder, held, kind)


def left_behind(places: Iterable[Path], *, journal: str) -> list[Page]:
    """Find this journal's pages that nobody writes on any more, and hold them."""
    return [page for folder in _folders(places) if (page := _taken(folder, journal))]


def _new(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)


def _folders(places: Iterable[Path]) -> list[Path]:
    """The folders that may be ours: of this person, closed to others, with a name like ours."""
    folders = {}
    for place in places:
        with contextlib.suppress(OSError), os.scandir(place) as inside:
            for one in inside:
                if one.name.startswith(BEGINNING) and _is_private(one):
                    folders[os.path.realpath(one.path)] = Path(one.path)
    return list(folders.values())


def _is_private(one: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        status = one.stat(follow_symlinks=False)
        mode = stat.S_IMODE(status.st_mode)
        return stat.S_ISDIR(status.st_mode) and mode == PRIVATE_FOLDER and status.st_uid == os.getuid()
    return False


def _taken(folder: Path, journal: str) -> Page | None:
    """Hold a page, if it is this journal's and nobody else holds it."""
    if sys.platform == "win32" or not (folder / PAGE).exists():
        return None
    held = -1
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        held = os.open(folder / _MARK, os.O_RDWR | os.O_NOFOLLOW)
        mark = json.loads(os.read(held, 1000))
        if mark["journal"] == journal:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return Page(folder, held, str(mark["kind"]))
    if held >= 0:
        os.close(held)
    return None

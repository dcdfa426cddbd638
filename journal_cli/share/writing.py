"""Writing a file or a folder that leaves: whole or not at all, readable by its owner only, never over another."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from journal_cli.errors import JournalError, Protected, Refused
from journal_cli.share.plan import ending_of

if sys.platform != "win32":
    import fcntl

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}
_LEFT = re.compile(r"\.notes-[0-9a-f]{16}\.part")
_OLD = 60.0  # seconds; what is younger may belong to a program that is just beginning
_NOT_EMPTY = {errno.ENOTEMPTY, errno.EEXIST}


def default_name(until: date, form: str) -> str:
    """Give a file name that says nothing about what is inside, such as `notes-2026-11.md`."""
    return f"notes-{until.year:04}-{until.month:02}.{ending_of(form)}"


def write_out(path: Path, content: bytes, *, force: bool = False) -> None:
    """
    Write a file, whole or not at all.

    It is written beside its place under another name, brought to the disk, and only then
    given its own. If anything fails or is interrupted, what stood there before still does.

    Args:
        path: Where to.
        content: Every byte of it.
        force: True to replace a file that is there.

    Raises:
        Protected: If there is a file already and `force` is False.
        Refused: If the machine refuses: no space, no right, no such folder.
    """
    with being_written(path, force=force) as file:
        file.write(content)


@contextlib.contextmanager
def being_written(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """
    Write a file piece by piece, as `write_out` does: it is there when the block has ended, or not at all.

    Args:
        path: Where to.
        force: True to replace a file that is there.

    Raises:
        Protected: If there is a file already and `force` is False.
        Refused: If the machine refuses: no space, no right, no such folder.
    """
    beside = path.parent / _new_name()
    try:
        refuse_taken(path, force=force)
        _sweep(path.parent)
        try:
            with _created(beside) as file:
                with contextlib.suppress(OSError):  # a file system without such locks
                    _hold(file.fileno())
                yield file
                file.flush()
                os.fsync(file.fileno())
            if force:
                beside.replace(path)
            else:
                _place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as failure:
        raise _plainly(failure, path) from failure


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is being written, under another name until it is whole."""

    place: Path

    def put(self, name: str, text: str) -> int:
        """
        Write a file into it.

        Args:
            name: Its path inside, with `/` between the parts.
            text: What stands in it.

        Returns:
            Its size in bytes.
        """
        path = self.place / name
        content = text.encode()
        for above in reversed(path.relative_to(self.place).parents[:-1]):
            (self.place / above).mkdir(mode=FOLDER_OWNER_ONLY, exist_ok=True)
        with _created(path) as file:
            file.write(content)
        return len(content)


@contextlib.contextmanager
def folder_being_written(path: Path, *, force: bool = False, mark: str = "") -> Iterator[Folder]:
    """
    Write a folder: it is there when the block has ended, or not at all.

    Args:
        path: Where to; nothing may be in it.
        force: True to replace one that is there, if a file `README.md` in it begins with the mark.
        mark: How that file begins in every such folder; nothing else is ever replaced.

    Raises:
        Protected: If something is there already that may not be replaced.
        Refused: If the machine refuses: no space, no right, no such folder.
    """
    beside = path.parent / _new_name()
    old = beside.with_suffix(".old")
    try:
        _look_into(path, mark if force else "")
        _sweep(path.parent)
        try:
            beside.mkdir(mode=FOLDER_OWNER_ONLY)
            with _held(beside, must=False):
                yield Folder(beside)
            os.sync()  # once for all of it: there may be a hundred thousand files
            if force and path.is_dir():
                path.rename(old)
            beside.rename(path)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as failure:
            if failure.errno in _NOT_EMPTY:  # something came there in the meantime
                raise _exists(path) from None
            raise
        finally:
            if old.is_dir() and not path.exists():
                old.rename(path)
            shutil.rmtree(beside, ignore_errors=True)
        _settle(path.parent)
    except OSError as failure:
        raise _plainly(failure, path) from failure


def _look_into(path: Path, mark: str) -> None:
    """Refuse a folder that holds something, unless it begins as one that may be replaced."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        raise _exists(path)
    if any(path.iterdir()):
        readme = path / "README.md"
        if not mark:
            raise Protected(
                "there is something in the folder {file} already",
                hint="choose another name; --force replaces an earlier export",
                file=path.name,
            )
        if readme.is_symlink() or not readme.is_file() or not _begins(readme, mark):
            raise Protected(
                "the folder {file} holds something else than an export",
                hint="choose another name; nothing was replaced",
                file=path.name,
            )


def _begins(path: Path, mark: str) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark.encode())) == mark.encode()


def _new_name() -> str:
    return f".notes-{secrets.token_hex(8)}.part"


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed has left half-written here; what is being written is held."""
    if sys.platform == "win32":
        return
    there: list[Path] = []
    with contextlib.suppress(OSError):
        there = [one for one in folder.iterdir() if _LEFT.fullmatch(one.name)]
    for left in there:
        with contextlib.suppress(OSError):
            status = left.lstat()
            if status.st_uid == os.getuid() and time.time() - status.st_mtime > _OLD:
                with _held(left):
                    shutil.rmtree(left) if stat.S_ISDIR(status.st_mode) else left.unlink()


@contextlib.contextmanager
def _held(path: Path, *, must: bool = True) -> Iterator[None]:
    """Hold a file or a folder, so that nobody takes it for left behind; `must` if nothing is to be done without."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        with contextlib.suppress(*([] if must else [OSError])):  # a file system without such locks
            _hold(descriptor)
        yield
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> None:
    """
    Hold what is open until it is closed, or this program ends.

    Raises:
        OSError: If another program holds it.
    """
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def refuse_taken(path: Path, *, force: bool = False) -> None:
    """
    Refuse what could only go wrong, before anything is asked or written.

    Raises:
        Protected: If there is a file already and `force` is False.
        Refused: If something else than a file is there.
    """
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise Refused("{file} is not a file", hint="give the page a name of its own", file=str(path))
    if os.path.lexists(path) and not force:
        raise _exists(path)


def _created(path: Path) -> BinaryIO:
    """Open a new file for its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), OWNER_ONLY)
    return os.fdopen(descriptor, "wb")


def _place(beside: Path, path: Path) -> None:
    """Give the finished file its name, which fails if the name was taken in the meantime."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as failure:
        if failure.errno not in _NO_LINKS:
            raise
        _place_without_links(beside, path)


def _place_without_links(beside: Path, path: Path) -> None:
    """Memory sticks know no links: take the name with an empty file first, then put the full one in its place."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise _exists(path) from None
    try:
        os.close(descriptor)
        beside.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Bring the new name to the disk too. The file itself is there already, so a folder that cannot is let be."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _exists(path: Path) -> Protected:
    return Protected(
        "there is already a file called {file}",
        hint="choose another name, or add --force to replace it",
        file=path.name,
    )


def _plainly(failure: OSError, path: Path) -> JournalError:
    folder = str(path.parent)
    if failure.errno in _FULL:
        return Refused(
            "there is no space left in {folder}", hint="free some space, or choose another folder", folder=folder
        )
    if failure.errno in _NO_RIGHT:
        return Refused(
            "this machine does not let you write in {folder}", hint="choose a folder of your own", folder=folder
        )
    if failure.errno in _NO_FOLDER:
        return Refused("there is no folder {folder}", hint="make it first, or choose another", folder=folder)
    if failure.errno == errno.ENAMETOOLONG:
        return Refused("the name of the file is too long", hint="choose a shorter one")
    return Refused(
        "the file could not be written: {reason}",
        hint="nothing was written; try another folder",
        reason=os.strerror(failure.errno or errno.EIO).lower(),
    )

"""Writing a file that leaves: whole or not at all, readable by its owner only, never over another."""

import contextlib
import errno
import os
import secrets
import stat
from datetime import date
from pathlib import Path

from journal_cli.errors import JournalError, Protected, Refused
from journal_cli.share.plan import ending_of

OWNER_ONLY = 0o600
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}


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
    beside = path.parent / f".notes-{secrets.token_hex(8)}.part"
    try:
        _look(path, force=force)
        try:
            _fill(beside, content)
            if force:
                beside.replace(path)
            else:
                _place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as failure:
        raise _plainly(failure, path) from failure


def _look(path: Path, *, force: bool) -> None:
    """Refuse what could only go wrong, before anything is written."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise Refused("{file} is not a file", hint="give the page a name of its own", file=str(path))
    if os.path.lexists(path) and not force:
        raise _exists(path)


def _fill(beside: Path, content: bytes) -> None:
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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

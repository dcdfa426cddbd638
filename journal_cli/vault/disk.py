"""Files that are whole or not there: private, written beside, synced, renamed."""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import Final

from journal_cli.errors import Busy, Refused

if sys.platform != "win32":
    import fcntl

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
NEW: Final = ".new"  # ends the name of a file that is not finished yet

_COPY: Final = re.compile("[0-9a-f]{16}(-[0-9]+)?")  # what is kept here for other reasons has other names
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_PATIENCE: Final = 5.0  # seconds
_PAUSE: Final = 0.02  # seconds


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """
    Say in a sentence what the machine refused.

    Raises:
        Refused: For a full disk, a missing right, or any other failure to read or write.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise full_disk() from None
        if error.errno in _FORBIDDEN:
            raise Refused(
                "the system does not allow it at {place}",
                hint="look at who owns the folder, and whether the disk is read-only",
                place=error.filename or "this place",
            ) from None
        name = errno.errorcode.get(error.errno or 0, "unknown error")
        raise Refused("the disk could not be read or written ({name})", name=name) from None


def full_disk() -> Refused:
    """The failure to raise when no space is left."""
    return Refused("the disk is full", hint="free some space, then try again; what was saved before is still there")


def sync(descriptor: int) -> None:
    """Hold until what was written is on the disk itself."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync stops at the drive's own memory there
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Hold until the names in a folder are on the disk."""
    if sys.platform == "win32":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """
    Put a file in place, readable by its owner only; a crash leaves the old one or the new one.

    Call it inside `alone_in` the folder: the unfinished file has a fixed name.

    Raises:
        Refused: If the disk is full or may not be written.
    """
    beside = path.with_name(path.name + NEW)
    with refusing():
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)


def copy_aside(folder: Path, originals: Mapping[str, BufferedReader], *, mark: str, keep: int) -> Path:
    """
    Copy open files as they are into a folder of their own, and forget the oldest such copies.

    A state that was copied before is not copied again. The files are read through the given
    descriptors: opening and closing one of them anew would drop the locks this program holds on it.

    Args:
        folder: Where the copies are kept.
        originals: The files, open for reading, by the names their copies get.
        mark: The name of the one whose content names the copy.
        keep: How many copies to keep, at least 1.

    Raises:
        Refused: If the disk is full or may not be written.
    """
    with refusing():
        new_folder(folder)
        target = named = folder / _digest(originals[mark])[:16]
        number = 1
        while target.is_dir():
            if _holds(target, originals):
                return target
            # The same mark beside another state: a sync program put back what a crash had left before.
            number += 1
            target = named.with_name(f"{named.name}-{number}")
        beside = target.with_name(target.name + NEW)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=PRIVATE_FOLDER)
        for name, original in originals.items():
            _copy(original, beside / name)
        sync_folder(beside)
        beside.replace(target)
        sync_folder(folder)
        copies = [place for place in folder.iterdir() if place.is_dir() and _COPY.fullmatch(place.name)]
        for old in sorted(copies, key=lambda place: place.stat().st_ctime_ns)[:-keep]:
            shutil.rmtree(old)
    return target


def _holds(copies: Path, originals: Mapping[str, BufferedReader]) -> bool:
    """Whether a folder holds copies of exactly these files."""
    if {place.name for place in copies.iterdir()} != set(originals):
        return False
    for name, original in originals.items():
        with (copies / name).open("rb") as copy:
            if _digest(copy) != _digest(original):
                return False
    return True


def _digest(file: BufferedReader) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def new_folder(folder: Path) -> None:
    """
    Make a folder, and those above it, for its owner only, and hold until its name is on the disk.

    Without that, the whole folder may be gone after a power failure, whatever was synced inside it.
    """
    if folder.is_dir():
        return
    new_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    _sync_name(folder)


def _sync_name(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # a folder one may write to but not list: nothing can be held there
        sync_folder(folder.parent)


def private_folder(folder: Path) -> None:
    """
    Make a folder only its owner can look into; an empty one that is there becomes private.

    Raises:
        Refused: If it cannot be made, or is no folder, or others may write to it.
    """
    with refusing():
        if not folder.exists():
            new_folder(folder)
        refuse_open_folder(folder)
        if not any(folder.iterdir()):
            folder.chmod(PRIVATE_FOLDER)
            _sync_name(folder)  # who made it may have been stopped right after, or not have held it


def refuse_open_folder(folder: Path) -> None:
    """
    Refuse a place where other people could put files under the journal.

    Raises:
        Refused: If it is no folder, or group or world may write to it.
    """
    if not folder.is_dir():
        raise Refused("{folder} is not a folder", folder=folder)
    if sys.platform != "win32" and folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Refused(
            "other people on this computer can write to {folder}",
            hint="take that right away: chmod go-w {folder}",
            folder=folder,
        )


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """
    Keep other programs from making or changing key files in a folder meanwhile.

    The lock ends with the program, however that ends.

    Raises:
        Busy: If another program holds it for more than five seconds.
    """
    if sys.platform == "win32":  # no such locks: two programs making one journal at once are not kept apart
        yield
        return
    with refusing():
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Busy("another window is changing this journal") from None
            time.sleep(_PAUSE)
        except OSError:
            return  # a file system without such locks: the renames still keep each file whole
        else:
            return


def _copy(original: BufferedReader, target: Path) -> None:
    original.seek(0)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as new:
        shutil.copyfileobj(original, new)
        new.flush()
        sync(new.fileno())

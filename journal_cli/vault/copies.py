"""
The two copies of the key file: the newer whole one is believed, the other one mended.

The copy is written first, then the main file. Whatever interrupts that, one of the two is
whole, and it is the old state or the new one.
"""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from journal_cli.errors import Damaged, JournalError, Refused, WrongKey
from journal_cli.vault import keyfile
from journal_cli.vault.disk import alone_in, refusing, write_whole
from journal_cli.vault.keyfile import LARGEST, KeyFile
from journal_cli.vault.slots import Bounds

MAIN: Final = "keys.json"
COPY: Final = "keys.copy.json"
BOTH: Final = (MAIN, COPY)


@dataclass(frozen=True, slots=True)
class Found:
    """
    What the two copies of a key file say together.

    Args:
        key_file: The newest whole one, or None if there is none.
        failure: Why there is none, or None.
        to_mend: The names of the copies that are missing, damaged or older.
        other: The older one, if it is whole too.
    """

    key_file: KeyFile | None
    failure: JournalError | None
    to_mend: tuple[str, ...]
    other: KeyFile | None = None


def present(folder: Path) -> bool:
    """Whether a folder holds a key file at all, whole or not."""
    return any(os.path.lexists(folder / name) for name in BOTH)


def find(folder: Path, *, bounds: Bounds) -> Found:
    """
    Read both copies and choose; nothing is written.

    Raises:
        TooNew: If either copy was made by a newer version.
        Refused: If the disk cannot be read.
    """
    parsed: dict[str, KeyFile] = {}
    failure = None
    for name in BOTH:
        try:
            content = _content(folder / name)
            if content is not None:
                parsed[name] = keyfile.from_bytes(content, bounds=bounds)
        except Damaged as damaged:
            failure = failure or damaged
    if not parsed:
        return Found(None, failure or _gone(), BOTH)
    if len({key_file.journal for key_file in parsed.values()}) > 1:
        return Found(None, _of_two_journals(parsed), ())
    newest = max(parsed.values(), key=lambda key_file: key_file.seq)  # the main file, if both are as new
    other = next((key_file for key_file in parsed.values() if key_file is not newest), None)
    return Found(newest, None, tuple(name for name in BOTH if parsed.get(name) != newest), other)


def altered(*slots: str) -> Damaged:
    """
    Give the failure to raise when somebody without the master key has changed the key file.

    Args:
        slots: The ids of the slots that were changed, if that is known.
    """
    hint = "someone may have added a way in: open it with your recovery key and set the passphrase again"
    if not slots:
        return Damaged("the list of key slots was changed by another program", hint=hint)
    return Damaged(
        "the list of key slots was changed by another program ({slots})",
        hint=hint,
        slots=", ".join(slot[:4] for slot in slots),
    )


def write(folder: Path, key_file: KeyFile) -> None:
    """
    Put both copies in place, the copy first; call it inside `alone_in` the folder.

    Raises:
        Refused: If the disk is full or may not be written.
    """
    content = keyfile.to_bytes(key_file)
    write_whole(folder / COPY, content)
    write_whole(folder / MAIN, content)


def mend(folder: Path, *, bounds: Bounds, master_key: bytes) -> None:
    """
    Make the two copies alike again, from one that the master key has authenticated.

    On a disk that cannot be written the one whole copy has to do.

    Raises:
        Busy: If another program holds the folder.
    """
    try:
        with alone_in(folder):
            found = find(folder, bounds=bounds)  # anew: another window may have just written them
            if found.key_file is None or not keyfile.is_signed_by(found.key_file, master_key):
                return
            for name in found.to_mend:
                write_whole(folder / name, keyfile.to_bytes(found.key_file))
    except Refused:
        return


def _content(path: Path) -> bytes | None:
    """The bytes of a small ordinary file, or None if it is missing; links and pipes are not followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EMLINK):
            raise _strange(path) from None
        with refusing():
            raise
    with refusing():
        try:
            ordinary = stat.S_ISREG(os.fstat(descriptor).st_mode)
            content = os.read(descriptor, LARGEST + 1) if ordinary else b""
        finally:
            os.close(descriptor)
    if not ordinary:
        raise _strange(path)
    return content


def _of_two_journals(parsed: dict[str, KeyFile]) -> WrongKey:
    return WrongKey(
        "{main} belongs to journal {one}…, {copy} to journal {two}…",
        hint="move the one that is not of this journal out of the folder; nothing was changed",
        main=MAIN,
        one=parsed[MAIN].journal[:8],
        copy=COPY,
        two=parsed[COPY].journal[:8],
    )


def _strange(path: Path) -> Damaged:
    return Damaged(
        "{name} is not an ordinary file", hint="move it away; your recovery key opens the journal", name=path.name
    )


def _gone() -> Damaged:
    return Damaged("the key files of this journal are gone", hint="type your recovery key instead of the passphrase")

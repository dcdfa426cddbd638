"""
What can be said of a journal without opening it: the file, its folder, and what lies about.

Nothing is changed, and no secret is needed. That the file is encrypted is not claimed but
looked at: every sign of a database in the clear is searched for, and bytes are counted.
"""

import contextlib
import math
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Literal

from cryptography.hazmat.backends.openssl import backend
from sqlcipher3 import dbapi2

from journal_cli.errors import JournalError
from journal_cli.vault import agent, backup, copies, waiting
from journal_cli.vault.disk import refusing
from journal_cli.vault.keyfile import KeyFile
from journal_cli.vault.opening import PAGE, RECOVERY_FOLDER, is_writable
from journal_cli.vault.slots import STANDARD, Bounds, Slot
from journal_cli.vault.vault import DATABASE

Level = Literal["fine", "note", "wrong"]

OLD_BACKUP: Final = 14  # days

# What stands in a database in the clear, whoever made it.
_PLAIN: Final = (b"SQLite format 3", b"CREATE ", b"INTEGER PRIMARY KEY")
_LONGEST_SIGN: Final = max(map(len, _PLAIN))
_AT_ONCE: Final = 1 << 22  # bytes of the file in memory
_PAGES_COUNTED: Final = 1000
# 4,096 random bytes have 7.95 bits each, give or take 0.01; English text in a page has less than 5.
_LEAST_BITS: Final = 7.8
_SYNCED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "Dropbox": ("dropbox", ".dropbox.cache"),
    "OneDrive": ("onedrive", "onedrive - *"),
    "iCloud": ("mobile documents", "com~apple~clouddocs", "icloud drive", "iclouddrive"),
    "Nextcloud": ("nextcloud", "owncloud", ".sync_*.db", "._sync_*.db", ".nextcloudsync.log", ".owncloudsync.log"),
    "Syncthing": (".stfolder", ".stversions"),
    "Google Drive": ("google drive", "googledrive*", ".tmp.drivedownload"),
}
_EDITORS: Final = (
    ".local/state/nvim/swap",
    ".local/state/nvim/undo",
    ".local/state/nvim/backup",
    ".local/share/nvim/swap",
    ".vim/swap",
    ".vim/undo",
    ".vim/backup",
    ".emacs.d/auto-save-list",
    ".config/emacs/auto-save-list",
)
_EDITOR_ENDS: Final = (".swp", ".swo", ".swn", ".un~", "~", "#", ".bak", ".save", ".jrnl")
_OURS: Final = frozenset({DATABASE, *copies.BOTH, *(f"{DATABASE}{end}" for end in ("-journal", "-wal", "-shm"))})


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing that was looked at.

    Args:
        name: What was looked at.
        level: `fine`, `note` for something to know, `wrong` for something to act on.
        said: Which sentence of this name says it.
        values: What the sentence's names stand for.
    """

    name: str
    level: Level = "fine"
    said: str = "ok"
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """
    Where to look, beside the journal's folder.

    Args:
        home: The person's own folder; editors leave things in it.
        scratch: Folders for temporary files.
        runtime: The folder of the agent's socket.
    """

    home: Path
    scratch: tuple[Path, ...]
    runtime: Path


def look_around(folder: Path, places: Places, *, now: datetime, bounds: Bounds) -> Iterator[Finding]:
    """
    Look at everything, in the order in which it is told.

    Raises:
        Refused: If the folder cannot be read.
    """
    key_file = _trusted(folder, bounds)
    yield _versions()
    yield _encrypted(folder / DATABASE)
    yield _keys(key_file)
    yield _rights(folder)
    yield _writable(folder / DATABASE)
    yield _synced(folder)
    yield _listed("conflicts", conflict_copies(folder))
    yield _listed("leftovers", leftovers(folder, places))
    yield _kept(folder / RECOVERY_FOLDER)
    where = (folder / waiting.FOLDER, places.runtime / waiting.FOLDER)
    yield _listed("waiting", waiting.found(where, journal=key_file.journal) if key_file else [])
    yield _backed_up(folder, now)
    yield _agent(places.runtime, key_file)


def conflict_copies(folder: Path) -> list[Path]:
    """Files that a sync program put beside the journal's own because it had two versions of one."""
    with refusing():
        beside = sorted(place for place in folder.iterdir() if place.name not in _OURS and not place.is_dir())
    return [place for place in beside if _is_a_version(place.name.lower())]


def leftovers(folder: Path, places: Places) -> list[Path]:
    """Files an editor may have left with something of a journal in them."""
    found = []
    for place in (folder, *places.scratch, *(places.home / editor for editor in _EDITORS)):
        with contextlib.suppress(OSError):
            for file in sorted(place.iterdir()):
                name = file.name.lower()
                about_a_journal = "journal" in name or "jrnl" in name
                if about_a_journal and name.endswith(_EDITOR_ENDS) and _is_own_file(file):
                    found.append(file)
    return list(dict.fromkeys(found))


def bits_in_a_byte(content: bytes) -> float:
    """How unpredictable bytes are by their frequency alone: 0 for one byte again and again, at most 8."""
    total = len(content)
    return -sum(n / total * math.log2(n / total) for n in Counter(content).values()) if total else 0.0


def _versions() -> Finding:
    connection = dbapi2.connect(":memory:")
    try:
        cipher, provider = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("cipher_version", "cipher_provider_version")
        )
    finally:
        connection.close()
    values = {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "sqlite": dbapi2.sqlite_version,
        "cipher": cipher[0].split()[0] if cipher else "-",
        "inside": provider[0].removeprefix("OpenSSL ").split()[0] if provider else "-",  # what encrypts the pages
        "openssl": backend.openssl_version_text().removeprefix("OpenSSL ").split()[0],  # what derives the keys
    }
    return Finding("versions", values=values)


def _encrypted(path: Path) -> Finding:
    """Look for any sign that the file can be read without a key."""
    if not os.path.lexists(path):
        return Finding("encrypted", "wrong", "missing")
    if not stat.S_ISREG(path.lstat().st_mode):
        return Finding("encrypted", "wrong", "strange")
    with refusing(), path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        if length < PAGE:
            return Finding("encrypted", "wrong", "short")
        if sign := _sign_in(file):
            return Finding("encrypted", "wrong", "plain", {"sign": sign.decode().strip()})
        step = PAGE * -(-(length // PAGE) // _PAGES_COUNTED)
        bits = [bits_in_a_byte(_piece(file, start, PAGE)) for start in range(0, length // PAGE * PAGE, step)]
    if min(bits) < _LEAST_BITS:
        return Finding("encrypted", "wrong", "pattern", {"n": sum(one < _LEAST_BITS for one in bits)})
    size = f"{length / 1_000_000:.1f}"
    return Finding("encrypted", values={"size": size, "n": len(bits), "bits": f"{sum(bits) / len(bits):.2f}"})


def _sign_in(file: BinaryIO) -> bytes:
    """Look through a whole file for a sign that it is not encrypted, a piece at a time; empty if there is none."""
    start, before = 0, b""
    while piece := _piece(file, start, _AT_ONCE):
        content = before + piece
        for sign in _PLAIN:
            if sign in content:
                return sign
        start, before = start + len(piece), content[-_LONGEST_SIGN:]
    return b""


def _piece(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def _trusted(folder: Path, bounds: Bounds) -> KeyFile | None:
    try:
        return copies.find(folder, bounds=bounds).key_file
    except JournalError:
        return None


def _keys(key_file: KeyFile | None) -> Finding:
    """What a guess at each passphrase costs, as the key file says in the clear."""
    if key_file is None:
        return Finding("keys", "wrong", "none")
    weak = [slot for slot in key_file.slots if slot.cost.memory < STANDARD.memory or slot.cost.passes < STANDARD.passes]
    costs = ", ".join(_cost(slot) for slot in key_file.slots)
    values = {"n": len(key_file.slots), "costs": costs, "key_epoch": key_file.key_epoch}
    return Finding("keys", "note" if weak else "fine", "cheap" if weak else "ok", values)


def _cost(slot: Slot) -> str:
    return f"Argon2id {slot.cost.memory // 1024} MiB × {slot.cost.passes}"


def _rights(folder: Path) -> Finding:
    """Who else on this computer may look into the folder, or read its files."""
    if sys.platform == "win32":
        return Finding("rights", "note", "unknown")
    with refusing():
        mode = stat.S_IMODE(folder.stat().st_mode)
        owner = folder.stat().st_uid
        open_files = [
            file.name
            for file in sorted(folder.iterdir())
            if file.is_file() and file.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        ]
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding("rights", "wrong", "writable", {"mode": f"{mode:04o}"})
    if owner not in {os.getuid(), 0}:
        return Finding("rights", "note", "owner")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("rights", "note", "readable", {"mode": f"{mode:04o}"})
    if open_files:
        return Finding("rights", "note", "files", {"names": ", ".join(open_files)})
    return Finding("rights")


def _writable(path: Path) -> Finding:
    return Finding("writable") if is_writable(path) else Finding("writable", "note", "no")


def _synced(folder: Path) -> Finding:
    """Whether a sync program has the folder in its keeping, by the marks it leaves."""
    absolute = folder.absolute()
    for place in (absolute, *absolute.parents):
        names = {place.name.lower()}
        with contextlib.suppress(OSError):
            # Marks inside a folder begin with a dot; one of another name is only a neighbour.
            names |= {inside.name.lower() for inside in place.iterdir() if inside.name.startswith(".")}
        for program, marks in _SYNCED_BY.items():
            if any(Path(name).match(mark) for name in names if name for mark in marks):
                return Finding("sync", "note", "found", {"program": program, "place": place})
    return Finding("sync")


def _listed(name: str, found: list[Path]) -> Finding:
    if not found:
        return Finding(name)
    return Finding(name, "note", "found", {"n": len(found), "files": tuple(found)})


def _kept(folder: Path) -> Finding:
    with contextlib.suppress(OSError):
        if number := sum(place.is_dir() for place in folder.iterdir()):
            return Finding("kept", "note", "found", {"n": number, "place": folder})
    return Finding("kept")


def _backed_up(folder: Path, now: datetime) -> Finding:
    found = backup.every(backup.place_of(folder))
    if not found:
        return Finding("backup", "note", "none")
    days = max(0, (now - found[0].at).days)
    values = {"n": len(found), "day": found[0].at.date(), "days": days}
    return Finding("backup", "note" if days > OLD_BACKUP else "fine", "old" if days > OLD_BACKUP else "ok", values)


def _agent(runtime: Path, key_file: KeyFile | None) -> Finding:
    left = agent.seconds_left(runtime, key_file.journal) if key_file else None
    if left is None:
        return Finding("agent")
    return Finding("agent", "note", "open", {"n": -(-left // 60)})


def _is_a_version(name: str) -> bool:
    own = name.startswith(("journal", "keys", ".journal", ".keys")) and name.endswith((".db", ".json"))
    return own or "conflict" in name or "sync-conflict" in name


def _is_own_file(file: Path) -> bool:
    status = file.lstat()
    return stat.S_ISREG(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.getuid())

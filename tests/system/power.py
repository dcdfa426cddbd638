"""
What a disk may hold after the power failed, told from what a program handed to the system.

A program is traced, and its changes of one folder are replayed up to a moment. What a sync confirmed by then is on
the disk. Of the rest, each write may be there, be missing, or be torn at the sectors of 512 bytes. The names in a
folder, until that is synced itself, come in their order, up to any of them; only unlinking may be early or late.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from watching import _lines as calls_of

SECTOR = 512  # bytes that are written whole or not at all
_CHANGING = ("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "lseek", "close")
_NAMING = ("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat")
# No program of ours changes files in these ways; one that does must not pass for one that changed nothing.
_UNKNOWN = ("open", "creat", "writev", "pwritev", "pwritev2", "truncate", "fallocate", "link", "linkat", "symlink")
_MORE_UNKNOWN = ("symlinkat", "copy_file_range", "sendfile", "sync_file_range")
_WATCHED = ",".join(f"?{name}" for name in (*_CHANGING, *_NAMING, *_UNKNOWN, *_MORE_UNKNOWN))
WATCH = ("-qq", "-xx", "-s", "100000000", "-e", f"trace={_WATCHED}", "-e", "signal=none", "-o")

_ARGUMENT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|([^",]+)')


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that go to a place in a file."""

    file: int
    at: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resize:
    """A file is cut, or made longer."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A file or folder gets a name in a folder; without an earlier name it is a new one."""

    file: int
    folder: int
    name: str
    before: str | None = None
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Unlink:
    """A name in a folder goes; the file goes with it."""

    file: int
    folder: int
    name: str


@dataclass(frozen=True, slots=True)
class Sync:
    """All that a file, or the names in a folder, were told is on the disk from here on."""

    file: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something came out on standard output."""

    words: str


Event = Write | Resize | Name | Unlink | Sync | Said


@dataclass(slots=True)
class _File:
    """A file or folder: what is surely on the disk, and what is on its way."""

    content: bytearray = field(default_factory=bytearray)
    names: dict[str, int] | None = None
    coming: list[Event] = field(default_factory=list)


class Disk:
    """The files below a folder, of each what is surely there and what is on its way; the folder itself is number 0."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[int, _File] = {}
        self._take_in(folder)

    def _take_in(self, path: Path) -> int:
        number = len(self._files)
        self._files[number] = file = _File()
        if path.is_dir():
            file.names = {}
            for one in sorted(path.iterdir()):
                file.names[one.name] = self._take_in(one)
        else:
            file.content[:] = path.read_bytes()
        return number

    def numbers(self, folder: Path, number: int = 0) -> dict[str, int]:
        """The number of each file by its path, as long as nothing is on its way."""
        found = {str(folder): number}
        for name, below in (self._files[number].names or {}).items():
            found.update(self.numbers(folder / name, below))
        return found

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        match event:
            case Said():
                pass
            case Sync(file):
                self._settle(self._files[file])
            case Write(file) | Resize(file):
                self._files[file].coming.append(event)
            case Name() | Unlink():
                if isinstance(event, Name) and event.before is None:
                    self._files[event.file] = _File(names={} if event.is_folder else None)
                self._files[event.folder].coming.append(event)

    def _settle(self, file: _File) -> None:
        for event in file.coming:
            _apply(event, file.content, file.names)
        file.coming.clear()

    def leave(self, place: Path, dice: Random, number: int = 0) -> None:
        """Write to a place what is there after the power failed now, by chance one of the things that may be."""
        file = self._files[number]
        if file.names is None:
            content = bytearray(file.content)
            for event in _written(file.coming, dice):
                _apply(event, content, None)
            place.write_bytes(content)
            place.chmod(0o600)
            return
        names = dict(file.names)
        for event in _named(file.coming, dice):
            _apply(event, bytearray(), names)
        place.mkdir(mode=0o700)
        for name, below in names.items():
            self.leave(place / name, dice, below)


def _apply(event: Event, content: bytearray, names: dict[str, int] | None) -> None:
    match event:
        case Write(_, at, new):
            content.extend(bytes(max(0, at - len(content))))
            content[at : at + len(new)] = new
        case Resize(_, size):
            content.extend(bytes(max(0, size - len(content))))
            del content[size:]
        case Name(file, _, name, before) if names is not None:
            if before is not None and names.get(before) == file:
                del names[before]
            names[name] = file
        case Unlink(file, _, name) if names is not None and names.get(name) == file:
            del names[name]


def _written(coming: list[Event], dice: Random) -> Iterator[Event]:
    """What arrived of the changes of one file."""
    mode = dice.choice(("lost", "kept", "mixed", "mixed"))
    for event in coming:
        fate = dice.choice(("lost", "kept", "torn")) if mode == "mixed" else mode
        if fate == "torn" and isinstance(event, Write):
            yield from _torn(event, dice)
        elif fate != "lost":
            yield event


def _torn(write: Write, dice: Random) -> Iterator[Write]:
    """The sectors of a write that arrived: the first ones, the last ones, or any."""
    end = write.at + len(write.content)
    starts = [write.at, *range(write.at // SECTOR * SECTOR + SECTOR, end, SECTOR)]
    where = dice.randint(0, len(starts))
    chosen = dice.choice((starts[:where], starts[where:], [one for one in starts if dice.random() < 0.5]))
    for start in chosen:
        stop = min(end, start // SECTOR * SECTOR + SECTOR)
        yield Write(write.file, start, write.content[start - write.at : stop - write.at])


def _named(coming: list[Event], dice: Random) -> Iterator[Event]:
    """What arrived of the changes of one folder's names."""
    until = dice.choice((0, len(coming), dice.randint(0, len(coming))))
    for place, event in enumerate(coming):
        if dice.random() < 0.5 if isinstance(event, Unlink) else place < until:
            yield event


def after_cuts(folder: Path, events: list[Event], cuts: Iterable[int], place: Path, seed: int) -> Iterator[list[str]]:
    """
    Cut the power at each of these moments, and leave in a place what the disk may hold.

    Args:
        folder: A copy of the traced folder as it was before.
        events: What happened in it.
        cuts: After how many events the power fails, in ascending order.
        place: Where to leave it; it must be gone again before the next is asked for.
        seed: Of the chance.

    Yields:
        What had been said by then, line by line.
    """
    disk, said, happened = Disk(folder), [], 0
    for number, cut in enumerate(cuts):
        for event in events[happened:cut]:
            disk.take(event)
            if isinstance(event, Said):
                said.append(event.words)
        happened = cut
        disk.leave(place, Random(seed * 1_000_000 + number))
        yield "".join(said).splitlines()


def events_in(trace: Path, folder: Path, before: Path) -> list[Event]:
    """
    Read what a program did to a folder, and what it said meanwhile.

    Args:
        trace: What strace wrote, with `WATCH`.
        folder: The folder as the program knew it.
        before: A copy of it as it was before.
    """
    reading = _Reading(folder, Disk(before).numbers(before), before)
    text = trace.read_text(encoding="ascii")
    assert "<unfinished" not in text, "the program changed files in several threads at once"
    for call in calls_of(text):
        body, _, result = call.rest.rpartition(") = ") if ") = " in call.rest else call.rest.rpartition(" = ")
        value = result.split()[0]
        if value.isdecimal():
            reading.call(call.name, _arguments(body.rstrip().rstrip(")")), int(value))
    return reading.events


def _arguments(body: str) -> list[bytes | str]:
    return [
        word.strip() if word else bytes.fromhex(raw.replace("\\x", ""))
        for raw, word in _ARGUMENT.findall(body)
        if not word or word.strip()
    ]


class _Reading:
    """The folder as the program knows it, while its trace is read."""

    def __init__(self, folder: Path, numbers: dict[str, int], before: Path) -> None:
        self.events: list[Event] = []
        self._numbers = {str(folder) + path.removeprefix(str(before)): number for path, number in numbers.items()}
        self._next = len(numbers)
        self._folder = str(folder)
        self._open: dict[str, str] = {}  # the path each descriptor was opened by
        self._files: dict[str, int] = {}  # the file behind it
        self._at: dict[str, int] = {}

    def call(self, name: str, given: list[bytes | str], result: int) -> None:
        """Take in one call that succeeded."""
        descriptor = str(given[0])
        match name:
            case "openat":
                self._opened(self._path(given[:2]), str(given[2]), str(result))
            case "close":
                self._open.pop(descriptor, None)
                self._files.pop(descriptor, None)
            case "lseek":
                self._at[descriptor] = result
            case "write" if descriptor == "1":
                self.events.append(Said(bytes(given[1][:result]).decode()))
            case "rename" | "unlink" | "rmdir" | "mkdir":
                self._renamed(name, [self._path(["AT_FDCWD", one]) for one in given if isinstance(one, bytes)])
            case "renameat" | "renameat2":
                self._renamed("rename", [self._path(given[:2]), self._path(given[2:4])])
            case "unlinkat" | "mkdirat":
                self._renamed(name.removesuffix("at"), [self._path(given[:2])])
            case _ if descriptor in self._files:
                self._changed(name, descriptor, self._files[descriptor], given, result)
            case _ if name in (*_UNKNOWN, *_MORE_UNKNOWN):
                paths = [one.decode(errors="replace") for one in given if isinstance(one, bytes)]
                assert not any(path.startswith(self._folder) for path in paths), f"{name} cannot be replayed"

    def _path(self, given: list[bytes | str]) -> str:
        return os.path.normpath(Path(self._open.get(str(given[0]), "/elsewhere"), bytes(given[1]).decode()))

    def _opened(self, path: str, flags: str, descriptor: str) -> None:
        self._open[descriptor] = path
        self._files.pop(descriptor, None)
        if not self._is_inside(path):
            return
        if path not in self._numbers:
            assert "O_CREAT" in flags, "a file appeared from nowhere"
            self._made(path, is_folder=False)
        self._files[descriptor] = self._numbers[path]
        self._at[descriptor] = 0
        assert "O_APPEND" not in flags
        if "O_TRUNC" in flags:
            self.events.append(Resize(self._numbers[path], 0))

    def _changed(self, name: str, descriptor: str, file: int, given: list[bytes | str], result: int) -> None:
        match name:
            case "write":
                self.events.append(Write(file, self._at[descriptor], bytes(given[1])[:result]))
                self._at[descriptor] += result
            case "pwrite64":
                self.events.append(Write(file, int(given[3]), bytes(given[1])[:result]))
            case "ftruncate":
                self.events.append(Resize(file, int(given[1])))
            case "fsync" | "fdatasync":
                self.events.append(Sync(file))
            case _:
                raise AssertionError(f"{name} cannot be replayed")

    def _renamed(self, name: str, paths: list[str]) -> None:
        if not any(self._is_inside(path) for path in paths):
            return
        folder, own = os.path.split(paths[-1])
        if name == "mkdir":
            self._made(paths[0], is_folder=True)
        elif name == "rename":
            before_in, before = os.path.split(paths[0])
            assert before_in == folder, "a move between folders cannot be replayed"
            self.events.append(Name(self._numbers[paths[0]], self._numbers[folder], own, before))
            self._move(*paths)
        else:
            self.events.append(Unlink(self._numbers.pop(paths[0]), self._numbers[folder], own))

    def _made(self, path: str, *, is_folder: bool) -> None:
        folder, name = os.path.split(path)
        self._numbers[path] = self._next
        self.events.append(Name(self._next, self._numbers[folder], name, is_folder=is_folder))
        self._next += 1

    def _move(self, old: str, new: str) -> None:
        for path in [one for one in self._numbers if one == old or one.startswith(f"{old}/")]:
            self._numbers[new + path.removeprefix(old)] = self._numbers.pop(path)

    def _is_inside(self, path: str) -> bool:
        return path.startswith(f"{self._folder}/") or path == self._folder

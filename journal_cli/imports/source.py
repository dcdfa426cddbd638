"""
A file, a folder, a zip or standard input, as somebody gave it: read piece by piece, trusting none of it.

What is given is never written anywhere but into the journal. Standard input, which can be read
only once, is held in memory.
"""

import codecs
import contextlib
import io
import os
import stat
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO

from journal_cli.errors import NotWhatItSays, Refused

HEAD = 65_536  # bytes a format is recognised by
PIECE = 65_536  # bytes read at once
LARGEST_WHOLE = 64 * 1024 * 1024  # bytes of a file that has to be read as a whole
LARGEST_INPUT = 512 * 1024 * 1024  # bytes of standard input
MOST_FILES = 500_000  # in a folder
MOST_MEMBERS = 100_000  # in a zip
LARGEST_MEMBER = 4 * 1024 * 1024 * 1024  # bytes of one member of a zip, unpacked
LARGEST_ZIP = 64 * 1024 * 1024 * 1024  # bytes of all of them
THICKEST = 300  # times its packed size; what a person wrote shrinks tenfold, photos not at all
THIN = 16 * 1024 * 1024  # bytes below which thickness does no harm

_NOTHING = "nothing was imported"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # a pipe with nobody at its other end is opened all the same
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Shape(StrEnum):
    """What was given: one file of bytes, a folder of files, or a zip of them."""

    FILE = "file"
    FOLDER = "folder"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Source:
    """
    Something to read from; every reading begins at its start.

    Args:
        name: As sentences about it say it: the last part of its path; `-` for standard input.
        shape: What it is.
        path: Where it lies in its folder or zip, with `/` between the parts; its name if it lies in none.
        changed: When the file was last changed, in UTC; None where nobody knows.
        size: Bytes; 0 for a folder.
        opened: Opens its bytes; a folder has none.
        found: Lists what lies in it, in the order of the paths; a file has nothing in it.
        beside: Gives a file that lies next to it by its name, or None.
    """

    name: str
    shape: Shape
    path: str
    changed: datetime | None
    size: int
    opened: Callable[[], IO[bytes]] = field(repr=False)
    found: Callable[[], "Iterator[Source]"] = field(repr=False)
    beside: "Callable[[str], Source | None]" = field(repr=False)

    def head(self) -> bytes:
        """Give how it begins, at most 64 KiB; nothing of a folder."""
        return b"" if self.shape is Shape.FOLDER else next(self.pieces(), b"")

    def pieces(self) -> Iterator[bytes]:
        """
        Give its bytes, at most 64 KiB at once.

        Raises:
            NotWhatItSays: If it is a member of a zip and does not unpack as the zip says.
            Refused: If the machine will not give them.
        """
        with _explaining(self.name), self.opened() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def whole(self, most: int = LARGEST_WHOLE) -> bytes:
        """
        Give all its bytes at once.

        Raises:
            NotWhatItSays: If there are more than `most`.
        """
        found = bytearray()
        for piece in self.pieces():
            found += piece
            if len(found) > most:
                raise NotWhatItSays(
                    "{file} is larger than such a file may be ({most} MiB)", file=self.name, most=most // 1024 // 1024
                )
        return bytes(found)

    def texts(self) -> Iterator[str]:
        """
        Give its text piece by piece: UTF-8, or UTF-16 with a byte order mark; every line ends with a line feed.

        Raises:
            NotWhatItSays: If it is neither; the line is named.
        """
        read = io.IncrementalNewlineDecoder(None, translate=True)
        decoder: codecs.IncrementalDecoder | None = None
        line = 1
        for piece, is_last in _with_last(self.pieces()):
            if decoder is None:
                encoding, mark = _encoding(piece)
                decoder = codecs.getincrementaldecoder(encoding)()
                piece = piece[mark:]  # noqa: PLW2901  # the mark is no part of the text
            text = read.decode(_decoded(decoder, piece, self.name, line, is_last=is_last), final=is_last)
            line += text.count("\n")
            if text:
                yield text

    def text(self, most: int = LARGEST_WHOLE) -> str:
        """
        Give all its text at once.

        Raises:
            NotWhatItSays: If it is longer than `most` characters, or no text.
        """
        found: list[str] = []
        length = 0
        for piece in self.texts():
            length += len(piece)
            if length > most:
                raise NotWhatItSays(
                    "{file} is larger than such a file may be ({most} MiB)", file=self.name, most=most // 1024 // 1024
                )
            found.append(piece)
        return "".join(found)

    def lines(self) -> Iterator[str]:
        """Give its text line by line, each with the line feed it ends with."""
        begun: list[str] = []
        for piece in self.texts():
            first, *others = piece.split("\n")
            begun.append(first)
            for other in others:
                yield "".join(begun) + "\n"
                begun = [other]
        if last := "".join(begun):
            yield last

    def members(self) -> "Iterator[Source]":
        """
        Give the files in a folder or a zip, in the order of their paths; none of a file.

        Hidden files, and folders that are hidden, are passed over, and so is what a Mac adds to a zip.

        Raises:
            NotWhatItSays: If there are too many, if a zip is damaged, if a member would unpack beyond all
                measure or outside of it, or is a link.
            Refused: If a folder may not be read.
        """
        yield from self.found()


def source_of(path: Path) -> Source:
    """
    Give what lies at a path.

    Raises:
        NotWhatItSays: If it is a device or a pipe, or a zip that cannot be read.
        Refused: If nothing is there, or it may not be read.
    """
    with _explaining(path.name or str(path)):
        status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        return _folder(path)
    file = _file(path, path.name, status)
    return _zip(file) if file.head().startswith(_ZIP) else file


def source_of_input(stream: IO[bytes]) -> Source:
    """
    Give what standard input holds; it is read to its end now, and kept in memory.

    Raises:
        NotWhatItSays: If it is larger than 512 MiB.
        Refused: If it cannot be read.
    """
    with _explaining("-"):
        content = stream.read(LARGEST_INPUT + 1)
    if len(content) > LARGEST_INPUT:
        raise NotWhatItSays(
            "{file} is larger than such a file may be ({most} MiB)", file="-", most=LARGEST_INPUT // 1024 // 1024
        )
    source = Source("-", Shape.FILE, "-", None, len(content), lambda: io.BytesIO(content), _nothing, _alone)
    return _zip(source) if content.startswith(_ZIP) else source


def _nothing() -> Iterator[Source]:
    yield from ()


def _alone(_: str) -> Source | None:
    return None


def _file(path: Path, inside: str, status: os.stat_result) -> Source:
    def opened() -> IO[bytes]:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise NotWhatItSays("{file} is not a file", file=path.name, hint="give a file that stays, or a folder")
        return os.fdopen(descriptor, "rb")

    def beside(name: str) -> Source | None:
        other = path.with_name(name)
        return _file(other, name, other.stat()) if other.is_file() else None

    changed = datetime.fromtimestamp(status.st_mtime, UTC)
    return Source(path.name, Shape.FILE, inside, changed, status.st_size, opened, _nothing, beside)


def _folder(top: Path) -> Source:
    name = top.name or top.resolve().name

    def opened() -> IO[bytes]:
        raise NotWhatItSays("{file} is a folder, not a file", file=name)

    def refuse(error: OSError) -> None:
        raise error

    def found() -> Iterator[Source]:
        count = 0
        with _explaining(name):
            for folder, folders, files in os.walk(top, onerror=refuse):
                folders[:] = sorted(one for one in folders if not one.startswith("."))
                for one in sorted(one for one in files if not one.startswith(".")):
                    path = Path(folder, one)
                    status = path.lstat()
                    if not stat.S_ISREG(status.st_mode):
                        continue  # a link could lead out of the folder
                    if (count := count + 1) > MOST_FILES:
                        raise NotWhatItSays(
                            "{file} holds more than {most} files", file=name, most=MOST_FILES, hint=_NOTHING
                        )
                    yield _file(path, path.relative_to(top).as_posix(), status)

    def beside(other: str) -> Source | None:
        path = top / other
        return _file(path, other, path.stat()) if path.is_file() else None

    return Source(name, Shape.FOLDER, name, None, 0, opened, found, beside)


def _zip(file: Source) -> Source:
    @cache
    def archive() -> zipfile.ZipFile:
        stream = file.opened()
        try:
            opened = zipfile.ZipFile(stream)
        except BaseException:
            stream.close()
            raise
        weakref.finalize(opened, stream.close)
        return opened

    def found() -> Iterator[Source]:
        with _explaining(file.name):
            members = _checked(archive().infolist(), file)
        for member in members:
            yield _member(archive, member, beside)

    def beside(path: str) -> Source | None:
        return next((one for one in found() if one.path == path), None)

    return Source(file.name, Shape.ZIP, file.path, file.changed, file.size, file.opened, found, beside)


def _member(
    archive: Callable[[], zipfile.ZipFile], member: zipfile.ZipInfo, beside: Callable[[str], Source | None]
) -> Source:
    path = PurePosixPath(member.filename)

    def opened() -> IO[bytes]:
        return archive().open(member)

    try:
        changed = datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        changed = None
    return Source(path.name, Shape.FILE, path.as_posix(), changed, member.file_size, opened, _nothing, beside)


def _checked(members: list[zipfile.ZipInfo], file: Source) -> list[zipfile.ZipInfo]:
    """Give the files of a zip in the order of their paths, once nothing in it is out of measure."""
    if len(members) > MOST_MEMBERS:
        raise NotWhatItSays("{file} holds more than {most} files", file=file.name, most=MOST_MEMBERS, hint=_NOTHING)
    for one in members:
        if _climbs(one.filename):
            raise NotWhatItSays("{file} holds a path that leads out of it", file=file.name, hint=_NOTHING)
        if stat.S_ISLNK(one.external_attr >> 16):
            raise NotWhatItSays("{file} holds a link instead of a file", file=file.name, hint=_NOTHING)
        if one.flag_bits & 0x1:
            raise NotWhatItSays(
                "{file} is a zip with a password", file=file.name, hint="unpack it, and give what was in it"
            )
        is_thick = one.file_size > THIN and one.file_size > THICKEST * max(1, one.compress_size)
        if is_thick or one.file_size > LARGEST_MEMBER:
            raise NotWhatItSays("{file} would unpack to more than it can hold", file=file.name, hint=_NOTHING)
    packed, unpacked = (sum(getattr(one, size) for one in members) for size in ("compress_size", "file_size"))
    if packed > file.size or unpacked > LARGEST_ZIP:
        raise NotWhatItSays("{file} would unpack to more than it can hold", file=file.name, hint=_NOTHING)
    return sorted(
        (one for one in members if not one.is_dir() and not _hidden(one.filename)), key=lambda one: one.filename
    )


def _climbs(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or ":" in plain.split("/")[0][:2] or "\0" in name


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _encoding(beginning: bytes) -> tuple[str, int]:
    """Give the encoding a text begins in, and how long its mark is."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, name: str, line: int, *, is_last: bool) -> str:
    try:
        return decoder.decode(piece, final=is_last)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        raise NotWhatItSays(
            "{file}, line {line}: this is not UTF-8 text",
            file=name,
            line=line,
            hint="save it as UTF-8, for example with: iconv -f LATIN1 -t UTF-8",
        ) from None


def _with_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Give each piece, and whether it is the last."""
    before = next(pieces, b"")
    for piece in pieces:
        yield before, False
        before = piece
    yield before, True


@contextlib.contextmanager
def _explaining(name: str) -> Iterator[None]:
    """Say as the journal does what the machine or a zip says while something is read."""
    try:
        yield
    except UnicodeError:
        raise
    except (OSError, ValueError):  # a ValueError for a name that no file can have
        raise Refused("{file} cannot be read", file=name, hint="check the path and its permissions") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise NotWhatItSays("{file} is damaged, or was not copied whole", file=name, hint=_NOTHING) from None

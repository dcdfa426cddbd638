"""
Day One: the JSON export (a zip, its folder, or one JSON file), the output of its command line, and its older forms.

A zip holds one JSON document for each journal, and the media beside them, which are not brought along: the text has a
word where each was.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from journal_cli.errors import NotWhatItSays
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices
from journal_cli.imports.dayone_classic import entry_file, text_entries
from journal_cli.imports.dayone_entry import entry_of
from journal_cli.imports.json_stream import elements
from journal_cli.imports.source import Shape, Source

FORMAT = "dayone"

_MOST_LOOKED_AT = 100  # files of a folder that are opened to see whether they are Day One's
_LISTS = ("entries", "items")  # in an export, and in what the command line prints
_EXPORT = re.compile(r'\s*\{\s*"metadata"\s*:\s*\{[^{}]{0,1000}"version"')
_CLASSIC = re.compile(r"\s*(?:<\?xml|<!DOCTYPE plist|<plist)")
_DATE = re.compile(r"^\tDate:\t.*\d", re.MULTILINE)
_SUFFIXES = (".json", ".doentry", ".txt")


def recognises(head: bytes, name: str) -> bool:
    """
    Say whether a file is Day One's, by how it begins.

    Args:
        head: Its first 64 KiB, or all of it.
        name: Its name; only an old entry that says little of itself is known by it.
    """
    text = _read(head)
    if text.lstrip().startswith("{"):
        is_export = '"entries"' in text and '"creationDate"' in text
        is_printed = all(f'"{word}"' in text for word in ("ok", "items", "body", "date"))
        return bool(_EXPORT.match(text)) or is_export or is_printed
    if _CLASSIC.match(text):
        return "<key>Entry Text</key>" in text or "<key>Creation Date</key>" in text or name.endswith(".doentry")
    return bool(_DATE.search(text))


def holds(source: Source) -> bool:
    """
    Say whether a zip or a folder is Day One's, by what lies in it.

    Raises:
        NotWhatItSays: If it is a zip that is damaged, or out of measure.
        Refused: If it cannot be read.
    """
    looked_at = 0
    for member in source.members():
        if member.name.lower().endswith(_SUFFIXES):
            if recognises(member.head(), member.name):
                return True
            if (looked_at := looked_at + 1) >= _MOST_LOOKED_AT:
                return False
    return False


def arrivals(source: Source, choices: Choices) -> Iterator[Arrival]:
    """
    Read the entries, one after another.

    Raises:
        NotWhatItSays: If it, or one file in it, is not what it says, or ends too early. Some entries may have been
            given by then.
        Refused: If it cannot be read.
    """
    return _of_file(source, choices) if source.shape is Shape.FILE else _of_many(source, choices)


def _of_many(source: Source, choices: Choices) -> Iterator[Arrival]:
    """Read every file of a zip or folder that can hold entries; what the photos are called is remembered."""
    photos: set[str] = set()
    journals = 0
    for member in source.members():
        path = PurePosixPath(member.path)
        if path.parent.name.lower() == "photos":
            photos.add(path.stem)
        elif path.suffix.lower() == ".json":
            journals += 1
    for member in source.members():
        suffix = PurePosixPath(member.path).suffix.lower()
        if PurePosixPath(member.path).parent.name.lower() == "photos":
            continue
        if suffix == ".doentry":
            yield entry_file(member, choices, has_photo=PurePosixPath(member.path).stem in photos)
        elif suffix in _SUFFIXES and recognises(member.head(), member.name):
            yield from _of_file(member, choices, PurePosixPath(member.path).stem if journals > 1 else "")
        elif suffix == ".json":
            raise NotWhatItSays("{file} is no journal of Day One", file=member.path, hint="nothing was imported")


def _of_file(source: Source, choices: Choices, journal: str = "") -> Iterator[Arrival]:
    beginning = _read(source.head()).lstrip()
    if beginning.startswith("{"):
        yield from _of_json(source, choices, journal)
    elif _CLASSIC.match(beginning):
        yield entry_file(source, choices)
    else:
        yield from text_entries(source, choices)


def _of_json(source: Source, choices: Choices, journal: str) -> Iterator[Arrival]:
    listed = (element for key, element in elements(source.texts(), source.name) if key in _LISTS)
    for count, element in enumerate(listed, 1):
        if not isinstance(element, dict):
            raise NotWhatItSays(
                "{file}: number {count} in its list is no entry",
                file=source.name,
                count=count,
                hint="nothing was imported",
            )
        yield entry_of(element, choices, journal)


def _read(head: bytes) -> str:
    """Read a beginning as text, as far as it is any."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(encoding, errors="replace")

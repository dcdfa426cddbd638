"""
Daylio: its table, the CSV in each of its forms, and its backup.

It is a diary of moods: an entry may be a mood and nothing else. Its activities become tags, and its photos and goals do
not come along.
"""

from collections import Counter
from collections.abc import Iterator

from journal_cli.errors import NotWhatItSays
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices
from journal_cli.imports.daylio_backup import MEMBER, backup_rows, is_backup
from journal_cli.imports.daylio_entry import FORMAT as FORMAT
from journal_cli.imports.daylio_entry import MOODS as MOODS
from journal_cli.imports.daylio_entry import Row, arrival_of, is_known
from journal_cli.imports.daylio_table import is_header, table_rows
from journal_cli.imports.source import Shape, Source


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001  # by its content alone; names are asked of every format
    """
    Say whether a file is Daylio's, by how it begins.

    Args:
        head: Its first 64 KiB, or all of it.
        name: Its name.
    """
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = head[:4096].decode(encoding, errors="replace").lstrip().splitlines()
    return is_backup(head) or (bool(lines) and is_header(lines[0]))


def holds(source: Source) -> bool:
    """
    Say whether a zip or a folder is a backup of Daylio's.

    Raises:
        NotWhatItSays: If it is a zip that is damaged, or out of measure.
        Refused: If it cannot be read.
    """
    return source.shape is not Shape.FILE and _document(source) is not None


def labels(source: Source) -> Counter[str]:
    """
    Count the labels of moods of which neither the file nor their name says how pleasant they are.

    Args:
        source: What `arrivals` would read.

    Raises:
        NotWhatItSays, Refused: As `arrivals` does.
    """
    return Counter(row.label for row in _rows(source, "UTC") if not is_known(row))


def arrivals(source: Source, choices: Choices) -> Iterator[Arrival]:
    """
    Read the entries, one after another, in the order of the file; a row that stands twice arrives twice.

    Raises:
        NotWhatItSays: If it is not what it says, or ends too early. Some entries may have been given by then.
        Refused: If it cannot be read.
    """
    return (arrival_of(row, choices) for row in _rows(source, choices.zone))


def _rows(source: Source, zone: str) -> Iterator[Row]:
    document = source if source.shape is Shape.FILE else _document(source)
    if document is None:
        raise NotWhatItSays("{file} holds no backup of Daylio", file=source.name, hint="nothing was imported")
    return (backup_rows if is_backup(document.head()) else table_rows)(document, zone)


def _document(source: Source) -> Source | None:
    return next((member for member in source.members() if member.name == MEMBER), None)

"""Everything as one JSON document, row by row: `records/export.schema.json` says what stands in it."""

from collections.abc import Iterator
from typing import Any

from journal_cli import __version__
from journal_cli.imports.from_journal import NAME, VERSION
from journal_cli.journal.entry import Filter
from journal_cli.journal.moment import Moment
from journal_cli.records import everything
from journal_cli.records.everything_json import as_json, lines
from journal_cli.records.steps import STEP_COUNT
from journal_cli.vault.database import Database

PIECE = 65_536  # bytes that are gathered before they are given


def document(db: Database, made_at: Moment, only: Filter | None) -> Iterator[bytes]:
    """
    Give everything in a journal as one JSON document, one row a line.

    Args:
        db: The open journal.
        made_at: The present.
        only: Which entries, and then nothing else; None for everything there is.

    Returns:
        UTF-8, in pieces, however much there is.

    Raises:
        Damaged, Busy, Refused: As `Database.each` says.
    """
    gathered: list[bytes] = []
    size = 0
    for some in _pieces(db, made_at, only):
        gathered.append(some)
        size += len(some)
        if size >= PIECE:
            yield b"".join(gathered)
            gathered.clear()
            size = 0
    yield b"".join(gathered)


def _pieces(db: Database, made_at: Moment, only: Filter | None) -> Iterator[bytes]:
    about: dict[str, Any] = {
        "format": NAME,
        "version": VERSION,
        "made_at": made_at.iso(),
        "program": __version__,
        "schema": STEP_COUNT,
        "only": None if only is None else said(only),
    }
    yield ("{\n" + ",\n".join(f"{as_json(name)}: {as_json(value)}" for name, value in about.items())).encode()
    with everything.as_one(db):
        for table in everything.present(db):
            if only is None or table.name == everything.ENTRY:
                yield f',\n"{table.name}": ['.encode()
                before = b"\n"
                for line in lines(db, table, only):
                    yield before + line
                    before = b",\n"
                yield b"\n]"
    yield b"\n}\n"


def said(only: Filter) -> dict[str, Any]:
    """Say which entries were chosen: the filters that were given, by the names of their options."""
    found: dict[str, Any] = {
        "since": only.since.isoformat() if only.since else None,
        "until": only.until.isoformat() if only.until else None,
        "theme": only.theme,
        "kind": only.kind.value if only.kind else None,
        "tags": list(only.tags) or None,
        "people": list(only.people) or None,
        "session": only.session,
        "starred": only.starred or None,
        "private": only.private,
        "shared": only.shared or None,
    }
    return {name: value for name, value in found.items() if value is not None}

"""Entries by the beginning of their id, however short: what a shell offers while an id is typed."""

from journal_cli.journal.entry import Entry
from journal_cli.journal.ids import as_typed
from journal_cli.records.rows import COLUMNS, LIVE, NEWEST_FIRST, WITH_MOOD, entry_from
from journal_cli.vault.database import Database


def beginning_with(db: Database, beginning: str, most: int) -> list[Entry]:
    """
    List entries whose id begins like this, newest first, without their texts.

    Args:
        db: The open journal.
        beginning: In any case, O for 0, I or L for 1; empty for all.
        most: How many at most.
    """
    start = as_typed(beginning)
    if not start.isascii():
        return []
    rows = db.read(
        f"SELECT {COLUMNS} FROM entry e{WITH_MOOD} WHERE {LIVE}"  # noqa: S608  # names of columns only
        f"{' AND e.id >= ? AND e.id < ?' if start else ''}{NEWEST_FIRST} LIMIT ?",
        (*((start, f"{start}~") if start else ()), most),
    )
    return [entry_from(row) for row in rows]

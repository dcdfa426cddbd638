"""Rows of entries: how an entry is written into its columns, read from them, and asked for."""

import unicodedata
from typing import Any

from journal_cli.journal.entry import Asked, Entry, Filter, Kind
from journal_cli.records.columns import (
    between,
    moment_from,
    mood_from,
    stamp,
    stamped_or_none,
    when,
    words_from,
    words_text,
)
from journal_cli.vault.database import Database

NAMES = (
    *("id", "written_at", "zone", "offset", "day", "kind", "title", "opening"),
    *("theme", "session", "session_title", "sitting"),
    *("pack", "pack_version", "language", "prompt", "question"),
    *("tags", "people", "word_count", "private", "starred", "changed_at", "deleted_at"),
)
COLUMNS = ", ".join(f"e.{name}" for name in NAMES) + ", c.pleasant, c.energy, c.cant_tell, c.words"
# A note carries the mood of its check-in; one that came from elsewhere has a scale of its own, and stands apart.
WITH_MOOD = (
    " LEFT JOIN check_in c ON c.note = e.id AND c.deleted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM imported_mood i WHERE i.check_in = c.id)"
)
LIVE = "e.deleted_at IS NULL"
NEWEST_FIRST = " ORDER BY e.written_at DESC, e.number DESC"

# Of so many entries that share a name each is looked up; above, all entries are gone through in their order.
FEW_NAMED = 1_000

Row = tuple[Any, ...]


def entry_row(entry: Entry) -> Row:
    """Spread an entry over the columns of `NAMES`."""
    asked = entry.asked
    return (
        entry.id,
        *when(entry.written_at),
        entry.kind.value,
        entry.title,
        entry.opening,
        *(entry.theme, entry.session, entry.session_title, entry.sitting),
        *((asked.pack, asked.version, asked.language, asked.prompt, asked.question) if asked else (None,) * 5),
        words_text(entry.tags),
        words_text(entry.people),
        entry.word_count,
        int(entry.private),
        int(entry.starred),
        stamp(entry.changed_at or entry.written_at),
        stamp(entry.deleted_at) if entry.deleted_at else None,
    )


def entry_from(row: Row) -> Entry:
    """Put an entry together from the columns of `COLUMNS`."""
    id_, written_at, zone, offset, _day, kind, title, opening = row[:8]
    theme, session, session_title, sitting = row[8:12]
    tags, people, word_count, private, starred, changed_at, deleted_at = row[17:24]
    return Entry(
        id=id_,
        written_at=moment_from(written_at, zone, offset),
        kind=Kind(kind),
        word_count=word_count,
        title=title,
        opening=opening,
        theme=theme,
        session=session,
        session_title=session_title,
        sitting=sitting,
        asked=None if row[12] is None else Asked(*row[12:17]),
        tags=words_from(tags),
        people=words_from(people),
        private=bool(private),
        starred=bool(starred),
        mood=mood_from(row[24:28]),
        changed_at=stamped_or_none(changed_at),
        deleted_at=stamped_or_none(deleted_at),
    )


def name_key(name: str) -> str:
    """Give what two spellings of one name have in common: `Żaneta` and `żaneta`, however they are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def conditions(wanted: Filter, *, one_by_one: bool = False) -> tuple[str, list[Any]]:
    """
    Write a filter as SQL over `entry e`; what is in the trash is never wanted.

    Args:
        wanted: Which entries.
        one_by_one: Look up the names of each entry that comes by, and not all entries that carry a name.

    Returns:
        One condition, and its parameters.
    """
    found, days = between(wanted.since, wanted.until, "e.written_at")
    params: list[Any] = [*days]
    equal: dict[str, str | int | None]
    equal = {"theme": wanted.theme, "kind": wanted.kind and wanted.kind.value, "session": wanted.session}
    equal |= {"starred": 1 if wanted.starred else None}
    equal |= {"private": None if wanted.private is None else int(wanted.private)}
    for name, value in equal.items():
        if value is not None:
            found.append(f"e.{name} = ?")
            params.append(value)
    for source, key in named(wanted):
        carries = f"EXISTS (SELECT 1 FROM {source} = ? AND number = e.number)"  # noqa: S608  # names of columns only
        found.append(carries if one_by_one else f"e.number IN (SELECT number FROM {source} = ?)")  # noqa: S608  # as above
        params.append(key)
    if wanted.shared:
        found.append("e.id IN (SELECT entry FROM share_entry)")
    return " AND ".join([LIVE, *found]), params


def in_order(db: Database, wanted: Filter) -> tuple[str, str, list[Any]]:
    """
    Write a filter so that its entries are found newest first without sorting many of them.

    Left to itself, SQLite looks up whatever carries a tag, however much that is, and sorts it.

    Returns:
        What stands behind `entry e`, one condition, and its parameters.
    """
    names = named(wanted)
    is_common = bool(names) and all(
        len(db.read(f"SELECT 1 FROM {source} = ? LIMIT ?", (key, FEW_NAMED + 1))) > FEW_NAMED  # noqa: S608  # as above
        for source, key in names
    )
    where, params = conditions(wanted, one_by_one=is_common)
    return " INDEXED BY entry_live" if is_common else "", where, params


def named(wanted: Filter) -> list[tuple[str, str]]:
    """Give where each tag and person that is wanted is looked up, as SQL up to the key, and the key it has there."""
    tags = [("entry_tag WHERE tag", name_key(tag)) for tag in wanted.tags]
    return tags + [("entry_person WHERE key", name_key(name)) for name in wanted.people]

"""
Search: words in, entries out, with the passage where they stand.

Any text may be asked for. What is between double quotes is a phrase; every other word also finds
longer words that begin with it. All of them have to be there. Case, accents and the stroke of
the Polish ł make no difference: `zloscia` finds `złością`.
"""

from collections.abc import Iterator, Sequence

from journal_cli.journal.entry import Entry, Filter, Match
from journal_cli.records.passages import Part, as_query, parts_of, passage
from journal_cli.records.rows import COLUMNS, NEWEST_FIRST, WITH_MOOD, conditions, entry_from
from journal_cli.vault.database import Database

# Up to here it is quicker to look up each of the finds and to sort them; above, to go through the
# index of all entries, which has them in order, until there are enough.
FEW = 2_000

_FOUND = "SELECT rowid FROM search WHERE search MATCH ?"


def search(db: Database, words: str, wanted: Filter, limit: int | None) -> tuple[list[Match], int]:
    """
    Find entries by their words, newest first.

    Title, question, text and answers to follow-ups are searched; the trash is not.

    Args:
        db: The open journal.
        words: What was typed. Without a letter or digit in it, nothing is found.
        wanted: Which entries may be found.
        limit: At most this many; None for all.

    Returns:
        What was found, and how much there is in all.
    """
    parts = parts_of(words)
    if not parts:
        return [], 0
    query = as_query(parts)
    total = _counted(db, "SELECT count(*) FROM search WHERE search MATCH ?", [query])
    way = "NOT INDEXED" if total <= FEW else "INDEXED BY entry_live"
    where, params = conditions(wanted)
    where, params = f"e.number IN ({_FOUND}) AND {where}", [query, *params]
    if total and wanted != Filter():
        total = _counted(db, f"SELECT count(*) FROM entry e {way} WHERE {where}", params)  # noqa: S608  # names only
    if total == 0:
        return [], 0
    rows = db.read(
        f"SELECT {COLUMNS} FROM entry e {way}{WITH_MOOD} WHERE {where}{NEWEST_FIRST} LIMIT ?",  # noqa: S608  # as above
        [*params, -1 if limit is None else limit],
    )
    return [_match(db, entry_from(row), parts) for row in rows], total


def _counted(db: Database, sql: str, params: Sequence[object]) -> int:
    row = db.one(sql, params)
    return int(row[0]) if row else 0


def _match(db: Database, entry: Entry, parts: Sequence[Part]) -> Match:
    snippet, marks = passage(_texts(db, entry), parts)
    return Match(entry, snippet, marks)


def _texts(db: Database, entry: Entry) -> Iterator[str]:
    """Give the texts of an entry one by one, as far as they are looked into."""
    for (body,) in db.read("SELECT body FROM writing JOIN entry USING (number) WHERE id = ?", (entry.id,)):
        yield body
    for (answer,) in db.read("SELECT answer FROM follow_up WHERE entry = ? ORDER BY place", (entry.id,)):
        yield answer
    yield entry.question or ""
    yield entry.title or ""

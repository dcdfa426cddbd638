"""
Search: words in, entries out, with the passage where they stand.

Any text may be asked for. What is between double quotes is a phrase; every other word also finds
longer words that begin with it. All of them have to be there. Case, accents and the stroke of
the Polish ł make no difference: `zloscia` finds `złością`.

The search index knows entries by their numbers, and numbers are not in the order of time: what was
imported last may be the oldest. So the newest entries are looked at first, and the index, which is
gone through once to count, says which of them it found. Only what is rare, or was common only long
ago, is looked for in other ways.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journal_cli.journal.entry import Entry, Filter, Match
from journal_cli.records.passages import Part, as_query, parts_of, passage
from journal_cli.records.rows import COLUMNS, NEWEST_FIRST, WITH_MOOD, Row, conditions, entry_from, in_order, named
from journal_cli.vault.database import Database

# So many of the newest entries are looked at first: enough to find a page of what is in every hundredth.
NEWEST = 2_000
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
    query, newest = as_query(parts), _newest(db, wanted)
    found, near, few = _passed(db, query, newest, all_of_them=len(parts) > 1)
    if not found:
        return [], 0
    if found <= FEW:
        hits, is_all = _in_order(db, query, few, wanted), True
    else:
        hits, is_all = [number for number in newest if number in near], len(newest) < NEWEST
    total = len(hits) if is_all else _counted(db, query, wanted, found)
    if is_all or (limit is not None and len(hits) >= limit):
        shown = _rows(db, hits[:limit])
    else:
        shown = _among_all(db, query, wanted, limit)
    return [_match(db, entry_from(row), parts) for row in shown], total


def _newest(db: Database, wanted: Filter) -> list[int]:
    """Give the numbers of the newest entries that are wanted."""
    way, where, params = in_order(db, wanted)
    sql = f"SELECT e.number FROM entry e{way} WHERE {where}{NEWEST_FIRST} LIMIT ?"  # noqa: S608  # names only
    return [number for (number,) in db.read(sql, [*params, NEWEST])]


def _passed(
    db: Database, query: str, newest: Sequence[int], *, all_of_them: bool
) -> tuple[int, frozenset[int], str | None]:
    """
    Go once through all that is found.

    Args:
        db: The open journal.
        query: In the language of the search index.
        newest: Numbers of the newest entries.
        all_of_them: Give all numbers. That is worth its while for several words: one of them may be in every entry,
            and going through the index once more as dear. Of one word that is rare, it is cheap.

    Returns:
        How much it is, the numbers between the least and the greatest of the newest, and all numbers with commas.
    """
    first, last = (min(newest), max(newest)) if newest else (0, -1)
    row = db.one(
        "SELECT count(*), group_concat(rowid) FILTER (WHERE rowid BETWEEN ? AND ?),"  # noqa: S608  # as above
        f" {'group_concat(rowid)' if all_of_them else 'NULL'} FROM search WHERE search MATCH ?",
        (first, last, query),
    )
    found, near, few = row or (0, None, None)
    return found, frozenset(map(int, near.split(",")) if near else ()), few


def _in_order(db: Database, query: str, few: str | None, wanted: Filter) -> list[int]:
    """Give the numbers of what is found and wanted, if it is little, newest first."""
    among, value = (_FOUND, query) if few is None else ("SELECT value FROM json_each(?)", f"[{few}]")
    where, params = conditions(wanted)
    sql = f"SELECT e.number FROM entry e NOT INDEXED WHERE e.number IN ({among}) AND {where}{NEWEST_FIRST}"  # noqa: S608  # as above
    return [number for (number,) in db.read(sql, [value, *params])]


def _counted(db: Database, query: str, wanted: Filter, found: int) -> int:
    """Count what is found and wanted, of much that is found."""
    if wanted == Filter():
        return found
    # What is found is not in the trash, so names alone are told by where they are looked up.
    among = [(f"SELECT number FROM {source} = ?", [key]) for source, key in named(wanted)]  # noqa: S608  # as above
    if (others := replace(wanted, tags=(), people=())) != Filter():
        where, params = conditions(others)
        among.append((f"SELECT e.number FROM entry e WHERE {where}", params))  # noqa: S608  # as above
    # The plus keeps SQLite from asking the search index for each number, one by one.
    wheres = "".join(f" AND +rowid IN ({numbers})" for numbers, _ in among)
    values = [value for _, values in among for value in values]
    row = db.one(f"SELECT count(*) FROM search WHERE search MATCH ?{wheres}", [query, *values])  # noqa: S608  # as above
    return int(row[0]) if row else 0


def _among_all(db: Database, query: str, wanted: Filter, limit: int | None) -> list[Row]:
    """Give what is found and wanted from among all entries, in their order."""
    where, params = conditions(wanted)
    return db.read(
        f"SELECT {COLUMNS} FROM entry e INDEXED BY entry_live{WITH_MOOD}"  # noqa: S608  # as above
        f" WHERE e.number IN ({_FOUND}) AND {where}{NEWEST_FIRST} LIMIT ?",
        [query, *params, -1 if limit is None else limit],
    )


def _rows(db: Database, numbers: Sequence[int]) -> list[Row]:
    """Give some entries by their numbers, newest first."""
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    return db.read(
        f"SELECT {COLUMNS} FROM entry e NOT INDEXED{WITH_MOOD} WHERE e.number IN ({marks}){NEWEST_FIRST}",  # noqa: S608  # as above
        numbers,
    )


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

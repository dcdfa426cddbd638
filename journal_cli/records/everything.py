"""
Everything the person has, row by row: given out in one order, and taken in again.

A row is what a table's columns say, by their names, with the parts that belong to it alone as lists under the
names of their tables: an entry holds its text, its follow-ups and its earlier texts. What can be made anew from
rows is left out: the search index, and where tags and people are found by. Rows that have an id of their own, such
as the ratings of a goal, stand in tables of their own.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from journal_cli.journal.entry import Filter
from journal_cli.records.rows import conditions
from journal_cli.vault.database import Database
from journal_cli.vault.library import explaining

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """
    A table whose rows belong to a row of another, and to nothing else.

    Args:
        name: Its name.
        of: The column that names the row it belongs to.
        order: The column its rows are ordered by.
        columns: What its rows say by themselves; `present` finds them.
    """

    name: str
    of: str
    order: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table of things.

    Args:
        name: Its name.
        key: The columns that name a row.
        parts: What belongs to its rows.
        columns: What its rows say by themselves; `present` finds them.
    """

    name: str
    key: tuple[str, ...] = ("id",)
    parts: tuple[Part, ...] = ()
    columns: tuple[str, ...] = ()


ENTRY = "entry"
BODY = "body"
NUMBER = "number"  # joins an entry to its text inside one file, and means nothing outside of it

TABLES = (  # each after those its rows refer to
    Table(
        ENTRY,
        parts=(
            Part("follow_up", "entry", "place"),
            Part("revision", "entry", "place"),
            Part("entry_moment", "entry", "kind"),
        ),
    ),
    Table("sitting"),
    Table(
        "check_in",
        parts=(Part("check_in_item", "check_in", "place"), Part("imported_mood", "check_in", "origin")),
    ),
    Table("draft"),
    Table("setting", ("key",)),
    Table("pack", ("id", "language")),
    Table("share", parts=(Part("share_entry", "share", "place"),)),
    Table("program_run"),
    Table("run_sitting", ("sitting",)),
    Table("own_limit"),
    Table("limit_note"),
    Table("goal"),
    Table("goal_rating"),
    Table("measured"),
    Table("form", ("questionnaire", "language")),
    Table("import_run"),
    Table("arrived", ("key",)),
)
MADE_ANEW = frozenset({"writing", "entry_tag", "entry_person"})  # the text stands in its entry as `body`
# Columns that hold a list or a table as JSON. They are given as what they hold, so that nobody has to unpack them.
UNPACKED = frozenset(
    {"tags", "people", "words", "before_words", "after_words", "blocks", "withheld", "left_out", "aliases", "answers"}
)


@contextmanager
def as_one(db: Database) -> Iterator[None]:
    """
    Let everything read inside be of one moment: other windows wait with what they write. In a change it joins that.

    Raises:
        Busy: If another window is writing for longer than five seconds.
    """
    if db.connection.in_transaction:
        yield
        return
    with explaining():
        db.connection.execute("BEGIN")
    try:
        yield
    finally:
        if db.connection.in_transaction:
            with explaining():
                db.connection.execute("ROLLBACK")


def present(db: Database) -> list[Table]:
    """Give the tables this journal has, in their order, with the columns they have here."""
    there = {name for (name,) in db.read("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return [
        replace(
            table,
            columns=_columns(db, table.name, but=NUMBER),
            parts=tuple(
                replace(part, columns=_columns(db, part.name, but=part.of))
                for part in table.parts
                if part.name in there
            ),
        )
        for table in TABLES
        if table.name in there
    ]


def _columns(db: Database, table: str, *, but: str) -> tuple[str, ...]:
    found = db.read("SELECT name FROM pragma_table_info(?) WHERE name <> ? ORDER BY cid", (table, but))
    return tuple(name for (name,) in found)


def rows(db: Database, table: Table, wanted: Filter | None = None) -> Iterator[Row]:
    """
    Give the rows of a table with their parts, one after another however many they are.

    Entries come as they were kept, other things in the order of their keys. What is in the trash comes too,
    unless a filter is given.

    Args:
        db: The open journal.
        table: Which, from `present`.
        wanted: Which entries; None for all there is. Only entries can be chosen from.
    """
    names, extra, _ = _read_of(table)
    for values, parts in read(db, table, listed("e", table.columns) + extra, wanted):
        yield unpacked(dict(zip(names, values, strict=True))) | parts


def read(
    db: Database, table: Table, what: str, wanted: Filter | None = None
) -> Iterator[tuple[tuple[Any, ...], dict[str, list[Row]]]]:
    """
    Read something of each row of a table, in the order of `rows`, with the parts of the row.

    Args:
        db: The open journal.
        table: Which, from `present`.
        what: What is read of a row, as SQL: `e` is the row, `w` the text of an entry.
        wanted: Which entries; None for all there is.
    """
    where, params = ("1", []) if wanted is None else conditions(wanted)
    joined = _read_of(table)[2]
    order = f"e.{NUMBER}" if table.name == ENTRY else ", ".join(f'e."{name}"' for name in table.key)
    first = order.split(", ", 1)[0]
    # NOT INDEXED: the rows come in the order of their numbers then, and nothing has to be sorted in memory.
    source = f'"{table.name}" e' + (" NOT INDEXED" if table.name == ENTRY else "")
    wholes = db.each(f"SELECT {first}, {what} FROM {source}{joined} WHERE {where} ORDER BY {order}", params)  # noqa: S608  # names only
    beside = [_Beside(part, _parts(db, part, source, first, (where, params))) for part in table.parts]
    for place, *values in wholes:
        yield tuple(values), {one.part.name: one.of(place) for one in beside}


def row_of(db: Database, table: Table, key: tuple[Any, ...]) -> Row | None:
    """Give one row with its parts, as `rows` does; None if there is none of this key."""
    names, extra, joined = _read_of(table)
    which = " AND ".join(f'e."{name}" = ?' for name in table.key)
    found = db.one(f'SELECT {listed("e", table.columns)}{extra} FROM "{table.name}" e{joined} WHERE {which}', key)  # noqa: S608  # as above
    if found is None:
        return None
    row = unpacked(dict(zip(names, found, strict=True)))
    for part in table.parts:
        source = f'"{part.name}" p WHERE p."{part.of}" = ? ORDER BY p."{part.order}"'
        sql = f"SELECT {listed('p', part.columns)} FROM {source}"  # noqa: S608  # as above
        row[part.name] = [dict(zip(part.columns, values, strict=True)) for values in db.read(sql, key)]
    return row


def counted(db: Database) -> int:
    """Count the entries, those in the trash too."""
    found = db.one("SELECT count(*) FROM entry")
    return int(found[0]) if found else 0


class _Beside:
    """The rows of a part, taken as the rows they belong to come by, in the same order."""

    def __init__(self, part: Part, found: Iterator[tuple[Any, list[Row]]]) -> None:
        self.part = part
        self._found = found
        self._next = next(found, None)

    def of(self, place: Any) -> list[Row]:
        if self._next is None or self._next[0] != place:
            return []
        taken = self._next[1]
        self._next = next(self._found, None)
        return taken


def _parts(
    db: Database, part: Part, source: str, first: str, which: tuple[str, list[Any]]
) -> Iterator[tuple[Any, list[Row]]]:
    where, params = which
    # CROSS JOIN: the whole is gone through first, in its order, so that nothing has to be sorted here either.
    sql = (
        f'SELECT {first}, {listed("p", part.columns)} FROM {source} CROSS JOIN "{part.name}" p'  # noqa: S608  # as above
        f' ON p."{part.of}" = e.id WHERE {where} ORDER BY {first}, p."{part.order}"'
    )
    for place, found in groupby(db.each(sql, params), key=itemgetter(0)):
        yield place, [dict(zip(part.columns, values[1:], strict=True)) for values in found]


def _read_of(table: Table) -> tuple[tuple[str, ...], str, str]:
    """The names of what is read of a row, and the SQL for an entry's text beside its columns."""
    if table.name != ENTRY:
        return table.columns, "", ""
    return (*table.columns, BODY), ", w.body", " LEFT JOIN writing w ON w.number = e.number"


def listed(alias: str, names: tuple[str, ...]) -> str:
    """Name columns of a table, as SQL."""
    return ", ".join(f'{alias}."{name}"' for name in names)


def unpacked(row: Row) -> Row:
    """Give what stands in a row as JSON as what it is; what would not come back letter by letter stays text."""
    for name in UNPACKED.intersection(row):
        row[name] = held(row[name])
    return row


def held(value: Any) -> Any:
    """Give the list or table that a text holds; the value itself if it would not come back letter by letter."""
    if value == "[]":
        return []
    return found if isinstance(value, str) and packed(found := _json(value)) == value else value


def packed(value: Any) -> Any:
    """Give a list or a table as the text a column holds; anything else as it is."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None

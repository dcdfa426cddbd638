"""
Which table a row belongs to, when the tree that would say so has lost branches.

As far as the tree is whole it is followed. What hangs from a lost branch is known by its shape:
how many values the rows of a page have, of which types, and what some of them look like.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from journal_cli.vault.database import Database
from journal_cli.vault.leaves import Row, Value, branches, is_table_leaf, rows
from journal_cli.vault.pages import Page

_SCHEMA: Final = "sqlite_schema"
_SCHEMA_ROW: Final = 5  # values: type, name, table, root page, SQL
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "INTEGER": (int,),
    "INT": (int,),
    "REAL": (int, float),
    "TEXT": (str,),
    "BLOB": (bytes,),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type as declared, and whether it may be empty; `number` is the row's own number."""

    name: str
    kind: str
    required: bool
    number: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """
    What the rows of a table or an index are like.

    Args:
        name: Its name.
        columns: In the order they are written in; those of an index end with the row's number.
        index: Whether it is written as an index, as a table without row numbers is too.
        table: The table it belongs to: itself, if it is one.
    """

    name: str
    columns: tuple[Column, ...]
    index: bool
    table: str


Looks = Mapping[str, re.Pattern[str]]
"""What the texts of some columns look like, by the column's name, whatever the table."""


def shapes(database: Database) -> list[Shape]:
    """Describe the tables and indexes of an open database."""
    found = []
    keyed = {name for name, kind, without in database.read("SELECT name, type, wr FROM pragma_table_list") if without}
    for kind, name, table in database.read("SELECT type, name, tbl_name FROM sqlite_schema WHERE rootpage > 0"):
        columns = _columns(database, table, keyed=table in keyed)
        if kind == "table":
            found.append(Shape(name, tuple(columns), index=name in keyed, table=table))
        else:
            found.append(Shape(name, _indexed(database, name, columns), index=True, table=table))
    return found


def _columns(database: Database, table: str, *, keyed: bool) -> list[Column]:
    described = database.read('SELECT name, upper(type), "notnull", pk FROM pragma_table_info(?)', (table,))
    keys = sum(pk > 0 for *_, pk in described)
    if keyed:  # its key is written first
        described.sort(key=lambda row: row[3] or len(described) + 1)
    return [
        Column(name, kind, bool(required), number=kind == "INTEGER" and pk == 1 and keys == 1 and not keyed)
        for name, kind, required, pk in described
    ]


def _indexed(database: Database, index: str, columns: list[Column]) -> tuple[Column, ...]:
    """The columns of an index, the row's number last; in it, the column that is the number is written out."""
    places = database.read("SELECT cid FROM pragma_index_xinfo(?) ORDER BY seqno", (index,))
    number = Column("", "INTEGER", required=True)
    described = [columns[cid] if 0 <= cid < len(columns) else number for (cid,) in places]
    return tuple(Column(one.name, one.kind, one.required) for one in described)


def told_apart(
    pages: Mapping[int, Page], known: Sequence[Shape], looks: Looks
) -> tuple[dict[str, list[Row]], frozenset[str]]:
    """
    Give the rows of each table and index by its name, as far as they can be read; and which may lack some.

    A row whose place in the tree is lost, and whose shape several tables have, is left out.

    Args:
        pages: All pages by number.
        known: The tables and indexes there can be.
        looks: What the texts of some columns look like.

    Returns:
        The rows, and the names of the tables and indexes that may have had more.
    """
    owners = _owners(pages)
    names = {shape.name for shape in known}
    found: dict[str, list[Row]] = defaultdict(list)
    adrift = []
    for page in pages.values():
        there = rows(page, pages)
        owner = owners.get(page.number)
        if owner is None and is_table_leaf(page):
            owner = _by_shape(page, there, known, looks)
        elif owner is None and page.whole and there:
            adrift.append(there)
        if owner in names:
            found[owner] += there
    once = {name: _each_once(there) for name, there in found.items()}
    numbered = {name: {row.rowid: row for row in there if row.whole} for name, there in once.items()}
    for there in adrift:
        owner = _by_agreement(there, known, looks, numbered)
        if owner is not None:
            once.setdefault(owner, []).extend(there)
    harmed = {owners.get(page.number) for page in pages.values() if not page.whole}
    return once, frozenset(names if None in harmed or _SCHEMA in harmed else names & harmed)


def _owners(pages: Mapping[int, Page]) -> dict[int, str]:
    """Follow every tree from its root, as far as its branches are whole."""
    owners: dict[int, str] = {}
    _follow(pages, 1, _SCHEMA, owners)
    for number in [number for number in owners if pages[number].whole]:
        for row in rows(pages[number], pages):
            if row.whole and len(row.values) == _SCHEMA_ROW:
                _, name, _, root, _ = row.values
                if isinstance(root, int) and isinstance(name, str):
                    _follow(pages, root, name, owners)
    return owners


def _follow(pages: Mapping[int, Page], root: int, name: str, owners: dict[int, str]) -> None:
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in pages and number not in owners:
            owners[number] = name
            if pages[number].whole:
                waiting += branches(pages[number])


def _by_shape(page: Page, there: Sequence[Row], known: Sequence[Shape], looks: Looks) -> str | None:
    """
    Give the one table whose rows look like those of a page; None if there is none, or more than one.

    If the rows could be those of several tables, they are those of the one that asks most of them.
    """
    fitting: dict[tuple[int, int], list[str]] = defaultdict(list)
    for shape in known:
        if not shape.index:
            count = sum(_fits(row.values, shape, looks) for row in there)
            fitting[count, sum(column.name in looks for column in shape.columns)].append(shape.name)
    most = max(fitting, default=(0, 0))
    if most[0] == 0 or (page.whole and most[0] < len(there)):
        return None
    return fitting[most][0] if len(fitting[most]) == 1 else None


def _by_agreement(
    there: Sequence[Row], known: Sequence[Shape], looks: Looks, numbered: Mapping[str, Mapping[int | None, Row]]
) -> str | None:
    """
    Give the one index whose rows on a whole page say what the rows they point to say too; else None.

    If nothing is left of what they point to, it is the one whose shape they have, if no other has it. So are the
    rows of a table without row numbers, which point nowhere.
    """
    places = {one.name: [column.name for column in one.columns] for one in known}
    agreeing: list[str] = []
    possible: list[str] = []
    for index in known:
        if not index.index or not all(_fits(row.values, index, looks) for row in there):
            continue
        pointed = [(row, numbered.get(index.table, {}).get(_last(row))) for row in there]
        told = [_says_the_same(row, index, of, places[index.table]) for row, of in pointed if of is not None]
        if all(told):
            (agreeing if told else possible).append(index.name)
    found = agreeing or possible
    return found[0] if len(found) == 1 else None


def _last(row: Row) -> int | None:
    number = row.values[-1] if row.values else None
    return number if isinstance(number, int) else None


def _says_the_same(row: Row, index: Shape, of: Row, columns: Sequence[str]) -> bool:
    """Whether an index's row and the row it points to have the same values; a row's own number stands for itself."""
    for value, column in zip(row.values, index.columns, strict=True):
        if column.name:
            place = columns.index(column.name)
            said = of.values[place] if place < len(of.values) else None
            if value not in {said, of.rowid if said is None else said}:
                return False
    return True


def _fits(values: Sequence[Value], shape: Shape, looks: Looks) -> bool:
    if len(values) != len(shape.columns):
        return False
    return all(fits(value, column, looks) for value, column in zip(values, shape.columns, strict=True))


def fits(value: Value, column: Column, looks: Looks) -> bool:
    """Whether a column may hold a value."""
    if column.number:
        return value is None
    if value is None:
        return not column.required
    if not isinstance(value, _TYPES.get(column.kind, (object,))):
        return False
    look = looks.get(column.name)
    return look is None or not isinstance(value, str) or look.fullmatch(value) is not None


def _each_once(there: list[Row]) -> list[Row]:
    """Of several rows with one number keep one, rather one that is whole; in the order of their numbers."""
    numbered = {row.rowid: row for row in sorted(there, key=lambda row: row.whole) if row.rowid is not None}
    return [*(numbered[number] for number in sorted(numbered)), *(row for row in there if row.rowid is None)]

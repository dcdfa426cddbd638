"""
Taking in everything of another journal of the person's: what is not here yet is added, nothing is written over.

The rows come from a file, so none of them is trusted: each column has to hold what a journal would have
written there.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlcipher3 import dbapi2

from journal_cli.errors import JournalError, NotWhatItSays
from journal_cli.journal.entry import Kind
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import By, How
from journal_cli.journal.program import RunState
from journal_cli.journal.sitting import State
from journal_cli.journal.text import storable
from journal_cli.records.columns import moment_from, stamped
from journal_cli.records.entries import make_findable
from journal_cli.records.everything import BODY, ENTRY, UNPACKED, Part, Row, Table, packed, present, row_of
from journal_cli.vault.database import Database

_ID = re.compile("[0-9a-z][0-9a-z-]{0,63}")
_WHOLE = 1 << 63  # what a column of whole numbers holds, either way


@dataclass(frozen=True, slots=True)
class Restored:
    """
    What came of it.

    Args:
        added: How many rows of each table are here now that were not.
        same: How many of each were here already, as they are in the file.
        different: What is here already and differs: the table and the id. It stays as it is here.
        first: The first day of an entry in the file.
        last: The last one.
    """

    added: Mapping[str, int]
    same: Mapping[str, int]
    different: tuple[tuple[str, str], ...] = ()
    first: date | None = field(default=None, repr=False)
    last: date | None = field(default=None, repr=False)


def restore(db: Database, coming: Iterable[tuple[str, Row]], *, only_look: bool = False) -> Restored:
    """
    Take in rows as `everything.rows` gave them, all of them or none.

    Args:
        db: The open journal.
        coming: The name of a table, and a row of it; one after another however many they are.
        only_look: True to say what would come of it, and change nothing.

    Raises:
        NotWhatItSays: If a row is not as a journal writes it.
        Damaged, Busy, Refused: As `Database.changing` says.
    """
    taking = _Taking(db, only_look=only_look)
    if only_look:
        for name, row in coming:
            taking.take(name, row)
    else:
        with db.changing():
            for name, row in coming:
                taking.take(name, row)
    return Restored(taking.added, taking.same, tuple(taking.different), taking.first, taking.last)


class _Taking:
    """Takes row after row, and counts."""

    def __init__(self, db: Database, *, only_look: bool) -> None:
        self.db = db
        self.only_look = only_look
        self.tables = {table.name: table for table in present(db)}
        self.added: Counter[str] = Counter()
        self.same: Counter[str] = Counter()
        self.different: list[tuple[str, str]] = []
        self.first: date | None = None
        self.last: date | None = None
        self.row = 0

    def take(self, name: str, row: Row) -> None:
        self.row += 1
        table = self.tables.get(name)
        if table is None or not isinstance(row, dict):
            raise self._strange(name)
        parts = {part: row.get(part.name, []) for part in table.parts}
        own = {key: value for key, value in row.items() if key not in {part.name for part in parts}}
        self._check(table, own)
        for part, found in parts.items():
            if not isinstance(found, list):
                raise self._strange(name)
            for one in found:
                self._check(part, one)
        if name == ENTRY:
            day = date.fromisoformat(row["day"])
            self.first, self.last = min(self.first or day, day), max(self.last or day, day)
        key = tuple(own.get(column) for column in table.key)
        if None in key:
            raise self._strange(name)
        here = row_of(self.db, table, key)
        if here is not None and all(here[column] == value for column, value in row.items()):
            self.same[name] += 1
        elif here is not None or not self._kept(table, own, parts):
            self.different.append((name, " ".join(map(str, key))))
        else:
            self.added[name] += 1

    def _kept(self, table: Table, own: Row, parts: Mapping[Part, list[Row]]) -> bool:
        """Add a row; False if something here is in its place, under another key."""
        if self.only_look:
            return True
        body = own.pop(BODY, None) if table.name == ENTRY else None
        try:
            self._insert(table.name, own)
        except dbapi2.IntegrityError as failure:
            if "UNIQUE" in str(failure):
                return False
            raise self._strange(table.name) from None
        try:
            for part, found in parts.items():
                for one in found:
                    self._insert(part.name, {part.of: own["id"], **one})
            if table.name == ENTRY:
                self._find_and_fill(own, body)
        except dbapi2.IntegrityError:
            raise self._strange(table.name) from None
        return True

    def _find_and_fill(self, own: Row, body: str | None) -> None:
        """Put in where an entry is found by, and its text last, so that the search index is told once."""
        number = (self.db.one("SELECT number FROM entry WHERE id = ?", (own["id"],)) or (0,))[0]
        make_findable(self.db, number, _words(own["tags"]), _words(own["people"]))
        if body is not None:
            self.db.run("INSERT INTO writing (number, body) VALUES (?, ?)", (number, body))

    def _insert(self, table: str, values: Row) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self.db.run(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608  # names of columns only, checked before
            [packed(value) for value in values.values()],
        )

    def _check(self, table: Table | Part, row: Any) -> None:
        """
        See that a row holds what a journal would have written.

        Raises:
            NotWhatItSays: If not.
        """
        known = {*table.columns, BODY} if table.name == ENTRY else set(table.columns)
        if not isinstance(row, dict) or not row.keys() <= known:
            raise self._strange(table.name)
        try:
            for name, value in row.items():
                _check_value(name, value)
            for of, check in _CHECKS:
                if of in {table.name, ""}:
                    check(row)
        except (JournalError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
            raise self._strange(table.name) from None

    def _strange(self, table: str) -> NotWhatItSays:
        return NotWhatItSays(
            "thing {number} of the export ({table}) is not as a journal writes it",
            hint="nothing was imported; it may have been changed by another program",
            number=self.row,
            table=str(table)[:40],
        )


def _check_value(name: str, value: Any) -> None:
    """
    See that a value can stand in a column.

    Raises:
        ValueError: If not.
    """
    if isinstance(value, str):
        storable(value)
    elif isinstance(value, list | dict):
        if name not in UNPACKED or isinstance(value, dict) != (name == "aliases"):
            raise ValueError(name)
        storable(packed(value))
    elif value is not None and not _is_number(value):
        raise ValueError(name)


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and -_WHOLE <= value < _WHOLE


def _words(value: Any) -> list[Any]:
    """
    Give the list that a column holds.

    Raises:
        TypeError: If it holds none.
        ValueError: If it is no JSON.
    """
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, list):
        raise TypeError("list")
    return found


def _id(row: Row) -> None:
    if "id" in row and not _ID.fullmatch(row["id"]):
        raise ValueError("id")


def _times(row: Row) -> None:
    at = row.get("written_at", row.get("at"))
    if at is not None:
        if not at.endswith("Z") or datetime.fromisoformat(at).tzinfo is None:
            raise ValueError("at")
        _ = moment_from(at, row["zone"], row["offset"]).local
        date.fromisoformat(row["day"])
    for name in ("changed_at", "deleted_at", "replaced_at", "added_at", "started"):
        if row.get(name) is not None:
            _ = stamped(row[name]).local


def _lists(row: Row) -> None:
    for name in ("tags", "people", "words", "before_words", "after_words"):
        if row.get(name) is not None and not all(isinstance(one, str) for one in _words(row[name])):
            raise ValueError(name)
    if row.get("answers") is not None and not all(one is None or type(one) is int for one in _words(row["answers"])):
        raise ValueError("answers")


def _one_of(column: str, read: Callable[[Any], object]) -> Callable[[Row], None]:
    def check(row: Row) -> None:
        if row.get(column) is not None:
            read(row[column])

    return check


_CHECKS: tuple[tuple[str, Callable[[Row], None]], ...] = (
    ("", _id),
    ("", _times),
    ("", _lists),
    ("entry", _one_of("kind", Kind)),
    ("entry_moment", _one_of("kind", MomentKind)),
    ("sitting", _one_of("state", State)),
    ("program_run", _one_of("state", RunState)),
    ("limit_note", _one_of("how", How)),
    ("limit_note", _one_of("by", By)),
    ("share", _one_of("since", date.fromisoformat)),
    ("share", _one_of("until", date.fromisoformat)),
)

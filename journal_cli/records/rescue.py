"""
Saving what can be saved from a damaged journal, into a new one.

What stands on pages that prove to be whole is taken as it is. An entry with a part on a damaged
page is kept as far as it can be read, with `[…]` where something is missing and a tag that says
so. Of other things, such as check-ins, only whole ones are taken: a wrong number would not be
seen. What is lost is told by its days, as far as any index still knows of it.
"""

import graphlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from journal_cli.journal.moment import Moment
from journal_cli.records.columns import words_from
from journal_cli.records.entries import note_names
from journal_cli.records.rows import NAMES
from journal_cli.records.salvage import LOOKS, Piece, Pieces, Saved, Values, day_in, piece, salvaged
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import backup
from journal_cli.vault.database import Database
from journal_cli.vault.leaves import Row
from journal_cli.vault.rescue import beginning, carry_over, pages_of
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.tables import Shape, shapes, told_apart
from journal_cli.vault.vault import DATABASE, Vault

# Entries are put together from these; the last two are made from the entries anew.
_OF_ENTRIES = {"entry", "writing", "follow_up", "revision", "entry_tag", "entry_person"}


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that could not be saved: the table it was in, and its day, if that is known."""

    table: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Rescued:
    """
    What came of a rescue.

    Args:
        whole: How many entries are as they were written.
        damaged: Ids and days of entries that were kept, but not all of which could be read.
        missing: The days of entries of which nothing could be saved; None where not even that is known.
        lost: What else could not be saved.
        harmed: Tables that may have held more than anything tells of: earlier texts, most likely.
    """

    whole: int
    damaged: tuple[tuple[str, date | None], ...]
    missing: tuple[date | None, ...]
    lost: tuple[Lost, ...]
    harmed: frozenset[str] = frozenset()


def rescue(  # what a new journal needs
    damaged: Vault,
    folder: Path,
    *,
    now: Moment,
    new_id: Callable[[], str],
    tag: str,
    bounds: Bounds = READING,
) -> Rescued:
    """
    Write a new journal from a damaged one, which is left as it is.

    The same words and the same recovery key open the new one. It appears only when it is complete.

    Args:
        damaged: The damaged journal, unlocked.
        folder: Where the new one is to be; it must not be there, or be empty.
        now: The present.
        new_id: Gives a fresh id, for entries whose own is lost.
        tag: Marks the entries that are not whole, in the person's language, as `tag_name` writes it.
        bounds: Which costs are accepted in the key files.

    Raises:
        Damaged: If nothing of the file can be read.
        AlreadyThere: If something is in that folder.
        Busy: If another window is using the journal.
        Refused: If the disk is full, or refuses. Nothing is left then.
    """
    pages = pages_of(damaged)
    with beginning(damaged, folder, today=now.day, bounds=bounds) as new:
        with new.open(STEP_COUNT, load_steps, memory_security=False) as db:
            known = {shape.name: shape for shape in shapes(db)}
            found, harmed = told_apart(pages, list(known.values()), LOOKS)
            with db.changing():
                told = _fill(db, _Found(found, known, harmed), now=now, new_id=new_id, tag=tag)
            marks = [row.values for row in found.get("meta", ()) if row.whole]
            carry_over(db, {str(name): str(value) for name, value in marks})
        backup.check(new.folder / DATABASE, new)
    return told


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows by table and index, what their shapes are, and which tables may have had more."""

    rows: Mapping[str, Sequence[Row]] = field(repr=False)
    known: Mapping[str, Shape]
    harmed: frozenset[str]


def _fill(db: Database, found: _Found, *, now: Moment, new_id: Callable[[], str], tag: str) -> Rescued:
    hints = _hints(found)
    there = {
        name: [one for row in found.rows.get(name, ()) if (one := piece(row, found.known[name]))]
        for name in _tables(db)
    }
    whole, damaged, missing = 0, [], []
    for saved in salvaged(_pieces(there, hints, found.harmed), new_id, now):
        if saved.body is None:
            missing.append(saved.day)
        elif _put(db, saved, tag):
            whole += 1
        else:
            damaged.append((str(saved.columns["id"]), saved.day))
    others = [name for name in there if name not in _OF_ENTRIES]
    lost = [one for name in others for one in _copied(db, name, there[name], hints.get(name, {}))]
    return Rescued(whole, tuple(damaged), tuple(missing), tuple(lost), found.harmed & there.keys())


def _pieces(
    there: Mapping[str, Sequence[Piece]], hints: Mapping[str, Mapping[int, Values]], harmed: frozenset[str]
) -> Pieces:
    rows, texts = ({one.number or 0: one for one in there[name]} for name in ("entry", "writing"))
    by_entry: list[dict[str, list[Piece]]] = [defaultdict(list), defaultdict(list)]
    incomplete = set()
    for parts, name in zip(by_entry, ("follow_up", "revision"), strict=True):
        for one in there[name]:
            parts[str(one.values["entry"])].append(one)
        found = {one.number for one in there[name]}
        incomplete |= {hint.get("entry") for number, hint in hints.get(name, {}).items() if number not in found}
        places = {id_: {one.values["place"] for one in pieces} for id_, pieces in parts.items()}
        incomplete |= {id_ for id_, seen in places.items() if seen != set(range(len(seen)))}
    names = frozenset(id_ for id_ in incomplete if isinstance(id_, str))
    answers, earlier = by_entry
    return Pieces(
        rows, texts, hints.get("entry", {}), answers, earlier, incomplete=names, count_words="follow_up" in harmed
    )


def _hints(found: _Found) -> dict[str, dict[int, dict[str, Any]]]:
    """What whole indexes say of the rows of each table, by the row's number; they repeat some of its columns."""
    hints: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for index in (shape for shape in found.known.values() if shape.name != shape.table):
        for row in found.rows.get(index.name, ()):
            if row.whole and isinstance(number := row.values[-1], int):
                named = zip(index.columns, row.values, strict=False)
                hints[index.table][number] |= {column.name: value for column, value in named if column.name}
    return hints


def _put(db: Database, saved: Saved, tag: str) -> bool:
    """Keep an entry in the new journal; False if it is not whole, or some of it could not be kept."""
    columns = ("number", *NAMES)
    _insert(db, "entry", {name: saved.number if name == "number" else saved.columns[name] for name in columns})
    kept = [_insert(db, "follow_up", one) for one in saved.answers]
    kept += [_insert(db, "revision", one) for one in saved.earlier]
    # The text comes last, so that the search index is told once, of everything.
    _insert(db, "writing", {"number": saved.number, "body": saved.body})
    whole = saved.whole and all(kept)
    tags, people = words_from(str(saved.columns["tags"])), words_from(str(saved.columns["people"]))
    note_names(db, saved.number, tags if whole or tag in tags else (*tags, tag), people)
    return whole


def _copied(db: Database, table: str, there: Sequence[Piece], hints: Mapping[int, Values]) -> Iterator[Lost]:
    """Take over the whole rows of a table, and give those that are lost: found damaged, or known by an index only."""
    for one in there:
        if not one.whole or not _insert(db, table, one.values):
            yield Lost(table, day_in(hints.get(one.number or 0, one.values)))
    found = {one.number for one in there}
    for number, hint in hints.items():
        if number not in found:
            yield Lost(table, day_in(hint))


def _insert(db: Database, table: str, values: Values) -> bool:
    """Add a row; False if the table's rules do not allow it: what it was part of is lost, or it is there already."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    try:
        db.run(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(values.values()))  # noqa: S608  # names only
    except dbapi2.IntegrityError:
        return False
    return True


def _tables(db: Database) -> list[str]:
    """The ordinary tables, each after those its rows are part of."""
    names = [
        name
        for (name,) in db.read(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'meta' ORDER BY name"
        )
    ]
    wholes = {
        name: {
            whole for (whole,) in db.read('SELECT "table" FROM pragma_foreign_key_list(?)', (name,)) if whole != name
        }
        for name in names
    }
    return list(graphlib.TopologicalSorter(wholes).static_order())

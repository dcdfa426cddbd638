"""
The trash: what was deleted waits here until it is emptied.

What belongs to a thing goes with it and comes back with it: the entries of a sitting, the note of
a check-in. What had been deleted before by itself stays deleted when they come back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from journal_cli.journal.entry import Entry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.sitting import Sitting
from journal_cli.records.columns import stamp
from journal_cli.records.moods import trashed_check_ins
from journal_cli.records.naming import Thing, anything_named
from journal_cli.records.rows import COLUMNS, WITH_MOOD, entry_from
from journal_cli.records.sittings import trashed_sittings
from journal_cli.vault.database import Database

# Where the rows stand that go into the trash with a thing, and come back with it.
_ROWS = {
    Thing.ENTRY: ((Thing.ENTRY, "id = ?"),),
    Thing.CHECK_IN: ((Thing.CHECK_IN, "id = ?"), (Thing.ENTRY, "id = (SELECT note FROM check_in WHERE id = ?)")),
    Thing.SITTING: ((Thing.SITTING, "id = ?"), (Thing.ENTRY, "sitting = ?")),
}


@dataclass(frozen=True, slots=True)
class Trash:
    """What is in the trash; entries by when they were deleted, the last first, the others newest first."""

    entries: tuple[Entry, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    sittings: tuple[Sitting, ...] = ()


def delete(db: Database, beginnings: Iterable[str], at: Moment) -> list[tuple[Thing, str]]:
    """
    Put entries, check-ins and sittings in the trash, each named by how its id begins.

    The entries of a sitting and the note of a check-in go with it. If one name fits nothing, or
    several things, none is deleted.

    Returns:
        What was named, in that order, without what went with it.

    Raises:
        Mistyped: If a name is shorter than 3 characters.
        NotFound: If nothing begins so.
        Ambiguous: If more than one thing does.
    """
    with db.changing():
        named = list(dict.fromkeys(anything_named(db, beginning) for beginning in beginnings))
        for thing, id_ in named:
            for table, rule in _ROWS[thing]:
                db.run(
                    f"UPDATE {table} SET deleted_at = ?, changed_at = ? WHERE {rule} AND deleted_at IS NULL",  # noqa: S608  # names only
                    (stamp(at), stamp(at), id_),
                )
    return named


def in_trash(db: Database) -> Trash:
    """Give what is in the trash."""
    rows = db.read(
        f"SELECT {COLUMNS} FROM entry e{WITH_MOOD} WHERE e.deleted_at IS NOT NULL"  # noqa: S608  # names of columns only
        " ORDER BY e.deleted_at DESC, e.written_at DESC, e.number DESC"
    )
    return Trash(tuple(entry_from(row) for row in rows), tuple(trashed_check_ins(db)), tuple(trashed_sittings(db)))


def restore(db: Database, beginning: str, at: Moment) -> tuple[Thing, str]:
    """
    Take an entry, check-in or sitting out of the trash, and what went there with it.

    Returns:
        What was named.

    Raises:
        Mistyped: If the name is shorter than 3 characters.
        NotFound: If nothing in the trash begins so.
        Ambiguous: If more than one thing does.
    """
    with db.changing():
        thing, id_ = anything_named(db, beginning, trashed=True)
        row = db.one(f"SELECT deleted_at FROM {thing} WHERE id = ?", (id_,))  # noqa: S608  # a table's name only
        deleted_at = row[0] if row else None
        for table, rule in _ROWS[thing]:
            db.run(
                f"UPDATE {table} SET deleted_at = NULL, changed_at = ? WHERE {rule} AND deleted_at = ?",  # noqa: S608  # as above
                (stamp(at), id_, deleted_at),
            )
    return thing, id_


def empty(db: Database) -> int:
    """
    Remove what is in the trash for good, with its earlier texts; nothing of it stays in the file.

    Earlier backups still hold it. The ledger goes on saying which entries left in a share, by their ids.

    Returns:
        How many things were removed.
    """
    with db.changing():
        # Words of deleted entries left the search index when they were deleted; the pages are overwritten
        # by `secure_delete`, so the file need not be written anew.
        db.run("UPDATE check_in SET note = NULL WHERE note IN (SELECT id FROM entry WHERE deleted_at IS NOT NULL)")
        return sum(db.run(f"DELETE FROM {thing} WHERE deleted_at IS NOT NULL") for thing in Thing)  # noqa: S608  # as above


def contents(db: Database) -> list[tuple[Thing, str]]:
    """Give the ids of what is in the trash."""
    return [
        (thing, id_)
        for thing in Thing
        for (id_,) in db.read(f"SELECT id FROM {thing} WHERE deleted_at IS NOT NULL ORDER BY id")  # noqa: S608  # as above
    ]


def holds(db: Database, things: Iterable[tuple[Thing, str]]) -> bool:
    """Whether a backup holds any of these things, in its trash or not."""
    return any(db.one(f"SELECT 1 FROM {thing} WHERE id = ?", (id_,)) for thing, id_ in things)  # noqa: S608  # as above


def remove(db: Database, things: Iterable[tuple[Thing, str]]) -> None:
    """Remove these things from a backup for good, in its trash or not; it may be from before the present tables."""
    with db.changing():
        for thing, id_ in things:
            if thing is Thing.ENTRY:
                db.run("UPDATE check_in SET note = NULL WHERE note = ?", (id_,))
            db.run(f"DELETE FROM {thing} WHERE id = ?", (id_,))  # noqa: S608  # as above

"""
The trash: what was deleted waits here until it is emptied.

What belongs to a thing goes with it and comes back with it: the entries of a sitting, the note of
a check-in, the times with a limit, the ratings of a goal. What had been deleted before by itself
stays deleted when they come back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from journal_cli.journal.entry import Entry
from journal_cli.journal.goal import MOST_GOALS, Goal, RatedGoal
from journal_cli.journal.limit import Limit, LimitStory
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.sitting import Sitting
from journal_cli.records.columns import moment_from, stamp
from journal_cli.records.goals import trashed_goals, trashed_ratings
from journal_cli.records.limits import trashed_limits, trashed_notes
from journal_cli.records.moods import trashed_check_ins
from journal_cli.records.naming import Thing, anything_named, of_wholes
from journal_cli.records.rows import COLUMNS, WITH_MOOD, entry_from
from journal_cli.records.sittings import trashed_sittings
from journal_cli.vault.database import Database

# Where the rows stand that go into the trash with a thing, and come back with it.
_ROWS = {
    Thing.ENTRY: ((Thing.ENTRY, "id = ?"),),
    Thing.CHECK_IN: ((Thing.CHECK_IN, "id = ?"), (Thing.ENTRY, "id = (SELECT note FROM check_in WHERE id = ?)")),
    Thing.SITTING: ((Thing.SITTING, "id = ?"), (Thing.ENTRY, "sitting = ?")),
    Thing.LIMIT: ((Thing.LIMIT, "id = ?"), (Thing.LIMIT_NOTE, "own_limit = ?")),
    Thing.GOAL: ((Thing.GOAL, "id = ?"), (Thing.RATING, "goal = ?")),
    **{thing: ((thing, "id = ?"),) for thing in (Thing.MEASURED, Thing.LIMIT_NOTE, Thing.RATING)},
}


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """A questionnaire that was answered once: its id, which one it was, and when."""

    id: str
    questionnaire: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Trash:
    """
    What is in the trash; entries by when they were deleted, the last first, the others newest first.

    Notes and ratings stand here, under what they belong to, if that is not in the trash itself.
    """

    entries: tuple[Entry, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    limits: tuple[Limit, ...] = ()
    goals: tuple[Goal, ...] = ()
    measured: tuple[TakenBefore, ...] = ()
    notes: tuple[LimitStory, ...] = ()
    ratings: tuple[RatedGoal, ...] = ()


def delete(db: Database, beginnings: Iterable[str], at: Moment) -> list[tuple[Thing, str]]:
    """
    Put things in the trash, each named by how its id begins.

    What belongs to them goes with them. If one name fits nothing, or several things, none is deleted.

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
    return Trash(
        entries=tuple(entry_from(row) for row in rows),
        check_ins=tuple(trashed_check_ins(db)),
        sittings=tuple(trashed_sittings(db)),
        limits=tuple(trashed_limits(db)),
        goals=tuple(trashed_goals(db)),
        measured=tuple(_trashed_measured(db)),
        notes=tuple(trashed_notes(db)),
        ratings=tuple(trashed_ratings(db)),
    )


def restore(db: Database, beginning: str, at: Moment) -> tuple[Thing, str]:
    """
    Take something out of the trash, and what went there with it.

    A goal comes back resting if three are open.

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
        if thing is Thing.GOAL:
            db.run(
                "UPDATE goal SET resting = 1 WHERE id = ?"
                " AND (SELECT count(*) FROM goal WHERE NOT resting AND deleted_at IS NULL) > ?",
                (id_, MOST_GOALS),
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
        # What is part of something else in the trash goes with it, uncounted.
        return sum(db.run(f"DELETE FROM {thing} WHERE deleted_at IS NOT NULL") for thing in Thing)  # noqa: S608  # as above


def contents(db: Database) -> list[tuple[Thing, str]]:
    """Give the ids of what is in the trash; what is part of something else there is not told apart from it."""
    # Sorted here: SQLite would go through all ids in their order, to see of each whether it is in the trash.
    sql = "SELECT id FROM {0} WHERE deleted_at IS NOT NULL AND {1}"
    return [(thing, id_) for thing in Thing for (id_,) in sorted(db.read(sql.format(thing, of_wholes(thing))))]


def holds(db: Database, things: Iterable[tuple[Thing, str]]) -> bool:
    """Whether a backup holds any of these things, in its trash or not; it may be from before the present tables."""
    there = _tables(db)
    return any(
        db.one(f"SELECT 1 FROM {thing} WHERE id = ?", (id_,))  # noqa: S608  # as above
        for thing, id_ in things
        if thing in there
    )


def remove(db: Database, things: Iterable[tuple[Thing, str]]) -> None:
    """Remove these things from a backup for good, in its trash or not; it may be from before the present tables."""
    there = _tables(db)
    with db.changing():
        for thing, id_ in things:
            if thing is Thing.ENTRY:
                db.run("UPDATE check_in SET note = NULL WHERE note = ?", (id_,))
            if thing in there:
                db.run(f"DELETE FROM {thing} WHERE id = ?", (id_,))  # noqa: S608  # as above


def _tables(db: Database) -> set[str]:
    return {name for (name,) in db.read("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _trashed_measured(db: Database) -> list[TakenBefore]:
    rows = db.read(
        "SELECT id, questionnaire, at, zone, offset FROM measured WHERE deleted_at IS NOT NULL ORDER BY at DESC, id"
    )
    return [TakenBefore(id_, name, moment_from(at, zone, offset)) for id_, name, at, zone, offset in rows]

"""Things by the beginning of their id, as people type it."""

from enum import StrEnum

from journal_cli.errors import Ambiguous, Mistyped, NotFound
from journal_cli.journal.ids import as_typed
from journal_cli.vault.database import Database

FEWEST = 3  # characters that name a thing


class Thing(StrEnum):
    """What can be deleted and restored by its id; the value is the name of its table."""

    ENTRY = "entry"
    CHECK_IN = "check_in"
    SITTING = "sitting"


def named(db: Database, beginning: str, *, trashed: bool = False) -> str:
    """
    Find the entry whose id begins like this.

    Args:
        db: The open journal.
        beginning: At least 3 characters, in any case, O for 0, I or L for 1.
        trashed: Look in the trash, and only there.

    Raises:
        Mistyped: If it is shorter than 3 characters.
        NotFound: If no entry begins so.
        Ambiguous: If more than one does.
    """
    return _found(db, beginning, (Thing.ENTRY,), trashed=trashed, missing="no entry begins with {id}")[1]


def anything_named(db: Database, beginning: str, *, trashed: bool = False) -> tuple[Thing, str]:
    """
    Find the entry, check-in or sitting whose id begins like this.

    Args:
        db: The open journal.
        beginning: At least 3 characters, in any case, O for 0, I or L for 1.
        trashed: Look in the trash, and only there.

    Raises:
        Mistyped: If it is shorter than 3 characters.
        NotFound: If nothing begins so.
        Ambiguous: If more than one thing does.
    """
    missing = "no entry, check-in or sitting begins with {id}"
    return _found(db, beginning, tuple(Thing), trashed=trashed, missing=missing)


def is_taken(db: Database, id_: str) -> bool:
    """Tell whether anything of this journal carries this id, in the trash too."""
    tables = (*Thing, "share", "draft", "program_run", "own_limit", "limit_note", "goal", "goal_rating", "measured")
    sql = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE id = ?" for table in tables)  # noqa: S608  # names of tables only
    return db.one(sql, (id_,) * len(tables)) is not None


def id_range(beginning: str) -> tuple[str, str]:
    """
    Give the two ends between which ids stand that begin like this: the first counts, the second does not.

    Raises:
        Mistyped: If it is shorter than 3 characters.
    """
    start = as_typed(beginning)
    if len(start) < FEWEST:
        raise Mistyped("an id is named by at least {fewest} of its characters", fewest=FEWEST)
    # Every character of an id sorts before ~. What is not ASCII begins none, and may not even be text.
    return (start, start + "~") if start.isascii() else ("~", "~")


def _found(
    db: Database, beginning: str, things: tuple[Thing, ...], *, trashed: bool, missing: str
) -> tuple[Thing, str]:
    start, end = id_range(beginning)
    state = "NOT NULL" if trashed else "NULL"
    # Two are enough to see that it is not one.
    one = "SELECT '{0}' AS thing, id FROM {0} WHERE id >= ? AND id < ? AND deleted_at IS {1}"
    sql = " UNION ALL ".join(one.format(thing, state) for thing in things) + " LIMIT 2"
    found = db.read(sql, (start, end) * len(things))
    if not found:
        hint = "`journal trash list` shows what is there" if trashed else "`journal list` shows the ids"
        raise NotFound(missing, id=beginning, hint=hint)
    if len(found) > 1:
        raise Ambiguous("{id} is the beginning of several ids", id=beginning)
    thing, id_ = found[0]
    return Thing(thing), id_

"""Things by the beginning of their id, as people type it."""

from enum import StrEnum

from journal_cli.errors import Ambiguous, Mistyped, NotFound
from journal_cli.journal.ids import as_typed
from journal_cli.vault.database import Database

FEWEST = 3  # characters that name a thing


class Thing(StrEnum):
    """
    What can be deleted and restored by its id; the value is the name of its table.

    A part, such as one rating of a goal, comes after what it is part of.
    """

    ENTRY = "entry"
    CHECK_IN = "check_in"
    SITTING = "sitting"
    LIMIT = "own_limit"
    GOAL = "goal"
    MEASURED = "measured"
    LIMIT_NOTE = "limit_note"
    RATING = "goal_rating"

    @property
    def kind(self) -> str:
        """What JSON calls it."""
        return _KINDS.get(self, self.value.replace("_", "-"))


_KINDS = {Thing.LIMIT: "limit", Thing.MEASURED: "measure", Thing.RATING: "rating"}
WHOLES = {Thing.LIMIT_NOTE: Thing.LIMIT, Thing.RATING: Thing.GOAL}  # parts that are deleted by themselves, too

_NONE_BEGINS = {
    Thing.ENTRY: ("no entry begins with {id}", "`journal list` shows the ids"),
    Thing.LIMIT: ("no limit begins with {id}", "`journal limit list` shows the ids"),
    Thing.GOAL: ("no goal begins with {id}", "`journal goal list` shows the ids"),
}


def named(db: Database, beginning: str, *, trashed: bool = False, thing: Thing = Thing.ENTRY) -> str:
    """
    Find the entry, limit or goal whose id begins like this.

    Args:
        db: The open journal.
        beginning: At least 3 characters, in any case, O for 0, I or L for 1.
        trashed: Look in the trash, and only there.
        thing: Which of the three.

    Raises:
        Mistyped: If it is shorter than 3 characters.
        NotFound: If none begins so.
        Ambiguous: If more than one does.
    """
    missing, hint = _NONE_BEGINS[thing]
    return _found(db, beginning, (thing,), trashed=trashed, missing=missing, hint=hint)[1]


def anything_named(db: Database, beginning: str, *, trashed: bool = False) -> tuple[Thing, str]:
    """
    Find whatever can be deleted and has an id that begins like this.

    A note about a limit, or a rating of a goal, that is in the trash with its whole comes back with it alone.

    Args:
        db: The open journal.
        beginning: At least 3 characters, in any case, O for 0, I or L for 1.
        trashed: Look in the trash, and only there.

    Raises:
        Mistyped: If it is shorter than 3 characters.
        NotFound: If nothing begins so.
        Ambiguous: If more than one thing does.
    """
    hint = "`journal list` shows the ids"
    return _found(db, beginning, tuple(Thing), trashed=trashed, missing="nothing begins with {id}", hint=hint)


def is_taken(db: Database, id_: str) -> bool:
    """Tell whether anything of this journal carries this id, in the trash too."""
    tables = (*Thing, "share", "draft", "program_run")
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


def of_wholes(thing: Thing) -> str:
    """Give the condition that holds for rows of this table whose whole, if they have one, is not in the trash."""
    if thing not in WHOLES:
        return "1"
    whole = WHOLES[thing]
    return f"{thing}.{whole} IN (SELECT id FROM {whole} WHERE deleted_at IS NULL)"  # noqa: S608  # names of tables only


def _found(
    db: Database, beginning: str, things: tuple[Thing, ...], *, trashed: bool, missing: str, hint: str
) -> tuple[Thing, str]:
    start, end = id_range(beginning)
    state = "NOT NULL" if trashed else "NULL"
    # Two are enough to see that it is not one.
    one = "SELECT '{0}' AS thing, id FROM {0} WHERE id >= ? AND id < ? AND deleted_at IS {1} AND {2}"
    sql = " UNION ALL ".join(one.format(thing, state, of_wholes(thing)) for thing in things) + " LIMIT 2"
    found = db.read(sql, (start, end) * len(things))
    if not found:
        raise NotFound(missing, id=beginning, hint="`journal trash list` shows what is there" if trashed else hint)
    if len(found) > 1:
        raise Ambiguous("{id} is the beginning of several ids", id=beginning)
    thing, id_ = found[0]
    return Thing(thing), id_

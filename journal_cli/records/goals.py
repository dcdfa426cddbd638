"""Goals in the person's own words, and how close they felt."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.goal import MOST_GOALS, Goal, RatedGoal, Rating, rated
from journal_cli.journal.moment import Moment
from journal_cli.records.columns import between, moment_from, stamp, stamped_or_none, when
from journal_cli.records.naming import Thing, of_wholes
from journal_cli.vault.database import Database

_COLUMNS = "id, text, at, zone, offset, resting, deleted_at"
_RATING_COLUMNS = "id, goal, at, zone, offset, value"


def add(db: Database, goal: Goal) -> None:
    """
    Keep a new goal.

    Raises:
        AlreadyThere: If its id is taken, or three goals are open.
    """
    with db.changing():
        if db.one("SELECT 1 FROM goal WHERE id = ?", (goal.id,)):
            raise AlreadyThere("the id {id} is taken", id=goal.id)
        _refuse_a_fourth(db)
        db.run(
            "INSERT INTO goal (id, text, at, zone, offset, day, resting, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (goal.id, goal.text, *when(goal.at), int(goal.resting), stamp(goal.at)),
        )


def rest(db: Database, goal_id: str, at: Moment) -> None:
    """
    Put a goal aside; its ratings stay.

    Raises:
        NotFound: If there is no such goal.
    """
    _mark(db, goal_id, at, resting=True)


def take_up(db: Database, goal_id: str, at: Moment) -> None:
    """
    Open a resting goal again.

    Raises:
        NotFound: If there is no such goal.
        AlreadyThere: If three goals are open.
    """
    with db.changing():
        _refuse_a_fourth(db)
        _mark(db, goal_id, at, resting=False)


def rate(db: Database, ratings: Sequence[Rating], now: Moment) -> None:
    """
    Keep how close some goals felt: all of it or nothing.

    Args:
        db: The open journal.
        ratings: The `at` of each is when it felt so.
        now: When they are kept.

    Raises:
        AlreadyThere: If an id is taken; another one will do.
        NotFound: If there is no such goal.
    """
    with db.changing():
        for one in ratings:
            goal(db, one.goal)
            if db.one("SELECT 1 FROM goal_rating WHERE id = ?", (one.id,)):
                raise AlreadyThere("the id {id} is taken", id=one.id)
            db.run(
                "INSERT INTO goal_rating (id, goal, at, zone, offset, day, value, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (one.id, one.goal, *when(one.at), one.value, stamp(now)),
            )


def goal(db: Database, goal_id: str) -> Goal:
    """
    Give one goal.

    Raises:
        NotFound: If there is no such goal, or it is in the trash.
    """
    for one in goals(db):
        if one.id == goal_id:
            return one
    raise _missing(goal_id)


def goals(db: Database) -> list[Goal]:
    """List the goals, newest first; those in the trash are left out."""
    return _goals(db, "deleted_at IS NULL")


def ratings(db: Database, since: date | None = None, until: date | None = None) -> list[Rating]:
    """
    List the ratings of goals in a period, newest first; what is in the trash is left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "at")
    return _ratings(db, " AND ".join(["deleted_at IS NULL", of_wholes(Thing.RATING), *conditions]), params)


def trashed_goals(db: Database) -> list[Goal]:
    """List the goals in the trash, newest first."""
    return _goals(db, "deleted_at IS NOT NULL")


def trashed_ratings(db: Database) -> list[RatedGoal]:
    """List the ratings in the trash whose goals are not, under their goals."""
    there = _ratings(db, f"deleted_at IS NOT NULL AND {of_wholes(Thing.RATING)}", [])
    return [one for one in rated(goals(db), there) if one.ratings]


def _mark(db: Database, goal_id: str, at: Moment, *, resting: bool) -> None:
    with db.changing():
        sql = "UPDATE goal SET resting = ?, changed_at = ? WHERE id = ? AND deleted_at IS NULL"
        if not db.run(sql, (int(resting), stamp(at), goal_id)):
            raise _missing(goal_id)


def _missing(goal_id: str) -> NotFound:
    return NotFound("no goal begins with {id}", id=goal_id, hint="`journal goal list` shows the ids")


def _refuse_a_fourth(db: Database) -> None:
    row = db.one("SELECT count(*) FROM goal WHERE NOT resting AND deleted_at IS NULL")
    if row and row[0] >= MOST_GOALS:
        raise AlreadyThere(
            "{most} goals are open, and that is as many as there may be at one time",
            most=MOST_GOALS,
            hint="`journal goal rest ID` puts one aside; what belongs to it stays",
        )


def _goals(db: Database, condition: str) -> list[Goal]:
    rows = db.read(f"SELECT {_COLUMNS} FROM goal WHERE {condition} ORDER BY at DESC, id")  # noqa: S608  # names of columns only
    return [_goal_from(row) for row in rows]


def _ratings(db: Database, condition: str, params: list[str]) -> list[Rating]:
    sql = f"SELECT {_RATING_COLUMNS} FROM goal_rating WHERE {condition} ORDER BY at DESC, id"  # noqa: S608  # as above
    return [_rating_from(row) for row in db.read(sql, params)]


def _goal_from(row: tuple[Any, ...]) -> Goal:
    id_, text, at, zone, offset, resting, deleted_at = row
    return Goal(id_, text, moment_from(at, zone, offset), bool(resting), stamped_or_none(deleted_at))


def _rating_from(row: tuple[Any, ...]) -> Rating:
    id_, goal_id, at, zone, offset, value = row
    return Rating(id_, goal_id, moment_from(at, zone, offset), value)

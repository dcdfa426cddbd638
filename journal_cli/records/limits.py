"""Limits in the person's own words, and the times they were kept, partly kept, or crossed."""

from datetime import date
from typing import Any

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory, stories
from journal_cli.journal.moment import Moment
from journal_cli.records.columns import between, moment_from, stamp, stamped_or_none, when
from journal_cli.records.naming import Thing, of_wholes
from journal_cli.vault.database import Database

_COLUMNS = "id, text, at, zone, offset, resting, deleted_at"
_NOTE_COLUMNS = "id, own_limit, at, zone, offset, how, by, line"


def add(db: Database, limit: Limit) -> None:
    """
    Keep a new limit.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    with db.changing():
        if db.one("SELECT 1 FROM own_limit WHERE id = ?", (limit.id,)):
            raise AlreadyThere("the id {id} is taken", id=limit.id)
        db.run(
            "INSERT INTO own_limit (id, text, at, zone, offset, day, resting, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (limit.id, limit.text, *when(limit.at), int(limit.resting), stamp(limit.at)),
        )


def rest(db: Database, limit_id: str, at: Moment, *, resting: bool) -> None:
    """
    Put a limit aside, or take it up again; its story stays.

    Raises:
        NotFound: If there is no such limit.
    """
    with db.changing():
        sql = "UPDATE own_limit SET resting = ?, changed_at = ? WHERE id = ? AND deleted_at IS NULL"
        if not db.run(sql, (int(resting), stamp(at), limit_id)):
            raise NotFound("no limit begins with {id}", id=limit_id, hint="`journal limit list` shows the ids")


def add_note(db: Database, note: LimitNote, now: Moment) -> None:
    """
    Keep a time with a limit.

    Args:
        db: The open journal.
        note: Its `at` is when it was.
        now: When it is kept.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
        NotFound: If there is no such limit.
    """
    with db.changing():
        if not db.one("SELECT 1 FROM own_limit WHERE id = ? AND deleted_at IS NULL", (note.limit,)):
            raise NotFound("no limit begins with {id}", id=note.limit, hint="`journal limit list` shows the ids")
        if db.one("SELECT 1 FROM limit_note WHERE id = ?", (note.id,)):
            raise AlreadyThere("the id {id} is taken", id=note.id)
        by = note.by.value if note.by else None
        db.run(
            "INSERT INTO limit_note (id, own_limit, at, zone, offset, day, how, by, line, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (note.id, note.limit, *when(note.at), note.how.value, by, note.line or None, stamp(now)),
        )


def limits(db: Database) -> list[Limit]:
    """List the limits, newest first; those in the trash are left out."""
    return _limits(db, "deleted_at IS NULL")


def notes(db: Database, since: date | None = None, until: date | None = None) -> list[LimitNote]:
    """
    List the times with limits in a period, newest first; what is in the trash is left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "at")
    return _notes(db, " AND ".join(["deleted_at IS NULL", of_wholes(Thing.LIMIT_NOTE), *conditions]), params)


def story(db: Database, limit_id: str) -> LimitStory:
    """
    Give one limit and all times with it.

    Raises:
        NotFound: If there is no such limit, or it is in the trash.
    """
    found = [one for one in limits(db) if one.id == limit_id]
    if not found:
        raise NotFound("no limit begins with {id}", id=limit_id, hint="`journal limit list` shows the ids")
    return stories(found, _notes(db, "deleted_at IS NULL AND own_limit = ?", [limit_id]))[0]


def trashed_limits(db: Database) -> list[Limit]:
    """List the limits in the trash, newest first."""
    return _limits(db, "deleted_at IS NOT NULL")


def trashed_notes(db: Database) -> list[LimitStory]:
    """List the times in the trash whose limits are not, under their limits."""
    there = _notes(db, f"deleted_at IS NOT NULL AND {of_wholes(Thing.LIMIT_NOTE)}", [])
    return [one for one in stories(limits(db), there) if one.notes]


def _limits(db: Database, condition: str) -> list[Limit]:
    rows = db.read(f"SELECT {_COLUMNS} FROM own_limit WHERE {condition} ORDER BY at DESC, id")  # noqa: S608  # names of columns only
    return [_limit_from(row) for row in rows]


def _notes(db: Database, condition: str, params: list[str]) -> list[LimitNote]:
    sql = f"SELECT {_NOTE_COLUMNS} FROM limit_note WHERE {condition} ORDER BY at DESC, id"  # noqa: S608  # as above
    return [_note_from(row) for row in db.read(sql, params)]


def _limit_from(row: tuple[Any, ...]) -> Limit:
    id_, text, at, zone, offset, resting, deleted_at = row
    return Limit(id_, text, moment_from(at, zone, offset), bool(resting), stamped_or_none(deleted_at))


def _note_from(row: tuple[Any, ...]) -> LimitNote:
    id_, limit, at, zone, offset, how, by, line = row
    return LimitNote(id_, limit, moment_from(at, zone, offset), How(how), By(by) if by else None, line or "")

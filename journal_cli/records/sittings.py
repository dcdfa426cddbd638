"""Sittings: begun, saved at every step, and listed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.entry import Entry
from journal_cli.journal.moment import Moment
from journal_cli.journal.sitting import Sitting, State
from journal_cli.records.columns import (
    between,
    moment_from,
    mood_columns,
    mood_from,
    stamp,
    stamped_or_none,
    when,
)
from journal_cli.records.rows import COLUMNS, LIVE, NEWEST_FIRST, WITH_MOOD, entry_from
from journal_cli.vault.database import Database

_MOOD = ("pleasant", "energy", "cant_tell", "words")
_NAMES = (
    *("id", "at", "zone", "offset", "day", "session", "title", "state"),
    *(f"before_{name}" for name in _MOOD),
    *(f"after_{name}" for name in _MOOD),
    *("step", "prompt", "entry", "follow_up", "pack", "pack_version", "language", "felt", "changed_at", "deleted_at"),
)


def begin(db: Database, sitting: Sitting) -> None:
    """
    Keep a sitting that begins now.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    sql = f"INSERT INTO sitting ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608  # names of columns only
    with db.changing():
        if db.one("SELECT 1 FROM sitting WHERE id = ?", (sitting.id,)):
            raise AlreadyThere("the id {id} is taken", id=sitting.id)
        db.run(sql, _row(sitting, sitting.at))


def save(db: Database, sitting: Sitting, at: Moment) -> None:
    """
    Keep where a sitting stands now. Whether it is in the trash is left alone.

    Raises:
        NotFound: If it was never begun.
    """
    columns = ", ".join(f"{name} = ?" for name in _NAMES[1:-1])
    id_, *values, _deleted_at = _row(sitting, at)
    with db.changing():
        saved = db.run(f"UPDATE sitting SET {columns} WHERE id = ?", (*values, id_))  # noqa: S608  # as above
        if not saved:
            raise NotFound("there is no sitting {id}", id=id_)


def sitting(db: Database, sitting_id: str) -> Sitting:
    """
    Give one sitting, in the trash or not.

    Raises:
        NotFound: If there is no such sitting.
    """
    found = _read(db, ["id = ?"], [sitting_id])
    if not found:
        raise NotFound("there is no sitting {id}", id=sitting_id)
    return found[0]


def sittings(db: Database, since: date | None, until: date | None) -> list[Sitting]:
    """
    List the sittings that began in a period, newest first; those in the trash are left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "at")
    return _read(db, ["deleted_at IS NULL", *conditions], params)


def unfinished(db: Database) -> list[Sitting]:
    """List the sittings that can be gone on with, open or paused, newest first."""
    return _read(db, ["deleted_at IS NULL", "state IN (?, ?)"], [State.OPEN.value, State.PAUSED.value])


def trashed_sittings(db: Database) -> list[Sitting]:
    """List the sittings in the trash, newest first."""
    return _read(db, ["deleted_at IS NOT NULL"], [])


def entries_of(db: Database, sitting_id: str) -> list[Entry]:
    """List what was written in a sitting, newest first; what is in the trash is left out."""
    rows = db.read(
        f"SELECT {COLUMNS} FROM entry e{WITH_MOOD} WHERE e.sitting = ? AND {LIVE}{NEWEST_FIRST}",  # noqa: S608  # as above
        (sitting_id,),
    )
    return [entry_from(row) for row in rows]


def _read(db: Database, conditions: Iterable[str], params: list[str]) -> list[Sitting]:
    where = " AND ".join(conditions)
    rows = db.read(f"SELECT {', '.join(_NAMES)} FROM sitting WHERE {where} ORDER BY at DESC, id", params)  # noqa: S608  # as above
    return [_sitting_from(row) for row in rows]


def _row(sitting: Sitting, changed_at: Moment) -> tuple[Any, ...]:
    return (
        sitting.id,
        *when(sitting.at),
        *(sitting.session, sitting.title, sitting.state.value),
        *mood_columns(sitting.before),
        *mood_columns(sitting.after),
        *(sitting.step, sitting.prompt, sitting.entry, sitting.follow_up),
        *(sitting.pack, sitting.version, sitting.language, sitting.felt),
        stamp(changed_at),
        stamp(sitting.deleted_at) if sitting.deleted_at else None,
    )


def _sitting_from(row: tuple[Any, ...]) -> Sitting:
    id_, at, zone, offset, _day, session, title, state = row[:8]
    step, prompt, entry, follow_up, pack, version, language, felt, _changed_at, deleted_at = row[16:]
    return Sitting(
        id=id_,
        at=moment_from(at, zone, offset),
        session=session,
        title=title,
        state=State(state),
        before=mood_from(row[8:12]),
        after=mood_from(row[12:16]),
        step=step,
        prompt=prompt,
        entry=entry,
        follow_up=follow_up,
        pack=pack,
        version=version,
        language=language,
        felt=felt,
        deleted_at=stamped_or_none(deleted_at),
    )

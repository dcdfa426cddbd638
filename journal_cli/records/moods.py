"""Check-ins: a mood told on its own, and answers to check-in items."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood
from journal_cli.records.columns import between, moment_from, mood_columns, mood_from, stamp, when
from journal_cli.vault.database import Database

_OWN = "NOT EXISTS (SELECT 1 FROM imported_mood WHERE imported_mood.check_in = check_in.id)"
_COLUMNS = "id, at, zone, offset, day, pleasant, energy, cant_tell, words, note"


def add_check_in(db: Database, check_in: CheckIn) -> None:
    """
    Keep a check-in.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    with db.changing():
        if db.one("SELECT 1 FROM check_in WHERE id = ?", (check_in.id,)):
            raise AlreadyThere("the id {id} is taken", id=check_in.id)
        db.run(
            f"INSERT INTO check_in ({_COLUMNS}, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # names of columns only
            (check_in.id, *when(check_in.at), *mood_columns(check_in.mood), check_in.note, stamp(check_in.at)),
        )
        for place, (item, value) in enumerate(check_in.items):
            db.run(
                "INSERT INTO check_in_item (check_in, place, item, value) VALUES (?, ?, ?, ?)",
                (check_in.id, place, item, value),
            )


def add_item(db: Database, check_in_id: str, item: str, value: int | str, at: Moment) -> None:
    """Keep the answer to one more item of a check-in."""
    with db.changing():
        db.run(
            "INSERT INTO check_in_item (check_in, place, item, value)"
            " SELECT ?, count(*), ?, ? FROM check_in_item WHERE check_in = ?",
            (check_in_id, item, value, check_in_id),
        )
        db.run("UPDATE check_in SET changed_at = ? WHERE id = ?", (stamp(at), check_in_id))


def last_answers(db: Database) -> dict[str, date]:
    """Give the day each check-in item was last answered, by its id; what is in the trash is left out."""
    rows = db.read(
        "SELECT i.item, max(c.day) FROM check_in_item i JOIN check_in c ON c.id = i.check_in"
        " WHERE c.deleted_at IS NULL GROUP BY i.item"
    )
    return {item: date.fromisoformat(day) for item, day in rows}


def check_in(db: Database, check_in_id: str) -> CheckIn:
    """
    Give one check-in, in the trash or not.

    Raises:
        NotFound: If there is no such check-in.
    """
    found = _read(db, ["id = ?"], [check_in_id])
    if not found:
        raise NotFound("there is no check-in {id}", id=check_in_id)
    return found[0]


def check_ins(db: Database, since: date | None, until: date | None, *, items: bool = True) -> list[CheckIn]:
    """
    List the check-ins of a period, newest first; those in the trash, and moods from elsewhere, are left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
        items: False for the moods alone, without the answers to check-in items.
    """
    conditions, params = between(since, until, "at")
    return _read(db, ["deleted_at IS NULL", _OWN, *conditions], params, items=items)


def add_imported(db: Database, check_in: CheckIn, mood: ImportedMood, at: Moment) -> None:
    """
    Keep a mood that another program told, as a check-in that says nothing on our own scale.

    Args:
        db: The open journal.
        check_in: When it was told, and its note; its id is nobody else's.
        mood: What the other program says of it.
        at: Now.
    """
    with db.changing():
        db.run(
            f"INSERT INTO check_in ({_COLUMNS}, changed_at) VALUES (?, ?, ?, ?, ?, NULL, NULL, 0, '[]', ?, ?)",  # noqa: S608  # names of columns only
            (check_in.id, *when(check_in.at), check_in.note, stamp(at)),
        )
        db.run(
            "INSERT INTO imported_mood (check_in, origin, label, pleasant) VALUES (?, ?, ?, ?)",
            (check_in.id, mood.origin, mood.label, mood.pleasant),
        )


def imported(db: Database, since: date | None, until: date | None) -> list[ImportedMood]:
    """
    List the moods of a period that other programs told, newest first; those in the trash are left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "c.at")
    where = " AND ".join(["c.deleted_at IS NULL", *conditions])
    sql = (
        "SELECT i.origin, i.label, i.pleasant FROM imported_mood i JOIN check_in c ON c.id = i.check_in"  # noqa: S608  # as above
        f" WHERE {where} ORDER BY c.at DESC, c.id"
    )
    return [ImportedMood(*row) for row in db.read(sql, params)]


def trashed_check_ins(db: Database) -> list[CheckIn]:
    """List the check-ins in the trash, newest first."""
    return _read(db, ["deleted_at IS NOT NULL"], [])


def _read(db: Database, conditions: Iterable[str], params: list[str], *, items: bool = True) -> list[CheckIn]:
    where = " AND ".join(conditions)
    rows = db.read(f"SELECT {_COLUMNS} FROM check_in WHERE {where} ORDER BY at DESC, id", params)  # noqa: S608  # as above
    if not items or not rows:
        return [_check_in_from(row, ()) for row in rows]
    answers = db.read(
        "SELECT check_in, item, value FROM check_in_item"  # noqa: S608  # as above
        f" WHERE check_in IN (SELECT id FROM check_in WHERE {where}) ORDER BY check_in, place",
        params,
    )
    answered = {id_: tuple((item, value) for _, item, value in some) for id_, some in groupby(answers, itemgetter(0))}
    return [_check_in_from(row, answered.get(row[0], ())) for row in rows]


def _check_in_from(row: tuple[Any, ...], items: tuple[tuple[str, int | str], ...]) -> CheckIn:
    id_, at, zone, offset, _day, *mood, note = row
    return CheckIn(id=id_, at=moment_from(at, zone, offset), mood=mood_from(mood) or Mood(), items=items, note=note)

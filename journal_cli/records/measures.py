"""Questionnaires as they were answered: the answers, and the total as it was scored then."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from journal_cli.errors import AlreadyThere
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Result
from journal_cli.records.columns import between, moment_from, stamp, stamped_or_none, when
from journal_cli.vault.database import Database

_COLUMNS = "id, questionnaire, version, coding, language, at, zone, offset, day, answers, total"
_NEWEST_FIRST = "ORDER BY at DESC, id DESC"


def add(db: Database, result: Result) -> None:
    """
    Keep the answers to a questionnaire.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    known = (result.id, result.questionnaire, result.version, result.coding, result.language)
    row = (*known, *when(result.at), json.dumps(result.answers), result.total)
    with db.changing():
        if db.one("SELECT 1 FROM measured WHERE id = ?", (result.id,)):
            raise AlreadyThere("the id {id} is taken", id=result.id)
        db.run(
            f"INSERT INTO measured ({_COLUMNS}, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # names of columns only
            (*row, stamp(result.at)),
        )


def results(db: Database, since: date | None, until: date | None) -> list[Result]:
    """
    List what was answered in a period, newest first; what is in the trash is left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "at")
    where = " AND ".join(["deleted_at IS NULL", *conditions])
    return _read(db, f"WHERE {where} {_NEWEST_FIRST}", params)


def trashed_results(db: Database) -> list[Result]:
    """List the results in the trash, newest first."""
    return _read(db, f"WHERE deleted_at IS NOT NULL {_NEWEST_FIRST}", ())


def last_taken(db: Database) -> dict[str, Moment]:
    """Give when each questionnaire was last answered, whole or in part, by its id; the trash does not count."""
    # With max(), SQLite takes the other columns from the row that holds it.
    rows = db.read(
        "SELECT questionnaire, max(at), zone, offset FROM measured WHERE deleted_at IS NULL GROUP BY questionnaire"
    )
    return {id_: moment_from(at, zone, offset) for id_, at, zone, offset in rows}


def _read(db: Database, which: str, params: Iterable[object]) -> list[Result]:
    rows = db.read(f"SELECT {_COLUMNS}, deleted_at FROM measured {which}", tuple(params))  # noqa: S608  # as above
    return [_result_from(row) for row in rows]


def _result_from(row: tuple[Any, ...]) -> Result:
    id_, questionnaire, version, coding, language, at, zone, offset, _day, answers, total, deleted_at = row
    return Result(
        id=id_,
        questionnaire=questionnaire,
        version=version,
        coding=coding,
        language=language,
        at=moment_from(at, zone, offset),
        answers=tuple(json.loads(answers)),
        total=total,
        deleted_at=stamped_or_none(deleted_at),
    )

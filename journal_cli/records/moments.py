"""Moments of trust and of kindness: which entries they are, and how they begin."""

from datetime import date

from journal_cli.journal.kept_moment import KeptMoment, MomentKind, beginning
from journal_cli.journal.moment import Moment
from journal_cli.records.columns import between, moment_from, stamp
from journal_cli.records.rows import LIVE, NEWEST_FIRST
from journal_cli.vault.database import Database


def keep(db: Database, entry_id: str, kind: MomentKind, kinder: str | None, at: Moment) -> None:
    """
    Keep that an entry is a moment; it stays an entry like any other.

    Args:
        db: The open journal.
        entry_id: The entry, which is there.
        kind: What it is a moment of.
        kinder: The further question that a kinder line answers, as it is shown; None if there is none.
        at: The present.
    """
    with db.changing():
        db.run(
            "INSERT INTO entry_moment (entry, kind, kinder, changed_at) VALUES (?, ?, ?, ?)",
            (entry_id, kind.value, kinder, stamp(at)),
        )


def moments(db: Database, since: date | None, until: date | None) -> list[KeptMoment]:
    """
    List the moments of a period, newest first; private ones are there, those in the trash are not.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "e.written_at")
    where = " AND ".join([LIVE, *conditions])
    # With CROSS JOIN, SQLite begins with the moments, which are few, and not with the entries of the period.
    rows = db.read(
        "SELECT m.kind, e.written_at, e.zone, e.offset, e.id, w.body, f.answer"  # noqa: S608  # names of columns only
        " FROM entry_moment m CROSS JOIN entry e ON e.id = m.entry JOIN writing w ON w.number = e.number"
        " LEFT JOIN follow_up f ON f.entry = m.entry AND f.question = m.kinder"
        f" WHERE {where}{NEWEST_FIRST}",
        params,
    )
    return [
        KeptMoment(MomentKind(kind), moment_from(*when), id_, beginning(body), beginning(kinder) if kinder else None)
        for kind, *when, id_, body, kinder in rows
    ]

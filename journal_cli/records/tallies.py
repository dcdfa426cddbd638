"""Counts over a period, from an index that holds no texts."""

from datetime import date

from journal_cli.journal.tally import Tally, ThemeTally
from journal_cli.records.columns import between, moment_from
from journal_cli.records.rows import LIVE
from journal_cli.vault.database import Database


def tally(db: Database, since: date | None, until: date | None) -> Tally:
    """
    Count what a period holds, what is in the trash left out.

    Args:
        db: The open journal.
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive; None for to the end.
    """
    conditions, params = between(since, until, "e.written_at")
    where = " AND ".join([LIVE, *conditions])
    days = db.read(f"SELECT day, count(*) FROM entry e WHERE {where} GROUP BY day ORDER BY day", params)  # noqa: S608  # names of columns only
    # With max(), SQLite takes the number from the row that holds it: the entry written last.
    themes = db.read(
        "SELECT t.theme, t.entries, t.sittings, last.written_at, last.zone, last.offset FROM"  # noqa: S608  # as above
        " (SELECT theme, count(*) AS entries, count(DISTINCT sitting) AS sittings, max(written_at), number"
        f" FROM entry e WHERE {where} AND theme IS NOT NULL GROUP BY theme) t"
        " JOIN entry last USING (number) ORDER BY t.entries DESC, t.theme",
        params,
    )
    return Tally(
        entries=sum(count for _, count in days),
        days=tuple(date.fromisoformat(day) for day, _ in days),
        themes=tuple(
            ThemeTally(theme, entries, sittings, moment_from(*last)) for theme, entries, sittings, *last in themes
        ),
    )

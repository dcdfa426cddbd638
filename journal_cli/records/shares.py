"""The ledger of shares: lines are added, never changed."""

import json
from datetime import date
from typing import Any

from journal_cli.errors import AlreadyThere, Ambiguous, NotFound
from journal_cli.journal.sharing import Share
from journal_cli.records.columns import moment_from, stamp, when, words_from, words_text
from journal_cli.records.naming import id_range
from journal_cli.vault.database import Database

_COLUMNS = "id, at, zone, offset, day, to_label, form, since, until, blocks, withheld, left_out, aliases, digest, file"
_INSERT = f"INSERT INTO share ({_COLUMNS}, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # names of columns only


def note(db: Database, share: Share) -> None:
    """
    Write a line into the ledger.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    with db.changing():
        if db.one("SELECT 1 FROM share WHERE id = ?", (share.id,)):
            raise AlreadyThere("the id {id} is taken", id=share.id)
        db.run(
            _INSERT,
            (
                share.id,
                *when(share.at),
                *(share.to, share.form),
                *(day.isoformat() if day else None for day in (share.since, share.until)),
                *(words_text(words) for words in (share.blocks, share.withheld, share.left_out)),
                json.dumps(dict(share.aliases), ensure_ascii=False),
                *(share.digest, share.file, stamp(share.at)),
            ),
        )
        for place, entry in enumerate(share.entries):
            db.run("INSERT INTO share_entry (share, place, entry) VALUES (?, ?, ?)", (share.id, place, entry))


def shares(db: Database) -> list[Share]:
    """List everything that left the journal, newest first."""
    return [_share_from(db, row) for row in db.read(f"SELECT {_COLUMNS} FROM share ORDER BY at DESC, id")]  # noqa: S608  # as above


def share(db: Database, beginning: str) -> Share:
    """
    Give the share whose id begins like this.

    Raises:
        Mistyped: If it is shorter than 3 characters.
        NotFound: If no share begins so.
        Ambiguous: If more than one does.
    """
    rows = db.read(f"SELECT {_COLUMNS} FROM share WHERE id >= ? AND id < ? LIMIT 2", id_range(beginning))  # noqa: S608  # as above
    if not rows:
        raise NotFound("no share begins with {id}", id=beginning, hint="`journal share --list` shows the ids")
    if len(rows) > 1:
        raise Ambiguous("{id} is the beginning of several ids", id=beginning)
    return _share_from(db, rows[0])


def last_until(db: Database) -> date | None:
    """Give the last day that the newest share with a period tells of, or None: the next one may begin after it."""
    row = db.one("SELECT until FROM share WHERE until IS NOT NULL ORDER BY at DESC, id")
    return None if row is None else date.fromisoformat(row[0])


def _share_from(db: Database, row: tuple[Any, ...]) -> Share:
    id_, at, zone, offset, _day, to, form, since, until, blocks, withheld, left_out, aliases, digest, file = row
    entries = db.read("SELECT entry FROM share_entry WHERE share = ? ORDER BY place", (id_,))
    return Share(
        id=id_,
        at=moment_from(at, zone, offset),
        to=to,
        form=form,
        since=None if since is None else date.fromisoformat(since),
        until=None if until is None else date.fromisoformat(until),
        blocks=words_from(blocks),
        entries=tuple(entry for (entry,) in entries),
        withheld=words_from(withheld),
        left_out=words_from(left_out),
        aliases=json.loads(aliases),
        digest=digest,
        file=file,
    )

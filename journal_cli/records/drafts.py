"""Drafts: unfinished writing, saved while it is typed."""

from dataclasses import dataclass, field

from journal_cli.errors import NotFound
from journal_cli.journal.moment import Moment
from journal_cli.journal.text import storable
from journal_cli.records.columns import stamp, stamped
from journal_cli.vault.database import Database

_COLUMNS = "SELECT id, kind, text, started, sitting FROM draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """
    Unfinished writing.

    Args:
        id: 8 characters of Crockford base32.
        kind: What it is to become; whoever keeps it names it.
        text: As far as it was typed.
        started: When it was begun.
        sitting: Id of the sitting it belongs to, or None.
    """

    id: str
    kind: str
    text: str = field(repr=False)
    started: Moment
    sitting: str | None = None


def keep(db: Database, draft: Draft, at: Moment | None = None) -> None:
    """
    Keep a draft as it is now, whether it was kept before or not.

    Args:
        db: The open journal.
        draft: The draft.
        at: Now; None if it was begun just now.

    Raises:
        Mistyped: If the text cannot be kept, see `storable`.
    """
    with db.changing():
        db.run(
            "INSERT INTO draft (id, kind, text, started, sitting, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, text = excluded.text,"
            " sitting = excluded.sitting, changed_at = excluded.changed_at",
            (
                *(draft.id, draft.kind, storable(draft.text), stamp(draft.started), draft.sitting),
                stamp(at or draft.started),
            ),
        )


def update(db: Database, draft_id: str, text: str, at: Moment) -> None:
    """
    Keep what a draft has grown to.

    Raises:
        NotFound: If it was let go; `keep` keeps it anew.
        Mistyped: If the text cannot be kept, see `storable`.
    """
    with db.changing():
        changes = (storable(text), stamp(at), draft_id)
        if not db.run("UPDATE draft SET text = ?, changed_at = ? WHERE id = ?", changes):
            raise NotFound("there is no draft {id}", id=draft_id)


def drafts(db: Database) -> list[Draft]:
    """List all drafts, the one typed in last first."""
    return [_draft_from(row) for row in db.read(f"{_COLUMNS} ORDER BY changed_at DESC, id")]


def latest(db: Database, *, kind: str | None = None, sitting: str | None = None) -> Draft | None:
    """
    Give the draft typed in last, or None.

    Args:
        db: The open journal.
        kind: Only of this kind.
        sitting: Only of this sitting.
    """
    row = db.one(
        f"{_COLUMNS} WHERE (kind = ? OR ? IS NULL) AND (sitting = ? OR ? IS NULL) ORDER BY changed_at DESC, id",
        (kind, kind, sitting, sitting),
    )
    return None if row is None else _draft_from(row)


def let_go(db: Database, draft_id: str) -> None:
    """Remove a draft for good: it was finished, or is not wanted. One that is gone already is passed over."""
    with db.changing():
        db.run("DELETE FROM draft WHERE id = ?", (draft_id,))


def _draft_from(row: tuple[str, str, str, str, str | None]) -> Draft:
    id_, kind, text, started, sitting = row
    return Draft(id_, kind, text, stamped(started), sitting)

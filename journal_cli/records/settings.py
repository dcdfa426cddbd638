"""Settings, kept inside the journal."""

from journal_cli.journal.moment import Moment
from journal_cli.records.columns import stamp
from journal_cli.vault.database import Database


def get_all(db: Database) -> dict[str, str]:
    """Give every setting that was made, by its name."""
    return dict(db.read("SELECT key, value FROM setting WHERE deleted_at IS NULL ORDER BY key"))


def put(db: Database, key: str, value: str, at: Moment) -> None:
    """Make a setting, in place of what it was before."""
    with db.changing():
        db.run(
            "INSERT INTO setting (key, value, changed_at) VALUES (?, ?, ?) ON CONFLICT (key)"
            " DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, deleted_at = NULL",
            (key, value, stamp(at)),
        )


def remove(db: Database, key: str, at: Moment) -> None:
    """Take a setting back; its default holds again."""
    with db.changing():
        db.run(
            "UPDATE setting SET value = '', changed_at = ?, deleted_at = ? WHERE key = ? AND deleted_at IS NULL",
            (stamp(at), stamp(at), key),
        )

"""Packs a person added: kept as the text of a file, inside the journal."""

from dataclasses import dataclass, field

from journal_cli.errors import NotFound
from journal_cli.journal.moment import Moment
from journal_cli.records.columns import stamp, stamped
from journal_cli.vault.database import Database


@dataclass(frozen=True, slots=True)
class AddedPack:
    """
    A pack a person added.

    Args:
        id: The pack's own id; one pack of an id and a language is kept.
        language: Its language tag.
        version: Its version.
        toml: The text of its file: what of it was taken, in the words it was taken with.
        added_at: When it was added.
    """

    id: str
    language: str
    version: str
    toml: str = field(repr=False)
    added_at: Moment


def add(db: Database, pack: AddedPack) -> None:
    """Keep a pack, in place of an earlier version of it."""
    with db.changing():
        db.run(
            "INSERT INTO pack (id, language, version, toml, added_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id, language) DO UPDATE SET version = excluded.version, toml = excluded.toml,"
            " added_at = excluded.added_at, changed_at = excluded.changed_at, deleted_at = NULL",
            (pack.id, pack.language, pack.version, pack.toml, stamp(pack.added_at), stamp(pack.added_at)),
        )


def packs(db: Database) -> list[AddedPack]:
    """List the packs that were added, in the order they came, so that a later one can stand on an earlier one."""
    rows = db.read(
        "SELECT id, language, version, toml, added_at FROM pack"
        " WHERE deleted_at IS NULL ORDER BY added_at, id, language"
    )
    return [
        AddedPack(id_, language, version, toml, stamped(added_at)) for id_, language, version, toml, added_at in rows
    ]


def remove(db: Database, pack_id: str, at: Moment) -> None:
    """
    Remove a pack in all its languages. Its text is gone; what was written with it stays.

    Raises:
        NotFound: If no such pack was added.
    """
    with db.changing():
        removed = db.run(
            "UPDATE pack SET toml = '', changed_at = ?, deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
            (stamp(at), stamp(at), pack_id),
        )
        if not removed:
            raise NotFound("no pack called {id} was added", id=pack_id)

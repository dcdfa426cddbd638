"""What changes about an entry later: its text, keeping the earlier one, and what is marked about it."""

from types import EllipsisType

from journal_cli.journal.entry import Entry, Revision
from journal_cli.journal.moment import Moment
from journal_cli.journal.text import count_words, opening, people, storable, tags
from journal_cli.records.columns import stamp, stamped, when
from journal_cli.records.entries import entry, joined, note_names, number_of
from journal_cli.records.rows import name_key
from journal_cli.vault.database import Database


def rewrite(db: Database, entry_id: str, body: str, at: Moment) -> Entry:
    """
    Give an entry a new text, keep the earlier one as a revision, and give the entry as it is now.

    Its opening and count of words follow the text. So do its tags and people: those that
    only the earlier text had go, those that are new in this one come, and what was tagged
    or untagged by hand stays so. The same text again changes nothing.

    Args:
        db: The open journal.
        entry_id: The whole id.
        body: The new text.
        at: Now.

    Raises:
        NotFound: If there is no such entry.
        Mistyped: If the text cannot be kept, see `storable`.
    """
    storable(body)
    with db.changing():
        number = number_of(db, entry_id)
        earlier = _text(db, number)
        if body != earlier:
            _keep_revision(db, entry_id, earlier, at)
            db.run("UPDATE writing SET body = ? WHERE number = ?", (body, number))
            db.run(
                "UPDATE entry SET opening = ?, word_count = word_count + ?, changed_at = ? WHERE number = ?",
                (opening(body), count_words(body) - count_words(earlier), stamp(at), number),
            )
            _follow(db, entry(db, entry_id), number, earlier, body)
        return entry(db, entry_id)


def _follow(db: Database, known: Entry, number: int, earlier: str, later: str) -> None:
    """Let tags and people follow the text; what stands in an answer still stands there."""
    before, after = (f"{text}\n{_answers(db, known.id)}" for text in (earlier, later))
    note_names(
        db,
        number,
        _followed(known.tags, tags(before), tags(after)),
        _followed(known.people, people(before), people(after)),
    )


def _text(db: Database, number: int) -> str:
    row = db.one("SELECT body FROM writing WHERE number = ?", (number,))
    return str(row[0]) if row else ""


def _answers(db: Database, entry_id: str) -> str:
    rows = db.read("SELECT answer FROM follow_up WHERE entry = ? ORDER BY place", (entry_id,))
    return "\n".join(answer for (answer,) in rows)


def _keep_revision(db: Database, entry_id: str, body: str, at: Moment) -> None:
    db.run(
        "INSERT INTO revision (entry, place, replaced_at, body)"
        " VALUES (?, (SELECT count(*) FROM revision WHERE entry = ?), ?, ?)",
        (entry_id, entry_id, stamp(at), body),
    )


def _followed(known: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Let a list of names follow a text from how it was to how it is."""
    earlier, later = {name_key(name) for name in before}, {name_key(name) for name in after}
    staying = [name for name in known if name_key(name) not in earlier - later]
    return joined(staying, [name for name in after if name_key(name) not in earlier])


def revisions(db: Database, entry_id: str) -> list[Revision]:
    """Give the earlier texts of an entry, the one replaced last first."""
    rows = db.read("SELECT replaced_at, body FROM revision WHERE entry = ? ORDER BY place DESC", (entry_id,))
    return [Revision(stamped(replaced_at), body) for replaced_at, body in rows]


def mark(  # noqa: PLR0913  # one for each thing `journal mark` can say
    db: Database,
    entry_id: str,
    at: Moment,
    *,
    written_at: Moment | None = None,
    title: str | EllipsisType | None = ...,
    private: bool | None = None,
    starred: bool | None = None,
    add_tags: tuple[str, ...] = (),
    remove_tags: tuple[str, ...] = (),
) -> Entry:
    """
    Change what is known about an entry, not its text, and give it back; what is not given stays as it is.

    Args:
        db: The open journal.
        entry_id: The whole id.
        at: Now.
        written_at: When it was written.
        title: A title; None or an empty one takes it away.
        private: Whether it is never in a share.
        starred: Whether it is marked to be found again.
        add_tags: Tags as `tag_name` writes them.
        remove_tags: Tags likewise; one that was not there is passed over.

    Raises:
        NotFound: If there is no such entry.
        Mistyped: If the title cannot be kept, see `storable`.
    """
    changes = _changes(at, written_at, title, {"private": private, "starred": starred})
    with db.changing():
        number = number_of(db, entry_id)
        columns = ", ".join(f"{name} = ?" for name in changes)
        db.run(f"UPDATE entry SET {columns} WHERE number = ?", (*changes.values(), number))  # noqa: S608  # names only
        if add_tags or remove_tags:
            known, gone = entry(db, entry_id), {name_key(tag) for tag in remove_tags}
            kept = [tag for tag in joined(known.tags, add_tags) if name_key(tag) not in gone]
            note_names(db, number, kept, known.people)
        return entry(db, entry_id)


def _changes(
    at: Moment, written_at: Moment | None, title: str | EllipsisType | None, flags: dict[str, bool | None]
) -> dict[str, object]:
    """Give the columns that change, and their new values."""
    changes: dict[str, object] = {"changed_at": stamp(at)}
    if written_at is not None:
        changes |= dict(zip(("written_at", "zone", "offset", "day"), when(written_at), strict=True))
    if not isinstance(title, EllipsisType):
        changes["title"] = storable(title) if title else None
    return changes | {name: int(flag) for name, flag in flags.items() if flag is not None}

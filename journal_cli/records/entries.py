"""Entries: keeping them, giving them back whole, and listing them."""

from collections.abc import Iterator, Sequence

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.entry import Entry, Filter, FollowUp, WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.text import count_words, people, storable, tags
from journal_cli.records.columns import stamp, words_text
from journal_cli.records.naming import named as named
from journal_cli.records.rows import (
    COLUMNS,
    LIVE,
    NAMES,
    NEWEST_FIRST,
    WITH_MOOD,
    Row,
    conditions,
    entry_from,
    entry_row,
    in_order,
    name_key,
)
from journal_cli.vault.database import Database

_ENTRY = f"SELECT {COLUMNS} FROM entry e{WITH_MOOD}"  # noqa: S608  # names of columns only, like all SQL put together here
_WHOLE = (
    f"SELECT {COLUMNS}, w.body, (SELECT count(*) FROM revision r WHERE r.entry = e.id),"  # noqa: S608  # names of tables and columns only, no values
    " EXISTS (SELECT 1 FROM follow_up f WHERE f.entry = e.id)"
    f" FROM entry e JOIN writing w ON w.number = e.number{WITH_MOOD}"
)
_INSERT = f"INSERT INTO entry ({', '.join(NAMES)}) VALUES ({', '.join('?' * len(NAMES))})"  # noqa: S608  # names of tables and columns only, no values


def add(db: Database, whole: WholeEntry) -> None:
    """
    Keep a new entry: the writing, the follow-ups that were answered, and all that is known about it.

    Without `changed_at` it counts as last changed when it was written.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
        Mistyped: If a text of it cannot be kept, see `storable`.
    """
    entry = whole.entry
    body = storable(whole.body)
    storable(entry.title or "")
    with db.changing():
        if db.one("SELECT 1 FROM entry WHERE id = ?", (entry.id,)):
            raise AlreadyThere("the id {id} is taken", id=entry.id)
        db.run(_INSERT, entry_row(entry))
        number = number_of(db, entry.id)
        make_findable(db, number, entry.tags, entry.people)
        # The text comes last, so that the search index is told once, of everything.
        for place, follow_up in enumerate(whole.follow_ups):
            _keep_follow_up(db, entry.id, place, follow_up, entry.changed_at or entry.written_at)
        db.run("INSERT INTO writing (number, body) VALUES (?, ?)", (number, body))


def add_follow_up(db: Database, entry_id: str, follow_up: FollowUp, at: Moment) -> None:
    """
    Keep a further question of an entry and what was answered, after those it has.

    Its words, tags and people are counted among the entry's.

    Raises:
        NotFound: If there is no such entry.
        Mistyped: If the answer cannot be kept, see `storable`.
    """
    answer = follow_up.answer
    with db.changing():
        number = number_of(db, entry_id)
        row = db.one("SELECT count(*) FROM follow_up WHERE entry = ?", (entry_id,))
        _keep_follow_up(db, entry_id, row[0] if row else 0, follow_up, at)
        known = entry(db, entry_id)
        note_names(db, number, joined(known.tags, tags(answer)), joined(known.people, people(answer)))
        db.run(
            "UPDATE entry SET word_count = word_count + ?, changed_at = ? WHERE number = ?",
            (count_words(answer), stamp(at), number),
        )


def _keep_follow_up(db: Database, entry_id: str, place: int, follow_up: FollowUp, at: Moment) -> None:
    db.run(
        "INSERT INTO follow_up (entry, place, question, answer, changed_at) VALUES (?, ?, ?, ?, ?)",
        (entry_id, place, follow_up.question, storable(follow_up.answer), stamp(at)),
    )


def number_of(db: Database, entry_id: str) -> int:
    """
    Give the number that joins an entry to its text; it means nothing outside this file.

    Raises:
        NotFound: If there is no such entry.
    """
    row = db.one("SELECT number FROM entry WHERE id = ?", (entry_id,))
    if row is None:
        raise NotFound("there is no entry {id}", id=entry_id)
    return int(row[0])


def joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Put two lists of names together, each name once and as it came first."""
    return tuple({name_key(name): name for name in reversed((*first, *second))}.values())[::-1]


def note_names(db: Database, number: int, tags: Sequence[str], people: Sequence[str]) -> None:
    """Write an entry's tags and people anew, in its row and where they are found by; call it inside `changing`."""
    db.run("UPDATE entry SET tags = ?, people = ? WHERE number = ?", (words_text(tags), words_text(people), number))
    db.run("DELETE FROM entry_tag WHERE number = ?", (number,))
    db.run("DELETE FROM entry_person WHERE number = ?", (number,))
    make_findable(db, number, tags, people)


def make_findable(db: Database, number: int, tags: Sequence[str], people: Sequence[str]) -> None:
    """Write where a new entry is found by its tags and people; call it inside `changing`."""
    for tag in dict.fromkeys(name_key(tag) for tag in tags):
        db.run("INSERT INTO entry_tag (tag, number) VALUES (?, ?)", (tag, number))
    for key, name in {name_key(name): name for name in reversed(people)}.items():
        db.run("INSERT INTO entry_person (key, number, name) VALUES (?, ?, ?)", (key, number, name))


def entry(db: Database, entry_id: str) -> Entry:
    """
    Give an entry as lists show it, in the trash or not.

    Raises:
        NotFound: If there is no such entry.
    """
    row = db.one(f"{_ENTRY} WHERE e.id = ?", (entry_id,))
    if row is None:
        raise NotFound("there is no entry {id}", id=entry_id)
    return entry_from(row)


def whole(db: Database, entry_id: str) -> WholeEntry:
    """
    Give an entry with its text, in the trash or not.

    Raises:
        NotFound: If there is no such entry.
    """
    row = db.one(f"{_WHOLE} WHERE e.id = ?", (entry_id,))
    if row is None:
        raise NotFound("there is no entry {id}", id=entry_id)
    return _whole_from(db, row)


def every(db: Database, wanted: Filter) -> Iterator[WholeEntry]:
    """Give the entries that are wanted with their texts, newest first, one after another however many they are."""
    where, params = conditions(wanted)
    for row in db.each(f"{_WHOLE} WHERE {where}{NEWEST_FIRST}", params):
        yield _whole_from(db, row)


def _whole_from(db: Database, row: Row) -> WholeEntry:
    *columns, body, revisions, answered = row
    found = entry_from(tuple(columns))
    follow_ups: tuple[FollowUp, ...] = ()
    if answered:
        rows = db.read("SELECT question, answer FROM follow_up WHERE entry = ? ORDER BY place", (found.id,))
        follow_ups = tuple(FollowUp(question, answer) for question, answer in rows)
    return WholeEntry(found, body, follow_ups, revisions)


def each(db: Database, wanted: Filter) -> Iterator[Entry]:
    """Give the entries that are wanted without their texts, newest first, one after another however many they are."""
    where, params = conditions(wanted)
    for row in db.each(f"{_ENTRY} WHERE {where}{NEWEST_FIRST}", params):
        yield entry_from(row)


def listing(db: Database, wanted: Filter, limit: int | None) -> tuple[list[Entry], int]:
    """
    List entries, newest first, without their texts.

    Args:
        db: The open journal.
        wanted: Which ones.
        limit: At most this many; None for all.

    Returns:
        The entries, and how many there are in all.
    """
    way, where, params = in_order(db, wanted)
    sql = f"SELECT {COLUMNS} FROM entry e{way}{WITH_MOOD} WHERE {where}{NEWEST_FIRST} LIMIT ?"  # noqa: S608  # as above
    rows = db.each(sql, [*params, -1 if limit is None else limit])
    found = [entry_from(row) for row in rows]
    if limit is None:
        return found, len(found)
    return found, count(db, wanted)


def count(db: Database, wanted: Filter) -> int:
    """Count the entries that are wanted."""
    way, where, params = in_order(db, wanted)
    sql = f"SELECT count(*) FROM entry e{way} WHERE {where}"  # noqa: S608  # as above
    # All of an index is counted by its pages, a part of one row by row; the trash is mostly small.
    in_trash = "SELECT count(*) FROM entry WHERE deleted_at IS NOT NULL"
    if wanted == Filter():
        sql = f"SELECT (SELECT count(*) FROM entry) - ({in_trash})"  # noqa: S608  # as above
    elif len(wanted.tags) == 1 and wanted == Filter(tags=wanted.tags):
        tagged = "FROM entry_tag WHERE tag = ?"
        sql = f"SELECT (SELECT count(*) {tagged}) - ({in_trash} AND +number IN (SELECT number {tagged}))"
        params *= 2
    row = db.one(sql, params)
    return int(row[0]) if row else 0


def all_tags(db: Database) -> list[str]:
    """List every tag in use, in their order as text."""
    return _each_once(db, "entry_tag", "tag", "tag")


def all_people(db: Database) -> list[str]:
    """List everybody named with @, each once and as it was last kept, in their order as text."""
    return _each_once(db, "entry_person", "key", "name")


def _each_once(db: Database, table: str, key: str, said: str) -> list[str]:
    """
    List what is named in entries, each once.

    The index is gone through in leaps, from one name to the next: however often one is used, it is looked up once.
    """
    sql = (
        f"WITH RECURSIVE named (key) AS (SELECT min({key}) FROM {table} UNION ALL"  # noqa: S608  # names only
        f" SELECT (SELECT min({key}) FROM {table} WHERE {key} > named.key) FROM named WHERE named.key IS NOT NULL)"
        f" SELECT (SELECT {said} FROM {table} t JOIN entry e USING (number) WHERE t.{key} = named.key AND {LIVE}"
        " ORDER BY t.number DESC LIMIT 1) AS said FROM named WHERE said IS NOT NULL"
    )
    return [name for (name,) in db.read(sql)]

"""
What comes from other notebooks: kept in one go, known again, and taken back as a whole.

Everything is put in within one transaction and in batches, so that it takes no more memory than a
batch, and a window closed in the middle leaves nothing. What is here already, in the trash too, is
known by its key and passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from journal_cli.journal.entry import WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, ImportedMood
from journal_cli.journal.text import storable
from journal_cli.records import moods
from journal_cli.records.columns import moment_from, stamp, when
from journal_cli.records.rows import NAMES, entry_row, name_key
from journal_cli.vault.database import Database

MOST = 500  # things of a batch
HEAVIEST = 4 * 1024 * 1024  # characters of a batch

_ENTRY = f"INSERT INTO entry (number, {', '.join(NAMES)}) VALUES (?, {', '.join('?' * len(NAMES))})"  # noqa: S608  # names of columns only

_ARRIVED = "INSERT INTO arrived (key, thing, id, run) VALUES (?, ?, ?, ?)"
_WITH_NOTE = "+mood"  # stands after the key of a mood that has a note, whose key is the one before it
_OF_RUN = "SELECT id FROM arrived WHERE run = ? AND thing = ?"
# What was deleted and nothing else was not changed: an earlier text would be there, or another time.
_UNCHANGED = (
    "(entry.changed_at = ? OR (entry.deleted_at IS entry.changed_at"
    " AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.entry = entry.id)))"
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """
    One thing from another notebook, as it would stand here.

    Args:
        key: What it is known again by.
        exact: A key that holds all of it, for notebooks that give one id to two things.
        whole: The entry; None if it is a mood alone.
        check_in: The time of its mood, with the entry as its note; None without a mood.
        mood: The mood.
    """

    key: str
    exact: str
    whole: WholeEntry | None = field(default=None, repr=False)
    check_in: CheckIn | None = None
    mood: ImportedMood | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: its id, the format, when it was, and how many things came."""

    id: str
    format: str
    at: Moment
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How many things were kept, how many were here already, and how many stood twice in what was read."""

    imported: int = 0
    known: int = 0
    twice: int = 0


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many things of an import were removed, and how many stay because they were changed since."""

    removed: int
    stayed: int


def keep(db: Database, run: ImportRun, incoming: Iterable[Incoming]) -> Kept:
    """
    Keep everything that is not here yet: all of it, or nothing if anything goes wrong, in the reading too.

    Args:
        db: The open journal.
        run: The import; its `entries` is counted here.
        incoming: What comes; it is asked for only as fast as it is kept.

    Raises:
        Mistyped: If a text cannot be kept, see `storable`.
        Busy, Refused, Damaged: As `Database.changing` says.
    """
    kept = Kept()
    with db.changing():
        db.run(
            "INSERT INTO import_run (id, format, at, zone, offset, day, entries, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (run.id, run.format, *when(run.at), stamp(run.at)),
        )
        row = db.one("SELECT coalesce(max(number), 0) FROM entry")
        numbers = count(int(row[0]) + 1 if row else 1)
        for batch in _batches(incoming):
            new, passed = _sorted_out(db, run, batch)
            _put(db, run, new, numbers)
            kept = Kept(kept.imported + len(new), kept.known + passed.known, kept.twice + passed.twice)
        if kept.imported:
            db.run("UPDATE import_run SET entries = ? WHERE id = ?", (kept.imported, run.id))
        else:
            db.run("DELETE FROM import_run WHERE id = ?", (run.id,))
    return kept


def known(db: Database, keys: Sequence[str]) -> set[str]:
    """Give those of the keys that stand for something here, in the trash or not."""
    return set(_found(db, keys))


def latest(db: Database) -> ImportRun | None:
    """Give the last import that was not taken back; None if there is none."""
    row = db.one(
        "SELECT id, format, at, zone, offset, entries FROM import_run WHERE deleted_at IS NULL"
        " ORDER BY at DESC, id LIMIT 1"
    )
    return None if row is None else ImportRun(row[0], row[1], moment_from(*row[2:5]), row[5])


def runs(db: Database) -> list[ImportRun]:
    """List the imports that were not taken back, the last first."""
    rows = db.read(
        "SELECT id, format, at, zone, offset, entries FROM import_run WHERE deleted_at IS NULL ORDER BY at DESC, id"
    )
    return [ImportRun(id_, form, moment_from(at, zone, offset), n) for id_, form, at, zone, offset, n in rows]


def changed_since(db: Database, run: ImportRun) -> int:
    """Count what of an import was changed here since, and would stay if it were taken back."""
    row = db.one(
        f"SELECT count(*) FROM entry WHERE id IN ({_OF_RUN}) AND NOT {_UNCHANGED}",  # noqa: S608  # no values in it
        (run.id, "entry", stamp(run.at)),
    )
    return int(row[0]) if row else 0


def take_back(db: Database, run: ImportRun, at: Moment) -> TakenBack:
    """
    Remove for good what an import brought, from the trash too; what was changed since stays.

    Args:
        db: The open journal.
        run: The import.
        at: Now.
    """
    begun = stamp(run.at)
    with db.changing():
        stayed, there = changed_since(db, run), _things(db, run)
        # A mood goes before its note, and stays with a note that stays.
        db.run(
            f"DELETE FROM check_in WHERE id IN ({_OF_RUN})"  # noqa: S608  # as above
            f" AND (note IS NULL OR note IN (SELECT id FROM entry WHERE {_UNCHANGED}))",
            (run.id, "check_in", begun),
        )
        db.run(f"DELETE FROM entry WHERE id IN ({_OF_RUN}) AND {_UNCHANGED}", (run.id, "entry", begun))  # noqa: S608  # as above
        db.run("UPDATE import_run SET deleted_at = ?, changed_at = ? WHERE id = ?", (stamp(at), stamp(at), run.id))
        return TakenBack(there - _things(db, run), stayed)


def _things(db: Database, run: ImportRun) -> int:
    """Count what is left of an import; a mood with a note is one thing with it."""
    row = db.one(f"SELECT count(*) FROM arrived WHERE run = ? AND key NOT LIKE '%{_WITH_NOTE}'", (run.id,))  # noqa: S608  # as above
    return int(row[0]) if row else 0


def _batches(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    batch: list[Incoming] = []
    weight = 0
    for one in incoming:
        batch.append(one)
        weight += len(one.whole.body) if one.whole else 0
        if len(batch) >= MOST or weight >= HEAVIEST:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _sorted_out(db: Database, run: ImportRun, batch: Sequence[Incoming]) -> tuple[list[Incoming], Kept]:
    """Give what of a batch is new, each with the key it is kept under; and count what is not."""
    there = _found(db, [one.key for one in batch] + [one.exact for one in batch])
    new: dict[str, Incoming] = {}
    before = twice = 0
    for one in batch:
        of_run = there.get(one.key)
        if of_run is None and one.key not in new:
            new[one.key] = one
        elif of_run is not None and of_run != run.id:
            before += 1
        elif _is_same(db, one, new.get(one.key)) or one.exact in there or one.exact in new:
            twice += 1
        else:
            new[one.exact] = replace(one, key=one.exact)
    return list(new.values()), Kept(known=before, twice=twice)


def _is_same(db: Database, one: Incoming, other: Incoming | None) -> bool:
    """Whether two things that one notebook gave one id say the same; the other may have been kept before."""
    if one.whole is None or (other is not None and other.whole is None):
        return True
    if other is not None and other.whole is not None:
        return (one.whole.entry.title, one.whole.body) == (other.whole.entry.title, other.whole.body)
    row = db.one(
        "SELECT e.title, w.body FROM arrived a JOIN entry e ON e.id = a.id JOIN writing w ON w.number = e.number"
        " WHERE a.key = ?",
        (one.key,),
    )
    return row is None or row == (one.whole.entry.title, one.whole.body)


def _found(db: Database, keys: Sequence[str]) -> dict[str, str]:
    """Give the import that brought each of these keys, of those that stand for something here."""
    found: dict[str, str] = {}
    for start in range(0, len(keys), MOST):
        some = keys[start : start + MOST]
        found |= db.read(f"SELECT key, run FROM arrived WHERE key IN ({', '.join('?' * len(some))})", some)  # noqa: S608  # as above
    return found


def _put(db: Database, run: ImportRun, new: Sequence[Incoming], numbers: Iterator[int]) -> None:
    """Put a batch into its tables, as an entry of one's own would stand there."""
    wholes = [(next(numbers), one.whole) for one in new if one.whole is not None]
    for _, whole in wholes:
        storable(whole.body)
        storable(whole.entry.title or "")
    db.run_each(_ENTRY, [(number, *entry_row(whole.entry)) for number, whole in wholes])
    db.run_each(
        "INSERT INTO entry_tag (tag, number) VALUES (?, ?)",
        [(tag, number) for number, whole in wholes for tag in dict.fromkeys(map(name_key, whole.entry.tags))],
    )
    db.run_each(
        "INSERT INTO entry_person (key, number, name) VALUES (?, ?, ?)",
        [
            (key, number, name)
            for number, whole in wholes
            for key, name in {name_key(name): name for name in reversed(whole.entry.people)}.items()
        ],
    )
    # The texts come last, so that the search index is told once, of everything.
    db.run_each("INSERT INTO writing (number, body) VALUES (?, ?)", [(number, whole.body) for number, whole in wholes])
    arrived = [(one.key, "entry", one.whole.entry.id, run.id) for one in new if one.whole is not None]
    db.run_each(_ARRIVED, arrived + list(_moods(db, run, new)))


def _moods(db: Database, run: ImportRun, new: Sequence[Incoming]) -> Iterator[tuple[str, str, str, str]]:
    """Keep the moods of a batch, and give what each is known again by."""
    told = [(one, one.key + (_WITH_NOTE if one.whole else "")) for one in new if one.check_in]
    there = _found(db, [key for _, key in told])  # of a mood that stayed when its note was removed
    for one, key in told:
        if one.check_in and one.mood and key not in there:
            moods.add_imported(db, one.check_in, one.mood, run.at)
            yield key, "check_in", one.check_in.id, run.id

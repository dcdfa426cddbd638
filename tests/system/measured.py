"""
What is measured in a process of its own, in seconds.

Whatever has once opened a journal as the program does has the library's memory security on until
it ends, and everything it does with databases afterwards costs several times as much. So none of
this may run where the tests run.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote
from journal_cli.journal.moment import moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.text import count_words, opening
from journal_cli.records import entries, goals, limits, moments, moods, sittings
from journal_cli.records.columns import mood_columns, stamp, when
from journal_cli.records.rows import NAMES, entry_row
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault, verify
from journal_cli.vault.database import Database
from journal_cli.vault.library import connect
from journal_cli.vault.slots import CHEAPEST, HIGHEST, STANDARD, Bounds

PASSPHRASE = "lantern orchid velvet harbor quartz"
ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)
DAY = date(2026, 11, 24)
SENTENCE = "A sentence of nine words that stands for a day. "
ROUNDS = 60

Times = dict[str, list[float]]


def whole(number: int, sentences: int = 11) -> WholeEntry:
    """An entry of so many sentences; the first of all is from 2024, the next 17 hours later."""
    text = f"Evening {number}. " + SENTENCE * sentences
    at = moment(datetime(2024, 1, 1, 20, tzinfo=UTC) + timedelta(hours=17 * number), "Europe/Warsaw")
    entry = Entry(id=_id(number), written_at=at, kind=Kind.FREE, word_count=count_words(text), opening=opening(text))
    return WholeEntry(entry, text)


def _id(number: int) -> str:
    return "".join("0123456789abcdefghjkmnpqrstvwxyz"[number >> shift & 31] for shift in range(0, 40, 5))


def fill(folder: Path, count: int, sentences: int) -> Times:
    """Write entries into a journal, all in one transaction."""
    began = time.process_time()
    opened = vault.unlock(folder, PASSPHRASE, bounds=ANY_COST)
    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        for number in range(count):
            entries.add(db, whole(number, sentences))
    return {"filled": [time.process_time() - began]}


def lived(folder: Path, count: int) -> Times:
    """
    Write ten years, all in one transaction.

    Entries come evenly, one in fifty of them starred and a moment of trust. Beside them stands what does not grow
    with them: two check-ins a day, two sittings a week, a time with a limit and a rating of a goal every week.
    """
    began = time.process_time()
    opened = vault.unlock(folder, PASSPHRASE, bounds=ANY_COST)
    first = datetime(DAY.year - 10, DAY.month, DAY.day, tzinfo=UTC)
    apart = (datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) - first) / count
    names, marks = ", ".join(["number", *NAMES]), ", ".join("?" * (1 + len(NAMES)))
    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        made = (_one_of_ten_years(number, first + apart * number) for number in range(count))
        for some in iter(lambda: list(islice(made, 5000)), []):
            numbers = [number for number, _ in some]
            rows = zip(numbers, (entry_row(one.entry) for _, one in some), strict=True)
            db.run_each(f"INSERT INTO entry ({names}) VALUES ({marks})", ((number, *row) for number, row in rows))  # noqa: S608  # names of columns only
            db.run_each(
                "INSERT INTO writing (number, body) VALUES (?, ?)", ((number, one.body) for number, one in some)
            )
            for _, one in some:
                if one.entry.starred:
                    moments.keep(db, one.entry.id, MomentKind.TRUST, None, one.entry.written_at)
        _practised(db, first)
        for half in range(2 * 3652):
            at = moment(first + timedelta(hours=7 + 12 * half), "Europe/Warsaw")
            mood = Mood(half % 7 - 3, half % 5 - 2, words=("tense",) if half % 3 else ("calm", "tired"))
            moods.add_check_in(db, CheckIn(_id(2**30 + half), at, mood))
            if half % 7 == 0:
                sat = Sitting(_id(2**31 + half), at, "evening-signals", "Evening signals", State.DONE, mood, Mood(1, 0))
                sittings.begin(db, sat)
    return {"lived": [time.process_time() - began]}


def told(folder: Path, count: int) -> Times:
    """Tell so many moods within one year, each with the answer to an item, all in one transaction."""
    began = time.process_time()
    opened = vault.unlock(folder, PASSPHRASE, bounds=ANY_COST)
    first = datetime(DAY.year - 1, DAY.month, DAY.day, 12, tzinfo=UTC) + timedelta(days=1)
    apart = timedelta(days=363) / count
    columns = ("id", "at", "zone", "offset", "day", "pleasant", "energy", "cant_tell", "words", "changed_at")

    def row(number: int) -> tuple[object, ...]:
        at = moment(first + apart * number, "Europe/Warsaw")
        mood = Mood(number % 7 - 3, number % 5 - 2, words=("tense",) if number % 2 else ())
        return (_id(number), *when(at), *mood_columns(mood), stamp(at))

    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        marks = ", ".join("?" * len(columns))
        db.run_each(f"INSERT INTO check_in ({', '.join(columns)}) VALUES ({marks})", map(row, range(count)))  # noqa: S608  # names of columns only
        answered = ((_id(number),) for number in range(count))
        db.run_each("INSERT INTO check_in_item (check_in, place, item, value) VALUES (?, 0, 'sleep', 3)", answered)
    return {"told": [time.process_time() - began]}


def _practised(db: Database, first: datetime) -> None:
    begun = moment(first, "Europe/Warsaw")
    limits.add(db, Limit(_id(2**32), "Leave at four.", begun))
    goals.add(db, Goal(_id(2**33), "Sleep before midnight.", begun))
    for week in range(521):
        at = moment(first + timedelta(weeks=week), "Europe/Warsaw")
        limits.add_note(db, LimitNote(_id(2**32 + 1 + week), _id(2**32), at, tuple(How)[week % 3]), at)
        goals.rate(db, [Rating(_id(2**33 + 1 + week), _id(2**33), at, week % 11)], at)


def _one_of_ten_years(number: int, at: datetime) -> tuple[int, WholeEntry]:
    one = whole(number, 3)
    theme = f"theme-{number % 17}" if number % 2 else None
    known = replace(one.entry, written_at=moment(at, "Europe/Warsaw"), theme=theme, starred=number % 50 == 0)
    return number + 1, replace(one, entry=known)


def verified(folder: Path) -> Times:
    """Every check of a journal, with what comes before them: each check's share, and all of it."""
    began = time.process_time()
    before = verify.key_files(folder, bounds=ANY_COST)
    opened = vault.unlock(folder, PASSPHRASE, bounds=ANY_COST)
    times, last = {}, time.process_time()
    for check in verify.checks(opened, before, watch=None, bounds=ANY_COST):
        assert check.ok, check.name
        now = time.process_time()
        times[check.name], last = [now - last], now
    return {"verified": [time.process_time() - began], **times}


def unlocked(folder: Path) -> Times:
    """In turn: the key derivation alone, and unlocking a new journal of the same cost as far as its first row."""
    vault.create(folder, PASSPHRASE, today=DAY, cost=STANDARD)[0].open(STEP_COUNT, load_steps).close()
    cost = {"iterations": STANDARD.passes, "lanes": STANDARD.lanes, "memory_cost": STANDARD.memory}
    times: Times = {"derivation": [], "unlock": [], "and open": []}
    for _ in range(8):
        began = time.process_time()
        Argon2id(salt=os.urandom(16), length=32, **cost).derive(PASSPHRASE.encode())
        derived = time.process_time()
        opened = vault.unlock(folder, PASSPHRASE)
        there = time.process_time()
        with opened.open(STEP_COUNT, load_steps) as db:
            db.one("SELECT count(*) FROM entry")
            at_the_end = time.process_time()
        times["derivation"].append(derived - began)
        times["unlock"].append(there - derived)
        times["and open"].append(at_the_end - derived)
    return times


def inserted(folder: Path, sentences: int, *, memory_security: bool) -> Times:
    """
    In turn: a text put into a bare table, and an entry kept; both durable, by the clock and by the processor.

    The bare one has the key, the recipe and the memory security of the other, and no index, trigger or sum.
    """
    opened = vault.create(folder, PASSPHRASE, today=DAY, cost=CHEAPEST)[0]
    (bare := folder / "bare.db").touch()
    table = connect(bare, key=os.urandom(32), salt=os.urandom(16), memory_security=memory_security)
    table.execute("CREATE TABLE text (number INTEGER PRIMARY KEY, body TEXT)")
    times: Times = {"bare": [], "entry": [], "bare, processor": [], "entry, processor": []}

    def timed(name: str, deed: Callable[[], object]) -> None:
        began = time.perf_counter(), time.process_time()
        deed()
        times[name].append(time.perf_counter() - began[0])
        times[f"{name}, processor"].append(time.process_time() - began[1])

    def put(body: str) -> None:
        table.execute("BEGIN IMMEDIATE")
        table.execute("INSERT INTO text (body) VALUES (?)", (body,))
        table.execute("COMMIT")

    with opened.open(STEP_COUNT, load_steps, memory_security=memory_security) as db:
        for number in range(ROUNDS):
            entry = whole(number, sentences)
            timed("bare", lambda entry=entry: put(entry.body))
            timed("entry", lambda entry=entry: entries.add(db, entry))
    table.close()
    return times


DEEDS: dict[str, Callable[..., Times]] = {
    "fill": lambda folder, *sizes: fill(folder, *map(int, sizes)),
    "lived": lambda folder, count: lived(folder, int(count)),
    "told": lambda folder, count: told(folder, int(count)),
    "verified": verified,
    "unlocked": unlocked,
    "inserted": lambda folder, sentences, memory: inserted(folder, int(sentences), memory_security=memory == "secure"),
}

if __name__ == "__main__":
    json.dump(DEEDS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:]), sys.stdout)

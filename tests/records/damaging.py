"""
A journal with a bit of everything, damaged in a given way and rescued; run as a program, it tells what came of it.

As a program, because the library's memory lock makes writing six times slower and stays on, once
anything in a process has turned it on.
"""

import hashlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from shelf import written

from journal_cli.journal.entry import Asked, Kind
from journal_cli.journal.ids import short_id
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.records import edits, entries, moods, settings, sittings, trash
from journal_cli.records.rescue import rescue
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import Vault

BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)
WORDS = "lantern orchid velvet harbor quartz"
TAG = "damaged"
PAGE = 4096
LOREM = (
    *("calm", "evening", "river", "trust", "boundary", "walk", "light"),
    *("stone", "letter", "mother", "silence", "żółty", "bread", "window"),
)
NOW = moment(datetime(2026, 11, 24, 12, tzinfo=UTC), "Europe/Warsaw")
TABLES = (
    *("entry", "writing", "follow_up", "revision", "entry_tag", "entry_person"),
    *("check_in", "check_in_item", "sitting", "draft", "setting", "pack", "share", "share_entry"),
)


def day(number: int) -> Moment:
    return moment(datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=number), "Europe/Warsaw")


def ids(seed: int) -> Iterator[str]:
    dice = random.Random(seed)
    while True:
        yield short_id(dice.randbytes(5))


def journal(folder: Path, count: int) -> Vault:
    """Make a journal of so many entries, with check-ins, sittings and settings beside them."""
    made, _ = vault.create(folder, WORDS, today=date(2024, 1, 1), cost=CHEAPEST)
    fresh, dice = ids(17), random.Random(17)
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        for number in range(count):
            _entry(db, next(fresh), number, dice)
            if number % 5 == 0:
                mood = Mood(number % 7 - 3, 3 - number % 7, words=("calm",))
                moods.add_check_in(db, CheckIn(next(fresh), day(number), mood, items=(("sleep", number % 4),)))
            if number % 20 == 0:
                title = "Evening signals"
                sittings.begin(db, Sitting(next(fresh), day(number), "evening-signals", title, state=State.DONE))
        settings.put(db, "intensity", "steady", NOW)
    return made


def _entry(db: Database, id_: str, number: int, dice: random.Random) -> None:
    def text(fewest: int, most: int) -> str:
        return " ".join(dice.choices(LOREM, k=dice.randrange(fewest, most)))

    body = f"Entry {number} begins. #t{number % 7} @Anna\n{text(150, 500)} and ends {number}."
    asked = Asked("small-trusts", "1", "en", "signals", "What did you notice?") if number % 3 == 0 else None
    answers = [("And then?", text(5, 60))] if number % 4 == 0 else []
    more: dict[str, Any] = {"written_at": day(number), "changed_at": day(number), "private": number % 6 == 0}
    more |= {"title": f"Title {number}"} if number % 10 == 0 else {}
    more |= {"asked": asked, "kind": Kind.ANSWER} if asked else {}
    entries.add(db, written(id_, body, follow_ups=answers, **more))
    if number % 25 == 0:
        edits.rewrite(db, id_, f"{body} Changed.", day(number))
    if number % 40 == 0:
        trash.delete(db, [id_], NOW)


def contents(opened: Vault) -> dict[str, list[list[Any]]]:
    """Every row of every table."""
    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db:
        assert db.read("PRAGMA integrity_check") == [("ok",)]
        return {table: [list(row) for row in db.read(f"SELECT * FROM {table}")] for table in TABLES}  # noqa: S608  # names of tables and columns only, no values


def by_entry(found: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """All that belongs to each entry, by its id."""
    numbers = {row[0]: row[1] for row in found["entry"]}
    parts: dict[str, list[Any]] = {id_: [] for id_ in numbers.values()}
    for row in found["entry"]:
        parts[row[1]].append(row)
    for table in ("writing", "follow_up", "revision", "entry_tag", "entry_person"):
        for row in found[table]:
            number = {"writing": 0, "entry_tag": 1, "entry_person": 1}.get(table)
            parts[row[0] if number is None else numbers[row[number]]].append([table, *row])
    return parts


def spoilt(content: bytes, pages: list[int], how: str, dice: random.Random) -> bytes:
    bent = bytearray(content)
    for page in pages:
        if how == "zero":
            bent[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        else:
            bent[page * PAGE + dice.randrange(16, PAGE)] ^= 1 << dice.randrange(8)
    return bytes(bent)


def outcome(made: Vault, target: Path, expected: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """Rescue a damaged journal, and hold the new one against what there was."""
    fresh = ids(99)
    began = time.perf_counter()
    told = rescue(made, target, now=NOW, new_id=lambda: next(fresh), tag=TAG, bounds=BOUNDS)
    seconds = time.perf_counter() - began
    opened = vault.unlock(target, WORDS, bounds=BOUNDS)
    found = contents(opened)
    right, saved = by_entry(expected), by_entry(found)
    tagged = {row[1] for row in found["entry"] if TAG in json.loads(row[18])}
    bodies = set(texts(found).values())
    others = [table for table in TABLES if table not in TABLES[:6]]
    return {
        "total": len(right),
        "whole": told.whole,
        "damaged": sorted(id_ for id_, _ in told.damaged),
        "missing": [day and day.isoformat() for day in told.missing],
        "lost": [one.table for one in told.lost],
        "tagged": sorted(tagged),
        "wrong": sorted(
            id_ for id_, parts in saved.items() if id_ not in tagged and now(parts) != now(right.get(id_, ()))
        ),
        "histories": sorted(id_ for id_, parts in saved.items() if id_ not in tagged and parts != right.get(id_)),
        "harmed": sorted(told.harmed),
        "texts": sum(text in bodies for text in texts(expected).values()),
        "strange": [table for table in others if any(row not in expected[table] for row in found[table])],
        "others": {table: [len(expected[table]), len(found[table])] for table in others},
        "seconds": seconds,
    }


def now(parts: Any) -> list[Any]:
    """All that belongs to an entry but its earlier texts."""
    return [part for part in parts if part[0] != "revision"]


def texts(found: dict[str, list[list[Any]]]) -> dict[str, str]:
    """The digest of each entry's text, by its id."""
    numbers = {row[0]: row[1] for row in found["entry"]}
    return {numbers[number]: hashlib.sha256(body.encode()).hexdigest() for number, body in found["writing"]}


def run(count: int, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    outcomes = []
    with tempfile.TemporaryDirectory() as scratch:
        made = journal(Path(scratch) / "journal", count)
        path = made.folder / "journal.db"
        content, expected = path.read_bytes(), contents(made)
        for number, case in enumerate(cases):
            dice = random.Random(case["seed"])
            total = len(content) // PAGE
            pages = [*case.get("always", ()), *dice.sample(range(1, total), case["pages"])]
            path.write_bytes(spoilt(content, pages, case["how"], dice)[: case.get("cut")])
            target = Path(scratch) / f"rescued-{number}"
            outcomes.append({"pages": total, **outcome(replace(made), target, expected)})
    return outcomes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(int(sys.argv[1]), json.loads(sys.argv[2]))))

"""What an import costs against the bare inserts of the same rows, measured in a process of its own, in seconds."""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from journal_cli.cli.arriving import Tally, fresh, incoming, recognised
from journal_cli.imports.choices import Choices
from journal_cli.imports.source import source_of
from journal_cli.journal.ids import RANDOM_BYTES, short_id
from journal_cli.journal.moment import moment
from journal_cli.records import arrivals
from journal_cli.records.naming import is_taken
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST

NOW = moment(datetime(2026, 11, 24, 19, tzinfo=UTC), "Europe/Warsaw")
TABLES = ("import_run", "entry", "entry_tag", "entry_person", "writing", "arrived")  # the index follows the texts
ENTRY = 1500  # bytes
WORDS = 20_000  # different ones: as many as somebody uses in years


def notebook(path: Path, count: int) -> None:
    """Write a jrnl file of so many entries of 1.5 KB in invented words, a line at a time."""
    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghijklmnoprstuwyz", k=dice.randint(2, 9))) for _ in range(WORDS)]
    at = datetime(2000, 1, 1, 9)  # noqa: DTZ001  # jrnl knows no zones
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            at += timedelta(hours=2)
            text = " ".join(dice.choices(words, k=ENTRY // 6))[: ENTRY - 80]
            file.write(
                f"[{at:%Y-%m-%d %H:%M}] Day {number} {'*' * (number % 7 == 0)}\n{text} #tag{number % 50} @Anna\n\n"
            )


def spent(deed: Callable[[], object]) -> float:
    before = time.process_time()
    deed()
    return time.process_time() - before


def made(folder: Path) -> Database:
    opened, _ = vault.create(folder, "lantern orchid velvet harbor quartz", today=date(2026, 11, 24), cost=CHEAPEST)
    return opened.open(STEP_COUNT, load_steps, memory_security=False)


def measured(folder: Path, count: int) -> dict[str, float]:
    """Import a notebook into one journal, and put the rows that came of it into another."""
    notebook(folder / "journal.txt", count)
    given = [recognised(source_of(folder / "journal.txt"))]
    choices = Choices("Europe/Warsaw", NOW)
    with made(folder / "imported") as db, made(folder / "bare") as bare:

        def new_id() -> str:
            while is_taken(db, id_ := short_id(os.urandom(RANDOM_BYTES))):
                pass
            return id_

        def bring() -> None:
            run = arrivals.ImportRun(new_id(), "jrnl", NOW)
            assert arrivals.keep(db, run, incoming(given, choices, Tally(given), fresh(new_id))).imported == count

        def insert() -> None:
            with bare.changing():
                for name in TABLES:
                    marks = ", ".join("?" * len(rows[name][0]))
                    bare.run_each(f"INSERT INTO {name} VALUES ({marks})", rows[name])  # noqa: S608  # names of tables and columns only, no values

        took = spent(bring)
        rows = {name: db.read(f"SELECT * FROM {name}") for name in TABLES}  # noqa: S608  # names of tables and columns only, no values
        return {"import": took, "bare": spent(insert)}


if __name__ == "__main__":
    if sys.argv[1] == "notebook":
        notebook(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(measured(Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201  # the answer

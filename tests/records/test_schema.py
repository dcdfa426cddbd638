import subprocess
import sys
from pathlib import Path

from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault.database import Database

DERIVED = {"writing", "entry_tag", "entry_person", "check_in_item", "share_entry", "meta", "revision"}
DERIVED |= {"arrived", "imported_mood"}
WITHOUT_SQLITE_UTILS = """
import sys
from pathlib import Path
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.records import entries, search, tallies
from journal_cli.journal.entry import Filter
from journal_cli.vault.database import Steps, open_database
steps = Steps(STEP_COUNT, load_steps)
with open_database(Path(sys.argv[1]), master_key=bytes(range(32)), journal="0" * 32, steps=steps) as db:
    entries.listing(db, Filter(), 1)
    search.search(db, "x", Filter(), 1)
    tallies.tally(db, None, None)
print("sqlite_utils" in sys.modules)
"""


def test_as_many_steps_come_as_are_announced() -> None:
    assert len(load_steps()) == STEP_COUNT


def test_a_journal_that_has_seen_all_steps_opens_without_the_tool_that_makes_tables(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_SQLITE_UTILS, path], capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout == "False\n"


def test_every_row_of_the_persons_says_when_it_changed(db: Database) -> None:
    made = dict(db.read("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"))

    assert all("STRICT" in sql for sql in made.values())
    assert not any("AUTOINCREMENT" in sql for sql in made.values())
    assert {name for name, sql in made.items() if '"changed_at" TEXT NOT NULL' not in sql} == DERIVED

"""A journal with rows, a search index and a memory of what was last seen; and every check made of it."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from making import Made

from journal_cli.vault import seen, verify
from journal_cli.vault.database import Database
from journal_cli.vault.seen import Seen, Watch
from journal_cli.vault.verify import Check

TODAY = date(2026, 11, 24)


def tables(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    connection.execute(
        "CREATE VIRTUAL TABLE search USING fts5(body, content='note', content_rowid='id', prefix='2 3', columnsize=0)"
    )
    for deed, row, sql in (
        ("INSERT", "new", "INSERT INTO search (rowid, body) VALUES (new.id, new.body)"),
        ("DELETE", "old", "INSERT INTO search (search, rowid, body) VALUES ('delete', old.id, old.body)"),
    ):
        connection.execute(f"CREATE TRIGGER search_{row} AFTER {deed} ON note BEGIN {sql}; END")
    connection.execute(
        "CREATE TRIGGER search_change AFTER UPDATE ON note BEGIN"
        " INSERT INTO search (search, rowid, body) VALUES ('delete', old.id, old.body);"
        " INSERT INTO search (rowid, body) VALUES (new.id, new.body); END"
    )


def text(number: int) -> str:
    return f"line {number} " * 40


def count(database: Database) -> int:
    row = database.one("SELECT count(*) FROM note")
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A journal, and where this computer remembers it."""

    made: Made
    record: Path

    @property
    def watch(self) -> Watch:
        return Watch(self.record, TODAY, count)

    @property
    def database(self) -> Path:
        return self.made.database

    def open(self) -> Database:
        return self.made.vault.open(1, lambda: [tables], memory_security=False, watch=self.watch)

    def write(self, *numbers: int) -> None:
        with self.open() as database, database.changing():
            database.run_each("INSERT INTO note (body) VALUES (?)", ((text(number),) for number in numbers))

    def texts(self) -> list[str]:
        with self.open() as database:
            return [body for (body,) in database.read("SELECT body FROM note ORDER BY id")]

    def seen(self) -> Seen | None:
        return seen.read(self.record, master_key=self.made.vault.master_key, journal=self.made.vault.journal)

    def checks(self) -> dict[str, Check]:
        before = verify.key_files(self.made.folder, bounds=self.made.bounds)
        made = self.made
        found = list(verify.checks(made.unlock(made.passphrase), before, watch=self.watch, bounds=made.bounds))
        assert [check.name for check in found] == [name for name in verify.NAMES if name in {c.name for c in found}]
        return {check.name: check for check in found}

    def failed(self) -> dict[str, str]:
        """The checks that complain, each with what it says."""
        return {name: check.said for name, check in self.checks().items() if not check.ok}


CRASH = """
import os, sys
from pathlib import Path
from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds
opened = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG))
database = opened.open(1, lambda: [], memory_security=False)
database.connection.execute("PRAGMA cache_size = 5")
database.connection.execute("BEGIN IMMEDIATE")
database.connection.execute("UPDATE note SET body = 'half of a change ' || body")
os._exit(0)
"""


def crash(made: Made) -> bytes:
    """End another process in the middle of a change; give the rollback journal it leaves."""
    subprocess.run([sys.executable, "-c", CRASH, str(made.folder), made.passphrase], check=True)
    return (made.folder / "journal.db-journal").read_bytes()

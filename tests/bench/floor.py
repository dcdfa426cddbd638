"""
What nothing can be faster than: `python tests/bench/floor.py DEED FILE`, each a whole process.

`make FILE COUNT` puts the rows of so many entries into a bare SQLCipher database with the journal's recipe; `list`
reads the newest twenty, `show` one text, `write` adds one durably. Two say themselves how long it took: `derive`, which
derives a key, and `insert FILE COUNT`, which puts the texts of so many entries and a search index into a new one.
"""

import os
import sys
import time
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

KEY = f"x'{'5e' * 32}{'a1' * 16}'"
BATCH = 1_000
ENTRY = "CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT UNIQUE, at TEXT, title TEXT, opening TEXT)"
WRITING = "CREATE TABLE writing (number INTEGER PRIMARY KEY, body TEXT)"
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(title, body, content='',"
    " tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)"
)


def opened(path: str) -> dbapi2.Connection:
    connection = dbapi2.connect(path, isolation_level=None)
    connection.execute(f'PRAGMA key = "{KEY}"')
    connection.execute("PRAGMA synchronous = EXTRA")
    return connection


def make(path: str, count: int) -> None:
    from notebooks import id_of, note  # noqa: PLC0415  # the other deeds are measured, and do without

    Path(path).unlink(missing_ok=True)
    with closing(opened(path)) as rows:
        rows.execute("BEGIN")
        rows.execute(ENTRY)
        rows.execute(WRITING)
        for number in range(count):
            one = note(number, count)
            known = (number + 1, id_of(number), one.at.isoformat(), one.title, one.body[:72])
            rows.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", known)
            rows.execute("INSERT INTO writing VALUES (?, ?)", (number + 1, one.body))
        rows.execute("CREATE INDEX entry_at ON entry (at)")
        rows.execute("COMMIT")


def read_list(path: str) -> None:
    for row in opened(path).execute("SELECT id, at, title, opening FROM entry ORDER BY at DESC LIMIT 20"):
        print(*row)


def read_one(path: str) -> None:
    print(*opened(path).execute("SELECT body FROM writing ORDER BY number LIMIT 1").fetchone())


def write(path: str) -> None:
    rows = opened(path)
    rows.execute("BEGIN IMMEDIATE")
    rows.execute("INSERT INTO writing (body) VALUES (?)", ("A line of a text that is kept. " * 50,))
    rows.execute("COMMIT")
    print("kept")


def insert(path: str, count: int) -> None:
    from notebooks import id_of, note  # noqa: PLC0415  # as above

    Path(path).unlink(missing_ok=True)
    took = [0.0, 0.0]
    with closing(opened(path)) as rows:
        for statement in ("BEGIN", ENTRY, WRITING, SEARCH):
            rows.execute(statement)
        for first in range(0, count, BATCH):
            some = [note(number, count) for number in range(first, min(count, first + BATCH))]
            began = now()
            for one in some:
                known = (one.number, id_of(one.number), one.at.isoformat(), one.title, one.body[:72])
                rows.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", known)
                rows.execute("INSERT INTO writing VALUES (?, ?)", (one.number, one.body))
                rows.execute(
                    "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (one.number, one.title, one.body)
                )
            if first + BATCH >= count:
                rows.execute("COMMIT")
            took = [before + after - start for before, after, start in zip(took, now(), began, strict=True)]
    Path(path).unlink()
    print(*took)


def now() -> tuple[float, float]:
    """Seconds by the clock, and of the processor's."""
    return time.perf_counter(), time.process_time()


def derive(_: str) -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415  # heavy, and only here

    from journal_cli.vault.slots import STANDARD  # noqa: PLC0415  # as above

    began = now()
    cost = {"iterations": STANDARD.passes, "lanes": STANDARD.lanes, "memory_cost": STANDARD.memory}
    Argon2id(salt=os.urandom(16), length=32, **cost).derive(b"lantern orchid velvet harbor quartz")
    print(*(after - before for before, after in zip(began, now(), strict=True)))


DEEDS = {"list": read_list, "show": read_one, "write": write, "derive": derive}

if __name__ == "__main__":
    if sys.argv[1] in {"make", "insert"}:
        (make if sys.argv[1] == "make" else insert)(sys.argv[2], int(sys.argv[3]))
    else:
        DEEDS[sys.argv[1]](sys.argv[2])

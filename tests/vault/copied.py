"""Backups of a journal of numbered notes, and programs of their own that make, restore or write."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from making import Made
from whole import count, tables, text

from journal_cli.vault import backup
from journal_cli.vault.backup import Backup
from journal_cli.vault.database import Database

NOW = datetime(2026, 11, 24, 20, 8, tzinfo=UTC)
NOBODY = 65534
ROOT = Path(__file__).parents[2]

# Knows the journal at argv[1] under the key argv[2] and with the id argv[3]; a deed follows.
PROGRAM = """
import sys
sys.path[:0] = [{tests!r}]
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from whole import tables, text
from journal_cli.errors import JournalError
from journal_cli.vault import backup, restore
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import Vault
NOW = datetime(2026, 11, 24, 20, 8, tzinfo=UTC)
BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)
here = Vault(Path(sys.argv[1]), sys.argv[3], bytes.fromhex(sys.argv[2]), "passphrase")
def opened():
    return here.open(1, lambda: [tables], memory_security=False)
print("ready", flush=True)
"""
WRITING = """
with opened() as database:
    for number in range(int(sys.argv[4])):
        with database.changing():
            database.run("INSERT INTO note (body) VALUES (?)", (text(number),))
        print(number, flush=True)
"""


def child(made: Made, deed: str, *more: str, **how: object) -> subprocess.Popen[bytes]:
    """Start a program that does a deed; it has said `ready` and nothing else when this returns."""
    program = PROGRAM.format(tests=str(Path(__file__).parent)) + deed
    argv = [sys.executable, "-c", program, str(made.folder), made.vault.master_key.hex(), made.vault.journal, *more]
    pipe = subprocess.PIPE
    # Unbuffered: what a line read ahead would otherwise be lost to `communicate`.
    process = subprocess.Popen(argv, cwd=ROOT, stdout=pipe, stderr=pipe, bufsize=0, **how)
    assert process.stdout.readline() == b"ready\n"
    return process


def ended(process: subprocess.Popen[bytes]) -> str:
    """What a program said, after it has ended well."""
    with process:
        talk, failure = process.communicate(timeout=60)
    assert process.returncode == 0, failure.decode()
    return talk.decode()


def opened(made: Made) -> Database:
    return made.vault.open(1, lambda: [tables], memory_security=False)


def write(made: Made, *numbers: int) -> None:
    with opened(made) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", [(text(number),) for number in numbers])


def backed_up(made: Made, now: datetime = NOW, place: Path | None = None) -> Backup:
    with opened(made) as database:
        return backup.make(database, made.vault, now=now, place=place, bounds=made.bounds)


def notes(made: Made) -> int:
    with opened(made) as database:
        return count(database)


def notes_in(made: Made, one: Backup) -> int:
    with backup.opened(one.database, made.vault) as copy:
        return count(copy)

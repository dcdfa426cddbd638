import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import JOURNAL, KEY, LookedUp, Write, opened, written

from journal_cli.journal.entry import WholeEntry
from journal_cli.records import entries
from journal_cli.vault.database import Database, create


@pytest.fixture(scope="session")
def empty_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "empty.db"
    create(path, master_key=KEY, journal=JOURNAL, today=date(2026, 11, 24))
    opened(path).close()
    return path


@pytest.fixture
def path(empty_journal: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_journal, tmp_path / "journal.db"))


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with opened(path) as database:
        yield database


@pytest.fixture(scope="module")
def long_db(empty_journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One journal, and one transaction, for all examples of a property; what they keep has ids of its own."""
    path = Path(shutil.copy(empty_journal, tmp_path_factory.mktemp("long") / "journal.db"))
    with opened(path) as database, database.changing():
        yield database


@pytest.fixture
def write(db: Database) -> Write:
    def keep(
        id_: str,
        body: str = "some words",
        minutes: float = 0,
        follow_ups: Sequence[tuple[str, str]] = (),
        **known: Any,
    ) -> WholeEntry:
        whole = written(id_, body, minutes, follow_ups, **known)
        entries.add(db, whole)
        return whole

    return keep


@pytest.fixture
def looked_up(db: Database) -> LookedUp:
    """Do something and give back the statements it sent."""

    def statements_of(deed: Callable[[], object]) -> list[str]:
        statements: list[str] = []
        db.connection.set_trace_callback(statements.append)
        try:
            deed()
        finally:
            db.connection.set_trace_callback(None)
        return statements

    return statements_of

"""A glance: into a journal that an agent holds open, without a lock, a wait or a trace."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import agents
import pytest

from journal_cli.errors import Busy, Damaged, Refused
from journal_cli.vault import agent_start, vault
from journal_cli.vault.database import Database
from journal_cli.vault.glance import glanced
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A place for a socket, with a path short enough for one."""
    above = Path(tempfile.mkdtemp(prefix="agent-"))
    yield above / "journal"
    agents.end(above / "journal")
    shutil.rmtree(above)


@pytest.fixture
def made(tmp_path: Path) -> vault.Vault:
    """A journal without tables."""
    return vault.create(tmp_path / "journal", "a passphrase of mine", today=date(2026, 3, 1), cost=CHEAPEST)[0]


@pytest.fixture
def held(made: vault.Vault, runtime: Path) -> vault.Vault:
    """The same, held open by an agent."""
    agent_start.hold(runtime, made.journal, made.master_key, 60)
    return made


def look(made: vault.Vault, runtime: Path) -> contextlib.AbstractContextManager[Database | None]:
    return glanced(made.folder, runtime, bounds=ANY_COST)


def written(made: vault.Vault) -> Database:
    return made.open(0, lambda: (), memory_security=False)


def write_more(made: vault.Vault) -> None:
    with written(made) as db, db.changing():
        db.run("INSERT INTO meta (name, value) VALUES ('more', '1')")


def test_there_is_nothing_to_see_without_an_agent(made: vault.Vault, runtime: Path) -> None:
    with look(made, runtime) as seen:
        assert seen is None


def test_there_is_nothing_to_see_where_there_is_no_journal(held: vault.Vault, runtime: Path) -> None:
    shutil.rmtree(held.folder)
    with look(held, runtime) as seen:
        assert seen is None


def test_what_is_kept_is_seen_and_nothing_is_changed(held: vault.Vault, runtime: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in held.folder.iterdir()}

    with look(held, runtime) as seen:
        assert seen is not None
        assert seen.one("SELECT value FROM meta WHERE name = 'journal'") == (held.journal,)
        with pytest.raises(Refused, match="read"), seen.changing():
            seen.run("UPDATE meta SET value = 'x'")

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in held.folder.iterdir()} == before


def test_where_another_window_writes_there_is_nothing_to_see_and_nobody_waits(held: vault.Vault, runtime: Path) -> None:
    with written(held) as db, db.changing():
        db.run("INSERT INTO meta (name, value) VALUES ('more', '1')")
        assert Path(f"{db.path}-journal").exists()
        with look(held, runtime) as seen:
            assert seen is None


def test_what_was_read_while_another_window_wrote_does_not_count(held: vault.Vault, runtime: Path) -> None:
    with pytest.raises(Busy), look(held, runtime):
        write_more(held)


def test_a_damaged_page_is_said(held: vault.Vault, runtime: Path) -> None:
    path = held.folder / vault.DATABASE
    path.write_bytes(bytes(path.stat().st_size))

    with pytest.raises(Damaged), look(held, runtime):
        pass


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
def test_a_key_file_that_is_missing_is_left_to_an_opening(held: vault.Vault, runtime: Path, name: str) -> None:
    (held.folder / name).unlink()

    with look(held, runtime) as seen:
        assert seen is None
    assert not (held.folder / name).exists()

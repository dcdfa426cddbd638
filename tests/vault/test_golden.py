"""A journal of each schema step that ever was. They are never made anew and never deleted: they open for ever."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from golden.fill import HERE, fill, told
from making import Make
from test_independent_reader import from_paper, from_passphrase, rows, set_hash

from journal_cli.errors import TooNew
from journal_cli.journal.entry import Filter
from journal_cli.records import search
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault, verify
from journal_cli.vault.slots import READING

STEPS = range(1, STEP_COUNT + 1)
TEXTS = "SELECT id, body FROM entry JOIN writing USING (number) ORDER BY id"


class Golden:
    """A copy of a golden journal, with the rights a journal has, and what it has to hold."""

    def __init__(self, step: int, place: Path) -> None:
        self.folder = place / "journal"
        self.folder.mkdir(mode=0o700)
        for file in (HERE / f"step-{step}").iterdir():
            shutil.copyfile(file, self.folder / file.name)
            (self.folder / file.name).chmod(0o600)
        about = json.loads((HERE / f"step-{step}.json").read_text(encoding="utf-8"))
        self.holds: dict[str, Any] = about["holds"]
        self.secrets: dict[str, str] = about["secrets"]

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture(params=STEPS, ids=lambda step: f"step-{step}")
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Golden:
    return Golden(request.param, tmp_path)


def is_in(expected: Any, found: Any) -> bool:
    """Whether all of this is there; what later versions tell besides is no fault."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            name in found and is_in(expected[name], found[name]) for name in expected
        )
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(is_in, expected, found))
    return bool(expected == found)


@pytest.mark.parametrize("secret", ["passphrase", "recovery_key"])
def test_everything_that_was_written_can_be_read(golden: Golden, secret: str) -> None:
    opened = vault.unlock(golden.folder, golden.secrets[secret])
    with opened.open(STEP_COUNT, load_steps) as db:
        assert is_in(golden.holds, told(db))
        found, _ = search.search(db, "zazolc gesla", Filter(), None)
        assert [match.entry.id for match in found] == ["aaaa0002"]


def test_every_check_passes_before_and_after_the_steps_that_came_later(golden: Golden) -> None:
    for _ in range(2):
        before = verify.key_files(golden.folder, bounds=READING)
        opened = vault.unlock(golden.folder, golden.secrets["passphrase"])
        found = list(verify.checks(opened, before, watch=None, bounds=READING))
        assert [check.name for check in found if not check.ok] == []
        opened.open(STEP_COUNT, load_steps).close()


def test_the_second_reader_reads_every_text(golden: Golden) -> None:
    key = from_paper(golden.secrets["recovery_key"])
    assert from_passphrase((golden.folder / "keys.json").read_bytes(), golden.secrets["passphrase"]) == key
    path = golden.folder / "journal.db"
    assert dict(rows(path, key, TEXTS)) == {id_: one["body"] for id_, one in golden.holds["entries"].items()}
    (state,) = (value for name, value in rows(path, key, "SELECT name, value FROM meta") if name == "state")
    assert state.split(" ")[1] == set_hash(path.read_bytes(), key)


def test_the_program_lists_shows_and_goes_on_with_it(golden: Golden, program) -> None:
    golden.folder.rename(program.folder)
    words = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{golden.secrets['passphrase']}'"}

    live = {id_ for id_ in golden.holds["entries"] if id_ not in golden.holds["trash"]}
    assert {one["id"] for one in program("list", "--json", **words).json["entries"]} == live
    assert program("show", "aaaa0002", "--json", **words).json["body"] == golden.holds["entries"]["aaaa0002"]["body"]
    new = program("write", "--json", input="Still here.", **words).json["id"]
    assert program("show", new, "--json", **words).json["body"] == "Still here."
    assert program("verify", "--json", **words).json["ok"]


def test_a_journal_of_a_newer_program_is_left_as_it_is(golden: Golden) -> None:
    opened = vault.unlock(golden.folder, golden.secrets["passphrase"])
    with opened.open(STEP_COUNT, load_steps) as db:
        db.connection.execute(f"PRAGMA user_version = {STEP_COUNT + 1}")
    before = golden.files()

    with pytest.raises(TooNew) as failure:
        opened.open(STEP_COUNT, load_steps)

    assert failure.value.exit_code == 16
    assert golden.files() == before


def test_there_is_a_golden_journal_of_every_step_and_it_is_small() -> None:
    for step in STEPS:
        files = [path for path in (HERE / f"step-{step}").rglob("*") if path.is_file()]
        assert {path.name for path in files} == {"journal.db", "keys.json", "keys.copy.json"}
        assert sum(path.stat().st_size for path in files) <= 400_000


def test_what_the_fixture_is_made_by_still_makes_one(make: Make) -> None:
    with make().vault.open(STEP_COUNT, load_steps) as db:
        fill(db)
        held = told(db)
    kept = json.loads((HERE / f"step-{STEP_COUNT}.json").read_text(encoding="utf-8"))["holds"]
    assert is_in(kept, json.loads(json.dumps(held)))

"""Saving what can be saved: nothing wrong is passed off as right, and little is lost."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import damaging
import pytest
from damaging import BOUNDS, NOW, PAGE, TAG, WORDS, contents, ids, journal

from journal_cli.errors import AlreadyThere, Damaged, Refused, WrongKey
from journal_cli.journal.entry import Filter
from journal_cli.records import edits, entries, search, settings
from journal_cli.records.rescue import rescue
from journal_cli.records.salvage import legible
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import rescue as door
from journal_cli.vault import vault
from journal_cli.vault.leaves import branches
from journal_cli.vault.vault import Vault

ROOT = Path(__file__).parents[2]
FRESH = ids(5)


def told(count: int, *cases: dict[str, Any]) -> list[dict[str, Any]]:
    """Rescue a journal that was damaged in each of these ways, in a process of its own."""
    program = Path(damaging.__file__)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(program.parent)])}
    argv = [sys.executable, str(program), str(count), json.dumps(cases)]
    finished = subprocess.run(argv, env=env, capture_output=True, timeout=500, check=False)
    assert finished.returncode == 0, finished.stderr.decode()
    outcomes: list[dict[str, Any]] = json.loads(finished.stdout)
    return outcomes


def test_twenty_damaged_pages_of_a_thousand_cost_at_most_three_texts_of_a_hundred(rounds) -> None:
    """Fault 17, and 16: the first page is among them in every second round."""
    cases = [
        {"seed": seed, "pages": 20 - seed % 2, "how": how, "always": [0] * (seed % 2)}
        for seed in range(rounds(6))
        for how in ("zero", "flip")
    ]
    for case, came in zip(cases, told(760, *cases), strict=True):
        assert came["pages"] > 1000
        assert came["wrong"] == came["strange"] == came["histories"] == [], case
        assert came["texts"] >= 0.97 * came["total"], case
        assert came["whole"] + len(came["damaged"]) + len(came["missing"]) == came["total"], case
        assert came["damaged"] == came["tagged"], case
        for table, (before, after) in came["others"].items():
            assert before == after + came["lost"].count(table), (case, table)


def test_however_much_is_lost_no_entry_is_silently_wrong(rounds) -> None:
    cases = [{"seed": seed, "pages": 60, "how": how} for seed in range(rounds(6)) for how in ("zero", "flip")]
    cases += [{"seed": 9, "pages": 120, "how": "zero", "always": [0]}]
    for case, came in zip(cases, told(150, *cases), strict=True):
        assert came["wrong"] == came["strange"] == [], case
        assert came["damaged"] == came["tagged"], case
        assert came["whole"] > 0, case
        assert not came["histories"] or "revision" in came["harmed"], case


def test_of_a_file_that_was_cut_what_is_there_is_saved_and_the_days_of_the_rest_are_told() -> None:
    """Fault 19: half of it, one page less, and a page cut in its middle."""
    half, less, cut = told(
        150,
        {"seed": 1, "pages": 0, "how": "zero", "cut": 130 * PAGE},
        {"seed": 1, "pages": 0, "how": "zero", "cut": -PAGE},
        {"seed": 1, "pages": 0, "how": "zero", "cut": -1000},
    )
    assert half["wrong"] == less["wrong"] == cut["wrong"] == []
    assert half["whole"] > 20
    assert half["harmed"]
    assert half["missing"]
    assert sorted(filter(None, half["missing"])) == [day for day in half["missing"] if day]
    for came in (less, cut):
        assert came["whole"] >= 145


def test_of_a_whole_journal_everything_is_saved() -> None:
    (came,) = told(60, {"seed": 1, "pages": 0, "how": "zero"})
    assert came["whole"] == came["total"] == 60
    assert came["damaged"] == came["missing"] == came["lost"] == came["tagged"] == came["wrong"] == came["harmed"] == []
    assert all(before == after for before, after in came["others"].values())


# In this process, with a small journal.


@pytest.fixture
def made(tmp_path: Path) -> Vault:
    return journal(tmp_path / "journal", 12)


def spoil(made: Vault, *pages: int, keep: bytes = b"") -> None:
    path = made.folder / "journal.db"
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = keep.ljust(PAGE, b"\0")
    path.write_bytes(content)


def saved(made: Vault, target: Path) -> Any:
    return rescue(made, target, now=NOW, new_id=lambda: next(FRESH), tag=TAG, bounds=BOUNDS)


def test_the_same_words_and_the_same_paper_open_the_new_journal_and_the_old_one_is_as_it_was(
    made: Vault, tmp_path: Path
) -> None:
    spoil(made, 0)
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    came = saved(made, tmp_path / "new")
    assert came.whole == 12
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before
    opened = vault.unlock(tmp_path / "new", WORDS, bounds=BOUNDS)
    with opened.open(STEP_COUNT, load_steps, memory_security=False) as db:
        assert search.search(db, "begins", Filter(), None)[1] == 11  # one is in the trash
        edits.mark(db, entries.listing(db, Filter(), 1)[0][0].id, NOW, starred=True)
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"journal.db", "keys.json", "keys.copy.json"}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_its_count_of_changes_goes_on_so_that_it_is_not_taken_for_an_older_state(made: Vault, tmp_path: Path) -> None:
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db:
        with db.changing():
            for _ in range(500):
                settings.put(db, "lang", "pl", NOW)
        before, meta = db.state, db.meta
    saved(made, tmp_path / "new")
    with replace(made, folder=tmp_path / "new").open(STEP_COUNT, load_steps, memory_security=False) as db:
        assert db.state.epoch > before.epoch
        assert db.meta == meta


def test_with_the_paper_alone_it_works_without_key_files_and_without_the_first_page(
    made: Vault, tmp_path: Path
) -> None:
    for name in ("keys.json", "keys.copy.json"):
        (made.folder / name).unlink()
    spoil(made, 0)
    paper = vault.recovery.written(made.master_key)
    opened = door.unlock(made.folder, paper, bounds=BOUNDS)
    assert saved(opened, tmp_path / "new").whole == 12
    assert len(contents(vault.unlock(tmp_path / "new", paper, bounds=BOUNDS))["entry"]) == 12


def test_a_paper_of_another_journal_and_other_words_are_refused(made: Vault, tmp_path: Path) -> None:
    other = vault.recovery.written(bytes(32))
    with pytest.raises((WrongKey, Damaged)):
        door.unlock(made.folder, other, bounds=BOUNDS)
    spoil(made, 0)
    (made.folder / "keys.json").unlink()
    (made.folder / "keys.copy.json").unlink()
    with pytest.raises((WrongKey, Damaged)):
        door.unlock(made.folder, other, bounds=BOUNDS)
    with pytest.raises(Damaged):
        door.unlock(made.folder, WORDS, bounds=BOUNDS)


def test_a_file_of_which_nothing_can_be_read_is_refused_and_no_folder_appears(made: Vault, tmp_path: Path) -> None:
    path = made.folder / "journal.db"
    for content in (b"", random.Random(1).randbytes(20 * PAGE)):
        path.write_bytes(content)
        with pytest.raises(Damaged):
            saved(made, tmp_path / "new")
    path.unlink()
    with pytest.raises(Damaged, match="missing"):
        saved(made, tmp_path / "new")
    assert [one.name for one in tmp_path.iterdir()] == ["journal"]


def test_a_folder_that_holds_something_is_left_alone_and_an_empty_one_is_taken(made: Vault, tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()
    (target / "letter").write_text("mine")
    with pytest.raises(AlreadyThere):
        saved(made, target)
    with pytest.raises(AlreadyThere):
        saved(made, made.folder)
    assert (target / "letter").read_text() == "mine"
    (target / "letter").unlink()
    assert saved(made, target).whole == 12


def test_what_is_interrupted_leaves_nothing(made: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Refused("no")

    monkeypatch.setattr("journal_cli.records.rescue.carry_over", fail)
    with pytest.raises(Refused):
        saved(made, tmp_path / "new")
    assert [one.name for one in tmp_path.iterdir()] == ["journal"]


def leaves(made: Vault, table: str) -> list[int]:
    """The pages of a table's rows, counted from 0."""
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db:
        (root,) = db.one("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    return [leaf - 1 for leaf in branches(door.pages_of(made)[root]) or [root]]


@pytest.fixture
def longer(tmp_path: Path) -> Vault:
    return journal(tmp_path / "journal", 40)


@pytest.mark.parametrize("first_page_too", [False, True])
def test_entries_whose_rows_are_lost_keep_their_ids_and_days_and_are_private(
    longer: Vault, tmp_path: Path, first_page_too: bool
) -> None:
    before = {row[1]: row[5] for row in contents(longer)["entry"]}
    spoil(longer, *leaves(longer, "entry"), *([0] if first_page_too else []))
    came = saved(longer, tmp_path / "new")
    assert (came.whole, came.missing) == (0, ())
    kept = {id_: day and day.isoformat() for id_, day in came.damaged}
    # The one in the trash is in no index that knows its day.
    assert sorted(kept.values(), key=str) == sorted([*[*before.values()][1:], None], key=str)
    if not first_page_too:
        assert kept == {**before, min(before, key=before.__getitem__): None}
    with replace(longer, folder=tmp_path / "new").open(STEP_COUNT, load_steps, memory_security=False) as db:
        found = list(entries.every(db, Filter(tags=(TAG,))))
    assert len(found) == 39 + first_page_too  # the trash has one, as long as an index knows it
    assert all(one.entry.private for one in found)
    assert all(one.body.startswith("Entry ") for one in found)


@pytest.mark.parametrize("table", ["follow_up", "revision"])
def test_an_entry_that_lost_an_answer_or_an_earlier_text_does_not_pass_for_whole(
    longer: Vault, tmp_path: Path, table: str
) -> None:
    before = contents(longer)
    spoil(longer, *leaves(longer, table))
    came = saved(longer, tmp_path / "new")
    assert {id_ for id_, _ in came.damaged} == {row[0] for row in before[table]}
    assert came.whole == 40 - len(came.damaged)
    assert came.harmed == {table}


@pytest.mark.parametrize(
    "text, read",
    [
        ("all of it\nthere", "all of it\nthere"),
        ("before \ufffd\ufffdx\ufffd after", "before […] after"),
        ("a\x00b", "a[…]b"),
        ("\ufffd" * 1000, "[…]"),
        ("", ""),
    ],
)
def test_what_cannot_be_read_is_shown_as_a_gap(text: str, read: str) -> None:
    assert legible(text) == read

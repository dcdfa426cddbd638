"""`journal verify` and `journal doctor` as a person and a script meet them."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from journal_cli.cli import home, verify, watching
from journal_cli.cli.desk import Desk
from journal_cli.packs.wordbook import words
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

CHECKS = "file seen pages structure search rows keys.json keys.copy.json backups".split()  # noqa: SIM905  reads better


ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)


@dataclass(frozen=True)
class Said:
    stdout: str
    stderr: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


def run(journal: Any, app, *args: str, code: int = 0, **env: str) -> Said:
    desk = Desk(folder=journal.folder, clock=journal.clock, cost=CHEAPEST, bounds=ANY_COST)
    surroundings = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{journal.passphrase}'", **env}
    result = CliRunner().invoke(app, list(args), obj=desk, env=surroundings)
    said = Said(result.stdout, result.stderr, result.exit_code)
    assert said.code == code, f"ended with {said.code}, not {code}: {said.stdout} {result.exception!r}"
    return said


def opened(journal: Any) -> Database:
    unlocked = vault.unlock(journal.folder, journal.passphrase, bounds=ANY_COST)
    day = journal.clock.now.date()
    return unlocked.open(STEP_COUNT, load_steps, watch=watching.watch_of(unlocked.journal, day))


def write(journal: Any, text: str) -> str:
    """Write an entry, and have this computer remember the journal's state."""
    id_ = journal("write", "--json", input=text).json["id"]
    opened(journal).close()
    return id_


def put_back(copy: Path, journal: Any) -> None:
    shutil.rmtree(journal.folder)
    shutil.copytree(copy, journal.folder)


def verified(journal: Any, *args: str, code: int = 0) -> dict[str, str]:
    """The checks that did not pass, with what is said of them."""
    told = run(journal, verify.verify_app, "--json", *args, code=code).json
    assert set(told) == {"ok", "checks"}
    assert all(set(check) == {"name", "ok", "detail"} for check in told["checks"])
    assert told["ok"] == all(check["ok"] for check in told["checks"]) == (code == 0)
    return {check["name"]: check["detail"] for check in told["checks"] if not check["ok"]}


def test_a_whole_journal_is_said_to_be_whole_and_stays_as_it_is(journal: Any) -> None:
    write(journal, "What I kept. @Anna #calm")
    before = {path.name: path.read_bytes() for path in journal.folder.iterdir() if path.is_file()}
    told = run(journal, verify.verify_app, "--json").json
    assert [check["name"] for check in told["checks"]] == CHECKS
    assert verified(journal) == {}
    said = run(journal, verify.verify_app)
    assert said.stderr == ""
    assert len(said.stdout.splitlines()) == len(CHECKS) + 1
    assert said.stdout.splitlines()[-1] == "Everything is whole."
    assert {path.name: path.read_bytes() for path in journal.folder.iterdir() if path.is_file()} == before


def test_a_damaged_page_is_named_and_ends_with_13(journal: Any) -> None:
    write(journal, "What I kept. " * 2000)
    content = bytearray((journal.folder / "journal.db").read_bytes())
    content[-3000] ^= 1
    (journal.folder / "journal.db").write_bytes(content)
    failed = verified(journal, code=13)
    assert failed["pages"] == f"page {len(content) // 4096} is damaged"
    said = run(journal, verify.verify_app, code=13)
    assert "backup list" in said.stdout
    assert "corrupt" not in said.stdout.lower()
    assert "What I kept" not in said.stdout


def test_an_older_copy_waits_for_a_decision_and_goes_on_after_it(journal: Any, tmp_path: Path) -> None:
    """Fault 22."""
    write(journal, "One.")
    old = Path(shutil.copytree(journal.folder, tmp_path / "old"))
    write(journal, "Two.")
    put_back(old, journal)

    failed = verified(journal, code=13)
    assert list(failed) == ["seen"]
    assert "2 entries" in failed["seen"]
    assert "--accept" in run(journal, verify.verify_app, code=13).stdout
    with opened(journal) as database:
        (said,) = watching.said_at_opening(words("en"), database)
        assert "(2 entries then, 1 now)" in said
        (polish,) = watching.said_at_opening(words("pl"), database)
        assert "(wpisy wtedy: 2, teraz: 1)" in polish

    assert verified(journal, "--accept") == {}
    assert verified(journal) == {}
    write(journal, "Three.")
    with opened(journal) as database:
        assert watching.said_at_opening(words("en"), database) == []


def test_accepting_what_nobody_doubts_changes_nothing(journal: Any) -> None:
    write(journal, "One.")
    before = (journal.folder / "journal.db").read_bytes()
    assert verified(journal, "--accept") == {}
    assert (journal.folder / "journal.db").read_bytes() == before


def test_damage_cannot_be_accepted(journal: Any) -> None:
    write(journal, "What I kept. " * 2000)
    content = bytearray((journal.folder / "journal.db").read_bytes())
    content[-3000] ^= 1
    (journal.folder / "journal.db").write_bytes(content)
    assert "pages" in verified(journal, "--accept", code=13)
    assert (journal.folder / "journal.db").read_bytes() == content


@pytest.mark.parametrize("name", ["journal.db", "keys.json"])
def test_an_empty_or_lost_file_is_said_to_be_so(journal: Any, name: str) -> None:
    """Fault 18."""
    write(journal, "One.")
    (journal.folder / name).write_bytes(b"")
    if name == "keys.json":  # mended from its copy as the journal is unlocked
        assert verified(journal) == {}
        return
    failed = verified(journal, code=13)
    assert "is empty; when it was last seen here" in failed["file"]
    assert "1 entries" in failed["file"]


def test_without_a_journal_or_with_other_words_nothing_is_checked(journal: Any, no_journal: Any) -> None:
    journal.passphrase = "other words than those"
    runner = CliRunner().invoke(
        verify.verify_app,
        obj=Desk(folder=journal.folder, bounds=ANY_COST),
        env={"JOURNAL_PASSPHRASE_COMMAND": "echo other words"},
    )
    assert getattr(runner.exception, "exit_code", None) == 11
    for app in (verify.verify_app, verify.doctor_app):
        runner = CliRunner().invoke(app, obj=Desk(folder=no_journal.folder / "none", bounds=ANY_COST))
        assert getattr(runner.exception, "exit_code", None) == 10


def test_doctor_needs_no_passphrase_and_says_what_it_saw(journal: Any) -> None:
    write(journal, "What I kept.")
    told = run(journal, verify.doctor_app, "--json", JOURNAL_PASSPHRASE_COMMAND="false").json
    assert told["ok"] is True
    assert all(set(one) == {"name", "ok", "note", "detail"} for one in told["checks"])
    by_name = {one["name"]: one for one in told["checks"]}
    assert "nothing of a database in the clear" in by_name["encrypted"]["detail"]
    assert re.search(r"SQLCipher \d", by_name["versions"]["detail"])
    assert not by_name["backup"]["note"]  # the first change of the day made one
    (journal.folder / "journal (conflicted copy).db").touch()
    conflicts = run(journal, verify.doctor_app).stdout
    assert "journal (conflicted copy).db" in conflicts
    (journal.folder / "journal.db").write_bytes(b"SQLite format 3\0" + b"CREATE TABLE entry" * 1000)
    assert "not encrypted" in run(journal, verify.doctor_app, code=13).stdout


@pytest.mark.parametrize("app", [verify.verify_app, verify.doctor_app])
def test_both_speak_polish(journal: Any, app) -> None:
    said = run(journal, app, JOURNAL_LANG="pl").stdout
    assert "journal" in said or "Wszystko jest całe." in said
    assert not re.search(r"\b(the|is|whole)\b", said)


def test_every_sentence_of_a_check_exists_in_both_languages_with_the_same_names() -> None:
    english, polish = words("en"), words("pl")
    for key in [key for key in english.sentences if key.startswith("verify.")]:
        names = set(re.findall(r"\{(\w+)\}", english(key)))
        assert set(re.findall(r"\{(\w+)\}", polish(key))) == names, key
    for key in [key for key in english.plurals if key.startswith("verify.")]:
        names = {name for form in english.plurals[key].values() for name in re.findall(r"\{(\w+)\}", form)}
        for form in ("one", "few", "many"):
            assert set(re.findall(r"\{(\w+)\}", polish.plurals[key][form])) | {"n"} == names | {"n"}, key


def test_the_state_of_journals_is_remembered_apart_from_them(journal: Any, monkeypatch, tmp_path: Path) -> None:
    write(journal, "One.")
    (record,) = home.state_folder().iterdir()
    assert not record.is_relative_to(journal.folder)
    assert len(record.name) == 16
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    assert home.state_folder() == tmp_path / "elsewhere" / "journal"

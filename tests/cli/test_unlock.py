"""`journal unlock` and `journal lock`: how long, what is said, and whose passphrase it takes."""

import contextlib
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from journal_cli.cli import opening_words
from journal_cli.cli.desk import Desk
from journal_cli.cli.home import runtime_folder
from journal_cli.cli.unlock import lock_app, span, unlock_app
from journal_cli.errors import Damaged, Mistyped, NoJournal, NothingToDo, WrongKey
from journal_cli.vault import agent, vault
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)


@pytest.fixture
def session(monkeypatch):
    """A login session of its own, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="session-"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    agent.lock(folder / "journal")
    shutil.rmtree(folder)


@pytest.fixture
def run(journal, session):
    """Run `unlock` or `lock` on a journal; the failure, if there is one, stands in `.exception`."""

    def command(app, *args, passphrase=None, **env):
        desk = Desk(folder=journal.folder, clock=journal.clock, cost=CHEAPEST, bounds=BOUNDS)
        surroundings = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{passphrase or journal.passphrase}'", **env}
        return CliRunner().invoke(app, list(args), obj=desk, env=surroundings)

    return command


def held(journal):
    return agent.opened(journal.folder, runtime_folder(), bounds=BOUNDS)


# How long.


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("15m", 900),
        ("1h", 3600),
        ("90s", 90),
        ("2h30m", 9000),
        ("1h1m1s", 3661),
        ("12h", 43_200),
        ("720m", 43_200),
        ("1s", 1),
        (" 15M ", 900),
    ],
)
def test_lengths_of_time_are_read(text, seconds):
    assert span(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "15", "m", "h", "1.5h", "-5m", "15 m", "1m1h", "1m1m", "1d", "forever", "١٥m"),
        *("0s", "0h0m", "12h1s", "13h", "99999h", "9" * 100 + "s", "1h\n2m"),
    ],
)
def test_other_lengths_are_refused_with_what_they_may_be(text):
    with pytest.raises(Mistyped) as refused:
        span(text)

    assert refused.value.exit_code == 2
    assert "15m" in refused.value.hint
    assert len(str(refused.value)) < 100


@given(st.text("0123456789hmsHMS .-x١", max_size=12))
@example("h")
def test_no_text_is_read_as_more_than_twelve_hours_or_less_than_a_second(text):
    with contextlib.suppress(Mistyped):
        assert 1 <= span(text) <= 43_200


# What it does and says.


def test_the_journal_is_held_open_for_a_while_and_locked_again(journal, run):
    said = run(unlock_app, "--for", "15m")

    assert said.exit_code == 0, said.exception
    assert said.stdout == ""
    assert "Open until 21:1" in said.stderr
    assert "anyone at this unlocked screen can open the journal" in " ".join(said.stderr.split())
    vault = held(journal)
    assert vault is not None
    assert vault.opened_with == "agent"

    said = run(lock_app)

    assert said.exit_code == 0, said.exception
    assert "Locked" in said.stderr
    assert held(journal) is None


def test_an_end_on_another_day_is_said_with_the_day(run):
    said = run(unlock_app, "--for", "12h")

    assert "Open until Wednesday 25 November, 09:0" in " ".join(said.stderr.split())


def test_unlock_and_lock_answer_programs(journal, run):
    opened = run(unlock_app, "--for", "90s", "--json")
    answer = json.loads(opened.stdout)

    assert answer.keys() == {"journal", "seconds", "until"}
    assert answer["journal"] == vault.unlock(journal.folder, journal.passphrase, bounds=BOUNDS).journal
    assert answer["seconds"] == 90
    assert answer["until"].startswith("2026-11-24T21:")

    assert json.loads(run(lock_app, "--json").stdout) == {"locked": True}


def test_a_command_that_is_asked_first_is_mentioned_and_only_then(journal, run, monkeypatch):
    assert "asked first" in run(unlock_app).stderr

    monkeypatch.setattr(opening_words, "ask_secret", lambda _: journal.passphrase)
    assert "asked first" not in run(unlock_app, JOURNAL_PASSPHRASE_COMMAND="").stderr


def test_locking_what_is_not_open_is_nothing_to_do(run):
    failure = run(lock_app).exception

    assert isinstance(failure, NothingToDo)
    assert failure.exit_code == 24


def test_lock_needs_no_journal_and_no_passphrase(journal, run):
    run(unlock_app)
    shutil.rmtree(journal.folder)

    assert run(lock_app, passphrase="wrong").exit_code == 0


def test_a_wrong_passphrase_holds_nothing_open(journal, run, session):
    failure = run(unlock_app, passphrase="not these words").exception

    assert isinstance(failure, WrongKey)
    assert list(session.iterdir()) == []


def test_a_running_agent_does_not_prolong_itself(journal, run, monkeypatch):
    run(unlock_app)
    asked = []
    monkeypatch.setattr(opening_words, "ask_secret", lambda text: asked.append(text) or journal.passphrase)

    assert run(unlock_app, "--for", "1h", JOURNAL_PASSPHRASE_COMMAND="").exit_code == 0

    assert len(asked) == 1


def test_a_length_that_cannot_be_read_is_said_before_anything_is_asked(run, session):
    failure = run(unlock_app, "--for", "soon", JOURNAL_PASSPHRASE_COMMAND="false").exception

    assert isinstance(failure, Mistyped)
    assert list(session.iterdir()) == []


def test_without_a_journal_there_is_nothing_to_open(journal, run):
    shutil.rmtree(journal.folder)

    assert isinstance(run(unlock_app).exception, NoJournal)


def test_a_journal_without_key_files_is_not_held_open(journal, run):
    shutil.rmtree(journal.folder)
    key = journal("init", "--json").json["recovery_key"]
    for name in ("keys.json", "keys.copy.json"):
        journal.folder.joinpath(name).unlink()

    failure = run(unlock_app, passphrase=key).exception

    assert isinstance(failure, Damaged)
    assert "passphrase add" in failure.hint


def test_in_polish_it_is_said_in_polish(run):
    said = run(unlock_app, JOURNAL_LANG="pl")

    assert "Otwarty do: 21:" in said.stderr
    assert "osoba przy tym odblokowanym ekranie" in " ".join(said.stderr.split())


# Where the socket is.


def test_the_socket_is_in_the_sessions_own_folder(session):
    assert runtime_folder() == session / "journal"


@pytest.mark.parametrize("value", ["", "relative/place", "/nowhere/at/all"])
def test_without_a_session_folder_it_is_in_one_named_by_the_person(monkeypatch, tmp_path, value):
    monkeypatch.setenv("XDG_RUNTIME_DIR", value)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert runtime_folder().parent == tmp_path
    assert runtime_folder().name.startswith("journal-")

    monkeypatch.delenv("TMPDIR")
    assert runtime_folder().parent == Path("/tmp")  # noqa: S108  # the place itself is what is tested


def test_a_session_folder_of_somebody_else_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("os.getuid", lambda: 12_345)

    assert runtime_folder().name == "journal-12345"

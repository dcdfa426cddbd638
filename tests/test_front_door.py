"""The front door: cards tell the truth about what is behind them, and opening it wakes nobody."""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from journal_cli import __version__
from journal_cli.cli.front import Card
from journal_cli.cli.main import Journal, app

ROOT = Path(__file__).parents[1]

CONTRACT = {
    "Write": "reflect write checkin ground",
    "Look back": "list show search edit mark delete trash",
    "Summaries": "mood progress",
    "Practise": "program limit goal measure prompts",
    "Share": "share export import",
    "Keep": "init unlock lock passphrase recovery backup verify doctor settings",
    "Care": "help-now good-therapy",
    "Try": "demo completion",
}
HEAVY = {
    "pydantic",
    "rich",
    "prompt_toolkit",
    "sqlite_utils",
    "sqlcipher3",
    "cryptography",
    "dateutil.parser",
    "zxcvbn",
}

# Runs the program as its entry point does, then says on the last line of stdout which modules are awake.
WITNESS = """
import sys
from journal_cli.cli.main import run
sys.argv[0] = "journal"
try:
    run()
finally:
    print("\\n" + " ".join(sorted(sys.modules)))
"""


@pytest.fixture(scope="module", params=Journal.cards, ids=lambda card: card.name)
def card(request: pytest.FixtureRequest) -> Card:
    """Each card in turn."""
    return request.param


def everything_in(command: Any) -> Iterator[Any]:
    """A command and, of a group, the commands in it."""
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from everything_in(inner)


def first_line(text: str | None) -> str:
    """The line a list of commands shows."""
    return (text or "").strip().partition("\n")[0]


def test_the_commands_are_those_of_the_contract_in_its_order() -> None:
    promised = [(section, name) for section, names in CONTRACT.items() for name in names.split()]

    offered = [(card.section, card.name) for card in Journal.cards]

    assert offered == promised


def test_a_card_tells_the_truth_about_its_command(card: Card) -> None:
    command = card.open()

    assert command.name == card.name
    assert first_line(command.help) == first_line(card.help)


def test_every_command_and_option_behind_a_card_is_explained(card: Card) -> None:
    for command in everything_in(card.open()):
        assert first_line(command.help), command.name
        for option in command.params:
            assert option.param_type_name == "argument" or option.help, f"{command.name} {option.name}"


def test_every_command_begins_by_showing_its_help_when_asked(card: Card, tmp_path: Path) -> None:
    shown = at_the_door(tmp_path, card.name or "", "--help")

    assert f"Usage: journal {card.name}" in shown
    assert first_line(card.help) in " ".join(shown.split())


def test_no_help_page_speaks_in_the_signs_of_programmers(card: Card) -> None:
    """`{ID…}...` and `<list[str]>` say nothing to a person."""
    pages = [
        command.get_help(command.make_context(card.name, [], resilient_parsing=True))
        for command in everything_in(card.open())
    ]

    assert [
        line
        for page in pages
        for line in page.split("\n")
        if re.search(r"<(\w+ )?(str|int|float|path|list|range)\b|^Usage:.*(\{|\[\[)", line)
    ] == []


def test_no_option_at_the_root_takes_a_value() -> None:
    """One that does makes every TAB at the root load pydantic."""
    assert [option.name for option in get_command(app).params if not getattr(option, "is_flag", False)] == []


def at_the_door(home: Path, *arguments: str, **environment: str) -> str:
    """Run the program in a process of its own, in an empty home; give back all it printed and what woke."""
    done = subprocess.run(
        [sys.executable, "-c", WITNESS, *arguments],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            **environment,
        },
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["help-now"]], ids=" ".join)
def test_the_door_opens_without_waking_the_house(arguments: list[str], tmp_path: Path) -> None:
    shown, _, awake = at_the_door(tmp_path, *arguments).rstrip().rpartition("\n")

    assert shown.strip()
    assert "journal_cli.cli.main" in awake.split()
    assert HEAVY & set(awake.split()) == set()


@pytest.mark.parametrize(
    "line, first",
    [("h", "help-now"), ("list --s", "--since"), ("reflect f", "five-ways-of-close"), ("settings d", "discreet")],
)
def test_completing_does_not_wake_the_house(tmp_path: Path, line: str, first: str) -> None:
    asked = {"_JOURNAL_COMPLETE": "bash", "_JOURNAL_LINE": f"journal {line}"}

    offered, _, awake = at_the_door(tmp_path, **asked).rstrip().rpartition("\n")

    assert offered.split()[:2] == ["words", first]
    assert HEAVY & set(awake.split()) == set()


def test_the_door_says_which_version_it_is(tmp_path: Path) -> None:
    assert at_the_door(tmp_path, "--version").startswith(f"journal {__version__}\n")


def test_the_help_page_holds_every_card_word_for_word(tmp_path: Path) -> None:
    page = " ".join(at_the_door(tmp_path, "--help").split())

    assert [card.name for card in Journal.cards if f"{card.name} {first_line(card.help)}" not in page] == []


@pytest.mark.parametrize(
    ("before", "code", "said"),
    [("", 130, ""), ("signal.signal(signal.SIGINT, signal.SIG_IGN)", 0, "on it goes\n")],
    ids=["as usual", "ignored"],
)
def test_ctrl_c_while_the_program_is_being_read_ends_it_without_a_word(before: str, code: int, said: str) -> None:
    script = f"import os, signal\n{before}\nimport journal_cli.cli.first\nos.kill(os.getpid(), signal.SIGINT)"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nprint('on it goes')"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (code, said, "")


def test_once_there_is_a_command_ctrl_c_is_its_own(tmp_path: Path) -> None:
    script = (
        "import signal, sys; import journal_cli.cli.first; from journal_cli.cli.main import run\n"
        "sys.argv = ['journal', '--version']\n"
        "try: run()\nexcept SystemExit: print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert done.stdout.endswith("\nTrue\n"), done.stderr


def test_rubbish_is_looked_for_once_a_command_is_there(card: Card) -> None:
    gc.disable()
    try:
        card.open()
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()

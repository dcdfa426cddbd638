"""
TAB, pressed in bash, zsh and fish as a person has them: on a terminal, with what `journal completion` prints.

Each shell runs once for all its tests, without any file of its own; the program is on its path.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from windows import Window

from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.moment import moment
from journal_cli.records import entries
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import agent, vault

PASSPHRASE = "lantern orchid velvet harbor quartz"
CALM = "> "  # the prompt of each shell

STARTS = {
    "bash": ("bash", "--norc", "--noprofile"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config", "-C", f"set fish_greeting; function fish_prompt; printf '{CALM}'; end"),
}
TURNS_ON = {
    "bash": 'eval "$(journal completion bash)"',
    "zsh": 'autoload -Uz compinit; compinit -i; eval "$(journal completion zsh)"',
    "fish": "journal completion fish | source",
}
EVENINGS = {"7aaaaaaa": ("sunday-dinner",), "7bbbbbbb": ("sunday-walk",), "8ccccccc": ()}
HOSTILE = ("x$(touch owned)`touch owned`", "x two; touch owned", "xa'b\"c", "x*", "x\x1b[2Jgone", "x\nowned")


@dataclass(frozen=True)
class Home:
    """
    A person's home: a journal with a few evenings in it, and the program on the path.

    Args:
        folder: Where it is; shells begin in it.
        session: The folder of the login session, where an agent's socket is.
    """

    folder: Path
    session: Path

    @property
    def env(self) -> dict[str, str]:
        """What its programs are told."""
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "JOURNAL_HOME": str(self.folder / "journal"),
            "XDG_RUNTIME_DIR": str(self.session),
            "JOURNAL_PASSPHRASE_COMMAND": f"touch {self.folder / 'asked'}",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PS1": CALM,
        }

    def unlocks(self) -> None:
        """Have an agent hold the journal open."""
        told = self.env | {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{PASSPHRASE}'"}
        subprocess.run(["journal", "unlock", "--for", "10m"], env=told, check=True, capture_output=True, timeout=60)

    def locks(self) -> None:
        """Close it again."""
        agent.lock(self.session / "journal")

    @property
    def kept(self) -> dict[str, tuple[bytes, int]]:
        """Every file of the journal, and when it was changed."""
        files = [path for path in (self.folder / "journal").rglob("*") if path.is_file()]
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder, session = tmp_path_factory.mktemp("home"), Path(tempfile.mkdtemp(prefix="session-"))
    program = folder / "bin" / "journal"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m journal_cli "$@"\n')
    program.chmod(0o755)
    (folder / "a plan.toml").touch()
    made, _ = vault.create(folder / "journal", PASSPHRASE, today=date(2026, 3, 1))
    with made.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
        evening = datetime(2026, 3, 1, 20, tzinfo=UTC)
        for number, (id_, tags) in enumerate(EVENINGS.items()):
            at = moment(evening + timedelta(days=number), "UTC")
            entry = Entry(id=id_, written_at=at, kind=Kind.FREE, title="Nobody's business", tags=tags, word_count=1)
            entries.add(db, WholeEntry(entry, "Secret."))
        entries.add(db, WholeEntry(Entry("9ddddddd", moment(evening, "UTC"), Kind.NOTE, tags=HOSTILE), "Secret."))
    there = Home(folder, session)
    yield there
    there.locks()
    shutil.rmtree(session)


class Shell:
    """A shell in a window, in which keys are pressed."""

    def __init__(self, name: str, home: Home) -> None:
        self.name = name
        self.window = Window(
            f"tab-{name}-{os.getpid()}", ("env", "-C", str(home.folder), *STARTS[name]), home.env, (100, 45)
        )
        self.window.until(CALM.strip())
        self.run(TURNS_ON[name])

    def run(self, command: str) -> None:
        """Run a command to its end."""
        self.window.types(command).keys("Enter").types("echo re''ady").keys("Enter").until("\nready")

    def clean(self) -> None:
        """Give up what is typed, and clear the screen."""
        # Not C-c: what is typed behind it is lost while a shell is busy with it.
        self.window.keys("C-u", "C-l").until(lambda seen: seen.strip() == CALM.strip())

    def tab(self, line: str, seen: str | Callable[[str], bool], times: int = 1) -> str:
        """Type a line and press TAB so many times; give the screen once something is seen on it."""
        self.clean()
        self.window.types(line).until(CALM + line.rstrip())
        self.window.keys(*["Tab"] * times)
        return self.window.until(seen)

    def lists(self, line: str, *seen: str) -> str:
        """Have everything listed that could come next; bash does so at the second TAB."""
        times = 2 if self.name == "bash" else 1
        return self.tab(line, lambda screen: all(one in screen for one in seen), times)

    def word(self, begun: str) -> str:
        """Have a tag completed by TAB, and give the word that the shell makes of it when the line is run."""
        line = f"{CALM}journal list --tag {begun}"
        self.tab(line.removeprefix(CALM), lambda screen: len(screen.splitlines()[0].rstrip()) > len(line))
        self.window.keys("C-a").types("printf '[%s]' ").keys("Enter")
        return re.findall(r"\[--tag\]\[(.*)\]", self.window.until("[journal][list][--tag]["))[-1]

    def becomes(self, line: str, completed: str) -> None:
        """See that one TAB makes one line of another."""
        self.tab(line, lambda screen: f"{CALM}{completed}" in [each.rstrip() for each in screen.splitlines()])

    def stays(self, line: str) -> None:
        """See that TAB adds nothing to a line, and shows nothing."""
        self.tab(line, CALM + line.rstrip())
        # Whatever came of it stands before what is typed next.
        self.window.types("z")
        screen = self.window.until(lambda seen: seen.rstrip().endswith("z"))
        assert screen.strip() == f"{CALM}{line}z".strip()


@pytest.fixture(scope="module", params=STARTS)
def shell(request: pytest.FixtureRequest, home: Home) -> Iterator[Shell]:
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    there = Shell(request.param, home)
    yield there
    there.window.close()


@pytest.fixture
def unlocked(home: Home) -> Iterator[Home]:
    home.unlocks()
    yield home
    home.locks()


def test_commands_options_and_what_ships_are_completed_without_unlocking(shell: Shell, home: Home) -> None:
    before = home.kept
    shell.becomes("journal refl", "journal reflect")
    shell.becomes("journal list --sta", "journal list --starred")
    shell.becomes("journal reflect five-w", "journal reflect five-ways-of-close")
    shell.becomes("journal list --theme=inner", "journal list --theme=inner-critic")
    shell.becomes(
        "journal settings hidden-notes illness,sexual-c", "journal settings hidden-notes illness,sexual-content"
    )
    shell.becomes("journal program pau", "journal program pause")
    shell.becomes("journal share --plan a", "journal share --plan a\\ plan.toml")
    assert home.kept == before
    assert not (home.folder / "asked").exists()


def test_what_is_offered_is_listed(shell: Shell) -> None:
    root = shell.lists("journal re", "recovery", "reflect")
    assert ("Sit with a good question" in root) == (shell.name != "bash")
    shell.lists("journal settings ", "hidden-notes", "week-starts")


def test_ids_and_tags_are_offered_only_while_an_agent_holds_the_journal_open(shell: Shell, home: Home) -> None:
    for line in ("journal show 8", "journal list --tag sunday-d"):
        shell.stays(line)
    before = home.kept
    home.unlocks()
    try:
        shell.becomes("journal show 8", "journal show 8ccccccc")
        shell.becomes("journal list --tag sunday-d", "journal list --tag sunday-dinner")
        listed = shell.lists("journal show 7", "7aaaaaaa", "7bbbbbbb")
    finally:
        home.locks()
    assert re.search(r"7bbbbbbb.*2026-03-02, an entry(.|\n)*7aaaaaaa.*2026-03-01, an entry", listed)
    assert "business" not in listed
    assert home.kept == before
    assert not (home.folder / "asked").exists()


def test_a_hostile_tag_is_a_word_and_nothing_more(shell: Shell, unlocked: Home) -> None:
    assert "gone" not in shell.lists("journal list --tag x", "owned", "c", "*")
    first, second, third, *_ = HOSTILE
    wanted = {"x\\$": first, '"x ': second, "xa": third, "'xa": third}
    assert {begun: shell.word(begun) for begun in wanted} == wanted
    assert not (unlocked.folder / "owned").exists()

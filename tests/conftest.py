"""What every test can ask for: a journal in a folder of its own, in this process or as a process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from journal_cli.cli.desk import Desk
from journal_cli.cli.main import app
from journal_cli.vault import library, opening
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

PASSPHRASE = "lantern orchid velvet harbor quartz"
ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)
ROUNDS_IN_CI = 3  # loops run one round in so many; all of them under the nightly marker's option

settings.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The program with key derivation that costs nothing: a cost is a value, and no variable of the environment can set it.
CHEAP_PROGRAM = """
import sys
from journal_cli.cli import main
from journal_cli.cli.desk import Desk
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
main.door(Desk(cost=CHEAPEST, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST)))
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="Run loops at their full count.")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("nightly" if config.getoption("--nightly") else "ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--nightly"):
        return
    chosen = [item for item in items if "nightly" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "nightly" in item.keywords])
    items[:] = chosen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    """Where everything is said to be installed, a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("JOURNAL_TESTS_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[..., int]:
    """Give the rounds a loop takes here: all of them nightly, a third of them otherwise, or as many as it names."""
    nightly = request.config.getoption("--nightly")
    return lambda full, otherwise=None: full if nightly else otherwise or -(-full // ROUNDS_IN_CI)


@pytest.fixture(scope="session", autouse=True)
def _memory_unlocked() -> Iterator[None]:
    """
    Leave SQLCipher's own memory unlocked in the process of the tests, whatever is opened in it.

    Once locked, it stays so until the process ends, and every later test would take two or three times as
    long. The program as a process has it locked, and `test_database.py` and `test_locked_memory.py` see that it is.
    """

    def unlocked(*args: Any, **kwargs: Any) -> Any:
        return library.connect(*args, **{**kwargs, "memory_security": False})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "connect", unlocked)
        yield


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a machine's own journal, language and screen out of the tests."""
    for name in list(os.environ):
        if name.startswith(("JOURNAL_H", "JOURNAL_P", "JOURNAL_L", "JOURNAL_C", "XDG_", "LC_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name, value in {"HOME": str(home), "LANG": "C.UTF-8", "TZ": "Europe/Warsaw", "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)


class Clock:
    """A clock that goes on a minute at each look, from a Tuesday evening."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@dataclass(frozen=True)
class Said:
    """What a command answered, what it said beside, and how it ended."""

    stdout: str
    stderr: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


@dataclass
class InProcess:
    """Runs commands in this process, on a journal in a folder of its own, with cheap key derivation."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    passphrase: str = PASSPHRASE

    def __call__(self, *args: str, input: str | bytes = b"", code: int = 0, **env: str) -> Said:  # noqa: A002  # the runner's own word
        desk = Desk(folder=self.folder, clock=self.clock, cost=CHEAPEST, bounds=ANY_COST)
        raw = input.encode() if isinstance(input, str) else input
        surroundings = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{self.passphrase}'", **env}
        result = CliRunner().invoke(app, list(args), input=raw, obj=desk, env=surroundings, prog_name="journal")
        said = Said(result.stdout, result.stderr, result.exit_code)
        assert said.code == code, f"ended with {said.code}, not {code}: {said.stderr}"
        return said


@pytest.fixture
def journal(tmp_path: Path) -> InProcess:
    """A journal that was just made."""
    run = InProcess(tmp_path / "journal")
    run("init")
    return run


@pytest.fixture
def no_journal(tmp_path: Path) -> InProcess:
    """A place where there is no journal yet."""
    return InProcess(tmp_path / "journal")


@dataclass(frozen=True)
class AsProcess:
    """
    Runs commands as processes of their own, in an empty home, in an environment that holds nothing else.

    Args:
        home: Their HOME; the journal and TMPDIR are in it.
        argv: How the program begins: with cheap key derivation, or as it is installed.
    """

    home: Path
    argv: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return self.home / "journal"

    @property
    def env(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "JOURNAL_HOME": str(self.folder),
            "TMPDIR": str(self.home / "tmp"),
            "LANG": "C.UTF-8",
            "TZ": "Europe/Warsaw",
            "JOURNAL_PASSPHRASE_COMMAND": f"echo '{PASSPHRASE}'",
        }

    def __call__(
        self,
        *args: str,
        input: str | bytes = b"",  # noqa: A002  # subprocess's own word
        code: int = 0,
        before: tuple[str, ...] = (),
        **env: str,
    ) -> Said:
        raw = input.encode() if isinstance(input, str) else input
        finished = subprocess.run(
            [*before, *self.argv, *args],
            input=raw,
            capture_output=True,
            env={**self.env, **env},
            timeout=120,
            check=False,
        )
        said = Said(finished.stdout.decode(), finished.stderr.decode(), finished.returncode)
        assert said.code == code, f"ended with {said.code}, not {code}: {said.stderr}"
        return said


def _process(home: Path, *argv: str) -> AsProcess:
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return AsProcess(home, argv)


@pytest.fixture
def program(tmp_path: Path) -> AsProcess:
    """The program as a process, with cheap key derivation, in a home without a journal."""
    return _process(tmp_path / "home", sys.executable, "-c", CHEAP_PROGRAM)


@pytest.fixture
def installed(tmp_path: Path) -> AsProcess:
    """The program exactly as it is installed."""
    return _process(tmp_path / "home", sys.executable, "-m", "journal_cli")

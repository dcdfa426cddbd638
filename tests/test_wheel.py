"""What travels in the wheel, and that the program runs from it alone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from journal_cli import __version__

ROOT = Path(__file__).parents[1]

# Runs whatever the wheel's entry point names, and makes sure that it is the wheel's own.
FROM_THE_WHEEL = """
import sys
from importlib.metadata import entry_points
from pathlib import Path

[journal] = entry_points(group="console_scripts", name="journal")
run = journal.load()
assert Path(sys.modules[run.__module__].__file__).is_relative_to(sys.path[0]), sys.path
run()
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the freshly built wheel was unpacked in, as an installer would."""
    built, site = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
    ]
    done = subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", built, ROOT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def files(folder: Path, pattern: str = "*") -> set[str]:
    """Paths of the files below a folder, from that folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern) if path.is_file()}


def run_from(site: Path, home: Path, *arguments: str) -> str:
    """Run the program as unpacked, in an empty home, and give back its answer."""
    done = subprocess.run(
        [sys.executable, "-c", FROM_THE_WHEEL.replace("sys.path[0]", repr(str(site))), *arguments],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(site),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_prompt_travels_in_both_languages(unpacked: Path) -> None:
    shipped = files(ROOT / "prompts", "*.toml")

    assert {Path(path).parts[0] for path in shipped} >= {"en", "pl"}
    assert files(unpacked / "journal_cli" / "prompts", "*.toml") == shipped


def test_every_module_and_the_format_travel(unpacked: Path) -> None:
    travelled = files(unpacked / "journal_cli")

    assert files(ROOT / "journal_cli", "*.py") <= travelled
    assert {f"cli/completion{ending}" for ending in ("_map.json", ".bash", ".zsh", ".fish")} <= travelled
    assert {"vault/FORMAT.md", "share/page.css", "share/opener.js", "share/locked.html", "share/page.typ"} <= travelled


def test_the_licence_travels(unpacked: Path) -> None:
    [licence] = unpacked.glob("*.dist-info/licenses/LICENSE")

    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_nothing_else_travels(unpacked: Path) -> None:
    assert {path.name.partition("-")[0] for path in unpacked.iterdir()} == {"journal_cli"}
    assert [
        path for path in files(unpacked) if Path(path).name.startswith(("test_", "conftest")) or "cache" in path
    ] == []


def test_the_program_runs_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    assert run_from(unpacked, tmp_path, "--version").startswith(f"journal {__version__}\n")


def test_the_wheel_finds_its_own_prompts(unpacked: Path, tmp_path: Path) -> None:
    """Help lines are read from the shipped folder, wherever that is."""
    assert "112" in run_from(unpacked, tmp_path, "help-now")

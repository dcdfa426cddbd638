"""What the repository holds: the top level of the design, the product's own words, and the README's two commands."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FOLDERS = {"journal_cli", "prompts", "tests", ".ci"}
FILES = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", ".gitignore"}

# How a thing was made is no part of it. Written so that this file does not match itself.
WORKSHOP = [
    re.compile(pattern)
    for pattern in (
        r"(?i)\bsub-?[a]gents?\b",
        r"(?i)\bco-authored[-]by\b",
        r"(?i)\bas an [A]I\b",
        r"(?<!\w)/(?:[w]ork|[f]arm|[t]mp/(?:brief|v))/",
        r"(?<!\w)[.]library\b",
        r"\b(?:design|screens|content|style|security|peers|ux)[.]md\b",
    )
]


def tracked(root: Path) -> list[str]:
    """
    Paths of the files the repository holds, from its top.

    In an unpacked source archive, where no git knows, those in the folders of the design.
    """
    asked = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root, capture_output=True, check=False
    )
    listed = [os.fsdecode(name) for name in asked.stdout.split(b"\0") if name]
    if asked.returncode == 0:
        return [name for name in listed if (root / name).is_file()]
    inside = [path for folder in FOLDERS for path in (root / folder).rglob("*") if "__pycache__" not in path.parts]
    return [path.relative_to(root).as_posix() for path in [*inside, *map(root.joinpath, FILES)] if path.is_file()]


def beside_the_design(paths: list[str]) -> set[str]:
    """Names at the top level that the design does not know."""
    return {
        path.partition("/")[0]
        for path in paths
        if (path.partition("/")[0] not in FOLDERS if "/" in path else path not in FILES)
    }


def of_the_workshop(name: str, text: str) -> list[str]:
    """Places where a file speaks of how it was made rather than of the product."""
    lines = enumerate(f"{name}\n{text}".split("\n"))
    return [f"{name}:{number}" for number, line in lines if any(word.search(line) for word in WORKSHOP)]


def readme_block(mark: str) -> str:
    """The fenced block that follows a mark in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^<!-- {mark} -->$.*?^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_the_top_level_holds_only_what_the_design_allows() -> None:
    assert beside_the_design(tracked(ROOT)) == set()


@pytest.mark.parametrize("path", ["docs/index.md", "notes.txt", "utils/text.py", "setup.cfg", "LICENSE/MIT"])
def test_a_stranger_at_the_top_level_is_found(path: str) -> None:
    assert beside_the_design([path, "tests/docs/x.py", "README.md", ".ci/run"]) == {path.partition("/")[0]}


def test_no_file_speaks_of_how_it_was_made() -> None:
    paths = tracked(ROOT)

    found = [
        place
        for path in paths
        for place in of_the_workshop(path, (ROOT / path).read_text(encoding="utf-8", errors="replace"))
    ]

    assert "journal_cli/__init__.py" in paths
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "written by a sub" + "agent",
        "see /wo" + "rk/shared for more",
        "found in the ." + "library folder",
        "as style" + ".md 3 says",
        "Co-authored" + "-by: someone",
    ],
)
def test_a_line_about_the_making_is_found(line: str) -> None:
    assert of_the_workshop("a.py", f"fine\n{line}\nfine") == ["a.py:2"]


@pytest.mark.parametrize(
    "line", ["at home/work/school", "from journal_cli.journal.library", "SECURITY.md", "vault/FORMAT.md"]
)
def test_the_words_of_the_product_are_left_alone(line: str) -> None:
    assert of_the_workshop("a.py", line) == []


def test_the_readme_marks_the_two_commands_a_newcomer_pastes() -> None:
    assert "demo" in readme_block("demo")
    assert readme_block("tests").strip().endswith(".venv/bin/pytest -n auto")


def test_the_check_of_everything_can_be_run_and_reads_as_bash() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def twice(paths: list[str]) -> list[str]:
    """Names of test modules that stand twice: they are found by name, and only one of them would run."""
    names = [Path(path).name for path in paths if re.search(r"(^|/)test_\w+\.py$", path)]
    return sorted({name for name in names if names.count(name) > 1})


def test_every_test_module_has_a_name_of_its_own() -> None:
    assert twice(tracked(ROOT)) == []
    assert twice(["tests/cli/test_mood.py", "tests/screen/test_mood.py", "tests/cli/mood.py"]) == ["test_mood.py"]

"""The table of faults in README.md speaks of tests that exist, and that run in every run."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = Path(__file__).with_name("README.md")
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def table() -> dict[int, list[tuple[str, str]]]:
    """Each fault, and the tests that hold it."""
    return {int(number): TEST.findall(held) for number, held in ROW.findall(README.read_text(encoding="utf-8"))}


def named_in(path: str) -> dict[str, str]:
    """The tests of a file by name, each with its decorators as they are written."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {one.name: " ".join(map(ast.unparse, one.decorator_list)) for one in functions}


def test_all_forty_faults_are_there_and_each_is_held() -> None:
    assert sorted(table()) == list(range(1, 41))
    assert all(table().values())


@pytest.mark.parametrize("path", sorted({path for path, _ in TEST.findall(README.read_text(encoding="utf-8"))}))
def test_every_test_that_is_named_exists_and_is_never_left_out(path: str) -> None:
    there = named_in(path)
    for name in {name for other, name in TEST.findall(README.read_text(encoding="utf-8")) if other == path}:
        assert name in there
        assert not re.search(r"\b(?:skip|xfail|nightly)\b", there[name]), name

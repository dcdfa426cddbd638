"""What an import costs: at most twice the bare inserts of the same rows, and no more memory however much there is."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from test_budgets import MEASURING, MEBIBYTE, MEMORY, run

HERE = Path(__file__).parent
DEARER = 2  # times the bare inserts of the same rows and search index
TRIES = 3


def measured(*args: str) -> bytes:
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(HERE)}
    return run([sys.executable, str(HERE / "import_measured.py"), *args], env, timeout=1800).stdout


def test_an_import_costs_at_most_twice_the_bare_inserts_of_the_same_rows(tmp_path: Path, rounds) -> None:
    found: list[float] = []
    for number in range(TRIES):
        (folder := tmp_path / str(number)).mkdir()
        took = json.loads(measured("cost", str(folder), str(rounds(10_000))))
        found.append(took["import"] / took["bare"])
        if found[-1] <= DEARER:
            break
    assert min(found) <= DEARER, found


def peak(program: Any, count: int) -> float:
    """The most memory the whole program takes for an import of so many entries, in MiB."""
    file = program.home / f"{count}.txt"
    measured("notebook", str(file), str(count))
    program("init")
    argv = [sys.executable, "-c", MEASURING, *program.argv, "import", str(file), "--yes", "--json"]
    done = run(argv, program.env, timeout=3600)
    assert json.loads(done.stdout)["imported"] == count
    return int(done.stderr.split()[-1]) * 1024 / MEBIBYTE


def test_ten_thousand_entries_come_in_with_little_memory(program, rounds) -> None:
    assert peak(program, rounds(10_000)) < MEMORY


@pytest.mark.nightly
def test_a_hundred_thousand_entries_come_in_with_little_memory(program) -> None:
    assert peak(program, 100_000) < MEMORY

"""However much there is, taking it along and taking it in needs no more memory than anything else."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from test_budgets import MEASURING, MEBIBYTE, MEMORY, TWO_KILOBYTES, measured, run

LOCKED = ("--password-command", "echo amber fjord cactus linen mosaic")
MANY = 100_000


def peak(argv: list[str], env: dict[str, str]) -> int:
    """The most memory a command has at one time, in MiB, however long it takes."""
    done = run([sys.executable, "-c", MEASURING, *argv], env, timeout=1800)
    return int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) // MEBIBYTE


@pytest.mark.parametrize(
    "count", [3_000, pytest.param(10_000, marks=pytest.mark.nightly), pytest.param(MANY, marks=pytest.mark.nightly)]
)
def test_both_ways_stay_within_the_memory_of_any_command(program, tmp_path: Path, count: int) -> None:
    program("init")
    measured("fill", program.folder, count, TWO_KILOBYTES)
    files = [tmp_path / name for name in ("x.journal", "x.json", "years")]
    peaks = {}
    for file in files:
        how = LOCKED if file.suffix == ".journal" else ("--clear",)
        peaks[file.name] = peak([*program.argv, "export", str(file), *how], program.env)
    shutil.rmtree(files[2])
    shutil.rmtree(program.folder)
    program("init")
    peaks["in"] = peak([*program.argv, "import", str(files[0]), "--yes", *LOCKED], program.env)

    assert all(10 < used < MEMORY for used in peaks.values()), f"{peaks} MiB, at most {MEMORY}"
    assert program("list", "--json", "--limit", "1").json["total"] == count
    again = tmp_path / "again.json"
    program("export", "--clear", str(again))
    first, second = (json.loads(file.read_bytes()) for file in (files[1], again))
    assert first["entry"] == second["entry"]

"""What looking back over a year costs: as much in ten years of a hundred thousand entries as of a thousand."""

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from test_budgets import MEASURING, MEBIBYTE, MEMORY, cheapest, measured, run

FEW, MANY = 1_000, 100_000
AT_MOST = 1.5  # times the same with few entries
FILLED = 40  # seconds of the processor's in which many entries are there
YEAR = ("--since", "2025-11-25", "--until", "2026-11-24")
COMMANDS = ("mood", "progress")


@pytest.fixture
def ten_years(installed, session) -> dict[int, dict[str, str]]:
    """Two journals of the same ten years, held open; what their commands run in, by the number of their entries."""
    surroundings = {}
    for count in (FEW, MANY):
        folder = installed.home / str(count)
        env = {**installed.env, "XDG_RUNTIME_DIR": str(session), "JOURNAL_HOME": str(folder)}
        run([*installed.argv, "init"], env)
        assert measured("lived", folder, count)["lived"][0] < FILLED
        run([*installed.argv, "unlock", "--for", "1h"], env)
        del env["JOURNAL_PASSPHRASE_COMMAND"]
        surroundings[count] = env
    return surroundings


def test_a_year_costs_as_much_among_a_hundred_thousand_entries_as_among_a_thousand(installed, ten_years) -> None:
    argv = list(installed.argv)
    for count, env in ten_years.items():
        page = json.loads(run([*argv, "progress", *YEAR, "--json"], env).stdout)
        assert abs(page["entries"] - count / 10) <= count / 1000

    things: dict[str, Callable[[], Any]] = {
        f"{command} {count}": partial(run, [*argv, command, *YEAR], env)
        for command in COMMANDS
        for count, env in ten_years.items()
    }

    def ratios(best: dict[str, float]) -> dict[str, float]:
        return {one: round(best[f"{one} {MANY}"] / best[f"{one} {FEW}"], 2) for one in COMMANDS}

    best = cheapest(things, lambda best: max(ratios(best).values()) <= AT_MOST)

    assert max(ratios(best).values()) <= AT_MOST, f"{ratios(best)} times the same with {FEW}, at most {AT_MOST}; {best}"
    for command in COMMANDS:
        done = run([sys.executable, "-c", MEASURING, *argv, command, *YEAR], ten_years[MANY])
        peak = int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) // MEBIBYTE
        assert 10 < peak < MEMORY, f"{command}: {peak} MiB, at most {MEMORY}"

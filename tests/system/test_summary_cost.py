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


def peak(argv: list[str], env: dict[str, str]) -> int:
    """The most memory a command has at one time, in MiB."""
    done = run([sys.executable, "-c", MEASURING, *argv], env)
    return int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) // MEBIBYTE


@pytest.mark.parametrize("count", [10_000, pytest.param(MANY, marks=pytest.mark.nightly)])
def test_however_many_moods_there_are_in_a_year_they_are_a_page_like_any_other(program, count: int) -> None:
    program("init")
    measured("told", program.folder, count)

    page = program("mood", *YEAR, "--json").json
    assert page["checkins"] == sum(week["n"] for week in page["weeks"]) == count
    assert sum(one["n"] for one in page["times"]) == sum(one["n"] for one in page["weekdays"]) == count
    for command in COMMANDS:
        assert 10 < peak([*program.argv, command, *YEAR], program.env) < MEMORY


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
        most = peak([*argv, command, *YEAR], ten_years[MANY])
        assert 10 < most < MEMORY, f"{command}: {most} MiB, at most {MEMORY}"

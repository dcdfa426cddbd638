"""
How long things take, as ratios within one run.

Each thing is run several times in turn with the others, and the quickest of each is taken: what else
the machine is doing makes a run slower, never quicker.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.moment import moment
from journal_cli.journal.text import count_words, opening
from journal_cli.records import entries
from journal_cli.vault.slots import STANDARD, Header, seal, unseal

PASSPHRASE = "lantern orchid velvet harbor quartz"
ENTRIES = 1000
MEBIBYTE = 1024 * 1024

AT_THE_START = 8  # times bare
AT_WORK = 20  # times bare, key derivation taken off
MEMORY = 150  # MiB, key derivation apart

# A small program between, because a child's peak begins with the size of what it was split off from.
MEASURING = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
assert status == 0, status
print(used.ru_maxrss, file=sys.stderr)
"""


def run(argv: list[str], env: dict[str, str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(argv, env=env, input=given, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done


def quickest(things: dict[str, Callable[[], Any]], times: int) -> dict[str, float]:
    """Do all things in turn, so many times; give the shortest time of each, in seconds."""
    best = dict.fromkeys(things, float("inf"))
    for _ in range(times):
        for name, thing in things.items():
            began = time.perf_counter()
            thing()
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def filled(opened, count: int) -> None:
    """Write so many entries of about a hundred words."""
    first = datetime(2024, 1, 1, 20, tzinfo=UTC)
    with opened() as db, db.changing():
        for number in range(count):
            text = f"Evening {number}. " + "A sentence of nine words that stands for a day. " * 11
            at = moment(first + timedelta(hours=17 * number), "Europe/Warsaw")
            id_ = "".join("0123456789abcdefghjkmnpqrstvwxyz"[number >> shift & 31] for shift in range(0, 40, 5))
            entry = Entry(id=id_, written_at=at, kind=Kind.FREE, word_count=count_words(text), opening=opening(text))
            entries.add(db, WholeEntry(entry, text))


def test_help_version_completion_and_the_hard_hour_open_at_once(installed) -> None:
    env, argv = installed.env, list(installed.argv)
    tab = {**env, "_JOURNAL_COMPLETE": "complete_bash", "COMP_WORDS": "journal ", "COMP_CWORD": "1"}
    assert b"reflect" in run(argv, tab).stdout
    best = quickest(
        {
            "bare": lambda: run([sys.executable, "-c", "pass"], env),
            "--help": lambda: run([*argv, "--help"], env),
            "--version": lambda: run([*argv, "--version"], env),
            "help-now": lambda: run([*argv, "help-now"], env),
            "TAB": lambda: run(argv, tab),
        },
        7,
    )
    ratios = {name: round(seconds / best["bare"], 1) for name, seconds in best.items()}
    assert all(ratio <= AT_THE_START for ratio in ratios.values()), f"{ratios} times bare, at most {AT_THE_START}"


def test_looking_back_and_writing_in_a_journal_of_a_thousand_entries_is_quick(program, written_in) -> None:
    """The program with key derivation that costs nothing: what is left is the program's own time."""
    program("init")
    filled(written_in, ENTRIES)
    env, argv = program.env, list(program.argv)
    things: dict[str, Callable[[], Any]] = {
        "bare": lambda: run([sys.executable, "-c", "pass"], env),
        "list": lambda: run([*argv, "list"], env),
        "search": lambda: run([*argv, "search"], env, b"sentence"),
        "show": lambda: run([*argv, "show", "000"], env),
        "write": lambda: run([*argv, "write"], env, b"One more."),
    }
    program("show", "0000")
    best = quickest(things, 5)
    ratios = {name: round(seconds / best["bare"], 1) for name, seconds in best.items()}
    assert all(ratio <= AT_WORK for ratio in ratios.values()), f"{ratios} times bare, at most {AT_WORK}"


def test_unlocking_costs_the_key_derivation_and_little_more(installed) -> None:
    installed("init")
    installed("write", input="What I kept.")
    header = Header(id="0" * 16, created="2026-11-24")
    slot = seal(bytes(32), PASSPHRASE, journal="0" * 32, header=header, cost=STANDARD, random=os.urandom)
    env = installed.env
    best = quickest(
        {
            "bare": lambda: run([sys.executable, "-c", "pass"], env),
            "derivation": lambda: unseal(slot, PASSPHRASE, journal="0" * 32),
            "list": lambda: run([*installed.argv, "list"], env),
        },
        5,
    )
    allowed = AT_WORK * best["bare"] + best["derivation"]
    told = {name: f"{seconds * 1000:.0f} ms" for name, seconds in best.items()}
    assert best["list"] <= allowed, f"{told}, at most {allowed * 1000:.0f} ms"


def test_no_everyday_command_takes_much_memory(program, written_in) -> None:
    program("init")
    filled(written_in, ENTRIES)
    peaks = {}
    for args in (("list", "--all", "--json"), ("search", "sentence", "--all"), ("mood",), ("progress",), ("demo",)):
        done = run([sys.executable, "-c", MEASURING, *program.argv, *args], program.env)
        peaks[args[0]] = int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) // MEBIBYTE
    assert all(10 < peak < MEMORY for peak in peaks.values()), f"{peaks} MiB, at most {MEMORY}"

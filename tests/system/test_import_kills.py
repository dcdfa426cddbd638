"""An import that is ended at any moment has brought everything or nothing."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal_cli.journal.entry import Filter
from journal_cli.records import arrivals, entries, search

ENTRIES = 1500


def notebook(path: Path) -> Path:
    """A jrnl file of so many entries that bringing them in takes several batches."""
    path.write_text(
        "".join(
            f"[2025-{number % 12 + 1:02}-{number % 28 + 1:02} 09:{number % 60:02}] Day {number} begins.\n"
            + f"A line of it, one of many: {number}. #tag{number % 9}\n" * 8
            + "\n"
            for number in range(ENTRIES)
        ),
        encoding="utf-8",
    )
    return path


def test_an_import_killed_at_random_moments_leaves_everything_or_nothing(program, written_in, rounds) -> None:
    program("init")
    own = program("write", "--json", input="My own text begins.").json["id"]
    file = notebook(program.home / "journal.txt")
    dice = random.Random(20261124)
    began = time.monotonic()
    program("import", str(file), "--yes")
    life = time.monotonic() - began
    program("import", "--undo", "--yes")
    left: list[int] = []
    for number in range(rounds(30)):
        argv = [*program.argv, "import", str(file), "--yes", "--json"]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.env) as process:
            # Half of them anywhere, half of them near the end, where it is saved.
            try:
                process.wait(dice.uniform(0.7 if number % 2 else 0, 1.1) * life)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            answer, _ = process.communicate(timeout=120)
        with written_in() as db:
            there = entries.count(db, Filter()) - 1
            assert there in {0, ENTRIES}
            assert there == ENTRIES or process.returncode
            assert search.search(db, "begins", Filter(), None)[1] == there + 1
            assert db.one("SELECT count(*) FROM arrived") == (there,)
            assert [run.entries for run in arrivals.runs(db)] == ([there] if there else [])
            assert entries.whole(db, own).body == "My own text begins."
        if answer:
            assert there == json.loads(answer)["imported"] == ENTRIES
        left.append(there)
        if there:
            assert program("import", "--undo", "--yes", "--json").json["removed"] == ENTRIES
    assert 0 in left, "nothing was ended: the delays are too long"
    assert program("import", str(file), "--yes", "--json").json["imported"] == ENTRIES
    assert program("verify", "--json").json["ok"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_says_so_and_leaves_nothing(program, written_in, rounds, sent) -> None:
    program("init")
    file = notebook(program.home / "journal.txt")
    dice = random.Random(20261124)
    for _ in range(rounds(9)):
        argv = [*program.argv, "import", str(file), "--yes"]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.env) as process:
            assert process.stderr is not None
            process.stderr.readline()  # it has said that it begins
            time.sleep(dice.uniform(0.05, 0.5))  # in the middle of putting rows into tables
            process.send_signal(sent)
            out, said = process.communicate(timeout=120)

        assert (process.returncode, out) == (130, b""), said
        assert said.decode().splitlines() == [f"journal: stopped by {sent.name}", "  hint: nothing was changed"]
        with written_in() as db:
            assert entries.count(db, Filter()) == 0
            assert arrivals.runs(db) == []


def test_taking_in_an_export_can_be_interrupted_too(program) -> None:
    program("init")
    program("import", str(notebook(program.home / "journal.txt")), "--yes")
    program("export", "--clear", str(program.home / "all.json"))
    program("import", "--undo", "--yes")
    argv = [*program.argv, "import", str(program.home / "all.json"), "--yes"]
    held = {"JOURNAL_HOME": str(program.home / "other")}
    program("init", **held)

    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.env | held) as process:
        time.sleep(1.2)  # it begins to say nothing at all
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=120)

    there = program("list", "--json", **held).json["total"]
    assert b"Traceback" not in said
    assert (process.returncode, there) in {(130, 0), (0, ENTRIES)}, said
    assert bool(out) == bool(there)


# A limit on the size of files stands in for a full disk.
SMALL = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
os.execvp(sys.argv[1], sys.argv[1:])
"""


def test_a_disk_that_is_full_in_the_middle_brings_nothing_and_takes_nothing(program, written_in) -> None:
    program("init")
    own = program("write", "--json", input="My own text.").json["id"]
    file = notebook(program.home / "journal.txt")

    said = program("import", str(file), "--yes", code=15, before=(sys.executable, "-c", SMALL))

    assert said.stdout == ""
    assert "Traceback" not in said.stderr
    with written_in() as db:
        assert entries.count(db, Filter()) == 1
        assert arrivals.runs(db) == []
    assert program("show", own, "--json").json["body"] == "My own text."
    assert program("import", str(file), "--yes", "--json").json["imported"] == ENTRIES
    assert program("verify", "--json").json["ok"]

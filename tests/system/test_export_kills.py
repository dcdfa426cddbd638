"""Ended at any moment, an export leaves a whole file or none, and the taking in of one leaves all of it or nothing."""

import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from journal_cli.vault import container
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

WORDS = "amber fjord cactus linen mosaic"
LOCKED = ("--password-command", f"echo {WORDS}")
ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)
ENTRIES = 300


@pytest.fixture
def full(program, tmp_path):
    """A journal with some years in it, taken in from a document made here."""
    program("init")
    file = tmp_path / "years.json"
    program("write", input="The first.")
    program("export", "--clear", str(file))
    document = json.loads(file.read_bytes())
    [first] = document["entry"]
    document["entry"] += [
        {**first, "id": f"aaaa{number:04}", "body": f"Text {number} begins. " + "A line of it. " * 200}
        for number in range(ENTRIES)
    ]
    file.write_text(json.dumps(document))
    return program, file


def ended(program, argv: list[str], after: float, sent: signal.Signals) -> bool:
    """Begin a command and end it after so many seconds; True if it was still at work."""
    null = subprocess.DEVNULL
    with subprocess.Popen([*program.argv, *argv], stdin=null, stdout=null, stderr=null, env=program.env) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(sent)
        process.wait(60)
    return process.returncode != 0


def life(program, argv: list[str]) -> float:
    began = time.monotonic()
    assert not ended(program, argv, 120, signal.SIGKILL)
    return time.monotonic() - began


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_export_that_is_ended_at_random_leaves_a_whole_file_or_none(full, tmp_path, rounds, sent) -> None:
    program, file = full
    program("import", str(file), "--yes")
    place = tmp_path / "out"
    place.mkdir()
    dice = random.Random(8)
    forms = {"x.json": ("--clear",), "x.journal": LOCKED, "years": ("--clear",)}
    lives = {name: life(program, ["export", str(place / f"whole-{name}"), *args]) for name, args in forms.items()}
    sizes = {name: len((place / f"whole-{name}").read_bytes()) for name in ("x.json", "x.journal")}
    files = len(list((place / "whole-years").rglob("*")))
    stopped = 0
    for number in range(rounds(30)):
        name = list(forms)[number % 3]
        target = place / f"{number}-{name}"
        was_ended = ended(program, ["export", str(target), *forms[name]], dice.uniform(0.3, 1.05) * lives[name], sent)
        stopped += was_ended
        if sent is not signal.SIGKILL:
            assert [one.name for one in place.iterdir() if one.name.startswith(".notes")] == []
        if not target.exists():
            assert was_ended
        elif target.is_dir():
            assert len(list(target.rglob("*"))) == files
        else:
            assert len(target.read_bytes()) == sizes[name]
            _read(target)
    assert stopped > 0


def _read(file: Path) -> None:
    content = file.read_bytes()
    if file.suffix == ".journal":
        content = b"".join(container.unsealed([content], WORDS, bounds=ANY_COST))
    assert len(json.loads(content)["entry"]) == ENTRIES + 1


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_taking_in_that_is_ended_at_random_leaves_all_or_nothing(full, tmp_path, rounds, sent) -> None:
    program, file = full
    shutil.copytree(program.home, tmp_path / "before")

    def take_away() -> None:
        shutil.rmtree(program.home)
        shutil.copytree(tmp_path / "before", program.home)

    dice = random.Random(9)
    stopped = 0
    took = life(program, ["import", str(file), "--yes"])
    take_away()
    for _ in range(rounds(30, 6)):
        was_ended = ended(program, ["import", str(file), "--yes"], dice.uniform(0.2, 1.1) * took, sent)
        stopped += was_ended
        count = program("list", "--json", "--limit", "1").json["total"]
        assert count in {1, ENTRIES + 1}
        if count > 1:
            assert program("verify", "--json").json["ok"]
            take_away()
    assert stopped > 0

"""Several windows at once: each gets its turn, and one that cannot wait says so."""

import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from journal_cli.journal.entry import Filter
from journal_cli.records import drafts, entries

# A window that stays open and writes again and again, with the time of each wait.
WINDOW = """
import sys
from journal_cli.cli.desk import Desk
from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.records import entries
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
desk = Desk(cost=CHEAPEST, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
desk.open()
name, times = sys.argv[1:]
sys.stdin.readline()
for number in range(int(times)):
    text = f"Window {name}, text {number}."
    entry = Entry(id=desk.new_id(), written_at=desk.now(), kind=Kind.FREE, word_count=4, opening=text)
    entries.add(desk.journal, WholeEntry(entry, text))
    print(entry.id, text, sep=":", flush=True)
desk.close()
"""


def test_eight_windows_that_write_at_once_leave_eight_entries(program) -> None:
    program("init")
    texts = [f"Window {number} writes." for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda text: program("write", "--json", input=text), texts))
    assert len({one.json["id"] for one in said}) == 8
    assert program("list", "--json").json["total"] == 8
    assert sorted(program("show", one.json["id"], "--json").json["body"] for one in said) == texts


def test_two_windows_that_write_three_hundred_times_each_lose_nothing_and_never_fail(
    program, written_in, rounds
) -> None:
    program("init")
    times = rounds(300)
    pipe = subprocess.PIPE
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", WINDOW, name, str(times)], stdin=pipe, stdout=pipe, stderr=pipe, env=program.env
        )
        for name in ("one", "two")
    ]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda window: window.communicate(b"\n", timeout=300), windows))
    assert [window.returncode for window in windows] == [0, 0]
    assert {line for _, talk in told for line in talk.decode().splitlines()} <= {WAITING}
    reported = dict(line.split(":", 1) for answer, _ in told for line in answer.decode().splitlines())
    assert len(reported) == 2 * times
    with written_in() as db:
        found, total = entries.listing(db, Filter(), None)
        assert total == 2 * times
        assert {one.id: entries.whole(db, one.id).body for one in found} == reported


WAITING = "Another window is writing; waiting for it …"


@contextmanager
def held(written_in, how: str):
    """Another window in the middle of a change."""
    with written_in() as db:
        db.connection.execute(f"BEGIN {how}")
        yield db
        db.connection.execute("ROLLBACK")


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_is_held_too_long_ends_with_14_and_the_text_waits_sealed_and_comes_back(
    program, written_in, files_of, how
) -> None:
    program("init")
    program("write", input="Before.")
    before = files_of(program.folder)
    with held(written_in, how):
        began = time.monotonic()
        said = program("write", "--json", input="While it is held.", code=14)
        assert time.monotonic() - began >= 5
        if how == "IMMEDIATE":
            assert program("list", "--json").json["total"] == 1
    assert said.stdout == ""
    *waiting, message, hint, kept = said.stderr.splitlines()
    # Whoever holds it exclusively is in the way of the opening already, before there is anything to say.
    assert waiting == ([WAITING] if how == "IMMEDIATE" else [])
    assert re.fullmatch(r"journal: another window is writing to this journal( \(process \d+\))?", message)
    assert hint == "  hint: close the other window, then try again; nothing was changed"
    assert kept.startswith("What you wrote is not lost: it waits, encrypted, beside the journal.")
    (sealed,) = files_of(program.folder).keys() - before.keys()
    assert {name: file for name, file in files_of(program.folder).items() if name != sealed} == before
    assert sealed.startswith("waiting/")
    assert b"held" not in (program.folder / sealed).read_bytes()
    program("write", input="Afterwards.")
    assert program("list", "--json").json["total"] == 2
    assert not (program.folder / "waiting").exists()
    with written_in() as db:
        assert [(draft.kind, draft.text) for draft in drafts.drafts(db)] == [("free", "While it is held.")]


def test_a_lock_that_is_let_go_in_time_is_waited_for(program, written_in) -> None:
    program("init")
    release = threading.Event()

    def hold() -> None:
        with held(written_in, "IMMEDIATE"):
            release.wait(60)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        timer = threading.Timer(4.5, release.set)
        timer.start()
        said = program("write", input="After a wait.")
        timer.join()
    assert said.stderr.splitlines()[0] == WAITING
    assert program("list", "--json").json["total"] == 1
    assert not (program.folder / "journal.db-journal").exists()

"""Whenever the power fails, what was said to be kept is there, whole, and everything fits together."""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import power
import pytest

from journal_cli.errors import JournalError, WrongKey
from journal_cli.journal.entry import Filter
from journal_cli.records import entries, search
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import backup, recovery, vault, verify
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

# The same question is asked in every run, smaller, by tests/vault/test_remaining_faults.py.
pytestmark = pytest.mark.nightly

BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)
TODAY = date(2026, 11, 24)
OLD, NEW = "lantern orchid velvet harbor quartz", "meadow candle river pebble stone"
SEED = 20261124
ENTRIES = 40
ALL, IN_CI = 1000, 200  # states
IN_MEMORY = Path("/dev/shm")  # noqa: S108  # thousands of states are written and forgotten; a folder of its own is made

# Sittings of ten entries; in every second one SQLite may keep little in memory, as with texts of many megabytes.
WRITER = """
import json, sys
from datetime import UTC, date, datetime
from pathlib import Path
from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.moment import moment
from journal_cli.records import entries
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.seen import Watch
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
root, passphrase, setting = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
bodies = json.load(sys.stdin)
unlocked = vault.unlock(root / "journal", passphrase, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
watch = Watch(root / "state" / "seen", date(2026, 11, 24), lambda db: db.one("SELECT count(*) FROM entry")[0])
for start in range(0, len(bodies), 10):
    with unlocked.open(STEP_COUNT, load_steps, memory_security=False, watch=watch) as db:
        if start % 20:
            db.connection.execute("PRAGMA cache_size = 8")
        if setting:
            db.connection.execute(f"PRAGMA synchronous = {setting}")
        for number, body in enumerate(bodies[start : start + 10], start):
            at = moment(datetime(2026, 11, 24, 20, number, tzinfo=UTC), "Europe/Warsaw")
            entry = Entry(id=f"{number:08d}", written_at=at, kind=Kind.FREE, word_count=9, opening=body[:72])
            entries.add(db, WholeEntry(entry, body))
            print(f"kept {number}", flush=True)
"""

# A journal is made, its passphrase changed, a backup made; each with what is said after it.
KEEPER = """
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import backup, ring, vault
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
root, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
folder, bounds, today = root / "journal", Bounds(lowest=CHEAPEST, highest=HIGHEST), date(2026, 11, 24)
made, _ = vault.create(folder, old, today=today, cost=CHEAPEST)
print(f"made {made.journal} {made.master_key.hex()}", flush=True)
with made.open(STEP_COUNT, load_steps, memory_security=False) as db:
    print("opened", flush=True)
    ring.change(made, ring.slots(folder, bounds=bounds)[0], new, ring.Making(today, CHEAPEST, bounds))
    print("changed", flush=True)
    backup.make(db, made, now=datetime(2026, 11, 24, 20, tzinfo=UTC), bounds=bounds)
    print("backed up", flush=True)
"""


def body(number: int) -> str:
    """A text of which a half is told from the whole; every fifth is of several pages of the database."""
    return f"Text {number} begins.\n" + f"A line of it: {number}.\n" * (400 if number % 5 == 0 else 30) + "Its end."


@pytest.fixture
def states(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Give how many states to look at: of a thousand all of them nightly, two hundred otherwise."""
    nightly = request.config.getoption("--nightly")
    return lambda full: full if nightly else full * IN_CI // ALL


class Traced:
    """A program's changes of a folder, and the folder as it was before."""

    def __init__(self, place: Path, strace: tuple[str, ...], code: str, *args: str, given: str = "") -> None:
        self.place, self.before = place, place / "before"
        root, trace = place / "root", place / "trace"
        shutil.copytree(root, self.before)
        argv = [*strace, *power.WATCH, str(trace), sys.executable, "-c", code, str(root), *args]
        done = subprocess.run(argv, input=given.encode(), capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr.decode()
        self.events = power.events_in(trace, root, self.before)
        trace.unlink()

    def cuts(self, number: int) -> Iterator[tuple[str, Path, list[str]]]:
        """
        Cut the power so many times: the name of the state, its folder, and what had been said.

        A quarter of the cuts come right after something was said, before anything else could make it last.
        """
        dice = Random(SEED)
        after = [place for place, event in enumerate(self.events, 1) if isinstance(event, power.Said)]
        anywhere = [dice.randint(0, len(self.events)) for _ in range(number - number // 4)]
        moments = sorted([*anywhere, *dice.choices(after, k=number // 4)])
        with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else self.place) as place:
            left = Path(place) / "left"
            states = power.after_cuts(self.before, self.events, moments, left, SEED)
            for moment, said in zip(moments, states, strict=True):
                yield f"after {moment} of {len(self.events)} changes", left, said
                shutil.rmtree(left)


@pytest.fixture
def written(tmp_path: Path, strace: tuple[str, ...]) -> Callable[..., tuple[vault.Vault, Traced]]:
    """Trace the writer in a new journal, with this setting of `synchronous` or the program's own."""

    def trace(setting: str = "", number: int = ENTRIES) -> tuple[vault.Vault, Traced]:
        (tmp_path / "root" / "state").mkdir(parents=True)
        unlocked, _ = vault.create(tmp_path / "root" / "journal", OLD, today=TODAY, cost=CHEAPEST)
        unlocked.open(STEP_COUNT, load_steps, memory_security=False).close()
        given = json.dumps([body(each) for each in range(number)])
        return unlocked, Traced(tmp_path, strace, WRITER, OLD, setting, given=given)

    return trace


def complaints(unlocked: vault.Vault) -> list[str]:
    """What `verify` finds: every page, the structure, the search index, the rows against their sum, and the keys."""
    before = verify.key_files(unlocked.folder, bounds=BOUNDS)
    return [
        f"{one.name}: {one.said}" for one in verify.checks(unlocked, before, watch=None, bounds=BOUNDS) if not one.ok
    ]


def wrong(unlocked: vault.Vault, left: Path, acknowledged: int) -> str:
    """What is wrong after a cut: nothing, `lost`, `half`, `older`, or what `verify` says."""
    here = replace(unlocked, folder=left / "journal")
    watch = Watch(left / "state" / "seen", TODAY, lambda db: entries.count(db, Filter()))
    try:
        with here.open(STEP_COUNT, load_steps, memory_security=False, watch=watch) as db:
            if db.standing.held:
                return str(db.standing.held)
            there = {one.entry.id: one.body for one in entries.every(db, Filter())}
            findable = search.search(db, "begins", Filter(), None)[1]
        bad = complaints(here)
    except JournalError as failure:
        return type(failure).__name__
    if bad:
        return ", ".join(bad)
    if any(there.get(f"{each:08d}") != body(each) for each in range(acknowledged)):
        return "lost"
    # The one that was being written may be there, and is whole then.
    whole = {f"{each:08d}": body(each) for each in range(len(there))}
    return "" if there == whole and findable == len(there) <= acknowledged + 1 else "half"


def test_whenever_the_power_fails_no_entry_that_was_reported_is_lost_and_none_is_half_there(written, states) -> None:
    """Fault 26."""
    unlocked, traced = written()
    rolled_back, ends = 0, set()
    for name, left, said in traced.cuts(states(ALL)):
        rolled_back += (left / "journal" / "journal.db-journal").exists()
        ends.add(len(said))
        assert not wrong(unlocked, left, len(said)), name
    assert rolled_back > states(ALL) // 4
    assert len(ends) > ENTRIES // 2


@pytest.mark.parametrize("setting", ["OFF", "FULL"])
def test_a_journal_that_syncs_less_is_seen_to_lose_entries(written, states, setting) -> None:
    """The replay can fail: without syncs much is lost or damaged; without that of the folder, the last entry is."""
    unlocked, traced = written(setting)
    found = [wrong(unlocked, left, len(said)) for _, left, said in traced.cuts(states(500))]
    assert "lost" in found or "older" in found
    if setting == "OFF":
        assert set(found) - {"", "lost", "older"}
        assert found.count("") < len(found) // 2
    else:
        assert set(found) <= {"", "lost", "older"}


def stands(left: Path, journal: str, master_key: str, said: list[str]) -> str:
    """What is wrong with a journal that was being made, given other words, and backed up; nothing if all is well."""
    folder = left / "journal"
    paper = recovery.written(bytes.fromhex(master_key))
    words = [NEW] if "changed" in said else [OLD, NEW]
    if not said and not vault.is_present(folder):
        vault.create(folder, OLD, today=TODAY, cost=CHEAPEST)  # as if nothing had been there
        return ""
    unlocked = opens(folder, words)
    assert unlocked.journal == journal
    assert vault.unlock(folder, paper, bounds=BOUNDS).master_key == unlocked.master_key
    with unlocked.open(STEP_COUNT, load_steps, memory_security=False) as db:
        entries.count(db, Filter())
    made = backup.every(backup.place_of(folder))
    for one in made:
        backup.check(one.database, unlocked)
        opens(one.place, [NEW])
    assert made or "backed up" not in said
    return ", ".join(complaints(unlocked))


def opens(folder: Path, words: list[str]) -> vault.Vault:
    """Unlock with the first of these that opens; that none does must never be."""
    for passphrase in words[:-1]:
        with contextlib.suppress(WrongKey):
            return vault.unlock(folder, passphrase, bounds=BOUNDS)
    return vault.unlock(folder, words[-1], bounds=BOUNDS)


def test_whenever_the_power_fails_while_a_journal_is_made_given_other_words_and_backed_up_it_stands(
    tmp_path, strace, states
) -> None:
    (tmp_path / "root").mkdir()
    traced = Traced(tmp_path, strace, KEEPER, OLD, NEW)
    words = "".join(one.words for one in traced.events if isinstance(one, power.Said))
    _, journal, master_key = words.splitlines()[0].split()
    for name, left, said in traced.cuts(states(ALL // 2)):
        assert not stands(left, journal, master_key, said), name

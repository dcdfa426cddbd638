"""Where everything is measured: a home with the journals of each size, held open by the agent."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from commands import Command, Place, plan
from notebooks import SEED, as_jrnl
from rounds import say
from timing import Sample, WentWrong, timed

from journal_cli.records.steps import STEP_COUNT

HERE = Path(__file__).parent
PASSPHRASE = "lantern orchid velvet harbor quartz"
HELD = "6h"


def program() -> list[str]:
    """Give how the program begins: as a shell finds it, else as a module."""
    beside = Path(sys.executable).with_name("journal")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "journal_cli"]


class Workplace:
    """
    A folder with a home and journals; closing it closes the journals, and throws it away unless it is kept.

    Args:
        kept: A folder that stays; journals that are there are used again. None for one that does not.

    Attributes:
        first: The number before that of the first round.
    """

    def __init__(self, kept: Path | None) -> None:
        self._is_kept = kept is not None
        self.folder = (kept or Path(tempfile.mkdtemp(prefix="bench-"))).resolve()
        for name in ("home", "tmp", "journals", "out"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._session = Path(tempfile.mkdtemp(prefix="s-"))  # short: a socket lies in it
        self._held: list[Path] = []
        runs = self.folder / "runs"
        self.first = 1_000 * int(runs.read_text() if runs.exists() else "0")  # new texts are not those of earlier runs
        runs.write_text(str(self.first // 1_000 + 1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._held:  # one `lock` closes all of them
            self.run(self._held[0], "lock", asks=False, speaks=False)
        shutil.rmtree(self._session)
        if not self._is_kept:
            shutil.rmtree(self.folder)

    def env(self, journal: Path | None = None, *, asks: bool = False, **more: str) -> dict[str, str]:
        """Give what a command runs in: through the agent, or with the passphrase at hand and no agent."""
        home = self.folder / "home"
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(self.folder / "tmp"), "COLUMNS": "80"}
        env |= {"LANG": "C.UTF-8", "TZ": "Europe/Warsaw", "JOURNAL_HOME": str(journal or home / "no-journal")}
        env |= {"XDG_RUNTIME_DIR": str(home if asks else self._session), **more}
        return env | ({"JOURNAL_PASSPHRASE_COMMAND": f"echo '{PASSPHRASE}'"} if asks else {})

    def run(self, journal: Path, *args: str, asks: bool, speaks: bool = True, given: bytes = b"") -> Sample:
        """Run the program once on a journal."""
        return timed([*program(), *args], self.env(journal, asks=asks), given, speaks=speaks)[0]

    def hold(self, journal: Path) -> None:
        """Let the agent hold a journal open."""
        env = {**self.env(journal, asks=True), "XDG_RUNTIME_DIR": str(self._session)}
        subprocess.run([*program(), "unlock", "--for", HELD], env=env, check=True, capture_output=True)
        self._held.append(journal)

    def place(self, count: int) -> Place:
        """Give a journal of so many entries, made unless it is there, and held open."""
        journal, out = (self.folder / name / str(count) for name in ("journals", "out"))
        mark, now = self.folder / "journals" / f"{count}.made", f"seed {SEED}, step {STEP_COUNT}"
        if not mark.exists() or mark.read_text() != now:
            say(f"making a journal of {count:,} entries")
            for old in (journal, out):
                shutil.rmtree(old, ignore_errors=True)
            out.mkdir()
            self.run(journal, "init", asks=True)
            filling = [sys.executable, str(HERE / "filling.py"), str(journal), str(count), PASSPHRASE]
            timed(filling, self.env(), speaks=False)
            timed(
                [sys.executable, str(HERE / "floor.py"), "make", str(out / "bare.db"), str(count)],
                self.env(),
                speaks=False,
            )
            (out / "plan.toml").write_text(plan(Place(count, journal, out)), encoding="utf-8")
            mark.write_text(now)
        self.hold(journal)
        place = Place(count, journal, out)
        with contextlib.suppress(WentWrong):  # it lies there only after a run that was broken off
            self.run(journal, "trash", "restore", place.ids()["deleted"], asks=False, speaks=False)
        return place

    def does(self, command: Command, place: Place, number: int, *, asks: bool = False) -> Sample:
        """Measure a command once, in a journal of its own if it wants one."""
        args, given = command.filled(place, number)
        if not command.afresh:
            return self.run(place.journal, *args, asks=asks or command.asks, speaks=command.speaks, given=given)
        journal = self.folder / "journals" / f"new-{place.count}-{number}"
        shutil.rmtree(journal, ignore_errors=True)
        self.run(journal, "init", asks=True)
        self.hold(journal)
        if not (file := place.out / "jrnl.txt").exists():
            as_jrnl(file, place.count)
        took = self.run(journal, *args, asks=False, speaks=command.speaks, given=given)
        shutil.rmtree(journal)
        return took

"""jrnl 4.6 in an environment of its own, with the same entries, in the clear or locked."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from commands import MIDDLING, NEW
from notebooks import as_jrnl, note, text
from timing import Sample, timed

VERSION = "4.6"
PASSWORD = "amber fjord cactus linen mosaic"
# %r is what its file holds; nothing is drawn in colours, and no editor opens.
CONFIG = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals:
  default:
    journal: {journal}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v{version}
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """
    What jrnl does, and what of ours it stands beside.

    Args:
        name: As the table says it.
        ours: The name of our command.
        args: jrnl's arguments; `{day}` and `{out}` are filled in.
        given: What it reads.
        faster: How many times as fast ours is to be, with 10,000 entries in the clear; 0 for no promise.
    """

    name: str
    ours: str
    args: tuple[str, ...]
    given: str = ""
    faster: float = 0


DEEDS: Final = (
    Deed("list, the last 20", "list", ("-n", "20", "--short"), faster=5),
    Deed("show one entry", "show", ("-on", "{day}", "-n", "1")),
    Deed(
        "search, the last 20 found", "search, a middling word", ("-contains", MIDDLING, "-n", "20", "--short"), faster=5
    ),
    Deed("add one entry", "write", (), given="{text}", faster=30),
    Deed("export, JSON", "export, JSON", ("--format", "json", "--file", "{out}"), faster=5),
)


def install(kept: Path) -> Path:
    """
    Give the Python that jrnl is installed for; it is installed once.

    Raises:
        subprocess.CalledProcessError: If it cannot be installed here.
    """
    python = kept / "bin" / "python"
    done = kept / "installed"
    if not done.exists():
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(kept)],
            [str(python), "-m", "pip", "install", "--quiet", f"jrnl=={VERSION}"],
        ):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        done.touch()
    return python


@dataclass(frozen=True, slots=True)
class Jrnl:
    """
    One notebook of jrnl's.

    Args:
        program: The `jrnl` that a shell would find.
        folder: Its settings, and its home.
        count: Entries.
        locked: Its file is encrypted; the password is read first, from the same pipe as all else.
    """

    program: Path
    folder: Path
    count: int
    locked: bool

    def run(self, args: tuple[str, ...], given: str = "", *, asks: bool, speaks: bool = True) -> tuple[Sample, bytes]:
        """Run it once, without a terminal."""
        env = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "Europe/Warsaw"}
        env |= {"PYTHONWARNINGS": "ignore", "COLUMNS": "80"}
        read = (f"{PASSWORD}\n" if asks else "") + given
        argv = [str(self.program), "--config-file", str(self.folder / "jrnl.yaml"), *args]
        return timed(argv, env, read.encode(), speaks=speaks)

    def does(self, deed: Deed, number: int) -> Sample:
        """Measure one deed; an entry is added through its arguments where the pipe brings the password."""
        values = {
            "day": f"{note(self.count // 2, self.count).at:%Y-%m-%d}",
            "out": str(self.folder / "all.json"),
            "text": text(NEW + number),
        }
        args, given = tuple(arg.format(**values) for arg in deed.args), deed.given.format(**values)
        if self.locked and given:
            args, given = (given,), ""
        return self.run(args, given, asks=self.locked, speaks=not given and not deed.given)[0]


def made(python: Path, folder: Path, count: int, *, locked: bool) -> Jrnl:
    """Write a notebook of so many entries, unless it is there; jrnl locks it itself."""
    it = Jrnl(python.with_name("jrnl"), folder, count, locked)
    if (folder / "made").exists():
        return it
    folder.mkdir(parents=True, exist_ok=True)
    journal = folder / "journal.txt"
    as_jrnl(journal, count)
    (folder / "jrnl.yaml").write_text(CONFIG.format(journal=journal, version=VERSION), encoding="utf-8")
    if locked:
        it.run(("--encrypt",), f"{PASSWORD}\n{PASSWORD}\nn\n", asks=False, speaks=False)
        if not journal.read_bytes().startswith(b"JRNLv3"):
            raise ValueError("jrnl did not lock its file")
    (folder / "made").touch()
    return it

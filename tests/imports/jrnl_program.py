"""jrnl 4.6 itself, in an environment of its own, and the journals it writes here."""

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

VERSION = "4.6"
PASSWORD = "żółta latarnia 7"
CONFIG = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: {encrypt}
highlight: true
indent_character: '|'
journals:
  default:
    journal: {journal}
linewrap: 79
tagsymbols: '{signs}'
template: false
timeformat: '{timeformat}'
version: v{version}
"""


def installed(kept: Path) -> Path:
    """Give the Python that jrnl is installed for; it is installed once, whoever of several comes first."""
    python = kept / "bin" / "python"
    with (kept.parent / f"{kept.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = kept / "installed"
        if not done.exists():
            for command in (
                [sys.executable, "-m", "venv", str(kept)],
                [str(python), "-m", "pip", "install", "--quiet", f"jrnl=={VERSION}"],
            ):
                made = subprocess.run(command, capture_output=True, text=True, check=False)
                if made.returncode:
                    pytest.skip(f"jrnl {VERSION} cannot be installed here")
            done.touch()
    return python


@dataclass(frozen=True)
class Jrnl:
    """One journal of jrnl's, with its settings outside of it."""

    python: Path
    folder: Path
    journal: Path
    is_locked: bool = False

    def __call__(self, *arguments: str, typed: str = "") -> str:
        """Run it; a password is read from standard input, for there is no terminal."""
        told = subprocess.run(
            [str(self.python), "-m", "jrnl", "--config-file", str(self.folder / "jrnl.yaml"), *arguments],
            input=(f"{PASSWORD}\n" if self.is_locked else "") + typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore"},
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    def takes(self, text: str) -> None:
        """Let it import a text, which it then writes in its own way."""
        given = self.folder / "given.txt"
        given.write_text(text, encoding="utf-8")
        self("--import", "--file", str(given))

    def entries(self) -> list[dict[str, Any]]:
        """Give what it says of its entries in JSON."""
        found: list[dict[str, Any]] = json.loads(self("--format", "json"))["entries"]
        return found


def jrnl_at(
    python: Path, folder: Path, journal: str = "journal.txt", *, timeformat: str = "%F %r", signs: str = "#@"
) -> Jrnl:
    """Make a journal for it: a file, or a folder if the name ends in `/`."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "notebook" / journal.rstrip("/")
    (place if journal.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
    written = CONFIG.format(
        encrypt="false", journal=f"{place}/" if journal.endswith("/") else place, signs=signs, timeformat=timeformat,
        version=VERSION,
    )  # fmt: skip
    (folder / "jrnl.yaml").write_text(written, encoding="utf-8")
    return Jrnl(python, folder, place)

"""Where things live. The only module that knows paths."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import platformdirs

from journal_cli.journal.text import visible_line


def journal_folder() -> Path:
    """Give the folder of the journal: `JOURNAL_HOME`, else the platform's place for a user's data."""
    named = os.environ.get("JOURNAL_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("journal"))


def runtime_folder() -> Path:
    """
    Give the folder for what must not outlive the login session: the agent's socket.

    This is `$XDG_RUNTIME_DIR/journal` if the system made that place for this person, else
    a folder named by the person's number under `$TMPDIR` or `/tmp`. The vault makes it, and
    looks whose it is each time.
    """
    if sys.platform == "win32":  # no agent there
        return Path(platformdirs.user_runtime_dir("journal"))
    session = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    with contextlib.suppress(OSError):  # a session of somebody else's, or one that has ended
        if session.is_absolute() and session.stat().st_uid == os.getuid():
            return session / "journal"
    scratch = Path(os.environ.get("TMPDIR", ""))
    return (scratch if scratch.is_absolute() else Path("/tmp")) / f"journal-{os.getuid()}"  # noqa: S108  # checked by the vault


def state_folder() -> Path:
    """Give the folder for what this computer remembers of journals, apart from them: `$XDG_STATE_HOME/journal`."""
    named = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".local" / "state") / "journal"


def memory_folders() -> tuple[Path, ...]:
    """Give the places that lie in memory on most systems: the login session's own, then the one of shared memory."""
    session = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    places = (*((session,) if session.is_absolute() else ()), Path("/dev/shm"))  # noqa: S108  # what lies there is private
    return tuple(place for place in places if place.is_dir())


def page_folders() -> tuple[Path, ...]:
    """Give every place where a page of the person's own editor may lie."""
    return tuple(dict.fromkeys((*memory_folders(), *scratch_folders())))


def scratch_folders() -> tuple[Path, ...]:
    """Give the places where programs put what they mean to throw away."""
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  # only looked into
    return tuple(dict.fromkeys(Path(place) for place in places))


def short(path: Path) -> str:
    """Write a path as people read it: `~` for their own folder, nothing that a terminal would obey."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    return visible_line(text)

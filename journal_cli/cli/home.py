"""Where things live. The only module that knows paths."""

import os
from pathlib import Path

import platformdirs

from journal_cli.journal.text import visible_line


def journal_folder() -> Path:
    """Give the folder of the journal: `JOURNAL_HOME`, else the platform's place for a user's data."""
    named = os.environ.get("JOURNAL_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("journal"))


def short(path: Path) -> str:
    """Write a path as people read it: `~` for their own folder, nothing that a terminal would obey."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    return visible_line(text)

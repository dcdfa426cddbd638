"""Where things live, and what the machine says about where it is. The only module that knows paths."""

import os
from pathlib import Path

import platformdirs

from journal_cli.journal.text import visible_line

LOCALTIME = Path("/etc/localtime")
TIMEZONE = Path("/etc/timezone")


def journal_folder() -> Path:
    """Give the folder of the journal: `JOURNAL_HOME`, else the platform's place for a user's data."""
    named = os.environ.get("JOURNAL_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("journal"))


def short(path: Path) -> str:
    """Write a path as people read it: `~` for their own folder, nothing that a terminal would obey."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    return visible_line(text)


def zone_name() -> str:
    """Give the IANA name of the machine's time zone; `UTC` if it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and not named.startswith("/"):
        return named
    if LOCALTIME.is_symlink():
        target = str(LOCALTIME.readlink())
        if "zoneinfo/" in target:
            return target.split("zoneinfo/", 1)[1].removeprefix("posix/")
    try:
        return TIMEZONE.read_text(encoding="utf-8").strip() or "UTC"
    except OSError:
        return "UTC"


def language_of_locale() -> str:
    """Give the language of the locale: `pl` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "pl" if value.lower().startswith("pl") else "en"
    return "en"

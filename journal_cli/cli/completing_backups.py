"""The backups beside the journal, as a shell's TAB offers them: their names need no key."""

from journal_cli.cli.completing_sources import Asked, Choice
from journal_cli.vault import backup


def backups(asked: Asked) -> list[Choice]:
    """Give `latest`, then every name, newest first; nothing where there is none."""
    names = [one.name for one in backup.every(backup.place_of(asked.desk.folder))]
    return [(name, "") for name in ("latest", *names)] if names else []

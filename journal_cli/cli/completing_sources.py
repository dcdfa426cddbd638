"""Who knows what a value can be: for each name in a help page, the function a shell's TAB asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journal_cli.cli.desk import Desk

Choice = tuple[str, str]  # a word, and what it means; either in the person's language

FILES = frozenset({"files", "folders"})  # the shell knows these itself
SHELLS = ("bash", "zsh", "fish")

_SHIPPED = "journal_cli.cli.completing_shipped"
_CHOICES = "journal_cli.cli.completing_choices"
_KEPT = "journal_cli.cli.completing_kept"

# By what the help page calls the value; a command before it says whose value is meant.
SOURCES: Mapping[str, str] = {
    "SESSION": f"{_SHIPPED}:sessions",
    "reflect SESSION": f"{_SHIPPED}:sessions_and_programs",
    "THEME": f"{_SHIPPED}:themes",
    "PROGRAM": f"{_SHIPPED}:programs",
    "KIND": f"{_CHOICES}:kinds",
    "WORD": f"{_SHIPPED}:feelings",
    "ITEM=NUMBER": f"{_SHIPPED}:check_in_items",
    "0-7": f"{_CHOICES}:levels",
    "KEY": f"{_CHOICES}:settings",
    "VALUE": f"{_CHOICES}:values",
    "SHELL": f"{_CHOICES}:shells",
    "ZONE": f"{_CHOICES}:zones",
    "measure show NAME": f"{_SHIPPED}:questionnaires",
    "measure take NAME": f"{_SHIPPED}:questionnaires",
    "backup restore NAME": "journal_cli.cli.completing_backups:backups",
    "ID": f"{_KEPT}:entries",
    "trash restore ID": f"{_KEPT}:trashed",
    "limit list ID": f"{_KEPT}:limits",
    "limit show ID": f"{_KEPT}:limits",
    "limit note ID": f"{_KEPT}:limits",
    "limit rest ID": f"{_KEPT}:open_limits",
    "limit take-up ID": f"{_KEPT}:resting_limits",
    "goal rate ID": f"{_KEPT}:open_goals",
    "goal rest ID": f"{_KEPT}:open_goals",
    "goal take-up ID": f"{_KEPT}:resting_goals",
    "share ID": f"{_KEPT}:shares",
    "prompts remove ID": f"{_KEPT}:added_packs",
    "TAG": f"{_KEPT}:tags",
    "list NAME": f"{_KEPT}:people",
    "search NAME": f"{_KEPT}:people",
    "export NAME": f"{_KEPT}:people",
    "FILE": "files",
    "DIR": "folders",
    "FOLDER": "folders",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a shell asks for.

    Args:
        path: The command, without `journal`.
        word: What is typed of the word at the cursor.
        given: The arguments before it.
        desk: Where commands work.
    """

    path: str
    word: str = field(repr=False)
    given: tuple[str, ...] = field(repr=False)
    desk: Desk


def source_of(path: str, takes: str) -> str:
    """
    Tell who knows what a value can be.

    Args:
        path: The command, without `journal`.
        takes: What its help page calls the value.

    Returns:
        A function as `module:attribute`, `files` or `folders`; empty if nobody knows.
    """
    return SOURCES.get(f"{path} {takes}") or SOURCES.get(takes, "")


def needs_agent(source: str) -> bool:
    """Whether somebody knows only what is kept in the journal, so that it has to be held open."""
    return source.startswith(_KEPT)

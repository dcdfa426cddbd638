"""The journal and its copies together: opening both, and saying or undoing what copies still hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from journal_cli.cli.desk import Desk
from journal_cli.errors import JournalError, NothingToDo, Protected
from journal_cli.records import trash
from journal_cli.records.naming import Thing
from journal_cli.screen.ask import yes_no
from journal_cli.vault import backup, restore
from journal_cli.vault.backup import Backup
from journal_cli.vault.database import Database
from journal_cli.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Holders:
    """
    What copies hold of things that are gone from the journal.

    Args:
        holding: Those that hold some of it.
        unknown: Those that cannot be looked into: damaged, or of an earlier master key.
        rewritten: Those that were written anew without it.
    """

    holding: tuple[Backup, ...] = ()
    unknown: tuple[Backup, ...] = ()
    rewritten: tuple[Backup, ...] = ()


def opened(desk: Desk) -> Vault:
    """
    Open the journal, and give its folder, unlocked: what copies are made and opened with.

    Raises:
        NoJournal, WrongKey, Damaged, TooNew, Busy, Refused: As unlocking and opening say.
    """
    desk.open()
    return desk.vault


def agree(desk: Desk, question: str) -> None:
    """
    Ask before something is replaced.

    Raises:
        Protected: If there is nobody to ask.
        NothingToDo: If the answer is no.
    """
    if not desk.is_person:
        raise Protected("this needs --yes when there is nobody to ask", hint="nothing was changed")
    if desk.asker.ask(yes_no("yes or no", question)) != "y":
        raise NothingToDo("nothing was changed")


def still_holding(here: Vault, things: Sequence[tuple[Thing, str]]) -> Holders:
    """Tell which copies still hold these things: backups, and what restores replaced."""
    copies = [*backup.every(backup.place_of(here.folder)), *restore.replaced(here.folder)]
    holding, unknown = backup.holding(here, copies, lambda copy: trash.holds(copy, things))
    return Holders(tuple(holding), tuple(unknown))


def taken_out(journal: Database, here: Vault, things: Sequence[tuple[Thing, str]]) -> Holders:
    """
    Write every copy that holds these things anew without them, and remove what crashes left.

    One that cannot be written anew is as it was, and is among those that still hold it.

    Raises:
        Damaged, Busy, Refused: If the journal itself cannot be changed just now, or a copy cannot be removed.
    """
    with journal.changing():
        pass  # what cannot be taken out of the journal stays in its copies
    found = still_holding(here, things)
    rewritten, left = [], []
    for one in found.holding:
        try:
            backup.rewrite_without(one, here, lambda copy: trash.remove(copy, things))
            rewritten.append(one)
        except JournalError:
            left.append(one)
    restore.forget_crashes(here.folder)
    return Holders(tuple(left), found.unknown, tuple(rewritten))


def say(desk: Desk, holders: Holders) -> None:
    """Say, by their days, which copies hold what is gone, or no longer do."""
    for name, copies in (
        ("rewritten", holders.rewritten),
        ("still_holding", holders.holding),
        ("cannot_tell", holders.unknown),
    ):
        if copies:
            desk.say(desk.words.count(f"backup.{name}", len(copies), days=days(desk, copies)))


def days(desk: Desk, copies: Sequence[Backup]) -> str:
    """Write the days of some copies, each once, the newest first."""
    told = dict.fromkeys(desk.words.day(one.at.astimezone().date(), year=True) for one in copies)
    return ", ".join(told)


def as_json(holders: Holders) -> dict[str, list[str]]:
    """Write which copies hold what is gone, by their names."""
    return {
        "holding": [one.name for one in holders.holding],
        "unknown": [one.name for one in holders.unknown],
        "rewritten": [one.name for one in holders.rewritten],
    }

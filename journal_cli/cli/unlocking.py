"""Unlocking and opening the journal: what is done first, and what is said about it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

import typer

from journal_cli.cli.watching import said_at_opening, watch_of
from journal_cli.journal.words import Words
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import rekey, vault
from journal_cli.vault.database import Database
from journal_cli.vault.process import prepare_process
from journal_cli.vault.slots import Bounds
from journal_cli.vault.vault import Vault


class Place(Protocol):
    """Where a journal lies, and where a passphrase is asked for: the desk."""

    last_words: list[str]

    @property
    def folder(self) -> Path:
        """Where the journal is."""

    @property
    def bounds(self) -> Bounds:
        """Which costs are accepted in a key file."""

    @property
    def words(self) -> Words:
        """What the program says."""

    @property
    def today(self) -> date:
        """The present day."""

    def secret_vault(self) -> Vault:
        """Open the vault with a secret that is asked for now."""

    def back_up_before_steps(self, opened: Vault, older: Database) -> None:
        """Make a backup of an older journal before its tables change."""


def unlocked(desk: Place, held_open: Callable[[], Vault | None]) -> Vault:
    """
    Unlock the journal's folder.

    Args:
        desk: Where it lies, and where a passphrase is asked for.
        held_open: Gives what a running `journal unlock` holds.
    """
    prepare_process()
    vault.takes_passphrase(desk.folder, bounds=desk.bounds)
    there = held_open() or desk.secret_vault()
    if there.key_files_missing:
        desk.last_words.append(desk.words("desk.key_files_missing"))
    if there.replacing:
        desk.last_words.append(desk.words(f"keys.{there.replacing}"))
    return there


def opened(desk: Place, there: Vault, *, memory_security: bool) -> Database:
    """Open the unlocked journal, and say what there is to be said about it; see `library.connect`."""
    journal = there.open(
        STEP_COUNT,
        load_steps,
        before_steps=lambda older: desk.back_up_before_steps(there, older),
        memory_security=memory_security,
        watch=watch_of(there.journal, desk.today),
    )
    journal.waiting = lambda: typer.echo(desk.words("desk.another_window"), err=True)
    if rekey.paper_is_due(journal):
        desk.last_words.append(desk.words("keys.paper_due"))
    for sentence in said_at_opening(desk.words, journal):
        typer.echo(sentence, err=True)
    return journal

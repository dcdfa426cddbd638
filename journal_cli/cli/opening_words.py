"""The words that open the journal: from a command, or asked for at the terminal."""

import os
from pathlib import Path

import typer

from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.errors import WrongKey
from journal_cli.journal.words import Words
from journal_cli.screen.secret import ask_secret
from journal_cli.vault.slots import Bounds
from journal_cli.vault.vault import Vault, unlock

TRIES = 3  # wrong passphrases at a terminal before giving up


def secret_vault(folder: Path, bounds: Bounds, words: Words) -> Vault:
    """
    Open the vault with a passphrase or the recovery key, asked for now.

    Args:
        folder: The journal's folder.
        bounds: Which costs are accepted in its key file.
        words: What the program says.

    Raises:
        WrongKey: If it was wrong three times at a terminal, or the command's once.
    """
    if command := os.environ.get("JOURNAL_PASSPHRASE_COMMAND"):
        return unlock(folder, passphrase_from(command), bounds=bounds)
    for tried in range(1, TRIES + 1):
        secret = ask_secret(words("desk.passphrase"))
        try:
            return unlock(folder, secret, bounds=bounds)
        except WrongKey as wrong:
            if tried == TRIES:
                raise
            typer.echo(words.failure(wrong)[0], err=True)
    raise AssertionError

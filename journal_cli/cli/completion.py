"""`journal completion`: what a shell needs to complete commands, options and what they take."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from journal_cli.cli.completing_sources import SHELLS
from journal_cli.cli.rooms import leaf
from journal_cli.errors import NotFound

app = leaf()

Shell = Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.", show_default=False)]


@app.command("completion")
def completion(shell: Shell) -> None:
    """
    Print what your shell needs for completion.

    One line turns it on. In ~/.bashrc, in ~/.zshrc, in ~/.config/fish/config.fish:

      eval "$(journal completion bash)"
      eval "$(journal completion zsh)"
      journal completion fish | source

    Or keep what is printed in a file: _journal in a folder of zsh's fpath, or
    ~/.config/fish/completions/journal.fish.

    Commands, options, themes, sessions and settings are completed without unlocking anything. Ids, tags and people
    only while `journal unlock` holds the journal open: ids by day and kind, and with `discreet` on no tag and no name.
    """
    if shell not in SHELLS:
        near = difflib.get_close_matches(shell, SHELLS, n=1)
        hint = "did you mean {near}?" if near else "there is one for bash, zsh and fish"
        raise NotFound("there is no completion for {shell}", shell=shell[:40], hint=hint, near="".join(near))
    typer.echo(Path(__file__).with_name(f"completion.{shell}").read_text(encoding="utf-8"), nl=False)

"""`journal completion`: what a shell needs to complete commands and options."""

from typing import Annotated

import typer
from typer.completion import get_completion_script  # type: ignore[attr-defined]  # importable, though not declared as exported

from journal_cli.cli.rooms import leaf
from journal_cli.errors import NotFound

app = leaf()

SHELLS = ("bash",)

Shell = Annotated[str, typer.Argument(metavar="SHELL", help="bash; zsh and fish come later.", show_default=False)]


@app.command("completion")
def completion(shell: Shell) -> None:
    """
    Print what your shell needs for completion.

      eval "$(journal completion bash)"
    """
    if shell not in SHELLS:
        raise NotFound("there is no completion for {shell} yet", shell=shell[:40], hint="bash works")
    typer.echo(get_completion_script(prog_name="journal", complete_var="_JOURNAL_COMPLETE", shell=shell))

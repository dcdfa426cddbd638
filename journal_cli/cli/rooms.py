"""How a command's room is made, how it finds the desk, and the options nearly all of them have."""

from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.front import Room

Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs to read.")]
Plain = Annotated[bool, typer.Option("--plain", help="One thing a line: no colour, no redrawing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")]

SETTINGS = {"help_option_names": ["-h", "--help"]}


def leaf() -> typer.Typer:
    """Make the room of a single command."""
    return typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=SETTINGS
    )


def group() -> typer.Typer:
    """Make the room of a command with commands of its own."""
    return typer.Typer(
        cls=Room,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )


def at_desk(ctx: typer.Context, *, plain: bool = False) -> Desk:
    """Give the desk a command works at; `plain` is its own --plain."""
    desk = ctx.ensure_object(Desk)
    desk.plain = desk.plain or plain
    return desk

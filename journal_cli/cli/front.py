"""The front desk's manners: it knows every command by name, and opens a room only when asked."""

import gc
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from journal_cli.cli import streams
from journal_cli.cli.light import fast, lighten
from journal_cli.errors import Interrupted, JournalError, Refused

BUG = 1
COMPLETING = "journal_cli.cli.completing:answer"


def at(target: str) -> Any:
    """Give what is called `module:attribute`, and open its module only now."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


def with_examples(command: Any) -> Any:
    """Keep indented lines of a help page as they stand, one example a line; a paragraph would be filled otherwise."""
    if command.help:
        command.help = command.help.replace("\n\n  ", "\n\n\b\n  ")
    for inner in getattr(command, "commands", {}).values():
        with_examples(inner)
    return command


class Room(TyperGroup):
    """A group of commands that starts fast."""

    def get_help_option(self, ctx: Any) -> Any:
        """Give the usual --help, without what makes it slow."""
        return fast(super().get_help_option(ctx))


class Card(TyperCommand):
    """
    A command's name and one line of help, standing in for the command itself.

    Args:
        name: What a person types.
        target: Where the command lives, as `module:attribute`.
        help: One line.
        section: The heading it stands under.
    """

    def __init__(self, name: str, target: str, help: str, section: str) -> None:  # noqa: A002  # typer's own word
        super().__init__(name=name, help=help, callback=None, rich_help_panel=section)
        self.target = target
        self.section = section

    def open(self) -> Any:
        """Import the room and build its real command."""
        command = lighten(get_command(at(self.target)))
        command.name = self.name
        # What stands now stands until the end; rubbish is looked for only in what comes after. See `main.door`.
        gc.freeze()
        gc.enable()
        return with_examples(command)


class Front(Room):
    """A group whose help and completion read cards, and whose dispatch opens rooms."""

    cards: ClassVar[tuple[Card, ...]] = ()
    tell: ClassVar[Callable[[Any, JournalError], tuple[str, str]]] = staticmethod(lambda _, e: (str(e), e.hint))

    def __init__(self, *, commands: Any = None, **settings: Any) -> None:
        super().__init__(commands={**(commands or {}), **{card.name or "": card for card in self.cards}}, **settings)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is typer's
        """List commands in the order of the cards."""
        return [card.name or "" for card in self.cards]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command by name, opening its room if all we hold is a card."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.open() if isinstance(command, Card) else command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; say an expected failure on stderr and leave with its code."""
        try:
            return super().invoke(ctx)
        except JournalError as error:
            failure = error
        except KeyboardInterrupt:
            failure = Interrupted("stopped", hint="")
        except (typer.Exit, typer.Abort):
            raise
        except BrokenPipeError:
            # The reader went away (`journal list | head`): nothing is wrong, and nothing more can be said.
            streams.flush()
            raise typer.Exit(0) from None
        except OSError:
            # The disk and the journal have failures of their own; what is left is a stream that takes nothing.
            if streams.flush():
                raise
            failure = Refused("the answer could not be written: there is no room where it was sent", hint="")
        message, hint = type(self).tell(ctx, failure)
        if message:
            typer.echo(f"journal: {message}", err=True)
        else:  # left at once: nothing is to be seen
            streams.clear_screen()
        if hint:
            typer.echo(f"  hint: {hint}", err=True)
        raise typer.Exit(failure.exit_code)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # the signature is typer's
        """List the commands under their sections, in the order of the cards."""
        widest = max(len(card.name or "") for card in self.cards)
        for section in dict.fromkeys(card.section for card in self.cards):
            rows = [
                ((card.name or "").ljust(widest), card.help or "") for card in self.cards if card.section == section
            ]
            with formatter.section(section):
                formatter.write_dl(rows)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the program, or answer a shell that asks what could come next."""
        if "_JOURNAL_COMPLETE" in os.environ:
            at(COMPLETING)(settings.get("obj"))
            sys.exit(0)
        try:
            return super().main(*args, **settings)
        except SystemExit as end:
            if not streams.flush() and end.code == 0:
                sys.exit(Refused.exit_code)
            raise
        except Exception as bug:  # noqa: BLE001  # the last door: what comes here is ours to mend, and may hold a person's words
            _say_bug(bug)
            sys.exit(BUG)


def _say_bug(bug: Exception) -> None:
    """Say where a bug is without a single value: the message of an exception may hold what somebody wrote."""
    typer.echo(
        f"journal: this is a bug in the journal ({type(bug).__name__}); nothing you wrote is shown here", err=True
    )
    for frame in traceback.extract_tb(bug.__traceback__)[-6:]:
        typer.echo(f"  {os.path.basename(frame.filename)}:{frame.lineno} {frame.name}", err=True)  # noqa: PTH119  # a name, not a path

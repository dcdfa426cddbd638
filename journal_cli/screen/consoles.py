"""The consoles that answers and talk are printed on."""

import sys

from rich.console import Console

from journal_cli.screen.look import Look
from journal_cli.screen.theme import theme

NARROWEST, WIDEST = 20, 120  # columns


def console(*, stderr: bool, plain: bool) -> Console:
    """
    Make a console on stdout or stderr: markup, emoji names and highlighting are off, so that text stays text.

    Args:
        stderr: True for talk, False for answers.
        plain: No colour and no styles; also where the stream is no terminal.
    """
    stream = sys.stderr if stderr else sys.stdout
    plain = plain or not stream.isatty()
    made = Console(
        stderr=stderr,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if plain else "auto",
        no_color=True if plain else None,
        soft_wrap=not stream.isatty(),
    )
    made.width = max(NARROWEST, min(made.width, WIDEST))
    made.push_theme(theme(look_of(made, plain=plain)))
    return made


def look_of(made: Console, *, plain: bool) -> Look:
    """Tell how wide and how plain a console is, and whether it takes more than ASCII."""
    unicode = (made.encoding or "").lower().startswith("utf")
    return Look(made.width, plain=plain, colour=not made.no_color, ascii=not unicode)

"""What the tests of the screens share: words, a window of any width, and a few invented evenings."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from itertools import product

from rich.cells import cell_len
from rich.console import Console, RenderableType

from journal_cli.journal.moment import Moment
from journal_cli.journal.words import Words
from journal_cli.packs import shelf
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import theme

THEMES = {"trust-self": "trust in yourself", "boundaries": "boundaries"}
HOSTILE = "\x1b[31mred\x1b[0m \u202eback\u2066 \x07\x9b"


@cache
def words(language: str) -> Words:
    return shelf.words(language, "look_back", "calendar")


@cache
def voice(language: str = "en") -> Voice:
    return Voice(words(language), shelf.feelings(language), THEMES)


def looks() -> list[Look]:
    """Every window a screen is tried in."""
    kinds = product((40, 80, 120), (False, True), (False, True))
    return [Look(width, plain, colour=not plain, ascii=only_ascii) for width, plain, only_ascii in kinds]


def show(renderable: RenderableType, look: Look) -> str:
    """Show it on a terminal that takes every code, so that nothing is lost on the way."""
    out = StringIO()
    Console(
        file=out,
        width=look.width,
        force_terminal=True,
        color_system="truecolor",
        no_color=not look.colour,
        theme=theme(look),
        legacy_windows=False,
    ).print(renderable)
    return out.getvalue()


def lines(renderable: RenderableType, look: Look) -> list[str]:
    """Show it without its styles, and see that no line is wider than the window."""
    bare = show(renderable, Look(look.width, plain=True, colour=False)) if look.plain else _unstyled(renderable, look)
    shown = bare.splitlines()
    assert all(cell_len(line) <= look.width for line in shown), max(shown, key=cell_len)
    assert all(line == line.rstrip() for line in shown), "a line ends in spaces"
    return shown


def _unstyled(renderable: RenderableType, look: Look) -> str:
    out = StringIO()
    Console(file=out, width=look.width, color_system=None, theme=theme(look)).print(renderable)
    return out.getvalue()


def at(text: str, zone: str = "Europe/Warsaw", offset: int = 60) -> Moment:
    """Read a local time such as `2026-11-24 21:08`."""
    local = datetime.fromisoformat(text)
    return Moment((local - timedelta(minutes=offset)).replace(tzinfo=UTC), zone, offset)

"""Plain sentences with one of the styles, for whoever speaks but draws nothing."""

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

View = RenderableType
"""Anything that can be shown."""


def quiet(text: str) -> View:
    """Say something that stays in the background."""
    return Text(text, "quiet")


def strong(text: str) -> View:
    """Say a heading."""
    return Text(text, "strong")


def accent(text: str) -> View:
    """Say what matters here."""
    return Text(text, "accent")


def parts(*pieces: tuple[str, str]) -> View:
    """Say pieces on one line, each with its style; "" for none."""
    return Text.assemble(*pieces)


def rule(*, ascii_only: bool) -> View:
    """Draw a line between two parts of a page."""
    return Rule(style="quiet", characters="-" if ascii_only else "─")

"""Counts over a period: what was written about, and on which days."""

from dataclasses import dataclass
from datetime import date

from journal_cli.journal.moment import Moment


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """How often a theme was visited: entries, sittings, and when last."""

    theme: str
    entries: int
    sittings: int
    last_at: Moment


@dataclass(frozen=True, slots=True)
class Tally:
    """
    What a period holds.

    Args:
        entries: How many entries.
        days: The writer's own days on which something was written, oldest first, once each.
        themes: The themes visited, most entries first.
    """

    entries: int
    days: tuple[date, ...] = ()
    themes: tuple[ThemeTally, ...] = ()

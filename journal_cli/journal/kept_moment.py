"""Moments that were kept: one when trust grew or shrank, one when the critic spoke and a kinder line answered."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from journal_cli.journal.moment import Moment
from journal_cli.journal.text import is_empty, opening

LONGEST_BEGINNING = 280  # characters of a moment that a look back shows


class MomentKind(StrEnum):
    """What an answer is a moment of."""

    TRUST = "trust"
    KINDNESS = "kindness"


@dataclass(frozen=True, slots=True)
class KeptMoment:
    """
    A moment as a look back tells it; the entry it begins is an ordinary one.

    Args:
        kind: Of trust or of kindness.
        at: When it was written.
        entry: Id of the entry.
        text: How it begins, see `beginning`; for kindness, what the critic said.
        kinder: How the kinder line begins; None if there is none.
    """

    kind: MomentKind
    at: Moment
    entry: str
    text: str = field(repr=False)
    kinder: str | None = field(default=None, repr=False)


def beginning(text: str) -> str:
    """Give the first paragraph that says something on one line, made visible; `…` says that it goes on after 280."""
    paragraph = next((one for one in re.split(r"\n\s*\n", text) if not is_empty(one)), "")
    return opening(" ".join(paragraph.split()), LONGEST_BEGINNING)

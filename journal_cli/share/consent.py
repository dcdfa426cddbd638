"""Consent: exactly what would leave, shown before it does."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from journal_cli.share.document import LeftOut
from journal_cli.share.redact import Changed

ROWS, COLUMNS = 55, 80  # of one page


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What would leave, where to, and what would not.

    Args:
        text: Every word of the file: of one that can be read as it is, the file itself.
        out: The file.
        form: Of the forms of a plan.
        to: A label for who it is for.
        left_out: What stays.
        changed: Names that were changed.
        people: Marked names that are still in it.
    """

    text: str = field(repr=False)
    out: str
    form: str
    to: str = field(repr=False)
    left_out: LeftOut
    changed: Changed
    people: tuple[str, ...] = field(default=(), repr=False)

    @property
    def pages(self) -> tuple[str, ...]:
        """The text in pages of 55 rows of 80 columns; put together they are the text."""
        return tuple(_pages(self.text))


def digest(content: bytes) -> str:
    """Give the SHA-256 of what left, in hexadecimal, for the ledger."""
    return hashlib.sha256(content).hexdigest()


def _pages(text: str) -> Iterator[str]:
    page, rows = "", 0
    for line in text.splitlines(keepends=True):
        for row in _rows(line):
            if rows == ROWS:
                yield page
                page, rows = "", 0
            page += row
            rows += 1
    if page:
        yield page


def _rows(line: str) -> Iterator[str]:
    """Cut a line into rows, at a space where there is one."""
    rest = line
    while (most := _fitting(rest)) < len(rest.rstrip("\n")):
        cut = rest.rfind(" ", 1, most + 1)
        cut = cut + 1 if cut > 0 else most
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _fitting(text: str) -> int:
    """Count the characters that fit into one row, at least one."""
    columns = 0
    for place, sign in enumerate(text):
        columns += 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if columns > COLUMNS:
            return max(place, 1)
    return len(text)

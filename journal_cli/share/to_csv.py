"""
The numbers of a document as CSV, one number a row.

In UTF-8 with a mark at its beginning, because a spreadsheet takes the letters for others without one,
and with the line ends of RFC 4180. Numbers are numbers with a decimal point; a text that a spreadsheet
would reckon with stands behind an apostrophe.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from journal_cli.insight.moods import Spread
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.share.document import (
    Block,
    Document,
    FeelingWords,
    Goals,
    Limits,
    MeasureRow,
    Measures,
    MoodWeeks,
    Sittings,
    as_written,
)

Row = tuple[str, str, str, float]  # a day or nothing, what it is about, what is counted, and the number

COLUMNS = ("csv_kind", "day", "csv_about", "csv_what", "csv_number")
_RECKONED = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def to_csv(document: Document, words: Words) -> bytes:
    """
    Write the numbers of a document as CSV.

    Args:
        document: What leaves; texts that are no name of a number are passed over.
        words: The language of the page.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow([words(f"share.{name}") for name in COLUMNS])
    for block in document.blocks:
        for day, about, what, number in _rows(block, words):
            kind = words(f"share.{_BLOCKS[type(block)][0]}")
            table.writerow([*map(_text, (kind, day, about, what)), _number(number)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def has_numbers(document: Document, words: Words) -> bool:
    """Tell whether a document has a number to write."""
    return any(True for block in document.blocks for _ in _rows(block, words))


def _text(text: str) -> str:
    """Keep a text from being reckoned with: what a spreadsheet would run is shown as it was written."""
    plain = visible_line(text).strip()
    return f"'{plain}" if plain.startswith(_RECKONED) else plain


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{round(value, 2):g}"


def _rows(block: Block, words: Words) -> Iterator[Row]:
    if type(block) in _BLOCKS:
        yield from _BLOCKS[type(block)][1](block, words)


def _feelings(block: FeelingWords, words: Words) -> Iterator[Row]:
    yield from (("", word, words("share.noted"), n) for word, n in block.words)
    if block.cant_tell:
        yield "", words("share.cant_tell_short"), words("share.noted"), block.cant_tell


def _limits(block: Limits, words: Words) -> Iterator[Row]:
    for row in block.rows:
        for name, n in (("kept", row.kept), ("partly", row.partly), ("crossed", row.crossed)):
            yield "", row.text, words(f"share.limit_{name}"), n


def _goals(block: Goals, words: Words) -> Iterator[Row]:
    for row in block.rows:
        for name, found in (("goal_first", row.first), ("goal_last", row.last)):
            if found is not None:
                yield as_written(found[0]), row.text, words(f"share.{name}"), found[1]


def _measures(block: Measures, words: Words) -> Iterator[Row]:
    for row in block.rows:
        yield from _measured(row, words)


def _weeks(block: MoodWeeks, words: Words) -> Iterator[Row]:
    """Give the weeks; in a gap stands the zero of how often, and no number besides."""
    for week in block.weeks:
        day = as_written(week.start)
        yield day, words("share.week"), words("share.noted"), week.n
        for name, found in (("pleasant", week.pleasant), ("energy", week.energy)):
            for which, value in _spread(found):
                said = words(f"share.csv_{which}", name=words(f"share.{name}"))
                yield day, words("share.week"), said, value


def _spread(found: Spread | None) -> tuple[tuple[str, float], ...]:
    return () if found is None else (("low", found.low), ("median", found.median), ("high", found.high))


def _sittings(block: Sittings, words: Words) -> Iterator[Row]:
    for row in block.rows:
        for name, mood in (("csv_before", row.before), ("csv_after", row.after)):
            if mood is not None and mood.pleasant is not None:
                yield as_written(row.day), row.title, words(f"share.{name}"), mood.pleasant


def _measured(row: MeasureRow, words: Words) -> Iterator[Row]:
    day = as_written(row.day)
    if row.total is not None:
        yield day, row.name, words("share.csv_total"), row.total
    if row.before is not None:
        yield as_written(row.before[0]), row.name, words("share.csv_total"), row.before[1]
    for item in row.items:
        if item.answer is not None:
            yield day, row.name, words("share.csv_item", n=item.number, label=item.label).strip(" ,"), item.answer


# The name of each block that has numbers, and how they are told.
_BLOCKS: dict[type[Block], tuple[str, Callable[[Any, Words], Iterator[Row]]]] = {
    MoodWeeks: ("mood", _weeks),
    FeelingWords: ("words", _feelings),
    Sittings: ("sittings", _sittings),
    Limits: ("limits", _limits),
    Goals: ("goals", _goals),
    Measures: ("measures", _measures),
}

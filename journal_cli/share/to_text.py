"""
A document as plain text, folded to a width: what a person reads before any form of it leaves.

Every word of the page is in it, and nothing that could steer a terminal. Mood is drawn from signs
of ASCII beside its words, as far as there is room.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from journal_cli.insight.moods import Spread
from journal_cli.journal.text import visible, visible_line
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Page,
    Part,
    Quoted,
    Rule,
    Sentence,
    Table,
    Weeks,
    Written,
)

COLUMNS = 80
LEAST = 20  # columns; narrower is not tried

_APART = (Heading, Quoted, Written, Rule)  # parts that an empty line stands before, unless a heading does
_TAB = 4
_GAP = 2  # columns between the cells of a table
_FOLDED = 10  # columns a cell keeps when its table is folded, if it has as many
_INDENT = ("  ", "  ")  # of a first and of further lines
_BLOCK = 2  # the level of a heading of ours; one of an entry holds words of the person's own
_SCALE = 3  # moods reach from -3 to 3
_STEPS = 13  # signs of a picture: half steps
_WIDE = "WF"
_CLINGING = {"Mn", "Me", "Cf"}
_SKIN = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAG = {chr(letter) for letter in range(0x1F1E6, 0x1F200)}
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"


def to_text(page: Page, columns: int = COLUMNS) -> bytes:
    """
    Write a page as text, in UTF-8.

    Args:
        page: What leaves.
        columns: No line is wider; fewer than 20 are taken for 20.
    """
    columns = max(columns, LEAST)
    lines = list(_head(page, columns))
    before: Part = Rule()
    for part in page.parts:
        written = _part(part, columns)
        if written and isinstance(part, _APART) and not isinstance(before, Heading):
            lines.append("")
        lines += written
        before = part if written else before
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def width(text: str) -> int:
    """Count the columns a line takes on a terminal: wide signs are two, marks and joined signs none."""
    return len(text) if text.isascii() else sum(columns for _, columns in _clusters(text))


def folded(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """
    Fold a line at spaces, and a word that is longer than a line wherever it is full.

    Args:
        text: One line; white space it begins with is kept.
        columns: No line is wider.
        first: Stands before the first line.
        rest: Stands before every further one, as wide.
    """
    lines = [""]
    room = columns - width(first)
    indent = len(text) - len(text.lstrip(" "))
    for place, word in enumerate(text[indent:].split(" ")):
        beside = room - width(word)
        lead = " " if place else " " * min(indent, room // 2, beside if beside >= 0 else room)
        if width(lines[-1]) + len(lead) + width(word) <= room:
            lines[-1] += lead + word
        elif width(word) <= room:
            lines.append(word)
        else:
            _cut(lines, lead, word, room)
    return [(rest if place else first) + line for place, line in enumerate(lines)]


def _cut(lines: list[str], lead: str, word: str, room: int) -> None:
    """Go on with a word that no line can hold, sign by sign."""
    if width(lines[-1]) + len(lead) < room:
        lines[-1] += lead
    taken = width(lines[-1])
    for cluster, columns in _clusters(word):
        if taken + columns > room:
            lines.append("")
            taken = 0
        lines[-1] += cluster
        taken += columns


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Part a text into what stands in one place, each with the columns it takes."""
    held, columns = "", 0
    for sign in text:
        if held and (_clings(sign) or held.endswith(_JOINER) or _flag(held, sign)):
            held += sign
            columns = 2 if sign == _EMOJI_STYLE or _flag(held[:-1], sign) else columns
            continue
        if held:
            yield held, columns
        held, columns = sign, _columns(sign)
    if held:
        yield held, columns


def _columns(sign: str) -> int:
    if _clings(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def _clings(sign: str) -> bool:
    return unicodedata.category(sign) in _CLINGING or sign in _SKIN


def _flag(held: str, sign: str) -> bool:
    """Tell whether two letters of a flag are one."""
    return len(held) == 1 and held in _FLAG and sign in _FLAG


def _head(page: Page, columns: int) -> Iterator[str]:
    title, by = visible_line(page.title).strip(), visible_line(page.by)
    between = columns - width(title) - width(by)
    if between >= _GAP:
        yield title + " " * between + by
    else:
        yield from folded(title, columns)
        yield from folded(by, columns)
    yield from folded(visible_line(page.promise), columns)
    yield "-" * columns


def _part(part: Part, columns: int) -> list[str]:
    """Write one part, line by line."""
    match part:
        case Heading(text, level):
            written = folded(visible_line(text).upper() if level == _BLOCK else visible_line(text), columns)
        case Sentence(text):
            written = folded(visible_line(text), columns, *_INDENT)
        case Numbered(lines):
            written = [line for place, text in enumerate(lines, start=1) for line in _item(f"{place}.", text, columns)]
        case Listed(lines):
            written = [line for text in lines for line in _item("-", text, columns)]
        case Table(names, rows):
            written = _table(names, rows, columns)
        case Weeks():
            written = _weeks(part, columns)
        case Quoted(text):
            written = _paragraphs(text, columns, "> ")
        case Written(text):
            written = _paragraphs(text, columns, "")
        case Rule():
            written = ["-" * columns]
    return written


def _item(sign: str, text: str, columns: int) -> list[str]:
    lead = f"{_INDENT[0]}{sign} "
    return folded(visible_line(text).strip(), columns, lead, " " * len(lead))


def _paragraphs(text: str, columns: int, lead: str) -> list[str]:
    """Write text of several lines; empty ones at its ends are left out, and several are one."""
    lines = [line.expandtabs(_TAB).rstrip() for line in visible(text).split("\n")]
    written: list[str] = []
    for line in lines:
        if line:
            written += folded(line, columns, lead, lead)
        elif written and written[-1] != lead:
            written.append(lead)
    while written and written[-1] == lead:
        written.pop()
    return written


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Write a table in columns, folded if it is too wide, and row by row in words if even that is too wide."""
    cells = [[visible_line(cell).strip() for cell in row] for row in (names, *rows)]
    widths = _fitted(cells, columns - len(_INDENT[0]))
    if widths is None:
        return _told(cells[0], cells[1:], columns)
    return [line for row in cells for line in _row(row, widths)]


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [folded(cell, room) for cell, room in zip(row, widths, strict=True)]
    for line in zip_longest(*parts, fillvalue=""):
        filled = (part + " " * (room - width(part)) for part, room in zip(line, widths, strict=True))
        yield _INDENT[0] + (" " * _GAP).join(filled)


def _fitted(cells: Sequence[Sequence[str]], columns: int) -> list[int] | None:
    """Find widths at which a table fits: as wide as it wants to be, else its widest columns folded."""
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    least = [
        min(wanted, max(_FOLDED, *(width(word) for cell in column for word in ("", *cell.split(" ")))), columns // 2)
        for wanted, column in zip(widths, zip(*cells, strict=True), strict=True)
    ]
    room = columns - _GAP * (len(widths) - 1)
    while sum(widths) > room:
        over = [place for place, wanted in enumerate(widths) if wanted > least[place]]
        if not over:
            return None
        widths[max(over, key=lambda place: widths[place])] -= 1
    return widths


def _told(names: Sequence[str], rows: Iterable[Sequence[str]], columns: int) -> list[str]:
    written: list[str] = []
    for row in rows:
        if written:
            written.append("")
        for name, cell in zip(names, row, strict=True):
            if cell:
                written += folded(f"{name}: {cell}" if name else cell, columns, *_INDENT)
    return written


def _weeks(part: Weeks, columns: int) -> list[str]:
    """Write weeks with a picture of each measure there is room for; the words alone if there is none."""
    names, weeks = part.names, part.weeks
    both = [(*week.row[:3], _drawn(week.pleasant), week.row[3], _drawn(week.energy)) for week in weeks]
    one = [row[:5] for row in both]
    for titles, rows in (((*names[:3], "", names[3], ""), both), ((*names[:3], "", names[3]), one)):
        for parted in (False, True):  # a name may be folded for the sake of a picture, a week may not
            widths = [
                max(width(text) for text in (*(name.split(" ") if parted else [name]), *cells))
                for name, *cells in zip(titles, *rows, strict=True)
            ]
            if sum(widths) + _GAP * (len(widths) - 1) + len(_INDENT[0]) <= columns:
                return [line for row in (titles, *rows) for line in _row(row, widths)]
    return _table(names, part.table.rows, columns)


def _drawn(spread: Spread | None) -> str:
    """Draw how far a week reached and where its middle lay, over a row of dots from -3 to 3."""
    if spread is None:
        return ""
    low, middle, high = (round((value + _SCALE) * 2) for value in (spread.low, spread.median, spread.high))
    signs = [". "[place % 2] for place in range(_STEPS)]
    signs[low : high + 1] = "-" * (high + 1 - low)
    signs[low], signs[high] = "[", "]"
    signs[middle] = "|"
    return "".join(signs)

"""
Lines folded at words for the editor, and what a person sees as one character.

A row is a stretch of a line that is shown on one row of the screen. Rows break after spaces; a word that
is wider than the screen breaks where it must, but never inside what is seen as one character: a letter
with its marks, an emoji of several parts, a flag.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from prompt_toolkit.utils import get_cwidth

JOINER = "\u200d"
SKIN = range(0x1F3FB, 0x1F400)
FLAGS = range(0x1F1E6, 0x1F200)
TAB = "    "
HIDDEN = "·"  # stands for a character that would steer the terminal

_PIECE = re.compile(r"[^ \t]*[ \t]*")
# Control characters, separators, and the signs that turn the direction of writing.
_STEERS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")

Row = tuple[int, int]


def shown(text: str) -> str:
    """Give what of a text may be drawn: tabs as four spaces, and nothing that steers the terminal."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERS.sub(HIDDEN, text).replace("\t", TAB)


def cells(text: str) -> int:
    """Count the columns of a text as it is drawn."""
    drawn = shown(text)
    return len(drawn) if drawn.isascii() else sum(map(_cells_of_one, drawn))


@lru_cache(maxsize=4096)
def _cells_of_one(character: str) -> int:
    return get_cwidth(character)


def rows(line: str, width: int) -> list[Row]:
    """
    Fold a line.

    Args:
        line: Without its line end.
        width: Columns there are, at least 2.

    Returns:
        Where each row begins and ends in the line; an empty line has one empty row. Spaces at which a
        row breaks belong to it, even where there is no column left for them.
    """
    if len(line) < width and line.isascii():
        return [(0, len(line))]
    found: list[Row] = []
    start, used = 0, 0
    for piece in _PIECE.finditer(line):
        wide, solid = cells(piece.group()), cells(piece.group().rstrip(" \t"))
        if used and solid and used + solid > width:
            found.append((start, piece.start()))
            start, used = piece.start(), 0
        if solid > width:
            for begin in _breaks(line, piece.start(), piece.end(), width):
                found.append((start, begin))
                start = begin
            wide = cells(line[start : piece.end()])
        # Spaces at the end of a row may hang over its edge; nothing but they fits behind them.
        used += wide
    return [*found, (start, len(line))]


def _breaks(line: str, start: int, end: int, width: int) -> Iterator[int]:
    """Give where a word that is wider than a row goes on in further rows."""
    used, place = 0, start
    while place < end:
        after = next_character(line, place)
        wide = cells(line[place:after])
        if used and used + wide > width and line[place] not in " \t":
            yield place
            used = 0
        used += wide
        place = after


def next_character(text: str, place: int) -> int:
    """Give where the character at a place ends, as a person sees characters."""
    end = place + 1
    if place >= len(text):
        return len(text)
    if ord(text[place]) in FLAGS and end < len(text) and ord(text[end]) in FLAGS:
        end += 1
    while end < len(text) and (_adds_on(text[end]) or text[end - 1] == JOINER):
        end += 1
    return end


def previous_character(text: str, place: int) -> int:
    """Give where the character before a place begins, as a person sees characters."""
    # Nothing that is seen as one is longer than this; the line's beginning always begins one.
    begin = max(text.rfind("\n", 0, place - 1) + 1, place - 64, 0)
    while begin < len(text) and begin and _adds_on(text[begin]):
        begin += 1
    before = begin
    while begin < place:
        before, begin = begin, next_character(text, begin)
    return min(before, max(place - 1, 0))


def _adds_on(character: str) -> bool:
    """Tell whether a character is a part of the one before it."""
    if character < "\u0300":
        return False
    return (
        character == JOINER
        or ord(character) in SKIN
        or 0xFE00 <= ord(character) <= 0xFE0F
        or unicodedata.category(character) in {"Mn", "Me"}
    )

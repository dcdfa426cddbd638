"""What a search asks for, and the passage of a text where it stands."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

BEFORE = 60  # characters shown before what was found
LONGEST = 200  # characters of a passage
CUT = "…"

# As in the search index: for Unicode, these are not a letter and a mark, but one letter.
_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")
_WORD = re.compile(r"[^\W_]+")
_MARK = "[\u0300-\u036f]"  # an accent written as a sign of its own
_NOT_ASKED = re.compile('[\x00"\ud800-\udfff]')


@dataclass(frozen=True, slots=True)
class Part:
    """
    One thing that has to be there: a word, or a phrase.

    Args:
        text: As typed; it holds a letter or digit.
        open: True if its last word may go on.
    """

    text: str = field(repr=False)
    open: bool


def parts_of(typed: str) -> list[Part]:
    """
    Read what was typed; any text is fine.

    A pair of double quotes makes a phrase. A quote without its other half, and any other sign, only
    parts words. A single letter or digit means just that, for half of all words begin with it.
    """
    pieces = typed.split('"')
    found: list[Part] = []
    for place, piece in enumerate(pieces):
        text = _NOT_ASKED.sub(" ", piece)
        if place % 2 and place + 1 < len(pieces):
            found.append(Part(" ".join(text.split()), open=False))
        else:
            found += [Part(word, open=len(word) > 1 or not word.isascii()) for word in text.split()]
    return list(dict.fromkeys(part for part in found if _WORD.search(part.text)))


def as_query(parts: Sequence[Part]) -> str:
    """Write the parts in the language of the search index. Inside its quotes nothing has a meaning of its own."""
    return " ".join(f'"{part.text.translate(_STROKES)}"{"*" if part.open else ""}' for part in parts)


def passage(texts: Iterable[str], parts: Sequence[Part]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """
    Cut out the first passage where one of the parts stands, `…` where it is cut.

    Args:
        texts: Where to look, one after another; the first one is cut if there is nothing in any.
        parts: What to look for, at least one.

    Returns:
        The passage exactly as it was written, and where in it the parts stand: start and end, in characters.
    """
    pattern = _pattern(tuple(parts))
    first: str | None = None
    for text in texts:
        first = text if first is None else first
        folded = _folded(text)
        if found := pattern.search(folded):
            start, end = _window(text, found.start())
            lead = CUT if start else ""
            moved = len(lead) - start
            marks = (match.span() for match in pattern.finditer(folded, start, end))
            passage = lead + text[start:end] + (CUT if end < len(text) else "")
            return passage, tuple((start + moved, end + moved) for start, end in marks)
    start, end = _window(first or "", 0)
    return (first or "")[:end] + (CUT if end < len(first or "") else ""), ()


def _window(text: str, found: int) -> tuple[int, int]:
    """Choose where a passage begins and ends, between words if there is a gap near."""
    start = max(0, found - BEFORE)
    if start:
        gap = re.search(r"\s+(?=\S)", text[start:found])
        start += gap.end() if gap else 0
    end = min(len(text), start + LONGEST)
    if end < len(text):
        gap = re.search(r"\s+\S*\Z", text[found + 1 : end])
        end = found + 1 + gap.start() if gap else end
    return start, end


@lru_cache(maxsize=1)  # one search shows many passages
def _pattern(parts: tuple[Part, ...]) -> re.Pattern[str]:
    ways = []
    for part in parts:
        words = _WORD.findall(re.sub(_MARK, "", _folded(part.text)))
        spelt = [f"{_MARK}*".join(re.escape(letter) for letter in word) for word in words]
        end = rf"(?:[^\W_]|{_MARK})*" if part.open else rf"{_MARK}*(?![^\W_])"
        ways.append(r"[\W_]+".join(spelt) + end)
    return re.compile(r"(?<![^\W_])(?:" + "|".join(ways) + ")")


def _folded(text: str) -> str:
    """Fold case and accents, character by character, so that places in it are places in the text."""
    return text.translate({ord(sign): _plain(sign) for sign in set(text)})


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    bare = sign.translate(_STROKES)
    apart = unicodedata.normalize("NFD", bare)
    if all(unicodedata.category(mark) == "Mn" for mark in apart[1:]):
        bare = apart[0]
    return next((way for way in (bare.casefold(), bare.lower()) if len(way) == 1), bare)

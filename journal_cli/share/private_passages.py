"""What stands in a text and never leaves: private passages between `{{` and `}}`, tags, and ids."""

import re
from collections.abc import Collection
from typing import TypeVar

from journal_cli.journal.text import tag_places
from journal_cli.share.redact import anew

Thing = TypeVar("Thing")

CUT = "[…]"
"""What stands where something was taken out."""

_WORD = re.compile(r"(?<![^\W_])[0-9A-Za-z]{8}(?![^\W_])")
_CHAINED = re.compile(r"(?:#\w+)+")
_BRACES = re.compile(r"\{\{+|\}\}+")


def without_private(text: str) -> tuple[str, int]:
    """
    Take the private passages out of a text, and put `[…]` in the place of each.

    A passage may hold others, and goes to the end of the text where it is not closed; where there is
    doubt, more is taken out rather than less.

    Returns:
        The text that may leave, and how many passages were taken out of it.
    """
    parts: list[str] = []
    depth = taken = done = 0
    for found in _BRACES.finditer(text):
        pairs = len(found[0]) // 2
        if found[0][0] == "{":
            if not depth:
                parts += text[done : found.start()], CUT
                taken += 1
            depth += pairs
        elif depth:
            depth = max(0, depth - pairs)
            done = found.end()
    if not depth:
        parts.append(text[done:])
    return "".join(parts), taken


def without_marks(text: str, ids: Collection[str] = ()) -> str:
    """Take tags out of a text, and these ids of the journal; a line that held nothing else goes too."""
    if "#" not in text and not ids:
        return text
    return "\n".join(left for line in text.split("\n") if (left := _line_without_marks(line, ids)) is not None)


def _line_without_marks(line: str, ids: Collection[str]) -> str | None:
    """Take tags and ids out of a line; None if it held nothing else."""
    left = line
    while tags := [place for place in tag_places(left) if not left[place[0] + 1 : place[1]].isdigit()]:
        left = _without(left, [(start, _end_of_chain(left, end)) for start, end in tags])
    left = _without(left, [found.span() for found in _WORD.finditer(left) if found[0].lower() in ids])
    return left if left == line or left.strip() else None


def _end_of_chain(line: str, end: int) -> int:
    """Go on to the end of what hangs on a tag, and was none because of it: `#a#b`."""
    chained = _CHAINED.match(line, end)
    return chained.end() if chained else end


def may_leave(thing: Thing, ids: Collection[str] = ()) -> tuple[Thing, int]:
    """
    Give a document, or a part of it, as it may leave: no private passage, no tag and no id in any of its texts.

    Args:
        thing: What was chosen.
        ids: Ids of the journal.

    Returns:
        The same without them, and how many private passages were taken out.
    """
    taken = 0

    def public(text: str) -> str:
        nonlocal taken
        left, count = without_private(text)
        taken += count
        return without_marks(left, ids)

    return anew(thing, public), taken


def _without(line: str, cuts: Collection[tuple[int, int]]) -> str:
    """Take parts out of a line, each with the space that stood before it."""
    for start, end in reversed(list(cuts)):
        before, after = line[:start], line[end:]
        if before.endswith(" ") and not after[:1].isalnum():
            before = before[:-1]
        elif not before.strip():
            after = after.lstrip(" ")
        line = before + after
    return line

"""
A large JSON document, read one element at a time.

Another notebook's export is one object that holds one long list. Reading it whole would take ten times its size in
memory; here no more than one element of the list is held, and the piece of text it lies in.
"""

import json
import re
from collections.abc import Iterable, Iterator

from journal_cli.errors import NotWhatItSays

LARGEST_ELEMENT = 64 * 1024 * 1024  # characters of one element

_DECODER = json.JSONDecoder(strict=False)  # a tab or a line end within a string does no harm
_BLANK = re.compile(r"[ \t\n\r]*")
_NOT_WHOLE = "it may not have been copied whole; nothing was imported"
_CUT = 16  # an error this near to the end of what was read may only mean that more is to come


def elements(texts: Iterable[str], file: str) -> Iterator[tuple[str, object]]:
    """
    Read one JSON object: each element of each list directly in it, and everything else directly in it whole.

    Args:
        texts: The text, in pieces of any size.
        file: The name of the file, for refusals.

    Yields:
        The key in the outer object, and one element of its list, or its value if that is no list.

    Raises:
        NotWhatItSays: If it is not one object, is not JSON somewhere, or ends too early; the line is named.
    """
    text = _Text(iter(texts), file)
    text.expect("{")
    if text.follows("}"):
        text.expect_end()
        return
    while True:
        key = text.value()
        if not isinstance(key, str):
            raise text.broken()
        text.expect(":")
        if text.follows("["):
            for element in _list(text):
                yield key, element
        else:
            yield key, text.value()
        if not text.follows(","):
            break
    text.expect("}")
    text.expect_end()


def _list(text: "_Text") -> Iterator[object]:
    """Give the elements of a list whose bracket was just read, up to its end."""
    if text.follows("]"):
        return
    yield text.value()
    while text.follows(","):
        yield text.value()
    text.expect("]")


class _Text:
    """The part of a text that has been read and not yet used, and the way to more of it."""

    def __init__(self, pieces: Iterator[str], file: str) -> None:
        self._pieces = pieces
        self._file = file
        self._held = ""
        self._place = 0
        self._line = 1

    def follows(self, sign: str) -> bool:
        """Say whether this sign comes next; if so, go past it."""
        if self._next_sign() != sign:
            return False
        self._place += 1
        return True

    def expect(self, sign: str) -> None:
        if not self.follows(sign):
            raise self.broken()

    def expect_end(self) -> None:
        if self._next_sign():
            raise self.broken()

    def value(self) -> object:
        """Read the value that comes next."""
        self._next_sign()
        while True:
            trouble: int | None = None
            try:
                found, end = _DECODER.raw_decode(self._held, self._place)
            except json.JSONDecodeError as error:
                trouble = len(self._held) if error.msg.startswith("Unterminated") else error.pos
            except (ValueError, RecursionError):  # a number of thousands of digits; lists within lists without end
                raise self.broken() from None
            # A number at the very end of what was read may go on, and so may `12` before `.5`, when `.` was read last.
            if trouble is None and self._held[end : end + _CUT].lstrip(".eE+-"):
                self._place = end
                return found
            if trouble is not None and trouble < len(self._held) - _CUT:
                raise self.broken(trouble)
            if not self._more(len(self._held) - self._place):
                if trouble is not None:
                    raise self.broken(trouble) if self._held.rstrip().endswith(("}", "]")) else self.cut_short()
                self._place = end
                return found

    def broken(self, place: int | None = None) -> NotWhatItSays:
        """Make the refusal for what stands here, or for the end if nothing does."""
        place = self._place if place is None else place
        if place >= len(self._held):
            return self.cut_short()
        return NotWhatItSays(
            "{file}, line {line}: this is not JSON", file=self._file, line=self._line_at(place), hint=_NOT_WHOLE
        )

    def cut_short(self) -> NotWhatItSays:
        """Make the refusal for a text that ends before its last bracket."""
        return NotWhatItSays(
            "{file} ends in the middle, in line {line}",
            file=self._file,
            line=self._line_at(len(self._held)),
            hint=_NOT_WHOLE,
        )

    def _line_at(self, place: int) -> int:
        return self._line + self._held.count("\n", 0, place)

    def _next_sign(self) -> str:
        """Go past white space, and give the sign after it; empty at the end of the text."""
        while True:
            blank = _BLANK.match(self._held, self._place)
            self._place = blank.end() if blank else self._place
            if self._place < len(self._held):
                return self._held[self._place]
            if not self._more(1):
                return ""

    def _more(self, least: int) -> bool:
        """
        Read on, at least this many characters, and let go of what was used; False if there is no more.

        A value that is not whole yet is read from its beginning each time. Doubling what is held keeps that cheap.
        """
        self._line += self._held.count("\n", 0, self._place)
        parts = [self._held[self._place :]]
        self._place = 0
        added = 0
        while added < least and (piece := next(self._pieces, "")):
            parts.append(piece)
            added += len(piece)
        self._held = "".join(parts)
        if len(self._held) - added > LARGEST_ELEMENT:
            raise NotWhatItSays(
                "{file}, line {line}: one entry is larger than an entry may be", file=self._file, line=self._line
            )
        return added > 0

"""The members of one long list in a JSON document, read one after another, so that the list need not fit in memory."""

import json
import re
from collections.abc import Iterator

from journal_cli.errors import NotWhatItSays
from journal_cli.imports.source import Source

LARGEST_ITEM = 64 * 1024 * 1024  # characters of one member

_NOTHING = "nothing was imported"
_SPACE = re.compile(r"[ \t\n\r]*")
_NEARLY = 12  # characters before the end within which a name such as `false`, or an escape, may be cut in two


class _Reading:
    """A document of which only the part that is being read is in memory."""

    def __init__(self, source: Source) -> None:
        self.file = source.name
        self.pieces = source.texts()
        self.text = ""
        self.at = 0
        self.line = 1
        self.is_whole = False
        self.decoder = json.JSONDecoder()

    def more(self) -> None:
        """Read at least as much as is in memory already, so that a long member costs no more than twice its length."""
        self.line += self.text.count("\n", 0, self.at)
        kept = self.text[self.at :]
        if len(kept) > LARGEST_ITEM:
            raise NotWhatItSays(
                "{file}, line {line}: something here is larger than {most} MiB",
                file=self.file,
                line=self.line,
                most=LARGEST_ITEM // 1024 // 1024,
                hint=_NOTHING,
            )
        found, length = [kept], 0
        while length <= len(kept):
            piece = next(self.pieces, None)
            if piece is None:
                self.is_whole = True
                break
            found.append(piece)
            length += len(piece)
        self.text, self.at = "".join(found), 0

    def sign(self) -> str:
        """Give the next sign that is no space, without passing it; "" at the end."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text) or self.is_whole:
                return self.text[self.at : self.at + 1]
            self.more()

    def passed(self, signs: str) -> str:
        """Pass the next sign, which must be one of these."""
        found = self.sign()
        if not found or found not in signs:
            raise self.broken(self.at)
        self.at += 1
        return found

    def value(self) -> object:
        """Read one value of any kind."""
        self.sign()
        while True:
            try:
                found, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith(("Unterminated", "Invalid \\")) or error.pos >= len(self.text) - _NEARLY
                if self.is_whole or not is_cut:
                    raise self.broken(len(self.text) if is_cut else error.pos) from None
            except (RecursionError, ValueError):  # as deep, or a number as long, as no notebook writes
                raise self.broken(self.at) from None
            else:
                # A number that ends where the piece ends may go on in the next one.
                if end < len(self.text) or self.is_whole:
                    self.at = end
                    return found
            self.more()

    def broken(self, place: int) -> NotWhatItSays:
        """Make the refusal of what stands at this place."""
        line = self.line + self.text.count("\n", 0, place)
        if self.is_whole and place >= len(self.text.rstrip()) - 1:
            return NotWhatItSays(
                "{file} breaks off in line {line}: it was not copied whole", file=self.file, line=line, hint=_NOTHING
            )
        return NotWhatItSays("{file}, line {line}: this is not JSON", file=self.file, line=line, hint=_NOTHING)


def items(source: Source, key: str, before: str = "") -> Iterator[tuple[int, object]]:
    """
    Give the members of the list that stands under a key of a document, in their order.

    Args:
        source: A document whose outermost value is an object.
        key: The name of the list.
        before: A pattern of lines that may stand before the document.

    Yields:
        The line a member begins in, from 1, and the member. Nothing if there is no such list.

    Raises:
        NotWhatItSays: If it is no JSON, or breaks off, which may be seen only when some members were given already.
    """
    reading = _Reading(source)
    reading.sign()
    if before and (above := re.compile(before).match(reading.text, reading.at)):
        reading.at = above.end()
    reading.passed("{")
    if reading.sign() == "}":
        reading.passed("}")
    else:
        yield from _in_object(reading, key)
    if reading.sign():
        raise reading.broken(reading.at)


def _in_object(reading: _Reading, key: str) -> Iterator[tuple[int, object]]:
    """Pass every name and value of the outermost object, and give the members of the one that is wanted."""
    while True:
        if reading.sign() != '"':
            raise reading.broken(reading.at)
        name = reading.value()
        reading.passed(":")
        if name == key and reading.sign() == "[":
            yield from _in_list(reading)
        else:
            reading.value()
        if reading.passed(",}") == "}":
            return


def _in_list(reading: _Reading) -> Iterator[tuple[int, object]]:
    reading.passed("[")
    if reading.sign() == "]":
        reading.passed("]")
        return
    while True:
        reading.sign()
        line = reading.line + reading.text.count("\n", 0, reading.at)
        yield line, reading.value()
        if reading.passed(",]") == "]":
            return

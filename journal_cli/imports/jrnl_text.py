"""The entries in the text of a jrnl file: where each begins, and what in it is the title, a star or a tag."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from journal_cli.errors import NotWhatItSays
from journal_cli.imports import jrnl_headers
from journal_cli.imports.jrnl_headers import Reading, Wall
from journal_cli.journal.text import LONGEST, is_empty

SIGNS = "#@"  # what tags begin with, unless `tagsymbols` in jrnl.yaml says otherwise
MOST_WORDS = 7  # of a date that has no brackets around it

_BRACKETS = re.compile(r"\[([^\]\n]+)\] ")
_TIMEFORMAT = re.compile(
    r"""^[ \t]*timeformat:[ \t]*(?P<quote>['"]?)(?P<said>.*?)(?P=quote)[ \t]*(?:#.*)?$""", re.MULTILINE
)
_TAG_SIGNS = re.compile(
    r"""^tagsymbols:[ \t]*(?P<quote>['"]?)(?P<said>[^\w\s'"]+)(?P=quote)[ \t]*(?:[ \t]#.*)?$""", re.MULTILINE
)
_SENTENCE = re.compile(
    "[.!?\u2026\u203c\u203d\u2047-\u2049\u22ef\ufe52\ufe57]['\u2019\"\u201d]?[\\])]*\\s+|[\uff01\uff0e\uff1f\uff61\u3002]"
)
_BLANK_LINES_ABOVE = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What a `jrnl.yaml` says.

    Args:
        timeformats: Every one in it: one journal may have its own.
        signs: The signs a tag may begin with.
    """

    timeformats: tuple[str, ...] = ()
    signs: str = SIGNS


@dataclass(frozen=True, slots=True)
class Written:
    """
    One entry as it stands in the file.

    Args:
        wall: What its header says of its time; None for text that stands under no header.
        text: All of it, after the header.
    """

    wall: Wall | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Bare:
    """How dates without brackets look: of how many words they are, and in which form."""

    words: int
    form: int | None


def settings(text: str) -> Settings:
    """Read the settings that matter here out of the text of a `jrnl.yaml`; what is not there is as jrnl has it."""
    signs = _TAG_SIGNS.search(text)
    timeformats = dict.fromkeys(found["said"] for found in _TIMEFORMAT.finditer(text) if found["said"])
    return Settings(tuple(timeformats), signs["said"] if signs else SIGNS)


def begins_as_jrnl(lines: Iterable[str]) -> bool:
    """Say whether there is a dated header among these lines, in brackets, or without any in the first line."""
    is_first = True
    for line in lines:
        found = _BRACKETS.match(line)
        if found and jrnl_headers.form_of(found[1]) is not None:
            return True
        if is_first and line.strip():
            is_first = False
            if _bare_words(line, is_timed=True):
                return True
    return False


def written(
    texts: Callable[[], Iterable[str]], file: str, *, day_first: bool | None, told: Settings, in_folder: bool = False
) -> Iterator[Written]:
    """
    Divide a text into its entries. It is read twice: the form of the dates is known only at its end.

    What stands above the first header comes first, under no header. A header that is no date is a line like any other.

    Args:
        texts: Gives the text from its beginning, in pieces of any size.
        file: Its name, for refusals.
        day_first: Whether the day stands before the month where the headers leave that open; None if nobody said.
        told: What a `jrnl.yaml` says.
        in_folder: True if the day is known from elsewhere, so that a header may be a time of day alone.

    Raises:
        DayOrMonth: If the headers leave it open and nobody said.
        NotWhatItSays: If one entry is longer than an entry may be.
    """
    bare = _bare_dates(_lines(texts()))
    divide = _lines if bare else partial(_blocks, file=file)
    said = (header for part in divide(texts()) if (header := _said(part, bare)))
    order = True if in_folder else day_first  # in a folder nothing depends on it: the day is in the path
    reading = jrnl_headers.reading_of(said, file, day_first=order, timeformats=told.timeformats)
    wall: Wall | None = None
    begun: list[str] = []
    length, line = 0, 1
    for part in divide(texts()):
        rest = part
        if found := _header(part, bare, reading, in_folder=in_folder):
            yield _whole(wall, begun, is_last=False)
            wall, rest = found
            begun, length = [], 0
        begun.append(rest)
        length += len(rest)
        line += part.count("\n")
        if length > LONGEST:
            raise _too_long(file, line)
    yield _whole(wall, begun, is_last=True)


def divided(text: str) -> tuple[str, str, bool]:
    """
    Divide an entry as jrnl does: its first line is the title, or its first sentence if it has but one line.

    A star at the end of the first line marks the entry. A text that is nothing but a title has no title and is that
    line, for an entry has a text.

    Returns:
        The title, the rest, and whether it is marked.
    """
    first, _, rest = text.partition("\n")
    is_starred = first.strip().endswith("*")
    whole = (first.strip(" *") + "\n" + rest if is_starred else text).lstrip()
    place = whole.find("\n") + 1
    if not place:
        sentence = _SENTENCE.search(whole)
        place = sentence.end() if sentence else len(whole)
    title = whole[:place].strip()
    body = _BLANK_LINES_ABOVE.sub("", whole[place:]).rstrip()
    return ("", title, is_starred) if is_empty(body) else (title, body, is_starred)


def tags(text: str, signs: str = SIGNS) -> tuple[str, ...]:
    """List what jrnl takes for tags, without the sign before them, as first written; `##` is a heading and none."""
    found = dict.fromkeys(re.findall(rf"(?<!\S)[{re.escape(signs)}]([-+*#/\w]+)", text))
    kept: dict[str, str] = {}
    for tag in found:
        if any(sign.isalnum() for sign in tag):
            kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Give a text line by line, each with the line feed it ends with."""
    begun: list[str] = []
    for piece in texts:
        first, *others = piece.split("\n")
        begun.append(first)
        for other in others:
            yield "".join(begun) + "\n"
            begun = [other]
    if last := "".join(begun):
        yield last


def _blocks(texts: Iterable[str], file: str) -> Iterator[str]:
    """Divide a text before each line that begins with a bracket: most lines need not be looked at."""
    begun: list[str] = []
    kept = ""  # a line feed at the end of a piece: the next one may begin with a bracket
    length, line = 0, 1
    for piece in texts:
        text = kept + piece
        kept = "\n" if text.endswith("\n") else ""
        first, *others = text.removesuffix("\n").split("\n[")
        begun.append(first)
        for other in others:
            yield "".join(begun) + "\n"
            begun, length = ["[" + other], 0
        length += len(begun[-1])
        line += piece.count("\n")
        if length > LONGEST:
            raise _too_long(file, line)
    yield "".join(begun) + kept


def _too_long(file: str, line: int) -> NotWhatItSays:
    return NotWhatItSays("{file}, line {line}: one entry is larger than an entry may be", file=file, line=line)


def _whole(wall: Wall | None, begun: list[str], *, is_last: bool) -> Written:
    """Give an entry without the line feed that belongs to the next."""
    text = "".join(begun)
    return Written(wall, text if is_last else text.removesuffix("\n"))


def _header(line: str, bare: _Bare | None, reading: Reading, *, in_folder: bool) -> tuple[Wall, str] | None:
    """Give what a line says of a time, if it begins an entry, and the rest of it."""
    said = _said(line, bare)
    wall = reading.wall(said) if said else None
    if wall is None or (wall.day is None and not in_folder and not reading.timeformat):
        return None
    return wall, line[len(said) :].lstrip(" ") if bare else line[len(said) + 3 :]


def _said(line: str, bare: _Bare | None) -> str:
    """Give what may be the date at the beginning of a line; "" if there is none."""
    if bare:
        said = _first_words(line, bare.words)
        return said if jrnl_headers.form_of(said) == bare.form else ""
    found = _BRACKETS.match(line) if line.startswith("[") else None
    return found[1] if found else ""


def _bare_dates(lines: Iterable[str]) -> _Bare | None:
    """
    Find how the dates look in a file of jrnl 1, which has no brackets around them; None for any other file.

    A line that begins with a date may stand in a newer file too, so it is the more frequent way that counts.
    """
    read = iter(lines)
    first = next((line for line in read if line.strip()), "")
    words = _bare_words(first)
    if not words:
        return None
    looks = _Bare(words, jrnl_headers.form_of(_first_words(first, words)))
    bare, bracketed = 1, 0
    for line in read:
        found = _BRACKETS.match(line) if line.startswith("[") else None
        bracketed += bool(found and jrnl_headers.form_of(found[1]) is not None)
        bare += bool(_said(line, looks))
    return looks if bare > bracketed else None


def _bare_words(line: str, *, is_timed: bool = False) -> int:
    """Count the words of the longest date a line begins with; 0 if there is none, or nothing after it."""
    for words in range(min(MOST_WORDS, len(line.split(maxsplit=MOST_WORDS)) - 1), 0, -1):
        said = _first_words(line, words)
        if jrnl_headers.is_timed(said) if is_timed else jrnl_headers.form_of(said) is not None:
            return words
    return 0


def _first_words(line: str, words: int) -> str:
    found = re.match(rf"(?:\S+[ \t]+){{{words - 1}}}\S+(?=[ \t])", line)
    return found[0] if found else ""

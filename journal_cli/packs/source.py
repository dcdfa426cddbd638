"""A pack's file before its meaning: bytes in, checked text and TOML out."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, NoReturn

from journal_cli.errors import NotWhatItSays

LARGEST = 1_048_576  # bytes
LONGEST_SHOWN = 60  # characters of the file's own words in a sentence about it

# What could paint or reorder a terminal: control characters apart from tab and line feed, line and
# paragraph separators, the signs that turn the direction of writing, and invisible tags.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([bfre]))")

# tomllib takes time in the square of the parts of a dotted name: forty thousand parts hold it for a minute.
PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
TOO_DOTTED = re.compile(rf"(?<![\w.-])(?:{PART}){{32}}")

# The parser speaks to programmers. The first of its phrases that fits gives the author's sentence and hint.
SYNTAX = (
    (
        ("Illegal character", "Unterminated string", "Expected '\"'", 'Expected "\'"'),
        "{file}, line {line}: a text begins with a quotation mark and does not end with one",
        'put " at both ends; a text of several lines stands between """ and """',
    ),
    (
        ("Unescaped", "not a Unicode scalar", "Hex value"),
        "{file}, line {line}: a backslash stands in a text where it cannot be read",
        "write two backslashes for one, or put ' at both ends of the text instead of \"",
    ),
    (
        ("Cannot overwrite", "Duplicate inline", "Cannot declare", "Cannot mutate"),
        "{file}, line {line}: this is said a second time",
        "each name stands once in its part; a part that may come several times has two brackets: [[prompt]]",
    ),
    (
        ("Unclosed array", "Unclosed inline"),
        "{file}, line {line}: a bracket opened before this is not closed",
        'a list looks like this: ["one", "two"]',
    ),
    (
        ("table declaration", "array declaration"),
        "{file}, line {line}: the brackets of this part do not match",
        "a part begins with [pack] or with [[prompt]] on a line of its own",
    ),
    (
        ("Expected '='",),
        "{file}, line {line}: after a name comes an equals sign",
        'a line looks like this: title = "For this week"',
    ),
)
UNREADABLE = (
    "{file}, line {line}: this line cannot be read",
    "after the equals sign comes a text in quotation marks, a number, true, false, or a [list]",
)
CURLY = (
    "{file}, line {line}: these quotation marks are curly ones, as word processors make them",
    'use the straight ones: "',
)


@dataclass(frozen=True, slots=True)
class Source:
    """
    A file that holds text, and TOML that could be parsed.

    Args:
        name: As sentences about it say it.
        text: The whole file, lines ended by line feeds.
        document: The parsed TOML.
    """

    name: str
    text: str = field(repr=False)
    document: dict[str, Any] = field(repr=False)


def open_source(raw: bytes, name: str) -> Source:
    """
    Read the bytes of a file as TOML, trusting none of them.

    Args:
        raw: The whole file.
        name: The file's name, for sentences about it.

    Raises:
        NotWhatItSays: If it is larger than 1 MiB, no UTF-8, holds control characters
            (written or spelt as escapes), or is no TOML.
    """
    if len(raw) > LARGEST:
        raise NotWhatItSays(
            "{file} is larger than a pack may be", file=name, hint="up to 1 MiB; make several packs of it"
        )
    text = _decoded(raw, name)
    found = FORBIDDEN.search(text)
    if found:
        _refuse_character(found.group(), text, found.start(), name)
    dotted = TOO_DOTTED.search(text)
    if dotted:
        _refuse_depth(name, _line_at(text, dotted.start()))
    document = _parsed(text, name)
    if "\\" in text:
        _refuse_spelt_characters(document, text, name)
    return Source(name, text, document)


def shown(value: str) -> str:
    """Shorten words of the file's own for a sentence."""
    return value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1]}…"


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _decoded(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8-sig")  # some editors put a mark before the first letter
    except UnicodeDecodeError as error:
        raise NotWhatItSays(
            "{file}, line {line}: this is not UTF-8 text",
            hint="save the file again with the encoding UTF-8",
            file=name,
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from None
    return text.replace("\r\n", "\n")


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        _refuse_depth(name, 1)
    except ValueError as error:  # tomllib's own error is one; a number of 5000 digits raises a plain one
        said = str(error)
    at = re.search(r"at line (\d+), column", said)
    last = text.count("\n") + (not text.endswith("\n"))
    line = int(at[1]) if at else max(last, 1)
    on_it = text.split("\n")[line - 1 : line]
    template, hint = UNREADABLE
    if on_it and re.search("=[ \t]*[“”„]", on_it[0]):
        template, hint = CURLY
    else:
        fits = (row[1:] for row in SYNTAX if any(phrase in said for phrase in row[0]))
        template, hint = next(fits, UNREADABLE)
    raise NotWhatItSays(template, hint=hint, file=name, line=line)


def _refuse_depth(name: str, line: int) -> NoReturn:
    raise NotWhatItSays(
        "{file}, line {line}: brackets or names stand inside each other too many times",
        hint="a pack has parts like [[session]] and [[session.step]], no deeper",
        file=name,
        line=line,
    )


def _refuse_character(character: str, text: str, position: int, name: str) -> NoReturn:
    raise NotWhatItSays(
        "{file}, line {line}: the invisible character {code} cannot stand here",
        hint="delete the words around it and type them again",
        file=name,
        line=_line_at(text, position),
        code=f"U+{ord(character):04X}",
    )


def _refuse_spelt_characters(document: dict[str, Any], text: str, name: str) -> None:
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and (found := FORBIDDEN.search(value)):
            _refuse_character(found.group(), text, _where_spelt(found.group(), text), name)


def _where_spelt(character: str, text: str) -> int:
    """Find an escape that spells this character."""
    letters = {"b": "\b", "f": "\f", "r": "\r", "e": "\x1b"}
    for found in ESCAPE.finditer(text):
        short, long, byte, letter = found.groups()
        spelt = letters[letter] if letter else chr(int(short or long or byte, 16) % 0x110000)
        if spelt == character:
            return found.start()
    return 0

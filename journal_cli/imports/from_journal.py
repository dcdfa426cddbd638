"""
Our own export: one JSON document of everything, in the clear or encrypted.

Its rows are whole, with their ids, so they are no arrivals: they go back into the tables they came from.
What opens an encrypted one stands in the vault; here it is only known by its first letters.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from journal_cli.errors import NotWhatItSays, TooNew
from journal_cli.imports.json_stream import elements

FORMAT: Final = "journal"
NAME: Final = "journal-export"
VERSION: Final = 1
LOCKED: Final = b"jcle"  # FORMAT.md, 12

_HEAD: Final = re.compile(rb'\s*\{[^[]{0,400}"format"\s*:\s*"journal-export"')
_ABOUT: Final = ("format", "version", "made_at", "program", "schema", "only")

Row = dict[str, Any]


def recognises(head: bytes, name: str) -> bool:
    """Whether a file begins as an export of ours, encrypted or not."""
    del name
    return is_locked(head) or _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def is_locked(head: bytes) -> bool:
    """Whether it takes words to read it."""
    return head.startswith(LOCKED)


def rows(texts: Iterable[str], file: str, *, schema: int) -> Iterator[tuple[str, Row]]:
    """
    Give the rows of an export, one after another.

    Args:
        texts: Its text, in pieces of any size.
        file: Its name, for refusals.
        schema: How many schema steps this program knows.

    Yields:
        The name of a table, and a row of it with its parts.

    Raises:
        NotWhatItSays: If it is no export, is not JSON somewhere, or ends too early.
        TooNew: If a newer version of the program made it.
    """
    about: Row = {}
    for name, value in elements(texts, file):
        if name in _ABOUT and name not in about:
            about[name] = value
            continue
        if not {"format", "version", "schema"} <= about.keys():
            raise _strange(file)
        _check(about, file, schema)
        if not isinstance(value, dict):
            raise _strange(file)
        yield name, value
    _check(about, file, schema)


def _check(about: Row, file: str, schema: int) -> None:
    """See that what the document says of itself is what can be read here."""
    version, steps = about.get("version"), about.get("schema")
    if about.get("format") != NAME or type(version) is not int or type(steps) is not int or min(version, steps) < 1:
        raise _strange(file)
    if version > VERSION or steps > schema:
        raise TooNew("{file} was made by a newer version of the program", file=file)


def _strange(file: str) -> NotWhatItSays:
    return NotWhatItSays(
        "{file} is not an export as this program makes them",
        file=file,
        hint="nothing was imported; it may have been changed by another program",
    )

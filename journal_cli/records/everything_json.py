"""
Everything the person has, as lines of JSON.

Of entries there may be a hundred thousand, and nearly all there is to write of them is their texts. Those stay the
bytes they are in the journal, and come out letter by letter as the `json` module would have written them.
"""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring
from types import NoneType
from typing import Any, Final

from journal_cli.journal.entry import Filter
from journal_cli.records.everything import BODY, ENTRY, UNPACKED, Table, held, listed, read, rows
from journal_cli.vault.database import Database

ESCAPED: Final = ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"))
SELDOM: Final = bytes(letter for letter in range(32) if letter != ord("\n"))  # what else must not stand as it is

REMEMBERED: Final = 4096  # lists of tags and people whose JSON is kept

_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

# How a column's value is written. An entry's are texts, whole numbers, or nothing.
WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    NoneType: lambda _: "null",
    int: repr,
    str: encode_basestring,
    float: _encoded,
}


def lines(db: Database, table: Table, wanted: Filter | None = None) -> Iterator[bytes]:
    """
    Give the rows of a table with their parts, as `everything.rows` does, each a JSON object in UTF-8.

    Args:
        db: The open journal.
        table: Which, from `everything.present`.
        wanted: Which entries; None for all there is. Only entries can be chosen from.
    """
    if table.name == ENTRY:
        yield from _entry_lines(db, table, wanted)
        return
    for row in rows(db, table, wanted):
        yield as_json(row).encode()


def as_json(value: Any) -> str:
    """Write a value as JSON; letters of every script stay what they are."""
    return _encoded(value)


def _entry_lines(db: Database, table: Table, wanted: Filter | None) -> Iterator[bytes]:
    lists = [place for place, name in enumerate(table.columns) if name in UNPACKED]
    names = [f'{", " if place else "{"}"{name}": ' for place, name in enumerate(table.columns)]
    for values, parts in read(db, table, f"{listed('e', table.columns)}, CAST(w.{BODY} AS BLOB)", wanted):
        *known, body = values
        told = [WRITTEN[type(value)](value) for value in known]
        for place in lists:
            told[place] = _list(known[place])
        row = "".join(chain.from_iterable(zip(names, told, strict=True)))
        after = "".join([f', "{name}": {as_json(part) if part else "[]"}' for name, part in parts.items()])
        yield b"".join((row.encode(), b', "body": ', quoted(body), after.encode(), b"}"))


@lru_cache(maxsize=REMEMBERED)
def _list(text: Any) -> str:
    return as_json(held(text))


def quoted(text: bytes | None) -> bytes:
    """Write a text in UTF-8 as JSON, as `as_json` does, in a third of the time."""
    if text is None:
        return b"null"
    if len(text.translate(None, SELDOM)) != len(text):
        return as_json(text.decode()).encode()
    for letter, written in ESCAPED:
        text = text.replace(letter, written)
    return b'"' + text + b'"'

"""
Rows, read from single pages of a database, as SQLite's file format document describes them.

A table's rows stand on the leaves of a tree. Where a branch of it is lost, SQLite finds nothing
that hung from it; here the leaves are read one by one, and each row says whether every page it
stands on proved to be whole.
"""

import contextlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from journal_cli.vault.pages import USABLE, Page

Value = int | float | str | bytes | None

GAP: Final = "\ufffd"  # stands where something cannot be read

_TABLE_LEAF: Final = 0x0D
_TABLE_BRANCH: Final = 0x05
_INDEX_LEAF: Final = 0x0A
_INDEX_BRANCH: Final = 0x02
_BRANCHES: Final = {_TABLE_BRANCH, _INDEX_BRANCH}
_HEAD: Final = 100  # bytes of the first page before its tree begins
_MOST_CELLS: Final = USABLE // 4
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes of each serial type
_LEAST_LOCAL: Final = (USABLE - 12) * 32 // 255 - 23
_MOST_LOCAL: Final = {True: USABLE - 35, False: (USABLE - 12) * 64 // 255 - 23}  # of a table, of an index


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of a table or of an index.

    Args:
        page: The page it begins on.
        rowid: Its number in its table; None in an index, which names it in its last value.
        values: Its values in the order of the columns; the column that is the number itself is None.
        whole: Every page it stands on is as it was written.
    """

    page: int
    rowid: int | None
    values: tuple[Value, ...] = field(repr=False)
    whole: bool


def branches(page: Page) -> list[int]:
    """Give the pages that hang from a page, in order; none if it is no branch."""
    start = _HEAD if page.number == 1 else 0
    if page.content[start] not in _BRANCHES:
        return []
    content = page.content
    children = [_number(content, offset) for offset in _cells(page) if offset + 4 <= USABLE]
    return [*children, _number(content, start + 8)]


def rows(page: Page, pages: Mapping[int, Page]) -> list[Row]:
    """
    Give the rows that begin on a page, as far as they can be read; none if it holds none.

    Args:
        page: The page.
        pages: All pages by number, for rows that go on elsewhere.
    """
    kind = page.content[_HEAD if page.number == 1 else 0]
    if kind not in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_BRANCH}:
        return []
    found = []
    for offset in _cells(page):
        with contextlib.suppress(IndexError, struct.error, ValueError):  # this one is past reading, the next may not be
            found.append(_row(page, pages, kind, offset))
    return found


def is_table_leaf(page: Page) -> bool:
    """Whether a page holds rows of a table, and not those of an index or no rows."""
    return page.content[_HEAD if page.number == 1 else 0] == _TABLE_LEAF


def _cells(page: Page) -> list[int]:
    """Where the cells of a page begin."""
    content = page.content
    start = _HEAD if page.number == 1 else 0
    head = 12 if content[start] in _BRANCHES else 8
    count = min(int.from_bytes(content[start + 3 : start + 5], "big"), _MOST_CELLS)
    places = (start + head + 2 * i for i in range(count))
    offsets = [int.from_bytes(content[place : place + 2], "big") for place in places if place + 2 <= USABLE]
    return [offset for offset in offsets if start + head <= offset < USABLE]


def _row(page: Page, pages: Mapping[int, Page], kind: int, offset: int) -> Row:
    content = page.content
    if kind == _INDEX_BRANCH:
        offset += 4
    size, offset = _varint(content, offset)
    rowid = None
    if kind == _TABLE_LEAF:
        rowid, offset = _varint(content, offset)
    payload, whole = _payload(page, pages, offset, size, table=kind == _TABLE_LEAF)
    values, legible = _values(payload)
    return Row(page.number, rowid, values, whole and legible)


def _payload(page: Page, pages: Mapping[int, Page], offset: int, size: int, *, table: bool) -> tuple[bytes, bool]:
    """Give the bytes of a row, from all the pages it stands on, and whether these are all whole."""
    local = _local(size, table=table)
    content, whole = page.content[offset : offset + local], page.whole
    if size == local:
        return content, whole
    pieces, left = [content], size - local
    following = _number(page.content, offset + local)
    passed = {page.number}
    while left > 0 and following in pages and following not in passed:
        passed.add(following)
        beyond = pages[following]
        whole = whole and beyond.whole
        pieces.append(beyond.content[4 : 4 + left])
        left -= len(pieces[-1])
        following = _number(beyond.content, 0)
    # The chain broke off: no text holds this byte, so it will be read as a gap.
    rest = [b"\xff"] if left > 0 else []
    return b"".join([*pieces, *rest]), whole and not rest


def _local(size: int, *, table: bool) -> int:
    """How many bytes of a row stand on the page it begins on."""
    most = _MOST_LOCAL[table]
    if size <= most:
        return size
    local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (USABLE - 4)
    return local if local <= most else _LEAST_LOCAL


def _values(payload: bytes) -> tuple[tuple[Value, ...], bool]:
    """Read a record; also whether all of its text was text."""
    end, offset = _varint(payload, 0)
    kinds = []
    while offset < end:
        kind, offset = _varint(payload, offset)
        kinds.append(kind)
    values: list[Value] = []
    legible = offset == end
    for kind in kinds:
        value, offset = _value(payload, offset, kind)
        if isinstance(value, bytes) and kind % 2:
            text = value.decode(errors="replace")
            legible = legible and text.encode() == value
            values.append(text)
        else:
            values.append(value)
    return tuple(values), legible


def _value(payload: bytes, offset: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, offset
    if kind in _INTEGERS:
        end = offset + _INTEGERS[kind]
        if end > len(payload):
            raise ValueError
        return int.from_bytes(payload[offset:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, offset)[0], offset + 8
    if kind in {8, 9}:
        return kind - 8, offset
    if kind in {10, 11}:
        raise ValueError  # reserved: nothing writes these
    end = offset + (kind - 12) // 2
    return payload[offset:end], end


def _number(content: bytes, offset: int) -> int:
    return int.from_bytes(content[offset : offset + 4], "big")


def _varint(content: bytes, offset: int) -> tuple[int, int]:
    """Read one of SQLite's numbers, one to nine bytes long; give it and where it ends."""
    value = 0
    for i in range(8):
        byte = content[offset + i]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + i + 1
    value = value << 8 | content[offset + 8]
    return value - (1 << 64 if value >> 63 else 0), offset + 9

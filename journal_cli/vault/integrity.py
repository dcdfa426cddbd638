"""
The state of all rows in one number, kept by the database itself.

SQLCipher proves each page, but not that the pages belong together: an older page put back passes
every check it has. So `meta` holds a keyed sum over all rows of all ordinary tables, and triggers
keep it true in the very transaction that changes a row. They are made anew from the schema whenever
it changes, so no table can be forgotten; a program without our function cannot change a row at all.

The sum stands in the database while a transaction runs, not in this process: what SQLite undoes,
by a savepoint or a statement that fails half-way, is undone in it too.
"""

import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlcipher3 import dbapi2

from journal_cli.errors import Damaged

ROW_KEY_SIZE: Final = 32  # bytes
STATE: Final = "state"
ROW_KEY: Final = "row_key"
COVERED: Final = "covered"

_FUNCTION: Final = "journal_row"
_MODULUS: Final = 1 << 256
_OWN: Final = "meta"

Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class State:
    """
    What a database's rows were at one moment.

    Args:
        epoch: Grows with each row that is changed, and never falls.
        set_hash: The keyed sum over all rows, 64 hexadecimal digits.
    """

    epoch: int
    set_hash: str

    def __str__(self) -> str:
        return f"{self.epoch} {self.set_hash}"


EMPTY: Final = State(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Table:
    """
    An ordinary table, and how its rows are read.

    Args:
        name: Its name.
        label: Its name and its columns' names as JSON; the beginning of what is authenticated.
        kinds: One letter a column: `t` text, `v` anything whose type shows, `a` anything at all.
        columns: The columns' names.
    """

    name: str
    label: str
    kinds: str
    columns: tuple[str, ...]

    def values(self, row: str) -> str:
        """
        SQL for a row's values, from `row` such as `new.`.

        Texts come as blobs: the library cuts texts at a NUL on the way to a function.
        """
        return ", ".join(_value(row + _quoted(name), kind) for name, kind in zip(self.columns, self.kinds, strict=True))


def state(connection: dbapi2.Connection) -> State | None:
    """
    What the database says its rows are; None if it was made before that was kept.

    Raises:
        Damaged: If what it says makes no sense.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (STATE,)).fetchone()
    return _parsed(row[0]) if row else None


def register(connection: dbapi2.Connection) -> bool:
    """
    Let a connection change rows: give it the function the triggers call.

    Returns:
        Whether the database keeps a sum; if not, there is nothing to register.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (ROW_KEY,)).fetchone()
    if row is None:
        return False
    key = bytes.fromhex(row[0])

    def journal_row(before: str, sign: int, label: str, kinds: str, *values: Any) -> str:
        epoch, _, total = before.partition(" ")
        changed = (int(total, 16) + sign * _mac(key, label, kinds, values)) % _MODULUS
        return f"{int(epoch) + 1} {changed:064x}"

    connection.create_function(_FUNCTION, -1, journal_row)
    return True


def recomputed(connection: dbapi2.Connection, said: Callable[[int], None] = lambda _: None) -> str:
    """
    The sum over all rows as they are; call it in a transaction if others may write meanwhile.

    Args:
        connection: A registered connection.
        said: Told the number of rows after each thousand or so.
    """
    (written,) = connection.execute("SELECT value FROM meta WHERE name = ?", (ROW_KEY,)).fetchone()
    key = bytes.fromhex(written)
    total, rows = 0, 0
    for table in tables(connection):
        label, kinds = table.label, table.kinds
        sql = f"SELECT {table.values('')} FROM {_quoted(table.name)}"  # noqa: S608  # names from the schema, quoted
        for row in connection.execute(sql):
            total += _mac(key, label, kinds, row)
            rows += 1
            if rows % 1024 == 0:
                said(rows)
    return f"{total % _MODULUS:064x}"


def debt(connection: dbapi2.Connection) -> int:
    """
    By how much the sum that is kept differs from the rows as they are: 0 if they are as they should be.

    Schema steps carry it over, so that they never make an altered journal look whole.
    """
    kept = state(connection)
    if kept is None:
        return 0
    return (int(kept.set_hash, 16) - int(recomputed(connection), 16)) % _MODULUS


def uncover(connection: dbapi2.Connection) -> None:
    """Take the triggers away, before schema steps; `cover` puts them back."""
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB ? ORDER BY name", (f"{_FUNCTION}_*",)
    ).fetchall():
        connection.execute(f"DROP TRIGGER {_quoted(name)}")


def cover(connection: dbapi2.Connection, *, owed: int = 0, row_key: bytes | None = None, is_newer: bool = True) -> None:
    """
    Give every ordinary table its triggers anew and take the sum from the rows; call it in a transaction.

    Args:
        connection: The database.
        owed: What `debt` said before the schema was changed.
        row_key: 32 random bytes, for a database that has none yet.
        is_newer: Let the epoch grow; not for a journal that is older than the one last seen.
    """
    if row_key is not None:
        marks = [(STATE, str(EMPTY)), (ROW_KEY, row_key.hex())]
        connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", marks)
        register(connection)
    uncover(connection)
    for table in tables(connection):
        for trigger in _triggers(table):
            connection.execute(trigger)
    kept = state(connection) or EMPTY
    total = (int(recomputed(connection), 16) + owed) % _MODULUS
    _put(connection, STATE, str(State(kept.epoch + is_newer, f"{total:064x}")))
    _put(connection, COVERED, _schema(connection))


def covered_after(connection: dbapi2.Connection, change: Callable[[], None], *, is_newer: bool) -> None:
    """Change the schema in a transaction, and cover what is there then; an altered journal stays just as altered."""
    row_key = None if register(connection) else os.urandom(ROW_KEY_SIZE)
    owed = debt(connection)
    uncover(connection)
    change()
    cover(connection, owed=owed, row_key=row_key, is_newer=is_newer)


def is_covered(connection: dbapi2.Connection) -> bool:
    """Whether the schema, triggers and all, is the one the sum was taken over."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (COVERED,)).fetchone()
    return row is not None and row[0] == _schema(connection)


def tables(connection: dbapi2.Connection) -> Iterator[Table]:
    """All ordinary tables but `meta`: what the person's rows stand in. Indexes and search tables repeat those."""
    for name, strict in connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT GLOB 'sqlite_*' AND name <> ? ORDER BY name",
        (_OWN,),
    ).fetchall():
        columns = connection.execute(
            "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", (name,)
        ).fetchall()
        names = tuple(column for column, _ in columns)
        kinds = "".join(_kind(declared, strict=bool(strict)) for _, declared in columns)
        label = json.dumps([name, list(names)], ensure_ascii=True, separators=(",", ":"))
        yield Table(name, label, kinds, names)


def _kind(declared: str, *, strict: bool) -> str:
    if not strict or declared.upper() == "ANY":
        return "a"
    return "t" if declared.upper() == "TEXT" else "v"


def _value(column: str, kind: str) -> str:
    if kind == "v":
        return column
    if kind == "t":
        return f"CAST({column} AS BLOB)"
    return f"typeof({column}), CASE typeof({column}) WHEN 'text' THEN CAST({column} AS BLOB) ELSE {column} END"


def _triggers(table: Table) -> Iterator[str]:
    for deed, changes in (("INSERT", "+n"), ("DELETE", "-o"), ("UPDATE", "-o+n")):
        body = ""
        for sign, row in zip(changes[::2], changes[1::2], strict=True):
            values = table.values("new." if row == "n" else "old.")
            call = f"{_FUNCTION}(value, {sign}1, {_literal(table.label)}, '{table.kinds}', {values})"
            body += f" UPDATE meta SET value = {call} WHERE name = '{STATE}';"  # noqa: S608  # as above
        name = _quoted(f"{_FUNCTION}_{deed.lower()}_{table.name}")
        yield f"CREATE TRIGGER {name} AFTER {deed} ON {_quoted(table.name)} BEGIN{body} END"


def _mac(key: bytes, label: str, kinds: str, values: Iterable[Any]) -> int:
    """The keyed hash of one row, of an encoding that no two different rows share."""
    pieces = [_beginning(label)]
    given = iter(values)
    for kind in kinds:
        is_text = kind == "t" or (kind == "a" and next(given) == "text")
        pieces.append(_encoded(next(given), is_text=is_text))
    return int.from_bytes(hashlib.blake2b(b"".join(pieces), key=key, digest_size=32).digest(), "big")


@cache
def _beginning(label: str) -> bytes:
    content = label.encode("ascii")
    return len(content).to_bytes(8, "big") + content


def _encoded(value: Any, *, is_text: bool) -> bytes:
    match value:
        case None:
            return b"N"
        case int():
            return b"I" + value.to_bytes(8, "big", signed=True)
        case float():
            return b"R" + struct.pack(">d", value)
        case _:
            return (b"T" if is_text else b"B") + len(value).to_bytes(8, "big") + value  # type: ignore[no-any-return]  # bytes by now


def _schema(connection: dbapi2.Connection) -> str:
    """All that the schema says, in 64 hexadecimal digits."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"
    ).fetchall()
    return hashlib.blake2b(json.dumps(rows).encode(), digest_size=32).hexdigest()


def _put(connection: dbapi2.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _parsed(text: str) -> State:
    epoch, _, set_hash = text.partition(" ")
    if not epoch.isdecimal() or len(set_hash) != 64 or set(set_hash) - set("0123456789abcdef"):
        raise Damaged("what the journal says of its own rows cannot be read", hint="`journal verify` says more")
    return State(int(epoch), set_hash)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

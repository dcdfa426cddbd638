"""
The search index, looked into from both ends.

Its own check compares the words it holds with the texts. How it finds its own pages is in a table
beside; an older page of that passes the check, and a search then misses what is there. So a word of
each page is also looked up, the way a search does, and found as often as the index holds it.
"""

import re
from typing import Any, Final

from sqlcipher3 import dbapi2

_TABLE: Final = re.compile(r"CREATE\s+VIRTUAL\s+TABLE\b.*\bUSING\s+fts5\b", re.IGNORECASE | re.DOTALL)
_LOOKED_UP: Final = 4000  # words at least, spread evenly: of a larger index still several for each of its pages
_PREFIXES: Final = (2, 3)  # letters; what the tables of this journal index by


def indexes(connection: dbapi2.Connection) -> list[str]:
    """List the full-text indexes of a database."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for name, sql in rows if sql and _TABLE.match(sql)]


def is_whole(connection: dbapi2.Connection, name: str) -> bool:
    """
    Check an index against its content, and that it finds what it holds.

    Args:
        connection: One of its own, which is not used for anything afterwards; it must be able to write.
        name: The index.
    """
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"INSERT INTO {quoted} ({quoted}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  # quoted
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', ?, 'row')".replace("?", quoted))
        words = connection.execute("SELECT term, doc FROM temp.words").fetchall()
        return _finds(connection, quoted, words)
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}:
            return False
        raise


def _finds(connection: dbapi2.Connection, quoted: str, words: list[tuple[str, int]]) -> bool:
    sql = f"SELECT count(*) FROM {quoted} WHERE {quoted} MATCH ?"  # noqa: S608  # as above
    beginnings: dict[str, int] = {}

    def times(text: str) -> int:
        row: Any = connection.execute(sql, (text,)).fetchone()
        return int(row[0])

    for word, entries in words[:: max(1, len(words) // _LOOKED_UP)]:
        inside = word.replace('"', '""')
        if times(f'"{inside}"') != entries:
            return False
        for letters in _PREFIXES:
            if len(word) <= letters:
                continue
            beginning = word[:letters].replace('"', '""')
            if beginning not in beginnings:
                beginnings[beginning] = times(f'"{beginning}"*')
            if beginnings[beginning] < entries:
                return False
    return True

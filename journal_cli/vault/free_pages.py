"""
Pages that no row is in, torn by a power failure.

What a page held before a change is kept in the rollback journal, but not of a page that was free:
there was nothing on it. If the power fails while one is written, it stays torn. Nothing is lost,
and the next change that needs it writes it anew; until then it does not prove to be whole.
SQLite's file format document, "The Freelist", says where they are listed.
"""

from sqlcipher3 import dbapi2

from journal_cli.vault.library import explaining
from journal_cli.vault.pages import USABLE, Page, decrypted

_FIRST_AT = 32  # where the first page of the file names the first page of the list
_NEXT_AT, _COUNT_AT, _LISTED_AT = 0, 4, 8  # on each page of the list
_AT_ONCE = 10_000  # pages of one value: it may be long, but not as long as any file
_ON_A_PAGE = USABLE - 4  # bytes of a long value that fit on a page of their own


def listed(file: bytes, master_key: bytes) -> set[int]:
    """
    Give the numbers of the free pages with nothing on them, as far as the list that names them is whole.

    Args:
        file: The bytes of the database.
        master_key: 32 bytes.
    """
    found = {page.number: page for page in decrypted(file, master_key)}
    free: set[int] = set()
    seen: set[int] = set()
    following = _number(found[1], _FIRST_AT) if 1 in found and found[1].whole else 0
    while following in found and found[following].whole and following not in seen:
        seen.add(following)
        trunk = found[following]
        free.update(_number(trunk, _LISTED_AT + 4 * place) for place in range(_number(trunk, _COUNT_AT)))
        following = _number(trunk, _NEXT_AT)
    return free


def write_anew(connection: dbapi2.Connection) -> None:
    """
    Fill every free page and empty it again, in one transaction: all of them are whole afterwards.

    Raises:
        Busy, Refused: If another window is writing, or the disk refuses. The file is as it was.
    """
    with explaining():
        connection.execute("BEGIN IMMEDIATE")
        try:
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            connection.execute("CREATE TABLE filling (zeros BLOB)")
            for _ in range(0, free, _AT_ONCE):
                connection.execute("INSERT INTO filling VALUES (zeroblob(?))", (min(free, _AT_ONCE) * _ON_A_PAGE,))
            connection.execute("DROP TABLE filling")  # with secure_delete each page is written, not only listed
            connection.execute("COMMIT")
        except dbapi2.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _number(page: Page, place: int) -> int:
    return int.from_bytes(page.content[place : place + 4], "big")

"""
A second reader, written from FORMAT.md alone: `cryptography` and the standard library, no SQLCipher.

It is the proof that the format is what the document says, and the way out should the encrypted
database library ever be gone. It shares no line with `journal_cli`.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import sqlite3
import struct
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from making import Made, Make

PAGE, RESERVE, IV, MAC, SALT = 4096, 80, 16, 64, 16
SIGNS = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


def derived(master_key: bytes, purpose: str, size: int) -> bytes:
    return HKDF(SHA256(), size, salt=None, info=f"journal-cli/v1/{purpose}".encode()).derive(master_key)


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def from_passphrase(content: bytes, passphrase: str) -> bytes:
    document = json.loads(content)
    checksum = document.pop("sha256")
    assert hashlib.sha256(canonical(document)).hexdigest() == checksum
    words = unicodedata.normalize("NFC", passphrase).encode()
    master_key = b""
    for slot in document["slots"]:
        kdf = slot["kdf"]
        wrapped = base64.b64decode(slot.pop("wrapped"))
        bound = canonical(
            {"format": "journal-cli-key", "version": 1, "journal": document["journal"], "slot": slot},
        )
        salt = base64.b64decode(kdf["salt"])
        key = Argon2id(salt=salt, length=32, iterations=kdf["t"], lanes=kdf["p"], memory_cost=kdf["m"]).derive(words)
        with contextlib.suppress(InvalidTag):  # this slot has other words
            master_key = AESGCM(key).decrypt(base64.b64decode(slot["nonce"]), wrapped, bound)
        slot["wrapped"] = base64.b64encode(wrapped).decode()
    if not master_key:
        raise InvalidTag  # no slot opens with these words
    mac = bytes.fromhex(document.pop("mac"))
    assert hmac.digest(derived(master_key, "keyfile-mac", 32), canonical(document), "sha256") == mac
    assert derived(master_key, "key-check", 8).hex() == document["key_check"]
    return master_key


def from_paper(text: str) -> bytes:
    number = 0
    for sign in text.replace(" ", "")[:53]:
        number = number << 5 | SIGNS.index(sign)
    content = (number >> 1).to_bytes(33, "big")
    assert content[0] == 1
    return content[1:]


def decrypted(content: bytes, master_key: bytes) -> bytes:
    salt = derived(master_key, "sqlcipher-salt", SALT)
    mac_key = hashlib.pbkdf2_hmac("sha512", master_key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    pages = []
    for number in range(len(content) // PAGE):
        page = content[number * PAGE : (number + 1) * PAGE]
        start = SALT if number == 0 else 0
        body, iv, mac = page[start : PAGE - RESERVE], page[-RESERVE : -RESERVE + IV], page[-MAC:]
        expected = hmac.digest(mac_key, body + iv + (number + 1).to_bytes(4, "little"), "sha512")
        assert hmac.compare_digest(mac, expected), f"page {number + 1}"
        reader = Cipher(algorithms.AES(master_key), modes.CBC(iv)).decryptor()
        head = b"SQLite format 3\0" if number == 0 else b""
        pages.append(head + reader.update(body) + reader.finalize() + bytes(RESERVE))
    return b"".join(pages)


def opened(content: bytes, master_key: bytes) -> sqlite3.Connection:
    """In memory only; an SQLite older than the view for the search is told to read everything else all the same."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA writable_schema = ON")
    connection.deserialize(decrypted(content, master_key))
    return connection


def rows(path: Path, master_key: bytes, sql: str) -> list[tuple[Any, ...]]:
    connection = opened(path.read_bytes(), master_key)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def set_hash(content: bytes, master_key: bytes) -> str:
    """The sum over all rows, taken from the rows themselves."""
    connection = opened(content, master_key)
    (row_key,) = connection.execute("SELECT value FROM meta WHERE name = 'row_key'").fetchone()
    listed = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    ).fetchall()
    total = 0
    for name in (name for (name,) in listed if name != "meta" and not name.startswith("sqlite_")):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info('{name}')")]
        label = json.dumps([name, columns], separators=(",", ":"))
        for row in connection.execute(f"SELECT * FROM '{name}'"):  # noqa: S608  # names from the schema
            total += row_mac(bytes.fromhex(row_key), label, row)
    connection.close()
    return f"{total % 2**256:064x}"


def row_mac(key: bytes, label: str, row: tuple[Any, ...]) -> int:
    content = len(label).to_bytes(8, "big") + label.encode("ascii")
    for value in row:
        if value is None:
            content += b"N"
        elif isinstance(value, int):
            content += b"I" + value.to_bytes(8, "big", signed=True)
        elif isinstance(value, float):
            content += b"R" + struct.pack(">d", value)
        else:
            raw = value.encode() if isinstance(value, str) else value
            content += (b"T" if isinstance(value, str) else b"B") + len(raw).to_bytes(8, "big") + raw
    return int.from_bytes(hashlib.blake2b(content, key=key, digest_size=32).digest(), "big")


def fill(made: Made) -> None:
    steps = [lambda connection: connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")]
    with made.vault.open(1, lambda: steps) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", [(f"zażółć {i} " * 50,) for i in range(60)])


def test_both_readers_read_the_same(make: Make) -> None:
    made = make(passphrase="zażółć gęślą jaźń")
    fill(made)
    master_key = from_passphrase((made.folder / "keys.json").read_bytes(), made.passphrase)

    assert master_key == made.vault.master_key == from_paper(made.recovery)
    assert rows(made.database, master_key, "SELECT body FROM note ORDER BY id") == [
        (f"zażółć {i} " * 50,) for i in range(60)
    ]
    meta = dict(rows(made.database, master_key, "SELECT name, value FROM meta"))
    assert meta.pop("state").split(" ")[1] == set_hash(made.database.read_bytes(), master_key)
    assert {name: meta[name] for name in meta if name not in {"row_key", "covered"}} == {
        "format": "1",
        "journal": made.vault.journal,
        "key_epoch": "1",
        "created": "2026-11-24",
    }
    assert rows(made.database, master_key, "PRAGMA application_id") == [(0x6A636C69,)]
    assert rows(made.database, master_key, "PRAGMA user_version") == [(1,)]


def test_the_second_reader_needs_no_key_file_and_not_the_first_sixteen_bytes(made: Made) -> None:
    fill(made)
    with made.database.open("r+b") as file:
        file.write(bytes(16))

    assert rows(made.database, from_paper(made.recovery), "SELECT count(*) FROM note") == [(60,)]


def test_the_second_reader_refuses_other_words_and_altered_pages(made: Made) -> None:
    fill(made)
    with pytest.raises(InvalidTag):
        from_passphrase((made.folder / "keys.json").read_bytes(), "other words")

    content = bytearray(made.database.read_bytes())
    content[PAGE + 9] ^= 1
    with pytest.raises(AssertionError, match="page 2"):
        decrypted(bytes(content), made.vault.master_key)


def test_the_head_of_the_file_is_the_salt_of_its_key(made: Made) -> None:
    assert made.database.read_bytes()[:16] == derived(made.vault.master_key, "sqlcipher-salt", 16)


def test_the_vector_of_a_row_is_the_one_in_the_document() -> None:
    mac = row_mac(bytes(range(32)), '["note",["id","body"]]', (7, "ż"))
    document = Path(__file__).parents[2] / "journal_cli" / "vault" / "FORMAT.md"
    assert f"`{mac:064x}`" in document.read_text(encoding="utf-8")

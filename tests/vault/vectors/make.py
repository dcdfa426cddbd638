"""
Makes every vector of this folder: a text header, an empty line, the bytes. One fault a file.

The form is that of age's CCTV. `python tests/vault/vectors/make.py` from the top of the repository
writes them all anew. Key files and recovery keys come out byte for byte the same; databases do
not, because SQLCipher draws an IV for each page.
"""

import base64
import contextlib
import hashlib
import itertools
import json
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from journal_cli.vault import database, recovery, rekey
from journal_cli.vault.database import Database, Steps
from journal_cli.vault.derive import database_salt
from journal_cli.vault.keyfile import Earlier, KeyFile, signed, to_bytes
from journal_cli.vault.library import connect
from journal_cli.vault.slots import CHEAPEST, STANDARD, Cost, Header, Slot, canonical, seal

HERE = Path(__file__).parent
END = ".vector"
PAGE = 4096

KEY = bytes(range(32))
NEXT_KEY = bytes(range(32, 64))
JOURNAL = "0123456789abcdef0123456789abcdef"
OTHER_JOURNAL = "fedcba9876543210fedcba9876543210"
WORDS = "lantern orchid velvet"
NEXT_WORDS = "amber willow copper"
WHOLE, IN_PIECES = "zażółć", "zaz\u0307o\u0301\u0142c\u0301"
PAPER = recovery.written(KEY)
TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Vector:
    """
    One file.

    Args:
        name: What the file is called, without its kind and end.
        kind: `keyfile`, `recovery` or `database`.
        expect: What has to happen to it, see `tests/vault/README.md`.
        content: The bytes.
        more: Further lines of the header.
    """

    name: str
    kind: str
    expect: str
    content: bytes = field(repr=False)
    more: dict[str, str]

    @property
    def path(self) -> Path:
        return HERE / f"{self.kind}-{self.name}{END}"

    def to_bytes(self) -> bytes:
        lines = {"expect": self.expect, "kind": self.kind, **self.more}
        return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode() + b"\n" + self.content


def read(path: Path) -> Vector:
    """Read a vector file."""
    head, _, content = path.read_bytes().partition(b"\n\n")
    lines = dict(line.split(": ", 1) for line in head.decode().split("\n"))
    expect, kind = lines.pop("expect"), lines.pop("kind")
    return Vector(path.name.removeprefix(f"{kind}-").removesuffix(END), kind, expect, content, lines)


# Key files


def slot(passphrase: str = WORDS, *, number: int = 1, label: str = "", cost: Cost = CHEAPEST, key: bytes = KEY) -> Slot:
    header = Header(f"{number:016x}", "2026-11-24", label)
    return seal(key, passphrase, journal=JOURNAL, header=header, cost=cost, random=random.Random(number).randbytes)


def key_file(*slots: Slot, seq: int = 7, earlier: tuple[Earlier, ...] = ()) -> KeyFile:
    unsigned = KeyFile(JOURNAL, seq, key_epoch=1, key_check=b"", slots=slots or (slot(),), earlier=earlier)
    return signed(unsigned, KEY)


def replacing() -> KeyFile:
    """A key file in the middle of a replacement of the master key."""
    coming = slot(NEXT_WORDS, number=2, key=NEXT_KEY)
    return rekey.begun(
        key_file(), old=KEY, new=NEXT_KEY, slots=(coming,), today=TODAY, random=random.Random(3).randbytes
    )


def nested(number: int) -> list[Any]:
    return json.loads("[" * number + "]" * number)


def checked(document: dict[str, Any]) -> bytes:
    """A document with a checksum that fits, as someone writes it who knows the format."""
    document.pop("sha256", None)
    return canonical({**document, "sha256": hashlib.sha256(canonical(document)).hexdigest()})


def edited(change: Callable[[dict[str, Any]], object], of: KeyFile | None = None) -> bytes:
    document = json.loads(to_bytes(of or key_file()))
    change(document)
    return checked(document)


def top(**values: Any) -> bytes:
    return edited(lambda document: document.update(values))


def in_slot(**values: Any) -> bytes:
    return edited(lambda document: document["slots"][0].update(values))


def in_kdf(**values: Any) -> bytes:
    return edited(lambda document: document["slots"][0]["kdf"].update(values))


def without(name: str) -> bytes:
    return edited(lambda document: document.pop(name))


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def bit_of(name: str) -> bytes:
    """The key file with one bit flipped inside the value of a field, and everything else as it was."""
    content = to_bytes(key_file(slot(label="by the window")))
    return flipped(content, content.index(f'"{name}":"'.encode()) + len(name) + 5)


def other_base64(text: str) -> str:
    return base64.b64encode(flipped(base64.b64decode(text), 0)).decode()


def bit_of_slot(place: str, name: str) -> bytes:
    """One bit of a slot flipped, with a checksum that fits: no longer damage, only a slot that nothing opens."""

    def change(document: dict[str, Any]) -> None:
        one = document["slots"][0]
        holder = one["kdf"] if place == "kdf" else one
        holder[name] = other_base64(holder[name])

    return edited(change)


def opening_key_files() -> Iterator[Vector]:
    many = [slot(f"{WORDS} {number}", number=number) for number in range(1, 9)]
    earlier = tuple(Earlier(bytes([n]) * 8, f"2026-0{n}-01") for n in range(1, 9))
    for name, made, secret, comment in [
        ("one-slot", key_file(), WORDS, "as it is made"),
        ("newest-of-two", key_file(slot("other"), slot(number=2)), WORDS, "the last slot"),
        ("oldest-of-eight", key_file(*many), f"{WORDS} 1", "the first slot, tried last"),
        ("decomposed", key_file(slot(WHOLE)), IN_PIECES, "a passphrase typed in pieces opens"),
        ("composed", key_file(slot(IN_PIECES)), WHOLE, "the same passphrase typed whole opens too"),
        ("line-end", key_file(), WORDS + "\r\n", "what a pipe adds is no part of the passphrase"),
        ("label-in-polish", key_file(slot(label="żółta kartka")), WORDS, "escapes in the canonical form"),
        ("label-above-ffff", key_file(slot(label="📓")), WORDS, "a pair of surrogates in the canonical form"),
        ("longest-label", key_file(slot(label="x" * 64)), WORDS, "64 characters"),
        ("highest-seq", key_file(seq=2**53 - 1), WORDS, "the highest count there is"),
        ("eight-earlier-keys", key_file(earlier=earlier), WORDS, "eight replaced master keys are remembered"),
        ("usual-cost", key_file(slot(cost=STANDARD)), WORDS, "64 MiB, as the program makes it"),
        ("replacing-old-words", replacing(), WORDS, "the master key is being replaced; the old slot"),
        ("replacing-new-words", replacing(), NEXT_WORDS, "the master key is being replaced; the slot that is coming"),
    ]:
        key = NEXT_KEY if secret == NEXT_WORDS else KEY
        yield key_file_vector(name, "opens", to_bytes(made), comment, secret=secret, key=key.hex())


def locked_key_files() -> Iterator[Vector]:
    whole = to_bytes(key_file())
    for name, secret, comment in [
        ("other-words", "lantern orchid velour", "a passphrase of no slot"),
        ("other-case", WORDS.title(), "case matters"),
        ("no-words", "", "refused before the derivation"),
        ("line-end-only", "\r\n", "empty, when what a pipe adds is taken away"),
        ("nul", WORDS + "\0", "refused before the derivation"),
        ("too-long", "x" * 1025, "refused before the derivation"),
        ("half-a-character", "\ud800", "refused before the derivation"),
    ]:
        yield key_file_vector(name, "wrong key", whole, comment, secret=secret)
    for name, content, comment in [
        ("another-journal", top(journal=OTHER_JOURNAL), "a slot moved to another journal"),
        ("edited-label", in_slot(label="mine"), "a slot with another label"),
        ("edited-day", in_slot(created="2026-11-23"), "a slot with another day"),
        ("edited-id", in_slot(id="00000000000000ff"), "a slot with another id"),
        ("edited-passes", in_kdf(t=2), "a slot with another cost"),
        ("edited-salt", bit_of_slot("kdf", "salt"), "one bit of the salt, the checksum made anew"),
        ("edited-nonce", bit_of_slot("slot", "nonce"), "one bit of the nonce, the checksum made anew"),
        ("edited-key", bit_of_slot("slot", "wrapped"), "one bit of the wrapped key, the checksum made anew"),
    ]:
        yield key_file_vector(name, "wrong key", content, comment)


def damaged_key_files() -> Iterator[Vector]:
    whole = to_bytes(key_file())
    document = json.loads(whole)
    polish = to_bytes(key_file(slot(label="żona")))
    for name, content, comment in [
        ("bit-of-label", bit_of("label"), "one bit flipped in a label"),
        ("bit-of-wrapped", bit_of("wrapped"), "one bit flipped in the wrapped key: no wrong passphrase"),
        ("bit-of-salt", bit_of("salt"), "one bit flipped in a salt: no wrong passphrase"),
        ("bit-of-mac", bit_of("mac"), "one bit flipped in the MAC"),
        ("bit-of-checksum", bit_of("sha256"), "one bit flipped in the checksum"),
        ("bit-of-version", whole.replace(b'"version":1', b'"version":3'), "a flipped bit is no newer version"),
        ("first-byte", flipped(whole, 0), "one bit flipped in the first byte"),
        ("empty", b"", "nothing in it"),
        ("zeros", bytes(len(whole)), "as some file systems leave a file after a crash"),
        ("cut", whole[:-1], "the last byte is missing"),
        ("cut-in-half", whole[: len(whole) // 2], "half of it"),
        ("twice", whole + whole, "written twice"),
        ("line-end-after", whole + b"\n", "an editor added a line end"),
        ("space", whole.replace(b",", b", ", 1), "not the canonical form"),
        (
            "unsorted",
            json.dumps(dict(reversed(document.items())), separators=(",", ":")).encode(),
            "keys in another order",
        ),
        ("upper-escape", polish.replace(b"\\u017c", b"\\u017C"), "an escape in upper case"),
        ("plain-utf-8", polish.replace(b"\\u017c", "ż".encode()), "a character that has to be escaped"),
        ("byte-order-mark", b"\xef\xbb\xbf" + whole, "an editor added a mark"),
        ("double-name", b'{"aead":1,' + whole[1:], "a name too many, in front"),
        ("name-twice", whole.replace(b'"seq":7', b'"seq":7,"seq":7'), "one name twice"),
        ("list", b"[" + whole + b"]", "no object"),
        ("nan", whole.replace(b'"seq":7', b'"seq":NaN'), "no JSON"),
        ("deep", b"[" * 20_000, "twenty thousand lists in one another"),
        ("no-checksum", canonical({n: v for n, v in document.items() if n != "sha256"}), "without its checksum"),
        ("number-as-checksum", canonical({**document, "sha256": 1}), "a checksum that is no text"),
    ]:
        yield key_file_vector(name, "damaged", content, comment)


def refused_key_files() -> Iterator[Vector]:
    nine = [json.loads(to_bytes(key_file(slot(number=n))))["slots"][0] for n in range(1, 10)]
    sixteen = base64.b64encode(bytes(16)).decode()
    half = edited(lambda document: document["pending"].pop("previous"), replacing())
    for name, content, at_fault, comment in [
        ("two-tib", in_kdf(m=2**31 - 1), "m", "memory nobody has"),
        ("many-passes", in_kdf(t=2**32), "t", "an hour of waiting"),
        ("no-lanes", in_kdf(p=0), "p", "no lanes"),
        ("little-memory", in_kdf(p=4), "m", "less than eight blocks a lane"),
        ("true-memory", in_kdf(m=True), "m", "true is no number"),
        ("text-memory", in_kdf(m="65536"), "m", "a text is no number"),
        ("broken-memory", in_kdf(m=65536.0), "m", "a fraction is no whole number"),
        ("other-kdf", in_kdf(name="scrypt"), "kdf", "another derivation"),
        ("kdf-more", in_kdf(keyed=True), "kdf", "an unknown name in kdf"),
        ("short-salt", in_kdf(salt=base64.b64encode(bytes(15)).decode()), "salt", "15 bytes"),
        (
            "spare-bits",
            in_kdf(salt=sixteen.replace("A==", "B==")),
            "salt",
            "bits at the end of base64 that are not zero",
        ),
        ("no-padding", in_kdf(salt=sixteen.rstrip("=")), "salt", "base64 without its end"),
        ("other-aead", in_slot(aead="chacha20-poly1305"), "aead", "another cipher"),
        ("other-kind", in_slot(kind="keyring"), "kind", "another kind of slot"),
        ("slot-more", in_slot(note="hello"), "slot", "an unknown name in a slot"),
        ("long-label", in_slot(label="x" * 65), "label", "65 characters"),
        ("steering-label", in_slot(label="\x1b[2J"), "label", "a label that clears the screen"),
        ("no-such-day", in_slot(created="2026-02-30"), "created", "a day that does not exist"),
        ("upper-id", in_slot(id="00000000000000FF"), "id", "hexadecimal in upper case"),
        ("no-slots", top(slots=[]), "slots", "no slot at all"),
        ("nine-slots", top(slots=nine), "slots", "one slot too many"),
        ("twin-slots", top(slots=[nine[0], nine[0]]), "slots", "one id twice"),
        ("nested-slots", top(slots=nested(200)), "slot", "lists in one another in the place of a slot"),
        ("seq-nought", top(seq=0), "seq", "counts begin at one"),
        ("seq-too-high", top(seq=2**53), "seq", "more than every reader of JSON holds exactly"),
        ("version-text", top(version="1"), "version", "a text is no number"),
        ("version-nought", top(version=0), "version", "no version"),
        ("other-format", top(format="other-key"), "format", "made by another program"),
        ("file-more", top(note="hello"), "file", "an unknown name"),
        ("file-less", without("key_check"), "file", "a name is missing"),
        ("short-mac", top(mac="00"), "mac", "a MAC of one byte"),
        ("no-earlier", top(earlier=[]), "earlier", "empty, and so it must not be there"),
        ("half-pending", half, "pending", "a replacement without its way back"),
    ]:
        yield key_file_vector(name, "refused", content, comment, field=at_fault)


def other_key_files() -> Iterator[Vector]:
    newer = {"version": 2, "slots": "of another shape", "more": True}
    yield key_file_vector("version-2", "too new", top(version=2), "version 2, otherwise as it was")
    yield key_file_vector(
        "version-2-other-shape", "too new", checked(newer | {"format": "journal-cli-key"}), "only the frame"
    )
    two = key_file(slot(), slot("other", number=2))
    stranger = json.loads(to_bytes(key_file(slot("mallory", number=9))))["slots"][0]
    for name, content, comment in [
        ("slot-taken-away", edited(lambda d: d["slots"].pop(), two), "somebody removed a slot"),
        ("slot-put-in", edited(lambda d: d["slots"].append(stranger)), "somebody added a slot"),
        ("slots-in-another-order", edited(lambda d: d["slots"].reverse(), two), "somebody moved a slot"),
        ("higher-seq", top(seq=8), "somebody made it look newer"),
        ("higher-epoch", top(key_epoch=2), "somebody raised the epoch"),
        (
            "earlier-added",
            top(earlier=[{"key_check": "00" * 8, "until": "2026-01-01"}]),
            "somebody added an earlier key",
        ),
        ("other-key-check", top(key_check="00" * 8), "the check of another key"),
        ("other-mac", top(mac="00" * 32), "a MAC made without the key"),
    ]:
        yield key_file_vector(name, "altered", content, comment)


def key_file_vector(
    name: str, expect: str, content: bytes, comment: str, *, secret: str = WORDS, **more: str
) -> Vector:
    return Vector(name, "keyfile", expect, content, {"secret": json.dumps(secret), **more, "comment": comment})


# Recovery keys


def signs_of(content: bytes, *, prefix: str = "jcli", spare: int = 0) -> str:
    """Signs whose checksum fits, whatever they say."""
    number = int.from_bytes(content, "big") << 1 | spare
    count = -(-(len(content) * 8 + 1) // 5)
    return recovery.encode(prefix, [number >> 5 * (count - 1 - i) & 31 for i in range(count)]).removeprefix(
        prefix + "1"
    )


def as_bech32(signs: str) -> str:
    """The same with the older checksum: it differs by a constant."""
    signs, difference = signs.lower(), recovery._BECH32M ^ 1
    checksum = [recovery._ALPHABET.index(sign) ^ difference >> 5 * (5 - i) & 31 for i, sign in enumerate(signs[-6:])]
    return signs[:-6] + "".join(recovery._ALPHABET[value] for value in checksum)


def with_sign(place: int, sign: str) -> str:
    signs = PAPER.replace(" ", "")
    return signs[:place] + sign + signs[place + 1 :]


def recovery_keys() -> Iterator[Vector]:
    signs, groups = PAPER.replace(" ", ""), PAPER.split()
    for name, text, expect, says, comment in [
        ("as-written", PAPER, "opens", "", "the one of FORMAT.md"),
        ("lower-case", PAPER.lower(), "opens", "", "case does not matter"),
        ("mixed-case", PAPER.title(), "opens", "", "nor does mixed case, other than in BIP-350"),
        ("without-spaces", signs, "opens", "", "as it is copied"),
        ("dashes", PAPER.replace(" ", " – "), "opens", "", "as a word processor writes dashes"),
        ("lines", PAPER.replace(" ", "\r\n\t"), "opens", "", "one group a line"),
        ("one-wrong-sign", with_sign(17, "Z"), "wrong key", "group 4, third sign", "the place is found"),
        ("wrong-in-checksum", with_sign(58, "Q"), "wrong key", "group 12, fourth sign", "in the checksum too"),
        (
            "two-wrong-signs",
            with_sign(3, "P")[:40] + "P" + signs[41:],
            "wrong key",
            "do not fit together",
            "no place is named",
        ),
        ("neighbours", signs[:3] + signs[4] + signs[3] + signs[5:], "wrong key", "", "two signs changed places"),
        ("groups-moved", " ".join([groups[1], groups[0], *groups[2:]]), "wrong key", "", "two groups changed places"),
        ("letter-o", with_sign(0, "O"), "wrong key", "group 1, first sign", "no such sign"),
        ("letter-b", with_sign(5, "B"), "wrong key", "group 2, first sign", "no such sign"),
        ("letter-i", with_sign(11, "I"), "wrong key", "group 3, second sign", "no such sign"),
        ("digit-1", with_sign(24, "1"), "wrong key", "group 5, fifth sign", "no such sign"),
        ("polish-sign", with_sign(58, "ż"), "wrong key", "group 12, fourth sign", "no such sign"),
        ("last-missing", signs[:-1], "wrong key", "this has 58", "the length is said"),
        ("group-missing", " ".join(groups[:5] + groups[6:]), "wrong key", "this has 54", "a group forgotten"),
        ("group-twice", " ".join([groups[0], *groups]), "wrong key", "this has 64", "a group written twice"),
        ("empty", "", "wrong key", "this has 0", "nothing"),
        ("with-prefix", "JCLI1" + signs, "wrong key", "", "the prefix is not written"),
        ("other-prefix", signs_of(b"\1" + KEY, prefix="other"), "wrong key", "", "signs made for something else"),
        ("bech32", as_bech32(signs), "wrong key", "", "the checksum of Bech32, which Bech32m replaced"),
        ("no-checksum", signs[:-6] + "QQQQQQ", "wrong key", "", "a checksum that is made up"),
        ("spare-bit", signs_of(b"\1" + KEY, spare=1), "wrong key", "not a recovery key", "the last bit is not zero"),
        ("version-2", signs_of(b"\2" + KEY), "too new", "", "of a newer kind"),
        ("version-255", signs_of(b"\xff" + KEY), "too new", "", "of a newer kind"),
    ]:
        opening = {"key": KEY.hex()} if expect == "opens" else {}
        saying = {"says": says} if says else {}
        yield Vector(name, "recovery", expect, text.encode(), {**opening, **saying, "comment": comment})


# Databases


def tables(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")


def opened(path: Path) -> Database:
    return database.open_database(
        path, master_key=KEY, journal=None, steps=Steps(1, lambda: [tables]), memory_security=False
    )


def small_database(*sql: str, key: bytes = KEY, journal: str = JOURNAL) -> bytes:
    """A database with four notes, and statements that someone with the key could send to it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        database.create(path, master_key=key, journal=journal, today=TODAY)
        if key == KEY:
            with opened(path) as made, made.changing():
                made.run_each("INSERT INTO note (body) VALUES (?)", [(f"zażółć {n} " * 100,) for n in range(4)])
        with contextlib.closing(connect(path, key=key, salt=database_salt(key), memory_security=False)) as connection:
            for statement in sql:
                connection.execute(statement)
        return path.read_bytes()


def in_meta(name: str, value: str) -> str:
    return f"UPDATE meta SET value = '{value}' WHERE name = '{name}'"  # noqa: S608  # both stand in this file


def older_page() -> bytes:
    """A page as it was before the last change, in its place and whole by itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        path.write_bytes(small_database())
        before = path.read_bytes()
        with opened(path) as made, made.changing():
            made.run("UPDATE note SET body = 'x' || body")
        after = path.read_bytes()
    numbers = range(len(after) // PAGE - 1, 1, -1)
    place = next(n * PAGE for n in numbers if before[n * PAGE : (n + 1) * PAGE] != after[n * PAGE : (n + 1) * PAGE])
    return after[:place] + before[place : place + PAGE] + after[place + PAGE :]


def plain_database() -> bytes:
    connection = sqlite3.connect(":memory:")
    tables(connection)
    try:
        return connection.serialize()
    finally:
        connection.close()


def swapped(content: bytes) -> bytes:
    """The last two pages in each other's place, each whole by itself."""
    return content[: -2 * PAGE] + content[-PAGE:] + content[-2 * PAGE : -PAGE]


def databases() -> Iterator[Vector]:
    whole = small_database()
    last = len(whole) - PAGE
    for name, content, expect, comment in [
        ("whole", whole, "opens", "four notes"),
        ("another-head", bytes(16) + whole[16:], "opens", "the first sixteen bytes are lost; nothing needs them"),
        ("bit-of-first-page", flipped(whole, 100), "damaged", "one bit flipped in the first page: no wrong key"),
        ("bit-of-last-page", flipped(whole, last + 100), "damaged", "one bit flipped in the last page"),
        ("bit-of-iv", flipped(whole, last + PAGE - 70), "damaged", "one bit flipped in an IV"),
        ("bit-of-mac", flipped(whole, len(whole) - 1), "damaged", "one bit flipped in a MAC"),
        ("empty", b"", "damaged", "nothing in it"),
        ("less-than-a-page", whole[: PAGE - 1], "damaged", "cut within the first page"),
        ("page-missing", whole[:last], "damaged", "the last page is missing"),
        ("half-a-page-missing", whole[: last + PAGE // 2], "damaged", "cut in the last page"),
        ("bytes-after", whole + b"0123456789", "damaged", "ten bytes too many"),
        ("pages-swapped", swapped(whole), "damaged", "two whole pages in each other's place"),
        ("not-encrypted", plain_database(), "damaged", "a database that anyone can read"),
        ("noise", random.Random(5).randbytes(2 * PAGE), "wrong key", "no database, or one of another key"),
        ("other-key", small_database(key=NEXT_KEY), "wrong key", "a journal of another recovery key"),
        ("other-journal", small_database(in_meta("journal", OTHER_JOURNAL)),
         "wrong journal", "another id in it than the key file has"),
        ("other-program", small_database("PRAGMA application_id = 1"), "refused", "not one of this program's"),
        ("without-meta", small_database("DROP TABLE meta"), "refused", "nothing says which journal it is"),
        ("newer-schema", small_database("PRAGMA user_version = 2"), "too new", "more steps than are known"),
        ("newer-format", small_database(in_meta("format", "2")), "too new", "a newer meta"),
        ("older-page", older_page(), "altered", "one page as it was before the last change"),
        ("other-sum", small_database(in_meta("state", "9 " + "0" * 64)), "altered",
         "a sum that is not that of the rows"),
    ]:  # fmt: skip
        more = {"secret": json.dumps(PAPER), "journal": JOURNAL, "comment": comment}
        yield Vector(name, "database", expect, content, more)


def key_files() -> Iterator[Vector]:
    """Every key file."""
    return itertools.chain(
        opening_key_files(), locked_key_files(), damaged_key_files(), refused_key_files(), other_key_files()
    )


def every() -> list[Vector]:
    """Every vector, made anew."""
    return [*key_files(), *recovery_keys(), *databases()]


if __name__ == "__main__":
    for vector in every():
        vector.path.write_bytes(vector.to_bytes())

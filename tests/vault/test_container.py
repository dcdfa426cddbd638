"""The encrypted container: it streams, it gives nothing that was not proven, and another program can read it."""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import Damaged, NotWhatItSays, TooNew, WrongKey
from journal_cli.vault import container
from journal_cli.vault.container import HEADER_SIZE, PIECE, TAG, sealed, unsealed
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds, Cost

WORDS = "lantern orchid velvet harbor żuraw"
ANY = Bounds(lowest=CHEAPEST, highest=STRONG)
VECTORS = Path(__file__).parent / "vectors" / "container.json"


def counted(size: int) -> bytes:
    """Unpredictable bytes that are the same each time."""
    return hashlib.shake_256(b"container").digest(size)


def kept(content: bytes, words: str = WORDS) -> bytes:
    return b"".join(sealed([content], words, cost=CHEAPEST, random=counted))


def opened(file: bytes, words: str = WORDS, step: int = 70_001) -> bytes:
    pieces = (file[start : start + step] for start in range(0, len(file), step))
    return b"".join(unsealed(pieces, words, bounds=ANY))


def by_the_page(file: bytes, words: str) -> bytes:
    """Read one as FORMAT.md, 12 tells, with none of our code."""
    assert file[:5] == b"jcle\x01"
    passes, memory, lanes = file[5], int.from_bytes(file[6:10], "big"), file[10]
    salt, header = file[11:27], file[:67]
    assert hashlib.sha256(file[:27]).digest()[:8] == file[27:35]
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        words.encode()
    )
    keys = {
        name: HKDF(SHA256(), 32, salt=None, info=f"journal-cli/v1/export-{name}".encode()).derive(stretched)
        for name in ("header", "pieces")
    }
    assert hmac.digest(keys["header"], file[:27], "sha256") == file[35:67]
    rest, found = file[67:], b""
    cut = [rest[start : start + 65_552] for start in range(0, len(rest), 65_552)]
    for number, piece in enumerate(cut):
        nonce = number.to_bytes(11, "big") + (b"\x01" if number == len(cut) - 1 else b"\x00")
        found += AESGCM(keys["pieces"]).decrypt(nonce, piece, header)
    return found


@given(st.integers(0, 3), st.integers(-2, 2), st.integers(1, 200_000))
@example(0, 0, 1)  # nothing at all
@example(2, 0, 65_536)  # the last piece is full
@example(1, 1, 7)
def test_what_was_kept_comes_back_whatever_its_size_and_however_it_is_cut(pieces: int, more: int, step: int) -> None:
    content = counted(max(0, pieces * PIECE + more))
    file = kept(content)

    assert opened(file, step=max(step, 500)) == content
    assert by_the_page(file, WORDS) == content
    assert len(file) == HEADER_SIZE + len(content) + TAG * max(1, -(-len(content) // PIECE))


def test_no_two_files_are_alike_and_none_shows_its_content() -> None:
    content = b"heron over the weir " * 5000
    first, second = (b"".join(sealed([content], WORDS, cost=CHEAPEST)) for _ in range(2))

    assert first[11:27] != second[11:27]
    assert first[67:] != second[67:]
    assert b"heron" not in first


def test_other_words_open_nothing_and_damage_is_told_from_them() -> None:
    file = kept(b"heron")

    with pytest.raises(WrongKey):
        opened(file, WORDS + "s")


@pytest.mark.parametrize("place", [5, 8, 12, 26, 30, 66, 67, 90, HEADER_SIZE + PIECE + 5, -1])
def test_one_bit_anywhere_is_refused(place: int) -> None:
    file = bytearray(kept(counted(PIECE + 100)))
    file[place] ^= 1

    # Words that are wrong and a MAC that was altered cannot be told apart, and must not be.
    with pytest.raises(WrongKey if place == 66 else (TooNew, Damaged)):
        opened(bytes(file))


@pytest.mark.parametrize("size", [5, 30, HEADER_SIZE - 1, HEADER_SIZE, HEADER_SIZE + 3, HEADER_SIZE + PIECE + TAG, -1])
def test_a_part_of_one_is_refused(size: int) -> None:
    file = kept(counted(2 * PIECE + 100))

    with pytest.raises(Damaged):
        opened(file[:size])


def test_pieces_cannot_change_places_be_left_out_or_come_twice() -> None:
    file = kept(counted(3 * PIECE))
    size = PIECE + TAG
    head, one, two, three = (
        file[:HEADER_SIZE],
        *(file[HEADER_SIZE + size * n : HEADER_SIZE + size * (n + 1)] for n in range(3)),
    )
    assert opened(head + one + two + three) == counted(3 * PIECE)

    for others in ([two, one, three], [one, three], [one, two, three, three], [two, three], [one, two, three, b"x"]):
        with pytest.raises(Damaged):
            opened(head + b"".join(others))


def test_nothing_is_given_out_before_it_was_proven() -> None:
    file = bytearray(kept(counted(3 * PIECE)))
    file[HEADER_SIZE + PIECE + TAG + 9] ^= 1

    taken = unsealed([bytes(file)], WORDS, bounds=ANY)
    assert next(taken) == counted(3 * PIECE)[:PIECE]
    with pytest.raises(Damaged):
        next(taken)


@pytest.mark.parametrize("cost", [Cost(1, 8, 1), Cost(3, 2_100_000, 4), Cost(17, 65_536, 4)])
def test_a_cost_no_version_makes_is_refused_before_anything_is_derived(cost: Cost, monkeypatch) -> None:
    monkeypatch.setattr(container, "stretch", lambda *_: pytest.fail("something was derived"))
    told = container.Header(cost, bytes(16), bytes(32)).to_bytes()

    with pytest.raises(Damaged):
        list(unsealed([told + bytes(40)], WORDS))


def test_a_newer_one_and_another_file_are_told_apart() -> None:
    file = kept(b"")

    with pytest.raises(TooNew):
        opened(file[:4] + b"\x02" + file[5:])
    with pytest.raises(NotWhatItSays):
        opened(b"PK\x03\x04" + file)
    with pytest.raises(NotWhatItSays):
        opened(b"")


def test_it_streams() -> None:
    asked = 0

    def coming() -> Iterator[bytes]:
        nonlocal asked
        for _ in range(50):
            asked += 1
            yield os.urandom(PIECE)

    file = sealed(coming(), WORDS, cost=CHEAPEST)
    next(file), next(file)

    assert asked <= 3


def test_the_vectors_hold() -> None:
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        file = bytes.fromhex(vector["file"])
        try:
            outcome = hashlib.sha256(opened(file, vector["words"])).hexdigest()
        except (WrongKey, Damaged, TooNew, NotWhatItSays) as failure:
            outcome = str(failure.exit_code)

        assert outcome == vector["outcome"], vector["name"]
        if len(outcome) == 64:
            assert hashlib.sha256(by_the_page(file, vector["words"])).hexdigest() == outcome

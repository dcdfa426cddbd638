import os
import unicodedata
from dataclasses import replace
from typing import Never

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import Refused, WrongKey
from journal_cli.vault import slots
from journal_cli.vault.slots import CHEAPEST, Cost, Header, Slot, passphrase_bytes, seal, unseal

KEY = bytes(range(32))
JOURNAL = "0123456789abcdef0123456789abcdef"
HEADER = Header(id="00112233aabbccdd", created="2026-11-24", label="at home")


def sealed(passphrase: str = "lantern orchid") -> Slot:  # noqa: S107  invented
    return seal(KEY, passphrase, journal=JOURNAL, header=HEADER, cost=CHEAPEST)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=60))
@example("zażółć gęślą jaźń")
@example("字" * 60)
def test_what_was_sealed_opens_with_the_same_words(passphrase: str) -> None:
    assert unseal(sealed(passphrase), passphrase, journal=JOURNAL) == KEY


def test_words_typed_in_pieces_open_what_was_typed_whole() -> None:
    slot = sealed("zażółć gęślą")

    assert unseal(slot, unicodedata.normalize("NFD", "zażółć gęślą"), journal=JOURNAL) == KEY
    assert unseal(slot, "zażółć gęślą\r\n", journal=JOURNAL) == KEY


def test_other_words_do_not_open() -> None:
    with pytest.raises(WrongKey, match="these words do not open this journal"):
        unseal(sealed(), "lantern orchids", journal=JOURNAL)


def test_a_slot_opens_no_other_journal() -> None:
    with pytest.raises(WrongKey):
        unseal(sealed(), "lantern orchid", journal="f" * 32)


@pytest.mark.parametrize("part", ["salt", "nonce", "wrapped"])
def test_one_flipped_bit_anywhere_is_refused(part: str) -> None:
    slot = sealed()
    whole = getattr(slot, part)
    bent = replace(slot, **{part: bytes([whole[0] ^ 1]) + whole[1:]})

    with pytest.raises(WrongKey):
        unseal(bent, "lantern orchid", journal=JOURNAL)


@pytest.mark.parametrize(
    "header",
    [replace(HEADER, id="0" * 16), replace(HEADER, created="2026-11-25"), replace(HEADER, label="")],
)
def test_a_slot_with_an_edited_header_is_refused(header: Header) -> None:
    with pytest.raises(WrongKey):
        unseal(replace(sealed(), header=header), "lantern orchid", journal=JOURNAL)


@pytest.mark.parametrize("typed", ["", "\r\n", "a\0b", "x" * 1025, "ż" * 513, "x" * 1_000_000, "\ud800"])
def test_what_cannot_be_a_passphrase_is_refused_before_the_derivation(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = sealed()
    monkeypatch.setattr(slots, "Argon2id", None)  # would fail loudly

    with pytest.raises(WrongKey) as refused:
        unseal(slot, typed, journal=JOURNAL)
    assert not typed or typed not in str(refused.value)


def test_the_longest_passphrase_may_be_typed_in_pieces() -> None:
    longest = "\u1f82" * 341  # one Greek letter of three bytes, four characters when taken apart
    assert passphrase_bytes(unicodedata.normalize("NFD", longest)) == longest.encode()


def test_too_little_memory_names_the_need_and_the_recovery_key(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = replace(sealed(), cost=Cost(passes=3, memory=262_144, lanes=4))

    class NoMemory:
        def __init__(self, **_: object) -> None:
            pass

        def derive(self, _: object) -> Never:
            raise MemoryError

    # Only the failure is put in: taking the real memory away would stop the test run too.
    monkeypatch.setattr(slots, "Argon2id", NoMemory)
    with pytest.raises(Refused, match="256 MiB") as refused:
        unseal(slot, "lantern orchid", journal=JOURNAL)
    assert "recovery key" in refused.value.hint


def test_no_secret_shows_in_a_repr() -> None:
    shown = repr(seal(KEY, "lantern orchid", journal=JOURNAL, header=HEADER, cost=CHEAPEST, random=os.urandom))
    assert "wrapped" not in shown
    assert "salt" not in shown


def test_every_slot_gets_its_own_salt_and_nonce() -> None:
    one, two = sealed(), sealed()
    assert one.salt != two.salt
    assert one.nonce != two.nonce

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import TooNew, WrongKey
from journal_cli.vault.recovery import decode, encode, looks_like_recovery_key, read, written

KEY = bytes(range(32))
keys = st.binary(min_size=32, max_size=32)
ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"

# BIP-350, test vectors for Bech32m.
VALID = """
A1LQFN3A
a1lqfn3a
an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6
abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx
11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8
split1checkupstagehandshakeupstreamerranterredcaperredlc445v
?1v759aa
""".split()  # noqa: SIM905  as the document has them
INVALID = [
    "\x201xj0phk",
    "\x7f1g6xzxy",
    "\x801vctc34",
    "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
    "qyrz8wqd2c9m",
    "1qyrz8wqd2c9m",
    "y1b0jsk6g",
    "lt1igcx5c0",
    "in1muywd",
    "mm1crxm3i",
    "au1s5cgom",
    "M1VUXWEZ",
    "16plkw9",
    "1p2gdwpf",
]


@pytest.mark.parametrize("text", VALID)
def test_the_valid_strings_of_bip_350_are_read_and_written_again(text: str) -> None:
    found = decode(text)

    assert found is not None
    assert encode(*found) == text.lower()


@pytest.mark.parametrize("text", INVALID)
def test_the_invalid_strings_of_bip_350_are_not_read(text: str) -> None:
    assert decode(text) is None


def test_a_string_in_two_cases_is_not_read() -> None:
    assert decode("A1lqfn3a") is None


@given(keys)
@example(bytes(32))
@example(b"\xff" * 32)
def test_a_key_comes_back_from_its_written_form(key: bytes) -> None:
    text = written(key)

    assert len(text.replace(" ", "")) == 59
    assert [len(group) for group in text.split()] == [5] * 11 + [4]
    assert text == text.upper()
    assert read(text) == key
    assert looks_like_recovery_key(text)


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.title,
        lambda t: t.replace(" ", "-"),
        lambda t: t.replace(" ", ""),
        lambda t: f" {t}\r\n",
        lambda t: t.replace(" ", " – "),
    ],
)
def test_case_spaces_and_dashes_do_not_matter(change: Callable[..., Any]) -> None:
    assert read(change(written(KEY))) == KEY
    assert looks_like_recovery_key(change(written(KEY)))


@given(keys, st.integers(0, 58), st.sampled_from(ALPHABET))
@example(KEY, 58, "Q")
def test_a_single_wrong_sign_is_found_and_the_right_one_named(key: bytes, place: int, sign: str) -> None:
    signs = written(key).replace(" ", "")
    if signs[place] == sign:
        return

    with pytest.raises(WrongKey) as wrong:
        read(signs[:place] + sign + signs[place + 1 :])

    ordinal = ["first", "second", "third", "fourth", "fifth"][place % 5]
    assert str(wrong.value).startswith(f"group {place // 5 + 1}, {ordinal} sign:")
    assert wrong.value.hint == f"did you mean {signs[place]}?"


@given(keys, st.randoms(use_true_random=False), st.integers(2, 4))
def test_up_to_four_wrong_signs_never_open_anything(key: bytes, chance: random.Random, count: int) -> None:
    signs = list(written(key).replace(" ", ""))
    for place in chance.sample(range(59), count):
        signs[place] = chance.choice([sign for sign in ALPHABET if sign != signs[place]])

    with pytest.raises(WrongKey):
        read("".join(signs))


@pytest.mark.parametrize(
    "place, name", [(0, "group 1, first sign"), (17, "group 4, third sign"), (58, "group 12, fourth sign")]
)
@pytest.mark.parametrize("sign, meant", [("O", "0"), ("I", "L"), ("1", "L"), ("B", "8"), ("ż", None)])
def test_a_sign_that_cannot_be_is_named_with_its_place(place: int, name: str, sign: str, meant: str | None) -> None:
    signs = written(KEY).replace(" ", "")

    with pytest.raises(WrongKey) as wrong:
        read(signs[:place] + sign + signs[place + 1 :])

    assert str(wrong.value).startswith(name)
    assert (f"did you mean {meant}?" == wrong.value.hint) is (meant is not None)


@pytest.mark.parametrize("size", [0, 49, 54, 58])
def test_a_key_of_another_length_is_told_the_length_seen(size: int) -> None:
    with pytest.raises(WrongKey, match=f"has 59 signs, this has {size}"):
        read(written(KEY).replace(" ", "")[:size])


def test_neighbours_that_changed_places_are_noticed() -> None:
    signs = written(random.Random(1).randbytes(32)).replace(" ", "")
    for place in range(58):
        if signs[place] != signs[place + 1]:
            with pytest.raises(WrongKey):
                read(signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :])


def test_a_key_of_a_newer_kind_is_named_as_such() -> None:
    content = int.from_bytes(bytes([2]) + KEY, "big") << 1
    with pytest.raises(TooNew):
        read(encode("jcli", [content >> 5 * (52 - i) & 31 for i in range(53)]).removeprefix("jcli1"))


def test_a_spare_bit_that_is_set_is_refused() -> None:
    content = int.from_bytes(bytes([1]) + KEY, "big") << 1 | 1
    with pytest.raises(WrongKey):
        read(encode("jcli", [content >> 5 * (52 - i) & 31 for i in range(53)]).removeprefix("jcli1"))


def test_the_same_signs_under_another_prefix_are_refused() -> None:
    content = int.from_bytes(bytes([1]) + KEY, "big") << 1
    with pytest.raises(WrongKey):
        read(encode("other", [content >> 5 * (52 - i) & 31 for i in range(53)]).removeprefix("other1"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lantern orchid velvet harbor quartz",
        "lantern orchid velvet harbor quartz lantern orchid velvet harbor",
        "my 7 dogs & 3 cats, and a sentence that runs on for quite a while!",
        "q" * 59,
        "żółw" * 14 + "2",
    ],
)
def test_a_passphrase_is_not_taken_for_a_recovery_key(text: str) -> None:
    assert not looks_like_recovery_key(text)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-6], lambda t: "O" + t[1:], lambda t: t + " " + t[:5], lambda t: t[12:]]
)
def test_a_mistyped_recovery_key_is_still_taken_for_one(change: Callable[..., Any]) -> None:
    assert looks_like_recovery_key(change(written(random.Random(1).randbytes(32))))


@given(st.text(max_size=80))
def test_any_text_at_all_is_a_key_or_a_wrong_key(text: str) -> None:
    looks_like_recovery_key(text)
    with pytest.raises(WrongKey):
        read(text)

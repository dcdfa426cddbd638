import math
from typing import Any

import pytest

from journal_cli.errors import Mistyped
from journal_cli.vault.passphrase import five_words, offered_words
from journal_cli.vault.strength import strength


def test_five_words_carry_at_least_sixty_three_bits() -> None:
    assert 5 * math.log2(len(offered_words())) > 63.7
    assert len(set(offered_words())) == len(offered_words())


def test_five_words_are_five_words_and_never_the_same() -> None:
    offered = {five_words() for _ in range(20)}

    assert len(offered) == 20
    assert all(len(words.split(" ")) == 5 for words in offered)


def test_the_chooser_chooses() -> None:
    assert five_words(lambda words: words[0]) == " ".join([offered_words()[0]] * 5)


@pytest.mark.parametrize(
    "word", ["helpless", "womb", "handgun", "skinny", "worthless", "imbecile", "graveyard", "t-shirt"]
)
def test_words_that_sting_are_not_offered(word: str) -> None:
    assert word not in offered_words()


def test_words_are_plain_lower_case_letters() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in offered_words())


def test_five_words_are_good() -> None:
    assert strength("lantern orchid velvet harbor quartz").kind == "good"
    assert strength(five_words()).accepted


@pytest.mark.parametrize(
    "passphrase, kind",
    [
        ("xK9#q", "short"),
        ("password", "weak"),
        ("aaaaaaaaaaaaaaaa", "weak"),
        ("xK9#qv2P", "fair"),
        ("x" * 1000, "weak"),
    ],
)
def test_the_kind_says_what_to_tell_the_person(passphrase: str, kind: Any) -> None:
    found = strength(passphrase)

    assert found.kind == kind
    assert found.accepted is (kind in ("fair", "good"))


@pytest.mark.parametrize("passphrase", ["", "x" * 1025, "a\0b"])
def test_what_cannot_be_a_passphrase_is_a_mistyped_answer(passphrase: str) -> None:
    with pytest.raises(Mistyped):
        strength(passphrase)

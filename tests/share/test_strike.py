"""Passages that were struck out stand nowhere any more; what surrounds them stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leaving import UNTIL, composed, spoken, whole

from journal_cli.errors import NotWhatItSays, Protected
from journal_cli.share.document import Document, Talk
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.redact import texts
from journal_cli.share.strike import stands_in, struck
from journal_cli.share.to_markdown import to_markdown


def said(*lines: str) -> Document:
    return Document("en", "For my therapist", None, UNTIL, (Talk(lines),))


def after(text: str, *passages: str) -> str:
    return struck(said(text), passages).blocks[0].lines[0]


@pytest.mark.parametrize(
    "text, passages, left",
    [
        ("One. Two. Three.", ("Two.",), "One. […] Three."),
        ("One. Two. Three.", (" two. ",), "One. […] Three."),
        ("One.\nTwo\n  words. Three.", ("two words.",), "One.\n[…] Three."),
        ("a b a b", ("a",), "[…] b […] b"),
        ("One. Two. Three.", ("One. Two.", "Two. Three."), "[…]"),
        ("One. Two. Three.", ("One.", "Three."), "[…] Two. […]"),
        ("Ro\u0301z\u0307a here", ("Róża",), "[…] here"),
        ("Ro\u0301z\u0307a", ("ro",), "Ro\u0301z\u0307a"),
        ("se\u200bcret", ("secret",), "[…]"),
        ("One.", ("", "  "), "One."),
    ],
)
def test_a_passage_is_struck_however_its_lines_were_broken(text: str, passages: tuple[str, ...], left: str) -> None:
    if left == text and any(one.strip() for one in passages):
        with pytest.raises(NotWhatItSays):
            after(text, *passages)
    else:
        assert after(text, *passages) == left


def test_it_is_struck_everywhere() -> None:
    one = whole(body="SECRET body.", title="SECRET title", question="SECRET?", follow_ups=[("And SECRET?", "SECRET")])
    document = composed(Plan("md", talk_about=("SECRET",), entries=("7k2m9qxa",)), [one])

    page = to_markdown(laid_out(struck(document, ["secret"]), spoken())).decode()

    assert "SECRET" not in page
    assert page.count("…") == 6


def test_what_is_not_there_is_refused_without_repeating_it() -> None:
    with pytest.raises(NotWhatItSays) as failure:
        after("One.", "One.", "HIDDEN")

    assert failure.value.exit_code == 22
    assert "HIDDEN" not in f"{failure.value} {failure.value.hint} {failure.value!r}"
    assert stands_in(said("One."), "one")
    assert not stands_in(said("One."), "two")
    assert not stands_in(said("One."), " ")


def test_the_sign_of_a_cut_cannot_be_struck() -> None:
    with pytest.raises(Protected):
        after("A […] here", "…")


@given(
    st.text("aAb \n.\u200b", max_size=30), st.lists(st.text("aAb .", min_size=1, max_size=4), min_size=1, max_size=3)
)
def test_nothing_struck_is_left(text: str, passages: list[str]) -> None:
    passages = [one for one in passages if one.strip()]
    try:
        left = struck(said(text), passages)
    except NotWhatItSays:
        assert any(not stands_in(said(text), one) for one in passages)
        return
    except Protected:
        assert any(set(one) <= set(" .") for one in passages)  # as the sign of a cut is spelt
        return
    for found in texts(left.blocks):
        plain = " ".join(found.replace("\u200b", "").casefold().split())
        for one in passages:
            assert " ".join(one.casefold().split()) not in plain

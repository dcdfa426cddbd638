import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from journal_cli.errors import Mistyped, NotWhatItSays
from journal_cli.journal.text import (
    LONGEST,
    count_words,
    decoded,
    is_empty,
    opening,
    people,
    storable,
    tag_name,
    tags,
    visible,
    visible_line,
)

any_text = st.text(st.characters(codec=None), max_size=60)  # lone surrogates too
odd_text = st.text("ab \n\t\r\x00\x1b\x7f\x9b\u200b\u200d\u202e\ud800\ufe0f❤👩é\u0301ي\u200c@#-_\\字", max_size=40)
texts = any_text | odd_text


@pytest.mark.parametrize(
    "text, shown",
    [
        ("plain zażółć\n\tand tab", "plain zażółć\n\tand tab"),
        ("\x1b[2J\x00\x7f", "␛[2J␀␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("one\r\ntwo\rthree\r", "one\ntwo␍three␍"),
        ("a\u202eb\u2066c\u200ed\u061ce", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200E⟩d⟨U+061C⟩e"),
        ("a\u2028b\u2029c", "a⟨U+2028⟩b⟨U+2029⟩c"),
        ("in\u200bvis\u2060ible\ufeff\u00ad", "in⟨U+200B⟩vis⟨U+2060⟩ible⟨U+FEFF⟩⟨U+00AD⟩"),
        ("half \ud83d", "half ⟨U+D83D⟩"),
        ("a\u200cb", "a⟨U+200C⟩b"),
        ("x\U000e0041\U000e0042", "x⟨U+E0041⟩⟨U+E0042⟩"),
        ("x\ufe0f\ufe0f", "x\ufe0f⟨U+FE0F⟩"),
        ("\u3164", "⟨U+3164⟩"),
        ("\ufe0fx\n\ufe0f", "⟨U+FE0F⟩x\n⟨U+FE0F⟩"),
        ("a\u200cي", "a⟨U+200C⟩ي"),
        ("🏴" + "\U000e0061" * 7 + "\U000e007f", "🏴" + "⟨U+E0061⟩" * 7 + "⟨U+E007F⟩"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧 ❤\ufe0f 🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "می\u200cخواهم",  # Persian
        "क्\u200cष",  # Hindi
        "cafe\u0301, שָׁלוֹם, नमस्ते",
        "葛\U000e0100城",
    ],
)
def test_emoji_marks_and_spellings_stay_whole(text: str) -> None:
    assert visible(text) == text


@given(texts)
@example("\u3164\u200cي")
@example("\r\r\n\n")
@example("x\ufe0f\ufe0f\ufe0f")
def test_shown_text_holds_nothing_that_steers_and_showing_twice_changes_nothing(text: str) -> None:
    shown = visible(text)

    for sign in shown:
        assert unicodedata.category(sign) not in {"Cs", "Zl", "Zp"}
        assert unicodedata.category(sign) != "Cc" or sign in "\n\t"
        assert unicodedata.bidirectional(sign) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert visible(shown) == shown
    assert visible_line(text).isspace() or "\n" not in visible_line(text)
    shown.encode()


@given(texts)
def test_a_line_is_one_line_however_it_is_split(text: str) -> None:
    assert len(visible_line(text).splitlines()) <= 1


@given(any_text.filter(lambda text: all(unicodedata.category(sign)[0] in "LNPS" for sign in text)))
@example("«Zażółć» – 漢字, ё! ½")
def test_ordinary_writing_is_shown_as_it_is(text: str) -> None:
    assume(not set(text) & set("\u115f\u1160\u3164\uffa0"))

    assert visible(text) == text


def test_line_ends_and_tabs_become_one_space() -> None:
    assert visible_line("one\r\n\n\ttwo\tthree") == "one two three"


@given(st.text())
@example("\x00\x1b[31m\u202e")
def test_what_can_be_kept_is_kept_unchanged(text: str) -> None:
    assert storable(text) == text


def test_half_a_character_is_refused_by_its_place_and_not_by_the_text() -> None:
    with pytest.raises(Mistyped, match="character 7 ") as refused:
        storable("secret\ud83d")

    assert refused.value.__context__ is None
    assert "secret" not in str(refused.value) + repr(refused.value) + refused.value.hint


def test_a_text_may_be_just_as_long_as_the_limit() -> None:
    whole = "é" * (LONGEST // 2)

    assert storable(whole) is whole
    with pytest.raises(Mistyped, match="16 MiB"):
        storable(whole + "a")


@pytest.mark.parametrize(
    "text", ["", " \n\t\r\n", "\u200b\ufeff", "\u00a0\u3000\u2003", "\x00\x1b", "\u2800\u3164", "\ufe0f"]
)
def test_nothing_to_see_is_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u200b字", "👍", "\u0301", "\ud800", "0"])
def test_anything_to_see_is_not_empty(text: str) -> None:
    assert not is_empty(text)


@given(st.text(), st.booleans())
@example("one\r\ntwo", True)
def test_utf8_is_read_without_its_mark_and_with_its_line_ends(text: str, marked: bool) -> None:
    assume(not text.startswith("\ufeff"))

    assert decoded((b"\xef\xbb\xbf" if marked else b"") + text.encode()) == text


@pytest.mark.parametrize(
    "raw, offset, line",
    [
        (b"\xff", 0, 1),
        (b"one\ntwo\nth\xe9", 10, 3),
        ("zażółć".encode("cp1250"), 2, 1),
        ("text".encode("utf-16"), 0, 1),
        (b"\xef\xbb\xbfa\nb\xc3", 6, 2),
        (b"a\xed\xa0\x80", 1, 1),
    ],
)
def test_the_first_byte_that_is_not_utf8_is_named(raw: bytes, offset: int, line: int) -> None:
    with pytest.raises(NotWhatItSays) as refused:
        decoded(raw)

    assert (refused.value.values["offset"], refused.value.values["line"]) == (offset, line)
    assert refused.value.__context__ is None, "the error underneath holds the text"


@given(st.binary())
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decoded(raw)
    except NotWhatItSays as refused:
        raw[: refused.values["offset"]].decode()


def test_people_are_listed_once_as_first_written() -> None:
    text = "@Anna rang, then @piotr_k; @anna and @Zoë-Maria- came. (@Łucja) @नमस्ते"

    assert people(text) == ("Anna", "piotr_k", "Zoë-Maria", "Łucja", "नमस्ते")


def test_tags_are_listed_once_in_small_letters() -> None:
    text = "#Sunday then #sunday, #Self-Care_ and #ŻÓŁĆ. #STRASSE #straße #2026 (#x)"

    assert tags(text) == ("sunday", "self-care", "żółć", "strasse", "2026", "x")


@pytest.mark.parametrize(
    "text",
    [
        "me@example.org",
        "C# and F#",
        "é@home",
        "e\u0301@home",
        "snake_@home a_#b",
        r"\@anna \#anna",
        "# heading",
        "## heading",
        "@ anna",
        "#_ #- #-- @- @_",
        "#-dash @-dash",
        "@2nd @_x",
        "&#39;",
        "#\ud800",
    ],
)
def test_what_only_looks_marked_is_not(text: str) -> None:
    assert people(text) == ()
    assert tags(text) == ()


def test_two_spellings_of_one_letter_are_one_name() -> None:
    assert people("@Zoe\u0308 @Zo\u00eb") == ("Zo\u00eb",)
    assert tags("#cafe\u0301 #CAF\u00c9") == ("caf\u00e9",)
    assert len(tags("#a\u0345\u0301 #a\u0301\u0345")) == 1


@given(texts)
@example("#\u0390")
@example("#\u1e9e#İ")
@example("#a\u0345\u0301")
def test_a_tag_from_a_text_is_a_tag_by_itself(text: str) -> None:
    for tag in tags(text):
        assert tag_name(tag) == tag
        assert tags("#" + tag) == (tag,)
        assert tag[-1] not in "-_"
    for name in people(text):
        assert people("@" + name) == (name,)
    assert len({name.casefold() for name in people(text)}) == len(people(text))


@pytest.mark.parametrize(
    "text, name", [("#Sunday", "sunday"), (" self-care ", "self-care"), ("ŻÓŁĆ-", "żółć"), ("_x", "_x")]
)
def test_a_tag_option_is_written_as_tags_are(text: str, name: str) -> None:
    assert tag_name(text) == name


@pytest.mark.parametrize(
    "text", ["", "#", "##x", "two words", "a,b", "-x", "-", "@anna", "a\x1bb", "\ud800", "a#b", "👍"]
)
def test_what_cannot_be_a_tag_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Mistyped) as refused:
        tag_name(text)

    assert refused.value.values == {}


@pytest.mark.parametrize(
    "text, words",
    [
        ("", 0),
        ("I said yes.", 3),
        ("don't half-open it’s", 3),
        ("yes — no—maybe ...", 3),
        ("and/or", 2),
        ("# heading\n- one\n- two", 3),
        ("3.5 km at 21:00", 4),
        ("नमस्ते दुनिया", 2),
        ("cafe\u0301 noir", 2),
        ("今天很好。", 4),
        ("今日はOKです", 6),
        ("カメラ", 3),
        ("안녕하세요 여러분", 2),
        ("👍 🎉", 0),
        ("one\u2028two\u00a0three", 3),
    ],
)
def test_words_are_counted_as_a_person_would(text: str, words: int) -> None:
    assert count_words(text) == words


@given(texts, texts)
def test_words_are_never_fewer_than_none_and_add_up(one: str, other: str) -> None:
    assert count_words(one) >= 0
    assert count_words(f"{one} {other}") == count_words(one) + count_words(other)
    assert count_words(one) <= len(one)


def test_an_opening_is_cut_at_a_word() -> None:
    assert opening("\n \n\u200b\n  When she asked about Sunday.\nI said yes.") == "When she asked about Sunday."
    assert opening("When she asked about Sunday", width=10) == "When she…"
    assert opening("When she asked", width=14) == "When she asked"
    assert opening("When she asked", width=13) == "When she…"
    assert opening("When she asked", width=9) == "When she…"
    assert opening("When she asked", width=8) == "When…"
    assert opening("Donaudampfschifffahrt now", width=8) == "Donauda…"
    assert opening("a\x1b[2Jb\tc") == "a␛[2Jb c"
    assert opening(" \n\u200b") == ""


def test_an_opening_parts_no_emoji() -> None:
    assert opening("aa👩\u200d👧bbbb", width=5) == "aa…"
    assert opening("cafe\u0301cafe", width=5) == "caf…"
    assert opening("e" + "\u0301" * 50, width=5) == "e\u0301\u0301\u0301…"


@given(texts, st.integers(2, 80))
@example("字" * 100, 72)  # a script without spaces offers no word to cut at
@example("\u0301" * 9, 3)
@example("a\u2028b", 2)
@example("\x1c.", 2)
def test_an_opening_says_how_the_writing_begins(text: str, width: int) -> None:
    assume(not is_empty(text))

    first = opening(text, width)

    assert first.strip()
    assert first != "…" or "…" in text
    assert len(first) <= width
    assert "\n" not in first
    kept = first.removesuffix("…")
    assert (
        visible_line(text).lstrip().find(kept) >= 0 or re.search(r"[\n\r]", text) or kept in visible_line(text.strip())
    )

"""A page as plain text."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from handover import a_page, everything, long_passages, page_of, passage, said
from hypothesis import given, settings
from hypothesis import strategies as st
from leaving import spoken
from wcwidth import wcswidth

from journal_cli.insight.moods import Spread
from journal_cli.journal.text import visible
from journal_cli.share.document import Goals, MoodWeeks, Sittings
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Quoted,
    Rule,
    Sentence,
    Table,
    Week,
    Weeks,
    Written,
    laid_out,
)
from journal_cli.share.to_text import folded, to_text, width

SIGNS = st.sampled_from([*"ab -.#|[]>\t\n", "ż", "a\u0301", "字", "ア", "א", "م", "é", "\x1b[2J", "\u202e", "x" * 30])
WRITING = st.lists(SIGNS, min_size=1, max_size=60).map("".join)


def words_of(text: str) -> Counter[str]:
    """Words in any order and in any case, for headings are written in capitals; the signs of a drawing are none."""
    return Counter(word.casefold() for word in re.findall(r"[^\s\[\]|.>-]+", text))


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("count", [1, 4, 12])
def test_every_word_of_a_page_is_in_it_and_no_other(language: str, count: int) -> None:
    page = page_of(language, count, long_passages())

    assert words_of(to_text(page).decode()) == words_of("\n".join(said(page)))


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", [20, 40, 47, 80, 120])
def test_no_line_is_wider_than_was_asked_for(language: str, columns: int) -> None:
    lines = to_text(page_of(language, 12, long_passages()), columns).decode().split("\n")

    assert max(wcswidth(line) for line in lines) <= columns
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_narrow_page_leaves_no_word_out(language: str) -> None:
    page = page_of(language, 4)

    wanted = "".join("".join(said(page)).split()).casefold()
    found = "".join(to_text(page, 20).decode().split()).casefold()
    assert Counter(wanted) - Counter(found) == Counter()


def test_a_page_of_four_weeks_is_drawn_as_agreed() -> None:
    written = to_text(page_of()).decode()

    assert written.startswith(
        "For my therapist                            27 October – 23 November 2026, by me\n"
        "Not monitored between sessions. Not a diagnosis. Shared by choice.\n" + "-" * 80 + "\n\n"
        "WHAT I WANT TO TALK ABOUT\n"
        "  1. I kept a limit with my sister and then felt sick about it for a day.\n"
    )
    assert (
        "  26 Oct   4      from -2 to 1, middle -1  . [-|---] . .  from 0 to 2, middle 1\n"
        "  2 Nov    3      from -2 to 0, middle -1  . [-|-] . . .  from 1 to 2, middle 2\n"
        "  9 Nov    none\n"
        "  16 Nov   4      from -1 to 2, middle 0   . . [-|---] .  from -1 to 1, middle 0\n"
    ) in written


def test_polish_weeks_are_drawn_too() -> None:
    assert ". [-|---] . ." in to_text(page_of("pl")).decode()


@pytest.mark.parametrize(
    ("spread", "picture"),
    [
        (Spread(-3, 0, 3), "[-----|-----]"),
        (Spread(2, 2, 2), ". . . . . | ."),
        (Spread(-2.5, -2.5, 0), ".|----] . . ."),
        (Spread(-3, 3, 3), "[-----------|"),
    ],
)
def test_a_week_is_drawn_from_its_numbers(spread: Spread, picture: str) -> None:
    drawn = to_text(a_page(Weeks(("", "", "", ""), (Week(("w", "1", "x", "y"), spread, None),)))).decode()

    assert picture in drawn


def test_a_gap_stays_empty() -> None:
    drawn = to_text(a_page(Weeks(("", "", "", ""), (Week(("w", "none", "", "")),)))).decode()

    assert "  w  none\n" in drawn


def test_a_long_cell_is_folded_within_its_column() -> None:
    table = Table(("Goal", "First"), (("say no " * 20, "2 (27 Oct)"),))

    lines = to_text(a_page(table)).decode().split("\n")[3:]
    assert all(line[68:] in {"", "  First", "  2 (27 Oct)"} for line in lines)
    assert sum("say no" in line for line in lines) == 3


def test_a_table_that_cannot_be_folded_is_told_row_by_row() -> None:
    table = Table(("Questionnaire", "Published range"), (("PHQ-9", "incomprehensible"), ("GAD-7", "")))

    assert "  Published range:\n  incomprehensible\n\n  Questionnaire: GAD-7\n" in to_text(a_page(table), 24).decode()


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("zażółć", 6),
        ("zaz\u0307o\u0301łc\u0301", 6),
        ("我说了", 6),
        ("ＡＢ", 4),
        ("👨\u200d👩\u200d👧", 2),
        ("🇵🇱🇩🇪", 4),
        ("❤\ufe0f", 2),
        ("👍🏽", 2),
        ("שלום", 4),
        ("", 0),
    ],
)
def test_columns_are_counted_as_a_terminal_does(text: str, columns: int) -> None:
    assert width(text) == columns == wcswidth(text)


@given(WRITING, st.integers(20, 50))
@settings(max_examples=150)
def test_what_was_written_is_folded_and_nothing_else(text: str, columns: int) -> None:
    page = a_page(Heading("h", 3), Quoted(text), Written(text), Numbered((text,)), Listed((text,)), Sentence(text))
    written = to_text(page, columns).decode()

    body = "".join(written.split("-" * columns, 1)[1].split())
    flat = "".join(visible(text).split())
    lead = "".join(f">{''.join(line.split())}" for line in visible(text).split("\n"))
    assert body.replace(">", "") == ("h" + lead + flat + "1." + flat + "-" + flat + flat).replace(">", "")
    assert max(width(line) for line in written.split("\n")) <= columns
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", written)


@given(st.lists(st.text("ab字ą", max_size=12), max_size=12).map(" ".join), st.integers(4, 30))
def test_a_line_is_folded_as_late_as_can_be(text: str, columns: int) -> None:
    lines = folded(text, columns)

    for line, following in pairwise(lines):
        assert width(line) + 1 + width(following.split(" ")[0]) > columns
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_and_paragraphs_stay_as_they_were() -> None:
    written = to_text(a_page(Written("one\n  two\n\n\n\tthree\n\n"), Rule())).decode()

    assert written.endswith("\n\none\n  two\n\n    three\n\n" + "-" * 80 + "\n")


def test_no_window_is_too_narrow_for_a_page() -> None:
    assert to_text(page_of(), 1) == to_text(page_of(), 20)


def test_an_empty_block_says_so() -> None:
    document = replace(everything(), blocks=(MoodWeeks((), 0, 0, 28), Sittings(()), Goals(())))

    assert to_text(laid_out(document, spoken())).decode().split("\n")[4:] == [
        "MOOD",
        "  No mood was told in this time.",
        "",
        "SITTINGS",
        "  Nothing in this time.",
        "",
        "MY GOALS",
        "  Nothing in this time.",
        "",
    ]


def test_the_same_page_is_the_same_text() -> None:
    page = page_of("pl", 12, (passage("x"),))

    assert to_text(page) == to_text(page)

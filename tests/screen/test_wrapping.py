"""Folding at words, and what is seen as one character, against properties that any folding has to have."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.screen.wrapping import cells, next_character, previous_character, rows, shown

FAMILY = "👩\u200d👩\u200d👧"
LETTERS = st.text(alphabet=st.sampled_from(list("ab ż\t日👩\u200d👧\u0301\u0000\u202e🇵🇱🏽")), max_size=40)


def folded(line: str, width: int) -> list[str]:
    return [line[start:end] for start, end in rows(line, width)]


def characters(text: str) -> list[str]:
    ends = [0]
    while ends[-1] < len(text):
        ends.append(next_character(text, ends[-1]))
    return [text[start:end] for start, end in pairwise(ends)]


def test_rows_break_after_words() -> None:
    assert folded("hello world foo bar", 8) == ["hello ", "world ", "foo bar"]
    assert folded("", 8) == [""]


def test_spaces_hang_over_the_edge_and_no_word_begins_behind_them() -> None:
    assert folded("word      spaces x", 8) == ["word      ", "spaces x"]
    assert folded("        ", 3) == ["        "]


def test_a_word_wider_than_the_screen_breaks_where_it_must() -> None:
    assert folded("x aaaaaaaaaaaa bb", 8) == ["x ", "aaaaaaaa", "aaaa bb"]


def test_wide_characters_take_two_columns_and_a_family_is_not_torn_apart() -> None:
    assert folded("日本語日本", 5) == ["日本", "語日", "本"]
    assert folded(FAMILY * 2, 7) == [FAMILY, FAMILY]


@given(LETTERS, st.integers(2, 12))
@example("aaaa \u0301", 2)  # a mark on the space at which a row breaks
@example("\u0301a\u200d日", 2)  # a mark on nothing, and then one character that is too wide
@example("a\u200d" * 20, 2)  # one character of many parts is wider than any row
def test_rows_hold_the_whole_line_and_nothing_but_spaces_is_wider_than_the_screen(line: str, width: int) -> None:
    there = rows(line, width)

    assert "".join(line[start:end] for start, end in there) == line
    assert there[0][0] == 0
    assert all(one[1] == other[0] for one, other in pairwise(there))
    for start, end in there:
        solid = line[start:end].rstrip(" \t\u0301\u200d🏽")
        assert cells(solid) <= width or len([one for one in characters(solid) if cells(one)]) == 1


@given(LETTERS)
@example("🇵🇱🇵🇱")
@example("\u0301a")
def test_going_back_over_a_character_undoes_going_over_it(text: str) -> None:
    place = 0
    while place < len(text):
        after = next_character(text, place)
        assert after > place
        assert previous_character(text, after) == place
        place = after


def test_the_ends_of_a_text_are_ends() -> None:
    assert next_character("a", 1) == 1
    assert previous_character("a", 0) == 0
    assert previous_character("a\nb", 2) == 1


def test_nothing_that_is_drawn_steers_the_terminal() -> None:
    assert shown("a\x1b[31m\x07\tb\u202ec") == "a·[31m·    b·c"
    assert cells("\t") == 4

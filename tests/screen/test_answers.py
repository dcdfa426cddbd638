import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import Mistyped
from journal_cli.screen.ask import numbers, read_wish, unescaped


def test_numbers_are_read_in_the_order_given_and_once_each() -> None:
    assert numbers(9)("3, 1 5-7 3") == (3, 1, 5, 6, 7)
    assert numbers(9)("  ") == ()


@pytest.mark.parametrize("typed", ["0", "10", "7-5", "a", "1-", "-1", "1-99999999999999", "²"])
def test_what_is_no_number_of_the_list_is_refused_at_once(typed) -> None:
    if typed == "1-":
        assert numbers(9)(typed) == (1,)
        return
    with pytest.raises(Mistyped):
        numbers(9)(typed)


@given(st.text())
@example("1-²")
def test_whatever_is_typed_numbers_are_of_the_list_or_refused(typed) -> None:
    try:
        found = numbers(5)(typed)
    except Mistyped:
        return
    assert all(1 <= number <= 5 for number in found)


@given(st.text(alphabet="\\.:abc ", max_size=6))
def test_any_line_can_be_written_by_putting_a_backslash_before_it(line) -> None:
    begins = line.lstrip("\\")[:1] in {".", ":"}
    assert unescaped(f"\\{line}" if begins else line) == line


@pytest.mark.parametrize("typed", [":x", ":", "::", ":qq"])
def test_a_colon_with_nothing_to_wish_for_is_refused(typed) -> None:
    with pytest.raises(Mistyped):
        read_wish(typed)

"""Charts: each sign stands in the column of its number."""

from calendar import Calendar
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_cli.insight.moods import Spread
from journal_cli.screen.charts import HEIGHTS, Axis, height, month_rows, months, number, shape

HALVES = [value / 2 for value in range(-6, 7)]
SPREADS = (
    st.lists(st.integers(-3, 3), min_size=2, max_size=2)
    .map(sorted)
    .flatmap(lambda ends: st.integers(ends[0] * 2, ends[1] * 2).map(lambda twice: Spread(ends[0], twice / 2, ends[1])))
)


@pytest.mark.parametrize("step", [2, 4, 6])
def test_whole_and_half_numbers_have_columns_of_their_own(step: int) -> None:
    axis = Axis(step)

    places = [axis.place(value) for value in HALVES]

    assert places == sorted(set(places))
    assert 0 <= places[0] <= places[-1] < axis.width
    assert {right - left for left, right in pairwise(places)} == {step // 2}


@pytest.mark.parametrize("step", [4, 6])
def test_every_number_is_written_over_its_column(step: int) -> None:
    axis = Axis(step)
    numbers = axis.numbers()

    assert numbers.split() == ["-3", "-2", "-1", "0", "1", "2", "3"]
    assert all(numbers[axis.place(value)] == str(abs(value)) for value in range(-3, 4))


def test_where_numbers_would_touch_only_the_ends_and_the_middle_are_written() -> None:
    assert Axis(2).numbers() == "-3     0     3"


@given(SPREADS, st.sampled_from([2, 4, 6]), st.booleans())
def test_a_bar_can_be_read_back_as_the_numbers_it_was_drawn_from(spread: Spread, step: int, ascii_only: bool) -> None:
    axis = Axis(step, ascii_only)

    drawn = axis.bar(spread)

    by_place = {axis.place(value): value for value in HALVES}
    signs = [place for place, sign in enumerate(drawn) if sign != " "]
    assert (by_place[signs[0]], by_place[signs[-1]]) == (spread.low, spread.high)
    assert by_place[drawn.index("o" if ascii_only else "●")] == spread.median
    assert drawn.isascii() is ascii_only
    assert len(drawn) == axis.width


def test_a_gap_is_drawn_as_nothing() -> None:
    assert Axis(4).bar(None).strip() == ""


@pytest.mark.parametrize("value", HALVES)
def test_a_height_is_a_bar_of_seven_and_in_ascii_the_number(value: float) -> None:
    nearer = int(abs(value)) * (1 if value > 0 else -1)

    assert height(value) == HEIGHTS[nearer + 3]
    assert float(height(value, ascii_only=True)) == value
    assert not number(value).endswith(".0")


def test_the_four_shapes_of_a_day_differ_in_shape_alone() -> None:
    spreads = [Spread(-2, -0.5, 1), Spread(-1, 0, 1), Spread(-1, 0.5, 3), None]

    assert [shape(spread) for spread in spreads] == ["○", "◐", "●", "◇"]
    assert [shape(spread, ascii_only=True) for spread in spreads] == ["-", "=", "+", "?"]


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_a_month_is_laid_out_as_the_calendar_has_it(day: date, first_weekday: int) -> None:
    rows = month_rows(day, first_weekday)

    theirs = Calendar(first_weekday).monthdayscalendar(day.year, day.month)
    assert [[one.day if one else 0 for one in row] for row in rows] == theirs


def test_months_of_a_period_run_over_the_end_of_a_year() -> None:
    assert months(date(2026, 11, 30), date(2027, 1, 1)) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]

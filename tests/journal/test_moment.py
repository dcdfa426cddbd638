# ruff: noqa: DTZ001  what a clock on the wall shows has no zone
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import Mistyped
from journal_cli.journal.moment import Moment, add_months, fixed_moment, local_moment, moment, week_start

ZONES = ["Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
points = st.datetimes(datetime(1001, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))
days = st.dates(date(1000, 1, 8), date(9999, 12, 24))


def test_a_moment_tells_what_the_clock_on_the_wall_said() -> None:
    late = moment(datetime(2026, 11, 24, 23, 30, 5, 999_999, tzinfo=UTC), "Europe/Warsaw")

    assert late.iso() == "2026-11-25T00:30:05+01:00"
    assert late.day == date(2026, 11, 25)
    assert late.at == datetime(2026, 11, 24, 23, 30, 5, 999_999, tzinfo=UTC)
    assert (late.zone, late.offset) == ("Europe/Warsaw", 60)


def test_the_same_point_is_another_day_in_another_zone() -> None:
    at = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)

    assert moment(at, "America/New_York").day == date(2026, 6, 30)
    assert moment(at, "Asia/Kathmandu").iso() == "2026-07-01T07:45:00+05:45"


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "Europe", "../etc/passwd", "/etc/passwd", "a\0b", "\ud800", "x" * 999]
)
def test_an_unknown_zone_keeps_the_hour_it_came_with(zone: str) -> None:
    at = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))

    placed = moment(at, zone)

    assert placed.iso() == "2026-03-01T09:30:00-03:30"
    assert placed.zone == "UTC"


def test_a_naive_datetime_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="aware"):
        moment(datetime(2026, 1, 1), "UTC")


@given(points, st.sampled_from(ZONES))
def test_a_moment_keeps_its_point_and_its_local_time_is_that_point(at: datetime, zone: str) -> None:
    placed = moment(at, zone)

    assert placed.at == at
    assert placed.local == at
    assert placed.day == placed.local.date()
    assert datetime.fromisoformat(placed.iso()) == at.replace(microsecond=0)


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)), st.sampled_from(ZONES))
@example(datetime(1883, 11, 18, 12, 1), "America/New_York")
@example(datetime(1850, 1, 1), "America/New_York")  # seconds of offset once moved midnight into the day before
def test_a_wall_time_is_shown_again_as_it_was_read_or_refused(wall: datetime, zone: str) -> None:
    try:
        placed = local_moment(wall, zone)
    except Mistyped:
        earlier, later = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
        assert earlier != later
    else:
        assert placed.local.replace(tzinfo=None) == wall


gaps = st.sampled_from(
    [(year, "Europe/Warsaw") for year in range(1997, 2037)] + [(y, "America/New_York") for y in range(2007, 2037)]
)


def _change(year: int, zone: str, spring: bool) -> date:
    """The night the clocks move: the last Sunday of March and October, or the second of March and first of November."""
    if zone == "Europe/Warsaw":
        last = date(year, 3 if spring else 10, 31)
        return week_start(last, 6)
    start = date(year, 3, 14) if spring else date(year, 11, 7)
    return week_start(start, 6)


@given(gaps, st.integers(0, 59))
@example((2026, "Europe/Warsaw"), 0)
def test_an_hour_the_clocks_passed_over_is_refused(where: tuple[int, str], minute: int) -> None:
    year, zone = where
    wall = datetime.combine(_change(year, zone, spring=True), datetime.min.time()).replace(hour=2, minute=minute)

    with pytest.raises(Mistyped, match="passed over") as refused:
        local_moment(wall, zone)

    assert f"{wall:%Y-%m-%d %H:%M}" in str(refused.value)
    assert local_moment(wall - timedelta(hours=1), zone).local.hour == 1
    assert local_moment(wall + timedelta(hours=1), zone).local.hour == 3


@given(gaps, st.integers(0, 59))
def test_an_hour_that_came_twice_is_refused_with_both_readings(where: tuple[int, str], minute: int) -> None:
    year, zone = where
    hour = 2 if zone == "Europe/Warsaw" else 1
    wall = datetime.combine(_change(year, zone, spring=False), datetime.min.time()).replace(hour=hour, minute=minute)

    with pytest.raises(Mistyped, match="was twice") as refused:
        local_moment(wall, zone)

    one, other = (datetime.fromisoformat(refused.value.values[name]) for name in ("one", "other"))
    assert other - one == timedelta(hours=1)
    assert refused.value.values["one"] in refused.value.hint


def test_a_day_that_a_zone_left_out_is_refused() -> None:
    with pytest.raises(Mistyped):
        local_moment(datetime(2011, 12, 30, 12), "Pacific/Apia")


def test_a_wall_time_in_no_zone_is_refused() -> None:
    with pytest.raises(Mistyped, match="Mars"):
        local_moment(datetime(2026, 1, 1), "Mars")


def test_a_fixed_moment_names_a_zone_only_if_its_clocks_agreed() -> None:
    wall = datetime(2026, 7, 1, 12)

    assert fixed_moment(wall, 120, "Europe/Warsaw").zone == "Europe/Warsaw"
    assert fixed_moment(wall, 60, "Europe/Warsaw") == Moment(datetime(2026, 7, 1, 11, tzinfo=UTC), "UTC", 60)


@pytest.mark.parametrize(
    "wall, zone",
    [
        (datetime(999, 12, 31, 23, 59), "Europe/Warsaw"),
        (datetime(1, 1, 1), "Asia/Tokyo"),
        (datetime(9999, 12, 31, 23), "America/New_York"),
    ],
)
def test_years_outside_the_calendar_are_refused(wall: datetime, zone: str) -> None:
    with pytest.raises(Mistyped, match="1000"):
        local_moment(wall, zone)


@pytest.mark.parametrize("wall", [datetime(1000, 1, 1), datetime(9999, 12, 31, 23, 59, 59)])
def test_the_first_and_the_last_moment_of_the_calendar_can_be_kept(wall: datetime) -> None:
    assert local_moment(wall, "UTC").local.replace(tzinfo=None) == wall


@given(days, st.integers(0, 6))
def test_a_week_starts_on_its_first_weekday_at_most_six_days_ago(day: date, first: int) -> None:
    start = week_start(day, first)

    assert start.weekday() == first
    assert timedelta(0) <= day - start <= timedelta(days=6)


def test_months_are_added_to_the_same_day_or_the_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert add_months(date(2026, 3, 15), 0) == date(2026, 3, 15)


@given(days.filter(lambda day: 1100 < day.year < 9900), st.integers(-1000, 1000))
def test_adding_months_moves_by_whole_months(day: date, months: int) -> None:
    moved = add_months(day, months)

    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day <= day.day


def test_months_beyond_the_calendar_are_an_error() -> None:
    with pytest.raises(ValueError, match="year"):
        add_months(date(9999, 12, 1), 1)

"""Times of day and days of the week: by the writer's own clock, and only where eight moods are."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.insight.hours import LEAST, DayOfWeek, PartOfDay, TimeOfDay, days_of_week, part_of_day, times_of_day
from journal_cli.insight.moods import Trend, mood_findings, mood_json
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State

PARTS = ("night", "morning", "afternoon", "evening")
ZONES = ("Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati")
MOMENTS = st.builds(
    lambda minutes, zone: moment(datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes), zone),
    st.integers(0, 21 * 24 * 60),
    st.sampled_from(ZONES),
)
MOODS = st.builds(Mood, st.none() | st.integers(-3, 3) | st.sampled_from([-1.5, 1.5]), st.none() | st.integers(-3, 3))


def middle(values: list[float]) -> float:
    """The median by its definition: as many lie below it as above."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def wall(at: Moment) -> datetime:
    """What the clocks of the zone showed, by the zone's own rules and not by the offset that was kept."""
    return at.at.astimezone(ZoneInfo(at.zone))


@given(st.lists(st.tuples(MOMENTS, MOODS), max_size=60), st.integers(0, 6))
@example([(moment(datetime(2026, 3, 2, 5, tzinfo=UTC), "America/New_York"), Mood(1))] * 8, 0)  # midnight there
def test_each_cell_is_the_middle_of_the_numbers_the_clock_puts_there(
    told: list[tuple[Moment, Mood]], first_weekday: int
) -> None:
    by_part, by_day = defaultdict(list), defaultdict(list)
    for at, mood in told:
        if mood.pleasant is not None:
            by_part[PARTS[wall(at).hour // 6]].append(mood.pleasant)
            by_day[wall(at).date().isoweekday() - 1].append(mood.pleasant)
    order = [*range(first_weekday, 7), *range(first_weekday)]

    times, weekdays = times_of_day(told), days_of_week(told, first_weekday)

    assert [(one.part, one.n, one.median) for one in times] == [
        (part, len(by_part[part]), middle(by_part[part])) for part in PARTS if len(by_part[part]) >= 8
    ]
    assert [(one.weekday, one.n, one.median) for one in weekdays] == [
        (day, len(by_day[day]), middle(by_day[day])) for day in order if len(by_day[day]) >= 8
    ]


@pytest.mark.parametrize(
    "hour, part", [(0, "night"), (5, "night"), (6, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_a_part_of_the_day_begins_on_its_hour(hour: int, part: str) -> None:
    begins = datetime(2026, 6, 1, hour, tzinfo=ZoneInfo("Europe/Warsaw"))

    for minutes in (0, 59):
        assert part_of_day(moment(begins + timedelta(minutes=minutes), "Europe/Warsaw")) == part


def test_seven_are_too_few_and_moods_without_a_number_do_not_count() -> None:
    at = moment(datetime(2026, 6, 1, 8, tzinfo=UTC), "Europe/Warsaw")
    seven = [(at, Mood(1))] * (LEAST - 1)

    assert times_of_day([*seven, (at, Mood(None, 2, words=("tense",)))]) == ()
    assert times_of_day([*seven, (at, Mood(3))]) == (TimeOfDay(PartOfDay.MORNING, 8, 1),)
    assert days_of_week([*seven, (at, Mood(3))]) == (DayOfWeek(0, 8, 1),)


def on(at: Moment, pleasant: float = 1) -> CheckIn:
    return CheckIn("c0000000", at, Mood(pleasant, 0))


def days_told(*ats: Moment) -> list[tuple[date, int]]:
    found = mood_findings([on(at) for at in ats], [], 0, date(2026, 1, 1), date(2028, 12, 31))
    return [(day.day, day.n) for day in found.told]


@pytest.mark.parametrize("spring", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_of_23_or_25_hours_is_one_day_from_midnight_to_midnight(spring: date) -> None:
    zone = ZoneInfo("Europe/Warsaw")
    first = datetime(spring.year, spring.month, spring.day, tzinfo=zone).astimezone(UTC)
    next_day = spring + timedelta(days=1)
    last = datetime(next_day.year, next_day.month, next_day.day, tzinfo=zone).astimezone(UTC) - timedelta(minutes=1)

    hours = [moment(first + timedelta(hours=number), "Europe/Warsaw") for number in range(26)]
    there = [at for at in hours if at.at <= last]

    assert len(there) in {23, 25}
    assert days_told(*hours)[0] == (spring, len(there))


def test_entries_at_midnight_belong_to_the_day_that_begins() -> None:
    midnight = moment(datetime(2026, 6, 2, tzinfo=ZoneInfo("Europe/Warsaw")), "Europe/Warsaw")
    before = moment(midnight.at - timedelta(seconds=1), "Europe/Warsaw")

    assert days_told(midnight, before) == [(date(2026, 6, 1), 1), (date(2026, 6, 2), 1)]
    assert (part_of_day(before), part_of_day(midnight)) == ("evening", "night")


def test_who_flies_west_lives_the_same_evening_twice_and_it_is_one_day() -> None:
    evening = moment(datetime(2026, 6, 1, 19, tzinfo=UTC), "Europe/Warsaw")  # 21:00 there
    later = moment(datetime(2026, 6, 2, 1, tzinfo=UTC), "America/New_York")  # 21:00 again

    assert days_told(evening, later) == [(date(2026, 6, 1), 2)]
    assert part_of_day(evening) == part_of_day(later) == "evening"


def test_a_leap_day_is_a_day_and_the_period_is_one_longer() -> None:
    leap = moment(datetime(2028, 2, 29, 12, tzinfo=UTC), "Europe/Warsaw")

    found = mood_findings([on(leap)], [], 1, date(2028, 2, 1), date(2028, 3, 1))

    assert found.days == 30
    assert [day.day for day in found.told] == [date(2028, 2, 29)]
    assert mood_json(found)["weeks"][0]["start"] == "2028-02-28"


def test_one_check_in_is_a_page_and_none_is_an_empty_one() -> None:
    at = moment(datetime(2026, 6, 1, 12, tzinfo=UTC), "Europe/Warsaw")
    alone = mood_json(mood_findings([on(at, -1.5)], [], 1, at.day, at.day))
    nothing = mood_json(mood_findings([], [], 0, at.day, at.day))

    assert alone["weeks"][0]["pleasant"] == {"low": -1.5, "median": -1.5, "high": -1.5}
    assert (alone["times"], alone["weekdays"], alone["days"], alone["checkins"]) == ([], [], 1, 1)
    assert (nothing["weeks"][0]["n"], nothing["checkins"], nothing["words"], nothing["days"]) == (0, 0, [], 1)
    assert mood_findings([], [], 0, at.day, at.day).trend is Trend.TOO_FEW


def test_moods_before_a_sitting_count_for_times_and_those_after_do_not() -> None:
    at = moment(datetime(2026, 6, 1, 18, tzinfo=UTC), "Europe/Warsaw")
    sat = [Sitting(f"s000000{n}", at, "evening", "Evening", State.DONE, Mood(-1), Mood(3)) for n in range(8)]

    document = mood_json(mood_findings([], sat, 0, at.day, at.day))

    assert document["times"] == [{"time": "evening", "n": 8, "median": -1}]
    assert document["weekdays"] == [{"weekday": "monday", "n": 8, "median": -1}]


def test_a_hundred_thousand_check_ins_in_a_period_are_counted_one_by_one() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    told = [on(moment(first + timedelta(minutes=5 * n), "Europe/Warsaw"), n % 7 - 3) for n in range(100_000)]

    found = mood_findings(told, [], 0, date(2026, 1, 1), date(2026, 12, 31))

    assert found.checkins == sum(week.n for week in found.weeks) == sum(day.n for day in found.told) == 100_000
    assert sum(one.n for one in found.times) == sum(one.n for one in found.weekdays) == 100_000
    assert [one.median for one in found.times] == [0] * 4


def test_no_cell_says_a_mood_when_it_is_only_printed() -> None:
    at = moment(datetime(2026, 6, 1, 8, tzinfo=UTC), "Europe/Warsaw")

    assert "median" not in repr(times_of_day([(at, Mood(-3))] * 8))
    assert "median" not in repr(days_of_week([(at, Mood(-3))] * 8))

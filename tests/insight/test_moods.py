"""Mood findings: every figure is computed a second way, from the raw moods."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.insight.moods import (
    FromElsewhere,
    Pairs,
    Spread,
    Trend,
    from_elsewhere,
    mood_findings,
    mood_json,
    week_start,
)
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood
from journal_cli.journal.sitting import Sitting, State

SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 24)
SCALE = st.none() | st.integers(-3, 3)
MOODS = st.builds(
    Mood, SCALE, SCALE, st.booleans(), st.lists(st.sampled_from(["tense", "calm", "own word"]), max_size=3).map(tuple)
)
DAYS = st.dates(SINCE - timedelta(days=20), UNTIL + timedelta(days=20))


def at(day: date, hour: int = 12, offset: int = 60) -> Moment:
    local = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Moment(local - timedelta(minutes=offset), "Europe/Warsaw", offset)


def check_in(day: date, pleasant: int | None = None, energy: int | None = None, **more: object) -> CheckIn:
    return CheckIn("c0000000", at(day), Mood(pleasant, energy, **more))


def sitting(day: date, before: Mood | None, after: Mood | None = None) -> Sitting:
    return Sitting("s0000000", at(day), "evening", "Evening", State.DONE, before, after)


CHECK_INS = st.lists(st.builds(lambda day, mood: CheckIn("c", at(day), mood), DAYS, MOODS), max_size=15)
SITTINGS = st.lists(st.builds(sitting, DAYS, st.none() | MOODS, st.none() | MOODS), max_size=8)


def middle(values: list[int]) -> float:
    """The median by its definition, without the library that the product uses."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def told_within(check_ins: list[CheckIn], sittings: list[Sitting]) -> list[tuple[date, Mood]]:
    before = [(one.at.day, one.before) for one in sittings if one.before not in {None, Mood()}]
    told = [(one.at.day, one.mood) for one in check_ins] + before
    return [(day, mood) for day, mood in told if SINCE <= day <= UNTIL]


@given(CHECK_INS, SITTINGS, st.integers(0, 6))
def test_each_figure_of_a_week_is_that_of_the_moods_in_it(
    check_ins: list[CheckIn], sittings: list[Sitting], first_weekday: int
) -> None:
    findings = mood_findings(check_ins, sittings, 0, SINCE, UNTIL, first_weekday)

    told = told_within(check_ins, sittings)
    for week in findings.weeks:
        there = [mood for day, mood in told if week.start <= day <= week.start + timedelta(days=6)]
        assert week.n == len(there)
        for spread, numbers in (
            (week.pleasant, [mood.pleasant for mood in there if mood.pleasant is not None]),
            (week.energy, [mood.energy for mood in there if mood.energy is not None]),
        ):
            assert spread == (Spread(min(numbers), middle(numbers), max(numbers)) if numbers else None)


@given(CHECK_INS, SITTINGS)
def test_words_and_cant_tell_count_check_ins_and_moods_before_a_sitting(
    check_ins: list[CheckIn], sittings: list[Sitting]
) -> None:
    findings = mood_findings(check_ins, sittings, 0, SINCE, UNTIL)

    told = [mood for _, mood in told_within(check_ins, sittings)]
    assert {one.word: one.n for one in findings.words} == Counter(word for mood in told for word in mood.words)
    assert findings.cant_tell == len([mood for mood in told if mood.cant_tell])
    counts = [one.n for one in findings.words]
    assert counts == sorted(counts, reverse=True)


@given(CHECK_INS, SITTINGS)
def test_weeks_and_days_hold_every_mood_exactly_once(check_ins: list[CheckIn], sittings: list[Sitting]) -> None:
    findings = mood_findings(check_ins, sittings, 0, SINCE, UNTIL)

    assert sum(week.n for week in findings.weeks) == findings.checkins + findings.before
    assert sum(day.n for day in findings.told) == findings.checkins + findings.before
    assert [day.day for day in findings.told] == sorted({day for day, _ in told_within(check_ins, sittings)})


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 6))
@example(date(2026, 9, 7), 0, 0)  # a period of one day, on the day weeks begin
@example(date(2026, 9, 6), 0, 0)  # the last day of a week that began before the period
def test_every_week_of_the_period_is_listed_once_and_no_other(since: date, length: int, first_weekday: int) -> None:
    until = since + timedelta(days=length)

    findings = mood_findings([], [], 0, since, until, first_weekday)

    days = [since + timedelta(days=number) for number in range(length + 1)]
    starts = list(dict.fromkeys(week_start(day, first_weekday) for day in days))
    assert [week.start for week in findings.weeks] == starts
    assert all(start.weekday() == first_weekday for start in starts)
    assert findings.days == len(days)


def test_a_gap_is_a_week_of_none_and_never_a_zero() -> None:
    findings = mood_findings([check_in(date(2026, 9, 1), 1, 1)], [], 1, SINCE, date(2026, 9, 20))

    assert [(week.n, week.pleasant) for week in findings.weeks] == [(1, Spread(1, 1, 1)), (0, None), (0, None)]
    assert mood_json(findings)["weeks"][0] == {"start": "2026-09-14", "n": 0, "pleasant": None, "energy": None}


def test_a_week_told_only_in_words_is_counted_without_a_number() -> None:
    findings = mood_findings([check_in(SINCE, cant_tell=True, words=("numb",))], [], 0, SINCE, SINCE)

    assert (findings.weeks[0].n, findings.weeks[0].pleasant, findings.cant_tell) == (1, None, 1)


def test_moods_after_a_sitting_are_in_no_week_no_word_and_no_count() -> None:
    before, after = Mood(-1, 2, words=("tense",)), Mood(3, 3, cant_tell=True, words=("calm",))

    findings = mood_findings([], [sitting(SINCE, before, after)], 0, SINCE, SINCE)

    assert findings.weeks[0].pleasant == Spread(-1, -1, -1)
    assert [one.word for one in findings.words] == ["tense"]
    assert (findings.cant_tell, findings.checkins, findings.before) == (0, 0, 1)
    assert findings.sittings[0].after == after


def test_a_mood_before_a_sitting_that_was_skipped_counts_nowhere() -> None:
    findings = mood_findings([], [sitting(SINCE, Mood()), sitting(SINCE, None)], 0, SINCE, SINCE)

    assert (findings.before, findings.weeks[0].n, findings.told) == (0, 0, ())


def test_rose_fell_and_stayed_count_only_sittings_told_before_and_after() -> None:
    moods = [(-1, 1), (0, 2), (1, 0), (2, 2), (None, 3), (3, None)]
    sittings = [sitting(SINCE, Mood(before), Mood(after)) for before, after in moods]

    findings = mood_findings([], [*sittings, sitting(SINCE, Mood(1))], 0, SINCE, SINCE)

    assert findings.pairs == Pairs(rose=2, fell=1, stayed=1)
    assert len(findings.sittings) == 7


def test_a_day_is_the_writers_own() -> None:
    late = Moment(datetime(2026, 9, 1, 2, tzinfo=UTC), "America/New_York", -240)

    findings = mood_findings([CheckIn("c", late, Mood(1, 1))], [], 0, date(2026, 9, 1), UNTIL)

    assert findings.checkins == 0  # the clock on the wall said 31 August, 22:00


def trend_of(values: dict[int, int]) -> Trend:
    """Values by days before the end."""
    told = [check_in(UNTIL - timedelta(days=age), value) for age, value in values.items()]
    return mood_findings(told, [], 0, SINCE, UNTIL).trend


@pytest.mark.parametrize(
    "earlier, later, trend",
    [(-1, 1, Trend.UP), (1, -1, Trend.DOWN), (1, 1, Trend.SAME), (0, 1, Trend.UP), (1, 0, Trend.DOWN)],
)
def test_from_eight_moods_in_four_weeks_on_there_is_a_word_for_where_it_moved(
    earlier: int, later: int, trend: Trend
) -> None:
    assert trend_of(dict.fromkeys(range(14, 18), earlier) | dict.fromkeys(range(4), later)) is trend


@given(st.lists(st.tuples(st.integers(-2, 40), st.none() | st.integers(-3, 3)), max_size=24))
@example([(13, 1)] * 4 + [(14, 0)] * 4)  # the days on either side of the middle
@example([(27, 0)] * 4 + [(0, 1)] * 3 + [(28, 1)])  # the eighth is a day too old
def test_the_direction_is_that_of_its_definition(moods: list[tuple[int, int | None]]) -> None:
    found = mood_findings(
        [check_in(UNTIL - timedelta(days=age), value) for age, value in moods], [], 0, SINCE, UNTIL
    ).trend

    older = [value for age, value in moods if value is not None and age in range(14, 28)]
    newer = [value for age, value in moods if value is not None and age in range(14)]
    if len(older) + len(newer) < 8 or not older or not newer:
        assert found is Trend.TOO_FEW
    elif middle(newer) >= middle(older) + 1:
        assert found is Trend.UP
    elif middle(newer) <= middle(older) - 1:
        assert found is Trend.DOWN
    else:
        assert found is Trend.SAME


def test_less_than_a_step_is_about_the_same() -> None:
    assert trend_of({14: 0, 15: 0, 16: 0, 17: 0, 0: 0, 1: 0, 2: 1, 3: 1}) is Trend.SAME


def test_seven_moods_in_four_weeks_are_too_few_however_many_there_were_before() -> None:
    seven = dict.fromkeys(range(14, 18), -3) | dict.fromkeys(range(3), 3)

    assert trend_of(seven | dict.fromkeys(range(28, 80), -3)) is Trend.TOO_FEW


def test_eight_moods_on_one_side_only_are_too_few() -> None:
    assert trend_of(dict.fromkeys(range(8), 3)) is Trend.TOO_FEW
    assert trend_of(dict.fromkeys(range(14, 24), 3)) is Trend.TOO_FEW


def test_the_json_has_the_keys_of_the_contract_in_every_place() -> None:
    evening = sitting(SINCE, Mood(-1, 0, words=("tense",)), Mood(0, 0))

    document = mood_json(mood_findings([check_in(UNTIL, 2, -1)], [evening], 9, SINCE, UNTIL))

    assert list(document) == [
        *("from", "to", "days", "days_with_entries", "checkins", "cant_tell", "weeks", "words", "sittings"),
        *("times", "weekdays", "imported"),
    ]
    assert (document["from"], document["to"], document["days"]) == ("2026-09-01", "2026-11-24", 85)
    assert (document["days_with_entries"], document["checkins"]) == (9, 1)
    assert document["weeks"][0] == {
        "start": "2026-11-23",
        "n": 1,
        "pleasant": {"low": 2, "median": 2, "high": 2},
        "energy": {"low": -1, "median": -1, "high": -1},
    }
    assert document["words"] == [{"word": "tense", "n": 1}]
    assert document["sittings"][0]["after"]["pleasant"] == 0
    assert json.loads(json.dumps(document)) == document


def test_json_lists_weeks_and_sittings_newest_first() -> None:
    sittings = [sitting(day, None) for day in (SINCE, UNTIL, date(2026, 10, 1))]

    document = mood_json(mood_findings([], sittings, 0, SINCE, UNTIL))

    starts = [week["start"] for week in document["weeks"]]
    ats = [one["at"] for one in document["sittings"]]
    assert starts == sorted(starts, reverse=True)
    assert ats == sorted(ats, reverse=True)


def test_no_finding_says_a_mood_when_it_is_only_printed() -> None:
    findings = mood_findings([check_in(SINCE, 3, words=("a word of mine",))], [], 0, SINCE, SINCE)

    assert "a word of mine" not in repr(findings)
    assert "low=" not in repr(findings)


def test_moods_from_elsewhere_are_a_row_for_each_program_and_an_unknown_label_is_counted_without_a_number() -> None:
    told = [ImportedMood("daylio", "good", 1.5), ImportedMood("other", "fine"), ImportedMood("daylio", "bad", -1.5)]
    told += [ImportedMood("daylio", "my own label")]

    found = from_elsewhere(told)

    assert found == (FromElsewhere("daylio", 3, Spread(-1.5, 0, 1.5)), FromElsewhere("other", 1, None))
    document = mood_json(replace(mood_findings([], [], 0, SINCE, UNTIL), imported=found))
    assert document["imported"] == [
        {"origin": "daylio", "n": 3, "pleasant": {"low": -1.5, "median": 0.0, "high": 1.5}},
        {"origin": "other", "n": 1, "pleasant": None},
    ]
    assert document["checkins"] == 0

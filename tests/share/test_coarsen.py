"""Days told roughly: weeks counted from the beginning, and not one date of ours is left on the page."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leaving import SINCE, UNTIL, at, composed, sat, spoken, told, whole

from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.share.coarsen import coarsened
from journal_cli.share.document import Document, GoalRow, Goals, MeasureRow, Measures, Roughly, as_written
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.to_markdown import to_markdown


def page(document: Document, language: str = "en") -> str:
    words = spoken(language)
    return to_markdown(laid_out(coarsened(document, SINCE, words), words)).decode()


def everything(language: str = "en") -> Document:
    one = whole(body="I said no.", day=date(2026, 11, 3))
    plan = Plan("md", talk_about=("A line.",), blocks=("mood", "sittings"), entries=("7k2m9qxa",))
    return composed(plan, [one], [sat("ssssssss", date(2026, 11, 12))], [told(date(2026, 11, 20), 1, 2)], language)


def test_days_become_weeks_and_no_date_is_left() -> None:
    text = page(everything())

    assert "Tuesday evening, week 2" in text
    assert re.search(r"\| week 3 \| Answering the critic", text)
    assert [f"week {n}" in text for n in range(1, 6)] == [True] * 5
    assert "5 weeks, by me" in text
    assert re.search(r"\b(Oct|Nov)\w*|2026", text) is None


def test_in_polish_too() -> None:
    text = page(everything("pl"), "pl")

    assert "wtorek wieczorem, tydzień 2" in text
    assert "5 tygodni, moje notatki" in text
    assert re.search(r"paź|listopad|2026", text) is None


def test_results_and_ratings_are_told_by_weeks_and_older_ones_as_earlier() -> None:
    measure = MeasureRow("phq-9", "PHQ-9", date(2026, 11, 20), (), 9, 27, before=(date(2026, 10, 1), 13))
    goal = GoalRow("Say no", (SINCE, 2), (UNTIL, 5))
    blocks = (Measures((measure,)), Goals((goal,)))

    text = page(Document("en", "T", SINCE, UNTIL, blocks))

    assert "PHQ-9, week 4" in text
    assert "13 (earlier)" in text
    assert "2 (week 1)" in text
    assert "5 (week 5)" in text  # a Monday: the weeks begin on that day where no table of moods says otherwise
    assert re.search(r"\b(Oct|Nov)\w*|2026", text) is None


@pytest.mark.parametrize("hour, part", [(3, "night"), (8, "morning"), (14, "afternoon"), (23, "evening")])
def test_the_part_of_the_day_is_told(hour: int, part: str) -> None:
    one = WholeEntry(Entry("7k2m9qxa", at(date(2026, 11, 3), hour), Kind.FREE), "I said no.")
    document = composed(Plan("md", entries=("7k2m9qxa",)), [one])

    assert f"Tuesday {part}, week 2" in page(document)
    assert part not in to_markdown(laid_out(document, spoken())).decode()


def test_what_the_person_wrote_keeps_its_dates() -> None:
    one = whole(body="On 3 November I said no.")

    assert "On 3 November I said no." in page(composed(Plan("md", entries=("7k2m9qxa",)), [one]))


def test_it_can_be_done_twice_and_machines_are_told_no_date() -> None:
    once = coarsened(everything(), SINCE, spoken())

    assert coarsened(once, SINCE, spoken()) == once
    assert once.since is None
    assert as_written(once.until) == "5 weeks"  # the period touches five, from a Tuesday to a Monday
    assert as_written(UNTIL) == "2026-11-23"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_the_week_is_the_one_a_calendar_would_count(since: date, later: int) -> None:
    day = since + timedelta(days=later)
    document = Document("en", "T", since, day, (Goals((GoalRow("g", (day, 1)),)),))

    first = coarsened(document, since, spoken()).blocks[0].rows[0].first[0]

    monday, its = (one - timedelta(days=one.weekday()) for one in (since, day))
    week = (its - monday).days // 7 + 1
    weekday = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")[day.weekday()]
    assert first == Roughly(f"week {week}", f"{weekday}day, week {week}")

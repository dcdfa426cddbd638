"""Numbers somebody may call: each with the day and the way it was checked, or it is not here."""

import re
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from journal_cli.journal.care import (
    BY,
    EMERGENCY,
    KINDS,
    STANDARD,
    WAYS,
    HelpLine,
    checked_since,
    countries,
    first_lines,
    may_have_changed,
    more_lines,
)
from journal_cli.packs.shelf import help_lines, shipped, words

LINES = help_lines()
ROWS = tomllib.loads((shipped() / "help_lines.toml").read_text(encoding="utf-8"))["line"]
STANDARD_NUMBERS = {"000", "111", "112", "911", "999"}
MARK_OF = {"official page": "V1", "third-party page": "V2", STANDARD: "standard"}
FIELDS = {
    "country",
    "kind",
    "name",
    "about",
    "number",
    "ways",
    "say",
    "hours",
    "cost",
    "url",
    "checked",
    "by",
    "source",
}


def _name(line: HelpLine) -> str:
    return f"{line.country} {line.number}"


@pytest.mark.parametrize("line", LINES, ids=_name)
def test_a_line_says_when_and_how_it_was_checked(line: HelpLine) -> None:
    assert line.by in BY
    assert date(2026, 11, 1) <= line.checked
    assert line.by == STANDARD or line.source
    assert line.page_year is None or 2015 <= line.page_year <= line.checked.year


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['country']} {row['number']}")
def test_only_rows_seen_on_a_page_are_shipped(row: dict[str, object]) -> None:
    assert row["mark"] == MARK_OF[str(row["by"])]
    assert row.keys() <= FIELDS | {"mark", "page_year"}
    assert row["by"] != STANDARD or (row["kind"] == EMERGENCY and row["number"] in STANDARD_NUMBERS)


@pytest.mark.parametrize("line", LINES, ids=_name)
def test_a_line_can_be_dialled_and_understood(line: HelpLine) -> None:
    assert re.fullmatch(r"[0-9][0-9 ,-]{1,15}[0-9]", line.number)
    assert line.kind in KINDS
    assert line.ways
    assert set(line.ways) <= set(WAYS)
    assert line.name
    assert line.about.keys() == {"en", "pl"}
    assert line.hours in {"", "24/7"}
    assert line.cost in {"", "free"}
    assert not line.say or line.say in line.about["en"]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_there_are_words_for_everything_a_line_says(language: str) -> None:
    said = words(language, "care")
    for line in LINES:
        assert said.has(f"care.countries.{line.country}")
        assert said.has(f"care.kinds.{line.kind}")
        assert said.has(f"care.by.{line.by}")
        assert not line.hours or said.has(f"care.hours.{line.hours}")
        assert not line.cost or said.has(f"care.costs.{line.cost}")


def test_no_number_is_listed_twice_in_a_country() -> None:
    assert len({(line.country, line.number) for line in LINES}) == len(LINES)


@pytest.mark.parametrize("country", countries(LINES))
def test_at_a_glance_stand_emergency_one_crisis_line_and_one_for_abuse(country: str) -> None:
    first, more = first_lines(LINES, country), more_lines(LINES, country)

    assert [line.kind for line in first] == ["emergency", "crisis", "abuse"]
    assert all(line.hours == "24/7" for line in first if line.kind != EMERGENCY)
    assert sorted(map(_name, first + more)) == sorted(_name(line) for line in LINES if line.country == country)
    assert [KINDS.index(line.kind) for line in more] == sorted(KINDS.index(line.kind) for line in more)


def test_the_countries_are_these() -> None:
    assert countries(LINES) == ("PL", "GB", "IE", "US")
    assert first_lines(LINES, "XX") == more_lines(LINES, "XX") == ()


@pytest.mark.parametrize(
    ("today", "old"),
    [(date(2026, 11, 24), False), (date(2027, 11, 24), False), (date(2027, 11, 25), True), (date(2030, 1, 1), True)],
)
def test_after_twelve_months_a_line_may_have_changed(today: date, old: bool) -> None:
    assert may_have_changed(replace(LINES[0], checked=date(2026, 11, 24)), today) is old


def test_a_line_checked_on_a_leap_day_grows_old_too() -> None:
    line = replace(LINES[0], checked=date(2028, 2, 29))

    assert not may_have_changed(line, date(2029, 2, 28))
    assert may_have_changed(line, date(2029, 3, 1))


def test_the_oldest_check_speaks_for_all() -> None:
    older = replace(LINES[0], checked=date(2026, 1, 2))

    assert checked_since([*LINES, older]) == date(2026, 1, 2)
    assert checked_since([]) is None


def test_the_disclaimer_promises_nothing() -> None:
    said = words("en", "care")("care.disclaimer")

    assert "not a medical device" in said
    assert "journal help-now" in said

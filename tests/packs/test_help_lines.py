"""Numbers somebody may call: each with the day and the way it was checked, or it is not here."""

import re
import string
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
    country_named,
    first_lines,
    may_have_changed,
    more_lines,
)
from journal_cli.packs.shelf import help_lines, shipped, words

LINES = help_lines()
ROWS = tomllib.loads((shipped() / "help_lines.toml").read_text(encoding="utf-8"))["line"]
STANDARD_NUMBERS = {"112", "911", "999"}
MARK_OF = {"official page": "V1", "third-party page": "V2", STANDARD: "standard"}
FIELDS = set(
    "country kind name about number ways say hours cost trace languages url checked by source page_year".split()  # noqa: SIM905  # reads as a line of words
)

# Every number that somebody saw on a page, and what kind of page it was: V1 the line's own or a government's, V2 a page
# of others. What is "standard" is a country's usual emergency number.
SEEN = """
AU 000 V1 · AU 13 11 14 V1 · AU 0477 13 11 14 V2 · AU 1800 737 732 V2 · AU 0458 737 732 V2
BR 190 V2 · BR 188 V2 · BR 180 V2 · BR (61) 9610-0180 V2
CA 911 standard · CA 988 V2
FR 112 standard · FR 17 V2 · FR 114 V2 · FR 3114 V1 · FR 3919 V2
DE 112 standard · DE 0800 111 0 111 V2 · DE 0800 111 0 222 V2 · DE 116 123 V2 · DE 116 016 V2
IN 112 V2 · IN 14416 V2 · IN 1-800-891-4416 V2 · IN 181 V2
IE 112 V1 · IE 999 V1 · IE 116 123 V2 · IE 1800 341 900 V1 · IE 1800 816 588 V1 · IE 1800 929 539 V1
IE 1800 77 8888 V2
IT 112 standard · IT 02 2327 2327 V2 · IT 324 011 7252 V2 · IT 1522 V2
NL 112 V1 · NL 113 V2 · NL 0800-0113 V2 · NL 0800-2000 V1
NZ 111 V1 · NZ 1737 V2 · NZ 0508 828 865 V2 · NZ 0800 733 843 V1 · NZ 0508 744 633 V1 · NZ 0800 044 334 V2 · NZ 4334 V2
PL 112 standard · PL 116 123 V2 · PL 800 70 2222 V2 · PL 116 111 V2 · PL 800 120 002 V2
ZA 10111 V2 · ZA 112 standard · ZA 0800 456 789 V2 · ZA 0800 567 567 V2 · ZA 0800 428 428 V2 · ZA 31531 V2
ES 112 V2 · ES 024 V2 · ES 016 V2 · ES 600 000 016 V2
CH 112 standard · CH 143 V2
GB 999 standard · GB 116 123 V1 · GB 85258 V2 · GB 0808 2000 247 V2 · GB 0808 801 0327 V2
US 911 standard · US 988 V2 · US 800-799-7233 V1 · US 88788 V1 · US 800-656-4673 V1
"""
# Known by hearsay only, old, or told differently by two pages: these stay out until somebody has seen them.
NOT_SEEN = """
50808 · 142 · 1813 · 7333 · 90101 · 800 911 2000 · 0120-279-338 · 0800 917 1414 · (61) 99610-0180 · 15 · 192
"""
NO_NATIONAL_ABUSE_LINE = {"CA", "CH"}
HOURS_NOT_SEEN = """
GB 0808 801 0327 · IE 1800 816 588 · IE 1800 77 8888 · NZ 0508 828 865 · NZ 0508 744 633 · ZA 0800 567 567 · IN 181
"""


def listed(table: str) -> list[str]:
    """List what stands between the dots of a table."""
    return [one.strip() for row in table.strip().splitlines() for one in row.split("·")]


def digits(number: str) -> str:
    """Give a number as it is dialled."""
    return re.sub(r"\D", "", number)


def _name(line: HelpLine) -> str:
    return f"{line.country} {line.number}"


@pytest.mark.parametrize("line", LINES, ids=_name)
def test_a_line_says_when_and_how_it_was_checked(line: HelpLine) -> None:
    assert line.by in BY
    assert date(2026, 11, 1) <= line.checked
    assert line.kind == EMERGENCY or line.source
    assert line.page_year is None or 2015 <= line.page_year <= line.checked.year


def test_every_number_seen_on_a_page_is_shipped_and_no_other() -> None:
    shipped_numbers = {
        f"{line.country} {number} {MARK_OF[line.by]}" for line in LINES for number in line.number.split(", ")
    }

    assert shipped_numbers == set(listed(SEEN))


@pytest.mark.parametrize("number", listed(NOT_SEEN))
def test_a_number_nobody_saw_is_not_shipped(number: str) -> None:
    dialled = {digits(one) for line in LINES for one in line.number.split(", ")}

    assert digits(number) not in dialled


@pytest.mark.parametrize("number", listed(HOURS_NOT_SEEN))
def test_hours_that_nobody_saw_or_two_pages_tell_differently_are_left_out(number: str) -> None:
    [line] = [line for line in LINES if _name(line) == number]

    assert (line.hours, line.cost) == ("", "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['country']} {row['number']}")
def test_a_row_says_nothing_the_program_does_not_read(row: dict[str, object]) -> None:
    assert row.keys() <= FIELDS
    assert row["by"] != STANDARD or (row["kind"] == EMERGENCY and row["number"] in STANDARD_NUMBERS)


@pytest.mark.parametrize("line", LINES, ids=_name)
def test_a_line_can_be_dialled_and_understood(line: HelpLine) -> None:
    assert all(re.fullmatch(r"[0-9(][0-9 )-]{0,15}[0-9]", number) for number in line.number.split(", "))
    assert line.kind in KINDS
    assert line.ways
    assert set(line.ways) <= set(WAYS)
    assert line.name
    assert line.about.keys() == {"en", "pl"}
    assert line.hours in {"", "24/7", "9-24"}
    assert line.cost in {"", "free", "normal"}
    assert line.trace in {"", "not on the bill"}
    assert not line.say or line.ways == ("text",)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_there_are_words_for_everything_a_line_says(language: str) -> None:
    said = words(language, "care")
    for line in LINES:
        assert said.has(f"care.countries.{line.country}")
        assert said.has(f"care.kinds.{line.kind}")
        assert said.has(f"care.by.{line.by}")
        assert not line.hours or said.has(f"care.hours.{line.hours}")
        assert not line.cost or said.has(f"care.costs.{line.cost}")
        assert not line.trace or said.has(f"care.traces.{line.trace}")


def test_no_number_is_listed_twice_in_a_country() -> None:
    assert len({(line.country, line.number) for line in LINES}) == len(LINES)


@pytest.mark.parametrize("country", countries(LINES))
def test_at_a_glance_stand_emergency_one_crisis_line_and_one_for_abuse(country: str) -> None:
    first, more = first_lines(LINES, country), more_lines(LINES, country)
    kinds = [line.kind for line in first]

    assert kinds == ["emergency", "crisis", "abuse"][: len(kinds)]
    assert len(kinds) == (2 if country in NO_NATIONAL_ABUSE_LINE else 3)
    assert all("call" in line.ways for line in first)
    assert all(line.hours for line in first if line.kind != EMERGENCY and _name(line) not in listed(HOURS_NOT_SEEN))
    assert sorted(map(_name, first + more)) == sorted(_name(line) for line in LINES if line.country == country)
    assert [KINDS.index(line.kind) for line in more] == sorted(KINDS.index(line.kind) for line in more)


def test_the_countries_are_these() -> None:
    assert countries(LINES) == tuple("AU BR CA FR DE IN IE IT NL NZ PL ZA ES CH GB US".split())  # noqa: SIM905  # one line
    assert first_lines(LINES, "XX") == more_lines(LINES, "XX") == ()


def test_countries_stand_where_somebody_looks_for_them() -> None:
    """The order of the file is the order of their English names; each language has its own."""
    for language, letters in (("en", string.ascii_lowercase), ("pl", "aąbcćdeęfghijklłmnńoóprsśtuwyzźż")):
        names = list(words(language, "care").under("care.countries").values())
        assert len(names) == len(countries(LINES))
        assert names == sorted(names, key=lambda name: [letters.find(letter) for letter in name.lower()])
    assert list(words("en", "care").under("care.countries")) == list(countries(LINES))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("PL", "PL"), ("pl", "PL"), (" Pl ", "PL"), ("uk", "GB"), ("USA", "US"), ("poland", "PL"),
        ("new  zealand", "NZ"),
        ("ger", "DE"), ("in", "IN"), ("s", ""), ("united", ""), ("", ""), ("sweden", ""), ("SE", ""), ("po land", ""),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_letters_or_its_name(typed: str, found: str) -> None:
    assert country_named(typed, dict(words("en", "care").under("care.countries"))) == found


def test_a_country_is_found_by_its_polish_name() -> None:
    names = dict(words("pl", "care").under("care.countries"))

    assert [country_named(typed, names) for typed in ("niemcy", "WŁOCHY", "republika", "germany")] == [
        "DE",
        "IT",
        "ZA",
        "",
    ]


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

"""`mood` and `progress`: what a period looks like from here, and what its JSON promises."""

import pytest
from shapes import BOXES, ESCAPE, check_sitting, is_day, newest_first

MOOD_PAGE = {
    *("from", "to", "days", "days_with_entries", "checkins", "cant_tell", "weeks", "words", "sittings"),
    *("times", "weekdays", "imported"),
}
ARRIVED = "\n\n"


def told(journal, pleasant: int, energy: int, at: str, *words: str) -> None:
    options = [option for word in words for option in ("--word", word)]
    journal("checkin", "--pleasant", str(pleasant), "--energy", str(energy), "--at", at, *options)


@pytest.fixture
def month(once):
    """A journal with check-ins in three weeks, a sitting and a page or two."""

    def fill(journal) -> None:
        journal("init")
        told(journal, 2, 6, "2026-11-03 08:00", "tense")
        told(journal, 4, 4, "2026-11-04 08:00", "tense", "calm")
        told(journal, 6, 1, "2026-11-08 08:00", "calm")
        told(journal, 0, 0, "2026-11-17 08:00")
        journal("write", "--at", "2026-11-04 21:00", "--star", input="A page with #letters.")
        journal("reflect", "signal-today", input="\n3\n5\nafraid\nA no.\n.\n:s\n:s\n5\n4\ncalm\n")

    return once("a month of moods", fill)


def test_the_mood_of_a_period(month) -> None:
    page = month("mood", "--since", "2026-11-02", "--json").json

    assert page.keys() == MOOD_PAGE
    assert (page["from"], page["to"], page["days"]) == ("2026-11-02", "2026-11-24", 23)
    assert (page["checkins"], page["cant_tell"], page["days_with_entries"]) == (4, 1, 2)
    weeks = page["weeks"]
    assert all(week.keys() == {"start", "n", "pleasant", "energy"} for week in weeks)
    assert [week["start"] for week in weeks] == ["2026-11-23", "2026-11-16", "2026-11-09", "2026-11-02"]
    assert [week["n"] for week in weeks] == [1, 1, 0, 3]
    assert weeks[3]["pleasant"] == {"low": -2, "median": 0, "high": 2}
    assert weeks[3]["energy"] == {"low": -3, "median": 0, "high": 2}
    assert (weeks[2]["pleasant"], weeks[2]["energy"]) == (None, None)
    assert (weeks[1]["pleasant"], weeks[1]["energy"]) == (None, None)
    assert weeks[0]["pleasant"] == {"low": -1, "median": -1, "high": -1}
    assert {one["word"]: one["n"] for one in page["words"]} == {"tense": 2, "calm": 2, "afraid": 1}
    assert [one["n"] for one in page["words"]] == [2, 2, 1]


def test_a_mood_after_a_sitting_stands_only_with_its_sitting(month) -> None:
    page = month("mood", "--json").json

    check_sitting(page["sittings"][0])
    assert page["sittings"][0]["after"] == {"pleasant": 1, "energy": 0, "cant_tell": False, "words": ["calm"]}
    assert page["weeks"][0]["n"] == 1


@pytest.mark.parametrize(
    "options, since, until",
    [
        ((), "2026-09-02", "2026-11-24"),
        (("--since", "2026-11-02"), "2026-11-02", "2026-11-24"),
        (("--since", "october", "--until", "october"), "2026-10-01", "2026-10-31"),
        (("--until", "2026-10-31"), "2026-08-09", "2026-10-31"),
        (("--since", "2026", "--until", "2026"), "2026-01-01", "2026-11-24"),
        (("--since", "2025-02", "--until", "2025-02"), "2025-02-01", "2025-02-28"),
    ],
)
@pytest.mark.parametrize("command", ["mood", "progress"])
def test_a_period_is_inclusive_and_ends_today_at_the_latest(journal, command: str, options, since, until) -> None:
    page = journal(command, *options, "--json").json

    assert (page["from"], page["to"]) == (since, until)
    assert is_day(page["from"])


@pytest.mark.parametrize("command", ["mood", "progress"])
def test_periods_that_cannot_be(journal, command: str) -> None:
    assert "before it begins" in journal(command, "--since", "may", "--until", "april", code=2).stderr
    assert "still to come" in journal(command, "--since", "2027-03-01", "--until", "2027-03-02", code=2).stderr
    assert "cannot read" in journal(command, "--since", "someday", "--json", code=2).stderr


def test_weeks_begin_on_the_day_that_was_set(month) -> None:
    month("settings", "week-starts", "sunday")
    weeks = month("mood", "--since", "2026-11-02", "--json").json["weeks"]

    assert [week["start"] for week in weeks] == ["2026-11-22", "2026-11-15", "2026-11-08", "2026-11-01"]
    assert [week["n"] for week in weeks] == [1, 1, 1, 2]


def test_sittings_stand_newest_first_in_both(journal) -> None:
    for session in ("signal-today", "evening-signals", "kept-word"):
        journal("reflect", session, input=":q\n")

    for command in ("mood", "progress"):
        sat = journal(command, "--json").json["sittings"]
        assert [one["session"] for one in sat] == ["kept-word", "evening-signals", "signal-today"]
        assert newest_first([one["at"] for one in sat])


def test_a_sitting_that_was_told_nothing_has_no_mood(journal) -> None:
    journal("reflect", "signal-today", input=f"{ARRIVED}:q\n")
    page = journal("mood", "--json").json

    assert (page["sittings"][0]["before"], page["sittings"][0]["after"]) == (None, None)
    assert page["weeks"][0] == {"start": "2026-11-23", "n": 0, "pleasant": None, "energy": None}


def test_an_empty_journal_has_gaps_and_no_zeros(journal) -> None:
    page = journal("mood", "--json").json

    assert (page["checkins"], page["words"], page["sittings"]) == (0, [], [])
    assert all((week["pleasant"], week["energy"]) == (None, None) for week in page["weeks"])
    assert journal("progress", "--json").json["themes"] == []
    assert "None" not in journal("mood").stdout + journal("progress").stdout


def test_what_is_deleted_counts_nowhere(month) -> None:
    sitting = month("mood", "--json").json["sittings"][0]["id"]
    month("delete", sitting, "--yes")

    assert month("mood", "--json").json["weeks"][0]["n"] == 0
    page = month("progress", "--json").json
    assert (page["entries"], page["themes"], page["sittings"]) == (1, [], [])


@pytest.mark.parametrize("options", [("mood",), ("mood", "--calendar"), ("progress",), ("progress", "--numbers")])
def test_pages_in_a_pipe_are_sentences(month, options: tuple[str, ...]) -> None:
    said = month(*options)

    assert said.stderr == ""
    assert said.stdout.strip()
    assert not BOXES.search(said.stdout)
    assert ESCAPE not in said.stdout


def test_the_plain_page_says_the_week_in_a_sentence(month) -> None:
    page = month("mood", "--since", "2026-11-02").stdout

    assert "Mood from 2 November" in page
    assert "Week of 2 November, 3 moods: pleasant from -2 to 2, middle 0." in page
    assert "Week of 9 November: no check-ins." in page

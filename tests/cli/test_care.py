"""`help-now` and `ground`: no journal, no passphrase, no trace."""

import pytest
from shapes import BOXES, ESCAPE

LOCKED = {"JOURNAL_PASSPHRASE_COMMAND": "/no/such/program"}


def test_help_opens_without_a_journal_or_a_passphrase_and_leaves_nothing(no_journal, tmp_path) -> None:
    said = no_journal("help-now", "PL", **LOCKED)

    assert said.stdout.startswith("You do not need to be in danger to call.")
    assert "112" in said.stdout
    assert "116 123" in said.stdout
    assert said.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked, env", [("PL", ""), ("pl", ""), ("", "PL"), ("", "pl"), ("PL", "US")])
def test_the_country_is_the_one_that_was_said(no_journal, asked: str, env: str) -> None:
    page = no_journal("help-now", *filter(None, [asked]), **LOCKED, JOURNAL_COUNTRY=env).stdout

    assert "800 120 002" in page
    assert "988" not in page
    assert "journal help-now PL --more" in page


@pytest.mark.parametrize("asked", [(), ("all",)])
def test_without_a_country_in_a_pipe_all_are_shown(no_journal, asked: tuple[str, ...]) -> None:
    page = no_journal("help-now", *asked, LANG="pl_PL.UTF-8").stdout

    assert "988" in page
    assert "116 123" in page


def test_more_of_a_country_holds_what_the_page_held(no_journal) -> None:
    short, long = no_journal("help-now", "PL").stdout, no_journal("help-now", "PL", "--more").stdout

    numbers = [line for line in short.splitlines() if line.startswith("  ")]
    assert set(numbers) < set(long.splitlines())


def test_a_country_that_is_not_there_yet_says_where_else_to_look(no_journal) -> None:
    said = no_journal("help-now", "ZZ", code=20)

    assert "findahelpline.com" in said.stderr
    assert "PL" in said.stderr


def test_grounding_needs_no_journal_either(no_journal, tmp_path) -> None:
    said = no_journal("ground", **LOCKED)

    assert said.stdout.splitlines()[0].startswith("Your eyes can stay open.")
    assert said.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_groundings_as_json(no_journal) -> None:
    groundings = no_journal("ground", "--json", **LOCKED).json["groundings"]

    assert [one["id"] for one in groundings][:2] == ["room", "hands"]
    assert all(one.keys() == {"id", "title", "lines"} for one in groundings)


def test_both_pages_are_plain_and_speak_polish(no_journal) -> None:
    for command, word in ((("help-now", "PL"), "niebezpieczeństwie"), (("ground",), "oczy")):
        said = no_journal(*command, JOURNAL_LANG="pl", **LOCKED)
        assert word in said.stdout.lower()
        assert not BOXES.search(said.stdout)
        assert ESCAPE not in said.stdout

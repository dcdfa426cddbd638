"""Check-in items: at most three a day, offered after the mood to somebody at a terminal, one key to leave them all."""

import json
from datetime import date, timedelta

import pytest
from key_commands import Terminal, at_terminal
from shapes import check_check_in

from journal_cli.errors import Mistyped
from journal_cli.journal.items import MOST_A_DAY, for_today, reading
from journal_cli.journal.session import CheckInItem, Option, Scale
from journal_cli.packs import shelf

TODAY = date(2026, 11, 24)
OFFER = "short questions about today"
ITEMS = shelf.shipped_library("en").check_ins
QUIET = ["interest-in-touch", "at-home-in-body"]  # private, or with content notes


@pytest.fixture
def checks_in(journal, tmp_path):
    """Check in at a terminal: the mood, and what comes after it."""

    def begin(*lines: str, args: tuple[str, ...] = (), **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        more = {"JOURNAL_PASSPHRASE_COMMAND": secret, "JOURNAL_COUNTRY": "PL", **env}
        terminal = at_terminal(journal.folder, tmp_path, "checkin", *args, **more)
        for line in ("3", "6", "", *lines):
            terminal.until("> ").types(line)
        terminal.ends()
        assert terminal.code == 0, terminal.said
        return terminal

    return begin


def asked(terminal: Terminal) -> list[str]:
    """List the ids of the items that were asked, in their order."""
    said = " ".join(terminal.said.split())
    places = {id_: said.find(item.text[:40]) for id_, item in ITEMS.items()}
    return sorted((id_ for id_, place in places.items() if place >= 0), key=lambda id_: places[id_])


# Which


def test_at_most_three_are_asked_the_longest_ago_first() -> None:
    items = list(ITEMS.values())
    ago = {one.id: TODAY - timedelta(days=number + 1) for number, one in enumerate(items)}

    first = for_today(items, {}, TODAY)
    assert [one.id for one in first] == [one.id for one in items if one.id not in QUIET][:MOST_A_DAY]
    longest = for_today(items, ago, TODAY)
    assert [one.id for one in longest] == [one.id for one in reversed(items) if one.id not in QUIET][:MOST_A_DAY]


def test_none_are_asked_once_some_were_answered_on_this_day() -> None:
    assert for_today(ITEMS.values(), {"heard": TODAY}, TODAY) == ()
    assert for_today(ITEMS.values(), {"heard": TODAY - timedelta(days=1)}, TODAY) != ()


def test_what_is_private_or_touches_something_is_asked_only_if_it_was_chosen() -> None:
    items = list(ITEMS.values())
    turns = {one.id: TODAY - timedelta(days=1) for one in items if one.id not in QUIET}

    assert all(one.id not in QUIET for one in for_today(items, turns, TODAY))
    assert [one.id for one in for_today(items, {}, TODAY, QUIET)] == [one.id for one in items if one.id in QUIET]
    assert for_today(items, {}, TODAY, ["none"]) == ()


def test_the_library_keeps_touch_and_the_body_among_what_is_only_asked_if_chosen() -> None:
    touch = ITEMS["interest-in-touch"]

    assert (touch.private, touch.chart, touch.content_notes) == (True, False, ("sexual-content",))
    assert [one.id for one in ITEMS.values() if one.private or one.content_notes] == QUIET[::-1]


# How an answer is read


@pytest.mark.parametrize("typed, value", [("0", 0), (" 10 ", 10), ("", None)])
def test_a_number_of_the_scale_is_an_answer(typed, value) -> None:
    assert reading(CheckInItem("a", "?", Scale(0, 10)))(typed) == value


@pytest.mark.parametrize("typed", ["11", "-1", "one", "٣", "1.5"])
def test_another_number_is_none(typed) -> None:
    with pytest.raises(Mistyped):
        reading(CheckInItem("a", "?", Scale(0, 10)))(typed)


@pytest.mark.parametrize("typed, value", [("1", "yes"), ("2", "no"), ("NO", "no"), ("", None)])
def test_an_option_is_answered_by_its_number_or_id(typed, value) -> None:
    assert reading(CheckInItem("a", "?", Scale(options=(Option("yes", "y"), Option("no", "n")))))(typed) == value


@pytest.mark.parametrize("typed", ["0", "3", "maybe"])
def test_an_option_that_is_not_there_is_refused(typed) -> None:
    with pytest.raises(Mistyped):
        reading(CheckInItem("a", "?", Scale(options=(Option("yes", "y"), Option("no", "n")))))(typed)


# At a terminal


def test_one_key_leaves_them_all(checks_in) -> None:
    terminal = checks_in("")

    assert f"up to 3 {OFFER}" in terminal.said
    assert asked(terminal) == []


def test_three_are_asked_and_each_can_be_skipped_or_the_rest_left(journal, checks_in) -> None:
    first = checks_in("m", "2", "", "7")
    assert len(asked(first)) == 3
    assert OFFER not in checks_in("").said

    told = checks_in("", args=("--json",))
    assert told.said.count('"items": []') == 1


def test_what_was_answered_is_in_the_answer_and_stopping_keeps_it(journal, checks_in) -> None:
    journal("settings", "check-in", "limit-kept,own-tone,heard")
    told = checks_in("m", "2", "6", ":q", args=("--json",))
    document = told.said[told.said.index("{") : told.said.rindex("}") + 1]

    check = json.loads(document)
    check_check_in(check)
    assert check["items"] == [{"item": "limit-kept", "value": "partly"}, {"item": "own-tone", "value": 6}]


def test_help_and_grounding_are_a_key_away_at_the_end(checks_in) -> None:
    assert "116 123" in checks_in("h", "").said


def test_a_wrong_answer_is_asked_again(journal, checks_in) -> None:
    journal("settings", "check-in", "own-tone")

    assert "a number from 1 to 7, please" in checks_in("m", "9", "5").said


def test_hidden_notes_hide_an_item_that_was_chosen(journal, checks_in) -> None:
    journal("settings", "check-in", "interest-in-touch")
    assert "one short question about today" in checks_in("").said
    journal("settings", "hidden-notes", "sexual-content")
    assert "short question" not in checks_in("").said


def test_none_is_none(journal, checks_in) -> None:
    journal("settings", "check-in", "none")

    assert "short question" not in checks_in("").said


def test_a_program_under_way_says_which_items(journal, checks_in) -> None:
    program = shelf.shipped_library("en").programs["my-body-my-pace"]
    assert program.weeks[0].check_ins == ("at-home-in-body",)
    journal("program", "start", program.id)

    assert asked(checks_in("m", "5")) == ["at-home-in-body"]


def test_another_day_is_asked_nothing_more(checks_in) -> None:
    assert "short question" not in checks_in("", args=("--at", "yesterday 9:00")).said


def test_leaving_the_mood_leaves_it_all(journal, tmp_path) -> None:
    secret = f"echo '{journal.passphrase}'"
    terminal = at_terminal(journal.folder, tmp_path, "checkin", JOURNAL_PASSPHRASE_COMMAND=secret)
    terminal.until("> ").types("3").until("> ").types("q").ends()

    assert terminal.code == 0
    assert "short question" not in terminal.said


def test_it_is_asked_in_polish(checks_in) -> None:
    said = checks_in("m", "", "", "", JOURNAL_LANG="pl").said

    assert "do 3 krótkich pytań o dzisiaj" in said
    assert "Enter pomija" in said
    assert OFFER not in said


# From a pipe, and from a script


def test_from_a_pipe_only_the_mood_is_asked(journal) -> None:
    said = journal("checkin", "--json", input="3\n6\n\nm\n5\n")

    assert said.json["items"] == []
    assert "short question" not in said.stderr


def test_items_can_come_as_options(journal) -> None:
    given = ("--item", "own-tone=5", "--item", "limit-kept=partly", "--item", "heard=0")
    told = journal("checkin", "--pleasant", "4", *given, "--json").json

    check_check_in(told)
    assert [tuple(one.values()) for one in told["items"]] == [("own-tone", 5), ("limit-kept", "partly"), ("heard", 0)]
    piped = journal("checkin", "--item", "own-tone=2", "--json", input="3\n6\n\n").json
    assert (piped["pleasant"], piped["items"]) == (-1, [{"item": "own-tone", "value": 2}])


@pytest.mark.parametrize(
    "item, code, told",
    [
        ("own-tune=5", 20, "did you mean own-tone?"),
        ("own-tone=8", 2, "a number from 1 to 7"),
        ("limit-kept=maybe", 2, "a number from 1 to 4"),
        ("interest-in-touch=3", 2, "only"),
    ],
)
def test_an_option_that_is_no_answer_keeps_nothing(journal, item, code, told) -> None:
    said = journal("checkin", "--pleasant", "4", "--item", item, code=code)

    assert told in said.stderr
    assert journal("mood", "--json").json["checkins"] == 0


def test_more_than_three_items_are_too_many(journal) -> None:
    given = [part for name in ("own-tone=5", "heard=1", "valued=1", "felt-safe=1") for part in ("--item", name)]

    assert "up to 3 items" in journal("checkin", "--pleasant", "4", *given, code=2).stderr

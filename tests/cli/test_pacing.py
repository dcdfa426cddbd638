"""Pacing inside a sitting: what is offered to somebody at a terminal, never from a pipe, and never in the way."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from key_commands import Terminal, at_terminal
from shapes import at, opened

from journal_cli.journal.moment import moment
from journal_cli.journal.mood import Mood
from journal_cli.journal.pacing import goes_round, is_very_unpleasant
from journal_cli.journal.sitting import Sitting
from journal_cli.packs import shelf
from journal_cli.records import sittings

HARD = "Very unpleasant is a hard place"
LATELY = "you answered that it went round"
TODAY = "There was a deep page today already"
WAYS = "h people to talk to"
EDGES = "y\n\n\n:s\n:s\nn\n\n"  # where-my-edges-are from a pipe, up to how it was
DEEP = "y\n\n\n\nIt carried much.\n.\n:q\n"  # the-body-i-live-in from a pipe, stopped after an answer


@pytest.fixture
def sits(journal, tmp_path):
    """Begin a sitting at a terminal."""

    def begin(*args: str, **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        more = {"JOURNAL_PASSPHRASE_COMMAND": secret, "JOURNAL_COUNTRY": "PL", **env}
        return at_terminal(journal.folder, tmp_path, *args, **more)

    return begin


def said_by(terminal: Terminal) -> str:
    """Wait for the end, and give all that was said, as one line."""
    terminal.ends()
    assert terminal.code == 0, terminal.said
    return " ".join(terminal.said.split())


def answers(terminal: Terminal, *lines: str) -> Terminal:
    """Answer one question after the other."""
    for line in lines:
        terminal.until("> ").types(line)
    return terminal


def last_sitting(journal) -> Sitting:
    with opened(journal) as db:
        return sittings.sittings(db, None, None)[0]


# When it is very unpleasant before


@pytest.mark.parametrize("pleasant, hard", [(-3, True), (-2, False), (0, False), (3, False), (None, False)])
def test_only_what_is_called_very_unpleasant_is_taken_for_it(pleasant, hard) -> None:
    assert is_very_unpleasant(Mood(pleasant=pleasant)) is hard
    assert is_very_unpleasant(None) is False


def test_a_plain_day_is_a_key_away_when_it_is_very_unpleasant_before(journal, sits) -> None:
    terminal = answers(sits("reflect", "yes-no-not-yet"), "y", "", "1", "6", "").until(HARD).until(WAYS)
    answers(terminal, "n").until("A plain day").until("order")
    said = said_by(answers(terminal, "Rain, then soup.", ".", ":s", ":s", "3", "4", ""))

    sitting = last_sitting(journal)
    assert (sitting.session, sitting.title, sitting.state.value) == ("a-plain-day", "A plain day", "done")
    assert (sitting.before.pleasant, sitting.after.pleasant) == (-3, -1)
    assert said.count("Pleasant?") == 2
    assert "going round" not in said
    (entry,) = journal("list", "--json").json["entries"]
    assert (entry["session"], entry["sitting"]) == ("a-plain-day", sitting.id)


def test_a_sitting_that_turned_to_a_plain_day_goes_on_there_after_a_pause(journal, sits) -> None:
    said_by(answers(sits("reflect", "yes-no-not-yet"), "y", "", "1", "6", "", "n", ":p"))
    told = journal("reflect", "--resume", "--json", input="Soup.\n.\n:q\n").json

    assert told["sitting"]["session"] == "a-plain-day"
    assert told["entries"][0]["question"] == shelf.shipped_library("en").prompts["kind-reporter"].text


def test_going_on_is_one_key_and_grounding_and_people_to_talk_to_come_back_to_the_question(journal, sits) -> None:
    terminal = answers(sits("reflect", "yes-no-not-yet"), "y", "", "1", "6", "").until(HARD)
    answers(terminal, "g").until("straight edges")
    answers(terminal, "", "", "").until(HARD)
    answers(terminal, "h").until("116 123").until(HARD)
    answers(terminal, "", ":q")
    said_by(terminal)

    assert last_sitting(journal).session == "yes-no-not-yet"


def test_stopping_there_is_a_finished_sitting_and_nothing_more_is_asked(journal, sits) -> None:
    said = said_by(answers(sits("reflect", "the-body-i-live-in"), "y", "", "1", "6", "", "q"))

    assert "a finished sitting" in said
    assert last_sitting(journal).state.value == "stopped"
    assert "Before you go" not in said


def test_nothing_makes_a_gentle_sitting_longer(sits) -> None:
    asked = []
    for pleasant in ("1", "0", "4"):
        said = said_by(answers(sits("reflect", "a-plain-day"), "", pleasant, "4", "", ":s", "4", "4", ""))
        asked.append(said.count("> "))
        assert (":h people to talk to" in said) == (pleasant != "4")
        assert HARD not in said

    assert len(set(asked)) == 1


def test_from_a_pipe_none_of_it_is_offered(journal) -> None:
    for _ in range(2):
        journal("reflect", "the-body-i-live-in", input=DEEP)
        journal("reflect", "where-my-edges-are", input=EDGES + "2\n")
    for session in ("the-body-i-live-in", "where-my-edges-are"):
        told = journal("reflect", session, "--json", input="y\n\n1\n1\n\n:q\n")
        assert told.json["sitting"]["before"]["pleasant"] == -3
        assert not [offer for offer in (HARD, LATELY, TODAY, WAYS) if offer in " ".join(told.stderr.split())]


# Helping, going round, too much


def felt(felt: str | None, session: str, day: str) -> Sitting:
    return Sitting(id="s" * 8, at=at(f"{day}T20:00:00+01:00"), session=session, title="", felt=felt)


EDGE, CLOSE = "where-my-edges-are", "so-it-can-be-heard"
NOVEMBER = date(2026, 11, 24)


@pytest.mark.parametrize(
    "told, goes",
    [
        ([("round", EDGE, 23), ("round", EDGE, 20)], True),
        ([("round", "edge-in-the-day", 23), ("round", EDGE, 20)], True),
        ([("round", EDGE, 23), (None, EDGE, 22), ("round", EDGE, 20)], True),
        ([("round", EDGE, 23), ("helping", CLOSE, 22), ("round", EDGE, 20)], True),
        ([("round", EDGE, 23)], False),
        ([("round", EDGE, 23), ("helping", EDGE, 22), ("round", EDGE, 20)], False),
        ([("helping", EDGE, 23), ("round", EDGE, 22), ("round", EDGE, 20)], False),
        ([("much", EDGE, 23), ("much", EDGE, 22)], False),
        ([("round", CLOSE, 23), ("round", CLOSE, 22)], False),
        ([("round", "gone", 23), ("round", "gone", 22)], False),
        ([], False),
    ],
)
def test_going_round_is_what_was_answered_twice_running_in_a_theme(told, goes) -> None:
    library = shelf.shipped_library("en")
    sat = [felt(answer, session, f"2026-11-{day}") for answer, session, day in told]

    assert goes_round(sat, library.sessions[EDGE], library, NOVEMBER) is goes
    assert goes_round(sat, library.sessions[EDGE], library, NOVEMBER + timedelta(days=60)) is False


def test_after_going_round_twice_a_plain_day_is_offered_before_the_next_round(journal, sits) -> None:
    one = journal("reflect", EDGE, input=EDGES + "2\n").stderr
    two = journal("reflect", EDGE, input=EDGES + "2\n").stderr
    assert ("It was the same last time" in one, "It was the same last time" in two) == (False, True)

    today(journal)
    said = said_by(answers(sits("reflect", EDGE), "n", ":q"))
    assert LATELY in said
    assert "Begin?" not in said
    assert last_sitting(journal).session == "a-plain-day"


def test_after_too_much_grounding_comes_first_then_people_to_talk_to_and_nothing_is_pushed(journal, sits) -> None:
    terminal = answers(sits("reflect", EDGE), "y", "", "", ":s", ":s", "", "", "3").until("Thank you for saying so")
    answers(terminal, "").until("straight edges")
    answers(terminal, "", "", "").until(WAYS)
    answers(terminal, "h").until("116 123")
    said = said_by(terminal.until("This is enough for now."))

    assert said.count("Thank you for saying so") == 1
    assert last_sitting(journal).felt == "much"
    assert last_sitting(journal).state.value == "done"


@pytest.mark.parametrize("key", ["s", "q"])
def test_grounding_after_too_much_can_be_left_with_one_key(journal, sits, key) -> None:
    terminal = answers(sits("reflect", EDGE), "y", "", "", ":s", ":s", "", "", "3", key)
    said = said_by(terminal.until("This is enough for now."))

    assert "straight edges" not in said
    assert last_sitting(journal).state.value == "done"


# One deep sitting a day


def today(journal) -> None:
    """Move the sittings so far to this day by the machine's clock, which is what a terminal goes by."""
    now = moment(datetime.now(UTC), "Europe/Warsaw")
    with opened(journal) as db:
        for number, sitting in enumerate(sittings.sittings(db, None, None)):
            earlier = replace(now, at=now.at - timedelta(seconds=number))
            sittings.save(db, replace(sitting, at=earlier), earlier)


def test_a_second_deep_sitting_on_one_day_meets_one_sentence_and_a_choice(journal, sits) -> None:
    journal("reflect", "the-body-i-live-in", input=DEEP)
    today(journal)
    for session in ("unsent-letter", "letter-to-trust"):
        said = said_by(answers(sits("reflect", session), "", "n"))
        assert said.count(TODAY) == 1
        assert "Begin?" in said

    assert "Not now is a good answer too" in said_by(answers(sits("reflect", "unsent-letter"), "q"))
    said_by(answers(sits("reflect", "unsent-letter"), "n", ":q"))
    assert last_sitting(journal).session == "a-plain-day"


@pytest.mark.parametrize("given", ["y\n:q\n", "n\n"])
def test_a_deep_sitting_that_was_left_at_once_does_not_count(journal, sits, given) -> None:
    journal("reflect", "the-body-i-live-in", input=given)
    today(journal)

    assert TODAY not in said_by(answers(sits("reflect", "unsent-letter"), "n"))


def test_a_steady_sitting_after_a_deep_one_meets_nothing(journal, sits) -> None:
    journal("reflect", "the-body-i-live-in", input=DEEP)
    today(journal)

    assert TODAY not in said_by(answers(sits("reflect", EDGE), "n"))


# Gates


@pytest.mark.parametrize("session, sentence", [("one-sentence", "the right tool"), ("what-i-know", "recent, what")])
def test_at_a_gate_help_lines_come_back_to_the_question_and_a_plain_day_is_a_key_away(
    journal, sits, session, sentence
) -> None:
    terminal = answers(sits("reflect", session), "y", "?").until(sentence)
    answers(terminal, "h").until("116 123").until(sentence)
    said_by(answers(terminal, "n", ":q"))

    assert last_sitting(journal).session == "a-plain-day"


def test_after_a_gate_the_session_stays_one_key_away(journal, sits) -> None:
    said_by(answers(sits("reflect", "one-sentence"), "y", "y", "", ":q"))

    assert last_sitting(journal).session == "one-sentence"


def test_another_prompt_never_passes_a_gate_that_was_not_asked(journal) -> None:
    prompts = shelf.shipped_library("en").prompts
    begun = prompts["line-that-hears-you"]
    gated = [one for one in prompts.values() if one.gate and one.theme == begun.theme]
    assert begun.gate is None
    assert any(one.intensity <= begun.intensity for one in gated)

    said = journal("reflect", begun.id, input="y\n\n\n" + ":n\n" * 30 + ":q\n").stderr
    assert not [one.id for one in gated if " ".join(one.text.split()) in " ".join(said.split())]


# Leaving


def test_a_stop_asks_once_whether_what_was_written_stays(journal, sits) -> None:
    said = said_by(answers(sits("reflect", "a-plain-day"), "", "", "Soup.", ".", ":q", ""))
    assert said.count("What you wrote stays") == 1
    said_by(answers(sits("reflect", "a-plain-day"), "", "", "Soup.", ".", ":q", "d"))

    assert journal("list", "--json").json["total"] == 1
    assert len(journal("trash", "list", "--json").json["trash"]) == 1
    assert "What you wrote stays" not in said_by(answers(sits("reflect", "a-plain-day"), "", ":q"))


def test_stopping_a_deep_sitting_offers_grounding_once(journal, sits) -> None:
    terminal = answers(sits("reflect", "the-body-i-live-in"), "y", "", "", ":q").until("Before you go")
    answers(terminal, "g").until("straight edges")
    said_by(answers(terminal, "", "", "", ""))

    terminal = answers(sits("reflect", "the-body-i-live-in"), "y", "", "", "It held.", ".", ":q")
    assert "g grounding" in said_by(answers(terminal.until("What you wrote stays"), ""))
    assert journal("list", "--json").json["total"] == 1


def test_a_pause_asks_nothing(sits) -> None:
    said = said_by(answers(sits("reflect", "the-body-i-live-in"), "y", "", "", "It held.", ".", ":p"))

    assert "What you wrote stays" not in said


# What is hidden


def test_what_is_hidden_is_left_out_of_a_choice_and_of_a_session(journal, sits) -> None:
    journal("settings", "hidden-notes", "self-doubt")
    said = said_by(answers(sits("reflect", EDGE), "y", "", "", ":s", ":s", "y", ":q"))
    assert " ".join(shelf.shipped_library("en").prompts["limit-respected"].text.split())[:40] in said
    assert shelf.shipped_library("en").prompts["second-guess"].text[:30] not in said
    assert "Which one?" not in said

    said = said_by(answers(sits("reflect", "a-letter-in-a-kinder-voice"), "y", "", "", "1", ":s", "n", "", ""))
    assert "you would rather not meet, so it is left out" in said
    assert shelf.shipped_library("en").prompts["letter-from-a-friend"].text[:30] not in said


def test_an_optional_step_that_is_hidden_is_not_asked_about(journal, sits) -> None:
    journal("settings", "hidden-notes", "past-hurt")
    said = said_by(answers(sits("reflect", EDGE), "y", "", "", ":s", ":s", "", ""))

    assert "so it is left out" in said
    assert "One more, if you like? y yes" not in said


def test_what_is_asked_for_by_name_is_given_and_a_pipe_keeps_its_order(journal, sits) -> None:
    journal("settings", "hidden-notes", "past-hurt,self-doubt")
    library = shelf.shipped_library("en")
    alone = said_by(answers(sits("reflect", "second-guess"), "y", "", "", ":q"))
    assert " ".join(library.prompts["second-guess"].text.split())[:40] in alone

    told = journal("reflect", EDGE, "--json", input="y\n\n\n:s\n:s\ny\n2\nMine.\n.\n:q\n").json
    assert told["entries"][0]["question"] == library.prompts["second-guess"].text


# How it looks


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("key", ["hard_mood", "deep_today", "round_lately", "after_fear", "after_recent"])
def test_an_offer_is_one_screen_of_forty_columns(language, key) -> None:
    words = shelf.words(language)
    title = shelf.shipped_library(language).sessions["a-plain-day"].title
    said = f"{words(f'reflect.{key}')}\n{words('reflect.ways_gentler', title=title)}"

    assert sum(-(-len(line) // 34) for line in said.splitlines()) <= 20


def test_offers_are_shown_within_forty_columns_and_answered_by_a_key_alone(journal, sits) -> None:
    terminal = sits("reflect", "yes-no-not-yet", TERM="xterm", COLUMNS="40", NO_COLOR="1", PROMPT_TOOLKIT_NO_CPR="1")
    for key in ("y", "\r", "1", "6"):
        terminal.until("> ").types(key, end="")
    terminal.until("on guard").types("")
    terminal.until("g grounding · h people to talk to").until("> ").types("q", end="")
    terminal.ends()

    assert terminal.code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.said).replace("\r", "")
    assert max(len(line) for line in bare.split("\n")) <= 40
    assert "\nq not now\n" in bare


@pytest.mark.parametrize("key", ["hard_mood", "at_hand", "deep_today", "round_lately", "felt_round_again", "left_out"])
def test_polish_leaves_open_who_is_reading(key) -> None:
    said = shelf.words("pl")(f"reflect.{key}")

    assert said != shelf.words("en")(f"reflect.{key}")
    assert not re.search(r"\w(łeś|łaś|łem|łam|łbyś|łabyś)\b|\b(sam|sama|gotów|gotowa|pewien|pewna)\b", said)


def test_the_sitting_in_polish(journal, sits) -> None:
    said = said_by(answers(sits("reflect", "yes-no-not-yet", JOURNAL_LANG="pl"), "t", "", "1", "6", "", "n", ":q"))

    title = shelf.shipped_library("pl").sessions["a-plain-day"].title
    assert f"n zamiast tego: {title}" in said
    assert WAYS not in said
    assert json.loads(journal("list", "--json").stdout)["total"] == 0


def test_where_no_country_is_named_help_lines_ask_for_one(sits) -> None:
    terminal = answers(sits("reflect", "a-plain-day", JOURNAL_COUNTRY=""), "h").until("Which country?")
    number = re.search(r"(\d+)  Poland", terminal.until("> ").said)
    terminal.types(number[1]).until("116 123")
    said = said_by(answers(terminal, "q"))

    assert "988" not in said


@pytest.mark.parametrize("typed", ["PL", "pol"])
def test_the_country_is_named_by_its_letters_or_the_start_of_its_name_too(sits, typed: str) -> None:
    terminal = answers(sits("reflect", "a-plain-day", JOURNAL_COUNTRY=""), "h").until("Which country?")
    terminal.until("> ").types(typed).until("116 123")

    assert "988" not in said_by(answers(terminal, "q"))

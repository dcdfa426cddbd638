"""`reflect` from a pipe: what each step reads, what can be wished for, and how a sitting ends."""

import pytest
from shapes import BOXES, ESCAPE, check_entry, check_sitting, ids, newest_first, opened

from journal_cli.packs import shelf
from journal_cli.records import sittings

EVENING = "1\n3\n6\ntense, tired\nI felt a no.\n.\nIt passed.\n.\n:s\ny\nI called my sister.\n.\n:s\n5\n4\ncalm\n"
ARRIVED = "\n\n"  # no grounding, no mood before
EDGES = "y\n\n\nAn edge.\n.\n:s\n:s\nThree lists.\n.\n:s\n"  # where-my-edges-are up to its optional step

GATED = """
format = 1

[pack]
id = "gated"
title = "Gated"
language = "en"
intensity = "steady"

[[prompt]]
id = "gated-prompt"
intensity = "steady"
text = "A question with a gate?"
gate = "fear"

[[session]]
id = "gated-session"
title = "Gates"
minutes = 5
intensity = "steady"
gate = "recent"

  [[session.step]]
  kind = "mood"
  when = "before"

  [[session.step]]
  kind = "prompt"
  use = ["gated-prompt"]

  [[session.step]]
  kind = "mood"
  when = "after"

  [[session.step]]
  kind = "closing"
  use = ["put-down"]
"""


@pytest.fixture
def gated(journal, monkeypatch):
    """A journal on whose shelf stands a pack with gates too."""
    pack = shelf.build(shelf.open_source(GATED.encode(), "gated.toml"))
    library = shelf.shipped_library("en", (pack,))
    monkeypatch.setattr(shelf, "shipped_library", lambda _: library)
    return journal


def sat(journal, session: str, given: str, **env: str):
    """Sit through a session and give what it answered and said."""
    said = journal("reflect", session, "--json", input=given, **env)
    assert said.json.keys() == {"sitting", "entries"}
    check_sitting(said.json["sitting"])
    for entry in said.json["entries"]:
        check_entry(entry)
    assert newest_first([entry["written_at"] for entry in said.json["entries"]])
    return said


def bodies(journal, told) -> list[str]:
    """Read the texts of a sitting, newest first."""
    return [journal("show", id_, "--json").json["body"] for id_ in ids(told)]


# The steps


def test_a_gentle_sitting_reads_a_line_for_each_question_and_no_more(journal) -> None:
    said = sat(journal, "evening-signals", EVENING + "left over\n")

    assert said.json["sitting"]["state"] == "done"
    assert said.json["sitting"]["title"] == "Evening signals"
    assert "Begin?" not in said.stderr
    assert "going round" not in said.stderr
    entry = said.json["entries"][1]
    assert (entry["kind"], entry["theme"], entry["session"]) == ("answer", "trust-self", "evening-signals")
    assert entry["sitting"] == said.json["sitting"]["id"]
    assert entry["word_count"] == 6


def test_grounding_takes_a_number_and_an_empty_line_skips_it(journal) -> None:
    hands = journal("reflect", "evening-signals", input="2\n:q\n").stderr
    nothing = journal("reflect", "evening-signals", input="\n:q\n").stderr

    assert "Press your fingertips" in hands
    assert "three straight edges" not in hands
    assert "Press your fingertips" not in nothing
    assert "three straight edges" not in nothing


@pytest.mark.parametrize("first", ["\n", ":s\n"])
def test_an_empty_first_line_skips_the_whole_mood(journal, first: str) -> None:
    told = sat(journal, "signal-today", f"\n{first}Text.\n.\n:s\n:s\n{first}").json

    assert (told["sitting"]["before"], told["sitting"]["after"]) == (None, None)
    assert told["sitting"]["state"] == "done"
    assert bodies(journal, told) == ["Text."]


@pytest.mark.parametrize("line", ["y", "Y"])
def test_an_optional_step_is_taken_with_y(journal, line: str) -> None:
    told = sat(journal, "evening-signals", f"{ARRIVED}:s\n{line}\nMine.\n.\n:q\n").json

    assert told["entries"][0]["question"].startswith("Name one small thing")


@pytest.mark.parametrize("line", ["n", "", "yes", ":s", "y y"])
def test_an_optional_step_is_skipped_with_anything_else(journal, line: str) -> None:
    told = sat(journal, "evening-signals", f"{ARRIVED}:s\n{line}\n5\n5\n\n").json

    assert (told["entries"], told["sitting"]["after"]["pleasant"]) == ([], 1)


@pytest.mark.parametrize("line, question", [("", "weight"), ("1", "weight"), ("2", "difficult")])
def test_a_choice_of_several_takes_a_number_or_the_first(journal, line: str, question: str) -> None:
    told = sat(journal, "a-letter-in-a-kinder-voice", f"y\n{ARRIVED}{line}\nText.\n.\n:q\n").json

    shown = {"weight": "Which part of this week", "difficult": "Think of something you found difficult"}
    assert told["entries"][0]["question"].startswith(shown[question])


def test_follow_ups_are_asked_one_by_one_and_only_the_answered_are_kept(journal) -> None:
    told = sat(journal, "evening-signals", f"{ARRIVED}First.\n.\n:s\nSecond\nfollow-up.\n.\n\n\n").json

    whole = journal("show", ids(told)[0], "--json").json
    assert whole["follow_ups"] == [
        {
            "question": "If you let it pass, what made that the sensible choice then?",
            "answer": "Second\nfollow-up.",
        }
    ]
    assert whole["word_count"] == 3


def test_no_follow_up_is_asked_where_nothing_was_answered(journal) -> None:
    told = sat(journal, "evening-signals", f"{ARRIVED}:s\n\n4\n4\n\n").json

    assert told["entries"] == []
    assert told["sitting"]["after"]["pleasant"] == 0


def test_an_empty_text_is_a_skipped_one(journal) -> None:
    told = sat(journal, "signal-today", f"{ARRIVED}\n \n.\n\n").json

    assert (told["sitting"]["state"], told["entries"]) == ("done", [])


# Steady sittings, consent and gates


def test_a_steady_sitting_asks_for_consent_first_and_how_it_was_last(journal) -> None:
    said = sat(journal, "where-my-edges-are", f"{EDGES}n\n\n2\n")

    asked = ["This touches on: an old hurt", "Begin?", "You can skip any step", "The room", "Pleasant?", "an edge"]
    asked += [
        "three short lists",
        "One more, if you like",
        "Is this helping, going round, or too much?",
        "enough for now",
    ]
    places = [said.stderr.index(question) for question in asked]
    assert places == sorted(places)
    assert said.json["sitting"]["state"] == "done"
    assert "Going round is worth noticing" in said.stderr
    with opened(journal) as database:
        assert sittings.sittings(database, None, None)[0].felt == "round"


@pytest.mark.parametrize("line", ["y", "", "?", "yes"])
def test_consent_is_anything_but_no(journal, line: str) -> None:
    assert sat(journal, "where-my-edges-are", f"{line}\n:q\n").json["sitting"]["state"] == "stopped"


def test_consent_refused_ends_the_sitting_before_it_begins(journal) -> None:
    said = journal("reflect", "where-my-edges-are", "--json", input="n\nnever read\n")

    assert said.json == {"sitting": None, "entries": []}
    assert "good answer" in said.stderr
    assert journal("progress", "--json").json["sittings"] == []


def test_the_setting_lets_steady_prompts_begin_without_asking(journal) -> None:
    journal("settings", "intensity", "steady")

    assert "Begin?" not in sat(journal, "where-my-edges-are", "\n:q\n").stderr


@pytest.mark.parametrize("line, felt", [("1", "helping"), ("2", "round"), ("3", "much"), ("", None), (":s", None)])
def test_how_it_was_is_a_number_or_nothing(journal, line: str, felt: str | None) -> None:
    given = f"y\n{ARRIVED}A letter.\n.\n:s\n:s\n\n{line}\n"
    assert sat(journal, "letter-from-a-friend", given).json["sitting"]["state"] == "done"

    with opened(journal) as database:
        assert sittings.sittings(database, None, None)[0].felt == felt


def test_consent_comes_before_the_gates_and_the_gates_in_their_order(gated) -> None:
    said = sat(gated, "gated-session", "y\ny\n?\n\nText.\n.\n\n\n")

    asked = [
        "Begin?",
        "Is this recent?",
        "When something is recent",
        "are you sometimes afraid",
        "may not be the right tool",
    ]
    places = [said.stderr.index(question) for question in [*asked, "Pleasant?", "A question with a gate?"]]
    assert places == sorted(places)
    assert said.json["sitting"]["state"] == "done"


@pytest.mark.parametrize("lines", ["y\nn\nn\n", "y\n\n\n", "\n:s\n:s\n"])
def test_gates_can_be_answered_with_no_or_skipped(gated, lines: str) -> None:
    said = sat(gated, "gated-session", lines + ":q\n")

    assert "may not be the right tool" not in said.stderr
    assert said.json["sitting"]["state"] == "stopped"


def test_a_wrong_answer_at_a_gate_names_it(gated) -> None:
    assert "line 3, fear: " in gated("reflect", "gated-session", input="y\nn\nperhaps\n", code=2).stderr


# What can be wished for


def test_grounding_and_help_are_shown_and_the_question_comes_again(journal) -> None:
    said = sat(journal, "signal-today", f"{ARRIVED}:g\n:h\nText.\n.\n:q\n", JOURNAL_COUNTRY="PL")

    assert said.stderr.count("Think of one moment today") == 3
    assert "Find three straight edges" in said.stderr
    assert "116 123" in said.stderr
    assert bodies(journal, said.json) == ["Text."]


def test_help_shows_every_country_where_none_is_named(journal) -> None:
    shown = journal("reflect", "signal-today", input=":h\n:q\n").stderr

    assert "Poland" in shown
    assert "United States" in shown


def test_another_prompt_of_the_theme_is_read_anew(journal) -> None:
    told = sat(journal, "signal-today", f"{ARRIVED}:n\nKept my word.\n.\n:s\n\n").json

    assert told["entries"][0]["question"].startswith("Name one small thing")
    assert told["entries"][0]["theme"] == "trust-self"


def test_another_prompt_never_goes_further_than_the_session(journal) -> None:
    many = ":n\n" * len(shelf.shipped_library("en").prompts)
    said = sat(journal, "signal-today", f"{ARRIVED}{many}:q\n")

    assert "hard to believe your own read" not in said.stderr
    assert "no other prompt of this theme" in said.stderr


def test_a_skip_leaves_the_prompt_and_goes_on(journal) -> None:
    told = sat(journal, "evening-signals", f"{ARRIVED}:s\ny\nSecond.\n.\n:s\n\n").json

    assert [entry["question"][:14] for entry in told["entries"]] == ["Name one small"]


@pytest.mark.parametrize(
    "given",
    [":q\n", "\n:q\n", "\n3\n:q\n", "\n3\n3\n:q\n", f"{ARRIVED}:q\n", f"{ARRIVED}Text.\n.\n:q\n", f"{ARRIVED}:s\n:q\n"],
)
def test_a_stop_ends_the_sitting_anywhere_and_is_a_finished_one(journal, given: str) -> None:
    said = sat(journal, "evening-signals", given)

    assert said.json["sitting"]["state"] == "stopped"
    assert "that is a finished sitting" in said.stderr
    journal("reflect", "--resume", code=24)


@pytest.mark.parametrize("case", [":Q\n", ": q\n"])
def test_a_wish_is_read_kindly(journal, case: str) -> None:
    assert sat(journal, "evening-signals", case).json["sitting"]["state"] == "stopped"


@pytest.mark.parametrize(
    "given, text, state",
    [
        ("", None, "stopped"),
        ("1\n", None, "stopped"),
        (ARRIVED, None, "stopped"),
        (f"{ARRIVED}An unfinished\ntext", "An unfinished\ntext", "stopped"),
        (f"{ARRIVED}Finished.\n.\n", "Finished.", "stopped"),
    ],
)
def test_the_end_of_input_is_a_stop_that_loses_nothing(journal, given: str, text: str | None, state: str) -> None:
    told = sat(journal, "signal-today", given).json

    assert told["sitting"]["state"] == state
    assert bodies(journal, told) == ([text] if text else [])


def test_an_unfinished_follow_up_is_kept_at_the_end_of_input(journal) -> None:
    told = sat(journal, "signal-today", f"{ARRIVED}Text.\n.\nCame next").json

    assert journal("show", ids(told)[0], "--json").json["follow_ups"][0]["answer"] == "Came next"


# Text, line by line


@pytest.mark.parametrize(
    "lines, text",
    [
        ("\\.", "."),
        ("\\:q", ":q"),
        ("\\\\.", "\\."),
        ("\\\\:s", "\\:s"),
        ("\\.dotted", ".dotted"),
        ("\\n stays", "\\n stays"),
        ("\\", "\\"),
        ("first\n:q", "first\n:q"),
        ("first\n\\:q", "first\n:q"),
        ("first\n..", "first\n.."),
        ("first\n. ", "first\n. "),
        ("first\n\n\nlast\n", "first\n\n\nlast\n"),
        ("\nblank line first", "\nblank line first"),
        ("windows\r\nlines\r", "windows\nlines"),
    ],
)
def test_a_text_comes_out_as_it_was_meant(journal, lines: str, text: str) -> None:
    told = sat(journal, "signal-today", f"{ARRIVED}{lines}\n.\n:q\n").json

    assert bodies(journal, told) == [text]


# Wrong answers


@pytest.mark.parametrize(
    "given, line, question",
    [
        ("3\n", 1, "grounding"),
        ("room\n", 1, "grounding"),
        ("\n8\n", 2, "pleasant"),
        ("\n4\nx\n", 3, "energy"),
        ("\n4\n4\na, b, c, d\n", 4, "words"),
        (":z\n", 1, "grounding"),
        (f"{ARRIVED}:stop\n", 3, "text"),
        (f"{ARRIVED}One.\nTwo.\n.\n:later\n", 6, "text"),
    ],
)
def test_a_wrong_answer_ends_and_names_question_and_line(journal, given: str, line: int, question: str) -> None:
    said = journal("reflect", "evening-signals", "--json", input=given, code=2)

    assert f"journal: line {line}, {question}: " in said.stderr
    assert said.stdout == ""


@pytest.mark.parametrize("given, question", [("maybe\n", "consent"), (f"y\n{ARRIVED}3\n", "which prompt")])
def test_a_wrong_answer_in_a_steady_sitting_names_the_question_too(journal, given: str, question: str) -> None:
    said = journal("reflect", "a-letter-in-a-kinder-voice", input=given, code=2)

    assert f"line {given.count(chr(10))}, {question}: " in said.stderr


def test_what_was_kept_before_a_wrong_answer_stays(journal) -> None:
    journal("reflect", "evening-signals", input=f"{ARRIVED}Kept.\n.\n:later\n", code=2)

    assert journal("list", "--json").json["total"] == 1
    told = journal("reflect", "--resume", "--json", input="Came next.\n.\n:q\n").json
    assert journal("show", ids(told)[0], "--json").json["follow_ups"][0]["answer"] == "Came next."


def test_bytes_that_are_no_text_are_named_by_their_line(journal) -> None:
    said = journal("reflect", "signal-today", input=b"\n\nfine\nbro\xffken\n", code=22)

    assert "line 4" in said.stderr


def test_a_text_cut_off_by_bytes_that_are_no_text_is_not_lost(journal) -> None:
    journal("reflect", "signal-today", input=b"\n\nA line that was fine.\nbro\xffken\n", code=22)

    told = journal("reflect", "--resume", "--json", input=".\n:q\n").json
    assert bodies(journal, told) == ["A line that was fine."]


# Pausing and going on


@pytest.mark.parametrize(
    "before, asked, after",
    [
        ("", "A moment to arrive", f"{ARRIVED}Text.\n.\n:q\n"),
        ("\n", "Pleasant?", "\nText.\n.\n:q\n"),
        (ARRIVED, "Think of one moment today", "Text.\n.\n:q\n"),
        (f"{ARRIVED}Text.\n.\n", "What came next?", ":q\n"),
        (f"{ARRIVED}Text.\n.\n:s\n", "If you let it pass", ":q\n"),
        (f"{ARRIVED}Text.\n.\n:s\n:s\n", "One more, if you like?", ":q\n"),
        (f"{ARRIVED}Text.\n.\n:s\n:s\n\n", "Pleasant?", ":q\n"),
    ],
)
def test_a_paused_sitting_goes_on_at_the_same_question(journal, before: str, asked: str, after: str) -> None:
    paused = sat(journal, "evening-signals", f"{before}:p\n").json
    said = journal("reflect", "--resume", "--json", input=after)

    assert paused["sitting"]["state"] == "paused"
    first = [line for line in said.stderr.splitlines() if line][1:]
    assert any(asked in line for line in first[:4]), first
    assert said.json["sitting"]["id"] == paused["sitting"]["id"]
    assert said.json["sitting"]["state"] == "stopped"
    assert bodies(journal, said.json) == ["Text."]


def test_a_sitting_paused_and_resumed_ends_as_if_it_never_was(journal) -> None:
    lines = EVENING.splitlines(keepends=True)
    whole = sat(journal, "evening-signals", EVENING).json
    sat(journal, "evening-signals", "".join(lines[:6]) + ":p\n")
    pieces = journal("reflect", "--resume", "--json", input="".join(lines[6:])).json

    def told(one: dict) -> tuple:
        shown = [journal("show", id_, "--json").json for id_ in ids(one)]
        sitting = {key: value for key, value in one["sitting"].items() if key not in {"id", "at"}}
        return sitting, [(entry["question"], entry["body"], entry["follow_ups"]) for entry in shown]

    assert told(pieces) == told(whole)


def test_another_prompt_that_was_reached_is_still_there_after_a_pause(journal) -> None:
    sat(journal, "signal-today", f"{ARRIVED}:n\n:p\n")
    told = journal("reflect", "--resume", "--json", input="Text.\n.\n:q\n").json

    assert told["entries"][0]["question"].startswith("Name one small thing")


def test_consent_is_not_asked_twice_for_one_sitting(journal) -> None:
    sat(journal, "where-my-edges-are", "y\n\n\n:p\n")
    said = journal("reflect", "--resume", "--json", input="An edge.\n.\n:q\n")

    assert "Begin?" not in said.stderr
    assert said.json["entries"][0]["theme"] == "boundaries-naming"


def test_a_pause_before_a_sitting_began_leaves_nothing_behind(journal) -> None:
    said = journal("reflect", "where-my-edges-are", "--json", input=":p\n")

    assert said.json == {"sitting": None, "entries": []}
    journal("reflect", "--resume", code=24)


def test_the_latest_paused_sitting_is_the_one_that_goes_on(journal) -> None:
    sat(journal, "signal-today", ":p\n")
    later = sat(journal, "evening-signals", ":p\n").json

    assert journal("reflect", "--resume", "--json", input=":q\n").json["sitting"]["id"] == later["sitting"]["id"]


# What is asked for by name


def test_a_prompt_by_its_id_is_wrapped_in_a_sitting(journal) -> None:
    said = sat(journal, "kept-word", f"{ARRIVED}Mine.\n.\n:s\n5\n5\n\n")

    assert said.json["sitting"]["session"] == "kept-word"
    assert said.json["sitting"]["after"]["pleasant"] == 1
    assert "This is enough for now." in said.stderr


def test_a_steady_prompt_alone_asks_for_consent_too(journal) -> None:
    assert "Begin?" in sat(journal, "second-guess", ":s\n:q\n").stderr


def test_an_unknown_session_suggests_the_nearest(journal) -> None:
    said = journal("reflect", "evening-signal", code=20)

    assert "no session is called evening-signal" in said.stderr
    assert "did you mean evening-signals?" in said.stderr


def test_a_name_like_no_other_shows_where_the_names_are(journal) -> None:
    assert "journal prompts list" in journal("reflect", "zzzz", code=20).stderr


def test_from_a_pipe_a_session_has_to_be_named(journal) -> None:
    said = journal("reflect", "--json", input="1\n", code=2)

    assert "--resume" in said.stderr
    assert said.stdout == ""


def test_a_session_and_resume_do_not_go_together(journal) -> None:
    journal("reflect", "evening-signals", "--resume", code=2)


def test_resuming_without_a_paused_sitting_is_nothing_to_do(journal) -> None:
    assert "hint: begin one" in journal("reflect", "--resume", code=24).stderr


# How it looks


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_the_conversation_is_plain_in_a_pipe_and_stdout_is_kept_for_the_answer(journal, options: tuple) -> None:
    said = journal("reflect", "where-my-edges-are", *options, input=f"{EDGES}y\n2\nText.\n.\n:s\n:s\n4\n4\n\n3\n")

    assert said.stdout == ""
    assert not BOXES.search(said.stderr)
    assert ESCAPE not in said.stderr
    assert "\r" not in said.stderr


def test_nothing_written_is_said_to_be_fine(journal) -> None:
    said = sat(journal, "signal-today", f"{ARRIVED}:s\n\n")

    assert "Nothing was written, and that is fine." in said.stderr
    assert "journal show" not in said.stderr


def test_the_talk_never_repeats_what_was_written(journal) -> None:
    said = sat(journal, "evening-signals", EVENING)

    assert "I felt a no." not in said.stderr
    assert "I called my sister." not in said.stderr

"""`checkin`: a mood in two keys and up to three words, by options or from a pipe."""

import pytest
from shapes import BOXES, ESCAPE, check_check_in


def test_options_make_a_check_in_without_a_question(journal) -> None:
    said = journal(
        *("checkin", "--pleasant", "3", "--energy", "6", "--word", "tense", "--word", "my own", "--at", "today 8:15"),
        "--json",
    )

    check_check_in(said.json)
    assert said.json == {
        "pleasant": -1,
        "energy": 2,
        "cant_tell": False,
        "words": ["tense", "my own"],
        "id": said.json["id"],
        "at": "2026-11-24T08:15:00+01:00",
        "items": [],
    }
    assert "Pleasant?" not in said.stderr


@pytest.mark.parametrize(
    "lines, told",
    [
        ("4\n4\n\n", {"pleasant": 0, "energy": 0, "cant_tell": False, "words": []}),
        ("1\n7\nafraid\n", {"pleasant": -3, "energy": 3, "cant_tell": False, "words": ["afraid"]}),
        ("0\n0\n\n", {"pleasant": None, "energy": None, "cant_tell": True, "words": []}),
        ("0\n5\n\n", {"pleasant": None, "energy": 1, "cant_tell": True, "words": []}),
        ("5\n\n\n", {"pleasant": 1, "energy": None, "cant_tell": False, "words": []}),
        ("5\n:s\n:s\n", {"pleasant": 1, "energy": None, "cant_tell": False, "words": []}),
        ("2\n6\nTENSE, half of me, on guard\n", {"words": ["tense", "half of me", "on guard"]}),
    ],
)
def test_three_lines_from_a_pipe_make_a_check_in(journal, lines: str, told: dict) -> None:
    answer = journal("checkin", "--json", input=lines).json

    check_check_in(answer)
    assert {key: answer[key] for key in told} == told


def test_letters_are_the_words_that_were_offered(journal) -> None:
    said = journal("checkin", "--json", input="2\n6\na b\n")
    offered = next(line for line in said.stderr.splitlines() if line.startswith("a "))

    words = [cell.partition(" ")[2] for cell in offered.split(", ")[:2]]
    assert said.json["words"] == words


@pytest.mark.parametrize("lines", ["", "\n", ":s\n", ":q\n"])
def test_nothing_told_is_nothing_kept(journal, lines: str) -> None:
    journal("checkin", "--json", input=lines, code=24)

    assert journal("mood", "--json").json["checkins"] == 0


@pytest.mark.parametrize(
    "lines, line, question",
    [
        ("8\n", 1, "pleasant"),
        ("3\nhigh\n", 2, "energy"),
        ("3\n3\none, two, three, four\n", 3, "words"),
        ("3\n3\nz\n", 3, "words"),
        (f"3\n3\n{'w' * 41}\n", 3, "words"),
        (":x\n", 1, "pleasant"),
        ("-1\n", 1, "pleasant"),
        ("٣\n", 1, "pleasant"),
    ],
)
def test_a_wrong_answer_names_question_and_line(journal, lines: str, line: int, question: str) -> None:
    said = journal("checkin", "--json", input=lines, code=2)

    assert f"journal: line {line}, {question}: " in said.stderr
    assert said.stdout == ""
    assert journal("mood", "--json").json["checkins"] == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--pleasant", "8"),
        ("--energy", "-1"),
        ("--pleasant", "much"),
        ("--word", "a", "--word", "b", "--word", "c", "--word", "d"),
        ("--word", "one", "--word", "two", "--word", "three", "--word", "four"),
        ("--pleasant", "3", "--at", "tomorrow"),
    ],
)
def test_a_wrong_option_keeps_nothing(journal, options: tuple[str, ...]) -> None:
    journal("checkin", *options, code=2)

    assert journal("mood", "--json").json["checkins"] == 0


def test_grounding_and_help_are_one_line_away_and_the_question_comes_again(journal) -> None:
    said = journal("checkin", "--json", input=":g\n:h\n:n\n3\n3\n\n", JOURNAL_COUNTRY="PL")

    assert said.json["pleasant"] == -1
    assert "three straight edges" in said.stderr
    assert "112" in said.stderr
    assert said.stderr.count("Pleasant?") == 4


def test_the_talk_is_plain_and_the_answer_apart(journal) -> None:
    said = journal("checkin", input="3\n6\ntense\n")

    assert said.stdout == ""
    assert "unpleasant" in said.stderr
    assert not BOXES.search(said.stderr)
    assert ESCAPE not in said.stderr

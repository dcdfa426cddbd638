"""`progress`: where somebody has been, in words; numbers one key away; and what its JSON promises."""

from datetime import UTC, date, datetime

import pytest
from key_commands import Terminal, at_terminal
from shapes import BOXES, ESCAPE, ID, at, check_sitting, newest_first, opened

from journal_cli.journal.questionnaire import Result
from journal_cli.records import measures

PROGRESS = {
    *("from", "to", "entries", "days_with_entries", "themes", "sittings"),
    *("programs", "limits", "goals", "measures", "moments"),
}
ARRIVED = "\n\n"
CRITIC, KINDER = "You never finish anything.", "Two of three is a lot."
RANG = "She rang back when she said she would.\n\nThe rest is for me."


def kept_moments(journal) -> None:
    journal("reflect", "critic-and-kinder-line", input=f"{ARRIVED}{CRITIC}\n.\n{KINDER}\n.\n\n")
    journal("reflect", "a-moment-of-trust", input=f"{ARRIVED}{RANG}\n.\n:s\n:s\n\n")


def answered(journal, *totals: tuple[str, float | None]) -> None:
    """Put PHQ-9 answers into the journal, the last item of each answered with 2."""
    with opened(journal) as database:
        for number, (day, total) in enumerate(totals):
            answers = (1, None, *(0,) * 6, 2) if total is None else (1,) * 8 + (2,)
            time = at(f"{day}T12:00:00+01:00")
            measures.add(database, Result(f"m000000{number}", "phq-9", "1", "en", time, answers, total))


@pytest.fixture
def autumn(once):
    """A journal with something of everything in it."""

    def fill(journal) -> None:
        journal("init")
        kept_moments(journal)
        journal("write", "--at", "2026-11-04 21:00", "--star", input="I leave at four.")
        journal("write", "--at", "2026-11-13 21:00", input="Back.")
        journal("program", "start", "trust-rebuilt-small")
        journal("reflect", "evening-signals", input=f"{ARRIVED}A no.\n.\n:p\n")
        for text in ("leave at four", "no calls at night"):
            journal("limit", "add", input=text)
        for how in ("1\n\n\n", "1\n\n\n", "2\n\n\n", "3\n\n\n"):
            journal("limit", "note", input=f"1\n{how}")
        journal("goal", "add", input="Say no without a long explanation")
        for day, value in (("2026-10-27", 2), ("2026-11-10", 7), ("2026-11-23", 5)):
            journal("goal", "rate", "--at", day, input=f"{value}\n")
        answered(journal, ("2026-10-23", 13), ("2026-11-20", 10))

    return once("an autumn", fill)


@pytest.fixture
def person(journal, tmp_path):
    """Begin a command on a terminal that draws, in a journal whose clock is the machine's."""
    journal.clock.now = datetime.now(UTC)

    def begin(*args: str, **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        surroundings = {"TERM": "xterm", "JOURNAL_PASSPHRASE_COMMAND": secret, **env}
        return at_terminal(journal.folder, tmp_path, *args, **surroundings)

    return begin


def test_the_progress_of_a_period(autumn) -> None:
    page = autumn("progress", "--json").json

    assert page.keys() == PROGRESS
    assert (page["entries"], page["days_with_entries"]) == (5, 3)
    assert all(theme.keys() == {"theme", "entries", "sittings", "last_at"} for theme in page["themes"])
    assert {theme["theme"]: (theme["entries"], theme["sittings"]) for theme in page["themes"]} == {
        "trust-self": (1, 1),
        "trust-others": (1, 1),
        "inner-critic": (1, 1),
    }
    assert page["themes"][0]["last_at"].startswith("2026-11-24T")
    for sitting in page["sittings"]:
        check_sitting(sitting)
    assert [one["program"] for one in page["programs"]] == ["trust-rebuilt-small"]


def test_limits_and_goals_are_told_as_their_own_commands_tell_them(autumn) -> None:
    page = autumn("progress", "--json").json

    listed = autumn("limit", "list", "--json").json["limits"]
    assert page["limits"] == [{key: one[key] for key in ("id", "text", "kept", "partly", "crossed")} for one in listed]
    assert sorted((one["kept"], one["partly"], one["crossed"]) for one in page["limits"]) == [(0, 0, 0), (2, 1, 1)]
    (goal,) = page["goals"]
    assert goal.keys() == {"id", "text", "ratings"}
    assert [rating["value"] for rating in goal["ratings"]] == [5, 7, 2]
    assert newest_first([rating["at"] for rating in goal["ratings"]])


def test_limits_of_another_time_are_left_out(autumn) -> None:
    page = autumn("progress", "--since", "2026-10-20", "--until", "2026-10-31", "--json").json

    assert page["limits"] == page["moments"] == []
    assert [[rating["value"] for rating in goal["ratings"]] for goal in page["goals"]] == [[2]]
    assert [[result["total"] for result in one["results"]] for one in page["measures"]] == [[13]]


def test_questionnaires_stand_by_what_may_be_compared(autumn) -> None:
    (measure,) = autumn("progress", "--json").json["measures"]

    assert measure.keys() == {"name", "version", "coding", "language", "results"}
    assert measure["name"] == "phq-9"
    assert [result["total"] for result in measure["results"]] == [10, 13]
    assert newest_first([result["at"] for result in measure["results"]])
    assert all(result.keys() == {"at", "total", "answered", "items"} for result in measure["results"])
    assert measure["results"][0]["items"] == [1] * 8 + [2]
    assert measure["results"][0]["answered"] == 9


def test_moments_are_told_newest_first(autumn) -> None:
    trust, kindness = autumn("progress", "--json").json["moments"]

    assert trust.keys() == kindness.keys() == {"kind", "at", "text", "entry", "kinder"}
    assert (trust["kind"], trust["text"], trust["kinder"]) == ("trust", "She rang back when she said she would.", None)
    assert (kindness["kind"], kindness["text"], kindness["kinder"]) == ("kindness", CRITIC, KINDER)
    assert date.fromisoformat(trust["at"][:10]) == date(2026, 11, 24)
    assert ID.fullmatch(trust["entry"])
    assert autumn("show", trust["entry"], "--json").json["body"] == RANG


def test_a_moment_stays_an_ordinary_entry(journal) -> None:
    kept_moments(journal)
    trust, kindness = (one["entry"] for one in journal("progress", "--json").json["moments"])

    journal("mark", kindness, "--private")
    journal("edit", trust, input="She rang from a trombone lesson.")
    assert [one["text"] for one in journal("progress", "--json").json["moments"]] == [
        "She rang from a trombone lesson.",
        CRITIC,
    ]
    assert journal("search", "trombone", "--json").json["total"] == 1

    journal("delete", trust, "--yes")
    assert [one["entry"] for one in journal("progress", "--json").json["moments"]] == [kindness]
    journal("trash", "restore", trust)
    assert len(journal("progress", "--json").json["moments"]) == 2


def test_an_answer_to_any_other_question_is_no_moment(journal) -> None:
    journal("reflect", "signal-today", input=f"{ARRIVED}A no.\n.\n:s\n:s\n\n")

    assert journal("progress", "--json").json["moments"] == []


def test_a_further_question_that_is_skipped_leaves_no_kinder_line(journal) -> None:
    journal("reflect", "critic-and-kinder-line", input=f"{ARRIVED}{CRITIC}\n.\n:s\n\n")

    assert journal("progress", "--json").json["moments"][0]["kinder"] is None
    assert f'The critic: "{CRITIC}"\n' in journal("progress").stdout


def test_a_kinder_line_may_come_after_a_pause(journal) -> None:
    journal("reflect", "critic-and-kinder-line", input=f"{ARRIVED}{CRITIC}\n.\n:p\n")
    assert "A question left open: And a kinder line about the same matter?" in journal("progress").stdout

    journal("reflect", "--resume", input=f"{KINDER}\n.\n\n")
    assert f'The critic: "{CRITIC}" A kinder line: "{KINDER}"' in journal("progress").stdout.replace("\n", " ")


def test_in_a_pipe_words_and_numbers_come_at_once(autumn) -> None:
    said = autumn("progress", COLUMNS="200").stdout

    assert not BOXES.search(said)
    assert ESCAPE not in said
    assert "See numbers" not in said
    for line in (
        'You starred: "I leave at four.", 4 Nov',
        "You paused: Evening signals, after the first question, 24 Nov",
        "A question left open: What came next?",
        "You came back: On 24 November, after eleven days. Nothing to catch up on.",
        "Goals, 0 to 10: Say no without a long explanation, 2 on 27 October, 5 on 23 November",
        "Questionnaires: PHQ-9: 10 on 20 November, before that 13 on 23 October; within the usual wobble",
        "Limits you practised: no calls at night, kept 2, partly 1, crossed 1",
        'A moment of trust, 24 November: "She rang back when she said she would."',
    ):
        assert line in said.splitlines(), said


def test_the_item_about_death_is_never_told_by_itself(autumn) -> None:
    with opened(autumn) as database:
        late = at("2026-11-24T12:00:00+01:00")
        measures.add(database, Result("m0000009", "phq-9", "1", "en", late, (None,) * 8 + (2,)))

    said = autumn("progress", "--since", "2026-11-24").stdout

    assert "PHQ-9: 1 of 9 answered on 24 November, no total" in said
    assert "item" not in said.lower()


def test_polish_says_it_too(autumn) -> None:
    said = autumn("progress", JOURNAL_LANG="pl", COLUMNS="200").stdout

    assert f"Krytyk: „{CRITIC}” Życzliwsze zdanie: „{KINDER}”" in said
    assert "no calls at night, dotrzymana 2 razy, częściowo 1 raz, przekroczona 1 raz" in said
    assert "24 listopada, po jedenastu dniach. Nie ma czego nadrabiać." in said


def test_at_a_terminal_numbers_are_one_key_away(journal, person) -> None:
    kept_moments(journal)
    terminal = person("progress").until("A moment of trust").until("See numbers?").until("> ")
    assert "You wrote" not in terminal.said

    terminal.types("#", end="").until("In numbers").until("You wrote").until("2 entries on 1 of 84 days").ends()

    assert terminal.code == 0


@pytest.mark.parametrize("key", ["\r", "x", "s", "n", "p", "q", ":q", "\x04"])
def test_any_other_key_ends_it(journal, person, key: str) -> None:
    kept_moments(journal)
    terminal = person("progress").until("See numbers?").until("> ").types(key, end="").ends()

    assert terminal.code == 0
    assert "In numbers" not in terminal.said


@pytest.mark.parametrize("options", [("--numbers",), ("--plain",), ("--json",)])
def test_where_numbers_are_there_already_nothing_is_asked(journal, person, options: tuple[str, ...]) -> None:
    kept_moments(journal)
    terminal = person("progress", *options).ends()

    assert terminal.code == 0
    assert "See numbers" not in terminal.said
    assert "entries" in terminal.said


def test_an_empty_time_asks_nothing(journal, person) -> None:
    terminal = person("progress").until("and that is fine").ends()

    assert terminal.code == 0
    assert "See numbers" not in terminal.said

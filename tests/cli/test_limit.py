"""Limits in one's own words: put down, noted, looked back on, put aside; and what the trash does with them."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from key_commands import Terminal, at_terminal
from shapes import BOXES, ESCAPE, ID, at, opened

from journal_cli.journal.limit import Limit
from journal_cli.records import limits

GOLDEN = Path(__file__).parents[1] / "vault" / "golden" / "step-1"
GOLDEN_WORDS = "lantern orchid velvet harbor żuraw"
LIMIT = {"id", "text", "at", "resting", "kept", "partly", "crossed"}
NOTE = {"id", "at", "how", "by", "line"}
FOUR = "I can come on Sunday, and I leave at four."
CROSSED = "3\n1\nShe asked twice, and I stayed.\n"
# Nothing that grades, pushes or praises.
WEIGHS = (
    "well done",
    "great",
    "good job",
    "should",
    "must",
    "still",
    "failed",
    "streak",
    "%",
    "!",
    "brawo",
    "powin",
    "musisz",
)


def check_limit(one, *more: str) -> None:
    """Hold a limit against what `journal limit` promises of its JSON."""
    assert one.keys() == LIMIT | set(more)
    assert ID.fullmatch(one["id"])
    assert type(one["resting"]) is bool
    for note in one.get("notes", ()):
        assert note.keys() == NOTE
        assert note["how"] in {"kept", "partly", "crossed"}
        assert note["by"] in {"other", "me", None}


def put_down(journal, text: str = FOUR) -> str:
    one = journal("limit", "add", "--json", input=text).json
    check_limit(one)
    return one["id"]


def story(journal, id_: str):
    one = journal("limit", "show", id_, "--json").json
    check_limit(one, "notes")
    counted = {how: sum(note["how"] == how for note in one["notes"]) for how in ("kept", "partly", "crossed")}
    assert counted == {how: one[how] for how in counted}
    return one


def listed(journal) -> list[str]:
    there = journal("limit", "list", "--json").json["limits"]
    for one in there:
        check_limit(one)
    return [one["id"] for one in there]


# Putting down


def test_a_limit_is_put_down_in_ones_own_words(journal) -> None:
    one = journal("limit", "add", "--json", input=f"{FOUR}\n").json

    assert one == {
        "id": one["id"], "text": FOUR, "at": one["at"], "resting": False, "kept": 0, "partly": 0, "crossed": 0,
    }  # fmt: skip
    assert journal("limit", "list", "--json").json == {"limits": [one]}


def test_all_of_a_pipe_becomes_one_line(journal) -> None:
    assert (
        journal("limit", "add", "--json", input=" No phone\n\n at\tdinner \n.\nmore").json["text"]
        == "No phone at dinner"
    )


@pytest.mark.parametrize("given", ["", "\n", " \t\n\n", ":q\n", ":s\n", "\u200b\n"])
def test_nothing_written_is_nothing_kept(journal, given: str) -> None:
    said = journal("limit", "add", "--json", input=given, code=24)

    assert said.stdout == ""
    assert listed(journal) == []


def test_a_line_of_280_characters_is_the_longest(journal) -> None:
    assert journal("limit", "add", "--json", input="ż" * 280).json["text"] == "ż" * 280
    said = journal("limit", "add", input="ż" * 281, code=2)

    assert "up to 280 characters, please; this was 281" in said.stderr
    assert "ż" not in said.stderr
    assert len(listed(journal)) == 1


def test_nothing_of_a_limit_can_be_given_as_an_argument(journal) -> None:
    journal("limit", "add", FOUR, code=2)

    assert listed(journal) == []


# Noting


@pytest.mark.parametrize(
    "given, told",
    [
        ("1\n2\nI said it.\n", ("kept", "me", "I said it.")),
        ("2\n\n\n", ("partly", None, None)),
        (CROSSED, ("crossed", "other", "She asked twice, and I stayed.")),
        ("3\n:s\n\\:q is what I said\n", ("crossed", None, ":q is what I said")),
        ("1\n", ("kept", None, None)),
        ("1\n1\n:q\n", ("kept", "other", None)),
        (":g\n:h\n1\n1\n\n", ("kept", "other", None)),
    ],
)
def test_a_time_is_noted_in_three_lines(journal, given: str, told: tuple) -> None:
    id_ = put_down(journal)

    one = journal("limit", "note", id_[:4], "--json", input=given).json

    assert one.keys() == NOTE | {"limit"}
    assert (one["how"], one["by"], one["line"]) == told
    assert one.pop("limit") == id_
    assert story(journal, id_)["notes"] == [one]


def test_from_a_pipe_without_an_id_the_first_line_is_the_number_in_the_list(journal) -> None:
    ids = [put_down(journal, text) for text in ("one", "two", "three")]
    journal("limit", "rest", ids[1])
    order = listed(journal)
    assert order == [ids[2], ids[0], ids[1]]

    assert journal("limit", "note", "--json", input="2\n1\n").json["limit"] == ids[0]
    assert (
        "line 1, which limit: a number from 1 to 2, please" in journal("limit", "note", input="3\n1\n", code=2).stderr
    )


def test_even_a_single_limit_is_named_by_its_number_so_that_scripts_stay_true(journal) -> None:
    id_ = put_down(journal)

    one = journal("limit", "note", "--json", input="1\n3\n").json

    assert (one["limit"], one["how"]) == (id_, "crossed")


@pytest.mark.parametrize(
    "given, line, question",
    [
        ("4\n", 1, "how it went"),
        ("kept\n", 1, "how it went"),
        ("1\n3\n", 2, "by whom"),
        (f"1\n1\n{'w' * 281}\n", 3, "a line"),
        (b"1\n1\n\xff\n", None, None),
    ],
)
def test_a_wrong_answer_names_question_and_line_and_keeps_nothing(journal, given, line, question) -> None:
    id_ = put_down(journal)

    said = journal("limit", "note", id_, input=given, code=2 if line else 22)

    assert said.stdout == ""
    if line:
        assert f"journal: line {line}, {question}: " in said.stderr
    assert story(journal, id_)["notes"] == []


@pytest.mark.parametrize("given", ["", "\n", ":q\n", ":s\n"])
def test_nothing_told_is_nothing_noted(journal, given: str) -> None:
    id_ = put_down(journal)

    journal("limit", "note", id_, input=given, code=24)
    journal("limit", "note", input=given, code=24)

    assert story(journal, id_)["notes"] == []


def test_a_time_can_be_of_another_day_and_none_is_of_the_future(journal) -> None:
    id_ = put_down(journal)

    when = journal("limit", "note", id_, "--at", "yesterday 21:00", "--json", input="1\n").json["at"]
    journal("limit", "note", id_, "--at", "tomorrow", input="1\n", code=2)

    assert when == "2026-11-23T21:00:00+01:00"
    assert [note["at"] for note in story(journal, id_)["notes"]] == [when]


def test_what_is_said_depends_on_what_happened_and_never_grades(journal) -> None:
    id_ = put_down(journal)
    kept = journal("limit", "note", id_, input="1\n2\n\n").stderr
    by_me = journal("limit", "note", id_, input="3\n2\n\n").stderr
    by_other = journal("limit", "note", id_, input=CROSSED).stderr

    met = "as much a limit as before"
    assert [met in " ".join(said.split()) for said in (kept, by_me, by_other)] == [False, True, True]
    assert [said.count("journal help-now") for said in (kept, by_me, by_other)] == [0, 0, 1]
    assert not [word for said in (kept, by_me, by_other) for word in WEIGHS if word in said.lower()]


# Looking back, putting aside


def test_the_story_stands_in_the_order_of_days_whatever_the_order_of_noting(journal) -> None:
    id_ = put_down(journal)
    for when in ("today", "3 days ago", "2026-03-01"):
        journal("limit", "note", id_, "--at", when, input="1\n")

    days = [note["at"][:10] for note in story(journal, id_)["notes"]]

    assert days == ["2026-03-01", "2026-11-21", "2026-11-24"]
    assert journal("limit", "list", id_, "--json").json == story(journal, id_)
    page = journal("limit", "show", id_).stdout
    assert page.index("1 March") < page.index("21 November:") < page.index("24 November:")


def test_the_list_says_how_often_and_the_last_line(journal) -> None:
    id_ = put_down(journal)
    for given in ("1\n", "1\n", CROSSED, "2\n"):
        journal("limit", "note", id_, input=given)

    page = " ".join(journal("limit").stdout.split())

    assert f"{FOUR} Kept 2, partly 1, crossed 1." in page
    assert "“She asked twice, and I stayed.”, 24 November" in page


def test_a_limit_rests_apart_and_is_taken_up(journal) -> None:
    first, second = put_down(journal, "first"), put_down(journal, "second")

    assert journal("limit", "rest", second[:4], "--json").json["resting"] is True
    assert listed(journal) == [first, second]
    page = journal("limit", "list").stdout
    assert page.index("first") < page.index("Resting") < page.index("second")
    journal("limit", "note", second, input="1\n")

    assert journal("limit", "take-up", second, "--json").json["resting"] is False
    assert listed(journal) == [second, first]


@pytest.mark.parametrize(
    "before, command, code",
    [
        ((), ("note",), 24),
        (("add",), ("rest", "zzz"), 20),
        (("add",), ("show", "zzz"), 20),
        (("add",), ("list", "zzz"), 20),
        (("add",), ("note", "zzz"), 20),
        (("add",), ("show", "zz"), 2),
        (("add",), ("take-up",), 24),
        (("add", "rest"), ("rest",), 24),
        (("add", "rest"), ("note",), 24),
    ],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_what_cannot_be_done_is_refused_with_a_way_out(journal, before, command, code, language) -> None:
    id_ = put_down(journal) if before else ""
    if "rest" in before:
        journal("limit", "rest", id_)
    whole = (*command, id_) if command in {("take-up",), ("rest",)} else command

    said = journal("limit", *whole, code=code, JOURNAL_LANG=language)

    assert said.stdout == ""
    assert "hint: " in said.stderr or code == 2


def test_an_ambiguous_beginning_is_refused(journal) -> None:
    with opened(journal) as db:
        for id_ in ("aaaa0001", "aaaa0002"):
            limits.add(db, Limit(id_, "text", at("2026-11-24T20:00:00+01:00")))

    for command in ("show", "note", "rest"):
        assert "several ids" in journal("limit", command, "aaaa", code=21).stderr
    journal("limit", "rest", "aaaa0002")


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", ["120", "80", "40"])
def test_every_page_is_calm_and_fits_the_window(journal, language, columns) -> None:
    env = {"JOURNAL_LANG": language, "COLUMNS": columns}
    said = [journal("limit", **env), journal("limit", "add", input=FOUR, **env)]
    id_ = listed(journal)[0]
    said += [journal("limit", "note", id_, input=CROSSED, **env), journal("limit", "note", id_, input="1\n", **env)]
    said += [journal("limit", "list", **env), journal("limit", "show", id_, **env)]
    said += [journal("limit", "rest", id_, **env), journal("limit", **env), journal("limit", "take-up", id_, **env)]

    for one in said:
        everything = one.stdout + one.stderr
        assert not [word for word in WEIGHS if word in everything.lower()]
        assert not BOXES.search(everything)
        assert ESCAPE not in everything
    assert max(len(line) for one in said for line in one.stdout.splitlines()) <= int(columns)


# At a terminal


@pytest.fixture
def person(journal, tmp_path):
    """Somebody at a terminal."""

    def begin(*args: str, **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        return at_terminal(journal.folder, tmp_path, *args, JOURNAL_PASSPHRASE_COMMAND=secret, **env)

    return begin


def test_at_a_terminal_a_line_that_is_too_long_is_asked_for_again(journal, person) -> None:
    terminal = person("limit", "add").until("in your own words").until("> ").types("w" * 281)
    terminal.until("this was 281").until("> ").types(FOUR).until("Put down: ").ends()

    assert terminal.code == 0
    assert journal("limit", "list", "--json").json["limits"][0]["text"] == FOUR


ASKED = {
    "en": ("Which limit?", "How did it go?", "By whom?", "A line about it", "says nothing about you"),
    "pl": ("Która granica?", "Jak było?", "Z czyjej strony?", "Zdanie o tym", "nic o tobie nie mówi"),
}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_time_is_noted_with_keys(journal, person, language) -> None:
    which, how, by, line, met = ASKED[language]
    first = put_down(journal, "first")
    put_down(journal, "second")

    terminal = person("limit", "note", JOURNAL_LANG=language, TERM="xterm")
    terminal.until(which).until("> ").types("2", end="").until(how).until("> ").types("3", end="")
    terminal.until(by).until("> ").types("1", end="").until(line).until("> ").types("She asked twice.")
    terminal.until(met).until("journal help-now").ends()

    assert terminal.code == 0
    (note,) = story(journal, first)["notes"]
    assert (note["how"], note["by"], note["line"]) == ("crossed", "other", "She asked twice.")


def test_a_person_with_one_limit_is_not_asked_which_and_leaving_keeps_what_was_told(journal, person) -> None:
    id_ = put_down(journal)

    terminal = person("limit", "note").until(FOUR).until("How did it go?").until("> ").types("9")
    terminal.until("a number from 1 to 3").until("> ").types("1").until("By whom?").until("> ").types("q").ends()

    assert terminal.code == 0
    assert "Which limit?" not in terminal.said
    assert [(note["how"], note["by"]) for note in story(journal, id_)["notes"]] == [("kept", None)]


def test_leaving_at_the_first_question_keeps_nothing(journal, person) -> None:
    id_ = put_down(journal)

    assert person("limit", "note").until("How did it go?").until("> ").types("q").ends().code == 24
    assert story(journal, id_)["notes"] == []


# The trash


def test_a_limit_goes_with_its_story_and_comes_back_with_it(journal) -> None:
    id_ = put_down(journal)
    journal("limit", "note", id_, input=CROSSED)
    before = story(journal, id_)

    assert journal("delete", id_[:5], "--yes", "--json").json["deleted"] == [{"kind": "limit", "id": id_}]
    assert listed(journal) == []
    journal("limit", "show", id_, code=20)
    assert journal("trash", "list", "--json").json["trash"] == [{"kind": "limit", "id": id_, "at": before["at"]}]
    assert f"limit: {FOUR}" in " ".join(journal("trash").stdout.split())

    assert journal("trash", "restore", id_, "--json").json == {"id": id_, "kind": "limit"}
    assert story(journal, id_) == before


def test_one_mistaken_time_can_be_taken_out_by_the_id_that_the_story_shows(journal) -> None:
    id_ = put_down(journal)
    for given in ("1\n", CROSSED):
        journal("limit", "note", id_, input=given)
    kept, mistaken = story(journal, id_)["notes"]
    shown = next(line for line in journal("limit", "show", id_).stdout.splitlines() if "crossed" in line).split(",")[0]

    gone = journal("delete", shown, "--yes", "--json").json["deleted"]

    assert gone == [{"kind": "limit-note", "id": mistaken["id"]}]
    assert story(journal, id_)["notes"] == [kept]
    assert f"a time with a limit, crossed: {FOUR}" in " ".join(journal("trash").stdout.split())
    journal("trash", "restore", mistaken["id"])
    assert story(journal, id_)["notes"] == [kept, mistaken]


def test_emptied_everywhere_a_limit_is_in_no_backup(journal) -> None:
    id_ = put_down(journal)
    journal("limit", "note", id_, input=CROSSED)
    name = journal("backup", "make", "--json").json["name"]
    journal("delete", id_, "--yes")

    told = journal("trash", "empty", "--everywhere", "--yes", "--json").json

    assert told["removed"] == 1
    assert name in told["backups"]["rewritten"]
    assert (told["backups"]["holding"], told["backups"]["unknown"]) == ([], [])
    journal("backup", "restore", name, "--yes")
    assert listed(journal) == []
    assert journal("verify", "--json").json["ok"]


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_backup_from_before_there_were_limits_is_looked_into_all_the_same(program, everywhere) -> None:
    shutil.copytree(GOLDEN, program.folder)
    program.folder.chmod(0o700)
    for file in program.folder.iterdir():
        file.chmod(0o600)
    words = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{GOLDEN_WORDS}'"}
    program("trash", "empty", "--yes", **words)
    id_ = program("limit", "add", "--json", input=FOUR, **words).json["id"]
    entry = program("list", "--json", **words).json["entries"][0]["id"]
    older = [path.name for path in (program.folder / "backups").iterdir() if "-before-" in path.name]
    assert older

    program("delete", id_, "--yes", **words)
    told = program("trash", "empty", "--yes", "--json", **words).json["backups"]
    assert (told["unknown"], set(told["holding"]) & set(older)) == ([], set())

    limit = program("limit", "add", "--json", input=FOUR, **words).json["id"]
    program("delete", limit, entry, "--yes", **words)
    more = ("--everywhere",) if everywhere else ()
    told = program("trash", "empty", *more, "--yes", "--json", **words).json["backups"]
    assert set(older) <= set(told["rewritten" if everywhere else "holding"])
    assert told["unknown"] == []


def test_a_gap_of_weeks_is_left_alone(journal) -> None:
    id_ = put_down(journal)
    journal("limit", "note", id_, input="1\n")
    journal.clock.now += timedelta(days=90)
    journal("limit", "note", id_, input="1\n")

    rows = [line for line in journal("limit", "show", id_).stdout.splitlines() if ": kept" in line]

    assert len(rows) == 2
    assert "2026" in rows[0]
    assert "2027" not in rows[1]

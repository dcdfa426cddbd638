"""Goals in one's own words: up to three open ones, how close they feel, and nothing made of the numbers."""

import pytest
from key_commands import Terminal, at_terminal
from shapes import BOXES, ESCAPE, ID

GOAL = {"id", "text", "at", "resting", "ratings"}
RATING = {"id", "at", "value"}
CALL = "Call my sister on Sundays"
# Nothing that grades, pushes or draws a line through the numbers.
WEIGHS = ("better", "worse", "improve", "progress", "%", "should", "must", "still", "!", "lepiej", "gorzej", "postęp")


def check_goal(one) -> None:
    """Hold a goal against what `journal goal` promises of its JSON."""
    assert one.keys() == GOAL
    assert ID.fullmatch(one["id"])
    assert type(one["resting"]) is bool
    for rating in one["ratings"]:
        assert rating.keys() == RATING
        assert rating["value"] in range(11)
    assert [rating["at"] for rating in one["ratings"]] == sorted(rating["at"] for rating in one["ratings"])


def put_down(journal, text: str = CALL) -> str:
    one = journal("goal", "add", "--json", input=text).json
    check_goal(one)
    return one["id"]


def listed(journal) -> list:
    there = journal("goal", "list", "--json").json["goals"]
    for one in there:
        check_goal(one)
    return there


def values(journal) -> dict[str, list[int]]:
    return {one["id"]: [rating["value"] for rating in one["ratings"]] for one in listed(journal)}


@pytest.fixture
def three(journal) -> list[str]:
    """Three open goals, in the order of `goal list`."""
    return [put_down(journal, text) for text in ("one", "two", "three")][::-1]


# Putting down


def test_a_goal_is_put_down_in_ones_own_words(journal) -> None:
    one = journal("goal", "add", "--json", input=f"{CALL}\n").json

    assert one == {"id": one["id"], "text": CALL, "at": one["at"], "resting": False, "ratings": []}
    assert listed(journal) == [one]


def test_a_fourth_is_refused_until_one_rests(journal, three) -> None:
    said = journal("goal", "add", input="four", code=17)
    assert "journal goal rest ID" in said.stderr
    assert len(listed(journal)) == 3

    assert journal("goal", "rest", three[1][:4], "--json").json["resting"] is True
    fourth = put_down(journal, "four")

    assert [one["id"] for one in listed(journal)] == [fourth, three[0], three[2], three[1]]
    journal("goal", "take-up", three[1], code=17)
    journal("goal", "rest", fourth)
    assert journal("goal", "take-up", three[1], "--json").json["resting"] is False


@pytest.mark.parametrize("given, code", [("", 24), (" \n", 24), (":q\n", 24), ("w" * 281, 2), (b"\xff", 22)])
def test_nothing_or_too_much_is_not_kept(journal, given, code) -> None:
    assert journal("goal", "add", input=given, code=code).stdout == ""
    assert listed(journal) == []


# Rating


def test_each_open_goal_takes_a_line_in_the_order_of_the_list(journal, three) -> None:
    journal("goal", "rest", three[1])

    told = journal("goal", "rate", "--json", input="0\n10\n").json["ratings"]

    assert [(one["goal"], one["value"]) for one in told] == [(three[0], 0), (three[2], 10)]
    assert all(one.keys() == RATING | {"goal"} for one in told)
    assert values(journal) == {three[0]: [0], three[2]: [10], three[1]: []}


@pytest.mark.parametrize(
    "given, kept",
    [
        ("\n7\n\n", [None, 7, None]),
        ("3\n", [3, None, None]),
        (":s\n:s\n1\n", [None, None, 1]),
        ("5\n:q\n", [5, None, None]),
    ],
)
def test_one_can_be_skipped_and_leaving_keeps_what_was_told(journal, three, given, kept) -> None:
    journal("goal", "rate", input=given)

    assert values(journal) == {id_: [] if value is None else [value] for id_, value in zip(three, kept, strict=True)}


@pytest.mark.parametrize("given", ["11\n", "-1\n", "5\n7.5\n", "3\n4\nmuch\n", "٣\n"])
def test_what_is_out_of_range_is_refused_by_its_line_and_nothing_is_kept(journal, three, given) -> None:
    said = journal("goal", "rate", input=given, code=2)

    assert f"journal: line {given.count(chr(10))}, how close: a number from 0 to 10, please" in said.stderr
    assert set(map(tuple, values(journal).values())) == {()}


def test_one_goal_is_rated_by_its_id_a_resting_one_too(journal) -> None:
    id_ = put_down(journal)
    journal("goal", "rest", id_)

    journal("goal", "rate", id_[:4], "--at", "2025-03-02", input="4\n")
    journal("goal", "rate", id_, "--at", "tomorrow", input="5\n", code=2)

    (rating,) = listed(journal)[0]["ratings"]
    assert (rating["at"][:10], rating["value"]) == ("2025-03-02", 4)


def test_the_list_shows_first_and_latest_with_their_days_and_nothing_between(journal) -> None:
    id_ = put_down(journal)
    assert journal("goal").stdout.splitlines()[1] == f"{id_[:4]}, {CALL}"
    journal("goal", "rate", "--at", "yesterday", input="8\n")
    assert f"{CALL}: 8 of 10 on 23 November." in journal("goal").stdout
    journal("goal", "rate", "--at", "2025-03-02", input="2\n")
    journal("goal", "rate", input="7\n")

    page = " ".join(journal("goal").stdout.split())

    assert f"{CALL}: first 2 of 10 on 2 March 2025, latest 7 of 10 on 24 November." in page
    assert "8" not in page.replace(id_[:4], "")


@pytest.mark.parametrize(
    "before, command, code",
    [
        ((), ("rate",), 24),
        (("add",), ("rate", "zzz"), 20),
        (("add",), ("rest", "zz"), 2),
        (("add",), ("take-up", "zzz"), 20),
        (("add",), ("take-up",), 24),
        (("add", "rest"), ("rest",), 24),
        (("add", "rest"), ("rate",), 24),
        (("add",), ("add", "text"), 2),
    ],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_what_cannot_be_done_is_refused_with_a_way_out(journal, before, command, code, language) -> None:
    id_ = put_down(journal) if before else ""
    if "rest" in before:
        journal("goal", "rest", id_)
    whole = (*command, id_) if command in {("take-up",), ("rest",)} else command

    said = journal("goal", *whole, code=code, JOURNAL_LANG=language)

    assert said.stdout == ""
    assert "hint: " in said.stderr or code == 2


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", ["120", "80", "40"])
def test_every_page_is_calm_and_fits_the_window(journal, language, columns) -> None:
    env = {"JOURNAL_LANG": language, "COLUMNS": columns}
    said = [journal("goal", **env), journal("goal", "add", input=CALL, **env)]
    id_ = listed(journal)[0]["id"]
    said += [
        journal("goal", "rate", "--at", "yesterday", input="9\n", **env),
        journal("goal", "rate", input="2\n", **env),
    ]
    said += [journal("goal", **env), journal("goal", "rest", id_, **env), journal("goal", "list", **env)]
    said += [journal("goal", "take-up", id_, **env)]

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


@pytest.mark.parametrize("language, close", [("en", "How close does it feel?"), ("pl", "Jak blisko się wydaje?")])
@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_goals_are_rated_in_turn(journal, person, three, language, close, term) -> None:
    terminal = person("goal", "rate", JOURNAL_LANG=language, TERM=term)
    terminal.until("three").until(close).until("> ").types("11").until("10").until("> ").types("10")
    terminal.until("two").until(close).until("> ").types("").until("one").until(close).until("> ").types("0").ends()

    assert terminal.code == 0
    assert values(journal) == {three[0]: [10], three[1]: [], three[2]: [0]}


@pytest.mark.parametrize("language, asked", [("en", "Which one may rest"), ("pl", "Który może")])
def test_with_three_open_a_person_is_asked_which_may_rest(journal, person, three, language, asked) -> None:
    terminal = person("goal", "add", JOURNAL_LANG=language).until(asked).until("> ").types("2")
    terminal.until("> ").types("four").until("journal goal rate").ends()

    assert terminal.code == 0
    there = listed(journal)
    assert ([one["id"] for one in there if one["resting"]], there[0]["text"]) == ([three[1]], "four")


def test_leaving_there_changes_nothing(journal, person, three) -> None:
    assert person("goal", "add").until("Which one may rest").until("> ").types("").ends().code == 24
    terminal = person("goal", "add").until("Which one may rest").until("> ").types("1")
    assert terminal.until("your own words").until("> ").types(":q").ends().code == 24

    assert [(one["id"], one["resting"]) for one in listed(journal)] == [(id_, False) for id_ in three]


# The trash


def test_a_goal_goes_with_its_ratings_and_comes_back_with_them(journal) -> None:
    id_ = put_down(journal)
    journal("goal", "rate", input="6\n")
    before = listed(journal)

    assert journal("delete", id_, "--yes", "--json").json["deleted"] == [{"kind": "goal", "id": id_}]
    assert listed(journal) == []
    assert f"goal: {CALL}" in " ".join(journal("trash").stdout.split())
    assert "resting" not in journal("trash", "restore", id_[:5]).stderr

    assert listed(journal) == before


def test_a_goal_that_comes_back_to_three_open_ones_rests_and_says_so(journal, three) -> None:
    journal("delete", three[0], "--yes")
    put_down(journal, "four")

    assert f"journal goal take-up {three[0]}" in journal("trash", "restore", three[0]).stderr

    assert [one["id"] for one in listed(journal) if one["resting"]] == [three[0]]


def test_one_mistaken_rating_can_be_taken_out(journal) -> None:
    put_down(journal)
    first, mistaken = (journal("goal", "rate", "--json", input=f"{n}\n").json["ratings"][0]["id"] for n in (4, 9))

    assert journal("delete", mistaken, "--yes", "--json").json["deleted"] == [{"kind": "rating", "id": mistaken}]

    assert [rating["id"] for rating in listed(journal)[0]["ratings"]] == [first]
    assert f"a rating of a goal, 9 of 10: {CALL}" in " ".join(journal("trash").stdout.split())
    assert journal("trash", "empty", "--yes", "--json").json["removed"] == 1
    journal("trash", "restore", mistaken, code=20)

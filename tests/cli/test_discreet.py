"""Pages that are looked through while somebody is near: what is there, and not a word of what is in it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from shapes import at, ids, opened

from journal_cli.records import drafts
from journal_cli.records.drafts import Draft

CANARY = "heron"  # stands in a title, a text, a tag, a name, a feeling, a limit and a goal
LANGUAGES = ("en", "pl")
SITTING = "Trust in yourself"  # what a single question about it is called, as long as it is kept
THEMES = ("trust in yourself", "zaufanie")
KINDS = {
    "en": "an entry, |an answer, |a sitting|a limit|a time with a limit|a goal|a rating of a goal|a questionnaire",
    "pl": "wpis, |odpowiedź, |sesja|granica|notatka o granicy|cel|zapis przy celu|kwestionariusz",
}


def filled(journal) -> None:
    """A journal in which the canary stands everywhere a person can put it."""
    journal("init")
    title = ("--title", f"About the {CANARY}", "--tag", f"{CANARY}-tag", "--star")
    journal("write", *title, input=f"Five {CANARY} words with @{CANARY} #{CANARY}s.")
    journal("write", input=f"{CANARY} begins this one.")
    journal("checkin", "--pleasant", "3", "--energy", "4", "--word", f"{CANARY}like")
    sitting = f"\n2\n5\n{CANARY}like\nA {CANARY} in the reeds.\n.\n\n.\n\n"
    journal("reflect", "signal-today", input=sitting)
    journal("reflect", "signal-today", input=":p\n")


@pytest.fixture
def near(once):
    """That journal, with somebody near."""

    def made(journal) -> None:
        filled(journal)
        journal("settings", "discreet", "on")

    return once("discreet", made)


@pytest.fixture
def trashed(near):
    """The same, with everything in the trash."""
    kept = ids(near("list", "--json").json)
    limit = near("limit", "add", "--json", input=f"No {CANARY} on Sundays.").json["id"]
    noted = near("limit", "add", "--json", input=f"A {CANARY} may wait.").json["id"]
    note = near("limit", "note", noted, "--json", input=f"1\n1\nThe {CANARY} came.\n").json["id"]
    goal = near("goal", "add", "--json", input=f"Walk to the {CANARY}.").json["id"]
    rated = near("goal", "add", "--json", input=f"Sit with the {CANARY}.").json["id"]
    rating = near("goal", "rate", rated, "--json", input="4\n").json["ratings"][0]["id"]
    answers = near("measure", "take", "who-5", "--json", input="1\n2\n3\n4\n5\n").json["id"]
    sittings = [one["id"] for one in near("progress", "--json").json["sittings"]]
    near("delete", *kept, limit, note, goal, rating, answers, *sittings, "--yes")
    return near


def _reads(name: str) -> Callable[..., str]:
    return lambda journal, **env: journal(*name.split(), **env).stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("args", [("list",), ("list", "--starred"), ("search", CANARY), ("search", "reeds"), ()])
def test_a_page_says_what_is_there_and_no_word_of_it(near, args: tuple[str, ...], language: str) -> None:
    page = near(*args, JOURNAL_LANG=language).stdout.lower()

    assert CANARY not in page
    assert "reeds" not in page
    assert not [theme for theme in THEMES if theme in page]
    assert "journal " in page  # the ways on are there


def test_a_discreet_list_keeps_days_times_kinds_ids_and_lengths(near) -> None:
    listed = near("list", "--json").json["entries"]
    page = near("list").stdout

    for one in listed:
        kind = {"free": "an entry", "answer": "an answer"}[one["kind"]]
        words = f"{one['word_count']} word{'s' if one['word_count'] != 1 else ''}"
        assert f"{one['id'][:4]}, {kind}, {words}\n" in page
    assert page.count("check-in") == 1


def test_what_a_search_found_is_named_by_its_kind(near) -> None:
    found = near("search", CANARY, "--json").json
    page = near("search", CANARY).stdout

    assert found["total"] == 3
    assert all(one["snippet"] for one in found["matches"])
    kinds = [line.split(", ")[2] for line in page.splitlines() if line.startswith("24 November 2026, ")]
    assert sorted(kinds) == ["an answer", "an entry", "an entry"]


def test_scripts_are_told_all_of_it(near) -> None:
    discreetly = [near(*args, "--json").stdout for args in (("list",), ("search", CANARY), ("trash", "list"))]
    near("settings", "discreet", "off")

    assert [near(*args, "--json").stdout for args in (("list",), ("search", CANARY), ("trash", "list"))] == discreetly
    assert CANARY in discreetly[0]
    assert CANARY in near("list").stdout


def test_an_entry_that_is_asked_for_is_shown(near) -> None:
    (first, *_) = ids(near("list", "--starred", "--json").json)

    assert f"Five {CANARY} words" in near("show", first).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trash_names_things_by_their_kind(trashed, language: str) -> None:
    page = trashed("trash", "list", JOURNAL_LANG=language).stdout

    assert not [word for word in (CANARY, SITTING, "WHO") if word in page]
    assert not [name for name in KINDS[language].split("|") if name not in page]
    trashed("settings", "discreet", "off")
    assert trashed("trash", "list", JOURNAL_LANG=language).stdout.count(CANARY) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_names_neither_sittings_nor_programs(near, language: str) -> None:
    near("program", "start", "trust-rebuilt-small")
    page = near(JOURNAL_LANG=language).stdout

    assert "journal reflect --resume\n" in page
    assert "journal reflect\n" in page
    assert "trust-rebuilt" not in page
    near("settings", "discreet", "off")
    open_page = near(JOURNAL_LANG=language).stdout
    assert SITTING in open_page
    assert "trust-rebuilt-small" in open_page


def test_going_on_with_a_sitting_does_not_say_its_title(near) -> None:
    assert SITTING not in near("reflect", "--resume", input=":p\n").stderr.split("\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_summaries_keep_their_days_and_numbers(near, language: str) -> None:
    near("write", "--star", input=f"Another {CANARY}.")
    near("limit", "add", input=f"No {CANARY} on Sundays.")
    near("goal", "add", input=f"Walk to the {CANARY}.")
    near("measure", "take", "who-5", input="1\n2\n3\n4\n5\n")
    near("program", "start", "trust-rebuilt-small")
    near("reflect", "a-moment-of-trust", input=f"\n\nThe {CANARY} rang back.\n.\n:s\n:s\n\n")
    near("reflect", "critic-and-kinder-line", input=":p\n")
    told = [near("progress", "--json").json, near("mood", "--json").json]
    asked = (("progress", "--numbers"), ("mood",), ("mood", "--calendar"))
    pages = [near(*args, JOURNAL_LANG=language).stdout for args in asked]

    for page in pages:
        hidden = (CANARY, SITTING.lower(), *THEMES, "who-5", "trust-rebuilt", "kinder", "critic", "krytyk")
        assert not [word for word in hidden if word in page.lower()]
    counted = {
        "en": ["You starred: 2 lines\n", "Moments: 1 of trust or kindness\n", "Goals: a goal\n", "a limit"],
        "pl": ["Z gwiazdką: 2 wersy\n", "Chwile: 1 chwila zaufania", "Cele", "granica", "kwestionariusz"],
    }
    assert not [line for line in counted[language] if line not in pages[0]]
    assert "a sitting" in pages[1] or "sesja" in pages[1]
    near("settings", "discreet", "off")
    assert [near("progress", "--json").json, near("mood", "--json").json] == told
    assert CANARY in near("progress", JOURNAL_LANG=language).stdout
    assert f"{CANARY}like" in near("mood", JOURNAL_LANG=language).stdout


def test_many_starred_lines_are_counted_all(near) -> None:
    for _ in range(5):
        near("write", "--star", input="A line.")

    assert "You starred: 6 lines\n" in near("progress").stdout


def unfinished(journal, kind: str, text: str, sitting: str | None = None, when: str = "2026-11-24T19:27+01:00") -> None:
    with opened(journal) as db:
        drafts.keep(db, Draft(f"drft{len(kind):04}", kind, text, at(when), sitting))


@pytest.mark.parametrize("command, kind", [("limit", "a limit"), ("goal", "a goal")])
def test_limits_and_goals_are_named_by_their_kind(journal, command: str, kind: str) -> None:
    journal(command, "add", input=f"My {CANARY}.\n")
    if command == "limit":
        journal("limit", "note", input=f"1\n1\n1\nA line about {CANARY}.\n")
    assert CANARY in journal(command, "list").stdout
    journal("settings", "discreet", "on")
    page = journal(command, "list").stdout

    assert CANARY not in page
    assert kind in page
    assert CANARY in journal(command, "list", "--json").stdout


@pytest.mark.parametrize("discreet", ["on", "off"])
def test_the_first_page_says_that_a_text_waits_and_none_of_its_words(near, discreet: str) -> None:
    near("settings", "discreet", discreet)
    unfinished(near, "free", f"Half a {CANARY} sentence")
    (entry, *_) = ids(near("list", "--json").json)
    unfinished(near, f"edit/{entry}", f"A {CANARY}", when="2026-11-23T22:05+01:00")
    page = near().stdout

    assert "A text waits unfinished, 24 November, 19:27, 4 words:  journal write\n" in page
    assert f"A change waits unfinished, 23 November, 22:05, 2 words:  journal edit {entry}\n" in page
    assert CANARY not in page


def test_an_answer_that_waits_is_said_beside_its_sitting(near) -> None:
    paused = next(one["id"] for one in near("progress", "--json").json["sittings"] if one["state"] == "paused")
    unfinished(near, "step 3", "One two three", paused)
    unfinished(near, "step 33", "Of a sitting that is gone", "gone0000")
    page = near().stdout.splitlines()

    waits = page.index("A sitting waits where you left it:  journal reflect --resume")
    assert page[waits + 1] == "In it an answer waits unfinished, 24 November, 19:27, 3 words."
    assert "\n".join(page).count("unfinished") == 1


def test_a_change_of_an_entry_that_was_deleted_is_not_offered(near) -> None:
    (entry, *_) = ids(near("list", "--json").json)
    unfinished(near, f"edit/{entry}", "Something else")
    near("delete", entry, "--yes")

    assert "unfinished" not in near().stdout


def test_nothing_unfinished_nothing_said(journal) -> None:
    journal.clock.now += timedelta(days=40)

    assert "unfinished" not in journal().stdout
    assert "niedokończon" not in journal(JOURNAL_LANG="pl").stdout

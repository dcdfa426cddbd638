"""`list`, `show` and `search`: what was written, found again, filter by filter."""

from typing import Any

import pytest
from shapes import BOXES, ENTRY, ESCAPE, at, check_entry, free_entry, ids, newest_first, opened

from journal_cli.journal.entry import Filter
from journal_cli.records import entries

ARRIVED = "\n\n"


def wrote(journal, text: str, *options: str) -> str:
    """Write and give the id."""
    return journal("write", *options, "--json", input=text).json["id"]


def filled(journal) -> None:
    """Write an entry of every sort; each tells its own name, and each holds the word page."""
    journal("init")
    wrote(journal, "Old: a page about the sea.", "--at", "2026-03-10 09:30")
    wrote(journal, "March: its last page, with @Anna.", "--at", "2026-03-31 23:50")
    wrote(journal, "Private: a page with @anna and @Bo.", "--at", "2026-06-01 12:00", "--private")
    wrote(journal, "Starred: a page. #letters #home", "--at", "yesterday 21:00", "--star")
    journal("reflect", "signal-today", input=f"{ARRIVED}Answer: a page.\n.\nSunday came.\n.\n:q\n")
    wrote(journal, "Tagged: a page. #letters", "--title", "A title about złość")


@pytest.fixture
def shelf(once) -> tuple[Any, dict[str, str]]:
    """A journal with an entry of every sort, and their ids by name, oldest first."""
    journal = once("an entry of every sort", filled)
    with opened(journal) as database:
        found, _ = entries.listing(database, Filter(), None)
    return journal, {one.opening.partition(":")[0].lower(): one.id for one in reversed(found)}


def test_the_list_is_newest_first_with_the_keys_that_were_promised(shelf) -> None:
    journal, named = shelf
    found = journal("list", "--json").json

    assert found.keys() == {"entries", "total"}
    assert found["total"] == len(named)
    assert ids(found) == list(reversed(named.values()))
    assert newest_first([entry["written_at"] for entry in found["entries"]])
    for entry in found["entries"]:
        check_entry(entry)


@pytest.mark.parametrize(
    "options, names",
    [
        (("--since", "2026-03-31"), "march private starred answer tagged"),
        (("--until", "2026-03-30"), "old"),
        (("--until", "march"), "old march"),
        (("--since", "march", "--until", "march"), "old march"),
        (("--since", "2026-03", "--until", "2026-05"), "old march"),
        (("--since", "2026-06-01", "--until", "2026-06-01"), "private"),
        (("--since", "yesterday"), "starred answer tagged"),
        (("--since", "today"), "answer tagged"),
        (("--until", "2026"), "old march private starred answer tagged"),
        (("--theme", "trust-self"), "answer"),
        (("--kind", "free"), "old march private starred tagged"),
        (("--kind", "answer"), "answer"),
        (("--kind", "note"), ""),
        (("--tag", "letters"), "starred tagged"),
        (("--tag", "#Letters", "--tag", "home"), "starred"),
        (("--person", "Anna"), "march private"),
        (("--person", "@anna", "--person", "bo"), "private"),
        (("--session", "signal-today"), "answer"),
        (("--starred",), "starred"),
        (("--private",), "private"),
        (("--no-private",), "old march starred answer tagged"),
        (("--shared",), ""),
        (("--kind", "free", "--since", "june", "--no-private"), "starred tagged"),
    ],
)
def test_each_filter_of_list_and_search(shelf, options: tuple[str, ...], names: str) -> None:
    journal, named = shelf
    listed = journal("list", *options, "--json").json
    expected = [named[name] for name in reversed(names.split())]

    assert ids(listed) == expected
    assert listed["total"] == len(expected)

    sought = journal("search", "page", *options, "--json").json
    assert ids(sought, "matches") == expected
    assert sought["total"] == len(expected)


def test_twenty_are_shown_and_more_on_request(journal) -> None:
    for number in range(22):
        wrote(journal, f"Page {number}.")

    usual, three, everything = (journal("list", *more, "--json").json for more in ((), ("--limit", "3"), ("--all",)))
    assert [len(found["entries"]) for found in (usual, three, everything)] == [20, 3, 22]
    assert {found["total"] for found in (usual, three, everything)} == {22}
    sought = [journal("search", "page", *more, "--json").json for more in ((), ("--limit", "3"), ("--all",))]
    assert [(len(found["matches"]), found["total"]) for found in sought] == [(20, 22), (3, 22), (22, 22)]
    assert "20 of 22." in journal("list").stdout


@pytest.mark.parametrize("command", ["list", "search"])
def test_filters_that_cannot_be_read_are_refused(journal, command: str) -> None:
    words = ("sea",) if command == "search" else ()

    assert "one of: free" in journal(command, *words, "--kind", "letter", code=2).stderr
    assert "before it begins" in journal(command, *words, "--since", "may", "--until", "april", code=2).stderr
    assert "cannot read" in journal(command, *words, "--since", "some day", code=2).stderr
    assert "2026-02 has 28 days" in journal(command, *words, "--until", "2026-02-30", code=2).stderr
    journal(command, *words, "--limit", "0", code=2)
    journal(command, *words, "--tag", "two words", code=2)


@pytest.mark.parametrize("command", [("list",), ("search", "sea")])
@pytest.mark.parametrize("option, name", [("--theme", "trust-sefl"), ("--session", "evening-signal")])
def test_no_such_theme_or_session_is_not_an_empty_answer(journal, command, option: str, name: str) -> None:
    said = journal(*command, option, name, "--json", code=20)

    assert name in said.stderr
    assert said.stdout == ""


def test_an_empty_journal_is_an_answer_too(journal) -> None:
    assert journal("list", "--json").json == {"entries": [], "total": 0}
    assert journal("search", "sea", "--json").json == {"matches": [], "total": 0}
    assert "No entries to show." in journal("list").stdout
    assert "Nothing found." in journal("search", "sea").stdout


# Showing


def test_show_gives_the_whole_entry(shelf) -> None:
    journal, named = shelf
    answer = journal("show", named["answer"], "--json").json
    free = journal("show", named["old"], "--json").json

    check_entry(answer, "body", "follow_ups", "revisions")
    assert answer["body"] == "Answer: a page."
    assert answer["follow_ups"] == [{"question": "What came next?", "answer": "Sunday came."}]
    assert (free["body"], free["follow_ups"], free["revisions"]) == ("Old: a page about the sea.", [], 0)
    listed = {entry["id"]: entry for entry in journal("list", "--json").json["entries"]}
    assert {key: answer[key] for key in ENTRY} == listed[named["answer"]]


def test_an_id_is_read_as_people_type_it(journal) -> None:
    with opened(journal) as database:
        for id_ in ("01m0vaaa", "7k2m0000", "7k2m1111"):
            entries.add(database, free_entry(id_, f"Page {id_}.", at("2026-11-20T12:00:00+01:00")))

    for typed in ("01m0vaaa", "01m", "O1M", "olm", "oIM0", " 01m "):
        assert journal("show", typed, "--json").json["id"] == "01m0vaaa", typed
    assert "7k2m" in journal("show", "7k2m", code=21).stderr
    assert "7k2m" in journal("show", "7k2m", "--json", code=21).stderr
    assert journal("show", "7k2m0", "--json").json["id"] == "7k2m0000"
    journal("show", "7k2m00000", code=20)


@pytest.mark.parametrize("command", ["show", "edit", "mark", "delete"])
def test_ids_that_name_nothing(journal, command: str) -> None:
    more = {"mark": ("--star",), "delete": ("--yes",)}.get(command, ())
    wrote(journal, "Here.")

    unknown = journal(command, "zzz", *more, input="text", code=20)
    assert "begins with zzz" in unknown.stderr
    assert "journal list" in unknown.stderr
    assert "at least 3" in journal(command, "zz", *more, input="text", code=2).stderr
    journal(command, "", *more, input="text", code=2)
    journal(command, "żółw", *more, input="text", code=20)
    assert journal("list", "--json").json["total"] == 1


def test_what_is_shown_cannot_steer_the_terminal(journal) -> None:
    id_ = wrote(journal, "red \x1b[31m and \u202e back", "--title", "t\x1b]0;x\x07")

    for command in (("show", id_), ("list",), ("search", "red")):
        shown = journal(*command).stdout
        assert ESCAPE not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown


# Searching


def test_a_match_is_an_entry_with_the_passage_and_where_the_words_stand(shelf) -> None:
    journal, named = shelf
    found = journal("search", "sea", "--json").json

    assert found.keys() == {"matches", "total"}
    match = found["matches"][0]
    check_entry(match, "snippet", "marks")
    assert match["id"] == named["old"]
    assert [match["snippet"][start:end] for start, end in match["marks"]] == ["sea"]


@pytest.mark.parametrize(
    "words, names",
    [
        (("SEA",), "old"),
        (("pag", "sea"), "old"),
        (("zlosc",), "tagged"),
        (("złość",), "tagged"),
        (("sunday",), "answer"),
        (("something", "said"), "answer"),
        (('"its last"',), "march"),
        (('"last its"',), ""),
        (("sea", "anna"), ""),
        (("nothing-like-it",), ""),
        (("***",), ""),
        (("NEAR(sea", "page)"), ""),
        (('"sea',), "old"),
    ],
)
def test_words_are_found_by_their_beginning_without_accents(shelf, words: tuple[str, ...], names: str) -> None:
    journal, named = shelf

    assert ids(journal("search", *words, "--json").json, "matches") == [named[name] for name in names.split()]


def test_without_words_the_search_reads_its_input(shelf) -> None:
    journal, named = shelf

    assert ids(journal("search", "--json", input="its last\n").json, "matches") == [named["march"]]


def test_a_search_for_nothing_is_nothing_to_do(journal) -> None:
    journal("search", "--json", input="\n", code=24)


def test_what_is_in_the_trash_is_not_found(shelf) -> None:
    journal, named = shelf
    journal("delete", named["old"], "--yes")

    assert journal("search", "sea", "--json").json["total"] == 0
    assert named["old"] not in ids(journal("list", "--all", "--json").json)
    journal("show", named["old"], code=20)


def test_piped_pages_are_plain(shelf) -> None:
    journal, named = shelf
    for command in (("list",), ("show", named["answer"]), ("search", "sea"), ("list", "--plain")):
        said = journal(*command)
        assert said.stderr == ""
        assert not BOXES.search(said.stdout)
        assert ESCAPE not in said.stdout

"""`mark`, `delete` and `trash`: what is known about an entry, and letting go of it."""

import pytest
from shapes import check_entry, ids

ARRIVED = "\n\n"


@pytest.fixture
def entry(journal) -> dict:
    return journal("write", "--tag", "old", "--json", input="A page with @Anna and #home.").json


# Marking


@pytest.mark.parametrize(
    "options, changed",
    [
        (("--star",), {"starred": True}),
        (("--private",), {"private": True}),
        (("--title", "A title"), {"title": "A title"}),
        (("--tag", "#New", "--tag", "home"), {"tags": ["home", "new", "old"]}),
        (("--untag", "old"), {"tags": ["home"]}),
        (("--untag", "old", "--tag", "new"), {"tags": ["home", "new"]}),
        (("--at", "yesterday 21:00"), {"written_at": "2026-11-23T21:00:00+01:00"}),
        (("--star", "--private", "--at", "2026-07-01 08:00"), {
            "starred": True, "private": True, "written_at": "2026-07-01T08:00:00+02:00",
        }),
    ],
)  # fmt: skip
def test_a_mark_changes_what_it_says_and_nothing_else(journal, entry, options: tuple, changed: dict) -> None:
    said = journal("mark", entry["id"][:5], *options, "--json")

    check_entry(said.json)
    expected = {**entry, **changed}
    assert {**said.json, "tags": sorted(said.json["tags"])} == {**expected, "tags": sorted(expected["tags"])}
    assert journal("list", "--json").json["entries"] == [said.json]
    whole = journal("show", entry["id"], "--json").json
    assert (whole["body"], whole["revisions"]) == ("A page with @Anna and #home.", 0)


@pytest.mark.parametrize("key, on, off", [("starred", "--star", "--no-star"), ("private", "--private", "--no-private")])
def test_what_is_marked_can_be_unmarked(journal, entry, key: str, on: str, off: str) -> None:
    assert journal("mark", entry["id"], on, "--json").json[key] is True
    assert journal("mark", entry["id"], off, "--json").json[key] is False


def test_an_empty_title_takes_the_title_away(journal, entry) -> None:
    journal("mark", entry["id"], "--title", "A title")

    assert journal("mark", entry["id"], "--title", "", "--json").json["title"] is None


def test_an_entry_dated_back_moves_in_the_list(journal, entry) -> None:
    later = journal("write", "--json", input="Later.").json["id"]
    journal("mark", later, "--at", "3 days ago")

    assert ids(journal("list", "--json").json) == [entry["id"], later]


def test_nothing_to_mark_and_impossible_marks_change_nothing(journal, entry) -> None:
    journal("mark", entry["id"], code=24)
    journal("mark", entry["id"], "--at", "tomorrow", "--star", code=2)
    journal("mark", entry["id"], "--tag", "two words", code=2)
    journal("mark", "zzz", "--star", code=20)

    assert journal("list", "--json").json["entries"] == [entry]


# Deleting, and the trash


def test_nothing_is_deleted_without_yes_when_nobody_can_be_asked(journal, entry) -> None:
    said = journal("delete", entry["id"], input="y\n", code=23)

    assert "--yes" in said.stderr
    assert journal("list", "--json").json["total"] == 1


def test_what_is_deleted_waits_in_the_trash_and_comes_back_whole(journal, entry) -> None:
    gone = journal("delete", entry["id"][:4], "--yes", "--json").json
    assert gone == {"deleted": [{"kind": "entry", "id": entry["id"]}]}
    assert journal("list", "--json").json == {"entries": [], "total": 0}

    trash = journal("trash", "list", "--json").json
    assert trash == {"trash": [{"kind": "entry", "id": entry["id"], "at": entry["written_at"]}], "total": 1}
    assert entry["id"][:3] in journal("trash").stdout

    back = journal("trash", "restore", entry["id"][:4], "--json").json
    check_entry(back)
    assert back == entry
    assert journal("trash", "list", "--json").json == {"trash": [], "total": 0}
    assert journal("search", "page", "--json").json["total"] == 1


def test_several_go_at_once_or_none_of_them(journal, entry) -> None:
    other = journal("write", "--json", input="Another.").json["id"]
    journal("delete", entry["id"], "zzz", "--yes", code=20)
    assert journal("list", "--json").json["total"] == 2

    gone = journal("delete", other, entry["id"], "--yes", "--json").json
    assert [one["id"] for one in gone["deleted"]] == [other, entry["id"]]
    assert journal("list", "--json").json["total"] == 0


def test_a_sitting_takes_its_answers_along_both_ways(journal) -> None:
    told = journal("reflect", "signal-today", "--json", input=f"{ARRIVED}An answer.\n.\n:q\n").json
    sitting = told["sitting"]["id"]

    assert journal("delete", sitting, "--yes", "--json").json["deleted"] == [{"kind": "sitting", "id": sitting}]
    assert journal("list", "--json").json["total"] == 0
    assert journal("progress", "--json").json["sittings"] == []

    journal("trash", "restore", sitting)
    assert journal("list", "--json").json["entries"] == told["entries"]
    assert journal("progress", "--json").json["sittings"] == [told["sitting"]]


def test_a_check_in_can_go_and_come_back(journal) -> None:
    id_ = journal("checkin", "--pleasant", "5", "--json").json["id"]
    assert journal("delete", id_, "--yes", "--json").json["deleted"] == [{"kind": "check-in", "id": id_}]
    assert journal("mood", "--json").json["checkins"] == 0

    assert [(one["kind"], one["id"]) for one in journal("trash", "list", "--json").json["trash"]] == [("check-in", id_)]
    assert journal("trash", "restore", id_, "--json").json == {"id": id_, "kind": "check-in"}
    assert journal("mood", "--json").json["checkins"] == 1


def test_a_page_of_the_trash_shows_all_that_is_in_it(journal) -> None:
    check_in = journal("checkin", "--pleasant", "5", "--json").json["id"]
    sitting = journal("reflect", "signal-today", "--json", input=":q\n").json["sitting"]["id"]
    journal("delete", check_in, sitting, "--yes")

    page = journal("trash", "list").stdout
    assert "The trash is empty." not in page
    assert check_in[:3] in page
    assert sitting[:3] in page


def test_emptying_needs_yes_and_removes_for_good(journal, entry) -> None:
    journal("edit", entry["id"], input="A second text.")
    journal("delete", entry["id"], "--yes")
    journal("trash", "empty", input="y\n", code=23)
    assert journal("trash", "list", "--json").json["total"] == 1

    assert journal("trash", "empty", "--yes", "--json").json["removed"] == 1
    journal("trash", "restore", entry["id"], code=20)
    journal("trash", "empty", "--yes", code=24)
    assert journal("search", "second", "--json").json["total"] == 0


def test_only_what_is_in_the_trash_can_be_restored(journal, entry) -> None:
    assert "journal trash list" in journal("trash", "restore", entry["id"], code=20).stderr
    journal("trash", "restore", "zz", code=2)


def test_what_is_in_the_trash_cannot_be_marked_edited_or_deleted_again(journal, entry) -> None:
    journal("delete", entry["id"], "--yes")

    journal("mark", entry["id"], "--star", code=20)
    journal("edit", entry["id"], input="text", code=20)
    journal("delete", entry["id"], "--yes", code=20)


def test_an_unknown_deed_in_the_trash_suggests_the_nearest(journal) -> None:
    assert "restore" in journal("trash", "restor", "abc", code=2).stderr

"""`write` and `edit` from a pipe: the whole input is the text, and nothing else is."""

import json

import pytest
from shapes import ENTRY, check_entry


def test_writing_answers_with_the_entry_and_talks_beside(journal) -> None:
    said = journal("write", "--json", input="I can come on Sunday, and I leave at four.\n")

    entry = said.json
    check_entry(entry)
    assert entry["written_at"] == "2026-11-24T21:01:00+01:00"
    assert (entry["zone"], entry["kind"], entry["word_count"]) == ("Europe/Warsaw", "free", 10)
    assert [entry[key] for key in ("title", "theme", "session", "sitting", "question", "mood")] == [None] * 6
    assert (entry["tags"], entry["people"], entry["private"], entry["starred"]) == ([], [], False, False)
    assert entry["id"] in said.stderr
    assert said.stdout.endswith("}\n")


def test_without_json_stdout_stays_empty(journal) -> None:
    said = journal("write", input="One line.")

    assert said.stdout == ""
    assert "Kept, 21:0" in said.stderr


def test_every_option_of_writing_is_kept(journal) -> None:
    entry = journal(
        *("write", "--title", "After the call", "--tag", "Letters", "--tag", "#sunday-dinner", "--private", "--star"),
        *("--at", "yesterday 21:00", "--json"),
        input="With @Anna about #letters and #home.",
    ).json

    assert entry["title"] == "After the call"
    assert entry["tags"] == ["letters", "sunday-dinner", "home"]
    assert entry["people"] == ["Anna"]
    assert (entry["private"], entry["starred"]) == (True, True)
    assert entry["written_at"] == "2026-11-23T21:00:00+01:00"
    assert journal("list", "--json").json["entries"] == [entry]


@pytest.mark.parametrize(
    "text",
    [
        "two lines\n\nand a blank one between",
        "  spaces before and after  ",
        "tab\tand\r\nWindows\r\n",
        "zażółć gęślą jaźń 👩‍👩‍👧 \u202e",
        ":q\n.\n\\.\nof one's own",
        "\n\nblank lines first",
    ],
)
def test_the_whole_input_is_the_text(journal, text: str) -> None:
    id_ = journal("write", "--json", input=text + "\n").json["id"]

    assert journal("show", id_, "--json").json["body"] == text


@pytest.mark.parametrize("nothing", ["", "\n", "  \n\t\n", "\u200b\u2060\n"])
def test_nothing_written_is_nothing_kept(journal, nothing: str) -> None:
    said = journal("write", "--json", input=nothing, code=24)

    assert said.stdout == ""
    assert said.stderr.startswith("journal: ")
    assert journal("list", "--json").json == {"entries": [], "total": 0}


def test_what_is_not_text_is_refused_with_its_place_and_none_of_it(journal) -> None:
    said = journal("write", input=b"first\nse\xffcret\n", code=22)

    assert "offset 8" in said.stderr
    assert "line 2" in said.stderr
    assert "cret" not in said.stderr
    assert journal("list", "--json").json["total"] == 0


@pytest.mark.parametrize(
    "when, told",
    [
        ("tomorrow", "tomorrow"),
        ("2026-02-30", "2026-02 has 28 days"),
        ("last week", "2026-11-16 to 2026-11-22"),
        ("25:00", "25:00 was read as a time of day"),
        ("2026-03-29 02:30", "clocks went forward"),
        ("2026-10-25 02:30", "2026-10-25T02:30:00+01:00"),
        ("some time", "cannot read some time"),
    ],
)
def test_an_impossible_time_is_refused_with_the_reading_that_was_tried(journal, when: str, told: str) -> None:
    said = journal("write", "--at", when, "--json", input="kept nowhere", code=2)

    assert told in said.stderr
    assert "hint:" in said.stderr
    assert said.stdout == ""
    assert journal("list", "--json").json["total"] == 0


@pytest.mark.parametrize(
    "when, written_at",
    [
        ("3 days ago", "2026-11-21T12:00:00+01:00"),
        ("last monday 8:05", "2026-11-23T08:05:00+01:00"),
        ("2026-03-01 09:30", "2026-03-01T09:30:00+01:00"),
        ("2026-07-01 09:30", "2026-07-01T09:30:00+02:00"),
        ("wczoraj 21:00", "2026-11-23T21:00:00+01:00"),
    ],
)
def test_times_are_read_as_people_write_them(journal, when: str, written_at: str) -> None:
    assert journal("write", "--at", when, "--json", input="then").json["written_at"] == written_at


def test_a_tag_of_two_words_is_no_tag(journal) -> None:
    said = journal("write", "--tag", "two words", input="text", code=2)

    assert "one word" in said.stderr
    assert journal("list", "--json").json["total"] == 0


def test_what_is_written_is_never_an_argument(journal) -> None:
    assert "unexpected extra argument" in journal("write", "some words", code=2).stderr


def test_editing_keeps_the_earlier_text_and_answers_with_the_entry(journal) -> None:
    before = journal("write", "--title", "A title", "--star", "--json", input="First text with @Anna.").json
    said = journal("edit", before["id"][:4], "--json", input="Second text, #home.\n")

    after = said.json
    check_entry(after)
    changed = {key for key in ENTRY if after[key] != before[key]}
    assert changed == {"tags", "people", "word_count"}
    assert (after["tags"], after["people"], after["word_count"]) == (["home"], [], 3)
    whole = journal("show", before["id"], "--history", "--json").json
    assert (whole["body"], whole["revisions"]) == ("Second text, #home.", 1)
    assert [one["body"] for one in whole["history"]] == ["First text with @Anna."]


def test_an_edit_that_changes_nothing_is_said_to_be_one(journal) -> None:
    id_ = journal("write", "--json", input="The same.").json["id"]

    journal("edit", id_, input="The same.\n", code=24)
    journal("edit", id_, input=" \n", code=24)
    assert journal("show", id_, "--json").json["revisions"] == 0


def test_an_answer_can_be_edited_and_stays_an_answer(journal) -> None:
    given = "\n\nAn answer.\n.\n:s\n:s\n\n\n"
    before = journal("reflect", "signal-today", "--json", input=given).json["entries"][0]
    after = journal("edit", before["id"], "--json", input="Another answer.").json

    assert after == {**before, "word_count": 2}


def test_json_is_one_document_and_nothing_else(journal) -> None:
    said = journal("write", "--json", input="zażółć")

    assert json.loads(said.stdout)
    assert json.dumps(said.json, ensure_ascii=False, indent=2) + "\n" == said.stdout

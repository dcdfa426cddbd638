"""`journal import`: looked at first, asked about, taken in as a whole, known again, and taken back."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from key_commands import at_terminal
from shapes import check_entry

from journal_cli.cli.arriving import READERS
from journal_cli.imports import daylio_backup, dayone_entry
from journal_cli.packs.wordbook import words
from journal_cli.screen import survey

JRNL = """Above the first header.

[2026-03-01 21:30] A walk by the river *
It rained. #calm @Anna

[2026-03-03 08:00] Only a title.

[not a date] stays in the text
"""
PASSPHRASE_ENV = {"JOURNAL_PASSPHRASE_COMMAND": "echo 'lantern orchid velvet harbor quartz'"}
FOUND = {"format", "found", "imported", "new", "skipped", "undated", "dropped", "from", "to"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my journal.txt"
    path.write_text(JRNL, encoding="utf-8")
    return path


def days(*bodies: str) -> str:
    return "".join(f"[2026-04-{day:02} 09:00] Day {day}.\n{body}\n\n" for day, body in enumerate(bodies, 1))


def entries(journal: Any) -> list[dict[str, Any]]:
    return journal("list", "--all", "--json").json["entries"]


def test_a_dry_run_says_what_a_worried_person_wants_to_know_and_changes_nothing(journal, file: Path) -> None:
    before = (journal.folder / "journal.db").read_bytes(), file.read_bytes()

    said = journal("import", str(file), "--dry-run").stdout
    told = journal("import", str(file), "--dry-run", "--json").json

    page = " ".join(said.split())
    for sentence in (
        "my journal.txt is from jrnl.",
        "It holds 3 entries, from 1 March 2026 to 3 March 2026.",
        "1 has a star, and keeps it.",
        "1 has no date that can be read, and comes under the present one.",
        "Nothing of it stays behind.",
        "Times without a zone are read as those of Europe/Warsaw.",
        "The original stays as it is.",
    ):
        assert sentence in page
    assert told.keys() == FOUND
    assert (told["found"], told["new"], told["imported"]) == (3, 3, 0)
    assert ((journal.folder / "journal.db").read_bytes(), file.read_bytes()) == before
    assert entries(journal) == []


def test_what_came_in_stands_as_one_wrote_it_and_a_second_time_adds_nothing(journal, file: Path) -> None:
    first = journal("import", str(file), "--yes", "--json").json
    again = journal("import", str(file), "--yes", "--json").json

    assert (first["format"], first["found"], first["imported"], first["skipped"]) == ("jrnl", 3, 3, 0)
    assert (first["undated"], first["from"], first["to"]) == (1, "2026-03-01", "2026-03-03")
    assert (again["found"], again["imported"], again["new"], again["skipped"]) == (3, 0, 0, 3)
    found = entries(journal)
    for one in found:
        check_entry(one)
        assert one["kind"] == "imported"
    walk = next(one for one in found if one["title"] == "A walk by the river")
    assert (walk["starred"], set(walk["tags"]), walk["people"]) == (True, {"anna", "calm"}, ["Anna"])
    assert walk["written_at"] == "2026-03-01T21:30:00+01:00"
    assert journal("show", walk["id"], "--json").json["body"].startswith("It rained.")
    assert journal("search", "rained", "--json").json["total"] == 1
    assert "All of it is here already." in journal("import", str(file), "--yes").stdout


def test_a_longer_file_adds_what_is_new_and_what_was_deleted_stays_in_the_trash(journal, tmp_path: Path) -> None:
    file = tmp_path / "j.txt"
    file.write_text(days("one", "two"), encoding="utf-8")
    journal("import", str(file), "--yes")
    journal("delete", entries(journal)[0]["id"], "--yes")
    file.write_text(days("one", "two", "three"), encoding="utf-8")

    told = journal("import", str(file), "--yes", "--json").json

    assert (told["imported"], told["skipped"]) == (1, 2)
    assert [one["title"] for one in entries(journal)] == ["Day 3.", "Day 1."]


def test_an_import_is_taken_back_as_a_whole_but_for_what_was_changed_since(journal, tmp_path: Path) -> None:
    own = journal("write", "--json", input="My own.").json["id"]
    for name, text in (("first", days("one")), ("second", days("", "two", "three", "four"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        journal("import", str(tmp_path / name), "--yes")
    changed = next(one["id"] for one in entries(journal) if one["title"] == "Day 3.")
    journal("edit", changed, input="Changed.")

    told = journal("import", "--undo", "--yes", "--json").json

    assert told.keys() == {"format", "at", "removed", "stayed"}
    assert (told["format"], told["removed"], told["stayed"]) == ("jrnl", 3, 1)
    assert {one["id"] for one in entries(journal)} >= {own, changed}
    assert [one["title"] for one in entries(journal)] == [None, "Day 3.", "Day 1."]
    assert "1 entry was removed." in journal("import", "--undo", "--yes").stdout
    assert [one["id"] for one in entries(journal)] == [own, changed]
    journal("import", "--undo", "--yes", code=24)
    assert journal("verify", "--json").json["ok"]


def test_nothing_comes_from_a_pipe_without_yes_and_without_a_file_it_says_so(journal, file: Path) -> None:
    journal("import", str(file), code=23)
    journal("import", "--undo", code=23)
    journal("import", code=2)
    journal("import", str(file), "--undo", "--yes", code=2)
    journal("import", str(file), "--yes", "--zone", "Mars/Base", code=2)
    assert entries(journal) == []


def test_standard_input_is_a_text_or_what_it_is_recognised_as(journal) -> None:
    assert journal("import", "-", "--yes", "--json", input="A page I found.\n").json["format"] == "markdown"
    assert journal("import", "-", "--yes", "--json", input=days("one")).json["format"] == "jrnl"
    assert {one["title"] for one in entries(journal)} == {None, "Day 1."}


def test_several_files_come_in_one_import(journal, file: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2026-05-01.md").write_text("A note. #river")
    told = journal("import", str(file), str(tmp_path / "notes"), "--yes", "--json").json

    assert (told["format"], told["imported"]) == ("jrnl,markdown", 4)
    assert "4 entries were removed." in journal("import", "--undo", "--yes").stdout


def test_moods_of_daylio_keep_their_names_and_stand_apart(journal, tmp_path: Path) -> None:
    file = tmp_path / "daylio.csv"
    rows = ["2026-11-01,x,y,10:00 pm,good,work | two words,,", "2026-11-02,x,y,22:00,nervous,,T,a<br>b",
            "2026-11-03,x,y,22:00,awful,,,"]  # fmt: skip
    file.write_text("\n".join(["full_date,date,weekday,time,mood,activities,note_title,note", *rows]), encoding="utf-8")

    told = journal("import", str(file), "--yes", "--json").json

    assert (told["format"], told["imported"]) == ("daylio", 3)
    assert {"what": "label", "count": 1} in told["dropped"]
    page = journal("mood", "--since", "2026-11-01", "--json").json
    assert page["imported"] == [{"origin": "daylio", "n": 3, "pleasant": {"low": -3.0, "median": -0.75, "high": 1.5}}]
    assert (page["checkins"], [week["n"] for week in page["weeks"] if week["n"]]) == (0, [])
    assert "From Daylio, on a scale of its own: 3 moods" in journal("mood").stdout
    assert "3 entries were removed." in journal("import", "--undo", "--yes").stdout
    assert journal("mood", "--json").json["imported"] == []


def test_private_of_a_note_stays_private(journal, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 2026-01-02\nprivate: true\n---\nx")
    journal("import", str(tmp_path / "a.md"), "--yes")
    assert [one["private"] for one in entries(journal)] == [True]


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


DAYONE = {
    "metadata": {"version": "1.0"},
    "entries": [{"uuid": "A" * 32, "creationDate": "2021-03-03T11:48:50Z", "text": "x"}],
}
BAD: dict[str, tuple[str, bytes, int]] = {
    "truncated JSON": ("a.json", json.dumps(DAYONE).encode()[:-20], 22),
    "a zip that was cut": ("a.zip", zipped(**{"Journal.json": json.dumps(DAYONE).encode() * 50})[:-40], 22),
    "a zip with one bad member": (
        "a.zip", zipped(**{"A.json": json.dumps(DAYONE).encode(), "B.json": json.dumps(DAYONE).encode()[:-9]}), 22,
    ),
    "a path that climbs": ("a.zip", zipped(**{"../A.json": b"{}"}), 22),
    "Latin-1": ("a.txt", days("one", "zażółć").encode("iso-8859-2"), 22),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), 22),
    "JSON of something else": ("a.json", b'{"a": 1}', 22),
    "day or month": ("a.txt", b"[03/04/2026 09:00] One.\nx\n\n[05/06/2026 09:00] Two.\ny\n", 2),
    "one entry of 20 MB": ("a.txt", days("word " * 4_000_000).encode(), 22),
    "a newer export": ("a.json", b'{"format": "journal-export", "version": 99, "schema": 4, "entry": []}', 16),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_nothing_comes_in(journal, tmp_path: Path, name: str) -> None:
    file, content, code = BAD[name]
    (tmp_path / file).write_bytes(content)

    said = journal("import", str(tmp_path / file), "--yes", code=code)

    assert said.stdout == ""
    sentences = [line for line in said.stderr.splitlines() if not line.startswith("Bringing")]
    assert sentences[0].startswith("journal: ")
    assert all(line.startswith("  ") for line in sentences[1:])
    assert "Traceback" not in said.stderr
    assert entries(journal) == []
    journal("import", "--undo", "--yes", code=24)


GOOD: dict[str, tuple[bytes, list[str]]] = {
    "UTF-16 with a mark": (days("Zażółć gęślą").encode("utf-16"), ["2026-04-01T09:00:00+02:00"]),
    "UTF-8 with a mark": (days("Zażółć").encode("utf-8-sig"), ["2026-04-01T09:00:00+02:00"]),
    "CRLF": (days("one\ntwo").replace("\n", "\r\n").encode(), ["2026-04-01T09:00:00+02:00"]),
    "year 1660": (b"[1660-01-01 09:00] P.\nUp.\n", ["1660-01-01T09:00:00+01:24"]),
    "year 2100": (b"[2100-01-01 09:00] F.\nUp.\n", ["2100-01-01T09:00:00+01:00"]),
    "a time that never was": (b"[2026-03-29 02:30] N.\nx\n", ["2026-03-29T03:30:00+02:00"]),
    "a time that came twice": (b"[2026-10-25 02:30] T.\nx\n", ["2026-10-25T02:30:00+02:00"]),
    "NUL and controls": (days("a\0b\x1b[31m").encode(), ["2026-04-01T09:00:00+02:00"]),
    "day first": (b"[13/04/2026 09:00] One.\nx\n\n[05/06/2026 09:00] Two.\ny\n",
                  ["2026-06-05T09:00:00+02:00", "2026-04-13T09:00:00+02:00"]),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_odd_input_comes_in_whole(journal, tmp_path: Path, name: str) -> None:
    content, times = GOOD[name]
    (tmp_path / "a.txt").write_bytes(content)
    journal("import", str(tmp_path / "a.txt"), "--yes")
    assert [one["written_at"] for one in entries(journal)] == times


def test_a_dry_run_counts_as_the_import_does_what_stands_twice_and_what_shares_an_id(journal, tmp_path: Path) -> None:
    page = "---\nid: {}\ndate: 2026-01-02T09:00:00+01:00\nzone: Europe/Warsaw\nkind: free\n---\n\n{}\n"
    (tmp_path / "notes").mkdir()
    for name, id_, text in (("a", "1", "one"), ("b", "1", "two"), ("c", "1", "one"), ("d", "2", "one")):
        (tmp_path / "notes" / f"{name}.md").write_text(page.format(id_, text))

    foretold = journal("import", str(tmp_path / "notes"), "--dry-run", "--json").json
    told = journal("import", str(tmp_path / "notes"), "--yes", "--json").json

    assert (foretold["found"], foretold["new"], foretold["skipped"]) == (4, 3, 1)
    assert {**foretold, "imported": 3} == told


def test_which_comes_first_can_be_said(journal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BAD["day or month"][1])
    journal("import", str(tmp_path / "a.txt"), "--yes", "--month-first")
    assert [one["written_at"][:10] for one in entries(journal)] == ["2026-05-06", "2026-03-04"]


def test_half_characters_and_odd_tags_are_mended_and_told(journal, tmp_path: Path) -> None:
    export = {"metadata": {"version": "1.0"}, "entries": [
        {"uuid": "B" * 32, "creationDate": "2021-03-03T11:48:50Z", "text": "half \ud83d here",
         "tags": ["Two Words", "🎉", "c++", "Two-words"]},
        {"uuid": "B" * 32, "creationDate": "2021-03-04T11:48:50Z", "text": "another with one id"},
    ]}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(export))

    told = journal("import", str(tmp_path / "a.json"), "--yes", "--json").json

    assert told["imported"] == 2
    assert {"what": "half", "count": 1} in told["dropped"]
    assert {"what": "tag", "count": 1} in told["dropped"]
    second, first = entries(journal)
    assert first["tags"] == ["two-words", "c"]
    assert journal("show", first["id"], "--json").json["body"] == "half \ufffd here"
    assert journal("list", "--tag", "two-words", "--json").json["total"] == 1
    assert second["written_at"].startswith("2021-03-04")


def test_at_a_terminal_it_is_shown_and_asked_about(tmp_path: Path, journal, file: Path) -> None:
    env = PASSPHRASE_ENV | {"TERM": "xterm"}
    no = at_terminal(journal.folder, tmp_path, "import", str(file), **env)
    no.until("It holds 3 entries").until("Bring 3 entries in? (y/n)").types("n", end="").ends()
    assert no.code == 24
    assert entries(journal) == []

    yes = at_terminal(journal.folder, tmp_path, "import", str(file), **env)
    yes.until("Bring 3 entries in? (y/n)").types("y", end="").until("3 entries came in.").ends()
    assert yes.code == 0
    assert len(entries(journal)) == 3

    back = at_terminal(journal.folder, tmp_path, "import", "--undo", **env)
    back.until("brought 3 entries").until("for good? (y/n)").types("y", end="").until("3 entries were removed.").ends()
    assert entries(journal) == []


def test_at_a_terminal_what_a_mood_is_called_is_asked_once(tmp_path: Path, journal) -> None:
    head = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    for day in (1, 2):
        (tmp_path / f"{day}.csv").write_text(f"{head}2026-11-0{day},x,y,22:00,Nervous,,,\n", encoding="utf-8")

    first = at_terminal(journal.folder, tmp_path, "import", str(tmp_path / "1.csv"), **PASSPHRASE_ENV)
    first.until("called Nervous").types("2").until("Bring 1 entry in?").types("y").until("came in").ends()
    second = at_terminal(journal.folder, tmp_path, "import", str(tmp_path / "2.csv"), **PASSPHRASE_ENV)
    second.until("Bring 1 entry in?").types("y").until("came in").ends()

    assert "Nervous" not in second.said
    (told,) = journal("mood", "--json").json["imported"]
    assert told == {"origin": "daylio", "n": 2, "pleasant": {"low": -2.0, "median": -2.0, "high": -2.0}}


def test_at_a_terminal_day_or_month_is_asked(tmp_path: Path, journal) -> None:
    (tmp_path / "a.txt").write_bytes(BAD["day or month"][1])
    asked = at_terminal(journal.folder, tmp_path, "import", str(tmp_path / "a.txt"), **PASSPHRASE_ENV)
    asked.until("which comes first?").types("1").until("Bring 2 entries in?").types("y").until("came in").ends()
    assert [one["written_at"][:10] for one in entries(journal)] == ["2026-06-05", "2026-04-03"]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_everything_a_reader_can_leave_behind_has_a_name(language: str) -> None:
    there = {*dayone_entry._LEFT_OUT.values(), *dayone_entry._MEDIA.values(), *daylio_backup._LISTS.values()}
    there |= {"other", "file", "property", "question", "table", "empty", "tag"}
    plurals = words(language).plurals
    assert {name for name in there - set(survey.NOTED) if f"arrivals.left_out.{name}" not in plurals} == set()
    assert {name for name in survey.NOTED if f"arrivals.noted.{name}" not in plurals} == set()
    for reader in READERS:
        assert words(language).has(f"arrivals.in_{reader.FORMAT}")


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_dry_run_has_nothing_but_sentences_in_both_languages(journal, file: Path, language: str) -> None:
    said = journal("import", str(file), "--dry-run", JOURNAL_LANG=language).stdout
    assert said.count(".\n") >= 6
    assert said.endswith(".\n")
    assert "{" not in said

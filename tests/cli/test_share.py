"""`share`: only what was chosen leaves, private never does, and the ledger remembers."""

import hashlib
import re
import stat
from pathlib import Path

import pytest
from shapes import SHARE, at, free_entry, is_day, newest_first, opened

from journal_cli.records import entries


@pytest.fixture
def pages(once):
    """A journal with three pages, one of them private, a check-in and a sitting."""

    def fill(journal) -> None:
        journal("init")
        with opened(journal) as database:
            for id_, text, private in (
                ("aaaa1111", "I told Anna, and @Anna listened.", False),
                ("bbbb2222", "Not for others: SECRETWORD.", True),
                ("cccc3333", "A page left at home: HOMEWORD.", False),
            ):
                entries.add(database, free_entry(id_, text, at("2026-11-20T20:00:00+01:00"), private=private))
        journal("checkin", "--pleasant", "3", "--energy", "6", "--word", "tense")

    return once("pages to share", fill)


def planned(tmp_path: Path, *lines: str, out: str = "page.md") -> tuple[str, Path]:
    """Write a plan, and give its path and that of the page it asks for."""
    page = tmp_path / out
    plan = tmp_path / "plan.toml"
    plan.write_text("\n".join([f'out = "{page}"', *lines]) + "\n", encoding="utf-8")
    return str(plan), page


CLEAR = ('form = "md"', "clear = true")


def test_a_plan_makes_a_page_of_what_it_names_and_of_nothing_else(pages, tmp_path) -> None:
    plan, page = planned(
        tmp_path, *CLEAR, 'to = "my therapist"', 'talk_about = ["The call."]', 'blocks = ["mood"]', 'entries = ["aaaa"]'
    )
    said = pages("share", "--plan", plan, "--json")

    left = said.json
    assert left.keys() == {"id", "file", "form", "pages", "left_out", "aliases"}
    assert (left["file"], left["form"], left["pages"], left["aliases"]) == (str(page), "md", 1, {})
    assert all(type(line) is str for line in left["left_out"])
    assert any("1 private entry" in line for line in left["left_out"])
    text = page.read_text(encoding="utf-8")
    assert "I told Anna, and @Anna listened." in text or "I told Anna, and Anna listened." in text
    assert "The call." in text
    assert "my therapist" in text
    assert "SECRETWORD" not in text
    assert "HOMEWORD" not in text
    assert "outside the journal now" in said.stderr


def test_the_page_is_for_its_owner_only_and_nothing_lies_beside_it(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]')
    pages("share", "--plan", plan)

    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"page.md", "plan.toml", "journal"}


@pytest.mark.parametrize("chosen", ["bbbb2222", "bbbb", "BBB"])
def test_private_never_leaves_by_whatever_name_it_is_called(pages, tmp_path, chosen: str) -> None:
    plan, page = planned(tmp_path, *CLEAR, f'entries = ["aaaa", "{chosen}"]')
    said = pages("share", "--plan", plan, "--json", code=23)

    assert "private never leaves" in said.stderr
    assert "journal mark bbbb2222 --no-private" in said.stderr
    assert "SECRETWORD" not in said.stderr
    assert said.stdout == ""
    assert not page.exists()
    assert pages("share", "--list", "--json").json == {"shares": []}


def test_private_leaves_once_the_person_lifted_it(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["bbbb"]')
    pages("share", "--plan", plan, code=23)
    pages("mark", "bbbb", "--no-private")
    pages("share", "--plan", plan)

    assert "SECRETWORD" in page.read_text(encoding="utf-8")


def test_force_does_not_lift_it(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["bbbb"]')

    pages("share", "--plan", plan, "--force", code=23)
    assert not page.exists()


def test_a_file_that_is_there_is_left_alone(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]')
    page.write_text("mine", encoding="utf-8")

    said = pages("share", "--plan", plan, "--json", code=23)
    assert "page.md" in said.stderr
    assert "--force" in said.stderr
    assert page.read_text(encoding="utf-8") == "mine"
    assert pages("share", "--list", "--json").json == {"shares": []}

    pages("share", "--plan", plan, "--force")
    assert "I told" in page.read_text(encoding="utf-8")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_a_page_that_could_not_be_written_is_not_in_the_ledger(pages, tmp_path) -> None:
    plan, _ = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]', out="nowhere/page.md")

    pages("share", "--plan", plan, code=15)
    assert pages("share", "--list", "--json").json == {"shares": []}


def test_other_names_stand_in_and_are_told(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]', "[aliases]", 'Anna = "my sister"')
    left = pages("share", "--plan", plan, "--json").json

    assert left["aliases"] == {"Anna": "my sister"}
    text = page.read_text(encoding="utf-8")
    assert "Anna" not in text
    assert "I told my sister" in text


def test_the_ledger_says_what_left_newest_first(pages, tmp_path) -> None:
    plan, page = planned(
        tmp_path, *CLEAR, 'to = "Dr M"', 'since = "november"', 'until = "2026-11-22"', 'blocks = ["words", "mood"]',
        'entries = ["cccc", "aaaa"]',
    )  # fmt: skip
    first = pages("share", "--plan", plan, "--json").json
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    second = pages("share", "--plan", plan, "--force", "--json").json

    ledger = pages("share", "--list", "--json").json
    assert ledger.keys() == {"shares"}
    assert [one["id"] for one in ledger["shares"]] == [second["id"], first["id"]]
    assert newest_first([one["at"] for one in ledger["shares"]])
    line = ledger["shares"][1]
    assert line.keys() == SHARE
    assert (line["to"], line["form"], line["since"], line["until"]) == ("Dr M", "md", "2026-11-01", "2026-11-22")
    assert is_day(line["since"])
    assert set(line["blocks"]) == {"mood", "words"}
    assert sorted(line["entries"]) == ["aaaa1111", "cccc3333"]
    assert type(line["withheld"]) is list
    assert line["digest"] == digest

    shown = pages("share", "--show", first["id"][:5], "--json").json
    assert {key: shown[key] for key in SHARE} == line
    page_of_ledger = pages("share", "--list")
    assert first["id"] in page_of_ledger.stdout
    assert page_of_ledger.stderr == ""
    assert first["id"] in pages("share", "--show", first["id"]).stdout


def test_who_it_is_for_may_stay_open(pages, tmp_path) -> None:
    plan, _ = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]')
    pages("share", "--plan", plan)

    assert pages("share", "--list", "--json").json["shares"][0]["to"] is None


def test_shared_entries_can_be_listed(pages, tmp_path) -> None:
    plan, _ = planned(tmp_path, *CLEAR, 'entries = ["aaaa"]')
    pages("share", "--plan", plan)

    assert [one["id"] for one in pages("list", "--shared", "--json").json["entries"]] == ["aaaa1111"]
    assert pages("search", "page", "--shared", "--json").json["total"] == 0


def test_without_a_beginning_a_share_goes_on_from_the_last(pages, tmp_path) -> None:
    plan, _ = planned(tmp_path, *CLEAR, 'until = "2026-11-22"', 'blocks = ["mood"]')
    pages("share", "--plan", plan)
    later, _ = planned(tmp_path, *CLEAR, 'blocks = ["mood"]', out="later.md")
    pages("share", "--plan", later)

    assert [one["since"] for one in pages("share", "--list", "--json").json["shares"]] == ["2026-11-23", "2026-10-28"]


def test_a_name_nobody_gave_says_nothing_about_what_is_inside(pages, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan = tmp_path / "plan.toml"
    plan.write_text('form = "md"\nclear = true\nentries = ["aaaa"]\n', encoding="utf-8")

    assert pages("share", "--plan", "plan.toml", "--json").json["file"] == "notes-2026-11.md"
    assert (tmp_path / "notes-2026-11.md").exists()


@pytest.mark.parametrize(
    "lines, code, told",
    [
        ((CLEAR[0], 'entries = ["aaaa"]'), 23, "clear = true"),
        ((CLEAR[0], "clear = false", 'entries = ["aaaa"]'), 23, "clear = true"),
        ((CLEAR[0], 'password_command = "echo x"', "clear = true"), 23, "password"),
        (CLEAR, 24, "nothing was chosen"),
        ((*CLEAR, 'entries = ["zzzz"]'), 20, "zzzz"),
        ((*CLEAR, 'entries = ["aa"]'), 2, "at least 3"),
        ((*CLEAR, 'entries = ["aaaa"]', 'since = "may"', 'until = "april"'), 2, "before it begins"),
        ((*CLEAR, 'since = "some day"', 'blocks = ["mood"]'), 2, "some day"),
        ((*CLEAR, 'form = "pdf"'), 22, "plan.toml:4"),
        ((*CLEAR, 'blocks = ["moods"]'), 22, "did you mean mood?"),
        ((*CLEAR, 'entires = ["aaaa"]'), 22, "did you mean entries?"),
        ((*CLEAR, "talk_about = [SECRETWORD]"), 22, "plan.toml:4"),
        (("clear = true", 'form = "word"'), 22, "plan.toml:3"),
    ],
)
def test_plans_that_lead_nowhere(pages, tmp_path, lines: tuple[str, ...], code: int, told: str) -> None:
    plan, page = planned(tmp_path, *lines)
    said = pages("share", "--plan", plan, "--json", code=code)

    assert told in said.stderr
    assert "SECRETWORD" not in said.stderr
    assert said.stdout == ""
    assert not page.exists()
    assert pages("share", "--list", "--json").json == {"shares": []}


def test_an_entry_in_the_trash_does_not_leave(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'entries = ["aaaa1111"]')
    pages("delete", "aaaa", "--yes")

    pages("share", "--plan", plan, code=20)
    assert not page.exists()


def test_from_a_pipe_a_share_needs_a_plan(pages) -> None:
    said = pages("share", "--json", input="\n\n\n", code=23)

    assert "--plan" in said.stderr
    assert said.stdout == ""


def test_the_ways_of_share_do_not_mix_and_unknown_things_are_named(pages, tmp_path) -> None:
    plan, _ = planned(tmp_path, *CLEAR)

    pages("share", "--plan", plan, "--list", code=2)
    pages("share", "--show", "zzz", code=20)
    pages("share", "--show", "zz", code=2)
    pages("share", "--plan", str(tmp_path / "none.toml"), code=15)
    pages("share", "--plan", str(tmp_path), code=15)


def test_an_empty_ledger_is_an_answer(journal) -> None:
    assert journal("share", "--list", "--json").json == {"shares": []}
    assert "Nothing has been shared yet." in journal("share", "--list").stdout


def test_a_polish_page_is_polish(pages, tmp_path) -> None:
    plan, page = planned(tmp_path, *CLEAR, 'lang = "pl"', 'entries = ["aaaa"]', 'blocks = ["mood", "words"]')
    pages("share", "--plan", plan)

    text = page.read_text(encoding="utf-8")
    assert "Nastrój" in text
    assert re.search(r"\bMood\b|Not a diagnosis|Left out", text) is None

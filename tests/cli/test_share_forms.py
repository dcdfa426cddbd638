"""`share` in every form: what locks it, what it holds, and what the ledger keeps of it."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader
from shapes import SHARE, at, free_entry, opened

from journal_cli.cli.passphrase_command import LONGEST
from journal_cli.records import entries
from journal_cli.share.plan import FORMS, LOCKED, ending_of
from journal_cli.vault.database import Database

PASSWORD = "amber fjord cactus linen mosaic"
BLOCKS = 'blocks = ["mood", "words", "sittings", "limits", "goals", "measures"]'
READABLE = [form for form in FORMS if form not in LOCKED]


@pytest.fixture
def kept(once):
    """A journal with pages, a mood, a limit, a goal and two times a questionnaire."""

    def fill(journal) -> None:
        journal("init")
        with opened(journal) as database:
            for id_, text, private in (
                ("aaaa1111", "I told Anna.\nSecond line: KEEPWORD.\nThird.", False),
                ("bbbb2222", "Not for others: SECRETWORD.", True),
            ):
                entries.add(database, free_entry(id_, text, at("2026-11-20T20:00:00+01:00"), private=private))
        journal("checkin", "--pleasant", "3", "--energy", "6", "--word", "tense")
        limit = journal("limit", "add", "--json", input="I leave at four.").json["id"]
        journal("limit", "note", limit, input="1\n1\nLINEWORD\n")
        journal("goal", "add", input="Say no plainly.")
        journal("goal", "rate", input="4\n")
        journal("measure", "take", "phq-9", "--at", "2026-11-10 20:00", "--json", input="9\n" + "2\n" * 9)
        journal("measure", "take", "phq-9", "--json", input="9\n" + "1\n" * 8 + "0\n")

    return once("pages for every form", fill)


def plan_of(tmp_path: Path, form: str, *lines: str, name: str = "page") -> tuple[str, Path]:
    page = tmp_path / f"{name}.{ending_of(form)}"
    plan = tmp_path / f"{name}-{form}.toml"
    plan.write_text("\n".join([f'out = "{page}"', f'form = "{form}"', *lines]) + "\n", encoding="utf-8")
    return str(plan), page


def text_of(page: Path, form: str, password: str | None = None) -> str:
    if form != "pdf":
        return page.read_text(encoding="utf-8-sig")
    reader = PdfReader(page, password=password)
    return "\n".join(sheet.extract_text() for sheet in reader.pages)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_leaves_in_the_clear_if_the_plan_says_so(kept, tmp_path, form: str) -> None:
    plan, page = plan_of(tmp_path, form, "clear = true", BLOCKS, 'entries = ["aaaa"]', 'talk_about = ["The call."]')
    said = kept("share", "--plan", plan, "--json")

    assert said.json.keys() == {"id", "file", "form", "pages", "left_out", "aliases"}
    assert (said.json["form"], said.json["file"]) == (form, str(page))
    assert f"Written: {page}, readable by anyone who has it." in said.stderr
    assert "outside the journal now" in said.stderr
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = text_of(page, form)
    assert "PHQ-9" in text
    assert not [word for word in ("SECRETWORD", "LINEWORD", "aaaa1111") if word in text]
    assert ("KEEPWORD" in text) == (form not in {"csv", "fhir"})
    line = kept("share", "--list", "--json").json["shares"][0]
    assert line["entries"] == ([] if form in {"csv", "fhir"} else ["aaaa1111"])
    assert line["blocks"] == (["measures"] if form == "fhir" else re.findall(r"\w+", BLOCKS)[1:])


@pytest.mark.parametrize("form", LOCKED)
def test_a_password_locks_and_is_never_said(kept, tmp_path, form: str) -> None:
    plan, page = plan_of(tmp_path, form, f'password_command = "echo {PASSWORD}"', 'entries = ["aaaa"]')
    said = kept("share", "--plan", plan, "--json")

    assert f"Written: {page}, locked with a password." in said.stderr
    assert PASSWORD not in said.stdout + said.stderr
    assert b"KEEPWORD" not in page.read_bytes()
    if form == "pdf":
        assert PdfReader(page).is_encrypted
        assert said.json["pages"] == len(PdfReader(page, password=PASSWORD).pages)
        assert "KEEPWORD" in text_of(page, form, PASSWORD)
        assert not PdfReader(page).decrypt("amber fjord cactus linen")
    else:
        assert b"<script" in page.read_bytes()


@pytest.mark.parametrize("command, told", [
    ("false", "it ended with 1"),
    ("echo", "gave no password"),
    ("/no/such/program", "cannot be run"),
    ("'", "cannot be run"),
    (f"printf %{LONGEST + 1}s x", "at most 127 bytes"),
    ("printf '\\377'", "one line of plain text"),
    ("printf 'a\\tb'", "one line of plain text"),
])  # fmt: skip
def test_a_command_that_gives_no_password_leaves_no_file(kept, tmp_path, command: str, told: str) -> None:
    plan, page = plan_of(tmp_path, "html", f"password_command = {json.dumps(command)}", 'entries = ["aaaa"]')
    said = kept("share", "--plan", plan, "--json", code=15)

    assert told in said.stderr
    assert not page.exists()
    assert kept("share", "--list", "--json").json == {"shares": []}


@pytest.mark.parametrize("form", FORMS)
def test_without_a_word_on_its_lock_nothing_leaves(kept, tmp_path, form: str) -> None:
    plan, page = plan_of(tmp_path, form, 'entries = ["aaaa"]', 'blocks = ["measures"]')

    assert "clear = true" in kept("share", "--plan", plan, code=23).stderr
    assert not page.exists()


@pytest.mark.parametrize("form", FORMS)
def test_private_never_leaves_in_any_form(kept, tmp_path, form: str) -> None:
    plan, page = plan_of(tmp_path, form, "clear = true", BLOCKS, 'entries = ["bbbb"]')

    kept("share", "--plan", plan, "--force", code=23)
    plan, page = plan_of(tmp_path, form, "clear = true", BLOCKS, '[passages]\nbbbb = "SECRETWORD"')
    kept("share", "--plan", plan, "--force", code=23)
    assert not page.exists()


def test_a_passage_leaves_and_the_rest_stays(kept, tmp_path) -> None:
    plan, page = plan_of(tmp_path, "txt", "clear = true", '[passages]\naaaa = "Second line: KEEPWORD."')
    kept("share", "--plan", plan)

    assert "KEEPWORD" in page.read_text(encoding="utf-8")
    assert "Anna" not in page.read_text(encoding="utf-8")
    assert kept("share", "--list", "--json").json["shares"][0]["entries"] == ["aaaa1111"]

    plan, _ = plan_of(tmp_path, "txt", "clear = true", '[passages]\naaaa = "NOTTHERE"', name="other")
    said = kept("share", "--plan", plan, code=22)
    assert "passages: the text chosen from aaaa1111 does not stand in it" in said.stderr
    assert "NOTTHERE" not in said.stderr


def test_what_is_struck_out_and_days_told_roughly_are_not_in_the_file(kept, tmp_path) -> None:
    plan, page = plan_of(
        tmp_path, "md", "clear = true", 'entries = ["aaaa"]', 'strike = ["Second line"]', 'dates = "coarse"'
    )
    kept("share", "--plan", plan)
    text = page.read_text(encoding="utf-8")

    assert "Second line" not in text
    assert "KEEPWORD" in text
    assert "2026" not in text

    plan, _ = plan_of(tmp_path, "md", "clear = true", 'entries = ["aaaa"]', 'strike = ["NOTTHERE"]', name="other")
    assert "NOTTHERE" not in kept("share", "--plan", plan, code=22).stderr


def test_what_is_withheld_is_in_no_form_and_in_the_ledger(kept, tmp_path) -> None:
    for form in ("json", "csv", "fhir", "md"):
        plan, page = plan_of(
            tmp_path, form, "clear = true", 'blocks = ["measures"]', 'withhold = ["phq-9/9", "gad-7/1"]'
        )
        kept("share", "--plan", plan, "--force")
        line = kept("share", "--list", "--json").json["shares"][0]
        assert line["withheld"] == ["phq-9/9"]
        text = page.read_text(encoding="utf-8-sig")
        if form == "json":
            (row,) = json.loads(text)["measures"]
            assert (row["total"], row["band"], row["before"]) == (None, None, None)
            assert row["items"][8] == {**row["items"][8], "answer": None, "withheld": True}
        elif form == "fhir":
            Bundle.model_validate_json(text)
            assert "44260-8" not in text
            assert '"Observation"' not in text
        elif form == "csv":
            assert [row[4] for row in csv.reader(io.StringIO(text))][1:] == ["1"] * 8
        else:
            assert "1 item withheld by me, so there is no total" in text

    plan, _ = plan_of(tmp_path, "md", "clear = true", 'blocks = ["measures"]', 'withhold = ["phq-9/10"]', name="other")
    kept("share", "--plan", plan, code=22)


def test_the_change_of_a_questionnaire_stands_beside_its_wobble(kept, tmp_path) -> None:
    plan, page = plan_of(tmp_path, "json", "clear = true", 'blocks = ["measures"]')
    kept("share", "--plan", plan)
    (row,) = json.loads(page.read_text(encoding="utf-8"))["measures"]

    assert (row["total"], row["before"]["total"], row["wobble"]["points"], row["band"]["range"]) == (8, 18, 5, "5-9")


@pytest.mark.parametrize("form", ["csv", "fhir"])
def test_a_form_that_would_hold_nothing_is_said(kept, tmp_path, form: str) -> None:
    plan, page = plan_of(tmp_path, form, "clear = true", 'entries = ["aaaa"]')

    assert f"{form} holds" in kept("share", "--plan", plan, code=24).stderr
    assert not page.exists()


def test_a_name_nobody_gave_is_neutral_in_every_form(kept, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for form in FORMS:
        Path("plan.toml").write_text(f'form = "{form}"\nclear = true\nblocks = ["measures"]\n', encoding="utf-8")
        said = kept("share", "--plan", "plan.toml", "--json", "--force")

        assert said.json["file"] == f"notes-2026-11.{ending_of(form)}"
        assert str(tmp_path / said.json["file"]) in said.stderr


def test_paper_is_that_of_the_plan_or_of_the_settings(kept, tmp_path) -> None:
    def size(*lines: str) -> tuple[int, int]:
        plan, page = plan_of(tmp_path, "pdf", "clear = true", 'entries = ["aaaa"]', *lines)
        kept("share", "--plan", plan, "--force")
        box = PdfReader(page).pages[0].mediabox
        return round(box.width), round(box.height)

    assert size() == (595, 842)
    assert size('paper = "letter"') == (612, 792)
    kept("settings", "page-size", "letter")
    assert size() == (612, 792)
    assert size('paper = "a4"') == (595, 842)


def test_the_ledger_shows_all_of_one_share(kept, tmp_path) -> None:
    plan, page = plan_of(
        tmp_path, "md", "clear = true", 'to = "Dr M"', 'blocks = ["mood", "measures"]', 'entries = ["aaaa"]',
        'withhold = ["phq-9/9"]', "[aliases]", 'Anna = "my sister"',
    )  # fmt: skip
    left = kept("share", "--plan", plan, "--json").json
    shown = kept("share", "--show", left["id"], "--json").json
    said = kept("share", "--show", left["id"][:4]).stdout

    assert shown.keys() == SHARE | {"file", "left_out", "aliases"}
    assert (shown["file"], shown["aliases"]) == (page.name, {"Anna": "my sister"})
    assert shown["left_out"] == left["left_out"]
    for text in (
        "For: Dr M", "Form: md, in the file page.md", "With: mood week by week, questionnaires", "Entries: aaaa1111",
        "Withheld: phq-9/9", "1 private entry", "Changed: Anna → my sister", shown["digest"],
    ):  # fmt: skip
        assert text in " ".join(said.split()), text
    assert str(page.parent) not in said
    assert [one["id"] for one in kept("list", "--shared", "--json").json["entries"]] == ["aaaa1111"]


@pytest.mark.parametrize("form", LOCKED)
def test_a_full_disk_leaves_no_locked_file_and_no_line(kept, tmp_path, form: str, monkeypatch) -> None:
    plan, page = plan_of(tmp_path, form, f'password_command = "echo {PASSWORD}"', 'entries = ["aaaa"]')

    def full(_descriptor: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as broken:
        real = os.fsync
        broken.setattr(os, "fsync", lambda fd: full(fd) if _is_part(fd) else real(fd))
        kept("share", "--plan", plan, code=15)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal", Path(plan).name]
    assert not page.exists()
    assert kept("share", "--list", "--json").json == {"shares": []}


def _is_part(descriptor: int) -> bool:
    return Path(f"/proc/self/fd/{descriptor}").resolve().name.endswith(".part")


def test_ctrl_c_while_the_file_is_brought_to_the_disk_leaves_nothing(kept, tmp_path, monkeypatch) -> None:
    plan, _ = plan_of(tmp_path, "pdf", f'password_command = "echo {PASSWORD}"', 'entries = ["aaaa"]')

    def stopped(descriptor: int) -> None:
        if _is_part(descriptor):
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", stopped)
        kept("share", "--plan", plan, code=130)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal", Path(plan).name]
    assert kept("share", "--list", "--json").json == {"shares": []}


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_line_that_cannot_be_kept_takes_its_file_back(kept, tmp_path, form: str, monkeypatch) -> None:
    plan, page = plan_of(tmp_path, form, "clear = true", 'entries = ["aaaa"]')
    seen = []
    changing = Database.changing

    @contextmanager
    def stopped(journal: Database) -> Iterator[None]:
        with changing(journal):
            yield
            if page.exists():
                seen.append(page.stat().st_size)
                raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Database, "changing", stopped)
        kept("share", "--plan", plan, code=130)

    assert seen
    assert not page.exists()
    assert kept("share", "--list", "--json").json == {"shares": []}

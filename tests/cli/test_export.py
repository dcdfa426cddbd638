"""Export: what is in it, who can read it, what it never writes over; and the way back into a journal."""

import json
import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from key_commands import at_terminal

from journal_cli.cli.export_folder import name_of, page
from journal_cli.imports import from_markdown
from journal_cli.imports.choices import Choices
from journal_cli.imports.source import source_of
from journal_cli.journal.entry import Asked, Entry, Kind, WholeEntry
from journal_cli.journal.moment import moment
from journal_cli.vault import container
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

ZONES = ("Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "UTC")
NOON = moment(datetime(2026, 11, 24, 12, tzinfo=UTC), "Europe/Warsaw")
WORDS = "amber fjord cactus linen mosaic"
ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)
LOCKED = ("--password-command", f"echo {WORDS}")


def filled(journal) -> None:
    """A little of everything that commands write."""
    journal("init")
    journal("write", "--title", "The river", "--star", input="Rain, and @Anna. #calm\n\nA | pipe.")
    journal("write", "--private", input="Nobody else's page.")
    changed = journal("write", "--json", input="The first text.").json["id"]
    journal("edit", changed, input="The second text.")
    gone = journal("write", "--json", input="For the trash.").json["id"]
    journal("delete", gone, "--yes")
    journal("checkin", "--pleasant", "3", "--energy", "5", "--word", "tense")
    journal("limit", "add", input="I leave at four.")
    journal("goal", "add", input="Say no, briefly.")
    journal("goal", "rate", input="3\n")
    journal("settings", "week-starts", "sunday")
    journal("reflect", "evening-signals", input="1\n3\n6\ntense\nI felt a no.\n.\nIt passed.\n.\n:s\n\n5\n4\ncalm\n")


@pytest.fixture
def full(once):
    return once("everything", filled)


@pytest.fixture
def other(no_journal, tmp_path: Path):
    """Another journal, which is empty."""
    journal = type(no_journal)(tmp_path / "other")
    journal("init")
    return journal


def without_time(path: Path) -> bytes:
    return re.sub(rb'"made_at": "[^"]*"', b"", path.read_bytes(), count=1)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_comes_back_into_a_new_journal_byte_for_byte(full, other, tmp_path) -> None:
    first, second, third = (tmp_path / name for name in ("one.json", "two.journal", "three.json"))
    full("export", "--clear", str(first))
    said = full("export", str(second), *LOCKED, "--json").json

    came = other("import", str(second), "--yes", "--json", *LOCKED).json
    other("export", "--clear", str(third))

    assert without_time(third) == without_time(first)
    assert came["imported"] == came["found"] == said["entries"] == len(json.loads(first.read_bytes())["entry"])
    assert other("list", "--json", "--all").json == full("list", "--json", "--all").json
    assert other("trash", "list", "--json").json == full("trash", "list", "--json").json
    assert other("search", "river", "--json").json["total"] == 1
    assert other("verify", "--json").json["ok"]


def test_the_clear_document_comes_back_too_and_a_second_time_changes_nothing(full, other, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file))
    other("import", str(file), "--yes")
    before = other("list", "--json", "--all").stdout

    again = other("import", str(file), "--yes", "--json").json

    assert (again["imported"], again["different"]) == (0, [])
    assert again["skipped"] == again["found"]
    assert other("list", "--json", "--all").stdout == before


def test_a_dry_run_foretells_it_and_changes_nothing(full, other, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file))

    said = other("import", str(file), "--dry-run").stdout

    assert "Not here yet: 5 entries and 6 other things." in said.replace("\n", " ")
    assert other("list", "--json").json["total"] == 0


def test_a_locked_export_shows_nothing_and_opens_with_its_words(full, other, tmp_path) -> None:
    file = tmp_path / "x.journal"
    said = full("export", str(file), *LOCKED, "--json")

    content = file.read_bytes()
    assert said.json == {"file": str(file), "entries": 5, "bytes": len(content), "encrypted": True}
    assert b"river" not in content
    assert b"journal-export" not in content
    assert mode(file) == 0o600
    assert container.recognises(content)
    assert "locked" in said.stderr
    other("import", str(file), "--yes", "--password-command", "echo other words", code=11)
    other("import", str(file), "--yes", code=12)
    assert other("list", "--json").json["total"] == 0


@pytest.mark.parametrize("spoil", [lambda file: file[:-2], lambda file: file[:300], lambda file: file[:-9] + b"x" * 9])
def test_a_damaged_export_brings_nothing(full, other, tmp_path, spoil) -> None:
    for name, code in (("x.journal", 13), ("x.json", 22)):
        file = tmp_path / name
        full("export", str(file), *(LOCKED if code == 13 else ("--clear",)))
        file.write_bytes(spoil(file.read_bytes()))

        said = other("import", str(file), "--yes", *LOCKED, code=code)

        assert said.stderr.startswith("journal: ")
        assert "river" not in said.stderr
    assert other("list", "--json").json["total"] == 0


def test_a_newer_export_is_left_alone(full, other, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file))
    file.write_bytes(file.read_bytes().replace(b'"version": 1', b'"version": 2', 1))

    other("import", str(file), "--yes", code=16)


def test_a_setting_no_command_could_go_by_is_refused(full, other, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file))
    file.write_bytes(file.read_bytes().replace(b'"value": "sunday"', b'"value": "someday"'))

    other("import", str(file), "--yes", code=22)

    assert other("list", "--json").json["total"] == 0


def test_what_differs_stays_as_it_is_here_and_is_named(full, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file))
    id_ = full("list", "--json").json["entries"][-1]["id"]
    full("edit", id_, input="Changed since.")

    came = full("import", str(file), "--yes", "--json").json
    said = full("import", str(file), "--yes")

    assert came["different"] == [{"table": "entry", "id": id_}]
    assert id_ in said.stdout
    assert full("show", id_, "--json").json["body"] == "Changed since."


@pytest.mark.parametrize(
    "args, code",
    [
        (["x.json"], 23),
        (["folder"], 23),
        (["x.journal"], 12),
        (["x.journal", "--clear"], 2),
        (["x.json", "--clear", *LOCKED], 2),
        (["x.pdf", "--clear"], 2),
        (["x.md"], 2),
        (["nowhere/x.json", "--clear"], 15),
        (["nowhere/folder", "--clear"], 15),
        (["x.journal", "--password-command", "false"], 15),
        (["x.journal", "--password-command", "/no/such"], 15),
        (["x.json", "--clear", "--theme", "no-such"], 20),
        (["x.json", "--clear", "--since", "someday"], 2),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(full, tmp_path, args, code) -> None:
    place = tmp_path / "out"
    place.mkdir()

    said = full("export", str(place / args[0]), *args[1:], code=code)

    assert list(place.iterdir()) == []
    assert said.stdout == ""


def test_a_pipe_is_no_place_for_everything(full, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    full("export", "--clear", "-", code=2)

    assert not (tmp_path / "-").exists()


def test_it_is_never_kept_within_the_journal_itself(full) -> None:
    before = sorted(full.folder.rglob("*"))
    full("export", "--clear", str(full.folder / "x.json"), code=23)
    full("export", "--clear", str(full.folder / "backups" / "x"), code=23)

    assert sorted(full.folder.rglob("*")) == before


@pytest.mark.parametrize("name, args", [("x.json", ["--clear"]), ("x.journal", LOCKED)])
def test_a_file_that_is_there_is_replaced_only_on_purpose(full, tmp_path, name, args) -> None:
    file = tmp_path / name
    file.write_text("mine")

    full("export", str(file), *args, code=23)
    assert file.read_text() == "mine"
    full("export", str(file), *args, "--force")

    assert len(file.read_bytes()) > 1000
    assert mode(file) == 0o600


def test_the_folder_can_be_read_without_any_program(full, tmp_path) -> None:
    place = tmp_path / "years"
    said = full("export", "--clear", str(place), "--json")

    files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    live = full("list", "--json", "--all").json["entries"]
    assert sum(name.startswith("2026/11/") for name in files) == len(live) == said.json["entries"]
    assert said.json["bytes"] == sum(path.stat().st_size for path in files.values())
    assert {mode(path) for path in files.values()} == {0o600}
    assert {mode(path) for path in (place, *place.rglob("*")) if path.is_dir()} == {0o700}
    for entry in live:
        [text] = [text for name, text in texts.items() if name.endswith(f"-{entry['id']}.md")]
        whole = full("show", entry["id"], "--json").json
        assert f"\n\n{whole['body']}\n" in text
        assert all(f"## {one['question']}\n\n{one['answer']}\n" in text for one in whole["follow_ups"])
    assert not any("For the trash" in text for text in texts.values())
    assert "| 2026-11-24 |" in texts["check-ins/2026-11.md"]
    assert "I leave at four." in texts["limits.md"]
    assert re.search(r"## Say no, briefly\.\n\n.*\n.*\n\| 2026-11-24 \| 3 \|", texts["goals.md"])
    assert "check-ins" in texts["README.md"]


def test_a_folder_is_replaced_only_if_it_is_an_export(full, tmp_path) -> None:
    place = tmp_path / "years"
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    full("export", "--clear", str(place), code=23)
    full("export", "--clear", str(place), "--force", code=23)
    assert (place / "mine.txt").read_text() == "mine"

    (place / "mine.txt").unlink()
    full("export", "--clear", str(place))
    full("export", "--clear", str(place), code=23)
    full("export", "--clear", str(place), "--force", "--starred")

    assert len(list(place.glob("2026/*/*.md"))) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".notes")] == []


def test_filters_choose_entries_and_then_nothing_else_leaves(full, tmp_path) -> None:
    file = tmp_path / "x.json"
    full("export", "--clear", str(file), "--tag", "calm", "--since", "2026-11-01", "--no-private")

    found = json.loads(file.read_bytes())

    assert [one["title"] for one in found["entry"]] == ["The river"]
    assert found["only"] == {"since": "2026-11-01", "tags": ["calm"], "private": False}
    assert "own_limit" not in found


def test_clear_says_what_it_means_and_locked_does_not(full, tmp_path) -> None:
    clear = full("export", "--clear", str(tmp_path / "x.json"))
    locked = full("export", str(tmp_path / "x.journal"), *LOCKED)
    polish = full("export", "--clear", str(tmp_path / "y"), JOURNAL_LANG="pl")

    assert "readable by anyone" in clear.stderr.replace("\n", " ")
    assert str(tmp_path) in clear.stderr.replace("\n", "")
    assert "anyone" not in locked.stderr
    assert "każdy" in polish.stderr
    assert (tmp_path / "y" / "README.md").read_text(encoding="utf-8").count("wpis") > 1


def test_a_full_disk_is_one_sentence_and_leaves_nothing(full, tmp_path, monkeypatch) -> None:
    place = tmp_path / "out"
    place.mkdir()
    monkeypatch.setattr(os, "fsync", _full)
    full("export", "--clear", str(place / "x.json"), code=15)
    monkeypatch.setattr(os, "sync", _full)
    full("export", "--clear", str(place / "years"), code=15)

    assert list(place.iterdir()) == []


def _full(*_: object) -> None:
    raise OSError(28, "no space")


def test_the_words_are_asked_twice_and_shown_never(no_journal, tmp_path) -> None:
    no_journal("init")
    no_journal("write", input="Rain.")
    command = f"echo '{no_journal.passphrase}'"
    file = tmp_path / "x.journal"
    terminal = at_terminal(no_journal.folder, tmp_path, "export", str(file), JOURNAL_PASSPHRASE_COMMAND=command)
    terminal.until("Words for this file").hides("short").until("Longer, please")
    terminal.until("Words for this file").hides(WORDS).until("Once more").hides(WORDS).ends()

    assert terminal.code == 0
    assert WORDS not in terminal.said
    assert b'"journal-export"' in b"".join(container.unsealed([file.read_bytes()], WORDS, bounds=ANY_COST))
    again = at_terminal(no_journal.folder, tmp_path, "export", str(file), JOURNAL_PASSPHRASE_COMMAND=command).ends()
    assert (again.code, "Words for" in again.said) == (23, False)


lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))
times = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # as it asks


names = st.lists(st.from_regex(r"\w{1,8}", fullmatch=True), max_size=3, unique=True).map(tuple)
said = st.none() | lines.filter(str.strip)
entries_ = st.builds(
    Entry,
    id=st.just("7k2m9qxa"),
    written_at=st.builds(moment, times.map(lambda at: at.replace(microsecond=0)), st.sampled_from(ZONES)),
    kind=st.just(Kind.ANSWER),
    word_count=st.just(1),
    title=said,
    tags=names,
    starred=st.booleans(),
    private=st.booleans(),
    asked=st.none() | st.builds(Asked, *[st.just("x")] * 4, lines.filter(str.strip)),
)


@given(entries_, lines)
@example(Entry("7k2m9qxa", NOON, Kind.FREE, 1, "One\u2028two\x85three", starred=True), "---\n\nnext: page\n---\n\n")
def test_what_markdown_carries_survives_it(tmp_path_factory, entry, body) -> None:
    file = tmp_path_factory.mktemp("note") / Path(name_of(WholeEntry(entry, body))).name
    file.write_bytes(page(WholeEntry(entry, body)).encode())

    [came] = from_markdown.arrivals(source_of(file), Choices("Asia/Tokyo", NOON))

    question = entry.asked.question if entry.asked else ""
    assert (came.body, came.title) == (body, entry.title or question)
    assert came.at == entry.written_at
    assert (came.tags, came.starred, came.private) == (entry.tags, entry.starred, entry.private)

"""Homework: written with five questions, looked at, added, sat with, and taken out again."""

import os
import re
import stat
import tomllib
from dataclasses import replace

import pytest
from shapes import BOXES, ESCAPE, opened

from journal_cli.packs.pack import read_pack
from journal_cli.packs.shelf import shipped_library
from journal_cli.records import added_packs

ANSWERS = (
    "Dr Ada\nFor this week\nTwo short sittings.\nWhat pulled at you?\n+ What came before?\nWhat is open now?\n\ny\n"
)
ID = "for-this-week-2026-11-24"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    """`prompts new` writes where it is called."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def week(no_journal, tmp_path):
    """The file a therapist sends."""
    no_journal("prompts", "new", "week.toml", input=ANSWERS)
    return tmp_path / "week.toml"


def given(path, *, id_="given", language="en", version="1.0.0", more="", share="ask", prompts=("One?",)):
    """Write homework by hand."""
    asked = "".join(f'[[prompt]]\ntext = "{text}"\n' for text in prompts)
    head = f'format = 1\n[pack]\nid = "{id_}"\ntitle = "Given"\nlanguage = "{language}"\nversion = "{version}"\n{more}'
    path.write_text(f'{head}[homework]\nfrom = "Ada"\nshare = "{share}"\n{asked}', encoding="utf-8")
    return path


def added(journal, path, *args, **env):
    return journal("prompts", "add", str(path), "--yes", "--json", *args, **env)


# Writing it


def test_five_questions_make_a_file_without_any_journal(no_journal, tmp_path) -> None:
    said = no_journal("prompts", "new", input=ANSWERS, JOURNAL_PASSPHRASE_COMMAND="false")
    file = tmp_path / "for-this-week.toml"
    pack = read_pack(file.read_bytes(), file.name, known=shipped_library("en"))

    assert "for-this-week.toml" in said.stdout
    assert not no_journal.folder.exists()
    assert (pack.id, pack.title, pack.language, pack.audience) == (ID, "For this week", "en", "homework")
    assert (pack.homework.sender, pack.homework.note, pack.homework.share) == ("Dr Ada", "Two short sittings.", "ask")
    assert [(one.text, one.follow_ups) for one in pack.prompts] == [
        ("What pulled at you?", ("What came before?",)),
        ("What is open now?", ()),
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [file.name], "nothing half-written stays beside it"


def test_what_may_stay_empty_may_stay_empty(no_journal, tmp_path) -> None:
    told = no_journal("prompts", "new", "--json", input="\n\n\nOne?\n", JOURNAL_LANG="pl").json

    assert told == {
        "file": "na-ten-tydzien.toml",
        "id": "na-ten-tydzien-2026-11-24",
        "title": "Na ten tydzień",
        "prompts": 1,
    }
    document = tomllib.loads((tmp_path / "na-ten-tydzien.toml").read_text(encoding="utf-8"))
    assert document["homework"] == {"share": "ask"}


def test_no_means_never_shared(no_journal, tmp_path) -> None:
    no_journal("prompts", "new", "w.toml", input="\n\n\nOne?\n\nn\n")

    assert tomllib.loads((tmp_path / "w.toml").read_text())["homework"]["share"] == "never"


@pytest.mark.parametrize(
    "text", ['He said "yes" \\ no', "''' \"\"\" \\u0041", "# [pack]", "ł \U0001f9ed …", "= { [x] }"]
)
def test_any_sign_that_is_typed_comes_back(no_journal, tmp_path, text: str) -> None:
    no_journal("prompts", "new", "w.toml", input=f"{text}\n{text}\n{text}\n{text}\n+{text}\n\ny\n")
    pack = read_pack((tmp_path / "w.toml").read_bytes(), "w.toml")

    assert {
        pack.homework.sender,
        pack.title,
        pack.homework.note,
        pack.prompts[0].text,
        *pack.prompts[0].follow_ups,
    } == {text}


def test_signs_that_steer_a_terminal_do_not_get_into_the_file(no_journal, tmp_path) -> None:
    no_journal("prompts", "new", "w.toml", input="A\x1b[31m\x07da\nT\u202eitle\n\nOne\x00?\n\ny\n")
    pack = read_pack((tmp_path / "w.toml").read_bytes(), "w.toml")

    assert (pack.homework.sender, pack.title, pack.prompts[0].text) == ("A[31mda", "Title", "One?")


@pytest.mark.parametrize("make", [lambda path: path.write_text("mine"), lambda path: path.mkdir(), os.mkfifo])
def test_what_is_there_is_never_written_over(no_journal, tmp_path, make) -> None:
    make(tmp_path / "week.toml")
    said = no_journal("prompts", "new", "week.toml", input=ANSWERS, code=17)

    assert "week.toml" in said.stderr
    assert "1 of 5" not in said.stderr, "it is said before anything is asked"
    (tmp_path / "for-this-week.toml").symlink_to("nowhere")
    no_journal("prompts", "new", input=ANSWERS, code=17)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("lines", ["", "A\n", "A\nB\nC\n", "A\nB\nC\n:s\n", "A\n:q\n"])
def test_without_a_question_nothing_is_written(no_journal, tmp_path, lines: str) -> None:
    no_journal("prompts", "new", input=lines, code=24)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "lines, line",
    [("A" * 201 + "\n", 1), ("A\nB\nC\n\n", 4), ("A\nB\nC\n+ More?\n", 4), ("A\nB\nC\nD?\n\nperhaps\n", 6)],
)
def test_a_line_that_is_no_answer_is_named(no_journal, tmp_path, lines: str, line: int) -> None:
    for language in ("en", "pl"):
        said = no_journal("prompts", "new", input=lines, code=2, JOURNAL_LANG=language)
        assert re.search(rf"(line|wiersz) {line}, ", said.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_so(no_journal) -> None:
    no_journal("prompts", "new", "no/such/week.toml", input=ANSWERS, code=15)


# Checking it


def test_the_check_shows_it_as_the_client_will_see_it(no_journal, week) -> None:
    page = no_journal("prompts", "check", str(week)).stdout

    for text in ("Dr Ada", "For this week", "Two short sittings.", "What pulled at you?", "What came before?"):
        assert f"{text}\n" in page
    assert not BOXES.search(page)


def test_remarks_about_the_tone_are_said_and_fail_nothing(no_journal, tmp_path) -> None:
    pack = given(tmp_path / "p.toml", prompts=("You should never say no?",))
    told = no_journal("prompts", "check", str(pack), "--json").json

    assert {"prescriptive", "absolute"} <= {one["rule"] for one in told["remarks"]}
    assert all(one.keys() == {"rule", "where", "said"} and "given-1" in one["where"] for one in told["remarks"])
    page = no_journal("prompts", "check", str(pack), JOURNAL_LANG="pl").stdout
    assert "given-1" in page
    assert no_journal("prompts", "check", str(given(pack)), "--json").json["remarks"] == []


HOSTILE = {
    "escape": 'title = "\x1b[2Jgone"',
    "spelt": 'title = "\\u001b[2Jgone"',
    "turned": 'title = "\u202egone"',
    "return": 'title = "a\rb"',
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_would_steer_the_terminal_is_refused_and_shows_nothing(journal, tmp_path, line: str) -> None:
    file = tmp_path / "p.toml"
    file.write_text(f'format = 1\n[pack]\nid = "p"\n{line}\nlanguage = "en"\n[[prompt]]\ntext = "One?"\n', newline="")
    for command in (("check",), ("add", "--yes")):
        said = journal("prompts", *command, str(file), code=22)
        assert not {ESCAPE, "\u202e", "\r"} & set(said.stdout + said.stderr)
        assert "p.toml, line 4" in said.stderr


def test_a_name_of_a_file_cannot_steer_the_terminal(journal, tmp_path) -> None:
    file = given(tmp_path / "a\x1b[31m\u202e.toml")
    for command in (("check",), ("add", "--yes")):
        said = journal("prompts", *command, str(file))
        assert not {ESCAPE, "\u202e"} & set(said.stdout + said.stderr)


def test_what_is_no_pack_is_refused_without_waiting(journal, tmp_path) -> None:
    made = {
        "large.toml": b"#" * 2_000_000,
        "binary.toml": bytes(range(256)),
        "utf16.toml": "format = 1".encode("utf-16"),
        "newer.toml": b"format = 2\n",
        "empty.toml": b"",
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    for command in (("check",), ("add", "--yes")):
        for name in (*made, "pipe.toml", "folder.toml"):
            said = journal("prompts", *command, str(tmp_path / name), code=22, JOURNAL_PASSPHRASE_COMMAND="false")
            assert name in said.stderr
            assert str(tmp_path) not in said.stderr
        journal("prompts", *command, str(tmp_path / "none.toml"), code=15)
        journal("prompts", *command, "/dev/null", code=22)


# Adding it


def test_from_a_pipe_nothing_is_added_unseen(journal, week) -> None:
    said = journal("prompts", "add", str(week), input="y\ny\n", code=23)

    assert "--yes" in said.stderr
    assert journal("prompts", "list", "--mine", "--json").json == {"packs": []}


def test_homework_goes_from_the_first_question_to_an_answer(journal, week) -> None:
    told = added(journal, week).json
    assert told["sessions"] == [ID]
    assert (told["prompts"], told["left_out"], told["replaced"]) == ([f"{ID}-1", f"{ID}-2"], [], None)
    week.unlink()

    steps = journal("prompts", "show", ID, "--mine", "--json").json["steps"]
    assert [step["kind"] for step in steps] == ["grounding", "mood", "prompt", "prompt", "mood", "closing"]
    sat = journal("reflect", ID, "--json", input="\n\nAn answer.\n.\nBefore.\n.\nAnother.\n.\n\n").json
    assert (sat["sitting"]["state"], sat["sitting"]["title"]) == ("done", "For this week")
    whole = [journal("show", one["id"], "--json").json for one in sat["entries"]]
    assert [one["body"] for one in whole] == ["Another.", "An answer."]
    assert [one["question"] for one in whole] == ["What is open now?", "What pulled at you?"]
    assert not any(one["private"] for one in whole)
    assert len(journal("list", "--session", ID, "--json").json["entries"]) == 2


def test_answers_to_what_is_never_shared_begin_private(journal, tmp_path) -> None:
    added(journal, given(tmp_path / "p.toml", share="never"))
    for name in ("given", "given-1"):
        assert [one["private"] for one in journal("reflect", name, "--json", input="\n\nA.\n.\n").json["entries"]] == [
            True
        ]


def test_homework_is_there_whatever_language_is_spoken(journal, tmp_path) -> None:
    added(journal, given(tmp_path / "p.toml", prompts=("In English?",)))
    for language in ("en", "pl"):
        shown = journal("prompts", "show", "given", "--mine", "--json", JOURNAL_LANG=language).json
        assert shown["steps"][2]["choices"][0]["text"] == "In English?"

    added(journal, given(tmp_path / "p.toml", language="pl", prompts=("Po polsku?",)))
    for language, text in (("en", "In English?"), ("pl", "Po polsku?")):
        shown = journal("prompts", "show", "given", "--mine", "--json", JOURNAL_LANG=language).json
        assert shown["steps"][2]["choices"][0]["text"] == text


def test_the_same_pack_again_stands_in_the_place_of_the_one_before(journal, tmp_path) -> None:
    added(journal, given(tmp_path / "p.toml", version="1.2.0", prompts=("Old?", "Older?")))
    said = added(journal, given(tmp_path / "p.toml", version="1.10.0", prompts=("New?",)))
    assert said.json["replaced"] == "1.2.0"
    assert "1.2.0" in said.stderr
    assert "older" not in said.stderr

    said = added(journal, given(tmp_path / "p.toml", version="1.9.0", prompts=("New?",)))
    assert "older (1.9.0) than what you have (1.10.0)" in said.stderr
    assert [one["version"] for one in journal("prompts", "list", "--mine", "--json").json["packs"]] == ["1.9.0"]


def test_a_shipped_pack_cannot_be_replaced(journal, tmp_path) -> None:
    file = given(tmp_path / "p.toml", id_="small-trusts")

    for command in (("check",), ("add", "--yes")):
        assert "small-trusts" in journal("prompts", *command, str(file), code=22).stderr


def test_a_shipped_prompt_stays_what_it_is(journal, tmp_path) -> None:
    file = given(tmp_path / "p.toml", prompts=())
    file.write_text(file.read_text() + '[[prompt]]\nid = "kept-word"\ntext = "Mine?"\n', encoding="utf-8")
    before = journal("prompts", "show", "kept-word", "--json").json

    assert added(journal, file).json["prompts"] == ["given-kept-word"]
    assert journal("prompts", "show", "kept-word", "--mine", "--json").json == before


def test_what_is_hidden_stays_out_unseen_and_is_counted(journal, tmp_path) -> None:
    journal("settings", "hidden-notes", "shame")
    file = given(tmp_path / "p.toml", more='content_notes = ["shame"]\n', prompts=("Open?",))
    file.write_text(
        file.read_text() + '[[prompt]]\ntext = "About a secret?"\ncontent_notes = ["shame"]\n', encoding="utf-8"
    )
    said = added(journal, file)

    assert (said.json["prompts"], said.json["left_out"]) == (["given-1"], ["given-2"])
    assert "1 question touches what you would rather not meet" in said.stderr
    assert "secret" not in said.stderr + said.stdout
    assert journal("prompts", "show", "given", "--mine", "--json").json["content_notes"] == []

    file = given(tmp_path / "p.toml", id_="all", more='content_notes = ["shame"]\n')
    journal("prompts", "add", str(file), "--yes", code=24)


def test_a_pack_of_sittings_alone_is_added_whole(journal, tmp_path) -> None:
    file = given(tmp_path / "p.toml", prompts=())
    program = (
        '[[program]]\nid = "plan"\ntitle = "Plan"\n[[program.week]]\ntitle = "One"\nsessions = ["evening-signals"]\n'
    )
    file.write_text(file.read_text() + program, encoding="utf-8")

    assert added(journal, file).json["programs"] == ["plan"]


# Taking it out, and what is damaged


def test_a_pack_is_taken_out_and_what_was_written_stays(journal, tmp_path) -> None:
    added(journal, given(tmp_path / "p.toml"))
    kept = journal("reflect", "given", "--json", input="\n\nStays.\n.\n").json["entries"][0]["id"]
    journal("prompts", "remove", "given", code=23)
    told = journal("prompts", "remove", "given", "--yes", "--json").json

    assert told == {"removed": "given", "languages": ["en"]}
    assert journal("show", kept, "--json").json["body"] == "Stays."
    journal("reflect", "given", code=20)
    journal("prompts", "remove", "given", "--yes", code=20)
    with opened(journal) as database:
        assert database.read("SELECT toml FROM pack") == [("",)]


def test_what_came_with_the_program_cannot_be_taken_out(journal) -> None:
    assert "hidden-notes" in journal("prompts", "remove", "small-trusts", "--yes", code=23).stderr


def test_a_pack_that_can_no_longer_be_read_is_named_and_left_out(journal, tmp_path) -> None:
    for id_ in ("broken", "whole"):
        added(journal, given(tmp_path / "p.toml", id_=id_))
    with opened(journal) as database:
        broken = next(one for one in added_packs.packs(database) if one.id == "broken")
        added_packs.add(database, replace(broken, toml="format = \x1b["))
    said = journal("reflect", "whole", "--json", input="\n\nA.\n.\n")

    assert len(said.json["entries"]) == 1
    assert "journal prompts remove broken" in said.stderr
    assert ESCAPE not in said.stderr
    assert [one["id"] for one in journal("prompts", "list", "--mine", "--json").json["packs"]] == ["whole"]
    assert "broken" not in journal("list").stderr, "what needs no library says nothing"
    assert journal("prompts", "remove", "broken", "--yes").stderr.count("broken") == 1
    assert "broken" not in journal("reflect", "whole", input="\n\nA.\n.\n").stderr


def test_the_library_is_shown_without_opening_the_journal(journal, week) -> None:
    added(journal, week)
    closed = {"JOURNAL_PASSPHRASE_COMMAND": "false"}

    assert "journal prompts list --mine" in journal("prompts", "list", **closed).stdout
    assert ID not in journal("prompts", "list", "--json", **closed).stdout
    journal("prompts", "show", "evening-signals", **closed)
    page = journal("prompts", "list", "--mine").stdout
    assert ID in page
    assert "Dr Ada" in page
    assert journal("prompts", "list", "--mine", "--json").json["packs"][0].keys() == {
        *("id", "title", "version", "language", "from", "prompts", "sessions", "programs"),
    }


def test_no_journal_is_asked_for_where_there_is_none(no_journal, week) -> None:
    no_journal("prompts", "add", str(week), "--yes", code=10)
    no_journal("prompts", "list", "--mine", code=10)
    assert "--mine" not in no_journal("prompts", "list").stdout

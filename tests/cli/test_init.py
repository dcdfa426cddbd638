"""`init` and the lock: a new journal for a script, and every way of not getting in."""

import json
import re

import pytest

RECOVERY = re.compile(r"(?:[0-9A-Z]{5} ){11}[0-9A-Z]{4}")


def test_a_new_journal_for_a_script_answers_with_its_recovery_key(no_journal) -> None:
    said = no_journal("init", "--json")

    assert said.json.keys() == {"journal", "recovery_key"}
    assert said.json["journal"] == str(no_journal.folder)
    assert RECOVERY.fullmatch(said.json["recovery_key"])
    assert no_journal.passphrase not in said.stdout + said.stderr
    assert json.dumps(said.json, indent=2) + "\n" == said.stdout


def test_without_json_the_key_is_the_answer(no_journal) -> None:
    said = no_journal("init")

    assert RECOVERY.fullmatch(said.stdout.strip())
    assert no_journal("list", "--json").json["total"] == 0


def test_the_recovery_key_opens_the_journal_as_the_passphrase_does(no_journal) -> None:
    key = no_journal("init", "--json").json["recovery_key"]

    for typed in (key, key.lower(), key.replace(" ", ""), key.replace(" ", "-")):
        assert no_journal("list", "--json", JOURNAL_PASSPHRASE_COMMAND=f"echo '{typed}'").json["total"] == 0


def test_a_journal_that_is_there_is_left_alone(no_journal) -> None:
    no_journal("init")
    id_ = no_journal("write", "--json", input="Here before.").json["id"]
    said = no_journal("init", "--json", code=17)

    assert "already" in said.stderr
    assert said.stdout == ""
    assert no_journal("show", id_, "--json").json["body"] == "Here before."


def test_no_journal_is_made_without_a_passphrase(no_journal) -> None:
    no_journal("init", JOURNAL_PASSPHRASE_COMMAND="", code=12)
    no_journal("init", JOURNAL_PASSPHRASE_COMMAND="false", code=12)
    no_journal("init", JOURNAL_PASSPHRASE_COMMAND="echo", code=12)
    no_journal("init", JOURNAL_PASSPHRASE_COMMAND="/no/such/program", code=12)

    assert not no_journal.folder.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("show", "abc"), ("search", "x"), ("write",), ("edit", "abc"), ("mark", "abc", "--star"),
        ("delete", "abc", "--yes"), ("trash", "list"), ("trash", "restore", "abc"), ("trash", "empty", "--yes"),
        ("checkin", "--pleasant", "3"), ("reflect", "evening-signals"), ("mood",), ("progress",), ("settings",),
        ("share", "--list"),
    ],
)  # fmt: skip
def test_without_a_journal_every_command_says_how_to_make_one(no_journal, command: tuple[str, ...]) -> None:
    said = no_journal(*command, input="text", code=10)

    assert "journal init" in said.stderr
    assert said.stdout == ""
    assert not no_journal.folder.exists()


@pytest.mark.parametrize(
    "command, code",
    [
        ("echo wrong words entirely", 11),
        ("false", 12),
        ("echo", 12),
        ("sh -c 'echo words; exit 3'", 12),
        ("/no/such/program", 12),
        ("echo 'unclosed", 12),
        ("", 12),
    ],
)
def test_every_way_of_not_getting_in_has_its_code(journal, command: str, code: int) -> None:
    said = journal("write", "--json", input="Not kept.", code=code, JOURNAL_PASSPHRASE_COMMAND=command)

    assert said.stdout == ""
    assert "  hint: " in said.stderr
    assert "wrong words" not in said.stderr
    assert journal("list", "--json").json["total"] == 0


def test_only_the_first_line_of_the_command_counts_and_no_shell_reads_it(journal) -> None:
    several = f"printf '{journal.passphrase}\\nmore lines'"
    shell = f"echo '{journal.passphrase}' ; touch made-by-a-shell"

    journal("list", JOURNAL_PASSPHRASE_COMMAND=several)
    journal("list", JOURNAL_PASSPHRASE_COMMAND=shell, code=11)


def test_the_input_is_never_asked_for_the_passphrase(journal) -> None:
    journal("list", input=f"{journal.passphrase}\n", code=12, JOURNAL_PASSPHRASE_COMMAND="")


@pytest.mark.parametrize("typed, meant", [("serach", "search"), ("reflct", "reflect"), ("prompt", "prompts")])
def test_a_mistyped_command_suggests_the_nearest(no_journal, typed: str, meant: str) -> None:
    said = no_journal(typed, code=2)

    assert f"'{meant}'" in said.stderr
    assert said.stdout == ""


def test_an_unknown_option_is_named(no_journal) -> None:
    assert "--stared" in no_journal("list", "--stared", code=2).stderr

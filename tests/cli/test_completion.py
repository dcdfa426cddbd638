"""What a shell is offered: the map is true, values are those there are, and nothing is said, asked or written."""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mapped import as_text, everything

from journal_cli.cli import completing, completing_kept
from journal_cli.cli.completing import MAP, completed
from journal_cli.cli.completing_lines import BashLine, ListedLine
from journal_cli.cli.completing_sources import FILES, SHELLS, SOURCES, source_of
from journal_cli.cli.desk import Desk
from journal_cli.cli.front import at
from journal_cli.cli.setting_choices import CHOICES
from journal_cli.journal.entry import Kind
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.vault import agent

FREE = {"WHEN", "DAY", "TITLE", "NUMBER", "WORDS", "COMMAND", "TIME", "passphrase add NAME", "passphrase change NAME"}
FREE |= {"passphrase remove NAME"}  # what only the person knows, or only an open journal tells
BREAKS = " \t\n\"'@><=;|&(:"  # of bash, as it comes


def valued(command: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of every command: the command, and what the help page calls the value."""
    for part in [*command["options"], *command.get("arguments", ())]:
        if "takes" in part:
            yield path, part["takes"]
    for name, inner in command.get("commands", {}).items():
        yield from valued(inner, f"{path} {name}".strip())


def offered(line: str) -> dict[str, str]:
    """What could stand at the end of a line, each with what is said of it."""
    *before, word = line.split(" ")
    kind, choices = completed(before, word, Desk())
    assert kind == "words"
    return dict(choices)


@pytest.fixture
def polish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_LANG", "pl")


# The map, and who knows what.


def test_the_map_is_what_the_rooms_say() -> None:
    assert MAP.read_text(encoding="utf-8") == as_text(everything()), "draw it anew: python tests/cli/mapped.py"


def test_every_value_has_somebody_who_knows_it_or_is_the_persons_own() -> None:
    there = set(valued(json.loads(MAP.read_text(encoding="utf-8"))))
    unknown = {(path, takes) for path, takes in there if not source_of(path, takes)}

    assert {f"{path} {takes}" for path, takes in unknown if takes not in FREE} <= FREE
    assert set(SOURCES) <= {takes for _, takes in there} | {f"{path} {takes}" for path, takes in there}
    assert all(callable(at(source)) for source in SOURCES.values() if source not in FILES)


# What came with the program.


@pytest.mark.parametrize("language", ["en", "pl"])
def test_what_is_offered_of_the_packs_is_what_the_library_holds(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("JOURNAL_LANG", language)
    desk = Desk()
    library = desk.library
    titled = {name: session.title for name, session in library.sessions.items()}
    programs = {name: program.title for name, program in library.programs.items()}

    assert offered("list --session ") == titled
    assert offered("reflect ") == titled | programs
    assert offered("reflect x").keys() == {*titled, *programs, *library.prompts}
    assert offered("program start ") == programs
    assert offered("list --theme ") == {name: theme.title for name, theme in library.themes.items()}
    assert offered("checkin --item ").keys() == {f"{name}=" for name in library.check_ins}
    assert offered("checkin --word ").keys() == {feeling.word for feeling in desk.feelings}
    assert offered("measure take ").keys() == questionnaires(language).keys()


def test_a_setting_is_offered_with_its_meaning_and_then_with_what_it_may_be() -> None:
    assert offered("settings ").keys() == CHOICES.keys()
    assert "nearby" in offered("settings ")["discreet"]
    for key in set(CHOICES) - {"check-in", "hidden-notes"}:
        assert tuple(offered(f"settings {key} ")) == CHOICES[key]
    assert {"none", "any", "own-tone"} <= offered("settings check-in ").keys()
    more = offered("settings hidden-notes illness,")
    assert "illness,shame" in more
    assert {"illness,none", "illness,illness"}.isdisjoint(more)


def test_meanings_are_said_in_the_persons_language(polish: None) -> None:
    assert offered("list --kind ") == {
        "free": "wpis",
        "answer": "odpowiedź",
        "note": "notatka",
        "imported": "wpis skądinąd",
    }
    assert "en albo pl" in offered("settings ")["lang"]


def test_other_values_are_those_there_are() -> None:
    assert [*offered("list --kind ")] == [kind.value for kind in Kind]
    assert [*offered("completion ")] == list(SHELLS)
    assert [*offered("checkin --pleasant ")] == list("12345670")
    assert "Europe/Warsaw" in offered("import --zone ")
    assert completed(["import"], "", Desk()) == ("files", [])
    assert completed(["share", "--plan"], "", Desk()) == ("files", [])
    assert completed(["share"], "--plan=x", Desk()) == ("files", [])
    assert completed(["backup", "make"], "", Desk()) == ("folders", [])


# Where on the line.


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("program ", {"list", "start", "pause"}),
        ("--plain re", {"reflect", "recovery"}),
        ("list --since march --th", {"--theme", "--tag"}),
        ("list --limit 3 --kind=fr", {"--kind=free"}),
        ("mood ", {"--since", "--calendar"}),  # nothing else can come
        ("--", {"--version", "--plain"}),
    ],
)
def test_what_comes_depends_on_what_stands_before(line: str, wanted: set[str]) -> None:
    assert wanted <= offered(line).keys()


@pytest.mark.parametrize("line", ["nothing-such ", "trash nothing-such ", "list -- ", "write --title ", "list x"])
def test_where_nothing_is_known_nothing_is_offered(line: str) -> None:
    assert not offered(line)


def test_what_was_given_is_not_offered_again() -> None:
    assert "--all" not in offered("list --all -")
    assert "--tag" in offered("list --tag a --t")
    assert "joyful" not in offered("checkin --word joyful --word ")


# How shells take it.


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1), st.sampled_from(["", "'", '"']))
@example("x$(touch owned)`id`", "")
@example('it\'s "so" \\ far', "'")
@example("~/a b*[c]?#{d,e}", '"')
def test_what_bash_is_given_is_read_as_the_same_word(word: str, quote: str) -> None:
    told = BashLine.read(f"journal list --tag {quote}", BREAKS).written([(word, "")])
    if not told:
        return
    line = BashLine.read(f"journal list --tag {quote}{told[0]}{quote} ", BREAKS)

    assert line.before == ("list", "--tag", word)


def test_bash_itself_reads_it_so() -> None:
    words = [
        "x$(echo no)`echo no`",
        'it\'s "so"',
        "a\\b",
        "~",
        "*",
        "#a",
        "{a,b}",
        "!!",
        "ż ó",
        "-",
        "a=b:c",
        "$HOME",
        "&;|<>",
    ]
    told = [
        BashLine.read(f"journal x {quote}", BREAKS).written([(word, "")]) for word in words for quote in ("", "'", '"')
    ]
    quoted = [f"{quote}{one[0]}{quote}" for one, quote in zip(told, ["", "'", '"'] * len(words), strict=True) if one]

    ran = subprocess.run(
        ["bash", "--norc", "-c", f"printf '%s\\n' {' '.join(quoted)}"], capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines() == [word for word in words for quote in "-'\"" if (quote, word) != ('"', "!!")]


@pytest.mark.parametrize(
    ("typed", "choice", "told"),
    [
        ("--theme=in", "--theme=inner-critic", "inner-critic"),  # bash keeps what stands before the sign
        ("--tag=a:b", "--tag=a:bc", "bc"),
        ("x\\ y", "x yz", "x\\ yz"),
        ('"x y', "x yz", "x yz"),
        ("me@ho", "me@home", "@home"),
    ],
)
def test_bash_is_given_what_it_puts_in_place(typed: str, choice: str, told: str) -> None:
    assert BashLine.read(f"journal list {typed}", BREAKS).written([(choice, ""), ("other", "")]) == [told]


def test_ids_say_what_they_are_where_bash_only_lists() -> None:
    choices = [("7k2m9qxa", "2026-03-01, an entry"), ("7k2m9qxb", "2026-03-02, a note")]
    listing = BashLine.read("journal show 7", BREAKS, lists=True)

    assert listing.written(choices) == ["7k2m9qxa  (2026-03-01, an entry)", "7k2m9qxb  (2026-03-02, a note)"]
    assert listing.written(choices[:1]) == ["7k2m9qxa"]
    assert BashLine.read("journal show 7", BREAKS).written(choices) == ["7k2m9qxa", "7k2m9qxb"]


def test_zsh_and_fish_are_given_words_with_their_meaning() -> None:
    choices = [("--tag=a:b", "what: it is"), ("c\\d", "")]
    zsh = ListedLine.read("journal\x1flist\x1f--tag=", of="zsh")
    fish = ListedLine.read("journal\x1flist\x1f--tag=", of="fish")

    assert zsh.written(choices) == ["a\\:b:what: it is", "c\\\\d"]
    assert fish.written(choices) == ["--tag=a:b\twhat: it is", "c\\d"]


@pytest.mark.parametrize("line", [BashLine.read("journal ", BREAKS), ListedLine.read("journal\x1f", of="fish")])
def test_what_would_steer_a_terminal_is_not_offered(line: Any) -> None:
    bad = ["\x1b[2J", "a\nb", "a\tb", "\u202eabc", "\x9b1m", "\ud800", ""]

    assert line.written([(word, "") for word in bad]) == []
    assert line.written([("word", "\x1b[2J\nx")])[0].isprintable() or "\t" in line.written([("word", "\x1b[2J\nx")])[0]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_sound(journal: Any, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = journal("completion", shell).stdout
    subprocess.run([shell, "-n"], input=script, text=True, check=True, capture_output=True)
    assert "_JOURNAL_COMPLETE" in script


def test_another_shell_is_told_which_there_are(no_journal: Any) -> None:
    said = no_journal("completion", "tcsh", code=20)
    assert said.stderr.splitlines() == [
        "journal: there is no completion for tcsh",
        "  hint: there is one for bash, zsh and fish",
    ]
    assert "did you mean fish" in no_journal("completion", "fisch", code=20).stderr


# What is kept, and what a TAB never does.

ASKED = {"JOURNAL_PASSPHRASE_COMMAND": "touch asked", "_JOURNAL_COMPLETE": "fish"}


def tab(run: Any, *words: str) -> list[str]:
    """Press TAB in fish, and see that it goes well and says nothing beside."""
    said = run(_JOURNAL_WORDS="\x1f".join(["journal", *words]), **ASKED)
    assert said.stderr == ""
    assert not Path("asked").exists()
    kind, *choices = said.stdout.splitlines() or ["words"]
    assert kind == "words"
    return [choice.partition("\t")[0] for choice in choices]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A login session of its own, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="session-"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    yield folder
    agent.lock(folder / "journal")
    shutil.rmtree(folder)


@pytest.fixture
def held(journal: Any, session: Path) -> Any:
    """A journal that an agent holds open, with two entries, a limit and a goal."""
    journal("write", "--title", "Nobody's business", input="Tea with @Anna #sunday")
    journal("write", "--private", input="Secret #hidden")
    journal("limit", "add", input="No calls after nine.\n")
    journal("goal", "add", input="Rest.\n")
    journal("unlock", "--for", "10m")
    return journal


KEPT = [("show", ""), ("list", "--tag", ""), ("list", "--person", ""), ("limit", "note", ""), ("goal", "rate", "")]


def test_what_is_kept_is_offered_while_an_agent_holds_the_journal_open(held: Any) -> None:
    listed = [one["id"] for one in held("list", "--json").json["entries"]]

    assert tab(held, "show", "") == listed
    assert tab(held, "show", listed[1][:2]) == [one for one in listed if one.startswith(listed[1][:2])]
    assert tab(held, "delete", listed[0], "") == listed[1:]
    assert tab(held, "list", "--tag", "") == ["hidden", "sunday"]
    assert tab(held, "list", "--person", "") == ["Anna"]
    assert len(tab(held, "limit", "note", "")) == len(tab(held, "goal", "rate", "")) == 1
    assert tab(held, "goal", "take-up", "") == tab(held, "limit", "take-up", "") == []
    held("delete", listed[0], "--yes")
    assert tab(held, "trash", "restore", "") == listed[:1]
    assert tab(held, "show", "") == listed[1:]


def test_an_entry_is_told_by_its_day_and_kind_and_nothing_else(held: Any) -> None:
    said = held(_JOURNAL_WORDS="journal\x1fshow\x1f", **ASKED).stdout
    assert said.count("\t2026-11-24, an entry\n") == 2
    assert "business" not in said
    assert "Secret" not in said


def test_with_discreet_on_no_tag_and_no_name_is_offered(held: Any) -> None:
    held("settings", "discreet", "on")
    assert tab(held, "list", "--tag", "") == tab(held, "list", "--person", "") == []
    assert len(tab(held, "show", "")) == 2


def test_no_more_ids_are_offered_than_anybody_reads(held: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = held("list", "--json").json["entries"][0]["id"]
    monkeypatch.setattr(completing_kept, "MOST", 1)
    assert tab(held, "show", "") == [newest]


def test_a_tab_leaves_the_journal_as_it_is(held: Any) -> None:
    def files() -> dict[str, tuple[bytes, int]]:
        there = [path for path in held.folder.parent.rglob("*") if path.is_file()]
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in there}

    before = files()
    assert all(tab(held, *words) for words in KEPT)
    assert files() == before


@pytest.mark.parametrize("words", KEPT, ids=" ".join)
def test_without_an_agent_nothing_is_offered(journal: Any, session: Path, words: tuple[str, ...]) -> None:
    assert tab(journal, *words) == []


def crash(folder: Path) -> None:
    (folder / "journal.db-journal").write_bytes(b"\xd9\xd5\x05\xf9 what a crash left")


def damage(folder: Path) -> None:
    content = bytearray((folder / "journal.db").read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    (folder / "journal.db").write_bytes(content)


def lose_a_key_file(folder: Path) -> None:
    (folder / "keys.json").unlink()


@pytest.mark.parametrize("harm", [crash, damage, lose_a_key_file, shutil.rmtree], ids=lambda harm: harm.__name__)
def test_where_something_is_wrong_nothing_is_offered_and_nothing_is_mended(held: Any, harm: Any) -> None:
    harm(held.folder)
    before = sorted(held.folder.rglob("*"))

    assert [tab(held, *words) for words in KEPT] == [[]] * len(KEPT)
    assert sorted(held.folder.rglob("*")) == before


def test_an_agent_that_does_not_answer_is_none(journal: Any, session: Path) -> None:
    (session / "journal").mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(session / "journal" / "agent.sock"))
        deaf.listen()
        assert tab(journal, "show", "") == []


def test_a_fault_of_ours_is_not_written_across_the_line(no_journal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completing, "MAP", Path("/nowhere"))
    assert no_journal(_JOURNAL_COMPLETE="zsh", _JOURNAL_WORDS="journal\x1f").stdout == ""
    assert no_journal(_JOURNAL_COMPLETE="complete_bash", COMP_WORDS="journal ").stdout == ""

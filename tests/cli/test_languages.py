"""Polish from the first line to the last: no English sentence in a sitting, a check-in, a share, or a failure."""

import re
import string
from functools import cache
from typing import Any

import pytest
from raised import raised
from shapes import BOXES, ESCAPE

from journal_cli.journal.entry import Kind
from journal_cli.journal.library import Library
from journal_cli.packs import shelf
from journal_cli.share.plan import _READERS

PL = {"JOURNAL_LANG": "pl", "JOURNAL_COUNTRY": "PL"}
WISHES = ":g\n:h\n"

# Each takes every turn a sitting can take: grounding, moods, a choice, follow-ups, another prompt, how it was.
SITTINGS = {
    "evening-signals": f"{WISHES}1\n2\n6\na b\n:n\n:s\nt\nTekst.\n.\nDalej.\n.\n6\n2\nspokój\n",
    "where-my-edges-are": f"?\n{WISHES}2\n0\n0\na\nTekst.\n.\n:s\n:s\n{WISHES}Tekst.\n.\n:s\n"
    "t\n2\nTekst.\n.\n:s\n:s\n4\n4\n\n2\n",
    "a-letter-in-a-kinder-voice": "t\n:n\n\n7\n1\n\n\nTekst.\n.\n:s\n:s\n:s\nt\n:s\n1\n7\na\n3\n",
}
WORD = re.compile(r"[^\W\d_]{4,}")
SPLIT = re.compile(r"\{[^{}]*\}|`[^`]*`|journal [a-z-]+[^.·]*| · |\s{2,}|\n")


def texts_of(library: Library) -> set[str]:
    """List every text of the packs that a person can meet."""
    texts = {line for one in library.groundings.values() for line in (one.title, *one.lines)}
    texts |= {line for one in library.closings.values() for line in one.lines}
    texts |= {line for one in library.prompts.values() for line in (one.text, *one.follow_ups)}
    texts |= {line for one in library.sessions.values() for line in (one.title, one.about)}
    texts |= {step.text for one in library.sessions.values() for step in one.steps}
    return texts | {line for one in library.themes.values() for line in (one.title, one.about)}


def sentences_of(language: str) -> set[str]:
    """List every sentence of a language: the program's, the packs', the feeling words."""
    words = shelf.words(language)
    said = set(words.sentences.values())
    said |= {form for forms in words.plurals.values() for form in forms.values()}
    said |= {word for listed in words.lists.values() for word in listed}
    said |= {feeling.word for feeling in shelf.feelings(language)}
    return said | texts_of(shelf.shipped_library(language))


def pieces(sentence: str) -> set[str]:
    """Part a sentence at what varies in it; pieces without a word of four letters tell no language."""
    parts = (" ".join(part.split()).strip(string.punctuation + " –…") for part in SPLIT.split(sentence))
    return {part for part in parts if WORD.search(part)}


@cache
def english() -> re.Pattern[str]:
    """Find any piece of English that Polish does not share."""
    polish = " ".join(" ".join(sentence.split()) for sentence in sentences_of("pl"))
    shared = lambda piece: piece in polish and re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", polish)  # noqa: E731  # one line, used at once
    foreign = {piece for sentence in sentences_of("en") for piece in pieces(sentence)}
    foreign |= {piece for template in raised().templates for piece in pieces(template) if " " in piece}
    telling = sorted((piece for piece in foreign if not shared(piece)), key=len, reverse=True)
    assert len(telling) > 500
    # Those that begin alike stand together: at each place of a text only a few of thousands are then tried.
    alike: dict[str, list[str]] = {}
    for piece in telling:
        alike.setdefault(piece[:3], []).append(re.escape(piece[3:]))
    groups = (f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in alike.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])")


def english_in(text: str) -> list[str]:
    """List what is English in a text, however its lines are folded."""
    return english().findall(" ".join(text.split()))


def test_english_is_noticed(journal) -> None:
    for session, given in SITTINGS.items():
        assert len(english_in(journal("reflect", session, input=given).stderr)) > 20


@pytest.mark.parametrize("session", SITTINGS)
def test_a_whole_sitting_is_polish(journal, session: str) -> None:
    said = journal("reflect", session, "--json", input=SITTINGS[session], **PL)

    assert said.json["sitting"]["state"] == "done"
    assert english_in(said.stderr) == []
    assert english_in(said.json["sitting"]["title"]) == []
    assert not BOXES.search(said.stderr)
    assert ESCAPE not in said.stderr
    assert re.search("[ąęłżźćńó]", said.stderr)


@pytest.mark.parametrize("given", ["t\n:p\n", "n\n", ":p\n", "t\n:q\n", "t\n\n\n:q\n"])
def test_leaving_a_sitting_is_polish(journal, given: str) -> None:
    assert english_in(journal("reflect", "where-my-edges-are", input=given, **PL).stderr) == []


def test_coming_back_is_polish(journal) -> None:
    journal("reflect", "evening-signals", input="\n\nTekst.\n.\n:p\n", **PL)

    assert english_in(journal("reflect", "--resume", input=":q\n", **PL).stderr) == []


def test_the_same_answers_are_kept_whatever_the_language(journal) -> None:
    """Listed words are kept by their English id, the question as it was shown."""
    polish = journal("checkin", "--json", input="2\n6\na b\n", **PL).json
    spoken = {feeling.id: feeling.word for feeling in shelf.feelings("pl")}
    named = journal("checkin", "--json", input=f"2\n6\n{', '.join(spoken[word] for word in polish['words'])}\n", **PL)

    assert {word: spoken[word] for word in polish["words"]}.keys() == set(polish["words"])
    assert named.json["words"] == polish["words"]
    asked = journal("reflect", "kept-word", "--json", input="\n\nTekst.\n.\n:q\n", **PL).json["entries"][0]["question"]
    assert asked == shelf.shipped_library("pl").prompts["kept-word"].text


@pytest.mark.parametrize(
    "command, given",
    [
        (("checkin",), "2\n6\na\n"),
        (("checkin",), "0\n0\na\n"),
        (("checkin",), ":g\n:h\n:n\n7\n7\n\n"),
        (("checkin", "--pleasant", "3"), ""),
        (("write",), "Tekst."),
        (("mark", "ID", "--star"), ""),
        (("edit", "ID"), "Nowy tekst."),
        (("list",), ""),
        (("show", "ID", "--history"), ""),
        (("search", "tekst"), ""),
        (("search", "nic"), ""),
        (("mood",), ""),
        (("mood", "--calendar"), ""),
        (("progress",), ""),
        (("trash", "list"), ""),
        (("delete", "ID", "--yes"), ""),
        (("share", "--list"), ""),
        (("help-now",), ""),
        (("help-now", "PL", "--more"), ""),
        (("ground",), ""),
        (("prompts", "show", "where-my-edges-are"), ""),
        (("prompts", "list"), ""),
        (("demo",), ""),
        ((), ""),
    ],
)
def test_other_pages_are_polish_too(once, command: tuple[str, ...], given: str) -> None:
    journal = once("some Polish evenings", fill)
    id_ = journal("list", "--json").json["entries"][0]["id"]
    said = journal(*(id_ if word == "ID" else word for word in command), input=given, **PL)

    assert english_in(said.stderr + "\n" + said.stdout) == []


def fill(journal: Any) -> None:
    journal("init")
    journal("checkin", "--pleasant", "3", "--energy", "6", "--word", "tense", "--at", "3 days ago")
    journal("write", "--private", "--at", "2026-10-20 12:00", input="Tekst.")
    journal("reflect", "evening-signals", input=SITTINGS["evening-signals"], **PL)
    journal("write", "--star", input="Tekst o @Annie.")


def test_a_share_is_polish_around_the_page_and_on_it(once, tmp_path) -> None:
    journal = once("some Polish evenings", fill)
    id_ = journal("list", "--starred", "--json").json["entries"][0]["id"]
    plan = tmp_path / "plan.toml"
    page = tmp_path / "strona.md"
    plan.write_text(
        f'out = "{page}"\nform = "md"\nclear = true\nsince = "2026-10"\nentries = ["{id_}"]\n'
        'blocks = ["mood", "words", "sittings"]\ntalk_about = ["O niedzieli."]\n[aliases]\nAnnie = "siostrze"\n',
        encoding="utf-8",
    )
    said = journal("share", "--plan", str(plan), "--json", **PL)

    assert english_in(said.stderr.replace(str(tmp_path), "")) == []
    assert english_in(page.read_text(encoding="utf-8")) == []
    assert english_in("\n".join(said.json["left_out"])) == []
    assert english_in(journal("share", "--list", **PL).stdout) == []


# Failures

FAILING = [
    (("reflect", "evening-signals"), "x\n", 2),
    (("reflect", "evening-signals"), "\n8\n", 2),
    (("reflect", "evening-signals"), "\n4\n4\nz\n", 2),
    (("reflect", "evening-signals"), "\n4\n4\na, b, c, d\n", 2),
    (("reflect", "evening-signals"), "\n\n:x\n", 2),
    (("reflect", "where-my-edges-are"), "maybe\n", 2),
    (("reflect", "evening-signal"), "", 20),
    (("reflect", "zzzz"), "", 20),
    (("reflect",), "", 2),
    (("reflect", "--resume"), "", 24),
    (("reflect", "x", "--resume"), "", 2),
    (("checkin",), "", 24),
    (("checkin",), "3\n3\n" + "w" * 41 + "\n", 2),
    (("checkin", "--pleasant", "3", "--at", "jutro"), "", 2),
    (("write",), "", 24),
    (("write", "--at", "2026-02-30"), "x", 2),
    (("write", "--at", "kiedyś"), "x", 2),
    (("write", "--at", "25:00"), "x", 2),
    (("write", "--tag", "dwa słowa"), "x", 2),
    (("show", "zzz"), "", 20),
    (("show", "zz"), "", 2),
    (("edit", "zzz"), "x", 20),
    (("delete", "zzz"), "", 20),
    (("trash", "empty"), "", 24),
    (("list", "--since", "maj", "--until", "kwiecień"), "", 2),
    (("list", "--kind", "list"), "", 2),
    (("share",), "", 23),
    (("share", "--show", "zzz"), "", 20),
    (("share", "--plan", "/nie/ma/planu.toml"), "", 15),
    (("settings", "intensty"), "", 20),
    (("help-now", "ZZ"), "", 20),
]


@pytest.mark.parametrize("command, given, code", FAILING)
def test_a_failure_and_its_way_out_are_polish(journal, command: tuple[str, ...], given: str, code: int) -> None:
    polish = journal(*command, input=given, code=code, **PL).stderr
    told = [line for line in polish.splitlines() if line.startswith(("journal: ", "  hint: "))]
    usual = journal(*command, input=given, code=code).stderr.splitlines()

    assert told
    for line in told:
        assert line not in usual or line.startswith("  hint: journal "), line
        bare = line.removeprefix("journal: ").removeprefix("  hint: ")
        # What may be typed after an option is the same in every language.
        assert [one for one in english_in(bare) if one not in list(Kind)] == [], line


@pytest.mark.parametrize("given, name", [("\n8\n", "pleasant"), ("\n1\n8\n", "energy"), ("x\n", "grounding")])
def test_the_question_a_refusal_names_is_named_in_polish(journal, given: str, name: str) -> None:
    assert f", {name}:" not in journal("reflect", "evening-signals", input=given, code=2, **PL).stderr


@pytest.mark.parametrize("command, code", [("false", 12), ("/no/such/program", 12), ("echo nie te", 11), ("", 12)])
def test_a_locked_journal_says_so_in_polish(journal, command: str, code: int) -> None:
    said = journal("list", code=code, **PL, JOURNAL_PASSPHRASE_COMMAND=command).stderr

    assert english_in(said) == []
    assert re.search("[ąęłżźćńóś]", said)


def test_no_journal_is_said_in_polish(no_journal) -> None:
    said = no_journal("list", code=10, **PL).stderr

    assert english_in(said.replace(str(no_journal.folder), "")) == []


@pytest.mark.parametrize(
    "lines, code", [([], 23), (["clear = true"], 24), (['clear = "tak"'], 22), (["klucz = 1"], 22)]
)
def test_plans_that_lead_nowhere_are_refused_in_polish(journal, tmp_path, lines: list[str], code: int) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("\n".join(['form = "md"', *lines]), encoding="utf-8")

    found = english_in(journal("share", "--plan", str(plan), code=code, **PL).stderr)
    assert set(found) <= set(_READERS), "only keys of a plan keep their names"


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_failure_has_polish_with_the_same_names_in_it() -> None:
    polish = shelf.words("pl").failures
    missing = sorted(f"{where}  {template}" for template, where in raised().templates.items() if template not in polish)

    assert not missing, "\n".join(missing)
    for template in raised().templates:
        assert names(polish[template]) == names(template), template
        assert not WORD.search(template) or polish[template] != template or template.startswith("journal "), template


def test_no_failure_is_put_together_before_it_can_be_translated() -> None:
    """A template with a value inside is in nobody's list: the names are filled in when it is shown."""
    assert raised().dynamic == []


def test_the_collection_of_failures_misses_none_of_the_sort() -> None:
    """One from each way a failure is made."""
    for template in (
        "no entry begins with {id}",
        "`journal trash list` shows what is there",
        "your recovery key opens the journal without it",
        "group {group}, third sign: recovery keys have no such sign",
        "{place}: here stands a block that there is not",
        "line {line}, {question}: up to {most} words, please; this was {count}",
        "create one with `journal init`",
    ):
        assert template in raised().templates, template


def test_examples_of_times_can_be_typed_as_they_are_given(journal) -> None:
    hint = journal("list", "--since", "kiedyś", code=2, **PL).stderr.partition(": ")[2].partition("na przykład: ")[2]

    for example in hint.strip().split(", "):
        journal("list", "--since", example, **PL)


GENDERED = re.compile(
    r"(?i)\b(?!sygnałem|hasłem)\w+(?:łeś|łaś|łem|łam|łbyś|łabyś|łbym|łabym)\b|\b(?:powinieneś|powinnaś|gotowy|gotowa|pewien|pewna|zmęczony|zmęczona)\b"
)


def test_polish_failures_do_not_guess_who_is_reading() -> None:
    for said in shelf.words("pl").failures.values():
        assert not GENDERED.search(said), said

"""
A language nobody speaks: every sentence of the catalogues in odd letters, so that one which is in none stands out.

It is English with other vowels. Whatever a command then says in plain letters did not come from a catalogue.
"""

import itertools
import re

import pytest

from journal_cli.cli import guide
from journal_cli.cli.desk import Desk
from journal_cli.journal.library import Library
from journal_cli.packs import shelf, wordbook

ODD = str.maketrans("aeiouyAEIOUY", "åëïöüÿÅËÏÖÜŸ")
AS_IT_IS = re.compile(
    r"(\{[^{}]*\}|`[^`]*`|journal [a-z-]+(?: [a-z]+)?(?: --[a-z-]+)?|:[a-z]\b|https?://\S+|\w+\.\w+\S*)"
)
PLAIN = re.compile(r"(?<![\w.@/:-])[A-Za-z]{3,}(?![\w@/-]|\.\w)")

SITTINGS = {
    "evening-signals": ":h\n1\n2\n6\na b\n:n\n:s\ny\nQQQ.\n.\nQQQ.\n.\n6\n2\nQQQ\n",
    "where-my-edges-are": "?\n:g\n2\n0\n0\na\nQQQ.\n.\n:s\n:s\n:h\nQQQ.\n.\n:s\ny\n2\nQQQ.\n.\n:s\n:s\n4\n4\n\n2\n",
    "a-letter-in-a-kinder-voice": "y\n:n\n\n7\n1\n\n\nQQQ.\n.\n:s\n:s\n:s\ny\n:s\n1\n7\na\n3\n",
}


def odd(value):
    """Turn a sentence, or whatever holds sentences, into the language nobody speaks."""
    if isinstance(value, str):
        return "".join(part if number % 2 else part.translate(ODD) for number, part in enumerate(AS_IT_IS.split(value)))
    if isinstance(value, dict):
        return {key: odd(inner) for key, inner in value.items()}
    return tuple(odd(inner) for inner in value)


@pytest.fixture
def spoken_oddly(monkeypatch) -> None:
    read = wordbook._sheets

    def sheets(language: str, topics: tuple[str, ...]) -> wordbook.Sheets:
        plain = read(language, topics)
        return wordbook.Sheets(*(odd(getattr(plain, kind)) for kind in ("sentences", "plurals", "lists", "failures")))

    monkeypatch.setattr(wordbook, "_sheets", sheets)
    # One id in twenty is letters alone, and would be taken for a word.
    numbers = itertools.count(1)
    defaults = Desk.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "random", lambda size: next(numbers).to_bytes(size, "big"))


def test_ids_cannot_be_taken_for_words(journal, spoken_oddly) -> None:
    written = [journal("write", "--json", input="QQQ.").json["id"] for _ in range(3)]
    assert [PLAIN.findall(id_) for id_ in written] == [[], [], []]
    assert len(set(written)) == 3


def words_of(library: Library) -> set[str]:
    """Every word of the packs: their texts are in files of their own, and are no sentences of the program."""
    texts = [one.title for one in library.themes.values()]
    texts += [line for one in library.groundings.values() for line in (one.title, *one.lines)]
    texts += [line for one in library.closings.values() for line in one.lines]
    texts += [line for one in library.prompts.values() for line in (one.text, *one.follow_ups)]
    texts += [line for one in library.sessions.values() for line in (one.title, one.about)]
    texts += [
        line for one in library.programs.values() for line in (one.title, one.about, *(w.title for w in one.weeks))
    ]
    texts += [step.text for one in library.sessions.values() for step in one.steps]
    texts += [(wordbook.shipped() / "help_lines.toml").read_text(encoding="utf-8")]  # names of lines, in both languages
    texts += [feeling.word for feeling in shelf.feelings("en")]
    return {word for text in texts for word in PLAIN.findall(text)}


def plain_lines(text: str, known: set[str]) -> list[str]:
    """List the lines that say something in plain letters which no pack says."""
    found = []
    for line in re.sub(r"`[^`]*`|journal [a-z-]+(?: [a-z-]+)*(?: --[a-z-]+)?", "", text).splitlines():
        strange = [word for word in PLAIN.findall(line) if word not in known and word != "QQQ"]
        if strange:
            found.append(line)
    return found


def test_a_sentence_that_is_in_no_catalogue_stands_out(journal, spoken_oddly, monkeypatch) -> None:
    monkeypatch.setattr(guide, "quiet", lambda _: "Unquestionably hardcoded verbiage")
    said = journal("reflect", "evening-signals", input=SITTINGS["evening-signals"]).stderr
    assert "Unquestionably hardcoded verbiage" in "\n".join(plain_lines(said, words_of(shelf.shipped_library("en"))))


@pytest.mark.parametrize("session", SITTINGS)
def test_every_sentence_of_a_sitting_is_in_a_catalogue(journal, spoken_oddly, session: str) -> None:
    said = journal("reflect", session, input=SITTINGS[session])
    assert re.search("[åëïöü]", said.stderr)
    assert plain_lines(said.stderr, words_of(shelf.shipped_library("en"))) == []


@pytest.mark.parametrize(
    ("args", "given"),
    [
        (("checkin",), "5\n3\na\n"),
        (("ground",), ""),
        (("good-therapy",), ""),
        (("mood",), ""),
        (("progress",), ""),
        (("program", "list"), ""),
        (("program", "start", "a-kinder-voice"), ""),
        (("limit",), ""),
        (("limit", "add"), "QQQ"),
        (("goal",), ""),
        (("goal", "add"), "QQQ"),
        (("share", "--list"), ""),
        ((), ""),
    ],
)
def test_every_sentence_of_other_everyday_commands_is_in_a_catalogue(journal, spoken_oddly, args, given) -> None:
    journal("write", input="QQQ.")
    said = journal(*args, input=given)
    assert plain_lines(said.stderr + said.stdout, words_of(shelf.shipped_library("en"))) == []

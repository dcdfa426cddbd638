"""What is shipped holds to every rule that is asked of others."""

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from journal_cli.journal.library import library
from journal_cli.journal.mood import Corner
from journal_cli.journal.session import StepKind
from journal_cli.packs.pack import read_pack
from journal_cli.packs.shelf import (
    NOT_PACKS,
    feelings,
    languages,
    shipped,
    shipped_library,
    shipped_packs,
    words,
)
from journal_cli.packs.twins import twins
from journal_cli.packs.wordbook import FAILURES, FORMS

LANGUAGES = ("en", "pl")
FORMS_OF = {"en": {"one", "other"}, "pl": {"one", "few", "many"}}

PACK_FILES = [
    path
    for language in LANGUAGES
    for path in sorted((shipped() / language).glob("*.toml"))
    if path.name not in NOT_PACKS
]
WORD_FILES = sorted({path.name for language in LANGUAGES for path in (shipped() / language / "words").glob("*.toml")})

# What no question may say: orders, verdicts, and words that decide who somebody's people are.
NEVER_ASKED = re.compile(
    r"\b(?:should|must|ought|have to|just|simply|always|never|forgiv\w*|get over|heal\w*|normal\w*|open up|let go"
    r"|be intimate|initiate|give them|husband|wife|boyfriend|girlfriend|he|she|his|her|him|hers"
    r"|the abuse|your abuser|why did)\b",
    re.IGNORECASE,
)
NEVER_ASKED_IN_POLISH = re.compile(
    r"\b(?:musisz|powinn\w+|trzeba|należy|zawsze|nigdy|po prostu|wybacz\w*|normaln\w+|dlaczego"
    r"|mąż|męża|żona|żony|chłopak\w*|dziewczyn\w*"
    # "zrobiłaś", "zrobiłeś", "byłabyś": they decide the reader's gender
    r"|\w+ł[ae]ś|\w+ł[ae]m|\w+ł[a]?byś|\w+ł[a]?bym)\b",
    re.IGNORECASE,
)
MOST_WORDS = 45


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", PACK_FILES, ids=_name)
def test_a_shipped_pack_passes_every_check(path: Path) -> None:
    pack = read_pack(path.read_bytes(), path.name, known=shipped_library(path.parent.name))

    assert pack.id == path.stem
    assert pack.language == path.parent.name
    assert pack.licence == "CC-BY-4.0"
    assert pack.unknown == ()


@pytest.mark.parametrize("path", [path for path in PACK_FILES if path.parent.name != "en"], ids=_name)
def test_a_shipped_pack_is_a_twin_and_says_of_what(path: Path) -> None:
    english = {pack.id: pack for pack in shipped_packs("en")}
    own = next(pack for pack in shipped_packs(path.parent.name) if pack.id == path.stem)

    assert twins(english[path.stem], own) == []
    assert own.translates == ("en", english[path.stem].version)


def test_both_languages_have_the_same_files() -> None:
    english, polish = ({path.name for path in PACK_FILES if path.parent.name == language} for language in LANGUAGES)

    assert english == polish
    assert {"small-trusts.toml", "self-compassion.toml"} <= english
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_question_is_short_and_gives_no_orders(language: str) -> None:
    never = NEVER_ASKED if language == "en" else NEVER_ASKED_IN_POLISH
    for prompt in shipped_library(language).prompts.values():
        assert len(prompt.text.split()) <= MOST_WORDS, prompt.id
        for text in (prompt.text, *prompt.follow_ups):
            assert not never.search(text), (prompt.id, text)


@pytest.mark.parametrize(
    "said", ["Co zrobiłaś?", "Gdzie byłeś?", "Gdybyś mogła, co zrobiłabyś?", "Musisz to nazwać.", "Dlaczego?"]
)
def test_the_polish_rule_finds_what_it_looks_for(said: str) -> None:
    assert NEVER_ASKED_IN_POLISH.search(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_holds_ids_of_all_packs(language: str) -> None:
    shelf = shipped_library(language)

    session = shelf.session("a-letter-in-a-kinder-voice")
    used = [id_ for step in session.steps if step.kind is StepKind.GROUNDING for id_ in step.use]
    assert set(used) <= shelf.groundings.keys()
    assert shelf.themes_of(session) == ("self-compassion",)
    assert shelf.around(shelf.prompts["softer-hour"]).steps[-1].use == ("put-down",)


def test_an_added_pack_stands_after_the_shipped_ones() -> None:
    head = b'format = 1\n[pack]\nid = "mine"\ntitle = "Mine"\nlanguage = "en"\n'
    raw = head + b'[[prompt]]\nid = "own"\ntext = "What now?"\n'

    shelf = shipped_library("en", [read_pack(raw, "mine.toml")])

    assert shelf.packs[-1].id == "mine"
    assert "own" in shelf.prompts


def test_another_language_gets_the_english_shelf() -> None:
    assert shipped_library("de") == library("en", shipped_packs("en"))
    assert words("de", "care").language == "en"
    assert feelings("de") == feelings("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_84_feeling_words_in_five_corners(language: str) -> None:
    listed = feelings(language)

    assert len(listed) == len({feeling.id for feeling in listed}) == len({feeling.word for feeling in listed}) == 84
    counts = {corner: sum(feeling.corner is corner for feeling in listed) for corner in Corner}
    assert list(counts.values()) == [18, 18, 18, 18, 12]


def test_feeling_words_are_twins_and_their_ids_are_english() -> None:
    english, polish = feelings("en"), feelings("pl")

    assert [(one.id, one.corner) for one in english] == [(one.id, one.corner) for one in polish]
    assert all(one.id == one.word for one in english)


def _flat(language: str, name: str) -> dict[str, Any]:
    """Give every key of a file of words, dotted, with its text, list or plural forms."""
    document = tomllib.loads((shipped() / language / "words" / name).read_text(encoding="utf-8"))
    document.pop(FAILURES, None)
    flat: dict[str, Any] = {}
    waiting = [("", document)]
    while waiting:
        above, table = waiting.pop()
        for key, value in table.items():
            if isinstance(value, dict) and not FORMS.issuperset(value):
                waiting.append((f"{above}{key}.", value))
            else:
                flat[f"{above}{key}"] = value
    return flat


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", WORD_FILES)
def test_both_languages_say_the_same_things(name: str) -> None:
    english, polish = _flat("en", name), _flat("pl", name)

    assert english.keys() == polish.keys()
    for key, value in english.items():
        other = polish[key]
        assert type(value) is type(other), key
        if isinstance(value, str):
            assert _names(value) == _names(other), key
        elif isinstance(value, list):
            assert len(value) == len(other), key
        else:
            assert (value.keys(), other.keys()) == (FORMS_OF["en"], FORMS_OF["pl"]), key
            assert {name for form in value.values() for name in _names(form)} == {
                name for form in other.values() for name in _names(form)
            }, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_failures_keep_their_names_in_translation(language: str) -> None:
    for template, said in words(language).failures.items():
        assert _names(said) <= _names(template), template


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_months_and_a_week_seven_days(language: str) -> None:
    lists = words(language, "calendar").lists

    assert [len(lists[key]) for key in ("months", "months_alone", "months_short")] == [12, 12, 12]
    assert [len(lists[key]) for key in ("weekdays", "weekdays_short")] == [7, 7]


def test_topics_can_be_asked_for_one_by_one() -> None:
    care = words("pl", "care", "calendar")

    assert care("care.first_line").startswith("Nie trzeba")
    assert care.lists["months"][10] == "listopada"
    assert not care.has("packs.twins")
    assert words("pl").has("packs.twins")


def test_a_topic_nobody_wrote_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        words("en", "no-such-topic")

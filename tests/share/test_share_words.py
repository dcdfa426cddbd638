import re
import tomllib
from string import Formatter
from typing import Any

import pytest
from leaving import FORMS, ROOT, catalogue, spoken

PLURAL_FORMS = dict(zip(("en", "pl"), FORMS, strict=True))


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said(language: str) -> dict[str, Any]:
    words = spoken(language)
    return {**words.sentences, **words.plurals}


def test_both_languages_have_the_same_sentences_with_the_same_names() -> None:
    english, polish = said("en"), said("pl")

    assert list(english) == list(polish)
    for key, sentence in english.items():
        if isinstance(sentence, str):
            assert names(sentence) == names(polish[key]), key


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_plural_has_every_form_of_its_language(language: str) -> None:
    for forms in spoken(language).plurals.values():
        assert set(forms) == PLURAL_FORMS[language]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_what_the_page_and_its_steps_say_is_there(language: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "journal_cli/share").glob("*.py"))
    used = set(re.findall(r"\"(share\.[a-z_]+)\"", code))

    assert used
    assert used <= set(said(language))


def test_what_is_said_by_hand_is_there_and_nothing_else_is() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "journal_cli").glob("*/share*.py"))
    used = set(re.findall(r"[\"']by_hand\.([a-z_]+)(?=[\"'])", code))
    built = set(re.findall(r"by_hand\.([a-z]+_)\{", code))  # the beginnings of names that are put together
    for language in ("en", "pl"):
        text = (ROOT / f"prompts/{language}/words/by_hand.toml").read_text(encoding="utf-8")
        there = set(tomllib.loads(text)["by_hand"])

        assert used <= there
        assert {name for name in there - used if not name.startswith(tuple(built))} == set()
        assert re.findall(r"\w+(?:łeś|łaś|łam)\b|\w+/a\b|\bPan(?:a|i|u)?\b", text) == []
        assert "!" not in text


def test_polish_does_not_guess_who_is_reading() -> None:
    text = (ROOT / "prompts/pl/words/share.toml").read_text(encoding="utf-8")

    assert re.findall(r"\w+(?:łeś|łaś|(?<!has)łem|łam)\b|\w+/a\b|\bPan(?:a|i|u)?\b", text) == []


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_disclaimers_stand_as_they_were_agreed(language: str) -> None:
    table = catalogue(language)["share"]

    assert table["promise"].count(".") == 3
    assert table["short_form"].endswith("journal help-now.")

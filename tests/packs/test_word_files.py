"""Files of words of one's own making: nested tables, plurals, lists, failures, and English standing in."""

from pathlib import Path

import pytest

from journal_cli.packs import wordbook
from journal_cli.packs.wordbook import words

ENGLISH = """
greeting = "Welcome back."
days = ["Monday", "Tuesday"]

[page]
title = "A page"
lines = { one = "{n} line", other = "{n} lines" }

[page.foot]
said = "By {name}"

[failures]
"no such {thing}" = "no such {thing}"
"""

POLISH = """
[failures]
"no such {thing}" = "nie ma tu {thing}"
"""


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language, name, text in (("en", "page", ENGLISH), ("pl", "extra", POLISH)):
        folder = tmp_path / language / "words"
        folder.mkdir(parents=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(wordbook, "shipped", lambda: tmp_path)
    return tmp_path


def test_tables_become_dotted_keys(books: Path) -> None:
    english = words("en")

    assert english("greeting") == "Welcome back."
    assert english("page.title") == "A page"
    assert english("page.foot.said", name="me") == "By me"
    assert english.lists["days"] == ("Monday", "Tuesday")
    assert english.count("page.lines", 1) == "1 line"
    assert english.count("page.lines", 2) == "2 lines"
    assert not english.has("failures")


def test_english_stands_in_for_a_file_that_is_missing(books: Path) -> None:
    polish = words("pl")

    assert polish("page.title") == "A page"
    assert [polish.count("page.lines", n) for n in (1, 2, 5)] == ["1 line", "2 lines", "5 lines"]
    assert polish.failures["no such {thing}"] == "nie ma tu {thing}"
    assert words("pl", "page")("greeting") == "Welcome back."

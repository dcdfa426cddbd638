"""`good-therapy`: no journal and no passphrase, both languages, any width, one part at a time."""

import re

import pytest
from shapes import BOXES, ESCAPE
from test_care import on_a_terminal

from journal_cli.packs.shelf import words
from journal_cli.screen.good_therapy import PARTS

LOCKED = {"JOURNAL_PASSPHRASE_COMMAND": "/no/such/program"}
LANGUAGES = ["en", "pl"]
# What a page that speaks to somebody in Polish would say of their sex.
GENDERED = re.compile(
    r"(?i)\b\w+(?:łeś|łaś|łem|łam|łbyś|łabyś|łbym|łabym)\b|\b(?:powinieneś|powinnaś|gotowy|gotowa|winny|winna)\b"
)
MUST, BLAME = (
    re.compile(r"(?i)\b(?:must|should|never go|(?<!nie )musisz|powinno się|trzeba było)\b"),
    re.compile(r"(?i)why did you"),
)


def texts(page: dict) -> list[str]:
    parts = page["parts"]
    return [
        page["title"],
        page["about"],
        *(text for one in parts for text in (one["title"], *one["lines"], *one["items"])),
    ]


def in_one_line(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_without_a_journal_and_leaves_nothing(no_journal, tmp_path, language: str) -> None:
    said = no_journal("good-therapy", JOURNAL_LANG=language, **LOCKED)

    assert words(language, "therapy")("therapy.title") in said.stdout
    assert said.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [20, 40, 64, 80, 200])
def test_every_word_is_there_at_every_width(no_journal, language: str, width: int) -> None:
    surroundings = {"JOURNAL_LANG": language, "COLUMNS": str(width), **LOCKED}
    page = no_journal("good-therapy", **surroundings).stdout
    told = no_journal("good-therapy", "--json", **surroundings).json

    assert [one["id"] for one in told["parts"]] == list(PARTS)
    assert [text for text in texts(told) if in_one_line(text) not in in_one_line(page)] == []
    assert max(map(len, page.splitlines())) <= min(width, 80)
    assert not BOXES.search(page)
    assert ESCAPE not in page
    assert "journal help-now" in page, "a command to be typed is not broken over two lines"


def test_six_questions_are_numbered_and_no_order_is_set_in_what_to_do(no_journal) -> None:
    for language in LANGUAGES:
        parts = {one["id"]: one for one in no_journal("good-therapy", "--json", JOURNAL_LANG=language).json["parts"]}
        page = no_journal("good-therapy", JOURNAL_LANG=language).stdout

        assert len(parts["questions"]["items"]) == 6
        assert re.findall(r"^  (\d)  ", page, re.MULTILINE) == list("123456")
        assert page.count("\n  - ") == sum(len(one["items"]) for one in parts.values()) - 6


def test_what_the_page_is_for_stands_in_it(no_journal) -> None:
    """Sex is never part of therapy; it is not the client's fault; evidence is kept; every route is a choice."""
    page = in_one_line(no_journal("good-therapy").stdout)
    polish = in_one_line(no_journal("good-therapy", JOURNAL_LANG="pl").stdout)

    for said in (
        "Therapy never includes sex",
        "it is not your fault",
        "the professional's part, always",
        "You can say no to any of it",
        "You owe no explanation and no last session.",
        "consider asking a lawyer; it may be evidence",
        "in any order, or none of them today",
        "differ by country",
        "not legal advice",
    ):
        assert said in page, said
    for said in (
        "W terapii nigdy nie ma seksu",
        "to nie twoja wina",
        "sądzie koleżeńskim",
        "Rzecznika Praw Pacjenta",
        "w sądzie cywilnym",
        "w różnych krajach są różne",
        "nie jest poradą prawną",
    ):
        assert said in polish, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_neither_orders_nor_blames_nor_guesses_who_is_reading(no_journal, language: str) -> None:
    for text in texts(no_journal("good-therapy", "--json", JOURNAL_LANG=language).json):
        assert not MUST.search(text), text
        assert not BLAME.search(text), text
        assert not GENDERED.search(text), text
        assert len(text.split()) <= 45, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_a_terminal_a_part_is_shown_at_a_time(language: str) -> None:
    shown = on_a_terminal("good-therapy", typed="\n" * 5, JOURNAL_LANG=language, TERM="dumb")
    on = words(language, "therapy")("therapy.go_on")
    pages = shown.split(on)

    assert 4 <= len(pages) <= 7
    for page in pages:
        assert len(page.strip("\n").splitlines()) <= 23
    assert "journal help-now" in pages[-1]


def test_enough_is_enough_and_numbers_are_a_key_away() -> None:
    shown = on_a_terminal("good-therapy", typed=":h\n:q\n", TERM="dumb", JOURNAL_COUNTRY="PL")

    assert "What therapy never is" in shown
    assert "800 120 002" in shown
    assert "Six questions" not in shown

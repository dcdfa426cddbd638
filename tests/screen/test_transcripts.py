"""
The screens of the summaries as they are seen, in files to be read.

`python tests/screen/test_transcripts.py` rewrites them. Read what has changed before it is kept: a transcript
says what a screen is, not what it should be.
"""

import re
from itertools import product
from pathlib import Path

import pytest
from transcribed import FORMS, SCREENS, transcript, voice
from window import lines, show

from journal_cli.screen.look import Look

FOLDER = Path(__file__).with_name("transcripts")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|4[0-7]|10[0-7]|38|48)(?:;\d+)*m")


def files() -> dict[str, str]:
    """Every transcript by the name of its file."""
    return {
        f"{name}.{language}.txt": transcript(screen, language)
        for (name, screen), language in product(SCREENS.items(), ("en", "pl"))
    }


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_screen_is_as_it_was_read(name: str, language: str) -> None:
    kept = (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")

    assert transcript(SCREENS[name], language) == kept


def test_there_is_no_transcript_of_a_screen_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == files().keys()


@pytest.mark.parametrize("name", SCREENS)
def test_without_colour_the_words_are_the_same_and_no_code_is_a_colour(name: str) -> None:
    coloured, bare = Look(80), Look(80, colour=False)
    pages = [SCREENS[name](voice("en"), look) for look in (coloured, bare)]

    assert lines(pages[0], coloured) == lines(pages[1], bare)
    assert not COLOUR.search(show(pages[1], bare))


def test_a_colour_would_be_found() -> None:
    coloured = Look(80)

    assert COLOUR.search(show(SCREENS["mood"](voice("en"), coloured), coloured))


def test_every_form_that_was_asked_for_is_there() -> None:
    assert {look.width for look in FORMS.values()} == {40, 80, 120}
    assert any(look.plain for look in FORMS.values())
    assert any(look.ascii for look in FORMS.values())
    assert any(not look.colour and not look.plain for look in FORMS.values())


@pytest.mark.parametrize("name", SCREENS)
def test_in_ascii_there_is_nothing_else(name: str) -> None:
    """What the person wrote stays as it is; here that is ASCII too."""
    for look in (look for look in FORMS.values() if look.ascii):
        page = SCREENS[name](voice("en"), look)
        assert [line for line in lines(page, look) if not line.isascii()] == []


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for gone in FOLDER.iterdir():
        gone.unlink()
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

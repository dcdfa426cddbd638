"""Lists, searches and the trash while somebody is near, in every window: no word of what was written."""

from dataclasses import replace

import pytest
from window import at, lines, looks, voice

from journal_cli.journal.entry import Entry, Kind, Match
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting
from journal_cli.screen.entries import Listed, entry_list, matches
from journal_cli.screen.look import Look
from journal_cli.screen.trash import trash_list

WORD = "żuraw"
MOOD = Mood(words=(WORD,))
ENTRY = Entry(
    id="7k2m9qxa",
    written_at=at("2026-11-24 21:08"),
    kind=Kind.ANSWER,
    word_count=41,
    title=f"{WORD} at the water",
    theme="trust-self",
    session="evening",
    session_title=f"{WORD} signals",
    sitting="s1t00000",
    opening=f"{WORD}, and reeds",
    tags=(WORD,),
    people=(WORD,),
    mood=MOOD,
    private=True,
    starred=True,
)
SITTING = Sitting(
    id="s1t00000",
    at=at("2026-11-24 21:00"),
    session="evening",
    title=f"{WORD} signals",
    pack="core",
    version="1",
    language="en",
    before=MOOD,
    after=MOOD,
)
CHECK_IN = CheckIn("q4xd0000", at("2026-11-24 08:15"), MOOD)


def pages(language: str, look: Look, *, discreet: bool) -> dict[str, list[str]]:
    near = replace(voice(language), discreet=discreet)
    listed = Listed((ENTRY,), 1, ENTRY.written_at.day, (CHECK_IN,), (SITTING,))
    found = Match(ENTRY, f"the {WORD} waits", ((4, 9),))
    deleted = replace(ENTRY, deleted_at=at("2026-11-24 22:00"))
    return {
        "list": lines(entry_list(listed, near, look), look),
        "search": lines(matches([found], 1, near, look), look),
        "trash": lines(trash_list([deleted], near, look, check_ins=[CHECK_IN], sittings=[SITTING]), look),
    }


@pytest.mark.parametrize("look", looks(), ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_word_of_it_in_any_window(language: str, look: Look) -> None:
    for name, page in pages(language, look, discreet=True).items():
        said = "\n".join(page)
        assert WORD not in said, name
        assert "trust" not in said, name
        assert "7k2m" in said, name
        assert "41" in said, name
    for name, page in pages(language, look, discreet=False).items():
        assert WORD in "\n".join(page), name


def test_a_discreet_list_in_eighty_columns() -> None:
    assert pages("en", Look(80), discreet=True) == {
        "list": [
            "Today",
            "  21:08  7k2m  an answer   41 words",
            "  08:15  q4xd  check-in",
            "1 of 1.     Read one:  journal show 7k2m",
        ],
        "search": [
            "24 November 2026  7k2m  an answer  41 words",
            "1 of 1.     Read one:  journal show 7k2m",
        ],
        "trash": [
            "  7k2m  an answer, 41 words   deleted on 24 November",
            "  q4xd  check-in   24 November",
            "  s1t0  a sitting   24 November",
            "Bring one back:  journal trash restore 7k2m",
            "Remove them for good:  journal trash empty",
        ],
    }

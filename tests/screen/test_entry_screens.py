"""Entries on the screen: lists by days, one entry, its earlier texts, what a search found, and the trash."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import RenderableType
from window import HOSTILE, at, lines, looks, show, voice

from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, Match, Revision, WholeEntry
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.screen.entries import Listed, entry_list, history, id_length, matches, whole_entry
from journal_cli.screen.look import Look
from journal_cli.screen.trash import trash_list

LOOKS = looks()
TODAY = date(2026, 11, 24)  # a Tuesday
QUESTION = "What was happening, and how did the signal reach you: a thought, a tightening, a warmth?"
EVENING = Entry(
    "7k2m9qxa",
    at("2026-11-24 21:08"),
    Kind.ANSWER,
    41,
    theme="trust-self",
    session="evening-signals",
    session_title="Evening signals",
    sitting="s0000000",
    asked=Asked("core", "1.0.0", "en", "signal", QUESTION),
)
PLAIN_DAY = Entry(
    "m0va4444",
    at("2026-11-22 19:40"),
    Kind.FREE,
    212,
    title="A plain day with Anna",
    tags=("sunday",),
    people=("Anna",),
    starred=True,
)
CHECK_IN = CheckIn("q4xd8888", at("2026-11-24 08:15"), Mood(-1, -2, words=("tired",)))
SAT = Sitting(
    "s0000000",
    at("2026-11-24 21:00"),
    "evening-signals",
    "Evening signals",
    State.DONE,
    Mood(-1, 2, words=("tense",)),
    Mood(1, 0, words=("calm",)),
)


def listed(*entries: Entry, total: int = 143) -> Listed:
    return Listed(entries or (EVENING, PLAIN_DAY), total, TODAY, (CHECK_IN,), (SAT,))


def on(day: str, id_: str = "m0va4444") -> Entry:
    return replace(PLAIN_DAY, id=id_, written_at=at(f"{day} 12:00"))


def test_a_list_reads_like_a_page_of_days() -> None:
    shown = lines(entry_list(listed(), voice(), Look(80)), Look(80))

    assert shown == [
        "Today",
        "  21:08  7k2m  Evening signals · trust in yourself    41 words   tense → calm",
        "  08:15  q4xd  check-in                                          tired",
        "Sunday 22 November",
        "  19:40  m0va  A plain day with Anna                 212 words   ★",
        "2 of 143.     More:  journal list --all     Read one:  journal show 7k2m",
    ]


def test_in_plain_mode_every_entry_is_one_line_to_be_heard() -> None:
    look = Look(80, plain=True, colour=False)

    assert lines(entry_list(listed(), voice(), look), look) == [
        "Today",
        "21:08, 7k2m, Evening signals, trust in yourself, 41 words, tense, then calm",
        "08:15, q4xd, check-in, tired",
        "Sunday 22 November",
        "19:40, m0va, A plain day with Anna, 212 words, starred",
        "2 of 143.",
        "More:  journal list --all",
        "Read one:  journal show 7k2m",
    ]


def test_in_forty_columns_a_row_takes_lines_instead_of_losing_words() -> None:
    shown = lines(entry_list(listed(), voice(), Look(40)), Look(40))

    assert shown[1:4] == ["  21:08  7k2m  41 words", "    Evening signals · trust in yourself", "    tense → calm"]
    assert shown[-3:] == ["2 of 143.", "More:  journal list --all", "Read one:  journal show 7k2m"]


def test_polish_lists_speak_polish() -> None:
    text = "\n".join(lines(entry_list(listed(), voice("pl"), Look(80)), Look(80)))

    assert "Dziś" in text
    assert "Niedziela 22 listopada" in text
    assert "41 słów   napięcie → spokój" in text
    assert "212 słów" in text


@pytest.mark.parametrize(
    "day, heading",
    [
        ("2026-11-24", "Today"),
        ("2026-11-23", "Yesterday"),
        ("2026-11-22", "Sunday 22 November"),
        ("2026-11-18", "Wednesday 18 November"),
        ("2026-11-17", "Last week"),
        ("2026-11-16", "Last week"),
        ("2026-11-15", "November"),
        ("2026-01-01", "January"),
        ("2025-11-24", "November 2025"),
        ("2026-11-26", "Thursday 26 November"),
        ("2027-01-01", "Friday 1 January 2027"),
    ],
)
def test_days_are_named_as_people_name_them(day: str, heading: str) -> None:
    page = entry_list(Listed((on(day),), 1, TODAY), voice(), Look(80))

    assert lines(page, Look(80))[0] == heading


def test_where_a_heading_holds_several_days_each_row_says_its_day() -> None:
    page = entry_list(Listed((on("2026-11-17"), on("2026-11-16", "0mva4444")), 2, TODAY), voice(), Look(80))

    shown = lines(page, Look(80))
    assert [line.split()[:2] for line in shown[1:3]] == [["17", "Nov"], ["16", "Nov"]]


def test_words_before_and_after_stand_once_for_a_sitting_of_several_answers() -> None:
    second = replace(EVENING, id="8k2m9qxa", written_at=at("2026-11-24 21:02"))

    shown = "\n".join(lines(entry_list(listed(EVENING, second), voice(), Look(80)), Look(80)))

    assert shown.count("tense → calm") == 1


def test_all_of_a_list_needs_no_more() -> None:
    text = "\n".join(lines(entry_list(listed(total=2), voice(), Look(80)), Look(80)))

    assert "2 of 2." in text
    assert "--all" not in text


def test_an_empty_list_says_how_to_begin() -> None:
    shown = lines(entry_list(Listed((), 0, TODAY), voice(), Look(80)), Look(80))

    assert shown == ["No entries to show.", "Begin with a question:  journal reflect"]


@given(st.sets(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=8, max_size=8), min_size=1, max_size=30))
@example({"7k2m9qxa", "7k2m9qxb"})
def test_short_ids_tell_the_shown_apart_and_are_no_longer_than_needed(ids: set[str]) -> None:
    length = id_length(ids)

    assert len({id_[:length] for id_ in ids}) == len(ids)
    assert length == 4 or len({id_[: length - 1] for id_ in ids}) < len(ids)


def test_in_a_large_journal_short_ids_grow() -> None:
    assert [id_length(["7k2m9qxa"], total) for total in (0, 4096, 4097, 100_000, 1_000_000)] == [4, 4, 5, 5, 6]


def test_a_whole_entry_has_question_text_follow_ups_and_the_way_to_earlier_texts() -> None:
    whole = WholeEntry(EVENING, "I felt my shoulders go up.\n\n  I said yes.", (FollowUp("And then?", "Nothing."),), 2)

    shown = lines(whole_entry(whole, voice(), Look(80)), Look(80))

    assert shown == [
        "Evening signals · trust in yourself",
        "Tuesday 24 November 2026, 21:08 · 7k2m9qxa · 41 words",
        "",
        "What was happening, and how did the signal reach you: a thought, a tightening, a",
        "warmth?",
        "",
        "I felt my shoulders go up.",
        "",
        "  I said yes.",
        "",
        "And then?",
        "",
        "Nothing.",
        "",
        "2 earlier texts:  journal show 7k2m9qxa --history",
        "Edit it:  journal edit 7k2m9qxa",
    ]


def test_a_whole_entry_says_that_it_is_private_and_starred_and_names_tags_and_people() -> None:
    shown = lines(whole_entry(WholeEntry(replace(PLAIN_DAY, private=True), "x"), voice(), Look(80)), Look(80))

    assert shown[1] == "Sunday 22 November 2026, 19:40 · m0va4444 · 212 words · ★ · private"
    assert "@Anna   #sunday" in shown


@given(st.text(max_size=300))
@example("字" * 100)  # a script without spaces offers no word to fold at, and each sign takes two columns
@example("a\tb\n" + "x" * 90)
def test_no_text_makes_a_line_wider_than_the_window(body: str) -> None:
    lines(whole_entry(WholeEntry(PLAIN_DAY, body), voice(), Look(40)), Look(40))


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=60))
def test_folding_a_text_loses_no_word_of_it(written: list[str]) -> None:
    shown = lines(whole_entry(WholeEntry(PLAIN_DAY, " ".join(written)), voice(), Look(40)), Look(40))

    start = shown.index("") + 1
    assert " ".join(shown[start : shown.index("", start)]).split() == written


def test_earlier_texts_say_until_when_they_stood() -> None:
    page = history("7k2m9qxa", [Revision(at("2026-11-24 21:08"), "the first way\nof saying it")], voice(), Look(80))

    assert lines(page, Look(80)) == [
        "Until 24 November 2026, 21:08",
        "",
        "the first way",
        "of saying it",
        "",
        "The text as it is now:  journal show 7k2m9qxa",
    ]


def test_what_was_looked_for_is_bold_and_in_plain_mode_between_signs() -> None:
    found = [Match(PLAIN_DAY, "I felt my shoulders go up, my shoulders", ((10, 19), (30, 39)))]

    bold = show(matches(found, 3, voice(), Look(80, colour=False)), Look(80, colour=False))
    plain = Look(80, plain=True, colour=False)

    assert bold.count("\x1b[1mshoulders\x1b[0m") == 2
    assert "  I felt my «shoulders» go up, my «shoulders»" in lines(matches(found, 3, voice(), plain), plain)
    assert lines(matches(found, 3, voice(), Look(80)), Look(80))[-1].startswith("1 of 3.     Read one:")


def test_nothing_found_says_what_could_help() -> None:
    assert lines(matches([], 0, voice(), Look(80)), Look(80)) == ["Nothing found. The beginning of a word is enough."]


def test_the_trash_says_how_to_bring_an_entry_back() -> None:
    page = trash_list([replace(PLAIN_DAY, deleted_at=at("2026-11-23 10:00"))], voice(), Look(80))

    assert lines(page, Look(80)) == [
        "  m0va  A plain day with Anna   deleted on 23 November",
        "Bring one back:  journal trash restore m0va",
        "Remove them for good:  journal trash empty",
    ]
    assert lines(trash_list([], voice(), Look(80)), Look(80)) == ["The trash is empty."]


HOSTILE_ENTRY = replace(
    EVENING,
    title=None,
    opening=HOSTILE,
    session_title=HOSTILE,
    theme=HOSTILE,
    tags=(HOSTILE,),
    people=(HOSTILE,),
    mood=Mood(words=(HOSTILE,)),
    sitting=None,
    asked=Asked("core", "1", "en", "p", HOSTILE),
    deleted_at=at("2026-11-24 21:08"),
)
PAGES: dict[str, Callable[[Entry, Look], RenderableType]] = {
    "list": lambda entry, look: entry_list(
        Listed((entry,), 1, TODAY, (replace(CHECK_IN, mood=entry.mood or Mood()),)), voice(), look
    ),
    "show": lambda entry, look: whole_entry(
        WholeEntry(entry, HOSTILE, (FollowUp(HOSTILE, HOSTILE),), 3), voice(), look
    ),
    "history": lambda entry, look: history(entry.id, [Revision(entry.written_at, HOSTILE)], voice(), look),
    "search": lambda entry, look: matches([Match(entry, HOSTILE * 3, ((2, 9), (20, 25)))], 1, voice(), look),
    "trash": lambda entry, look: trash_list([entry], voice(), look),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_sign_a_person_wrote_or_a_pack_brought_can_steer_the_terminal(page: str, look: Look) -> None:
    bare = replace(HOSTILE_ENTRY, session_title=None, theme=None)
    for entry in (HOSTILE_ENTRY, replace(HOSTILE_ENTRY, title=HOSTILE), bare):
        renderable = PAGES[page](entry, look)

        shown = show(renderable, look)

        assert "\x1b[31m" not in shown
        assert not set("\u202e\u2066\x07\x9b") & set(shown)
        lines(renderable, look)


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_fits_every_window_and_is_ascii_where_only_that_can_be_shown(look: Look, language: str) -> None:
    whole = WholeEntry(replace(EVENING, private=True, starred=True), "Kept. " * 40, (FollowUp("Q?", "A"),), 5)
    trash = [replace(PLAIN_DAY, deleted_at=at("2026-11-23 10:00"))]
    pages = (
        entry_list(listed(), voice(language), look),
        whole_entry(whole, voice(language), look),
        matches([Match(PLAIN_DAY, "found here", ((0, 5),))], 4, voice(language), look),
        trash_list(trash, voice(language), look),
    )
    for page in pages:
        shown = lines(page, look)
        if look.ascii and language == "en":
            assert all(line.isascii() for line in shown)
        if look.plain:
            assert "\x1b" not in show(page, look)


def test_a_command_too_long_for_the_line_gets_a_line_to_itself() -> None:
    shown = lines(whole_entry(WholeEntry(EVENING, "x", (), 2), voice("pl"), Look(40)), Look(40))

    assert "  journal show 7k2m9qxa --history" in shown

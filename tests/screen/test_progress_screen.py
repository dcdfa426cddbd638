"""The look back on the screen: words first, numbers on request, and none of the words that judge."""

import re
from datetime import date

import pytest
from window import HOSTILE, at, lines, looks, show, voice, words

from journal_cli.insight.progress import ProgressFindings, progress_findings
from journal_cli.journal.entry import Entry, Kind
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally, ThemeTally
from journal_cli.screen.look import Look
from journal_cli.screen.progress import progress_page

LOOKS = looks()
SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 24)


def autumn(
    opening: str = "I can come on Sunday, and I leave at four.", title: str = "An unsent letter"
) -> ProgressFindings:
    themes = (
        ThemeTally("trust-self", 6, 3, at("2026-11-24 21:08")),
        ThemeTally("boundaries", 5, 2, at("2026-11-20 21:08")),
    )
    days = (date(2026, 9, 1), date(2026, 11, 2), date(2026, 11, 11))
    check_ins = [
        CheckIn("c", at(f"2026-09-0{day} 08:15"), Mood(-1, 1, words=words))
        for day, words in enumerate((("tense", "tired"), ("tense", "tired"), ("tense", "close")), 1)
    ]
    starred = [Entry("m0va4444", at("2026-11-22 19:40"), Kind.FREE, 212, opening=opening, starred=True)]
    paused = [Sitting("s0000000", at("2026-11-02 21:00"), "letter", title, State.PAUSED)]
    return progress_findings(Tally(43, days, themes), paused, check_ins, starred, SINCE, UNTIL)


def test_the_look_back_begins_with_words_and_no_counts() -> None:
    assert lines(progress_page(autumn(), voice(), Look(80)), Look(80)) == [
        "1 September – 24 November",
        "  Words that came often   tense, tired",
        '  You starred             "I can come on Sunday, and I leave at four."   22 Nov',
        "  You paused              An unsent letter   2 Nov",
        "  You came back           on 11 November, after 9 days. Nothing to catch up on.",
        "  Where you have been     trust in yourself, boundaries",
        "Go on where you paused:  journal reflect --resume",
        "See numbers?  #",
    ]


def test_numbers_come_when_they_are_asked_for() -> None:
    shown = "\n".join(lines(progress_page(autumn(), voice(), Look(120), numbers=True), Look(120)))

    assert "tense 3, tired 2" in shown
    assert "trust in yourself 6 · boundaries 5" in shown
    assert "43 entries on 3 of 85 days" in shown
    assert "See numbers" not in shown


def test_in_plain_mode_each_thing_is_a_line_that_says_what_it_is() -> None:
    look = Look(120, plain=True, colour=False)

    shown = lines(progress_page(autumn(), voice(), look), look)

    assert shown[0] == "From 1 September to 24 November."
    assert 'You starred: "I can come on Sunday, and I leave at four.", 22 Nov' in shown
    assert "You came back: On 11 November, after 9 days. Nothing to catch up on." in shown


def test_in_forty_columns_what_is_said_stands_under_its_name() -> None:
    shown = lines(progress_page(autumn(), voice(), Look(40)), Look(40))

    assert shown[1:3] == ["  Words that came often", "    tense, tired"]


def test_polish_says_it_without_guessing_who_reads() -> None:
    shown = "\n".join(lines(progress_page(autumn(), voice("pl"), Look(120)), Look(120)))

    assert "Słowa, które wracały   napięcie, zmęczenie" in shown
    assert "„I can come on Sunday, and I leave at four.”   22 lis" in shown
    assert "11 listopada, po 9 dniach. Nie ma czego nadrabiać." in shown


def test_an_empty_time_is_no_reproach() -> None:
    empty = progress_findings(Tally(0), [], [], [], SINCE, UNTIL)

    shown = lines(progress_page(empty, voice(), Look(80)), Look(80))

    assert shown[1:] == ["Nothing here in this time, and that is fine.", "Begin with a question:  journal reflect"]


@pytest.mark.parametrize("numbers", [False, True])
@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_look_back_fits_every_window(look: Look, language: str, numbers: bool) -> None:
    page = progress_page(autumn(), voice(language), look, numbers=numbers)

    shown = lines(page, look)

    if look.ascii and language == "en":
        assert all(line.isascii() for line in shown)
    if look.plain:
        assert "\x1b" not in show(page, look)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_starred_line_cannot_steer_the_terminal(look: Look) -> None:
    shown = show(progress_page(autumn(HOSTILE, HOSTILE), voice(), look, numbers=True), look)

    assert "\x1b[31m" not in shown
    assert not set("\u202e\u2066\x07\x9b") & set(shown)


def every_sentence(language: str) -> list[str]:
    spoken = words(language)
    return [*spoken.sentences.values(), *(form for forms in spoken.plurals.values() for form in forms.values())]


JUDGING = {
    "en": r"streak|miss|overdue|behind|should|must|score|average|correlat|risk|better|worse|improv|success|fail"
    r"|goal|complete|well done|good job|keep it up|only|%",
    "pl": r"seri[aię]|opuszcz|zaległ|powin|musi|wynik|średni|korelac|ryzyk|lepiej|gorzej|popraw[ayię]\w* się|sukces"
    r"|poraż|brawo|tak trzymaj|tylko|%",
}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_sentence_of_a_look_back_judges_counts_streaks_or_predicts(language: str) -> None:
    found = [text for text in every_sentence(language) if re.search(JUDGING[language], text, re.IGNORECASE)]

    assert found == []


def test_no_polish_sentence_gives_the_reader_a_gender() -> None:
    gendered = re.compile(r"\w(łeś|łaś|łem|łam|łbyś|łabyś)\b|\b(sam|sama|gotów|gotowa|pewien|pewna)\b", re.IGNORECASE)

    assert [text for text in every_sentence("pl") if gendered.search(text)] == []


def test_both_languages_say_the_same_things_with_the_same_names_in_them() -> None:
    def names(texts: list[str]) -> set[str]:
        return set(re.findall(r"{(\w+)}", " ".join(texts)))

    english, polish = (
        {key: names([text]) for key, text in spoken.sentences.items()}
        | {key: names([*forms.values()]) for key, forms in spoken.plurals.items()}
        for spoken in (words("en"), words("pl"))
    )
    assert english == polish


def test_a_starred_line_that_is_a_quotation_is_not_quoted_twice() -> None:
    entry = Entry("m0va4444", at("2026-11-22 19:40"), Kind.FREE, 9, opening='"I leave at four."', starred=True)
    found = progress_findings(Tally(1), [], [], [entry], SINCE, UNTIL)

    shown = "\n".join(lines(progress_page(found, voice(), Look(80)), Look(80)))

    assert '  "I leave at four."   22 Nov' in shown
    assert '""' not in shown

"""The look back on the screen: words first, numbers on request, and none of the words that judge."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from window import HOSTILE, THEMES, at, lines, looks, show, words

from journal_cli.insight.left_off import LeftOff
from journal_cli.insight.measures import Change, Line
from journal_cli.insight.practice import Measured, Practice
from journal_cli.insight.progress import InProgram, ProgressFindings, progress_findings, with_practice
from journal_cli.journal.entry import Entry, Kind
from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.journal.kept_moment import KeptMoment, MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote, LimitStory
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.program import Program, Run, Week, standing
from journal_cli.journal.questionnaire import Result
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally, ThemeTally
from journal_cli.packs import shelf
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.progress import numbers_page, progress_page

LOOKS = looks()
SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 24)


@cache
def voice(language: str = "en") -> Voice:
    """The words of this page, those of programs among them."""
    spoken = shelf.words(language, "look_back", "calendar", "program", "reflect")
    return Voice(spoken, shelf.feelings(language), THEMES)


def practised(text: str = "leave at four", name: str = "PHQ-9") -> Practice:
    notes = [
        LimitNote(f"n{n}", "l", at(f"2026-10-0{n} 12:00"), how)
        for n, how in enumerate((How.KEPT, How.PARTLY, How.KEPT, How.KEPT), 1)
    ]
    ratings = [
        Rating(f"r{n}", "g", at(f"2026-{day} 12:00"), n) for n, day in ((2, "10-27"), (9, "11-01"), (5, "11-23"))
    ]
    totals = (9.0, 13.0)
    results = [
        Result(f"m{n}", "phq-9", "1", "en", at(f"2026-{day} 12:00"), (1,) * 8 + (3,), total)
        for n, (day, total) in enumerate(zip(("11-20", "10-23"), totals, strict=True))
    ]
    trust = KeptMoment(MomentKind.TRUST, at("2026-11-03 12:00"), "e1", text)
    kindness = KeptMoment(MomentKind.KINDNESS, at("2026-11-02 12:00"), "e2", text, "Two of three is a lot.")
    return Practice(
        limits=(LimitStory(Limit("l", text, at("2026-10-01 12:00")), tuple(notes)),),
        goals=(RatedGoal(Goal("g", "Say no without a long explanation", at("2026-10-01 12:00")), tuple(ratings)),),
        measures=(Measured(Line("phq-9", tuple(results)), name, Change.WITHIN, 5.0),),
        moments=(trust, kindness),
    )


def whole(text: str = "leave at four", question: str = "Where did the signal sit?") -> ProgressFindings:
    """An autumn in which there is something of everything."""
    weeks = (Week("First", sessions=("letter",)), Week("Second", sessions=("letter",)))
    program = Program("small", "Trust, rebuilt small", weeks, "trust")
    run = Run("r0000000", "small", program.title, at("2026-10-01 12:00"), "trust")
    found = with_practice(autumn(), practised(text))
    paused = tuple(replace(one, after=2, question=question) for one in found.paused)
    programs = (InProgram(standing(program, run, (), {"letter": "An unsent letter"}), 3),)
    return replace(found, paused=paused, programs=programs)


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
    assert lines(progress_page(autumn(), voice(), Look(90)), Look(90)) == [
        "1 September – 24 November",
        "  Words that came often   tense, tired",
        '  You starred             "I can come on Sunday, and I leave at four."   22 Nov',
        "  You paused              An unsent letter   2 Nov",
        "  You came back           on 11 November, after nine days. Nothing to catch up on.",
        "  Where you have been     trust in yourself 6 · boundaries 5",
        "Go on where you paused:  journal reflect --resume",
    ]


def test_what_was_practised_is_told_in_the_person_s_own_words() -> None:
    assert lines(progress_page(whole(), voice(), Look(100)), Look(100))[3:] == [
        "  You paused              An unsent letter, after the second question   2 Nov",
        "  A question left open    Where did the signal sit?",
        "  You came back           on 11 November, after nine days. Nothing to catch up on.",
        "  Limits you practised    leave at four   kept 3 · partly 1",
        "  Where you have been     trust in yourself 6 · boundaries 5",
        "  Programs                Trust, rebuilt small: week 1 of 2 is next, whenever",
        "  Goals                   Say no without a long explanation",
        "  Questionnaires          PHQ-9",
        '  A moment of trust, 3 November: "leave at four"',
        '  The critic: "leave at four" A kinder line: "Two of three is a lot."',
        "Go on where you paused:  journal reflect --resume",
    ]


def test_the_numbers_have_a_page_of_their_own() -> None:
    page = numbers_page(whole(), voice(), Look(120))
    assert page is not None

    assert lines(page, Look(120)) == [
        "In numbers",
        "  Words that came often   tense 3, tired 2",
        "  Programs                Trust, rebuilt small: week 1 of 2 is next, whenever (3 sittings)",
        "  Goals, 0 to 10          Say no without a long explanation   2 on 27 October, 5 on 23 November",
        "  Questionnaires          PHQ-9: 9 on 20 November, before that 13 on 23 October; within the usual wobble",
        "  You wrote               43 entries on 3 of 85 days",
        "  You sat down for        1 sitting",
    ]
    assert numbers_page(progress_findings(Tally(0), [], [], [], SINCE, UNTIL), voice(), Look(80)) is None


@pytest.mark.parametrize(
    "change, wobble, totals, said",
    [
        (Change.BEYOND, 5.0, (9.0, 20.0), "PHQ-9: 9 on 20 November, before that 20 on 23 October; more than the usual"),
        (Change.UNKNOWN, None, (2.5833333, 3.0), "PHQ-9: 2.58 on 20 November, before that 3 on 23 October"),
        (Change.NONE, 5.0, (9.0, None), "PHQ-9: 9 on 20 November"),
        (Change.NONE, 5.0, (None, None), "PHQ-9: 9 of 9 answered on 20 November, no total"),
    ],
)
def test_a_difference_is_said_for_what_it_can_carry(change, wobble, totals, said: str) -> None:
    (measured,) = practised().measures
    results = tuple(replace(one, total=total) for one, total in zip(measured.line.results, totals, strict=True))
    told = Measured(Line("phq-9", results), "PHQ-9", change, wobble)

    page = progress_page(with_practice(autumn(), Practice(measures=(told,))), voice(), Look(120), numbers=True)

    (row,) = [line for line in lines(page, Look(120)) if "PHQ-9" in line]
    assert row.split("  ")[-1].strip().startswith(said)
    assert ("wobble" in row) == (change is Change.BEYOND)
    assert row.endswith("of about 5") == (change is Change.BEYOND)


def test_the_answer_to_a_single_item_is_never_shown() -> None:
    (measured,) = practised().measures
    answers = (1,) * 8 + (3,)
    totals = [replace(one, answers=answers, total=11.0) for one in measured.line.results]
    told = replace(measured, line=Line("phq-9", tuple(totals)))

    shown = lines(
        progress_page(with_practice(autumn(), Practice(measures=(told,))), voice(), Look(80), numbers=True), Look(80)
    )

    (row,) = [line for line in shown if "PHQ-9" in line]
    assert "item" not in "\n".join(shown)
    assert set(re.findall(r"\d+", row.partition("PHQ-9")[2])) <= {"11", "20", "23"}


def test_in_plain_mode_practice_and_moments_are_lines_of_their_own() -> None:
    look = Look(200, plain=True, colour=False)

    shown = lines(progress_page(whole(), voice(), look, numbers=True), look)

    assert "You paused: An unsent letter, after the second question, 2 Nov" in shown
    assert "Limits you practised: leave at four, kept 3, partly 1" in shown
    assert "Goals, 0 to 10: Say no without a long explanation, 2 on 27 October, 5 on 23 November" in shown
    assert 'A moment of trust, 3 November: "leave at four"' in shown


def test_polish_tells_what_was_practised() -> None:
    shown = "\n".join(lines(progress_page(whole(), voice("pl"), Look(120), numbers=True), Look(120)))

    assert "An unsent letter, po drugim pytaniu   2 lis" in shown
    assert "leave at four   dotrzymana 3 razy · częściowo 1 raz" in shown
    assert "PHQ-9: 9 (20 listopada), przedtem 13 (23 października); w granicach zwykłych wahań" in shown
    assert "Chwila zaufania, 3 listopada: „leave at four”" in shown
    assert "Krytyk: „leave at four” Życzliwsze zdanie: „Two of three is a lot.”" in shown


def test_a_limit_of_which_nothing_is_told_stands_alone() -> None:
    limit = LimitStory(Limit("l", "leave at four", at("2026-10-01 12:00")))

    shown = lines(progress_page(with_practice(autumn(), Practice(limits=(limit,))), voice(), Look(80)), Look(80))

    assert "  Limits you practised    leave at four" in shown


def test_a_long_silence_is_said_in_figures() -> None:
    found = progress_findings(Tally(2, (date(2026, 10, 1), date(2026, 11, 1))), [], [], [], SINCE, UNTIL)

    assert "after 31 days." in show(progress_page(found, voice(), Look(80)), Look(80))
    assert "po 31 dniach." in show(progress_page(found, voice("pl"), Look(80)), Look(80))


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
    assert "You came back: On 11 November, after nine days. Nothing to catch up on." in shown


def test_in_forty_columns_what_is_said_stands_under_its_name() -> None:
    shown = lines(progress_page(autumn(), voice(), Look(40)), Look(40))

    assert shown[1:3] == ["  Words that came often", "    tense, tired"]


def test_a_theme_and_how_often_it_was_visited_stay_on_one_line() -> None:
    themes = tuple(ThemeTally(f"theme number {n}", n, 1, at("2026-11-24 21:08")) for n in range(1, 7))
    found = progress_findings(Tally(21, (), themes), [], [], [], SINCE, UNTIL)

    for look in LOOKS:
        shown = "\n".join(lines(progress_page(found, voice(), look), look))
        assert all(f"theme number {n} {n}" in shown for n in range(1, 7)), look


def test_polish_says_it_without_guessing_who_reads() -> None:
    shown = "\n".join(lines(progress_page(autumn(), voice("pl"), Look(120)), Look(120)))

    assert "Słowa, które wracały   napięcie, zmęczenie" in shown
    assert "„I can come on Sunday, and I leave at four.”   22 lis" in shown
    assert "11 listopada, po dziewięciu dniach. Nie ma czego nadrabiać." in shown


def test_an_empty_time_is_no_reproach() -> None:
    empty = progress_findings(Tally(0), [], [], [], SINCE, UNTIL)

    shown = lines(progress_page(empty, voice(), Look(80)), Look(80))

    assert shown[1:] == ["Nothing here in this time, and that is fine.", "Begin with a question:  journal reflect"]


@pytest.mark.parametrize("numbers", [False, True])
@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_look_back_fits_every_window(look: Look, language: str, numbers: bool) -> None:
    page = progress_page(whole(), voice(language), look, numbers=numbers)
    more = numbers_page(whole(), voice(language), look)

    shown = lines(page, look)
    assert more is not None
    shown += lines(more, look)

    if look.ascii and language == "en":
        assert all(line.isascii() for line in shown)
    if look.plain:
        assert "\x1b" not in show(page, look)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_starred_line_cannot_steer_the_terminal(look: Look) -> None:
    found = replace(whole(HOSTILE, HOSTILE), starred=autumn(HOSTILE).starred)
    paused = tuple(LeftOff(replace(one.sitting, title=HOSTILE), 1, HOSTILE) for one in found.paused)
    practice = replace(found.practice, measures=practised(HOSTILE, HOSTILE).measures)

    page = progress_page(replace(found, paused=paused, practice=practice), voice(), look, numbers=True)
    shown = show(page, look)

    assert "\x1b[31m" not in shown
    assert not set("\u202e\u2066\x07\x9b") & set(shown)


def every_sentence(language: str) -> list[str]:
    spoken = words(language)
    return [*spoken.sentences.values(), *(form for forms in spoken.plurals.values() for form in forms.values())]


JUDGING = {
    "en": r"streak|miss|overdue|behind|should|must|score|average|correlat|risk|better|worse|improv|success|fail"
    r"|complete|well done|good job|keep it up|only|%",
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

"""Mood on the screen: at every width, with and without colour, in signs, in ASCII and in sentences."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from window import HOSTILE, at, lines, looks, show, voice

from journal_cli.insight.moods import FromElsewhere, MoodFindings, Spread, mood_findings
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.screen.look import Look
from journal_cli.screen.moods import mood_calendar, mood_page
from journal_cli.screen.theme import signs

SINCE, UNTIL = date(2026, 9, 7), date(2026, 10, 4)
LOOKS = looks()


def check_in(day: str, pleasant: float | None, energy: int | None, *words: str, cant_tell: bool = False) -> CheckIn:
    return CheckIn("c0000000", at(f"{day} 08:15"), Mood(pleasant, energy, cant_tell, words))


def sitting(day: str, before: Mood, after: Mood) -> Sitting:
    return Sitting("s0000000", at(f"{day} 21:00"), "evening", "Evening", State.DONE, before, after)


def autumn(*, sittings: bool = True) -> MoodFindings:
    told = [
        check_in("2026-09-07", -1, -1, "tense", "tired"),
        check_in("2026-09-08", 0, 2, "tense"),
        check_in("2026-09-09", 2, -3, "on guard"),
        check_in("2026-09-22", None, None, cant_tell=True),
        check_in("2026-09-29", 1, 1, "my own word"),
    ]
    sat = [sitting("2026-09-30", Mood(-2, 0), Mood(0, 0)), sitting("2026-10-01", Mood(1, 0), Mood(0, 0))]
    return mood_findings(told, sat if sittings else [], 9, SINCE, UNTIL)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_both_pages_fit_every_window_in_both_languages(look: Look, language: str) -> None:
    for page in (mood_page, mood_calendar):
        shown = lines(page(autumn(), voice(language), look), look)

        if look.ascii and language == "en":
            assert all(line.isascii() for line in shown)


def test_a_week_is_a_row_with_its_range_over_the_axis() -> None:
    shown = lines(mood_page(autumn(), voice(), Look(80)), Look(80))

    axis = next(line for line in shown if "-3  -2  -1" in line)
    week = next(line for line in shown if line.startswith("   7 Sep"))
    assert "n 3" in week
    assert week.index("├") == axis.index("-1") + 1
    assert week.index("●") == axis.index("0")
    assert week.index("┤") == axis.index("  2 ") + 2
    assert week[axis.index("energy")] == "▃"
    assert axis.index("unpleasant") < axis.index("-3") < axis.index(" pleasant")


def test_a_gap_stays_a_gap_and_a_week_without_numbers_says_so() -> None:
    shown = lines(mood_page(autumn(), voice(), Look(80)), Look(80))

    assert next(line for line in shown if "14 Sep" in line).split() == ["14", "Sep", "no", "check-ins"]
    assert next(line for line in shown if "21 Sep" in line).split() == ["21", "Sep", "n", "1", "no", "number"]


def test_words_cant_tell_and_sittings_stand_below_with_the_sentence_about_a_dip() -> None:
    shown = lines(mood_page(autumn(), voice(), Look(80)), Look(80))

    first = shown.index("Words      tense 2 · my own word 1 · on guard 1 · tired 1")
    assert shown[first + 1 : first + 6] == [
        "Numb, mixed, or can't tell: once. It is an answer like any other.",
        "Sittings   2, before → after",
        "            1 Oct  Evening  pleasant  1 →  0  energy  0 →  0",
        "           30 Sep  Evening  pleasant -2 →  0  energy  0 →  0",
        "           a dip after deep writing is common; it is not a verdict",
    ]
    assert shown[-1] == "Month view:  journal mood --calendar"


def test_in_plain_mode_every_sitting_is_a_sentence_and_what_was_not_told_is_said_so() -> None:
    look = Look(120, plain=True, colour=False)
    sat = [
        sitting("2026-09-28", Mood(-1.5, 2), Mood(None, 1, cant_tell=True)),
        sitting("2026-09-29", Mood(), Mood(2)),
        Sitting("s0000000", at("2026-09-30 21:00"), "plain", "A plain day", State.PAUSED),
    ]

    for language, sentences in (
        (
            "en",
            [
                "30 September, A plain day: no number.",
                "29 September, Evening: pleasant not told before, 2 after.",
                "28 September, Evening: pleasant -1.5 before, can't tell after; energy 2 before, 1 after.",
            ],
        ),
        (
            "pl",
            [
                "30 września, A plain day: bez liczby.",
                "29 września, Evening: przyjemność bez liczby przed, 2 po.",
                "28 września, Evening: przyjemność -1,5 przed, trudno powiedzieć po; energia 2 przed, 1 po.",
            ],
        ),
    ):
        shown = lines(mood_page(mood_findings([], sat, 0, SINCE, UNTIL), voice(language), look), look)
        first = shown.index(sentences[0])
        assert shown[first : first + 3] == sentences
        assert "dip" not in shown[first + 3]  # no sitting was told on both sides


@pytest.mark.parametrize("count", [8, 9])
@pytest.mark.parametrize("look", [Look(80), Look(80, plain=True, colour=False)], ids=["columns", "sentences"])
def test_up_to_eight_sittings_have_a_row_each_and_of_more_the_newest(look: Look, count: int) -> None:
    sat = [sitting(f"2026-09-{10 + number}", Mood(0, 0), Mood(1, 0)) for number in range(count)]

    shown = lines(mood_page(mood_findings([], sat, 0, SINCE, UNTIL), voice(), look), look)

    rows = [line for line in shown if "Evening" in line]
    days = [int(row.split()[0]) for row in rows if "Sep" in row]
    assert days == sorted((10 + number for number in range(count)), reverse=True)[:8]
    assert any(f"{count} rose, 0 fell, 0 stayed" in line for line in shown) is (count > 8)
    assert sum("dip after deep writing" in line for line in shown) == 1


def at_hours(*hours: int) -> MoodFindings:
    told = [
        CheckIn("c", at(f"2026-09-{7 + number % 21:02} {hour:02}:15"), Mood(1, 0)) for number, hour in enumerate(hours)
    ]
    return mood_findings(told, [], 0, SINCE, UNTIL)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_times_of_day_are_named_from_eight_moods_on_and_never_compared(look: Look, language: str) -> None:
    names = voice(language).words.lists["look_back.mood.times"]
    few, many = (
        " ".join(lines(mood_page(at_hours(*hours), voice(language), look), look)).lower()
        for hours in ([8] * 7 + [20] * 7, [8] * 8 + [20] * 7)
    )

    too_few = voice(language).words("look_back.mood.too_few_times").lower()
    assert too_few in " ".join(few.split())
    assert too_few not in " ".join(many.split())
    assert names[1] in many
    assert names[3] not in many
    assert not {"best", "worst", "better", "worse", "lepiej", "gorzej", "najlepszy", "najgorszy"} & set(many.split())


def test_times_and_days_stand_in_the_order_of_clock_and_week_with_how_many_there_were() -> None:
    told = [
        CheckIn("c", at(f"2026-09-{day:02} {hour:02}:15"), Mood(pleasant, 0))
        for day, hour, pleasant in [*((7, 8, 3),) * 9, *((8, 20, -2),) * 4, *((8, 20, -1),) * 4]
    ]

    for look, wanted in (
        (
            Look(80),
            ["           morning 3 (n 9) · evening -1.5 (n 8)", "           Monday 3 (n 9) · Tuesday -1.5 (n 8)"],
        ),
        (
            Look(80, plain=True, colour=False),
            ["Evening, 8 moods: pleasant middle -1.5.", "Monday, 9 moods: pleasant middle 3."],
        ),
    ):
        shown = lines(mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(), look), look)
        assert [line for line in shown if line in wanted] == wanted


def test_a_day_of_the_week_with_eight_moods_at_all_hours_is_enough_to_say_something() -> None:
    told = [CheckIn("c", at(f"2026-09-07 {hour:02}:15"), Mood(1, 0)) for hour in range(1, 24, 3)]

    text = "\n".join(lines(mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(), Look(80)), Look(80)))

    assert "Monday 1 (n 8)" in text
    assert "Times" not in text
    assert "times of day" not in text


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_whether_there_is_enough_to_name_a_direction_is_said_in_every_form(look: Look, language: str) -> None:
    words = voice(language).words
    few = [check_in(f"2026-09-{day:02}", 1, 0) for day in range(8, 12)]
    more = [check_in(f"2026-09-{day:02}", 1, 0) for day in range(23, 27)]

    for told, trend in ((few, "too_few"), (few + more, "same")):
        shown = lines(mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(language), look), look)
        assert signs(words(f"look_back.mood.trend_{trend}"), look) in " ".join(shown)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_halves_of_an_app_with_five_steps_and_moods_without_energy_are_shown_as_they_are(look: Look) -> None:
    findings = mood_findings(
        [check_in("2026-09-08", -1.5, None), check_in("2026-09-09", 1.5, None)], [], 0, SINCE, UNTIL
    )

    for page in (mood_page, mood_calendar):
        shown = lines(page(findings, voice(), look), look)
        assert "None" not in "\n".join(shown)
    if look.plain:
        page = " ".join(lines(mood_page(findings, voice(), look), look))
        assert "2 check-ins: pleasant from -1.5 to 1.5, middle 0." in page


def test_a_calendar_begins_with_the_month_of_the_first_mood() -> None:
    told = [check_in("2026-09-08", 1, 1)]
    found = mood_findings(told, [], 0, date(2026, 1, 1), UNTIL)

    shown = lines(mood_calendar(found, voice("pl"), Look(80)), Look(80))

    assert shown[0] == "Wrzesień 2026"
    assert shown[1].split() == ["pon", "wt", "śr", "czw", "pt", "sob", "nd"]
    assert sum("2026" in line for line in shown) == 2


def test_in_plain_mode_every_week_is_a_sentence() -> None:
    look = Look(120, plain=True, colour=False)

    shown = lines(mood_page(autumn(sittings=False), voice(), look), look)

    assert shown[:5] == [
        "Mood from 7 September to 4 October. 5 check-ins on 5 of 28 days.",
        "Week of 7 September, 3 check-ins: pleasant from -1 to 2, middle 0. Energy middle -1.",
        "Week of 14 September: no check-ins.",
        "Week of 21 September, 1 check-in: told without a number.",
        "Week of 28 September, 1 check-in: pleasant 1. Energy middle 1.",
    ]
    assert "Words: tense 2, my own word 1, on guard 1, tired 1." in shown


@pytest.mark.parametrize(
    "days, said",
    [
        ((7, 21), ["Week of 14 September: no check-ins."]),
        ((7, 28), ["From the week of 14 September to the week of 21 September: no check-ins."]),
        ((7, 14), ["From the week of 21 September to the week of 28 September: no check-ins."]),
    ],
)
def test_weeks_without_anything_are_said_once_and_not_one_by_one(days: tuple[int, ...], said: list[str]) -> None:
    look = Look(120, plain=True, colour=False)
    told = [check_in(f"2026-09-{day:02}", 1, 0) for day in days]
    told += [check_in("2026-09-28", 1, 0)] if 21 in days else []

    shown = lines(mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(), look), look)

    assert [line for line in shown if "no check-ins" in line] == said


@pytest.mark.parametrize(
    "language, plain, said",
    [
        ("en", False, "Mood, 8 September"),
        ("en", True, "Mood on 8 September."),
        ("pl", False, "Nastrój, 8 września"),
        ("pl", True, "Nastrój w dniu 8 września."),
    ],
)
def test_a_period_of_one_day_is_named_once(language: str, plain: bool, said: str) -> None:
    look = Look(80, plain=plain, colour=not plain)
    day = date(2026, 9, 8)

    for told in ([check_in("2026-09-08", 1, 1)], []):
        first = lines(mood_page(mood_findings(told, [], 0, day, day), voice(language), look), look)[0]
        assert first.startswith(said)
        assert first.count("8 ") == 1


def test_moods_before_a_sitting_are_counted_beside_check_ins_not_as_such() -> None:
    look = Look(120, plain=True, colour=False)

    shown = lines(mood_page(autumn(), voice(), look), look)

    assert shown[0].endswith("5 check-ins, 2 moods before a sitting on 7 of 28 days.")
    assert "Week of 28 September, 3 moods: pleasant from -2 to 1, middle 1. Energy middle 0." in shown


def test_polish_says_it_with_its_own_plurals_and_words() -> None:
    look = Look(120, plain=True, colour=False)

    shown = lines(mood_page(autumn(), voice("pl"), look), look)

    assert shown[0].startswith("Nastrój od 7 września do 4 października. 5 zapisów nastroju, 2 nastroje przed sesją")
    assert shown[1].startswith("Tydzień od 7 września, 3 nastroje: przyjemność od -1 do 2, środek 0.")
    assert "Słowa: napięcie 2, my own word 1, czujność 1, zmęczenie 1." in shown


def test_a_month_shows_a_shape_on_the_days_that_were_told_and_nothing_on_others() -> None:
    shown = lines(mood_calendar(autumn(), voice(), Look(80)), Look(80))

    assert shown[0] == "September 2026"
    assert shown[1].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert " 7 ○    8 ◐    9 ●   10     11     12     13" in shown
    assert "14     15     16     17     18     19     20" in shown
    assert any("22 ◇" in line for line in shown)
    assert "October 2026" in shown


def test_a_calendar_in_plain_mode_names_only_the_days_that_were_told() -> None:
    look = Look(80, plain=True, colour=False)

    shown = lines(mood_calendar(autumn(sittings=False), voice(), look), look)

    assert shown[1:4] == [
        "Monday 7 September: pleasant -1.",
        "Tuesday 8 September: pleasant 0.",
        "Wednesday 9 September: pleasant 2.",
    ]
    assert len(shown) == 1 + 5 + 1


def test_weeks_of_the_calendar_begin_on_the_day_the_person_chose() -> None:
    findings = mood_findings([check_in("2026-09-08", 1, 1)], [], 1, SINCE, UNTIL, first_weekday=6)

    shown = lines(mood_calendar(findings, voice(), Look(80)), Look(80))

    assert shown[1].split() == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert " 6      7      8 ●" in "\n".join(shown)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_period_of_nothing_is_no_reproach(look: Look) -> None:
    nothing = mood_findings([], [], 0, SINCE, UNTIL)

    text = "\n".join(lines(mood_page(nothing, voice(), look), look))

    assert "No check-ins." in text
    assert "journal checkin" in text
    assert "missed" not in text


def test_eight_in_four_weeks_are_needed_before_a_direction_is_named() -> None:
    few = [check_in(f"2026-09-{day:02}", -2, 0) for day in range(8, 12)]
    more = [check_in(f"2026-09-{day:02}", 1, 0) for day in range(23, 27)]

    for told, sentence in ((few + more[1:], "Too few"), (few + more, "middle lay higher")):
        page = mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(), Look(120))
        assert sentence in "\n".join(lines(page, Look(120)))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_word_of_ones_own_cannot_steer_the_terminal(look: Look) -> None:
    findings = mood_findings([check_in("2026-09-08", 1, 1, HOSTILE)], [], 0, SINCE, UNTIL)

    shown = show(mood_page(findings, voice(), look), look)

    assert "\x1b[31m" not in shown
    assert not set("\u202e\u2066\x07\x9b") & set(shown)


def test_without_colour_there_is_emphasis_and_in_plain_mode_no_code_at_all() -> None:
    for page in (mood_page, mood_calendar):
        coloured, bare = (show(page(autumn(), voice(), look), look) for look in (Look(80), Look(80, colour=False)))
        plain = show(page(autumn(), voice(), Look(80, plain=True)), Look(80, plain=True))
        assert "\x1b[1;36m" in coloured
        assert "\x1b[1m" in bare
        assert "36m" not in bare
        assert "\x1b" not in plain


def test_feelings_are_never_painted_red_or_green() -> None:
    happy = [check_in(str(SINCE + timedelta(days=number)), 3, 3) for number in range(20)]
    for told in (happy, [check_in("2026-09-08", -3, -3)]):
        shown = show(mood_page(mood_findings(told, [], 0, SINCE, UNTIL), voice(), Look(80)), Look(80))
        assert not any(code in shown for code in ("31m", "32m", "91m", "92m", "41m", "42m"))


def test_weeks_before_the_first_mood_are_not_shown_as_gaps() -> None:
    told = [CheckIn("q4xd0000", at("2026-11-18 08:15"), Mood(-1, 0))]
    found = mood_findings(told, [], 1, date(2026, 9, 1), date(2026, 11, 24))

    shown = [line for line in lines(mood_page(found, voice(), Look(80)), Look(80)) if "no check-ins" in line]

    assert len(found.weeks) == 13
    assert len(shown) == 1


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("is_empty", [False, True])
def test_moods_from_elsewhere_stand_apart_in_a_sentence_of_their_own(look: Look, is_empty: bool) -> None:
    imported = (FromElsewhere("daylio", 212, Spread(-1.5, 1.5, 3)), FromElsewhere("other", 1, None))
    findings = mood_findings([], [], 0, SINCE, UNTIL) if is_empty else autumn()

    shown = " ".join(lines(mood_page(replace(findings, imported=imported), voice(), look), look))

    assert "From Daylio, on a scale of its own: 212 moods, from -1.5 to 3, middle 1.5." in " ".join(shown.split())
    assert "From Other, on a scale of its own: 1 mood." in " ".join(shown.split())
    polish = " ".join(lines(mood_page(replace(findings, imported=imported), voice("pl"), look), look))
    assert "212 nastrojów, od -1,5 do 3, środek 1,5." in " ".join(polish.split())

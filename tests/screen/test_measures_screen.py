"""Questionnaires on the screen: numbers in sentences, no grades, and a card that is quiet at every width."""

from dataclasses import replace

import pytest
from window import HOSTILE, at, lines, looks, show

from journal_cli.insight.measures import Change
from journal_cli.journal.questionnaire import Band, Cluster, Form, Item, Questionnaire, Result, Scoring, Wobble
from journal_cli.packs import shelf
from journal_cli.packs.lines import help_lines
from journal_cli.screen import hard_hour
from journal_cli.screen import measures as screen
from journal_cli.screen.look import Look
from journal_cli.screen.measures import Known, Outcome

WIDE = Look(80, plain=True, colour=False)
TODAY = at("2026-11-24 21:00").day
ITEMS = tuple(Item(label, 0, 3) for label in ("sleep", "energy", "appetite"))
MEASURE = Questionnaire(
    id="three-3",
    name="THREE-3",
    version="1.0.0",
    about="three invented things",
    window="the last two weeks",
    items=ITEMS,
    source="Nobody 1999",
    low="never",
    high="always",
    bands=(Band(0, 4, "few", "Nobody 1999"), Band(5, 9, "many", "Nobody 2001")),
    wobble=Wobble(2, "Somebody 2004"),
    licence="free",
    content_notes=("self-doubt",),
)
RESULT = Result("aaaa0001", "three-3", "1.0.0", "en", at("2026-11-24 20:00"), (2, 1, 2), 5.0)
BEFORE = replace(RESULT, id="aaaa0002", at=at("2025-11-03 20:00"), answers=(3, 3, 3), total=9.0)
FORM = Form(
    "three-3", "en", ("How is it with nights?", "And days?", "And meals?"), {0: "not once", 3: "each day"}, "Tick."
)
POLAND = ("112", "116 123")


def words(language: str = "en"):
    return shelf.words(language, "measure", "calendar", "reflect")


def care(language: str = "en"):
    return shelf.words(language, "care")


def said(view, look: Look = WIDE) -> str:
    return " ".join(" ".join(lines(view, look)).split())


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("look", looks(), ids=str)
def test_every_screen_fits_its_window_and_keeps_to_its_signs(look: Look, language: str) -> None:
    w = words(language)
    known = Known(MEASURE, RESULT.at, "en")
    views = [
        screen.measures_page([known, Known(replace(MEASURE, id="another-longer-id"))], TODAY, look, w),
        screen.measure_page(known, [RESULT, BEFORE], TODAY, look, w),
        screen.before(replace(MEASURE, with_clinician=True), look, w, medicines=True),
        screen.lately(MEASURE, BEFORE.at, TODAY, look, w),
        screen.tender(replace(MEASURE, tender=3), MEASURE, look, w),
        screen.opening(MEASURE, None, look, w, keys=True),
        screen.opening(MEASURE, FORM, look, w, keys=False),
        screen.item(MEASURE, 1, None, look, w),
        screen.item(MEASURE, 3, FORM, look, w),
        screen.outcome(Outcome(MEASURE, RESULT, BEFORE, Change.BEYOND), TODAY, look, w),
        screen.bands(MEASURE, look, w, RESULT),
        screen.will_keep(MEASURE, FORM, look, w, replaces=True),
        screen.form_kept(MEASURE, FORM, look, w),
        hard_hour.card(help_lines(), "PL", look, w, care(language)),
        hard_hour.card(help_lines(), "", look, w, care(language)),
    ]

    for view in views:
        text = "\n".join(lines(view, look))
        assert text.strip()
        assert not look.ascii or not set(text) & set("·–—→★…“”„’─")


def test_the_list_says_what_each_is_and_when_it_was_answered() -> None:
    known = [Known(MEASURE, RESULT.at, "en"), Known(MEASURE, BEFORE.at)]

    wide = lines(screen.measures_page(known, TODAY, replace(WIDE, width=120), words()), replace(WIDE, width=120))
    narrow = lines(screen.measures_page(known, TODAY, replace(WIDE, width=40), words()), replace(WIDE, width=40))

    name = "THREE-3: three invented things"
    assert f"  three-3  {name} · 3 items · last on 24 November · your form is added" in wide
    assert f"  three-3  {name} · 3 items · last on 3 November 2025" in wide
    facts = ["    3 items · last on 24 November", "    your form is added"]
    assert narrow[1:5] == ["  three-3", f"    {name}", *facts]


def test_a_page_names_every_source_and_the_earlier_answers() -> None:
    half = replace(RESULT, id="aaaa0003", answers=(2, None, 1), total=None)

    page = said(screen.measure_page(Known(MEASURE), [RESULT, half, BEFORE], TODAY, WIDE, words()))

    for fact in ("Nobody 1999", "Nobody 2001", "Somebody 2004", "Licence: free", "0 to 4 few", "5 to 9 many"):
        assert fact in page
    assert "aaaa0001 24 November: 5 of 9" in page
    assert "aaaa0003 24 November: 2 of 3 answered, no total" in page
    assert "aaaa0002 3 November 2025: 9 of 9" in page


def test_an_item_stands_in_the_words_of_the_form_once_it_is_added() -> None:
    bare = said(screen.item(MEASURE, 1, None, WIDE, words()))
    worded = said(screen.item(MEASURE, 1, FORM, WIDE, words()))

    assert bare == "Item 1 of 3, sleep, as your form words it: 0 to 3"
    assert worded == "Item 1 of 3, sleep: 0 to 3 How is it with nights? 0 not once 3 each day"


@pytest.mark.parametrize(
    ("change", "before", "expected"),
    [
        (
            Change.WITHIN,
            6.0,
            "From 6 to 5. Scores move by about 2 without anything changing, so this may be noise.",
        ),
        (Change.BEYOND, 9.0, "From 9 to 5. That is more than the usual wobble of about 2 points."),
        (Change.UNKNOWN, 9.0, "From 9 to 5. The"),
        (Change.WITHIN, 5.0, "The same number as the time before."),
    ],
)
def test_a_change_is_said_with_what_it_can_carry(change: Change, before: float, expected: str) -> None:
    one = Outcome(MEASURE, RESULT, replace(BEFORE, total=before), change)

    page = said(screen.outcome(one, TODAY, WIDE, words()))

    assert page.startswith("THREE-3: 5 of 9 ")
    assert expected in page
    assert "The time before was on 3 November 2025." in page
    assert not [word for word in ("better", "worse", "improve", "risk", "few", "many") if word in page]


def test_a_first_number_stands_alone_and_a_half_filled_one_has_none() -> None:
    half = replace(RESULT, answers=(2, None, 1), total=None)

    assert said(screen.outcome(Outcome(MEASURE, RESULT), TODAY, WIDE, words())) == "THREE-3: 5 of 9"
    alone = said(screen.outcome(Outcome(MEASURE, half), TODAY, WIDE, words()))
    assert alone == "THREE-3: 2 of 3 answered, no total"


def test_a_range_that_begins_above_zero_is_named_with_both_ends() -> None:
    mean = replace(MEASURE, items=tuple(Item("a", 1, 5) for _ in range(3)), scoring=Scoring.MEAN)
    result = replace(RESULT, answers=(3, 3, 4), total=10 / 3)

    assert said(screen.outcome(Outcome(mean, result), TODAY, WIDE, words())) == "THREE-3: 3.33, in a range from 1 to 5"
    polish = said(screen.outcome(Outcome(mean, result), TODAY, WIDE, words("pl")))
    assert polish == "THREE-3: 3,33, w zakresie od 1 do 5"


def test_bands_carry_their_sources_and_say_where_a_total_lies() -> None:
    page = said(screen.bands(MEASURE, WIDE, words(), RESULT))

    assert "5 lies in the range from 5 to 9, which is called many (Nobody 2001)." in page
    assert "number is not a diagnosis" in page


def test_groups_of_items_are_named_where_a_publication_has_them() -> None:
    grouped = replace(MEASURE, bands=(), clusters=(Cluster("B", (1, 2), 2, 1), Cluster("C", (3,), 3, 1)))

    assert said(screen.bands(grouped, WIDE, words(), RESULT)).endswith("these reach what it asks: B.")
    none = replace(RESULT, answers=(0, 1, 0), total=1.0)
    assert "B: at least 1 of 2 items answered 2 or higher" in said(screen.bands(grouped, WIDE, words()))
    assert "None of the groups" in said(screen.bands(grouped, WIDE, words(), none))
    assert said(screen.bands(replace(grouped, clusters=()), WIDE, words(), RESULT)).startswith("No names")


@pytest.mark.parametrize("look", looks(), ids=str)
def test_nothing_in_a_form_steers_the_terminal(look: Look) -> None:
    form = replace(FORM, items=(HOSTILE,) * 3, answers={0: HOSTILE}, intro=HOSTILE)

    views = (screen.item(MEASURE, 1, form, look, words()), screen.opening(MEASURE, form, look, words(), keys=True))

    for view in views:
        shown = show(view, look)
        assert not [sign for sign in ("\x1b[31m", "\x07", "\x9b", "\u202e", "\u2066") if sign in shown]


# The card


def test_the_card_is_the_one_of_the_research_word_for_word_in_english() -> None:
    card = said(hard_hour.card(help_lines(), "PL", WIDE, words(), care()))

    assert card == (
        "Thank you for putting that down. Thoughts like this can be very heavy, and many people have them. "
        "You do not have to carry them alone. Nobody has been told; this stays here. "
        "1 my safety notes 2 numbers for Poland 3 my people 4 a line for my therapist Enter go on "
        "If you might act on these thoughts soon, please call 112 or 116 123 now."
    )


def test_the_card_is_the_one_of_the_research_word_for_word_in_polish() -> None:
    card = said(hard_hour.card(help_lines(), "PL", WIDE, words("pl"), care("pl")))

    assert card == (
        "Dobrze, że to jest tu zapisane. Takie myśli bywają bardzo ciężkie i ma je wiele osób. "
        "Nie trzeba mierzyć się z nimi w pojedynkę. Nikt nie został powiadomiony; odpowiedź zostaje tutaj. "
        "1 moje notatki na trudny czas 2 numery dla: Polska 3 moje osoby 4 zdanie do terapeuty Enter dalej "
        "Jeśli możesz wkrótce zrobić sobie krzywdę, zadzwoń teraz: 112 albo 116 123."
    )


@pytest.mark.parametrize("country", sorted({line.country for line in help_lines()}))
def test_the_card_names_numbers_of_the_country_that_can_be_called(country: str) -> None:
    card = said(hard_hour.card(help_lines(), country, WIDE, words(), care()))

    ours = [line for line in help_lines() if line.country == country and line.kind in {"emergency", "crisis"}]
    numbers = [number for line in ours if "call" in line.ways for number in line.number.split(", ")]
    named = card.rpartition("please call ")[2].removesuffix(" now.").split(" or ")
    assert named
    assert set(named) <= set(numbers)
    assert named[0] in next(line for line in ours if line.kind == "emergency").number


def test_without_a_country_the_card_names_112_and_the_page_of_numbers() -> None:
    card = said(hard_hour.card(help_lines(), "", WIDE, words(), care()))

    assert card.endswith("please call 112 or a number of your country now: journal help-now")
    assert "2 numbers for my country" in card


def test_where_nobody_is_there_the_card_shows_no_keys() -> None:
    card = said(hard_hour.card(help_lines(), "PL", WIDE, words()))

    assert "Enter" not in card
    assert card.endswith("this stays here. If you might act on these thoughts soon, please call 112 or 116 123 now.")


@pytest.mark.parametrize("look", looks(), ids=str)
def test_the_card_has_neither_red_nor_capitals_and_no_number_is_broken(look: Look) -> None:
    card = hard_hour.card(help_lines(), "PL", look, words(), care())

    shown = show(card, look)
    assert not [code for code in ("\x1b[31", "\x1b[91", ";31m", ";91m", "\x1b[41") if code in shown]
    rows = lines(card, look)
    assert not [word for row in rows for word in row.split() if len(word) > 1 and word.isupper()]
    for number in POLAND:
        assert [row for row in rows if number in row]

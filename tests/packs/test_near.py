"""No two questions of the library ask the same thing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.journal.session import Prompt
from journal_cli.packs.near import LIMIT, nearest, similarity
from journal_cli.packs.shelf import shipped_library

# A question, and what somebody might add without knowing that it is there already.
ASKED_TWICE = {
    "en": """
Think of one moment today when something in you said yes, no, or wait. What was happening, and how did the
signal reach you: a thought, a tightening, a warmth?
/
Think of a moment today when something in you said no, yes or wait. What was going on, and how did the signal
reach you: as a thought, a tightening, a warmth?

Name one small thing you told yourself you would do, and did. What does it say about you?
/
What small thing did you tell yourself you would do, and then did? What does it say about you?

If you once acted against something you hold dear, what were you protecting at the time? What would one small
step back toward it look like?
/
If there was a time you acted against something dear to you, what did you protect? What could be one small
step back to it?

Name five things you can see that have not changed since yesterday.
/
What five things around you have not changed since yesterday? Name them.

Picture trust as a row of small doors rather than one gate. Which door could open a little with someone, and
which stays shut for now?
/
If trust were not one gate but a row of little doors, which could open a crack with someone, and which stays
closed for now?
""",
    "pl": """
Przywołaj jedną chwilę z dzisiaj, w której coś w tobie powiedziało: tak, nie albo poczekaj. Co się wtedy
działo i jak ten sygnał do ciebie dotarł: jako myśl, ścisk, ciepło?
/
Pomyśl o chwili z dzisiejszego dnia, w której coś w tobie mówi: nie, tak albo poczekaj. Co się wtedy działo i
jak dociera do ciebie ten sygnał: myślą, ściskiem, ciepłem?

Wymień pięć rzeczy, które widzisz i które nie zmieniły się od wczoraj.
/
Które pięć rzeczy, które widzisz, nie zmieniło się od wczoraj? Wymień je.

Którą obietnicę, czyjąkolwiek, chcesz w tym tygodniu zobaczyć spełnioną? Po czym to poznasz?
/
Spełnienie której obietnicy, czyjejkolwiek, chcesz zobaczyć w tym tygodniu? Jak poznasz, że to się stało?

Czego potrzebujesz mniej w następnym miesiącu?
/
Czego w przyszłym miesiącu potrzebujesz mniej?
""",
}
TWICE = [
    (language, *(" ".join(question.split()) for question in pair.split("\n/\n")))
    for language, pairs in ASKED_TWICE.items()
    for pair in pairs.split("\n\n")
]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_two_questions_are_near_twins(language, record_property) -> None:
    near, one, other = nearest(shipped_library(language).prompts.values())[0]
    said = f"the nearest questions in {language} are {one} and {other}: {near:.2f}, and {LIMIT} is too near"

    record_property("nearest", said)

    assert near < LIMIT, said


@pytest.mark.parametrize(("language", "one", "other"), TWICE)
def test_a_question_asked_again_in_other_words_is_found(language, one, other) -> None:
    planted = [Prompt(id=id_, text=text, pack="mine") for id_, text in (("planted", one), ("again", other))]

    pairs = nearest([*shipped_library(language).prompts.values(), *planted])

    near = next(near for near, *ids in pairs if set(ids) == {"planted", "again"})
    assert near >= LIMIT


def test_words_that_everybody_uses_count_for_little() -> None:
    texts = [prompt.text for prompt in shipped_library("en").prompts.values()]
    one, other = "What do you see when you are in the garden?", "What do you do when you are in the kitchen?"

    assert similarity(one, other, texts) < similarity(one, other) - 0.2


def test_pairs_are_sorted_and_say_the_same_as_two_texts_alone() -> None:
    prompts = [*shipped_library("en").prompts.values()][:30]
    texts = {prompt.id: prompt.text for prompt in prompts}

    pairs = nearest(prompts)

    assert pairs == sorted(pairs, reverse=True, key=lambda pair: pair[0])
    assert len({frozenset(pair[1:]) for pair in pairs}) == len(pairs) <= 30 * 29 // 2
    for near, one, other in pairs[::50]:
        assert similarity(texts[one], texts[other], [*texts.values()]) == pytest.approx(near)


def test_inflected_words_are_nearly_the_same() -> None:
    assert similarity("granica", "granicy") > 0.5 > similarity("granica", "herbata")


@given(st.text(), st.text())
@example("", "")
@example("?!", "…")  # no word in it
@example("ß", "SS")
def test_similarity_lies_between_0_and_1_and_has_no_direction(one, other) -> None:
    near = similarity(one, other)

    assert 0 <= near <= 1
    assert near == pytest.approx(similarity(other, one))
    assert similarity(one, one) == pytest.approx(1 if any(sign.isalnum() or sign == "_" for sign in one) else 0)


def test_one_question_or_none_has_nothing_near_it() -> None:
    assert nearest([]) == []
    assert nearest([Prompt(id="one", text="What now?", pack="mine")]) == []

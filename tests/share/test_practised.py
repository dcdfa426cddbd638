"""Limits, goals and questionnaires on a page: what is told of them, what never is, and what is withheld."""

from dataclasses import replace
from datetime import date

import pytest
from answered import FACTS, MEAN, PHQ, all_of_it, full, goal, result, story
from leaving import FEELINGS, SINCE, UNTIL, spoken, whole

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.limit import How
from journal_cli.share.compose import compose, left_out
from journal_cli.share.document import Entries, GoalRow, LeftOut, LimitRow, MeasureRow, Measures
from journal_cli.share.layout import laid_out
from journal_cli.share.measures import goals_block, limits_block, measures_block, withheld_of
from journal_cli.share.plan import Plan
from journal_cli.share.redact import texts
from journal_cli.share.to_markdown import to_markdown

NINE = (1, 1, 2, 1, 1, 1, 1, 1, 0)


def rows(*results: object, withhold: tuple[str, ...] = (), facts: object = FACTS) -> tuple[MeasureRow, ...]:
    return measures_block(results, SINCE, UNTIL, facts, withhold).rows


def test_a_limit_is_told_by_its_words_and_how_often_and_by_nothing_else() -> None:
    found = limits_block([story("I leave at four.", How.KEPT, How.CROSSED, How.KEPT, line="SECRETLINE")])

    assert found.rows == (LimitRow("I leave at four.", 2, 0, 1),)
    assert "SECRETLINE" not in " ".join(texts(found))


def test_a_goal_is_told_by_its_first_and_its_last_rating() -> None:
    told = goals_block(
        [goal("One.", (SINCE, 2), (date(2026, 11, 1), 9), (UNTIL, 5)), goal("Two.", (SINCE, 4)), goal("Three.")]
    )

    assert told.rows == (GoalRow("One.", (SINCE, 2), (UNTIL, 5)), GoalRow("Two.", (SINCE, 4)), GoalRow("Three."))


def test_the_latest_result_stands_with_the_one_before_it_of_whatever_time() -> None:
    old = result("a", date(2026, 1, 5), (3,) * 9)
    mid = result("b", SINCE, (0,) * 9)
    now = result("c", UNTIL, NINE)
    later = result("d", date(2026, 12, 1), (3,) * 9)

    (row,) = rows(mid, later, now, old)

    assert (row.day, row.total, row.before) == (UNTIL, sum(NINE), (SINCE, 0))
    assert rows(old, now)[0].before == (date(2026, 1, 5), 27)
    assert (row.band, row.band_range, row.band_source) == ("mild", "5-9", "Kroenke 2001")
    assert (row.wobble, row.wobble_source, row.most) == (5, "Löwe 2004", 27)
    assert [(item.number, item.answer, item.loinc) for item in row.items][-1] == (9, 0, "44260-8")
    assert rows(old) == ()


@pytest.mark.parametrize("other", [{"version": "0.9.0"}, {"coding": "0-4"}, {"language": "pl"}])
def test_results_that_may_not_be_compared_are_not(other: dict[str, str]) -> None:
    (row,) = rows(result("a", SINCE, (3,) * 9, **other), result("b", UNTIL, NINE))

    assert row.before is None


def test_a_result_scored_by_other_facts_has_no_band_of_these() -> None:
    (row,) = rows(result("a", UNTIL, NINE, version="0.9.0"))

    assert (row.total, row.band, row.wobble) == (sum(NINE), "", None)


def test_a_result_whose_facts_are_gone_still_stands() -> None:
    (row,) = rows(result("a", UNTIL, NINE), facts={})

    assert (row.name, row.total, row.most, row.band) == ("phq-9", sum(NINE), None, "")
    assert {item.label for item in row.items} == {""}


def test_an_item_left_out_leaves_no_total() -> None:
    (row,) = rows(result("a", SINCE, (3,) * 9), result("b", UNTIL, (*NINE[:8], None)))

    assert (row.total, row.band, row.answered, row.withheld, row.before) == (None, "", 8, (), (SINCE, 27))


def test_an_item_that_is_withheld_takes_total_band_and_change_with_it() -> None:
    there = [result("a", SINCE, (3,) * 9), result("b", UNTIL, NINE)]
    block = measures_block(there, SINCE, UNTIL, FACTS, ("phq-9/9", "phq-9/3", "brs/1"))
    (row,) = block.rows

    assert (row.withheld, row.total, row.band, row.before, row.wobble) == ((3, 9), None, "", None, None)
    assert [item.answer for item in row.items] == [1, 1, None, 1, 1, 1, 1, 1, None]
    assert withheld_of(block, ("phq-9/9", "phq-9/3", "brs/1")) == ("phq-9/9", "phq-9/3")

    page = to_markdown(laid_out(all_of_it(withhold=("phq-9/9",)), spoken())).decode()
    line = next(line for line in page.splitlines() if line.startswith("| PHQ-9"))
    assert "PHQ-9: 1 item withheld by me, so there is no total." in page
    assert not any(sign.isdigit() for sign in line.removeprefix("| PHQ-9, 20 Nov"))


def test_a_questionnaire_withheld_whole_is_not_there() -> None:
    assert [
        row.id for row in rows(result("a", UNTIL, NINE), result("b", UNTIL, (1, 2, 3), MEAN), withhold=("phq-9",))
    ] == ["brs"]


@pytest.mark.parametrize("withhold, told", [("phq-99", "no questionnaire phq-99"), ("phq-9/10", "has 9 items")])
def test_what_there_is_not_cannot_be_withheld(withhold: str, told: str) -> None:
    with pytest.raises(NotWhatItSays, match=told):
        rows(result("a", UNTIL, NINE), withhold=(withhold,))


def test_blocks_that_would_say_nothing_are_not_said_to_be_left_out() -> None:
    plan = Plan("md", talk_about=("One.",))

    assert left_out(plan, full()).blocks == ("mood", "words", "sittings", "limits", "goals", "measures")
    assert left_out(plan, full(limits=(), goals=(), results=())).blocks == ("mood", "words", "sittings")
    early = (result("a", date(2026, 1, 1), NINE),)
    assert "measures" not in left_out(plan, full(results=early)).blocks


def one_passage(wanted: str, body: str = "First line.\nSECOND.\nThird.", answer: str = "An answer, HERE.") -> Entries:
    chosen = whole(body=body, title="A title", question="What was it?", follow_ups=[("And then?", answer)])
    plan = Plan("md", entries=("7k2m9qxa",), passages={"7k2m9qxa": wanted})
    document = compose(plan, [chosen], full(), spoken(), FEELINGS)
    return next(block for block in document.blocks if isinstance(block, Entries))


def test_a_passage_leaves_with_what_it_answers_and_without_the_rest() -> None:
    (body,) = one_passage("SECOND.\nThird.").passages
    assert (body.text, body.question, body.title, body.answers, body.whole) == (
        "SECOND.\nThird.", "What was it?", "", (), False,
    )  # fmt: skip

    (answer,) = one_passage("HERE").passages
    assert (answer.text, answer.question, answer.whole) == ("HERE", "And then?", False)
    (all_,) = one_passage("").passages
    assert (all_.whole, len(all_.answers)) == (True, 1)


@pytest.mark.parametrize("wanted", ["not there", "first line.", "A title", "What was it?", "hidden"])
def test_a_passage_that_does_not_stand_there_is_refused(wanted: str) -> None:
    with pytest.raises(NotWhatItSays) as failure:
        one_passage(wanted, "First line. {{hidden}}")

    assert str(failure.value).startswith("passages: ")
    assert wanted not in f"{failure.value} {failure.value!r}"


def test_a_passage_may_be_copied_with_the_private_part_in_it_and_leaves_without() -> None:
    (found,) = one_passage("First {{hidden}} line", "First {{hidden}} line.").passages

    assert found.text == "First […] line"


def test_every_block_is_on_the_page_in_both_languages() -> None:
    for language in ("en", "pl"):
        document = all_of_it(language)
        page = to_markdown(laid_out(document, spoken(language))).decode()

        for text in (
            "The call.",
            "I leave at four.",
            "Say no plainly.",
            "PHQ-9",
            "5 (23",
            "BRS",
            "Sunday",
            "I said no.",
        ):
            assert text in page, text
        assert not any(isinstance(block, LeftOut) for block in document.blocks)
        assert replace(document, blocks=()).blocks == ()
        measures = next(block for block in document.blocks if isinstance(block, Measures))
        assert {row.id for row in measures.rows} == {"phq-9", "brs"}
        assert PHQ.total(NINE) == next(row.total for row in measures.rows if row.id == "phq-9")

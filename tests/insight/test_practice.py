"""What was practised in a period: every count is found a second way."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal_cli.insight.measures import Change
from journal_cli.insight.practice import Practice, goals_of, limits_of, measures_of, practice_json
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import KeptMoment, MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Item, Questionnaire, Result, Wobble

SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 24)
DAYS = st.dates(SINCE - timedelta(days=3), UNTIL + timedelta(days=3))
ITEMS = tuple(Item("one", 0, 3) for _ in range(9))
KNOWN = {"phq-9": Questionnaire("phq-9", "PHQ-9", "1", "", "", ITEMS, "", wobble=Wobble(5, "somebody"))}


def at(day: date, hour: int = 11) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), "Europe/Warsaw", 60)


def result(id_: str, day: date, total: float | None, **known: str) -> Result:
    answers = (None,) * 9 if total is None else (1,) * 9
    told = {"questionnaire": "phq-9", "version": "1", "language": "en", **known}
    return Result(id=id_, at=at(day), answers=answers, total=total, **told)


@given(st.lists(st.tuples(st.sampled_from("ab"), DAYS, st.sampled_from(How)), max_size=12), DAYS, DAYS)
def test_limits_are_counted_as_by_hand(told: list[tuple[str, date, How]], a: date, b: date) -> None:
    limits = [Limit("a", "leave at four", at(a)), Limit("b", "no calls at night", at(b))]
    notes = [LimitNote(f"n{n}", id_, at(day), how) for n, (id_, day, how) in enumerate(told)]

    found = {one.limit.id: one for one in limits_of(limits, notes, SINCE, UNTIL)}

    inside = [(id_, how) for id_, day, how in told if SINCE <= day <= UNTIL]
    put_down = {id_ for id_, day in (("a", a), ("b", b)) if SINCE <= day <= UNTIL}
    assert found.keys() == {id_ for id_, _ in inside} | put_down
    for id_, one in found.items():
        assert [one.times(how) for how in How] == [inside.count((id_, how)) for how in How]


@given(st.lists(st.tuples(DAYS, st.integers(0, 10)), max_size=8, unique_by=lambda one: one[0]), DAYS)
def test_goals_keep_their_ratings_in_order(told: list[tuple[date, int]], put_down: date) -> None:
    ratings = [Rating(f"r{n}", "g", at(day), value) for n, (day, value) in enumerate(told)]

    found = goals_of([Goal("g", "Sleep before midnight", at(put_down))], ratings, SINCE, UNTIL)

    inside = [value for day, value in sorted(told) if SINCE <= day <= UNTIL]
    assert [[rating.value for rating in one.ratings] for one in found] == (
        [inside] if inside or SINCE <= put_down <= UNTIL else []
    )


def test_only_what_may_be_compared_stands_together() -> None:
    newest, earlier, third = UNTIL, UNTIL - timedelta(days=28), UNTIL - timedelta(days=7)
    results = [result("r1", newest, 9.0), result("r2", earlier, 13.0), result("r3", third, 20.0, language="pl")]

    found = measures_of(results, KNOWN, SINCE, UNTIL)

    assert [[one.id for one in measured.line.results] for measured in found] == [["r1", "r2"], ["r3"]]
    assert [(one.name, one.change, one.wobble) for one in found] == [
        ("PHQ-9", Change.WITHIN, 5),
        ("PHQ-9", Change.NONE, 5),
    ]


def test_the_change_is_that_of_the_period() -> None:
    results = [result("r1", UNTIL, 9.0), result("r2", SINCE - timedelta(days=1), 20.0)]

    assert measures_of(results, KNOWN, SINCE, UNTIL)[0].change is Change.NONE
    assert measures_of(results, KNOWN, SINCE - timedelta(days=1), UNTIL)[0].change is Change.BEYOND


def test_a_measure_whose_facts_are_not_at_hand_keeps_its_id_and_says_nothing_of_wobble() -> None:
    results = [result("r1", UNTIL, 9.0, questionnaire="own"), result("r2", SINCE, 1.0, questionnaire="own")]

    (found,) = measures_of(results, KNOWN, SINCE, UNTIL)

    assert (found.name, found.change, found.wobble) == ("own", Change.UNKNOWN, None)


def test_the_json_says_what_the_contract_promises() -> None:
    limits = limits_of(
        [Limit("l1", "leave at four", at(SINCE))], [LimitNote("n1", "l1", at(UNTIL), How.KEPT)], SINCE, UNTIL
    )
    ratings = [Rating("r1", "g1", at(SINCE), 2), Rating("r2", "g1", at(UNTIL), 5)]
    goals = goals_of([Goal("g1", "Say no", at(SINCE))], ratings, SINCE, UNTIL)
    results = [result("r1", SINCE, None), result("r2", UNTIL, 9.0)]
    moment = KeptMoment(MomentKind.KINDNESS, at(UNTIL), "e1", "You never finish.", "Two of three is a lot.")
    practice = Practice(limits, goals, measures_of(results, KNOWN, SINCE, UNTIL), (moment,))

    document = practice_json(practice)

    newest, first = "2026-11-24T12:00:00+01:00", "2026-09-01T12:00:00+01:00"
    assert document == {
        "limits": [{"id": "l1", "text": "leave at four", "kept": 1, "partly": 0, "crossed": 0}],
        "goals": [{"id": "g1", "text": "Say no", "ratings": [{"at": newest, "value": 5}, {"at": first, "value": 2}]}],
        "measures": [
            {
                "name": "phq-9",
                "version": "1",
                "coding": "",
                "language": "en",
                "results": [
                    {"at": newest, "total": 9, "answered": 9, "items": [1] * 9},
                    {"at": first, "total": None, "answered": 0, "items": [None] * 9},
                ],
            }
        ],
        "moments": [
            {
                "kind": "kindness",
                "at": newest,
                "text": "You never finish.",
                "entry": "e1",
                "kinder": "Two of three is a lot.",
            }
        ],
    }
    assert '"total": 9,' in json.dumps(document)
    assert "You never" not in repr(practice)

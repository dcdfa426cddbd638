"""Goals on their shelf: three open ones, how close they felt, and the trash."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from shelf import at

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.records import goals, trash
from journal_cli.records.naming import Thing, is_taken, named
from journal_cli.vault.database import Database

GOALS = [Goal(f"gggg000{n}", f"goal {n} — żółty", at(n)) for n in range(5)]
FIRST = Rating("rrrr0001", GOALS[0].id, at(10), 2)
LATER = Rating("rrrr0002", GOALS[0].id, at(2 * 24 * 60), 10)
NOTHING_CLOSE = Rating("rrrr0003", GOALS[1].id, at(20), 0)


@pytest.fixture
def filled(db: Database) -> Database:
    for one in GOALS[:3]:
        goals.add(db, one)
    goals.rate(db, [FIRST, LATER, NOTHING_CLOSE], at(30))
    return db


def test_goals_and_ratings_come_back_as_they_were(filled: Database) -> None:
    assert goals.goals(filled) == [GOALS[2], GOALS[1], GOALS[0]]
    assert goals.ratings(filled) == [LATER, NOTHING_CLOSE, FIRST]
    assert goals.goal(filled, GOALS[1].id) == GOALS[1]
    day = date(2026, 11, 24)
    assert goals.ratings(filled, None, day) == [NOTHING_CLOSE, FIRST]
    assert goals.ratings(filled, day + timedelta(2), None) == [LATER]


def test_a_fourth_is_refused_until_one_rests(filled: Database) -> None:
    with pytest.raises(AlreadyThere):
        goals.add(filled, GOALS[3])

    goals.rest(filled, GOALS[0].id, at(40))
    goals.add(filled, GOALS[3])

    assert [one.resting for one in goals.goals(filled)] == [False, False, False, True]
    with pytest.raises(AlreadyThere):
        goals.take_up(filled, GOALS[0].id, at(50))
    goals.rest(filled, GOALS[3].id, at(60))
    goals.take_up(filled, GOALS[0].id, at(70))
    assert [one.id for one in goals.goals(filled) if one.resting] == [GOALS[3].id]


def test_ratings_are_kept_all_together_or_not_at_all(filled: Database) -> None:
    with pytest.raises(NotFound):
        goals.rate(filled, [replace(FIRST, id="rrrr0007"), Rating("rrrr0008", "zzzz0000", at(), 3)], at())
    with pytest.raises(AlreadyThere):
        goals.rate(filled, [replace(FIRST, id="rrrr0007"), FIRST], at())

    assert goals.ratings(filled) == [LATER, NOTHING_CLOSE, FIRST]


def test_what_is_not_there_is_not_found(filled: Database) -> None:
    goals.rest(filled, GOALS[2].id, at())
    for deed in (goals.rest, goals.take_up):
        with pytest.raises(NotFound):
            deed(filled, "zzzz0000", at())
    with pytest.raises(NotFound, match="no goal begins with"):
        named(filled, "zzz", thing=Thing.GOAL)
    with pytest.raises(NotFound):
        goals.goal(filled, "zzzz0000")
    with pytest.raises(AlreadyThere):
        goals.add(filled, GOALS[0])


def test_an_id_of_anything_here_is_taken(filled: Database) -> None:
    assert is_taken(filled, GOALS[0].id)
    assert is_taken(filled, FIRST.id)
    assert not is_taken(filled, "zzzz0000")


# The trash


def test_a_goal_takes_its_ratings_along_and_brings_them_back(filled: Database) -> None:
    trash.delete(filled, [FIRST.id], at(40))
    assert trash.in_trash(filled).ratings == (RatedGoal(GOALS[0], (FIRST,)),)

    assert trash.delete(filled, [GOALS[0].id], at(50)) == [(Thing.GOAL, GOALS[0].id)]
    assert goals.ratings(filled) == [NOTHING_CLOSE]
    assert filled.read("SELECT id FROM goal_rating WHERE deleted_at IS NULL") == [(NOTHING_CLOSE.id,)]
    waiting = trash.in_trash(filled)
    assert ([one.id for one in waiting.goals], waiting.ratings) == ([GOALS[0].id], ())

    trash.restore(filled, GOALS[0].id, at(60))
    assert goals.goal(filled, GOALS[0].id) == GOALS[0]
    assert goals.ratings(filled) == [LATER, NOTHING_CLOSE]
    trash.restore(filled, FIRST.id, at(70))
    assert goals.ratings(filled) == [LATER, NOTHING_CLOSE, FIRST]


def test_a_goal_that_comes_back_to_three_open_ones_rests(filled: Database) -> None:
    trash.delete(filled, [GOALS[0].id], at(40))
    goals.add(filled, GOALS[3])

    trash.restore(filled, GOALS[0].id, at(50))

    assert [one.id for one in goals.goals(filled) if one.resting] == [GOALS[0].id]


def test_a_goal_removed_for_good_leaves_nothing(filled: Database) -> None:
    trash.delete(filled, [GOALS[0].id, NOTHING_CLOSE.id], at(40))
    assert trash.contents(filled) == [(Thing.GOAL, GOALS[0].id), (Thing.RATING, NOTHING_CLOSE.id)]

    assert trash.empty(filled) == 2

    assert filled.one("SELECT count(*) FROM goal_rating") == (0,)
    assert goals.goals(filled) == [GOALS[2], GOALS[1]]


def test_an_answered_questionnaire_goes_and_comes_back(filled: Database) -> None:
    with filled.changing():
        filled.run(
            "INSERT INTO measured"
            " (id, questionnaire, version, coding, language, at, zone, offset, day, answers, changed_at)"
            " VALUES ('qqqq0001', 'phq-9', '1', '', 'en', '2026-11-24T12:00:00.000000Z', 'Europe/Warsaw', 60,"
            " '2026-11-24', '[1]', '2026-11-24T12:00:00.000000Z 60 Europe/Warsaw')"
        )

    assert trash.delete(filled, ["qqqq"], at(40)) == [(Thing.MEASURED, "qqqq0001")]
    (waiting,) = trash.in_trash(filled).measured
    assert (waiting.id, waiting.questionnaire, waiting.at) == ("qqqq0001", "phq-9", at())

    assert trash.restore(filled, "qqqq", at(50)) == (Thing.MEASURED, "qqqq0001")
    assert trash.in_trash(filled) == trash.Trash()

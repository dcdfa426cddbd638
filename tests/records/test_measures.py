"""Answers to questionnaires and the wording of forms: kept as they were given, and given back so."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import at, fresh, moments

from journal_cli.errors import AlreadyThere
from journal_cli.journal.questionnaire import Result
from journal_cli.records import forms, measures
from journal_cli.records.columns import stamp
from journal_cli.records.forms import AddedForm
from journal_cli.vault.database import Database

CANARY = "heliotrope-canary"

any_result = st.builds(
    Result,
    id=st.builds(fresh),
    questionnaire=st.text(min_size=1, max_size=12),
    version=st.text(max_size=5),
    language=st.sampled_from(["en", "pl"]),
    at=moments,
    answers=st.lists(st.none() | st.integers(0, 7), max_size=20).map(tuple),
    total=st.none() | st.floats(0, 100, allow_nan=False),
    coding=st.text(max_size=12),
)


def result(id_: str, questionnaire: str = "phq-9", minutes: float = 0, total: float | None = 9.0) -> Result:
    return Result(id_, questionnaire, "1", "en", at(minutes), (1, 1, 1, 1, 1, 1, 1, 1, 1), total)


def put_in_the_trash(db: Database, id_: str) -> None:
    with db.changing():
        db.run("UPDATE measured SET deleted_at = ? WHERE id = ?", (stamp(at(99)), id_))


@given(one=any_result)
def test_answers_come_back_as_they_were_given(long_db: Database, one: Result) -> None:
    measures.add(long_db, one)

    found = next(there for there in measures.results(long_db, None, None) if there.id == one.id)

    assert found == one


def test_an_item_left_out_stays_left_out(db: Database) -> None:
    measures.add(db, replace(result("aaaa0001"), answers=(0, None, 2), total=None))

    (found,) = measures.results(db, None, None)

    assert (found.answers, found.total, found.answered) == ((0, None, 2), None, 2)


def test_the_newest_stand_first_and_a_period_takes_in_both_its_days(db: Database) -> None:
    for id_, days in (("aaaa0001", 0), ("aaaa0002", 2), ("aaaa0003", 1)):
        measures.add(db, result(id_, minutes=days * 24 * 60))

    everything = [one.id for one in measures.results(db, None, None)]
    two_days = [one.id for one in measures.results(db, date(2026, 11, 24), date(2026, 11, 25))]

    assert everything == ["aaaa0002", "aaaa0003", "aaaa0001"]
    assert two_days == ["aaaa0003", "aaaa0001"]


def test_what_is_in_the_trash_is_listed_only_there(db: Database) -> None:
    measures.add(db, result("aaaa0001"))
    measures.add(db, result("aaaa0002", minutes=5))
    put_in_the_trash(db, "aaaa0002")

    assert [one.id for one in measures.results(db, None, None)] == ["aaaa0001"]
    (gone,) = measures.trashed_results(db)
    assert (gone.id, gone.deleted_at) == ("aaaa0002", at(99))
    assert measures.last_taken(db) == {"phq-9": at(0)}


def test_when_each_was_last_answered(db: Database) -> None:
    measures.add(db, result("aaaa0001", minutes=30))
    measures.add(db, result("aaaa0002", minutes=10))
    measures.add(db, replace(result("aaaa0003", "gad-7", 20), total=None))

    assert measures.last_taken(db) == {"phq-9": at(30), "gad-7": at(20)}


def test_an_id_is_taken_once(db: Database) -> None:
    measures.add(db, result("aaaa0001"))

    with pytest.raises(AlreadyThere):
        measures.add(db, result("aaaa0001", "gad-7"))

    assert len(measures.results(db, None, None)) == 1


def test_of_a_form_replaced_nothing_stays(db: Database) -> None:
    forms.put(db, AddedForm("phq-9", "en", f"intro = '{CANARY}'", at(0)))
    forms.put(db, AddedForm("phq-9", "pl", "intro = 'po polsku'", at(1)))
    forms.put(db, AddedForm("phq-9", "en", "intro = 'new'", at(2)))

    assert forms.forms(db) == [
        AddedForm("phq-9", "en", "intro = 'new'", at(2)),
        AddedForm("phq-9", "pl", "intro = 'po polsku'", at(1)),
    ]
    assert not [row for row in db.read("SELECT * FROM form") if CANARY in str(row)]


def test_answers_and_wording_stay_out_of_what_is_printed_of_them(db: Database) -> None:
    assert CANARY not in repr(AddedForm("phq-9", "en", CANARY, at(0)))
    assert "answers" not in repr(result("aaaa0001"))
    assert "total" not in repr(result("aaaa0001"))

"""Moments of trust and of kindness on their shelf: which entries they are, and how a period tells them."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelf import LookedUp, Write, at

from journal_cli.errors import NotFound
from journal_cli.journal.kept_moment import KeptMoment, MomentKind, beginning
from journal_cli.records import entries, moments, trash
from journal_cli.vault.database import Database

DAY = 24 * 60  # minutes
KINDER = "And a kinder line?"


def test_moments_come_newest_first_with_how_they_begin(db: Database, write: Write) -> None:
    write("aaaa0001", "She rang back.\n\nThe rest of it.", 0)
    write("aaaa0002", "an ordinary entry", 5)
    write("aaaa0003", "You never finish.", 10, [(KINDER, "Two of three is a lot.")], private=True)
    moments.keep(db, "aaaa0001", MomentKind.TRUST, None, at())
    moments.keep(db, "aaaa0003", MomentKind.KINDNESS, KINDER, at(10))

    assert moments.moments(db, None, None) == [
        KeptMoment(MomentKind.KINDNESS, at(10), "aaaa0003", "You never finish.", "Two of three is a lot."),
        KeptMoment(MomentKind.TRUST, at(), "aaaa0001", "She rang back."),
    ]


def test_an_answer_to_another_question_is_no_kinder_line(db: Database, write: Write) -> None:
    write("aaaa0001", "You never finish.", 0, [("What came before it?", "A list.")])
    moments.keep(db, "aaaa0001", MomentKind.KINDNESS, KINDER, at())

    assert moments.moments(db, None, None)[0].kinder is None


def test_a_period_begins_and_ends_with_its_days(db: Database, write: Write) -> None:
    for number in range(4):
        write(f"aaaa000{number}", minutes=number * DAY)
        moments.keep(db, f"aaaa000{number}", MomentKind.TRUST, None, at(number * DAY))
    first = at().day

    found = moments.moments(db, first + timedelta(days=1), first + timedelta(days=2))

    assert [one.entry for one in found] == ["aaaa0002", "aaaa0001"]


def test_what_is_in_the_trash_is_left_out_until_it_comes_back(db: Database, write: Write) -> None:
    write("aaaa0001")
    moments.keep(db, "aaaa0001", MomentKind.TRUST, None, at())

    trash.delete(db, ["aaaa0001"], at(5))
    assert moments.moments(db, None, None) == []

    trash.restore(db, "aaaa0001", at(6))
    assert len(moments.moments(db, None, None)) == 1

    trash.delete(db, ["aaaa0001"], at(7))
    trash.empty(db)
    assert db.read("SELECT * FROM entry_moment") == []


def test_a_moment_and_its_entry_are_kept_both_or_neither(db: Database, write: Write) -> None:
    def interrupted() -> None:
        with db.changing():
            write("aaaa0001")
            moments.keep(db, "aaaa0001", MomentKind.TRUST, None, at())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert db.read("SELECT * FROM entry_moment") == []
    with pytest.raises(NotFound):
        entries.entry(db, "aaaa0001")


def test_moments_are_found_without_passing_the_entries(db: Database, write: Write, looked_up: LookedUp) -> None:
    write("aaaa0000")
    (asked,) = looked_up(lambda: moments.moments(db, date(2026, 1, 1), date(2026, 12, 31)))

    plan = [row[3] for row in db.read(f"EXPLAIN QUERY PLAN {asked}")]
    assert plan[0] == "SCAN m"
    assert plan[1] == "SEARCH e USING INDEX entry_id (id=?)"
    assert not any(step.startswith(("SCAN e", "SCAN w", "SCAN f")) for step in plan)


@given(st.text())
@example("\n \n\u200b\n\nfirst\nline\n\nsecond")
@example("字" * 300)
@example("word " * 56 + "and more")
def test_how_a_moment_begins_is_one_line_of_280_characters_at_most(text: str) -> None:
    begins = beginning(text)

    assert len(begins) <= 280
    assert begins.splitlines() in ([], [begins])
    assert "\n" not in begins


def test_the_first_paragraph_that_says_something_is_told() -> None:
    assert beginning("\n \n\u200b\n\nfirst\nline\n\nsecond") == "first line"
    assert beginning("word " * 56 + "and more") == "word " * 55 + "word…"

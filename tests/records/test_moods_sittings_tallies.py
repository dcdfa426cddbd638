from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelf import LookedUp, Write, at, fresh, moments
from shelf import moods as any_mood

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally, ThemeTally
from journal_cli.records import moods, sittings, tallies, trash
from journal_cli.vault.database import Database

DAY = 24 * 60

check_ins = st.builds(
    CheckIn,
    id=st.builds(fresh),
    at=moments,
    mood=any_mood,
    items=st.lists(st.tuples(st.text(), st.integers(-5, 100) | st.text()), max_size=3).map(tuple),
    note=st.none() | st.builds(fresh),
)
any_sitting = st.builds(
    Sitting,
    id=st.builds(fresh),
    at=moments,
    session=st.text(),
    title=st.text(),
    state=st.sampled_from(State),
    before=st.none() | any_mood,
    after=st.none() | any_mood,
    step=st.integers(0, 50),
    prompt=st.text(),
    entry=st.text(),
    follow_up=st.integers(0, 9),
    pack=st.text(),
    version=st.text(),
    language=st.text(),
    felt=st.none() | st.sampled_from(["helping", "round", "much"]),
)


def sitting(id_: str, minutes: float = 0, **known: Any) -> Sitting:
    return Sitting(**{"id": id_, "at": at(minutes), "session": "evening-signals", "title": "Evening"} | known)


@given(check_in=check_ins)
@example(check_in=CheckIn("zzzz0000", at(), Mood(), items=(("sleep", 3), ("place", "3"))))  # a number is no text
def test_a_check_in_comes_back_exactly_as_it_was_kept(long_db: Database, check_in: CheckIn) -> None:
    moods.add_check_in(long_db, check_in)

    assert moods.check_in(long_db, check_in.id) == check_in
    assert check_in in moods.check_ins(long_db, check_in.at.day, check_in.at.day)
    before = check_in.at.day - timedelta(days=1)
    assert check_in not in moods.check_ins(long_db, None, before)


def test_check_ins_of_a_period_are_newest_first(db: Database) -> None:
    for minutes, id_ in ((0, "aaaa0000"), (DAY, "bbbb0000"), (DAY + 1, "cccc0000"), (2 * DAY, "dddd0000")):
        moods.add_check_in(db, CheckIn(id_, at(minutes), Mood(1, 1), items=(("sleep", minutes),)))

    found = moods.check_ins(db, date(2026, 11, 24), date(2026, 11, 25))

    assert [(one.id, one.items) for one in found] == [
        ("cccc0000", (("sleep", DAY + 1),)),
        ("bbbb0000", (("sleep", DAY),)),
        ("aaaa0000", (("sleep", 0),)),
    ]
    alone = moods.check_ins(db, date(2026, 11, 24), date(2026, 11, 25), items=False)
    assert alone == [replace(one, items=()) for one in found]
    with pytest.raises(AlreadyThere):
        moods.add_check_in(db, CheckIn("aaaa0000", at(), Mood()))
    with pytest.raises(NotFound):
        moods.check_in(db, "nothere0")


@given(first=any_sitting, later=any_sitting)
def test_a_sitting_comes_back_exactly_as_it_was_saved(long_db: Database, first: Sitting, later: Sitting) -> None:
    sittings.begin(long_db, first)
    assert sittings.sitting(long_db, first.id) == first

    sittings.save(long_db, replace(later, id=first.id), at(1))
    assert sittings.sitting(long_db, first.id) == replace(later, id=first.id)


def test_sittings_are_listed_by_period_and_by_what_can_be_gone_on_with(db: Database) -> None:
    for minutes, state in enumerate(State):
        sittings.begin(db, sitting(f"{state.value[:4]}0000", minutes * DAY, state=state))
    trashed = sitting("trsh0000", state=State.PAUSED)
    sittings.begin(db, trashed)
    trash.delete(db, ["trsh"], at(1))
    sittings.save(db, replace(trashed, step=3), at(2))  # in another window, which does not know

    assert [one.id for one in sittings.sittings(db, None, None)] == ["stop0000", "done0000", "paus0000", "open0000"]
    assert [one.id for one in sittings.sittings(db, date(2026, 11, 25), date(2026, 11, 26))] == ["done0000", "paus0000"]
    assert [one.id for one in sittings.unfinished(db)] == ["paus0000", "open0000"]
    for deed in (
        lambda: sittings.sitting(db, "nothere0"),
        lambda: sittings.save(db, sitting("nothere0"), at()),
    ):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(AlreadyThere):
        sittings.begin(db, sitting("open0000"))


def test_the_entries_of_a_sitting_are_newest_first(db: Database, write: Write) -> None:
    write("aaaa0000", minutes=1, sitting="ssss0000")
    write("bbbb0000", minutes=2, sitting="ssss0000")
    write("cccc0000", minutes=3)

    assert [entry.id for entry in sittings.entries_of(db, "ssss0000")] == ["bbbb0000", "aaaa0000"]


def test_a_tally_counts_entries_days_and_themes(db: Database, write: Write) -> None:
    write("aaaa0000", minutes=0, theme="trust", sitting="ssss0000")
    write("bbbb0000", minutes=1, theme="trust", sitting="ssss0000")
    write("cccc0000", minutes=DAY, theme="trust", sitting="tttt0000", written_at=at(DAY, "Asia/Tokyo"))
    write("dddd0000", minutes=3 * DAY, theme="edges")
    write("eeee0000", minutes=3 * DAY)
    write("ffff0000", minutes=9 * DAY, theme="edges")
    write("gggg0000", minutes=2 * DAY, theme="edges", deleted_at=at())

    assert tallies.tally(db, date(2026, 11, 24), date(2026, 11, 27)) == Tally(
        entries=5,
        days=(date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27)),
        themes=(ThemeTally("trust", 3, 2, at(DAY, "Asia/Tokyo")), ThemeTally("edges", 1, 0, at(3 * DAY))),
    )
    assert tallies.tally(db, None, None).entries == 6
    assert tallies.tally(db, date(2020, 1, 1), date(2020, 1, 2)) == Tally(0)


def test_summaries_stay_in_an_index(db: Database, write: Write, looked_up: LookedUp) -> None:
    write("aaaa0000", theme="trust")

    days, themes = looked_up(lambda: tallies.tally(db, date(2026, 1, 1), date(2026, 12, 31)))

    plan = " ".join(row[3] for row in db.read(f"EXPLAIN QUERY PLAN {days}"))
    assert "SEARCH e USING COVERING INDEX entry_live (written_at>? AND written_at<?)" in plan
    plan = " ".join(row[3] for row in db.read(f"EXPLAIN QUERY PLAN {themes}"))
    assert "SEARCH e USING COVERING INDEX entry_live (written_at>? AND written_at<?)" in plan

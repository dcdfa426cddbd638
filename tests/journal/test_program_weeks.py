"""Where somebody is in a program: what is next, what was left out, what is begun again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.program import (
    Place,
    Program,
    Run,
    RunState,
    Sat,
    Week,
    begun,
    left_out,
    once_more,
    place,
    standing,
    taken_through,
)
from journal_cli.journal.session import Gate, Intensity, Session, Step, StepKind

NOON: Moment = moment(datetime(2026, 11, 24, 12, tzinfo=UTC), "Europe/Warsaw")
SIGNALS = Week("Signals", sessions=("evening",), sittings=2)
EDGES = Week("Edges", sessions=("edges", "evening"), prompts=("later",), sittings=3)
LAST = Week("Last", prompts=("keep",))
PROGRAM = Program("small", "Small", (SIGNALS, EDGES, LAST), "pack")
THERE = {"evening": "Evening", "edges": "Edges", "later": "Later?", "keep": "Keep?"}
RUN = Run("aaaa0001", "small", "Small", NOON)


def sat(*sessions: str, turn: int = 0) -> tuple[Sat, ...]:
    return tuple(Sat(f"s{turn}{number}", session, turn) for number, session in enumerate(sessions))


def next_in(run: Run, taken: tuple[Sat, ...] = ()) -> Place:
    here = place(PROGRAM, run, taken, THERE)
    assert here is not None
    return here


def test_a_program_begins_with_the_first_session_of_its_first_week() -> None:
    assert next_in(RUN) == Place(0, 0, ("evening",), is_new=True)


def test_after_the_sittings_a_week_suggests_the_next_one_comes() -> None:
    assert next_in(RUN, sat("evening")).week == 0
    assert next_in(RUN, sat("evening", "evening")) == Place(1, 1, ("edges", "evening", "later"), is_new=True)


def test_what_was_taken_least_is_next_and_the_rest_is_there_too() -> None:
    second = replace(RUN, week=1, turn=1)

    assert next_in(second, sat("edges", turn=1)).names == ("evening", "later", "edges")
    assert next_in(second, sat("edges", "later", turn=1)).names == ("evening", "edges", "later")


def test_sittings_of_an_earlier_turn_do_not_count_for_this_one() -> None:
    assert next_in(replace(RUN, turn=1), sat("evening", "evening")).week == 0


def test_after_the_last_week_nothing_is_next() -> None:
    last = replace(RUN, week=2, turn=2)

    assert place(PROGRAM, last, sat("keep", turn=2), THERE) is None
    assert standing(PROGRAM, last, sat("keep", turn=2), THERE).state is RunState.DONE


def test_a_week_is_left_out_and_the_last_one_too() -> None:
    run = left_out(RUN, next_in(RUN))
    assert next_in(run).week == 1
    for _ in range(2):
        run = left_out(run, next_in(run))
    assert place(PROGRAM, run, (), THERE) is None


def test_a_week_once_more_is_this_one_where_it_was_begun_and_the_one_before_where_it_was_not() -> None:
    halfway = once_more(PROGRAM, RUN, next_in(RUN, sat("evening")), THERE)
    assert halfway
    assert next_in(halfway, sat("evening")) == Place(0, 1, ("evening",), is_new=True)

    before = once_more(PROGRAM, RUN, next_in(RUN, sat("evening", "evening")), THERE)
    assert before
    assert next_in(before, sat("evening", "evening")).week == 0
    assert once_more(PROGRAM, RUN, next_in(RUN), THERE) is None


def test_a_week_with_nothing_to_sit_through_is_passed_over_both_ways() -> None:
    there = {"evening": "Evening", "keep": "Keep?"}
    program = replace(PROGRAM, weeks=(SIGNALS, Week("Measures", measures=("phq-9",)), LAST))

    here = place(program, RUN, sat("evening", "evening"), there)

    assert here
    assert (here.week, here.names) == (2, ("keep",))
    back = once_more(program, RUN, here, there)
    assert back
    assert back.week == 0


def test_a_program_whose_pack_is_gone_still_says_where_it_was() -> None:
    told = standing(None, replace(RUN, week=1), (), THERE)

    assert (told.id, told.title, told.week, told.here) == ("small", "Small", 2, None)
    with pytest.raises(ValueError, match="neither"):
        standing(None, None, (), THERE)


@given(st.lists(st.sampled_from(["sit", "other", "skip", "again"]), max_size=40))
@example(["sit", "skip", "again", "again"])  # twice the one before is the one before that, and then there is none
def test_whatever_is_repeated_or_left_out_the_place_stays_inside_the_program(deeds: list[str]) -> None:
    run, taken = RUN, ()
    turns = [run.turn]
    for deed in deeds:
        here = place(PROGRAM, run, taken, THERE)
        if here is None:
            assert run.week >= len(PROGRAM.weeks) - 1
            break
        assert set(here.names) == {*PROGRAM.weeks[here.week].sessions, *PROGRAM.weeks[here.week].prompts}
        if deed in {"sit", "other"}:
            run = begun(run, here)
            taken = (*taken, Sat(f"s{len(taken)}", here.names[-1 if deed == "other" else 0], run.turn))
        elif deed == "skip":
            run = left_out(run, here)
        else:
            run = once_more(PROGRAM, run, here, THERE) or run
        turns.append(run.turn)
    assert turns == sorted(turns)


def test_a_sitting_through_a_program_is_as_private_as_intense_and_as_gated_as_it() -> None:
    asks = Session("evening", "Evening", (Step(StepKind.PROMPT, ("one",)),), "pack", content_notes=("loss",))
    program = replace(
        PROGRAM, private=True, gate=Gate.FEAR, intensity=Intensity.STEADY, content_notes=("shame", "loss")
    )

    taken = taken_through(program, asks)

    assert (taken.private, taken.gate, taken.intensity) == (True, Gate.FEAR, Intensity.STEADY)
    assert taken.content_notes == ("loss", "shame")
    assert taken_through(program, replace(asks, gate=Gate.RECENT, intensity=Intensity.DEEP)).gate is Gate.RECENT
    assert taken_through(PROGRAM, replace(asks, private=True)).private


def test_a_sitting_that_asks_nothing_stays_as_it_is() -> None:
    grounding = Session("room", "Room", (Step(StepKind.GROUNDING, ("hands",)),), "pack")

    assert taken_through(replace(PROGRAM, gate=Gate.FEAR, intensity=Intensity.DEEP), grounding) == grounding

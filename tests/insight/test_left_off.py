"""Where a paused sitting was left: after which of its questions, and which one is open."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from journal_cli.insight.left_off import left_off
from journal_cli.journal.session import Intensity
from journal_cli.journal.sitting import Sitting, State
from journal_cli.packs.shelf import shipped_library

LIBRARY = shipped_library("en")
EVENING = LIBRARY.sessions["evening-signals"]
ASKING = [number for number, step in enumerate(EVENING.steps) if step.kind.value == "prompt"]
FIRST = LIBRARY.prompts[EVENING.steps[ASKING[0]].use[0]]


def paused(**known: object) -> Sitting:
    from_here = {"session": "evening-signals", "title": "Evening signals", "state": State.PAUSED, **known}
    return Sitting("s0000000", None, **from_here)


def nothing(_: Iterable[str]) -> bool:
    return False


def test_before_anything_is_asked_no_question_is_open() -> None:
    left = left_off(paused(step=ASKING[0]), LIBRARY, nothing)

    assert (left.after, left.question) == (0, "")


def test_a_question_that_was_shown_is_open_until_it_is_answered() -> None:
    shown = paused(step=ASKING[0], prompt=FIRST.id)

    assert left_off(shown, LIBRARY, nothing).question == FIRST.text
    for number, question in enumerate(FIRST.follow_ups):
        left = left_off(replace(shown, entry="e0000000", follow_up=number), LIBRARY, nothing)
        assert (left.after, left.question) == (1, question)
    answered = replace(shown, entry="e0000000", follow_up=len(FIRST.follow_ups))
    assert left_off(answered, LIBRARY, nothing).question == ""


@pytest.mark.parametrize("step", range(len(EVENING.steps) + 1))
def test_the_questions_behind_are_those_of_the_steps_before(step: int) -> None:
    assert left_off(paused(step=step), LIBRARY, nothing).after == len([one for one in ASKING if one < step])


def test_a_question_chosen_alone_is_a_sitting_too() -> None:
    left = left_off(paused(session=FIRST.id, step=2, prompt=FIRST.id, entry="e0000000"), LIBRARY, nothing)

    assert (left.after, left.question) == (1, FIRST.follow_ups[0])


def test_a_deep_question_and_one_that_is_hidden_wait_unsaid() -> None:
    deep = next(one for one in LIBRARY.prompts.values() if one.intensity is Intensity.DEEP)
    noted = next(one for one in LIBRARY.prompts.values() if one.content_notes and one.intensity is Intensity.GENTLE)
    notes = set(noted.content_notes)

    assert left_off(paused(session=deep.id, step=2, prompt=deep.id), LIBRARY, nothing).question == ""
    sitting = paused(session=noted.id, step=2, prompt=noted.id)
    assert left_off(sitting, LIBRARY, nothing).question == noted.text
    assert left_off(sitting, LIBRARY, lambda found: bool(notes & set(found))).question == ""


def test_what_the_library_has_not_is_not_guessed_at() -> None:
    left = left_off(paused(session="gone", prompt="gone-1"), LIBRARY, nothing)

    assert (left.after, left.question) == (None, "")

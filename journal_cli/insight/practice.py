"""What was practised in a period: limits, goals, questionnaires, moments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from journal_cli.insight.measures import Change, Line, change, lines
from journal_cli.journal.goal import Goal, RatedGoal, Rating, rated
from journal_cli.journal.kept_moment import KeptMoment
from journal_cli.journal.limit import How, Limit, LimitNote, LimitStory, stories
from journal_cli.journal.questionnaire import Questionnaire, Result

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """
    The results of a period that may be compared, and what their difference can carry.

    Args:
        line: The results, the newest first.
        name: The name of the measure, or its id where its facts are not at hand.
        change: What can be said of the latest two totals.
        wobble: By how many points totals move by themselves; None where no figure is settled.
    """

    line: Line
    name: str
    change: Change
    wobble: float | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """
    What was practised in a period, each kind with the newest first.

    Args:
        limits: Limits with their times in it, and those put down in it.
        goals: Goals with their ratings in it, and those put down in it.
        measures: Questionnaires answered in it.
        moments: Moments of trust and of kindness.
    """

    limits: tuple[LimitStory, ...] = ()
    goals: tuple[RatedGoal, ...] = ()
    measures: tuple[Measured, ...] = ()
    moments: tuple[KeptMoment, ...] = field(default=())


def limits_of(limits: Iterable[Limit], notes: Iterable[LimitNote], since: date, until: date) -> tuple[LimitStory, ...]:
    """Give the limits that were practised or put down in a period, with their times in it."""
    inside = [note for note in notes if since <= note.at.day <= until]
    return tuple(one for one in stories(limits, inside) if one.notes or since <= one.limit.at.day <= until)


def goals_of(goals: Iterable[Goal], ratings: Iterable[Rating], since: date, until: date) -> tuple[RatedGoal, ...]:
    """Give the goals that were rated or put down in a period, with their ratings in it."""
    inside = [rating for rating in ratings if since <= rating.at.day <= until]
    return tuple(one for one in rated(goals, inside) if one.ratings or since <= one.goal.at.day <= until)


def measures_of(
    results: Iterable[Result], known: Mapping[str, Questionnaire], since: date, until: date
) -> tuple[Measured, ...]:
    """
    Give the questionnaires of a period, only such results together as may be compared.

    Args:
        results: In any order.
        known: The facts of measures, by their ids.
        since: First day, the writer's own.
        until: Last day, inclusive.
    """
    return tuple(
        _measured(line, known.get(line.questionnaire))
        for line in lines(one for one in results if since <= one.at.day <= until)
    )


def _measured(line: Line, facts: Questionnaire | None) -> Measured:
    wobble = facts.wobble if facts else None
    name = facts.name if facts else line.questionnaire
    return Measured(line, name, change(line.results, wobble), wobble.points if wobble else None)


def practice_json(practice: Practice) -> Json:
    """Give what was practised as JSON that other programs may rely on."""
    return {
        "limits": [_limit_json(one) for one in practice.limits],
        "goals": [_goal_json(one) for one in practice.goals],
        "measures": [_measured_json(one) for one in practice.measures],
        "moments": [
            {"kind": one.kind.value, "at": one.at.iso(), "text": one.text, "entry": one.entry, "kinder": one.kinder}
            for one in practice.moments
        ],
    }


def _limit_json(one: LimitStory) -> Json:
    return {"id": one.limit.id, "text": one.limit.text, **{how.value: one.times(how) for how in How}}


def _goal_json(one: RatedGoal) -> Json:
    ratings = [{"at": rating.at.iso(), "value": rating.value} for rating in reversed(one.ratings)]
    return {"id": one.goal.id, "text": one.goal.text, "ratings": ratings}


def _measured_json(one: Measured) -> Json:
    latest = one.line.results[0]
    return {
        "name": latest.questionnaire,
        "version": latest.version,
        "coding": latest.coding,
        "language": latest.language,
        "results": [
            {
                "at": result.at.iso(),
                "total": _whole(result.total),
                "answered": result.answered,
                "items": list(result.answers),
            }
            for result in one.line.results
        ],
    }


def _whole(total: float | None) -> float | None:
    """Give a total that is whole as a whole number, as it stands on the form."""
    return int(total) if total is not None and total.is_integer() else total

"""Questionnaires over time: totals that may be compared, and whether a change is more than their usual wobble."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from journal_cli.journal.questionnaire import Result, Wobble


class Change(StrEnum):
    """What can be said of the difference of two totals; it says nothing about better or worse."""

    NONE = "none"
    WITHIN = "within"
    BEYOND = "beyond"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """
    Results that may be compared: one measure, one version, one coding, one language.

    Args:
        questionnaire: Id of the measure.
        results: The newest first.
    """

    questionnaire: str
    results: tuple[Result, ...] = field(default=())

    @property
    def latest_two(self) -> tuple[Result, Result] | None:
        """The latest result with a total and the one before it, if there are two."""
        whole = [one for one in self.results if one.total is not None]
        return (whole[0], whole[1]) if len(whole) > 1 else None


def lines(results: Iterable[Result]) -> tuple[Line, ...]:
    """Sort results into lines, the line with the newest result first, in each the newest first."""
    found: dict[tuple[str, ...], list[Result]] = {}
    for one in sorted(results, key=lambda result: (result.at.at, result.id), reverse=True):
        found.setdefault(one.line, []).append(one)
    return tuple(Line(there[0].questionnaire, tuple(there)) for there in found.values())


def change(results: Sequence[Result], wobble: Wobble | None) -> Change:
    """
    Say what the difference between the latest two totals of a line can carry.

    A difference smaller than the published figure is within the usual wobble; one that reaches it
    is beyond. Where no figure is settled, nothing is said.

    Args:
        results: Of one line, the newest first.
        wobble: The measure's published figure.
    """
    totals = [one.total for one in results if one.total is not None]
    if len(totals) < 2:
        return Change.NONE
    if wobble is None:
        return Change.UNKNOWN
    return Change.WITHIN if round(abs(totals[0] - totals[1]), 2) < wobble.points else Change.BEYOND

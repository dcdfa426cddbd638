"""What is said when a time cannot be read: the reading that was tried, and examples of what can be."""

from dataclasses import dataclass
from datetime import date

from journal_cli.errors import Mistyped
from journal_cli.journal.moment import FIRST_YEAR, LAST_YEAR, Moment
from journal_cli.journal.text import visible_line

EXAMPLES = "for example: yesterday 21:00, last monday, 3 days ago, march, 2026-03, 2026-03-01 09:30"
SHOWN = 40  # characters of a mistyped time that a message repeats


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the text as messages may show it, the present moment, and how weeks begin."""

    text: str
    now: Moment
    week_starts: int


def asked_for(text: str, now: Moment, week_starts: int) -> Asked:
    """Cut and clean what was written, so that a message can repeat it."""
    shown = visible_line(text.strip()[: SHOWN + 1])
    return Asked(shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…", now, week_starts)


def unreadable(asked: Asked) -> Mistyped:
    """Nothing in the grammar fits."""
    return Mistyped("cannot read {text} as a time", hint=EXAMPLES, text=asked.text)


def not_one_day(asked: Asked, first: date, last: date) -> Mistyped:
    """A whole period was written where one day is needed."""
    return Mistyped(
        "cannot read {text} as a time: it was read as the days from {first} to {last}, and one day is needed",
        hint=EXAMPLES,
        text=asked.text,
        first=first.isoformat(),
        last=last.isoformat(),
    )


def two_readings(asked: Asked, one: str, other: str) -> Mistyped:
    """Two readings fit, and choosing one would be a guess."""
    return Mistyped(
        "{text} can be read as {one} and as {other}",
        hint="write the one you mean: {one} or {other}",
        text=asked.text,
        one=one,
        other=other,
    )


def out_of_bounds(asked: Asked) -> Mistyped:
    """The calendar of the journal does not reach that far."""
    return Mistyped(
        "cannot read {text} as a time: the journal knows the years {first} to {last}",
        hint=EXAMPLES,
        text=asked.text,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )

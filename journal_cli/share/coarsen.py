"""Days told roughly, for whoever would rather not say which: `Tuesday evening, week 2`."""

from dataclasses import replace
from datetime import date, timedelta

from journal_cli.journal.words import Words
from journal_cli.share.document import (
    Block,
    Day,
    Document,
    Entries,
    GoalRow,
    Goals,
    MeasureRow,
    Measures,
    MoodWeeks,
    Passage,
    Roughly,
    Sittings,
)

_WEEK = timedelta(weeks=1)


def coarsened(document: Document, since: date, words: Words) -> Document:
    """
    Give a document without its dates: weeks are counted from the one its period begins in.

    The period itself becomes its length. What the person wrote is not looked at: a date in a text stays.

    Args:
        document: What would leave.
        since: The first day of its period.
        words: The language of the page.
    """
    began = _first_week(document, since)
    weeks = _Weeks(began, words)
    until = document.until
    long = until if isinstance(until, Roughly) else weeks.period(until)
    return replace(document, since=None, until=long, blocks=tuple(_block(one, weeks) for one in document.blocks))


class _Weeks:
    """
    Weeks counted from a day.

    Args:
        began: The first day of week 1.
        words: The language of the page.
    """

    def __init__(self, began: date, words: Words) -> None:
        self._began = began
        self._words = words

    def period(self, until: date) -> Roughly:
        """Say how many weeks a period touches."""
        told = self._words.count("share.coarse_period", max(1, self._number(until)))
        return Roughly(told, told)

    def of(self, day: Day, part: str = "") -> Roughly:
        """Tell a day roughly; one before the period is only earlier."""
        if isinstance(day, Roughly):
            return day
        words, n = self._words, self._number(day)
        if n < 1:
            earlier = words("share.coarse_earlier")
            return Roughly(earlier, earlier)
        weekday = words.lists["weekdays"][day.weekday()]
        if part:
            full = words("share.coarse_part", weekday=weekday, part=words(f"share.coarse_{part}"), n=n)
        else:
            full = words("share.coarse_day", weekday=weekday, n=n)
        return Roughly(words("share.coarse_week", n=n), full)

    def _number(self, day: date) -> int:
        return (day - self._began) // _WEEK + 1


def _first_week(document: Document, since: date) -> date:
    """Give the first day of week 1: where the table of moods begins, else the Monday."""
    for block in document.blocks:
        if isinstance(block, MoodWeeks) and block.weeks and isinstance(start := block.weeks[0].start, date):
            return min(start, since)
    return since - timedelta(days=min(since.weekday(), (since - date.min).days))


def _block(block: Block, weeks: _Weeks) -> Block:
    match block:
        case MoodWeeks():
            return replace(block, weeks=tuple(replace(one, start=weeks.of(one.start)) for one in block.weeks))
        case Sittings():
            return replace(block, rows=tuple(replace(row, day=weeks.of(row.day)) for row in block.rows))
        case Goals():
            return replace(block, rows=tuple(_goal(row, weeks) for row in block.rows))
        case Measures():
            return replace(block, rows=tuple(_measure(row, weeks) for row in block.rows))
        case Entries():
            return replace(block, passages=tuple(_passage(one, weeks) for one in block.passages))
        case _:
            return block


def _goal(row: GoalRow, weeks: _Weeks) -> GoalRow:
    first, last = (found and (weeks.of(found[0]), found[1]) for found in (row.first, row.last))
    return replace(row, first=first, last=last)


def _measure(row: MeasureRow, weeks: _Weeks) -> MeasureRow:
    before = row.before and (weeks.of(row.before[0]), row.before[1])
    return replace(row, day=weeks.of(row.day), before=before)


def _passage(passage: Passage, weeks: _Weeks) -> Passage:
    return replace(passage, day=weeks.of(passage.day, passage.part), part="")

"""
A document that may leave, before it has any form.

It holds what the person chose and the facts that go with it; how a heading is spelt or a
number is drawn is the business of the form (`to_markdown`, and others like it). There is
nothing in it that is not meant to leave: no ids, no tags, no times of day.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from journal_cli.insight.moods import Spread
from journal_cli.journal.mood import Mood

# Marks a field as one of the program's own words, in which no name is looked for.
FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Roughly:
    """
    A day told without its date.

    Args:
        short: As it stands in a table: `week 2`.
        full: As it stands above a text: `Tuesday evening, week 2`.
    """

    short: str = field(metadata={FIXED: True})
    full: str = field(metadata={FIXED: True})


Day = date | Roughly


def as_written(day: Day) -> str:
    """Give a day for machines: `2026-11-23`, or roughly, `week 2`, where its date does not leave."""
    return day.short if isinstance(day, Roughly) else day.isoformat()


@dataclass(frozen=True, slots=True)
class Talk:
    """What the person wants to talk about, in their own lines."""

    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MoodWeek:
    """
    A week of moods.

    Args:
        start: Its first day, which may lie before the period.
        n: Check-ins, and moods before a sitting; 0 in a gap.
        pleasant: None if nobody gave a number.
        energy: The same.
    """

    start: Day
    n: int
    pleasant: Spread | None = field(default=None, repr=False)
    energy: Spread | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class MoodWeeks:
    """
    Mood week by week; a week in which none was told stays a gap.

    Args:
        weeks: Oldest first, gaps among them.
        times: How often a mood was told: check-ins, and moods before a sitting.
        days_told: Days on which one was.
        days: Days in the period.
    """

    weeks: tuple[MoodWeek, ...] = field(repr=False)
    times: int
    days_told: int
    days: int


@dataclass(frozen=True, slots=True)
class FeelingWords:
    """
    Words for moods, in the person's language.

    Args:
        words: Each with how often it came; most often first.
        cant_tell: How often the answer was "can't tell".
    """

    words: tuple[tuple[str, int], ...] = field(repr=False)
    cant_tell: int = 0


@dataclass(frozen=True, slots=True)
class Sat:
    """One sitting: its day, its title, and how it was before and after, without the words of the mood."""

    day: Day
    title: str = field(repr=False)
    before: Mood | None = field(default=None, repr=False)
    after: Mood | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sittings:
    """Sittings that came to an end, oldest first."""

    rows: tuple[Sat, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit in the person's own words, and how often it was kept, partly kept or crossed in this time."""

    text: str = field(repr=False)
    kept: int = 0
    partly: int = 0
    crossed: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits the person practised, in their own words."""

    rows: tuple[LimitRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """
    A goal in the person's own words.

    Args:
        text: The goal.
        first: Day and value, from 0 to 10, of the first rating in this time; None if there is none.
        last: The same of the last; None if there are not two.
    """

    text: str = field(repr=False)
    first: tuple[Day, int] | None = field(default=None, repr=False)
    last: tuple[Day, int] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Goals:
    """Goals, and how close they felt."""

    rows: tuple[GoalRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a questionnaire: its number from 1, our label, its LOINC code, and the answer that was given."""

    number: int
    label: str = field(metadata={FIXED: True})
    loinc: str = field(default="", metadata={FIXED: True})
    answer: int | None = field(default=None, repr=False)
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """
    The latest result of a questionnaire in this time, and the one before it.

    Args:
        id: The measure's id.
        name: Its name.
        day: When it was answered.
        items: All of its items; an answer that is withheld is not in here.
        total: None if an item was left out or is withheld.
        most: The highest total there can be; None if its facts are not at hand.
        before: Day and total of the result before, of whatever time; None if there is none to compare.
        wobble: By how many points totals move without anything changing; None where no figure is settled.
        wobble_source: Who published that.
        band: The published name of the range the total lies in; empty if there is none.
        band_range: That range, as `5-9`.
        band_source: Who published it.
        loinc: LOINC code of the panel, or "".
        loinc_total: LOINC code of the total, or "".
        version: The version of the facts it was scored by.
        language: The language of the form.
    """

    id: str = field(metadata={FIXED: True})
    name: str = field(metadata={FIXED: True})
    day: Day
    items: tuple[ItemRow, ...] = field(repr=False)
    total: float | None = field(repr=False)
    most: float | None
    before: tuple[Day, float] | None = field(default=None, repr=False)
    wobble: float | None = None
    wobble_source: str = field(default="", metadata={FIXED: True})
    band: str = field(default="", repr=False, metadata={FIXED: True})
    band_range: str = field(default="", repr=False, metadata={FIXED: True})
    band_source: str = field(default="", metadata={FIXED: True})
    loinc: str = field(default="", metadata={FIXED: True})
    loinc_total: str = field(default="", metadata={FIXED: True})
    version: str = field(default="", metadata={FIXED: True})
    language: str = field(default="", metadata={FIXED: True})

    @property
    def withheld(self) -> tuple[int, ...]:
        """Numbers of the items the person withholds."""
        return tuple(item.number for item in self.items if item.withheld)

    @property
    def answered(self) -> int:
        """How many items are answered, those that are withheld not among them."""
        return sum(item.answer is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Measures:
    """Questionnaires the person ticked."""

    rows: tuple[MeasureRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A further question and what was answered to it."""

    question: str = field(repr=False)
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """
    Something the person wrote.

    Args:
        day: The writer's own day.
        text: The whole text, or the part of it that was chosen.
        title: Given by the person; empty if they gave none.
        question: What it answers, as it was shown; empty if nothing was asked.
        answers: Follow-ups that were answered, in order.
        whole: False if only a part was chosen.
        part: Of the day: `night`, `morning`, `afternoon` or `evening`; told only where days are told roughly.
    """

    day: Day
    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    whole: bool = True
    part: str = field(default="", metadata={FIXED: True})


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries the person chose, oldest first."""

    passages: tuple[Passage, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """
    What was there in this time and does not leave.

    Args:
        private: Private entries.
        entries: Other entries that were not chosen.
        sittings: Sittings kept back because something private was written in them.
        blocks: Names of blocks that were not chosen.
        passages: Private passages within what was chosen.
    """

    private: int = 0
    entries: int = 0
    sittings: int = 0
    blocks: tuple[str, ...] = field(default=(), metadata={FIXED: True})
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Footer:
    """What a reader must know about such a page: what it is not, and how it was made."""


Block = Talk | MoodWeeks | FeelingWords | Sittings | Limits | Goals | Measures | Entries | LeftOut | Footer


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document that may leave.

    Args:
        language: `en` or `pl`: the language of everything around the person's own words.
        title: One line.
        since: First day of the period, or None if it has no beginning, or is told roughly.
        until: Last day, inclusive; how long the period was, where days are told roughly.
        blocks: In the order they are read.
    """

    language: str = field(metadata={FIXED: True})
    title: str = field(repr=False)
    since: date | None
    until: Day
    blocks: tuple[Block, ...] = field(repr=False)

    def without(self, kind: type[Block]) -> "Document":
        """Give the document without its blocks of a kind."""
        return replace(self, blocks=tuple(block for block in self.blocks if not isinstance(block, kind)))

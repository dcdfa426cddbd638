"""
A document that may leave, before it has any form.

It holds what the person chose and the facts that go with it; how a heading is spelt or a
number is drawn is the business of the form (`to_markdown`, and others like it). There is
nothing in it that is not meant to leave: no ids, no tags, no times of day.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from journal_cli.insight.moods import WeekOfMoods
from journal_cli.journal.mood import Mood

# Marks a field as one of the program's own words, in which no name is looked for.
FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Talk:
    """What the person wants to talk about, in their own lines."""

    lines: tuple[str, ...] = field(repr=False)


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

    weeks: tuple[WeekOfMoods, ...] = field(repr=False)
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

    day: date
    title: str = field(repr=False)
    before: Mood | None = field(default=None, repr=False)
    after: Mood | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sittings:
    """Sittings that came to an end, oldest first."""

    rows: tuple[Sat, ...] = field(repr=False)


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
    """

    day: date
    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    whole: bool = True


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
    """

    private: int = 0
    entries: int = 0
    sittings: int = 0
    blocks: tuple[str, ...] = field(default=(), metadata={FIXED: True})


@dataclass(frozen=True, slots=True)
class Footer:
    """What a reader must know about such a page: what it is not, and how it was made."""


Block = Talk | MoodWeeks | FeelingWords | Sittings | Entries | LeftOut | Footer


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document that may leave.

    Args:
        language: `en` or `pl`: the language of everything around the person's own words.
        title: One line.
        since: First day of the period, or None if it has no beginning.
        until: Last day, inclusive.
        blocks: In the order they are read.
    """

    language: str = field(metadata={FIXED: True})
    title: str = field(repr=False)
    since: date | None
    until: date
    blocks: tuple[Block, ...] = field(repr=False)

    def without(self, kind: type[Block]) -> "Document":
        """Give the document without its blocks of a kind."""
        return replace(self, blocks=tuple(block for block in self.blocks if not isinstance(block, kind)))

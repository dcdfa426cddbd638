"""
A document laid out: every word that leaves, in order, in a few kinds of parts that every form can draw.

A form (Markdown, text, HTML, PDF) decides how a part looks and adds no word of its own, so that the
page that was read before it left and the file say the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from journal_cli.insight.moods import Spread
from journal_cli.journal.words import Words
from journal_cli.share import wording
from journal_cli.share.document import (
    Block,
    Document,
    Entries,
    FeelingWords,
    Footer,
    Goals,
    LeftOut,
    Limits,
    Measures,
    MoodWeeks,
    Passage,
    Sittings,
    Talk,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a block (level 2), or of one entry (level 3)."""

    text: str = field(repr=False)
    level: int = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of ours; a quiet one is said in passing."""

    text: str = field(repr=False)
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """Lines of the person's own, numbered from 1."""

    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines with a sign before each."""

    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under names."""

    names: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of moods as a row of words, and the numbers a picture of it is drawn from; both None in a gap."""

    row: tuple[str, ...] = field(repr=False)
    pleasant: Spread | None = field(default=None, repr=False)
    energy: Spread | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Mood week by week: a table, and where a form can draw, a picture beside it."""

    names: tuple[str, ...]
    weeks: tuple[Week, ...] = field(repr=False)

    @property
    def table(self) -> Table:
        """The same as a table."""
        return Table(self.names, tuple(week.row for week in self.weeks))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A question, as it was shown."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Written:
    """What the person wrote: lines and paragraphs as they were."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, before what every page ends with."""


Part = Heading | Sentence | Numbered | Listed | Table | Weeks | Quoted | Written | Rule


@dataclass(frozen=True, slots=True)
class Page:
    """
    A document laid out.

    Args:
        language: `en` or `pl`.
        title: One line.
        by: The time it is about, and by whom.
        promise: What it is not, in a line.
        parts: In the order they are read.
        page_of: How a form with sheets numbers them: `page {n} of {all}`.
    """

    language: str
    title: str = field(repr=False)
    by: str
    promise: str
    parts: tuple[Part, ...] = field(repr=False)
    page_of: str = "{n} / {all}"


def laid_out(document: Document, words: Words) -> Page:
    """
    Lay a document out.

    Args:
        document: What leaves.
        words: The language of the page; the document's own.
    """
    parts = tuple(part for block in document.blocks for part in _block(block, words))
    by, promise = wording.by_whom(document, words), words("share.promise")
    return Page(document.language, document.title, by, promise, parts, words("share.page"))


def _block(block: Block, words: Words) -> Iterator[Part]:
    heading, lay = _BLOCKS[type(block)]
    if heading:
        yield Heading(words(f"share.{heading}"))
    yield from lay(block, words)


def _talk(block: Talk, _words: Words) -> Iterator[Part]:
    yield Numbered(block.lines)


def _entries(block: Entries, words: Words) -> Iterator[Part]:
    for passage in block.passages:
        yield from _passage(passage, words)


def _left_out(block: LeftOut, words: Words) -> Iterator[Part]:
    yield Listed(wording.left_out(block, words))


def _footer(_block: Footer, words: Words) -> Iterator[Part]:
    yield Rule()
    yield Sentence(words("share.short_form"))
    yield Sentence(words("share.made"))


def _mood(block: MoodWeeks, words: Words) -> Iterator[Part]:
    if not block.times:
        yield Sentence(words("share.mood_none"))
        return
    yield Sentence(words("share.mood_days", days=block.days_told, all=block.days))
    names = tuple(words(f"share.{name}") for name in ("week", "noted", "pleasant", "energy"))
    weeks = (
        Week(
            (
                wording.short_day(week.start, words),
                str(week.n) if week.n else words("share.gap"),
                wording.spread(week.pleasant, words) if week.n else "",
                wording.spread(week.energy, words) if week.n else "",
            ),
            week.pleasant,
            week.energy,
        )
        for week in block.weeks
    )
    yield Weeks(names, tuple(weeks))
    yield Sentence(words("share.mood_scale"))


def _feeling_words(block: FeelingWords, words: Words) -> Iterator[Part]:
    if block.words:
        yield Sentence(", ".join(words("share.word", word=word, n=n) for word, n in block.words))
    if block.cant_tell:
        yield Sentence(words("share.cant_tell", n=block.cant_tell))
    if not (block.words or block.cant_tell):
        yield Sentence(words("share.nothing"))


def _sittings(block: Sittings, words: Words) -> Iterator[Part]:
    if not block.rows:
        yield Sentence(words("share.nothing"))
        return
    rows = (
        (
            wording.short_day(row.day, words),
            row.title,
            wording.pleasant(row.before, words),
            wording.pleasant(row.after, words),
        )
        for row in block.rows
    )
    yield Table(tuple(words(f"share.{name}") for name in ("day", "sitting", "before", "after")), tuple(rows))
    yield Sentence(words("share.dip"))


def _limits(block: Limits, words: Words) -> Iterator[Part]:
    if not block.rows:
        yield Sentence(words("share.nothing"))
        return
    names = tuple(words(f"share.{name}") for name in ("limit", "limit_kept", "limit_partly", "limit_crossed"))
    yield Table(names, tuple((row.text, str(row.kept), str(row.partly), str(row.crossed)) for row in block.rows))


def _goals(block: Goals, words: Words) -> Iterator[Part]:
    if not block.rows:
        yield Sentence(words("share.nothing"))
        return
    names = tuple(words(f"share.{name}") for name in ("goal", "goal_first", "goal_last"))
    rows = ((row.text, wording.rating(row.first, words), wording.rating(row.last, words)) for row in block.rows)
    yield Table(names, tuple(rows))
    yield Sentence(words("share.goal_scale"))


def _measures(block: Measures, words: Words) -> Iterator[Part]:
    if not block.rows:
        yield Sentence(words("share.nothing"))
        return
    names = ("measure", "measure_now", "measure_before", "measure_change", "measure_wobble", "measure_band")
    rows = tuple(wording.measured(row, words) for row in block.rows)
    yield Table(tuple(words(f"share.{name}") for name in names), rows)
    for row in block.rows:
        if row.withheld:
            count = words.count("share.withheld", len(row.withheld))
            yield Sentence(words("share.measure_withheld", name=row.name, items=count))
        elif row.total is None:
            yield Sentence(words("share.measure_partial", name=row.name, answered=row.answered, items=len(row.items)))
    if sources := wording.sources(block, words):
        yield Sentence(sources, quiet=True)


def _passage(passage: Passage, words: Words) -> Iterator[Part]:
    yield Heading(wording.heading(passage, words), level=3)
    if passage.question.strip():
        yield Quoted(passage.question)
    if not passage.whole:
        yield Sentence(words("share.passage"), quiet=True)
    yield Written(passage.text)
    for one in passage.answers:
        yield Quoted(one.question)
        yield Written(one.answer)


# The heading of each block, and how it is laid out.
_BLOCKS: dict[type[Block], tuple[str, Callable[[Any, Words], Iterator[Part]]]] = {
    Talk: ("talk", _talk),
    MoodWeeks: ("mood", _mood),
    FeelingWords: ("words", _feeling_words),
    Sittings: ("sittings", _sittings),
    Limits: ("limits", _limits),
    Goals: ("goals", _goals),
    Measures: ("measures", _measures),
    Entries: ("entries", _entries),
    LeftOut: ("left_out", _left_out),
    Footer: ("", _footer),
}

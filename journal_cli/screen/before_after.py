"""Sittings with the mood before and after, one by one: what was told, and never a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from journal_cli.insight.moods import MoodFindings
from journal_cli.journal.mood import Mood
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.charts import number
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, capital, filled, laid, ours, packed, signs

MOST = 8  # sittings that are shown one by one; of more, the newest
DAY = 8  # columns of the day before a row
GAP = "  "
SCALES = ("pleasant", "energy")


def sitting_rows(findings: MoodFindings, label: str, words: Words, look: Look) -> Iterator[RenderableType]:
    """
    Show the sittings of a period in columns, newest first.

    Args:
        findings: With at least one sitting.
        label: What stands before the first line; the rows stand under what comes after it.
        words: Our own sentences.
        look: How wide and how plain.
    """
    count, shown = len(findings.sittings), findings.sittings[:MOST]
    indent = " " * (2 if look.narrow else cell_len(label))
    if count > len(shown):
        pairs = findings.pairs
        told = words("look_back.mood.before_after", n=count, rose=pairs.rose, fell=pairs.fell, stayed=pairs.stayed)
        yield Folded(Text(signs(told if _compared(findings) else str(count), look)), look.width, label)
        yield Folded(Text(signs(words("look_back.mood.newest", n=len(shown)), look), "quiet"), look.width, indent)
    else:
        yield Folded(Text(signs(words("look_back.mood.paired", n=count), look)), look.width, label)
    yield from _columns(shown, indent, words, look)
    if _compared(findings):
        yield Folded(Text(words("look_back.mood.dip"), "quiet"), look.width, indent)


def said_sittings(findings: MoodFindings, words: Words, look: Look) -> Iterator[RenderableType]:
    """Say the sittings of a period, a sentence each, newest first."""
    shown, pairs = findings.sittings[:MOST], findings.pairs
    told = words.count("look_back.mood.sat", len(findings.sittings)) + "."
    if len(findings.sittings) > len(shown):
        moves = words("look_back.mood.said_before_after", rose=pairs.rose, fell=pairs.fell, stayed=pairs.stayed)
        newest = words("look_back.mood.said_newest", n=len(shown))
        told = " ".join([told, *([moves] if _compared(findings) else []), newest])
    yield ours(told, look)
    with_year = findings.since.year != findings.until.year
    for one in shown:
        sides = [
            words(f"look_back.mood.said_pair_{scale}", before=before, after=after)
            for scale, before, after in _told(one, words)
        ]
        said = "; ".join(sides) or words("look_back.mood.no_number")
        day, title = words.day(one.at.day, year=with_year), visible_line(one.title)
        yield Folded(Text(words("look_back.mood.said_sitting", day=day, title=title, said=said)), look.width)
    if _compared(findings):
        yield ours(capital(words("look_back.mood.dip")) + ".", look)


def _compared(findings: MoodFindings) -> bool:
    pairs = findings.pairs
    return pairs.rose + pairs.fell + pairs.stayed > 0


def _told(one: Sitting, words: Words) -> Iterator[tuple[str, str, str]]:
    """Give each scale that was told before or after, with both sides in words."""
    for scale in SCALES:
        values = [getattr(mood, scale) if mood else None for mood in (one.before, one.after)]
        if values != [None, None]:
            before, after = (
                _side(value, mood, words) for value, mood in zip(values, (one.before, one.after), strict=True)
            )
            yield scale, before, after


def _side(value: float | None, mood: Mood | None, words: Words) -> str:
    if value is not None:
        return number(value, words("look_back.decimal"))
    return words(f"look_back.mood.side_{'cant_tell' if mood and mood.cant_tell else 'untold'}")


@dataclass(frozen=True, slots=True)
class _Row:
    """A sitting in columns: its day, its title, and what was told on each scale."""

    day: date
    title: str = field(repr=False)
    moves: tuple[str, ...] = field(repr=False)


def _columns(shown: Sequence[Sitting], indent: str, words: Words, look: Look) -> Iterator[RenderableType]:
    rows = [_Row(one.at.day, visible_line(one.title), _moves(one, words, look)) for one in shown]
    longest = max(cell_len(row.title) for row in rows)
    for row in rows:
        day, moves = filled(words.short_day(row.day), DAY), GAP.join(row.moves)
        line = Text.assemble(indent, (day, "quiet"), filled(row.title, longest), GAP, (moves, "accent"))
        if line.cell_len <= look.width:
            yield laid(line)
        else:
            yield Folded(Text(row.title), look.width, Text(indent + day, "quiet"))
            beside = packed(row.moves, GAP, look.width - len(indent) - DAY)
            yield from (Folded(Text(line, "accent"), look.width, indent + " " * DAY) for line in beside)


def _moves(one: Sitting, words: Words, look: Look) -> tuple[str, ...]:
    told = [
        words(f"look_back.mood.pair_{scale}", before=f"{before:>2}", after=f"{after:>2}")
        for scale, before, after in _told(one, words)
    ]
    return tuple(signs(move, look) for move in told or [words("look_back.mood.no_number")])

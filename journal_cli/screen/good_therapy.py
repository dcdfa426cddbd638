"""The page about therapists and their clients: a few short parts, each of which stands alone."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.said import View
from journal_cli.screen.theme import laid, signs

PARTS = ("never", "crossed", "questions", "good", "doubts", "turn")
NUMBERED = {"questions"}  # lists somebody may want to point into; in the others no order is meant
WIDEST = 80  # columns
COMMAND, HELD = "journal help-now", "journal\u00a0help-now"  # is there to be typed: no line breaks in it

Block = list[Text]
"""Lines that stay together."""

ENDLESS = 10_000  # lines


@dataclass(frozen=True, slots=True)
class Part:
    """
    One subject of the page.

    Args:
        id: One of `PARTS`.
        title: Its heading.
        lines: Paragraphs.
        items: A list below them; may be empty.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    items: tuple[str, ...]


def parts(words: Words) -> list[Part]:
    """Read the parts of the page in one language, in the order they are shown."""
    return [
        Part(
            one,
            words(f"therapy.{one}.title"),
            words.lists[f"therapy.{one}.lines"],
            words.lists.get(f"therapy.{one}.items", ()),
        )
        for one in PARTS
    ]


def pages(words: Words, look: Look, height: int) -> list[View]:
    """
    Lay the parts out on pages: as many whole ones as fit, and one that is too long broken between its blocks.

    Args:
        words: The words of the page.
        look: How wide and how plain it is.
        height: Lines of a page, at least 1; 0 for one page that holds all.
    """
    first, *others = (_blocks(part, look) for part in parts(words))
    written = [[*_beginning(words, look), *first], *others]
    return [Text("\n").join(page) for page in _broken(written, height or ENDLESS)]


def _broken(written: Sequence[Sequence[Block]], height: int) -> list[Block]:
    """Break parts into pages; those of a long part are about even, so that no last item stands alone on one."""
    made: list[Block] = [[]]
    for part in written:
        long = sum(map(len, part))
        if made[-1] and len(made[-1]) + long > height:
            made.append([])
        enough = height if long <= height else -(-long // -(-long // height))
        for block in part:
            if made[-1] and (len(made[-1]) >= enough or len(made[-1]) + len(block) > height):
                made.append([])
            made[-1] += block
    # An empty line parts a page from the one before; it is the first to leave a full screen.
    return [made[0], *(page if not page[0] else [Text(), *page] for page in made[1:])]


def _beginning(words: Words, look: Look) -> list[Block]:
    """Write what stands above the parts."""
    return [[*_folded(words("therapy.title"), look, "accent"), *_folded(words("therapy.about"), look)]]


def _blocks(part: Part, look: Look) -> list[Block]:
    """Write a part; its heading stays with what comes first."""
    first, *others = (_folded(line, look) for line in part.lines)
    heading = [Text(), *_folded(part.title, look, "strong")]
    return [[*heading, *first], *([Text(), *lines] for lines in others), *_items(part, look)]


def _items(part: Part, look: Look) -> list[Block]:
    """Write the list of a part, with an empty line above it."""
    labels = (f"  {number}  " if part.id in NUMBERED else "  - " for number, _ in enumerate(part.items, 1))
    written = [_folded(item, look, label=label) for label, item in zip(labels, part.items, strict=False)]
    return [[Text(), *written[0]], *written[1:]] if written else []


def _folded(text: str, look: Look, style: str = "", *, label: str = "") -> Block:
    """Fold a text at words, every further line under the first."""
    held = signs(text, look).replace(COMMAND, HELD)
    lines = textwrap.wrap(
        held,
        min(look.width, WIDEST),
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_on_hyphens=False,
    )
    return [laid(Text(line.replace(HELD, COMMAND), style)) for line in lines]

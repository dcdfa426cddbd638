"""The card that comes when a questionnaire's tender item was answered above zero: quiet, short, and passed by a key."""

import textwrap
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.care import EMERGENCY, HelpLine, first_lines
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, ours, packed, signs

HELD = "\u00a0"  # a space that no line breaks at
CRISIS = "crisis"
BETWEEN_KEYS = "   "


def card(
    lines: Sequence[HelpLine], country: str, look: Look, words: Words, care: Words | None = None
) -> RenderableType:
    """
    Show the card: thanks, that nobody was told, what a key away is, and whom to call if it is close.

    Args:
        lines: The lines to call, of all countries.
        country: Two letters; "" if the person named none.
        look: How wide and how plain.
        words: The words to say it in.
        care: The words of the page for a hard hour, which name countries; None shows no keys: nobody is there.
    """
    first = [said(key, look, words) for key in ("heavy", "alone")]
    offered = [keys(country, look, words, care)] if care else []
    return Group(Text(), *first, *offered, call(lines, country, look, words))


def keys(country: str, look: Look, words: Words, care: Words) -> RenderableType:
    """Show what is a key away, as many beside each other as there is room for."""
    known = {"country": care(f"care.countries.{country}")} if country else {}
    names = ("notes_key", "numbers_key" if country else "any_numbers_key", "people_key", "line_key", "go_on_key")
    texts = [words(f"measure.card.{name}", **known) for name in names]
    return Group(
        *(Folded(Text(signs(row, look), "accent"), look.width) for row in packed(texts, BETWEEN_KEYS, look.width))
    )


def call(lines: Sequence[HelpLine], country: str, look: Look, words: Words) -> RenderableType:
    """Say whom to call if it is close: the numbers of the country, else the one that most countries know."""
    numbers = _numbers(lines, country)
    if not numbers:
        return said("call_anywhere", look, words)
    key, names = ("call_either", ("first", "second")) if len(numbers) > 1 else ("call", ("first",))
    held = [one.replace(" ", HELD) for one in numbers]
    sentence = signs(words(f"measure.card.{key}", **dict(zip(names, held, strict=True))), look)
    return Group(*(_with_numbers(row, numbers) for row in textwrap.wrap(sentence, look.width, break_on_hyphens=False)))


def said(key: str, look: Look, words: Words) -> RenderableType:
    """Say a sentence of the card's, with the command it names on a line of its own where it is too wide."""
    return ours(words(f"measure.card.{key}"), look)


def _numbers(lines: Sequence[HelpLine], country: str) -> list[str]:
    """Give the emergency number of a country, and its first line for a crisis if that can be called."""
    found = {line.kind: line for line in first_lines(lines, country)} if country else {}
    there = [found[kind] for kind in (EMERGENCY, CRISIS) if kind in found and "call" in found[kind].ways]
    return list(dict.fromkeys(line.number.partition(",")[0] for line in there))


def _with_numbers(row: str, numbers: Sequence[str]) -> Text:
    """Set the numbers off a little; they stand on one line, as they are dialled."""
    text = Text(row.replace(HELD, " "))
    text.highlight_words(numbers, "strong")
    return text

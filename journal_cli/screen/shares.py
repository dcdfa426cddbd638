"""What may leave: lists to choose from, what is changed, and the page itself as it is read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry
from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.entries import entry_name
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, signs


class FoundForm(Protocol):
    """A form of a name that stands in a text."""

    @property
    def word(self) -> str:
        """As it is written there."""

    @property
    def times(self) -> int:
        """How often it stands there."""

    @property
    def around(self) -> str:
        """The words around it."""


def numbered(entries: Sequence[Entry], voice: Voice, look: Look) -> RenderableType:
    """Show entries with the numbers they are chosen by, newest first."""
    rows: list[RenderableType] = []
    for number, entry in enumerate(entries, 1):
        day = voice.words.short_day(entry.written_at.day).strip()
        name = entry_name(entry, voice, look) or entry.id
        counted = voice.words.count("reflect.words", entry.word_count)
        line = Text(f"{day}  {name}").append(signs(f" · {counted}", look), "quiet")
        rows.append(Folded(line, look.width, f"{number:4}  "))
    return Group(*rows)


def said(text: str, look: Look) -> RenderableType:
    """Say something of ours, folded at words: each line under its number or letter, where it has one."""
    return Group(*(Folded(Text(signs(visible_line(line), look)), look.width, "") for line in text.split("\n")))


def show_lines(say: Callable[[RenderableType], None], lines: Sequence[str], look: Look, first: int = 1) -> None:
    """Show lines of the person's own with their numbers."""
    for number, line in enumerate(lines, first):
        say(Folded(Text(visible_line(line)), look.width, f"{number:4}  "))


def forms(found: Iterable[FoundForm], words: Words, look: Look) -> RenderableType:
    """Show forms of a name with the numbers they are chosen by, how often each stands there, and where."""
    rows: list[RenderableType] = []
    for number, form in enumerate(found, 1):
        times = words.count("share.times", form.times)
        line = Text(visible_line(form.word)).append(signs(f"  {times}: … {visible_line(form.around)} …", look), "quiet")
        rows.append(Folded(line, look.width, f"{number:4}  "))
    return Group(*rows)


def groups(aliases: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Put names together that one alias stands for."""
    there = dict.fromkeys(aliases.values())
    return [(alias, tuple(name for name in aliases if aliases[name] == alias)) for alias in there]


def change(names: Iterable[str], alias: str) -> str:
    """Say what stands for some names: `Anna, Anny → my sister`."""
    return f"{', '.join(names)} → {alias}"


def choices(blocks: Iterable[str], aliases: Mapping[str, str], words: Words) -> str:
    """Say what was chosen last time: `mood week by week, sittings, Anna → my sister`."""
    named = [change(names[:1], alias) for alias, names in groups(aliases)]
    return ", ".join([*(words(f"share.block_{name}") for name in blocks), *named]) or words("by_hand.lines_only")


def sheet(text: Callable[[int], Sequence[str]], words: Words) -> Callable[[Look], RenderableType]:
    """
    Give what draws a page as it will leave, for a look: every word of it.

    Args:
        text: Gives the page for so many columns, in sheets; with more than one, a line stands before each.
        words: What is said between them.
    """

    def draw(look: Look) -> RenderableType:
        sheets = text(look.width)
        rows: list[RenderableType] = []
        for number, one in enumerate(sheets, 1):
            rows.append(Text(words("share.page", n=number, all=len(sheets)), "quiet"))
            rows += [Text(line) for line in visible(one).rstrip("\n").split("\n")]
        return Group(*rows)

    return draw

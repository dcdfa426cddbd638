"""What may leave, as a list to choose from."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry
from journal_cli.screen.entries import entry_name
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, signs


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

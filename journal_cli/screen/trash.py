"""The trash on the screen: what waits there, and how to bring it back."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry
from journal_cli.screen.entries import entry_name, id_length
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, ours


def trash_list(entries: Sequence[Entry], voice: Voice, look: Look) -> RenderableType:
    """Show the entries in the trash in the order given, with the day each was put there."""
    words = voice.words
    if not entries:
        return Group(ours(words("look_back.trash_empty"), look))
    length = id_length([entry.id for entry in entries])
    lines: list[RenderableType] = []
    for entry in entries:
        name = entry_name(entry, voice, look) or words("look_back.untitled")
        day = words.day(entry.deleted_at.day) if entry.deleted_at else ""
        trashed = words("look_back.trashed_on", day=day) if day else ""
        if look.plain:
            told = ", ".join(filter(None, (entry.id[:length], name, trashed)))
            lines.append(Folded(Text(told), look.width))
        else:
            row = Text.assemble(name, (f"   {trashed}", "quiet"))
            lines.append(Folded(row, look.width, Text(f"  {entry.id[:length]}  ", "accent")))
    return Group(
        *lines,
        ours(words("look_back.restore", id=entries[0].id[:length]), look),
        ours(words("look_back.empty_trash"), look),
    )

"""The trash on the screen: what waits there, and how to bring it back."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.entries import entry_name, id_length
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, ours

Row = tuple[str, str, str]  # id, name, when


def trash_list(
    entries: Sequence[Entry],
    voice: Voice,
    look: Look,
    *,
    check_ins: Sequence[CheckIn] = (),
    sittings: Sequence[Sitting] = (),
) -> RenderableType:
    """Show what is in the trash in the order given, entries with the day each was put there."""
    words = voice.words
    rows = [*(_entry(entry, voice, look) for entry in entries)]
    rows += [_other(one.id, words("look_back.check_in"), one.at, words) for one in check_ins]
    rows += [_other(one.id, visible_line(one.title) or words("look_back.sitting"), one.at, words) for one in sittings]
    if not rows:
        return Group(ours(words("look_back.trash_empty"), look))
    length = id_length([id_ for id_, _, _ in rows])
    return Group(
        *(_line(id_[:length], name, when, look) for id_, name, when in rows),
        ours(words("look_back.restore", id=rows[0][0][:length]), look),
        ours(words("look_back.empty_trash"), look),
    )


def _entry(entry: Entry, voice: Voice, look: Look) -> Row:
    name = entry_name(entry, voice, look) or voice.words("look_back.untitled")
    day = voice.words.day(entry.deleted_at.day) if entry.deleted_at else ""
    return entry.id, name, voice.words("look_back.trashed_on", day=day) if day else ""


def _other(id_: str, name: str, at: Moment, words: Words) -> Row:
    return id_, name, words.day(at.day)


def _line(id_: str, name: str, when: str, look: Look) -> RenderableType:
    if look.plain:
        return Folded(Text(", ".join(filter(None, (id_, name, when)))), look.width)
    return Folded(Text.assemble(name, (f"   {when}", "quiet")), look.width, Text(f"  {id_}  ", "accent"))

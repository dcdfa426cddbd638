"""`journal` alone: a welcome where there is no journal, else today in a few lines."""

import contextlib
from collections.abc import Iterator

import typer

from journal_cli.cli import standings
from journal_cli.cli.desk import Desk
from journal_cli.cli.rooms import at_desk, leaf
from journal_cli.cli.safekeeping import EDIT, FREE
from journal_cli.errors import NotFound
from journal_cli.journal.entry import Filter
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.text import count_words, visible_line
from journal_cli.records import drafts, entries, sittings
from journal_cli.records.drafts import Draft
from journal_cli.screen.programs import could_be_next
from journal_cli.screen.said import strong
from journal_cli.screen.theme import ours
from journal_cli.vault.vault import is_present

app = leaf()

SHOWN = 3
PROGRAMS = 2  # of those under way


@app.command("today")
def today(ctx: typer.Context) -> None:
    """Show what could be next, never what was missed."""
    desk = at_desk(ctx)
    if not is_present(desk.folder):
        desk.show(desk.words("desk.welcome"))
        return
    desk.open()
    words = desk.words
    desk.show(strong(words.day(desk.now().day, weekday=True)))
    for sentence in _unfinished(desk):
        desk.show(ours(sentence, desk.look))
    _show_programs(desk)
    day = desk.now().day
    found, total = entries.listing(desk.journal, Filter(since=day, until=day), SHOWN)
    if found:
        desk.show(words.count("desk.written_today", total))
    desk.show(words("desk.could_be_next"))


def _unfinished(desk: Desk) -> Iterator[str]:
    """Say what waits in the middle, and how to go on with it; never a word of it."""
    waiting = sittings.unfinished(desk.journal)[:1]
    begun = drafts.drafts(desk.journal)
    for sitting in waiting:
        yield _sitting(desk, sitting)
        yield from (_said(desk, "desk.answer_begun", one) for one in begun if one.sitting == sitting.id)
    text = next((one for one in begun if one.kind == FREE), None)
    if text:
        yield _said(desk, "desk.text_begun", text)
    change = next((one for one in begun if one.kind.startswith(EDIT) and _is_there(desk, _entry_of(one))), None)
    if change:
        yield _said(desk, "desk.change_begun", change, id=_entry_of(change))


def _sitting(desk: Desk, sitting: Sitting) -> str:
    if desk.discreet:
        return desk.words("desk.sitting_waits")
    return desk.words("desk.waiting", title=visible_line(sitting.title))


def _said(desk: Desk, sentence: str, draft: Draft, **more: str) -> str:
    words = desk.words
    counted = words.count("reflect.words", count_words(draft.text))
    return words(sentence, day=words.day(draft.started.day), time=words.clock(draft.started), words=counted, **more)


def _entry_of(draft: Draft) -> str:
    return draft.kind.removeprefix(EDIT)


def _is_there(desk: Desk, entry_id: str) -> bool:
    with contextlib.suppress(NotFound):
        return entries.entry(desk.journal, entry_id).deleted_at is None
    return False


def _show_programs(desk: Desk) -> None:
    running = standings.running(desk)[:PROGRAMS]
    if running and desk.discreet:
        desk.show(ours(desk.words("desk.program_waits"), desk.look))
        return
    for one in running:
        desk.show(could_be_next(one, desk.look, desk.words))

"""`journal` alone: a welcome where there is no journal, else today in a few lines."""

import typer

from journal_cli.cli import under_way
from journal_cli.cli.rooms import at_desk, leaf
from journal_cli.journal.entry import Filter
from journal_cli.records import entries, sittings
from journal_cli.screen.programs import could_be_next
from journal_cli.screen.said import strong
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
    for sitting in sittings.unfinished(desk.journal)[:1]:
        desk.show(words("desk.waiting", title=sitting.title))
    for one in under_way.running(desk)[:PROGRAMS]:
        desk.show(could_be_next(one, desk.look, words))
    day = desk.now().day
    found, total = entries.listing(desk.journal, Filter(since=day, until=day), SHOWN)
    if found:
        desk.show(words.count("desk.written_today", total))
    desk.show(words("desk.could_be_next"))

"""`journal good-therapy`: what therapy never is, what to ask, what good help feels like. It needs no journal."""

import shutil
import sys

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import oblige
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.screen import good_therapy as screen
from journal_cli.screen.ask import Wish
from journal_cli.screen.said import quiet
from journal_cli.screen.theme import signs

app = leaf()

BELOW_A_PAGE = 2  # lines: to go on, and where the cursor stands


@app.command("good-therapy")
def good_therapy(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    What good help is, what it never is, and six questions to ask a therapist.

    It opens without a journal and without a passphrase, and nothing is noted.

      journal good-therapy
    """
    desk = at_desk(ctx, plain=plain)
    words = desk.words
    parts = screen.parts(words)
    if as_json:
        told = [{"id": one.id, "title": one.title, "lines": one.lines, "items": one.items} for one in parts]
        desk.dump({"title": words("therapy.title"), "about": words("therapy.about"), "parts": told})
        return
    if not (desk.is_person and sys.stdout.isatty()):
        desk.show(screen.pages(words, desk.look, 0)[0])
        return
    pages = screen.pages(words, desk.look, max(shutil.get_terminal_size().lines - BELOW_A_PAGE, 1))
    for page in pages[:-1]:
        desk.show(page)
        if not _goes_on(desk):
            return
    desk.show(pages[-1])


def _goes_on(desk: Desk) -> bool:
    """Wait until the person has read a page; False if that is enough."""
    on = quiet(signs(desk.words("therapy.go_on"), desk.talk_look))
    while (wish := desk.asker.pause(on)) in {Wish.HELP, Wish.GROUND}:
        oblige(desk, wish)
    return wish is not Wish.STOP

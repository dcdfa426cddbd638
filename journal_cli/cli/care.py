"""`journal help-now` and `journal ground`: they need no journal and no passphrase, and leave no trace."""

import os
import sys
from typing import Annotated

import typer

from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import NotFound
from journal_cli.journal.care import countries
from journal_cli.screen import care as screen

help_app = leaf()
ground_app = leaf()

EVERYWHERE = "all"

More = Annotated[bool, typer.Option("--more", help="Every line of the country.")]


# The country is read from what is left over: a parameter that takes a value costs typer as long as the whole page.
@help_app.command("help-now", context_settings={"allow_extra_args": True})
def help_now(ctx: typer.Context, more: More = False, plain: Plain = False) -> None:
    """
    Numbers to call in a hard hour. Opens at once, nothing is noted.

    The country, as two letters: as given, else JOURNAL_COUNTRY, else it asks. It is never guessed from the machine.

      journal help-now
      journal help-now PL --more
    """
    desk = at_desk(ctx, plain=plain)
    words, lines = desk.care_words, desk.help_lines
    there = countries(lines)
    asked = ((ctx.args or [""])[0] or os.environ.get("JOURNAL_COUNTRY", "")).strip()
    if not asked and sys.stdin.isatty() and sys.stdout.isatty():
        asked = _menu(there, screen.country_menu(there, words))
    chosen = "" if asked.lower() == EVERYWHERE else asked.upper()
    if chosen and chosen not in there:
        raise NotFound(
            "there are no lines for {country} here yet",
            country=chosen[:10],
            hint="findahelpline.com knows more countries; here: {offered}",
            offered=", ".join(there),
        )
    page = screen.help_page(lines, chosen, words, desk.today, more=more or not chosen)
    typer.echo("\n".join(screen.folded(page)))


@ground_app.command("ground")
def ground(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Arrive in the room: a short exercise, nothing to write.

      journal ground
    """
    desk = at_desk(ctx, plain=plain)
    groundings = list(desk.library.groundings.values())
    if as_json:
        rows = [{"id": one.id, "title": one.title, "lines": list(one.lines)} for one in groundings]
        desk.dump({"groundings": rows})
        return
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    for number, grounding in enumerate(groundings):
        if number and not (at_terminal and _another(desk.words("reflect.another_grounding"))):
            return
        for line in grounding.lines:
            typer.echo(line)
            if at_terminal and line != grounding.lines[-1]:
                _enter()


def _menu(there: tuple[str, ...], menu: list[str]) -> str:
    """Let somebody choose a country; anything but a number of the list shows all."""
    typer.echo("\n".join(screen.folded(menu)))
    typed = _enter("> ").strip()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(there):
        return there[int(typed) - 1]
    return typed if typed.upper() in there else EVERYWHERE


def _another(question: str) -> bool:
    typer.echo(question)
    return _enter("> ").strip().lower() in {"y", "t"}


def _enter(prompt: str = "") -> str:
    try:
        return input(prompt)
    except EOFError:
        return ""

"""`journal help-now` and `journal ground`: they need no journal and no passphrase, and leave no trace."""

import os
import sys
from typing import Annotated, Any

import typer

from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import Mistyped, NotFound
from journal_cli.journal.care import HelpLine, countries, country_named
from journal_cli.journal.words import Words
from journal_cli.screen import care as screen

help_app = leaf()
ground_app = leaf()

More = Annotated[bool, typer.Option("--more", help="Every line of the country, and how each was checked.")]


# The country is read from what is left over: a parameter that takes a value costs typer as long as the whole page.
@help_app.command("help-now", context_settings={"allow_extra_args": True})
def help_now(ctx: typer.Context, more: More = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Numbers to call in a hard hour. Opens at once, nothing is noted.

    The country, as two letters or its name: as given, else JOURNAL_COUNTRY, else it asks. It is never guessed from
    the machine. `all` shows every country.

      journal help-now
      journal help-now PL --more
    """
    desk = at_desk(ctx, plain=plain)
    words, lines = desk.care_words, desk.help_lines
    names = {one: words(f"care.countries.{one}") for one in screen.in_order(countries(lines), words)}
    asked = " ".join(ctx.args).strip()
    chosen = _named(asked, names) if asked else country_named(os.environ.get("JOURNAL_COUNTRY", ""), names)
    if as_json:
        desk.dump({"lines": [_as_json(line, words) for line in lines if chosen in {"", line.country}]})
        return
    if not (asked or chosen) and sys.stdin.isatty() and sys.stdout.isatty():
        chosen = _menu(names, words)
    page = screen.help_page(lines, chosen, words, desk.today, more=more or not chosen, checks=more)
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


def _named(asked: str, names: dict[str, str]) -> str:
    """Find the country that was asked for; empty for all of them."""
    if asked.lower() == screen.EVERYWHERE:
        return ""
    if found := country_named(asked, names):
        return found
    raise NotFound(
        "there are no lines for {country} here yet",
        country=asked[:40],
        hint="findahelpline.com knows more countries; here: {offered}",
        offered=", ".join(names),
    )


def _menu(names: dict[str, str], words: Words) -> str:
    """Let somebody choose a country; an empty answer is all of them."""
    typer.echo("\n".join(screen.folded(screen.country_menu(list(names), words))))
    read = screen.which_country(names)
    while True:
        try:
            return read(_enter("> "))
        except Mistyped as not_there:
            typer.echo("\n".join(screen.folded([words.failure(not_there)[0]])))


def _as_json(line: HelpLine, words: Words) -> dict[str, Any]:
    return {
        "country": line.country,
        "kind": line.kind,
        "name": line.name,
        "about": line.about.get(words.language) or line.about["en"],
        "number": line.number,
        "ways": line.ways,
        "say": line.say or None,
        "hours": line.hours or None,
        "cost": line.cost or None,
        "trace": line.trace or None,
        "languages": line.languages or None,
        "url": line.url or None,
        "checked": line.checked.isoformat(),
        "by": line.by,
        "source": line.source or None,
        "page_year": line.page_year,
    }


def _another(question: str) -> bool:
    typer.echo(question)
    return _enter("> ").strip().lower() in {"y", "t"}


def _enter(prompt: str = "") -> str:
    try:
        return input(prompt)
    except EOFError:
        return ""

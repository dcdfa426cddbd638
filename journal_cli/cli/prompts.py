"""`journal prompts`: what the library offers, and whether a pack holds together."""

from pathlib import Path
from typing import Annotated

import typer

from journal_cli.cli import added
from journal_cli.cli.desk import Desk
from journal_cli.cli.homework import add, refuse_shipped, remove
from journal_cli.cli.new_homework import new
from journal_cli.cli.prompts_file import pack_of
from journal_cli.cli.prompts_json import library_json, mine_json, session_json
from journal_cli.cli.rooms import Json, Plain, at_desk, group
from journal_cli.journal.library import Pack
from journal_cli.packs.shelf import languages_of_packs
from journal_cli.packs.tone import remarks
from journal_cli.screen import homework
from journal_cli.screen import packs as screen
from journal_cli.screen.said import strong

app = group()

SessionName = Annotated[str, typer.Argument(metavar="SESSION", help="Its id.", show_default=False)]
PackFile = Annotated[Path, typer.Argument(metavar="FILE", help="A pack, as a TOML file.", show_default=False)]
Mine = Annotated[bool, typer.Option("--mine", help="Open the journal, and look at what you added.")]


@app.callback(invoke_without_command=True)
def prompts(ctx: typer.Context) -> None:
    """See and check prompts, sessions and packs."""
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("list")
def list_prompts(ctx: typer.Context, mine: Mine = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show the packs, themes, sessions and programs.

    What came with the program is shown without opening the journal; what you added is inside it.

      journal prompts list
      journal prompts list --mine
    """
    desk = at_desk(ctx, plain=plain)
    if not mine:
        _list(desk, as_json=as_json)
        return
    desk.open()
    there = added.packs(desk.language, desk.journal)
    if as_json:
        desk.dump(mine_json(there))
        return
    desk.show(homework.mine(there, desk.words, desk.look))


@app.command("show")
def show(
    ctx: typer.Context, session: SessionName, mine: Mine = False, as_json: Json = False, plain: Plain = False
) -> None:
    """
    Show a session step by step: what will be asked, and in which order.

      journal prompts show evening-signals
      journal prompts show for-this-week --mine
    """
    desk = at_desk(ctx, plain=plain)
    if mine:
        desk.open()
    found = desk.library.session(session)
    if as_json:
        desk.dump(session_json(found, desk.library))
        return
    desk.show(screen.session_page(found, desk.library, desk.words, desk.look))


@app.command("check")
def check(ctx: typer.Context, file: PackFile, as_json: Json = False, plain: Plain = False) -> None:
    """
    Check a pack you are writing, and see it as the person will who gets it.

    Every fault is named with its line and a way out. What is said about the tone is a remark: you decide, and the
    pack is fine without heeding it.

      journal prompts check homework.toml
    """
    desk = at_desk(ctx, plain=plain)
    pack = pack_of(file, desk.library)
    refuse_shipped(pack, file.name, desk.library)
    if as_json:
        desk.dump(_checked_json(desk, pack))
        return
    words, look = desk.words, desk.look
    desk.show(screen.checked(pack, file.name, words, look))
    desk.show(homework.remarked(_remarks(desk, pack), words, look))
    desk.show("")
    desk.show(strong(words("packs.check.as_seen")))
    desk.show(homework.whole(pack, file.name, words, look))


def _remarks(desk: Desk, pack: Pack) -> list[str]:
    return [desk.words(f"tone.{one.rule}", where=one.where, **one.values) for one in remarks(pack, desk.library)]


def _checked_json(desk: Desk, pack: Pack) -> dict[str, object]:
    counts = {name: len(getattr(pack, name)) for name in ("themes", "prompts", "sessions", "programs", "check_ins")}
    said = [
        {"rule": one.rule, "where": one.where, "said": sentence}
        for one, sentence in zip(remarks(pack, desk.library), _remarks(desk, pack), strict=True)
    ]
    head = {"id": pack.id, "title": pack.title, "version": pack.version}
    return {**head, **counts, "unknown": list(pack.unknown), "remarks": said}


def _list(desk: Desk, *, as_json: bool) -> None:
    if as_json:
        desk.dump(library_json(desk.library, languages_of_packs()))
        return
    desk.show(screen.library_page(desk.library, desk.words, desk.look))
    if desk.folder.exists():
        desk.show(homework.talk(desk.words("packs.mine.hint"), desk.look, "quiet"))


app.command("new")(new)
app.command("add")(add)
app.command("remove")(remove)

"""`journal backup`: whole copies of the journal, and putting one back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.home import short
from journal_cli.cli.kept_copies import agree, opened
from journal_cli.cli.rooms import Json, Yes, at_desk, group
from journal_cli.cli.watching import watch_of
from journal_cli.errors import Mistyped
from journal_cli.journal.moment import moment
from journal_cli.screen.said import parts
from journal_cli.vault import backup, daily, restore, seen
from journal_cli.vault.backup import Backup
from journal_cli.vault.disk import refusing
from journal_cli.vault.process import prepare_process

app = group()

MEGABYTE = 1_000_000

Folder = Annotated[
    str, typer.Argument(metavar="[DIR]", help="Another folder, on a stick for example.", show_default=False)
]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Its name, `latest`, or the path of its folder.", show_default=False)
]


@app.callback(invoke_without_command=True)
def look(ctx: typer.Context) -> None:
    """Make whole copies of the journal, see them, put one back."""
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), "", as_json=False)


@app.command("make")
def make(ctx: typer.Context, folder: Folder = "", as_json: Json = False) -> None:
    """
    Make a backup.

    It is as locked as the journal: the same words and the same recovery key open it. One is made by itself on each
    day you write; seven of these and four weekly ones are kept.

      journal backup make
      journal backup make /media/stick
    """
    desk = at_desk(ctx)
    place = _other_place(desk, folder)
    here = opened(desk)
    made = backup.make(desk.journal, here, now=desk.now().at, place=place, bounds=desk.bounds)
    if place is None:
        daily.prune(backup.place_of(here.folder), now=desk.now().at)
    desk.say(desk.words("backup.made", name=made.name, folder=short(made.place.parent)))
    if as_json:
        desk.dump(_json(desk, made))


@app.command("list")
def list_(ctx: typer.Context, folder: Folder = "", as_json: Json = False) -> None:
    """
    Show the backups, newest first. Nothing is opened and nothing is asked.

      journal backup list
    """
    _list(at_desk(ctx), folder, as_json=as_json)


@app.command("restore")
def put_back(ctx: typer.Context, name: Name, yes: Yes = False, as_json: Json = False) -> None:
    """
    Put a backup in the place of the journal.

    What it replaces is kept in the folder `recovery`. The words that opened the journal on the day of the backup open
    it.

      journal backup restore latest
      journal backup restore 2026-11-24
    """
    desk = at_desk(ctx)
    prepare_process()
    chosen = restore.found(desk.folder, name)
    if not yes:
        agree(desk, desk.words("backup.restore_question", time=_time(desk, chosen)))
    source = Desk(folder=chosen.place, bounds=desk.bounds).secret_vault()  # a backup is a journal's folder
    done = restore.restore(desk.folder, source, bounds=desk.bounds)
    seen.forget(watch_of(source.journal, desk.today).path)
    desk.say(desk.words("backup.restored", time=_time(desk, chosen)))
    if done.replaced is not None:
        desk.say(desk.words("backup.replaced", folder=short(done.replaced)))
    if done.own_keys:
        desk.say(desk.words("backup.own_keys"))
    if done.vault.key_files_missing:
        desk.say(desk.words("desk.key_files_missing"))
    if as_json:
        desk.dump({**_json(desk, chosen), "replaced": None if done.replaced is None else str(done.replaced)})


def _list(desk: Desk, folder: str, *, as_json: bool) -> None:
    place = _other_place(desk, folder) or backup.place_of(desk.folder)
    found = backup.every(place)
    if as_json:
        desk.dump({"backups": [_json(desk, one) for one in found], "total": len(found)})
        return
    if not found:
        desk.say(desk.words("backup.none"))
    for one in found:
        notes = [desk.words("backup.before_steps")] if one.before_steps else []
        notes += [] if one.key_files else [desk.words("backup.only_recovery")]
        told = ", ".join([desk.words("backup.size", n=f"{one.size / MEGABYTE:.1f}"), *notes])
        desk.show(parts((f"{one.name:32}", ""), (f"{_time(desk, one):26}", ""), (told, "quiet")))


def _other_place(desk: Desk, folder: str) -> Path | None:
    """
    Read the folder that was named, if one was.

    Raises:
        Mistyped: If it is something else than a folder, or the journal's own.
    """
    if not folder:
        return None
    place = Path(folder).expanduser()
    with refusing():
        if place.exists() and not place.is_dir():
            raise Mistyped("{folder} is not a folder", folder=short(place))
        if place.resolve() == desk.folder.resolve():
            raise Mistyped(
                "this is the journal's own folder", hint="without a folder, `journal backup make` finds the place"
            )
    return place


def _time(desk: Desk, one: Backup) -> str:
    local: datetime = moment(one.at, desk.now().zone).local
    return f"{desk.words.day(local.date(), year=True)} {local:%H:%M}"


def _json(desk: Desk, one: Backup) -> dict[str, Any]:
    return {
        "name": one.name,
        "at": moment(one.at, desk.now().zone).iso(),
        "folder": str(one.place),
        "bytes": one.size,
        "key_files": one.key_files,
    }

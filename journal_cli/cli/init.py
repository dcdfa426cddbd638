"""`journal init`: a new journal, its passphrase and its recovery key."""

import os

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.home import short
from journal_cli.cli.key_questions import chosen, cost_of, hand_over
from journal_cli.cli.passphrase import Strong
from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.watching import watch_of
from journal_cli.errors import AlreadyThere, Locked, NothingToDo
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.process import prepare_process

app = leaf()


@app.command("init")
def init(ctx: typer.Context, strong: Strong = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Create your journal.

    It asks for a passphrase twice, or offers you five words, and shows a recovery key once. Where the journal lives:
    JOURNAL_HOME, or your platform's folder for your data.

    For scripts: with JOURNAL_PASSPHRASE_COMMAND set and no terminal, nothing is asked and the recovery key is printed.

      journal init
    """
    desk = at_desk(ctx, plain=plain)
    prepare_process()
    _refuse_if_there(desk)
    command = os.environ.get("JOURNAL_PASSPHRASE_COMMAND")
    if command and not desk.is_person:
        recovery = _create(desk, passphrase_from(command), strong=strong)
        if as_json:
            desk.dump({"journal": str(desk.folder), "recovery_key": recovery})
        else:
            typer.echo(recovery)
        return
    if not desk.is_person:
        raise Locked("a new journal needs a passphrase, and there is no terminal to ask for one")
    desk.say(desk.words("keep.init_welcome"))
    stopped = NothingToDo("no journal was made", hint="begin again with `journal init`")
    passphrase = passphrase_from(command) if command else chosen(desk, stopped)
    recovery = _create(desk, passphrase, strong=strong)
    hand_over(desk, recovery)
    if as_json:
        desk.dump({"journal": str(desk.folder), "recovery_key": recovery})
    desk.say(desk.words("keep.init_ready"))


def _refuse_if_there(desk: Desk) -> None:
    if vault.is_present(desk.folder):
        raise AlreadyThere(
            "there is a journal at {folder} already",
            folder=short(desk.folder),
            hint="nothing was changed; another place: set JOURNAL_HOME",
        )


def _create(desk: Desk, passphrase: str, *, strong: bool) -> str:
    cost = cost_of(desk, strong=strong)
    made, recovery = vault.create(desk.folder, passphrase, today=desk.now().day, cost=cost)
    watch = watch_of(made.journal, desk.today)
    made.open(STEP_COUNT, load_steps, watch=watch).close()
    return recovery

"""`journal recovery`: trying the recovery key, and making a new one."""

import os

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.home import short
from journal_cli.cli.key_questions import agreed, new_words, unlocked
from journal_cli.cli.new_master_key import answer, carry_out, come_along, refuse_without_key_files, renamed_today
from journal_cli.cli.opening_words import TRIES
from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.cli.rooms import Json, Yes, at_desk, group
from journal_cli.errors import NoJournal, NothingToDo, Protected, WrongKey
from journal_cli.screen.secret import ask_secret
from journal_cli.vault import ring, vault

app = group()


@app.callback()
def recovery() -> None:
    """Try your recovery key, or make a new one."""


@app.command("test")
def try_it(ctx: typer.Context, as_json: Json = False) -> None:
    """
    See whether the paper is right, without opening anything.

    Type the key from the paper; what you type is not shown. A wrong sign is found, and so is a key of another journal
    or from before the master key was replaced. For scripts, without a terminal: JOURNAL_PASSPHRASE_COMMAND gives it.

      journal recovery test
    """
    desk = at_desk(ctx)
    if not vault.is_present(desk.folder):
        raise NoJournal("no journal at {folder}", folder=short(desk.folder))
    command = os.environ.get("JOURNAL_PASSPHRASE_COMMAND")
    if command and not desk.is_person:
        ring.try_recovery_key(desk.folder, passphrase_from(command), bounds=desk.bounds)
    else:
        _try_typed(desk)
    desk.say(desk.words("keys.paper_is_right"))
    if as_json:
        desk.dump({"fits": True})


@app.command("renew")
def renew(ctx: typer.Context, yes: Yes = False, as_json: Json = False) -> None:
    """
    Make a new recovery key, so that the old paper opens nothing you write from now on.

    The journal is encrypted anew. Passphrases that you type come along; others are dropped, and named. Copies made
    before (backups, what a sync program keeps) still open with the old paper.

      journal recovery renew
    """
    desk = at_desk(ctx)
    held = unlocked(desk)
    refuse_without_key_files(held)
    if not yes:
        if not desk.is_person:
            raise Protected("a new recovery key needs --yes where there is nobody to ask", hint="")
        if not agreed(desk, "a new recovery key", desk.words("keys.renew")):
            raise NothingToDo("nothing was changed", hint="")
    listed = ring.slots(desk.folder, bounds=desk.bounds)
    kept = come_along(desk, held, listed)
    if not kept:
        words = new_words(desk, NothingToDo("nothing was changed", hint=""))
        kept = [renamed_today(desk, listed[-1], words, strong=False)]
    done = carry_out(desk, held, kept)
    answer(desk, done, {}, as_json=as_json)


def _try_typed(desk: Desk) -> None:
    """Let a person try until it fits, a few times."""
    for _ in range(TRIES - 1):
        try:
            ring.try_recovery_key(desk.folder, ask_secret(desk.words("keys.paper")), bounds=desk.bounds)
        except WrongKey as wrong:
            typer.echo("\n".join(filter(None, desk.words.failure(wrong))), err=True)
        else:
            return
    ring.try_recovery_key(desk.folder, ask_secret(desk.words("keys.paper")), bounds=desk.bounds)

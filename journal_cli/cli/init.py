"""`journal init`: a new journal, its passphrase and its recovery key."""

import os
import secrets
from dataclasses import dataclass, field

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.home import short
from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import AlreadyThere, Locked, Mistyped, NothingToDo
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.screen.ask import Question, Wish, one_of
from journal_cli.screen.secret import ask_secret
from journal_cli.vault import passphrase as phrases
from journal_cli.vault import vault
from journal_cli.vault.process import prepare_process

app = leaf()

TRIES = 5
ASKED_BACK = 2  # groups of the recovery key
GROUPS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passphrase somebody settled on."""

    passphrase: str = field(repr=False)


@app.command("init")
def init(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
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
        recovery = _create(desk, passphrase_from(command))
        if as_json:
            desk.dump({"journal": str(desk.folder), "recovery_key": recovery})
        else:
            typer.echo(recovery)
        return
    if not desk.is_person:
        raise Locked("a new journal needs a passphrase, and there is no terminal to ask for one")
    desk.say(desk.words("keep.init_welcome"))
    chosen = Chosen(passphrase_from(command)) if command else _chosen(desk)
    recovery = _create(desk, chosen.passphrase)
    _hand_over(desk, recovery)
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


def _create(desk: Desk, passphrase: str) -> str:
    made, recovery = vault.create(desk.folder, passphrase, today=desk.now().day, cost=desk.cost)
    made.open(STEP_COUNT, load_steps).close()
    return recovery


def _chosen(desk: Desk) -> Chosen:
    """Offer five words, or let the person choose their own."""
    words = desk.words
    five = phrases.five_words()
    view = words("keep.init_how", words=five)
    picked = desk.asker.ask(Question("how to unlock", view, one_of(2, empty=1), one_key=True))
    if isinstance(picked, Wish):
        raise NothingToDo("no journal was made", hint="begin again with `journal init`")
    if picked == 1:
        return _practised(desk, five)
    return _own(desk)


def _practised(desk: Desk, five: str) -> Chosen:
    """Have the five words typed once, so that the hands know them; sloppy spaces and capitals are fine."""
    for _ in range(TRIES):
        desk.say(desk.words("keep.init_type_once"))
        if " ".join(ask_secret("> ").lower().split()) == five:
            desk.say(desk.words("keep.strength.good"))
            return Chosen(five)
        desk.say(desk.words("keep.init_not_the_same", words=five))
    raise NothingToDo("no journal was made", hint="begin again with `journal init`")


def _own(desk: Desk) -> Chosen:
    """Ask for a passphrase twice, and say plainly what it is worth."""
    for _ in range(TRIES):
        typed = ask_secret(desk.words("keep.init_own"))
        try:
            strength = phrases.strength(typed)
        except Mistyped as refusal:
            desk.say(desk.words.failure(refusal)[0])
            continue
        desk.say(desk.words(f"keep.strength.{strength.kind}"))
        if not strength.accepted:
            continue
        if ask_secret(desk.words("keep.init_again")) == typed:
            return Chosen(typed)
        desk.say(desk.words("keep.init_differ"))
    raise NothingToDo("no journal was made", hint="begin again with `journal init`")


def _hand_over(desk: Desk, recovery: str) -> None:
    """Show the recovery key until it is on paper, then have two of its groups typed back from there."""
    groups = recovery.split()
    _show(desk, groups)
    asked = sorted(secrets.SystemRandom().sample(range(len(groups)), ASKED_BACK))
    first, second = (number + 1 for number in asked)
    desk.say(desk.words("keep.recovery_check", first=first, second=second))
    for number in asked:
        while not _typed_back(desk, number + 1, groups[number]):
            _show(desk, groups)


def _show(desk: Desk, groups: list[str]) -> None:
    rows = [groups[start : start + GROUPS_IN_A_ROW] for start in range(0, len(groups), GROUPS_IN_A_ROW)]
    key = "\n".join("        " + "  ".join(row) for row in rows)
    desk.asker.once(f"{desk.words('keep.recovery_intro')}\n\n{key}\n", desk.words("keep.recovery_on_paper"))


def _typed_back(desk: Desk, number: int, group: str) -> bool:
    """Ask for one group; False if the person would like to see the key again."""

    def read(typed: str) -> str:
        if typed.strip().upper() not in {group, ""}:
            raise Mistyped("that is not what group {number} says; look at it again", number=number)
        return typed.strip()

    answer = desk.asker.ask(Question(f"group {number}", desk.words("keep.recovery_group", number=number), read))
    if isinstance(answer, Wish):
        # The journal is there and the passphrase opens it: only the paper was not tried.
        desk.last_words.append(desk.words("keep.recovery_unchecked"))
    return answer != ""

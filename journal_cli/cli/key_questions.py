"""Passphrases and recovery keys in conversation: the secret itself, new words, and a paper that is written."""

import os
import secrets
from dataclasses import dataclass, field

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.opening_words import TRIES
from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.errors import JournalError, Locked, Mistyped, NothingToDo, WrongKey
from journal_cli.screen.ask import Question, Wish, one_of, yes_no
from journal_cli.screen.secret import ask_secret
from journal_cli.vault import vault
from journal_cli.vault.passphrase import five_words
from journal_cli.vault.process import prepare_process
from journal_cli.vault.slots import STRONG, Cost
from journal_cli.vault.vault import Vault

NEW_COMMAND = "JOURNAL_NEW_PASSPHRASE_COMMAND"

NEW_TRIES = 5
ASKED_BACK = 2  # groups of the recovery key
GROUPS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Held:
    """
    A journal's folder, unlocked, and what unlocked it.

    Args:
        vault: The folder.
        secret: The passphrase or the recovery key, as it was typed.
    """

    vault: Vault
    secret: str = field(repr=False)


def unlocked(desk: Desk) -> Held:
    """
    Unlock with the passphrase itself, whoever else holds the journal open: who changes keys has to know one.

    Raises:
        WrongKey: If the last try fails too, or the command's answer does not open it.
        Locked: If there is nobody to ask.
    """
    prepare_process()
    vault.takes_passphrase(desk.folder, bounds=desk.bounds)
    if command := os.environ.get("JOURNAL_PASSPHRASE_COMMAND"):
        return _held(desk, passphrase_from(command))
    for _ in range(TRIES - 1):
        try:
            return _held(desk, ask_secret(desk.words("desk.passphrase")))
        except WrongKey as wrong:
            typer.echo(desk.words.failure(wrong)[0], err=True)
    return _held(desk, ask_secret(desk.words("desk.passphrase")))


def new_words(desk: Desk, stopped: NothingToDo) -> str:
    """
    Give the words of a new passphrase: chosen with the person, or from the command that scripts name.

    Args:
        desk: Where to ask.
        stopped: What to raise if the person would rather not.

    Raises:
        Locked: If there is nobody to ask, and no command.
    """
    if desk.is_person:
        return chosen(desk, stopped)
    command = os.environ.get(NEW_COMMAND)
    if not command:
        raise Locked(
            "a new passphrase is needed, and there is no terminal to ask for one",
            hint="run it in a terminal, or set {name}",
            name=NEW_COMMAND,
        )
    try:
        return passphrase_from(command)
    except Locked:
        raise Locked(
            "{name} gave no passphrase", hint="run it by itself to see what it says", name=NEW_COMMAND
        ) from None


def chosen(desk: Desk, stopped: NothingToDo) -> str:
    """
    Offer five words, or let the person choose their own.

    Args:
        desk: Where to ask.
        stopped: What to raise if the person would rather not.
    """
    five = five_words()
    view = desk.words("keep.init_how", words=five)
    picked = desk.asker.ask(Question("how to unlock", view, one_of(2, empty=1), one_key=True))
    if isinstance(picked, Wish):
        raise stopped
    return _practised(desk, five, stopped) if picked == 1 else own_words(desk, stopped)


def cost_of(desk: Desk, *, strong: bool) -> Cost:
    """How hard a guess must work: as usual, or four times as hard."""
    return STRONG if strong else desk.cost


def agreed(desk: Desk, name: str, text: str) -> bool:
    """Ask yes or no; anything but yes is no."""
    return desk.asker.ask(yes_no(name, text)) == "y"


def hand_over(desk: Desk, recovery: str) -> None:
    """Show the recovery key until it is on paper, then have two of its groups typed back from there."""
    groups = recovery.split()
    _show(desk, groups)
    asked = sorted(secrets.SystemRandom().sample(range(len(groups)), ASKED_BACK))
    first, second = (number + 1 for number in asked)
    desk.say(desk.words("keep.recovery_check", first=first, second=second))
    for number in asked:
        while not _typed_back(desk, number + 1, groups[number]):
            _show(desk, groups)


def _held(desk: Desk, secret: str) -> Held:
    opened = vault.unlock(desk.folder, secret, bounds=desk.bounds)
    if opened.replacing:
        desk.say(desk.words(f"keys.{opened.replacing}"))
    return Held(opened, secret)


def _practised(desk: Desk, five: str, stopped: JournalError) -> str:
    """Have the five words typed once, so that the hands know them; sloppy spaces and capitals are fine."""
    for _ in range(NEW_TRIES):
        desk.say(desk.words("keep.init_type_once"))
        if " ".join(ask_secret("> ").lower().split()) == five:
            desk.say(desk.words("keep.strength.good"))
            return five
        desk.say(desk.words("keep.init_not_the_same", words=five))
    raise stopped


def own_words(desk: Desk, stopped: JournalError, *, ask: str = "keep.init_own") -> str:
    """
    Ask for a passphrase twice, and say plainly what it is worth.

    Args:
        desk: Where to ask.
        stopped: What to raise after too many tries.
        ask: The key of the sentence that asks.
    """
    for _ in range(NEW_TRIES):
        typed = ask_secret(desk.words(ask))
        try:
            worth = desk.strength_of(typed)
        except Mistyped as refusal:
            desk.say(desk.words.failure(refusal)[0])
            continue
        desk.say(desk.words(f"keep.strength.{worth.kind}"))
        if not worth.accepted:
            continue
        if ask_secret(desk.words("keep.init_again")) == typed:
            return typed
        desk.say(desk.words("keep.init_differ"))
    raise stopped


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

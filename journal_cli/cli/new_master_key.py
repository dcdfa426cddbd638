"""Replacing the master key in conversation: what it means, which passphrases come along, the new paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.key_questions import Held, hand_over
from journal_cli.cli.watching import watch_of
from journal_cli.errors import Damaged, JournalError, WrongKey
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.screen.secret import ask_secret
from journal_cli.vault import backup, rekey, ring
from journal_cli.vault.database import Database
from journal_cli.vault.ring import Kept, Making, Replaced
from journal_cli.vault.slots import Slot, unseal


def refuse_without_key_files(held: Held) -> None:
    """
    Refuse where the key files are gone: they have to be made again first.

    Raises:
        Damaged: If they are.
    """
    if held.vault.key_files_missing:
        raise Damaged(
            "the key files of this journal are gone, so there is nothing in them to change",
            hint="`journal passphrase add` makes them again",
        )


def come_along(desk: Desk, held: Held, listed: Sequence[Slot], *, but: str = "") -> list[Kept]:
    """
    Find out which passphrases are at hand: the one that unlocked, and those a person types for it.

    Args:
        desk: Where to ask.
        held: The journal, unlocked, with what unlocked it.
        listed: Its slots.
        but: The id of a slot that gets new words anyway.
    """
    kept = []
    for slot in listed:
        if slot.header.id == but:
            continue
        if slot.header.id == held.vault.slot:
            kept.append(Kept(slot.header, held.secret, slot.cost))
        elif desk.is_person and (typed := _typed_for(desk, held, slot)):
            kept.append(Kept(slot.header, typed, slot.cost))
    return kept


def carry_out(desk: Desk, held: Held, kept: Sequence[Kept]) -> Replaced:
    """
    Back up the journal and replace its master key; a person is then shown the new paper, scripts get it in the answer.

    Raises:
        Damaged, Busy, Refused: As `ring.replace_master_key` says.
    """
    how = Making(desk.now().day, desk.cost, desk.bounds)

    def back_up(journal: Database) -> None:
        made = backup.make(journal, held.vault, now=desk.now().at, bounds=desk.bounds)
        desk.say(desk.words("keys.backed_up", name=made.name))

    watch = watch_of(held.vault.journal, how.today)
    done = ring.replace_master_key(held.vault, kept, how, before=back_up, watch=watch)
    desk.say(desk.words("keys.replaced"))
    if done.dropped:
        names = ", ".join(name_of(desk, slot) for slot in done.dropped)
        desk.say(desk.words("keys.dropped", names=names))
    if desk.is_person:
        hand_over(desk, done.recovery)
        note_shown(desk, done)
    return done


def note_shown(desk: Desk, done: Replaced) -> None:
    """Note in the journal that the new recovery key was shown, and on this computer that the journal has a new one."""
    watch = watch_of(done.vault.journal, desk.now().day)
    with done.vault.open(STEP_COUNT, load_steps, watch=watch) as journal:
        rekey.paper_was_shown(journal)


def answer(desk: Desk, done: Replaced, document: dict[str, Any], *, as_json: bool) -> None:
    """Print the new recovery key for a script, and note that it was."""
    if as_json:
        dropped = [as_document(slot) for slot in done.dropped]
        desk.dump({**document, "recovery_key": done.recovery, "dropped": dropped})
    elif not desk.is_person:
        typer.echo(done.recovery)
    if not desk.is_person:
        note_shown(desk, done)


def renamed_today(desk: Desk, slot: Slot, words: str, *, strong: bool) -> Kept:
    """A slot that gets new words; one that is strong stays so."""
    cost = ring.no_weaker(slot.cost, strong=strong, usual=desk.cost)
    return Kept(replace(slot.header, created=desk.now().day.isoformat()), words, cost)


def as_document(slot: Slot) -> dict[str, Any]:
    """A slot as --json shows it; memory is in kibibytes."""
    cost = {"passes": slot.cost.passes, "memory": slot.cost.memory, "lanes": slot.cost.lanes}
    return {"id": slot.header.id, "label": slot.header.label, "created": slot.header.created, "cost": cost}


def name_of(desk: Desk, slot: Slot) -> str:
    """What a person knows a slot by: its label, else its id and its day."""
    return slot.header.label or desk.words("keys.unnamed", id=slot.header.id[:4], day=slot.header.created)


def _typed_for(desk: Desk, held: Held, slot: Slot) -> str:
    """Ask for the passphrase of another slot; empty if it is not at hand."""
    while typed := ask_secret(desk.words("keys.other", name=name_of(desk, slot))):
        try:
            unseal(slot, typed, journal=held.vault.journal)
        except WrongKey as wrong:
            _say(desk, wrong)
        else:
            return typed
    return ""


def _say(desk: Desk, failure: JournalError) -> None:
    typer.echo(desk.words.failure(failure)[0], err=True)

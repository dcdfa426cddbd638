"""What `journal verify --rescue FOLDER` does: saves what a damaged journal still holds into a new one."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.home import short
from journal_cli.cli.opening_words import TRIES
from journal_cli.cli.passphrase_command import passphrase_from
from journal_cli.errors import WrongKey
from journal_cli.journal.ids import RANDOM_BYTES, short_id
from journal_cli.records import rescue as shelf
from journal_cli.records.rescue import Rescued
from journal_cli.screen.secret import ask_secret
from journal_cli.vault import rescue as door
from journal_cli.vault import vault
from journal_cli.vault.process import prepare_process
from journal_cli.vault.vault import Vault

MOST_DAYS = 40  # named one by one
PARTS_OF = {"check_in_item": "check_in", "share_entry": "share"}


def rescue_into(desk: Desk, folder: str, *, as_json: bool) -> None:
    """
    Save what can be saved into a new journal, and say what is damaged or missing, by its days.

    Raises:
        NoJournal, WrongKey, Damaged, AlreadyThere, Busy, Refused: As `records.rescue.rescue` says.
    """
    prepare_process()
    target = Path(folder).expanduser()
    damaged = _unlocked(desk)
    tag = desk.words("backup.rescue.tag")
    told = shelf.rescue(
        damaged,
        target,
        now=desk.now(),
        new_id=lambda: short_id(os.urandom(RANDOM_BYTES)),
        tag=tag,
        bounds=desk.bounds,
    )
    _say(desk, told, target, tag)
    if as_json:
        desk.dump(_json(told, target, tag))


def _unlocked(desk: Desk) -> Vault:
    """Unlock with the words or the recovery key, however much is damaged."""
    vault.takes_passphrase(desk.folder, bounds=desk.bounds)
    if command := os.environ.get("JOURNAL_PASSPHRASE_COMMAND"):
        return door.unlock(desk.folder, passphrase_from(command), bounds=desk.bounds)
    for _ in range(TRIES - 1):
        try:
            return door.unlock(desk.folder, ask_secret(desk.words("desk.passphrase")), bounds=desk.bounds)
        except WrongKey as wrong:
            typer.echo(desk.words.failure(wrong)[0], err=True)
    return door.unlock(desk.folder, ask_secret(desk.words("desk.passphrase")), bounds=desk.bounds)


def _say(desk: Desk, told: Rescued, target: Path, tag: str) -> None:
    words = desk.words
    desk.say(words("backup.rescue.done", folder=short(target)))
    desk.say(words.count("backup.rescue.whole", told.whole))
    if told.damaged:
        in_part = _days(desk, (day for _, day in told.damaged))
        desk.say(words.count("backup.rescue.damaged", len(told.damaged), days=in_part, tag=tag))
    if told.missing:
        desk.say(words.count("backup.rescue.missing", len(told.missing), days=_days(desk, told.missing)))
    if told.lost:
        kinds = ", ".join(dict.fromkeys(_kind(desk, one.table) for one in told.lost))
        days = _days(desk, (one.day for one in told.lost))
        desk.say(words.count("backup.rescue.lost", len(told.lost), what=kinds, days=days))
    if told.harmed:
        desk.say(words("backup.rescue.harmed"))
    if told.damaged or told.missing or told.lost:
        desk.say(words("backup.rescue.backups"))


def _days(desk: Desk, days: Iterable[date | None]) -> str:
    """Write days, each once, in their order; those nobody knows last."""
    found = sorted(days, key=lambda day: day or date.max)
    told = list(dict.fromkeys(_day(desk, day) for day in found))
    return ", ".join(told[:MOST_DAYS]) + (" …" if len(told) > MOST_DAYS else "")


def _day(desk: Desk, day: date | None) -> str:
    return desk.words("backup.rescue.unknown_day") if day is None else desk.words.day(day, year=True)


def _kind(desk: Desk, table: str) -> str:
    key = f"backup.rescue.kinds.{PARTS_OF.get(table, table)}"
    return desk.words(key if desk.words.has(key) else "backup.rescue.kinds.other")


def _json(told: Rescued, target: Path, tag: str) -> dict[str, object]:
    def iso(day: date | None) -> str | None:
        return None if day is None else day.isoformat()

    return {
        "journal": str(target),
        "tag": tag,
        "whole": told.whole,
        "damaged": [{"id": id_, "day": iso(day)} for id_, day in told.damaged],
        "missing": [iso(day) for day in told.missing],
        "lost": [{"kind": one.table.replace("_", "-"), "day": iso(one.day)} for one in told.lost],
    }

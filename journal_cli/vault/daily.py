"""The backups that are made without asking: one for each day with a change; and which of all are kept."""

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from journal_cli.vault.backup import BEFORE, TIME, Backup, every, made, make, place_of
from journal_cli.vault.database import Database
from journal_cli.vault.disk import NEW, refusing, sync_folder
from journal_cli.vault.slots import READING, Bounds
from journal_cli.vault.vault import DATABASE, Vault

DAYS: Final = 7
WEEKS: Final = 4
BEFORE_STEPS: Final = 2  # of those made before the tables changed, the newest are kept beside

_LONG: Final = 50_000_000  # bytes of a journal whose backup takes a second
# A clock that was wrong for a while made these; they wait until their time has come.
_SOON: Final = timedelta(days=1)


def back_up(
    source: Database,
    vault: Vault,
    *,
    now: datetime,
    bounds: Bounds = READING,
    long: Callable[[], None] = lambda: None,
) -> Backup | None:
    """
    Make the day's backup, if this window has changed something and there is none yet, and forget old ones.

    Call it when the work is done; it takes about 15 ms for each MB. The first of each week is tried in full, and
    takes twice as long; the others by every page of theirs.

    Args:
        source: The open journal.
        vault: The same, unlocked.
        now: The present, aware.
        bounds: Which costs are accepted in the key files.
        long: Called before one that will take more than a second or so.

    Returns:
        The backup, or None if none was due.

    Raises:
        Damaged, Busy, Refused: As `make`; what the person did is kept all the same.
    """
    today, place = now.astimezone(UTC), place_of(vault.folder)
    days = {one.at.date() for one in every(place) if not one.before_steps}
    if source.connection.total_changes == 0 or today.date() in days:
        return None
    with refusing():
        if (vault.folder / DATABASE).stat().st_size > _LONG:
            long()
    is_first = today.isocalendar()[:2] not in {day.isocalendar()[:2] for day in days}
    new = made(source, vault, place, (today.strftime(TIME), ""), bounds=bounds, in_full=is_first)
    prune(place, now=now)
    return new


def before_steps(vault: Vault, *, now: datetime, bounds: Bounds = READING) -> Callable[[Database], None]:
    """Give what `Vault.open` calls before it changes the tables of an older journal: a backup is made."""

    def before(source: Database) -> None:
        row = source.one("PRAGMA user_version")
        make(source, vault, now=now, bounds=bounds, kind=f"{BEFORE}{row[0] + 1 if row else 1}")
        prune(place_of(vault.folder), now=now)

    return before


def kept(found: Iterable[Backup], *, now: datetime) -> set[str]:
    """
    Choose what to keep: the newest of each of the last seven days that have one, and of the four weeks before.

    Days and weeks are those that have backups, however long ago, so a clock that jumps ahead lets nothing go.
    What is dated later than tomorrow is kept: the clock is wrong now, or was then.

    Returns:
        Their names.
    """
    found = sorted(found, key=lambda one: (one.at, len(one.name), one.name), reverse=True)
    later = [one for one in found if one.at > now + _SOON]
    steps = [one for one in found if one.before_steps and one not in later]
    days: dict[object, Backup] = {}
    for one in found:
        if one not in later and one not in steps:
            days.setdefault(one.at.date(), one)
    newest = list(days.values())
    weeks: dict[object, Backup] = {}
    covered = {one.at.isocalendar()[:2] for one in newest[:DAYS]}
    for one in newest[DAYS:]:
        if one.at.isocalendar()[:2] not in covered:
            weeks.setdefault(one.at.isocalendar()[:2], one)
    return {one.name for one in [*later, *steps[:BEFORE_STEPS], *newest[:DAYS], *list(weeks.values())[:WEEKS]]}


def prune(place: Path, *, now: datetime) -> list[str]:
    """
    Forget old backups, all but those that `kept` chooses.

    Returns:
        The names of those that went.

    Raises:
        Refused: If the disk refuses.
    """
    found = every(place)
    keeping = kept(found, now=now)
    going = [one for one in found if one.name not in keeping]
    with refusing():
        for one in going:
            # Under an unfinished name first: half a backup must not look like one.
            shutil.rmtree(one.place.rename(one.place.with_name(one.name + NEW)), ignore_errors=True)
        if going:
            sync_folder(place)
    return [one.name for one in going]

"""`journal unlock` and `journal lock`: the agent that holds the journal open for a while."""

import os
import re
from datetime import timedelta
from typing import Annotated, Final

import typer

from journal_cli.cli import home
from journal_cli.cli.desk import Desk
from journal_cli.cli.rooms import Json, at_desk, leaf
from journal_cli.errors import Damaged, Mistyped, NothingToDo
from journal_cli.journal.moment import Moment, moment
from journal_cli.vault import agent, agent_start, vault
from journal_cli.vault.agent_wire import LONGEST_HOLD
from journal_cli.vault.process import prepare_process

unlock_app = leaf()
lock_app = leaf()

SPAN: Final = re.compile(r"(?=[0-9])(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?", re.ASCII)
SPAN_HINT: Final = "for example 15m, 1h, 90s or 2h30m; at most 12h"

For = Annotated[str, typer.Option("--for", metavar="TIME", help="How long: `15m`, `1h`, `90s`, `2h30m`; up to 12h.")]


@unlock_app.command("unlock")
def unlock(ctx: typer.Context, time: For = "15m", as_json: Json = False) -> None:
    """
    Hold the journal open for a while.

    Until its time is over commands ask for no passphrase, and anyone at this unlocked screen can open the journal. It
    ends with the time, also if the computer sleeps past it, with `journal lock`, and on most Linux systems when you
    sign out.

      journal unlock
      journal unlock --for 1h
    """
    seconds = span(time)
    desk = at_desk(ctx)
    agent_start.refuse_where_there_is_none()
    prepare_process()
    vault.takes_passphrase(desk.folder, bounds=desk.bounds)
    opened = desk.secret_vault()  # the passphrase itself, never an agent that runs: it must not renew itself
    if opened.key_files_missing:
        raise Damaged(
            "the key files of this journal are gone, so it cannot be held open",
            hint="`journal passphrase add` makes them again",
        )
    agent_start.hold(home.runtime_folder(), opened.journal, opened.master_key, seconds)
    now = desk.now()
    until = moment(now.at + timedelta(seconds=seconds), now.zone)
    desk.say(desk.words("agent.unlocked", until=_clock(desk, now, until)))
    if os.environ.get("JOURNAL_PASSPHRASE_COMMAND"):
        desk.say(desk.words("agent.command_first"))
    if as_json:
        desk.dump({"journal": opened.journal, "seconds": seconds, "until": until.iso()})


@lock_app.command("lock")
def lock(ctx: typer.Context, as_json: Json = False) -> None:
    """
    Close it again, now.

    Ends what `journal unlock` began, for every journal.

      journal lock
    """
    desk = at_desk(ctx)
    if not agent.lock(home.runtime_folder()):
        raise NothingToDo("no journal was held open", hint="")
    desk.say(desk.words("agent.locked"))
    if as_json:
        desk.dump({"locked": True})


def span(text: str) -> int:
    """
    Read a length of time, in seconds: `15m`, `1h`, `90s`, `2h30m`.

    Raises:
        Mistyped: If it cannot be read, is nothing, or is longer than twelve hours.
    """
    found = SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise Mistyped("{text} is no length of time", text=text[:20], hint=SPAN_HINT)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = 3600 * hours + 60 * minutes + seconds
    if not 0 < total <= LONGEST_HOLD:
        raise Mistyped("the journal is held open for a second at least, and for twelve hours at most", hint=SPAN_HINT)
    return total


def _clock(desk: Desk, now: Moment, until: Moment) -> str:
    """The time of day, with the day before it if that is another one."""
    clock = desk.words.clock(until)
    return clock if until.day == now.day else f"{desk.words.day(until.day, weekday=True)}, {clock}"

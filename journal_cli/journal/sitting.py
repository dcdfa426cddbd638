"""Sittings: one time a person goes through a session."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import Mood


class State(StrEnum):
    """Where a sitting stands; stopped is finished."""

    OPEN = "open"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Sitting:
    """
    One time a person goes through a session.

    Args:
        id: 8 characters of Crockford base32.
        at: When it began.
        session: Id of the session in its pack.
        title: The session's title as it was shown.
        state: Where it stands.
        before: Mood before, or None.
        after: Mood after, or None.
        step: Index of the next step, from 0.
        prompt: The prompt chosen or reached at this step, if one was, else "".
        entry: The entry that answers it, if it is begun, else "".
        follow_up: Index of the next follow-up of that prompt, from 0.
        pack: Id of the session's pack.
        version: The pack's version.
        language: The language it is held in.
        felt: "helping", "round" or "much": the answer after a steady or deep sitting.
        deleted_at: When it was put in the trash.
    """

    id: str
    at: Moment
    session: str
    title: str
    state: State = State.OPEN
    before: Mood | None = field(default=None, repr=False)
    after: Mood | None = field(default=None, repr=False)
    step: int = 0
    prompt: str = ""
    entry: str = ""
    follow_up: int = 0
    pack: str = ""
    version: str = ""
    language: str = ""
    felt: str | None = field(default=None, repr=False)
    deleted_at: Moment | None = None


def past(sitting: Sitting) -> Sitting:
    """Go on to the next step."""
    return replace(sitting, step=sitting.step + 1, prompt="", entry="", follow_up=0)

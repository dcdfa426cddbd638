"""
What is kept in the journal, as a shell's TAB offers it: only while an agent holds the journal open.

Whoever looks over a shoulder sees days and kinds, no title and no text. With `discreet` on, no tag and no name
is offered either. Without an agent there is nothing, and nobody is asked for anything.
"""

import contextlib
from collections.abc import Iterable, Iterator

from journal_cli.cli import home
from journal_cli.cli.completing_sources import Asked, Choice
from journal_cli.journal.moment import Moment
from journal_cli.journal.words import Words
from journal_cli.packs.wordbook import words
from journal_cli.records import added_packs as packs
from journal_cli.records import entries as written
from journal_cli.records import goals, settings, trash
from journal_cli.records import limits as own_limits
from journal_cli.records import shares as ledger
from journal_cli.records.beginnings import beginning_with
from journal_cli.records.steps import STEP_COUNT
from journal_cli.vault import glance
from journal_cli.vault.database import Database

MOST = 50  # ids that are offered at once


@contextlib.contextmanager
def _journal(asked: Asked) -> Iterator[Database | None]:
    """Give the journal as it lies, if an agent holds its key; None too where its tables are of another version."""
    desk = asked.desk
    with glance.glanced(desk.folder, home.runtime_folder(), bounds=desk.bounds) as found:
        fits = found is not None and found.one("PRAGMA user_version") == (STEP_COUNT,)
        yield found if fits else None


def _said(asked: Asked) -> Words:
    return words(asked.desk.language, "calendar", "completion")


def _dated(said: Words, things: Iterable[tuple[str, Moment]], kind: str) -> list[Choice]:
    """Things by their id, with their day and what they are."""
    named = said(f"completion.kinds.{kind}")
    return [(id_, said("completion.of_day", day=at.day.isoformat(), kind=named)) for id_, at in things]


def entries(asked: Asked) -> list[Choice]:
    """Give entries, newest first."""
    said = _said(asked)
    with _journal(asked) as journal:
        found = beginning_with(journal, asked.word, MOST) if journal else []
    return [choice for one in found for choice in _dated(said, [(one.id, one.written_at)], one.kind.value)]


def trashed(asked: Asked) -> list[Choice]:
    """Give what is in the trash."""
    said = _said(asked)
    with _journal(asked) as journal:
        found = trash.contents(journal) if journal else []
    return [(id_, said(f"completion.kinds.{thing.value}")) for thing, id_ in found if id_.startswith(asked.word)][:MOST]


def limits(asked: Asked, *resting: bool) -> list[Choice]:
    """Give limits, or those alone that rest or do not."""
    with _journal(asked) as journal:
        found = own_limits.limits(journal) if journal else []
    wanted = [(one.id, one.at) for one in found if not resting or one.resting in resting]
    return _dated(_said(asked), wanted, "own_limit")


def open_limits(asked: Asked) -> list[Choice]:
    """Give limits that are practised."""
    return limits(asked, False)


def resting_limits(asked: Asked) -> list[Choice]:
    """Give limits that rest."""
    return limits(asked, True)


def _goals(asked: Asked, *, resting: bool) -> list[Choice]:
    with _journal(asked) as journal:
        found = goals.goals(journal) if journal else []
    return _dated(_said(asked), [(one.id, one.at) for one in found if one.resting == resting], "goal")


def open_goals(asked: Asked) -> list[Choice]:
    """Give goals that are open."""
    return _goals(asked, resting=False)


def resting_goals(asked: Asked) -> list[Choice]:
    """Give goals that rest."""
    return _goals(asked, resting=True)


def shares(asked: Asked) -> list[Choice]:
    """Give what left in a share, by its day."""
    with _journal(asked) as journal:
        found = ledger.shares(journal) if journal else []
    return _dated(_said(asked), [(one.id, one.at) for one in found], "share")[:MOST]


def added_packs(asked: Asked) -> list[Choice]:
    """Give the packs a person added; what they are about is their own matter."""
    with _journal(asked) as journal:
        found = packs.packs(journal) if journal else []
    return [(id_, "") for id_ in dict.fromkeys(one.id for one in found)]


def tags(asked: Asked) -> list[Choice]:
    """Give the tags in use."""
    with _journal(asked) as journal:
        return [(tag, "") for tag in written.all_tags(journal)] if journal and not _discreet(journal) else []


def people(asked: Asked) -> list[Choice]:
    """Give the people who are named with @."""
    with _journal(asked) as journal:
        return [(name, "") for name in written.all_people(journal)] if journal and not _discreet(journal) else []


def _discreet(journal: Database) -> bool:
    return settings.get_all(journal).get("discreet") == "on"

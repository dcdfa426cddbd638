"""What the contract of the command line promises of JSON and of the conversation, to hold answers against."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.text import count_words, opening, people, tags
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import unlock

ENTRY = {
    "id", "written_at", "zone", "kind", "title", "theme", "session", "sitting", "question", "tags", "people",
    "word_count", "private", "starred", "mood",
}  # fmt: skip
MOOD = {"pleasant", "energy", "cant_tell", "words"}
SITTING = {"id", "at", "session", "title", "state", "before", "after"}
CHECK_IN = MOOD | {"id", "at", "items"}
SHARE = {"id", "at", "to", "form", "since", "until", "blocks", "entries", "withheld", "digest"}

ID = re.compile(r"[0-9a-hjkmnp-tv-z]{8}")
BOXES = re.compile("[\u2500-\u257f\u2580-\u259f]")
ESCAPE = "\x1b"


def check_entry(one: dict[str, Any], *more: str) -> None:
    """Hold an entry against the contract; `more` are keys that a command adds."""
    assert one.keys() == ENTRY | set(more)
    assert ID.fullmatch(one["id"])
    assert datetime.fromisoformat(one["written_at"]).utcoffset() is not None
    assert one["kind"] in {"free", "answer", "note", "imported"}
    assert type(one["zone"]) is str
    for key in ("title", "theme", "session", "sitting", "question"):
        assert one[key] is None or type(one[key]) is str, key
    for key in ("tags", "people"):
        assert all(type(name) is str for name in one[key]), key
    assert type(one["word_count"]) is int
    assert (type(one["private"]), type(one["starred"])) == (bool, bool)
    check_mood(one["mood"])


def check_mood(mood: dict[str, Any] | None) -> None:
    """Hold a mood, or null, against the contract."""
    if mood is None:
        return
    assert mood.keys() == MOOD
    for key in ("pleasant", "energy"):
        assert mood[key] is None or mood[key] in range(-3, 4), key
    assert type(mood["cant_tell"]) is bool
    assert all(type(word) is str for word in mood["words"])


def check_sitting(sitting: dict[str, Any]) -> None:
    """Hold a sitting against the contract."""
    assert sitting.keys() == SITTING
    assert ID.fullmatch(sitting["id"])
    assert datetime.fromisoformat(sitting["at"]).utcoffset() is not None
    assert sitting["state"] in {"open", "paused", "done", "stopped"}
    assert (type(sitting["session"]), type(sitting["title"])) == (str, str)
    check_mood(sitting["before"])
    check_mood(sitting["after"])


def check_check_in(one: dict[str, Any]) -> None:
    """Hold a check-in against the contract."""
    assert one.keys() == CHECK_IN
    check_mood({key: one[key] for key in MOOD})
    assert datetime.fromisoformat(one["at"]).utcoffset() is not None
    assert all(item.keys() == {"item", "value"} for item in one["items"])


def is_day(text: str) -> bool:
    """Tell whether a text is a day as JSON writes it."""
    return date.fromisoformat(text).isoformat() == text


def newest_first(times: list[str]) -> bool:
    """Tell whether moments stand newest first."""
    at = [datetime.fromisoformat(time) for time in times]
    return at == sorted(at, reverse=True)


def ids(found: dict[str, Any], key: str = "entries") -> list[str]:
    """List the ids of what a command found."""
    return [one["id"] for one in found[key]]


@contextmanager
def opened(journal: Any) -> Iterator[Database]:
    """Open the journal behind the desk, to put things there that a person would need luck for."""
    bounds = Bounds(lowest=CHEAPEST, highest=HIGHEST)
    database = unlock(journal.folder, journal.passphrase, bounds=bounds).open(STEP_COUNT, load_steps)
    try:
        yield database
    finally:
        database.close()


def free_entry(id_: str, text: str, at: Moment, **more: Any) -> WholeEntry:
    """Make an entry of free writing with an id of one's choice."""
    entry = Entry(
        id=id_,
        written_at=at,
        kind=Kind.FREE,
        word_count=count_words(text),
        opening=opening(text),
        tags=tags(text),
        people=people(text),
        **more,
    )
    return WholeEntry(entry, text)


def at(text: str) -> Moment:
    """Read a moment of Warsaw written in ISO 8601 with its offset."""
    return moment(datetime.fromisoformat(text), "Europe/Warsaw")

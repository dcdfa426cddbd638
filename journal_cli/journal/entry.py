"""Entries: something written, and what is known about it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import Mood


class Kind(StrEnum):
    """What sort of writing an entry is."""

    FREE = "free"
    ANSWER = "answer"
    NOTE = "note"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What was asked, as it was shown: a later edit of a pack never rewrites it.

    Args:
        pack: Id of the pack.
        version: Its version at that time.
        language: Its language tag.
        prompt: Id of the prompt in the pack.
        question: The words that were shown.
    """

    pack: str
    version: str
    language: str
    prompt: str
    question: str


@dataclass(frozen=True, slots=True)
class Entry:
    """
    An entry as lists show it: everything about it but the writing itself.

    Args:
        id: 8 characters of Crockford base32.
        written_at: When it was written, by the writer's own clock.
        kind: What sort of writing it is.
        word_count: Words in the body and in the answers to follow-ups.
        title: Given by the person; None if they gave none.
        opening: How the body begins, at most 72 characters, for lists.
        theme: Id of a theme, or None.
        session: Id of the session in its pack, for an answer given in a sitting.
        session_title: The session's title as it was shown.
        sitting: Id of the sitting.
        asked: The prompt, for an answer.
        tags: Without the sign, casefolded.
        people: Names marked with @, without the sign.
        private: True if it is never in a share.
        starred: True if the person marked it to find it again.
        mood: The mood of the check-in that a note belongs to.
        changed_at: When it was last changed.
        deleted_at: When it was put in the trash; None if it was not.
    """

    id: str
    written_at: Moment
    kind: Kind
    word_count: int = 0
    title: str | None = field(default=None, repr=False)
    opening: str = field(default="", repr=False)
    theme: str | None = None
    session: str | None = None
    session_title: str | None = field(default=None, repr=False)
    sitting: str | None = None
    asked: Asked | None = field(default=None, repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    people: tuple[str, ...] = field(default=(), repr=False)
    private: bool = False
    starred: bool = False
    mood: Mood | None = field(default=None, repr=False)
    changed_at: Moment | None = None
    deleted_at: Moment | None = None

    @property
    def question(self) -> str | None:
        """The question this answers, as it was shown."""
        return self.asked.question if self.asked else None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A further question and what was answered to it."""

    question: str = field(repr=False)
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WholeEntry:
    """
    An entry with the writing itself.

    Args:
        entry: What lists show of it.
        body: The text, exactly as it was written.
        follow_ups: Those that were answered, in order.
        revisions: How many earlier texts of it are kept.
    """

    entry: Entry
    body: str = field(repr=False)
    follow_ups: tuple[FollowUp, ...] = field(default=(), repr=False)
    revisions: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an entry, and when it was replaced."""

    replaced_at: Moment
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """
    Which entries are wanted; what is None or empty leaves nothing out.

    Args:
        since: First day, the writer's own.
        until: Last day, inclusive.
        theme: Id of a theme.
        kind: One kind of entry.
        tags: All of these.
        people: All of these, compared without regard to case.
        session: Id of a session.
        starred: Only starred entries.
        private: Only private ones if True, only others if False.
        shared: Only entries that have left in a share.
    """

    since: date | None = None
    until: date | None = None
    theme: str | None = None
    kind: Kind | None = None
    tags: tuple[str, ...] = field(default=(), repr=False)
    people: tuple[str, ...] = field(default=(), repr=False)
    session: str | None = None
    starred: bool = False
    private: bool | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """
    An entry that a search found.

    Args:
        entry: What lists show of it.
        snippet: A passage around what was found.
        marks: Where in the snippet the words stand: start and end, in characters.
    """

    entry: Entry
    snippet: str = field(repr=False)
    marks: tuple[tuple[int, int], ...] = ()

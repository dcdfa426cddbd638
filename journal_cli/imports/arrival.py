"""
What arrives from another notebook, before it has a place in this one.

A reader of a format gives arrivals one after another, so that a file of any size takes no more memory than
one entry of it. It keeps to what the file says: a time it cannot read is None, a field that has no place here is
counted as dropped, and nothing is thrown away in silence.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import ImportedMood as ImportedMood


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    One entry, or one mood, of another notebook.

    Args:
        body: The text, as it was; empty for a mood without a note.
        at: When it was written; None where the file does not say so readably.
        title: Its title; "" if it has none.
        tags: Without a sign before them, as written.
        starred: True if it was marked.
        private: True if it was marked as never to be shared.
        mood: The mood told with it, or None.
        source_id: The id it has there; "" if it has none.
        dropped: What of it has no place here, by name, and how many of it: `location`, `weather`, `photo`.
    """

    body: str = field(repr=False)
    at: Moment | None = None
    title: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    starred: bool = False
    private: bool = False
    mood: ImportedMood | None = field(default=None, repr=False)
    source_id: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)

    def key(self, form: str) -> str:
        """
        Name this arrival so that it is known again when the same file, or a longer one, is imported later.

        Args:
            form: The format it comes in.

        Returns:
            64 hexadecimal digits: of its id there, or else of its time, title and text.
        """
        when = self.at.at.isoformat() if self.at else ""
        mood = self.mood.label if self.mood else ""
        told = (self.source_id,) if self.source_id else (when, self.title, self.body, mood)
        return hashlib.sha256("\0".join((form, *told)).encode("utf-8", "surrogatepass")).hexdigest()

"""The draft of a text while it is written: it grows with it, and goes when the text is kept."""

from contextlib import AbstractContextManager

from journal_cli.cli.desk import Desk
from journal_cli.cli.safekeeping import kept_in_any_case
from journal_cli.errors import Mistyped
from journal_cli.journal.text import is_empty, storable
from journal_cli.records import drafts
from journal_cli.records.drafts import Draft


class Drafting:
    """
    The draft of one text.

    Args:
        desk: Where the journal is.
        kind: What the text is to become.
        sitting: Id of the sitting it belongs to, or None.
        as_it_was: The text that is changed; a draft that says the same is none.
    """

    def __init__(self, desk: Desk, kind: str, sitting: str | None = None, as_it_was: str = "") -> None:
        self.kind = kind
        self._desk = desk
        self._sitting = sitting
        self.as_it_was = as_it_was
        self._begun: Draft | None = None

    def go_on_from(self, draft: Draft | None) -> None:
        """Go on from a draft of last time, if there is one."""
        self._begun = draft

    @property
    def first(self) -> str:
        """What is already there."""
        return self._begun.text if self._begun else self.as_it_was

    @property
    def is_kept(self) -> bool:
        """True if the journal holds the draft."""
        return self._begun is not None

    def keep(self, text: str) -> None:
        """
        Keep the text as far as it is; an empty or unchanged one has no draft.

        Raises:
            JournalError: If the journal cannot take it; it is tried again with the next words.
        """
        if is_empty(text) or text == self.as_it_was:
            self.let_go()
            return
        now = self._desk.now()
        id_, started = (self._begun.id, self._begun.started) if self._begun else (self._desk.new_id(), now)
        draft = Draft(id_, self.kind, _fit(text), started, self._sitting)
        drafts.keep(self._desk.journal, draft, now)
        self._begun = draft

    def settle(self, text: str) -> None:
        """
        Keep the text as it was left; if the journal cannot take it, it waits sealed.

        Raises:
            Busy, Refused, Damaged: If the journal cannot take it.
        """
        with self.in_any_case(text):
            self.keep(text)

    def in_any_case(self, text: str) -> AbstractContextManager[None]:
        """Save a text inside; if the journal cannot take it, it waits sealed and becomes this draft."""
        return kept_in_any_case(self._desk, text, self.kind, self._sitting)

    def let_go(self) -> None:
        """Remove the draft: its text is kept, or not wanted. It can be part of the change that keeps the text."""
        if self._begun:
            drafts.let_go(self._desk.journal, self._begun.id)
            self._begun = None


def _fit(text: str) -> str:
    """Give what can be kept: half a character, as a terminal may send it, becomes a question mark."""
    try:
        return storable(text)
    except Mistyped:
        return text.encode("utf-8", "replace").decode()

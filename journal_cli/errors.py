"""
Every failure the journal expects, with its exit code and the way out of it.

JournalError
├── Mistyped        2    a command, an answer or a time that cannot be read
├── NoJournal       10   there is no journal at this place
├── WrongKey        11   no key slot opens with this secret
├── Locked          12   a passphrase is needed and there is nobody to ask
├── Damaged         13   damaged, altered, or older than what was seen here
├── Busy            14   another program holds the journal
├── Refused         15   the machine refused: disk, memory, rights
├── TooNew          16   made by a newer version of this program
├── AlreadyThere    17   there is a journal at this place already
├── NotFound        20   no such entry, theme, session, pack…
├── Ambiguous       21   the beginning of an id fits several entries
├── NotWhatItSays   22   an input file is not what it says it is
├── Protected       23   refused to protect the person
├── NothingToDo     24   nothing was written, nothing was changed
└── Interrupted     130  stopped by a signal

The codes are part of the interface: they never change meaning. 0 is done, 1 is a
bug in the journal. A message begins in lower case and ends without a period; the
hint says what to do next. Neither ever holds a word the person wrote.
"""

from typing import ClassVar


class JournalError(Exception):
    """
    A failure the journal expects.

    The sentence is a template whose names are filled in when it is shown, so that
    another language can look the template up and fill in the same names.

    Args:
        template: One sentence, with `{names}` for what varies. Never entry text.
        hint: The way out, a template too; the class has a usual one.
        values: What the names stand for.
    """

    exit_code: ClassVar[int] = 1
    usual_hint: ClassVar[str] = ""
    is_silent: ClassVar[bool] = False  # True if nothing may be said: the person left at once

    def __init__(self, template: str, *, hint: str | None = None, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.hint_template = self.usual_hint if hint is None else hint
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)

    @property
    def hint(self) -> str:
        """The way out, in English; empty if there is none to give."""
        return self.hint_template.format(**self.values)


class Mistyped(JournalError):
    """A command, an answer or a time that cannot be read as one."""

    exit_code = 2


class NoJournal(JournalError):
    """There is no journal at this place."""

    exit_code = 10
    usual_hint = "create one with `journal init`"


class WrongKey(JournalError):
    """No key slot opens with the given secret."""

    exit_code = 11
    usual_hint = "check the keyboard layout and Caps Lock, or type your recovery key instead"


class Locked(JournalError):
    """A passphrase is needed and there is nobody to ask for it."""

    exit_code = 12
    usual_hint = "run it in a terminal, or set JOURNAL_PASSPHRASE_COMMAND"


class Damaged(JournalError):
    """Something on the disk is damaged, altered, or older than what was seen here."""

    exit_code = 13


class Busy(JournalError):
    """Another program holds the journal."""

    exit_code = 14
    usual_hint = "close the other window, then try again; nothing was changed"


class Refused(JournalError):
    """The machine refused: no space, no memory, no right to read or write."""

    exit_code = 15


class TooNew(JournalError):
    """Made by a newer version of this program; left untouched."""

    exit_code = 16
    usual_hint = "update journal-cli, then try again; nothing was changed"


class AlreadyThere(JournalError):
    """There is a journal at this place already."""

    exit_code = 17


class NotFound(JournalError):
    """No entry, theme, session, pack or setting of this name."""

    exit_code = 20


class Ambiguous(JournalError):
    """The beginning of an id fits more than one entry."""

    exit_code = 21
    usual_hint = "type one more character of the id"


class NotWhatItSays(JournalError):
    """An input file is not what it says it is."""

    exit_code = 22


class Protected(JournalError):
    """Refused to protect the person: private text, an existing file, no confirmation."""

    exit_code = 23


class NothingToDo(JournalError):
    """Nothing was written and nothing was changed."""

    exit_code = 24


class Interrupted(JournalError):
    """Stopped by a signal."""

    exit_code = 130

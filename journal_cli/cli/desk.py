"""
The desk: what a command may ask for. The place, the words, the journal, the person.

This is where the program is put together, and the only module that opens heavy rooms
late: a command that needs no database wakes none.
"""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from journal_cli.cli import place
from journal_cli.errors import JournalError

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console, RenderableType

    from journal_cli.journal.care import HelpLine
    from journal_cli.journal.library import Library
    from journal_cli.journal.moment import Moment
    from journal_cli.journal.mood import Feeling
    from journal_cli.journal.words import Words
    from journal_cli.screen.ask import Asker
    from journal_cli.screen.look import Look, Voice
    from journal_cli.vault.database import Database
    from journal_cli.vault.slots import Bounds, Cost
    from journal_cli.vault.strength import Strength
    from journal_cli.vault.vault import Vault

QUIET_AFTER = "10"  # minutes without a key after which a page is covered
LANGUAGES = ("en", "pl")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Desk:
    """
    What a command may ask for; everything is made when it is first asked for.

    Args:
        folder: The journal's folder; by default where the platform keeps a user's data.
        clock: Gives the present, aware.
        random: Gives so many random bytes.
        cost: How hard a guess at a new passphrase must work; by default the usual.
        bounds: Which costs are accepted in a key file; by default the usual.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Callable[[int], bytes] = os.urandom,
        cost: "Cost | None" = None,
        bounds: "Bounds | None" = None,
    ) -> None:
        self._folder = folder
        self.plain = bool(os.environ.get("JOURNAL_PLAIN")) or os.environ.get("TERM") == "dumb"
        self.last_words: list[str] = []
        self.silent = False  # True once the person left at once
        self._clock = clock
        self._random = random
        self._cost = cost
        self._bounds = bounds
        self._opened: Database | None = None
        self._in_bulk = False
        self._unlocked_vault: Vault | None = None

    @cached_property
    def folder(self) -> Path:
        """Where the journal is, or would be."""
        from journal_cli.cli import home

        return self._folder or home.journal_folder()

    def close(self) -> None:
        """Close the journal if it was opened, and say what was kept for the end."""
        if self._opened is not None:
            self._back_up_today(self._opened)
            self._opened.close()
            self._opened = None
        for sentence in () if self.silent else self.last_words:
            typer.echo(sentence, err=True)
        self.last_words.clear()

    def _back_up_today(self, journal: "Database") -> None:
        """Make the day's backup after its first change; what was kept is kept, whatever comes of it."""
        if self.silent or self._unlocked_vault is None or journal.connection.total_changes == 0:
            return
        from journal_cli.vault import daily

        try:
            vault, said = self._unlocked_vault, lambda: typer.echo(self.words("desk.backing_up"), err=True)
            daily.back_up(journal, vault, now=self._clock(), bounds=self.bounds, long=said)
        except JournalError as failure:
            self.last_words.append(self.words("desk.no_backup", why=self.words.failure(failure)[0]))

    def back_up_before_steps(self, opened: "Vault", older: "Database") -> None:
        """Make a backup of an older journal before its tables change."""
        from journal_cli.vault import daily

        daily.before_steps(opened, now=self._clock(), bounds=self.bounds)(older)

    def now(self) -> "Moment":
        """Give the present, in the machine's zone."""
        from journal_cli.journal.moment import moment

        return moment(self._clock(), place.zone_name())

    def moment(self, text: str | None) -> "Moment":
        """Read a time that has been, such as `yesterday 21:00`; None is now."""
        if text is None:
            return self.now()
        from journal_cli.journal.reading_time import read_moment

        return read_moment(text, self.now())

    def since(self, text: str) -> "date":
        """Read the first day of a period."""
        from journal_cli.journal.reading_time import read_since

        return read_since(text, self.now(), week_starts=self.first_weekday)

    def until(self, text: str) -> "date":
        """Read the last day of a period."""
        from journal_cli.journal.reading_time import read_until

        return read_until(text, self.now(), week_starts=self.first_weekday)

    @property
    def first_weekday(self) -> int:
        """The day weeks begin on, 0 Monday to 6 Sunday."""
        return DAYS.index(self.settings.get("week-starts", DAYS[0]))

    def new_id(self) -> str:
        """Draw an id that nothing in the open journal carries yet."""
        from journal_cli.journal.ids import RANDOM_BYTES, short_id
        from journal_cli.records.naming import is_taken

        while is_taken(self.journal, id_ := short_id(self._random(RANDOM_BYTES))):
            pass
        return id_

    @property
    def cost(self) -> "Cost":
        """How hard a guess at a new passphrase must work."""
        from journal_cli.vault.slots import STANDARD

        return self._cost or STANDARD

    @property
    def bounds(self) -> "Bounds":
        """Which costs are accepted in a key file."""
        from journal_cli.vault.slots import READING

        return self._bounds or READING

    @property
    def language(self) -> str:
        """The person's language: `JOURNAL_LANG`, else the setting once unlocked, else the locale."""
        named = os.environ.get("JOURNAL_LANG", "").lower()[:2]
        if named in LANGUAGES:
            return named
        return self.settings["lang"] if self.settings.get("lang") in LANGUAGES else place.language()

    @property
    def settings(self) -> dict[str, str]:
        """The settings inside the journal, if it is open; none before."""
        return self._settings if self._opened is not None else {}

    @property
    def discreet(self) -> bool:
        """True if pages name things by their kind, for people nearby."""
        return self.settings.get("discreet") == "on"

    def set(self, key: str, value: str) -> None:
        """Keep a setting inside the journal, and go by it from now on."""
        from journal_cli.records import settings

        settings.put(self.journal, key, value, self.now())
        self.__dict__.pop("_settings", None)

    def hides(self, notes: Iterable[str]) -> bool:
        """Tell whether the person would rather not meet what carries these content notes."""
        return not set(notes).isdisjoint(self.settings.get("hidden-notes", "").split(","))

    @cached_property
    def _settings(self) -> dict[str, str]:
        from journal_cli.records import settings

        return settings.get_all(self.journal)

    @property
    def words(self) -> "Words":
        """What the program says, in the person's language."""
        return self.words_of(self.language)

    @property
    def care_words(self) -> "Words":
        """What the page for a hard hour says: read alone, so that it opens at once."""
        from journal_cli.packs import wordbook

        return wordbook.words(self.language, "calendar", "care")

    @property
    def library(self) -> "Library":
        """Every prompt and session on offer."""
        return self.library_of(self.language)

    @property
    def feelings(self) -> "tuple[Feeling, ...]":
        """The feeling words on offer."""
        return self.feelings_of(self.language)

    @property
    def voice(self) -> "Voice":
        """The words things are named with on the screen."""
        from journal_cli.screen.look import Voice

        return Voice(self.words, self.feelings, self.words.under("themes"), self.discreet)

    @cached_property
    def help_lines(self) -> "tuple[HelpLine, ...]":
        """The lines to call, of all countries."""
        from journal_cli.packs import lines

        return lines.help_lines()

    @property
    def country(self) -> str:
        """The country of the help lines, as two letters; empty for all of them."""
        return os.environ.get("JOURNAL_COUNTRY", "").upper()

    @property
    def today(self) -> "date":
        """The present day."""
        return self._clock().astimezone().date()

    def open(self, *, in_bulk: bool = False) -> None:
        """Unlock the journal now, before anything is asked or said; in bulk, without locking memory piece by piece."""
        self._in_bulk = in_bulk  # five times as quick, for what comes from outside in the clear or goes there
        _ = self.journal

    @property
    def journal(self) -> "Database":
        """The journal, unlocked the first time it is asked for."""
        if self._opened is None:
            self._opened = self._unlocked()
        return self._opened

    @property
    def vault(self) -> "Vault":
        """The open journal's folder, unlocked: what copies of it are made and opened with."""
        if self._unlocked_vault is None:
            raise RuntimeError("the journal was not unlocked at this desk")
        return self._unlocked_vault

    def adopt(self, journal: "Database") -> None:
        """Work with a journal that is open already."""
        self._opened = journal

    @cached_property
    def is_person(self) -> bool:
        """True if somebody answers at a terminal."""
        return sys.stdin is not None and sys.stdin.isatty()

    @cached_property
    def asker(self) -> "Asker":
        """Somebody at a terminal, or lines from a pipe."""
        if not self.is_person:
            from journal_cli.screen.pipe import PipeAsker

            return PipeAsker(sys.stdin.buffer, self._talk, self.words)
        from journal_cli.screen.terminal import Cover, TerminalAsker

        return TerminalAsker(self._talk, self.talk_look, self.words, Cover(self.patience, self.secret_vault))

    @property
    def patience(self) -> float:
        """Seconds without a key after which a page is covered; 0 for never."""
        minutes = self.settings.get("quiet-after", QUIET_AFTER)
        return 0 if minutes == "never" else 60 * float(minutes)

    @property
    def talk_look(self) -> "Look":
        """How wide and how plain the conversation is."""
        from journal_cli.screen.consoles import look_of

        return look_of(self._talk, plain=self.plain or not (self.is_person and sys.stderr.isatty()))

    @property
    def look(self) -> "Look":
        """How wide and how plain answers are."""
        from journal_cli.screen.consoles import look_of

        return look_of(self._page, plain=self.plain or not sys.stdout.isatty())

    def show(self, view: "RenderableType") -> None:
        """Show an answer on stdout."""
        self._page.print(view)

    def say(self, talk: "RenderableType" = "") -> None:
        """Say something that is not the answer, on stderr."""
        self._talk.print(talk)

    def dump(self, document: dict[str, Any]) -> None:
        """Print a JSON document on stdout."""
        import json

        unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        typer.echo(json.dumps(document, ensure_ascii=not unicode, indent=2))

    @cached_property
    def _page(self) -> "Console":
        from journal_cli.screen.consoles import console

        return console(stderr=False, plain=self.plain)

    @cached_property
    def _talk(self) -> "Console":
        from journal_cli.screen.consoles import console

        return console(stderr=True, plain=self.plain)

    @cache  # noqa: B019  # a desk lives as long as the process
    def words_of(self, language: str) -> "Words":
        """What the program says in one language."""
        from journal_cli.packs import wordbook

        return wordbook.lazy_words(language)

    def library_of(self, language: str) -> "Library":
        """Every prompt and session on offer in one language; once the journal is open, with those that were added."""
        return self._library_of(language, self._opened)

    @cache  # noqa: B019  # a desk lives as long as the process
    def _library_of(self, language: str, journal: "Database | None") -> "Library":
        from journal_cli.cli import added

        found, unreadable = added.library(language, journal)
        self.last_words += [self.words("packs.left_out", id=id_) for id_ in unreadable]
        return found

    @cache  # noqa: B019  # a desk lives as long as the process
    def feelings_of(self, language: str) -> "tuple[Feeling, ...]":
        """The feeling words of one language."""
        from journal_cli.packs.feelings import feelings

        return feelings(language)

    def _unlocked(self) -> "Database":
        from journal_cli.cli import unlocking

        self._unlocked_vault = unlocking.unlocked(self, self.held_open)
        return unlocking.opened(self, self._unlocked_vault, memory_security=not self._in_bulk)

    def held_open(self) -> "Vault | None":
        """Give what a running `journal unlock` holds; the passphrase command comes before it."""
        if os.environ.get("JOURNAL_PASSPHRASE_COMMAND"):
            return None
        from journal_cli.cli import home
        from journal_cli.vault import agent

        return agent.opened(self.folder, home.runtime_folder(), bounds=self.bounds)

    def secret_vault(self) -> "Vault":
        """Open the vault with a passphrase or the recovery key, asked for now; never through an agent."""
        from journal_cli.cli.opening_words import secret_vault

        return secret_vault(self.folder, self.bounds, self.words)

    @staticmethod
    def strength_of(words: str) -> "Strength":
        """Say what words of one's own are worth; see `vault.strength`."""
        from journal_cli.vault.strength import strength

        return strength(words)


def tell(ctx: typer.Context, failure: JournalError) -> tuple[str, str]:
    """Say a failure and its hint in the person's language; nothing of one that is silent."""
    from journal_cli.journal.text import visible_line
    from journal_cli.packs import wordbook

    desk = ctx.obj if isinstance(ctx.obj, Desk) else Desk()
    desk.silent = failure.is_silent
    if desk.silent:
        return "", ""
    message, hint = wordbook.lazy_words(desk.language).failure(failure)
    # What was typed, such as an id, stands in it: it must not steer the terminal.
    return visible_line(message), visible_line(hint)

"""What a setting, a kind, a level, a zone or a shell can be, as a shell's TAB offers it."""

import zoneinfo
from collections.abc import Iterator

from journal_cli.cli.completing_shipped import parts
from journal_cli.cli.completing_sources import SHELLS, Asked, Choice
from journal_cli.cli.setting_choices import ANY, CHOICES, SEVERAL
from journal_cli.journal.entry import Kind
from journal_cli.journal.items import NONE
from journal_cli.packs.wordbook import words


def settings(asked: Asked) -> Iterator[Choice]:
    """Give the settings, each with what it means."""
    said = words(asked.desk.language, "keep")
    yield from ((key, said(f"keep.settings.{key}")) for key in CHOICES)


def values(asked: Asked) -> Iterator[Choice]:
    """Give what the setting before the cursor may be; where it may be several, they are joined by commas."""
    key = asked.given[0]
    choices = [(value, "") for value in CHOICES.get(key, ())]
    choices += parts(asked, "check_in", "text") if key == "check-in" else ()
    chosen, comma, _ = asked.word.rpartition(",") if key in SEVERAL else ("", "", "")
    alone = {NONE, ANY} if key == "check-in" else {NONE}
    if key in SEVERAL and not comma:
        yield from ((value, "") for value in sorted(alone))
    left = {*chosen.split(","), *alone}
    yield from ((chosen + comma + value, about) for value, about in choices if value not in left)


def kinds(asked: Asked) -> Iterator[Choice]:
    """Give the kinds of entries."""
    named = words(asked.desk.language, "completion")
    yield from ((kind.value, named(f"completion.kinds.{kind.value}")) for kind in Kind)


def levels(asked: Asked) -> Iterator[Choice]:
    """Give 1 to 7, then 0 for what cannot be told."""
    del asked
    yield from ((str(level), "") for level in (*range(1, 8), 0))


def shells(asked: Asked) -> Iterator[Choice]:
    """Give the shells that can complete."""
    del asked
    yield from ((shell, "") for shell in SHELLS)


def zones(asked: Asked) -> Iterator[Choice]:
    """Give the time zones this computer knows."""
    del asked
    yield from ((zone, "") for zone in sorted(zoneinfo.available_timezones()))

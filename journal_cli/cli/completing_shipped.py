"""
What came with the program, as a shell's TAB offers it: known without unlocking, in the person's language.

Packs are read as plain TOML, and nothing is built from them: that takes a third of the time.
"""

import tomllib
import zoneinfo
from collections.abc import Iterator
from functools import cache
from typing import Any

from journal_cli.cli.completing_sources import Asked, Choice
from journal_cli.cli.setting_choices import ANY, CHOICES, SEVERAL
from journal_cli.journal.entry import Kind
from journal_cli.journal.items import NONE
from journal_cli.packs.wordbook import shipped, spoken, words

SHELLS = ("bash", "zsh", "fish")


@cache
def _packs(language: str) -> tuple[dict[str, Any], ...]:
    files = sorted((shipped() / spoken(language)).glob("*.toml"))
    documents = (tomllib.loads(path.read_text(encoding="utf-8")) for path in files)
    return tuple(document for document in documents if "pack" in document)


def _parts(asked: Asked, kind: str, says: str) -> Iterator[Choice]:
    """Every prompt, session, program… of the packs, by its id."""
    for pack in _packs(asked.desk.language):
        for part in pack.get(kind, ()):
            yield part["id"], part.get(says, "")


def sessions(asked: Asked) -> Iterator[Choice]:
    """Give sessions by their titles; once a word is begun, prompts to sit with alone too."""
    yield from _parts(asked, "session", "title")
    if asked.word:
        yield from _parts(asked, "prompt", "text")


def sessions_and_programs(asked: Asked) -> Iterator[Choice]:
    """Give what `reflect` can begin with."""
    yield from sessions(asked)
    yield from programs(asked)


def programs(asked: Asked) -> Iterator[Choice]:
    """Give programs by their titles."""
    yield from _parts(asked, "program", "title")


def themes(asked: Asked) -> Iterator[Choice]:
    """Give themes by their titles."""
    yield from words(asked.desk.language, "themes").under("themes").items()


def kinds(asked: Asked) -> Iterator[Choice]:
    """Give the kinds of entries."""
    named = words(asked.desk.language, "completion")
    yield from ((kind.value, named(f"completion.kinds.{kind.value}")) for kind in Kind)


def questionnaires(asked: Asked) -> Iterator[Choice]:
    """Give questionnaires by what they are about."""
    document = tomllib.loads((shipped() / "questionnaires.toml").read_text(encoding="utf-8"))
    language = spoken(asked.desk.language)
    yield from ((one["id"], f"{one['name']}: {one['about'][language]}") for one in document["questionnaire"])


def feelings(asked: Asked) -> Iterator[Choice]:
    """Give the feeling words."""
    document = tomllib.loads((shipped() / spoken(asked.desk.language) / "feelings.toml").read_text(encoding="utf-8"))
    yield from ((word, "") for table in document.values() for word in table.values())


def check_in_items(asked: Asked) -> Iterator[Choice]:
    """Give the items of a check-in; the number is for the person to add."""
    yield from ((f"{id_}=", text) for id_, text in _parts(asked, "check_in", "text"))


def levels(asked: Asked) -> Iterator[Choice]:
    """Give 1 to 7, then 0 for what cannot be told."""
    del asked
    yield from ((str(level), "") for level in (*range(1, 8), 0))


def settings(asked: Asked) -> Iterator[Choice]:
    """Give the settings, each with what it means."""
    said = words(asked.desk.language, "keep")
    yield from ((key, said(f"keep.settings.{key}")) for key in CHOICES)


def values(asked: Asked) -> Iterator[Choice]:
    """Give what the setting before the cursor may be; where it may be several, they are joined by commas."""
    key = asked.given[0]
    choices = [(value, "") for value in CHOICES.get(key, ())]
    choices += _parts(asked, "check_in", "text") if key == "check-in" else ()
    chosen, comma, _ = asked.word.rpartition(",") if key in SEVERAL else ("", "", "")
    alone = {NONE, ANY} if key == "check-in" else {NONE}
    if key in SEVERAL and not comma:
        yield from ((value, "") for value in sorted(alone))
    left = {*chosen.split(","), *alone}
    yield from ((chosen + comma + value, about) for value, about in choices if value not in left)


def shells(asked: Asked) -> Iterator[Choice]:
    """Give the shells that can complete."""
    del asked
    yield from ((shell, "") for shell in SHELLS)


def zones(asked: Asked) -> Iterator[Choice]:
    """Give the time zones this computer knows."""
    del asked
    yield from ((zone, "") for zone in sorted(zoneinfo.available_timezones()))

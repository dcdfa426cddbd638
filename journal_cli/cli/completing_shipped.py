"""
What came with the program, as a shell's TAB offers it: known without unlocking, in the person's language.

Packs are read as plain TOML, and nothing is built from them, so that TAB answers at once.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from journal_cli.cli.completing_sources import Asked, Choice
from journal_cli.packs.wordbook import shipped, spoken, words


@cache
def _packs(language: str) -> tuple[dict[str, Any], ...]:
    files = sorted((shipped() / spoken(language)).glob("*.toml"))
    texts = (path.read_text(encoding="utf-8") for path in files)
    return tuple(tomllib.loads(text) for text in texts if "\n[pack]\n" in text)


def parts(asked: Asked, kind: str, says: str) -> Iterator[Choice]:
    """Give every prompt, session, program… of the packs, by its id."""
    for pack in _packs(asked.desk.language):
        for part in pack.get(kind, ()):
            yield part["id"], part.get(says, "")


def sessions(asked: Asked) -> Iterator[Choice]:
    """Give sessions by their titles; once a word is begun, prompts to sit with alone too."""
    yield from parts(asked, "session", "title")
    if asked.word:
        yield from parts(asked, "prompt", "text")


def sessions_and_programs(asked: Asked) -> Iterator[Choice]:
    """Give what `reflect` can begin with."""
    yield from sessions(asked)
    yield from programs(asked)


def programs(asked: Asked) -> Iterator[Choice]:
    """Give programs by their titles."""
    yield from parts(asked, "program", "title")


def themes(asked: Asked) -> Iterator[Choice]:
    """Give themes by their titles."""
    yield from words(asked.desk.language, "themes").under("themes").items()


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
    yield from ((f"{id_}=", text) for id_, text in parts(asked, "check_in", "text"))

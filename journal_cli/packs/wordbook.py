"""What the program says: files of sentences, one folder for each language."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal_cli.journal.words import Words

ENGLISH = "en"
FORMS = frozenset({"one", "few", "many", "other"})
FAILURES = "failures"


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sentences as they are gathered, before they are handed out."""

    sentences: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def shipped() -> Path:
    """Give the folder of what came with the program: inside an installed wheel, or beside a checkout."""
    package = Path(__file__).parents[1]
    return next(place for place in (package / "prompts", package.parent / "prompts") if place.is_dir())


def languages() -> tuple[str, ...]:
    """List the languages the program speaks, as the folders are called."""
    return tuple(sorted(folder.name for folder in shipped().iterdir() if (folder / "words").is_dir()))


def spoken(language: str) -> str:
    """Give the language itself if the program speaks it, else English."""
    return language if language in languages() else ENGLISH


def words(language: str, *topics: str) -> Words:
    """
    Read the sentences of some topics, or of all of them.

    Args:
        language: `en` or `pl`; English stands in for a topic this language has no file for.
        topics: Names of files in the folder `words`, without `.toml`; none for all.

    Raises:
        FileNotFoundError: If there is no such topic: a bug.
    """
    language = spoken(language)
    sheets = Sheets()
    for path in _files(language, topics):
        _gather(sheets, tomllib.loads(path.read_text(encoding="utf-8")))
    if language != ENGLISH:
        _lend_forms(sheets)
    return Words(language, sheets.sentences, sheets.plurals, sheets.lists, sheets.failures)


def _files(language: str, topics: tuple[str, ...]) -> list[Path]:
    """Choose the file of each topic: this language's, else the English one."""
    folders = [shipped() / name / "words" for name in dict.fromkeys((ENGLISH, language))]
    if not topics:
        return list({path.name: path for folder in folders for path in sorted(folder.glob("*.toml"))}.values())
    own, english = folders[-1], folders[0]
    named = [f"{topic}.toml" for topic in topics]
    return [own / name if (own / name).is_file() else english / name for name in named]


def _gather(sheets: Sheets, document: dict[str, Any]) -> None:
    sheets.failures.update(document.pop(FAILURES, {}))
    waiting = [("", document)]
    while waiting:
        above, table = waiting.pop()
        for name, value in table.items():
            key = f"{above}{name}"
            if isinstance(value, str):
                sheets.sentences[key] = value
            elif isinstance(value, list):
                sheets.lists[key] = tuple(value)
            elif FORMS.issuperset(value):
                sheets.plurals[key] = value
            else:
                waiting.append((f"{key}.", value))


def _lend_forms(sheets: Sheets) -> None:
    """English says "other" where another language has forms of its own; its sentences may stand in."""
    for forms in sheets.plurals.values():
        for form in FORMS:
            if "other" in forms:
                forms.setdefault(form, forms["other"])

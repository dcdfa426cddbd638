"""What the program says: files of sentences, one folder for each language."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal_cli.journal.words import Words

ENGLISH = "en"
FORMS = frozenset({"one", "few", "many", "other"})
FAILURES = "failures"
CALENDAR = "calendar"  # keys without a topic: months, weekdays
TOPIC_OF = {"asked": "reflect"}  # keys whose first part is not the name of their file


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
    sheets = _sheets(language, topics)
    return Words(language, sheets.sentences, sheets.plurals, sheets.lists, sheets.failures)


def lazy_words(language: str) -> Words:
    """
    Give all sentences of a language, each topic read when its first sentence is asked for.

    The first part of a key names its topic's file. Keys without a topic are the calendar's.
    """
    language = spoken(language)
    read: dict[str, Sheets] = {}
    kinds = ("sentences", "plurals", "lists", "failures")
    sentences, plurals, lists, failures = (OnDemand(language, kind, read) for kind in kinds)
    # A failure's own template is its English.
    return Words(language, sentences, plurals, lists, {} if language == ENGLISH else failures)


class OnDemand(Mapping[str, Any]):
    """
    One kind of sentence of every topic; a topic's file is read when it is first needed.

    Args:
        language: One the program speaks.
        kind: A field of `Sheets`.
        read: The topics read so far, shared by all kinds.
    """

    def __init__(self, language: str, kind: str, read: dict[str, Sheets]) -> None:
        self._language = language
        self._kind = kind
        self._read = read

    def __getitem__(self, key: str) -> Any:
        if self._kind == FAILURES:
            return self._all()[key]
        first, dot, _ = key.partition(".")
        topic = TOPIC_OF.get(first, first) if dot else CALENDAR
        return getattr(self._topic(topic), self._kind)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _topic(self, topic: str) -> Sheets:
        if topic not in self._read:
            try:
                self._read[topic] = _sheets(self._language, (topic,))
            except FileNotFoundError:
                raise KeyError(topic) from None
        return self._read[topic]

    def _all(self) -> dict[str, Any]:
        topics = (path.stem for path in _files(self._language, ()))
        return {key: value for topic in topics for key, value in getattr(self._topic(topic), self._kind).items()}


def _sheets(language: str, topics: tuple[str, ...]) -> Sheets:
    sheets = Sheets()
    for path in _files(language, topics):
        _gather(sheets, tomllib.loads(path.read_text(encoding="utf-8")))
    if language != ENGLISH:
        _lend_forms(sheets)
    return sheets


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

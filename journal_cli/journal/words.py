"""What the program says, in the language the person chose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from journal_cli.errors import JournalError


def _english(count: int) -> str:
    return "one" if count == 1 else "other"


def _polish(count: int) -> str:
    # CLDR's rule for whole numbers: 1; 2-4 but not 12-14; everything else.
    if count == 1:
        return "one"
    return "few" if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else "many"


PLURALS = {"en": _english, "pl": _polish}


class Titles(Mapping[str, str]):
    """Sentences of one topic, by what comes after its name in their keys."""

    def __init__(self, sentences: Mapping[str, str], beginning: str) -> None:
        self._sentences = sentences
        self._beginning = beginning

    def __getitem__(self, id_: str) -> str:
        return self._sentences[f"{self._beginning}{id_}"]

    def __iter__(self) -> Iterator[str]:
        start = len(self._beginning)
        return (key[start:] for key in self._sentences if key.startswith(self._beginning))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Timed(Protocol):
    """Anything with a wall clock; this page must open fast, and moments bring time zones along."""

    @property
    def local(self) -> datetime:
        """The time by the wall clock."""


@dataclass(frozen=True, slots=True)
class Words:
    """
    A catalogue of sentences.

    Args:
        language: `en` or `pl`.
        sentences: Sentences by dotted key, such as `mood.pleasant`.
        plurals: Forms by dotted key, then by `one`, `few`, `many` or `other`.
        lists: Rows of words by dotted key: months, days.
        failures: Sentences and hints of failures, by their English template.
    """

    language: str
    sentences: Mapping[str, str] = field(repr=False)
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    failures: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, key: str, **values: object) -> str:
        """Say the sentence of this key, with its names filled in. A missing key is a bug: KeyError."""
        sentence = self.sentences[key]
        return sentence.format(**values) if values else sentence

    def count(self, key: str, number: int, **values: object) -> str:
        """Say how many, in the form the number takes: `{n}` is the number."""
        forms = self.plurals[key]
        return forms[PLURALS[self.language](number)].format(n=number, **values)

    def has(self, key: str) -> bool:
        """Tell whether there is a sentence of this key."""
        return key in self.sentences

    def under(self, topic: str) -> "Titles":
        """Give the sentences of a topic as titles by id, each read when it is asked for."""
        return Titles(self.sentences, f"{topic}.")

    def failure(self, error: JournalError) -> tuple[str, str]:
        """Say a failure and its hint; in English where this language has no words for it."""
        said = (self.failures.get(template, template) for template in (error.template, error.hint_template))
        message, hint = (template.format(**error.values) for template in said)
        return message, hint

    def day(self, day: date, *, year: bool = False, weekday: bool = False) -> str:
        """Write a day: `24 November`, `Tuesday 24 November`, `24 November 2026`."""
        text = f"{day.day} {self.lists['months'][day.month - 1]}"
        if weekday:
            text = f"{self.lists['weekdays'][day.weekday()]} {text}"
        return f"{text} {day.year}" if year else text

    def short_day(self, day: date) -> str:
        """Write a day in a column: `24 Nov`."""
        return f"{day.day:2} {self.lists['months_short'][day.month - 1]}"

    def clock(self, moment: Timed) -> str:
        """Write the time of day: `21:08`."""
        return f"{moment.local:%H:%M}"

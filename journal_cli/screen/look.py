"""How things may look here, and in whose words they are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from journal_cli.journal.mood import Feeling, Mood, told
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words


@dataclass(frozen=True, slots=True)
class Look:
    """
    How wide and how plain the window is.

    Args:
        width: Columns, at least 20.
        plain: One thing a line, in sentences: no charts, no columns.
        colour: True if the one accent may have its colour.
        ascii: True if our own signs keep to ASCII; the person's words never change.
    """

    width: int = 80
    plain: bool = False
    colour: bool = True
    ascii: bool = False

    @property
    def narrow(self) -> bool:
        """True if columns would crowd each other."""
        return self.width < 64


@dataclass(frozen=True, slots=True)
class Voice:
    """
    The words things are named with.

    Args:
        words: Our own sentences.
        feelings: The listed feeling words of the language.
        themes: Titles of themes by id.
        discreet: True if pages that are looked through name things by their kind, for people nearby.
    """

    words: Words
    feelings: Sequence[Feeling] = ()
    themes: Mapping[str, str] = field(default_factory=dict, repr=False)
    discreet: bool = False

    def feeling(self, word: str) -> str:
        """Say a stored feeling word, safe to show."""
        return visible_line(told(word, self.feelings))

    def feelings_of(self, mood: Mood | None) -> str:
        """Say the words of a mood, with commas between; empty if there are none."""
        return ", ".join(self.feeling(word) for word in mood.words) if mood else ""

    def theme(self, id_: str) -> str:
        """Say a theme by its title, or by its id where its pack is not at hand."""
        return visible_line(self.themes.get(id_, id_))

"""
The line that is being typed, as each shell tells it, and words written so that the shell takes them as words.

zsh and fish tell the words one by one, choose among what is offered, and quote what they insert. bash tells the
line as it stands, and inserts what it is given: there the quotes of the line are read, and what is offered is quoted.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self

from journal_cli.cli.completing_sources import Choice
from journal_cli.journal.text import visible_line

_BETWEEN = "\x1f"  # stands between the words zsh and fish tell
_LONGEST = 100  # characters of what is said beside a word
_PLAIN = r"[^\w@%+:,./=-]"  # anything else means something to bash
_SPECIAL = {"'": "(')", '"': r'(["\\$`])'}


class Line(Protocol):
    """A line that is being typed."""

    @property
    def before(self) -> tuple[str, ...]:
        """The words after the program's name, up to the one at the cursor."""

    @property
    def word(self) -> str:
        """What is typed of the word at the cursor."""

    def written(self, choices: Iterable[Choice]) -> list[str]:
        """Write choices as this shell takes them, one a line; those it could not take are left out."""


@dataclass(frozen=True, slots=True)
class ListedLine:
    """
    A line that zsh or fish told.

    Args:
        before: The words after the program's name, up to the one at the cursor.
        word: What is typed of the word at the cursor.
        shell: `zsh` or `fish`.
    """

    before: tuple[str, ...] = field(repr=False)
    word: str = field(repr=False)
    shell: str

    @classmethod
    def read(cls, told: str, *, of: str) -> Self:
        """Take the words that a shell told apart."""
        _, *before, word = told.split(_BETWEEN)
        return cls(tuple(before), word.lstrip("'\""), of)

    def written(self, choices: Iterable[Choice]) -> list[str]:
        """Write the word, and beside it what it means: after a tab for fish, after a colon for zsh."""
        safe = [(word, visible_line(about)[:_LONGEST]) for word, about in choices if _is_safe(word)]
        if self.shell == "fish":
            return [f"{word}\t{about}" if about else word for word, about in safe]
        # In an option's own word, zsh completes what follows the sign.
        bare = self.word.partition("=")[0] + "=" if self.word.startswith("-") and "=" in self.word else ""
        words = ((re.sub(r"([\\:])", r"\\\1", word.removeprefix(bare)), about) for word, about in safe)
        return [f"{word}:{about}" if about else word for word, about in words]


@dataclass(frozen=True, slots=True)
class BashLine:
    """
    A line that bash told.

    Args:
        before: The words after the program's name, up to the one at the cursor.
        word: What is typed of the word at the cursor.
        fixed: How many characters of it bash leaves as they are, because a sign breaks the word there.
        quote: The quote that is open at the cursor; empty if none is.
        lists: True if bash will only show the words, so that something may stand beside them.
    """

    before: tuple[str, ...] = field(repr=False)
    word: str = field(repr=False)
    fixed: int = 0
    quote: str = ""
    lists: bool = False

    LISTING: ClassVar[frozenset[int]] = frozenset({33, 63, 64})  # of COMP_TYPE: `!`, `?` and `@`

    @classmethod
    def read(cls, line: str, breaks: str, *, lists: bool = False) -> Self:
        """
        Take a line apart up to the cursor, the way bash will.

        Args:
            line: The line, from the program's name to the cursor.
            breaks: The signs that break a word for completion, `COMP_WORDBREAKS`.
            lists: See above.
        """
        words: list[str] = []
        word, fixed, quote, begun, escaped = "", 0, "", False, False
        for sign in line:
            begun = True
            if escaped:
                kept = "\\" if quote and sign not in '"\\$`' else ""
                word, escaped = word + kept + sign, False
            elif sign == "\\" and quote != "'":
                escaped = True
            elif sign == quote:
                quote, fixed = "", len(word)
            elif quote:
                word += sign
            elif sign in "'\"":
                quote, fixed = sign, len(word)
            elif sign.isspace():
                words += [word] if word or fixed or begun else []
                word, fixed, begun = "", 0, False
            else:
                word += sign
                fixed = len(word) - (sign == "@") if sign in breaks else fixed
        return cls(tuple(one for one in words[1:]), word, fixed, quote, lists)

    def written(self, choices: Iterable[Choice]) -> list[str]:
        """Write what bash puts in place of what is typed, quoted; beside ids, where it only lists, what they are."""
        fitting = [(word, about) for word, about in choices if word.startswith(self.word) and _is_safe(word)]
        if self.quote == '"':  # there nothing hides this sign from the history
            fitting = [(word, about) for word, about in fitting if "!" not in word]
        told = self.lists and len(fitting) > 1
        return [
            self._quoted(word[self.fixed :])
            + (f"  ({visible_line(about)})" if told and about and _names_nothing(word) else "")
            for word, about in fitting
        ]

    def _quoted(self, text: str) -> str:
        if self.quote == "'":
            return text.replace("'", "'\\''")
        return re.sub(_SPECIAL.get(self.quote, f"({_PLAIN})"), r"\\\1", text)


def _names_nothing(word: str) -> bool:
    """Whether a word is an id, which says nothing by itself."""
    return re.fullmatch(r"[0-9a-hjkmnp-tv-z]{8}", word) is not None and any(sign.isdigit() for sign in word)


def _is_safe(word: str) -> bool:
    """Whether a word can go through a terminal as it is: nothing in it steers, hides or is lost."""
    try:
        word.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return bool(word) and visible_line(word) == word

"""
Questions and answers, with somebody at a terminal or with lines from a pipe.

The rules of the conversation:
- Questions are talk and go to stderr; stdout is kept for the answer.
- Skip, stop and grounding are one key away: the letter alone where one key is asked
  for, the letter after a colon everywhere.
- A wrong answer at a terminal is asked again. From a pipe it ends the program, and
  names the question and the line.
- A passphrase is asked on the terminal itself, never on standard input.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from rich.console import RenderableType

from journal_cli.errors import Interrupted, Mistyped, NotWhatItSays

T = TypeVar("T")

Keep = Callable[[str], None]
"""Keeps a text that is being written as a draft; raises a JournalError if it cannot."""


class Wish(StrEnum):
    """What a person can wish for instead of answering."""

    SKIP = "s"
    ANOTHER = "n"
    GROUND = "g"
    HELP = "h"
    PAUSE = "p"
    STOP = "q"


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """
    One question that is answered in a line or with a key.

    Args:
        name: What a refusal calls it.
        text: The question as it is shown.
        read: Makes the answer of what was typed; raises Mistyped with what is wanted.
        one_key: True if a single key answers it.
        own_keys: Letters that answer it, although they are wishes elsewhere: `n` for no.
    """

    name: str
    text: RenderableType
    read: Callable[[str], T]
    one_key: bool = False
    own_keys: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written at a question for text, and the wish that ended it, if one did."""

    text: str = field(repr=False)
    wish: Wish | None = None


class Stopped(Interrupted):
    """
    Stopped by a signal while writing; what was there so far is carried along, and nowhere else.

    Args:
        text: What was written so far.
    """

    def __init__(self, text: str) -> None:
        super().__init__("stopped", hint="")
        self.text = text


class Panic(Stopped):
    """Left at once, with nothing to be seen: the screen is cleared, and nothing more is said."""

    is_silent = True


class Broken(NotWhatItSays):
    """
    The input stopped being text while somebody's writing was read; what came before is carried along.

    Args:
        cause: What is wrong with it.
        text: What was read before.
    """

    def __init__(self, cause: NotWhatItSays, text: str) -> None:
        super().__init__(cause.template, hint=cause.hint_template, **cause.values)
        self.text = text


class Asker(Protocol):
    """Somebody, or something, that answers."""

    @property
    def is_person(self) -> bool:
        """True at a terminal, where offers are made and a wrong answer is asked again."""

    def say(self, talk: RenderableType = "") -> None:
        """Say something that is not a question."""

    def ask(self, question: Question[T]) -> T | Wish:
        """Ask until there is an answer or a wish."""

    def write(self, question: RenderableType, first: str = "", keep: Keep | None = None) -> Written:
        """Let the person write; `first` is what was already there, `keep` keeps what is unfinished as a draft."""

    def once(self, view: RenderableType, text: RenderableType) -> None:
        """Show something until the person goes on, and leave no sight of it behind."""

    def pause(self, text: RenderableType) -> Wish | None:
        """Wait until the person goes on; without a person, go on at once."""


def read_wish(text: str) -> Wish | None:
    """
    Read a wish such as `:s`.

    Returns:
        The wish, or None if the text does not begin with a colon.

    Raises:
        Mistyped: If it begins with a colon and is no wish.
    """
    if not text.startswith(":"):
        return None
    try:
        return Wish(text[1:].strip().lower())
    except ValueError:
        raise Mistyped("after a colon comes one of s n g h p q; text that begins so begins with \\") from None


def unescaped(line: str) -> str:
    """Take away the backslash that lets a line of text begin with a full stop or a colon."""
    rest = line.lstrip("\\")
    return line[1:] if line.startswith("\\") and rest[:1] in {".", ":"} else line


def one_of(choices: int, *, empty: int | None = None) -> Callable[[str], int | None]:
    """Read the number of one of so many choices, from 1; what an empty line means is said by `empty`."""

    def read(text: str) -> int | None:
        typed = text.strip()
        if not typed:
            return empty
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= choices:
            return int(typed)
        raise Mistyped("a number from 1 to {most}, please", most=choices)

    return read


def numbers(most: int) -> Callable[[str], tuple[int, ...]]:
    """Read numbers from 1, such as `1 3 5-7`, in the order given and once each; an empty line is none of them."""

    def read(text: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in text.replace(",", " ").split():
            first, _, last = part.partition("-")
            if not (first.isascii() and first.isdigit() and (last or first).isascii() and (last or first).isdigit()):
                raise Mistyped("numbers such as 1 3 5-7, please")
            if not 1 <= int(first) <= int(last or first) <= most:
                raise Mistyped("a number from 1 to {most}, please", most=most)
            found += range(int(first), int(last or first) + 1)
        return tuple(dict.fromkeys(found))

    return read


def from_zero_to(most: int) -> Callable[[str], int | None]:
    """Read a whole number from 0; an empty line is None."""

    def read(text: str) -> int | None:
        typed = text.strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and int(typed) <= most:
            return int(typed)
        raise Mistyped("a number from 0 to {most}, please", most=most)

    return read


def yes_no(name: str, text: RenderableType) -> Question[str]:
    """Make a question that is answered with y, n or ?; see `yes_or_no`."""
    return Question(name, text, yes_or_no, one_key=True, own_keys="n")


def key_of(allowed: str) -> Callable[[str], str]:
    """Read one of the letters allowed, or an empty line."""

    def read(text: str) -> str:
        typed = text.strip().lower()
        if len(typed) > 1 or (typed and typed not in allowed):
            raise Mistyped("Enter or one of these, please: {keys}", keys=" ".join(allowed))
        return typed

    return read


def yes_or_no(text: str) -> str:
    """
    Read `y`, `n`, `?` for not sure, or an empty line; Polish `t` for tak is a yes.

    Returns:
        "y", "n", "?" or "".
    """
    typed = text.strip().lower()
    answers = {"y": "y", "yes": "y", "t": "y", "tak": "y", "n": "n", "no": "n", "nie": "n", "?": "?", "": ""}
    if typed in answers:
        return answers[typed]
    raise Mistyped("y, n or ?, please; Enter skips")

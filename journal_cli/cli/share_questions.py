"""Questions of the conversation about a page: lines and keys, with a way back out of each."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.errors import Mistyped
from journal_cli.journal.text import is_empty, storable
from journal_cli.screen.ask import Question, Wish
from journal_cli.screen.said import View, quiet
from journal_cli.screen.theme import signs

T = TypeVar("T")

BACK, QUIT = "b", "q"
NONE = "0"


class Back(Exception):  # a way through a conversation, not a failure
    """The person goes back one step."""


def line(desk: Desk, name: str, text: View, read: Callable[[str], T]) -> T:
    """
    Ask for one line; `b` alone goes back a step, and `q` alone leaves.

    Args:
        desk: Where to ask.
        name: What a refusal calls the question.
        text: As it is shown.
        read: Makes the answer of what was typed; an empty line is for it to read too.

    Raises:
        Back: If the person goes back.
        Left: If the person leaves.
    """

    def read_or_turn(typed: str) -> T:
        turned = typed.strip().lower()
        if turned == BACK:
            raise Back
        if turned == QUIT:
            raise Left(Wish.STOP)
        return read(typed)

    answer = questions.ask(desk, Question(name, text, read_or_turn))
    return read("") if answer is None else answer


def key(desk: Desk, name: str, text: str, allowed: str) -> str:
    """
    Ask for one key, or Enter, which is empty.

    Args:
        desk: Where to ask.
        name: What a refusal calls the question.
        text: What the keys do.
        allowed: The letters; `b` goes back and `q` leaves besides.

    Raises:
        Back: If the person goes back.
        Left: If the person leaves.
    """

    def read(typed: str) -> str:
        pressed = typed.strip().lower()
        if pressed == BACK:
            raise Back
        if pressed == QUIT:
            raise Left(Wish.STOP)
        if len(pressed) > 1 or (pressed and pressed not in allowed):
            raise Mistyped("Enter or one of these, please: {keys}", keys=" ".join([*allowed, BACK, QUIT]))
        return pressed

    shown = quiet(signs(text, desk.talk_look))
    return questions.ask(desk, Question(name, shown, read, one_key=True, own_keys=allowed)) or ""


def one_line(typed: str) -> str:
    """
    Read a line of the person's own; empty if there is nothing to see in it.

    Raises:
        Mistyped: If it cannot be kept.
    """
    return "" if is_empty(typed) else " ".join(storable(typed).split())


def picked(numbers: Callable[[str], Sequence[int]], usual: Sequence[int]) -> Callable[[str], tuple[int, ...]]:
    """Read numbers where an empty line means the usual ones, and 0 none."""

    def read(typed: str) -> tuple[int, ...]:
        if not typed.strip():
            return tuple(usual)
        return () if typed.strip() == NONE else tuple(numbers(typed))

    return read


def say(desk: Desk, text: str) -> None:
    """Say something of ours, with the signs of this terminal."""
    desk.say(signs(text, desk.talk_look))

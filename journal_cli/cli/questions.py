"""Questions that several commands ask, and what may be wished for in the middle of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from journal_cli.cli.desk import Desk
from journal_cli.errors import Mistyped
from journal_cli.journal.care import countries, country_named
from journal_cli.journal.text import storable
from journal_cli.screen import care
from journal_cli.screen.ask import Keep, Question, Wish, Written
from journal_cli.screen.said import View, quiet

T = TypeVar("T")


class Left(Exception):  # a way out of a conversation, not a failure
    """The person paused or stopped in the middle of a conversation."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(wish.value)
        self.wish = wish


@dataclass(frozen=True, slots=True)
class Answer:
    """What was written, and whether the person then left, or wished for another prompt."""

    text: str = field(repr=False)
    wish: Wish | None = None


def ask(desk: Desk, question: Question[T]) -> T | None:
    """
    Ask one question; grounding and help lines are shown when wished for, and it is asked again.

    Returns:
        The answer, or None if it was skipped.

    Raises:
        Left: If the person pauses or stops.
    """
    while True:
        answer = desk.asker.ask(question)
        if not isinstance(answer, Wish):
            return answer
        if answer is Wish.SKIP:
            return None
        if answer in {Wish.PAUSE, Wish.STOP}:
            raise Left(answer)
        oblige(desk, answer)


def write(desk: Desk, question: View, first: str = "", keep: Keep | None = None) -> Answer:
    """
    Let the person write; what was wished for in between is done first.

    Args:
        desk: Where to ask.
        question: As it is shown.
        first: What is already there.
        keep: Keeps what is unfinished as a draft.

    Returns:
        The text, and the wish that ended it if that was to skip, to have another
        prompt, to pause or to stop.
    """
    while True:
        written = desk.asker.write(question, first, keep)
        text = _fit(desk, written)
        if written.wish not in {Wish.GROUND, Wish.HELP}:
            return Answer(text, written.wish)
        oblige(desk, written.wish)
        first = text


def oblige(desk: Desk, wish: Wish | None) -> None:
    """Show grounding or help lines; say so where there is no other prompt to offer."""
    if wish is Wish.HELP:
        _show_help(desk)
    elif wish is Wish.GROUND:
        ground(desk, *(one.lines for one in tuple(desk.library.groundings.values())[:1]))
    elif wish is Wish.ANOTHER:
        desk.say(desk.words("reflect.no_other_here"))


def _show_help(desk: Desk) -> None:
    """Show help lines: of the country that was named, else of the one chosen here, else of all."""
    words = desk.care_words
    names = {one: words(f"care.countries.{one}") for one in care.in_order(countries(desk.help_lines), words)}
    country = country_named(desk.country, names)
    if not country and desk.asker.is_person:
        menu = "\n".join(care.folded(care.country_menu(list(names), words)))
        picked = desk.asker.ask(Question("country", menu, care.which_country(names)))
        country = "" if isinstance(picked, Wish) else picked
    page = care.help_page(desk.help_lines, country, words, desk.now().day)
    desk.say("\n".join(care.folded(page) if desk.asker.is_person else page))


def ground(desk: Desk, *exercises: Sequence[str]) -> None:
    """Show the lines of grounding exercises one by one, at the person's pace."""
    for lines in exercises:
        for line in lines:
            desk.say(line)
            if desk.asker.pause(quiet(desk.words("reflect.enter") if line == lines[0] else "")):
                return


def _fit(desk: Desk, written: Written) -> str:
    """Give what can be kept; a broken character from a terminal becomes a question mark, and the rest is not lost."""
    try:
        return storable(written.text)
    except Mistyped:
        if not desk.asker.is_person:
            raise
        return written.text.encode("utf-8", "replace").decode()

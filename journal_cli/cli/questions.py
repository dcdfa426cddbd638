"""Questions that several commands ask, and what may be wished for in the middle of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from journal_cli.cli.desk import Desk
from journal_cli.errors import Mistyped
from journal_cli.journal.care import countries, country_named
from journal_cli.journal.mood import Mood, mood_of, offered, read_words
from journal_cli.journal.session import Grounding
from journal_cli.journal.text import storable
from journal_cli.screen import care, sittings
from journal_cli.screen.ask import Question, Wish, Written, from_zero_to, one_of
from journal_cli.screen.said import View, quiet

T = TypeVar("T")

MOST_ON_SCALE = 7


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


def write(desk: Desk, question: View, first: str = "") -> Answer:
    """
    Let the person write; what was wished for in between is done first.

    Returns:
        The text, and the wish that ended it if that was to skip, to have another
        prompt, to pause or to stop.
    """
    while True:
        written = desk.asker.write(question, first)
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
        ground(desk, tuple(desk.library.groundings.values())[:1])
    elif wish is Wish.ANOTHER:
        desk.say(desk.words("reflect.no_other_here"))


def _show_help(desk: Desk) -> None:
    """Show help lines: of the country that was named, else of the one chosen here, else of all."""
    words = desk.care_words
    names = {one: words(f"care.countries.{one}") for one in care.in_order(countries(desk.help_lines), words)}
    country = country_named(desk.country, names)
    if not country and desk.asker.is_person:
        menu = "\n".join(care.folded(care.country_menu(list(names), words)))
        picked = desk.asker.ask(Question("country", menu, one_of(len(names))))
        country = list(names)[picked - 1] if isinstance(picked, int) else ""
    page = care.help_page(desk.help_lines, country, words, desk.now().day)
    desk.say("\n".join(care.folded(page) if desk.asker.is_person else page))


def ground(desk: Desk, groundings: Sequence[Grounding]) -> None:
    """Show grounding exercises line by line, at the person's pace."""
    for grounding in groundings:
        for line in grounding.lines:
            desk.say(line)
            if desk.asker.pause(quiet(desk.words("reflect.enter") if line == grounding.lines[0] else "")):
                return


def choose(desk: Desk, name: str, texts: Sequence[str], question: str, *, empty: int | None) -> int | None:
    """Offer a numbered choice; give its index from 0, or None if it was skipped."""
    view = sittings.choices(texts, question, desk.talk_look)
    picked = ask(desk, Question(name, view, one_of(len(texts), empty=empty), one_key=len(texts) < 10))
    return None if picked is None else picked - 1


def mood(desk: Desk, keep: Callable[[Mood], None]) -> None:
    """
    Ask for a mood: pleasant, energy, up to three words; an empty first answer skips all three.

    Args:
        desk: Where to ask.
        keep: Called with what is told so far after each answer, so that leaving loses none.

    Raises:
        Left: If the person pauses or stops.
    """
    pleasant = ask(desk, scale(desk, "pleasant"))
    if pleasant is None:
        return
    keep(mood_of(pleasant, None))
    energy = ask(desk, scale(desk, "energy"))
    told = mood_of(pleasant, energy)
    keep(told)
    keep(mood_of(pleasant, energy, words_for(desk, told)))


def scale(desk: Desk, name: str) -> Question[int | None]:
    """Make the question for one of the two scales."""
    return Question(name, desk.words(f"reflect.{name}_question"), from_zero_to(MOST_ON_SCALE), one_key=True)


def words_for(desk: Desk, told: Mood) -> tuple[str, ...]:
    """Ask for up to three words for a mood."""
    offer = offered(desk.feelings, told)
    view = sittings.feeling_words(offer, desk.talk_look, desk.words)

    def read(text: str) -> tuple[str, ...]:
        return read_words(storable(text), desk.feelings, offer)

    return ask(desk, Question("words", view, read)) or ()


def _fit(desk: Desk, written: Written) -> str:
    """Give what can be kept; a broken character from a terminal becomes a question mark, and the rest is not lost."""
    try:
        return storable(written.text)
    except Mistyped:
        if not desk.asker.is_person:
            raise
        return written.text.encode("utf-8", "replace").decode()

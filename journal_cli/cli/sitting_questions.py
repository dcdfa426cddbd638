"""Questions of a sitting and a check-in: a mood, and a choice of several."""

from collections.abc import Callable, Sequence

from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import ask
from journal_cli.journal.mood import Mood, mood_of, offered, read_words
from journal_cli.journal.text import storable
from journal_cli.screen import sittings
from journal_cli.screen.ask import Question, from_zero_to, one_of

MOST_ON_SCALE = 7


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

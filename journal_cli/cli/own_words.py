"""Limits and goals as they are put down: one line in the person's own words, never in an argument."""

from collections.abc import Callable, Sequence

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.errors import Mistyped, NothingToDo
from journal_cli.journal.text import is_empty, storable
from journal_cli.screen import limits as screen
from journal_cli.screen.ask import Question, one_of, unescaped

MOST_CHARACTERS = 280  # in one line of one's own
ONE_KEY = 9  # the highest number that is one key


def asked(desk: Desk, name: str) -> str:
    """
    Ask for one line: typed at a terminal, all of standard input from a pipe.

    Args:
        desk: Where it is asked.
        name: `limit` or `goal`.

    Raises:
        NothingToDo: If nothing was written.
        Mistyped: If it came from a pipe and is too long; at a terminal a shorter one is asked for.
    """
    view = screen.asking(desk.words(f"{name}.ask"), desk.words(f"{name}.ask_keys"), desk.talk_look)
    try:
        if desk.is_person:
            text = questions.ask(desk, Question(name, view, line))
        else:
            text = folded(questions.write(desk, view).text)
    except Left:
        text = None
    if not text:
        raise NothingToDo("nothing was written, so nothing was kept")
    return text


def line(typed: str) -> str:
    """
    Read one line that was typed; empty if there is nothing to see in it.

    Raises:
        Mistyped: If it is too long, or cannot be kept.
    """
    return folded(unescaped(typed))


def folded(text: str) -> str:
    """
    Make one line of a text; empty if there is nothing to see in it.

    Raises:
        Mistyped: If the line is too long, or cannot be kept.
    """
    text = "" if is_empty(text) else " ".join(storable(text).split())
    if len(text) > MOST_CHARACTERS:
        raise Mistyped(
            "up to {most} characters, please; this was {count}",
            hint="a shorter line says it too; `journal write` has room for more",
            most=MOST_CHARACTERS,
            count=len(text),
        )
    return text


def which(desk: Desk, name: str, texts: Sequence[str], key: str) -> int | None:
    """
    Ask for one of several limits or goals by its number.

    Args:
        desk: Where it is asked.
        name: What a refusal calls the question.
        texts: What there is to choose from.
        key: The key of the question; that of its keys ends in `_keys`.

    Returns:
        Its place, from 0; None if none was chosen.
    """
    view = screen.choice(texts, desk.words(key), desk.words(f"{key}_keys"), desk.talk_look)
    read: Callable[[str], int | None] = one_of(len(texts))
    number = questions.ask(desk, Question(name, view, read, one_key=len(texts) <= ONE_KEY))
    return None if number is None else number - 1

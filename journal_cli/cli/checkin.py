"""`journal checkin`: how you are, in two keys and up to three words."""

import contextlib
from typing import Annotated

import typer

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import At
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import NothingToDo
from journal_cli.journal.as_json import check_in_json
from journal_cli.journal.mood import CheckIn, Mood, mood_of, read_words
from journal_cli.journal.text import storable
from journal_cli.records import moods
from journal_cli.screen.sittings import mood_phrase

app = leaf()

Key = Annotated[
    int | None, typer.Option(metavar="0-7", min=0, max=7, help="1 to 7, or 0 for can't tell.", show_default=False)
]
Word = Annotated[
    list[str] | None,
    typer.Option("--word", metavar="WORD", help="A word for it, up to three; for scripts.", show_default=False),
]


@app.command()
def checkin(
    ctx: typer.Context,
    at: At = None,
    pleasant: Key = None,
    energy: Key = None,
    word: Word = None,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Say how you are, in a few keys.

    Pleasant and energy from 1 to 7, and up to three words. 0 is for numb, mixed, or can't tell: an answer like any
    other.

      journal checkin
      journal checkin --pleasant 3 --energy 6 --word tense
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    desk.open()
    scripted = pleasant is not None or energy is not None or bool(word)
    mood = _of_options(desk, pleasant, energy, word or []) if scripted else _asked(desk)
    if mood is None or mood == Mood():
        raise NothingToDo("nothing was told, so nothing was kept")
    check_in = CheckIn(desk.new_id(), moment, mood)
    moods.add_check_in(desk.journal, check_in)
    words = desk.words
    desk.say(words("reflect.checked_in", time=words.clock(moment), mood=mood_phrase(mood, desk.voice)))
    desk.say(words("reflect.checkin_next"))
    if as_json:
        desk.dump(check_in_json(check_in))


def _asked(desk: Desk) -> Mood | None:
    told: list[Mood] = []
    with contextlib.suppress(Left):  # what was told before leaving is kept
        questions.mood(desk, told.append)
    return told[-1] if told else None


def _of_options(desk: Desk, pleasant: int | None, energy: int | None, words: list[str]) -> Mood:
    said = read_words(storable(",".join(words)), desk.feelings)
    return mood_of(pleasant, energy, said)

"""`journal checkin`: how you are, in two keys and up to three words, and at most three short questions."""

import contextlib
import difflib
from typing import Annotated

import typer

from journal_cli.cli import questions, sitting_questions, standings
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import At
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import Mistyped, NotFound, NothingToDo
from journal_cli.journal.as_json import check_in_json
from journal_cli.journal.items import MOST_A_DAY, Value, for_today, reading
from journal_cli.journal.mood import CheckIn, Mood, mood_of, read_words
from journal_cli.journal.session import CheckInItem
from journal_cli.journal.text import storable
from journal_cli.records import moods
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import Question, key_of

app = leaf()

MORE = "m"  # the key that goes on to the items
ONE_KEY = 9  # the highest number that is one key

Key = Annotated[
    int | None, typer.Option(metavar="0-7", min=0, max=7, help="1 to 7, or 0 for can't tell.", show_default=False)
]
Word = Annotated[
    list[str] | None,
    typer.Option("--word", metavar="WORD", help="A word for it, up to three; for scripts.", show_default=False),
]
Item = Annotated[
    list[str] | None,
    typer.Option(
        "--item", metavar="ITEM=NUMBER", help="An answer to a check-in item, up to three; for scripts.",
        show_default=False,
    ),
]  # fmt: skip


@app.command()
def checkin(
    ctx: typer.Context,
    at: At = None,
    pleasant: Key = None,
    energy: Key = None,
    word: Word = None,
    item: Item = None,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Say how you are, in a few keys.

    Pleasant and energy from 1 to 7, and up to three words. 0 is for numb, mixed, or can't tell: an answer like any
    other. At a terminal up to three short questions about the day can follow; `journal settings check-in` chooses them.

      journal checkin
      journal checkin --pleasant 3 --energy 6 --word tense
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    desk.open()
    items = _items_of(desk, item or [])
    scripted = pleasant is not None or energy is not None or bool(word)
    mood, stays = (_of_options(desk, pleasant, energy, word or []), False) if scripted else _asked(desk)
    if mood is None or mood == Mood():
        raise NothingToDo("nothing was told, so nothing was kept")
    check_in = CheckIn(desk.new_id(), moment, mood, items)
    moods.add_check_in(desk.journal, check_in)
    words = desk.words
    desk.say(words("reflect.checked_in", time=words.clock(moment), mood=screen.mood_phrase(mood, desk.voice)))
    if stays and desk.asker.is_person:
        _go_on(desk, check_in)
    desk.say(words("reflect.checkin_next"))
    if as_json:
        desk.dump(check_in_json(moods.check_in(desk.journal, check_in.id)))


def _asked(desk: Desk) -> tuple[Mood | None, bool]:
    """Ask for the mood; True if the person stayed to the end. What was told before leaving is kept."""
    told: list[Mood] = []
    try:
        sitting_questions.mood(desk, told.append)
    except Left:
        return (told[-1] if told else None), False
    return (told[-1] if told else None), True


def _of_options(desk: Desk, pleasant: int | None, energy: int | None, words: list[str]) -> Mood:
    said = read_words(storable(",".join(words)), desk.feelings)
    return mood_of(pleasant, energy, said)


def _items_of(desk: Desk, given: list[str]) -> tuple[tuple[str, Value], ...]:
    """
    Read the answers to items that came as options.

    Raises:
        NotFound: If there is no such item.
        Mistyped: If there are more than three, an answer is not on its scale, or one is private: lists of
            processes and shells keep what is given so.
    """
    found: dict[str, Value] = {}
    for name, _, typed in (one.partition("=") for one in given):
        item = desk.library.check_ins.get(name)
        if item is None:
            near = difflib.get_close_matches(name, desk.library.check_ins, n=1)
            hint = "did you mean {near}?" if near else "they are: {offered}"
            offered = ", ".join(desk.library.check_ins)
            raise NotFound(
                "no check-in item is called {name}", name=name[:40], hint=hint, near="".join(near), offered=offered
            )
        if item.private:
            hint = "`journal checkin` asks for it once `journal settings check-in` names it"
            raise Mistyped("{name} is private, so it is answered at a terminal only", name=name, hint=hint)
        value = reading(item)(typed)
        if value is not None:
            found[name] = value
    if len(found) > MOST_A_DAY:
        raise Mistyped("up to {most} items, please; this was {count}", most=MOST_A_DAY, count=len(found))
    return tuple(found.items())


def _go_on(desk: Desk, check_in: CheckIn) -> None:
    """Offer the items of today, grounding and help lines; one key ends, and whatever was answered is kept."""
    words, items = desk.words, () if check_in.items else _items(desk, check_in)
    text = words.count("reflect.checkin_end_items", len(items)) if items else words("reflect.checkin_end")
    question = Question("go on", screen.aside(text, desk.talk_look), key_of(MORE if items else ""), one_key=True)
    with contextlib.suppress(Left):
        if questions.ask(desk, question) != MORE:
            return
        for item in items:
            value = questions.ask(desk, _question(desk, item))
            if value is not None:
                moods.add_item(desk.journal, check_in.id, item.id, value, desk.now())


def _items(desk: Desk, check_in: CheckIn) -> tuple[CheckInItem, ...]:
    """Give the items of today; a check-in about another day has none, for they ask about today."""
    today = desk.now().day
    if check_in.at.day != today:
        return ()
    shown = (one for one in desk.library.check_ins.values() if not desk.hides(one.content_notes))
    return for_today(shown, moods.last_answers(desk.journal), today, _named(desk))


def _named(desk: Desk) -> tuple[str, ...]:
    """Give the items that were chosen by the setting, else those of the weeks that are next in programs."""
    chosen = desk.settings.get("check-in", "")
    if chosen:
        return tuple(chosen.split(","))
    weeks = [one.program.weeks[one.here.week] for one in standings.running(desk) if one.program and one.here]
    return tuple(dict.fromkeys(name for week in weeks for name in week.check_ins))


def _question(desk: Desk, item: CheckInItem) -> Question[Value | None]:
    view = screen.check_in_item(item, desk.talk_look, desk.words)
    return Question(item.id, view, reading(item), one_key=item.scale.most <= ONE_KEY)

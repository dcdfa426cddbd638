"""
`journal goal`: up to three goals in the person's own words, and how close they feel on a day.

What `--json` prints:

    list                      {"goals": [GOAL…]}     resting ones last, else newest first
    add, rest, take-up        GOAL
    rate                      {"ratings": [RATING + {"goal": its id}…]}     those that were given just now
    GOAL   {"id","text","at","resting","ratings": [RATING…]}     the oldest first
    RATING {"id","at","value": 0-10}
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from journal_cli.cli import own_words, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import At, Id
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, group
from journal_cli.errors import AlreadyThere, NothingToDo
from journal_cli.journal.goal import CLOSEST, MOST_GOALS, Goal, RatedGoal, Rating, rated
from journal_cli.journal.moment import Moment
from journal_cli.records import goals
from journal_cli.records.naming import Thing, named
from journal_cli.screen import goals as screen
from journal_cli.screen.ask import Question, from_zero_to
from journal_cli.screen.limits import day
from journal_cli.screen.nearby import goals_nearby
from journal_cli.screen.theme import ours

app = group()

OneOrAll = Annotated[
    str | None, typer.Argument(metavar="ID", help="Which goal; without it, all open ones.", show_default=False)
]


@app.callback(invoke_without_command=True)
def goal(ctx: typer.Context) -> None:
    """
    Up to three goals in your own words.

    How close one feels can be told from 0 to 10, on any day. Nothing is made of the numbers: they are yours to look at.
    """
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("add")
def add(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Put a goal down, in one line; up to three are open at one time.

    It is asked for, or read from a pipe, where line ends become spaces.

      journal goal add
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    rests = _who_rests(desk)
    one = Goal(desk.new_id(), own_words.asked(desk, "goal"), desk.now())
    with desk.journal.changing():
        if rests:
            goals.rest(desk.journal, rests, one.at)
        goals.add(desk.journal, one)
    desk.say(ours(desk.words("goal.added", id=one.id), desk.talk_look))
    if as_json:
        desk.dump(goal_json(RatedGoal(one)))


@app.command("list")
def list_goals(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show your goals, and how close they felt first and last.

      journal goal list
    """
    _list(at_desk(ctx, plain=plain), as_json=as_json)


@app.command("rate")
def rate(ctx: typer.Context, id_: OneOrAll = None, at: At = None, as_json: Json = False, plain: Plain = False) -> None:
    """
    Say how close your goals feel, from 0 to 10.

    Each open goal is asked about in the order of `goal list`; from a pipe it reads a line each, and an empty line skips
    one.

      journal goal rate
      journal goal rate 4tz8 --at yesterday
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    desk.open()
    there = _open(desk) if id_ is None else [_one(desk, id_).goal]
    if not there:
        raise NothingToDo("no goal is open at the moment", hint="`journal goal add` puts one down")
    given = _told(desk, there, moment)
    if not given:
        raise NothingToDo("nothing was told, so nothing was kept")
    goals.rate(desk.journal, given, desk.now())
    desk.say(desk.words.count("goal.rated", len(given), day=day(moment.day, desk.today, desk.words)))
    if as_json:
        desk.dump({"ratings": [{**rating_json(one), "goal": one.goal} for one in given]})


@app.command("rest")
def rest(ctx: typer.Context, id_: Id, as_json: Json = False) -> None:
    """
    Put a goal aside, reached or not; its ratings stay.

      journal goal rest 4tz8
    """
    desk = at_desk(ctx)
    desk.open()
    one = _one(desk, id_).goal
    if one.resting:
        hint = "`journal goal take-up {id}` takes it up again"
        raise NothingToDo("the goal {id} is resting already", id=one.id, hint=hint)
    goals.rest(desk.journal, one.id, desk.now())
    desk.say(ours(desk.words("goal.rests", id=one.id), desk.talk_look))
    if as_json:
        desk.dump(goal_json(_one(desk, one.id)))


@app.command("take-up")
def take_up(ctx: typer.Context, id_: Id, as_json: Json = False) -> None:
    """
    Take up a resting goal again.

      journal goal take-up 4tz8
    """
    desk = at_desk(ctx)
    desk.open()
    one = _one(desk, id_).goal
    if not one.resting:
        raise NothingToDo("the goal {id} is not resting", id=one.id, hint="`journal goal rest {id}` puts it aside")
    rests = _who_rests(desk)
    with desk.journal.changing():
        if rests:
            goals.rest(desk.journal, rests, desk.now())
        goals.take_up(desk.journal, one.id, desk.now())
    desk.say(desk.words("goal.taken_up", id=one.id))
    if as_json:
        desk.dump(goal_json(_one(desk, one.id)))


def _list(desk: Desk, *, as_json: bool) -> None:
    desk.open()
    found = _all(desk)
    if as_json:
        desk.dump({"goals": [goal_json(one) for one in found]})
        return
    shown = goals_nearby(found, desk.words) if desk.discreet else found
    desk.show(screen.goals_page(shown, desk.today, desk.look, desk.words))


def _all(desk: Desk) -> Sequence[RatedGoal]:
    """List the goals in the order of `goal list`: resting ones last."""
    found = sorted(goals.goals(desk.journal), key=lambda one: one.resting)
    return rated(found, goals.ratings(desk.journal))


def _open(desk: Desk) -> list[Goal]:
    return [one for one in goals.goals(desk.journal) if not one.resting]


def _one(desk: Desk, beginning: str) -> RatedGoal:
    id_ = named(desk.journal, beginning, thing=Thing.GOAL)
    return next(one for one in _all(desk) if one.goal.id == id_)


def _who_rests(desk: Desk) -> str | None:
    """
    Make room for one more: with three open, ask which may rest.

    Returns:
        Its id, or None if there is room.

    Raises:
        AlreadyThere: If there is nobody to ask.
        NothingToDo: If none was chosen.
    """
    there = _open(desk)
    if len(there) < MOST_GOALS:
        return None
    if not desk.is_person:
        raise AlreadyThere(
            "{most} goals are open, and that is as many as there may be at one time",
            most=MOST_GOALS,
            hint="`journal goal rest ID` puts one aside; what belongs to it stays",
        )
    try:
        place = own_words.which(desk, "which rests", [one.text for one in there], "goal.which_rests")
    except Left:
        place = None
    if place is None:
        raise NothingToDo("nothing was changed")
    return there[place].id


def _told(desk: Desk, there: Sequence[Goal], at: Moment) -> list[Rating]:
    """Ask how close each goal feels; what was told before leaving counts."""
    given: list[Rating] = []
    try:
        for one in there:
            view = screen.how_close(one, desk.talk_look, desk.words)
            value = questions.ask(desk, Question("how close", view, from_zero_to(CLOSEST)))
            if value is not None:
                given.append(Rating(desk.new_id(), one.id, at, value))
    except Left:
        pass
    return given


def goal_json(one: RatedGoal) -> dict[str, Any]:
    """Give a goal and its ratings."""
    return {
        "id": one.goal.id,
        "text": one.goal.text,
        "at": one.goal.at.iso(),
        "resting": one.goal.resting,
        "ratings": [rating_json(rating) for rating in one.ratings],
    }


def rating_json(one: Rating) -> dict[str, Any]:
    """Give how close a goal felt once."""
    return {"id": one.id, "at": one.at.iso(), "value": one.value}

"""
`journal limit`: limits in the person's own words, and the times they were kept, partly kept, or crossed.

What `--json` prints:

    list                      {"limits": [LIMIT…]}     resting ones last, else newest first
    list ID, show             LIMIT + {"notes": [NOTE…]}     the oldest first
    add, rest, take-up        LIMIT
    note                      NOTE + {"limit": its id}
    LIMIT {"id","text","at","resting","kept","partly","crossed"}     the last three are how often
    NOTE  {"id","at","how": "kept|partly|crossed","by": "other|me"|null,"line"}
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from journal_cli.cli import own_words, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import At, Id
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, group
from journal_cli.errors import NothingToDo
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory, stories
from journal_cli.journal.moment import Moment
from journal_cli.records import limits
from journal_cli.records.naming import Thing, named
from journal_cli.screen import limits as screen
from journal_cli.screen.ask import Question, one_of
from journal_cli.screen.nearby import limits_nearby
from journal_cli.screen.theme import ours

app = group()

OneOrAll = Annotated[str | None, typer.Argument(metavar="ID", help="The story of one, by its id.", show_default=False)]
OneOrAsk = Annotated[
    str | None, typer.Argument(metavar="ID", help="Which limit; without it, it is asked.", show_default=False)
]


@app.callback(invoke_without_command=True)
def limit(ctx: typer.Context) -> None:
    """
    Practise a limit in your own words.

    A limit can be kept, partly kept, or crossed, by you or by somebody else. None of it is a mark: it is there so that
    you can look back on it.
    """
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("add")
def add(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Put a limit down, in one line.

    It is asked for, or read from a pipe, where line ends become spaces.

      journal limit add
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    text = own_words.asked(desk, "limit")
    one = Limit(desk.new_id(), text, desk.now())
    limits.add(desk.journal, one)
    desk.say(ours(desk.words("limit.added", id=one.id), desk.talk_look))
    if as_json:
        desk.dump(limit_json(LimitStory(one)))


@app.command("list")
def list_limits(ctx: typer.Context, id_: OneOrAll = None, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show your limits and how it went with them, or the story of one.

      journal limit list
      journal limit list 4tz8
    """
    desk = at_desk(ctx, plain=plain)
    if id_ is None:
        _list(desk, as_json=as_json)
    else:
        _show(desk, id_, as_json=as_json)


@app.command("show")
def show(ctx: typer.Context, id_: Id, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show the story of one limit: each time with it, the oldest first.

      journal limit show 4tz8
    """
    _show(at_desk(ctx, plain=plain), id_, as_json=as_json)


@app.command("note")
def note(ctx: typer.Context, id_: OneOrAsk = None, at: At = None, as_json: Json = False, plain: Plain = False) -> None:
    """
    Note how it went with a limit once: kept, partly kept, or crossed.

    From a pipe it reads a line each: without ID the number of the limit, in the order of `limit list`; how it went, 1
    kept, 2 partly, 3 crossed; by whom, 1 somebody else, 2 you, or empty; and a line about it, or empty.

      journal limit note
      journal limit note 4tz8 --at "yesterday 21:00"
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    desk.open()
    story = _which(desk) if id_ is None else limits.story(desk.journal, _named(desk, id_))
    one = _told(desk, story, moment)
    limits.add_note(desk.journal, one, desk.now())
    desk.say(screen.said_noted(one, desk.today, desk.words))
    if one.how is How.CROSSED:
        desk.say(desk.words("limit.after_crossed"))
        if one.by is By.OTHER:
            desk.say(ours(desk.words("limit.if_frightened"), desk.talk_look, "quiet"))
    if as_json:
        desk.dump({**note_json(one), "limit": one.limit})


@app.command("rest")
def rest(ctx: typer.Context, id_: Id, as_json: Json = False) -> None:
    """
    Put a limit aside; its story stays.

      journal limit rest 4tz8
    """
    _move(at_desk(ctx), id_, resting=True, as_json=as_json)


@app.command("take-up")
def take_up(ctx: typer.Context, id_: Id, as_json: Json = False) -> None:
    """
    Take up a resting limit again.

      journal limit take-up 4tz8
    """
    _move(at_desk(ctx), id_, resting=False, as_json=as_json)


def _list(desk: Desk, *, as_json: bool) -> None:
    desk.open()
    found = _all(desk)
    if as_json:
        desk.dump({"limits": [limit_json(one) for one in found]})
        return
    shown = limits_nearby(found, desk.words) if desk.discreet else found
    desk.show(screen.limits_page(shown, desk.today, desk.look, desk.words))


def _show(desk: Desk, id_: str, *, as_json: bool) -> None:
    desk.open()
    story = limits.story(desk.journal, _named(desk, id_))
    if as_json:
        desk.dump({**limit_json(story), "notes": [note_json(one) for one in story.notes]})
        return
    desk.show(screen.story_page(story, desk.today, desk.look, desk.words))


def _all(desk: Desk) -> Sequence[LimitStory]:
    """List the limits in the order of `limit list`: resting ones last."""
    found = sorted(limits.limits(desk.journal), key=lambda one: one.resting)
    return stories(found, limits.notes(desk.journal))


def _named(desk: Desk, beginning: str) -> str:
    return named(desk.journal, beginning, thing=Thing.LIMIT)


def _which(desk: Desk) -> LimitStory:
    """
    Ask which limit it is about; a person who practises one is not asked.

    Raises:
        NothingToDo: If none is practised, or none was chosen.
    """
    there = [one for one in _all(desk) if not one.limit.resting]
    if not there:
        raise NothingToDo("no limit is practised at the moment", hint="`journal limit add` puts one down")
    if len(there) == 1 and desk.is_person:
        return there[0]
    try:
        place = own_words.which(desk, "which limit", [one.limit.text for one in there], "limit.which")
    except Left:
        place = None
    if place is None:
        raise NothingToDo("nothing was told, so nothing was kept")
    return there[place]


def _told(desk: Desk, story: LimitStory, at: Moment) -> LimitNote:
    """
    Ask how it went, by whom, and for a line about it; what was told before leaving counts.

    Raises:
        NothingToDo: If it was not said how it went.
    """
    words, look = desk.words, desk.talk_look
    how = by = line = None
    try:
        view = screen.about(story, words("limit.how"), words("limit.how_keys"), look)
        how = questions.ask(desk, Question("how it went", view, one_of(len(How)), one_key=True))
        if how is not None:
            view = screen.asking(words("limit.by"), words("limit.by_keys"), look)
            by = questions.ask(desk, Question("by whom", view, one_of(len(By)), one_key=True))
            view = screen.asking(words("limit.line"), words("limit.line_keys"), look)
            line = questions.ask(desk, Question("a line", view, own_words.line))
    except Left:
        pass
    if how is None:
        raise NothingToDo("nothing was told, so nothing was kept")
    return LimitNote(
        id=desk.new_id(),
        limit=story.limit.id,
        at=at,
        how=tuple(How)[how - 1],
        by=None if by is None else tuple(By)[by - 1],
        line=line or "",
    )


def _move(desk: Desk, id_: str, *, resting: bool, as_json: bool) -> None:
    """
    Put a limit aside, or take it up.

    Raises:
        NothingToDo: If it is so already.
    """
    desk.open()
    story = limits.story(desk.journal, _named(desk, id_))
    one = story.limit
    if one.resting and resting:
        hint = "`journal limit take-up {id}` takes it up again"
        raise NothingToDo("the limit {id} is resting already", id=one.id, hint=hint)
    if not one.resting and not resting:
        raise NothingToDo("the limit {id} is not resting", id=one.id, hint="`journal limit rest {id}` puts it aside")
    limits.rest(desk.journal, one.id, desk.now(), resting=resting)
    desk.say(ours(desk.words("limit.rests" if resting else "limit.taken_up", id=one.id), desk.talk_look))
    if as_json:
        desk.dump(limit_json(limits.story(desk.journal, one.id)))


def limit_json(story: LimitStory) -> dict[str, Any]:
    """Give a limit and how often it went which way."""
    one = story.limit
    counts = {how.value: story.times(how) for how in How}
    return {"id": one.id, "text": one.text, "at": one.at.iso(), "resting": one.resting, **counts}


def note_json(one: LimitNote) -> dict[str, Any]:
    """Give a time with a limit."""
    return {
        "id": one.id,
        "at": one.at.iso(),
        "how": one.how.value,
        "by": one.by.value if one.by else None,
        "line": one.line or None,
    }

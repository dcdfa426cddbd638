"""
`journal program`: several weeks of sittings, on any days, several programs at once.

What `--json` prints:

    list                          {"programs": [PROGRAM…]}     those that were started first, the latest first
    start, pause, resume, stop    PROGRAM
    PROGRAM {"program","title","state": null|"running"|"paused"|"stopped"|"done","unit": "week"|"sitting"|"month",
             "week": 1…|null,"weeks","next": NEXT|null,"sittings"}
    NEXT    {"session" or "prompt": its id,"title","week_title","optional","intensity","gates": […]}

`intensity` and `gates` are those of the sitting as it is taken through the program: they decide what a pipe is asked.
"""

from typing import Annotated, Any

import typer

from journal_cli.cli import standings, under_way
from journal_cli.cli.consent import gates
from journal_cli.cli.desk import Desk
from journal_cli.cli.rooms import Json, Plain, at_desk, group
from journal_cli.errors import AlreadyThere, Mistyped, NotFound, NothingToDo
from journal_cli.journal.program import UNDER_WAY, Program, RunState, Standing, taken_through
from journal_cli.journal.session import Gate
from journal_cli.screen import programs as screen
from journal_cli.screen.said import View

app = group()

Name = Annotated[
    str, typer.Argument(metavar="PROGRAM", help="Its id; `journal program list` shows them.", show_default=False)
]
Again = Annotated[
    bool, typer.Option("--again", help="Begin this week once more, or the one before if it is untouched.")
]
Skip = Annotated[bool, typer.Option("--skip", help="Leave out the week that is next.")]

GOES_ON = "`journal reflect {name}` takes the next sitting"


@app.callback(invoke_without_command=True)
def program(ctx: typer.Context) -> None:
    """
    Go through weeks of sittings, on any days.

    Nothing is ever due. A week can be repeated or left out, a program paused or stopped, and several can be under
    way at once. `journal reflect` offers what is next.
    """
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("list")
def list_programs(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show what is next in each program, and which there are.

      journal program list
    """
    _list(at_desk(ctx, plain=plain), as_json=as_json)


@app.command("start")
def start(ctx: typer.Context, name: Name, as_json: Json = False, plain: Plain = False) -> None:
    """
    Begin a program, with others under way or not.

    `journal reflect PROGRAM` then takes its next sitting, from a pipe too: it reads what the session of that sitting
    reads (`program list --json` names it), and first a line each for consent and for the gates of the program.

      journal program start a-kinder-voice
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    one = standings.standing_of(desk, name)
    if one.state is RunState.PAUSED:
        raise AlreadyThere(
            "the program {name} is paused", name=name, hint="`journal program resume {name}` goes on with it"
        )
    if one.state is RunState.RUNNING:
        raise AlreadyThere("the program {name} is under way already", name=name, hint=GOES_ON)
    found = _there(one)
    standings.start(desk, found)
    one = standings.standing_of(desk, name)
    _answer(desk, one, as_json=as_json, page=screen.started(found, one, desk.look, desk.words))


@app.command("pause")
def pause(ctx: typer.Context, name: Name, as_json: Json = False, plain: Plain = False) -> None:
    """
    Let a program rest; it waits where it is.

      journal program pause a-kinder-voice
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    one = standings.standing_of(desk, name)
    if one.state is RunState.PAUSED:
        raise NothingToDo(
            "the program {name} is paused already", name=name, hint="`journal program resume {name}` goes on with it"
        )
    one = _moved_to(desk, one, RunState.PAUSED)
    _answer(desk, one, as_json=as_json, page=screen.said_paused(one, desk.look, desk.words))


@app.command("resume")
def resume(
    ctx: typer.Context,
    name: Name,
    again: Again = False,
    skip: Skip = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Go on with a paused program; repeat a week or leave one out, in any program under way.

      journal program resume a-kinder-voice
      journal program resume a-kinder-voice --skip
    """
    desk = at_desk(ctx, plain=plain)
    if again and skip:
        raise Mistyped("--again and --skip are two ways; take one")
    desk.open()
    one = standings.standing_of(desk, name)
    if one.state is RunState.RUNNING and not (again or skip):
        raise NothingToDo("the program {name} is under way already", name=name, hint=GOES_ON)
    if again or skip:
        under_way.move(desk, one, again=again)
        one = standings.standing_of(desk, name)
    one = _moved_to(desk, one, RunState.DONE if one.state is RunState.DONE else RunState.RUNNING)
    said = screen.said_started if one.here else screen.said_done
    _answer(desk, one, as_json=as_json, page=said(one, desk.look, desk.words))


@app.command("stop")
def stop(ctx: typer.Context, name: Name, as_json: Json = False, plain: Plain = False) -> None:
    """
    Stop a program: that is finished too, and what was written stays.

      journal program stop a-kinder-voice
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    one = _moved_to(desk, standings.standing_of(desk, name), RunState.STOPPED)
    _answer(desk, one, as_json=as_json, page=screen.said_stopped(one, desk.look, desk.words))


def _list(desk: Desk, *, as_json: bool) -> None:
    desk.open()
    there = standings.shown(desk, standings.all_standings(desk))
    if as_json:
        desk.dump({"programs": [program_json(desk, one) for one in there]})
        return
    desk.show(screen.programs_page(there, desk.look, desk.words))


def _there(one: Standing) -> Program:
    if one.program is None:
        raise NotFound("no program is called {name}", name=one.id, hint="`journal program list` shows what there is")
    return one.program


def _moved_to(desk: Desk, one: Standing, state: RunState) -> Standing:
    """Keep that a program under way goes on, waits, or is finished."""
    if one.run is None or one.run.state not in UNDER_WAY or (one.state is RunState.DONE and state is not RunState.DONE):
        raise NothingToDo(
            "the program {name} is not under way", name=one.id, hint="`journal program start {name}` begins it"
        )
    standings.keep(desk, one.run, state)
    return standings.standing_of(desk, one.id)


def _answer(desk: Desk, one: Standing, *, as_json: bool, page: View) -> None:
    if as_json:
        desk.dump(program_json(desk, one))
        return
    desk.show(page)


def program_json(desk: Desk, one: Standing) -> dict[str, Any]:
    """Give a program and how far the person is as JSON that others may rely on."""
    return {
        "program": one.id,
        "title": one.title,
        "state": one.state.value if one.state else None,
        "unit": one.unit.value,
        "week": one.week,
        "weeks": one.weeks,
        "next": _next_json(desk, one),
        "sittings": len(one.sat),
    }


def _next_json(desk: Desk, one: Standing) -> dict[str, Any] | None:
    if one.program is None or one.here is None or one.next_week is None:
        return None
    name = one.here.names[0]
    session = taken_through(one.program, desk.library.session(name))
    there = {*gates(desk, session), under_way.gate_beside(desk, one.program, session)}
    return {
        "session" if name in desk.library.sessions else "prompt": name,
        "title": one.next_title,
        "week_title": one.next_week.title,
        "optional": one.next_week.optional,
        "intensity": session.intensity.word,
        "gates": [gate.value for gate in Gate if gate in there],
    }

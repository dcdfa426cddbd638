"""How far the person is in each program, and what is next in it."""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from journal_cli.cli.desk import Desk
from journal_cli.errors import NotFound
from journal_cli.journal.program import Program, Run, RunState, Standing, standing
from journal_cli.records import programs as shelf


def there(desk: Desk) -> dict[str, str]:
    """Give the titles of the sessions, and the questions, that can be offered, by id; what is hidden is left out."""
    library = desk.library
    titles = {one.id: one.title for one in library.sessions.values() if not desk.hides(one.content_notes)}
    questions = {one.id: one.text for one in library.prompts.values() if not desk.hides(one.content_notes)}
    return {**questions, **titles}


def all_standings(desk: Desk) -> list[Standing]:
    """List every program with how far the person is: those that were started first, the latest first."""
    runs, sat, titles = shelf.latest(desk.journal), shelf.sat(desk.journal), there(desk)
    started = [standing(desk.library.programs.get(id_), run, sat.get(run.id, ()), titles) for id_, run in runs.items()]
    others = [standing(one, None, (), titles) for one in desk.library.programs.values() if one.id not in runs]
    return started + others


def started(desk: Desk) -> list[Standing]:
    """List the programs that were ever started; the library is read only if there are any."""
    return [one for one in all_standings(desk) if one.run] if shelf.latest(desk.journal) else []


def shown(desk: Desk, standings: Sequence[Standing]) -> list[Standing]:
    """Leave out the programs that touch what the person would rather not meet."""
    return [one for one in standings if not (one.program and desk.hides(one.program.content_notes))]


def running(desk: Desk) -> list[Standing]:
    """List the programs in which a sitting is next and may be offered, the latest started first."""
    return [one for one in shown(desk, started(desk)) if one.state is RunState.RUNNING and one.here]


def standing_of(desk: Desk, name: str) -> Standing:
    """
    Give one program with how far the person is.

    Raises:
        NotFound: If there is none of this id, with the nearest one as a hint.
    """
    every = {one.id: one for one in all_standings(desk)}
    if name in every:
        return every[name]
    near = difflib.get_close_matches(name, every, n=1)
    hint = "did you mean {near}?" if near else "`journal program list` shows what there is"
    raise NotFound("no program is called {name}", name=name[:40], hint=hint, near="".join(near))


def start(desk: Desk, program: Program) -> None:
    """Begin a program at its first week."""
    shelf.start(desk.journal, Run(desk.new_id(), program.id, program.title, desk.now(), program.pack))


def keep(desk: Desk, run: Run, state: RunState) -> None:
    """Keep where a run stands now."""
    shelf.save(desk.journal, replace(run, state=state), desk.now())

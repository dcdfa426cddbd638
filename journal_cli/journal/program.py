"""
Programs: weeks of sessions, on any days; and how far somebody has come in one.

A run is one time of going through a program. It stands in a week, and in a turn: each time a week
is begun, repeated or left out, a new turn begins, and only the sittings of the present turn count
towards it. So a week can be repeated or skipped without anything being taken back.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from journal_cli.journal.moment import Moment
from journal_cli.journal.session import Gate, Intensity, Session, StepKind


class Unit(StrEnum):
    """What a part of a program is called when it is counted."""

    WEEK = "week"
    SITTING = "sitting"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a program: it is next, never due."""

    title: str
    sessions: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    check_ins: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    sittings: int = 1
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """Weeks of sessions; late, paused or repeated weeks are all fine."""

    id: str
    title: str
    weeks: tuple[Week, ...]
    pack: str
    about: str = ""
    intensity: Intensity = Intensity.GENTLE
    content_notes: tuple[str, ...] = ()
    private: bool = False
    gate: Gate | None = None
    unit: Unit = Unit.WEEK


class RunState(StrEnum):
    """Where a run stands; stopped and done are both finished."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


UNDER_WAY = frozenset({RunState.RUNNING, RunState.PAUSED})


@dataclass(frozen=True, slots=True)
class Run:
    """
    One time somebody goes through a program.

    Args:
        id: 8 characters of Crockford base32.
        program: The program's id.
        title: Its title as it was shown.
        at: When it was started.
        pack: Id of the pack it came in.
        state: Where it stands.
        week: The week it is in, from 0; as many as there are weeks when the last was left out.
        turn: Which turn through a week this is, from 0.
    """

    id: str
    program: str
    title: str
    at: Moment
    pack: str = ""
    state: RunState = RunState.RUNNING
    week: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting taken through a program: its id, its session or prompt, and the turn it belongs to."""

    sitting: str
    session: str
    turn: int


@dataclass(frozen=True, slots=True)
class Place:
    """
    What is next in a run.

    Args:
        week: The week, from 0.
        turn: The turn a sitting begun now belongs to.
        names: The ids of what can be sat through in it, the one that is next first.
        is_new: True if nothing of this turn was sat through yet.
    """

    week: int
    turn: int
    names: tuple[str, ...]
    is_new: bool


def offered_in(week: Week, there: Collection[str]) -> tuple[str, ...]:
    """List what a week offers to sit through, sessions first, as far as it is there."""
    return tuple(dict.fromkeys(name for name in (*week.sessions, *week.prompts) if name in there))


def place(program: Program, run: Run, sat: Sequence[Sat], there: Collection[str]) -> Place | None:
    """
    Find what is next; None if the program has come to its end.

    After as many sittings as a week suggests, the next week comes. A week in which there is
    nothing to sit through is passed over.

    Args:
        program: Its weeks.
        run: Where it stands.
        sat: The sittings of this run.
        there: Ids of the sessions and prompts that can be offered.
    """
    week, turn = run.week, run.turn
    taken = Counter(one.session for one in sat if one.turn == turn)
    if week < len(program.weeks) and taken.total() >= program.weeks[week].sittings:
        week, turn, taken = week + 1, turn + 1, Counter()
    for number in range(week, len(program.weeks)):
        if names := offered_in(program.weeks[number], there):
            least_taken_first = sorted(names, key=taken.__getitem__)
            return Place(number, turn + number - week, tuple(least_taken_first), not taken)
        taken = Counter()
    return None


def begun(run: Run, here: Place) -> Run:
    """Put a run where a sitting begins."""
    return replace(run, week=here.week, turn=here.turn)


def left_out(run: Run, here: Place) -> Run:
    """Leave the week out that is next."""
    return replace(run, week=here.week + 1, turn=here.turn + 1)


def once_more(program: Program, run: Run, here: Place, there: Collection[str]) -> Run | None:
    """
    Begin a week again: the present one, or, where nothing of it was sat through yet, the one before.

    Returns:
        The run in that week, or None if there is none to begin again.
    """
    if not here.is_new:
        return replace(run, week=here.week, turn=here.turn + 1)
    earlier = (number for number in reversed(range(here.week)) if offered_in(program.weeks[number], there))
    week = next(earlier, None)
    return None if week is None else replace(run, week=week, turn=here.turn + 1)


def taken_through(program: Program, session: Session) -> Session:
    """
    Give a session as it is when it is taken through a program: as private, as intense and as gated as that.

    A session that asks nothing stays as it is. Where both have a gate, the session's own stays, and the program's
    has to be asked beside it.
    """
    if all(step.kind is not StepKind.PROMPT for step in session.steps):
        return session
    return replace(
        session,
        intensity=max(session.intensity, program.intensity),
        content_notes=tuple(dict.fromkeys((*session.content_notes, *program.content_notes))),
        private=session.private or program.private,
        gate=session.gate or program.gate,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A program and how far somebody has come in it.

    Args:
        id: The program's id.
        title: As shown; that of the run where the program itself is no longer there.
        program: None if its pack is no longer there.
        run: The latest run, or None if it was never started.
        sat: The sittings of this run.
        state: Of this run; done as soon as nothing is next.
        week: The week that is next, from 1; the last one it came to after the end; None without a run.
        weeks: How many there are.
        here: What is next, or None.
        next_title: The title of the session that is next, or the question; empty if there is none.
    """

    id: str
    title: str
    program: Program | None = None
    run: Run | None = None
    sat: tuple[Sat, ...] = ()
    state: RunState | None = None
    week: int | None = None
    weeks: int = 0
    here: Place | None = None
    next_title: str = ""

    @property
    def unit(self) -> Unit:
        """What its weeks are called."""
        return self.program.unit if self.program else Unit.WEEK

    @property
    def next_week(self) -> Week | None:
        """The week that is next, or None."""
        return self.program.weeks[self.here.week] if self.program and self.here else None


def standing(program: Program | None, run: Run | None, sat: Sequence[Sat], there: Mapping[str, str]) -> Standing:
    """
    Say how far somebody has come.

    Args:
        program: None if its pack is no longer there; then there has to be a run.
        run: The latest run, or None if there was none.
        sat: The sittings of this run.
        there: Titles of the sessions and prompts that can be offered, by id.

    Raises:
        ValueError: If there is neither a program nor a run.
    """
    if run is None:
        if program is None:
            raise ValueError("there is neither a program nor a run")
        return Standing(program.id, program.title, program, weeks=len(program.weeks))
    if program is None:
        number = run.week + 1
        return Standing(run.program, run.title, None, run, tuple(sat), run.state, number, number)
    weeks = len(program.weeks)
    here = place(program, run, sat, there) if run.state in UNDER_WAY else None
    week = min((here or run).week + 1, weeks)
    state = run.state if here or run.state not in UNDER_WAY else RunState.DONE
    next_title = there[here.names[0]] if here else ""
    return Standing(program.id, program.title, program, run, tuple(sat), state, week, weeks, here, next_title)

"""Programs under way: what is next is offered, and a sitting is taken through one."""

from dataclasses import dataclass, replace

from journal_cli.cli.consent import agreed, gates
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left, oblige
from journal_cli.cli.standings import keep, standing_of, start, there
from journal_cli.errors import NothingToDo
from journal_cli.journal.program import (
    Place,
    Program,
    Run,
    RunState,
    Standing,
    begun,
    left_out,
    once_more,
    taken_through,
)
from journal_cli.journal.session import Gate, Intensity, Session
from journal_cli.journal.sitting import Sitting, State
from journal_cli.records import programs as shelf
from journal_cli.screen import programs as screen
from journal_cli.screen.ask import Question, Wish, key_of
from journal_cli.screen.said import View, quiet


@dataclass(frozen=True, slots=True)
class Through:
    """
    A sitting that is about to be taken through a program.

    Args:
        program: Which one.
        run: Where it stands once the sitting has begun.
        session: The session as it is when it is taken through the program.
    """

    program: Program
    run: Run
    session: Session


def named(desk: Desk, name: str) -> Through | None:
    """
    Find the next sitting of a program that is under way; at a terminal it is offered, with the ways around it.

    Returns:
        The sitting, or None if there is none any more.

    Raises:
        NotFound: If there is no such program.
        NothingToDo: If it is not under way.
        Left: If the person pauses or stops.
    """
    one = standing_of(desk, name)
    if one.state is RunState.PAUSED:
        raise NothingToDo(
            "the program {name} is paused", name=name, hint="`journal program resume {name}` goes on with it"
        )
    if one.state is not RunState.RUNNING:
        raise NothingToDo(
            "the program {name} is not under way", name=name, hint="`journal program start {name}` begins it"
        )
    if desk.asker.is_person:
        return offered(desk, one, back=False)
    desk.say(screen.arrival(one, "", _beside(desk, one), desk.talk_look, desk.words))
    return next_of(desk, one)


def offered(desk: Desk, one: Standing, *, back: bool) -> Through | None:
    """
    Offer what is next in a program: begin it, another one of the week, a week once more, leave it out.

    Args:
        desk: Where to ask.
        one: The program.
        back: True if there is something else to go back to.

    Returns:
        The sitting, or None if the person goes back, or nothing is left.

    Raises:
        Left: If the person pauses or stops.
    """
    turned = 0
    while here := one.here:
        name = here.names[turned % len(here.names)]
        answer = _asked(desk, one, there(desk)[name], back=back)
        if answer == "":
            return next_of(desk, one, name)
        if answer == "b":
            return None
        turned = turned + 1 if answer == "n" else 0
        if answer in {"a", "s"}:
            move(desk, one, again=answer == "a")
            one = standing_of(desk, one.id)
    _at_its_end(desk, one)
    return None


def move(desk: Desk, one: Standing, *, again: bool) -> None:
    """
    Begin a week once more, after the end the last one; or leave out the one that is next.

    Raises:
        NothingToDo: If there is no week to begin again.
    """
    here = one.here
    if again and one.state is RunState.DONE and one.run:
        here = Place(one.weeks, one.run.turn + 1, (), is_new=True)  # past the last week, which is the one before
    if one.program is None or one.run is None or here is None:
        raise NothingToDo(
            "the program {name} is not under way", name=one.id, hint="`journal program list` shows what is"
        )
    moved = once_more(one.program, one.run, here, there(desk)) if again else left_out(one.run, here)
    if moved is None:
        raise NothingToDo("nothing of the program {name} was sat through yet", name=one.id, hint="")
    keep(desk, moved, RunState.RUNNING)


def next_of(desk: Desk, one: Standing, name: str = "") -> Through:
    """
    Give the next sitting of a program.

    Args:
        desk: Where things are kept.
        one: A program in which something is next.
        name: Another session or prompt of the week than the one that is next.
    """
    if one.program is None or one.run is None or one.here is None:
        raise ValueError("nothing is next in this program")
    session = desk.library.session(name or one.here.names[0])
    run = replace(begun(one.run, one.here), state=RunState.RUNNING)
    return Through(one.program, run, taken_through(one.program, session))


def wanted(desk: Desk, one: Standing) -> bool:
    """
    Show a program and begin it, if the person would like to.

    Raises:
        Left: If the person pauses or stops.
    """
    if one.program is None:
        return False
    desk.say(screen.program_page(one.program, desk.talk_look, desk.words))
    if _key(desk, quiet(desk.words("program.key_start")), "b") == "b":
        return False
    start(desk, one.program)
    return True


def agreed_through(desk: Desk, through: Through) -> Session | None:
    """
    Ask for consent and for the gates, those of the session and that of the program.

    Returns:
        As `consent.agreed` does.

    Raises:
        Left: If the person pauses or stops.
    """
    session = agreed(desk, through.session)
    gate = gate_beside(desk, through.program, through.session)
    if session != through.session or gate is None:
        return session
    # A session has room for one gate. This one asks for the other, and for nothing else.
    bare = replace(session, steps=(), content_notes=(), intensity=Intensity.GENTLE, gate=gate)
    instead = agreed(desk, bare)
    return session if instead == bare else instead


def gate_beside(desk: Desk, program: Program, session: Session) -> Gate | None:
    """Give the program's gate if the session, taken through it, has another one in its place."""
    is_covered = program.gate in gates(desk, session) or session.gate is None
    return None if is_covered else program.gate


def restored(desk: Desk, sitting: Sitting, session: Session) -> Session:
    """Give the session of a paused sitting as it was begun: through a program, if it was taken through one."""
    program = desk.library.programs.get(shelf.program_of(desk.journal, sitting.id) or "")
    return taken_through(program, session) if program else session


def say_next(desk: Desk, sitting: Sitting) -> None:
    """After a sitting of a program, say what is next in it, whenever; or that it has come to its end."""
    name = shelf.program_of(desk.journal, sitting.id)
    if name is None or sitting.state not in {State.DONE, State.STOPPED}:
        return
    one = standing_of(desk, name)
    if one.here:
        desk.say(screen.said_next(one, desk.talk_look, desk.words))
    else:
        _at_its_end(desk, one)


def _at_its_end(desk: Desk, one: Standing) -> None:
    if one.run and one.run.state is RunState.RUNNING:
        keep(desk, one.run, RunState.DONE)
        desk.say(screen.said_done(one, desk.talk_look, desk.words))


def _asked(desk: Desk, one: Standing, title: str, *, back: bool) -> str:
    """Show what is next, and read the key that says what becomes of it."""
    keys = _keys(desk, one, back=back)
    letters = "".join(key for key in keys if len(key) == 1)
    page = screen.arrival(one, title, _beside(desk, one), desk.talk_look, desk.words, tuple(keys.values()))
    return _key(desk, page, letters)


def _key(desk: Desk, page: View, letters: str) -> str:
    """Read Enter or one of these letters; grounding and help lines are shown when wished for."""
    while True:
        answer = desk.asker.ask(Question("program", page, key_of(letters), one_key=True, own_keys=letters))
        if not isinstance(answer, Wish):
            return answer
        if answer.value in letters:
            return answer.value
        if answer in {Wish.PAUSE, Wish.STOP}:
            raise Left(answer)
        oblige(desk, answer)


def _keys(desk: Desk, one: Standing, *, back: bool) -> dict[str, str]:
    words, here, again = desk.words, one.here, _once_more_title(desk, one)
    keys = {"": words("program.key_begin")}
    if here and len(here.names) > 1:
        keys["n"] = words("program.key_another")
    if again:
        keys["a"] = words("program.key_before" if here and here.is_new else "program.key_again", title=again)
    keys["s"] = words("program.key_leave_out")
    if back:
        keys["b"] = words("program.key_back")
    return keys | {"not now": words("program.key_not_now")}


def _once_more_title(desk: Desk, one: Standing) -> str:
    if one.program is None or one.run is None or one.here is None:
        return ""
    run = once_more(one.program, one.run, one.here, there(desk))
    return one.program.weeks[run.week].title if run else ""


def _beside(desk: Desk, one: Standing) -> tuple[str, ...]:
    """List the short questions and the questionnaires that go with the week that is next."""
    week, library = one.next_week, desk.library
    if week is None:
        return ()
    items = (library.check_ins[id_] for id_ in week.check_ins if id_ in library.check_ins)
    texts = [item.text for item in items if not desk.hides(item.content_notes)]
    return (*texts, *week.measures)

"""`journal reflect`: choose a session or go on with one, sit through it, and see what was kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from journal_cli.cli import questions, sitting_questions, standings, under_way
from journal_cli.cli.consent import agreed
from journal_cli.cli.desk import Desk
from journal_cli.cli.guide import Guide
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.safekeeping import take_in
from journal_cli.cli.under_way import Through
from journal_cli.errors import Mistyped, NotFound, NothingToDo
from journal_cli.journal.as_json import entry_json, sitting_json
from journal_cli.journal.program import RunState, Standing
from journal_cli.journal.session import Intensity, Session, StepKind
from journal_cli.journal.sitting import Sitting, State
from journal_cli.records import programs
from journal_cli.records import sittings as shelf
from journal_cli.screen import programs as program_screen
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import Question, Wish, key_of

app = leaf()

FIRST_PAGE = "first-page"  # the session that asks what brings somebody here
OFFERED = 3  # sessions at once: enough to choose, few enough to read

SessionName = Annotated[
    str,
    typer.Argument(
        metavar="[SESSION]", help="Its id, or that of a program; `journal prompts list` shows them.", show_default=False
    ),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the sitting that was paused.")]


@app.command()
def reflect(
    ctx: typer.Context, session: SessionName = "", resume: Resume = False, as_json: Json = False, plain: Plain = False
) -> None:
    """
    Sit with a good question for a while.

    Every question can be skipped, and every sitting stopped or paused: a stopped sitting is a finished one.

    From a pipe every question reads the next line, in the order that `journal prompts show SESSION --json` tells;
    `:s` skips, `:q` stops, and a text ends with a line that holds a single full stop.

    The id of a program that is under way takes its next sitting, and is the only thing that counts for it: the same
    session sat through by its own id does not.

      journal reflect
      journal reflect evening-signals
      journal reflect a-kinder-voice
      journal reflect --resume
    """
    desk = at_desk(ctx, plain=plain)
    if session and resume:
        raise Mistyped("--resume goes on with a paused sitting, so it takes no session")
    desk.open()
    take_in(desk)
    try:
        guide = _resumed(desk) if resume else _chosen(desk, session)
        sitting = guide.go() if guide else None
    except Left:
        guide, sitting = None, None
    if guide is None or sitting is None:
        desk.say(desk.words("reflect.not_now"))
    else:
        _say_the_end(desk, guide.session, sitting)
        under_way.say_next(desk, sitting)
    if as_json:
        kept = shelf.entries_of(desk.journal, sitting.id) if sitting else []
        document = {"sitting": sitting_json(sitting) if sitting else None, "entries": [entry_json(one) for one in kept]}
        desk.dump(document)


def _resumed(desk: Desk) -> Guide:
    """
    Go on with the sitting that waits.

    Raises:
        NothingToDo: If none waits.
        NotFound: If the questions of those that wait were taken out of the journal; they wait on.
    """
    waiting = shelf.unfinished(desk.journal)
    if not waiting:
        raise NothingToDo("no sitting is waiting", hint="begin one with `journal reflect`")
    there = _with_questions(desk, waiting)
    if not there:
        hint = "what you wrote stays; `journal prompts add` brings the questions back"
        raise NotFound("the questions of the sitting that waits are not in the journal any more", hint=hint)
    return _again(desk, there[0])


def _with_questions(desk: Desk, waiting: list[Sitting]) -> list[Sitting]:
    """Leave out the sittings whose questions were taken out of the journal."""
    library = desk.library
    return [one for one in waiting if one.session in library.sessions or one.session in library.prompts]


def _again(desk: Desk, sitting: Sitting) -> Guide:
    session = under_way.restored(desk, sitting, desk.library.session(sitting.session))
    desk.say(_welcome_back(desk, sitting.title or session.title))
    return Guide(desk, session, replace(sitting, state=State.OPEN))


def _chosen(desk: Desk, name: str) -> Guide | None:
    """Find the session asked for, or offer some; None if the person would rather not."""
    if not name and not desk.asker.is_person:
        raise Mistyped(
            "from a pipe, reflect needs a session or --resume", hint="`journal prompts list` shows the sessions"
        )
    if not name:
        waiting = _with_questions(desk, shelf.unfinished(desk.journal))
        if waiting and (guide := _offer_waiting(desk, waiting[0])):
            return guide
    chosen = _named(desk, name) if name else _offered(desk)
    return _begun(desk, chosen) if chosen else None


def _named(desk: Desk, name: str) -> Session | Through | None:
    library = desk.library
    if name in library.programs and name not in library.sessions and name not in library.prompts:
        return under_way.named(desk, name)
    return library.session(name)


def _begun(desk: Desk, chosen: Session | Through) -> Guide | None:
    through = chosen if isinstance(chosen, Through) else None
    asked_for = chosen.session if isinstance(chosen, Through) else chosen
    desk.say(screen.heading(asked_for, desk.talk_look, desk.words))
    session = under_way.agreed_through(desk, through) if through else agreed(desk, asked_for)
    if session is None:
        desk.say(desk.words("reflect.not_today"))
        return None
    sitting = Sitting(
        id=desk.new_id(),
        at=desk.now(),
        session=session.id,
        title=session.title,
        pack=session.pack,
        version=session.version,
        language=session.language,
    )
    with desk.journal.changing():
        shelf.begin(desk.journal, sitting)
        if through and session == asked_for:
            programs.take(desk.journal, through.run, sitting.id, sitting.at)
    return Guide(desk, session, sitting)


def _welcome_back(desk: Desk, title: str) -> str:
    return desk.words("reflect.in_the_middle") if desk.discreet else desk.words("reflect.welcome_back", title=title)


def _offer_waiting(desk: Desk, sitting: Sitting) -> Guide | None:
    desk.say(_welcome_back(desk, sitting.title))
    text = desk.words("reflect.resume_offer")
    answer = desk.asker.ask(Question("resume", text, key_of(""), one_key=True))
    if answer is Wish.STOP:
        raise Left(Wish.STOP)
    return None if answer is Wish.ANOTHER else _again(desk, sitting)


def _offered(desk: Desk) -> Session | Through | None:
    """Offer what is next in programs, then a few sessions that were not taken lately; themes are one key away."""
    under = standings.running(desk)[:OFFERED]
    sessions = _least_recent(desk)[:OFFERED]
    rows = [_program_row(desk, one) for one in under] + [(session, _themes(desk, session)) for session in sessions]
    heading, keys = desk.words("reflect.what_tonight"), desk.words("reflect.other_keys")
    view = screen.offer(rows, heading, keys, desk.talk_look, desk.words)

    def read(typed: str) -> int | str:
        if typed.strip().lower() in {"t", "p"}:
            return typed.strip().lower()
        if typed.strip().isdigit() and 1 <= int(typed) <= len(rows):
            return int(typed)
        raise Mistyped("a number from 1 to {most}, please", most=len(rows))

    picked = questions.ask(desk, Question("session", view, read, one_key=True, own_keys="p"))
    if not isinstance(picked, int):
        return {"t": _of_a_theme, "p": _of_a_program}[picked](desk) if picked else None
    if picked > len(under):
        return sessions[picked - len(under) - 1]
    return under_way.offered(desk, under[picked - 1], back=True) or _offered(desk)


def _program_row(desk: Desk, one: Standing) -> tuple[Session, str]:
    """Say what is next in a program as a row among sessions: the program's title, and where it is."""
    through = under_way.next_of(desk, one)
    return replace(through.session, title=one.title), program_screen.at(one, desk.words)


def _of_a_program(desk: Desk) -> Session | Through | None:
    """Let the person choose a program: go on with it, or begin it."""
    there = standings.shown(desk, [one for one in standings.all_standings(desk) if one.program])
    picked = sitting_questions.choose(
        desk,
        "program",
        [program_screen.row(one, desk.words) for one in there],
        desk.words("reflect.theme_keys"),
        empty=None,
    )
    if picked is None:
        return _offered(desk)
    one = there[picked]
    if one.state not in {RunState.RUNNING, RunState.PAUSED}:
        if not under_way.wanted(desk, one):
            return _offered(desk)
        one = standings.standing_of(desk, one.id)
    return under_way.offered(desk, one, back=True) or _offered(desk)


def _of_a_theme(desk: Desk) -> Session | Through | None:
    """Let the person choose a theme, then one of its prompts."""
    library = desk.library
    shown = [prompt for prompt in library.prompts.values() if not desk.hides(prompt.content_notes)]
    themes = [one for one in library.themes.values() if any(prompt.theme == one.id for prompt in shown)]
    picked = sitting_questions.choose(
        desk, "theme", [one.title for one in themes], desk.words("reflect.theme_keys"), empty=None
    )
    if picked is None:
        return _offered(desk)
    prompts = [one for one in shown if one.theme == themes[picked].id]
    texts = [one.text for one in prompts]
    chosen = sitting_questions.choose(desk, "which prompt", texts, desk.words("reflect.theme_keys"), empty=None)
    return _offered(desk) if chosen is None else library.around(prompts[chosen])


def _least_recent(desk: Desk) -> list[Session]:
    """
    Order sessions by when they were last taken, then gentle before steady; deep ones are not suggested.

    The first page comes first, until it was taken.
    """
    last = {one.session: one.at.iso() for one in reversed(shelf.sittings(desk.journal, None, None))}
    sessions = desk.library.sessions.values()
    fitting = [one for one in sessions if one.intensity is not Intensity.DEEP and not desk.hides(one.content_notes)]
    return sorted(fitting, key=lambda one: (last.get(one.id, ""), one.id != FIRST_PAGE, one.intensity))


def _themes(desk: Desk, session: Session) -> str:
    themes = (desk.library.themes.get(id_) for id_ in desk.library.themes_of(session))
    return ", ".join(theme.title for theme in themes if theme)


def _say_the_end(desk: Desk, session: Session, sitting: Sitting) -> None:
    words = desk.words
    if sitting.state is State.PAUSED:
        desk.say(words("reflect.paused"))
        return
    if sitting.state is State.STOPPED:
        desk.say(words("reflect.stopped"))
    desk.say(screen.end_of_sitting(sitting.before, sitting.after, desk.voice, desk.talk_look))
    kept = shelf.entries_of(desk.journal, sitting.id)
    if kept:
        desk.say(words("reflect.read_again", id=kept[0].id[:4]))
    elif _asks_anything(session):
        desk.say(words("reflect.nothing_written"))


def _asks_anything(session: Session) -> bool:
    kinds: Sequence[StepKind] = [step.kind for step in session.steps]
    return StepKind.PROMPT in kinds

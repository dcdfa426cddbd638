"""
Offers around a sitting: a slower way, grounding, a pace, and whether what was just written stays.

They are made to somebody at a terminal. From a pipe none is made, and the answer is "go on, keep".
"""

import contextlib
from collections.abc import Sequence

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.journal.entry import Entry
from journal_cli.journal.pacing import goes_round, is_deep
from journal_cli.journal.session import CONTENT_NOTES, Intensity, Session
from journal_cli.records import sittings, trash
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import Question, Wish, key_of, numbers, one_of
from journal_cli.screen.said import quiet

PLAIN_DAY = "a-plain-day"  # the session offered where something slower may be kinder


def gentler(desk: Desk, said: str) -> Session | None:
    """
    Say something, and offer a plain day instead; going on, grounding, help lines and stopping are a key each.

    Returns:
        The plain day if it was chosen, or None to go on.

    Raises:
        Left: If the person pauses or stops.
    """
    plain_day = desk.library.sessions.get(PLAIN_DAY)
    instead = None if plain_day is None or desk.hides(plain_day.content_notes) else plain_day
    words = desk.words
    keys = words("reflect.ways_gentler", title=instead.title) if instead else words("reflect.ways")
    view = screen.ways(said, keys, desk.talk_look)
    while True:
        answer = desk.asker.ask(Question("way", view, key_of(""), one_key=True))
        if answer is Wish.ANOTHER and instead:
            desk.say(screen.heading(instead, desk.talk_look, words))
            return instead
        if answer in {Wish.PAUSE, Wish.STOP}:
            raise Left(Wish(answer))
        if not isinstance(answer, Wish) or answer is Wish.SKIP:
            return None
        questions.oblige(desk, answer)


def only_gentle_today(desk: Desk, session: Session) -> Session | None:
    """
    Offer a plain day where a second deep sitting begins on one day, or where it went round twice running.

    Returns:
        The plain day if it was chosen, or None to go on.

    Raises:
        Left: If the person pauses or stops.
    """
    if not desk.asker.is_person or session.intensity is Intensity.GENTLE:
        return None
    if session.intensity is Intensity.DEEP and _was_deep_today(desk):
        return gentler(desk, desk.words("reflect.deep_today"))
    if went_round(desk, session):
        return gentler(desk, desk.words("reflect.round_lately"))
    return None


def _was_deep_today(desk: Desk) -> bool:
    """Tell whether something was written in a deep sitting today; one that was left at once does not count."""
    today = desk.now().day
    deep = (one for one in sittings.sittings(desk.journal, today, today) if is_deep(one, desk.library))
    return any(sittings.entries_of(desk.journal, one.id) for one in deep)


def went_round(desk: Desk, session: Session) -> bool:
    """Tell whether the last answers about this session or its themes were "going round", twice running."""
    lately = sittings.sittings(desk.journal, None, None)
    return goes_round(lately, session, desk.library, desk.now().day)


def at_hand(desk: Desk) -> None:
    """Say that grounding and people to talk to are a key away; nothing is asked."""
    desk.say(screen.aside(desk.words("reflect.at_hand"), desk.talk_look))


def after_round(desk: Desk, session: Session) -> None:
    """Say that a plain page or grounding can be enough; twice running, grounding is a key away."""
    again = went_round(desk, session)
    said = desk.words("reflect.felt_round_again" if again else "reflect.felt_round")
    if again and desk.asker.is_person:
        _with_company(desk, said, desk.words("reflect.ways_on"))
    else:
        desk.say(said)


def after_too_much(desk: Desk) -> None:
    """Thank for saying so; grounding comes first, and help lines are a key away. Nothing more is asked."""
    words = desk.words
    if not desk.asker.is_person:
        desk.say(words("reflect.felt_much"))
        return
    if _with_company(desk, words("reflect.felt_much_here"), words("reflect.ways_ground")):
        questions.oblige(desk, Wish.GROUND)
        if desk.asker.pause(quiet(words("reflect.help_here"))) is Wish.HELP:
            questions.oblige(desk, Wish.HELP)


def _with_company(desk: Desk, said: str, keys: str) -> bool:
    """Say something with grounding and help lines a key away; False if it was skipped or left."""
    view = screen.ways(said, keys, desk.talk_look)
    with contextlib.suppress(Left):
        return questions.ask(desk, Question("way", view, key_of(""), one_key=True)) is not None
    return False


def before_leaving(desk: Desk, written: Sequence[Entry], *, grounding: bool) -> None:
    """
    Ask once, after a stop, whether what was written stays; after a deep sitting grounding is offered with it.

    Args:
        desk: Where to ask.
        written: What was not asked about yet.
        grounding: True if grounding is to be offered.
    """
    if not desk.asker.is_person or not (written or grounding):
        return
    words = desk.words
    if not written:
        _with_company(desk, words("reflect.leave_deep"), words("reflect.ways_out"))
        return
    with contextlib.suppress(Left):
        keep(desk, written, words("reflect.keep_grounding" if grounding else "reflect.keep"))


def keep(desk: Desk, written: Sequence[Entry], question: str = "") -> None:
    """
    Offer to put what was written in the trash; nothing written, nothing offered.

    Raises:
        Left: If the person pauses or stops; it is kept.
    """
    if not written:
        return
    words = desk.words
    view = screen.aside(question or words("reflect.keep"), desk.talk_look, "")
    if questions.ask(desk, Question("keep", view, key_of("d"), one_key=True)) == "d":
        trash.delete(desk.journal, [entry.id for entry in written], desk.now())
        desk.say(words("reflect.put_away"))


def pace(desk: Desk) -> None:
    """Offer to choose how far prompts may go without asking, and content notes not to meet."""
    words = desk.words
    paces = [words(f"reflect.pace_{intensity.word}") for intensity in Intensity]
    view = screen.choices(paces, words("reflect.pace"), desk.talk_look)
    picked = questions.ask(desk, Question("pace", view, one_of(len(paces)), one_key=True))
    if picked:
        desk.set("intensity", Intensity(picked).word)
    notes = [words(f"reflect.notes.{note}") for note in CONTENT_NOTES]
    view = screen.choices(notes, words("reflect.hide"), desk.talk_look)
    hidden = questions.ask(desk, Question("hidden notes", view, numbers(len(notes))))
    if hidden:
        desk.set("hidden-notes", ",".join(CONTENT_NOTES[number - 1] for number in hidden))

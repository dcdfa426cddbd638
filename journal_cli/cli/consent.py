"""Before a sitting begins: what it touches is said, and consent and its gates are asked for."""

from journal_cli.cli import offers, questions
from journal_cli.cli.desk import Desk
from journal_cli.journal.session import Gate, Intensity, Session, StepKind
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import yes_no


def agreed(desk: Desk, session: Session) -> Session | None:
    """
    Say what a session touches, and ask for consent and for its gates.

    Returns:
        The session to begin: this one, or a gentler one that was chosen instead; None if
        the person would rather not begin.

    Raises:
        Left: If the person pauses or stops.
    """
    words, look = desk.words, desk.talk_look
    if session.content_notes:
        desk.say(screen.content_notes(session.content_notes, look, words))
    if instead := offers.only_gentle_today(desk, session):
        return instead
    if needs_consent(desk, session):
        text = words(f"reflect.consent_{session.intensity.word}")
        if questions.ask(desk, yes_no("consent", text)) == "n":
            return None
    for gate in gates(desk, session):
        if instead := _at(desk, gate):
            return instead
    return session


def needs_consent(desk: Desk, session: Session) -> bool:
    """Deep asks each time; steady asks unless the setting lets prompts go that far."""
    allowed = Intensity[desk.settings.get("intensity", "gentle").upper()]
    return session.intensity is Intensity.DEEP or session.intensity > allowed


def gates(desk: Desk, session: Session) -> tuple[Gate, ...]:
    """List the gates of a session and its prompts, once each, in a fixed order."""
    ids = (id_ for step in session.steps if step.kind is StepKind.PROMPT for id_ in step.use)
    prompts = (desk.library.prompts[id_] for id_ in ids if id_ in desk.library.prompts)
    there = {session.gate, *(prompt.gate for prompt in prompts)}
    return tuple(gate for gate in Gate if gate in there)


def _at(desk: Desk, gate: Gate) -> Session | None:
    """Ask at a gate; give the gentler session that was chosen instead, or None to go on."""
    words = desk.words
    answer = questions.ask(desk, yes_no(gate.value, words(f"reflect.gate_{gate.value}")))
    if answer not in {"y", "?"}:
        return None
    said = words(f"reflect.after_{gate.value}")
    if desk.asker.is_person:
        return offers.gentler(desk, said)
    desk.say(said)  # from a pipe, no other question is asked
    return None

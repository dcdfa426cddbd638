"""
Pacing: when something slower is offered, by what was asked and answered, never by what was written.

- A mood before that is very unpleasant: in a study of 57 students, those in high distress at the start felt worse
  after one sitting of disclosure (PMC2932956), so something gentle is offered first.
- Going round twice running: after a separation, people who searched for meaning did worse with expressive writing
  than with plain pages about the day (PMC4297672), so a plain page is offered.
- One deep sitting a day is what is suggested; this is our own judgement.

All of it is offered, none of it holds anybody back.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from journal_cli.journal.library import Library
from journal_cli.journal.mood import Mood
from journal_cli.journal.session import Intensity, Session
from journal_cli.journal.sitting import Sitting

VERY_UNPLEASANT = -3
"""
The mood before at which something gentle is offered: the first of the seven keys.

It is the one key that is called "very unpleasant" on the screen, so the person has said it in these words. A limit
above it would be a guess about somebody's evening.
"""

ROUND = "round"
RUNNING = 2  # times running that it went round, before something else is offered
LATELY = timedelta(days=28)  # a month-old circle is not held up to anybody


def is_very_unpleasant(mood: Mood | None) -> bool:
    """Tell whether the person said that it is very unpleasant now."""
    return mood is not None and mood.pleasant is not None and mood.pleasant <= VERY_UNPLEASANT


def goes_round(sittings: Iterable[Sitting], session: Session, library: Library, today: date) -> bool:
    """
    Tell whether the last answers about a session or its themes were "going round", twice running.

    Args:
        sittings: Newest first; those that were not asked how it was say nothing either way.
        session: What is begun, or was gone through.
        library: To know the themes of the sittings.
        today: The writer's own day; what is over four weeks old is let be.
    """
    themes = set(library.themes_of(session))
    answers = [
        one.felt
        for one in sittings
        if one.felt
        and today - one.at.day <= LATELY
        and (one.session == session.id or themes.intersection(_themes(library, one.session)))
    ]
    return answers[:RUNNING] == [ROUND] * RUNNING


def is_deep(sitting: Sitting, library: Library) -> bool:
    """Tell whether a sitting went through a deep session, or a deep prompt alone."""
    thing = library.sessions.get(sitting.session) or library.prompts.get(sitting.session)
    return thing is not None and thing.intensity is Intensity.DEEP


def _themes(library: Library, name: str) -> tuple[str, ...]:
    if name in library.sessions:
        return library.themes_of(library.sessions[name])
    alone = library.prompts.get(name)
    return (alone.theme,) if alone and alone.theme else ()

"""The screens that transcripts are kept of, each with an invented autumn, and how a transcript is written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from rich.console import RenderableType
from window import THEMES, at, lines, show

from journal_cli.insight.left_off import LeftOff
from journal_cli.insight.measures import Change, Line, change
from journal_cli.insight.moods import MoodFindings, mood_findings
from journal_cli.insight.practice import Measured, Practice
from journal_cli.insight.progress import InProgram, ProgressFindings, progress_findings
from journal_cli.journal.entry import Entry, Kind
from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.journal.kept_moment import KeptMoment, MomentKind
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.program import Program, Run, Week, standing
from journal_cli.journal.questionnaire import Result
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally, ThemeTally
from journal_cli.packs import shelf
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.screen.goals import goals_page
from journal_cli.screen.limits import limits_page, story_page
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.measures import Known, Outcome, bands, measures_page, outcome
from journal_cli.screen.moods import mood_calendar, mood_page
from journal_cli.screen.progress import numbers_page, progress_page

SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 24)
# One form after another in each file; what is not ours to translate stays as it is in Polish.
FORMS = {
    "80 columns": Look(80),
    "40 columns": Look(40),
    "120 columns": Look(120),
    "plain": Look(80, plain=True, colour=False),
    "NO_COLOR, what is emphasised between ‹ ›": Look(80, colour=False),
    "ASCII": Look(80, ascii=True),
    "ASCII, plain": Look(80, plain=True, colour=False, ascii=True),
}
IN_POLISH = ("80 columns", "plain")
EMPHASIS = re.compile(r"\x1b\[([0-9;]*)m")

Screen = Callable[[Voice, Look], RenderableType | None]


@cache
def voice(language: str) -> Voice:
    topics = ("look_back", "calendar", "program", "reflect", "limit", "goal", "measure")
    return Voice(shelf.words(language, *topics), shelf.feelings(language), THEMES)


def _autumn(last: date = TODAY, *, sat: int = 4) -> MoodFindings:
    told = []
    for number in range(41):
        day = SINCE + timedelta(days=number * 2)
        if date(2026, 9, 14) <= day <= date(2026, 9, 21) or day > last:
            continue
        pleasant, energy = (number * 5) % 7 - 3, (number * 3) % 5 - 2
        mood = Mood(pleasant, energy, words=(("tense", "tired", "calm")[number % 3],))
        if number % 10 == 9:
            mood = Mood(None, None, cant_tell=True, words=("numb",))
        told.append(CheckIn("c0000000", at(f"{day} {8 if number % 2 else 20:02}:15"), mood))
    return mood_findings(told, _sat(sat), 33, SINCE, TODAY)


def _sat(count: int) -> list[Sitting]:
    titles = ("Answering the critic", "A letter in a kinder voice", "Rehearsing one sentence", "Evening signals")
    moves = (
        (Mood(-1, 1), Mood(0, 0)),
        (Mood(0, 0), Mood(-1, 0)),
        (Mood(-1, 2), Mood(1, None, cant_tell=True)),
        (Mood(2, 0), None),
    )
    return [
        Sitting(
            f"s{number:07}",
            at(f"{TODAY - timedelta(days=1 + 5 * number)} 21:00"),
            "evening",
            titles[number % 4],
            State.DONE if moves[number % 4][1] else State.PAUSED,
            *moves[number % 4],
        )
        for number in range(count)
    ]


def _limits() -> tuple[LimitStory, ...]:
    limit = Limit("m3k2n1aa", "I can come on Sunday, and I leave at four.", at("2026-10-01 12:00"))
    hows = (How.KEPT, How.PARTLY, How.KEPT, How.CROSSED)
    notes = [
        LimitNote(f"n{number}", limit.id, at(f"2026-10-{number * 6:02} 18:00"), how, By.OTHER if number == 4 else None)
        for number, how in enumerate(hows, 1)
    ]
    notes[2] = replace(notes[2], line="I said it once and put my coat on.")
    resting = Limit("p9q8r7bb", "No talk about money at the table.", at("2026-08-02 12:00"), resting=True)
    return LimitStory(limit, tuple(notes)), LimitStory(resting)


def _goals() -> tuple[RatedGoal, ...]:
    goal = Goal("g3k2n1aa", "Say no without a long explanation", at("2026-10-01 12:00"))
    other = Goal("h3k2n1aa", "Sleep before midnight", at("2026-10-01 12:00"))
    ratings = [Rating(f"r{n}", goal.id, at(f"2026-{day} 12:00"), n) for n, day in ((2, "10-27"), (5, "11-23"))]
    return RatedGoal(goal, tuple(ratings)), RatedGoal(other)


def _results() -> tuple[Result, Result]:
    known = ("phq-9", "1.0.0", "en")
    now = Result("q1aaaaaa", *known, at("2026-11-20 19:00"), (1,) * 9, 9.0)
    return now, Result("q2aaaaaa", *known, at("2026-10-23 19:00"), (2, 2, 2, 2, 1, 1, 1, 1, 1), 13.0)


def _progress() -> ProgressFindings:
    weeks = (Week("First", sessions=("letter",)), Week("Second", sessions=("letter",)))
    program = Program("small", "Trust, rebuilt small", weeks, "trust")
    run = Run("r0000000", "small", program.title, at("2026-10-01 12:00"), "trust")
    moods = [CheckIn("c", at(f"2026-09-0{n} 08:15"), Mood(-1, 1, words=("tense", "tired"))) for n in (1, 2, 3)]
    starred = Entry("m0va4444", at("2026-11-22 19:40"), Kind.FREE, 212, opening="I leave at four.", starred=True)
    days = (SINCE, date(2026, 11, 2), date(2026, 11, 11))
    themes = (
        ThemeTally("trust-self", 6, 3, at("2026-11-24 21:08")),
        ThemeTally("boundaries", 5, 2, at("2026-11-20 21:08")),
    )
    paused = [Sitting("s0000000", at("2026-11-02 21:00"), "letter", "An unsent letter", State.PAUSED)]
    found = progress_findings(Tally(43, days, themes), paused, moods, [starred], SINCE, TODAY)
    results = _results()
    wobble = questionnaires("en")["phq-9"].wobble
    changed = change(results, wobble)
    assert changed is Change.WITHIN
    practice = Practice(
        limits=_limits()[:1],
        goals=_goals()[:1],
        measures=(Measured(Line("phq-9", results), "PHQ-9", changed, wobble.points if wobble else None),),
        moments=(
            KeptMoment(MomentKind.TRUST, at("2026-11-03 12:00"), "e1", "She called when she said she would."),
            KeptMoment(
                MomentKind.KINDNESS, at("2026-11-02 12:00"), "e2", "Not enough again.", "Two of three is a lot."
            ),
        ),
    )
    programs = (InProgram(standing(program, run, (), {"letter": "An unsent letter"}), 3),)
    left = (LeftOff(found.paused[0].sitting, 2, "Where did the signal sit?"),)
    return replace(found, practice=practice, programs=programs, paused=left)


def _known(language: str) -> list[Known]:
    facts = questionnaires(language)
    return [Known(facts[id_], _results()[0].at if id_ == "phq-9" else None) for id_ in ("phq-9", "gad-7", "rses")]


def _outcome(said: Voice, look: Look) -> RenderableType:
    facts = questionnaires(said.words.language)["phq-9"]
    now, earlier = _results()
    return outcome(Outcome(facts, now, earlier, Change.WITHIN), TODAY, look, said.words)


def _bands(said: Voice, look: Look) -> RenderableType:
    return bands(questionnaires(said.words.language)["phq-9"], look, said.words, _results()[0])


SCREENS: dict[str, Screen] = {
    "mood": lambda said, look: mood_page(_autumn(), said, look),
    "mood-of-many-sittings": lambda said, look: mood_page(_autumn(sat=12), said, look),
    "mood-of-a-few-days": lambda said, look: mood_page(_autumn(date(2026, 9, 6), sat=0), said, look),
    "mood-of-nothing": lambda said, look: mood_page(mood_findings([], [], 0, SINCE, TODAY), said, look),
    "mood-calendar": lambda said, look: mood_calendar(_autumn(), said, look),
    "progress": lambda said, look: progress_page(_progress(), said, look),
    "progress-numbers": lambda said, look: numbers_page(_progress(), said, look),
    "limit-list": lambda said, look: limits_page(_limits(), TODAY, look, said.words),
    "limit-show": lambda said, look: story_page(_limits()[0], TODAY, look, said.words),
    "goal-list": lambda said, look: goals_page(_goals(), TODAY, look, said.words),
    "measure-list": lambda said, look: measures_page(_known(said.words.language), TODAY, look, said.words),
    "measure-outcome": _outcome,
    "measure-bands": _bands,
}


def transcript(screen: Screen, language: str) -> str:
    """Write a screen down in every form, each under its name."""
    return "\n".join(_forms(screen, language))


def _forms(screen: Screen, language: str) -> Iterator[str]:
    for name, look in FORMS.items():
        if language == "en" or name in IN_POLISH:
            page = screen(voice(language), look)
            assert page is not None
            shown = "\n".join(lines(page, look))
            if "NO_COLOR" in name:
                shown = EMPHASIS.sub(lambda code: "›" if code[1] in {"", "0"} else "‹", show(page, look)).rstrip("\n")
            yield f"== {name}\n\n{shown}\n"

"""Limits, goals and answered questionnaires for the tests of shares, and a document with something of everything."""

from datetime import UTC, date, datetime
from typing import Any

from leaving import FEELINGS, SINCE, UNTIL, period, sat, spoken, told, whole

from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Band, Item, Questionnaire, Result, Scoring, Wobble
from journal_cli.share.compose import Period, compose
from journal_cli.share.document import Document
from journal_cli.share.plan import BLOCKS, Plan

PHQ_CODES = (
    "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
)  # fmt: skip
PHQ = Questionnaire(
    "phq-9",
    "PHQ-9",
    "1.0.0",
    "low mood",
    "two weeks",
    tuple(Item(f"about {number}", 0, 3, loinc=code) for number, code in enumerate(PHQ_CODES, 1)),
    "Kroenke 2001",
    bands=tuple(
        Band(least, most, label, "Kroenke 2001")
        for least, most, label in ((0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 27, "severe"))
    ),
    wobble=Wobble(5, "Löwe 2004"),
    loinc="44249-1",
    loinc_total="44261-6",
)
MEAN = Questionnaire(
    "brs", "BRS", "1.0.0", "bouncing back", "now", tuple(Item(f"b{n}", 1, 5) for n in range(3)), "S", Scoring.MEAN
)
FACTS = {one.id: one for one in (PHQ, MEAN)}


def moment(day: date, hour: int = 20) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), "UTC", 0)


def result(id_: str, day: date, answers: tuple[int | None, ...], of: Questionnaire = PHQ, **more: Any) -> Result:
    more = {"version": of.version, "language": "en", "coding": of.coding, "total": of.total(answers)} | more
    return Result(id_, of.id, at=moment(day), answers=answers, **more)


def story(text: str, *hows: How, line: str = "") -> LimitStory:
    limit = Limit("limit000", text, moment(SINCE))
    notes = tuple(LimitNote(f"note{n}", limit.id, moment(SINCE), how, By.OTHER, line) for n, how in enumerate(hows))
    return LimitStory(limit, notes)


def goal(text: str, *ratings: tuple[date, int]) -> RatedGoal:
    one = Goal("goal0000", text, moment(SINCE))
    return RatedGoal(one, tuple(Rating(f"r{n}", one.id, moment(day), value) for n, (day, value) in enumerate(ratings)))


def full(**more: Any) -> Period:
    """A period with something of everything."""
    wholes = more.pop(
        "wholes", (whole(title="Sunday", question="What did you say?", follow_ups=[("And then?", "No.")]),)
    )
    there = period(wholes, [sat("ssssssss", before=-1, after=1)], [told(SINCE, -2, 0, "tense"), told(UNTIL, 2, 1)])
    practised = {
        "limits": (story("I leave at four.", How.KEPT, How.KEPT, How.CROSSED),),
        "goals": (goal("Say no plainly.", (SINCE, 2), (UNTIL, 5)),),
        "results": (
            result("res00001", date(2026, 10, 23), (2, 2, 2, 2, 1, 1, 1, 1, 1)),
            result("res00002", date(2026, 11, 20), (1, 1, 2, 1, 1, 1, 1, 1, 0)),
            result("res00003", date(2026, 11, 21), (3, 4, 3), MEAN),
        ),
        "facts": FACTS,
    } | more
    return Period(there.since, there.until, there.entries, there.sittings, there.mood, **practised)


def all_of_it(language: str = "en", **plan: Any) -> Document:
    """A document with every block in it."""
    chosen = {"talk_about": ("The call.",), "blocks": BLOCKS, "entries": ("7k2m9qxa",)} | plan
    wholes = (whole(title="Sunday", question="What did you say?", follow_ups=[("And then?", "No.")]),)
    return compose(Plan("md", **chosen), wholes, full(wholes=wholes), spoken(language), FEELINGS)

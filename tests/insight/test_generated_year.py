"""
A generated year in a real journal: every number that `mood` and `progress` print, counted again from what happened.

The counting here knows nothing of the program: it goes by the clock on the wall and by definition.
"""

import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from raw_year import Thing, year

from journal_cli.journal.entry import Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.program import Run, RunState
from journal_cli.journal.questionnaire import Result
from journal_cli.journal.sitting import Sitting, State
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import entries, goals, limits, measures, moments, moods, programs, sittings, trash
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import unlock

Json = dict[str, Any]

HAPPENED = year()
LATER = moment(datetime(2026, 11, 24, 19, 59, 30, tzinfo=UTC), "Europe/Warsaw")
KINDER = "What would a kinder voice say?"
PERIODS = {
    "the year": (date(2025, 11, 25), date(2026, 11, 24)),
    "clocks go forward in New York": (date(2026, 3, 8), date(2026, 3, 8)),
    "both go forward, with a flight between": (date(2026, 3, 4), date(2026, 3, 30)),
    "clocks go back in Warsaw": (date(2026, 10, 25), date(2026, 10, 25)),
    "both go back, with a flight between": (date(2026, 10, 20), date(2026, 11, 10)),
    "a gap": (date(2026, 1, 12), date(2026, 1, 30)),
    "over the end of a year": (date(2025, 12, 20), date(2026, 1, 8)),
    "more than there is": (date(2020, 1, 1), date(2026, 11, 24)),
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RUN_HERE, RUN_GONE = "two-weeks-of-small-trusts", "a-program-that-left"


# What happened goes into the journal as the program keeps it.


def as_moment(wall: datetime) -> Moment:
    return moment(wall, wall.tzinfo.key)


def as_mood(told: Thing | None) -> Mood | None:
    return None if told is None else Mood(**{**told, "words": tuple(told["words"])})


def as_entry(one: Thing) -> Entry:
    known = {key: one[key] for key in ("id", "theme", "sitting", "starred", "private")}
    return Entry(**known, written_at=as_moment(one["at"]), kind=Kind(one["kind"]), word_count=6, opening=one["text"])


def lived(db: Database) -> None:
    """Put the year into a journal, things in no order, and delete what was deleted."""
    kinder = {one["entry"]["id"]: one["kinder"] for one in HAPPENED["moments"]}
    for one in HAPPENED["check_ins"]:
        moods.add_check_in(db, CheckIn(one["id"], as_moment(one["at"]), as_mood(one["mood"]) or Mood()))
    for one in HAPPENED["sittings"]:
        before, after = as_mood(one["before"]), as_mood(one["after"])
        known = (one["id"], as_moment(one["at"]), one["session"], one["title"], State(one["state"]))
        sittings.begin(db, Sitting(*known, before, after))
    for one in HAPPENED["entries"]:
        answer = kinder.get(one["id"])
        follow_ups = (FollowUp(KINDER, answer),) if answer else ()
        entries.add(db, WholeEntry(as_entry(one), one["text"], follow_ups))
    for one in HAPPENED["moments"]:
        question = KINDER if one["kinder"] else None
        moments.keep(db, one["entry"]["id"], MomentKind(one["kind"]), question, as_moment(one["entry"]["at"]))
    _practise(db)
    _go_through_programs(db)
    parts = [part for one in HAPPENED["limits"] for part in one["notes"]]
    parts += [part for one in HAPPENED["goals"] for part in one["ratings"]]
    wholes = [one for things in HAPPENED.values() for one in things if "entry" not in one]
    gone = [one["id"] for one in (*parts, *wholes) if not one["kept"]]
    trash.delete(db, gone, LATER)


def _practise(db: Database) -> None:
    facts = questionnaires("en")
    for one in HAPPENED["limits"]:
        limits.add(db, Limit(one["id"], one["text"], as_moment(one["at"])))
        for part in one["notes"]:
            limits.add_note(db, LimitNote(part["id"], one["id"], as_moment(part["at"]), How(part["how"])), LATER)
    for one in HAPPENED["goals"]:
        goals.add(db, Goal(one["id"], one["text"], as_moment(one["at"])))
        told = [Rating(part["id"], one["id"], as_moment(part["at"]), part["value"]) for part in one["ratings"]]
        goals.rate(db, told, LATER)
    for one in HAPPENED["results"]:
        fact, answers = facts[one["name"]], tuple(one["answers"])
        known = (one["id"], fact.id, fact.version, one["language"], as_moment(one["at"]), answers)
        measures.add(db, Result(*known, total=fact.total(answers), coding=fact.coding))


def in_turn() -> list[Thing]:
    return sorted(HAPPENED["sittings"], key=lambda one: one["at"])


def through_here() -> list[Thing]:
    """Two sittings that were kept and one that was deleted, taken through a program that is there."""
    kept = [one for one in in_turn() if one["kept"]][10:12]
    return [*kept, next(one for one in in_turn() if not one["kept"])]


def through_gone() -> list[Thing]:
    return [one for one in in_turn() if one["kept"]][30:35]


def _go_through_programs(db: Database) -> None:
    here = Run("runhere0", RUN_HERE, "Two weeks", as_moment(through_here()[0]["at"]))
    gone = Run("rungone0", RUN_GONE, "Left", as_moment(through_gone()[0]["at"]), state=RunState.STOPPED, week=2)
    for run, sat in ((here, through_here()), (gone, through_gone())):
        programs.start(db, run)
        for one in sat:
            programs.take(db, run, one["id"], as_moment(one["at"]))


@pytest.fixture
def lived_in(no_journal: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A copy of a journal that holds the year, made once a run."""
    made = tmp_path_factory.getbasetemp() / "the-generated-year"
    if not made.exists():
        no_journal("init")
        unlocked = unlock(no_journal.folder, no_journal.passphrase, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
        with unlocked.open(STEP_COUNT, load_steps, memory_security=False) as db, db.changing():
            lived(db)
        shutil.copytree(no_journal.folder, made)
    else:
        shutil.copytree(made, no_journal.folder)
    return no_journal


# The counting.


def middle(values: Iterable[float]) -> float:
    """The median by definition."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def inside(things: Iterable[Thing], since: date, until: date) -> list[Thing]:
    """What was not deleted and lies in a period by the clock on the wall, newest first."""
    there = [one for one in things if one.get("kept", True) and since <= one["at"].date() <= until]
    return sorted(there, key=lambda one: one["at"].astimezone(UTC), reverse=True)


def says_something(mood: Thing | None) -> bool:
    silent = {"pleasant": None, "energy": None, "cant_tell": False, "words": []}
    return mood not in (None, silent)


def told_in(since: date, until: date) -> list[tuple[datetime, Thing]]:
    """Check-ins, and moods before a sitting that were told."""
    told = [(one["at"], one["mood"]) for one in inside(HAPPENED["check_ins"], since, until)]
    sat = inside(HAPPENED["sittings"], since, until)
    return told + [(one["at"], one["before"]) for one in sat if says_something(one["before"])]


def spread(numbers: list[int]) -> Json | None:
    return {"low": min(numbers), "median": middle(numbers), "high": max(numbers)} if numbers else None


def numbers_of(moods: Iterable[Thing], scale: str) -> list[int]:
    return [mood[scale] for mood in moods if mood[scale] is not None]


def counted_weeks(since: date, until: date, first_weekday: int) -> list[Json]:
    starts = []
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        while day.weekday() != first_weekday:
            day -= timedelta(days=1)
        if day not in starts:
            starts.append(day)
    told = told_in(since, until)
    weeks = []
    for start in reversed(starts):
        there = [mood for at, mood in told if start <= at.date() < start + timedelta(days=7)]
        scales = {scale: spread(numbers_of(there, scale)) for scale in ("pleasant", "energy")}
        weeks.append({"start": start.isoformat(), "n": len(there), **scales})
    return weeks


def counted_cells(told: list[tuple[datetime, Thing]], key: str, names: Iterable[str], of: Callable[[datetime], Any]):
    """The cells with eight numbers or more, in the order of their names."""
    cells = []
    for place, name in enumerate(names):
        numbers = numbers_of((mood for at, mood in told if of(at) == place), "pleasant")
        if len(numbers) >= 8:
            cells.append({key: name, "n": len(numbers), "median": middle(numbers)})
    return cells


def counted_sittings(since: date, until: date) -> list[Json]:
    keys = ("id", "session", "title", "state", "before", "after")
    return [
        {"at": one["at"].isoformat(timespec="seconds"), **{key: one[key] for key in keys}}
        for one in inside(HAPPENED["sittings"], since, until)
    ]


def counted_mood(since: date, until: date, first_weekday: int) -> Json:
    told = told_in(since, until)
    words = Counter(word for _, mood in told for word in mood["words"])
    order = [*range(first_weekday, 7), *range(first_weekday)]
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "days": len({since + timedelta(days=number) for number in range((until - since).days + 1)}),
        "days_with_entries": len({one["at"].date() for one in inside(HAPPENED["entries"], since, until)}),
        "checkins": len(inside(HAPPENED["check_ins"], since, until)),
        "cant_tell": len([mood for _, mood in told if mood["cant_tell"]]),
        "weeks": counted_weeks(since, until, first_weekday),
        "words": [
            {"word": word, "n": words[word]} for word in sorted(words, key=lambda word: (-words[word], word.casefold()))
        ],
        "sittings": counted_sittings(since, until),
        "times": counted_cells(
            told, "time", ("night", "morning", "afternoon", "evening"), lambda at: (at.hour * 60 + at.minute) // 360
        ),
        "weekdays": counted_cells(
            told, "weekday", (WEEKDAYS[day] for day in order), lambda at: order.index(at.date().weekday())
        ),
        "imported": [],
    }


def counted_themes(written: list[Thing]) -> list[Json]:
    themes = []
    for theme in {one["theme"] for one in written} - {None}:
        there = [one for one in written if one["theme"] == theme]
        sat = {one["sitting"] for one in there} - {None}
        last = there[0]["at"].isoformat(timespec="seconds")
        themes.append({"theme": theme, "entries": len(there), "sittings": len(sat), "last_at": last})
    return sorted(themes, key=lambda one: (-one["entries"], one["theme"]))


def counted_programs(since: date, until: date) -> list[Json]:
    """The latest started first: one stopped in its third week, one under way that has come to its second."""
    packs = tomllib.loads((Path(__file__).parents[2] / "prompts/en/small-trusts.toml").read_text("utf-8"))
    weeks = next(one["week"] for one in packs["program"] if one["id"] == RUN_HERE)
    assert weeks[0]["sittings"] == 2 == len(weeks)
    sat = {one["id"] for one in inside(HAPPENED["sittings"], since, until)}
    here, gone = (len({one["id"] for one in taken} & sat) for taken in (through_here(), through_gone()))
    found = [{"program": RUN_GONE, "week": 3, "weeks": 3, "sittings": gone}] if gone else []
    if here or through_here()[0]["at"].date() <= until:
        found.append({"program": RUN_HERE, "week": 2, "weeks": len(weeks), "sittings": here})
    return found


def counted_own(things: list[Thing], parts: str, since: date, until: date) -> list[tuple[Thing, list[Thing]]]:
    """Limits or goals that were put down or practised in a period, newest first, with what there was of it."""
    every = sorted((one for one in things if one["kept"]), key=lambda one: one["at"].astimezone(UTC), reverse=True)
    found = [(one, inside(one[parts], since, until)) for one in every]
    return [(one, there) for one, there in found if there or since <= one["at"].date() <= until]


def total_by_hand(name: str, answers: list[int | None]) -> float | None:
    """As the publications say: PHQ-9 a sum, WHO-5 a sum times four, RSES a sum with five items counted from the end."""
    if None in answers:
        return None
    if name == "rses":
        return sum(3 - answer if number in {3, 5, 8, 9, 10} else answer for number, answer in enumerate(answers, 1))
    return sum(answers) * (4 if name == "who-5" else 1)


def counted_measures(since: date, until: date) -> list[Json]:
    lines: dict[tuple[str, str], list[Json]] = {}
    for one in inside(HAPPENED["results"], since, until):
        result = {
            "at": one["at"].isoformat(timespec="seconds"),
            "total": total_by_hand(one["name"], one["answers"]),
            "answered": len([answer for answer in one["answers"] if answer is not None]),
            "items": one["answers"],
        }
        lines.setdefault((one["name"], one["language"]), []).append(result)
    coding = {"rses": "0-3"}
    return [
        {"name": name, "version": "1.0.0", "coding": coding.get(name, ""), "language": language, "results": results}
        for (name, language), results in lines.items()
    ]


def counted_moments(since: date, until: date) -> list[Json]:
    by_entry = {one["entry"]["id"]: one for one in HAPPENED["moments"]}
    return [
        {
            "kind": by_entry[one["id"]]["kind"],
            "at": one["at"].isoformat(timespec="seconds"),
            "text": one["text"],
            "entry": one["id"],
            "kinder": by_entry[one["id"]]["kinder"],
        }
        for one in inside(HAPPENED["entries"], since, until)
        if one["id"] in by_entry
    ]


def counted_progress(since: date, until: date) -> Json:
    written = inside(HAPPENED["entries"], since, until)
    hows = ("kept", "partly", "crossed")
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "entries": len(written),
        "days_with_entries": len({one["at"].date() for one in written}),
        "themes": counted_themes(written),
        "sittings": counted_sittings(since, until),
        "programs": counted_programs(since, until),
        "limits": [
            {"id": one["id"], "text": one["text"], **{how: len([n for n in there if n["how"] == how]) for how in hows}}
            for one, there in counted_own(HAPPENED["limits"], "notes", since, until)
        ],
        "goals": [
            {
                "id": one["id"],
                "text": one["text"],
                "ratings": [{"at": n["at"].isoformat(timespec="seconds"), "value": n["value"]} for n in there],
            }
            for one, there in counted_own(HAPPENED["goals"], "ratings", since, until)
        ],
        "measures": counted_measures(since, until),
        "moments": counted_moments(since, until),
    }


@pytest.mark.parametrize("since, until", PERIODS.values(), ids=PERIODS)
@pytest.mark.parametrize("first_weekday", [0, 6], ids=["monday", "sunday"])
def test_every_number_of_mood_is_what_happened(lived_in: Any, since: date, until: date, first_weekday: int) -> None:
    lived_in("settings", "week-starts", WEEKDAYS[first_weekday])

    printed = lived_in("mood", "--since", str(since), "--until", str(until), "--json").json

    counted = counted_mood(since, until, first_weekday)
    assert printed.keys() == counted.keys()
    for key, value in counted.items():
        assert printed[key] == value, key


@pytest.mark.parametrize("since, until", PERIODS.values(), ids=PERIODS)
def test_every_number_of_progress_is_what_happened(lived_in: Any, since: date, until: date) -> None:
    printed = lived_in("progress", "--since", str(since), "--until", str(until), "--json").json

    counted = counted_progress(since, until)
    assert printed.keys() == counted.keys()
    for key, value in counted.items():
        assert printed[key] == value, key


def test_the_year_has_all_that_could_be_counted_wrongly() -> None:
    """Otherwise the tests above could hold of a year in which nothing happened."""
    since, until = PERIODS["the year"]
    mood, progress = counted_mood(since, until, 0), counted_progress(since, until)
    ats = [one["at"] for one in HAPPENED["check_ins"]]

    assert {at.utcoffset() for at in ats} == {timedelta(hours=hours) for hours in (-5, -4, 1, 2)}
    assert any(at.date() != at.astimezone(UTC).date() for at in ats)
    assert any(at.time() == datetime.min.time() for at in ats)
    assert any(at.fold for at in ats)
    assert any(not week["n"] for week in mood["weeks"])
    assert len(mood["times"]) == 4
    assert mood["cant_tell"] > 8
    for key in ("themes", "sittings", "programs", "limits", "goals", "measures", "moments"):
        assert len(progress[key]) > 1, key
    assert len({line["language"] for line in progress["measures"]}) == 2
    assert any(result["total"] is None for line in progress["measures"] for result in line["results"])
    assert all(any(limit[how] for limit in progress["limits"]) for how in ("kept", "partly", "crossed"))
    assert all(any(not one["kept"] for one in HAPPENED[key]) for key in HAPPENED.keys() - {"moments"})
    assert not counted_progress(*PERIODS["a gap"])["entries"]

"""
Invented weeks for `journal demo`: a TOML file of texts and moods becomes the journal of somebody who does not exist.

A file places things by week and weekday, so that its Sundays are Sundays whenever it is
read. Week 1 is the one before this, Monday to Sunday; what is placed by `ago` counts
days back from today. Ids come from the keys in the file and are the same every time.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone
from hashlib import sha256
from typing import Any

from journal_cli.errors import NotFound, NotWhatItSays
from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.journal.ids import short_id
from journal_cli.journal.library import Library
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory
from journal_cli.journal.moment import NO_ZONE, Moment, fixed_moment, moment, week_start
from journal_cli.journal.mood import CheckIn, Mood, mood_of
from journal_cli.journal.session import Prompt, Session
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.text import count_words, decoded, opening, people, tags

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ANSWER_MINUTES = 5  # between one answer of a sitting and the next

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoWeeks:
    """
    A journal that was invented, and what the demo does with it.

    Args:
        entries: Oldest first.
        check_ins: Oldest first.
        sittings: Oldest first.
        limits: Limits, with the times they were practised.
        goals: Goals, with how close they felt.
        talk_about: Lines for the top of a share.
        chosen: Ids of the entries chosen for it.
        aliases: What each name becomes in it; a name that is inflected has a line for each form.
        question: Id of the prompt the demo offers.
        answer: Lines that stand for an answer where nobody is there to give one.
    """

    entries: tuple[WholeEntry, ...] = field(repr=False)
    check_ins: tuple[CheckIn, ...] = field(repr=False)
    sittings: tuple[Sitting, ...] = field(repr=False)
    limits: tuple[LimitStory, ...] = field(repr=False)
    goals: tuple[RatedGoal, ...] = field(repr=False)
    talk_about: tuple[str, ...]
    chosen: tuple[str, ...]
    aliases: Mapping[str, str]
    question: str
    answer: tuple[str, ...]


def demo_weeks(raw: bytes, name: str, today: Moment, library: Library) -> DemoWeeks:
    """
    Build the invented weeks before a day.

    Args:
        raw: A file of invented weeks.
        name: What to call the file in a refusal.
        today: The present moment; everything lies on days before it.
        library: Where titles and questions come from.

    Raises:
        NotWhatItSays: If the file is not a file of invented weeks.
        NotFound: If the library has no such session or prompt.
    """
    try:
        return _weeks(tomllib.loads(decoded(raw)), _Telling(today, library))
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise NotWhatItSays("{file} is not a file of invented weeks", file=name) from broken


@dataclass(frozen=True, slots=True)
class _Telling:
    """The moment it is told at, and the library it is told with."""

    today: Moment
    library: Library


def _weeks(file: Row, telling: _Telling) -> DemoWeeks:
    checked_in = [_check_in(row, telling) for row in file["check_ins"]]
    sat = [_sitting(row, telling) for row in file["sitting"]]
    entries = [_written(row, _at(row, telling.today), Kind.FREE) for row in file["entry"]]
    entries += [note for _, notes in checked_in for note in notes]
    entries += [answer for _, answers in sat for answer in answers]
    share, question = file["share"], file["question"]
    return DemoWeeks(
        entries=tuple(sorted(entries, key=lambda whole: whole.entry.written_at.at)),
        check_ins=tuple(sorted((check_in for check_in, _ in checked_in), key=lambda check_in: check_in.at.at)),
        sittings=tuple(sorted((sitting for sitting, _ in sat), key=lambda sitting: sitting.at.at)),
        limits=tuple(_limit(row, telling.today) for row in file["limit"]),
        goals=tuple(_goal(row, telling.today) for row in file["goal"]),
        talk_about=tuple(share["talk_about"]),
        chosen=tuple(_id(key) for key in share["entries"]),
        aliases=dict(share["aliases"]),
        question=_prompt(question["prompt"], telling.library).id,
        answer=tuple(question["answer"]),
    )


def _check_in(row: Row, telling: _Telling) -> tuple[CheckIn, list[WholeEntry]]:
    at, mood, note = _at(row, telling.today), _mood(row), row.get("note")
    check_in = CheckIn(
        id=_id(f"check-in {row.get('week', 0)} {row.get('day', '')} {row['time']}"),
        at=at,
        mood=mood,
        items=tuple(row.get("items", {}).items()),
        note=_id(note["key"]) if note else None,
    )
    if not note:
        return check_in, []
    whole = _written(note, at, Kind.NOTE)
    return check_in, [replace(whole, entry=replace(whole.entry, mood=mood))]


def _sitting(row: Row, telling: _Telling) -> tuple[Sitting, list[WholeEntry]]:
    session, paused = telling.library.session(row["session"]), row.get("paused_at", "")
    sitting = Sitting(
        id=_id(row["key"]),
        at=_at(row, telling.today),
        session=session.id,
        title=session.title,
        state=State.PAUSED if paused else State.DONE,
        before=_mood(row["before"]),
        after=None if paused else _mood(row["after"]),
        step=_step(session, paused) if paused else len(session.steps),
        prompt=paused,
        pack=session.pack,
        version=session.version,
        language=session.language,
        felt=row.get("felt"),
    )
    return sitting, [
        _answer(answer, session, sitting.id, _at(row, telling.today, number * ANSWER_MINUTES), telling.library)
        for number, answer in enumerate(row["answer"], start=1)
    ]


def _answer(row: Row, session: Session, sitting: str, at: Moment, library: Library) -> WholeEntry:
    prompt = _prompt(row["prompt"], library)
    _step(session, prompt.id)
    further = zip(prompt.follow_ups, row.get("follow_ups", ()), strict=False)
    follow_ups = tuple(FollowUp(question, said) for question, said in further if said)
    whole = _written(row, at, Kind.ANSWER, follow_ups)
    entry = replace(
        whole.entry,
        theme=prompt.theme,
        session=session.id,
        session_title=session.title,
        sitting=sitting,
        asked=Asked(prompt.pack, prompt.version, prompt.language, prompt.id, prompt.text),
    )
    return replace(whole, entry=entry)


def _limit(row: Row, today: Moment) -> LimitStory:
    limit = Limit(_id(row["key"]), row["text"], _at(row, today))
    notes = (
        LimitNote(
            id=_id(f"{row['key']} {number}"),
            limit=limit.id,
            at=_at(time_with, today),
            how=How(time_with["how"]),
            by=By(time_with["by"]) if "by" in time_with else None,
            line=time_with.get("line", ""),
        )
        for number, time_with in enumerate(row["times"])
    )
    return LimitStory(limit, tuple(notes))


def _goal(row: Row, today: Moment) -> RatedGoal:
    goal = Goal(_id(row["key"]), row["text"], _at(row, today))
    ratings = (
        Rating(_id(f"{row['key']} {number}"), goal.id, _at(rated, today), rated["value"])
        for number, rated in enumerate(row["ratings"])
    )
    return RatedGoal(goal, tuple(ratings))


def _prompt(name: str, library: Library) -> Prompt:
    if name not in library.prompts:
        raise NotFound("no prompt is called {name}", name=name)
    return library.prompts[name]


def _step(session: Session, prompt: str) -> int:
    """Find the step of a session that asks a prompt, from 0."""
    for number, step in enumerate(session.steps):
        if prompt in step.use:
            return number
    raise NotFound("the session {session} has no prompt {name}", session=session.id, name=prompt)


def _at(row: Row, today: Moment, minutes: int = 0) -> Moment:
    if "ago" in row:
        day = today.day - timedelta(days=row["ago"])
    else:
        day = week_start(today.day) - timedelta(weeks=row["week"]) + timedelta(days=WEEKDAYS.index(row["day"]))
    return _placed(datetime.combine(day, time.fromisoformat(row["time"])) + timedelta(minutes=minutes), today)


def _placed(wall: datetime, today: Moment) -> Moment:
    """Find when the clocks of today's zone showed a time, without minding the hours when clocks are moved."""
    offset = today.offset
    if today.zone != NO_ZONE:
        # Today's offset is an hour out at most, and nothing here is told in the hours when clocks are moved.
        offset = moment(wall.replace(tzinfo=timezone(timedelta(minutes=offset))), today.zone).offset
    return fixed_moment(wall, offset, today.zone)


def _written(row: Row, at: Moment, kind: Kind, follow_ups: tuple[FollowUp, ...] = ()) -> WholeEntry:
    body = row["text"].strip()
    parts = (body, *(one.answer for one in follow_ups))
    entry = Entry(
        id=_id(row["key"]),
        written_at=at,
        kind=kind,
        word_count=sum(count_words(part) for part in parts),
        title=row.get("title"),
        opening=opening(body),
        tags=tags("\n".join(parts)),
        people=people("\n".join(parts)),
        private=row.get("private", False),
        starred=row.get("starred", False),
        changed_at=at,
    )
    return WholeEntry(entry, body, follow_ups)


def _mood(row: Row) -> Mood:
    pleasant, energy = row["mood"]
    return mood_of(pleasant, energy, row.get("words", ()))


def _id(key: str) -> str:
    return short_id(sha256(f"demo {key}".encode()).digest())

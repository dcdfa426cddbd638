"""Values as columns and back: times, moods, short lists."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import Mood

MoodColumns = tuple[float | None, int | None, int | None, str | None]

NO_MOOD: MoodColumns = (None, None, None, None)


def point(at: datetime) -> str:
    """Write a point in time so that text sorts as time does: UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def when(moment: Moment) -> tuple[str, str, int, str]:
    """Spread a moment over four columns: point, zone, minutes east, the writer's own day."""
    return point(moment.at), moment.zone, moment.offset, moment.day.isoformat()


def moment_from(at: str, zone: str, offset: int) -> Moment:
    """Put a moment together again."""
    return Moment(datetime.fromisoformat(at), zone, offset)


def stamp(moment: Moment) -> str:
    """Write a moment in one column; the point stands first, so it sorts too."""
    return f"{point(moment.at)} {moment.offset} {moment.zone}"


def stamped(text: str) -> Moment:
    """Read a moment of one column."""
    at, offset, zone = text.split(" ", 2)
    return moment_from(at, zone, int(offset))


def stamped_or_none(text: str | None) -> Moment | None:
    """Read a moment of one column, if there is one."""
    return None if text is None else stamped(text)


def between(since: date | None, until: date | None, column: str) -> tuple[list[str], list[str]]:
    """
    Ask for the writer's own days from `since` to `until`, inclusive, None leaving an end open.

    A day begins up to a day earlier or later than it does in UTC. The points are therefore asked
    for a day wider, which an index can answer, and the days themselves exactly.

    Args:
        since: First day.
        until: Last day.
        column: The column that holds the point; the day stands in `day` of the same table.

    Returns:
        Conditions to join with AND, and their parameters.
    """
    table = column.rpartition(".")[0]
    day = f"{table}.day" if table else "day"
    conditions: list[str] = []
    params: list[str] = []
    if since is not None:
        conditions += [f"{column} >= ?", f"{day} >= ?"]
        params += [_moved(since, -1).isoformat(), since.isoformat()]
    if until is not None:
        conditions += [f"{column} < ?", f"{day} <= ?"]
        params += [_moved(until, 2).isoformat(), until.isoformat()]
    return conditions, params


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def mood_columns(mood: Mood | None) -> MoodColumns:
    """Spread a mood over four columns; no mood is four times nothing."""
    if mood is None:
        return NO_MOOD
    return mood.pleasant, mood.energy, int(mood.cant_tell), words_text(mood.words)


def mood_from(columns: Iterable[Any]) -> Mood | None:
    """Put a mood together again."""
    pleasant, energy, cant_tell, words = columns
    return None if cant_tell is None else Mood(pleasant, energy, bool(cant_tell), words_from(words))


def words_text(words: Iterable[str]) -> str:
    """Write a short list of words in one column."""
    return json.dumps(list(words), ensure_ascii=False)


def words_from(text: str) -> tuple[str, ...]:
    """Read a short list of words."""
    return () if text == "[]" else tuple(json.loads(text))

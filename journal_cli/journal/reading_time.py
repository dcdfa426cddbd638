"""
Days and times as people write them, in English and in Polish, always both.

Small letters or capitals, with or without Polish accents, with any number of spaces.
Nothing is guessed: what could mean two things, or cannot be, is refused with the
reading that was tried. The present moment comes in as an argument.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time

from journal_cli.errors import Mistyped
from journal_cli.journal.moment import NO_ZONE, Moment, fixed_moment, local_moment
from journal_cli.journal.reading_clock import Clock, split_clock
from journal_cli.journal.reading_days import ISO_DAY, Reading, moved, read_days
from journal_cli.journal.reading_refusals import EXAMPLES, asked_for, not_one_day, unreadable

LONGEST = 100  # characters; nobody needs more to say when
NOON = time(12)


def read_moment(text: str, now: Moment) -> Moment:
    """
    Read one point in time that has been.

    `today` alone is this very time of day; any other day alone is its noon. A time of day alone is
    today's. `monday 14:30` is the most recent one gone by; `monday` may be today, `last monday` never is.
    A time written with its offset keeps that offset.

    Args:
        text: Such as `yesterday 21:00` or `3 dni temu`.
        now: The present moment of the person who wrote it.

    Raises:
        Mistyped: If it cannot be read, can be read in two ways, or is still to come.
    """
    reading, clock = _read(text, now, 0)
    asked = asked_for(text, now, 0)
    if reading.first != reading.last:
        raise not_one_day(asked, reading.first, reading.last)
    found = reading.at or _on_the_wall(reading.first, clock, now)
    if found.at > now.at:
        raise Mistyped(
            "{text} was read as {moment}, and that is still to come",
            hint="an entry can be written for now or for a time gone by; " + EXAMPLES,
            text=asked.text,
            moment=found.iso(),
        )
    return found


def read_since(text: str, now: Moment, *, week_starts: int = 0) -> date:
    """Read the first day of a period; the arguments and refusals are those of `read_period`."""
    return read_period(text, now, week_starts=week_starts)[0]


def read_until(text: str, now: Moment, *, week_starts: int = 0) -> date:
    """Read the last day of a period; the arguments and refusals are those of `read_period`."""
    return read_period(text, now, week_starts=week_starts)[1]


def read_period(text: str, now: Moment, *, week_starts: int = 0) -> tuple[date, date]:
    """
    Read a period as its first and last day, both in it.

    Anything `read_moment` reads is a period of one day. A bare month or a day without a
    year is the most recent one that has begun. `this week` runs to its end.

    Args:
        text: Such as `march`, `2026-03`, `last week` or `w zeszłym tygodniu`.
        now: The present moment of the person who wrote it.
        week_starts: The weekday that weeks begin on, 0 for Monday to 6 for Sunday.

    Raises:
        Mistyped: If it cannot be read, or can be read in two ways.
    """
    reading, _ = _read(text, now, week_starts)
    return reading.first, reading.last


def _read(text: str, now: Moment, week_starts: int) -> tuple[Reading, Clock | None]:
    asked = asked_for(text, now, week_starts)
    if len(text.strip()) > LONGEST:
        raise unreadable(asked)
    words = _plain(text)
    if not words:
        raise Mistyped("an empty answer names no time", hint=EXAMPLES)
    if re.search(r"\b(next|nastepn\w*|przyszl\w*)\b", words):
        raise Mistyped(
            "{text} was read as a day still to come, and it could mean more than one", hint=EXAMPLES, text=asked.text
        )
    day_words, clock = split_clock(words, asked)
    reading = read_days(day_words, asked)
    if clock is None:
        return reading, None
    if reading.at is not None or (clock.offset is not None and not ISO_DAY.fullmatch(day_words)):
        raise unreadable(asked)
    if reading.first != reading.last:
        raise not_one_day(asked, reading.first, reading.last)
    if reading.weekly and reading.first == now.day and clock.time > now.local.time():
        gone_by = moved(reading.first, asked, days=-7)
        reading = replace(reading, first=gone_by, last=gone_by)
    return reading, clock


def _plain(text: str) -> str:
    """Small letters without accents, one space between words."""
    spelt = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l")
    bare = "".join(sign for sign in spelt if not unicodedata.combining(sign))
    return " ".join(bare.replace(",", " ").replace("a.m.", "am").replace("p.m.", "pm").split())


def _on_the_wall(day: date, clock: Clock | None, now: Moment) -> Moment:
    if clock is None and day == now.day:
        return now
    wall = datetime.combine(day, clock.time if clock else NOON)
    if clock and clock.offset is not None:
        return fixed_moment(wall, clock.offset, now.zone)
    return fixed_moment(wall, now.offset) if now.zone == NO_ZONE else local_moment(wall, now.zone)

"""The time of day at the end of what someone wrote: `21:00`, `o 21`, `9:15 pm`, `09:30+01:00`."""

import re
from dataclasses import dataclass
from datetime import time

from journal_cli.errors import Mistyped
from journal_cli.journal.reading_refusals import EXAMPLES, Asked, two_readings


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with the minutes east of UTC when they were written too."""

    time: time
    offset: int | None


_CLOCK = re.compile(
    r"(?:(?P<day>.+?)(?: |(?<=[0-9])t(?=[0-9])))??"
    r"(?P<at>(?:at|o|o godz\.?|o godzinie|godz\.?) )?"
    r"(?P<hour>[0-9]{1,2})"
    r"(?:(?P<dot>[:.])(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?)?"
    r"(?: ?(?P<half>[ap]m))?"
    r"(?: ?(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)


def split_clock(words: str, asked: Asked) -> tuple[str, Clock | None]:
    """
    Part the words for the day from the time of day; a day left unsaid is today.

    Raises:
        Mistyped: If there can be no such time of day, or if it could be morning or evening.
    """
    found = _CLOCK.fullmatch(words)
    if not found or not (found["minute"] or found["at"] or found["half"]):
        return words, None
    if found["dot"] == "." and not (found["day"] or found["at"] or found["half"]):
        return words, None  # 1.03 alone is as likely a day
    tried = words[found.start("hour") : max(found.end(part) for part in ("hour", "minute", "second", "part", "half"))]
    return found["day"] or "today", Clock(_time(found, tried, asked), _offset(found["offset"], asked))


def _time(found: re.Match[str], tried: str, asked: Asked) -> time:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            raise Mistyped(
                "cannot read {text} as a time: {tried} was read as a time of day, and am and pm count from 1 to 12",
                hint=EXAMPLES,
                text=asked.text,
                tried=tried,
            )
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    elif not found["minute"] and 1 <= hour <= 12:
        one, other = f"{hour % 12:02}:00", f"{hour % 12 + 12:02}:00"
        raise two_readings(asked, one, other)
    if hour > 23 or minute > 59 or second > 59:
        raise Mistyped(
            "cannot read {text} as a time: {tried} was read as a time of day, and a day goes from 00:00 to 23:59",
            hint=EXAMPLES,
            text=asked.text,
            tried=tried,
        )
    return time(hour, minute, second, int((found["part"] or "").ljust(6, "0")))


def _offset(written: str | None, asked: Asked) -> int | None:
    """Minutes east of UTC."""
    if written is None or written == "z":
        return None if written is None else 0
    hours, minutes = int(written[1:3]), int(written[3:].removeprefix(":") or 0)
    if hours > 23 or minutes > 59:
        raise Mistyped(
            "cannot read {text} as a time: {tried} was read as an offset from UTC, and those are shorter than a day",
            hint=EXAMPLES,
            text=asked.text,
            tried=written,
        )
    return (hours * 60 + minutes) * (-1 if written[0] == "-" else 1)

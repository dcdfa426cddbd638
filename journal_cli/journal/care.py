"""Lines to call in a hard hour: what is known of each, since when, and in which order they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

EMERGENCY = "emergency"
KINDS = (EMERGENCY, "crisis", "abuse", "sexual-violence", "children")
"""What lines are for, in the order they are listed."""

STANDARD = "standard number"
BY = ("official page", "third-party page", STANDARD)
"""How a number was checked: on the line's or a government's page, on a page of others, or it is an emergency number."""

WAYS = ("call", "text", "whatsapp")
FIRST_KINDS = (EMERGENCY, "crisis", "abuse")  # what the first screen shows, the first line of each
ALSO = {"UK": "GB", "USA": "US"}  # what people write for countries whose two letters are others


# Each row is one thing: rows are never compared, and a class that cannot compare them is made in half the time.
@dataclass(frozen=True, slots=True, eq=False)
class HelpLine:
    """
    A line to call or to write to.

    Args:
        country: Two letters of ISO 3166, such as `PL`.
        kind: One of `KINDS`.
        name: The line's own name, in its own language.
        number: As it is dialled, with spaces for reading; a comma between two that reach the same line.
        about: Who it is for, in a few words, by language.
        ways: How it is reached, of `WAYS`.
        say: The word to text to it; "" if any will do.
        hours: `24/7`, or `9-24` for every day between these hours; "" if they could not be checked.
        cost: `free` or `normal`; "" if it could not be checked.
        trace: `not on the bill`; "" if nothing is known of it.
        languages: How many it speaks; 0 if nobody counted.
        url: The line's own page; "" if none was seen.
        checked: The day its row was last compared with a page.
        by: One of `BY`.
        source: The page it was compared with.
        page_year: The year of that page, where it is known and tells.
    """

    country: str
    kind: str
    name: str
    number: str
    about: Mapping[str, str]
    ways: tuple[str, ...]
    say: str
    hours: str
    cost: str
    trace: str
    languages: int
    url: str
    checked: date
    by: str
    source: str
    page_year: int | None = None


def countries(lines: Iterable[HelpLine]) -> tuple[str, ...]:
    """List the countries there are lines for, in the order of the lines."""
    return tuple(dict.fromkeys(line.country for line in lines))


def country_named(text: str, names: Mapping[str, str]) -> str:
    """
    Find the country somebody means.

    Args:
        text: Two letters, or its name, or how that begins, in any case.
        names: The name of each country there is, by its two letters.

    Returns:
        Its two letters; empty if there is none, or more than one.
    """
    typed = " ".join(text.split())
    letters = ALSO.get(typed.upper(), typed.upper())
    if letters in names:
        return letters
    found = [country for country, name in names.items() if typed and name.casefold().startswith(typed.casefold())]
    return found[0] if len(found) == 1 else ""


def first_lines(lines: Sequence[HelpLine], country: str) -> tuple[HelpLine, ...]:
    """Give what one glance needs: the emergency number, one line for a crisis, one for abuse."""
    of_country = [line for line in lines if line.country == country]
    firsts = (next((line for line in of_country if line.kind == kind), None) for kind in FIRST_KINDS)
    return tuple(line for line in firsts if line)


def more_lines(lines: Sequence[HelpLine], country: str) -> tuple[HelpLine, ...]:
    """Give the other lines of a country, by kind and else in the order of the lines."""
    shown = first_lines(lines, country)
    rest = [line for line in lines if line.country == country and line not in shown]
    return tuple(sorted(rest, key=lambda line: KINDS.index(line.kind)))


def may_have_changed(line: HelpLine, today: date) -> bool:
    """Tell whether a line was checked more than twelve months ago."""
    year_ago = (today.year - 1, today.month, today.day)
    return (line.checked.year, line.checked.month, line.checked.day) < year_ago


def has_line_for(lines: Iterable[HelpLine], country: str, kind: str) -> bool:
    """Tell whether a country has a line of this kind."""
    return any(line.country == country and line.kind == kind for line in lines)


def checked_since(lines: Iterable[HelpLine]) -> date | None:
    """Give the day on which all of these had been checked no longer ago: the oldest of their days."""
    return min((line.checked for line in lines), default=None)

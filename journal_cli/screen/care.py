"""The page for a hard hour: plain lines, so that it opens at once and reads aloud well."""

import os
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from journal_cli.errors import Mistyped
from journal_cli.journal.care import (
    HelpLine,
    country_named,
    first_lines,
    has_line_for,
    may_have_changed,
    more_lines,
)
from journal_cli.journal.words import Words

EVERYWHERE = "all"
NARROWEST, WIDEST = 20, 80  # columns
HELD = "\u00a0"  # a space that no line breaks at


def help_page(
    lines: Sequence[HelpLine], country: str, words: Words, today: date, *, more: bool = False, checks: bool = False
) -> list[str]:
    """
    Write the help lines of a country, the emergency number first.

    Args:
        lines: All lines there are.
        country: Two letters; empty for every country.
        words: The words of the page.
        today: To say which may have changed.
        more: Every line of the country rather than the first of each kind.
        checks: Below each line when and how it was checked.
    """
    chosen = [country] if country else in_order({line.country for line in lines}, words)
    page = [words("care.first_line")]
    shown: list[HelpLine] = []
    for one in chosen:
        page += ["", words(f"care.countries.{one}")]
        there = [*first_lines(lines, one), *(more_lines(lines, one) if more else ())]
        for line in there:
            page += [_row(line, words), *([_check(line, words, today)] if checks else ())]
        if not has_line_for(lines, one, "abuse"):
            page.append(f"  {words('care.no_abuse_line')}")
        shown += there
    if not more and country:
        further = [words("care.more", country=country)] if more_lines(lines, country) else []
        page += ["", *further, words("care.change_country")]
    return [*page, "", *_about(shown, words, today, checks=checks)]


def in_order(countries: Iterable[str], words: Words) -> list[str]:
    """Put countries in the order somebody looks for them: by their names, as this language sorts them."""
    offered = list(words.under("care.countries"))
    return sorted(countries, key=offered.index)


def country_menu(countries: Sequence[str], words: Words) -> list[str]:
    """Write the countries to choose from."""
    rows = [f"{number:4}  {words(f'care.countries.{country}')}" for number, country in enumerate(countries, 1)]
    return [words("care.which_country"), *rows, f"      {words('care.other_country')}"]


def which_country(names: Mapping[str, str]) -> Callable[[str], str]:
    """
    Read the answer to the menu: a number of it, two letters, or a name; an empty one is every country.

    Args:
        names: The names of the menu in its order, by two letters.

    Returns:
        What reads it, to two letters or to nothing for all; it raises Mistyped where there is no such country.
    """

    def read(text: str) -> str:
        typed = text.strip()
        if typed.lower() in {"", EVERYWHERE}:
            return ""
        if typed.isascii() and typed.isdigit() and len(typed) < 3 and 1 <= int(typed) <= len(names):
            return list(names)[int(typed) - 1]
        if found := country_named(typed, names):
            return found
        raise Mistyped("there are no lines for that here yet: findahelpline.com knows more countries")

    return read


def folded(page: Iterable[str]) -> list[str]:
    """Fold lines at words to the width of the terminal; what goes on is indented, and a command stays whole."""
    width = max(min(_columns(), WIDEST), NARROWEST)
    rows: list[str] = []
    for line in page:
        if len(line) <= width:  # most lines, and folding is the dearest part of the page
            rows.append(line)
            continue
        said, gap, command = line.partition(":  ")
        if gap:
            rows += [*textwrap.wrap(f"{said}:", width), f"  {command}"]
            continue
        indent = "      " if line.startswith("  ") else ""
        rows += textwrap.wrap(_held(line), width, subsequent_indent=indent, break_on_hyphens=False)
    return [row.replace(HELD, " ") for row in rows]


def _held(line: str) -> str:
    """Hold numbers together: they are dialled as they stand on one line."""
    return re.sub(r"(?<=[\d)]) (?=\d)", HELD, line)


def _columns() -> int:
    """Give the width of the terminal; shutil knows it too, and costs as much as the page."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return WIDEST


def _row(line: HelpLine, words: Words) -> str:
    """Write one line of the list: what it is for, the number, when, what it costs."""
    about = line.about.get(words.language) or line.about["en"]
    known = (("hours", line.hours), ("costs", line.cost), ("traces", line.trace))
    facts = [words(f"care.{topic}.{fact}") for topic, fact in known if fact]
    if line.languages:
        facts.append(words.count("care.languages", line.languages))
    return f"  {about}: {_reached(line, words)}" + (f" ({', '.join(facts)})" if facts else "")


def _reached(line: HelpLine, words: Words) -> str:
    """Write the number, and how it is reached if not by a call alone."""
    number = f" {words('care.or')} ".join(line.number.split(", "))
    if line.ways == ("call", "text"):
        return words("care.by_call_or_text", number=number)
    if line.ways == ("whatsapp",):
        return words("care.by_whatsapp", number=number)
    if line.ways == ("text",):
        return words("care.by_text_word" if line.say else "care.by_text", number=number, word=line.say)
    return number


def _check(line: HelpLine, words: Words, today: date) -> str:
    """Say when and how a line was checked, and if that was long ago."""
    source = ", ".join(str(fact) for fact in (line.source, line.page_year) if fact)
    said = words(f"care.by.{line.by}", day=words.day(line.checked, year=True)) + (f" ({source})" if source else "")
    return f"    {said}" + (f"; {words('care.old')}" if may_have_changed(line, today) else "")


def _about(shown: Sequence[HelpLine], words: Words, today: date, *, checks: bool) -> list[str]:
    """Say when the numbers were checked and how, and what calling leaves behind."""
    oldest = min(line.checked for line in shown)
    rows = [words("care.not_called") if checks else words("care.checked", day=words.day(oldest, year=True))]
    if any(may_have_changed(line, today) for line in shown):
        rows.append(words("care.may_have_changed"))
    return [*rows, words("care.safer_phone"), words("care.not_recorded")]

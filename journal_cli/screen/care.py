"""The page for a hard hour: plain lines, so that it opens at once and reads aloud well."""

import os
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from journal_cli.journal.care import HelpLine, first_lines, may_have_changed, more_lines
from journal_cli.journal.words import Words

WIDEST = 80  # columns


def help_page(lines: Sequence[HelpLine], country: str, words: Words, today: date, *, more: bool = False) -> list[str]:
    """
    Write the help lines of a country, the emergency number first.

    Args:
        lines: All lines there are.
        country: Two letters; empty for every country.
        words: The words of the page.
        today: To say which may have changed.
        more: Every line of the country rather than the first of each kind.
    """
    chosen = [country] if country else list(dict.fromkeys(line.country for line in lines))
    page = [words("care.first_line")]
    shown: list[HelpLine] = []
    for one in chosen:
        page.append("")
        page.append(words(f"care.countries.{one}"))
        there = [*first_lines(lines, one), *(more_lines(lines, one) if more else ())]
        page += [_row(line, words) for line in there]
        shown += there
    if not more and country and more_lines(lines, country):
        page += ["", words("care.more", country=country)]
    return [*page, "", *_about(shown, words, today)]


def country_menu(countries: Sequence[str], words: Words) -> list[str]:
    """Write the countries to choose from."""
    rows = [f"  {number}  {words(f'care.countries.{country}')}" for number, country in enumerate(countries, 1)]
    return [words("care.which_country"), *rows]


def folded(page: Iterable[str]) -> list[str]:
    """Fold lines at words to the width of the terminal; what goes on is indented."""
    width = min(_columns(), WIDEST)
    rows: list[str] = []
    for line in page:
        indent = "      " if line.startswith("  ") else ""
        rows += textwrap.wrap(line, max(width, 20), subsequent_indent=indent, drop_whitespace=True) or [""]
    return rows


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
    facts = [words(f"care.hours.{line.hours}") if words.has(f"care.hours.{line.hours}") else line.hours]
    facts.append(words(f"care.costs.{line.cost}") if words.has(f"care.costs.{line.cost}") else line.cost)
    told = ", ".join(fact for fact in facts if fact)
    return f"  {about}: {line.number}" + (f" ({told})" if told else "")


def _about(shown: Sequence[HelpLine], words: Words, today: date) -> list[str]:
    """Say when the numbers were checked and how, and what calling leaves behind."""
    oldest = min(line.checked for line in shown)
    rows = [words("care.checked", day=words.day(oldest, year=True))]
    if any(may_have_changed(line, today) for line in shown):
        rows.append(words("care.may_have_changed"))
    return [*rows, words("care.not_recorded")]

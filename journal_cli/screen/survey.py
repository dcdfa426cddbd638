"""What a file of another notebook holds: told before anything comes in, and after; and a bar while it does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from journal_cli.journal.survey import Survey
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.consoles import console
from journal_cli.screen.look import Look
from journal_cli.screen.theme import ours

NOTED = ("clock", "file_date", "half", "label", "time")  # kept, though not as it was: these are told in a sentence each


def foretold(survey: Survey, zone: str, words: Words, look: Look) -> RenderableType:
    """
    Say what would come in and what would not, in sentences.

    Args:
        survey: What was found.
        zone: The zone that times without one are read in; "" where every time tells its own.
        words: Our sentences.
        look: How wide the window is.
    """
    lines = [words(f"arrivals.in_{form}", file=visible_line(name)) for name, form in survey.files]
    if survey.found:
        lines += [_holds(survey, words), *_coming(survey, words)]
    else:
        lines.append(words("arrivals.holds_nothing"))
    lines += _here_already(survey, words)
    lines += _told_of(survey, words)
    if zone and survey.found:
        lines.append(words("arrivals.zone", zone=zone))
    lines.append(words("arrivals.as_it_was"))
    return Group(*(ours(line, look) for line in lines))


def told(survey: Survey, imported: int, words: Words, look: Look) -> RenderableType:
    """Say what came in, and what did not."""
    lines = [words.count("arrivals.came", imported)] if imported else []
    if not imported:
        lines.append(words("arrivals.nothing_new" if survey.found else "arrivals.holds_nothing"))
    lines += _here_already(survey, words)
    lines += _told_of(survey, words)
    if imported:
        lines.append(words("arrivals.how_back"))
    return Group(*(ours(line, look) for line in lines))


def _holds(survey: Survey, words: Words) -> str:
    found = words.count("arrivals.entries", survey.found)
    if survey.first is None or survey.last is None:
        return words("arrivals.holds", entries=found)
    first, last = (words.day(day, year=True) for day in (survey.first, survey.last))
    key = "holds_day" if first == last else "holds_days"
    return words(f"arrivals.{key}", entries=found, first=first, last=last)


def _coming(survey: Survey, words: Words) -> Iterator[str]:
    """Say what becomes of what there is to an entry."""
    yield words("arrivals.text_and_time")
    for name in ("titles", "tagged", "stars", "moods"):
        if number := getattr(survey, name):
            yield words.count(f"arrivals.{name}", number)
    if survey.undated:
        yield words.count("arrivals.undated", survey.undated)


def _here_already(survey: Survey, words: Words) -> Iterator[str]:
    for name in ("known", "twice"):
        if number := getattr(survey, name):
            yield words.count(f"arrivals.{name}", number)


def _told_of(survey: Survey, words: Words) -> Iterator[str]:
    """Say what is kept in another way, and what has no place here."""
    for name in NOTED:
        if number := survey.dropped.get(name):
            yield words.count(f"arrivals.noted.{name}", number)
    left = [_left(name, n, words) for name, n in survey.dropped.items() if name not in NOTED]
    if left:
        yield words("arrivals.left", what=", ".join(left))
    elif survey.found:
        yield words("arrivals.nothing_left")


def _left(name: str, number: int, words: Words) -> str:
    key = f"arrivals.left_out.{name}"
    return words.count(key, number) if key in words.plurals else f"{visible_line(name)} ({number})"


@contextmanager
def bar(text: str, total: int | None, *, plain: bool) -> Iterator[Callable[[], None]]:
    """
    Show how far something is, on stderr, until it is done.

    Args:
        text: What is being done.
        total: How many there are; None if nobody knows.
        plain: No bar; the text is said once.

    Yields:
        What is called when one more is done.
    """
    talk = console(stderr=True, plain=plain)
    if plain:
        talk.print(text)
        yield lambda: None
        return
    drawn = BarColumn(24, style="quiet", complete_style="accent", finished_style="accent", pulse_style="quiet")
    columns = (TextColumn("{task.description}", markup=False), drawn, MofNCompleteColumn())
    with Progress(*columns, console=talk, transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda: progress.advance(task)

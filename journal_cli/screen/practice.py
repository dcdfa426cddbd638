"""What was practised, on the screen: limits, goals, questionnaires, and moments in their own words."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from journal_cli.insight.measures import Change
from journal_cli.insight.practice import Measured, Practice
from journal_cli.journal.goal import RatedGoal, Rating
from journal_cli.journal.kept_moment import KeptMoment, MomentKind
from journal_cli.journal.limit import How, LimitStory
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, capital, signs

QUOTES = '"“”„'  # what is quoted already is not quoted twice
MOST = {"limits": 6, "goals": 6, "measures": 6, "moments": 6}  # rows of one kind; the JSON has all
SEPARATE = 3  # spaces between what the person wrote and what is said of it

Row = tuple[str, str | Sequence[str]]  # a name, and what is said: a sentence, or parts that stand beside each other


def limit_rows(practice: Practice, words: Words, look: Look) -> Iterator[Row]:
    """Say each limit, and how often it was kept, partly kept, crossed; what did not happen is not counted."""
    for one in practice.limits[: MOST["limits"]]:
        yield words("look_back.progress.limits"), joined(visible_line(one.limit.text), _times(one, words, look), look)


def _times(one: LimitStory, words: Words, look: Look) -> str:
    said = [words.count(f"look_back.progress.{how}", n) for how in How if (n := one.times(how))]
    return (", " if look.plain else signs(" · ", look)).join(said)


def goal_rows(practice: Practice, words: Words, look: Look, *, numbers: bool) -> Iterator[Row]:
    """Say each goal in the person's own words; with numbers, how close it felt first and last, and on which days."""
    there = practice.goals[: MOST["goals"]]
    numbers = numbers and any(one.ratings for one in there)
    name = words(f"look_back.progress.{'goals_rated' if numbers else 'goals'}")
    for one in there:
        yield name, joined(visible_line(one.goal.text), _rated(one, words) if numbers else "", look)


def _rated(one: RatedGoal, words: Words) -> str:
    ends: Sequence[Rating] = one.ratings[:1] + one.ratings[1:][-1:]
    rated = (words("look_back.progress.rated", value=end.value, day=words.day(end.at.day)) for end in ends)
    return ", ".join(rated)


def measure_rows(practice: Practice, words: Words, *, numbers: bool) -> Iterator[Row]:
    """Name the questionnaires that were answered; with numbers, a total, the one before, and what both can carry."""
    there = practice.measures[: MOST["measures"]]
    name = words("look_back.progress.measures")
    if numbers:
        yield from ((name, _measured(one, words)) for one in there)
    elif there:
        yield name, ", ".join(dict.fromkeys(visible_line(one.name) for one in there))


def _measured(one: Measured, words: Words) -> str:
    name = visible_line(one.name)
    latest = next((result for result in one.line.results if result.total is not None), None)
    if latest is None or latest.total is None:
        newest = one.line.results[0]
        told = {"answered": newest.answered, "items": len(newest.answers), "day": words.day(newest.at.day)}
        return words("look_back.progress.untotalled", name=name, **told)
    said = words(
        "look_back.progress.total", name=name, total=_number(latest.total, words), day=words.day(latest.at.day)
    )
    if not (two := one.line.latest_two):
        return said
    earlier = _number(two[1].total or 0, words)
    said += words("look_back.progress.earlier", total=earlier, day=words.day(two[1].at.day))
    if one.change is Change.WITHIN:
        said += words("look_back.progress.within")
    elif one.change is Change.BEYOND and one.wobble is not None:
        said += words("look_back.progress.beyond", wobble=_number(one.wobble, words))
    return said


def _number(value: float, words: Words) -> str:
    """Write a total: whole, or with two decimals at most, in the sign of the language."""
    return f"{round(value, 2):.12g}".replace(".", words("look_back.decimal"))


def moment_lines(practice: Practice, words: Words, look: Look) -> Iterator[RenderableType]:
    """Say each moment in a sentence of its own, in the person's words."""
    for one in practice.moments[: MOST["moments"]]:
        if one.text:
            said = " ".join(_told(one, words, look))
            yield Folded(Text(said), look.width, "" if look.plain else "  ")


def _told(one: KeptMoment, words: Words, look: Look) -> Iterator[str]:
    text = quoted(one.text, words, look)
    if one.kind is MomentKind.TRUST:
        yield words("look_back.progress.trust", day=words.day(one.at.day), text=text)
        return
    yield words("look_back.progress.critic", text=text)
    if one.kinder:
        yield words("look_back.progress.kinder", text=quoted(one.kinder, words, look))


def quoted(text: str, words: Words, look: Look) -> str:
    """Put the person's own words between quotation marks of the language, once."""
    own = visible_line(text)
    if own[:1] in QUOTES and own[-1:] in QUOTES:
        own = own[1:-1]
    before, after = signs(words("look_back.progress.quote", text="\n"), look).split("\n")
    return f"{before}{own}{after}"


def joined(text: str, said: str, look: Look) -> str:
    """Put what is said of something behind it, if anything is."""
    if not said:
        return text
    if look.plain and text.endswith((".", "!", "?", "…")):
        return f"{text} {capital(said)}"
    return f"{text}{', ' if look.plain else ' ' * SEPARATE}{said}"

"""What the tests of shares are made of: sentences, entries, sittings, moods, and a reader of Markdown."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from journal_cli.insight.moods import mood_findings
from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, Corner, Feeling, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.words import Words
from journal_cli.share.compose import Period, compose
from journal_cli.share.document import Document
from journal_cli.share.plan import Plan

ROOT = Path(__file__).parents[2]
SINCE, UNTIL = date(2026, 10, 27), date(2026, 11, 23)
FEELINGS = (Feeling("tense", "spięcie", Corner.UNPLEASANT_HIGH), Feeling("calm", "spokój", Corner.PLEASANT_LOW))
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "pl": [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
}
FORMS = ({"one", "other"}, {"one", "few", "many"})


def catalogue(language: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / f"prompts/{language}/words/share.toml").read_text(encoding="utf-8"))


def spoken(language: str = "en") -> Words:
    sentences: dict[str, str] = {}
    plurals: dict[str, dict[str, str]] = {}

    def take(table: dict[str, Any], above: str) -> None:
        for key, value in table.items():
            if isinstance(value, str):
                sentences[above + key] = value
            elif set(value) in FORMS:
                plurals[above + key] = value
            else:
                take(value, f"{above}{key}.")

    take(catalogue(language), "")
    months = tuple(MONTHS[language])
    short = tuple(month[:3] for month in months)
    lists = {"months": months, "months_short": short, "weekdays": WEEKDAYS[language]}
    return Words(language, sentences, plurals, lists)


def at(day: date = UNTIL, hour: int = 20) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), "UTC", 0)


def whole(name: str = "7k2m9qxa", body: str = "I said no.", day: date = UNTIL, **more: Any) -> WholeEntry:
    follow_ups = tuple(FollowUp(*pair) for pair in more.pop("follow_ups", ()))
    question = more.pop("question", None)
    asked = Asked("core", "1.0.0", "en", "p", question) if question else None
    return WholeEntry(Entry(name, at(day), Kind.FREE, asked=asked, **more), body, follow_ups)


def sat(name: str, day: date = UNTIL, before: int | None = -1, after: int | None = 0, **more: Any) -> Sitting:
    title = more.pop("title", "Answering the critic")
    moods = [None if value is None else Mood(value, 1, words=("tense",)) for value in (before, after)]
    return Sitting(name, at(day), "s", title, more.pop("state", State.DONE), *moods, **more)


def told(day: date, pleasant: int | None, energy: int | None = None, *words: str) -> CheckIn:
    return CheckIn("c", at(day), Mood(pleasant, energy, cant_tell=pleasant is None, words=words))


def period(
    wholes: Sequence[WholeEntry] = (), sittings: Sequence[Sitting] = (), check_ins: Sequence[CheckIn] = ()
) -> Period:
    entries = [one.entry for one in wholes]
    return Period(SINCE, UNTIL, entries, sittings, mood_findings(check_ins, sittings, 0, SINCE, UNTIL))


def composed(
    plan: Plan,
    wholes: Sequence[WholeEntry] = (),
    sittings: Sequence[Sitting] = (),
    check_ins: Sequence[CheckIn] = (),
    language: str = "en",
) -> Document:
    return compose(plan, wholes, period(wholes, sittings, check_ins), spoken(language), FEELINGS)


def reader(*, tables: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    return parser.enable(["table", "strikethrough"]) if tables else parser


def read_back(markdown: str) -> tuple[str, set[str]]:
    """Give the text a reader of Markdown sees, and the kinds of everything in it that is more than text."""
    text, kinds = [], set()
    for token in reader().parse(markdown):
        kinds.add(token.type)
        for child in token.children or ():
            if child.type in {"text", "text_special"}:
                text.append(child.content)
            elif child.type in {"softbreak", "hardbreak"}:
                text.append("\n")
            else:
                kinds.add(child.type)
        if token.type == "inline":
            text.append("\n\n")
        elif token.content:
            text.append(token.content)
    return "".join(text), kinds

"""A page with everything on it that can be, in the size one hands over, and the words of any page in order."""

from collections.abc import Iterator
from datetime import date, timedelta

from leaving import SINCE, UNTIL, spoken

from journal_cli.insight.moods import Spread, WeekOfMoods
from journal_cli.journal.mood import Mood
from journal_cli.journal.text import visible, visible_line
from journal_cli.share.document import (
    Answer,
    Block,
    Document,
    Entries,
    FeelingWords,
    Footer,
    GoalRow,
    Goals,
    ItemRow,
    LeftOut,
    LimitRow,
    Limits,
    MeasureRow,
    Measures,
    MoodWeeks,
    Passage,
    Sat,
    Sittings,
    Talk,
)
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Page,
    Part,
    Quoted,
    Rule,
    Sentence,
    Table,
    Weeks,
    Written,
    laid_out,
)

LINES = {
    "en": (
        "I kept a limit with my sister and then felt sick about it for a day.",
        "The letter exercise went better than I thought.",
        "I skipped the touch week. I would like to say why.",
    ),
    "pl": (
        "Granica z siostrą utrzymana, a potem cały dzień mdłości.",
        "Ćwiczenie z listem poszło lepiej, niż myślę.",
        "Tydzień o dotyku opuszczony. Chcę powiedzieć dlaczego.",
    ),
}
WORDS = {
    "en": (("tense", 6), ("tired", 4), ("close", 3), ("relieved", 3), ("ashamed", 2)),
    "pl": (("spięcie", 6), ("zmęczenie", 4), ("bliskość", 3), ("ulga", 3), ("wstyd", 2)),
}
TITLES = {
    "en": ("Answering the critic", "A letter in a kinder voice", "Rehearsing one sentence"),
    "pl": ("Odpowiedź krytykowi", "List łagodniejszym głosem", "Próba jednego zdania"),
}
GOALS = {
    "en": ("Say no without a long explanation", "Sleep before midnight"),
    "pl": ("Mówić nie bez długich wyjaśnień", "Zasypiać przed północą"),
}
LIMIT = {"en": "I can come on Sunday, and I leave at four.", "pl": "Mogę przyjść w niedzielę i wychodzę o czwartej."}
LONG = (
    "We sat in the kitchen until it was dark. Nobody put the light on, and I noticed that I was waiting for a"
    " question that did not come.\n\nThen I said the sentence.\nIt was quiet, and it was over.\n"
)


def weeks(count: int) -> tuple[WeekOfMoods, ...]:
    """Weeks up to the last one, of every shape: a gap, one number, only words, halves, the ends of the scale."""
    shapes: tuple[tuple[int, Spread | None, Spread | None], ...] = (
        (4, Spread(-2, -1, 1), Spread(0, 1, 2)),
        (3, Spread(-2, -1, 0), Spread(1, 2, 2)),
        (0, None, None),
        (4, Spread(-1, 0, 2), Spread(-1, 0, 1)),
        (1, Spread(2, 2, 2), None),
        (2, None, None),
        (9, Spread(-3, 0.5, 3), Spread(-3, -2.5, 3)),
    )
    first = date(2026, 11, 16) - timedelta(weeks=count - 1)
    picked = [shapes[place % len(shapes)] for place in range(count)]
    return tuple(WeekOfMoods(first + timedelta(weeks=place), *shape) for place, shape in enumerate(picked))


def passage(text: str = LONG, **more: object) -> Passage:
    return Passage(UNTIL, text, **more)


def measure(name: str, total: float, before: float, band: str, band_range: str, wobble: float) -> MeasureRow:
    items = tuple(ItemRow(number, f"item {number}", "", 1) for number in range(1, 10))
    return MeasureRow(
        name.lower(),
        name,
        date(2026, 11, 20),
        items,
        total,
        27,
        (date(2026, 10, 23), before),
        wobble,
        "Löwe 2004",
        band,
        band_range,
        "Kroenke 2001",
    )


def everything(language: str = "en", count: int = 4, passages: tuple[Passage, ...] = ()) -> Document:
    """A document with every block, of so many weeks, and with chosen entries."""
    mild, moderate = ("mild", "moderate") if language == "en" else ("łagodne", "umiarkowane")
    moods = [(Mood(-1, 0), Mood(0, 1)), (Mood(0, 0), Mood(-1, 0)), (Mood(-1, 0), None)]
    sat = (Sat(SINCE + timedelta(days=8 * place), TITLES[language][place], *moods[place]) for place in range(3))
    blocks: tuple[Block, ...] = (
        Talk(LINES[language]),
        MoodWeeks(weeks(count), 11, 11, 28),
        FeelingWords(WORDS[language], 2),
        Sittings(tuple(sat)),
        Limits((LimitRow(LIMIT[language], 2, 1, 0),)),
        Goals(
            (
                GoalRow(GOALS[language][0], (SINCE, 2), (UNTIL, 5)),
                GoalRow(GOALS[language][1], (SINCE, 4), (UNTIL, 4)),
            )
        ),
        Measures((measure("PHQ-9", 9, 13, mild, "5-9", 5), measure("GAD-7", 11, 12, moderate, "10-14", 4))),
        *((Entries(passages),) if passages else ()),
        LeftOut(private=2, sittings=1, blocks=("limits",)),
        Footer(),
    )
    title = "For my therapist" if language == "en" else "Dla mojej terapeutki"
    return Document(language, title, UNTIL - timedelta(weeks=count) + timedelta(days=1), UNTIL, blocks)


def long_passages() -> tuple[Passage, ...]:
    return (
        passage(title="Sunday", question="What did you say, and what did you hold back?"),
        passage("  indented\n\tand with a tab\n\nA part.", whole=False),
        passage(LONG * 20, answers=(Answer("What would you tell a friend?", "The same, only slower."),)),
    )


def page_of(language: str = "en", count: int = 4, passages: tuple[Passage, ...] = ()) -> Page:
    return laid_out(everything(language, count, passages), spoken(language))


def a_page(*parts: Part, language: str = "en", title: str = "For my therapist") -> Page:
    return Page(language, title, "23 November 2026, by me", "Shared by choice.", parts, "page {n} of {all}")


def said(page: Page) -> Iterator[str]:
    """Every word of a page in the order it is read; each cell, each line by itself."""
    yield from (visible_line(text) for text in (page.title, page.by, page.promise))
    for part in page.parts:
        match part:
            case Heading(text) | Sentence(text):
                yield visible_line(text)
            case Quoted(text) | Written(text):
                yield visible(text)
            case Numbered(lines):
                yield from (f"{place}. {visible_line(line)}" for place, line in enumerate(lines, start=1))
            case Listed(lines):
                yield from (f"- {visible_line(line)}" for line in lines)
            case Table(names, rows):
                yield from (visible_line(cell) for row in (names, *rows) for cell in row)
            case Weeks():
                table = part.table
                yield from (visible_line(cell) for row in (table.names, *table.rows) for cell in row)
            case Rule():
                pass

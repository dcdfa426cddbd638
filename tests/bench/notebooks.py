"""
What stands in the journals that are measured: the same for everybody, from one seed.

Words are invented and come as often as words do (Zipf: the second half as often as the first, and so on), so that
there are common, middling and rare ones to search for. A text has about 1.5 KB. Times spread evenly over ten years.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate
from pathlib import Path

SEED = 20_251_231
LAST = datetime(2025, 12, 31, tzinfo=UTC)
YEARS = 10
FIRST = LAST.replace(year=LAST.year - YEARS)
DAYS = (LAST - FIRST).days
WORDS = 6_000
SIZE = 1_500  # bytes of a text, about
TAGS, PEOPLE, THEMES = 50, 30, 17
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's

CONSONANTS, VOWELS = "bcdfghjklłmnprstwzż", "aeiouyąęó"


@dataclass(frozen=True, slots=True)
class Note:
    """
    One entry of a notebook, in no program's form.

    Args:
        number: From 0; the text hangs on it alone, so a larger notebook begins with the texts of a smaller one.
        at: When it was written.
        title: A few words.
        body: About 1.5 KB, with a last line of a tag and sometimes a person.
        follow_up: What was answered to a further question, for one in five.
        theme: For every second one.
        starred: One in fifty.
    """

    number: int
    at: datetime
    title: str = field(repr=False)
    body: str = field(repr=False)
    follow_up: str | None = field(repr=False)
    theme: str | None
    starred: bool


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the most frequent first; those are short."""
    dice = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = (dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.choice((1, 2, 2, 3, 3, 4))))
        found["".join(syllables) + dice.choice(("", "", dice.choice(CONSONANTS)))] = None
    return tuple(sorted(found, key=len))


@cache
def _weights() -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))


def note(number: int, count: int) -> Note:
    """Give one note of a notebook of so many."""
    words, dice = _drawn(number)
    return Note(
        number,
        FIRST + (LAST - FIRST) / count * number,
        " ".join(words[-4:]).capitalize(),
        _written(number, words, dice),
        " ".join(words[:30]).capitalize() + "." if number % 5 == 0 else None,
        f"theme-{number % THEMES}" if number % 2 else None,
        number % 50 == 0,
    )


def text(number: int) -> str:
    """Give the text of a number: no two are alike."""
    words, dice = _drawn(number)
    return _written(number, words, dice)


def _written(number: int, words: list[str], dice: random.Random) -> str:
    prose = _prose(words, dice)
    person = f" @{vocabulary()[_low(dice, PEOPLE)].title()}" if number % 3 == 0 else ""
    return f"{prose}\n#{vocabulary()[_low(dice, TAGS)]}{person}"


def _drawn(number: int) -> tuple[list[str], random.Random]:
    dice = random.Random(SEED * 1_000_003 + number)
    return dice.choices(vocabulary(), cum_weights=_weights(), k=SIZE // 5 + 20), dice


def _low(dice: random.Random, below: int) -> int:
    """A number that is low more often than high."""
    return 100 + int(below * dice.random() ** 2)  # past the hundred words that stand in every text


def _prose(words: list[str], dice: random.Random) -> str:
    """Put words into sentences and paragraphs, up to the size of a text."""
    text, at = "", 0
    while len(text.encode()) < SIZE - 60 and at < len(words):
        length = dice.randint(5, 16)
        text += " ".join(words[at : at + length]).capitalize() + (".\n\n" if dice.random() < 0.15 else ". ")
        at += length
    return text.strip()


def id_of(number: int) -> str:
    """Give the id of an entry: 8 characters that look drawn, each number another one."""
    spread = (number + 1) * 2_654_435_761 % 2**40
    return "".join(ALPHABET[spread >> shift & 31] for shift in range(35, -5, -5))


def as_jrnl(path: Path, count: int) -> None:
    """Write a notebook as jrnl keeps it in the clear, a note at a time."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            one = note(number, count)
            star = " *" if one.starred else ""
            more = f"\n{one.follow_up}" if one.follow_up else ""
            file.write(f"[{one.at:%Y-%m-%d %I:%M:%S %p}] {one.title}{star}\n{one.body}{more}\n\n")

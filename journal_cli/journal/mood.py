"""Mood: how pleasant, how much energy, and up to three words for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import ascii_lowercase

from journal_cli.errors import Mistyped
from journal_cli.journal.moment import Moment

MOST_WORDS = 3
LONGEST_WORD = 40  # characters of a word of one's own
MIDDLE = 4  # of the keys 1 to 7
CANT_TELL = 0  # the key for numb, mixed, or can't tell


class Corner(StrEnum):
    """Where a feeling word lives: pleasant or not, high or low energy, or hard to place."""

    PLEASANT_HIGH = "pleasant-high"
    PLEASANT_LOW = "pleasant-low"
    UNPLEASANT_HIGH = "unpleasant-high"
    UNPLEASANT_LOW = "unpleasant-low"
    HARD_TO_PLACE = "hard-to-place"


@dataclass(frozen=True, slots=True)
class Feeling:
    """A listed feeling word: its English id, the word in the chosen language, its corner."""

    id: str
    word: str
    corner: Corner


@dataclass(frozen=True, slots=True)
class Mood:
    """
    A mood.

    Args:
        pleasant: -3 very unpleasant to 3 very pleasant, a half where it came from an app with five steps; None if
            not told.
        energy: -3 very low to 3 very high; None if not told.
        cant_tell: True if the person answered "numb, mixed, or can't tell" to either.
        words: Up to three: listed words by their English id, own words as typed.
    """

    pleasant: float | None = field(default=None, repr=False)
    energy: int | None = field(default=None, repr=False)
    cant_tell: bool = field(default=False, repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ImportedMood:
    """
    A mood as another program told it; it keeps its origin, for its scale is not ours.

    Args:
        origin: The program: `daylio`.
        label: What it was called there.
        pleasant: From -3 to 3, in halves; None where that is not known.
    """

    origin: str
    label: str = field(repr=False)
    pleasant: float | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """
    A mood told on its own.

    Args:
        id: 8 characters of Crockford base32.
        at: When.
        mood: The mood.
        items: Answers to check-in items, as (item id, value): a number or a choice's id.
        note: Id of the note that belongs to it, or None.
    """

    id: str
    at: Moment
    mood: Mood
    items: tuple[tuple[str, int | str], ...] = field(default=(), repr=False)
    note: str | None = None


def mood_of(pleasant_key: int | None, energy_key: int | None, words: Iterable[str] = ()) -> Mood:
    """
    Make a mood of the keys that were pressed.

    Args:
        pleasant_key: 1 to 7, 0 for can't tell, None if skipped.
        energy_key: The same.
        words: At most three, see `Mood`.

    Raises:
        Mistyped: If a key is not 0 to 7.
    """
    keys = (pleasant_key, energy_key)
    for key in keys:
        if key is not None and not 0 <= key <= 7:
            raise Mistyped("{key} is not a number from 0 to 7", key=key)
    pleasant, energy = (key - MIDDLE if key else None for key in keys)
    return Mood(pleasant, energy, cant_tell=CANT_TELL in keys, words=tuple(words))


def offered(feelings: Sequence[Feeling], mood: Mood) -> list[Feeling]:
    """
    List the feeling words to offer for a mood, in the order of their letters.

    A middle (0) stands between two corners and shows the first six words of each;
    what cannot be told shows the words that are hard to place.
    """
    if mood.cant_tell:
        return [feeling for feeling in feelings if feeling.corner is Corner.HARD_TO_PLACE]
    corners = _corners(mood)
    shown: list[Feeling] = []
    for corner in corners:
        there = [feeling for feeling in feelings if feeling.corner is corner]
        shown += there if len(corners) == 1 else there[:6]
    return shown


def _corners(mood: Mood) -> list[Corner]:
    pleasant, energy = mood.pleasant or 0, mood.energy or 0
    sides = [side for side, wanted in (("unpleasant", pleasant <= 0), ("pleasant", pleasant >= 0)) if wanted]
    heights = [height for height, wanted in (("high", energy >= 0), ("low", energy <= 0)) if wanted]
    return [Corner(f"{side}-{height}") for side in sides for height in heights]


def letters(offer: Sequence[Feeling]) -> dict[str, Feeling]:
    """Give each word offered its letter, from a on; at most 24 are offered at once."""
    return dict(zip(ascii_lowercase, offer, strict=False))


def read_words(text: str, feelings: Sequence[Feeling], offer: Sequence[Feeling] = ()) -> tuple[str, ...]:
    """
    Read the words of a mood as they are typed.

    Single letters with spaces between are the words offered; anything longer is a
    word, and commas stand between words. A listed word, in the language of
    `feelings` or by its id, becomes its id; any other word stays as typed.

    Raises:
        Mistyped: If a letter was not offered, or there are more than three words.
    """
    by_letter = letters(offer)
    by_name = {feeling.word.casefold(): feeling.id for feeling in feelings}
    by_name |= {feeling.id.casefold(): feeling.id for feeling in feelings}
    found: list[str] = []
    for part in _parts(text):
        if len(part) == 1 and part.casefold() in ascii_lowercase:
            if part.casefold() not in by_letter:
                raise Mistyped("the letter {letter} is not one of the words offered", letter=part)
            found.append(by_letter[part.casefold()].id)
        elif len(part) > LONGEST_WORD:
            raise Mistyped("a word for a mood may have up to {most} characters", most=LONGEST_WORD)
        else:
            found.append(by_name.get(part.casefold(), part))
    words = tuple(dict.fromkeys(found))
    if len(words) > MOST_WORDS:
        raise Mistyped("up to {most} words, please; this was {count}", most=MOST_WORDS, count=len(words))
    return words


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for chunk in text.split(","):
        pieces = chunk.split()
        if pieces and all(len(piece) == 1 for piece in pieces):
            parts += pieces
        elif pieces:
            parts.append(" ".join(pieces))
    return parts


def told(word: str, feelings: Sequence[Feeling]) -> str:
    """Say a stored word in the language of `feelings`; own words stay as they are."""
    return next((feeling.word for feeling in feelings if feeling.id == word), word)

"""Putting an entry together again from what is left of it, and saying whether that is all of it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from journal_cli.journal.moment import Moment
from journal_cli.journal.text import count_words, opening
from journal_cli.records.columns import stamp, when, words_from
from journal_cli.records.rows import NAMES
from journal_cli.vault.leaves import GAP, Row, Value
from journal_cli.vault.tables import Column, Shape, fits

HERE_IS_A_GAP: Final = "[…]"

_ID: Final = re.compile("[0-9a-hjkmnp-tv-z]{8}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z( -?\d+ .+)?", re.ASCII)
LOOKS: Final = {
    **dict.fromkeys(("entry", "check_in"), re.compile(f"({_ID.pattern})?")),
    **dict.fromkeys(("at", "written_at", "changed_at", "deleted_at", "replaced_at", "started", "added_at"), _TIME),
    "day": _DAY,
}
"""What texts in columns of these names look like, in every table."""

_UNREADABLE: Final = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{GAP}]"
# Between two bytes that cannot be read, a few that happen to look like letters are no text either.
_PATCH: Final = re.compile(f"{_UNREADABLE}+(?:[^\x00-\x08\x0b-\x1f\x7f-\x9f{GAP}]{{0,8}}{_UNREADABLE}+)*")

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Piece:
    """
    One row that was found.

    Args:
        values: By the columns' names.
        whole: It is as it was written.
        number: Its own number in its table; None in a table without such numbers.
    """

    values: Values = field(repr=False)
    whole: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """
    What was found of the entries.

    Args:
        entries: Their rows, by number.
        texts: Their texts, by number.
        hints: What indexes say of an entry, by number and column.
        answers: Their follow-ups, by entry id.
        earlier: Their earlier texts, by entry id.
        incomplete: Ids of those known to have had more follow-ups or earlier texts.
        count_words: Follow-ups may be missing that nothing else tells of: the entry's count of words has to agree.
    """

    entries: Mapping[int, Piece] = field(repr=False)
    texts: Mapping[int, Piece] = field(repr=False)
    hints: Mapping[int, Values] = field(repr=False)
    answers: Mapping[str, Sequence[Piece]] = field(repr=False)
    earlier: Mapping[str, Sequence[Piece]] = field(repr=False)
    incomplete: frozenset[str] = frozenset()
    count_words: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """
    An entry, as far as it could be saved.

    Args:
        number: What joins it to its text.
        columns: Its row, by the columns' names.
        body: Its text; None if nothing is left of it but a date.
        answers: Its follow-ups.
        earlier: Its earlier texts.
        whole: It is as it was written, all of it.
        day: When it was written, if that is known; an entry whose date is lost stands beside its neighbour.
    """

    number: int
    columns: Values = field(repr=False)
    body: str | None = field(repr=False)
    answers: tuple[Values, ...] = field(default=(), repr=False)
    earlier: tuple[Values, ...] = field(default=(), repr=False)
    whole: bool = True
    day: date | None = None


def piece(row: Row, shape: Shape) -> Piece | None:
    """Give the values of a row their names; None if they cannot be those of this table."""
    if len(row.values) > len(shape.columns):
        return None
    # A column that was added later is missing from the rows before.
    values = row.values + (None,) * (len(shape.columns) - len(row.values))
    if not row.whole and not all(map(_may_hold, values, shape.columns)):
        return None
    paired = zip(values, shape.columns, strict=True)
    return Piece({one.name: row.rowid if one.number else value for value, one in paired}, row.whole, row.rowid)


def _may_hold(value: Value, column: Column) -> bool:
    return fits(value, column, LOOKS)


def legible(text: str) -> str:
    """Give what can be read of a text from a damaged page, with `[…]` where something cannot."""
    return _PATCH.sub(HERE_IS_A_GAP, text)


def day_in(values: Values) -> date | None:
    """Give the day something was written, if its row says so."""
    for name in ("day", "written_at", "at", "started", "changed_at"):
        value = values.get(name)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None


def salvaged(pieces: Pieces, new_id: Callable[[], str], now: Moment) -> Iterator[Saved]:
    """
    Put every entry together of which anything is left, in the order of their numbers.

    Args:
        pieces: What was found.
        new_id: Gives a fresh id, for an entry whose own is lost.
        now: The date of an entry that has none, if no other has one.
    """
    rows = _trusted(pieces)
    before = _earliest(rows, now)
    taken = {row.values["id"] for row in rows.values() if row.whole}
    for number in sorted({*rows, *pieces.texts, *pieces.hints}):
        row = rows.get(number)
        columns, whole = (row.values, row.whole) if row else ({}, False)
        if not whole:
            columns = {**columns, **pieces.hints.get(number, {})}
        id_ = columns.get("id")
        if not isinstance(id_, str) or not _ID.fullmatch(id_) or (not whole and id_ in taken):
            id_ = new_id()
        taken.add(id_)
        day = day_in({name: columns.get(name) for name in ("day", "written_at")})
        answers, earlier = pieces.answers.get(id_, ()), pieces.earlier.get(id_, ())
        body = _body(pieces.texts.get(number), columns, found=bool(answers))
        if not whole and body is not None:
            columns = _rebuilt(columns, body, id_, before, now)
        before = columns if body is not None else before
        text = pieces.texts.get(number)
        whole = whole and text is not None and all(one.whole for one in (text, *answers, *earlier))
        if whole and (id_ in pieces.incomplete or (pieces.count_words and _lacks_words(columns, body, answers))):
            whole = False
        yield Saved(
            number,
            columns,
            body,
            tuple(_read(one, ("question", "answer"), now) for one in answers),
            tuple(_read(one, ("body",), now) for one in earlier),
            whole=whole,
            day=day,
        )


def _earliest(rows: Mapping[int, Piece], now: Moment) -> Values:
    """The date of the first entry whose date is known for certain; now, if there is none."""
    known = (rows[number].values for number in sorted(rows) if rows[number].whole)
    return next(known, dict(zip(("written_at", "zone", "offset", "day"), when(now), strict=True)))


def _trusted(pieces: Pieces) -> dict[int, Piece]:
    """The rows of entries, without those whose number was misread: an index knows their id by another number."""
    numbers = {hint.get("id"): number for number, hint in pieces.hints.items()}
    return {
        number: row
        for number, row in pieces.entries.items()
        if row.whole or numbers.get(row.values["id"], number) == number
    }


def _lacks_words(columns: Values, body: str | None, answers: Sequence[Piece]) -> bool:
    """Whether an entry counted more words, those of its answers with them, than are left of it."""
    texts = [body or "", *(str(one.values["answer"]) for one in answers)]
    counted = columns.get("word_count")
    return isinstance(counted, int) and counted > sum(map(count_words, texts))


def _body(text: Piece | None, columns: Values, *, found: bool) -> str | None:
    """The text; of one that is lost, how it began, if the entry's row says so."""
    if text is not None:
        body = str(text.values["body"])
        return body if text.whole else legible(body)
    began = columns.get("opening")
    if isinstance(began, str):
        return f"{legible(began)} {HERE_IS_A_GAP}".strip()
    return HERE_IS_A_GAP if found else None


def _read(one: Piece, texts: Sequence[str], now: Moment) -> Values:
    if one.whole:
        return one.values
    read = {name: legible(str(one.values[name])) for name in texts}
    stamps = {name: stamp(now) for name in ("changed_at", "replaced_at") if one.values.get(name) == ""}
    return {**one.values, **read, **stamps}


def _rebuilt(columns: Values, body: str, id_: str, before: Values, now: Moment) -> Values:
    """Make a row for an entry whose own is lost or cannot be trusted; what nobody knows is private."""
    words = count_words(body)
    usual: Values = {
        "kind": "free",
        "opening": opening(body),
        "tags": "[]",
        "people": "[]",
        "word_count": words,
        "starred": 0,
        "changed_at": stamp(now),
    }
    dated = {name: before[name] for name in ("written_at", "zone", "offset", "day")}
    if isinstance(at := columns.get("written_at"), str):
        # An index knows the point and the day, not the zone.
        dated = {"written_at": at, "zone": "UTC", "offset": 0, "day": at[:10]}
    kept = {
        name: value for name, value in columns.items() if name in NAMES and value is not None and _sane(name, value)
    }
    return {**dict.fromkeys(NAMES), **usual, **dated, **kept, "id": id_, "private": 1}


def _sane(name: str, value: Value) -> bool:
    """Whether a value of a row that cannot be trusted does no harm."""
    if name == "kind":
        return value in {"free", "answer", "note", "imported"}
    if name in {"tags", "people"}:
        return isinstance(value, str) and _is_list_of_words(value)
    if name in {"starred", "private"}:
        return value in {0, 1}
    if name == "offset":
        return isinstance(value, int) and abs(value) < 24 * 60
    if name == "word_count":
        return isinstance(value, int) and 0 <= value < 1 << 32
    return not isinstance(value, str) or legible(value) == value


def _is_list_of_words(text: str) -> bool:
    try:
        words = words_from(text)
    except ValueError:
        return False
    return all(isinstance(word, str) and legible(word) == word for word in words)

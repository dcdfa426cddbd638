"""From the files somebody gives to what stands in the journal: recognised, counted, and made into entries."""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

from journal_cli.errors import Mistyped, NotWhatItSays
from journal_cli.imports import from_daylio, from_dayone, from_jrnl, from_markdown
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices
from journal_cli.imports.source import Shape, Source
from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.survey import Survey
from journal_cli.journal.text import LONGEST, count_words, is_empty, opening, people, tag_name, tags
from journal_cli.records import arrivals
from journal_cli.records.arrivals import Incoming
from journal_cli.records.entries import joined
from journal_cli.vault.database import Database

AT_ONCE = 500  # keys that are looked up together
_HALF = re.compile("[\ud800-\udfff]")


class Reader(Protocol):
    """A module that reads one format."""

    @property
    def FORMAT(self) -> str:  # noqa: N802  # a constant of the module
        """Its name."""

    def recognises(self, head: bytes, name: str) -> bool:
        """Say whether a file is in this format, by how it begins."""

    def holds(self, source: Source) -> bool:
        """Say whether a folder or a zip is in this format."""

    def arrivals(self, source: Source, choices: Choices) -> Iterator[Arrival]:
        """Give what is in it, one after another."""


READERS: tuple[Reader, ...] = (from_dayone, from_daylio, from_jrnl, from_markdown)  # the pickiest first


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was given, and what reads it."""

    source: Source
    reader: Reader


def recognised(source: Source) -> Given:
    """
    Find what reads a file, a folder or a zip, by what is in it.

    Raises:
        NotWhatItSays: If nothing does.
        Refused: If it cannot be read.
    """
    head = source.head()
    for reader in READERS:
        if reader.recognises(head, source.name) if source.shape is Shape.FILE else reader.holds(source):
            return Given(source, reader)
    raise NotWhatItSays(
        "{file} holds nothing that can be read here",
        file=source.name,
        hint="this reads jrnl, Day One, Daylio, Markdown, plain text, and its own export",
    )


def labels(given: Sequence[Given]) -> Counter[str]:
    """
    Count the names of moods of which nobody has said what they stand for.

    Raises:
        JournalError: As the readers say.
    """
    found: Counter[str] = Counter()
    for one in given:
        if one.reader is from_daylio:
            found += from_daylio.labels(one.source)
    return found


class Tally:
    """What is found, counted while it passes by."""

    def __init__(self, given: Sequence[Given]) -> None:
        self._files = tuple((one.source.name, one.reader.FORMAT) for one in given)
        self._counts: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._first: date | None = None
        self._last: date | None = None

    def take(self, arrival: Arrival) -> None:
        """Count an arrival."""
        for name, n in arrival.dropped.items():
            self._dropped[name] += n
        self._counts["found"] += 1
        if arrival.at is None:
            self._counts["undated"] += 1
        else:
            day = arrival.at.day
            self._first = min(day, self._first or day)
            self._last = max(day, self._last or day)
        for name, is_there in (
            ("moods", arrival.mood),
            ("titles", arrival.title),
            ("tagged", arrival.tags),
            ("stars", arrival.starred),
        ):
            if is_there:
                self._counts[name] += 1
        if arrival.mood and arrival.mood.pleasant is None:
            self._dropped["label"] += 1

    def leave(self, arrival: Arrival) -> None:
        """Count one that says nothing; it may still tell of something that has no place here."""
        for name, n in (arrival.dropped or {"empty": 1}).items():
            self._dropped[name] += n

    def drop(self, name: str) -> None:
        """Count something that has no place here."""
        self._dropped[name] += 1

    def survey(self, known: int, twice: int) -> Survey:
        """Give what was counted, with what is here already and what stood there twice."""
        return Survey(
            self._files,
            first=self._first,
            last=self._last,
            known=known,
            twice=twice,
            dropped={name: n for name, n in sorted(self._dropped.items()) if n},
            **{name: self._counts[name] for name in ("found", "moods", "titles", "tagged", "stars", "undated")},
        )


def surveyed(db: Database, given: Sequence[Given], choices: Choices) -> Survey:
    """
    Look at everything that would come in, and change nothing.

    Raises:
        JournalError: As the readers say.
    """
    tally = Tally(given)
    seen: set[int] = set()  # of all that passed by, eight bytes each
    known = twice = 0
    keys = (_keys(arrival, one.reader.FORMAT) for one, arrival in _each(given, choices, tally))
    while some := list(islice(keys, AT_ONCE)):
        here = arrivals.known(db, [key for key, _ in some])
        for pair in some:
            numbers = {int(key[:16], 16) for key in pair}
            known += pair[0] in here
            twice += pair[0] not in here and numbers <= seen
            seen |= numbers
    return tally.survey(known, twice)


def incoming(given: Sequence[Given], choices: Choices, tally: Tally, new_id: Callable[[], str]) -> Iterator[Incoming]:
    """
    Make what stands in the journal of everything that comes, one after another.

    Raises:
        JournalError: As the readers say.
    """
    for one, arrival in _each(given, choices, tally):
        yield _incoming(arrival, one.reader.FORMAT, choices.now, new_id)


def _each(given: Sequence[Given], choices: Choices, tally: Tally) -> Iterator[tuple[Given, Arrival]]:
    """Give what is to be kept of each thing that was given; what says nothing at all is left out, and counted."""
    for one in given:
        for arrival in one.reader.arrivals(one.source, choices):
            whole = _mended(arrival, tally, one.source.name)
            if is_empty(whole.body) and is_empty(whole.title) and whole.mood is None:
                tally.leave(whole)
                continue
            tally.take(whole)
            yield one, whole


def _mended(arrival: Arrival, tally: Tally, file: str) -> Arrival:
    """Write a sign for each half of a character, and tags as tags are written here."""
    names: list[str] = []
    for name in arrival.tags:
        written = _tag(name)
        if not written:
            tally.drop("tag")
        names.append(written)
    title = " ".join(arrival.title.split())
    body = arrival.body
    if len(body) > LONGEST or len(body.encode("utf-8", "surrogatepass")) > LONGEST:
        raise NotWhatItSays(
            "{file}: one entry is longer than an entry may be, {mebibytes} MiB",
            file=file,
            mebibytes=LONGEST // 1024**2,
            hint="divide it into several; nothing was imported",
        )
    if _HALF.search(body) or _HALF.search(title):
        tally.drop("half")
        body, title = (_HALF.sub("\ufffd", text) for text in (body, title))
    return replace(arrival, body=body, title=title, tags=tuple(dict.fromkeys(filter(None, names))))


def _tag(name: str) -> str:
    """Write a tag of another notebook, which may be of several words, as one word; "" if nothing of it can be."""
    try:
        return tag_name(name)
    except Mistyped:
        kept = (
            sign if sign.isalnum() or unicodedata.category(sign).startswith("M") or sign == "_" else " "
            for sign in name
        )
        word = "-".join("".join(kept).split()).strip("-_")
        try:
            return tag_name(word) if word else ""
        except Mistyped:
            return ""


def _keys(arrival: Arrival, form: str) -> tuple[str, str]:
    """Give what an arrival is known again by, and a key that holds all of it; without an id there they are one."""
    key = arrival.key(form)
    return key, replace(arrival, source_id="").key(form) if arrival.source_id else key


def _incoming(arrival: Arrival, form: str, now: Moment, new_id: Callable[[], str]) -> Incoming:
    key, exact = _keys(arrival, form)
    at = arrival.at or now
    whole = None if is_empty(arrival.body) and is_empty(arrival.title) else _whole(arrival, at, now, new_id())
    check_in = None
    if arrival.mood:
        check_in = CheckIn(new_id(), at, Mood(), note=whole.entry.id if whole else None)
    return Incoming(key, exact, whole, check_in, arrival.mood)


def _whole(arrival: Arrival, at: Moment, now: Moment, id_: str) -> WholeEntry:
    said = f"{arrival.title}\n{arrival.body}"
    entry = Entry(
        id=id_,
        written_at=at,
        kind=Kind.IMPORTED,
        word_count=count_words(arrival.body),
        title=arrival.title or None,
        opening=opening(arrival.body),
        tags=joined(arrival.tags, tags(said)),
        people=people(said),
        private=arrival.private,
        starred=arrival.starred,
        changed_at=now,
    )
    return WholeEntry(entry, arrival.body)


def fresh(new_id: Callable[[], str]) -> Callable[[], str]:
    """Draw ids that nothing carries yet, among them those drawn last, which may not be kept yet."""
    drawn: deque[str] = deque(maxlen=4 * arrivals.MOST)

    def draw() -> str:
        while (id_ := new_id()) in drawn:
            pass
        drawn.append(id_)
        return id_

    return draw


def counted(incoming: Iterable[Incoming], *tell: Callable[[], None]) -> Iterator[Incoming]:
    """Tell of each thing that passes by."""
    for one in incoming:
        yield one
        for each in tell:
            each()

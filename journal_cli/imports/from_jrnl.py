"""
Entries of jrnl: its text files of any version, its folders, its encrypted files and what it prints as JSON.

jrnl keeps no zones: every time is one on the wall. A time that the clocks passed over, or showed twice, is taken in its
first reading and counted as `clock`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from journal_cli.errors import JournalError, Mistyped, NotWhatItSays
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices, wall_moment
from journal_cli.imports.jrnl_headers import Wall
from journal_cli.imports.jrnl_sealed import is_sealed, opened
from journal_cli.imports.jrnl_text import Settings, Written, begins_as_jrnl, divided, settings, tags, written
from journal_cli.imports.json_stream import elements
from journal_cli.imports.source import HEAD, Shape, Source
from journal_cli.journal.moment import Moment, fixed_moment
from journal_cli.journal.text import is_empty

FORMAT = "jrnl"

_MOST_LOOKED_AT = 100  # files of a folder that are opened to see whether jrnl wrote them
_SETTINGS = "jrnl.yaml"
_LARGEST_SETTINGS = 1024 * 1024
_MARKDOWN = (".md", ".markdown")
_DAY = re.compile(r"(?P<above>.+/)?(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})\.txt")
# What a copied terminal has above the document: `3 entries found`, in a box or not.
_BOX = re.compile(r"\s*(?:(?:[┏┃┗+|].*|.*\b(?:entry|entries) found.*)\n\s*)*+(?=\{)")
_TEXT = r'"(?:[^"\\]|\\.)*+"'
_JSON = re.compile(
    r'\{\s*"(?:tags"\s*:\s*\{[^{}]*+\}\s*,\s*")?entries"\s*:\s*\[\s*(?:\]|\{\s*"(?:title|body|date)"\s*:)'
)
_JSON_ENTRY = re.compile(rf'\{{\s*"title"\s*:\s*{_TEXT}\s*,\s*"body"\s*:\s*"')
_JSON_TIME = re.compile(r'"date"\s*:\s*"\d{4}-\d\d-\d\d"\s*,\s*"time"\s*:\s*"\d\d:\d\d"')
_KNOWN = {"title", "body", "date", "time", "tags", "starred", "uuid"}


def recognises(head: bytes, name: str) -> bool:
    """
    Say whether a file is jrnl's, by how it begins.

    Args:
        head: Its first 64 KiB, or all of it.
        name: Its name: Markdown is jrnl's only if it begins with a header, for a note may quote one.
    """
    if is_sealed(head, name):
        return True
    text = _beginning(head)
    if above := _BOX.match(text):
        return _is_json(text[above.end() :], is_whole=len(head) < HEAD)
    lines = text.splitlines(keepends=True)
    if name.casefold().endswith(_MARKDOWN):
        lines = [line for line in lines if line.strip()][:1]
    return begins_as_jrnl(lines)


def holds(source: Source) -> bool:
    """
    Say whether a zip or a folder is jrnl's: a journal with a file for every day, or nothing but files of jrnl.

    Of many files the first hundred speak for the others.

    Raises:
        NotWhatItSays: If it is a zip that is damaged, or out of measure.
        Refused: If it cannot be read.
    """
    if _has_days(source):
        return True
    some = list(islice((one for one in source.members() if one.name != _SETTINGS), _MOST_LOOKED_AT))
    return bool(some) and all(recognises(one.head(), one.name) for one in some)


def arrivals(source: Source, choices: Choices) -> Iterator[Arrival]:
    """
    Read the entries, one after another.

    Text above the first header, and a file without any, arrives without a time. In a folder the day is that of the
    path, as it is for jrnl.

    Raises:
        DayOrMonth: If day and month cannot be told apart, and nobody has said.
        Locked: If it is encrypted, and nobody can be asked for the password.
        NotWhatItSays: If it is not what it says, or ends too early. Some entries may have been given by then.
        Refused: If it cannot be read.
        TooNew: If it was encrypted by a later version of jrnl.
        WrongKey: If the password does not open it.
    """
    told = _settings(source)
    if source.shape is Shape.FILE:
        yield from _of_file(source, choices, told)
        return
    has_days = _has_days(source)
    for member in source.members():
        if day := _day_of(member, source):
            yield from _of_text(member.texts, member.name, choices, told, day)
        elif not has_days and recognises(member.head(), member.name):
            yield from _of_file(member, choices, told)
        elif member.name != _SETTINGS:
            yield Arrival("", dropped={"file": 1})


def _of_file(source: Source, choices: Choices, told: Settings) -> Iterator[Arrival]:
    head = source.head()
    if is_sealed(head, source.name):
        text = opened(source, choices)
        yield from _of_text(lambda: [text], source.name, choices, told)
    elif _BOX.match(_beginning(head)):
        yield from _of_json(source, choices, told)
    else:
        yield from _of_text(source.texts, source.name, choices, told)


def _of_text(
    texts: Callable[[], Iterable[str]], file: str, choices: Choices, told: Settings, day: date | None = None
) -> Iterator[Arrival]:
    for one in written(texts, file, day_first=choices.day_first, told=told, in_folder=day is not None):
        if is_empty(one.text) and one.wall is None:
            continue  # nothing above the first header
        at, dropped = _placed(one, day, choices)
        title, body, is_starred = divided(one.text) if one.wall or day else ("", one.text.strip("\n"), False)
        yield Arrival(body, at, title, tags(one.text, told.signs), is_starred, dropped=dropped)


def _placed(one: Written, day: date | None, choices: Choices) -> tuple[Moment | None, dict[str, int]]:
    """Give the moment of an entry, and what could not be kept of it."""
    wall = one.wall or Wall(None, time())
    known = day or wall.day
    return _moment(datetime.combine(known, wall.clock), choices, wall.offset) if known else (None, {})


def _moment(wall: datetime, choices: Choices, offset: int | None = None) -> tuple[Moment | None, dict[str, int]]:
    try:
        if offset is not None:
            return fixed_moment(wall, offset, choices.zone), {}
        at, is_plain = wall_moment(wall, choices.zone)
    except (Mistyped, OverflowError):  # the last day there is, where it is a day later in UTC
        return None, {"time": 1}
    return at, {} if is_plain else {"clock": 1}


def _of_json(source: Source, choices: Choices, told: Settings) -> Iterator[Arrival]:
    """Read what `jrnl --format json` printed: a document with a list, or one entry."""
    alone: dict[str, object] = {}
    tagged: list[object] = []
    count = 0
    for key, element in elements(_without_box(source.texts()), source.name):
        if key == "entries":
            count += 1
            if not isinstance(element, dict):
                raise _no_entry(source, count)
            yield _json_entry(element, source, choices, told, count=count)
        elif key == "tags":
            tagged.append(element)  # of a document it is one table of counts, which the entries have already
        else:
            alone[key] = element
    if alone and not count:
        yield _json_entry({**alone, "tags": tagged} if tagged else alone, source, choices, told, count=1)


def _json_entry(found: dict[str, object], source: Source, choices: Choices, told: Settings, *, count: int) -> Arrival:
    title, body, uuid = (found.get(key, "") for key in ("title", "body", "uuid"))
    if not (isinstance(title, str) and isinstance(body, str) and isinstance(uuid, str)):
        raise _no_entry(source, count)
    tagged = found.get("tags")
    names = (
        tuple(dict.fromkeys(one.removeprefix(one[:1]) if one[:1] in told.signs else one for one in tagged if one))
        if isinstance(tagged, list) and all(isinstance(one, str) for one in tagged)
        else tags(f"{title}\n{body}", told.signs)
    )
    wall = _json_wall(found)
    at, dropped = _moment(wall, choices) if wall else (None, {"time": 1})
    for key in set(found) - _KNOWN:
        kind = "device" if key == "creator" else "other"
        dropped[kind] = dropped.get(kind, 0) + 1
    if is_empty(body):
        title, body = "", title
    named = tuple(one for one in names if any(sign.isalnum() for sign in one))
    return Arrival(body, at, title, named, found.get("starred") is True, source_id=uuid, dropped=dropped)


def _json_wall(found: dict[str, object]) -> datetime | None:
    try:
        wall = datetime.fromisoformat(f"{found.get('date')}T{found.get('time', '00:00')}")
    except ValueError:
        return None
    return wall.replace(tzinfo=None)


def _no_entry(source: Source, count: int) -> NotWhatItSays:
    return NotWhatItSays(
        "{file}: number {count} in its list is no entry", file=source.name, count=count, hint="nothing was imported"
    )


def _without_box(texts: Iterator[str]) -> Iterator[str]:
    first = next(texts, "")
    above = _BOX.match(first)
    yield first[above.end() :] if above else first
    yield from texts


def _is_json(text: str, *, is_whole: bool) -> bool:
    """Say whether a document is jrnl's. In one with a long body the time lies beyond what is looked at."""
    if _JSON.match(text):
        return True
    return bool(_JSON_ENTRY.match(text)) and (not is_whole or bool(_JSON_TIME.search(text)))


def _beginning(head: bytes) -> str:
    """Read how a file begins, whatever it is; a line that is cut in two at its end is left out."""
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if is_wide else "utf-8-sig", "replace")
    return text if len(head) < HEAD else text[: text.rfind("\n") + 1] or text


def _has_days(source: Source) -> bool:
    return any(_day_of(member, source) for member in source.members())


def _day_of(member: Source, top: Source) -> date | None:
    """Give the day a file of a folder journal is for; a zip may hold the folder itself."""
    found = _DAY.fullmatch(member.path)
    if found is None or (found["above"] and top.shape is not Shape.ZIP):
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _settings(source: Source) -> Settings:
    """Read the `jrnl.yaml` that lies beside; one that cannot be read changes nothing."""
    try:
        beside = source.beside(_SETTINGS)
        return settings(beside.text(_LARGEST_SETTINGS)) if beside else Settings()
    except JournalError:
        return Settings()

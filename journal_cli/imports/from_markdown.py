"""
Markdown and plain text: a folder of notes with front matter or dated names, a zip of one, or a single file.

When a note was written is told, in this order, by its front matter, by its name and the folders it lies in, and as a
last resort by when its file was last changed, which is counted as `file_date`.
"""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices
from journal_cli.imports.front_matter import Front, divided
from journal_cli.imports.note_dates import When, of_name, of_text, title_of_name
from journal_cli.imports.plain_text import split_title
from journal_cli.imports.source import Shape, Source
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.text import is_empty

FORMAT = "markdown"

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
PLAIN = (".txt", ".text", "")
OF_AN_EXPORT = "<!-- journal-export "
"""How files of an export of ours begin that hold no entry."""

_DATES = ("date", "created", "created_at", "creation_date", "datetime", "day", "written")
_STARS = ("starred", "star", "favorite", "favourite")
_OF_OURS = ("id", "kind", "date", "zone")  # stand in every entry of our own export
_READ = {*_DATES, *_STARS, "title", "tags", "tag", "private", "zone", "id", "kind", "people", "question"}


def recognises(head: bytes, name: str) -> bool:
    """
    Say whether a file is text as a person writes it: Markdown, plain text, or standard input.

    Args:
        head: Its first 64 KiB, or all of it.
        name: Its name; `-` for standard input.
    """
    if not _is_note(name) and name != "-":
        return False
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return (is_wide or b"\0" not in head) and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(
        (b'{"', b"{\n")
    )


def holds(source: Source) -> bool:
    """
    Say whether there are notes in a folder or a zip.

    Raises:
        NotWhatItSays: If it is a zip that is damaged, or out of measure.
        Refused: If it cannot be read.
    """
    return any(_is_note(member.name) for member in source.members())


def arrivals(source: Source, choices: Choices) -> Iterator[Arrival]:
    """
    Read the notes, one file after another; files that are no notes are counted as `file`.

    Raises:
        DayOrMonth: If the day and the month of a note cannot be told apart, and nobody has said.
        NotWhatItSays: If a file is no text, or larger than a note may be.
        Refused: If one cannot be read.
    """
    if source.shape is Shape.FILE:
        yield _arrival(source, choices)
        return
    others = 0
    for member in source.members():
        if _is_note(member.name):
            yield _arrival(member, choices)
        else:
            others += 1
    if others:
        yield Arrival("", dropped={"file": others})


def _is_note(name: str) -> bool:
    return PurePosixPath(name).suffix.casefold() in (*MARKDOWN, *PLAIN)


def _arrival(source: Source, choices: Choices) -> Arrival:
    text = source.text()
    if text.startswith(OF_AN_EXPORT):
        return Arrival("", dropped={"table": 1})
    is_markdown = PurePosixPath(source.name).suffix.casefold() not in PLAIN or source.name == "-"
    front, body = divided(text) if is_markdown else (Front(), text)
    is_ours = all(front.one(name) for name in _OF_OURS)
    title, body = _titled(source, front, body, is_markdown=is_markdown, is_ours=is_ours)
    at, dropped = _when(source, front, choices)
    if others := len(front.names - _READ):
        dropped["property"] = others
    if is_ours and front.one("question") and front.one("title"):
        dropped["question"] = 1
    return Arrival(
        body=body,
        at=at,
        title=title,
        tags=tuple(tag.removeprefix("#") for name in ("tags", "tag") for tag in front.many(name)),
        starred=any(front.is_true(name) for name in _STARS),
        private=front.is_true("private"),
        source_id=_source_id(source, front, text, is_ours=is_ours, is_dated="file_date" not in dropped),
        dropped=dropped,
    )


def _titled(source: Source, front: Front, body: str, *, is_markdown: bool, is_ours: bool) -> tuple[str, str]:
    """Give title and text: the title of the front matter, else a heading at the top, else the name of the file."""
    if is_ours:
        return front.one("title") or front.one("question"), body.removeprefix("\n").removesuffix("\n")
    body = body.strip("\n")
    if title := front.one("title"):
        return title, body
    title, rest = split_title(body) if is_markdown else ("", body)
    if title or is_empty(body):
        return title, rest
    return title_of_name(source.name), body


def _when(source: Source, front: Front, choices: Choices) -> tuple[Moment | None, dict[str, int]]:
    """Tell when a note was written, and what is to be said about that."""
    dropped: dict[str, int] = {}
    told: When | None = None
    for name in _DATES:
        if said := front.one(name):
            told = of_text(said, source.name, day_first=choices.day_first)
            if told:
                break
            dropped["time"] = 1
    told = told or of_name(source.path)
    if told:
        at, is_plain = told.moment(front.one("zone"), choices.zone)
        if at:
            return at, dropped if is_plain else {**dropped, "clock": 1}
    if source.changed is None:
        return None, dropped
    return moment(source.changed, choices.zone), {**dropped, "file_date": 1}


def _source_id(source: Source, front: Front, text: str, *, is_ours: bool, is_dated: bool) -> str:
    """Name what cannot be known again by its time: a copied file has another one."""
    if is_ours:
        return front.one("id")
    return "" if is_dated else hashlib.sha256(f"{source.path}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()

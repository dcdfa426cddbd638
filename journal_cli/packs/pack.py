"""Prompt packs: a file of TOML into themes, prompts, sessions, programs and check-in items."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from journal_cli.journal.library import Library, Pack
from journal_cli.packs.checks import check
from journal_cli.packs.place import SINGLE, Place
from journal_cli.packs.reading import (
    KEYS,
    read_check_in,
    read_closing,
    read_grounding,
    read_homework,
    read_intensity,
    read_notes,
    read_program,
    read_prompt,
    read_session,
    read_theme,
)
from journal_cli.packs.source import Source, open_source
from journal_cli.packs.table import Table

FORMAT = 1
AUDIENCES = ("anyone", "survivors", "couples", "body-change", "homework")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")  # the part of BCP 47 that packs need
VERSION = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?")

ALL_KEYS: Mapping[str, frozenset[str]] = {
    **KEYS,
    "": frozenset(
        {"format", "pack", "homework", "theme", "prompt", "grounding", "closing", "session", "program", "check_in"}
    ),
    "pack": frozenset(
        {"id", "title", "language", "version", "summary", "licence", "authors", "source"}
        | {"intensity", "content_notes", "audience", "translates"}
    ),
    "pack.translates": frozenset({"language", "version"}),
}


def read_pack(raw: bytes, name: str, *, known: Library | None = None) -> Pack:
    """
    Read a pack's file and hold it against every rule a pack has.

    Args:
        raw: The whole file.
        name: The file's name, for sentences about it.
        known: What is on the shelf already; steps, weeks and prompts may name its ids.

    Raises:
        NotWhatItSays: If anything is not as it should be; it names file and line, and
            suggests what may have been meant. Keys that nobody reads are no reason:
            they are listed in `Pack.unknown`.
    """
    source = open_source(raw, name)
    pack = build(source)
    check(pack, Place(source), known)
    return pack


def build(source: Source) -> Pack:
    """
    Make a pack of a file, looking at each part alone and not yet at how they fit.

    Raises:
        NotWhatItSays: If a part is not as it should be.
    """
    root = Table(Place(source), source.document)
    head = _head(root)
    homework = root.part("homework")
    return replace(
        head,
        homework=read_homework(homework) if homework else None,
        themes=tuple(read_theme(part) for part in root.parts("theme")),
        prompts=tuple(read_prompt(part, head, number) for number, part in enumerate(root.parts("prompt"), start=1)),
        groundings=tuple(read_grounding(part) for part in root.parts("grounding")),
        closings=tuple(read_closing(part) for part in root.parts("closing")),
        sessions=tuple(read_session(part, head) for part in root.parts("session")),
        programs=tuple(read_program(part, head) for part in root.parts("program")),
        check_ins=tuple(read_check_in(part) for part in root.parts("check_in")),
        unknown=tuple(dict.fromkeys(_unknown(root))),
    )


def _head(root: Table) -> Pack:
    _check_format(root)
    table = root.part("pack")
    if table is None:
        root.place.refuse(
            "{file}, line {line}: there is no [pack] part",
            hint="begin with [pack], and under it id, title and language",
        )
    return Pack(
        id=table.id("id"),
        title=table.line("title"),
        language=_shaped(table, "language", LANGUAGE, "en", table.line("language")),
        version=_shaped(table, "version", VERSION, "1.0.0", table.line("version", "1.0.0")),
        summary=table.text("summary", ""),
        licence=table.line("licence", "private"),
        authors=table.texts("authors", most=200),
        source=table.text("source", ""),
        intensity=read_intensity(table),
        content_notes=read_notes(table),
        audience=table.one_of("audience", AUDIENCES, "anyone"),
        translates=_translates(table),
    )


def _check_format(root: Table) -> None:
    if "format" not in root.values:
        root.place.refuse(
            "{file}, line {line}: this does not say it is a pack", hint="write format = 1 on the first line"
        )
    if root.values["format"] != FORMAT or isinstance(root.values["format"], bool):
        root.place.refuse(
            "{file}, line {line}: this is a pack of a format that this program does not read",
            key="format",
            hint="it reads format = 1; a newer pack needs a newer program",
        )


def _translates(table: Table) -> tuple[str, str] | None:
    part = table.part("translates")
    if part is None:
        return None
    language = _shaped(part, "language", LANGUAGE, "en", part.line("language"))
    return language, _shaped(part, "version", VERSION, "1.0.0", part.line("version"))


def _shaped(table: Table, key: str, shape: re.Pattern[str], example: str, value: str) -> str:
    if not shape.fullmatch(value):
        table.place.refuse(
            '{file}, line {line}: the {key} is written like "{example}"',
            key=key,
            value=value,
            example=example,
        )
    return value


def _unknown(table: Table) -> Iterator[str]:
    yield from table.unknown(ALL_KEYS[table.place.name])
    for key in table.values:
        name = table.place.inside(key).name
        if name in SINGLE:
            part = table.part(key)
            yield from _unknown(part) if part else ()
        elif name in ALL_KEYS:
            for one in table.parts(key):
                yield from _unknown(one)

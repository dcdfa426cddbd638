"""
Bringing our own export back: locked or not, with every id as it was, and nothing here written over.

`import` finds such a file by `from_journal.recognises`, asks `words_for` once, shows what `would_come` says, and
then lets `bring_back` do it.
"""

import codecs
from collections.abc import Callable, Iterator
from typing import Any

from journal_cli.cli.desk import Desk
from journal_cli.cli.interrupting import stopping_between
from journal_cli.cli.setting_choices import CHOICES, SEVERAL
from journal_cli.errors import Locked, NotWhatItSays
from journal_cli.imports import from_journal
from journal_cli.imports.source import Source
from journal_cli.records import taking_in
from journal_cli.records.everything import ENTRY
from journal_cli.records.steps import STEP_COUNT
from journal_cli.records.taking_in import Restored
from journal_cli.vault import container

Named = tuple[str, dict[str, Any]]  # a table's name, and a row of it
FEW = 5  # ids that are named


def words_for(source: Source, password: Callable[[], str] | None) -> str | None:
    """
    Ask for the words of an export, if it takes words.

    Args:
        source: The file.
        password: Asks for them; None if there is nobody to ask.

    Raises:
        Locked: If it takes words and there is nobody to ask.
    """
    if not from_journal.is_locked(source.head()):
        return None
    if password is None:
        raise Locked(
            "{file} is locked, and there is no terminal to ask for its words",
            hint="name a command that prints them: --password-command",
            file=source.name,
        )
    return password()


def would_come(desk: Desk, source: Source, words: str | None) -> Restored:
    """
    Read an export to its end, and tell what would come of taking it in; nothing is changed.

    Raises:
        WrongKey: If the words are not those of this file.
        NotWhatItSays, Damaged, TooNew: If it is not whole, or not an export that can be read here.
    """
    return taking_in.restore(desk.journal, _rows(desk, source, words), only_look=True)


def bring_back(desk: Desk, source: Source, words: str | None) -> Restored:
    """
    Take in an export: all that is not here yet, or nothing.

    Raises:
        WrongKey: If the words are not those of this file.
        NotWhatItSays, Damaged, TooNew: If it is not whole, or not an export that can be read here.
        Busy, Refused: As `Database.changing` says.
    """
    with stopping_between() as look:
        return taking_in.restore(desk.journal, _looking(_rows(desk, source, words), look))


def _looking(rows: Iterator[Named], look: Callable[[], None]) -> Iterator[Named]:
    """Give rows one after another, and look between them whether to stop."""
    for row in rows:
        yield row
        look()


def foretold(desk: Desk, source: Source, found: Restored) -> list[str]:
    """Say what is in an export, and what would come of it, a sentence each."""
    words, in_all = desk.words, found.added.get(ENTRY, 0) + found.same.get(ENTRY, 0) + _differing(found, ENTRY)
    entries = words.count("export.entries", in_all)
    said = [words("export.back_found", file=source.name, entries=entries)]
    if found.first and found.last:
        first, last = (words.day(day, year=True) for day in (found.first, found.last))
        key = "export.back_found_day" if first == last else "export.back_found_days"
        said = [words(key, file=source.name, entries=entries, day=first, first=first, last=last)]
    if not any(found.added.values()):
        return [*said, words("export.back_nothing"), *_left_alone(desk, found)]
    return [*said, words("export.back_would", what=_added(desk, found)), *_left_alone(desk, found)]


def told(desk: Desk, found: Restored) -> list[str]:
    """Say what came of an export, a sentence each."""
    if not any(found.added.values()):
        return [desk.words("export.back_nothing"), *_left_alone(desk, found)]
    return [desk.words("export.back_added", what=_added(desk, found)), *_left_alone(desk, found)]


def as_json(found: Restored) -> dict[str, Any]:
    """Give what came of it as JSON that others may rely on: entries, as in every import."""
    added, same, differing = found.added.get(ENTRY, 0), found.same.get(ENTRY, 0), _differing(found, ENTRY)
    return {
        "format": from_journal.FORMAT,
        "found": added + same + differing,
        "imported": added,
        "new": added,
        "skipped": same + differing,
        "undated": 0,
        "dropped": [],
        "from": found.first.isoformat() if found.first else None,
        "to": found.last.isoformat() if found.last else None,
        "different": [{"table": table, "id": id_} for table, id_ in found.different],
    }


def _added(desk: Desk, found: Restored) -> str:
    count, entries = desk.words.count, found.added.get(ENTRY, 0)
    others = sum(found.added.values()) - entries
    if not entries or not others:
        return count("export.entries", entries) if entries else count("export.back_others", others)
    return desk.words(
        "export.back_and", entries=count("export.entries", entries), others=count("export.back_others", others)
    )


def _left_alone(desk: Desk, found: Restored) -> list[str]:
    words, said = desk.words, []
    if same := sum(found.same.values()):
        said.append(words.count("export.back_same", same))
    if found.different:
        ids = ", ".join(id_ for _, id_ in found.different[:FEW])
        if (more := len(found.different) - FEW) > 0:
            ids = words("export.back_more", ids=ids, n=more)
        said.append(words.count("export.back_different", len(found.different), ids=ids))
    return said


def _differing(found: Restored, table: str) -> int:
    return sum(name == table for name, _ in found.different)


def _rows(desk: Desk, source: Source, words: str | None) -> Iterator[Named]:
    if words is None:
        texts = source.texts()
    else:
        texts = _decoded(container.unsealed(source.pieces(), words, bounds=desk.bounds), source.name)
    for table, row in from_journal.rows(texts, source.name, schema=STEP_COUNT):
        if table == "setting" and not _is_setting(row):
            raise NotWhatItSays(
                "{file} is not an export as this program makes them",
                file=source.name,
                hint="nothing was imported; it may have been changed by another program",
            )
        yield table, row


def _is_setting(row: dict[str, Any]) -> bool:
    """Whether a setting is one that every command can go by; others are notes that the program keeps for itself."""
    key, value = str(row.get("key")), row.get("value")
    return key not in CHOICES or key in SEVERAL or not value or value in CHOICES[key]


def _decoded(pieces: Iterator[bytes], name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise NotWhatItSays("{file} is not an export as this program makes them", file=name) from None

"""Everything as a folder of Markdown, to be read without any program: a file for each entry, and tables of the rest."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from journal_cli import __version__
from journal_cli.cli.desk import Desk
from journal_cli.journal.entry import Filter, WholeEntry
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood, told
from journal_cli.records import entries, everything, goals, limits, measures, moods, sittings
from journal_cli.share.writing import Folder

MARK = "<!-- journal-export 1 -->\n"
"""How every file begins that is no entry, and so the README of every such folder."""


def write_folder(desk: Desk, folder: Folder, only: Filter | None) -> tuple[int, int]:
    """
    Write everything that is not in the trash into a folder.

    Args:
        desk: Where the journal and the words are.
        folder: Where to.
        only: Which entries, and then nothing else; None for everything there is.

    Returns:
        How many entries there are, and how many bytes in all.
    """
    count, size = 0, 0
    with everything.as_one(desk.journal):
        for whole in entries.every(desk.journal, only or Filter()):
            size += folder.put(name_of(whole), page(whole))
            count += 1
        tables = [] if only is not None else list(_tables(desk))
    for _, name, text in tables:
        size += folder.put(name, MARK + text)
    there = list(dict.fromkeys(key for key, _, _ in tables))
    size += folder.put("README.md", MARK + _readme(desk, there, is_chosen=only is not None))
    return count, size


def name_of(whole: WholeEntry) -> str:
    """Give the path of an entry's file: `2026/11/2026-11-24-2008-7k2m9qxa.md`."""
    entry = whole.entry
    local = entry.written_at.local
    return f"{local:%Y/%m/%Y-%m-%d-%H%M}-{entry.id}.md"


def page(whole: WholeEntry) -> str:
    """Write an entry: what is known about it, its text as it is, and its follow-ups under their questions."""
    known = [f"{name}: {value}" for name, value in _known(whole)]
    follow_ups = [f"\n## {' '.join(one.question.split())}\n\n{one.answer}\n" for one in whole.follow_ups]
    return "\n".join(["---", *known, "---", "", f"{whole.body}\n", *follow_ups])


def _known(whole: WholeEntry) -> Iterator[tuple[str, str]]:
    """The lines at the top; texts in double quotes, which JSON and YAML read alike."""
    entry = whole.entry
    yield "id", entry.id
    yield "date", entry.written_at.iso()
    yield "zone", entry.written_at.zone
    yield "kind", entry.kind.value
    for name, text in (("title", entry.title), ("theme", entry.theme), ("session", entry.session_title)):
        if text:
            yield name, _quoted(text)
    if entry.asked:
        yield "question", _quoted(entry.asked.question)
    for name, listed in (("tags", entry.tags), ("people", entry.people)):
        if listed:
            yield name, _quoted(list(listed))
    for name, is_so in (("starred", entry.starred), ("private", entry.private)):
        if is_so:
            yield name, "true"


def _quoted(value: Any) -> str:
    """Write a text or a list in one line; signs that end a line somewhere, or cannot be seen, by their numbers."""
    return re.sub(
        "[\x7f-\x9f\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def _tables(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """The files beside the entries: the line of the README that tells of them, their names, and what stands in them."""
    words = desk.words
    told_moods = sorted(moods.check_ins(desk.journal, None, None), key=lambda one: one.at.at)
    imported = _imported(desk)
    for month, found in groupby(told_moods, key=lambda one: f"{one.at.day:%Y-%m}"):
        head = [words(f"export.{name}") for name in _CHECK_IN]
        text = _table(head, [_check_in(desk, one, imported.get(one.id)) for one in found])
        yield "check_ins", f"check-ins/{month}.md", f"# {words('export.check_ins', month=month)}\n\n{text}"
    sat = sorted(sittings.sittings(desk.journal, None, None), key=lambda one: one.at.at)
    if sat:
        head = [words(f"export.{name}") for name in ("day", "session", "before", "after")]
        rows = [[_day(one.at.day), one.title, _pleasant(desk, one.before), _pleasant(desk, one.after)] for one in sat]
        yield "sittings", "sittings.md", f"# {words('export.sittings')}\n\n{_table(head, rows)}"
    for name, text in (("limits", _limits(desk)), ("goals", _goals(desk)), ("measures", _measures(desk))):
        if text:
            file = "questionnaires" if name == "measures" else name
            yield name, f"{file}.md", f"# {words(f'export.{name}')}\n{text}"


_CHECK_IN = ("day", "time", "pleasant", "energy", "words", "items", "note", "imported")


def _check_in(desk: Desk, one: CheckIn, imported: ImportedMood | None) -> list[str]:
    mood = one.mood
    elsewhere = "" if imported is None else f"{imported.origin}: {imported.label} ({_number(imported.pleasant)})"
    return [
        _day(one.at.day),
        f"{one.at.local:%H:%M}",
        _pleasant(desk, mood),
        "" if mood.energy is None else f"{mood.energy}",
        ", ".join(told(word, desk.feelings) for word in mood.words),
        ", ".join(f"{item}: {value}" for item, value in one.items),
        one.note or "",
        elsewhere,
    ]


def _imported(desk: Desk) -> dict[str, ImportedMood]:
    """The moods of other programs by the check-in they are kept with."""
    table = next(one for one in everything.present(desk.journal) if one.name == "check_in")
    found = {}
    for row in everything.rows(desk.journal, table):
        for part in row.get("imported_mood", ()):
            found[row["id"]] = ImportedMood(part["origin"], part["label"], part["pleasant"])
    return found


def _pleasant(desk: Desk, mood: Mood | None) -> str:
    if mood is None:
        return ""
    if mood.pleasant is None:
        return desk.words("export.cant_tell") if mood.cant_tell else ""
    return _number(mood.pleasant)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _limits(desk: Desk) -> str:
    words = desk.words
    noted = defaultdict(list)
    for note in sorted(limits.notes(desk.journal), key=lambda one: one.at.at):
        by = words(f"export.by_{note.by.value}") if note.by else ""
        noted[note.limit].append([_day(note.at.day), words(f"export.{note.how.value}"), by, note.line])
    head = [words(f"export.{name}") for name in ("day", "how", "by", "line")]
    return "".join(_own(desk, one.text, one.resting, head, noted[one.id]) for one in limits.limits(desk.journal))


def _goals(desk: Desk) -> str:
    rated = defaultdict(list)
    for one in sorted(goals.ratings(desk.journal), key=lambda one: one.at.at):
        rated[one.goal].append([_day(one.at.day), f"{one.value}"])
    head = [desk.words(f"export.{name}") for name in ("day", "value")]
    return "".join(_own(desk, one.text, one.resting, head, rated[one.id]) for one in goals.goals(desk.journal))


def _own(desk: Desk, text: str, resting: bool, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A limit or a goal in the person's words, and its story as a table."""
    rest = f"\n{desk.words('export.resting')}\n" if resting else ""
    return f"\n## {' '.join(text.split())}\n{rest}" + (f"\n{_table(head, rows)}" if rows else "")


def _measures(desk: Desk) -> str:
    taken = defaultdict(list)
    for one in sorted(measures.results(desk.journal, None, None), key=lambda one: one.at.at):
        answers = " ".join("–" if answer is None else f"{answer}" for answer in one.answers)
        taken[one.questionnaire].append([_day(one.at.day), _number(one.total), answers])
    head = [desk.words(f"export.{name}") for name in ("day", "total", "answers")]
    return "".join(f"\n## {id_}\n\n{_table(head, rows)}" for id_, rows in sorted(taken.items()))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table; columns in which nothing stands are left out."""
    rows = list(rows)
    used = [place for place in range(len(head)) if any(row[place] for row in rows)]
    lines = [[head[place] for place in used], ["---"] * len(used), *([row[place] for place in used] for row in rows)]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def _day(day: date) -> str:
    return day.isoformat()


def _readme(desk: Desk, there: Sequence[str], *, is_chosen: bool) -> str:
    words = desk.words
    told_of = [words("export.readme", day=words.day(desk.now().day, year=True), version=__version__)]
    told_of += [words(f"export.readme_{key}") for key in there]
    told_of += ["", *([words("export.readme_only"), ""] if is_chosen else []), words("export.readme_not")]
    return "\n".join(told_of) + "\n"

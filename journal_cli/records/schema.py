"""
The tables, as steps: a step is added, never edited.

What holds for all of them:

- A thing of the person's has a text id, `changed_at`, and `deleted_at` while it is in the trash,
  so that two journals can be merged row by row. Nothing refers to an autoincrement number:
  `entry.number` only joins an entry to its text and to the search index inside this one file.
- A time that is sorted or counted by stands in four columns: the point in UTC, the zone's
  name, the minutes east, and the writer's own day. A time that is only shown, such as
  `changed_at`, stands in one: `2026-11-24T20:08:00.000000Z 60 Europe/Warsaw`.
- Lists of short words (tags, feelings) are JSON in one column. `entry_tag` and `entry_person`
  repeat those of entries, to find them by.
- Entries are narrow rows; their texts live apart in `writing`, so lists and counts never pass them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

MOMENT = {"zone": str, "offset": int, "day": str}
MARKS = {"changed_at": str, "deleted_at": str}


def _make(db: Database, name: str, columns: dict[str, Any], pk: str | Sequence[str], **more: Any) -> None:
    """Make a strict table; `optional` columns may be empty, `parts_of` names the table its rows are part of."""
    optional = {"deleted_at", *more.get("optional", ())}
    parts_of: dict[str, tuple[str, str]] = more.get("parts_of", {})
    db.create_table(
        name,
        columns,
        pk=pk,
        not_null=[column for column in columns if column not in optional],
        foreign_keys=[
            ForeignKey(name, column, table, key, on_delete="CASCADE") for column, (table, key) in parts_of.items()
        ],
        strict=True,
    )


def _entries(db: Database) -> None:
    asked = {"pack": str, "pack_version": str, "language": str, "prompt": str, "question": str}
    place = {"theme": str, "session": str, "session_title": str, "sitting": str}
    _make(
        db,
        "entry",
        {"number": int, "id": str, "written_at": str, **MOMENT, "kind": str, "title": str, "opening": str}
        | {**place, **asked, "tags": str, "people": str, "word_count": int, "private": int, "starred": int, **MARKS},
        pk="number",
        optional=("title", *place, *asked),
    )
    db.table("entry").create_index(["id"], "entry_id", unique=True)
    # Lists, filters and counts ask this index alone. `deleted_at` is empty in it, but SQLite would look it up.
    db.execute(
        "CREATE INDEX entry_live ON entry"
        " (written_at, number, day, kind, theme, session, sitting, private, starred, deleted_at)"
        " WHERE deleted_at IS NULL"
    )
    db.execute("CREATE INDEX entry_trash ON entry (deleted_at) WHERE deleted_at IS NOT NULL")
    db.execute("CREATE INDEX entry_sitting ON entry (sitting) WHERE sitting IS NOT NULL")


def _texts_and_names(db: Database) -> None:
    """What belongs to an entry and stands apart from it."""
    of_number = {"number": ("entry", "number")}
    of_entry = {"entry": ("entry", "id")}
    _make(db, "writing", {"number": int, "body": str}, pk="number", parts_of=of_number)
    _make(
        db,
        "follow_up",
        {"entry": str, "place": int, "question": str, "answer": str, "changed_at": str},
        pk=("entry", "place"),
        parts_of=of_entry,
    )
    _make(
        db,
        "revision",
        {"entry": str, "place": int, "replaced_at": str, "body": str},
        ("entry", "place"),
        parts_of=of_entry,
    )
    _make(db, "entry_tag", {"tag": str, "number": int}, pk=("tag", "number"), parts_of=of_number)
    _make(db, "entry_person", {"key": str, "number": int, "name": str}, pk=("key", "number"), parts_of=of_number)
    for table in ("entry_tag", "entry_person"):
        db.table(table).create_index(["number"], f"{table}_number")


def _moods(db: Database) -> None:
    mood = {"pleasant": int, "energy": int, "cant_tell": int, "words": str}
    _make(
        db,
        "check_in",
        {"id": str, "at": str, **MOMENT, **mood, "note": str, **MARKS},
        pk="id",
        optional=("pleasant", "energy", "note"),
    )
    db.execute("CREATE INDEX check_in_live ON check_in (at) WHERE deleted_at IS NULL")
    db.execute("CREATE UNIQUE INDEX check_in_note ON check_in (note) WHERE note IS NOT NULL")
    _make(
        db,
        "check_in_item",
        {"check_in": str, "place": int, "item": str, "value": "ANY"},
        pk=("check_in", "place"),
        parts_of={"check_in": ("check_in", "id")},
    )
    before, after = ({f"{when}_{name}": kind for name, kind in mood.items()} for when in ("before", "after"))
    _make(
        db,
        "sitting",
        {"id": str, "at": str, **MOMENT, "session": str, "title": str, "state": str, **before, **after}
        | {"step": int, "prompt": str, "entry": str, "follow_up": int}
        | {"pack": str, "pack_version": str, "language": str, "felt": str, **MARKS},
        pk="id",
        optional=(*before, *after, "felt"),
    )
    db.execute("CREATE INDEX sitting_live ON sitting (at, state) WHERE deleted_at IS NULL")


def _own(db: Database) -> None:
    """What the person keeps beside writing: unfinished texts, settings, added packs, and what left the journal."""
    _make(
        db,
        "draft",
        {"id": str, "kind": str, "started": str, "sitting": str, "changed_at": str, "text": str},
        pk="id",
        optional=("sitting",),
    )
    _make(db, "setting", {"key": str, "value": str, **MARKS}, pk="key")
    _make(
        db,
        "pack",
        {"id": str, "language": str, "version": str, "added_at": str, **MARKS, "toml": str},
        pk=("id", "language"),
    )
    _make(
        db,
        "share",
        {"id": str, "at": str, **MOMENT, "to_label": str, "form": str, "since": str, "until": str, "blocks": str}
        | {"withheld": str, "left_out": str, "aliases": str, "digest": str, "file": str, "changed_at": str},
        pk="id",
        optional=("since", "until"),
    )
    # Its entries may be removed for good later; the ledger goes on saying that they left.
    _make(
        db,
        "share_entry",
        {"share": str, "place": int, "entry": str},
        pk=("share", "place"),
        parts_of={"share": ("share", "id")},
    )
    db.table("share_entry").create_index(["entry"], "share_entry_entry")


# unicode61 takes the marks off letters that are a letter and a mark; in these, the stroke is part of the letter.
FOLDED = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
SEARCHED = ("title", "question", "body", "answers")


def _folded(sql: str) -> str:
    for letter, plain in FOLDED.items():
        sql = f"replace({sql}, '{letter}', '{plain}')"
    return sql


def _search(db: Database) -> None:
    """
    The search index over all that is not in the trash.

    It keeps no text of its own. `searchable` shows, for each entry that is to be found, the words
    the index holds; before a change the row it shows is taken out, after it the new one is put in.
    """
    db.create_view(
        "searchable",
        f"SELECT entry.number AS number, {_folded('title')} AS title, {_folded('question')} AS question,"  # noqa: S608  # no values in it
        f" {_folded('body')} AS body, (SELECT {_folded('group_concat(answer, char(10) ORDER BY place)')}"
        " FROM follow_up WHERE follow_up.entry = entry.id) AS answers"
        " FROM entry JOIN writing ON writing.number = entry.number WHERE entry.deleted_at IS NULL",
    )
    columns = ", ".join(SEARCHED)
    db.execute(
        f"CREATE VIRTUAL TABLE search USING fts5({columns}, content='searchable', content_rowid='number',"
        " tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)"
    )
    # Otherwise the words of a text that was removed stay in the index until it happens to be rebuilt.
    db.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
    number = "{row}.number"
    of_entry = "(SELECT number FROM entry WHERE id = {row}.entry)"
    _keep_searched(db, "entry", "UPDATE OF title, question, deleted_at", "BEFORE AFTER", number)
    _keep_searched(db, "entry", "DELETE", "BEFORE", number)
    _keep_searched(db, "writing", "INSERT", "AFTER", number)
    _keep_searched(db, "writing", "UPDATE", "BEFORE AFTER", number)
    _keep_searched(db, "writing", "DELETE", "BEFORE", number)
    for deed in ("INSERT", "UPDATE", "DELETE"):
        _keep_searched(db, "follow_up", deed, "BEFORE AFTER", of_entry)


def _keep_searched(db: Database, table: str, deed: str, times: str, number: str) -> None:
    """Keep the index true through a deed; `number` finds the entry by the table's `{row}`."""
    columns = ", ".join(SEARCHED)
    changes = {
        "BEFORE": f"INSERT INTO search (search, rowid, {columns}) SELECT 'delete', number, {columns} FROM searchable",  # noqa: S608  # as above
        "AFTER": f"INSERT INTO search (rowid, {columns}) SELECT number, {columns} FROM searchable",  # noqa: S608  # as above
    }
    which = number.format(row="new" if deed == "INSERT" else "old")
    verb = deed.partition(" ")[0].lower()
    for time in times.split():
        db.execute(
            f"CREATE TRIGGER search_{time.lower()}_{verb}_{table} {time} {deed} ON {table}"
            f" BEGIN {changes[time]} WHERE number = {which}; END"
        )


def _first(connection: dbapi2.Connection) -> None:
    """All that a journal held in the beginning."""
    db = Database(connection, execute_plugins=False)
    _entries(db)
    _texts_and_names(db)
    _moods(db)
    _own(db)
    _search(db)


def _programs(connection: dbapi2.Connection) -> None:
    """Where somebody is in a program, and which sittings were taken through it; lists of sittings never read it."""
    db = Database(connection, execute_plugins=False)
    _make(
        db,
        "program_run",
        {"id": str, "program": str, "pack": str, "title": str, "at": str, **MOMENT, "state": str}
        | {"week": int, "turn": int, **MARKS},
        pk="id",
    )
    _make(
        db,
        "run_sitting",
        {"sitting": str, "run": str, "turn": int, **MARKS},
        pk="sitting",
        parts_of={"sitting": ("sitting", "id"), "run": ("program_run", "id")},
    )
    db.table("run_sitting").create_index(["run"], "run_sitting_run")


def _practice(connection: dbapi2.Connection) -> None:
    """Limits, goals, questionnaires and the wording of one's forms; which entries are moments of trust or kindness."""
    db = Database(connection, execute_plugins=False)
    for name, part, known in (
        ("own_limit", "limit_note", {"how": str, "by": str, "line": str}),
        ("goal", "goal_rating", {"value": int}),
    ):
        _make(db, name, {"id": str, "text": str, "at": str, **MOMENT, "resting": int, **MARKS}, pk="id")
        _make(
            db,
            part,
            {"id": str, name: str, "at": str, **MOMENT, **known, **MARKS},
            pk="id",
            optional=("by", "line"),
            parts_of={name: (name, "id")},
        )
        db.table(part).create_index([name], f"{part}_{name}")
    _make(
        db,
        "measured",
        {"id": str, "questionnaire": str, "version": str, "coding": str, "language": str, "at": str, **MOMENT}
        | {"answers": str, "total": float, **MARKS},
        pk="id",
        optional=("total",),
    )
    _make(
        db,
        "form",
        {"questionnaire": str, "language": str, "added_at": str, "toml": str, **MARKS},
        pk=("questionnaire", "language"),
    )
    _make(
        db,
        "entry_moment",
        {"entry": str, "kind": str, "kinder": str, "changed_at": str},
        pk="entry",
        optional=("kinder",),
        parts_of={"entry": ("entry", "id")},
    )


def _arrivals(connection: dbapi2.Connection) -> None:
    """What came from other notebooks, by a key it is known again by; moods of theirs, which no scale here fits."""
    db = Database(connection, execute_plugins=False)
    _make(db, "import_run", {"id": str, "format": str, "at": str, **MOMENT, "entries": int, **MARKS}, pk="id")
    _make(
        db,
        "arrived",
        {"key": str, "thing": str, "id": str, "run": str},
        pk="key",
        parts_of={"run": ("import_run", "id")},
    )
    for column in ("run", "id"):
        db.table("arrived").create_index([column], f"arrived_{column}")
    _make(
        db,
        "imported_mood",
        {"check_in": str, "origin": str, "label": str, "pleasant": float},
        pk="check_in",
        optional=("pleasant",),
        parts_of={"check_in": ("check_in", "id")},
    )
    # A key is made of the text it stands for: when that is removed for good, so is its key.
    for thing in ("entry", "check_in"):
        db.execute(
            f"CREATE TRIGGER arrived_{thing} AFTER DELETE ON {thing}"  # noqa: S608  # as above
            f" BEGIN DELETE FROM arrived WHERE id = old.id AND thing = '{thing}'; END"
        )


STEPS: Sequence[Callable[[dbapi2.Connection], None]] = (_first, _programs, _practice, _arrivals)

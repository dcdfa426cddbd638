"""
No statement of an everyday command goes through a table that grows with the journal.

Every statement that the commands really send is taken down, with the values it was sent with, and SQLite is asked
how it would go about it. What it may go through from end to end is listed here, each with its reason.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from shelf import at, fresh, written

from journal_cli.errors import JournalError
from journal_cli.journal.entry import Kind
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import How, Limit, LimitNote
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.records import entries, goals, limits, moments, moods, rows, search, sittings
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import opening
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import unlock

FEW = {  # rows, however long somebody writes
    "SCAN meta": "what the vault keeps of itself",
    "SCAN sqlite_schema": "the tables",
    "SCAN main.search_config": "the settings of the search index",
    "SCAN setting USING INDEX sqlite_autoindex_setting_1": "a row for each setting",
    "SCAN pack": "what was added by hand",
    "SCAN form USING INDEX sqlite_autoindex_form_1": "one's own questionnaires",
    "SCAN draft": "what is being written",
    "SCAN goal": "three at a time",
    "SCAN own_limit": "told by hand",
    "SCAN program_run": "weeks each",
    "SCAN import_run": "imports",
    "SCAN share": "lines of the ledger",
    "SCAN share_entry USING COVERING INDEX share_entry_entry": "what has left",
    "SCAN measured": "questionnaires that were answered, one in some weeks",
    "SCAN m": "moments, kept one by one",
    "SCAN sitting USING INDEX sitting_live": "some a week, looked through by their state",
    "SCAN CONSTANT ROW": "no table",
    "SCAN json_each VIRTUAL TABLE INDEX 1:": "what was found, if it is little",
    "SCAN t": "themes, already counted",
    "SCAN imported_mood": "moods from elsewhere, if there are any",
}
COUNTED = {  # an index without texts, many rows to a page
    "SCAN entry USING COVERING INDEX entry_id": "all entries counted",
    "SCAN e USING COVERING INDEX entry_live": "entries counted by a filter, or the newest taken from its end",
}
LISTED = "SCAN e USING INDEX entry_live"  # in its order, as long as the page has room
FOUND = re.compile(r"SCAN search VIRTUAL TABLE INDEX \d+:M\d+")  # by its words, once
IN_THE_TRASH = {  # is looked at seldom, and marks of deletion have no index in these
    "SCAN check_in": "short rows, two a day",
    "SCAN sitting": "some a week",
    "SCAN limit_note": "told by hand",
    "SCAN goal_rating": "told by hand",
}
ASKED = re.compile(r"SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH", re.IGNORECASE)
ROW = re.compile(r'\b(?:new|old)\.(?:"[^"]+"|\w+)', re.IGNORECASE)

READING = (
    (),
    ("list",),
    ("list", "--all", "--json"),
    *(("list", f"--{name}") for name in ("starred", "private", "shared")),
    *(("list", f"--{name}", value) for name, value in (("tag", "home"), ("person", "Ada"), ("kind", "note"))),
    ("list", "--theme", "trust-self"),
    ("list", "--since", "2026-01-01", "--until", "2026-12-31"),
    ("show", "{first}"),
    ("show", "{first}", "--history"),
    ("search", "evening"),
    ("search", "evening", "words", "--all"),
    ("search", "evening", "--tag", "home"),
    ("search", "evening", "--starred", "--since", "2026-01-01"),
    ("search", '"evening words"', "--limit", "3"),
    ("mood",),
    ("mood", "--calendar"),
    ("progress",),
    ("trash", "list"),
    *((name, "list") for name in ("limit", "goal", "program", "measure")),
    ("share", "--list"),
    ("settings",),
)
WRITING = (
    (("write", "--tag", "home"), "One more @Ada."),
    (("write",), "A long one. " * 500),
    (("checkin",), "3\n6\n\n"),
    (("edit", "{first}"), "Other words."),
    (("mark", "{first}", "--star", "--tag", "new", "--title", "Name"), ""),
    (("delete", "{first}", "--yes"), ""),
    (("trash", "restore", "{first}"), ""),
    (("delete", "{second}", "--yes"), ""),
    (("trash", "empty", "--yes"), ""),
    (("import", "{notebook}", "--dry-run"), ""),
    (("import", "{notebook}", "--yes"), ""),
    (("import", "{notebook}", "--yes"), ""),
)


@contextmanager
def opened(journal: Any) -> Iterator[Database]:
    vault = unlock(journal.folder, journal.passphrase, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
    with vault.open(STEP_COUNT, load_steps, memory_security=False) as db:
        yield db


def fill(db: Database) -> list[str]:
    """Give the ids of some entries that came with all that may stand beside them."""
    ids = []
    with db.changing():
        for number in range(60):
            ids.append(fresh())
            known = {"starred": number % 3 == 0, "kind": Kind.NOTE if number % 5 == 0 else Kind.FREE}
            entries.add(db, written(ids[-1], f"Evening {number} @Ada #home", -number, [("why", "because")], **known))
            moods.add_check_in(db, CheckIn(fresh(), at(-number), Mood(1, 1), (("sleep", 3),)))
        sitting = Sitting(fresh(), at(-5), "evening-signals", "Evening signals", State.PAUSED, Mood(1, 0), None)
        sittings.begin(db, sitting)
        moments.keep(db, ids[0], MomentKind.TRUST, None, at())
        limits.add(db, limit := Limit(fresh(), "Leave at four.", at()))
        limits.add_note(db, LimitNote(fresh(), limit.id, at(), How.KEPT), at())
        goals.add(db, goal := Goal(fresh(), "Sleep.", at()))
        goals.rate(db, [Rating(fresh(), goal.id, at(), 3)], at())
    return ids


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every connection that opens a journal is asked from now on; what an index asks of itself begins with --."""
    statements: list[str] = []
    connect = opening.connect

    def heard(*args: Any, **kwargs: Any) -> Any:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(opening, "connect", heard)
    return statements


def complaints(db: Database, statement: str, *more: str) -> list[str]:
    """Give what SQLite would go through for a statement without being allowed to."""
    plan = [row[3] for row in db.read(f"EXPLAIN QUERY PLAN {statement}")]
    is_listed = "TEMP B-TREE FOR ORDER BY" not in " ".join(plan) and " LIMIT " in statement
    return [
        f"{step}: {statement[:200]}"
        for step in plan
        if "AUTOMATIC" in step
        or (
            step.startswith("SCAN")
            and step not in {*FEW, *COUNTED, *more}
            and not FOUND.fullmatch(step)
            and not (step == LISTED and is_listed)
        )
    ]


def asked(statements: list[str]) -> list[str]:
    return list(dict.fromkeys(one for one in statements if ASKED.match(one)))


def of_command(journal: Any, said: list[str], run: Callable[[], object], *more: str) -> tuple[int, list[str]]:
    """Run a command, and give how many statements it sent and what is wrong with them."""
    said.clear()
    run()
    statements = asked(said)
    with opened(journal) as db:
        return len(statements), [found for one in statements for found in complaints(db, one, *more)]


def test_no_command_that_reads_goes_through_a_table(journal, said) -> None:
    with opened(journal) as db:
        first, *_ = fill(db)
    sent, wrong = {}, {}
    for command in READING:
        args = [one.format(first=first) for one in command]
        more = IN_THE_TRASH if command[:1] == ("trash",) else ()
        sent[command], wrong[command] = of_command(journal, said, lambda args=args: journal(*args), *more)

    assert {command: found for command, found in wrong.items() if found} == {}
    assert min(sent.values()) >= 3


@pytest.mark.parametrize("few", [0, 2_000])
def test_no_way_of_searching_and_of_listing_a_common_tag_goes_through_a_table(journal, said, monkeypatch, few) -> None:
    with opened(journal) as db:
        fill(db)
    monkeypatch.setattr(search, "NEWEST", 3)
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(rows, "FEW_NAMED", few)
    wrong = {}
    for command in READING:
        if command[:1] in {("search",), ("list",)}:
            _, wrong[command] = of_command(journal, said, lambda args=command: journal(*args))

    assert len(wrong) >= 12
    assert {command: found for command, found in wrong.items() if found} == {}


def test_no_command_that_writes_goes_through_a_table(journal, said, tmp_path) -> None:
    (notebook := tmp_path / "notebook").mkdir()
    for day in range(1, 9):
        (notebook / f"2026-03-0{day}.md").write_text(f"What happened on day {day}.")
    with opened(journal) as db:
        first, second, *_ = fill(db)
    journal("write", input="The day's backup, which reads everything, comes after its first change.")
    names = {"first": first, "second": second, "notebook": str(notebook)}
    sent, wrong = [], {}
    for number, (command, given) in enumerate(WRITING):
        args = [one.format(**names) for one in command]
        more = IN_THE_TRASH if command[0] in {"trash", "delete"} else ()
        count, found = of_command(journal, said, lambda args=args, given=given: journal(*args, input=given), *more)
        sent.append(count)
        wrong[number, command] = found

    assert {command: found for command, found in wrong.items() if found} == {}
    assert min(sent) >= 5


def test_what_the_tables_do_by_themselves_goes_through_none(journal) -> None:
    """Triggers: in SQLite's plan of the statement that sets them off they do not stand."""
    with opened(journal) as db:
        fill(db)
        triggers = dict(db.read("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        wrong, statements = {}, 0
        for name, sql in triggers.items():
            for one in re.split(r";\s*", sql.partition("BEGIN")[2].removesuffix("END").strip()):
                if one.strip() not in {"", "END"}:
                    statements += 1
                    if found := complaints(db, ROW.sub("1", one)):
                        wrong[name] = found

    assert wrong == {}
    assert statements >= len(triggers) > 60


def test_whatever_is_part_of_something_is_found_by_it(journal) -> None:
    """Or removing one thing for good would go through all parts of all things."""
    with opened(journal) as db:
        tables = [name for (name,) in db.read("SELECT name FROM pragma_table_list WHERE type = 'table'")]
        parts = [
            (table, column)
            for table in tables
            for (column,) in db.read('SELECT "from" FROM pragma_foreign_key_list(?)', (table,))
        ]
        plan = 'EXPLAIN QUERY PLAN SELECT 1 FROM "{}" WHERE "{}" = 1'
        plans = {part: [row[3] for row in db.read(plan.format(*part))] for part in parts}

    assert len(parts) >= 10
    assert {part: plan for part, plan in plans.items() if not plan[0].startswith("SEARCH")} == {}


@pytest.mark.parametrize(
    "index, command",
    [("entry_id", ("show", "{first}")), ("entry_live", ("progress",)), ("check_in_live", ("mood",))],
)
def test_without_an_index_it_would_be_seen(journal, said, index, command) -> None:
    with opened(journal) as db:
        first, *_ = fill(db)
    said.clear()
    journal(*(one.format(first=first) for one in command))
    statements = asked(said)

    with opened(journal) as db:
        db.connection.execute("BEGIN")
        db.connection.execute(f"DROP INDEX {index}")
        wrong: list[str] = []
        for statement in statements:
            try:
                wrong += complaints(db, statement)
            except (JournalError, RuntimeError) as failure:
                wrong.append(str(failure))
        db.connection.execute("ROLLBACK")
    assert wrong

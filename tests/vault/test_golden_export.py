"""Everything a journal can hold, of every schema step there was, survives its export; nothing is left out of it."""

import json
from pathlib import Path

import jsonschema
import pytest
from golden.fill import at, fill, told
from making import Make
from test_golden import STEPS, Golden

from journal_cli.cli.export_document import document
from journal_cli.imports import from_journal
from journal_cli.journal.entry import Filter
from journal_cli.records import everything, taking_in
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database

SCHEMA = json.loads((Path(everything.__file__).parent / "export.schema.json").read_text(encoding="utf-8"))


def exported(db: Database) -> bytes:
    return b"".join(document(db, at(0), None))


def taken_in(db: Database, content: bytes) -> taking_in.Restored:
    return taking_in.restore(db, from_journal.rows([content.decode()], "x.json", schema=STEP_COUNT))


def counted(db: Database, table: str) -> int:
    row = db.one(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # a name only
    return int(row[0]) if row else 0


@pytest.mark.parametrize("step", STEPS)
def test_every_golden_journal_comes_back_whole(step: int, make: Make, tmp_path: Path) -> None:
    golden = Golden(step, tmp_path)
    with vault.unlock(golden.folder, golden.secrets["passphrase"]).open(STEP_COUNT, load_steps) as old:
        content, before = exported(old), told(old)
    with make("new").vault.open(STEP_COUNT, load_steps, memory_security=False) as new:
        restored = taken_in(new, content)

        assert told(new) == before
        assert exported(new) == content
        assert restored.different == ()
        assert restored.added["entry"] == len(golden.holds["entries"])
    jsonschema.validate(json.loads(content), SCHEMA)


def test_no_table_is_left_out(make: Make) -> None:
    with make().vault.open(STEP_COUNT, load_steps, memory_security=False) as db:
        fill(db)
        there = {
            name
            for (name,) in db.read("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
            if not name.startswith("sqlite_")
        }
        told_of = {table.name for table in everything.TABLES}
        told_of |= {part.name for table in everything.TABLES for part in table.parts}

        assert there - {"meta"} == told_of | everything.MADE_ANEW
        # As many rows leave as there are, counted a second way.
        document_ = json.loads(exported(db))
        for table in everything.present(db):
            assert len(document_[table.name]) == counted(db, table.name)
            for part in table.parts:
                rows = sum(len(row[part.name]) for row in document_[table.name])
                assert rows == counted(db, part.name)
        texts = {one["id"]: one["body"] for one in document_["entry"]}
        assert texts == dict(db.read("SELECT id, body FROM entry JOIN writing USING (number)"))


def test_the_schema_names_every_column_there_is(make: Make) -> None:
    with make().vault.open(STEP_COUNT, load_steps, memory_security=False) as db:
        for table in everything.present(db):
            row = SCHEMA["properties"][table.name]["items"]["properties"]
            body = ["body"] if table.name == "entry" else []
            assert list(row) == [*table.columns, *body, *(part.name for part in table.parts)]
            for part in table.parts:
                assert list(row[part.name]["items"]["properties"]) == list(part.columns)


def test_where_things_are_found_by_is_made_anew(make: Make) -> None:
    with make("one").vault.open(STEP_COUNT, load_steps, memory_security=False) as one:
        fill(one)
        content = exported(one)
        with make("two").vault.open(STEP_COUNT, load_steps, memory_security=False) as two:
            taken_in(two, content)

            for sql in (
                "SELECT id, tag FROM entry_tag JOIN entry USING (number) ORDER BY 1, 2",
                "SELECT id, key, name FROM entry_person JOIN entry USING (number) ORDER BY 1, 2",
            ):
                assert one.read(sql) == two.read(sql) != []
            found = "SELECT rowid FROM search WHERE search MATCH 'padalo'"
            assert len(two.read(found)) == len(one.read(found)) == 1
            two.read("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")  # refuses if it is not true


@pytest.mark.parametrize("only", [{"starred": True}, {"tags": ("calm",)}])
def test_a_chosen_export_holds_those_entries_and_nothing_else(make: Make, only) -> None:
    with make().vault.open(STEP_COUNT, load_steps, memory_security=False) as db:
        fill(db)
        found = json.loads(b"".join(document(db, at(0), Filter(**only))))
        every = json.loads(exported(db))["entry"]

    live = [one for one in every if one["deleted_at"] is None]
    wanted = [one for one in live if (one["starred"] if "starred" in only else "calm" in one["tags"])]
    assert found["entry"] == wanted
    assert 0 < len(wanted) < len(live)
    assert set(found) - {"format", "version", "made_at", "program", "schema", "only"} == {"entry"}
    assert found["only"] == {name: list(value) if isinstance(value, tuple) else value for name, value in only.items()}
    jsonschema.validate(found, SCHEMA)

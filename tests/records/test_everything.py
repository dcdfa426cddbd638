"""Everything, row by row: random journals come back letter by letter, and nothing that is here is written over."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelf import at, fresh, moments, moods, opened, whole_entries, written

from journal_cli.cli.export_document import document
from journal_cli.errors import NotWhatItSays, TooNew
from journal_cli.imports import from_journal
from journal_cli.journal.entry import Filter
from journal_cli.journal.mood import CheckIn
from journal_cli.records import drafts, edits, entries, everything, settings, taking_in, trash
from journal_cli.records import moods as check_ins
from journal_cli.records.drafts import Draft
from journal_cli.records.everything_json import lines, quoted
from journal_cli.records.steps import STEP_COUNT
from journal_cli.records.taking_in import Restored
from journal_cli.vault.database import Database


def exported(db: Database, only: Filter | None = None) -> str:
    return b"".join(document(db, at(0), only)).decode()


def cut(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def taken_in(db: Database, text: str, size: int = 1000, **how: Any) -> Restored:
    return taking_in.restore(db, from_journal.rows(cut(text, size), "x.json", schema=STEP_COUNT), **how)


class Undone(Exception):
    """What was done in an example is taken back."""


@pytest.fixture(scope="module")
def two_journals(empty_journal, tmp_path_factory) -> Iterator[tuple[Database, Database]]:
    folder = tmp_path_factory.mktemp("two")
    paths = [shutil.copy(empty_journal, folder / f"{name}.db") for name in ("one", "two")]
    with opened(Path(paths[0])) as one, opened(Path(paths[1])) as two:
        yield one, two


check_in = st.builds(
    CheckIn,
    id=st.builds(fresh),
    at=moments,
    mood=moods,
    items=st.lists(st.tuples(st.text(min_size=1), st.integers(-9, 9) | st.text()), max_size=3).map(tuple),
)


@given(
    st.lists(whole_entries, max_size=4),
    st.lists(check_in, max_size=2),
    st.lists(st.text(), max_size=3),
    st.integers(1, 3000),
)
def test_a_random_journal_comes_back_letter_by_letter(two_journals, wholes, told, texts, size) -> None:
    one, two = two_journals
    with pytest.raises(Undone), one.changing(), two.changing():
        _comes_back(one, two, wholes, told, texts, size)


def _comes_back(one: Database, two: Database, wholes, told, texts, size: int) -> None:
    for whole in wholes:
        entries.add(one, whole)
    for number, text in enumerate(texts):
        drafts.keep(one, Draft(fresh(), "write", text, at(number)))
        settings.put(one, f"key{number}", text, at(number))
        if wholes:
            edits.rewrite(one, wholes[0].entry.id, text + "x", at(number))
    for number, mood in enumerate(told):
        check_ins.add_check_in(one, mood)
        if number and wholes:
            trash.delete(one, [mood.id], at(9))
    content = exported(one)
    foreseen = taken_in(two, content, size, only_look=True)
    restored = taken_in(two, content, size)

    assert exported(two) == content
    assert foreseen == restored
    assert sum(restored.added.values()) == len(wholes) + len(told) + 2 * len(texts)
    assert [entries.whole(two, whole.entry.id) for whole in wholes] == [
        entries.whole(one, whole.entry.id) for whole in wholes
    ]
    again = taken_in(two, content, size)
    assert not any(again.added.values())
    assert again.same == restored.added
    assert exported(two) == content
    raise Undone


@given(st.text(st.characters(exclude_categories=("Cs",))))
@example('\x00\x1f\x7f\t\r\n"\\ \u2028 zażółć 👩\u200d👩\u200d👧 </script>')
def test_a_text_is_written_as_the_library_for_json_writes_it(text) -> None:
    assert quoted(text.encode()).decode() == json.dumps(text, ensure_ascii=False)


def test_a_line_is_the_row_as_the_library_for_json_writes_it(db, write) -> None:
    write("aaaa0001", 'She said "no".\nAnd\tthen\\: \x01 zażółć. #calm @Ann', 1, [("What\nthen?", "It passed.")])
    write("aaaa0002", "Second.", 2, starred=True)
    edits.rewrite(db, "aaaa0002", "Second, again.", at(6))
    with db.changing():
        for number, tags in enumerate(('["not" , "packed"]', "no list", '{"a": 1.5}')):
            write(f"aaaa001{number}", "More.", 3)
            db.run("UPDATE entry SET tags = ? WHERE id = ?", (tags, f"aaaa001{number}"))
    (table,) = (one for one in everything.present(db) if one.name == everything.ENTRY)

    told = [line.decode() for line in lines(db, table)]

    assert len(told) == 5
    assert told == [json.dumps(row, ensure_ascii=False) for row in everything.rows(db, table)]


@pytest.fixture
def some(db, write) -> str:
    """An export of three entries, of which one has a follow-up and an earlier text, and one is in the trash."""
    write("aaaa0001", "First, about the river. #calm")
    write("aaaa0002", "Second.", 5, [("What then?", "It passed.")], starred=True)
    edits.rewrite(db, "aaaa0002", "Second, again.", at(6))
    write("aaaa0003", "Third.", 10)
    trash.delete(db, ["aaaa0003"], at(11))
    settings.put(db, "lang", "pl", at(1))
    return exported(db)


def test_what_is_here_is_never_written_over(db, some) -> None:
    edits.rewrite(db, "aaaa0001", "First, changed here.", at(60))
    settings.put(db, "lang", "en", at(60))
    before = exported(db)

    foreseen = taken_in(db, some, only_look=True)
    restored = taken_in(db, some)

    assert exported(db) == before
    assert foreseen == restored
    assert restored.different == (("entry", "aaaa0001"), ("setting", "lang"))
    assert restored.same == {"entry": 2}
    assert not restored.added


def test_what_is_not_here_is_added_beside_it(db, some, empty_journal, tmp_path) -> None:
    with opened(Path(shutil.copy(empty_journal, tmp_path / "other.db"))) as other:
        entries.add(other, written("bbbb0001", "Only there.", 90))
        content = exported(other)

    restored = taken_in(db, content)

    assert restored.added == {"entry": 1}
    assert (restored.first, restored.last) == (at(90).day, at(90).day)
    assert entries.whole(db, "bbbb0001").body == "Only there."
    assert entries.whole(db, "aaaa0002").body == "Second, again."


def test_looking_changes_nothing(db, some, empty_journal, tmp_path) -> None:
    version = db.state
    taken_in(db, some.replace('"aaaa', '"cccc'), only_look=True)

    assert db.state == version
    assert entries.count(db, Filter()) == 2


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        found = json.loads(text)
        change(found)
        return json.dumps(found)

    return edit


def in_entry(**values: Any) -> Callable[[str], str]:
    return changed(lambda found: found["entry"][1].update(values))


@pytest.mark.parametrize(
    "spoil",
    [
        in_entry(id="../../x"),
        in_entry(id=None),
        in_entry(id=7),
        in_entry(kind="other"),
        in_entry(written_at="yesterday"),
        in_entry(written_at="2026-13-01T00:00:00Z"),
        in_entry(changed_at="2026-11-24"),
        in_entry(day="24 November"),
        in_entry(offset=99999),
        in_entry(offset=True),
        in_entry(tags="calm"),
        in_entry(tags=[1]),
        in_entry(word_count=1.5),
        in_entry(word_count=1 << 63),
        in_entry(word_count=None),
        in_entry(body="\ud800"),
        in_entry(body=["x"]),
        in_entry(number=1),
        in_entry(colour="x"),
        in_entry(**{'id" , "x': 1}),
        in_entry(follow_up={}),
        in_entry(follow_up=["x"]),
        in_entry(follow_up=[{"place": 0, "question": "x"}]),
        in_entry(revision=[{"entry": "aaaa0001", "place": 0, "replaced_at": "x", "body": "x"}]),
        changed(lambda found: found.update(meta=[{"name": "state", "value": "0 0"}])),
        changed(lambda found: found.update(sqlite_schema=[{"type": "x"}])),
        changed(lambda found: found.update(run_sitting=[
            {"sitting": "x", "run": "x", "turn": 0, "changed_at": "2026-11-24T19:00:00.000000Z 60 Europe/Warsaw"}
        ])),
        changed(lambda found: found["entry"].append(3)),
        changed(lambda found: found.update(more=3)),
        changed(lambda found: found.pop("version")),
        changed(lambda found: found.update(version="1")),
        changed(lambda found: found.update(format="other")),
        changed(lambda found: found.update(schema=0)),
        lambda text: text[:-3],
        lambda text: text[: len(text) // 2],
        lambda text: text + "{}",
        lambda text: text.replace('"entry": [', '"entry": [[[[[', 1),
        lambda _: "[" * 100_000,
        lambda text: text.replace('"word_count": 4', '"word_count": NaN', 1),
        lambda text: text.replace('"word_count": 4', '"word_count": ' + "9" * 5000, 1),
        lambda _: "",
        lambda _: "[]",
    ],
)  # fmt: skip
def test_what_no_journal_wrote_is_refused_and_nothing_of_it_is_kept(db, some, empty_journal, tmp_path, spoil) -> None:
    content = spoil(some)
    with opened(Path(shutil.copy(empty_journal, tmp_path / "other.db"))) as other:
        before = other.state
        with pytest.raises(NotWhatItSays) as failure:
            taken_in(other, content)

        assert other.state == before
        assert "river" not in f"{failure.value} {failure.value.hint} {failure.value.values}"


@pytest.mark.parametrize("what", [{"version": 2}, {"schema": STEP_COUNT + 1}])
def test_one_of_a_newer_version_is_left_alone(db, some, what) -> None:
    with pytest.raises(TooNew):
        taken_in(db, changed(lambda found: found.update(what))(some))


def test_an_export_is_known_by_how_it_begins() -> None:
    assert from_journal.recognises(b'{\n"format": "journal-export",\n"version": 1', "x.txt")
    assert from_journal.recognises(b'\xef\xbb\xbf{"version":1,"format":"journal-export"', "x")
    assert from_journal.recognises(b"jcle\x01", "x")
    assert not from_journal.recognises(b'{"entries": [{"body": "\\"format\\": \\"journal-export\\""}]}', "x.json")
    assert not from_journal.recognises(b'{"metadata": {"version": "1.0"}}', "x.json")
    assert not from_journal.recognises(b"", "x.json")


def test_reading_is_of_one_moment_and_takes_no_more_room_for_more(db, write) -> None:
    for number in range(50):
        write(f"aaaa00{number:02}", "x" * 5000, number)
    pieces = list(document(db, at(0), None))

    assert max(map(len, pieces)) < 65_536 + 3 * 5000
    assert len(pieces) > 3
    assert not db.connection.in_transaction


def test_entries_leave_in_the_order_they_were_kept_in_so_that_lists_are_the_same_there(
    db, write, empty_journal, tmp_path
) -> None:
    for id_, minutes in (("bbbb0002", 5), ("aaaa0001", 5), ("cccc0003", 1), ("aaaa0004", 5)):
        write(id_, minutes=minutes)
    content = exported(db)
    with opened(Path(shutil.copy(empty_journal, tmp_path / "other.db"))) as other:
        taken_in(other, content)
        listed = [[one.id for one in entries.listing(one, Filter(), None)[0]] for one in (db, other)]

    assert [one["id"] for one in json.loads(content)["entry"]] == ["bbbb0002", "aaaa0001", "cccc0003", "aaaa0004"]
    assert listed[0] == listed[1] == ["aaaa0004", "aaaa0001", "bbbb0002", "cccc0003"]

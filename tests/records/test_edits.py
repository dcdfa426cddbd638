from dataclasses import replace

from shelf import Write, at

from journal_cli.journal.entry import Filter
from journal_cli.records import edits, entries
from journal_cli.vault.database import Database


def test_a_rewritten_entry_keeps_its_earlier_texts(db: Database, write: Write) -> None:
    write("aaaa0000", "first")
    edits.rewrite(db, "aaaa0000", "second", at(1))

    entry = edits.rewrite(db, "aaaa0000", "third, and a few words more", at(2))

    assert [(one.body, one.replaced_at) for one in edits.revisions(db, "aaaa0000")] == [
        ("second", at(2)),
        ("first", at(1)),
    ]
    whole = entries.whole(db, "aaaa0000")
    assert (whole.body, whole.revisions, whole.entry) == ("third, and a few words more", 2, entry)
    assert (entry.opening, entry.word_count, entry.changed_at) == ("third, and a few words more", 6, at(2))


def test_the_same_text_again_changes_nothing(db: Database, write: Write) -> None:
    whole = write("aaaa0000", "the same")

    assert edits.rewrite(db, "aaaa0000", "the same", at(9)) == whole.entry
    assert edits.revisions(db, "aaaa0000") == []


def test_tags_and_people_follow_the_text_but_not_over_the_persons_hand(db: Database, write: Write) -> None:
    write("aaaa0000", "#one #two @Anna @Ben", follow_ups=[("q", "#three @Cleo")])
    edits.mark(db, "aaaa0000", at(1), add_tags=("byhand",), remove_tags=("two", "never"))

    entry = edits.rewrite(db, "aaaa0000", "#two #four @Ben @Dan", at(2))

    assert set(entry.tags) == {"byhand", "three", "four"}
    assert set(entry.people) == {"Ben", "Cleo", "Dan"}
    assert entry.word_count == 4 + 2
    assert [found.id for found in entries.listing(db, Filter(tags=("four",)), 5)[0]] == ["aaaa0000"]
    assert entries.count(db, Filter(tags=("one",))) == entries.count(db, Filter(people=("Anna",))) == 0


def test_only_what_is_marked_changes(db: Database, write: Write) -> None:
    before = write("aaaa0000", "text #calm", title="old", starred=True).entry

    assert edits.mark(db, "aaaa0000", at(1)) == replace(before, changed_at=at(1))
    after = edits.mark(
        db,
        "aaaa0000",
        at(2),
        written_at=at(-5000, "Asia/Tokyo"),
        title="new",
        private=True,
        starred=False,
        add_tags=("late",),
        remove_tags=("calm",),
    )
    assert after == replace(
        before,
        written_at=at(-5000, "Asia/Tokyo"),
        title="new",
        private=True,
        starred=False,
        tags=("late",),
        changed_at=at(2),
    )
    assert entries.entry(db, "aaaa0000") == after
    assert edits.mark(db, "aaaa0000", at(3), title=None).title is None

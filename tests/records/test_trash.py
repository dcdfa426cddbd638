from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from shelf import KEY, Write, at

from journal_cli.errors import Ambiguous, Mistyped, NotFound
from journal_cli.journal.entry import Filter, FollowUp
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sharing import Share
from journal_cli.journal.sitting import Sitting
from journal_cli.records import edits, entries, moods, search, shares, sittings, trash
from journal_cli.records.naming import Thing, anything_named
from journal_cli.vault.database import Database

PAGE, TAIL = 4096, 80  # SQLCipher 4: each page ends with 16 bytes of IV and 64 of HMAC


def pages(path: Path) -> Iterator[bytes]:
    """Every page of the journal's file in the clear, free ones too, read without SQLCipher."""
    raw = path.read_bytes()
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        sealed = page[16 if start == 0 else 0 : PAGE - TAIL]
        decryptor = Cipher(algorithms.AES(KEY), modes.CBC(page[-TAIL : 16 - TAIL])).decryptor()
        yield decryptor.update(sealed) + decryptor.finalize()


def live(db: Database) -> set[str]:
    return {entry.id for entry in entries.listing(db, Filter(), None)[0]}


def sitting(id_: str = "ssss0000", **known: Any) -> Sitting:
    return Sitting(**{"id": id_, "at": at(), "session": "evening-signals", "title": "Evening signals"} | known)


def test_what_is_deleted_waits_in_the_trash_and_comes_back(db: Database, write: Write) -> None:
    before = write("aaaa0000").entry
    write("bbbb0000")

    assert trash.delete(db, ["aaaa", "AAAA0"], at(1)) == [(Thing.ENTRY, "aaaa0000")]
    assert live(db) == {"bbbb0000"}
    assert entries.listing(db, Filter(), 1)[1] == entries.count(db, Filter(starred=False)) == 1
    (waiting,) = trash.in_trash(db).entries
    assert (waiting.id, waiting.deleted_at, waiting.changed_at) == ("aaaa0000", at(1), at(1))
    assert trash.restore(db, "aaa", at(2)) == (Thing.ENTRY, "aaaa0000")
    assert live(db) == {"aaaa0000", "bbbb0000"}
    after = entries.entry(db, "aaaa0000")
    assert (after.deleted_at, after.changed_at, after.opening) == (None, at(2), before.opening)
    assert trash.in_trash(db) == trash.Trash()


def test_one_wrong_name_deletes_nothing(db: Database, write: Write) -> None:
    write("aaaa0000")
    write("aaab0000")

    for wrong, failure in (("zzzz", NotFound), ("aaa", Ambiguous), ("a", Mistyped)):
        with pytest.raises(failure):
            trash.delete(db, ["aaaa", wrong], at(1))
    assert live(db) == {"aaaa0000", "aaab0000"}
    with pytest.raises(NotFound):
        trash.restore(db, "aaaa", at(1))


def test_names_reach_over_all_that_can_be_deleted(db: Database, write: Write) -> None:
    write("aaa10000")
    moods.add_check_in(db, CheckIn("aaa20000", at(), Mood()))
    sittings.begin(db, sitting("aaa30000"))

    assert anything_named(db, "aaa1") == (Thing.ENTRY, "aaa10000")
    assert anything_named(db, "aaa2") == (Thing.CHECK_IN, "aaa20000")
    assert anything_named(db, "aaa3") == (Thing.SITTING, "aaa30000")
    with pytest.raises(Ambiguous):
        anything_named(db, "aaa")
    with pytest.raises(NotFound):
        anything_named(db, "aaa1", trashed=True)


def test_a_sitting_takes_its_entries_along_and_brings_them_back(db: Database, write: Write) -> None:
    sittings.begin(db, sitting())
    for minutes, id_ in enumerate(("aaaa0000", "bbbb0000", "cccc0000")):
        write(id_, minutes=minutes, sitting=None if id_ == "cccc0000" else "ssss0000")
    trash.delete(db, ["aaaa"], at(5))

    trash.delete(db, ["ssss"], at(6))
    assert live(db) == {"cccc0000"}
    assert sittings.entries_of(db, "ssss0000") == []
    assert [one.id for one in trash.in_trash(db).sittings] == ["ssss0000"]
    assert sittings.sitting(db, "ssss0000").deleted_at == at(6)

    trash.restore(db, "ssss", at(7))
    assert live(db) == {"bbbb0000", "cccc0000"}
    assert [entry.id for entry in trash.in_trash(db).entries] == ["aaaa0000"]


def test_a_check_in_takes_its_note_along_and_brings_it_back(db: Database, write: Write) -> None:
    write("nnnn0000")
    check_in = CheckIn("cccc0000", at(), Mood(1, 2, words=("calm",)), items=(("sleep", 3),), note="nnnn0000")
    moods.add_check_in(db, check_in)

    trash.delete(db, ["cccc"], at(1))
    assert (live(db), moods.check_ins(db, None, None)) == (set(), [])
    assert trash.in_trash(db).check_ins == (check_in,)

    trash.restore(db, "cccc", at(2))
    assert (live(db), moods.check_ins(db, None, None)) == ({"nnnn0000"}, [check_in])


def test_emptying_counts_what_goes_and_leaves_the_rest(db: Database, write: Write) -> None:
    write("aaaa0000", follow_ups=[("q", "a")])
    write("bbbb0000")
    write("nnnn0000")
    moods.add_check_in(db, CheckIn("cccc0000", at(), Mood(1, 2), note="nnnn0000"))
    sittings.begin(db, sitting())
    shares.note(db, Share("hhhh0000", at(), "T", "md", entries=("aaaa0000",)))
    trash.delete(db, ["aaaa", "nnnn", "ssss"], at(1))

    assert trash.empty(db) == 3
    assert trash.empty(db) == 0
    assert live(db) == {"bbbb0000"}
    assert moods.check_in(db, "cccc0000").note is None
    assert shares.share(db, "hhh").entries == ("aaaa0000",)
    for table in ("follow_up", "sitting"):
        assert db.read(f"SELECT * FROM {table}") == []  # noqa: S608  # a table's name
    with pytest.raises(NotFound):
        entries.entry(db, "aaaa0000")
    assert db.read("PRAGMA foreign_key_check") == []


def test_nothing_of_an_emptied_trash_stays_in_the_file(db: Database, path: Path, write: Write) -> None:
    secret = "wombat zeppelin"
    for number in range(30):
        write(f"aaaa{number:04}", f"an ordinary evening {number}", number)
    write("zzzz0000", f"{secret} " * 700, title=f"title {secret}", follow_ups=[("q", secret), (f"q {secret}", "a")])
    edits.rewrite(db, "zzzz0000", f"later {secret} @wombat #wombat", at(1))
    entries.add_follow_up(db, "zzzz0000", FollowUp("q", secret), at(1))
    words = [part.encode() for part in secret.split()]
    assert any(words[0] in page for page in pages(path))  # the reading itself works

    trash.delete(db, ["zzzz"], at(2))
    assert search.search(db, secret, Filter(), None) == ([], 0)
    assert trash.empty(db) == 1

    for word in words:
        assert not [number for number, page in enumerate(pages(path), 1) if word in page]
    assert db.read("PRAGMA integrity_check") == [("ok",)]

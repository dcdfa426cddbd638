from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelf import LookedUp, Write, at, fresh, written

from journal_cli.errors import NotFound
from journal_cli.journal.entry import Asked, Filter, FollowUp, Kind
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.records import edits, entries, moods, rows, search, trash
from journal_cli.records.passages import parts_of, passage
from journal_cli.vault.database import Database


def found(db: Database, words: str, wanted: Filter | None = None) -> list[str]:
    matches, total = search.search(db, words, wanted or Filter(), None)
    assert total == len(matches)
    return [match.entry.id[0] for match in matches]


def whole_index(db: Database) -> bool:
    """Whether the search index says exactly what the entries say."""
    with db.changing():
        db.run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    return True


@given(words=st.text())
@example(words='"(*')
@example(words="\0")
@example(words="a\0b")
@example(words='"\0"')
@example(words='"" x')
@example(words="\ud800 \udcff")
@example(words="NEAR(a b) AND NOT title: {x} ^y + - OR")
@example(words="a" * 100_000)
@example(words="\U0001e4d0")  # a letter for Python, not yet for the index
def test_any_text_may_be_asked_for(long_db: Database, words: str) -> None:
    matches, total = search.search(long_db, words, Filter(), 5)

    assert len(matches) <= total


def test_a_thousand_words_may_be_asked_for(db: Database, write: Write) -> None:
    text = " ".join(f"word{number}" for number in range(1000))
    write("aaaa0000", text)

    assert found(db, text) == ["a"]
    assert found(db, f"{text} other") == []


@given(text=st.text(), words=st.text())
@example(text="cafe\u0301", words="cafe")
@example(text="İ ſ ß ǰ Ⅷ", words="i s ß j ⅷ")
@example(text="a\u0301b", words="b")
@example(text="x" * 500, words="x")
@example(text="", words="x")
def test_a_passage_is_a_piece_of_the_text_and_marks_are_places_in_it(text: str, words: str) -> None:
    parts = parts_of(words) or parts_of("x")

    snippet, marks = passage([text], parts)

    assert snippet.strip("…") in text
    ends = [end for mark in marks for end in mark]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(snippet) for end in ends)
    assert all(start < end for start, end in marks)


@given(words=st.lists(st.from_regex(r"[a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻ]{2,8}", fullmatch=True), min_size=1, max_size=6))
@example(words=["Łódź"])
def test_every_word_that_was_written_is_found_by_how_it_begins(long_db: Database, words: list[str]) -> None:
    entry = written(fresh(), " — ".join(words))
    entries.add(long_db, entry)
    plain = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
    try:
        for word in words:
            for asked in (word, word.upper(), word.translate(plain), word[:2]):
                matches, _ = search.search(long_db, asked, Filter(), None)
                match = next(match for match in matches if match.entry.id == entry.entry.id)
                start, end = match.marks[0]
                assert (
                    match.snippet[start:end].translate(plain).casefold().startswith(asked.translate(plain).casefold())
                )
    finally:
        trash.delete(long_db, [entry.entry.id], at())
        trash.empty(long_db)


def test_polish_is_found_without_its_marks_and_shown_with_them(db: Database, write: Write) -> None:
    write("aaaa0000", "Zapłakałam ze złością, a potem żółw.")

    for words in ("zloscia", "ZŁOŚCIĄ", "złośc", "zolw zaplakalam", '"ze zloscia"'):
        assert found(db, words) == ["a"]
    (match,), _ = search.search(db, "zloscia", Filter(), 5)
    ((start, end),) = match.marks
    assert match.snippet[start:end] == "złością"


def test_all_words_have_to_be_there_and_a_phrase_as_it_is(db: Database, write: Write) -> None:
    write("aaaa0000", "On Sunday we had dinner", 1)
    write("bbbb0000", "Sunday dinner, again", 2)

    assert found(db, "sun din") == ["b", "a"]
    assert found(db, '"sunday dinner"') == ["b"]
    assert found(db, '"sunday din"') == []
    assert found(db, 'dinner "had') == ["a"]
    assert found(db, "sunday nobody") == []
    assert found(db, "w") == []
    assert found(db, "") == found(db, "()*") == []


def test_title_question_text_and_answers_are_searched_together(db: Database, write: Write) -> None:
    asked = Asked("core", "1.0.0", "en", "p", "Where was the lantern?")
    write("aaaa0000", "in the orchid", title="Velvet", asked=asked, follow_ups=[("unasked", "by the harbor")])

    assert found(db, "lantern orchid velvet harbor") == ["a"]
    assert found(db, "unasked") == []
    shown = {words: search.search(db, words, Filter(), 1)[0][0].snippet for words in ("lantern", "harbor", "velvet")}
    assert shown == {"lantern": "Where was the lantern?", "harbor": "by the harbor", "velvet": "Velvet"}


def test_a_passage_is_cut_between_words_around_what_was_found() -> None:
    text = "word " * 100 + "here it is " + "more " * 100

    snippet, marks = passage([text], parts_of("here"))

    assert snippet.startswith("…word ")
    assert snippet.endswith("more…")
    assert [snippet[start:end] for start, end in marks] == ["here"]
    assert len(snippet) <= 202


def test_signs_that_mark_nothing_are_left_in_the_passage(db: Database, write: Write) -> None:
    body = "\ue000here\ue001 [here] <b>here</b> …here…"
    write("aaaa0000", body)

    (match,), _ = search.search(db, "here", Filter(), 1)

    assert match.snippet == body
    assert [match.snippet[start:end] for start, end in match.marks] == ["here"] * 4


def test_matches_are_newest_first_counted_and_filtered(db: Database, write: Write) -> None:
    for minutes, letter in enumerate("abcdef"):
        write(f"{letter}aaa0000", "calm words", minutes, kind=Kind.NOTE if letter in "bd" else Kind.FREE)
    moods.add_check_in(db, CheckIn("zzzz0000", at(), Mood(1, 1), note="baaa0000"))

    matches, total = search.search(db, "calm", Filter(), 2)
    notes, all_notes = search.search(db, "calm", Filter(kind=Kind.NOTE), 1)

    assert ([match.entry.id[0] for match in matches], total) == (["f", "e"], 6)
    assert ([match.entry.id[0] for match in notes], all_notes) == (["d"], 2)
    assert found(db, "calm", Filter(until=date(2026, 11, 23))) == []
    assert search.search(db, "calm", Filter(kind=Kind.NOTE), None)[0][1].entry.mood == Mood(1, 1)


WANTED = (
    Filter(),
    Filter(kind=Kind.NOTE),
    Filter(since=date(2026, 11, 24), private=False),
    Filter(tags=("home",)),
    Filter(people=("Ada",), starred=True),
)


@pytest.mark.parametrize("newest", [3, 20, 60])
@pytest.mark.parametrize("few", [0, 2_000])
def test_all_ways_of_looking_give_the_same(
    db: Database, monkeypatch: pytest.MonkeyPatch, newest: int, few: int
) -> None:
    """As plainly asked: which of the entries hold the word, and which of these are the newest."""
    wholes = [
        written(
            fresh(),
            ("calm" if number % 3 else "tense") + (" rare" if number in {4, 50} else ""),
            number * 31 % 17,  # neither in the order of their numbers, nor each at its own time
            kind=Kind.NOTE if number % 7 == 0 else Kind.FREE,
            starred=number % 2 == 0,
            tags=("home",) if number % 4 else (),
            people=("Ada",) if number % 5 else (),
        )
        for number in range(60)
    ]
    with db.changing():
        for whole in wholes:
            entries.add(db, whole)
        trash.delete(db, [whole.entry.id for whole in wholes[::11]], at())
    held = {whole.entry.id: whole.body for whole in wholes}
    monkeypatch.setattr(search, "NEWEST", newest)
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(rows, "FEW_NAMED", few)

    for wanted in WANTED:
        listed = [entry.id for entry in entries.each(db, wanted)]
        page, total = entries.listing(db, wanted, 9)
        assert ([entry.id for entry in page], total) == (listed[:9], len(listed))
        for word in ("calm", "tense", "rare", "rare calm", "tense calm", "nowhere"):
            here = [id_ for id_ in listed if {*word.split()} <= {*held[id_].split()}]
            for limit in (1, 10, None):
                matches, total = search.search(db, word, wanted, limit)
                assert ([match.entry.id for match in matches], total) == (here[:limit], len(here))


def test_the_index_is_gone_through_once_for_what_is_in_every_entry(
    db: Database, looked_up: LookedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.changing():
        for minutes in range(60):
            entries.add(db, written(fresh(), "calm words", minutes))
    monkeypatch.setattr(search, "NEWEST", 30)
    monkeypatch.setattr(search, "FEW", 10)

    statements = looked_up(lambda: search.search(db, "calm", Filter(), 20))

    assert sum("MATCH" in statement and not statement.startswith("--") for statement in statements) == 1


def test_the_index_follows_every_change(db: Database, write: Write) -> None:
    write("aaaa0000", "first words", title="heading", follow_ups=[("q", "an answer")])
    write("bbbb0000", "other words")

    edits.rewrite(db, "aaaa0000", "second words", at(1))
    assert (found(db, "first"), found(db, "second")) == ([], ["a"])
    entries.add_follow_up(db, "aaaa0000", FollowUp("q", "one more"), at(2))
    assert found(db, "one more answer") == ["a"]
    edits.mark(db, "aaaa0000", at(3), title="new name")
    assert (found(db, "heading"), found(db, "name")) == ([], ["a"])
    assert whole_index(db)
    trash.delete(db, ["aaaa0000"], at(4))
    assert found(db, "words") == ["b"]
    assert whole_index(db)
    entries.add_follow_up(db, "aaaa0000", FollowUp("q", "said in the trash"), at(5))
    edits.rewrite(db, "aaaa0000", "third words", at(5))
    assert (found(db, "trash"), whole_index(db)) == ([], True)
    trash.restore(db, "aaaa0000", at(6))
    assert found(db, "third words trash answer more name") == ["a"]
    assert whole_index(db)
    trash.delete(db, ["aaaa0000"], at(7))
    trash.empty(db)
    assert found(db, "words") == ["b"]
    assert whole_index(db)


def do(db: Database, deed: str, id_: str, text: str) -> None:
    with suppress(NotFound):  # deleted twice, restored unasked, or gone for good
        match deed:
            case "rewrite":
                edits.rewrite(db, id_, text, at())
            case "answer":
                entries.add_follow_up(db, id_, FollowUp("q", text), at())
            case "title":
                edits.mark(db, id_, at(), title=text)
            case "delete":
                trash.delete(db, [id_], at())
            case "restore":
                trash.restore(db, id_, at())
            case "empty":
                trash.empty(db)


DEEDS = st.sampled_from(["rewrite", "answer", "title", "delete", "restore", "empty"])


@given(deeds=st.lists(st.tuples(DEEDS, st.integers(0, 1), st.text()), max_size=12))
@example(deeds=[("delete", 0, ""), ("rewrite", 0, "ł"), ("answer", 0, "Ł"), ("restore", 0, ""), ("title", 0, "Ł\0")])
def test_the_index_is_true_after_any_changes(long_db: Database, deeds: list[tuple[str, int, str]]) -> None:
    ids = [fresh(), fresh()]
    for id_ in ids:
        entries.add(long_db, written(id_, "words ł"))
    with long_db.changing():
        for deed, which, text in deeds:
            do(long_db, deed, ids[which], text)
    assert whole_index(long_db)

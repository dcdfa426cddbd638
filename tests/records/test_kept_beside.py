from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import at, fresh, moments, words

from journal_cli.errors import AlreadyThere, Ambiguous, Mistyped, NotFound
from journal_cli.journal.moment import Moment
from journal_cli.journal.sharing import Share
from journal_cli.records import added_packs, drafts, settings, shares
from journal_cli.records.added_packs import AddedPack
from journal_cli.records.drafts import Draft
from journal_cli.vault.database import Database

any_share = st.builds(
    Share,
    id=st.builds(fresh),
    at=moments,
    to=st.text(),
    form=st.sampled_from(["pdf", "html", "md"]),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    blocks=words,
    entries=words,
    withheld=words,
    left_out=words,
    aliases=st.dictionaries(st.text(), st.text(), max_size=3),
    digest=st.text("0123456789abcdef", min_size=64, max_size=64),
    file=st.text(),
)


@given(share=any_share)
def test_a_line_of_the_ledger_comes_back_exactly_as_it_was_written(long_db: Database, share: Share) -> None:
    shares.note(long_db, share)

    assert shares.share(long_db, share.id) == share
    assert share in shares.shares(long_db)


def test_the_ledger_is_newest_first_and_says_where_the_last_share_ended(db: Database) -> None:
    assert shares.last_until(db) is None
    shares.note(db, Share("aaaa0000", at(2), "", "md", until=date(2026, 11, 1)))
    shares.note(db, Share("aaab0000", at(1), "", "md", until=date(2026, 12, 1)))
    shares.note(db, Share("cccc0000", at(3), "", "md"))

    assert [share.id for share in shares.shares(db)] == ["cccc0000", "aaaa0000", "aaab0000"]
    assert shares.last_until(db) == date(2026, 11, 1)
    assert shares.share(db, "AAAB").id == "aaab0000"
    for beginning, failure in (("aaa", Ambiguous), ("zzz", NotFound), ("a", Mistyped), ("\udcff" * 3, NotFound)):
        with pytest.raises(failure):
            shares.share(db, beginning)
    with pytest.raises(AlreadyThere):
        shares.note(db, Share("aaaa0000", at(), "", "md"))


@given(text=st.text(), later=st.text(), started=moments)
def test_a_draft_grows_until_it_is_let_go(long_db: Database, text: str, later: str, started: Moment) -> None:
    draft = Draft(fresh(), "free", text, started)
    drafts.keep(long_db, draft)
    assert draft in drafts.drafts(long_db)

    drafts.update(long_db, draft.id, later, at(1))
    grown = replace(draft, text=later)
    assert grown in drafts.drafts(long_db)

    drafts.let_go(long_db, draft.id)
    drafts.let_go(long_db, draft.id)
    assert drafts.drafts(long_db) == []
    with pytest.raises(NotFound):
        drafts.update(long_db, draft.id, text, at(2))


def test_the_draft_typed_in_last_is_found_by_kind_and_sitting(db: Database) -> None:
    assert drafts.latest(db) is None
    free = Draft("aaaa0000", "free", "one", at())
    answer = Draft("bbbb0000", "answer", "two", at(1), sitting="ssss0000")
    drafts.keep(db, free)
    drafts.keep(db, answer)
    drafts.keep(db, replace(free, text="three"), at(5))

    assert drafts.latest(db) == replace(free, text="three")
    assert drafts.latest(db, kind="answer") == drafts.latest(db, sitting="ssss0000") == answer
    assert drafts.latest(db, kind="free", sitting="ssss0000") is None


def test_a_setting_holds_until_it_is_changed_or_taken_back(db: Database) -> None:
    settings.put(db, "lang", "en", at())
    settings.put(db, "lang", "pl", at(1))
    settings.put(db, "discreet", "yes", at(1))
    assert settings.get_all(db) == {"discreet": "yes", "lang": "pl"}

    settings.remove(db, "lang", at(2))
    settings.remove(db, "never-made", at(2))
    assert settings.get_all(db) == {"discreet": "yes"}
    settings.put(db, "lang", "en", at(3))
    assert settings.get_all(db) == {"discreet": "yes", "lang": "en"}


def test_an_added_pack_is_kept_word_for_word_and_replaced_by_its_next_version(db: Database) -> None:
    first = AddedPack("own", "en", "1.0.0", "title = 'ł'\r\n", at())
    polish = AddedPack("own", "pl", "1.0.0", "tytuł", at(1))
    for pack in (first, polish):
        added_packs.add(db, pack)
    assert added_packs.packs(db) == [first, polish]

    newer = replace(first, version="1.1.0", toml="title = 'newer'", added_at=at(2))
    added_packs.add(db, newer)
    assert added_packs.packs(db) == [polish, newer]

    added_packs.remove(db, "own", at(3))
    assert added_packs.packs(db) == []
    assert db.read("SELECT DISTINCT toml FROM pack") == [("",)]
    with pytest.raises(NotFound):
        added_packs.remove(db, "own", at(4))

"""`demo`: an invented journal that leaves nothing behind."""

import tempfile

import pytest
from shapes import BOXES, ESCAPE


@pytest.mark.parametrize("language, words", [("en", "Twelve invented weeks"), ("pl", "zmyślonych")])
def test_the_demo_walks_through_and_leaves_nothing(no_journal, tmp_path, monkeypatch, language, words) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    said = no_journal(
        "demo", JOURNAL_LANG=language, TMPDIR=str(temporary), JOURNAL_PASSPHRASE_COMMAND="/no/such/program"
    )

    assert words in said.stdout
    assert not BOXES.search(said.stdout)
    assert ESCAPE not in said.stdout
    assert list(temporary.iterdir()) == []
    assert not no_journal.folder.exists()


def test_the_demo_does_not_touch_the_persons_own_journal(journal) -> None:
    journal("write", input="My own page.")
    before = {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()}
    said = journal("demo")

    assert "My own page." not in said.stdout
    assert {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()} == before


def test_the_demo_shows_a_list_a_mood_a_progress_and_a_page_to_share(no_journal) -> None:
    page = no_journal("demo").stdout

    for told in (
        "journal list --all",
        "Mood from",
        "For my therapist",
        "A private notebook. It is not a medical device",
    ):
        assert told in page, told

import pytest

from journal_cli.cli import reflect
from journal_cli.cli.desk import Desk
from journal_cli.journal.session import Intensity, Session
from journal_cli.packs import shelf
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)


@pytest.fixture
def offered(journal, monkeypatch):
    """What `journal reflect` would offer, in its order."""
    monkeypatch.setenv("JOURNAL_PASSPHRASE_COMMAND", f"echo '{journal.passphrase}'")

    def look() -> list[Session]:
        desk = Desk(folder=journal.folder, bounds=ANY_COST)
        desk.open()
        try:
            return reflect._least_recent(desk)
        finally:
            desk.close()

    return look


def test_the_first_page_comes_first_until_it_was_taken(journal, offered) -> None:
    assert offered()[0].id == "first-page"

    journal("reflect", "first-page", input=":q\n")

    assert offered()[-1].id == "first-page"


def test_deep_sessions_are_never_suggested(offered) -> None:
    assert all(one.intensity is not Intensity.DEEP for one in offered())


def test_what_is_hidden_is_not_offered_and_can_still_be_asked_for(journal, offered) -> None:
    assert any("conflict" in one.content_notes for one in offered())

    journal("settings", "hidden-notes", "conflict,betrayal")

    assert not any({"conflict", "betrayal"} & set(one.content_notes) for one in offered())
    sessions = shelf.shipped_library("en").sessions.values()
    hidden = next(one.id for one in sessions if "conflict" in one.content_notes)
    journal("reflect", hidden, input=":q\n")

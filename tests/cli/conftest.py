"""Here many commands run one after another, so what never changes is made once: a new journal, and what is shipped."""

import shutil
from functools import cache

import pytest

from journal_cli.packs import shelf

READ_ONCE = {name: cache(getattr(shelf, name)) for name in ("words", "shipped_library", "feelings", "help_lines")}


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    """Read what came with the program once a run; every desk would read it anew."""
    for name, read in READ_ONCE.items():
        monkeypatch.setattr(shelf, name, read)


@pytest.fixture
def once(no_journal, tmp_path_factory):
    """Give a journal that `make` filled the first time it was asked for, and later a copy of it."""

    def copied(name: str, make):
        made = tmp_path_factory.getbasetemp() / f"once-{name}"
        if made.exists():
            shutil.copytree(made, no_journal.folder)
        else:
            make(no_journal)
            shutil.copytree(no_journal.folder, made)
        no_journal.clock = type(no_journal.clock)()
        return no_journal

    return copied


@pytest.fixture
def journal(once):
    """A journal that was just made; the tests of `init` make their own."""
    return once("empty", lambda journal: journal("init"))

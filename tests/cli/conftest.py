"""Here a new journal is a copy of one made earlier in the same run: the tests of `init` make their own."""

import shutil

import pytest


@pytest.fixture
def journal(no_journal, tmp_path_factory):
    """A journal that was just made."""
    made = tmp_path_factory.getbasetemp() / "just-made"
    if made.exists():
        shutil.copytree(made, no_journal.folder)
    else:
        no_journal("init")
        shutil.copytree(no_journal.folder, made)
    return no_journal

import pytest

from journal_cli.packs import shelf


@pytest.mark.parametrize("language", ["en", "pl"])
def test_lists_name_themes_as_their_packs_do(language) -> None:
    themes = shelf.shipped_library(language).themes

    assert dict(shelf.words(language, "themes").under("themes")) == {id_: one.title for id_, one in themes.items()}

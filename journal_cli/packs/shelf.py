"""The shelf: everything that came with the program."""

from collections.abc import Iterable

from journal_cli.journal.library import Library, Pack, library
from journal_cli.packs.feelings import FEELINGS
from journal_cli.packs.feelings import feelings as feelings
from journal_cli.packs.lines import help_lines as help_lines
from journal_cli.packs.pack import build
from journal_cli.packs.source import open_source
from journal_cli.packs.wordbook import languages as languages
from journal_cli.packs.wordbook import shipped as shipped
from journal_cli.packs.wordbook import spoken
from journal_cli.packs.wordbook import words as words

NOT_PACKS = frozenset({FEELINGS, "questionnaires.toml", "demo.toml"})


def shipped_packs(language: str) -> tuple[Pack, ...]:
    """
    Read the packs of one language, in the order of their names; English if there are none.

    How their parts fit together is not looked at again: the tests do that for what is shipped.
    """
    folder = shipped() / spoken(language)
    files = (path for path in sorted(folder.glob("*.toml")) if path.name not in NOT_PACKS)
    return tuple(build(open_source(path.read_bytes(), path.name)) for path in files)


def shipped_library(language: str, added: Iterable[Pack] = ()) -> Library:
    """Put the packs of one language together with those a person added."""
    return library(spoken(language), (*shipped_packs(language), *added))


def languages_of_packs() -> dict[str, tuple[str, ...]]:
    """Tell which languages each shipped pack is there in, by its id."""
    there = [(pack.id, language) for language in languages() for pack in shipped_packs(language)]
    return {id_: tuple(language for one, language in there if one == id_) for id_, _ in there}

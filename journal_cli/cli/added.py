"""The library as a person has it: what came with the program, and the packs they added."""

from collections.abc import Iterable
from dataclasses import replace

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.library import Library, Pack
from journal_cli.journal.library import library as put_together
from journal_cli.packs import shelf
from journal_cli.packs.homework import offered
from journal_cli.packs.pack import read_pack
from journal_cli.records import added_packs
from journal_cli.records.added_packs import AddedPack
from journal_cli.vault.database import Database


def library(language: str, journal: Database | None, *, without: str = "") -> tuple[Library, tuple[str, ...]]:
    """
    Give everything on offer in one language.

    Args:
        language: The person's.
        journal: The open journal; None for what came with the program alone.
        without: The id of an added pack to leave out.

    Returns:
        The library, and the ids of added packs that can no longer be read: they are left out of it.
    """
    shipped = shelf.shipped_library(language)
    there = added_packs.packs(journal) if journal else []
    kept, unreadable = _readable(shipped, _of_language([one for one in there if one.id != without], language))
    return _with(shipped, kept), unreadable


def packs(language: str, journal: Database) -> tuple[Pack, ...]:
    """List the packs a person added that can be read, as the library offers them."""
    kept, _ = _readable(shelf.shipped_library(language), _of_language(added_packs.packs(journal), language))
    return kept


def _of_language(there: Iterable[AddedPack], language: str) -> list[AddedPack]:
    """Choose one language of each pack: the person's, or the first there is, for homework is written in one."""
    chosen: dict[str, AddedPack] = {}
    for one in there:
        if one.id not in chosen or _main(one.language) == _main(language):
            chosen[one.id] = one
    return list(chosen.values())


def _main(language: str) -> str:
    return language.partition("-")[0]


def _readable(shipped: Library, there: Iterable[AddedPack]) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    kept: list[Pack] = []
    unreadable: list[str] = []
    for one in there:
        before = _with(shipped, kept)
        try:
            kept.append(offered(read_pack(one.toml.encode(), one.id, known=before), before))
        except NotWhatItSays:
            unreadable.append(one.id)
    return tuple(kept), tuple(unreadable)


def _with(shipped: Library, kept: Iterable[Pack]) -> Library:
    """Put them together; the sessions that were added come first, so that they are offered first."""
    kept = tuple(kept)
    if not kept:
        return shipped
    own = {one.id: one for pack in kept for one in pack.sessions}
    found = put_together(shipped.language, (*shipped.packs, *kept))
    return replace(found, sessions=own | {**found.sessions})

"""`journal prompts add` and `remove`: what somebody was given, looked at before it is theirs, and taken out again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from journal_cli.cli import added
from journal_cli.cli.desk import Desk
from journal_cli.cli.homework_choice import Taken, by_hand, everything
from journal_cli.cli.kept_copies import agree
from journal_cli.cli.prompts_file import pack_content
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, Yes, at_desk
from journal_cli.errors import NotFound, NothingToDo, NotWhatItSays, Protected
from journal_cli.journal.library import Library, Pack
from journal_cli.packs import shelf
from journal_cli.packs.homework import apart, less, offered
from journal_cli.packs.pack import build, read_pack
from journal_cli.packs.source import open_source
from journal_cli.packs.writing import written
from journal_cli.records import added_packs
from journal_cli.records.added_packs import AddedPack
from journal_cli.screen import homework as screen

PackFile = Annotated[Path, typer.Argument(metavar="FILE", help="A pack, as a TOML file.", show_default=False)]
PackId = Annotated[str, typer.Argument(metavar="ID", help="The id of the pack.", show_default=False)]


def add(ctx: typer.Context, file: PackFile, yes: Yes = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Look at what somebody gave you, and take what you want of it.

    It shows who it is from, then every question with what it touches: take it, change it, or leave it out. What you
    take is kept inside the journal. Nothing in it can stand in the place of what came with the program: an id that is
    taken is given another. The same pack again stands in the place of the one before.

    From a pipe nothing is asked: --yes takes every question but those whose content notes you hide.

      journal prompts add week.toml
    """
    desk = at_desk(ctx, plain=plain)
    content = pack_content(file)
    if not desk.is_person and not yes:
        raise Protected(
            "nothing is added without being looked at: from a pipe, prompts add needs --yes",
            hint="--yes takes every question, as it is",
        )
    build(open_source(content, file.name))  # what is no pack needs no passphrase to be told so
    desk.open()
    pack, known = _read(desk, content, file.name)
    before = _before(desk, pack)
    desk.say(screen.first_page(pack, file.name, desk.words, desk.talk_look))
    _say_before(desk, pack, before)
    try:
        taken = everything(desk, pack) if yes else by_hand(desk, pack)
    except Left:
        raise NothingToDo("nothing was added") from None
    kept = _kept(desk, taken, known)
    _say_kept(desk, taken, kept, known)
    if as_json:
        desk.dump(_kept_json(taken, offered(kept, known), before))


def remove(ctx: typer.Context, pack: PackId, yes: Yes = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Take a pack you added out of the journal; what you wrote with it stays.

      journal prompts remove for-this-week
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    there = [one for one in added_packs.packs(desk.journal) if one.id == pack]
    if not there:
        raise _not_added(pack, desk.library)
    titles = {one.id: one.title for one in added.packs(desk.language, desk.journal)}
    if not yes:
        agree(desk, desk.words("packs.remove.question", title=titles.get(pack, pack)))
    added_packs.remove(desk.journal, pack, desk.now())
    desk.last_words.clear()  # a pack that could not be read is gone now
    desk.say(desk.words("packs.remove.removed", id=pack))
    if as_json:
        desk.dump({"removed": pack, "languages": [one.language for one in there]})


def refuse_shipped(pack: Pack, file: str, shipped: Library) -> None:
    """
    Refuse homework that has the id of a pack that came with the program.

    Raises:
        NotWhatItSays: If it has.
    """
    if pack.homework and any(one.id == pack.id for one in shipped.packs):
        raise _shipped(pack, file)


def _shipped(pack: Pack, file: str) -> NotWhatItSays:
    return NotWhatItSays(
        "{file} has the id of a pack that came with the journal: {id}",
        file=file,
        id=pack.id,
        hint="give it an id of its own, under [pack]",
    )


def _read(desk: Desk, content: bytes, file: str) -> tuple[Pack, Library]:
    """Read the pack against everything there is without an earlier version of itself; give both."""
    head = build(open_source(content, file))
    if any(one.id == head.id for one in shelf.shipped_library(desk.language).packs):
        raise _shipped(head, file)
    known, _ = added.library(desk.language, desk.journal, without=head.id)
    return read_pack(content, file, known=known), known


def _before(desk: Desk, pack: Pack) -> AddedPack | None:
    there = added_packs.packs(desk.journal)
    return next((one for one in there if (one.id, one.language) == (pack.id, pack.language)), None)


def _say_before(desk: Desk, pack: Pack, before: AddedPack | None) -> None:
    if before is None:
        return
    desk.say(screen.talk(desk.words("packs.add.there", version=before.version), desk.talk_look))
    if _numbers(pack.version) < _numbers(before.version):
        older = desk.words("packs.add.older", version=pack.version, kept=before.version)
        desk.say(screen.talk(older, desk.talk_look))


def _numbers(version: str) -> tuple[int, ...]:
    """Give the three numbers of a version; what may follow a hyphen says nothing about age."""
    return tuple(int(part) for part in version.partition("-")[0].split("."))


def _kept(desk: Desk, taken: Taken, known: Library) -> Pack:
    """
    Keep what was taken, with ids that nothing else has.

    Raises:
        NothingToDo: If nothing was taken.
        NotWhatItSays: If it became longer than a pack may be.
    """
    if not taken.anything:
        raise NothingToDo("nothing was added")
    kept = apart(less(taken.pack, taken.left_out), known)
    text = written(kept)
    read_pack(text.encode(), kept.id, known=known)  # as it will be read each time from now on
    added_packs.add(desk.journal, AddedPack(kept.id, kept.language, kept.version, text, desk.now()))
    return kept


def _say_kept(desk: Desk, taken: Taken, kept: Pack, known: Library) -> None:
    words, look = desk.words, desk.talk_look
    said = [words.count("packs.add.added", len(kept.prompts)) if kept.prompts else words("packs.add.added_whole")]
    declined = len(taken.left_out) - len(taken.hidden)
    said += [words.count("packs.add.left_out", declined)] if declined else []
    said += [words.count("packs.add.left_hidden", len(taken.hidden))] if taken.hidden else []
    said += [words("packs.add.begin", id=one.id) for one in offered(kept, known).sessions]
    said.append(words("packs.add.file_can_go", id=kept.id))
    desk.say()
    for sentence in said:
        desk.say(screen.talk(sentence, look))


def _kept_json(taken: Taken, there: Pack, before: AddedPack | None) -> dict[str, Any]:
    return {
        "id": there.id,
        "title": there.title,
        "version": there.version,
        "language": there.language,
        "prompts": [one.id for one in there.prompts],
        "sessions": [one.id for one in there.sessions],
        "programs": [one.id for one in there.programs],
        "left_out": list(taken.left_out),
        "replaced": before.version if before else None,
    }


def _not_added(pack: str, library: Library) -> NotFound | Protected:
    if any(one.id == pack for one in library.packs):
        return Protected(
            "{id} came with the journal and stays",
            id=pack,
            hint="what you would rather not meet can be hidden: journal settings hidden-notes",
        )
    return NotFound(
        "no pack called {id} was added", id=pack[:40], hint="`journal prompts list --mine` shows those that were"
    )

"""
`journal export`: everything a person has, taken along.

What `--json` prints: {"file","entries","bytes","encrypted"}; `file` is the path as it was given, `entries` counts those
that are in it, with those in the trash where the form holds them.
"""

from pathlib import Path
from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.export_document import document
from journal_cli.cli.export_folder import MARK, write_folder
from journal_cli.cli.home import short
from journal_cli.cli.key_questions import own_words
from journal_cli.cli.options import (
    KindName,
    OnlyPrivate,
    People,
    SessionId,
    Shared,
    Since,
    Starred,
    Tags,
    ThemeId,
    Until,
    wanted,
)
from journal_cli.cli.passphrase_command import words_from
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import Locked, Mistyped, NothingToDo, Protected
from journal_cli.journal.entry import Filter
from journal_cli.records import entries, everything
from journal_cli.share.writing import being_written, folder_being_written, refuse_taken
from journal_cli.vault import container
from journal_cli.vault.disk import refusing
from journal_cli.vault.slots import passphrase_bytes

app = leaf()

LOCKED, DOCUMENT = ".journal", ".json"
PIPE = "-"  # a half-written pipe cannot be told from a whole one
NO_FOLDERS = {".csv", ".htm", ".html", ".md", ".pdf", ".tar", ".toml", ".txt", ".xml", ".yaml", ".zip"}

Target = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A file that ends in .journal or .json; with --clear, also a folder.", show_default=False
    ),
]
Clear = Annotated[bool, typer.Option("--clear", help="Not locked: anyone who has it can read it.")]
PasswordCommand = Annotated[
    str | None,
    typer.Option(
        "--password-command",
        metavar="COMMAND",
        help="Its first line of output locks the file; otherwise it is asked.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file, or an earlier export, that is there.")]


@app.command("export")
def export(
    ctx: typer.Context,
    target: Target,
    clear: Clear = False,
    password_command: PasswordCommand = None,
    force: Force = False,
    since: Since = None,
    until: Until = None,
    theme: ThemeId = None,
    kind: KindName = None,
    tag: Tags = None,
    person: People = None,
    session: SessionId = None,
    starred: Starred = False,
    private: OnlyPrivate = None,
    shared: Shared = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Take everything with you.

    A file that ends in .journal holds all there is, locked with words of its own: `journal import` reads it back
    without a loss, on any computer. With --clear it is one JSON document (.json), or a folder of Markdown that needs no
    program to be read. Private entries are in all of them. With filters it holds those entries and nothing else.

      journal export everything.journal
      journal export --clear everything.json
      journal export --clear my-years
    """
    desk = at_desk(ctx, plain=plain)
    _refuse_what_cannot_be(target, clear=clear, password_command=password_command)
    _refuse_what_is_there(desk, target, force=force)
    desk.open(in_bulk=clear)
    chosen = wanted(
        desk,
        since=since,
        until=until,
        theme=theme,
        kind=kind,
        tag=tag,
        person=person,
        session=session,
        starred=starred,
        private=private,
        shared=shared,
    )
    only = None if chosen == Filter() else chosen
    if target.suffix == LOCKED:
        count, size = _file(desk, target, only, _words(desk, password_command), force=force)
    elif target.suffix == DOCUMENT:
        count, size = _file(desk, target, only, None, force=force)
    else:
        with folder_being_written(_absolute(target), force=force, mark=MARK) as folder:
            count, size = write_folder(desk, folder, only)
    _say(desk, target, count, is_chosen=only is not None)
    if as_json:
        desk.dump({"file": str(target), "entries": count, "bytes": size, "encrypted": target.suffix == LOCKED})


def _refuse_what_cannot_be(target: Path, *, clear: bool, password_command: str | None) -> None:
    """
    Refuse before anything is opened or asked.

    Raises:
        Mistyped: If the name says no form, or the options contradict it.
        Protected: If it would be readable by anyone, and nobody said so.
    """
    if str(target) == PIPE:
        raise Mistyped("an export is a file or a folder of its own", hint="name one, such as everything.journal")
    if target.suffix == LOCKED and clear:
        raise Mistyped("a file that ends in .journal is locked; --clear is for the others")
    if target.suffix != LOCKED and password_command is not None:
        raise Mistyped("--password-command is for a file that ends in .journal")
    if target.suffix.lower() in NO_FOLDERS:
        raise Mistyped(
            "there is no export of the kind {ending}",
            hint="a name that ends in .json or .journal, or a folder",
            ending=target.suffix,
        )
    if target.suffix != LOCKED and not clear:
        raise Protected(
            "an export in the clear can be read by anyone who has it",
            hint="add --clear if that is what you want; a name that ends in .journal is locked",
        )


def _refuse_what_is_there(desk: Desk, target: Path, *, force: bool) -> None:
    """
    Refuse a place that is taken, before anything is opened or asked.

    Raises:
        Protected: If it would lie within the journal, or over another file.
    """
    if _absolute(target).is_relative_to(desk.folder.resolve()):
        raise Protected(
            "this is the journal's own folder; an export is kept elsewhere",
            hint="choose a place outside of {folder}",
            folder=short(desk.folder),
        )
    if target.suffix in {LOCKED, DOCUMENT}:
        with refusing():
            refuse_taken(_absolute(target), force=force)


def _words(desk: Desk, command: str | None) -> str:
    """
    Give the words that are to open the file.

    Raises:
        Locked: If there is nobody to ask, and no command.
        WrongKey, Refused: If they cannot be words.
    """
    if command is not None:
        words = words_from(command)
    elif desk.is_person:
        desk.say(desk.words("export.words_intro"))
        words = own_words(desk, NothingToDo("nothing was exported", hint=""), ask="export.words_own")
    else:
        raise Locked(
            "a locked export needs words of its own, and there is no terminal to ask for them",
            hint="name a command that prints them: --password-command",
        )
    passphrase_bytes(words)
    return words


def _file(desk: Desk, target: Path, only: Filter | None, words: str | None, *, force: bool) -> tuple[int, int]:
    """Write everything into one file, locked if there are words; give the entries in it and its bytes."""
    content = document(desk.journal, desk.now(), only)
    if words is not None:
        content = container.sealed(content, words, cost=desk.cost)
    size = 0
    with being_written(_absolute(target), force=force) as file:
        for piece in content:
            size += file.write(piece)
    count = entries.count(desk.journal, only) if only is not None else everything.counted(desk.journal)
    return count, size


def _say(desk: Desk, target: Path, count: int, *, is_chosen: bool) -> None:
    words = desk.words
    is_locked = target.suffix == LOCKED
    form = "locked" if is_locked else "clear" if target.suffix == DOCUMENT else "folder"
    key = f"written_only_{'locked' if is_locked else 'clear'}" if is_chosen else f"written_{form}"
    desk.say(words(f"export.{key}", file=short(target), entries=words.count("export.entries", count)))
    if not is_locked:
        desk.say(words("export.clear_means", folder=short(_absolute(target).parent)))
    if target.suffix in {LOCKED, DOCUMENT}:
        desk.say(words("export.how_back", file=target.name))


def _absolute(target: Path) -> Path:
    """Give where a path leads, whatever links its folder is reached by."""
    target = target.expanduser()
    return target.parent.resolve() / target.name

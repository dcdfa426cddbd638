"""`journal prompts new`: five questions, and then there is a file. It needs no journal: a therapist may have none."""

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk
from journal_cli.errors import AlreadyThere, Mistyped, NothingToDo, Protected
from journal_cli.journal.library import Homework, Pack
from journal_cli.journal.session import Prompt
from journal_cli.journal.text import is_empty, storable, visible_line
from journal_cli.packs.pack import read_pack
from journal_cli.packs.reading import usual_id
from journal_cli.packs.source import FORBIDDEN
from journal_cli.packs.table import LONGEST_LINE, LONGEST_TEXT
from journal_cli.packs.writing import written
from journal_cli.screen import homework as screen
from journal_cli.screen.ask import Question, yes_no
from journal_cli.screen.said import quiet, strong
from journal_cli.share.writing import write_out

FOLLOW_UP = "+"
LONGEST_NAME = 48  # of what a title becomes in an id or a file's name
NOT_FOLDED = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})

NewFile = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="Where to; by default the title names it.", show_default=False)
]


def new(ctx: typer.Context, file: NewFile = None, as_json: Json = False, plain: Plain = False) -> None:
    """
    Write homework for somebody: five questions, and then there is a file.

    It needs no journal and no passphrase. It asks who it is from, a title, a note, the questions with their
    follow-ups, and whether answers may be shared. A file that is there is never written over.

    From a pipe each of these is one line, in this order; the questions are a line each, a line that begins with + is
    a follow-up to the one before, and an empty line ends them. The last line is y or n.

      journal prompts new
      journal prompts new week.toml
    """
    desk = at_desk(ctx, plain=plain)
    if file:
        _refuse_there(file)
    try:
        pack = _asked(desk)
    except Left:
        raise NothingToDo("nothing was written") from None
    path = file or Path(f"{_name(pack.title) or 'homework'}.toml")
    _refuse_there(path)
    _write(desk, path, pack)
    if as_json:
        desk.dump({"file": str(path), "id": pack.id, "title": pack.title, "prompts": len(pack.prompts)})
        return
    _say_written(desk, path, pack)


def _asked(desk: Desk) -> Pack:
    words = desk.words
    desk.say(quiet(words("packs.new.intro")))
    sender = _line(desk, words("packs.new.sender"), LONGEST_LINE)
    usual = words("packs.new.usual_title")
    title = _line(desk, words("packs.new.title", title=usual), LONGEST_LINE) or usual
    note = _line(desk, words("packs.new.note"), LONGEST_TEXT)
    id_ = f"{_name(title) or 'homework'}-{desk.today.isoformat()}"
    prompts = _prompts(desk, Prompt(id="", text="", pack=id_, language=desk.language))
    share = "never" if _share(desk) == "n" else "ask"
    return Pack(
        id=id_,
        title=title,
        language=desk.language,
        audience="homework",
        homework=Homework(sender, note, share),
        prompts=prompts,
    )


def _prompts(desk: Desk, empty: Prompt) -> tuple[Prompt, ...]:
    """Ask for questions and follow-ups until an empty line; at least one is needed."""
    prompts: list[Prompt] = []
    while True:
        key = "packs.new.more" if prompts else "packs.new.first"
        line = _next(desk, desk.words(key), begun=bool(prompts))
        if not line:
            return tuple(prompts)
        text = line.removeprefix(FOLLOW_UP).strip()
        if line.startswith(FOLLOW_UP):
            prompts[-1] = replace(prompts[-1], follow_ups=(*prompts[-1].follow_ups, text))
        else:
            prompts.append(replace(empty, id=usual_id(empty.pack, len(prompts) + 1), text=text))


def _next(desk: Desk, asked: str, *, begun: bool) -> str:
    read = _reader(LONGEST_TEXT)

    def needed(typed: str) -> str:
        line = read(typed)
        if not begun and (not line or line.startswith(FOLLOW_UP)):
            raise Mistyped("a question, please; a follow-up comes after one")
        return "" if line == FOLLOW_UP else line

    try:
        answer = questions.ask(desk, Question("text", strong(asked), needed))
    except Left:
        if begun and not desk.is_person:
            return ""  # the pipe has come to its end
        raise
    if answer is None and not begun:
        raise NothingToDo("there is no question in it yet")
    return answer or ""


def _share(desk: Desk) -> str:
    try:
        return questions.ask(desk, yes_no("consent", strong(desk.words("packs.new.share")))) or ""
    except Left:
        if desk.is_person:
            raise
        return ""


def _line(desk: Desk, asked: str, most: int) -> str:
    return questions.ask(desk, Question("text", strong(asked), _reader(most))) or ""


def _reader(most: int) -> Callable[[str], str]:
    """Read a line of a pack; signs that none may hold are passed over."""

    def read(typed: str) -> str:
        line = FORBIDDEN.sub("", storable(typed)).strip()
        if len(line) > most:
            raise Mistyped("at most {most} characters on one line, please", most=most)
        return "" if is_empty(line) else line

    return read


def _name(title: str) -> str:
    """Make an id of a title, such as `na-ten-tydzien`; empty if it has no letters that an id can have."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(NOT_FOLDED))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "-".join(re.findall("[a-z0-9]+", bare))[:LONGEST_NAME].strip("-")


def _write(desk: Desk, path: Path, pack: Pack) -> None:
    words = desk.words
    text = (
        f"# {words('packs.new.remark_top')}\n# journal prompts check {visible_line(path.name)}\n#\n"
        f'# {words("packs.new.remark_notes")}\n# content_notes = ["shame"]\n\n{written(pack)}'
    )
    read_pack(text.encode(), path.name)  # what was just made is held against every rule before it is there
    try:
        write_out(path, text.encode())
    except Protected:
        raise _there(path) from None


def _refuse_there(path: Path) -> None:
    if os.path.lexists(path):
        raise _there(path)


def _there(path: Path) -> AlreadyThere:
    return AlreadyThere(
        "{file} is there already", file=path.name, hint="choose another name:  journal prompts new FILE"
    )


def _say_written(desk: Desk, path: Path, pack: Pack) -> None:
    words, name = desk.words, visible_line(str(path))
    desk.show(words("packs.new.written", file=name, facts=screen.facts(pack, words)))
    desk.say(screen.talk(words("packs.new.look", file=name), desk.talk_look))
    desk.say(screen.talk(words("packs.new.send", file=name), desk.talk_look))

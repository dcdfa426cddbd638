"""`journal write` and `journal edit`: free writing, at a terminal or from a pipe."""

import sys
from dataclasses import dataclass, field, replace
from typing import Annotated

import typer

from journal_cli.cli import own_editor, questions, safekeeping
from journal_cli.cli.desk import Desk
from journal_cli.cli.drafting import Drafting
from journal_cli.cli.options import At, Id, Tags, Title
from journal_cli.cli.questions import Answer
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.safekeeping import EDIT, FREE
from journal_cli.errors import Busy, NothingToDo
from journal_cli.journal.as_json import entry_json
from journal_cli.journal.entry import Entry, Kind, WholeEntry
from journal_cli.journal.text import count_words, decoded, is_empty, opening, people, storable, tag_name, tags
from journal_cli.records import drafts, edits, entries
from journal_cli.records.drafts import Draft
from journal_cli.records.naming import named
from journal_cli.screen.ask import Panic, Question, Stopped, Wish, key_of
from journal_cli.screen.said import View, accent, quiet

write_app = leaf()
edit_app = leaf()

Private = Annotated[bool, typer.Option("--private", help="Never in a share.")]
Star = Annotated[bool, typer.Option("--star", help="Mark it, to find it again.")]
OwnEditor = Annotated[
    bool, typer.Option("--editor", help="In the editor that VISUAL or EDITOR names; the page lies in memory only.")
]


@write_app.command("write")
def write(
    ctx: typer.Context,
    at: At = None,
    title: Title = None,
    private: Private = False,
    tag: Tags = None,
    star: Star = False,
    editor: OwnEditor = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Write freely.

    At a terminal this opens a page; from a pipe the whole input is the text. What you write is never an argument,
    because shells keep those: --title and --tag are for scripts. Mark people with @name and tags with #tag. What stands
    between {{ and }} is private: it never leaves in a share, whatever is chosen around it.

      journal write
      journal write --at "yesterday 21:00"
      some-program | journal write --tag letters
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    given = tuple(tag_name(name) for name in tag or ())
    fresh = _fresh(desk, own=editor)
    text = fresh.text
    if is_empty(text):
        fresh.draft.let_go()
        raise NothingToDo("nothing was written, so nothing was kept")
    entry = Entry(
        id=desk.new_id(),
        written_at=moment,
        kind=Kind.FREE,
        word_count=count_words(text),
        title=storable(title) if title else None,
        opening=opening(text),
        tags=tuple(dict.fromkeys((*given, *tags(text)))),
        people=people(text),
        private=private,
        starred=star,
    )
    with safekeeping.kept_in_any_case(desk, text), desk.journal.changing():
        entries.add(desk.journal, WholeEntry(entry, text))
        fresh.draft.let_go()
    _say_kept(desk, entry)
    if as_json:
        desk.dump(entry_json(entry))


@edit_app.command("edit")
def edit(ctx: typer.Context, id_: Id, editor: OwnEditor = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Change an entry; the earlier text is kept.

    At a terminal this opens the text; from a pipe the whole input is the new text.

      journal edit 7k2m
    """
    desk = at_desk(ctx, plain=plain)
    if editor:
        own_editor.check(desk)
    desk.open()
    own_editor.take_in(desk)
    entry_id = named(desk.journal, id_)
    before = entries.whole(desk.journal, entry_id).body
    draft = Drafting(desk, f"{EDIT}{entry_id}", as_it_was=before)
    after = _edited(desk, draft, entry_id, own=editor) if desk.is_person else _from_pipe()
    if is_empty(after):
        raise NothingToDo("the new text is empty, so nothing was changed", hint="to let an entry go: journal delete")
    if after == before:
        draft.let_go()
        raise NothingToDo("nothing was changed")
    with draft.in_any_case(after), desk.journal.changing():
        entry = edits.rewrite(desk.journal, entry_id, after, desk.now())
        draft.let_go()
    _say_kept(desk, replace(entry, written_at=desk.now()))
    if as_json:
        desk.dump(entry_json(entry))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A text just written, and its draft."""

    text: str = field(repr=False)
    draft: Drafting


def _fresh(desk: Desk, *, own: bool) -> Fresh:
    """Unlock, and get the text: what waited sealed, or was left on a page, is a draft first."""
    if own:
        own_editor.check(desk)
    try:
        desk.open()
    except Busy:
        if not desk.is_person:  # whoever sends the text may not have it any more
            with safekeeping.kept_in_any_case(desk, _from_pipe()):
                raise
        raise
    safekeeping.take_in(desk)
    own_editor.take_in(desk)
    return _written(desk, own=own) if desk.is_person else Fresh(_from_pipe(), Drafting(desk, FREE))


def _from_pipe() -> str:
    """Read the whole of standard input; the line end that programs put last is not part of the text."""
    text = decoded(sys.stdin.buffer.read())
    return storable(text.removesuffix("\n").removesuffix("\r"))


def _written(desk: Desk, *, own: bool) -> Fresh:
    """Let the person write, from the draft of last time if there is one and they like."""
    draft = Drafting(desk, FREE)
    draft.go_on_from(_offered(desk, FREE))
    if own or own_editor.is_usual(desk):
        return Fresh(own_editor.write(desk, draft, "journal write").text, draft)
    heading = accent(desk.words("reflect.write_heading"))
    return Fresh(_on_the_page(desk, heading, draft, "journal write").text, draft)


def _edited(desk: Desk, draft: Drafting, entry_id: str, *, own: bool) -> str:
    """Let the person change a text, from the draft of last time if there is one and they like."""
    draft.go_on_from(_offered(desk, draft.kind))
    command = f"journal edit {entry_id}"
    if own or own_editor.is_usual(desk):
        return own_editor.write(desk, draft, command).text
    heading = quiet(desk.words("reflect.edit_heading"))
    answer = _on_the_page(desk, heading, draft, command)
    return draft.as_it_was if answer.wish else answer.text


def _on_the_page(desk: Desk, heading: View, draft: Drafting, command: str) -> Answer:
    """
    Let the person write; what is unfinished stays a draft, which the command offers again.

    Raises:
        Stopped: If they left in the middle.
        NothingToDo: If they paused or stopped.
    """
    try:
        answer = questions.write(desk, heading, draft.first, draft.keep)
    except Stopped as stopped:
        draft.settle(stopped.text)
        if draft.is_kept and not isinstance(stopped, Panic):
            desk.say(desk.words("reflect.draft_kept", command=command))
        raise
    if answer.wish in {Wish.PAUSE, Wish.STOP}:
        draft.settle(answer.text)
        if not draft.is_kept:
            raise NothingToDo("nothing was written, so nothing was kept")
        raise NothingToDo("kept as a draft inside the journal; `{command}` offers it next time", command=command)
    return answer


def _offered(desk: Desk, kind: str) -> Draft | None:
    """Offer the draft of last time, if there is one; give it if the person goes on with it."""
    draft = drafts.latest(desk.journal, kind=kind)
    if draft is None:
        return None
    words = desk.words
    text = words(
        "reflect.draft_offer",
        day=words.day(draft.started.day),
        time=words.clock(draft.started),
        words=words.count("reflect.words", count_words(draft.text)),
    )
    answer = desk.asker.ask(Question("draft", text, key_of("nd"), one_key=True, own_keys="n"))
    if answer == "d":
        drafts.let_go(desk.journal, draft.id)
        desk.say(words("reflect.draft_gone"))
    if answer is Wish.STOP:
        raise NothingToDo("the draft stays where it is")
    return draft if answer == "" else None


def _say_kept(desk: Desk, entry: Entry) -> None:
    words = desk.words
    counted = words.count("reflect.words", entry.word_count)
    desk.say(words("reflect.saved", time=words.clock(entry.written_at), id=entry.id, words=counted))

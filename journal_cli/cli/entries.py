"""`journal mark`, `delete` and `trash`: what is known about an entry, and letting go of it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from journal_cli.cli import kept_copies, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import At, Id, Ids, Tags, Title, Untags
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, Yes, at_desk, group, leaf
from journal_cli.errors import NothingToDo, Protected
from journal_cli.journal.as_json import entry_json
from journal_cli.journal.moment import Moment
from journal_cli.journal.text import storable, tag_name
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import edits, entries, goals, trash
from journal_cli.records.naming import Thing, anything_named, named
from journal_cli.screen import trash as screen
from journal_cli.screen.ask import yes_no
from journal_cli.screen.theme import ours

mark_app = leaf()
delete_app = leaf()
trash_app = group()

Private = Annotated[
    bool | None, typer.Option("--private/--no-private", help="Never in a share, or lift that.", show_default=False)
]
Star = Annotated[
    bool | None, typer.Option("--star/--no-star", help="To find it again, or no longer.", show_default=False)
]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="Take it out of the backups too.")]


@mark_app.command("mark")
def mark(
    ctx: typer.Context,
    id_: Id,
    at: At = None,
    title: Title = None,
    private: Private = None,
    star: Star = None,
    tag: Tags = None,
    untag: Untags = None,
    as_json: Json = False,
) -> None:
    """
    Star an entry, make it private, tag it, date it.

      journal mark 7k2m --star
      journal mark 7k2m --private
    """
    desk = at_desk(ctx)
    if (at, title, private, star, tag, untag) == (None, None, None, None, None, None):
        raise NothingToDo("nothing to mark was given", hint="for example `journal mark ID --star`")
    desk.open()
    entry_id = named(desk.journal, id_)
    entry = edits.mark(
        desk.journal,
        entry_id,
        desk.now(),
        written_at=None if at is None else desk.moment(at),
        title=... if title is None else storable(title) or None,
        private=private,
        starred=star,
        add_tags=tuple(tag_name(name) for name in tag or ()),
        remove_tags=tuple(tag_name(name) for name in untag or ()),
    )
    desk.say(desk.words("keep.marked", id=entry_id))
    if as_json:
        desk.dump(entry_json(entry))


@delete_app.command("delete")
def delete(ctx: typer.Context, ids: Ids, yes: Yes = False, as_json: Json = False) -> None:
    """
    Put entries in the trash.

    Takes ids of entries, check-ins, sittings, limits, goals and questionnaires; with a sitting its answers go too, with
    a limit or goal all that was noted about it. One note or rating can go by itself. Nothing is gone until the trash is
    emptied.

      journal delete 7k2m
    """
    desk = at_desk(ctx)
    desk.open()
    things = [anything_named(desk.journal, one) for one in dict.fromkeys(ids)]
    if not yes:
        _agree(desk, desk.words.count("keep.delete_question", len(things)))
    gone = trash.delete(desk.journal, [id_ for _, id_ in things], desk.now())
    desk.say(desk.words.count("keep.deleted", len(things)))
    if as_json:
        desk.dump({"deleted": [{"kind": thing.kind, "id": id_} for thing, id_ in gone]})


@trash_app.callback(invoke_without_command=True)
def look_in(ctx: typer.Context) -> None:
    """Look into the trash, take out, or empty it."""
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@trash_app.command("list")
def trash_list(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """Show what is in the trash."""
    _list(at_desk(ctx, plain=plain), as_json=as_json)


@trash_app.command("restore")
def trash_restore(ctx: typer.Context, id_: Id, as_json: Json = False) -> None:
    """Take something out of the trash."""
    desk = at_desk(ctx)
    desk.open()
    thing, found = trash.restore(desk.journal, id_, desk.now())
    desk.say(desk.words("keep.restored", id=found))
    if thing is Thing.GOAL and goals.goal(desk.journal, found).resting:
        desk.say(ours(desk.words("goal.rests", id=found), desk.talk_look))
    if as_json and thing is Thing.ENTRY:
        desk.dump(entry_json(entries.entry(desk.journal, found)))
    elif as_json:
        desk.dump({"id": found, "kind": thing.kind})


@trash_app.command("empty")
def trash_empty(ctx: typer.Context, everywhere: Everywhere = False, yes: Yes = False, as_json: Json = False) -> None:
    """
    Remove what is in the trash for good.

    Backups still hold it, and it says which. With --everywhere these are written anew without it; copies made in
    other folders are not.

      journal trash empty
      journal trash empty --everywhere
    """
    desk = at_desk(ctx)
    here = kept_copies.opened(desk)
    things = trash.contents(desk.journal)
    if not things:
        raise NothingToDo("the trash is empty")
    if not yes:
        _agree(desk, desk.words.count("keep.empty_question", len(things)))
    # The copies first: if that is cut off, what is in the trash still says what to take out of them.
    if everywhere:
        copies = kept_copies.taken_out(desk.journal, here, things)
    else:
        copies = kept_copies.still_holding(here, things)
    removed = trash.empty(desk.journal)
    desk.say(desk.words.count("keep.emptied", removed))
    kept_copies.say(desk, copies)
    if everywhere:
        desk.say(desk.words("backup.elsewhere"))
    if as_json:
        desk.dump({"removed": removed, "backups": kept_copies.as_json(copies)})


def _list(desk: Desk, *, as_json: bool) -> None:
    desk.open()
    things = trash.in_trash(desk.journal)
    if as_json:
        rows = [{"kind": thing.kind, "id": id_, "at": at.iso()} for thing, id_, at in _at(things)]
        desk.dump({"trash": rows, "total": len(rows)})
        return
    others = screen.practised(
        desk.words,
        limits=things.limits,
        goals=things.goals,
        times=things.notes,
        ratings=things.ratings,
        discreet=desk.discreet,
    )
    names = {id_: one.name for id_, one in questionnaires(desk.language).items()} if things.measured else {}
    if desk.discreet:
        names = dict.fromkeys((one.questionnaire for one in things.measured), desk.words("look_back.kinds.measured"))
    others += [
        screen.measured(one.id, names.get(one.questionnaire, one.questionnaire), one.at, desk.words)
        for one in things.measured
    ]
    desk.show(
        screen.trash_list(
            things.entries,
            desk.voice,
            desk.look,
            check_ins=things.check_ins,
            sittings=things.sittings,
            others=others,
        )
    )


def _at(things: trash.Trash) -> Iterator[tuple[Thing, str, Moment]]:
    """Give what is in the trash with the time it is about, in the order it is shown in."""
    yield from ((Thing.ENTRY, one.id, one.written_at) for one in things.entries)
    yield from ((Thing.CHECK_IN, one.id, one.at) for one in things.check_ins)
    yield from ((Thing.SITTING, one.id, one.at) for one in things.sittings)
    yield from ((Thing.LIMIT, one.id, one.at) for one in things.limits)
    yield from ((Thing.GOAL, one.id, one.at) for one in things.goals)
    yield from ((Thing.LIMIT_NOTE, one.id, one.at) for story in things.notes for one in story.notes)
    yield from ((Thing.RATING, one.id, one.at) for goal in things.ratings for one in goal.ratings)
    yield from ((Thing.MEASURED, one.id, one.at) for one in things.measured)


def _agree(desk: Desk, question: str) -> None:
    """
    Ask before something goes.

    Raises:
        Protected: If there is nobody to ask.
        NothingToDo: If the answer is no.
    """
    if not desk.is_person:
        raise Protected("this needs --yes when there is nobody to ask", hint="nothing was changed")
    try:
        agreed = questions.ask(desk, yes_no("yes or no", question))
    except Left:
        agreed = "n"
    if agreed != "y":
        raise NothingToDo("nothing was changed")

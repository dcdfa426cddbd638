"""`journal list` and `show`: what was written, newest first or one by one."""

from collections.abc import Sequence
from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.options import (
    All,
    Id,
    KindName,
    Limit,
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
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.journal.as_json import entry_json, whole_entry_json
from journal_cli.journal.entry import Entry, Filter, Revision, WholeEntry
from journal_cli.records import edits, entries, moods, sittings
from journal_cli.records.naming import named
from journal_cli.screen import entries as screen
from journal_cli.screen import reading
from journal_cli.screen.pressed import IS_POSSIBLE
from journal_cli.screen.theme import ours

list_app = leaf()
show_app = leaf()

History = Annotated[bool, typer.Option("--history", help="Show the earlier texts too.")]


@list_app.command("list")
def list_entries(
    ctx: typer.Context,
    limit: Limit = 20,
    everything: All = False,
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
    Show what you wrote, newest first.

      journal list
      journal list --since "last month" --starred
      journal list --tag letters --json
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    filter_ = wanted(
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
    most = None if everything else limit
    found, total = entries.listing(desk.journal, filter_, most)
    if as_json:
        desk.dump({"entries": [entry_json(entry) for entry in found], "total": total})
        return
    desk.show(screen.entry_list(listed(desk, found, total, filter_), desk.voice, desk.look))


@show_app.command("show")
def show(ctx: typer.Context, id_: Id, history: History = False, as_json: Json = False, plain: Plain = False) -> None:
    """
    Read one entry.

    At a terminal it opens on a page of its own, and nothing of it stays on the screen: q leaves, / searches. From a
    pipe, or with --plain, it is printed.

      journal show 7k2m
      journal show 7k2m --history
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    entry_id = named(desk.journal, id_)
    whole = entries.whole(desk.journal, entry_id)
    earlier = edits.revisions(desk.journal, entry_id) if history else None
    if as_json:
        texts = [{"replaced_at": one.replaced_at.iso(), "body": one.body} for one in earlier or ()]
        desk.dump({**whole_entry_json(whole), **({"history": texts} if history else {})})
    elif desk.is_person and not desk.look.plain and IS_POSSIBLE:
        _read(desk, whole, earlier)
    else:
        desk.show(screen.page(whole, earlier, desk.voice, desk.look))


def _read(desk: Desk, whole: WholeEntry, earlier: Sequence[Revision] | None) -> None:
    """Have an entry read on the other screen; only which one it was is said on this one."""
    voice, words, entry = desk.voice, desk.words, whole.entry
    if reading.read(lambda look: screen.page(whole, earlier, voice, look), desk.look, words, desk.patience):
        day = words.day(entry.written_at.day, year=True)
        desk.say(ours(words("reading.read", id=entry.id, day=day), desk.talk_look, "quiet"))
    else:
        desk.say(ours(words("reading.closed", id=entry.id), desk.talk_look))


def listed(desk: Desk, found: list[Entry], total: int, filter_: Filter) -> screen.Listed:
    """Put beside the entries what belongs among them: check-ins of those days, and the sittings they come from."""
    since = found[-1].written_at.day if found else None
    sat = sittings.sittings(desk.journal, since, None) if found else []
    told = moods.check_ins(desk.journal, since, None) if found and filter_ == Filter() else []
    today = desk.now().day
    return screen.Listed(found, total, today, told, sat, desk.first_weekday)

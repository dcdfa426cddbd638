"""`journal list`, `show` and `search`: what was written, found again."""

import contextlib
import sys
from typing import Annotated

import typer

from journal_cli.cli import questions
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
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.settings import first_weekday
from journal_cli.errors import NothingToDo
from journal_cli.journal.as_json import entry_json, match_json, whole_entry_json
from journal_cli.journal.entry import Entry, Filter
from journal_cli.journal.text import decoded, is_empty
from journal_cli.records import edits, entries, moods, sittings
from journal_cli.records import search as finding
from journal_cli.records.naming import named
from journal_cli.screen import entries as screen
from journal_cli.screen.ask import Question

list_app = leaf()
show_app = leaf()
search_app = leaf()

SearchWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS…]", help='All of these; "quoted" for a phrase. Without words it asks.', show_default=False
    ),
]
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

      journal show 7k2m
      journal show 7k2m --history
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    entry_id = named(desk.journal, id_)
    whole = entries.whole(desk.journal, entry_id)
    earlier = edits.revisions(desk.journal, entry_id) if history else []
    if as_json:
        texts = [{"replaced_at": one.replaced_at.iso(), "body": one.body} for one in earlier]
        desk.dump({**whole_entry_json(whole), **({"history": texts} if history else {})})
        return
    desk.show(screen.whole_entry(whole, desk.voice, desk.look))
    if history:
        desk.show(screen.history(entry_id, earlier, desk.voice, desk.look))


@search_app.command("search")
def search(
    ctx: typer.Context,
    words: SearchWords = None,
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
    Find words in what you wrote.

    The beginning of a word is enough, and accents do not matter. Without words it asks, so that they do not stay in
    the history of your shell; from a pipe the whole input is what is looked for.

      journal search
      journal search sister sunday
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    sought = " ".join(words) if words else _asked(desk)
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
    found, total = finding.search(desk.journal, sought, filter_, None if everything else limit)
    if as_json:
        desk.dump({"matches": [match_json(match) for match in found], "total": total})
        return
    desk.show(screen.matches(found, total, desk.voice, desk.look))


def listed(desk: Desk, found: list[Entry], total: int, filter_: Filter) -> screen.Listed:
    """Put beside the entries what belongs among them: check-ins of those days, and the sittings they come from."""
    since = found[-1].written_at.day if found else None
    sat = sittings.sittings(desk.journal, since, None) if found else []
    told = moods.check_ins(desk.journal, since, None) if found and filter_ == Filter() else []
    today = desk.now().day
    discreet = desk.settings.get("discreet") == "on"
    return screen.Listed(found, total, today, told, sat, first_weekday(desk.settings), discreet)


def _asked(desk: Desk) -> str:
    sought: str | None = None
    if not desk.is_person:
        sought = decoded(sys.stdin.buffer.read()).strip()
    else:
        with contextlib.suppress(Left):
            sought = questions.ask(desk, Question("search", desk.words("keep.search_question"), str))
    if not sought or is_empty(sought):
        raise NothingToDo("there was nothing to look for")
    return sought

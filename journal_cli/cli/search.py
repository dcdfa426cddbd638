"""`journal search`: words in what was written, found again."""

import contextlib
import sys
from typing import Annotated

import typer

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import (
    All,
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
from journal_cli.errors import NothingToDo
from journal_cli.journal.as_json import match_json
from journal_cli.journal.text import decoded, is_empty
from journal_cli.records import search as finding
from journal_cli.screen import entries as screen
from journal_cli.screen.ask import Question

app = leaf()

SearchWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS…]", help='All of these; "quoted" for a phrase. Without words it asks.', show_default=False
    ),
]


@app.command("search")
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

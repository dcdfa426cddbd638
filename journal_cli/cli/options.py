"""Options that more than one command offers, and what they are read as."""

import difflib
from datetime import date, timedelta
from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.errors import Mistyped, NotFound
from journal_cli.journal.entry import Filter, Kind
from journal_cli.journal.text import tag_name

Id = Annotated[
    str, typer.Argument(metavar="ID", help="The id, or its first three characters or more.", show_default=False)
]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids, or how they begin.", show_default=False)]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help="When it was: `yesterday 21:00`, `3 days ago`.", show_default=False),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DAY", help="From this day on: `march`, `last monday`, `2026-03-01`.", show_default=False
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DAY", help="Up to the end of this day, month or year.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", "-n", metavar="NUMBER", min=1, help="At most this many.")]
All = Annotated[bool, typer.Option("--all", help="All of them.")]
ThemeId = Annotated[
    str | None, typer.Option("--theme", metavar="THEME", help="Only about this theme.", show_default=False)
]
KindName = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="Only free, answer, note or imported.", show_default=False)
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="A tag; may be given again.", show_default=False)
]
Untags = Annotated[
    list[str] | None,
    typer.Option("--untag", metavar="TAG", help="Take this tag away; may be given again.", show_default=False),
]
People = Annotated[
    list[str] | None,
    typer.Option("--person", metavar="NAME", help="Only with this person; may be given again.", show_default=False),
]
SessionId = Annotated[
    str | None, typer.Option("--session", metavar="SESSION", help="Only from this session.", show_default=False)
]
Starred = Annotated[bool, typer.Option("--starred", help="Only what you starred.")]
OnlyPrivate = Annotated[
    bool | None,
    typer.Option("--private/--no-private", help="Only private entries, or none of them.", show_default=False),
]
Shared = Annotated[bool, typer.Option("--shared", help="Only what has left in a share.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TITLE", help="A title.", show_default=False)]

TWELVE_WEEKS = timedelta(weeks=12)


def period(desk: Desk, since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """
    Read --since and --until.

    Raises:
        Mistyped: If one cannot be read, or the period ends before it begins.
    """
    first = None if since is None else desk.since(since)
    last = None if until is None else desk.until(until)
    if first and last and last < first:
        raise Mistyped("this period ends on {last}, before it begins on {first}", first=first, last=last)
    return first, last


def span(desk: Desk, since: str | None, until: str | None) -> tuple[date, date]:
    """
    Read a period for a summary; without a beginning it is the twelve weeks up to its end.

    Raises:
        Mistyped: If it cannot be read, ends before it begins, or begins in the future.
    """
    first, last = period(desk, since, until)
    today = desk.now().day
    last = min(last or today, today)
    first = first or last - TWELVE_WEEKS + timedelta(days=1)
    if first > last:
        raise Mistyped("the period begins on {first}, which is still to come", first=first)
    return first, last


def wanted(
    desk: Desk,
    *,
    since: str | None,
    until: str | None,
    theme: str | None,
    kind: str | None,
    tag: list[str] | None,
    person: list[str] | None,
    session: str | None,
    starred: bool,
    private: bool | None,
    shared: bool,
) -> Filter:
    """
    Read the filters that `list` and `search` share.

    Raises:
        Mistyped: If a period or a tag cannot be read, or there is no such kind.
        NotFound: If there is no such theme or session.
    """
    first, last = period(desk, since, until)
    kinds = [one.value for one in Kind]
    if kind is not None and kind not in kinds:
        raise Mistyped(
            "no entries are of the kind {kind}", kind=kind[:40], hint="one of: {offered}", offered=", ".join(kinds)
        )
    return Filter(
        since=first,
        until=last,
        theme=known_theme(desk, theme),
        kind=Kind(kind) if kind else None,
        tags=tuple(tag_name(name) for name in tag or ()),
        people=tuple(name.removeprefix("@") for name in person or ()),
        session=known_session(desk, session),
        starred=starred,
        private=private,
        shared=shared,
    )


def known_theme(desk: Desk, name: str | None) -> str | None:
    """
    Check that a theme is one of the library's; None stays None.

    Raises:
        NotFound: If it is not, with the nearest one as a hint.
    """
    if name is None or name in desk.library.themes:
        return name
    near = difflib.get_close_matches(name, desk.library.themes, n=1)
    hint = "did you mean {near}?" if near else "`journal prompts list` shows what there is"
    raise NotFound("no theme is called {name}", name=name[:40], hint=hint, near="".join(near))


def known_session(desk: Desk, name: str | None) -> str | None:
    """
    Check that a session, or a prompt sat with alone, is one of the library's; None stays None.

    Raises:
        NotFound: If it is not, with the nearest one as a hint.
    """
    return None if name is None else desk.library.session(name).id

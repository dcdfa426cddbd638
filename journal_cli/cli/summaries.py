"""`journal mood` and `journal progress`: what a period looks like from here."""

from datetime import date, timedelta
from typing import Annotated

import typer

from journal_cli.cli import under_way
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import Since, Until, period
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.errors import Mistyped
from journal_cli.insight.moods import mood_findings, mood_json
from journal_cli.insight.progress import progress_findings, progress_json, with_programs
from journal_cli.journal.entry import Filter
from journal_cli.records import entries, moods, sittings, tallies
from journal_cli.screen.moods import mood_calendar, mood_page
from journal_cli.screen.progress import progress_page

mood_app = leaf()
progress_app = leaf()

TWELVE_WEEKS = timedelta(weeks=12)

Calendar = Annotated[bool, typer.Option("--calendar", help="Show months instead of weeks.")]
Numbers = Annotated[bool, typer.Option("--numbers", help="Show the counts too.")]


@mood_app.command("mood")
def mood(
    ctx: typer.Context,
    since: Since = None,
    until: Until = None,
    calendar: Calendar = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    See mood over weeks.

    A row a week: the lowest, the middle and the highest of it. Gaps stay gaps.

      journal mood
      journal mood --since march --calendar
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    first, last = span(desk, since, until)
    tally = tallies.tally(desk.journal, first, last)
    findings = mood_findings(
        moods.check_ins(desk.journal, first, last),
        sittings.sittings(desk.journal, first, last),
        len(tally.days),
        first,
        last,
        desk.first_weekday,
    )
    if as_json:
        desk.dump(mood_json(findings))
        return
    page = mood_calendar if calendar else mood_page
    desk.show(page(findings, desk.voice, desk.look))


@progress_app.command("progress")
def progress(
    ctx: typer.Context,
    since: Since = None,
    until: Until = None,
    numbers: Numbers = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    See where you have been.

    Words that came often, what you starred, what you paused, where you came back.

      journal progress
      journal progress --since "last month" --numbers
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    first, last = span(desk, since, until)
    starred, _ = entries.listing(desk.journal, Filter(since=first, until=last, starred=True), None)
    findings = progress_findings(
        tallies.tally(desk.journal, first, last),
        sittings.sittings(desk.journal, first, last),
        moods.check_ins(desk.journal, first, last),
        starred,
        first,
        last,
    )
    findings = with_programs(findings, under_way.started(desk))
    if as_json:
        desk.dump(progress_json(findings))
        return
    # Numbers are one key away at a terminal; somewhere else there is no key, so they are there at once.
    desk.show(progress_page(findings, desk.voice, desk.look, numbers=numbers or desk.look.plain))


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

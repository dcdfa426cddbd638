"""`journal mood`: what a period looks like from here."""

from dataclasses import replace
from typing import Annotated

import typer

from journal_cli.cli.options import Since, Until, span
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.insight.moods import from_elsewhere, mood_findings, mood_json
from journal_cli.records import moods, sittings, tallies
from journal_cli.screen.moods import mood_calendar, mood_page

app = leaf()

Calendar = Annotated[bool, typer.Option("--calendar", help="Show months instead of weeks.")]


@app.command("mood")
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

    A row a week: the lowest, the middle and the highest of it. Gaps stay gaps. Below stand your sittings with the mood
    before and after. Times of day are named only where there are eight moods or more.

      journal mood
      journal mood --since march --calendar
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    first, last = span(desk, since, until)
    tally = tallies.tally(desk.journal, first, last)
    findings = mood_findings(
        moods.check_ins(desk.journal, first, last, items=False),
        sittings.sittings(desk.journal, first, last),
        len(tally.days),
        first,
        last,
        desk.first_weekday,
    )
    findings = replace(findings, imported=from_elsewhere(moods.imported(desk.journal, first, last)))
    if as_json:
        desk.dump(mood_json(findings))
        return
    page = mood_calendar if calendar else mood_page
    desk.show(page(findings, desk.voice, desk.look))

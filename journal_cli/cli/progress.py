"""`journal progress`: where somebody has been."""

from typing import Annotated

import typer

from journal_cli.cli import under_way
from journal_cli.cli.options import Since, Until, span
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.insight.progress import progress_findings, progress_json, with_programs
from journal_cli.journal.entry import Filter
from journal_cli.records import entries, moods, sittings, tallies
from journal_cli.screen.progress import progress_page

app = leaf()

Numbers = Annotated[bool, typer.Option("--numbers", help="Show the counts too.")]


@app.command("progress")
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

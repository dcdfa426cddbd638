"""`journal progress`: where somebody has been."""

from datetime import date
from itertools import islice
from typing import Annotated

import typer

from journal_cli.cli import questions, standings
from journal_cli.cli.desk import Desk
from journal_cli.cli.options import Since, Until, span
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.insight.practice import Practice, goals_of, limits_of, measures_of
from journal_cli.insight.progress import (
    ProgressFindings,
    progress_findings,
    progress_json,
    with_places,
    with_practice,
    with_programs,
)
from journal_cli.journal.entry import Filter
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import entries, goals, limits, measures, moments, moods, sittings, tallies
from journal_cli.screen.ask import Question
from journal_cli.screen.progress import numbers_page, progress_page

app = leaf()

MOST_STARRED = 3  # entries that a look back tells of
SEE = "#"  # the key that shows numbers; any other key does not

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

    Words that came often, what you starred, what you paused, where you came back, limits you practised, moments of
    trust and kindness. Numbers are one key away. A moment is kept by answering a question about one:

      journal reflect a-moment-of-trust
      journal reflect critic-and-kinder-line
      journal progress --since "last month" --numbers
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    first, last = span(desk, since, until)
    findings = found(desk, first, last)
    if as_json:
        desk.dump(progress_json(findings))
        return
    # Somewhere else than at a terminal there is no key, so the numbers are there at once.
    at_once = numbers or desk.look.plain or not desk.is_person
    desk.show(progress_page(findings, desk.voice, desk.look, numbers=at_once))
    if not at_once:
        _offer_numbers(desk, findings)


def found(desk: Desk, first: date, last: date) -> ProgressFindings:
    """Find what a period holds, from its first day to its last, inclusive."""
    starred = entries.each(desk.journal, Filter(since=first, until=last, starred=True))
    findings = progress_findings(
        tallies.tally(desk.journal, first, last),
        sittings.sittings(desk.journal, first, last),
        moods.check_ins(desk.journal, first, last, items=False),
        list(islice(starred, None if desk.discreet else MOST_STARRED)),  # discreetly they are counted
        first,
        last,
    )
    findings = with_practice(with_programs(findings, standings.started(desk)), _practice(desk, first, last))
    # The library is read only where something waits in it.
    return with_places(findings, desk.library, desk.hides) if findings.paused else findings


def _practice(desk: Desk, first: date, last: date) -> Practice:
    journal = desk.journal
    results = measures.results(journal, first, last)
    known = questionnaires(desk.language) if results else {}
    return Practice(
        limits=limits_of(limits.limits(journal), limits.notes(journal, first, last), first, last),
        goals=goals_of(goals.goals(journal), goals.ratings(journal, first, last), first, last),
        measures=measures_of(results, known, first, last),
        moments=tuple(moments.moments(journal, first, last)),
    )


def _offer_numbers(desk: Desk, findings: ProgressFindings) -> None:
    """Show the numbers of the page just shown if they are wished for, where there are any."""
    page = numbers_page(findings, desk.voice, desk.look)
    if page is None:
        return
    text = desk.words("look_back.progress.see_numbers")
    try:
        wanted = questions.ask(desk, Question("see numbers", text, lambda key: key.strip() == SEE, True, own_keys="n"))
    except Left:
        return
    if wanted:
        desk.show(page)

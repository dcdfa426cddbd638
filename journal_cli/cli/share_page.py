"""A page made ready: from a plan to the very bytes that would leave, and into the ledger when they do."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from journal_cli.cli.desk import Desk
from journal_cli.errors import Mistyped
from journal_cli.insight.moods import mood_findings
from journal_cli.journal.entry import Filter
from journal_cli.journal.sharing import Share
from journal_cli.records import entries, moods, shares, sittings, tallies
from journal_cli.records.naming import named
from journal_cli.share.compose import Period, compose
from journal_cli.share.consent import Preview, digest
from journal_cli.share.document import LeftOut
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.redact import aliased, still_named
from journal_cli.share.to_markdown import to_markdown
from journal_cli.share.wording import left_out
from journal_cli.share.writing import default_name, write_out

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Ready:
    """A page that is ready to leave, and the plan and the time it comes from."""

    preview: Preview = field(repr=False)
    plan: Plan = field(repr=False)
    since: date
    until: date


def of_plan(desk: Desk, plan: Plan) -> Ready:
    """
    Make the page a plan asks for; nothing is written yet.

    Raises:
        Mistyped: If its period cannot be read or ends before it begins.
        Protected: If a private entry was chosen.
        NotFound, Ambiguous: If an entry was not found.
        NothingToDo: If nothing was chosen.
    """
    since, until = period_of(desk, plan.since, plan.until)
    plan = replace(plan, entries=tuple(dict.fromkeys(named(desk.journal, one) for one in plan.entries)))
    language = plan.lang or desk.language
    words, feelings = desk.words_of(language), desk.feelings_of(language)
    chosen = [entries.whole(desk.journal, one) for one in plan.entries]
    document = compose(plan, chosen, what_there_is(desk, since, until), words, feelings)
    changed_document, changed = aliased(document, plan.aliases)
    content = to_markdown(laid_out(changed_document, words))
    out = plan.out or default_name(until, plan.form)
    stays = next((block for block in document.blocks if isinstance(block, LeftOut)), LeftOut())
    people = still_named(changed_document, entries.all_people(desk.journal))
    preview = Preview(content, out, plan.form, plan.to, stays, changed, people)
    return Ready(preview, plan, since, until)


def period_of(desk: Desk, since: str, until: str) -> tuple[date, date]:
    """
    Read the time a share tells of; without a beginning, it goes on from the last share.

    Raises:
        Mistyped: If it cannot be read or ends before it begins.
    """
    now = desk.now()
    last = min(desk.until(until), now.day) if until else now.day
    first = desk.since(since) if since else default_since(desk)
    if first > last and not since:
        first = last
    if first > last:
        raise Mistyped("this period ends on {last}, before it begins on {first}", first=first, last=last)
    return first, last


def default_since(desk: Desk) -> date:
    """Give the day after what was shared last; without a share, four weeks back."""
    last = shares.last_until(desk.journal)
    return last + timedelta(days=1) if last else desk.now().day - FOUR_WEEKS + timedelta(days=1)


def what_there_is(desk: Desk, since: date, until: date) -> Period:
    """Gather what the journal holds of a time."""
    written, _ = entries.listing(desk.journal, Filter(since=since, until=until), None)
    # A sitting of this time may have been gone on with later: what is private in it keeps back its title too.
    private, _ = entries.listing(desk.journal, Filter(private=True), None)
    written += [entry for entry in private if not since <= entry.written_at.day <= until]
    sat = sittings.sittings(desk.journal, since, until)
    told = moods.check_ins(desk.journal, since, until)
    days = len(tallies.tally(desk.journal, since, until).days)
    mood = mood_findings(told, sat, days, since, until, desk.first_weekday)
    return Period(since, until, written, sat, mood)


def leave(desk: Desk, ready: Ready, *, force: bool) -> Share:
    """
    Write the file and the line in the ledger.

    Both or neither: the line is kept only once the file is there, and the file is taken
    back if the line cannot be kept.

    Raises:
        Protected: If there is a file already and `force` is False.
        Refused: If the machine refuses.
    """
    preview = ready.preview
    left = Share(
        id=desk.new_id(),
        at=desk.now(),
        to=preview.to,
        form=preview.form,
        since=ready.since,
        until=ready.until,
        blocks=ready.plan.blocks,
        entries=ready.plan.entries,
        left_out=left_out(preview.left_out, desk.words),
        aliases=dict(ready.plan.aliases),
        digest=digest(preview.content),
        file=Path(preview.out).name,
    )
    path = Path(preview.out).expanduser()
    placed = False
    try:
        with desk.journal.changing():
            shares.note(desk.journal, left)
            write_out(path, preview.content, force=force)
            placed = True
    except BaseException:
        if placed:
            path.unlink(missing_ok=True)
        raise
    return left

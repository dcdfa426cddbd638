"""A page made ready: from a plan to what would leave, and then to the file and the line in the ledger."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from journal_cli.cli.desk import Desk
from journal_cli.cli.passphrase_command import password_from
from journal_cli.errors import Mistyped
from journal_cli.insight.moods import mood_findings
from journal_cli.insight.practice import goals_of, limits_of
from journal_cli.journal.entry import Filter
from journal_cli.journal.sharing import Share
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import entries, goals, limits, measures, moods, shares, sittings, tallies
from journal_cli.records.naming import named
from journal_cli.share import forms
from journal_cli.share.coarsen import coarsened
from journal_cli.share.compose import Period, compose
from journal_cli.share.consent import Preview, digest
from journal_cli.share.document import Document, LeftOut, Measures
from journal_cli.share.measures import withheld_of
from journal_cli.share.plan import LOCKED, Plan
from journal_cli.share.redact import Changed, aliased, still_named
from journal_cli.share.strike import struck
from journal_cli.share.to_pdf import sheets
from journal_cli.share.wording import left_out
from journal_cli.share.writing import default_name, write_out
from journal_cli.vault.passphrase import five_words

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Ready:
    """
    A page that is ready to leave.

    Args:
        preview: What is read before it does.
        plan: Where it comes from; its entries are whole ids.
        since: First day.
        until: Last day.
        document: All that was chosen, as it may leave; a form may hold less of it.
        changed: Names that were changed in it.
    """

    preview: Preview = field(repr=False)
    plan: Plan = field(repr=False)
    since: date
    until: date
    document: Document = field(repr=False)
    changed: Changed = field(repr=False)


def of_plan(desk: Desk, plan: Plan) -> Ready:
    """
    Make the page a plan asks for; nothing is written yet.

    Raises:
        Mistyped: If its period cannot be read or ends before it begins.
        Protected: If a private entry was chosen.
        NotFound, Ambiguous: If an entry was not found.
        NotWhatItSays: If a passage, or what is struck out or withheld, is not there.
        NothingToDo: If nothing was chosen, or nothing that the form holds.
    """
    since, until = period_of(desk, plan.since, plan.until)
    passages = {named(desk.journal, id_): text for id_, text in plan.passages.items()}
    chosen_ids = (*(named(desk.journal, one) for one in plan.entries), *passages)
    plan = replace(plan, entries=tuple(dict.fromkeys(chosen_ids)), passages=passages)
    language = plan.lang or desk.language
    words, feelings = desk.words_of(language), desk.feelings_of(language)
    chosen = [entries.whole(desk.journal, one) for one in plan.entries]
    document = compose(plan, chosen, what_there_is(desk, since, until, language), words, feelings)
    document, changed = aliased(struck(document, plan.strike), plan.aliases)
    if plan.dates == "coarse":
        document = coarsened(document, since, words)
    return _ready(desk, plan, (since, until), document, changed)


def in_form(desk: Desk, ready: Ready, form: str, *, clear: bool = False) -> Ready:
    """
    Give a page that is ready in another form; it is to be read again where its words are others.

    Args:
        desk: Where the journal is open.
        ready: The page.
        form: Of the forms of a plan.
        clear: True if the file may be read by anyone who has it.

    Raises:
        NothingToDo: If the form holds nothing of what was chosen.
    """
    plan = replace(ready.plan, form=form, clear=clear)
    return _ready(desk, plan, (ready.since, ready.until), ready.document, ready.changed)


def _ready(desk: Desk, plan: Plan, period: tuple[date, date], document: Document, changed: Changed) -> Ready:
    words = desk.words_of(document.language)
    held = forms.carried(document, plan.form, words)
    stays = next((block for block in document.blocks if isinstance(block, LeftOut)), LeftOut())
    people = still_named(held, entries.all_people(desk.journal))
    out = plan.out or default_name(period[1], plan.form)
    text = forms.read_before(held, plan.form, words)
    preview = Preview(text, out, plan.form, plan.to, stays, changed, people)
    return Ready(preview, plan, *period, document, changed)


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


def what_there_is(desk: Desk, since: date, until: date, language: str = "") -> Period:
    """Gather what the journal holds of a time; the facts of questionnaires are in `language`, or the journal's."""
    journal = desk.journal
    written, _ = entries.listing(journal, Filter(since=since, until=until), None)
    # A sitting of this time may have been gone on with later: what is private in it keeps back its title too.
    private, _ = entries.listing(journal, Filter(private=True), None)
    written += [entry for entry in private if not since <= entry.written_at.day <= until]
    sat = sittings.sittings(journal, since, until)
    told = moods.check_ins(journal, since, until)
    days = len(tallies.tally(journal, since, until).days)
    return Period(
        since,
        until,
        written,
        sat,
        mood_findings(told, sat, days, since, until, desk.first_weekday),
        limits_of(limits.limits(journal), limits.notes(journal, since, until), since, until),
        goals_of(goals.goals(journal), goals.ratings(journal, since, until), since, until),
        measures.results(journal, None, until),
        questionnaires(language or desk.language),
    )


@dataclass(frozen=True, slots=True)
class Left:
    """
    A page that left.

    Args:
        share: Its line in the ledger.
        path: Where it lies.
        pages: How many it has: sheets of paper, or screens of 55 rows.
        password: The one that was made for it, or "".
    """

    share: Share = field(repr=False)
    path: Path
    pages: int
    password: str = field(default="", repr=False)


def leave(desk: Desk, ready: Ready, *, force: bool) -> Left:
    """
    Write the file and the line in the ledger.

    Both or neither: the line is kept only once the file is there, and the file is taken
    back if the line cannot be kept.

    Raises:
        Protected: If there is a file already and `force` is False.
        Refused: If the machine refuses, or the command for the password gives none.
    """
    plan = ready.plan
    given = password_from(plan.password_command) if plan.password_command else ""
    made = five_words() if plan.form in LOCKED and not (given or plan.clear) else ""
    words = desk.words_of(ready.document.language)
    held = forms.carried(ready.document, plan.form, words)
    paper = plan.paper or desk.settings.get("page-size", "a4")
    password = given or made or None
    content = forms.written(held, plan.form, words, password=password, paper=paper)
    pages = sheets(content, password) if plan.form == "pdf" else len(ready.preview.pages)
    line = _line(desk, ready, held, digest(content))
    path = Path(ready.preview.out).expanduser()
    placed = False
    try:
        with desk.journal.changing():
            shares.note(desk.journal, line)
            write_out(path, content, force=force)
            placed = True
    except BaseException:
        if placed:
            path.unlink(missing_ok=True)
        raise
    return Left(line, path.absolute(), pages, made)


def _line(desk: Desk, ready: Ready, held: Document, sum_of_file: str) -> Share:
    """Put into words what left; of what was chosen only what the form holds."""
    plan, preview = ready.plan, ready.preview
    results = next((block for block in held.blocks if isinstance(block, Measures)), None)
    return Share(
        id=desk.new_id(),
        at=desk.now(),
        to=preview.to,
        form=preview.form,
        since=ready.since,
        until=ready.until,
        blocks=forms.blocks_in(plan.form, plan.blocks),
        entries=plan.entries if forms.holds_entries(plan.form) else (),
        withheld=() if results is None else withheld_of(results, plan.withhold),
        left_out=left_out(preview.left_out, desk.words),
        aliases=dict(plan.aliases),
        digest=sum_of_file,
        file=Path(preview.out).name,
    )

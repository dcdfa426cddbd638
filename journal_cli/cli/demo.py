"""`journal demo`: an invented journal in a folder that disappears, and one real question."""

import secrets
import sys
import tempfile
from pathlib import Path

import typer

from journal_cli.cli import progress, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.look_back import listed
from journal_cli.cli.options import TWELVE_WEEKS
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Plain, at_desk, leaf
from journal_cli.cli.share_page import of_plan
from journal_cli.insight.moods import mood_findings
from journal_cli.journal.entry import Filter
from journal_cli.journal.text import is_empty, visible
from journal_cli.packs.demo import DemoWeeks, demo_weeks
from journal_cli.packs.shelf import shipped
from journal_cli.records import entries, goals, limits, moods, sittings, tallies
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.screen import entries as screen
from journal_cli.screen.ask import Wish, yes_no
from journal_cli.screen.moods import mood_page
from journal_cli.screen.progress import numbers_page, progress_page
from journal_cli.screen.said import accent, quiet, rule, strong
from journal_cli.screen.sittings import prompt as prompt_view
from journal_cli.share.plan import Plan
from journal_cli.vault import vault
from journal_cli.vault.process import prepare_process

app = leaf()

SHOWN = 8  # entries of the list


@app.command("demo")
def demo(ctx: typer.Context, plain: Plain = False) -> None:
    """
    Look around in an invented journal; nothing is left behind.

    Twelve weeks of somebody who does not exist, in an encrypted journal in a temporary folder: the list, the mood
    page, the progress page and a page for a therapist. At a terminal it then offers one real question.

      journal demo
    """
    prepare_process()
    yours = at_desk(ctx, plain=plain)
    with tempfile.TemporaryDirectory(prefix="notes-") as folder:
        desk = Desk(folder=Path(folder) / "journal", cost=yours.cost, bounds=yours.bounds)
        desk.plain = yours.plain
        try:
            _walk(desk)
        finally:
            desk.close()


def _walk(desk: Desk) -> None:
    words = desk.words
    desk.show(strong(words("demo.intro")))
    weeks = _written(desk)
    for part in (_list, _mood, _progress, _share):
        if not _goes_on(desk):
            desk.show(words("demo.ending.early"))
            return
        part(desk, weeks)
    _question(desk, weeks)
    desk.show(words("demo.ending.gone"))


def _written(desk: Desk) -> DemoWeeks:
    """Make the journal and write the invented weeks into it, through the doors that everything else uses."""
    path = shipped() / desk.language / "demo.toml"
    weeks = demo_weeks(path.read_bytes(), path.name, desk.now(), desk.library)
    made, _ = vault.create(desk.folder, secrets.token_hex(16), today=desk.now().day, cost=desk.cost)
    desk.adopt(made.open(STEP_COUNT, load_steps, memory_security=False))
    with desk.journal.changing():
        for sitting in weeks.sittings:
            sittings.begin(desk.journal, sitting)
        for whole in weeks.entries:
            entries.add(desk.journal, whole)
        for check_in in weeks.check_ins:
            moods.add_check_in(desk.journal, check_in)
        for story in weeks.limits:
            limits.add(desk.journal, story.limit)
            for note in story.notes:
                limits.add_note(desk.journal, note, note.at)
        for one in weeks.goals:
            goals.add(desk.journal, one.goal)
            for rating in one.ratings:
                goals.rate(desk.journal, [rating], rating.at)
    return weeks


def _list(desk: Desk, _: DemoWeeks) -> None:
    _heading(desk, "list")
    found, total = entries.listing(desk.journal, Filter(), SHOWN)
    desk.show(screen.entry_list(listed(desk, found, total, Filter()), desk.voice, desk.look))


def _mood(desk: Desk, _: DemoWeeks) -> None:
    _heading(desk, "mood")
    last = desk.now().day
    first = last - TWELVE_WEEKS
    days = len(tallies.tally(desk.journal, first, last).days)
    told, sat = moods.check_ins(desk.journal, first, last), sittings.sittings(desk.journal, first, last)
    desk.show(mood_page(mood_findings(told, sat, days, first, last), desk.voice, desk.look))


def _progress(desk: Desk, _: DemoWeeks) -> None:
    _heading(desk, "progress")
    last = desk.now().day
    findings = progress.found(desk, last - TWELVE_WEEKS, last)
    desk.show(progress_page(findings, desk.voice, desk.look))
    if page := numbers_page(findings, desk.voice, desk.look):
        desk.show(page)


def _share(desk: Desk, weeks: DemoWeeks) -> None:
    _heading(desk, "share")
    plan = Plan(
        form="md",
        clear=True,
        talk_about=weeks.talk_about,
        blocks=("mood", "words", "sittings", "limits", "goals"),
        entries=weeks.chosen,
        aliases=weeks.aliases,
        since=(desk.now().day - TWELVE_WEEKS).isoformat(),
    )
    desk.show(visible(of_plan(desk, plan).preview.text))
    desk.show(quiet(desk.words("demo.share_kept")))


def _question(desk: Desk, weeks: DemoWeeks) -> None:
    """Offer one real question, show the answer come back, and forget it: it never reaches the disk."""
    words = desk.words
    prompt = desk.library.prompts[weeks.question]
    if not _is_here(desk):
        desk.show(prompt_view(prompt, desk.look))
        desk.show(quiet(words("demo.question.scripted")))
        answer = "\n".join(weeks.answer)
    else:
        if not _wanted(desk):
            desk.show(words("demo.question.passed"))
            return
        desk.say(quiet(words("demo.question.invite")))
        answer = questions.write(desk, prompt_view(prompt, desk.talk_look)).text
    if is_empty(answer):
        desk.show(words("demo.question.nothing"))
        return
    desk.show(words("demo.question.back"))
    desk.show(accent(visible(answer)))
    desk.show(words("demo.question.forgotten"))


def _wanted(desk: Desk) -> bool:
    text = f"{desk.words('demo.question.offer')} {desk.words('demo.question.keys')}"
    try:
        return questions.ask(desk, yes_no("one question", text)) == "y"
    except Left:
        return False


def _goes_on(desk: Desk) -> bool:
    """Wait for Enter at a terminal; elsewhere, go on."""
    return not _is_here(desk) or desk.asker.pause(quiet(desk.words("demo.next"))) is not Wish.STOP


def _is_here(desk: Desk) -> bool:
    return desk.is_person and sys.stdout.isatty()


def _heading(desk: Desk, name: str) -> None:
    if not desk.look.plain:
        desk.show(rule(ascii_only=desk.look.ascii))
    desk.show(strong(desk.words(f"demo.{name}")))

"""
`journal share` at a terminal, in five steps: time, own lines, what goes with them, names, and every word of it.

From every question `b` leads back to the step before, and what was chosen stays chosen.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.cli.share_choices import choose_what_goes
from journal_cli.cli.share_memory import last_choices, remember
from journal_cli.cli.share_names import as_it_stands, choose_names
from journal_cli.cli.share_page import Ready, of_plan, period_of
from journal_cli.cli.share_preview import edit_line, in_chosen_form, preview
from journal_cli.cli.share_questions import Back, line, one_line, picked, say
from journal_cli.errors import JournalError, Mistyped, NothingToDo, NotWhatItSays, Protected
from journal_cli.journal.entry import Filter
from journal_cli.journal.text import tags, visible_line
from journal_cli.records import entries, shares
from journal_cli.screen import shares as screen
from journal_cli.screen.ask import numbers
from journal_cli.screen.said import strong
from journal_cli.share.plan import Plan
from journal_cli.share.private_passages import without_marks, without_private
from journal_cli.share.redact import used

FOR_IT = ("therapist", "terapeuta", "terapeutka", "terapia", "therapy")  # tags of what is meant for a page
PREVIEW = 4  # the place of the step, from 0


def chosen_by_hand(desk: Desk) -> Ready | None:
    """
    Choose a page step by step.

    Returns:
        What is ready to leave, or None if the person would rather not.
    """
    say(desk, desk.words("share.welcome"))
    last = last_choices(desk)
    if last is not None:
        say(desk, desk.words("by_hand.as_last_time", what=screen.choices(last.blocks, last.aliases, desk.words)))
    try:
        ready, plan = _walk(desk, last or Plan(form="pdf"))
    except Left:
        return None
    remember(desk, replace(ready.plan, aliases=plan.aliases))
    return ready


def _walk(desk: Desk, plan: Plan) -> tuple[Ready, Plan]:
    """Go from step to step, and back where the person wishes to; names that are not on the page stay in the plan."""
    step = 0
    while True:
        try:
            if step == PREVIEW:
                _heading(desk, step)
                found = _last_step(desk, plan)
                if isinstance(found, Ready):
                    return found, plan
                plan = replace(found, aliases=plan.aliases)
                continue
            _heading(desk, step)
            plan = STEPS[step][1](desk, plan)
            step += 1
        except Back:
            step = max(0, step - 1)
        except NothingToDo as nothing:
            _say_failure(desk, nothing)
            step = 1
        except (Protected, Mistyped, NotWhatItSays) as refusal:
            _say_failure(desk, refusal)
            step = min(step, PREVIEW - 1)


def _last_step(desk: Desk, plan: Plan) -> Ready | Plan:
    """Show the page; give it in the form it leaves in, or the plan with a line changed."""
    ready = of_plan(desk, replace(plan, aliases=used(as_it_stands(desk, plan), plan.aliases)))
    edited = preview(desk, ready)
    if edited is not None:
        return edited
    try:
        return in_chosen_form(desk, ready)
    except Back:
        return plan


def _heading(desk: Desk, step: int) -> None:
    what = desk.words(f"share.step_{STEPS[step][0]}" if step < PREVIEW else "share.step_preview")
    desk.say(strong(f"\n{desk.words('share.step', n=step + 1, all=PREVIEW + 1, what=what)}"))


def _say_failure(desk: Desk, failure: JournalError) -> None:
    for sentence in desk.words.failure(failure):
        if sentence:
            desk.say(visible_line(sentence))


def _period(desk: Desk, plan: Plan) -> Plan:
    """Ask for the time, since the last share by default, and for whom the page is."""
    words = desk.words
    usual = _usual_period(desk, plan)
    text = f"{words('share.ask_period')}\n{usual}"
    first = line(desk, "since", screen.said(text, desk.talk_look), lambda typed: _day(typed, desk.since))
    since, until = plan.since, plan.until
    if first:
        ask = screen.said(words("share.ask_until"), desk.talk_look)
        since, until = first, line(desk, "until", ask, lambda typed: _day(typed, desk.until))
        try:
            period_of(desk, since, until)
        except Mistyped as refusal:
            _say_failure(desk, refusal)
            return _period(desk, plan)
    ask_to = words("by_hand.ask_to_again", to=visible_line(plan.to)) if plan.to else words("share.ask_to")
    to = line(desk, "for whom", screen.said(ask_to, desk.talk_look), one_line)
    return replace(plan, since=since, until=until, to={"": plan.to, "-": ""}.get(to, to))


def _usual_period(desk: Desk, plan: Plan) -> str:
    words = desk.words
    if plan.since:
        since, until = (words.day(day, year=True) for day in period_of(desk, plan.since, plan.until))
        return words("by_hand.period_chosen", since=since, until=until)
    key = "share.period_default" if shares.last_until(desk.journal) else "share.period_first"
    return words(key, since=words.day(period_of(desk, "", "")[0], year=True))


def _day(typed: str, read: Callable[[str], date]) -> str:
    return read(typed.strip()).isoformat() if typed.strip() else ""


def _talk(desk: Desk, plan: Plan) -> Plan:
    """Ask for the person's own lines; those that were noted for it come first."""
    lines = list(plan.talk_about) or _from_notes(desk, plan)
    screen.show_lines(desk.say, lines, desk.talk_look)
    question = desk.words("by_hand.ask_talk_more" if lines else "share.ask_talk")
    while typed := line(desk, "talk about", screen.said(question, desk.talk_look), one_line):
        question = ""
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(lines):
            lines = edit_line(desk, int(typed), lines)
            question = desk.words("by_hand.ask_talk_more")
            screen.show_lines(desk.say, lines, desk.talk_look)
        else:
            lines.append(typed)
    return replace(plan, talk_about=tuple(lines))


def _from_notes(desk: Desk, plan: Plan) -> list[str]:
    """Offer lines with a tag such as #therapist, written in this time and since the last share."""
    noted = _noted(desk, plan)
    if not noted:
        return []
    words = desk.words
    say(desk, words("by_hand.from_notes"))
    screen.show_lines(desk.say, noted, desk.talk_look)
    ask = screen.said(words("by_hand.ask_notes"), desk.talk_look)
    usual = range(1, len(noted) + 1)
    return [noted[number - 1] for number in line(desk, "notes", ask, picked(numbers(len(noted)), usual))]


def _noted(desk: Desk, plan: Plan) -> list[str]:
    since, until = period_of(desk, plan.since, plan.until)
    last = max((one.at.at for one in shares.shares(desk.journal)), default=None)
    noted: list[str] = []
    for whole in entries.every(desk.journal, Filter(since=since, until=until, private=False)):
        if last is not None and whole.entry.written_at.at <= last:
            continue  # it could be said in that one
        for text in (whole.body, *(one.answer for one in whole.follow_ups)):
            public, _ = without_private(text)
            noted += [without_marks(row) for row in public.split("\n") if not set(tags(row)).isdisjoint(FOR_IT)]
    return list(dict.fromkeys(found for row in noted if (found := one_line(row))))


STEPS: tuple[tuple[str, Callable[[Desk, Plan], Plan]], ...] = (
    ("period", _period),
    ("talk", _talk),
    ("blocks", choose_what_goes),
    ("names", choose_names),
)

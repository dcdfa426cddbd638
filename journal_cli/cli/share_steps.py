"""The five steps of a share at a terminal: time, own lines, what goes with them, entries, preview."""

from collections.abc import Callable
from dataclasses import replace

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.cli.share_page import Ready, default_since, of_plan, period_of, what_there_is
from journal_cli.errors import Mistyped, NothingToDo
from journal_cli.journal.text import is_empty, storable, visible
from journal_cli.records import shares
from journal_cli.screen import shares as screen
from journal_cli.screen.ask import Question, key_of, numbers, yes_no
from journal_cli.screen.said import View, quiet, strong
from journal_cli.share.plan import BLOCKS, Plan
from journal_cli.share.wording import changed, left_out

STEPS = 5
LETTERS = "abcdef"  # one for each block


def chosen_by_hand(desk: Desk) -> Ready | None:
    """
    Choose a page step by step; each step can be gone back to from the preview.

    Returns:
        What is ready to leave, or None if the person would rather not.
    """
    desk.say(desk.words("share.welcome"))
    plan = Plan(form="md", clear=True)
    try:
        while True:
            plan = _entries(desk, _blocks(desk, _talk(desk, _period(desk, plan))))
            try:
                ready = of_plan(desk, _names(desk, plan))
            except NothingToDo as nothing:
                desk.say(desk.words.failure(nothing)[0])
                return None
            answer = _preview(desk, ready)
            if answer != "b":
                return ready if answer == "" else None
    except Left:
        return None


def _heading(desk: Desk, number: int, what: str) -> None:
    said = desk.words("share.step", n=number, all=STEPS, what=desk.words(f"share.step_{what}"))
    desk.say(strong(f"\n{said}"))


def _period(desk: Desk, plan: Plan) -> Plan:
    """Ask for the time; since the last share, by default."""
    words = desk.words
    _heading(desk, 1, "period")
    since = default_since(desk)
    key = "share.period_default" if shares.last_until(desk.journal) else "share.period_first"
    text = f"{words('share.ask_period')}\n{words(key, since=words.day(since, year=True))}"
    first = _line(desk, "since", text, lambda typed: typed and desk.since(typed).isoformat())
    until = words("share.ask_until")
    last = _line(desk, "until", until, lambda typed: typed and desk.until(typed).isoformat())
    try:
        period_of(desk, first, last)
    except Mistyped as refusal:
        desk.say(words.failure(refusal)[0])
        return _period(desk, plan)
    return replace(plan, since=first, until=last)


def _talk(desk: Desk, plan: Plan) -> Plan:
    """Ask for the person's own lines, one after another."""
    _heading(desk, 2, "talk")
    for number, line in enumerate(plan.talk_about, 1):
        desk.say(f"  {number}  {visible(line)}")
    lines = _lines(desk, "talk about", desk.words("share.ask_talk"))
    return replace(plan, talk_about=(*plan.talk_about, *lines))


def _blocks(desk: Desk, plan: Plan) -> Plan:
    _heading(desk, 3, "blocks")
    words = desk.words
    rows = [f"  {letter}  {words(f'share.offer_{name}')}" for letter, name in zip(LETTERS, BLOCKS, strict=True)]
    text = "\n".join([*rows, words("share.ask_blocks")])

    def read(typed: str) -> str:
        letters = "".join(typed.lower().replace(",", " ").split())
        if any(letter not in LETTERS for letter in letters):
            raise Mistyped("letters from a to {last}, please", last=LETTERS[-1])
        return letters

    letters = _line(desk, "blocks", text, read)
    chosen = (name for letter, name in zip(LETTERS, BLOCKS, strict=True) if letter in letters)
    return replace(plan, blocks=tuple(chosen))


def _entries(desk: Desk, plan: Plan) -> Plan:
    """Offer what was written in this time; private entries are not among it."""
    _heading(desk, 4, "entries")
    since, until = period_of(desk, plan.since, plan.until)
    offered = [entry for entry in what_there_is(desk, since, until).entries if not entry.private]
    if not offered:
        desk.say(desk.words("share.no_entries"))
        return replace(plan, entries=())
    desk.say(screen.numbered(offered, desk.voice, desk.talk_look))
    text = desk.words("share.ask_entries")
    picked = questions.ask(desk, Question("entries", text, numbers(len(offered)))) or ()
    return replace(plan, entries=tuple(offered[number - 1].id for number in picked))


def _names(desk: Desk, plan: Plan) -> Plan:
    """Ask for names to change, and whom the page is for."""

    def read(typed: str) -> str:
        name, _, alias = (part.strip() for part in storable(typed).partition("="))
        if typed.strip() and not (name and alias):
            raise Mistyped("a name and what to put in its place, such as: Anna = my sister")
        return f"{name}={alias}" if name else ""

    lines = _lines(desk, "names", desk.words("share.ask_aliases"), read)
    aliases = dict(line.split("=", 1) for line in lines)
    to = _line(desk, "for whom", desk.words("share.ask_to"), lambda typed: storable(typed.strip()))
    return replace(plan, aliases={**plan.aliases, **aliases}, to=to)


def _preview(desk: Desk, ready: Ready) -> str:
    """Show every word that would leave; the file is made by Enter, and by nothing else."""
    words, preview = desk.words, ready.preview
    _heading(desk, 5, "preview")
    for number, page in enumerate(preview.pages, 1):
        desk.say(quiet(words("share.page", n=number, all=len(preview.pages))))
        desk.say(visible(page))
    stays = left_out(preview.left_out, words)
    desk.say(words("share.left_out_line", what=", ".join(stays)) if stays else words("share.left_out_none"))
    for told in changed(preview.changed, words):
        desk.say(told)
    if preview.people:
        desk.say(words("share.other_names", names=", ".join(preview.people)))
    else:
        desk.say(words("share.no_other_name"))
    desk.say(words("share.in_the_clear"))
    return _go_on(desk)


def _go_on(desk: Desk) -> str:
    keys = Question("preview", quiet(desk.words("share.keys_line")), key_of("b"), one_key=True)
    answer = questions.ask(desk, keys)
    if answer:
        return answer
    clear = questions.ask(desk, yes_no("in the clear", desk.words("share.ask_clear")))
    return "" if clear == "y" else "q"


def _line(desk: Desk, name: str, text: View, read: Callable[[str], str]) -> str:
    return questions.ask(desk, Question(name, text, read)) or ""


def _one_line(typed: str) -> str:
    return storable(typed.strip())


def _lines(desk: Desk, name: str, text: str, read: Callable[[str], str] = _one_line) -> list[str]:
    """Read lines until an empty one."""
    lines: list[str] = []
    heading = text
    while not is_empty(line := _line(desk, name, heading, read)):
        lines.append(line)
        heading = ""
    return lines

"""The last step of a page: every word of it read, a line changed where it is to be, and the form it leaves in."""

import itertools
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.cli.share_names import as_it_stands, strike
from journal_cli.cli.share_page import Ready, in_form
from journal_cli.cli.share_paper import boxes_told
from journal_cli.cli.share_questions import key, line, one_line, say
from journal_cli.errors import Mistyped, NothingToDo
from journal_cli.journal.text import visible_line
from journal_cli.screen import reading
from journal_cli.screen import shares as screen
from journal_cli.screen.ask import Wish
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import LOCKED, Plan
from journal_cli.share.to_text import COLUMNS, to_text
from journal_cli.share.wording import changed, left_out

IN_THE_CLEAR = ("md", "txt", "json", "csv", "fhir", "pdf", "html")
STRIKE = "s"


def preview(desk: Desk, ready: Ready) -> Plan | None:
    """
    Show every word that would leave, and what stays or was changed.

    Returns:
        None if the page is as it is wanted, else the plan with something changed.

    Raises:
        Back: If the person goes back.
        Left: If the person leaves.
    """
    words = desk.words
    _show(desk, ready)
    stays = left_out(ready.preview.left_out, words)
    say(desk, words("share.left_out_line", what=", ".join(stays)) if stays else words("share.left_out_none"))
    if struck := ready.plan.strike:
        say(desk, words.count("by_hand.struck", len(struck)))
    for told in changed(ready.preview.changed, words):
        desk.say(screen.said(told, desk.talk_look))
    named = ", ".join(ready.preview.people)
    told = words("share.other_names", names=named) if named else words("share.no_other_name")
    desk.say(screen.said(told, desk.talk_look))
    pressed = key(desk, "preview", words("by_hand.preview_keys"), "e")
    return _edited(desk, ready) if pressed else None


def in_chosen_form(desk: Desk, ready: Ready) -> Ready:
    """
    Ask for the form of the file; whoever chooses one that anyone can read says so once more.

    Raises:
        Back: If the person goes back.
        Left: If the person leaves.
    """
    words = desk.words
    usual = _usual(ready.plan)
    text = f"{words('by_hand.forms_offered')}\n{words('by_hand.ask_form', usual=usual)}"

    def read(typed: str) -> int:
        picked = typed.strip() or str(usual)
        if picked not in {"1", "2", "3"}:
            raise Mistyped("a number from 1 to {most}, please", most=3)
        return int(picked)

    while True:
        picked = line(desk, "form", screen.said(text, desk.talk_look), read)
        if picked <= len(LOCKED):
            locked = in_form(desk, ready, LOCKED[picked - 1])
            if _boxes_agreed(desk, locked):
                return _named_apart(locked)
            continue
        try:
            open_to_all = in_form(desk, ready, _clear_form(desk, ready.plan), clear=True)
        except NothingToDo as nothing:
            desk.say(visible_line(desk.words.failure(nothing)[0]))
            continue
        if _boxes_agreed(desk, open_to_all) and _agreed(desk, ready, open_to_all):
            return _named_apart(open_to_all)


def _named_apart(ready: Ready) -> Ready:
    """Give the file a name that no other has here: `notes-2026-11-2.pdf`."""
    path = Path(ready.preview.out)
    further = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    out = next(one for one in itertools.chain([path], further) if not os.path.lexists(one))
    return replace(ready, preview=replace(ready.preview, out=str(out)))


def _usual(plan: Plan) -> int:
    return 3 if plan.clear else LOCKED.index(plan.form) + 1 if plan.form in LOCKED else 1


def _clear_form(desk: Desk, plan: Plan) -> str:
    words = desk.words
    rows = [f"{number:4}  {words(f'by_hand.form_{form}')}" for number, form in enumerate(IN_THE_CLEAR, 1)]
    usual = IN_THE_CLEAR.index(plan.form) + 1 if plan.clear and plan.form in IN_THE_CLEAR else 1
    ask = words("by_hand.ask_form", usual=usual)

    def read(typed: str) -> str:
        picked = typed.strip() or str(usual)
        if not (picked.isascii() and picked.isdigit() and 1 <= int(picked) <= len(IN_THE_CLEAR)):
            raise Mistyped("a number from 1 to {most}, please", most=len(IN_THE_CLEAR))
        return IN_THE_CLEAR[int(picked) - 1]

    return line(desk, "form", screen.said("\n".join([*rows, ask]), desk.talk_look), read)


def _agreed(desk: Desk, read: Ready, ready: Ready) -> bool:
    """Ask whether the file may be read by anyone; one that is spelt in another way is shown first."""
    if ready.preview.text != read.preview.text:
        _show(desk, ready)
    say(desk, desk.words("by_hand.in_the_clear"))
    pressed = key(desk, "in the clear", desk.words("by_hand.ask_clear"), "ytn")
    return pressed in {"y", "t"}


def _boxes_agreed(desk: Desk, ready: Ready) -> bool:
    """Say which signs would stand on paper as empty boxes, and ask whether that may be."""
    told = boxes_told(desk, ready)
    if not told:
        return True
    say(desk, told)
    return key(desk, "boxes", desk.words("paper.ask_boxes"), "yt") in {"y", "t"}


def _show(desk: Desk, ready: Ready) -> None:
    """Show the page: to be read on the other screen, or line by line where there is only one."""
    words = desk.words

    def sheets(columns: int) -> Sequence[str]:
        if columns >= COLUMNS or ready.plan.form not in (*LOCKED, "txt"):
            return ready.preview.pages
        page = laid_out(ready.document, desk.words_of(ready.document.language))
        return (to_text(page, columns).decode(),)

    sheet = screen.sheet(sheets, words)
    if desk.talk_look.plain or desk.look.plain:
        desk.say(sheet(desk.talk_look))
    elif not reading.read(sheet, desk.look, words, desk.patience):
        raise Left(Wish.STOP)


def _edited(desk: Desk, ready: Ready) -> Plan:
    """Let the person change one of their own lines, or strike a passage out."""
    plan, words = ready.plan, desk.words
    lines = list(plan.talk_about)
    screen.show_lines(desk.say, lines, desk.talk_look)
    ask = words("by_hand.ask_edit" if lines else "by_hand.ask_edit_no_lines")

    def read(typed: str) -> int | None:
        picked = typed.strip().lower()
        if picked == STRIKE:
            return 0
        if picked and not (picked.isascii() and picked.isdigit() and 1 <= int(picked) <= len(lines)):
            raise Mistyped("the number of a line, or s, please")
        return int(picked) if picked else None

    picked = line(desk, "edit", screen.said(ask, desk.talk_look), read)
    if picked is None:
        return plan
    if picked == 0:
        return strike(desk, plan, as_it_stands(desk, plan))
    new = edit_line(desk, picked, lines)
    return replace(plan, talk_about=tuple(new))


def edit_line(desk: Desk, number: int, lines: list[str]) -> list[str]:
    """Let the person put one of their lines in other words, or take it away; give all of them."""
    screen.show_lines(desk.say, lines[number - 1 : number], desk.talk_look, first=number)
    new = line(desk, "line", screen.said(desk.words("by_hand.ask_line"), desk.talk_look), one_line)
    if new == "-":
        return [*lines[: number - 1], *lines[number:]]
    return [*lines[: number - 1], new or lines[number - 1], *lines[number:]]

"""What goes with the person's own lines: blocks, items held back, and entries, whole or a part of them."""

from collections.abc import Sequence
from dataclasses import replace

from journal_cli.cli.desk import Desk
from journal_cli.cli.share_page import period_of, what_there_is
from journal_cli.cli.share_questions import NONE, line, one_line, picked, say
from journal_cli.errors import Mistyped
from journal_cli.journal.entry import WholeEntry
from journal_cli.journal.text import storable
from journal_cli.records import entries
from journal_cli.screen import shares as screen
from journal_cli.screen.ask import numbers
from journal_cli.share.compose import Period
from journal_cli.share.plan import BLOCKS, Plan
from journal_cli.share.private_passages import without_private


def choose_what_goes(desk: Desk, plan: Plan) -> Plan:
    """Ask what may go with the person's own lines; all of it is off until it is chosen."""
    since, until = period_of(desk, plan.since, plan.until)
    there = what_there_is(desk, since, until)
    plan = _blocks(desk, plan)
    plan = _items(desk, plan, there) if "measures" in plan.blocks else replace(plan, withhold=())
    return _entries(desk, plan, there)


def _blocks(desk: Desk, plan: Plan) -> Plan:
    words = desk.words
    rows = [f"{number:4}  {words(f'share.offer_{name}')}" for number, name in enumerate(BLOCKS, 1)]
    before = [number for number, name in enumerate(BLOCKS, 1) if name in plan.blocks]
    chosen = " ".join(map(str, before))
    ask = words("by_hand.ask_blocks_again", chosen=chosen) if before else words("by_hand.ask_blocks")
    text = screen.said("\n".join([*rows, ask]), desk.talk_look)
    wanted = line(desk, "blocks", text, picked(numbers(len(BLOCKS)), before))
    return replace(plan, blocks=tuple(name for number, name in enumerate(BLOCKS, 1) if number in wanted))


def _items(desk: Desk, plan: Plan, there: Period) -> Plan:
    """Ask which items of questionnaires are held back."""
    latest = {one.questionnaire: len(one.answers) for one in there.results if there.holds(one.at.day)}
    if not latest:
        return replace(plan, withhold=())
    held = tuple(one for one in plan.withhold if one.partition("/")[0] in latest)
    words = desk.words
    for id_, items in latest.items():
        say(desk, words.count("by_hand.items", items, id=id_))
    example = f"{next(iter(latest))}/{next(iter(latest.values()))}"
    ask = words("by_hand.ask_items_again", held=" ".join(held)) if held else words("by_hand.ask_items", example=example)

    def read(typed: str) -> tuple[str, ...]:
        named = typed.lower().replace(",", " ").split()
        if not named:
            return held
        for one in named if named != [NONE] else ():
            id_, _, number = one.partition("/")
            if id_ not in latest or (number and not (number.isdecimal() and 1 <= int(number) <= latest[id_])):
                raise Mistyped("a questionnaire, or one of its items, such as {example}, please", example=example)
        return () if named == [NONE] else tuple(dict.fromkeys(named))

    return replace(plan, withhold=line(desk, "items", screen.said(ask, desk.talk_look), read))


def _entries(desk: Desk, plan: Plan, there: Period) -> Plan:
    """Offer what was written in this time; private entries are not among it."""
    offered = [entry for entry in there.entries if not entry.private and there.holds(entry.written_at.day)]
    if not offered:
        say(desk, desk.words("share.no_entries"))
        return replace(plan, entries=(), passages={})
    desk.say(screen.numbered(offered, desk.voice, desk.talk_look))
    before = [number for number, entry in enumerate(offered, 1) if entry.id in plan.entries]
    chosen_before = " ".join(map(str, before))
    words = desk.words
    ask = words("by_hand.ask_entries_again", chosen=chosen_before) if before else words("share.ask_entries")
    read = picked(numbers(len(offered)), before)
    chosen = [offered[number - 1].id for number in line(desk, "entries", screen.said(ask, desk.talk_look), read)]
    kept = {id_: text for id_, text in plan.passages.items() if id_ in chosen}
    plan = replace(plan, entries=tuple(chosen), passages=kept)
    return _passages(desk, plan, [entries.whole(desk.journal, id_) for id_ in chosen]) if chosen else plan


def _passages(desk: Desk, plan: Plan, chosen: Sequence[WholeEntry]) -> Plan:
    """Ask of which chosen entries only a part may go."""
    words = desk.words
    desk.say(screen.numbered([whole.entry for whole in chosen], desk.voice, desk.talk_look))
    before = [number for number, whole in enumerate(chosen, 1) if whole.entry.id in plan.passages]
    ask = words("by_hand.ask_parts_again", chosen=" ".join(map(str, before))) if before else words("by_hand.ask_parts")
    wanted = line(desk, "parts", screen.said(ask, desk.talk_look), picked(numbers(len(chosen)), before))
    passages = {whole.entry.id: _part(desk, whole, plan) for number, whole in enumerate(chosen, 1) if number in wanted}
    return replace(plan, passages={id_: text for id_, text in passages.items() if text})


def _part(desk: Desk, whole: WholeEntry, plan: Plan) -> str:
    """Ask for the first and the last line of a part, or for the words themselves; empty for the whole."""
    texts = [without_private(text)[0] for text in (whole.body, *(one.answer for one in whole.follow_ups))]
    rows = [row for text in texts for row in text.split("\n")]
    screen.show_lines(desk.say, rows, desk.talk_look)
    kept = plan.passages.get(whole.entry.id, "")

    def read(typed: str) -> str:
        if not (wanted := one_line(typed)):
            return kept
        if not set(wanted) <= set("0123456789- "):
            return _found(storable(typed).strip(), texts)
        places = numbers(len(rows))(wanted)
        return _found("\n".join(rows[min(places) - 1 : max(places)]), texts)

    ask = desk.words("by_hand.ask_part_again" if kept else "by_hand.ask_part")
    return line(desk, "part", screen.said(ask, desk.talk_look), read)


def _found(wanted: str, texts: Sequence[str]) -> str:
    if not any(wanted in text for text in texts):
        raise Mistyped("that does not stand in it in one piece; its lines have numbers")
    return wanted

"""Names and passages: who is called what on a page, how days are told, and what is struck out of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from journal_cli.cli.desk import Desk
from journal_cli.cli.share_page import of_plan
from journal_cli.cli.share_questions import key, line, one_line, picked, say
from journal_cli.errors import Mistyped
from journal_cli.journal.text import people
from journal_cli.records import entries
from journal_cli.screen import shares as screen
from journal_cli.screen.ask import numbers
from journal_cli.share.document import Document
from journal_cli.share.name_forms import Form, found_as_written, found_forms, is_a_word_too, named_in, same_person
from journal_cli.share.plan import Plan
from journal_cli.share.redact import texts, used
from journal_cli.share.strike import stands_in

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAVE = "-"


def choose_names(desk: Desk, plan: Plan) -> Plan:
    """
    Ask what stands for the people who are named, and what else is to be changed or struck out.

    Raises:
        NothingToDo: If nothing was chosen so far.
    """
    document = as_it_stands(desk, plan)
    there = list(texts(document))
    plan = replace(plan, strike=tuple(one for one in plan.strike if stands_in(document, one)))
    plan = _marked(desk, _known(desk, plan, there), there)
    while True:
        _show_changes(desk, plan, document)
        pressed = key(desk, "names", desk.words("by_hand.names_keys"), "ndsx")
        if not pressed:
            return plan
        if pressed == "n":
            plan = _another(desk, plan, there)
        elif pressed == "d":
            plan = replace(plan, dates="exact" if plan.dates == "coarse" else "coarse")
        elif pressed == "s":
            plan = strike(desk, plan, document)
        else:
            plan = _take_back(desk, plan, document)


def as_it_stands(desk: Desk, plan: Plan) -> Document:
    """
    Give what was chosen before anything in it is changed.

    Raises:
        NothingToDo: If nothing was chosen so far.
    """
    return of_plan(desk, replace(plan, aliases={}, strike=(), dates="exact")).document


def strike(desk: Desk, plan: Plan, document: Document) -> Plan:
    """Ask for passages to strike out of a document, until an empty line."""
    words = desk.words
    struck = list(plan.strike)

    def read(typed: str) -> str:
        wanted = one_line(typed)
        if wanted and not stands_in(document, wanted):
            raise Mistyped("that passage does not stand in what was chosen; Enter goes on")
        return wanted

    while wanted := line(desk, "strike", screen.said(words("by_hand.ask_strike"), desk.talk_look), read):
        struck.append(wanted)
    return replace(plan, strike=tuple(dict.fromkeys(struck)))


def _known(desk: Desk, plan: Plan, there: list[str]) -> Plan:
    """Look for forms of names that were changed before and stand here for the first time."""
    aliases = dict(plan.aliases)
    for name, alias in plan.aliases.items():
        aliases |= _forms(desk, name, alias, aliases, there)
    return replace(plan, aliases=aliases)


def _marked(desk: Desk, plan: Plan, there: list[str]) -> Plan:
    """Ask about everybody who is marked with an `@`, here or anywhere in the journal, and has no other name yet."""
    aliases = dict(plan.aliases)
    elsewhere = named_in(entries.all_people(desk.journal), there)
    marked = {_bare(name): name for name in (*(name for text in there for name in people(text)), *elsewhere)}
    stays: set[str] = set()
    for name, *others in same_person(one for bare, one in marked.items() if bare not in _bares(aliases)):
        for one in (name, *others):  # a form that was none of it is somebody else
            if _bare(one) not in _bares(aliases) and name not in stays:
                given = _asked(desk, one, aliases, there)
                aliases |= given
                stays |= set() if given else {one}
    return replace(plan, aliases=aliases)


def _asked(desk: Desk, name: str, aliases: Mapping[str, str], there: list[str]) -> dict[str, str]:
    """Ask what stands for a name, and which of its forms go with it."""
    words = desk.words
    usual = _next_person(desk, aliases.values())
    ask = screen.said(words("by_hand.ask_alias", name=name, usual=usual), desk.talk_look)

    def read(typed: str) -> str:
        alias = one_line(typed) or usual
        if not alias.isprintable():
            raise Mistyped("one line of plain text, please")
        return alias

    alias = line(desk, "alias", ask, read)
    if alias == LEAVE:
        return {}
    if is_a_word_too(name) and any(form.is_small for form in found_as_written(name, there)):
        say(desk, words("by_hand.a_word_too", name=name, small=name.lower()))
    given = _quoted(name) if is_a_word_too(name) else name
    return {given: alias} | _forms(desk, name, alias, {**aliases, given: alias}, there)


def _forms(desk: Desk, name: str, alias: str, aliases: Mapping[str, str], there: list[str]) -> dict[str, str]:
    """Offer the forms of a name that stand in the texts; the person confirms which are forms of it."""
    known = _bares(aliases)
    found = [form for form in found_forms(_bare(name), there) if _bare(form.word) not in known]
    if not found:
        return {}
    words = desk.words
    say(desk, words("by_hand.forms", name=_unquoted(name)))
    desk.say(screen.forms(found, words, desk.talk_look))
    usual = [number for number, form in enumerate(found, 1) if not form.is_small]
    ask = screen.said(words("by_hand.ask_forms" if usual else "by_hand.ask_forms_none"), desk.talk_look)
    wanted = line(desk, "forms", ask, picked(numbers(len(found)), usual))
    chosen = [form for number, form in enumerate(found, 1) if number in wanted]
    return {_as_key(form, chosen, found): alias for form in chosen}


def _as_key(form: Form, chosen: Iterable[Form], found: Iterable[Form]) -> str:
    """Give a form as a name to change; in quotation marks where its small letters are another word."""
    small = [one for one in found if one.is_small and _bare(one.word) == _bare(form.word)]
    return _quoted(form.word) if small and small[0] not in chosen else form.word


def _another(desk: Desk, plan: Plan, there: list[str]) -> Plan:
    """Ask for a name, a place or any word, and what stands for it."""
    words = desk.words

    def read(typed: str) -> str:
        name = one_line(typed).removeprefix("@")
        if name and not any(char.isalnum() for char in name):
            raise Mistyped("a name or a word, please")
        return name

    name = line(desk, "name", screen.said(words("by_hand.ask_name"), desk.talk_look), read)
    if not name:
        return plan
    if _bare(name) in _bares(plan.aliases):
        say(desk, words("by_hand.changed_already"))
        return plan
    return replace(plan, aliases={**plan.aliases, **_asked(desk, name, plan.aliases, there)})


def _take_back(desk: Desk, plan: Plan, document: Document) -> Plan:
    """Take a change back: a name with all its forms, or a passage."""
    groups = screen.groups(used(document, plan.aliases))
    rows = [*(screen.change(names, alias) for alias, names in groups), *plan.strike]
    if not rows:
        say(desk, desk.words("by_hand.no_changes"))
        return plan
    screen.show_lines(desk.say, rows, desk.talk_look)
    ask = screen.said(desk.words("by_hand.ask_take_back"), desk.talk_look)
    back = line(desk, "change", ask, picked(numbers(len(rows)), ()))
    gone = {alias for number, (alias, _) in enumerate(groups, 1) if number in back}
    kept = tuple(one for number, one in enumerate(plan.strike, len(groups) + 1) if number not in back)
    return replace(plan, aliases={name: to for name, to in plan.aliases.items() if to not in gone}, strike=kept)


def _show_changes(desk: Desk, plan: Plan, document: Document) -> None:
    words = desk.words
    groups = screen.groups(used(document, plan.aliases))
    for alias, names in groups:
        desk.say(screen.said(words("by_hand.change", what=screen.change(names, alias)), desk.talk_look))
    if plan.strike:
        say(desk, words.count("by_hand.struck", len(plan.strike)))
    if not (groups or plan.strike):
        say(desk, words("by_hand.no_changes"))
    say(desk, words(f"by_hand.dates_{plan.dates}"))


def _next_person(desk: Desk, taken: Iterable[str]) -> str:
    """Give the first "Person A" that stands for nobody yet."""
    used = set(taken)
    letters = [*ALPHABET, *(f"{one}{other}" for one in ALPHABET for other in ALPHABET)]
    return next(person for one in letters if (person := desk.words("by_hand.person", letter=one)) not in used)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _unquoted(name: str) -> str:
    return name.strip('"')


def _bare(name: str) -> str:
    return _unquoted(name.strip().removeprefix("@")).casefold()


def _bares(names: Iterable[str]) -> set[str]:
    return {_bare(name) for name in names}

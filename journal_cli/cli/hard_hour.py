"""
The card that comes when a tender item was answered above zero, and what its keys do.

It asks for nothing, sends nothing and locks nothing; Enter goes on. From a pipe it is only said.
"""

from collections.abc import Mapping
from types import MappingProxyType

from journal_cli.cli import questions, safekeeping
from journal_cli.cli.desk import Desk
from journal_cli.cli.drafting import Drafting
from journal_cli.cli.questions import Left
from journal_cli.cli.safekeeping import FREE
from journal_cli.journal.care import countries, country_named
from journal_cli.journal.entry import Entry, Filter, Kind, WholeEntry
from journal_cli.journal.text import count_words, is_empty, opening, people, storable, tags
from journal_cli.records import entries
from journal_cli.screen import hard_hour as screen
from journal_cli.screen.ask import Question, Stopped, Wish, key_of, unescaped, yes_no
from journal_cli.screen.entries import whole_entry
from journal_cli.screen.said import quiet

NOTES, NUMBERS, PEOPLE, LINE = "1", "2", "3", "4"
NEWEST = 3  # entries shown at a key

# What is tagged in one language is found in the other too: an hour like this is no time to look for a tag.
TAGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "notes": {"en": "safety", "pl": "na-trudny-czas"},
        "people": {"en": "people", "pl": "moje-osoby"},
    }
)
THERAPIST = "therapist"


def show(desk: Desk) -> None:
    """
    Show the card; somebody at a terminal stays with it as long as they like.

    Raises:
        Left: If the person pauses or stops here.
    """
    look, country = desk.talk_look, _country(desk)
    if not desk.is_person:
        desk.say(screen.card(desk.help_lines, country, look, desk.words))
        return
    view = screen.card(desk.help_lines, country, look, desk.words, desk.care_words)
    while True:
        answer = desk.asker.ask(Question("card", view, key_of(NOTES + NUMBERS + PEOPLE + LINE), one_key=True))
        if answer in {"", Wish.SKIP}:
            return
        if answer in {Wish.PAUSE, Wish.STOP}:
            raise Left(Wish(answer))
        _do(desk, answer)
        view = screen.keys(country, look, desk.words, desk.care_words)


def _do(desk: Desk, key: str) -> None:
    """Do what a key says; leaving in the middle of it comes back to the card."""
    try:
        if key == NOTES:
            _own(desk, "notes")
        elif key == PEOPLE:
            _own(desk, "people")
        elif key == LINE:
            _line(desk)
        else:
            questions.oblige(desk, Wish.HELP if key == NUMBERS else Wish(key))
    except Left:
        return


def _country(desk: Desk) -> str:
    """Give the two letters of the country that was named; "" if none was, or it is not known here."""
    names = {one: desk.care_words(f"care.countries.{one}") for one in countries(desk.help_lines)}
    return country_named(desk.country, names)


def _own(desk: Desk, what: str) -> None:
    """Show what the person keeps for such an hour, or say how it is kept and offer to write it now."""
    words = desk.words
    found = _tagged(desk, what)
    for one in found:
        desk.say()
        desk.say(whole_entry(one, desk.voice, desk.talk_look))
    if found:
        return
    desk.say(screen.said(f"no_{what}", desk.talk_look, words))
    if questions.ask(desk, yes_no("write now", words("measure.card.write_now"))) != "y":
        return
    if id_ := _written(desk, what):
        desk.say(words("measure.card.lines_kept", id=id_))


def _tagged(desk: Desk, what: str) -> list[WholeEntry]:
    found = {
        one.id: one
        for tag in TAGS[what].values()
        for one in entries.listing(desk.journal, Filter(tags=(tag,)), NEWEST)[0]
    }
    newest = sorted(found.values(), key=lambda one: (one.written_at.at, one.id), reverse=True)[:NEWEST]
    return [entries.whole(desk.journal, one.id) for one in newest]


def _written(desk: Desk, what: str) -> str:
    """Let the person write, and keep it with its tag, also what a signal cuts off; give its id, or ""."""
    draft, tag = Drafting(desk, FREE), TAGS[what][desk.words.language]
    try:
        text = questions.write(desk, quiet(desk.words(f"measure.card.about_{what}")), keep=draft.keep).text
    except Stopped as stopped:
        _kept(desk, stopped.text, tag, draft=draft)
        raise
    return _kept(desk, text, tag, draft=draft)


def _line(desk: Desk) -> None:
    """Ask for one line and keep it for the therapist; it goes nowhere by itself."""
    words = desk.words
    text = questions.ask(desk, Question("line", words("measure.card.line"), lambda typed: storable(unescaped(typed))))
    if id_ := _kept(desk, text or "", THERAPIST, words("measure.card.line_title")):
        desk.say(words("measure.card.line_kept", id=id_))


def _kept(desk: Desk, text: str, tag: str, title: str | None = None, draft: Drafting | None = None) -> str:
    """Keep a text as an entry of its own, in place of its draft, and give its id; "" if there is nothing in it."""
    if is_empty(text):
        return ""
    entry = Entry(
        id=desk.new_id(),
        written_at=desk.now(),
        kind=Kind.FREE,
        word_count=count_words(text),
        title=title,
        opening=opening(text),
        tags=tuple(dict.fromkeys((tag, *tags(text)))),
        people=people(text),
    )
    with safekeeping.kept_in_any_case(desk, text), desk.journal.changing():
        entries.add(desk.journal, WholeEntry(entry, text))
        if draft:
            draft.let_go()
    return entry.id

"""Offers in the middle of a sitting: how far prompts may go, and whether what was just written stays."""

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.journal.session import CONTENT_NOTES, Intensity
from journal_cli.journal.sitting import Sitting
from journal_cli.records import sittings, trash
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import Question, key_of, numbers, one_of


def keep(desk: Desk, sitting: Sitting) -> None:
    """Offer to put what was written in this sitting in the trash; nothing written, nothing offered."""
    written = sittings.entries_of(desk.journal, sitting.id)
    if not written:
        return
    words = desk.words
    if questions.ask(desk, Question("keep", words("reflect.keep"), key_of("d"), one_key=True)) == "d":
        trash.delete(desk.journal, [entry.id for entry in written], desk.now())
        desk.say(words("reflect.put_away"))


def pace(desk: Desk) -> None:
    """Offer to choose how far prompts may go without asking, and content notes not to meet."""
    words = desk.words
    paces = [words(f"reflect.pace_{intensity.word}") for intensity in Intensity]
    view = screen.choices(paces, words("reflect.pace"), desk.talk_look)
    picked = questions.ask(desk, Question("pace", view, one_of(len(paces)), one_key=True))
    if picked:
        desk.set("intensity", Intensity(picked).word)
    notes = [words(f"reflect.notes.{note}") for note in CONTENT_NOTES]
    view = screen.choices(notes, words("reflect.hide"), desk.talk_look)
    hidden = questions.ask(desk, Question("hidden notes", view, numbers(len(notes))))
    if hidden:
        desk.set("hidden-notes", ",".join(CONTENT_NOTES[number - 1] for number in hidden))

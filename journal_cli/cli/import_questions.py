"""What has to be asked before a file of another notebook can come in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.passphrase_command import words_from
from journal_cli.cli.questions import Left
from journal_cli.errors import Locked, NothingToDo
from journal_cli.imports.choices import Choices, DayOrMonth
from journal_cli.journal.mood import MIDDLE
from journal_cli.journal.text import visible_line
from journal_cli.records import settings
from journal_cli.screen.ask import Question, one_of, yes_no
from journal_cli.screen.secret import ask_secret

MOODS = "imported-moods"  # the setting that keeps what names of moods elsewhere stand for


def agreed(desk: Desk, question: str) -> None:
    """
    Ask whether to go on.

    Raises:
        NothingToDo: If the answer is anything but yes.
    """
    try:
        answer = questions.ask(desk, yes_no("import", question))
    except Left:
        answer = None
    if answer != "y":
        raise NothingToDo("nothing was changed")


def asked_password(desk: Desk, command: str | None) -> Callable[[], str]:
    """
    Give what asks for the password of a file: once, however often it is needed.

    Args:
        desk: Where to ask.
        command: A command whose first line of output it is; None to ask on the terminal.
    """

    @cache
    def password() -> str:
        if command is not None:
            return words_from(command)
        try:
            return ask_secret(desk.words("arrivals.password"))
        except Locked:
            raise Locked(
                "the file is locked, and there is no terminal to ask for its password",
                hint="name a command that prints it: --password-command",
            ) from None

    return password


def with_day_first(desk: Desk, choices: Choices, doubt: DayOrMonth) -> Choices:
    """
    Ask which comes first in the dates of a file.

    Raises:
        DayOrMonth: If it was not said.
    """
    text = desk.words("arrivals.day_or_month", example=doubt.values["example"], file=doubt.values["file"])
    try:
        answer = questions.ask(desk, Question("day or month", text, one_of(2), one_key=True))
    except Left:
        answer = None
    if answer is None:
        raise doubt
    return replace(choices, day_first=answer == 1)


def known_moods(desk: Desk) -> dict[str, float | None]:
    """Give what was said before of the names of moods elsewhere; None for one that has no number."""
    try:
        kept = json.loads(settings.get_all(desk.journal).get(MOODS, "{}"))
    except ValueError:
        return {}  # it came with an export that another program changed
    if not isinstance(kept, dict):
        return {}
    fits = {None, *(step / 2 for step in range(-6, 7))}
    return {name: value for name, value in kept.items() if not isinstance(value, dict | list) and value in fits}


def keep_moods(desk: Desk, moods: Mapping[str, float | None]) -> None:
    """Keep what was said of the names of moods elsewhere, so that it is asked once."""
    if moods != known_moods(desk):
        desk.set(MOODS, json.dumps(dict(moods), ensure_ascii=False, sort_keys=True))


def asked_moods(desk: Desk, labels: Mapping[str, int]) -> dict[str, float | None]:
    """
    Ask for what names of moods stand for, those that came most often first, and give all that is known then.

    Args:
        desk: Where to ask.
        labels: How often each name came.
    """
    moods = known_moods(desk)
    for label, n in sorted(labels.items(), key=lambda one: (-one[1], one[0])):
        if label.casefold() in moods:
            continue
        text = desk.words.count("arrivals.label", n, label=visible_line(label))
        try:
            key = questions.ask(desk, Question("mood", text, one_of(7), one_key=True))
        except Left:
            break
        moods[label.casefold()] = None if key is None else float(key - MIDDLE)
    return moods

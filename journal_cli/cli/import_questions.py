"""What has to be asked before a file of another notebook can come in."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.passphrase_command import words_from
from journal_cli.cli.questions import Left
from journal_cli.errors import Locked, NothingToDo
from journal_cli.imports.choices import Choices, DayOrMonth
from journal_cli.screen.ask import Question, one_of, yes_no
from journal_cli.screen.secret import ask_secret


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

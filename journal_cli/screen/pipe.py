"""A conversation with lines from a pipe: every question reads the next line, and no other question is asked."""

from typing import BinaryIO, TypeVar

from rich.console import Console, RenderableType

from journal_cli.errors import Interrupted, Mistyped, NotWhatItSays
from journal_cli.journal.text import decoded
from journal_cli.journal.words import Words
from journal_cli.screen.ask import Broken, Keep, Question, Stopped, Wish, Written, read_wish, unescaped

T = TypeVar("T")

END_OF_TEXT = "."


class PipeAsker:
    """
    Answers from standard input.

    Args:
        source: Standard input, as bytes.
        console: Where talk goes.
        words: What questions are called.
    """

    is_person = False

    def __init__(self, source: BinaryIO, console: Console, words: Words) -> None:
        self._source = source
        self._line = 0
        self._console = console
        self._words = words

    def say(self, talk: RenderableType = "") -> None:
        """Say something that is not a question."""
        self._console.print(talk)

    def once(self, view: RenderableType, text: RenderableType) -> None:  # noqa: ARG002  # nobody is there to go on
        """Show it; a pipe has no screen to clear."""
        self._console.print(view)

    def pause(self, text: RenderableType) -> Wish | None:
        """Go on at once."""

    def ask(self, question: Question[T]) -> T | Wish:
        """
        Read the next line as the answer; the end of input is a wish to stop.

        Raises:
            Mistyped: If the line is no answer; it names the question and the line.
        """
        self._console.print(question.text)
        line = self._next()
        if line is None:
            return Wish.STOP
        try:
            return read_wish(line) or question.read(line)
        except Mistyped as refusal:
            raise self._at_line(question.name, refusal) from None

    def write(self, question: RenderableType, first: str = "", keep: Keep | None = None) -> Written:  # noqa: ARG002  # the signature is the other side's
        """
        Read lines of text up to one that holds a single full stop.

        A wish counts as the first line only. At the end of input what was read is
        given back with the wish to stop.

        Raises:
            Mistyped: If the first line begins with a colon and is no wish.
            Stopped: By a signal, with what was read so far.
            Broken: If the input is not UTF-8 text, with what was read so far.
        """
        self._console.print(question)
        lines = first.splitlines()
        try:
            return self._read_text(lines)
        except (KeyboardInterrupt, Interrupted):
            raise Stopped("\n".join(lines)) from None
        except NotWhatItSays as broken:
            raise Broken(broken, "\n".join(lines)) from None

    def _read_text(self, lines: list[str]) -> Written:
        begun = bool(lines)
        while (line := self._next()) is not None:
            if line == END_OF_TEXT:
                return Written("\n".join(lines))
            if not begun:
                try:
                    wish = read_wish(line)
                except Mistyped as refusal:
                    raise self._at_line("text", refusal) from None
                if wish:
                    return Written("", wish)
            lines.append(unescaped(line))
            begun = True
        return Written("\n".join(lines), Wish.STOP)

    def _next(self) -> str | None:
        raw = self._source.readline()
        self._line += 1
        try:
            return decoded(raw).removesuffix("\n").removesuffix("\r") if raw else None
        except NotWhatItSays as broken:
            raise NotWhatItSays(
                broken.template, hint=broken.hint_template, **{**broken.values, "line": self._line}
            ) from None

    def _at_line(self, name: str, refusal: Mistyped) -> Mistyped:
        template = "line {line}, {question}: " + refusal.template
        question = self._words(f"asked.{name}")
        return Mistyped(template, line=self._line, question=question, hint=refusal.hint_template, **refusal.values)

"""A conversation with somebody at a terminal: keys, lines, and text in the editor."""

import contextlib
import os
import readline
import select
import sys
import termios
import tty
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from journal_cli.errors import Interrupted, JournalError, Mistyped
from journal_cli.journal.words import Words
from journal_cli.screen import editor
from journal_cli.screen.ask import Keep, Panic, Question, Stopped, Wish, Written, read_wish, unescaped
from journal_cli.screen.look import Look

T = TypeVar("T")

END_OF_INPUT = "\x04"  # Ctrl-D
ESCAPE = "\x1b"
PANIC = "\x18"  # Ctrl-X, twice
ENTER = {"\r", "\n"}


@dataclass(frozen=True, slots=True)
class Cover:
    """
    What becomes of a page that was left alone.

    Args:
        patience: Seconds without a key after which it is covered; 0 for never.
        unlock: Asks for the passphrase; raises a JournalError if it is not given.
    """

    patience: float
    unlock: Callable[[], object]


NO_COVER = Cover(0, lambda: None)


class TerminalAsker:
    """
    Answers from a person.

    Args:
        console: Where talk goes.
        look: How wide and how plain.
        words: What is said around the questions.
        cover: What becomes of a page that was left alone.
    """

    is_person = True

    def __init__(self, console: Console, look: Look, words: Words, cover: Cover = NO_COVER) -> None:
        self._console = console
        self._cover = cover
        self._look = look
        self._words = words
        readline.set_auto_history(False)
        # A line that is being typed is emptied, and what is handed over is the key itself.
        readline.parse_and_bind(r'"\C-x\C-x": "\C-e\C-u\C-v\C-x\C-m"')

    def say(self, talk: RenderableType = "") -> None:
        """Say something that is not a question."""
        self._console.print(talk)

    def once(self, view: RenderableType, text: RenderableType) -> None:
        """Show something on the other screen until the person goes on; plain mode has only one screen."""
        if not self._look.plain:
            self._console.set_alt_screen(True)
        try:
            self._console.print(view)
            self.pause(text)
        finally:
            self._console.set_alt_screen(False)

    def pause(self, text: RenderableType) -> Wish | None:
        """Wait for Enter, or a wish; any other key goes on too."""
        if self._look.plain:
            answer = self.ask(Question("go on", text, lambda _: None, one_key=True))
            return answer if isinstance(answer, Wish) else None
        self._console.print(text, end=" ")
        key = _read_key()
        self._console.print()
        return Wish.STOP if key == END_OF_INPUT else next((wish for wish in Wish if wish.value == key), None)

    def ask(self, question: Question[T]) -> T | Wish:
        """Ask until there is an answer or a wish; what is wanted is said after a wrong one."""
        self._console.print(question.text)
        while True:
            typed = self._key() if question.one_key and not self._look.plain else self._line()
            if typed == END_OF_INPUT:
                return Wish.STOP
            try:
                if wish := _wish(typed, question):
                    return wish
                return question.read(typed)
            except Mistyped as refusal:
                self._console.print(self._words.failure(refusal)[0], style="quiet")

    def write(self, question: RenderableType, first: str = "", keep: Keep | None = None) -> Written:
        """Let the person write: on a page of its own, or line by line in plain mode."""
        if not self._look.plain:
            return self._on_a_page(question, first, keep)
        self._console.print(question)
        if first:
            self._console.print(first, markup=False, highlight=False)
        return self._plain_text(first, keep)

    def _on_a_page(self, question: RenderableType, first: str, keep: Keep | None) -> Written:
        """Let the person write on a page; one that was left alone is covered until somebody unlocks it."""
        while True:
            task = editor.Task(lambda width: self._drawn(question, width), first, keep, self._cover.patience)
            try:
                return editor.write(task, self._words, self._look)
            except editor.LeftAlone as alone:
                first = alone.text
            self._console.set_alt_screen(True)
            try:
                self._console.print(self._words("editor.covered"))
                self._cover.unlock()
            except JournalError:  # it stays locked, and what was written is a draft
                raise Stopped(first) from None
            finally:
                self._console.set_alt_screen(False)

    def _drawn(self, view: RenderableType, width: int) -> str:
        """Draw something for so many columns, with the signs of this terminal for styles."""
        with self._console.capture() as drawn:
            self._console.print(view, width=width)
        text = drawn.get()
        if max(map(cell_len, Text.from_ansi(text).plain.split("\n"))) <= width:
            return text
        # It was laid out before the window became narrower.
        with self._console.capture() as drawn:
            self._console.print(Text.from_ansi(text).plain, width=width, markup=False, highlight=False)
        return drawn.get()

    def _plain_text(self, first: str, keep: Keep | None) -> Written:
        self._console.print(self._words("reflect.plain_keys"))
        lines = first.splitlines()
        try:
            return self._read_text(lines, keep)
        except Panic:
            raise Panic("\n".join(lines)) from None
        except (KeyboardInterrupt, Interrupted):
            raise Stopped("\n".join(lines)) from None

    def _read_text(self, lines: list[str], keep: Keep | None) -> Written:
        begun = bool(lines)
        while (line := self._line()) != END_OF_INPUT:
            if line == ".":
                return Written("\n".join(lines))
            try:
                wish = None if begun else read_wish(line)
            except Mistyped as refusal:
                self._console.print(self._words.failure(refusal)[0])
                continue
            if wish:
                return Written("", wish)
            lines.append(unescaped(line))
            begun = True
            if keep is not None:
                with contextlib.suppress(JournalError):  # it is kept when it is finished, or said then
                    keep("\n".join(lines))
        return Written("\n".join(lines))

    def _line(self) -> str:
        # input() shows its prompt on stdout, which is for the answer; so it does only where stdout is this terminal.
        try:
            if sys.stdout.isatty():
                line = input("> ")
            else:
                sys.stderr.write("> ")
                sys.stderr.flush()
                line = sys.stdin.readline() or END_OF_INPUT
        except EOFError:
            self._console.print()
            return END_OF_INPUT
        if line == PANIC:
            raise Panic("")
        return line.rstrip("\r\n")

    def _key(self) -> str:
        """Read one key; a colon waits for the letter after it."""
        self._console.print("> ", end="")
        key = _read_key()
        if key == ":":
            key += _read_key()
        shown = "" if key in ENTER or key == END_OF_INPUT or not key.isprintable() else key
        self._console.print(shown, markup=False, highlight=False)
        return "" if key in ENTER else key


def _wish(typed: str, question: Question[T]) -> Wish | None:
    """Read a wish: after a colon anywhere, and as a letter alone where one key is asked for."""
    letter = typed.strip().lower()
    if question.one_key and letter not in question.own_keys and letter in {wish.value for wish in Wish}:
        return Wish(letter)
    return read_wish(typed)


def _read_key() -> str:
    """Read one key from standard input as it is pressed; arrows and the like are passed over."""
    source = sys.stdin.fileno()
    before = termios.tcgetattr(source)
    try:
        tty.setcbreak(source, termios.TCSADRAIN)
        while True:
            key = os.read(source, 1)
            if not key:
                return END_OF_INPUT
            if key == ESCAPE.encode():
                _pass_over(source)
                continue
            if key == PANIC.encode() == os.read(source, 1):
                raise Panic("")
            while key[0] >= 0xC0 and len(key) < 4 and select.select([source], [], [], 0.01)[0]:
                key += os.read(source, 1)
            return key.decode(errors="replace")
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)


def _pass_over(source: int) -> None:
    while select.select([source], [], [], 0.01)[0]:
        os.read(source, 1)

"""
The editor in the terminal: a page of its own, with the question above and nothing kept beside the journal.

It stands on the terminal's other screen, so what was written is gone from sight when it ends. There is no
history, no clipboard and no window title. What is typed is handed over every few seconds to be kept as a draft.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.clipboard import DummyClipboard
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, VSplit, Window
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.widgets import SearchToolbar

from journal_cli.errors import Interrupted, JournalError
from journal_cli.journal.text import count_words
from journal_cli.journal.words import Words
from journal_cli.screen.ask import Keep, Panic, Stopped, Written
from journal_cli.screen.editor_keys import keys_of, with_escapes, without_escapes
from journal_cli.screen.look import Look
from journal_cli.screen.sheet import Sheet
from journal_cli.screen.wrapping import cells

STYLE = Style.from_dict({"bar": "fg:ansibrightblack", "selected": "reverse", "found": "reverse"})
KEEP_EVERY = 2.0  # seconds between two times of keeping what is typed
MINUTE = 60.0
UNDONE = 20_000_000  # characters that are remembered to be undone
LEAST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Task:
    """
    What is to be written.

    Args:
        heading: Draws the question for so many columns, with the terminal's own signs for styles.
        first: What is already there.
        keep: Keeps an unfinished text as a draft; None if there is no place for one.
        patience: Seconds without a key after which the page is left alone; 0 for never.
    """

    heading: Callable[[int], str]
    first: str = field(default="", repr=False)
    keep: Keep | None = None
    patience: float = 0


class LeftAlone(Exception):  # not a failure: the page is to be covered
    """
    Nobody pressed a key for a long time; what is there so far is carried along.

    Args:
        text: What was written so far.
    """

    def __init__(self, text: str) -> None:
        super().__init__("left alone")
        self.text = text


class Writing(Buffer):
    """A text that can be undone far back, as long as that takes no more room than it is worth."""

    def save_to_undo_stack(self, clear_redo_stack: bool = True) -> None:
        """Remember the text as it is; each step holds a whole copy."""
        super().save_to_undo_stack(clear_redo_stack)
        del self._undo_stack[: -max(LEAST_STEPS, UNDONE // (len(self.text) + 1))]


class Editor:
    """
    One text, while it is written.

    Args:
        task: What is to be written.
        words: What the bar says.
        look: Whether there is colour.
    """

    def __init__(self, task: Task, words: Words, look: Look) -> None:
        self._task = task
        self._words = words
        self._begun = self._touched = monotonic()
        first = with_escapes(task.first)
        self._saved = first
        self._problem = ""
        self._leaving = False
        self._counted = ("", 0)
        self.buffer = Writing(
            document=Document(first, len(first)),
            multiline=True,
            history=DummyHistory(),
            enable_history_search=False,
        )
        field_ = SearchToolbar(
            ignore_case=True,
            forward_search_prompt=f" {words('editor.search')} ",
            backward_search_prompt=f" {words('editor.search')} ",
        )
        self.sheet = Sheet(self.buffer, field_.control)
        self.app: Application[Written] = Application(
            layout=Layout(self._windows(field_), focused_element=self.sheet),
            key_bindings=keys_of(self, self.sheet, Condition(lambda: self._leaving)),
            clipboard=DummyClipboard(),
            style=STYLE,
            output=create_output(always_prefer_tty=True),
            color_depth=None if look.colour else ColorDepth.DEPTH_1_BIT,
            include_default_pygments_style=False,
            full_screen=True,
            refresh_interval=MINUTE / 4,
        )

    def run(self) -> Written:
        """
        Let the person write.

        Raises:
            LeftAlone: If they did not press a key for as long as the task says.
            Panic: If they left at once.
            Stopped: If they left in the middle, or were stopped; what is there so far is carried along.
        """
        try:
            with _signals_kept():
                return self.app.run(pre_run=self._begin, set_exception_handler=False)
        except (Stopped, LeftAlone):
            raise
        except (Interrupted, KeyboardInterrupt, EOFError, OSError):  # a signal, or the terminal went away
            raise Stopped(self._text) from None

    # What keys do; see Deeds.

    def done(self, written: Written) -> None:
        """End with what was written."""
        self.app.exit(result=written)

    def ask_to_leave(self) -> None:
        """Ask once what is to become of the text; an empty one needs no asking."""
        if self._leaving or not self.buffer.text.strip():
            self.leave()
        else:
            self._leaving = True

    def stay(self) -> None:
        """Go on writing after all."""
        self._leaving = False

    def leave(self) -> None:
        """Leave in the middle; the text becomes a draft."""
        self.app.exit(exception=Stopped(self._text))

    def throw_away(self) -> None:
        """Leave, and let the text go."""
        self.app.exit(exception=Stopped(""))

    def panic(self) -> None:
        """Leave at once; the draft is kept, sealed, and nothing else."""
        self._save()
        self.app.exit(exception=Panic(self._text))

    # The page.

    def _windows(self, field_: SearchToolbar) -> HSplit:
        question = Window(FormattedTextControl(self._question), height=self._question_height, dont_extend_height=True)
        page = VSplit([Window(width=2), Window(self.sheet, wrap_lines=False)])
        bar = Window(FormattedTextControl(self._bar), height=1, style="class:bar", dont_extend_height=True)
        return HSplit([question, page, field_, bar])

    def _question_lines(self) -> list[str]:
        size = self.app.output.get_size()
        lines = self._task.heading(size.columns).strip("\n").split("\n")
        most = max(1, size.rows // 2 - 1)
        return lines if len(lines) <= most else [*lines[: most - 1], "…"]

    def _question(self) -> AnyFormattedText:
        return ANSI("\n".join(self._question_lines()))

    def _question_height(self) -> int:
        return len(self._question_lines()) + 1

    def _bar(self) -> str:
        """Say what fits: what is in the way, what can be chosen, or how much there is and how to end."""
        if self._problem and not self._leaving:
            return f" {self._problem}"
        if self._leaving:
            said, keys = "", ("editor.leaving", "editor.leaving_short")
        else:
            counted = self._words.count("reflect.words", self._count())
            minutes = self._words.count("reflect.minutes", int((monotonic() - self._begun) // MINUTE))
            said, keys = f"{counted} · {minutes}   ", ("reflect.keys", "reflect.keys_short")
        columns = self.app.output.get_size().columns
        bars = [f" {said}{self._words(key)}" for key in keys]
        return next((bar for bar in bars if cells(bar) < columns), bars[-1])

    def _count(self) -> int:
        """Count the words; of a long text only at a pause, because the bar is drawn after every key."""
        text = self.buffer.text
        if text != self._counted[0] and (len(text) < 10_000 or text == self._saved or not self._counted[0]):
            self._counted = (text, count_words(text))
        return self._counted[1]

    # The draft.

    @property
    def _text(self) -> str:
        return without_escapes(self.buffer.text)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, told: self._broken(told.get("exception")))
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._stopped)
        self.app.key_processor.before_key_press += self._touch
        self.app.create_background_task(self._keep_now_and_then())

    def _stopped(self) -> None:
        self._save()
        self._end(Stopped(self._text))

    def _broken(self, bug: BaseException | None) -> None:
        """A bug of ours must not cost the text: it is kept first, and then the page ends."""
        self._save()
        self._end(bug or RuntimeError("the page ended without a reason"))

    def _end(self, reason: BaseException) -> None:
        if self.app.future and not self.app.future.done():
            self.app.exit(exception=reason)

    async def _keep_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY)
            self._save()
            if 0 < self._task.patience < monotonic() - self._touched:
                self._end(LeftAlone(self._text))

    def _touch(self, _keys: object) -> None:
        self._touched = monotonic()

    def _save(self) -> None:
        """Keep the draft, if anything changed; what is in the way is said in the bar, and tried again."""
        text = self.buffer.text
        if self._task.keep is None or text == self._saved:
            return
        try:
            self._task.keep(self._text)
        except JournalError as failure:
            self._problem = self._words("editor.not_kept", why=self._words.failure(failure)[0])
        else:
            self._saved, self._problem = text, ""
        self.app.invalidate()


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """Give the signals back to whoever had them: the page's loop takes them, and leaves them to nobody."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def write(task: Task, words: Words, look: Look) -> Written:
    """
    Let the person write until Ctrl-D, Esc Enter, or a wish on a line of its own.

    Raises:
        LeftAlone: If they did not press a key for as long as the task says.
        Panic: If they left at once.
        Stopped: If they left in the middle, or were stopped.
    """
    return Editor(task, words, look).run()

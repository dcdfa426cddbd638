"""
Reading on the terminal's other screen: nothing of it stays on the first one, or above it.

Every row is put where it belongs and none is scrolled, and all are wiped before the screen is left, so that a
terminal with one screen only keeps nothing either. There is no history of searches, and no window title.
"""

import contextlib
import os
import re
import signal
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from journal_cli.journal.words import Words
from journal_cli.screen.consoles import NARROWEST, WIDEST, console
from journal_cli.screen.look import Look
from journal_cli.screen.pressed import Key, Pressed
from journal_cli.screen.theme import cut, signs

OTHER_SCREEN, FIRST_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
CUT_ROWS, FOLD_ROWS = "\x1b[?7l", "\x1b[?7h"  # what is wider than the window
FALLBACK = os.terminal_size((80, 24))
MARKS = "[\u0300-\u036f]*"  # an accent that stands by itself

Draw = Callable[[Look], RenderableType]
"""Draws what is read for a look."""


@dataclass(frozen=True, slots=True)
class Folded:
    """
    What is read, in rows for one width.

    Args:
        rows: From the first to the last.
        starts: Where each row begins in `text`.
        text: All rows with line ends between, each letter without its case and accent.
    """

    rows: list[Text] = field(repr=False)
    starts: list[int]
    text: str = field(repr=False)

    def row_of(self, place: int) -> int:
        """Give the row that a place in the text is in."""
        return bisect_right(self.starts, place) - 1

    def letters_before(self, row: int) -> int:
        """Count what is no space before a row: it is the same in every width."""
        return _letters(self.text[: self.starts[row]])

    def row_with(self, letters: int) -> int:
        """Give the row in which so many letters are passed."""
        passed = accumulate(_letters(row.plain) for row in self.rows)
        return next((number for number, sum_ in enumerate(passed) if sum_ > letters), len(self.rows) - 1)


def read(draw: Draw, look: Look, words: Words, patience: float = 0) -> bool:
    """
    Show something to be read until the person leaves it.

    Args:
        draw: Draws it for a look.
        look: How wide and how plain; the width is taken from the window.
        words: What the bar says.
        patience: Seconds without a key after which it is left by itself; 0 for never.

    Returns:
        False if nobody pressed a key for so long.

    Raises:
        Panic: If the person left at once.
    """
    return Reader(draw, look, words, Pressed(patience)).run()


class Reader:
    """
    One page while it is read.

    Args:
        draw: Draws it for a look.
        look: How wide and how plain.
        words: What the bar says.
        keys: What is pressed.
    """

    def __init__(self, draw: Draw, look: Look, words: Words, keys: Pressed) -> None:
        self._draw_for = draw
        self._look = look
        self._words = words
        self._keys = keys
        self._console = console(stderr=False, plain=False)
        self._size = FALLBACK
        self._page = Folded([], [], "")
        self._top = 0
        self._passed = 0  # letters above the first row that is seen
        self._sought = ""
        self._hit: tuple[int, int] | None = None
        self._notice = ""

    def run(self) -> bool:
        """Show the page; see `read`."""
        with self._keys.listening():
            while True:
                with self._shown():
                    end = self._until_left()
                if end is not Key.STOPPED:
                    return end is not Key.ALONE
                os.kill(os.getpid(), signal.SIGSTOP)

    @contextlib.contextmanager
    def _shown(self) -> Iterator[None]:
        """Have the other screen, and keys one by one; wipe it at the end."""
        with self._keys.one_by_one():
            self._put(OTHER_SCREEN + CUT_ROWS)
            try:
                self._fold()
                yield
            finally:
                with contextlib.suppress(OSError):  # the terminal may be gone
                    rows = _size(self._console).lines
                    self._put("".join(f"\x1b[{row};1H\x1b[2K" for row in range(1, rows + 1)))
                    self._put(f"\x1b[H{FOLD_ROWS}{FIRST_SCREEN}")

    def _until_left(self) -> str:
        """Do what keys say until one of them leaves; give what it was."""
        moves = self._moves()
        while True:
            self._draw()
            key = self._keys.key()
            self._notice = ""
            if key in {"q", "Q", "\r", "\n", "\x04", Key.STOPPED, Key.ALONE, Key.GONE}:
                return key
            if key == Key.RESIZED:
                self._fold()
            elif key == "/":
                left = self._search()
                if left:
                    return left
            elif key in {"n", "N"}:
                self._find(forwards=key == "n")
            elif key in moves:
                self._go(moves[key]())

    def _moves(self) -> dict[str, Callable[[], int]]:
        """Say to which row keys go."""
        back, on = lambda: self._top - 1, lambda: self._top + 1
        page_back, page_on = lambda: self._top - self._step, lambda: self._top + self._step
        keys = {Key.UP: back, "k": back, Key.DOWN: on, "j": on, Key.PAGE_UP: page_back, "b": page_back}
        keys |= {Key.PAGE_DOWN: page_on, " ": page_on}
        keys |= dict.fromkeys((Key.HOME, "g"), lambda: 0) | dict.fromkeys((Key.END, "G"), lambda: len(self._page.rows))
        return keys

    @property
    def _height(self) -> int:
        """Rows for the page; the last one is the bar's."""
        return max(1, self._size.lines - 1)

    @property
    def _step(self) -> int:
        """Rows in one go; one stays in view."""
        return max(1, self._height - 1)

    def _go(self, row: int) -> None:
        self._top = max(0, min(row, len(self._page.rows) - self._height))
        self._passed = self._page.letters_before(self._top)

    def _fold(self) -> None:
        """Fold the page for the window as it is now; what was at the top stays there."""
        self._size = _size(self._console)
        width = max(NARROWEST, min(self._size.columns, WIDEST))
        self._look = replace(self._look, width=width)
        self._console.width = width
        self._page = _folded(self._draw_for(self._look), self._console, width)
        self._hit = None
        passed = self._passed
        self._go(self._page.row_with(passed) if passed else 0)
        self._passed = passed

    # Searching.

    def _search(self) -> str:
        """Read what is looked for, and go there; give what left the page meanwhile, if anything did."""
        typed = ""
        while True:
            self._notice = f"{self._words('reading.search')} {typed}"
            self._draw()
            key = self._keys.key()
            if key in {Key.STOPPED, Key.ALONE, Key.GONE}:
                return key
            if key == Key.RESIZED:
                self._fold()
            elif key in {"\r", "\n", Key.ESCAPE, "\x04"}:
                break
            elif key in {"\x7f", "\b"}:
                typed = typed[:-1]
            elif len(key) == 1 and key.isprintable():
                typed += key
        self._notice = ""
        if key in {"\r", "\n"}:
            self._sought = typed.strip() or self._sought
            self._find(forwards=True)
        return ""

    def _find(self, *, forwards: bool) -> None:
        """Go to the next place of what was looked for, or the one before; after the last comes the first."""
        if not self._sought:
            return
        places = [found.span() for found in re.finditer(_pattern(self._sought), self._page.text)]
        if not places:
            self._hit, self._notice = None, self._words("reading.not_found")
            return
        start = self._page.starts[self._top]
        if forwards:
            after = self._hit[1] if self._hit else start
            self._hit = next((place for place in places if place[0] >= after), places[0])
        else:
            before = self._hit[0] if self._hit else start
            self._hit = next((place for place in reversed(places) if place[0] < before), places[-1])
        row = self._page.row_of(self._hit[0])
        if not self._top <= row < self._top + self._height:
            self._go(row - self._height // 3)

    # Drawing.

    def _draw(self) -> None:
        rows = [self._row(number) for number in range(self._top, self._top + self._height)]
        placed = [f"\x1b[{number};1H\x1b[K{self._drawn(row)}" for number, row in enumerate(rows, 1)]
        if self._size.lines > 1:
            bar = cut(self._bar(), self._size.columns - 1, self._look)
            placed.append(f"\x1b[{self._size.lines};1H\x1b[K{self._drawn(Text(bar, 'quiet'))}")
        self._put("".join(placed))

    def _row(self, number: int) -> Text:
        if number >= len(self._page.rows):
            return Text()
        row, start = self._page.rows[number], self._page.starts[number]
        if self._hit and self._hit[0] < start + len(row) and self._hit[1] > start:
            row = row.copy()
            row.stylize("reverse", max(0, self._hit[0] - start), self._hit[1] - start)
        return row

    def _bar(self) -> str:
        """Say what was just asked, or how far this is, and the keys, as far as there is room."""
        if self._notice:
            return self._notice
        bottom = self._top + self._height
        seen = 100 * bottom // len(self._page.rows) if bottom < len(self._page.rows) else 100
        where = f"{seen}%   " if self._height < len(self._page.rows) else ""
        keys = ("reading.keys", "reading.keys_short") if where else ("reading.keys_one", "reading.keys_shortest")
        bars = [f"{where}{signs(self._words(key), self._look)}" for key in (*keys, "reading.keys_shortest")]
        return next((bar for bar in bars if cell_len(bar) < self._size.columns), bars[-1])

    def _drawn(self, row: Text) -> str:
        """Give a row with the terminal's own signs for styles."""
        with self._console.capture() as drawn:
            self._console.print(row, end="", soft_wrap=True)
        return drawn.get()

    def _put(self, signs_: str) -> None:
        self._console.file.write(signs_)
        self._console.file.flush()


def _size(made: Console) -> os.terminal_size:
    try:
        size = os.get_terminal_size(made.file.fileno())
    except OSError:
        return FALLBACK
    return size if size.columns and size.lines else FALLBACK


def _folded(view: RenderableType, made: Console, width: int) -> Folded:
    drawn = made.render_lines(view, made.options.update(width=width), pad=False)
    rows = [Text.assemble(*((part.text, part.style or "") for part in row if not part.control)) for row in drawn]
    starts = [0, *accumulate(len(row) + 1 for row in rows)][: len(rows)]
    return Folded(rows, starts, "\n".join("".join(map(_bare, row.plain)) for row in rows))


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _bare(sign: str) -> str:
    """Give a letter without its case and its accent; it stays one sign."""
    if sign.isascii():
        return sign.lower()
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return bare if len(bare) == 1 else sign


def _pattern(sought: str) -> str:
    """Look for words wherever a row ends between them, and whatever their case and accents."""
    words = unicodedata.normalize("NFC", sought).split()
    return r"\s+".join("".join(re.escape(_bare(sign)) + MARKS for sign in word) for word in words)

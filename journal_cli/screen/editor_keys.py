"""The keys of the editor: what moves, what ends, and what is wished for on a line of its own."""

import re
from collections.abc import Callable
from typing import Protocol

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.search import start_forward_incremental_search
from prompt_toolkit.keys import Keys

from journal_cli.screen.ask import Wish, Written
from journal_cli.screen.sheet import Sheet
from journal_cli.screen.wrapping import next_character, previous_character

Event = KeyPressEvent

_LIKE_A_WISH = re.compile(r"^\\*:[snghpq]$", re.MULTILINE)
_ESCAPED = re.compile(r"^\\(\\*:[snghpq])$", re.MULTILINE)


class Deeds(Protocol):
    """What keys can do to the editor, apart from changing the text."""

    def done(self, written: Written) -> None:
        """End with what was written."""

    def ask_to_leave(self) -> None:
        """Ask once what is to become of the text."""

    def stay(self) -> None:
        """Go on writing after all."""

    def leave(self) -> None:
        """Leave in the middle."""

    def throw_away(self) -> None:
        """Leave, and let the text go."""

    def panic(self) -> None:
        """Leave at once."""


def keys_of(deeds: Deeds, sheet: Sheet, leaving: Condition) -> KeyBindings:
    """
    Bind the keys.

    Args:
        deeds: What they do.
        sheet: Where the cursor moves.
        leaving: True while it is asked what is to become of the text.
    """
    keys = KeyBindings()
    _ending(keys, deeds, sheet.buffer)
    _moving(keys, sheet)
    _changing(keys, sheet.buffer, leaving)
    _leaving(keys, deeds, leaving)
    return keys


def without_escapes(text: str) -> str:
    """Give the text as it was meant: a line that reads like a wish and is none has a backslash before it."""
    return _ESCAPED.sub(r"\1", text)


def with_escapes(text: str) -> str:
    """Give a text as it stands on the page; see `without_escapes`."""
    return _LIKE_A_WISH.sub(r"\\\g<0>", text)


def _ending(keys: KeyBindings, deeds: Deeds, buffer: Buffer) -> None:
    writing = ~is_searching

    @keys.add("c-d", filter=writing, eager=True)
    @keys.add("escape", "enter", filter=writing)
    def _(_event: Event) -> None:
        deeds.done(Written(without_escapes(buffer.text)))

    @keys.add("c-c", filter=writing)
    @keys.add(Keys.SIGINT)
    def _(_event: Event) -> None:
        deeds.ask_to_leave()

    @keys.add("c-x", "c-x", eager=True)
    def _(_event: Event) -> None:
        deeds.panic()

    @keys.add("enter", filter=writing)
    def _(_event: Event) -> None:
        wish = _wish_here(buffer)
        if wish is None:
            buffer.insert_text("\n")
            return
        text = buffer.document.text_before_cursor.rpartition("\n")[0] + buffer.document.text_after_cursor
        deeds.done(Written(without_escapes(text), wish))

    @keys.add("c-z")
    def _(event: Event) -> None:
        event.app.suspend_to_background()


def _wish_here(buffer: Buffer) -> Wish | None:
    """Read a wish on the line the cursor has come to the end of."""
    line = buffer.document.current_line
    if len(line) == 2 and line[0] == ":" and buffer.document.is_cursor_at_the_end_of_line:
        return next((wish for wish in Wish if wish.value == line[1]), None)
    return None


def _moving(keys: KeyBindings, sheet: Sheet) -> None:
    """Move by rows as they are seen, by what is seen as a character, and by paragraphs."""
    buffer = sheet.buffer
    kept: list[int] = []  # the column that going up and down keeps, and where it led last

    def by_rows(count: int) -> None:
        buffer.exit_selection()
        if len(kept) != 2 or kept[1] != buffer.cursor_position:
            kept[:] = [sheet.column(), 0]
        buffer.cursor_position = sheet.moved(count, kept[0])
        kept[1] = buffer.cursor_position

    def add(*names: str, move: Callable[[Event], None]) -> None:
        for name in names:
            keys.add(*name.split(), filter=~is_searching)(move)

    def to(place: int) -> None:
        buffer.exit_selection()
        buffer.cursor_position = place

    def page(event: Event) -> int:
        return max(1, event.app.output.get_size().rows // 2)

    add("up", "c-p", move=lambda _: by_rows(-1))
    add("down", "c-n", move=lambda _: by_rows(1))
    add("pageup", move=lambda event: by_rows(-page(event)))
    add("pagedown", move=lambda event: by_rows(page(event)))
    add("left", "c-b", move=lambda _: to(previous_character(buffer.text, buffer.cursor_position)))
    add("right", move=lambda _: to(next_character(buffer.text, buffer.cursor_position)))
    add("home", move=lambda _: to(sheet.row_start()))
    add("end", move=lambda _: to(sheet.row_end()))
    add("c-up", "escape up", "escape {", move=lambda _: to(_paragraph_before(buffer.text, buffer.cursor_position)))
    add("c-down", "escape down", "escape }", move=lambda _: to(_paragraph_after(buffer.text, buffer.cursor_position)))


def _paragraph_before(text: str, place: int) -> int:
    """Give where the paragraph begins, or the one before if the place is its beginning."""
    before = text[:place].rstrip("\n")
    return before.rfind("\n\n") + 2 if "\n\n" in before else 0


def _paragraph_after(text: str, place: int) -> int:
    """Give where the next paragraph begins, or the end."""
    found = text.find("\n\n", place)
    if found < 0:
        return len(text)
    while found < len(text) and text[found] == "\n":
        found += 1
    return found


class Strokes:
    """
    Which keys belong to one step of undoing: those that write one word, or take away one stretch.

    Args:
        buffer: What is written in.
    """

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._last = ("", -1)  # what the last key did, and where it left the cursor

    def writes(self, event: Event) -> bool:
        """Tell whether a letter begins a new step: elsewhere, or at the beginning of a word."""
        before = self._buffer.document.char_before_cursor
        return not self._goes_on("write") or (before.isspace() and not event.data.isspace())

    def removes(self, _event: Event) -> bool:
        """Tell whether taking away a character begins a new step."""
        return not self._goes_on("remove")

    def did(self, deed: str) -> None:
        """Take down what a key did."""
        self._last = (deed, self._buffer.cursor_position)

    def _goes_on(self, deed: str) -> bool:
        return self._last == (deed, self._buffer.cursor_position)


def _changing(keys: KeyBindings, buffer: Buffer, leaving: Condition) -> None:
    writing = ~is_searching & ~leaving
    unmarked = writing & Condition(lambda: buffer.selection_state is None)
    strokes = Strokes(buffer)

    @keys.add(Keys.Any, filter=unmarked, save_before=strokes.writes)
    def _(event: Event) -> None:
        buffer.insert_text(event.data * event.arg)
        strokes.did("write")

    @keys.add("backspace", filter=unmarked, save_before=strokes.removes)
    def _(_event: Event) -> None:
        buffer.delete_before_cursor(buffer.cursor_position - previous_character(buffer.text, buffer.cursor_position))
        strokes.did("remove")

    @keys.add("c-y", filter=writing, save_before=_never)
    @keys.add("escape", "Z", filter=writing, save_before=_never)
    def _(_event: Event) -> None:
        buffer.redo()

    @keys.add("escape", "z", filter=writing, save_before=_never)
    def _(_event: Event) -> None:
        buffer.undo()

    @keys.add("tab", filter=writing)
    def _(_event: Event) -> None:
        buffer.insert_text("\t")

    @keys.add("c-f", filter=writing)
    def _(event: Event) -> None:
        start_forward_incremental_search.handler(event)


def _never(_event: Event) -> bool:
    return False


def _leaving(keys: KeyBindings, deeds: Deeds, leaving: Condition) -> None:
    """While it is asked what is to become of the text, keys answer; any other key goes on writing."""

    @keys.add(Keys.Any, filter=leaving, eager=True)
    @keys.add("escape", filter=leaving, eager=True)
    @keys.add("enter", filter=leaving, eager=True)
    def _(_event: Event) -> None:
        deeds.stay()

    @keys.add("k", filter=leaving, eager=True)
    @keys.add("c-d", filter=leaving, eager=True)
    def _(event: Event) -> None:
        deeds.done(Written(without_escapes(event.current_buffer.text)))

    @keys.add("d", filter=leaving, eager=True)
    @keys.add("c-c", filter=leaving, eager=True)
    def _(_event: Event) -> None:
        deeds.leave()

    @keys.add("t", filter=leaving, eager=True)
    def _(_event: Event) -> None:
        deeds.throw_away()

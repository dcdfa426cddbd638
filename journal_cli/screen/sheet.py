"""The sheet a person writes on: a text folded at words, and ways to move over it."""

from bisect import bisect_right
from itertools import pairwise

from prompt_toolkit.application.current import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import BufferControl, SearchBufferControl, UIContent
from prompt_toolkit.search import SearchState

from journal_cli.screen.wrapping import Row, cells, next_character, rows, shown

Span = tuple[int, int, str]


class Sheet(BufferControl):
    """
    A text folded at words; everything else about it is prompt_toolkit's.

    Only lines that changed are folded anew, and only rows in view are drawn, so that a long text is as quick
    as a short one.

    Args:
        buffer: The text, and where the cursor is in it.
        search: Where words to search for are typed.
    """

    def __init__(self, buffer: Buffer, search: SearchBufferControl) -> None:
        super().__init__(buffer, search_buffer_control=search, preview_search=True)
        self._folded: dict[str, list[Row]] = {}
        self._width = 0
        self._text: str | None = None
        self._starts: list[int] = [0]  # where each row begins in the text
        self._ends: list[int] = [0]

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:  # noqa: ARG002  # the signature is the other side's
        """Lay the text out for so many columns; the last of them is kept for the cursor."""
        document = self._document()
        self._fold(document, max(width - 1, 2))
        spans = self._spans(document)
        row = self._row_of(document.cursor_position)
        before = document.text[self._starts[row] : document.cursor_position]
        return UIContent(
            get_line=lambda number: self._drawn(document, number, spans),
            line_count=len(self._starts),
            cursor_position=Point(x=min(len(shown(before)), self._width), y=row),
        )

    def _document(self) -> Document:
        """Give what is to be seen: the text, or while words are searched for, the place they are first found."""
        field = self.search_buffer_control
        if field and field.buffer.text and get_app().layout.search_target_buffer_control is self:
            state = self.search_state
            return self.buffer.document_for_search(SearchState(field.buffer.text, state.direction, state.ignore_case))
        return self.buffer.document

    def _fold(self, document: Document, width: int) -> None:
        if document.text is self._text and width == self._width:
            return
        known = self._folded if width == self._width else {}
        self._folded, self._width, self._text = {}, width, document.text
        starts, ends, begin = [], [], 0
        for line in document.lines:
            there = known.get(line) or self._folded.get(line) or rows(line, width)
            self._folded[line] = there
            starts += [begin + start for start, _ in there]
            ends += [begin + end for _, end in there]
            begin += len(line) + 1
        self._starts, self._ends = starts, ends

    def _spans(self, document: Document) -> list[Span]:
        """Give the stretches that are drawn in another way: what is selected, and where searched words are."""
        spans: list[Span] = []
        if document.selection:
            start, end = document.selection_range()
            spans.append((start, end, "class:selected"))
        if get_app().layout.search_target_buffer_control is self and self.search_buffer_control:
            wanted = len(self.search_buffer_control.buffer.text)
            spans.append((document.cursor_position, document.cursor_position + wanted, "class:found"))
        return spans

    def _drawn(self, document: Document, number: int, spans: list[Span]) -> StyleAndTextTuples:
        start, end = self._starts[number], self._ends[number]
        cuts = sorted({start, end, *(cut for one in spans for cut in one[:2] if start < cut < end)})
        drawn: StyleAndTextTuples = []
        for left, right in pairwise(cuts):
            style = next((style for begin, stop, style in spans if begin <= left < stop), "")
            drawn.append((style, shown(document.text[left:right])))
        # Spaces that hang over the edge are not drawn, so that nothing scrolls sideways.
        over = sum(len(text) for _, text, *_ in drawn) - self._width
        if over > 0 and drawn:
            style, text, *_ = drawn[-1]
            drawn[-1] = (style, text[: len(text) - over] if text[len(text) - over :].isspace() else text)
        return [*drawn, ("", " ")]

    def _row_of(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def row_start(self) -> int:
        """Give where the cursor's row begins."""
        return self._starts[self._row_of(self.buffer.cursor_position)]

    def row_end(self) -> int:
        """Give the last place of the cursor's row that the cursor can stand on."""
        return self._last_place(self._row_of(self.buffer.cursor_position))

    def moved(self, count: int, column: int) -> int:
        """
        Give the place some rows below the cursor, or above it, as near as can be to a column.

        Args:
            count: Rows down; up if it is below zero.
            column: In columns of the screen.
        """
        row = min(max(self._row_of(self.buffer.cursor_position) + count, 0), len(self._starts) - 1)
        text, place, last, used = self.buffer.text, self._starts[row], self._last_place(row), 0
        while place < last:
            after = next_character(text, place)
            wide = cells(text[place:after])
            if used + wide > column:
                break
            used += wide
            place = after
        return min(place, last)

    def column(self) -> int:
        """Give the column the cursor stands in."""
        return cells(self.buffer.text[self.row_start() : self.buffer.cursor_position])

    def _last_place(self, row: int) -> int:
        """A row that goes on in the next ends before the character at its break: behind it, the next row begins."""
        end = self._ends[row]
        goes_on = row + 1 < len(self._starts) and self._starts[row + 1] == end
        return max(self._starts[row], end - 1) if goes_on else end

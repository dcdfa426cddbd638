"""One accent, one quiet, one strong; our own signs; and how lines fold."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.text import Text
from rich.theme import Theme

from journal_cli.screen.look import Look

ACCENT = "cyan"  # calm, and neither of the two colours that grade what somebody feels
LEAST_ROOM = 12  # columns of text beside a label; with less, the label stands on a line of its own

_ASCII = str.maketrans(
    {
        "·": "-",
        "–": "-",
        "—": "-",
        "→": "->",
        "★": "*",
        "…": "...",
        "«": "[",
        "»": "]",
        "“": '"',
        "”": '"',
        "„": '"',
        "’": "'",
        "─": "-",
    }
)


def theme(look: Look) -> Theme:
    """
    Give the styles that the screens name, for the console they are shown on.

    In plain mode all of them are empty; without colour the accent is only bold.
    """
    if look.plain:
        return Theme({"accent": "", "quiet": "", "strong": ""})
    return Theme({"accent": f"bold {ACCENT}" if look.colour else "bold", "quiet": "dim", "strong": "bold"})


def signs(text: str, look: Look) -> str:
    """Write our own signs the way this terminal can; never for what the person wrote."""
    return text.translate(_ASCII) if look.ascii else text


def cut(text: str, cells: int, look: Look) -> str:
    """Shorten a line to some columns; `…` says that there is more."""
    if cell_len(text) <= cells:
        return text
    more = signs("…", look)
    return set_cell_size(text, max(0, cells - len(more))).rstrip() + more


def filled(text: str, cells: int) -> str:
    """Fill a line up to some columns with spaces; a longer one stays."""
    return text + " " * (cells - cell_len(text))


def capital(text: str) -> str:
    """Begin a heading with a capital letter."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Folded:
    """
    Text that wraps at words, with every further line under the first.

    Args:
        text: What is said.
        width: Columns for all of it.
        label: What stands before the first line; its width indents the others.
    """

    text: Text
    width: int
    label: Text | str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        label = Text(self.label) if isinstance(self.label, str) else self.label
        room = self.width - label.cell_len
        if room < LEAST_ROOM and label.plain.strip():
            yield from Folded(_stripped(label), self.width, "  ").__rich_console__(console, options)
            label, room = Text("    "), self.width - 4
        for number, line in enumerate(self.text.wrap(console, max(room, 1), tab_size=4)):
            line.rstrip()
            before = label if number == 0 else Text(" " * label.cell_len)
            yield _whole_line(before + line) if line.plain else Text(label.plain.rstrip() if number == 0 else "")


def _stripped(label: Text) -> Text:
    bare = label.copy()
    bare.rstrip()
    return bare[len(bare.plain) - len(bare.plain.lstrip()) :]


def _whole_line(line: Text) -> Text:
    # It is wrapped already: the console must neither wrap nor crop it again.
    line.no_wrap, line.overflow = True, "ignore"
    return line

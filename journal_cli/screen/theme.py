"""One accent, one quiet, one strong; our own signs; and how lines fold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text
from rich.theme import Theme

from journal_cli.screen.look import Look

ACCENT = "cyan"  # calm, and neither of the two colours that grade what somebody feels
LEAST_ROOM = 12  # columns of text beside a label; with less, the label stands on a line of its own
BEFORE_COMMAND = ":  "  # what stands between a sentence and the command it offers

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


def packed(pieces: Iterable[str], between: str, cells: int) -> list[str]:
    """Put pieces on lines of some columns, none of them broken; one that is wider has a line of its own."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{between}{piece}" if lines else piece
        if lines and cell_len(longer) <= cells:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


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
        if self.width - label.cell_len < LEAST_ROOM and label.plain.strip():
            yield laid(label.copy())
            label = Text("    ")
        lines = self.text.wrap(console, max(self.width - label.cell_len, 1), tab_size=4)
        for number, line in enumerate(lines):
            yield laid((Text(" " * label.cell_len) if number else label) + line)


def ours(text: str, look: Look, style: str = "") -> RenderableType:
    """
    Say a sentence of ours, in signs this terminal can show.

    Where `Read one:  journal show 7k2m` is too wide, the command gets a line of its own: it is there to be typed.
    """
    text = signs(text, look)
    said, gap, command = text.partition(BEFORE_COMMAND)
    if cell_len(text) <= look.width or not gap:
        return Folded(Text(text, style), look.width)
    return Group(Folded(Text(f"{said}:", style), look.width), Folded(Text(command, style), look.width, "  "))


def laid(line: Text) -> Text:
    """Keep a line as it was laid out: the console neither wraps nor crops it again."""
    line.rstrip()
    line.no_wrap, line.overflow = True, "ignore"
    return line

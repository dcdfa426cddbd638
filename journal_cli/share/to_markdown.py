"""
A document as Markdown.

What the person wrote stays text: whatever Markdown or HTML would read in it is guarded, so
that it renders as it was written, and whatever steers or hides is shown as a picture of itself.
"""

import re
from collections.abc import Iterable, Sequence

from journal_cli.journal.text import visible, visible_line
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Page,
    Part,
    Quoted,
    Rule,
    Sentence,
    Table,
    Weeks,
    Written,
)

_TAB = 4  # columns
_NO_BREAK = "\u00a0"
_MEANT = re.compile(
    r"[\\`*_\[\]<>{}|~$]"  # code, emphasis, links, HTML, attributes, tables, formulas
    r"|&(?=[#A-Za-z])"  # characters written by name
    r"|(?<!\S)#"  # headings, and the signs that close them
    r"|(?<=[A-Za-z]):(?=//)|(?i:(?<=www)\.)|(?<=\w)@(?=\w)"  # addresses, which some readers make links of
)
_MEANT_AT_START = re.compile(r"[-+=:]|(?<=\d)[.)]")
_NUMBERED = re.compile(r"\d+(?=[.)])")


def to_markdown(page: Page) -> bytes:
    """Write a page as Markdown, in UTF-8."""
    head = [f"# {_inline(page.title)}", _line(page.by), f"*{_inline(page.promise)}*"]
    parts = [written for part in page.parts if (written := _part(part))]
    return ("\n\n".join([*head, *parts]) + "\n").encode()


def _part(part: Part) -> str:
    """Write one part, as a paragraph; empty if there is nothing in it."""
    match part:
        case Heading(text, level):
            written = f"{'#' * level} {_inline(text)}"
        case Sentence(text, quiet):
            written = f"*{_inline(text)}*" if quiet else _line(text)
        case Numbered(lines):
            written = _numbered(lines)
        case Listed(lines):
            written = _listed(lines)
        case Table(names, rows):
            written = _table(names, rows)
        case Weeks():
            written = _table(part.names, part.table.rows)
        case Quoted(text):
            written = _quoted(text)
        case Written(text):
            written = _paragraphs(text)
        case Rule():
            written = "---"
    return written


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{place}. {_line(line)}" for place, line in enumerate(lines, start=1))


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_line(line)}" for line in lines)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [[_inline(cell) for cell in row] for row in (names, *rows)]
    lines.insert(1, ["---"] * len(names))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _paragraphs(text).split("\n")) if text.strip() else ""


def _paragraphs(text: str) -> str:
    """Write text of several lines: every line end stays one, and lines without text part paragraphs."""
    written: list[str] = []
    for line in visible(text).split("\n"):
        if not line.strip():
            written.append("")
        else:
            follows = bool(written and written[-1])
            if follows:
                written[-1] += "\\"
            written.append(_indent(line) + _guarded(line.strip()))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip("\n")


def _line(text: str) -> str:
    """Write text that is a line of its own."""
    return _guarded(visible_line(text).strip())


def _inline(text: str) -> str:
    """Write text that stands within a line: in a heading, in a table."""
    return _MEANT.sub(r"\\\g<0>", visible_line(text).strip())


def _indent(line: str) -> str:
    """Keep the white space a line begins with, which Markdown would drop, or take for code."""
    indent = line[: len(line) - len(line.lstrip())].expandtabs(_TAB).replace(" ", _NO_BREAK)
    return f"&#{ord(indent[0])};{indent[1:]}" if indent else ""


def _guarded(text: str) -> str:
    """Put a backslash before whatever Markdown would read as more than text."""
    numbered = _NUMBERED.match(text)
    start = numbered.end() if numbered else 0
    at_start = _MEANT_AT_START.match(text, start)
    guarded = _MEANT.sub(r"\\\g<0>", text)
    # What stands at the start is none of the signs above, and digits before it are unchanged.
    return f"{guarded[:start]}\\{guarded[start:]}" if at_start else guarded

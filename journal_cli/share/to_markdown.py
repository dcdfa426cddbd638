"""
A document as Markdown.

What the person wrote stays text: whatever Markdown or HTML would read in it is guarded, so
that it renders as it was written, and whatever steers or hides is shown as a picture of itself.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.share import wording
from journal_cli.share.document import (
    Block,
    Document,
    Entries,
    FeelingWords,
    Footer,
    LeftOut,
    MoodWeeks,
    Passage,
    Sittings,
    Talk,
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


def to_markdown(document: Document, words: Words) -> bytes:
    """
    Write a document as Markdown, in UTF-8.

    Args:
        document: What leaves.
        words: The language of the page; the document's own.
    """
    head = [
        f"# {_inline(document.title)}",
        _line(wording.by_whom(document, words)),
        f"*{_inline(words('share.promise'))}*",
    ]
    parts = chain(head, *(_block(block, words) for block in document.blocks))
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block, words: Words) -> list[str]:
    """Write one block, as paragraphs."""
    match block:
        case Talk():
            parts = [_heading("talk", words), _numbered(block.lines)]
        case MoodWeeks():
            parts = [_heading("mood", words), *_mood(block, words)]
        case FeelingWords():
            parts = [_heading("words", words), *_feeling_words(block, words)]
        case Sittings():
            parts = [_heading("sittings", words), *_sittings(block, words)]
        case Entries():
            parts = [_heading("entries", words), *chain(*(_passage(one, words) for one in block.passages))]
        case LeftOut():
            parts = [_heading("left_out", words), _listed(wording.left_out(block, words))]
        case Footer():
            parts = ["---", _line(words("share.short_form")), _line(words("share.made"))]
    return parts


def _mood(block: MoodWeeks, words: Words) -> list[str]:
    if not block.times:
        return [_line(words("share.mood_none"))]
    rows = [
        (
            words.short_day(week.start).strip(),
            str(week.n) if week.n else words("share.gap"),
            wording.spread(week.pleasant, words) if week.n else "",
            wording.spread(week.energy, words) if week.n else "",
        )
        for week in block.weeks
    ]
    names = [words(f"share.{name}") for name in ("week", "noted", "pleasant", "energy")]
    days = words("share.mood_days", days=block.days_told, all=block.days)
    return [_line(days), _table(names, rows), _line(words("share.mood_scale"))]


def _feeling_words(block: FeelingWords, words: Words) -> list[str]:
    said = ", ".join(words("share.word", word=word, n=n) for word, n in block.words)
    cant_tell = words("share.cant_tell", n=block.cant_tell) if block.cant_tell else ""
    return [_line(text) for text in (said, cant_tell) if text] or [_line(words("share.nothing"))]


def _sittings(block: Sittings, words: Words) -> list[str]:
    if not block.rows:
        return [_line(words("share.nothing"))]
    rows = [
        (
            words.short_day(row.day).strip(),
            row.title,
            wording.pleasant(row.before, words),
            wording.pleasant(row.after, words),
        )
        for row in block.rows
    ]
    names = [words(f"share.{name}") for name in ("day", "sitting", "before", "after")]
    return [_table(names, rows), _line(words("share.dip"))]


def _passage(passage: Passage, words: Words) -> list[str]:
    parts = [f"### {_inline(wording.heading(passage, words))}"]
    if passage.question:
        parts.append(_quoted(passage.question))
    if not passage.whole:
        parts.append(f"*{_inline(words('share.passage'))}*")
    parts.append(_paragraphs(passage.text))
    for one in passage.answers:
        parts += _quoted(one.question), _paragraphs(one.answer)
    return [part for part in parts if part]


def _heading(name: str, words: Words) -> str:
    return f"## {_inline(words(f'share.{name}'))}"


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

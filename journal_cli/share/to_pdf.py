"""
A document on paper: a tagged PDF, locked with a password or in the clear.

Typst sets the page from `page.typ`; what the person wrote reaches it as data and stays text. The
file says nothing of itself but its title and language: no author, no program, no date, no id.
Nothing is written to the disk here, and no clear copy exists but in memory.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject, StreamObject

from journal_cli.insight.moods import Spread
from journal_cli.journal.text import visible, visible_line
from journal_cli.share import typesetting
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
    Week,
    Weeks,
    Written,
)

PAPERS = {"a4": "a4", "letter": "us-letter"}

_NO_BREAK = "\u00a0"
_TAB = 4  # columns
_OWNER_BYTES = 32  # of a password nobody is told: it would only lift what is not forbidden anyway
_TEMPLATE = "page.typ"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def to_pdf(page: Page, password: str | None = None, paper: str = "a4") -> bytes:
    """
    Set a page on paper, as tagged PDF 1.7 (PDF/UA-1).

    Without a password the same page gives the same bytes. A sign that no font here has stands as an empty box:
    ask `unshown` first, and say so.

    Args:
        page: What leaves.
        password: Whoever opens the file must know it (AES-256, revision 6); None leaves the file open.
        paper: `a4` or `letter`.

    Raises:
        KeyError: If there is no such paper.
    """
    return _finished(_set(_data(page, paper)), page, password)


def unshown(page: Page) -> tuple[str, ...]:
    """Name the scripts that no font here can show, such as `chinese`, or `other`; empty if every sign shows."""
    return typesetting.scripts(typesetting.missing(_data(page, "a4")))


def _set(data: dict[str, Any]) -> bytes:
    """Set a page; one that runs over onto a second sheet is set closer, if that brings it onto one."""
    template = files("journal_cli.share").joinpath(_TEMPLATE).read_bytes()
    wide = typesetting.typeset(template, data)
    if sheets(wide) != 2:
        return wide
    close = typesetting.typeset(template, {**data, "close": True})
    return close if sheets(close) == 1 else wide


def sheets(content: bytes, password: str | None = None) -> int:
    """Count the sheets of a PDF."""
    return len(PdfReader(BytesIO(content), password=password).pages)


def _data(page: Page, paper: str) -> dict[str, Any]:
    """Give all that the template draws."""
    return {
        "language": page.language,
        "title": visible_line(page.title),
        "by": visible_line(page.by),
        "promise": visible_line(page.promise),
        "page-of": page.page_of,
        "paper": PAPERS[paper],
        "close": False,
        "parts": _parts(page.parts),
    }


def _parts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Give the parts: headings from level 1 on, and sentences that know if they lead to a text or belong to the end."""
    given = [_part(part) for part in parts]
    end = next((place for place, part in enumerate(parts) if isinstance(part, Rule)), len(parts))
    within = False
    for place, part in enumerate(given):
        if part["kind"] == "heading":
            part["level"] = part["level"] - 1 if within else 1  # the first one has to be, for those who listen
            within = True
        if part["kind"] == "sentence":
            part["leads"] = any(isinstance(following, Written) for following in parts[place + 1 : place + 2])
            part["closing"] = place > end
    return given


def _part(part: Part) -> dict[str, Any]:
    drawn: dict[str, Any]
    match part:
        case Heading(text, level):
            drawn = {"kind": "heading", "text": visible_line(text), "level": level}
        case Sentence(text, quiet):
            drawn = {"kind": "sentence", "text": visible_line(text), "quiet": quiet}
        case Numbered(lines):
            drawn = {"kind": "numbered", "lines": _line(lines)}
        case Listed(lines):
            drawn = {"kind": "listed", "lines": _line(lines)}
        case Table():
            drawn = {"kind": "table", **_table(part)}
        case Weeks(names, weeks):
            drawn = {"kind": "weeks", "names": _line(names), "weeks": [_week(week) for week in weeks]}
        case Quoted(text):
            drawn = {"kind": "quoted", "paragraphs": _paragraphs(text)}
        case Written(text):
            drawn = {"kind": "written", "paragraphs": _paragraphs(text)}
        case Rule():
            drawn = {"kind": "rule"}
    return drawn


def _week(week: Week) -> dict[str, Any]:
    return {"row": _line(week.row), "pleasant": _drawn(week.pleasant), "energy": _drawn(week.energy)}


def _line(texts: Sequence[str]) -> list[str]:
    return [visible_line(text) for text in texts]


def _table(table: Table) -> dict[str, Any]:
    """Give a table, and which of its columns takes the room that is left: the one with the longest text."""
    rows = [_line(row) for row in table.rows]
    longest = [max(len(cell) for cell in column) for column in zip(table.names, *rows, strict=True)]
    return {"names": _line(table.names), "rows": rows, "wide": longest.index(max(longest))}


def _drawn(spread: Spread | None) -> list[float] | None:
    return None if spread is None else [spread.low, spread.median, spread.high]


def _paragraphs(text: str) -> list[list[str]]:
    """Part a text into paragraphs of lines; white space a line begins with is kept."""
    paragraphs: list[list[str]] = [[]]
    for line in visible(text).split("\n"):
        if line.strip():
            indent = line[: len(line) - len(line.lstrip())].expandtabs(_TAB)
            paragraphs[-1].append(_NO_BREAK * len(indent) + line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _finished(content: bytes, page: Page, password: str | None) -> bytes:
    """Take everything out that tells of the making, and lock the file."""
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.metadata = {"/Title": visible_line(page.title)}
    writer.pdf_header = "%PDF-1.7"
    said = StreamObject()
    said.set_data(_XMP.format(title=escape(visible_line(page.title)), language=page.language).encode())
    said.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root = writer.root_object
    # Without the word on suspects, which is "no" anyway and which some readers stumble over.
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    root[NameObject("/Metadata")] = writer._add_object(said)  # noqa: SLF001 - there is no other way to add one
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    writer._ID = None  # noqa: SLF001 - a digest of the words otherwise
    if password is not None:
        _lock(writer, password)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _lock(writer: PdfWriter, password: str) -> None:
    # PDF 1.7 knows revision 6 as an extension of its own, and names it.
    level = {NameObject("/BaseVersion"): NameObject("/1.7"), NameObject("/ExtensionLevel"): NumberObject(8)}
    writer.root_object[NameObject("/Extensions")] = DictionaryObject({NameObject("/ADBE"): DictionaryObject(level)})
    # Readers bring what is typed into this form before they try it.
    typed = unicodedata.normalize("NFKC", password)
    writer.encrypt(typed, secrets.token_urlsafe(_OWNER_BYTES), algorithm="AES-256")

"""The forms a document can take: what each holds, its bytes, and the words of it that are read before it leaves."""

from collections.abc import Callable
from dataclasses import replace

from journal_cli.errors import NothingToDo
from journal_cli.journal.words import Words
from journal_cli.share.document import (
    Block,
    Document,
    FeelingWords,
    Goals,
    Limits,
    Measures,
    MoodWeeks,
    Sittings,
)
from journal_cli.share.layout import Page, laid_out
from journal_cli.share.plan import BLOCKS, LOCKED
from journal_cli.share.to_csv import has_numbers, to_csv
from journal_cli.share.to_fhir import has_questionnaires, to_fhir
from journal_cli.share.to_html import to_html
from journal_cli.share.to_json import to_json
from journal_cli.share.to_markdown import to_markdown
from journal_cli.share.to_pdf import to_pdf
from journal_cli.share.to_text import to_text

# The blocks of a plan as they stand in a document.
_KINDS: dict[str, type[Block]] = {
    "mood": MoodWeeks,
    "words": FeelingWords,
    "sittings": Sittings,
    "limits": Limits,
    "goals": Goals,
    "measures": Measures,
}
_ONLY = {"csv": BLOCKS, "fhir": ("measures",)}  # forms that do not hold a whole page, and what they do hold


_OF_DOCUMENTS: dict[str, Callable[[Document, Words], bytes]] = {
    "json": lambda document, _words: to_json(document),
    "csv": to_csv,
    "fhir": to_fhir,
}
_OF_PAGES: dict[str, Callable[[Page], bytes]] = {"md": to_markdown, "txt": to_text}


def holds_entries(form: str) -> bool:
    """Tell whether a form holds what the person wrote."""
    return form not in _ONLY


def blocks_in(form: str, blocks: tuple[str, ...]) -> tuple[str, ...]:
    """Give those of some blocks that a form holds."""
    return tuple(one for one in blocks if one in _ONLY.get(form, BLOCKS))


def carried(document: Document, form: str, words: Words) -> Document:
    """
    Give what a form holds of a document: most hold all of it, CSV the numbers, FHIR questionnaires.

    Raises:
        NothingToDo: If nothing of it is such.
    """
    if form not in _ONLY:
        return document
    kinds = tuple(_KINDS[name] for name in _ONLY[form])
    held = replace(document, blocks=tuple(one for one in document.blocks if isinstance(one, kinds)))
    if form == "csv" and not has_numbers(held, words):
        raise NothingToDo("csv holds numbers only, and there are none in what was chosen", hint="pdf holds everything")
    if form == "fhir" and not has_questionnaires(held):
        raise NothingToDo(
            "fhir holds questionnaires only, and there are none in what was chosen", hint="pdf holds everything"
        )
    return held


def written(document: Document, form: str, words: Words, *, password: str | None = None, paper: str = "a4") -> bytes:
    """
    Write a document in a form.

    Args:
        document: What the form holds of what leaves.
        form: Of the forms of a plan.
        words: The language of the page.
        password: What locks it; None for in the clear. Only PDF and HTML can be locked.
        paper: `a4` or `letter`, for PDF.
    """
    if form not in LOCKED and password is not None:
        raise ValueError(f"{form} cannot be locked")
    if form in _OF_DOCUMENTS:
        return _OF_DOCUMENTS[form](document, words)
    page = laid_out(document, words)
    if form == "pdf":
        return to_pdf(page, password, paper)
    if form == "html":
        return to_html(page, password)
    return _OF_PAGES[form](page)


def read_before(document: Document, form: str, words: Words) -> str:
    """Give every word of the file as text: of what can be read as it is, the file itself."""
    if form in LOCKED:
        return to_text(laid_out(document, words)).decode()
    return written(document, form, words).decode("utf-8-sig")

"""Passages the person strikes out: found as they were written, and replaced by `[…]` wherever they stand."""

from collections.abc import Iterable

from journal_cli.errors import NotWhatItSays, Protected
from journal_cli.journal.text import is_empty
from journal_cli.share.document import Document
from journal_cli.share.private_passages import CUT
from journal_cli.share.redact import anew, places, replaced, texts


def struck(document: Document, passages: Iterable[str]) -> Document:
    """
    Strike passages out of every text of a document.

    A passage is found whatever its case, across line ends, and through signs nobody sees. Where two
    overlap, both go.

    Args:
        document: What would leave.
        passages: The words to strike, as they stand in a text.

    Raises:
        NotWhatItSays: If one of them stands nowhere in the document.
        Protected: If one of them is there again after it was struck.
    """
    wanted = [one.strip() for one in passages if not is_empty(one)]
    there = list(texts(document))
    for one in wanted:
        if not any(places(text, one) for text in there):
            raise NotWhatItSays(
                "a passage to strike out stands nowhere in what was chosen", hint="copy it as it stands in the text"
            )
    after = anew(document, lambda text: _without(text, wanted))
    if any(places(text, one) for text in texts(after) for one in wanted):
        raise Protected("a passage is still there after it was struck out", hint="strike out a longer one")
    return after


def stands_in(document: Document, passage: str) -> bool:
    """Tell whether a passage stands in one of the texts of a document, as `struck` finds it."""
    return not is_empty(passage) and any(places(text, passage.strip()) for text in texts(document))


def _without(text: str, wanted: Iterable[str]) -> str:
    cuts: list[tuple[int, int]] = []
    for start, end in sorted(place for one in wanted for place in places(text, one)):
        if cuts and start <= cuts[-1][1]:
            cuts[-1] = cuts[-1][0], max(end, cuts[-1][1])
        else:
            cuts.append((start, end))
    return replaced(text, [(start, end, CUT) for start, end in cuts])

"""Shares: the ledger's line about a document that left the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from journal_cli.journal.moment import Moment


@dataclass(frozen=True, slots=True)
class Share:
    """
    A document that left the journal.

    Args:
        id: 8 characters of Crockford base32.
        at: When it was made.
        to: A label for whom it is, in the person's own words.
        form: pdf, html, md, txt, json, csv or fhir.
        since: First day it tells of, or None.
        until: Last day it tells of, or None.
        blocks: Which parts it has, in order, such as `mood` and `limits`.
        entries: Ids of the entries in it.
        withheld: What was held back to protect the person.
        left_out: What the person left out.
        aliases: Names that were changed, and what stands for them.
        digest: SHA-256 of the file, 64 hexadecimal digits.
        file: The file's name, without its folder.
    """

    id: str
    at: Moment
    to: str = field(repr=False)
    form: str
    since: date | None = None
    until: date | None = None
    blocks: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    withheld: tuple[str, ...] = field(default=(), repr=False)
    left_out: tuple[str, ...] = field(default=(), repr=False)
    aliases: Mapping[str, str] = field(default_factory=dict, repr=False)
    digest: str = ""
    file: str = field(default="", repr=False)

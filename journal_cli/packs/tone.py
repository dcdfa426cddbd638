"""The tone lint: what in a pack may weigh on somebody who reads it on a bad evening."""

from collections.abc import Mapping
from dataclasses import dataclass

from journal_cli.journal.library import Library, Pack


@dataclass(frozen=True, slots=True)
class Remark:
    """
    One thing the lint has to say.

    Args:
        rule: Its name; `tone.RULE` is the sentence.
        where: The id of the prompt or session, and which part of it.
        values: What the sentence is filled with, beside `where`.
    """

    rule: str
    where: str
    values: Mapping[str, str]


def remarks(pack: Pack, library: Library) -> tuple[Remark, ...]:
    """
    Say everything the lint has to say about a pack, in the order of the file.

    Args:
        pack: What was read.
        library: What it stands on: the packs on the shelf already.
    """
    del pack, library
    return ()

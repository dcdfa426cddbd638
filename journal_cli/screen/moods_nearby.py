"""Moods while somebody is near: the same days and numbers, without words and titles."""

from collections.abc import Sequence
from dataclasses import replace

from journal_cli.insight.moods import MoodFindings
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.words import Words


def moods_nearby(findings: MoodFindings, words: Words) -> MoodFindings:
    """Leave out the words of moods, and what sittings are called."""
    return replace(findings, words=(), sittings=unnamed(findings.sittings, words))


def unnamed(sittings: Sequence[Sitting], words: Words) -> tuple[Sitting, ...]:
    """Leave out what sittings are called."""
    return tuple(replace(one, title=words("look_back.sitting")) for one in sittings)

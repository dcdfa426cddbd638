"""Every thing the first documents asked for has a line in prompts/README.md, and every id in it exists."""

import re
from pathlib import Path

import pytest

from journal_cli.cli.main import Journal
from journal_cli.journal.library import Library
from journal_cli.packs.shelf import feelings, shipped, shipped_library

README = shipped() / "README.md"
HEADING = "What the first documents asked for, and where it is answered"

ROWS = """
PL-01 PL-02 PL-03 PL-04 PL-05 PL-06 PL-07 PL-08 PL-09 PL-10 PL-11 PL-12 PL-13 PL-14 PL-15 PL-16 PL-17
IN-01 IN-02 IN-03 IN-04 IN-05 IN-06 IN-07 IN-08 IN-09 IN-10 IN-11
IN-S1 IN-S1a IN-S1b IN-S1c IN-S2 IN-S2a IN-S2b IN-S2c IN-S2d IN-S3 IN-S3a IN-S3b IN-S3c IN-S4 IN-S4a
IN-S5 IN-S5a IN-S5b IN-S5c IN-S6 IN-S6a IN-S6b IN-B1 IN-B2 IN-B3 IN-B4 IN-B5
IN-12 IN-13 IN-14 IN-15 IN-16 IN-17 IN-18 IN-19
PS-01 PS-02 PS-03 PS-04 PS-05
PS-T1 PS-T1a PS-T1b PS-T1c PS-T1d PS-T1e PS-T2 PS-T3 PS-T3a PS-T4 PS-T4a PS-T4b PS-T4c PS-T5 PS-T5a PS-T5b
PS-T6 PS-T6a PS-T6b PS-T7 PS-T7a PS-T7b PS-T8 PS-T8a PS-T9
PS-06 PS-07 PS-08
"""
NOT_OFFERED = {"PL-01", "PL-08", "PL-12", "IN-S5c", "IN-B3", "IN-17", "PS-07"}
REASON = re.compile(r"not offered: (?:\S+ ){4,}\S+")

ROW = re.compile(r"^\| ([A-Z]{2}-\S+) \| (.+?) \| (.+) \|$", re.MULTILINE)
ID = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)#]*)#([^)]+)\)")


def table() -> list[tuple[str, str, str]]:
    """Read the rows: their id, what they are about, and where that is answered."""
    _, _, section = README.read_text(encoding="utf-8").partition(f"\n## {HEADING}\n")
    return ROW.findall(section.partition("\n## ")[0])


def known(library: Library) -> set[str]:
    """List every name a row may point to, in one language."""
    kinds = (library.prompts, library.sessions, library.programs, library.check_ins)
    names = {id_ for kind in kinds for id_ in kind}
    names |= {
        f"{program.id}:{number}" for program in library.programs.values() for number in range(1, len(program.weeks) + 1)
    }
    names |= {feeling.id for feeling in feelings(library.language)}
    return names | {card.name for card in Journal.cards} | {"fear", "recent"}


def strangers(cell: str, names: set[str]) -> list[str]:
    """List the ids of a cell that nobody knows."""
    return [id_ for id_ in ID.findall(cell) if id_ not in names]


def anchors(path: Path) -> set[str]:
    """List what a link into a page may name: its headings, as they are written in addresses."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_there_are_ninety_six_rows_each_once_and_in_their_order() -> None:
    rows = ROWS.split()

    assert len(rows) == len(set(rows)) == 96
    assert [row for row, _, _ in table()] == rows


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_id_in_the_table_is_in_the_library(language: str) -> None:
    names = known(shipped_library(language))

    assert {row: strangers(cell, names) for row, _, cell in table() if strangers(cell, names)} == {}


@pytest.mark.parametrize("misspelt", ["`smal-doors`", "`six-steps-toward-close:7`", "`six-steps-toward-close:0`"])
def test_a_misspelt_id_is_found(misspelt: str) -> None:
    names = known(shipped_library("en"))

    assert strangers(f"`small-doors`, {misspelt}, `six-steps-toward-close:6`", names) == [misspelt.strip("`")]


def test_every_row_is_answered_or_says_why_it_is_not() -> None:
    for row, about, cell in table():
        assert about.strip(), row
        assert ID.search(cell) or LINK.search(cell) or row in NOT_OFFERED, row
        assert bool(REASON.search(cell)) == (row in NOT_OFFERED), row
        assert ("not offered" in cell) == (row in NOT_OFFERED), row


def test_every_page_the_table_links_to_has_that_heading() -> None:
    links = [(row, page, anchor) for row, _, cell in table() for page, anchor in LINK.findall(cell)]

    assert links
    for row, page, anchor in links:
        assert anchor in anchors((README.parent / page).resolve() if page else README), (row, page, anchor)

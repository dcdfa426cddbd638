"""Notes as people keep them: front matter, dated names, folders, plain text; what is told of each, and what is not."""

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import NotWhatItSays
from journal_cli.imports import from_markdown
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices, DayOrMonth
from journal_cli.imports.front_matter import divided
from journal_cli.imports.note_dates import of_name, of_text, title_of_name
from journal_cli.imports.source import source_of, source_of_input
from journal_cli.journal.moment import moment

WARSAW = Choices("Europe/Warsaw", moment(datetime(2026, 11, 24, 19, tzinfo=UTC), "Europe/Warsaw"))
Notes = Callable[..., list[Arrival]]


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    """Put notes into a folder, by their paths, and read it."""

    def read(choices: Choices = WARSAW, **files: str | bytes) -> list[Arrival]:
        for name, text in files.items():
            path = tmp_path / "notes" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            os.utime(path, (1_700_000_000, 1_700_000_000))
        folder = source_of(tmp_path / "notes")
        assert from_markdown.holds(folder)
        return list(from_markdown.arrivals(folder, choices))

    return read


def one(text: str, name: str = "note.md") -> Arrival:
    """What becomes of a single note."""
    (found,) = from_markdown.arrivals(source_of_input(io.BytesIO(text.encode())), WARSAW)
    assert from_markdown.recognises(text.encode(), name)
    return found


def test_front_matter_tells_time_title_tags_stars_and_privacy(notes: Notes) -> None:
    text = """---
title: "A walk: by the river"
created: 2026-03-01 21:30
tags: [calm, "two words", '#river']   # mine
starred: yes
private: true
weather: rain
aliases:
  - one
  - two
---

It rained.
"""
    (found,) = notes(**{"x.md": text})

    assert (found.title, found.body) == ("A walk: by the river", "It rained.")
    assert found.at is not None
    assert found.at.iso() == "2026-03-01T21:30:00+01:00"
    assert found.tags == ("calm", "two words", "river")
    assert (found.starred, found.private) == (True, True)
    assert found.dropped == {"property": 2}


@pytest.mark.parametrize(
    "said, tags",
    [
        ("a, b", ["a", "b"]),
        ("#a #b", ["a", "b"]),
        ("\n- a\n- 'b c'", ["a", "b c"]),
        ("\n  - a", ["a"]),
        ("[a, b/c]", ["a", "b/c"]),
        ("[]", []),
        ('["a, b", \'c\', d e, "\\u0142"]', ["a, b", "c", "d e", "ł"]),
        ("a #b", ["a", "b"]),
        ("a # said of it", ["a"]),
        ("", []),
        ('"Ż, 字"', ["Ż", "字"]),
    ],
)
def test_tags_are_read_in_each_of_their_forms(said: str, tags: list[str]) -> None:
    assert list(one(f"---\ntags: {said}\n---\ntext").tags) == tags


@pytest.mark.parametrize(
    "text",
    [
        "---\nnot closed: x\n",
        "--- \nsaid he\n---\n",
        "---\n\n- list\n---\nx",
        "text\n---\na: b\n---\n",
        "----\na: b\n----",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    front, body = divided(text)
    assert (front.names, body) == (set(), text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example('"')
@example("'")
@example("[")
@example("[[x]]")
@example("x: y")
def test_no_value_of_front_matter_breaks_anything(value: str) -> None:
    """Whatever stands there, all is text again or the text below is whole."""
    text = f"---\na: {value}\n---\nbelow"
    _, body = divided(text)
    assert body == text or text.endswith(body)
    assert body.endswith("below")


@pytest.mark.parametrize(
    "path, said",
    [
        ("2026-03-01.md", "2026-03-01T12:00:00"),
        ("20260301.txt", "2026-03-01T12:00:00"),
        ("2026_03_01 A walk.md", "2026-03-01T12:00:00"),
        ("A walk 2026-03-01.md", "2026-03-01T12:00:00"),
        ("2026-03-01-2130-7k2m9qxa.md", "2026-03-01T21:30:00"),
        ("2026-03-01T21.30.05.md", "2026-03-01T21:30:05"),
        ("2026-03-01 at 09-15.md", "2026-03-01T09:15:00"),
        ("20260301_2130.md", "2026-03-01T21:30:00"),
        ("2026/03/01.md", "2026-03-01T12:00:00"),
        ("Daily/2026/03-March/01 Sunday.md", "2026-03-01T12:00:00"),
        ("2026/2026-03/2026-03-01.md", "2026-03-01T12:00:00"),
        ("1660-01-02.md", "1660-01-02T12:00:00"),
        ("2100-12-31.md", "2100-12-31T12:00:00"),
        ("2026-02-30.md", None),
        ("2026-13-01.md", None),
        ("120260301.md", None),
        ("Phone 2026.md", None),
        ("notes/12/24.md", None),
    ],
)
def test_the_name_of_a_file_tells_its_day(path: str, said: str | None) -> None:
    told = of_name(path)
    assert (told and datetime.combine(told.day, told.clock).isoformat()) == said


@pytest.mark.parametrize(
    "name, title",
    [
        ("2026-03-01 A walk.md", "A walk"),
        ("A walk - 2026-03-01.md", "A walk"),
        ("2026-03-01.md", ""),
        ("Ważne sprawy.txt", "Ważne sprawy"),
        ("1234.md", ""),
        ("-", ""),
    ],
)
def test_what_a_name_says_besides_its_day_is_the_title(name: str, title: str) -> None:
    assert title_of_name(name) == title


@pytest.mark.parametrize(
    "said, day_first, read",
    [
        ("2026-03-04", None, "2026-03-04T12:00:00"),
        ("2026-03-04T09:30:00Z", None, "2026-03-04T09:30:00"),
        ("2026-03-04 09:30", None, "2026-03-04T09:30:00"),
        ("2026/3/4, 9:30 PM", None, "2026-03-04T21:30:00"),
        ("2026-3-4 12:05 am", None, "2026-03-04T00:05:00"),
        ("04.03.2026", None, "2026-03-04T12:00:00"),
        ("[[2026-03-04]]", None, "2026-03-04T12:00:00"),
        ("25/03/2026", None, "2026-03-25T12:00:00"),
        ("03/25/2026", None, "2026-03-25T12:00:00"),
        ("04/03/2026", True, "2026-03-04T12:00:00"),
        ("04/03/2026", False, "2026-04-03T12:00:00"),
        ("03/03/2026", None, "2026-03-03T12:00:00"),
        ("next week", None, None),
        ("2026-02-30", None, None),
        ("31/02/2026", None, None),
    ],
)
def test_dates_of_front_matter_are_read_and_none_is_guessed(
    said: str, day_first: bool | None, read: str | None
) -> None:
    told = of_text(said, "x.md", day_first=day_first)
    assert (told and datetime.combine(told.day, told.clock).isoformat()) == read


def test_a_date_that_can_be_read_two_ways_is_asked_about() -> None:
    with pytest.raises(DayOrMonth) as doubt:
        of_text("04/03/2026", "x.md", day_first=None)
    assert doubt.value.values == {"file": "x.md", "example": "04/03/2026"}


def test_time_is_told_by_front_matter_then_by_the_name_then_by_the_file(notes: Notes) -> None:
    found = notes(
        **{
            "2026-03-01 a.md": "---\ndate: 2020-01-02T03:04:05-05:00\nzone: America/New_York\n---\nfirst",
            "2026-03-02.md": "second",
            "third.md": "---\ndate: soon\n---\nthird",
        }
    )
    moments = {arrival.body: arrival.at for arrival in found}
    assert [at.iso() for at in moments.values() if at] == [
        "2020-01-02T03:04:05-05:00", "2026-03-02T12:00:00+01:00", "2023-11-14T23:13:20+01:00",
    ]  # fmt: skip
    assert moments["first"].zone == "America/New_York"
    assert [arrival.dropped for arrival in found] == [{}, {}, {"time": 1, "file_date": 1}]


def test_a_time_that_never_was_or_came_twice_is_kept_and_told(notes: Notes) -> None:
    found = notes(**{"2026-03-29 0230.md": "never", "2026-10-25 0230.md": "twice"})
    assert [arrival.at.iso() for arrival in found if arrival.at] == [
        "2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+02:00",
    ]  # fmt: skip
    assert [arrival.dropped for arrival in found] == [{"clock": 1}] * 2


def test_a_note_whose_day_only_its_file_tells_is_known_again_in_a_copy(notes: Notes, tmp_path: Path) -> None:
    (before,) = notes(**{"a.md": "text"})
    os.utime(tmp_path / "notes" / "a.md", (1_600_000_000, 1_600_000_000))
    (after,) = from_markdown.arrivals(source_of(tmp_path / "notes"), WARSAW)

    assert before.at != after.at
    assert before.key("markdown") == after.key("markdown")
    (changed,) = notes(**{"a.md": "text, changed"})
    assert changed.key("markdown") != before.key("markdown")


def test_a_heading_is_the_title_and_a_text_of_one_heading_stays_a_text(notes: Notes) -> None:
    found = notes(**{"b.md": "# A title\n\nText.\n", "c.md": "# Alone\n", "d.txt": "# no heading\nin plain text"})
    assert [(arrival.title, arrival.body) for arrival in found] == [
        ("A title", "Text."), ("c", "# Alone"), ("d", "# no heading\nin plain text"),
    ]  # fmt: skip


def test_what_is_no_note_is_counted_and_an_empty_one_is_nothing(notes: Notes) -> None:
    found = notes(**{"a.md": "x", "b.png": b"\x89PNG", "c.canvas": "{}", "e.md": " \n"})
    assert [(arrival.body, dict(arrival.dropped)) for arrival in found] == [
        ("x", {"file_date": 1}), (" ", {"file_date": 1}), ("", {"file": 2}),
    ]  # fmt: skip
    assert found[1].title == ""


def test_a_note_in_another_encoding_is_refused_by_its_name(notes: Notes) -> None:
    with pytest.raises(NotWhatItSays, match=r"b\.md, line 2: this is not UTF-8 text"):
        notes(**{"a.md": "x", "b.md": "one\nż".encode("cp1250")})
    assert notes(**{"b.md": "Zażółć\r\ngęślą".encode("utf-16")})[1].body == "Zażółć\ngęślą"


@pytest.mark.parametrize(
    "head, name, is_one",
    [
        (b"text", "-", True),
        (b"text", "notes", True),
        (b"text", "a.MD", True),
        (b'{"entries": []}', "a.txt", False),
        (b"{\n}", "-", False),
        (b"a\0b", "a.txt", False),
        (b"text", "a.csv", False),
        (b"text", "a.pdf", False),
        (b"- [ ] {x}", "a.md", True),
    ],
)
def test_only_what_a_person_wrote_is_taken_for_a_note(head: bytes, name: str, *, is_one: bool) -> None:
    assert from_markdown.recognises(head, name) is is_one

"""What comes in from another notebook is written nowhere but into the journal, locked; a zip is unpacked nowhere."""

import zipfile
from pathlib import Path

import pytest
from test_canary import Day
from watching import holds


@pytest.fixture
def day(program, strace, tmp_path: Path) -> Day:
    """A journal in a home of its own; what is brought lies in a folder apart."""
    for name in ("shared", "traces"):
        (tmp_path / name).mkdir()
    return Day(program, tmp_path, strace)


def test_an_import_leaves_no_word_on_the_disk_but_in_what_was_given(day: Day) -> None:
    word = day.word
    text = f"[2026-01-02 09:00] A title, {word}.\nToday, {word}, @{word} and #{word}.\n" + f"Again {word}.\n" * 400
    jrnl = day.shared / "journal.txt"
    jrnl.write_text(text, encoding="utf-8")
    notes = day.shared / "notes.zip"
    with zipfile.ZipFile(notes, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("2026-01-03.md", f"---\ntitle: {word}\ntags: [{word}]\n---\n{word}\n" * 50)
    daylio = day.shared / "daylio.csv"
    daylio.write_text(
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        f"2026-11-01,x,y,22:00,{word},{word} | b,{word},{word}\n",
        encoding="utf-8",
    )
    day("init", "init")

    day("dry run", "import", str(jrnl), "--dry-run")
    for number, file in enumerate((jrnl, notes, daylio)):
        day(f"import {number}", "import", str(file), "--yes")
    day("input", "import", "-", "--yes", input=f"A page, {word}.")
    day("again", "import", str(jrnl), str(notes), "--yes", "--json")
    day("mood", "mood", "--json")

    assert day.program("list", "--all", "--json").json["total"] == 4
    assert day.program("search", "--json", input=word).json["total"] == 4
    assert day.leaks == []
    assert day.on_the_disk() == []
    assert holds(jrnl.read_bytes(), day.sought)

    for number in range(5):
        day(f"undo {number}", "import", "--undo", "--yes", code=0 if number < 4 else 24)
    assert day.program("search", "--json", input=word).json["total"] == 0
    assert day.on_the_disk() == []

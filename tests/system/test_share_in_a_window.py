"""A page chosen by hand in a real window: read on the other screen, which is left without a trace, wide or narrow."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator

import pytest
from rich.cells import cell_len
from windows import Window

ENTRY = "The heron stood by the water. @Anna saw it, and I told Anna's mother.\n"
Open = Callable[..., Window]


@pytest.fixture
def window(program) -> Iterator[Open]:
    """Begin a share in a window of its own, with a journal that holds one entry."""
    there: list[Window] = []
    program("init")
    program("write", input=ENTRY)

    def opened(columns: int, language: str) -> Window:
        name = f"journal-share-{os.getpid()}-{len(there)}"
        argv = [*("sh", "-c", f'cd "{program.home}" && exec "$@"', "sh"), *program.argv, "share"]
        there.append(Window(name, argv, {**program.env, "JOURNAL_LANG": language}, (columns, 30)))
        return there[-1]

    yield opened
    for one in there:
        one.close()


QUESTIONS = {
    "en": ("From which day", "Who is it for", "What would you like", "What may go with it", "Which entries",
           "Only a part", "what stands there", "x take one back", "e edit a line", "Which form"),
    "pl": ("Od którego dnia", "Dla kogo", "O czym chcesz", "Co może do tego", "Które wpisy",
           "tylko część", "co ma stać", "x cofnij", "e zmień wiersz", "Jaka postać"),
}  # fmt: skip
ANSWERS = ("", "", "", "", "1", "", "my sister", None, None, "")


def flat(text: str) -> str:
    """A screen without its line ends."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", [80, 40])
def test_a_page_is_read_whole_and_leaves_no_trace_on_the_first_screen(
    window: Open, columns: int, language: str
) -> None:
    opened = window(columns, language)
    for question, answer in zip(QUESTIONS[language], ANSWERS, strict=True):
        if question in {"e edit a line", "e zmień wiersz"}:
            page = opened.until(lambda screen: "heron" in screen and "my sister saw it" in flat(screen))
            assert all(cell_len(line) <= columns for line in page.split("\n"))
            assert "Anna" not in page
            opened.keys("q")
        opened.until(
            lambda screen, wanted=question: wanted in flat(screen).rpartition("> >")[2] or wanted in flat(screen)
        )
        opened.types(answer or "").keys("Enter")

    assert opened.ends() == 0
    seen = opened.scrolled
    assert "saw it" not in seen.partition("Krok 4" if language == "pl" else "Step 4")[2]  # the page was elsewhere
    assert all(cell_len(line) <= columns for line in seen.split("\n"))
    assert re.search(r"notes-\d{4}-\d\d\.pdf", seen.replace("\n", ""))


def test_leaving_the_window_leaves_no_file(window: Open, program) -> None:
    opened = window(80, "en")
    opened.until("From which day")
    opened.types("q").keys("Enter")

    assert opened.ends() == 0
    found = subprocess.run(["find", program.home, "-name", "*notes*"], capture_output=True, check=True, text=True)
    assert found.stdout == ""

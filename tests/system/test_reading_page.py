"""An entry is read on the terminal's other screen, with real keys in a real window; nothing of it stays."""

import contextlib
import os
import pty
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from windows import Window

from journal_cli.journal.moment import moment
from journal_cli.records import settings

FAMILY = "👩\u200d👩\u200d👧"
LINES = 100
LONG = "\n".join(f"Line {number} of it, with some words behind." for number in range(1, LINES + 1))
SENTENCE = "Zażółć gęślą jaźń, and she said yes before I had thought anything about it at all. "
READ = re.compile(r"Read: [0-9a-z]{8}, \d+ \w+ \d{4}\.")
ENTERED = b"\x1b[?1049h"  # what leads to the other screen
BUDGET = 20  # times bare, key derivation taken off
NOISE = 1.15  # how much dearer all else on a machine may make it

Open = Callable[..., Window]


@pytest.fixture
def window(program) -> Iterator[Open]:
    """Open a command in a window of its own, with a journal there."""
    there: list[Window] = []
    program("init")

    def opened(*args: str, size: tuple[int, int] = (80, 20), **env: str) -> Window:
        name = f"journal-read-{os.getpid()}-{len(there)}"
        there.append(Window(name, [*program.argv, *args], {**program.env, **env}, size))
        return there[-1]

    yield opened
    for one in there:
        one.close()


@pytest.fixture
def written(program) -> Callable[..., str]:
    """Write an entry, and give its id."""

    def kept(text: str, *args: str) -> str:
        return program("write", *args, "--json", input=text).json["id"]

    return kept


@pytest.fixture
def long(window: Open, written) -> Window:
    """A hundred lines, opened."""
    opened = window("show", written(LONG))
    opened.until("Line 1 of it")
    return opened


def top(screen: str) -> str:
    return screen.split("\n", 1)[0].strip()


def numbers(screen: str) -> list[int]:
    """The lines of the long text that are seen."""
    return [int(number) for number in re.findall(r"Line (\d+) of it", screen)]


def last_line(window: Window) -> str:
    """What the command said last."""
    return window.screen.partition("ended with")[0].strip().split("\n")[-1]


@pytest.mark.parametrize("key", ["q", "Enter", "C-d"])
def test_what_was_read_is_gone_and_only_its_id_and_day_are_said(window: Open, written, key: str) -> None:
    opened = window("show", written("Nobody reads this #heron.", "--title", "Herons"))
    screen = opened.until("q or Enter leaves")
    assert "Herons" in screen
    assert "Nobody reads this" in screen
    opened.keys(key)

    assert opened.ends() == 0
    assert READ.fullmatch(opened.scrolled.partition("ended with")[0].strip())


def test_nothing_stays_after_a_whole_text_was_paged_through(long: Window) -> None:
    for key in ("Space", "Down", "NPage", "Up", "PPage", "b", "End", "Home"):
        long.keys(key)
    long.keys("/").types("line 50").keys("Enter")
    long.until("Line 50 of it")
    long.keys("q")

    assert long.ends() == 0
    assert "Line" not in long.scrolled
    assert READ.fullmatch(last_line(long))
    assert len(long.scrolled.strip().split("\n")) <= 3


def test_keys_go_where_they_say(long: Window) -> None:
    first = numbers(long.screen)
    assert first[0] == 1
    long.keys("Down", "Down", "Down").until(lambda seen: numbers(seen)[-1] == first[-1] + 3)
    long.keys("Up").until(lambda seen: numbers(seen)[-1] == first[-1] + 2)
    long.keys("Home").until(lambda seen: numbers(seen) == first)
    before = first
    for key in ("Space", "NPage"):
        after = numbers(long.keys(key).until(lambda seen, last=before[-1]: last in numbers(seen)[:1]))
        assert len(after) == 19
        before = after
    long.keys("b").until(lambda seen: numbers(seen)[-1] == before[0])
    long.keys("PPage").until(lambda seen: numbers(seen) == first)
    end = long.keys("End").until("100%")
    assert numbers(end)[-1] == LINES
    assert "Edit it:" in end
    long.keys("Down", "NPage", "Space", "Home", "Up", "PPage").until(lambda seen: numbers(seen) == first)
    long.keys("x", "F1", "M-x", "Left", "Escape")
    time.sleep(0.3)
    assert numbers(long.screen) == first
    long.keys("q")
    assert long.ends() == 0


def test_words_are_found_whatever_their_case_and_accents(window: Open, written) -> None:
    text = f"{LONG}\n{SENTENCE}\nZAŻÓŁĆ once more.\n{LONG}\nStra\u0301z.\n{LONG}"
    opened = window("show", written(text))
    opened.until("Line 1 of it")
    opened.keys("/").types("zazółc").keys("Enter").until(lambda seen: "Zażółć" in seen and "ZAŻÓŁĆ" in seen)
    opened.keys("/").types("stráz").keys("Enter").until("z.")
    opened.keys("/").types("Zażółć once").keys("Enter").until("ZAŻÓŁĆ once")
    opened.keys("/").types("nothing of the kind").keys("Enter").until("Not found.")
    opened.keys("n").until("Not found.")
    opened.keys("q")
    assert opened.ends() == 0
    assert "Zażółć" not in opened.scrolled


def test_the_next_and_the_one_before_are_a_key_away_and_words_are_found_across_rows(window: Open, written) -> None:
    text = f"{SENTENCE * 12}\n{LONG}"
    opened = window("show", written(text), size=(40, 12))
    opened.until("Zażółć")
    opened.keys("/").types("line 7 ").keys("BSpace").types("0").keys("Enter").until("Line 70")
    opened.keys("/", "Enter")  # with nothing, what was looked for before
    opened.keys("/").types("no").until("Search: no")
    opened.keys("Escape").until(lambda seen: "Search:" not in seen)
    opened.keys("/").types("line 9").keys("Enter").until(lambda seen: 90 in numbers(seen))
    opened.keys("n", "n").until(lambda seen: 92 in numbers(seen))
    opened.keys("N", "N", "N").until(lambda seen: 9 in numbers(seen))
    opened.keys("Home", "/").types("before I had thought anything").keys("Enter").until("before")
    assert "Not found" not in opened.screen
    opened.keys("q")
    assert opened.ends() == 0


@pytest.mark.parametrize("columns", [20, 40, 120])
def test_another_size_folds_anew_and_the_place_stays(window: Open, written, columns: int) -> None:
    text = "\n\n".join(f"Part {number}: {SENTENCE * 3}" for number in range(1, 31))
    opened = window("show", written(text))
    opened.until("Part 1:")
    opened.keys("/").types("part 17:").keys("Enter").until("Part 17:")
    for _ in range(20):
        if top(opened.screen).startswith("Part 17:"):
            break
        opened.keys("Down")
        time.sleep(0.1)
    before = opened.screen
    opened.resizes(columns, 15)
    screen = opened.until(lambda seen: top(seen).startswith("Part 17:") and top(seen) != top(before))

    words = " ".join(row.strip() for row in screen.rstrip().split("\n")[:-1])
    assert words.startswith(f"Part 17: {SENTENCE[:60]}")
    opened.resizes(80, 20).until(lambda seen: seen.split("\n")[:10] == before.split("\n")[:10])
    opened.keys("q")
    assert opened.ends() == 0
    assert "Part" not in opened.scrolled
    assert "jaźń" not in opened.scrolled


def test_polish_and_emoji_stand_whole_and_what_would_steer_is_text(window: Open, written) -> None:
    text = f"Gęś {FAMILY} 日本語 🦭.\n\x1b[2J\x1b]0;title\x07 after it\n" + "字" * 60
    opened = window("show", written(text), JOURNAL_LANG="pl", size=(40, 20))
    screen = opened.until("q lub Enter")

    assert f"Gęś {FAMILY} 日本語 🦭." in screen
    assert "␛[2J␛]0;title␇ after it" in screen
    assert "字" * 20 in screen
    opened.keys("q")
    assert opened.ends() == 0
    assert re.search(r"Przeczytane: [0-9a-z]{8}, \d+ \w+\s+\d{4}\.", opened.scrolled)


def test_earlier_texts_are_read_there_too(window: Open, written, program) -> None:
    entry = written("The first heron.")
    program("edit", entry, input="The second heron.")
    opened = window("show", entry, "--history")
    screen = opened.until("q or Enter leaves")

    assert screen.index("The second heron.") < screen.index("The first heron.")
    opened.keys("q")
    assert opened.ends() == 0
    assert "heron" not in opened.scrolled


def test_a_long_text_opens_at_once(window: Open, written) -> None:
    entry = written(SENTENCE * (100_000 // len(SENTENCE.encode())) + "\nThe end.")
    short = written("Short.")

    def seconds(id_: str, seen: str) -> float:
        began = time.monotonic()
        opened = window("show", id_)
        opened.until(seen)
        took = time.monotonic() - began
        opened.keys("End").until("Edit it:")
        opened.keys("q")
        assert opened.ends() == 0
        return took

    times = {id_: min(seconds(id_, "leaves") for _ in range(2)) for id_ in (short, entry)}
    assert times[entry] < times[short] + 1.0, times


@pytest.mark.parametrize("searching", [False, True])
def test_ctrl_x_twice_clears_everything(long: Window, searching: bool) -> None:
    if searching:
        long.keys("/").types("line").until("Search: line")
    long.keys("C-x", "C-x")

    assert long.ends() == 130
    assert long.scrolled.split() == ["ended", "with", "130"]


def test_one_ctrl_x_is_none(long: Window) -> None:
    first = numbers(long.screen)
    long.keys("C-x", "Down", "C-x").until(lambda seen: numbers(seen)[-1] == first[-1] + 1)
    long.keys("q")
    assert long.ends() == 0


def _child(window: Window) -> int:
    """The journal's process, below the shell of the window."""
    children = Path(f"/proc/{window.process}/task/{window.process}/children")
    return int(children.read_text(encoding="ascii").split()[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whatever_ends_it_the_screen_is_as_it_was(long: Window, number: signal.Signals) -> None:
    os.kill(_child(long), number)

    assert long.ends() == 130
    assert "Line" not in long.scrolled
    assert "journal: stopped" in long.screen


def test_a_stopped_page_is_out_of_sight_and_comes_back_as_it_was(window: Open, written, program) -> None:
    entry = written(LONG)
    shell = Window(f"journal-read-{os.getpid()}-z", ["bash", "--norc", "-i"], {**program.env, "PS1": "shell$ "})
    try:
        shell.until("shell$")
        command = " ".join("'" + word.replace("'", "'\\''") + "'" for word in [*program.argv, "show", entry])
        shell.types(f"read_it() {{ {command}; }}; clear").keys("Enter")
        shell.types("echo what was there $((6 * 7))").keys("Enter").until("was there 42")
        shell.types("read_it").keys("Enter").until("Line 1 of it")
        shell.keys("Space")
        page = shell.until(lambda seen: numbers(seen)[:1] != [1])
        shell.keys("C-z").until("shell$")
        assert "Line" not in shell.scrolled
        shell.types("fg").keys("Enter").until(lambda seen: numbers(seen) == numbers(page))
        shell.keys("q").until(lambda seen: bool(READ.search(seen)))
        assert "was there 42" in shell.screen
        assert "Line" not in shell.scrolled
    finally:
        shell.close()


def test_through_a_pipe_or_in_plain_mode_it_is_printed(window: Open, written, program) -> None:
    entry = written("A heron stood there.")
    assert "A heron stood there." in program("show", entry).stdout
    for args, env in ((("--plain",), {}), ((), {"JOURNAL_PLAIN": "1"})):
        opened = window("show", entry, *args, **env)
        assert opened.ends() == 0
        assert "A heron stood there." in opened.screen
        assert "Read:" not in opened.screen


def test_in_the_smallest_window_it_can_be_read_and_left(window: Open, written) -> None:
    opened = window("show", written(LONG), size=(20, 3))
    opened.until("q leaves")
    opened.keys("End").until("journal edit")
    opened.resizes(20, 2)
    opened.keys("Home", "Space", "q")

    assert opened.ends() == 0
    assert "Line" not in opened.scrolled


def test_a_page_left_alone_is_closed(window: Open, written, written_in) -> None:
    entry = written("A heron stood there.")
    with written_in() as db:
        settings.put(db, "quiet-after", "0.05", moment(datetime.now(UTC), "UTC"))
    opened = window("show", entry)
    opened.until("A heron")

    assert opened.ends() == 0
    assert "heron" not in opened.scrolled
    assert f"journal show {entry}" in opened.screen


def _at_a_terminal(argv: list[str], env: dict[str, str]) -> float:
    """Run a command on a terminal of its own with a `q` typed ahead, and give the processor's time it took."""
    ours, its = pty.openpty()
    child = os.posix_spawn(argv[0], argv, env, file_actions=[(os.POSIX_SPAWN_DUP2, its, to) for to in range(3)])
    os.close(its)
    os.write(ours, b"q")
    said = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 65536):
            said += piece
    _, status, used = os.wait4(child, 0)
    os.close(ours)
    assert os.waitstatus_to_exitcode(status) == 0, said
    assert ENTERED in said or argv[-1] == "pass"
    return used.ru_utime + used.ru_stime


def test_opening_it_costs_at_most_twenty_times_bare(program, written) -> None:
    program("init")
    entry = written(LONG)
    env = {**program.env, "TERM": "xterm-256color"}
    best = {"bare": float("inf"), "show": float("inf")}
    for _ in range(15):
        best["bare"] = min(best["bare"], _at_a_terminal([sys.executable, "-c", "pass"], env))
        best["show"] = min(best["show"], _at_a_terminal([*program.argv, "show", entry], env))
        if best["show"] <= BUDGET * best["bare"]:
            break
    assert best["show"] <= BUDGET * NOISE * best["bare"], best


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_discreet_pages_in_real_windows_hold_no_word_of_it(
    window: Open, written, program, language: str, columns: int
) -> None:
    written("A heron by #herons with @heron.", "--title", "heron", "--star")
    program("checkin", "--pleasant", "3", "--energy", "4", "--word", "heronlike")
    program("reflect", "signal-today", input="\n2\n5\nheronlike\nA heron.\n.\n:p\n")
    program("settings", "discreet", "on")
    pages = {
        (): "journal reflect --resume",
        ("list",): "journal show",
        ("search", "heron"): "journal show",
        ("progress", "--numbers"): "journal reflect --resume",
        ("mood",): "journal mood --calendar",
    }
    for args, seen in pages.items():
        opened = window(*args, size=(columns, 40), JOURNAL_LANG=language)
        assert opened.ends() == 0
        said = opened.screen
        assert seen in said
        assert not [word for word in ("heron", "Trust in", "zaufanie", "trust in") if word in said], args
    sitting = window("reflect", size=(columns, 40), JOURNAL_LANG=language)
    screen = sitting.until("Enter")
    assert "Trust in" not in screen
    sitting.keys("q")
    assert sitting.ends() == 0


def test_a_place_in_the_middle_is_found_again_after_any_number_of_sizes(window: Open, written) -> None:
    text = " ".join(f"Word{number}" for number in range(2000))
    opened = window("show", written(text))
    opened.until("Word0 ")
    opened.keys("/").types("word777").keys("Enter").until("Word777")
    time.sleep(0.3)
    before = opened.screen
    assert not before.startswith("Word777")
    for columns in (23, 101, 37):
        opened.resizes(columns, 20)
        first = top(before).split()[0]
        opened.until(lambda seen, first=first: first in top(seen).split() and seen.rstrip().endswith("leaves"))
    opened.resizes(80, 20).until(lambda seen: seen.split("\n")[:18] == before.split("\n")[:18])
    opened.keys("q")
    assert opened.ends() == 0

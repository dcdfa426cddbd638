"""The page people write on, with real keys in a real terminal: what is seen is what is asserted."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from windows import Window

from journal_cli.journal.moment import moment
from journal_cli.records import drafts, settings

PASSPHRASE = "lantern orchid velvet harbor quartz"
QUESTION = "A blank page. What is on your mind?"
LONG = "When she asked about Sunday I felt my shoulders go up before I had thought anything. I said yes."
FAMILY = "👩\u200d👩\u200d👧"

Open = Callable[..., Window]


@pytest.fixture
def window(program) -> Iterator[Open]:
    """Open a command in a window of its own, with a journal there."""
    there: list[Window] = []
    program("init")

    def opened(*args: str, size: tuple[int, int] = (80, 20), **env: str) -> Window:
        name = f"journal-test-{os.getpid()}-{len(there)}"
        there.append(Window(name, [*program.argv, *args], {**program.env, **env}, size))
        return there[-1]

    yield opened
    for one in there:
        one.close()


@pytest.fixture
def page(window: Open) -> Window:
    """An empty page, ready for the first key."""
    opened = window("write")
    opened.until(QUESTION)
    opened.until("0 words")
    return opened


@pytest.fixture
def body(program) -> Callable[[], str]:
    """Give the text of the entry that was kept last."""

    def told() -> str:
        (entry, *_) = program("list", "--json").json["entries"]
        return program("show", entry["id"], "--json").json["body"]

    return told


def written(screen: str) -> list[str]:
    """The rows of the page, without the question above and the bar below."""
    rows = screen.rstrip("\n").split("\n")
    return [row[2:].rstrip() for row in rows[2:-1] if row.strip()]


def test_words_are_folded_whole_and_the_question_stays_in_view(page: Window, body: Callable[[], str]) -> None:
    page.types(LONG)
    screen = page.until("I said yes.")

    assert screen.startswith(QUESTION)
    assert written(screen) == [
        "When she asked about Sunday I felt my shoulders go up before I had thought",
        "anything. I said yes.",
    ]
    assert "19 words" in page.until("19 words")
    page.keys("C-d")
    assert page.ends() == 0
    assert body() == LONG


def test_nothing_of_what_was_written_stays_on_the_screen_or_above_it(page: Window) -> None:
    page.types("Nobody should read this afterwards.").until("afterwards")
    page.keys("C-d")
    page.ends()

    assert "Nobody" not in page.scrolled
    assert "Kept, " in page.screen


def test_esc_and_enter_end_too(page: Window, body: Callable[[], str]) -> None:
    page.types("One line.").until("One line.")
    page.keys("Escape", "Enter")

    assert page.ends() == 0
    assert body() == "One line."


def test_up_and_down_go_by_rows_as_they_are_seen(page: Window, body: Callable[[], str]) -> None:
    page.types(LONG).until("I said yes.")
    page.keys("Up").types("*").until("*")
    page.keys("Down", "End").types("!").keys("C-d")

    assert page.ends() == 0
    assert body() == f"{LONG[:21]}*{LONG[21:]}!"


def test_the_cursor_stands_where_the_next_letter_comes(page: Window) -> None:
    page.types("ab 日本 ").until("日本")
    assert page.cursor == (2 + 3 + 4 + 1, 2)

    page.keys("Left", "Left")
    page.until(lambda _: page.cursor == (2 + 3 + 2, 2))


def test_an_emoji_of_several_parts_is_one_character(page: Window, body: Callable[[], str]) -> None:
    page.types(f"a{FAMILY}b").until("b")
    page.keys("Left", "BSpace", "C-d")

    assert page.ends() == 0
    assert body() == "ab"


def test_undo_and_redo(page: Window, body: Callable[[], str]) -> None:
    page.types("First one.").keys("Enter").types("Second two.").until("Second two.")
    page.keys("M-z").until(lambda screen: "two." not in screen and "Second" in screen)
    page.keys("M-z").until(lambda screen: "Second" not in screen and "First one." in screen)
    page.keys("C-y").until("Second")
    page.keys("C-y").until("Second two.")
    page.keys("C-d")

    assert page.ends() == 0
    assert body() == "First one.\nSecond two."


def test_words_are_found_in_the_text(page: Window, body: Callable[[], str]) -> None:
    page.types("A Stone by the water, and another stone.").until("another")
    page.keys("C-a", "C-f").types("STONE").until("Search:")
    page.keys("Enter")
    page.until(lambda screen: "Search:" not in screen)
    page.types("grey ").keys("C-d")

    assert page.ends() == 0
    assert body() == "A grey Stone by the water, and another stone."


def test_paragraphs_and_words_are_passed_in_one_go(page: Window, body: Callable[[], str]) -> None:
    page.types("one two").keys("Enter", "Enter").types("three four").until("four")
    page.keys("C-Left").types("<").keys("C-Up").types("2").keys("C-Up", "C-Up").types("1").keys("C-d")

    assert page.ends() == 0
    assert body() == "1one two\n\n2three <four"


def test_what_is_selected_is_replaced(page: Window, body: Callable[[], str]) -> None:
    page.types("keep this").until("this")
    page.keys("S-Left", "S-Left", "S-Left", "S-Left", "BSpace").types("that").keys("C-d")

    assert page.ends() == 0
    assert body() == "keep that"


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_a_large_paste_is_there_whole(page: Window, body: Callable[[], str], size: int) -> None:
    line = f"Zażółć gęślą jaźń {FAMILY} 日本 🦭, a line that was pasted.\n"
    text = line * (size // len(line.encode()))
    page.pastes(text)
    page.until("was pasted.", patience=60)
    page.types("The end.").until("The end.", patience=60)
    page.keys("C-d")

    assert page.ends() == 0
    assert body() == text + "The end."


def test_what_would_steer_the_terminal_is_text(page: Window, body: Callable[[], str]) -> None:
    page.pastes("a\x07b\tc\u202ed").until("·d")
    page.keys("C-d")

    assert page.ends() == 0
    assert body() in {"a\x07b\tc\u202ed", "ab\tc\u202ed"}  # some terminals take the bell out of what is pasted


@pytest.mark.parametrize("columns", [20, 40, 120])
def test_another_size_folds_anew_and_loses_nothing(page: Window, body: Callable[[], str], columns: int) -> None:
    page.types(LONG).until("I said yes.")
    page.resizes(columns, 24)
    screen = page.until(lambda seen: "".join(written(seen)).replace(" ", "").endswith("Isaidyes."))

    assert " ".join(row for row in written(screen)).endswith("I said yes.")
    assert screen.startswith(QUESTION[: columns // 2])
    page.resizes(80, 20).until("before I had thought")
    page.keys("C-d")
    assert page.ends() == 0
    assert body() == LONG


@pytest.mark.parametrize("wish", [":q", ":p"])
def test_a_wish_on_a_line_of_its_own_leaves_a_draft(page: Window, program, wish: str) -> None:
    page.types("Half a thought").keys("Enter").types(wish).keys("Enter")

    assert page.ends() == 24
    assert "journal write" in page.screen
    assert program("list", "--json").json["total"] == 0


def test_a_line_that_reads_like_a_wish_is_written_with_a_backslash(page: Window, body: Callable[[], str]) -> None:
    page.types("\\:q").keys("Enter").types("and on").until("and on")
    page.keys("C-d")

    assert page.ends() == 0
    assert body() == ":q\nand on"


def test_ctrl_c_asks_once_what_is_to_become_of_the_text(page: Window, body: Callable[[], str]) -> None:
    page.types("Some words").until("Some words")
    page.keys("C-c").until("throw it away")
    page.keys("Enter").until("2 words")
    page.keys("C-c").until("throw it away")
    page.keys("k")

    assert page.ends() == 0
    assert body() == "Some words"


def test_a_text_that_is_thrown_away_is_gone_and_its_draft_with_it(page: Window, written_in) -> None:
    page.types("Not for keeping").until("Not for keeping")
    time.sleep(2.5)  # until a draft was kept
    page.keys("C-c").until("throw it away")
    page.keys("t")

    assert page.ends() == 130
    with written_in() as db:
        assert drafts.drafts(db) == []


def test_leaving_a_draft_and_going_on_with_it(page: Window, window: Open, body: Callable[[], str]) -> None:
    page.types("The first half,").until("half,")
    page.keys("C-c", "d")
    assert page.ends() == 130
    assert "the first half" not in page.scrolled.lower()

    again = window("write")
    again.until("There is a draft")
    again.keys("Enter")
    again.until("The first half,")
    again.types(" and the second.").until("second.")
    again.keys("C-d")
    assert again.ends() == 0
    assert body() == "The first half, and the second."


def test_ctrl_x_twice_clears_everything_and_keeps_the_draft(page: Window, written_in) -> None:
    page.types("Somebody is coming in").until("coming in")
    page.keys("C-x", "C-x")

    assert page.ends() == 130
    assert page.scrolled.split() == ["ended", "with", "130"]
    with written_in() as db:
        assert [draft.text for draft in drafts.drafts(db)] == ["Somebody is coming in"]


@pytest.mark.parametrize("args, shown", [(("write", "--plain"), "\n>"), (("checkin",), "Pleasant?")])
def test_ctrl_x_twice_works_at_questions_too(window: Open, args: tuple[str, ...], shown: str) -> None:
    opened = window(*args)
    opened.until(shown)
    opened.keys("C-x", "C-x")

    assert opened.ends() == 130
    assert opened.scrolled.split() == ["ended", "with", "130"]


def test_a_page_left_alone_is_covered_until_the_passphrase_is_given(program, window: Open, body, written_in) -> None:
    with written_in() as db:
        settings.put(db, "quiet-after", "0.05", moment(datetime.now(UTC), "UTC"))
    page = window("write", JOURNAL_PASSPHRASE_COMMAND="")
    page.until("Passphrase")
    page.types(PASSPHRASE).keys("Enter")
    page.until(QUESTION)
    page.types("Left on the table.").until("table.")

    page.until("The page is covered")
    assert "Left on the table." not in page.screen
    page.types("not the words").keys("Enter").until("do not open")
    page.types(PASSPHRASE).keys("Enter").until("Left on the table.")
    page.types(" Taken up.").until("Taken up.")
    page.keys("C-d")
    assert page.ends() == 0
    assert body() == "Left on the table. Taken up."


def test_a_covered_page_that_nobody_opens_leaves_a_draft(window: Open, written_in) -> None:
    with written_in() as db:
        settings.put(db, "quiet-after", "0.05", moment(datetime.now(UTC), "UTC"))
    page = window("write", JOURNAL_PASSPHRASE_COMMAND="")
    page.until("Passphrase")
    page.types(PASSPHRASE).keys("Enter").until(QUESTION)
    page.types("Mine.").until("Mine.")
    page.until("The page is covered")
    for _ in range(3):
        page.types("a guess").keys("Enter")
    assert page.ends() == 130

    with written_in() as db:
        assert [draft.text for draft in drafts.drafts(db)] == ["Mine."]


def test_an_entry_is_changed_and_its_change_is_offered_again(program, window: Open, body: Callable[[], str]) -> None:
    program("write", input="As it was.")
    (entry,) = program("list", "--json").json["entries"]
    first = window("edit", entry["id"])
    first.until("As it was.")
    first.types(" And more.").until("more.")
    first.keys("C-c", "d")
    first.ends()
    assert f"journal edit {entry['id']}" in first.screen

    again = window("edit", entry["id"])
    again.until("There is a draft")
    again.keys("Enter")
    again.until("And more.")
    again.keys("C-d")
    assert again.ends() == 0
    assert body() == "As it was. And more."


def _child(window: Window) -> int:
    """The journal's process, below the shell of the window."""
    children = Path(f"/proc/{window.process}/task/{window.process}/children")
    return int(children.read_text(encoding="ascii").split()[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_whatever_ends_it_the_draft_holds_all_but_the_last_seconds(
    page: Window, written_in, number: signal.Signals
) -> None:
    page.types("Typed long enough ago.").until("ago.")
    time.sleep(2.5)
    page.types(" And just now.").until("just now.")
    os.kill(_child(page), number)
    if number is signal.SIGINT:
        page.until("throw it away")
        page.keys("d")
    page.ends()

    with written_in() as db:
        (draft,) = drafts.drafts(db)
    assert draft.text.startswith("Typed long enough ago.")
    if number is not signal.SIGKILL:
        assert draft.text == "Typed long enough ago. And just now."


def test_a_stopped_page_comes_back_as_it_was(window: Open, program) -> None:
    shell = window("--version")
    shell.ends()
    shell.close()
    page = Window(f"journal-test-{os.getpid()}-z", ["bash", "--norc", "-i"], {**program.env, "PS1": "shell$ "})
    try:
        page.until("shell$")
        page.types("write() { " + " ".join(map(_quoted, [*program.argv, "write"])) + "; }; clear").keys("Enter")
        page.types("write").keys("Enter").until(QUESTION)
        page.types("Before").until("Before")
        page.keys("C-z").until("Stopped")
        assert "Before" not in page.screen
        page.types("fg").keys("Enter").until("Before")
        page.types(" and after.").until("after.")
        page.keys("C-d").until("Kept")
    finally:
        page.close()
    (entry,) = program("list", "--json").json["entries"]
    assert program("show", entry["id"], "--json").json["body"] == "Before and after."


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def test_a_sitting_keeps_its_question_in_view(window: Open, program) -> None:
    opened = window("reflect", "signal-today", size=(60, 16))
    opened.until("arrive")
    opened.keys("s")
    opened.until("Pleasant?")
    opened.keys("Enter")
    screen = opened.until("0 words")
    assert re.sub(r"\s+", " ", screen).startswith("Think of one moment today when something in you said yes")
    opened.types("Rain.").keys("C-d")
    screen = opened.until(lambda seen: "0 words" in seen and "What came next?" in seen)
    opened.types("It stopped.").keys("C-d")
    opened.until(lambda seen: "0 words" in seen and "let it pass" in seen)
    opened.keys("C-d").until(lambda seen: seen.count("Pleasant?") == 2)
    opened.keys("Enter")
    assert opened.ends() == 0
    (entry,) = program("list", "--json").json["entries"]
    whole = program("show", entry["id"], "--json").json
    assert (whole["body"], [one["answer"] for one in whole["follow_ups"]]) == ("Rain.", ["It stopped."])
    assert json.dumps(whole)


def test_a_practised_check_in_is_seven_keys(window: Open, program) -> None:
    opened = window("checkin")
    opened.until("Pleasant?")
    keys = ["3", "6", "m", "Space", "q", "Enter", "Enter"]
    assert len(keys) <= 7
    opened.keys(*keys[:1])
    opened.until("Energy?")
    opened.keys(*keys[1:2])
    opened.until("Words?")
    opened.keys(*keys[2:6])
    opened.until("Kept")
    opened.keys(*keys[6:])

    assert opened.ends() == 0
    page = program("mood", "--json").json
    assert {one["word"] for one in page["words"]} == {"on guard", "tense"}

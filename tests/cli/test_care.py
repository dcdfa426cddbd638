"""`help-now` and `ground`: no journal, no passphrase, no trace."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shapes import BOXES, ESCAPE

ROOT = Path(__file__).parents[2]
PATIENCE = 40  # seconds

LOCKED = {"JOURNAL_PASSPHRASE_COMMAND": "/no/such/program"}


def test_help_opens_without_a_journal_or_a_passphrase_and_leaves_nothing(no_journal, tmp_path) -> None:
    said = no_journal("help-now", "PL", **LOCKED)

    assert said.stdout.startswith("You do not need to be in danger to call.")
    assert "112" in said.stdout
    assert "116 123" in said.stdout
    assert said.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked, env", [("PL", ""), ("pl", ""), ("", "PL"), ("", "pl"), ("PL", "US")])
def test_the_country_is_the_one_that_was_said(no_journal, asked: str, env: str) -> None:
    page = no_journal("help-now", *filter(None, [asked]), **LOCKED, JOURNAL_COUNTRY=env).stdout

    assert "800 120 002" in page
    assert "988" not in page
    assert "journal help-now PL --more" in page


@pytest.mark.parametrize("asked", [(), ("all",)])
def test_without_a_country_in_a_pipe_all_are_shown(no_journal, asked: tuple[str, ...]) -> None:
    page = no_journal("help-now", *asked, LANG="pl_PL.UTF-8").stdout

    assert "988" in page
    assert "116 123" in page


def test_more_of_a_country_holds_what_the_page_held(no_journal) -> None:
    short, long = no_journal("help-now", "PL").stdout, no_journal("help-now", "PL", "--more").stdout

    numbers = [line for line in short.splitlines() if line.startswith("  ")]
    assert set(numbers) < set(long.splitlines())


def test_more_says_of_each_line_when_and_how_it_was_checked(no_journal) -> None:
    rows = no_journal("help-now", "GB", "--more").stdout.splitlines()[3:]
    checks = [row for row in rows if row.startswith("    ") and not row.startswith("     ")]

    assert len(checks) == 5
    assert checks[0] == "    a standard emergency number, 24 November 2026"
    assert "    checked 24 November 2026 on an official page (samaritans.org)" in checks
    assert "    checked 24 November 2026 on a page of others (fullfact.org, 2022)" in checks


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("more", [(), ("--more",)])
def test_a_country_fits_on_one_screen_with_the_emergency_number_first(no_journal, language: str, more) -> None:
    countries = {line["country"] for line in no_journal("help-now", "--json").json["lines"]}

    assert len(countries) == 16
    for country in countries:
        page = no_journal("help-now", country, *more, JOURNAL_LANG=language).stdout.splitlines()
        assert len(page) < 24, country  # the twenty-fourth is the shell's
        assert max(map(len, page)) <= 80
        assert re.fullmatch(r"  (Emergency|Numer alarmowy).*: [0-9, ]+( (or|lub) [0-9]+)?", page[3])


def test_numbers_are_not_broken_over_two_lines(no_journal) -> None:
    lines = no_journal("help-now", "--json").json["lines"]
    for width in range(28, 48):
        page = no_journal("help-now", COLUMNS=str(width)).stdout
        assert [n for line in lines for n in line["number"].split(", ") if n not in page] == []


def test_the_page_says_what_a_call_leaves_behind_and_that_numbers_change(no_journal) -> None:
    for more in ((), ("--more",), ("--json",)):
        said = no_journal("help-now", "ES", *more)
        assert "not on the bill" in said.stdout
    page = " ".join(no_journal("help-now", "ES").stdout.split())
    assert "Calling can leave a trace in the phone's log or bill. Use a phone you trust." in page
    assert "Checked 24 November 2026 on web pages, not by call." in page
    assert "findahelpline.com" in page


def test_where_no_national_line_for_abuse_was_found_the_page_says_so(no_journal) -> None:
    assert "no national line was found" in no_journal("help-now", "CA").stdout
    assert "no national line was found" not in no_journal("help-now", "IN").stdout


def test_after_twelve_months_the_page_says_that_numbers_may_have_changed(no_journal) -> None:
    no_journal.clock.now = datetime(2027, 11, 24, 8, 0, tzinfo=UTC)
    assert "ay have changed" not in no_journal("help-now", "NZ").stdout

    no_journal.clock.now = datetime(2027, 11, 25, 12, 0, tzinfo=UTC)
    assert "May have changed. findahelpline.com has current ones." in no_journal("help-now", "NZ").stdout
    page = " ".join(no_journal("help-now", "NZ", "--more").stdout.split())
    assert page.count("; may have changed") == 7


def test_help_as_json_holds_every_line_and_what_is_known_of_it(no_journal) -> None:
    every, polish = no_journal("help-now", "--json").json["lines"], no_journal("help-now", "pl", "--json").json["lines"]

    assert [line["number"] for line in polish] == ["112", "116 123", "800 70 2222", "800 120 002", "116 111"]
    assert [line for line in every if line["country"] == "PL"] == polish
    assert polish[0]["hours"] is None
    assert polish[1] | {"ways": []} == {
        "country": "PL",
        "kind": "crisis",
        "name": "Telefon dla dorosłych w kryzysie emocjonalnym",
        "about": "Adults in emotional crisis",
        "number": "116 123",
        "ways": [],
        "say": None,
        "hours": "24/7",
        "cost": "free",
        "trace": None,
        "languages": None,
        "url": "https://116sos.pl",
        "checked": "2026-11-24",
        "by": "third-party page",
        "source": "telepolis.pl",
        "page_year": 2025,
    }


@pytest.mark.parametrize("asked", ["ZZ", "sweden", "united", "112"])
def test_a_country_that_is_not_there_yet_says_where_else_to_look(no_journal, asked: str) -> None:
    said = no_journal("help-now", asked, code=20)

    assert "findahelpline.com" in said.stderr
    assert "AU, BR, CA" in said.stderr
    assert said.stdout == ""


def test_a_wrong_variable_hides_no_number(no_journal) -> None:
    page = no_journal("help-now", JOURNAL_COUNTRY="Atlantis").stdout

    assert "988" in page
    assert "116 123" in page


def on_a_terminal(*arguments: str, typed: str, lines: int = 24, **environment: str) -> str:
    """Run the program on a terminal of its own, with nothing else in its environment, and give what it showed."""
    reading, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    running = subprocess.Popen(
        [sys.executable, "-m", "journal_cli", *arguments],
        env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **environment},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd="/",
    )
    os.close(terminal)
    os.write(reading, typed.encode())
    shown = b""
    tired = threading.Timer(PATIENCE, running.kill)  # a question nobody answers waits for ever
    tired.start()
    with contextlib.suppress(OSError):  # how a terminal says that nobody is there any more
        while more := os.read(reading, 4096):
            shown += more
    os.close(reading)
    code = running.wait()
    tired.cancel()
    assert code == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("typed", ["11\n", "pl\n", "Pol\n", "sweden\n0\n99\npoland\n"])
def test_somebody_at_a_terminal_is_asked_for_the_country(typed: str) -> None:
    """No HOME, no PATH, no journal; the country is never taken from the locale."""
    shown = on_a_terminal("help-now", typed=typed, LANG="de_DE.UTF-8")

    assert " 1  Australia" in shown
    assert "16  United States" in shown
    assert "findahelpline.com knows more countries" in shown if "sweden" in typed else "knows more" not in shown
    assert "800 120 002" in shown
    assert "988" not in shown


@pytest.mark.parametrize("typed", ["\n", "\x04", "all\n"])
def test_no_answer_at_the_menu_shows_all_countries(typed: str) -> None:
    shown = on_a_terminal("help-now", typed=typed)

    assert "800 120 002" in shown
    assert "988" in shown


def test_the_menu_fits_a_small_terminal_and_is_sorted_in_polish() -> None:
    menu = on_a_terminal("help-now", typed="\n", JOURNAL_LANG="pl").partition("> ")[0].splitlines()

    assert len(menu) < 24
    assert any(row.endswith("16  Włochy") for row in menu)


def test_grounding_needs_no_journal_either(no_journal, tmp_path) -> None:
    said = no_journal("ground", **LOCKED)

    assert said.stdout.splitlines()[0].startswith("Your eyes can stay open.")
    assert said.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_groundings_as_json(no_journal) -> None:
    groundings = no_journal("ground", "--json", **LOCKED).json["groundings"]

    assert [one["id"] for one in groundings][:2] == ["room", "hands"]
    assert all(one.keys() == {"id", "title", "lines"} for one in groundings)


def test_both_pages_are_plain_and_speak_polish(no_journal) -> None:
    for command, word in ((("help-now", "PL"), "niebezpieczeństwie"), (("ground",), "oczy")):
        said = no_journal(*command, JOURNAL_LANG="pl", **LOCKED)
        assert word in said.stdout.lower()
        assert not BOXES.search(said.stdout)
        assert ESCAPE not in said.stdout

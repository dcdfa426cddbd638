"""A shared page in a real browser: what it shows, what it refuses, and that nothing in it runs or asks for anything."""

import re
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser
from watching import files_with, forms

from journal_cli.insight.moods import Spread
from journal_cli.share import to_html as html
from journal_cli.share.layout import Heading, Numbered, Page, Quoted, Rule, Sentence, Table, Week, Weeks, Written
from journal_cli.share.to_html import to_html

PASSWORD = "amber fjord cactus linen mosaic"
WORD = "quibharborlanternzorp"
A4, LETTER = (8.27, 11.69), (8.5, 11)  # inches
TITLES = {"en": "For my therapist", "pl": "Dla mojej terapii"}
HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "</style></p><svg onload='window.ran = 1'>",
    '<a href="javascript:window.ran = 1">x</a><iframe src="javascript:parent.ran = 1"></iframe>',
    "{{ 7 * 7 }} ${7 * 7} {script} &lt;b&gt;",
    "\x00\u202eevil",
)


@pytest.fixture(scope="module")
def chromium() -> str:
    """Where the browser is installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return program or pytest.skip("chromium is not installed")


@pytest.fixture(scope="module")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    begun = Browser(chromium, tmp_path_factory.mktemp("profile"))
    yield begun
    begun.close()


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address, and whatever was asked for there."""
    seen: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name http.server looks for
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


def a_page(language: str = "en", *more: str) -> Page:
    weeks = tuple(
        Week(
            (f"{day} Nov", "4", "from -2 to 1, middle -1", "from 0 to 2, middle 1"), Spread(-2, -1, 1), Spread(0, 1, 2)
        )
        for day in (2, 9, 16, 23)
    )
    measures = ("Kwestionariusz", "Teraz", "Przedtem", "Zmiana", "Zwykłe wahanie", "Opublikowany przedział")
    parts = (
        *(Heading("What I want to talk about"), Numbered(("I kept a limit.", f"I skipped {WORD}.", *more))),
        *(Heading("Mood"), Weeks(("Week of", "Times", "Pleasant", "Energy"), weeks)),
        *(Heading("Questionnaires"), Table(measures, (("PHQ-9, 20 lis", "9", "13 (23 paź)", "-4", "około 5", "5-9"),))),
        *(Heading("22 November 2026: Sunday", 3), Quoted("What happened?"), Written("I said no.\nThen I sat down.")),
        *(Rule(), Sentence("Numbers describe, they do not explain.")),
    )
    return Page(language, TITLES[language], "27 October – 23 November 2026, by me", "Not a diagnosis.", parts)


def kept(folder: Path, content: bytes) -> str:
    """Put a page into a file and give its address."""
    path = folder / "notes-2026-11.html"
    path.write_bytes(content)
    return path.as_uri()


def without_policy(content: bytes) -> bytes:
    bare, count = re.subn(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", content)
    assert count == 1
    return bare


def ready(browser: Browser) -> None:
    """Wait for the cursor, which a browser puts in its place a moment after the page is there."""
    browser.wait_until("document.activeElement.name == 'password' && !document.forms[0].elements.open.disabled")


def unlock(browser: Browser, password: str) -> None:
    ready(browser)
    browser.type(password)
    browser.press("Enter")


def unlocked(browser: Browser, password: str = PASSWORD) -> None:
    unlock(browser, password)
    browser.wait_until("!document.querySelector('form')")


def test_a_page_in_the_clear_shows_its_words_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    address = kept(tmp_path, to_html(a_page("en", *HOSTILE)))

    browser.open(address)

    assert f"I skipped {WORD}." in browser.text
    assert "<script>window.ran = 1</script>" in browser.text
    assert "⟨U+202E⟩evil" in browser.text
    assert browser.ask("document.querySelectorAll('circle').length") == 8
    assert browser.ask("document.querySelectorAll('script, img, iframe, a').length") == 0
    assert browser.ask("typeof window.ran") == "undefined"
    assert browser.requests == [address]
    assert browser.complaints == []


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_locked_page_refuses_a_wrong_password_and_opens_to_the_right_one(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    browser.open(kept(tmp_path, to_html(a_page(language), PASSWORD)))
    assert WORD not in browser.ask("document.documentElement.outerHTML")
    assert "Ta strona jest zamknięta." in browser.text

    unlock(browser, f"{PASSWORD}s")
    browser.wait_until("document.getElementById('said').innerText.includes('does not open')")
    assert "To hasło nie otwiera strony." in browser.text
    assert WORD not in browser.ask("document.documentElement.outerHTML")

    unlocked(browser, f" {PASSWORD.replace(' ', '  ')} ")
    assert f"I skipped {WORD}." in browser.text
    assert "I said no.\nThen I sat down." in browser.text
    assert browser.ask("document.documentElement.lang") == language
    assert browser.ask("document.activeElement.tagName") == "H1"
    assert browser.ask("document.title") == "Notes · Notatki"
    assert browser.requests == [(tmp_path / "notes-2026-11.html").as_uri()]
    assert browser.complaints == []


def test_a_letter_spelt_in_two_signs_is_the_same_letter_of_a_password(browser: Browser, tmp_path: Path) -> None:
    browser.open(kept(tmp_path, to_html(a_page(), "zażółć gęślą jaźń", iterations=1)))

    unlocked(browser, unicodedata.normalize("NFD", "zażółć gęślą jaźń"))

    assert WORD in browser.text


def test_an_opened_page_says_and_looks_the_same_as_the_one_in_the_clear(browser: Browser, tmp_path: Path) -> None:
    page = a_page("en", *HOSTILE)
    browser.open(kept(tmp_path, to_html(page)))
    clear, picture = browser.text, browser.picture(800)

    browser.open(kept(tmp_path, to_html(page, PASSWORD, iterations=1)))
    unlocked(browser)

    assert browser.text == clear
    assert browser.picture(800) == picture
    assert browser.ask("typeof window.ran") == "undefined"


@pytest.mark.parametrize("held", [True, False])
def test_what_is_sealed_could_not_run_even_if_it_were_no_text(
    browser: Browser, tmp_path: Path, asked: tuple[str, list[str]], *, held: bool
) -> None:
    there, seen = asked
    traps = f"<img src={there}/picture onerror='window.ran = 1'><script>window.ran = 1</script>"
    traps += f"<link rel=stylesheet href={there}/style><iframe src={there}/frame></iframe>"
    inside = f"<!DOCTYPE html><html lang=en><body><h1>Trap</h1>{traps}</body></html>"
    content = html._locked(inside.encode(), PASSWORD, bytes, 1)

    browser.open(kept(tmp_path, content if held else without_policy(content)))
    unlocked(browser)

    if held:
        browser.ask("new Promise((done) => setTimeout(done, 500))")
        assert browser.ask("typeof window.ran") == "undefined"
        assert seen == []
    else:
        # Without the policy it does run, so that the trial above could fail.
        browser.wait_until("window.ran == 1")
        assert "/picture" in seen


def test_a_locked_page_can_be_opened_with_the_keyboard_alone_and_the_password_be_looked_at(
    browser: Browser, tmp_path: Path
) -> None:
    browser.open(kept(tmp_path, to_html(a_page(), PASSWORD, iterations=1)))
    ready(browser)
    browser.type("amber")
    browser.press("Tab")
    browser.press("Tab")
    browser.press("Enter")
    ready(browser)  # what was wrong is selected, to be typed over
    browser.type(PASSWORD)

    browser.press("Tab")
    browser.ask("document.activeElement.click()")
    assert browser.ask("document.querySelector('#password').type") == "text"
    browser.press("Tab")
    browser.press("Enter")

    browser.wait_until("!document.querySelector('form')")
    assert WORD in browser.text


@pytest.mark.parametrize("width", [320, 380, 800])
@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_page_fits_a_narrow_screen(browser: Browser, tmp_path: Path, width: int, password: str | None) -> None:
    long = a_page("pl", "x" * 200)

    browser.open(kept(tmp_path, to_html(long, password, iterations=1)))
    browser.picture(width)

    assert browser.ask("innerWidth") == width
    assert browser.ask("document.documentElement.scrollWidth") <= width
    assert browser.ask("parseFloat(getComputedStyle(document.body).fontSize)") >= 16


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_a_short_page_is_one_sheet_and_a_long_one_parts_no_row(
    browser: Browser, tmp_path: Path, paper: tuple[float, float]
) -> None:
    rows = tuple((f"row {number}", "one, two, three, four, five, six " * 12) for number in range(60))
    long = Page("en", "t", "b", "p", (Table(("name", "what"), rows),))

    browser.open(kept(tmp_path, to_html(a_page())))
    short = browser.printed(paper)
    browser.open(kept(tmp_path, to_html(long)))

    assert len(re.findall(rb"/Type */Page\b", short)) == 1
    assert len(re.findall(rb"/Type */Page\b", browser.printed(paper))) > 3
    browser("Emulation.setEmulatedMedia", media="print")
    assert browser.ask("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    assert browser.ask("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_quiet_is_read_well_in_the_light_and_in_the_dark(
    browser: Browser, tmp_path: Path, *, dark: bool
) -> None:
    browser.open(kept(tmp_path, to_html(a_page())))
    browser.picture(800, dark=dark)

    paper = browser.ask("getComputedStyle(document.documentElement).backgroundColor")
    inks = browser.ask("[...document.querySelectorAll('body *:not(hr)')].map((one) => getComputedStyle(one).color)")

    assert min(_contrast(paper, ink) for ink in set(inks)) >= 4.5  # WCAG 2.2, 1.4.3
    assert (_light(paper) < 0.1) == dark


def _light(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("password", [PASSWORD, None])
def test_a_browser_that_opened_a_locked_page_keeps_neither_its_words_nor_its_password(
    chromium: str, tmp_path: Path, password: str | None
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    begun = Browser(chromium, profile)
    try:
        begun.open(kept(tmp_path, to_html(a_page(), password, iterations=1)))
        if password:
            unlocked(begun)
        assert WORD in begun.text
    finally:
        begun.close()

    kept_there = {word for word in (WORD, PASSWORD, TITLES["en"]) if files_with([profile], forms(word))}
    assert files_with([profile], forms("notes-2026-11"))
    # In the clear its title stands in the history of the browser, so that this could fail.
    assert kept_there == (set() if password else {TITLES["en"]})


def test_the_file_the_program_wrote_opens_to_what_was_chosen(browser: Browser, tmp_path: Path, program: Any) -> None:
    program("init")
    out, plan = tmp_path / "page.html", tmp_path / "plan.toml"
    plan.write_text(
        f'out = "{out}"\nform = "html"\npassword_command = "echo {PASSWORD}"\ntalk_about = ["<b>{WORD}</b>"]\n',
        encoding="utf-8",
    )

    program("share", "--plan", str(plan))
    browser.open(out.as_uri())
    unlocked(browser)

    assert f"<b>{WORD}</b>" in browser.text
    assert out.stat().st_mode & 0o777 == 0o600

"""A page chosen by hand, at a real terminal: every step, the way back, names and forms, what is remembered."""

import json
import re
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
from key_commands import Terminal, at_terminal
from shapes import free_entry, opened

from journal_cli.journal.moment import moment
from journal_cli.records import entries, settings

POLISH = (
    "Wczoraj @Anna przyszła. Pytałam Anny o święta, a Annie nie mówię wszystkiego.\n"
    "{{Tego nikomu: SECRETWORD. #therapist}} Koniec, mówi Róża. Na stole róża.\n"
    "#therapist Dlaczego to jest trudne."
)
ENGLISH = "I told @Marek no.\nThen a walk, and soup.\nNothing else, marek."
WORDS = re.compile(r"Password, shown once: +((?:[a-z]+ ?){5})")
Open = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, where files are made."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def noted(once):
    """A journal with three entries of these days, one of them private."""
    now = datetime.now(UTC)

    def fill(journal) -> None:
        journal("init")
        with opened(journal) as database:
            for id_, text, days, private in (
                ("aaaa1111", POLISH, 3, False), ("bbbb2222", ENGLISH, 2, False),
                ("cccc3333", "#therapist PRIVATEWORD", 1, True),
            ):  # fmt: skip
                written = moment(now - timedelta(days=days), "UTC")
                entries.add(database, free_entry(id_, text, written, private=private))

    return once("pages by hand", fill)


@pytest.fixture
def share(noted, home: Path) -> Open:
    """Begin `journal share` at a terminal in plain mode, where every answer is a line."""

    def begun(**env: str) -> Terminal:
        secret = f"echo '{noted.passphrase}'"
        return at_terminal(noted.folder, home, "share", JOURNAL_PASSPHRASE_COMMAND=secret, **env)

    return begun


def types(terminal: Terminal, *steps: tuple[str, str]) -> Terminal:
    """Wait for words, and type what answers them."""
    for words, answer in steps:
        terminal.until(words).types(answer)
    return terminal


TO_NAMES = (
    ("From which day", ""), ("Who is it for", "my therapist"), ("Which of these", ""), ("Another thing", ""),
    ("What may go with it", "1"), ("Which entries", "1 2"), ("Only a part", ""),
)  # fmt: skip
TO_PREVIEW = (
    *TO_NAMES, ("Anna: what stands", "my sister"), ("Which of them too", ""), ("Marek: what stands", ""),
    ("take one back", ""),
)  # fmt: skip


def in_pdf(home: Path, name: str, password: str) -> str:
    """Read a locked PDF with the tool others have, and with the password that was shown."""
    path = home / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert pypdf.PdfReader(path).is_encrypted
    # pdftotext itself takes no more than 32 letters of a password.
    qpdf = ["qpdf", f"--password={password}", "--decrypt", str(path), "-"]
    unlocked = subprocess.run(qpdf, capture_output=True, check=True)
    ran = subprocess.run(["pdftotext", "-", "-"], input=unlocked.stdout, capture_output=True, check=True)
    return " ".join(ran.stdout.decode().split())


def today() -> date:
    """The day at the terminal: its clock is that of Warsaw."""
    return datetime.now(ZoneInfo("Europe/Warsaw")).date()


def test_a_page_from_the_first_question_to_a_locked_file(share: Open, home: Path, noted) -> None:
    terminal = types(share(), *TO_PREVIEW)
    terminal.until("Step 5 of 5").until("Dlaczego to jest trudne.").until("1 private passage")
    said = (
        terminal.until("Anna, Anny, Annie → my sister, 3 times.").until("e edit a line").types("").until("Which form")
    )
    said = terminal.types("").ends()

    assert said.code == 0
    password = WORDS.search(said.said)[1].strip()
    text = in_pdf(home, f"notes-{today():%Y-%m}.pdf", password)
    assert "Wczoraj my sister przyszła. Pytałam my sister o święta, a my sister nie mówię" in text
    assert "I told Person A no." in text
    assert "For my therapist" in text
    for gone in ("Ann", "Marek", "marek", "SECRETWORD", "PRIVATEWORD", "#", "{{"):
        assert gone not in text
    assert "PRIVATEWORD" not in said.said
    assert "SECRETWORD" not in said.said
    assert noted("share", "--list", "--json").json["shares"][0]["to"] == "my therapist"


def test_whoever_shared_once_before_needs_nothing_but_enter(share: Open, home: Path, noted) -> None:
    types(share(), *TO_PREVIEW, ("e edit a line", ""), ("Which form", "")).ends()
    with opened(noted) as database:
        line = free_entry("dddd4444", "#therapist About Anna and the call.", moment(datetime.now(UTC), "Europe/Warsaw"))
        entries.add(database, line)

    terminal = share().until("As last time, on Enter: mood week by week, Anna → my sister, Marek → Person A")
    questions = (
        "From which day", "Who is it for? Enter: my therapist", "Which of these", "Another thing",
        "Enter: as before, 1", "Which entries", "take one back", "e edit a line", "Which form",
    )  # fmt: skip
    said = types(terminal, *((question, "") for question in questions)).ends()

    assert said.code == 0
    assert said.said.count("> ") == len(questions) <= 10
    assert "About my sister and the call." in said.said
    assert "Changed: Anna → my sister, once." in said.said
    assert "Marek" not in said.said.partition("Step 1")[2]  # nobody of that name is on this page
    month = f"{today():%Y-%m}"
    assert sorted(path.name for path in home.glob("notes*")) == [f"notes-{month}-2.pdf", f"notes-{month}.pdf"]
    with opened(noted) as database:
        kept = json.loads(settings.get_all(database)["share-last"])
    assert kept["aliases"] == {"Marek": "Person A", "Anna": "my sister", "Anny": "my sister", "Annie": "my sister"}
    assert "share-last" not in noted("settings").stdout + noted("settings", "--json").stdout


def test_from_every_step_there_is_a_way_back_and_what_was_chosen_stays(share: Open, home: Path) -> None:
    terminal = types(
        share(), *TO_PREVIEW, ("e edit a line", ""), ("Which form", "b"),
        ("e edit a line", "b"), ("take one back", "b"), ("Enter: as before, 1", "b"), ("number of a line", "b"),
        ("From which day", ""), ("Enter: my therapist", ""), ("number of a line", "Something more."),
        ("> ", ""), ("Enter: as before, 1", ""),
        ("Which entries? Enter: as before, 1 2", ""), ("Only a part", ""),
    )  # fmt: skip
    terminal.until("Changed: Marek → Person A").until("take one back").types("")
    terminal.until("Something more.").until("e edit a line").types("q")
    said = terminal.ends()

    assert said.code == 0
    assert "Nothing was written, and nothing has left." in said.said
    assert list(home.glob("notes*")) == []


def test_lines_are_edited_taken_away_and_struck_before_anything_leaves(share: Open) -> None:
    terminal = types(
        share(), *TO_PREVIEW, ("e edit a line", "e"), ("Which line is to change", "1"),
        ("In other words", "Why it is hard."), ("e edit a line", "e"), ("Which line is to change", "s"),
        ("A passage to strike", "not there at all"),
        ("does not stand in what was chosen", "then a WALK,"), ("A passage to strike", ""),
    )  # fmt: skip
    page = terminal.until("Step 5 of 5")
    start = page.read
    page.until("e edit a line")
    shown = page.said[start:]

    assert "1. Why it is hard." in shown.replace("1  Why", "1. Why")
    assert shown.count("Dlaczego to jest trudne.") == 1  # in the entry, no more among one's own lines
    assert "[…] and soup." in shown
    assert "1 passage is struck out." in shown
    terminal.types("q").ends()


def test_a_part_of_an_entry_leaves_without_the_rest(share: Open) -> None:
    terminal = types(
        share(), *TO_NAMES[:-1], ("Only a part", "1"), ("From which line", "9"), ("a number from 1 to 3", "2"),
        ("what stands", ""), ("Which of them too", ""), ("take one back", ""),
    )  # fmt: skip
    start = terminal.until("Step 5 of 5").read
    shown = terminal.until("e edit a line").said[start:]

    assert "Then a walk, and soup." in shown
    assert "I told" not in shown
    assert "A part of a longer text." in shown
    terminal.types("q").ends()


def test_names_that_are_words_too_places_and_rough_days(share: Open) -> None:
    terminal = types(
        share(), *TO_NAMES, ("Anna: what stands", "-"), ("Marek: what stands", "-"),
        ("take one back", "n"), ("Which name, place", "Róża"), ("Róża: what stands", "ciocia"),
        ("in small letters, as róża, it stays", "d"), ("Days are told roughly", "n"), ("Which name, place", "Róża"),
        ("changed already", "x"), ("Which change", "1"), ("No name is changed", "n"), ("Which name, place", "Róża"),
        ("Róża: what stands", "ciocia"), ("take one back", ""),
    )  # fmt: skip
    start = terminal.until("Step 5 of 5").read
    shown = terminal.until("e edit a line").said[start:]

    assert "mówi ciocia. Na stole róża." in " ".join(shown.split())
    assert re.search(r"\w+day (night|morning|afternoon|evening), week [45]", shown)
    assert f"{datetime.now(UTC):%Y}" not in shown.partition("LEFT OUT")[0]
    assert "Still in it: Anna, Marek." in shown
    terminal.types("q").ends()


def test_a_form_that_anyone_can_read_is_agreed_to_once_more(share: Open, home: Path, noted) -> None:
    to_form = (*TO_PREVIEW, ("e edit a line", ""))
    terminal = types(
        share(), *to_form, ("Which form", "3"), ("without a password", "5"), ("fhir holds questionnaires", "3")
    )
    terminal = types(terminal, ("without a password", "1"))
    terminal.until("# For my therapist").until("It is not locked").until("Write it so?").types("")
    said = types(terminal, ("Which form", "3"), ("without a password", "1"), ("Write it so?", "y")).ends()

    assert said.code == 0
    assert "Password" not in said.said
    page = home / f"notes-{today():%Y-%m}.md"
    assert "Wczoraj my sister przyszła." in page.read_text(encoding="utf-8")
    assert noted("share", "--list", "--json").json["shares"][0]["form"] == "md"


@pytest.mark.parametrize("steps", [TO_NAMES[:2], TO_NAMES, TO_PREVIEW])
def test_stopped_anywhere_nothing_is_there(share: Open, home: Path, noted, steps) -> None:
    terminal = types(share(), *steps)
    said = terminal.until("\n> ").interrupts()

    assert said.code == 130
    assert list(home.glob("*.pdf")) == []
    assert noted("share", "--list", "--json").json == {"shares": []}


def test_choosing_nothing_leads_back_to_the_lines(share: Open) -> None:
    nothing = (("From which day", ""), ("Who is it for", ""), ("Which of these", "0"), ("What would you like", ""),
               ("What may go with it", ""), ("Which entries", ""))  # fmt: skip
    terminal = types(share(), *nothing)
    terminal.until("nothing was chosen").until("Which of these").types("q")

    assert terminal.ends().code == 0


def test_in_polish_every_question_is_polish(share: Open) -> None:
    terminal = share(JOURNAL_LANG="pl")
    steps = (
        ("Od którego dnia", ""), ("Dla kogo", ""), ("Które z nich", ""), ("Coś jeszcze", ""), ("Co może do tego", "1"),
        ("Które wpisy", "1 2"), ("tylko część", ""), ("Anna: co ma stać", "moja siostra"),
        ("Które z nich też", ""), ("Marek: co ma stać", ""), ("x cofnij", ""), ("e zmień wiersz", "q"),
    )  # fmt: skip
    said = types(terminal, *steps).ends()

    assert "Nic nie powstało" in said.said
    assert not re.search(r"\b(Enter:? (all|go)|Which|What|leave|Changed|numbers)\b", said.said)

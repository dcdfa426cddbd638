"""Questionnaires: answered from a form, kept as they were given, said with what a number can carry, and no more."""

import os
import signal
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from key_commands import Terminal, at_terminal
from shapes import BOXES, ESCAPE, ID, check_entry, newest_first, opened

from journal_cli.cli import measuring
from journal_cli.cli.desk import Desk
from journal_cli.packs.questionnaires import questionnaires

MEASURE = {"id", "name", "version", "items", "window", "last_at", "form", "coding"}
TAKEN = {"id", "name", "at", "answered", "items", "total", "band"}
SENTENCE = "A set of questions many people use. A number is not a diagnosis. Bring it to someone if it worries you."
CARD = {
    "en": (
        "Thank you for putting that down. Thoughts like this can be very heavy, and many people have them. "
        "You do not have to carry them alone. Nobody has been told; this stays here. "
        "1 my safety notes 2 numbers for Poland 3 my people 4 a line for my therapist Enter go on "
        "If you might act on these thoughts soon, please call 112 or 116 123 now."
    ),
    "pl": (
        "Dobrze, że to jest tu zapisane. Takie myśli bywają bardzo ciężkie i ma je wiele osób. "
        "Nie trzeba mierzyć się z nimi w pojedynkę. Nikt nie został powiadomiony; odpowiedź zostaje tutaj. "
        "1 moje notatki na trudny czas 2 numery dla: Polska 3 moje osoby 4 zdanie do terapeuty Enter dalej "
        "Jeśli możesz wkrótce zrobić sobie krzywdę, zadzwoń teraz: 112 albo 116 123."
    ),
}
THANKS = {language: card.partition(".")[0] for language, card in CARD.items()}
FORM = """
questionnaire = "gad-7"
language = "en"
intro = "Tick one box in each row."
items = ["Row one?", "Row two?", "Row three?", "Row four?", "Row five?", "Row six?", "Row seven?"]

[answers]
0 = "No box"
3 = "The last box"
"""


def lines_of(*answers: object) -> str:
    """Answers as a pipe gives them, one a line."""
    return "".join(f"{answer}\n" for answer in answers)


def check_taken(one) -> None:
    """Hold the answers of a questionnaire against what `measure take` promises of its JSON."""
    assert one.keys() == TAKEN
    assert ID.fullmatch(one["id"])
    assert datetime.fromisoformat(one["at"]).utcoffset() is not None
    assert one["answered"] == sum(answer is not None for answer in one["items"])
    assert (one["total"] is None) == (one["answered"] < len(one["items"]))
    assert one["band"] is None or one["band"].keys() == {"label", "source"}


def takes(journal, name: str, *answers: object, **more):
    """Take a questionnaire from a pipe."""
    said = journal("measure", "take", name, "--json", input=lines_of(*answers), **more)
    check_taken(said.json)
    return said


def plain(text: str) -> str:
    return " ".join(text.split())


def results(journal, name: str):
    return journal("measure", "show", name, "--json").json["results"]


# From a pipe


def test_a_whole_one_from_a_pipe_has_a_total_and_a_band_with_its_source(journal) -> None:
    said = takes(journal, "gad-7", 1, 2, 3, 0, 1, 2, 3)

    one = said.json
    assert (one["name"], one["items"], one["total"]) == ("gad-7", [1, 2, 3, 0, 1, 2, 3], 1 + 2 + 3 + 0 + 1 + 2 + 3)
    band = questionnaires("en")["gad-7"].band(12)
    assert one["band"] == {"label": band.label, "source": band.source}
    assert plain(said.stderr).count(SENTENCE) == 1
    assert "Medicines: do not stop or change one because of a score here." in plain(said.stderr)


@pytest.mark.parametrize("name", list(questionnaires("en")))
def test_every_questionnaire_can_be_taken_to_its_end_from_a_pipe(journal, name) -> None:
    measure = questionnaires("en")[name]
    first = [len(measure.items)] if measure.tender else []

    one = takes(journal, name, *first, *(item.most for item in measure.items)).json

    points = [item.least if item.reversed else item.most for item in measure.items]
    expected = sum(points) / len(points) if measure.scoring.value == "mean" else sum(points) * measure.factor
    assert one["total"] == pytest.approx(expected)


def test_an_item_left_out_leaves_no_total(journal) -> None:
    one = takes(journal, "gad-7", 1, "", 3, ":s", 1, 2, 3).json

    assert one["items"] == [1, None, 3, None, 1, 2, 3]
    assert (one["answered"], one["total"], one["band"]) == (5, None, None)
    assert "GAD-7: 5 of 7 answered, no total" in journal("measure", "take", "gad-7", input="1\n\n3\n\n1\n2\n3\n").stdout


@pytest.mark.parametrize("end", ["", ":q\n", ":p\n"])
def test_what_was_answered_before_it_ended_is_kept(journal, end) -> None:
    said = journal("measure", "take", "gad-7", "--json", input=f"1\n2\n{end}")

    check_taken(said.json)
    assert said.json["items"] == [1, 2, None, None, None, None, None]
    assert [one["answered"] for one in results(journal, "gad-7")] == [2]


@pytest.mark.parametrize("given", ["", ":q\n", "\n\n\n\n\n\n\n"])
def test_nothing_answered_keeps_nothing(journal, given) -> None:
    said = journal("measure", "take", "gad-7", "--json", input=given, code=24)

    assert said.stdout == ""
    assert results(journal, "gad-7") == []


@pytest.mark.parametrize("wrong", ["4", "-1", "two", "1 1", "\u0663", "b"])
def test_an_answer_that_is_none_names_item_and_line_and_keeps_nothing(journal, wrong) -> None:
    said = journal("measure", "take", "gad-7", input=f"1\n{wrong}\n", code=2)

    assert "line 2, item 2: a number from 0 to 3, please" in said.stderr
    polish = journal("measure", "take", "phq-9", input=f"8\n1\n1\n{wrong}\n", code=2, JOURNAL_LANG="pl")
    assert "wiersz 4, pozycja 3: tu pasuje liczba od 0 do 3" in polish.stderr
    assert results(journal, "gad-7") == []


@pytest.mark.parametrize("name", ["PHQ-9", "phq9", "Phq 9"])
def test_a_name_is_found_however_it_is_typed(journal, name) -> None:
    assert journal("measure", "show", name, "--json").json["id"] == "phq-9"


def test_a_name_that_is_none_is_answered_with_the_nearest(journal) -> None:
    assert "did you mean swls?" in journal("measure", "take", "swlz", code=20).stderr
    assert "journal measure list" in journal("measure", "show", "horoscope", code=20).stderr


def test_a_journal_that_cannot_be_written_to_says_so_before_the_first_item(journal) -> None:
    file = journal.folder / "journal.db"
    older = file.read_bytes()
    takes(journal, "gad-7", *[1] * 7)
    file.write_bytes(older)

    said = journal("measure", "take", "gad-7", input=lines_of(*[1] * 7), code=13)

    assert "Item 1" not in said.stderr


# When


def test_a_form_filled_on_paper_is_kept_on_its_day(journal) -> None:
    one = takes(journal, "gad-7", *[1] * 7)
    said = journal("measure", "take", "gad-7", "--at", "2026-11-03 09:30", "--json", input=lines_of(*[2] * 7))

    assert said.json["at"] == "2026-11-03T09:30:00+01:00"
    listed = results(journal, "gad-7")
    assert [there["id"] for there in listed] == [one.json["id"], said.json["id"]]
    assert newest_first([there["at"] for there in listed])
    journal("measure", "take", "gad-7", "--at", "2027-01-01", input=lines_of(*[2] * 7), code=2)


def test_taken_again_within_its_days_it_says_so_and_a_pipe_goes_on(journal) -> None:
    takes(journal, "gad-7", *[1] * 7)
    journal.clock.now += timedelta(days=6)

    again = takes(journal, "gad-7", *[1] * 7)
    journal.clock.now += timedelta(days=7)
    later = takes(journal, "gad-7", *[1] * 7)

    assert "You answered it on 24 November." in plain(again.stderr)
    assert "You answered it" not in plain(later.stderr)


def test_with_and_without_its_last_question_it_is_one_questionnaire_to_the_days_between(journal) -> None:
    takes(journal, "phq-8", *[1] * 8)

    assert "You answered it on 24 November." in plain(takes(journal, "phq-9", 9, *[0] * 9).stderr)


def test_a_result_in_the_trash_is_neither_compared_nor_listed_and_comes_back(journal) -> None:
    first = takes(journal, "gad-7", *[3] * 7).json["id"]
    journal.clock.now += timedelta(days=14)

    journal("delete", first, "--yes")
    assert results(journal, "gad-7") == []
    alone = journal("measure", "take", "gad-7", input=lines_of(*[1] * 7)).stdout
    journal("trash", "restore", first)
    journal.clock.now += timedelta(days=14)
    beside = journal("measure", "take", "gad-7", input=lines_of(*[2] * 7)).stdout

    assert plain(alone) == "GAD-7: 7 of 21"
    assert "From 7 to 14." in beside
    assert first in [one["id"] for one in results(journal, "gad-7")]


# What a change can carry


def test_a_change_within_the_wobble_may_be_noise_and_one_beyond_is_more(journal) -> None:
    journal("measure", "take", "phq-9", input=lines_of(9, 2, 2, 2, 2, 2, 1, 1, 1, 0))
    journal.clock.now += timedelta(days=14)
    second = journal("measure", "take", "phq-9", input=lines_of(9, 1, 1, 1, 1, 1, 1, 2, 1, 0)).stdout
    journal.clock.now += timedelta(days=14)
    third = journal("measure", "take", "phq-9", input=lines_of(9, 3, 3, 3, 3, 3, 0, 0, 0, 0)).stdout

    noise = "From 13 to 9. Scores move by about 5 without anything changing, so this may be noise."
    assert plain(second) == f"PHQ-9: 9 of 27 {noise} The time before was on 24 November."
    more = "From 9 to 15. That is more than the usual wobble of about 5 points."
    assert plain(third) == f"PHQ-9: 15 of 27 {more} The time before was on 8 December."


def test_nothing_is_said_of_a_change_where_no_figure_is_settled(journal) -> None:
    assert questionnaires("en")["swls"].wobble is None
    journal("measure", "take", "swls", input=lines_of(*[4] * 5))
    journal.clock.now += timedelta(days=14)

    said = plain(journal("measure", "take", "swls", input=lines_of(*[7] * 5)).stdout)

    assert said == "SWLS: 35, in a range from 5 to 35 From 20 to 35. The time before was on 24 November."


def test_two_languages_are_two_lines(journal) -> None:
    takes(journal, "gad-7", *[3] * 7)
    journal.clock.now += timedelta(days=14)

    polish = journal("measure", "take", "gad-7", input=lines_of(*[1] * 7), JOURNAL_LANG="pl").stdout
    journal.clock.now += timedelta(days=14)
    english = journal("measure", "take", "gad-7", input=lines_of(*[2] * 7)).stdout

    assert plain(polish) == "GAD-7: 7 z 21"
    assert "From 21 to 14." in english
    assert [one["language"] for one in results(journal, "gad-7")] == ["en", "pl", "en"]


def test_with_and_without_its_last_question_are_never_compared(journal) -> None:
    takes(journal, "phq-9", 9, *[3] * 9)
    journal.clock.now += timedelta(days=14)

    said = journal("measure", "take", "phq-9", input=lines_of(8, *[0] * 8)).stdout

    assert plain(said) == "PHQ-8: 0 of 24"


def test_a_half_filled_one_is_never_compared(journal) -> None:
    takes(journal, "gad-7", *[3] * 7)
    journal.clock.now += timedelta(days=14)
    assert plain(journal("measure", "take", "gad-7", input="1\n2\n").stdout) == "GAD-7: 2 of 7 answered, no total"
    journal.clock.now += timedelta(days=14)

    assert "From 21 to 7." in journal("measure", "take", "gad-7", input=lines_of(*[1] * 7)).stdout


def test_an_earlier_form_is_set_beside_what_came_before_it(journal) -> None:
    for day, answer in (("2026-09-01", 3), ("2026-11-01", 1)):
        journal("measure", "take", "gad-7", "--at", day, input=lines_of(*[answer] * 7))

    said = journal("measure", "take", "gad-7", "--at", "2026-10-01", input=lines_of(*[2] * 7)).stdout

    assert "From 21 to 14." in said


def test_names_of_ranges_are_said_to_who_asks_for_them(journal) -> None:
    quiet = journal("measure", "take", "gad-7", input=lines_of(*[2] * 7)).stdout
    asked = journal("measure", "take", "gad-7", "--bands", input=lines_of(*[2] * 7)).stdout

    measure = questionnaires("en")["gad-7"]
    assert not [band.label for band in measure.bands if band.label in quiet]
    assert f"which is called {measure.band(14).label} ({measure.band(14).source})" in plain(asked)


# The ninth question, from a pipe


def test_it_is_said_first_what_question_nine_is_about(journal) -> None:
    said = plain(takes(journal, "phq-9", 9, *[0] * 9).stderr)

    told = "Question 9 asks about thoughts of death or of hurting oneself. Your answer stays on this computer."
    assert said.index(told) < said.index("Item 1 of 9")
    assert "9 all of them · 8 without it (PHQ-8) · 0 or Enter not today" in said


def test_eight_takes_it_without_the_ninth(journal) -> None:
    said = takes(journal, "phq-9", 8, *[3] * 8)

    assert (said.json["name"], said.json["total"]) == ("phq-8", 24)
    assert THANKS["en"] not in plain(said.stderr)
    assert (len(results(journal, "phq-8")), results(journal, "phq-9")) == (1, [])


@pytest.mark.parametrize("line", ["0", "", ":s"])
def test_not_today_is_an_answer_and_keeps_nothing(journal, line) -> None:
    said = journal("measure", "take", "phq-9", "--json", input=f"{line}\n")

    empty = {"id": None, "name": "phq-9", "at": None, "answered": 0, "items": [None] * 9, "total": None, "band": None}
    assert said.json == empty
    assert "Not now is a good answer too." in said.stderr
    assert results(journal, "phq-9") == []


def test_another_first_line_is_refused(journal) -> None:
    said = journal("measure", "take", "phq-9", input="7\n", code=2)

    assert "line 1, which items: one of these, please: 9 8 0" in said.stderr
    journal("measure", "take", "phq-9", input="", code=24)


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_any_answer_above_zero_says_the_card_once_and_asks_nothing(journal, answer) -> None:
    said = takes(journal, "phq-9", 9, *[0] * 8, answer, JOURNAL_COUNTRY="PL")

    talk = plain(said.stderr)
    assert talk.count(THANKS["en"]) == 1
    assert "please call 112 or 116 123 now." in talk
    assert said.json["total"] == answer


@pytest.mark.parametrize("last", [0, ""])
def test_zero_or_nothing_shows_no_card(journal, last) -> None:
    assert THANKS["en"] not in plain(takes(journal, "phq-9", 9, *[3] * 8, last).stderr)


@pytest.mark.parametrize("name", [one for one in questionnaires("en") if one != "phq-9"])
def test_no_other_questionnaire_shows_the_card(journal, name) -> None:
    highest = [item.most for item in questionnaires("en")[name].items]

    assert THANKS["en"] not in plain(takes(journal, name, *highest).stderr)


# At a terminal


@pytest.fixture
def person(journal, tmp_path):
    """Somebody at a terminal."""

    def begin(*args: str, **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        known = {"JOURNAL_PASSPHRASE_COMMAND": secret, "COLUMNS": "80", **env}
        return at_terminal(journal.folder, tmp_path, "measure", *args, **known)

    return begin


def answers(terminal: Terminal, *given: object) -> Terminal:
    for one in given:
        terminal.until("> ").types(str(one))
    return terminal


def test_item_by_item_at_a_terminal_with_one_taken_back(journal, person) -> None:
    terminal = answers(person("take", "gad-7"), 1, 2, "b", 0, 3)
    answers(terminal.until("Item 4 of 7"), 9)
    answers(terminal.until("a number from 0 to 3, please"), 1, "", 1, 1)

    terminal.until("GAD-7: 6 of 7 answered, no total").ends()

    assert terminal.code == 0
    assert results(journal, "gad-7")[0]["answered"] == 6
    assert [terminal.said.count(f"Item {place} of 7") for place in range(1, 8)] == [1, 2, 2, 1, 1, 1, 1]


def test_a_key_after_the_result_shows_what_was_published(person) -> None:
    terminal = answers(person("take", "gad-7"), *[1] * 7).until("GAD-7: 7 of 21").until("> ").types("b")

    terminal.until("7 lies in the range from 5 to 9").ends()

    assert terminal.code == 0


def test_who_asked_for_published_names_beforehand_is_not_asked_again(person) -> None:
    terminal = answers(person("take", "gad-7", "--bands"), *[1] * 7).until("7 lies in the range from 5 to 9").ends()

    assert terminal.code == 0
    assert "Enter done" not in terminal.said


def test_stopping_in_the_middle_keeps_what_was_answered(journal, person) -> None:
    terminal = answers(person("take", "gad-7"), 1, 2, ":q").until("Stopped here").until("2 of 7 answered").ends()

    assert terminal.code == 0
    assert [one["answered"] for one in results(journal, "gad-7")] == [2]


def test_ctrl_c_in_the_middle_keeps_what_was_answered(journal, person) -> None:
    terminal = answers(person("take", "gad-7"), 1, 2).until("Item 3 of 7").until("> ").interrupts()

    assert terminal.code == 130
    assert [one["answered"] for one in results(journal, "gad-7")] == [2]


def test_what_is_made_for_a_clinicians_eyes_says_so_and_can_wait(journal, person) -> None:
    terminal = person("take", "pcl-5").until("together with a clinician").until("Go on?").until("> ").types("n")

    assert terminal.until("Not now is a good answer too.").ends().code == 0
    assert results(journal, "pcl-5") == []
    answers(person("take", "pcl-5").until("Go on?"), "", 1, ":q").until("1 of 20 answered").ends()


def test_taken_again_within_its_days_somebody_is_asked(journal, person) -> None:
    answers(person("take", "gad-7"), *[1] * 7, "").ends()

    terminal = person("take", "gad-7").until("Take it anyway?").until("> ").types("n").until("Not now").ends()

    assert terminal.code == 0
    assert len(results(journal, "gad-7")) == 1
    answers(person("take", "gad-7").until("Take it anyway?"), "y", *[2] * 7, "").ends()
    assert len(results(journal, "gad-7")) == 2


@pytest.mark.parametrize(("language", "end"), [("en", "go on"), ("pl", "dalej")])
def test_the_card_comes_at_once_word_for_word_and_goes_with_enter(journal, person, language, end) -> None:
    terminal = answers(person("take", "phq-9", JOURNAL_LANG=language, JOURNAL_COUNTRY="PL"), 9, *[0] * 8, 2)

    terminal.until(f"Enter {end}").until("> ").types("").until("PHQ-9: 2").until("> ").types("").ends()

    said = plain(terminal.said)
    assert said.count(CARD[language]) == 1
    assert said.count(THANKS[language]) == 1
    assert said.index(THANKS[language]) < said.index("PHQ-9: 2")
    assert ESCAPE not in terminal.said
    assert terminal.code == 0
    assert results(journal, "phq-9")[0]["total"] == 2


def test_the_keys_of_the_card_show_notes_numbers_and_people_and_keep_a_line(journal, person) -> None:
    for number in range(4):
        journal("write", input=f"Note {number}: the blue blanket. #safety")
    journal("write", input="Call Ola first. #moje-osoby")
    terminal = answers(person("take", "phq-9", JOURNAL_COUNTRY="PL"), 9, *[0] * 8, 1).until("Enter go on")

    terminal.until("> ").types("1").until("Note 3: the blue blanket.").until("Note 1: the").until("Enter go on")
    terminal.until("> ").types("2").until("Adults in emotional crisis: 116 123").until("Enter go on")
    terminal.until("> ").types("3").until("Call Ola first.").until("Enter go on")
    terminal.until("> ").types("4").until("A line for your therapist").until("> ").types("The nights are long.")
    terminal.until("It goes nowhere by itself.").until("> ").types("").until("PHQ-9: 1 of 27").until("> ").types("")
    terminal.ends()

    assert terminal.code == 0
    assert "Note 0" not in terminal.said
    assert plain(terminal.said).count(THANKS["en"]) == 1
    (line,) = journal("list", "--tag", "therapist", "--json").json["entries"]
    check_entry(line)
    assert line["title"] == "A line for my therapist"
    assert "The nights are long." in journal("show", line["id"]).stdout


def test_where_there_are_no_notes_some_can_be_written_now(journal, person) -> None:
    terminal = answers(person("take", "phq-9", JOURNAL_LANG="pl"), 9, *[0] * 8, 1).until("numery dla mojego kraju")

    terminal.until("> ").types("1").until("#na-trudny-czas").until("Napisać teraz").until("> ").types("t")
    terminal.until("> ").types("Herbata.").until("> ").types("Telefon do Oli.").until("> ").types(".")
    terminal.until("Odtąd stoi pod tym klawiszem.").until("> ").types("1").until("Herbata.").until("Telefon do Oli.")
    terminal.until("> ").types("").until("PHQ-9: 1 z 27").until("> ").types("").ends()

    assert terminal.code == 0
    (note,) = journal("list", "--tag", "na-trudny-czas", "--json").json["entries"]
    assert note["tags"] == ["na-trudny-czas"]


def test_what_is_written_at_the_card_and_the_answers_outlive_ctrl_c(journal, person) -> None:
    terminal = answers(person("take", "phq-9"), 9, *[0] * 8, 1).until("Enter go on")

    terminal.until("> ").types("1").until("for it now?").until("> ").types("y")
    terminal.until("> ").types("The blue blanket.").until("> ").interrupts()

    assert terminal.code == 130
    (note,) = journal("list", "--tag", "safety", "--json").json["entries"]
    assert "The blue blanket." in journal("show", note["id"]).stdout
    assert results(journal, "phq-9")[0]["total"] == 1
    with opened(journal) as database:
        assert database.one("SELECT count(*) FROM draft") == (0,)


def test_a_note_at_the_card_is_a_draft_while_it_is_typed(journal, person) -> None:
    terminal = answers(person("take", "phq-9"), 9, *[0] * 8, 1).until("Enter go on")
    terminal.until("> ").types("1").until("for it now?").until("> ").types("y")
    terminal.until("> ").types("The blue blanket.").until("> ").types("More of it.").until("> ")

    os.kill(terminal.process, signal.SIGKILL)
    terminal.ends()

    with opened(journal) as database:
        (text,) = database.one("SELECT text FROM draft")
    assert text.startswith("The blue blanket.")


def test_leaving_in_the_middle_of_a_key_comes_back_to_the_card(journal, person) -> None:
    terminal = answers(person("take", "phq-9"), 9, *[0] * 8, 1).until("Enter go on")

    terminal.until("> ").types("4").until("as it comes").until("> ").types(":q").until("4 a line").until("> ").types(
        "3"
    )
    terminal.until("nothing about your people yet").until("> ").types("").until("4 a line").until("> ").types("q")
    terminal.until("PHQ-9: 1 of 27").until("> ").types("").ends()

    assert terminal.code == 0
    assert journal("list", "--json").json["total"] == 0
    assert results(journal, "phq-9")[0]["total"] == 1


class Typed:
    """Somebody whose keys are known beforehand."""

    is_person = True

    def __init__(self, *keys: str) -> None:
        self.keys = list(keys)
        self.asked: list[str] = []

    def ask(self, question):
        self.asked.append(question.name)
        return question.read(self.keys.pop(0))


def test_going_back_past_a_tender_item_and_answering_anew_shows_the_card_no_second_time(no_journal) -> None:
    """In the PHQ-9 it is the last one; here it is the second, so that somebody can come back to it."""
    measure = replace(questionnaires("en")["phq-9"], tender=2)
    desk, typed = Desk(folder=no_journal.folder), Typed("1", "2", "", "b", "3", *"1111111")
    desk.__dict__ |= {"is_person": True, "asker": typed}
    given: list[int | None] = [None] * 9

    measuring.fill(desk, measuring.Taking(measure, None, "en"), given)

    assert given == [1, 3, 1, 1, 1, 1, 1, 1, 1]
    assert typed.asked == ["item", "item", "card", "item", "item", *["item"] * 7]


def test_at_a_terminal_zero_at_question_nine_shows_no_card(person) -> None:
    terminal = answers(person("take", "phq-9"), 9, *[3] * 8, 0).until("PHQ-9: 24 of 27").until("> ").types("").ends()

    assert THANKS["en"] not in plain(terminal.said)


# One's own form


@pytest.fixture
def form(tmp_path):
    file = tmp_path / "gad.toml"
    file.write_text(FORM, encoding="utf-8")
    return file


def test_an_added_form_is_shown_item_by_item(journal, form) -> None:
    added = journal("measure", "add", str(form), "--json").json
    assert added == {"questionnaire": "gad-7", "language": "en", "items": 7}

    said = plain(takes(journal, "gad-7", *[1] * 7).stderr)

    assert "Tick one box in each row." in said
    assert "Item 3 of 7," in said
    assert "Row three? 0 No box 3 The last box" in said
    assert "as your form words it" not in said


def test_the_language_of_an_added_form_is_the_language_of_its_answers(journal, form) -> None:
    form.write_text(FORM.replace('language = "en"', 'language = "de"'), encoding="utf-8")
    journal("measure", "add", str(form))

    takes(journal, "gad-7", *[1] * 7)

    assert results(journal, "gad-7")[0]["language"] == "de"
    listed = {one["id"]: one["form"] for one in journal("measure", "list", "--json").json["measures"]}
    assert (listed["gad-7"], listed["k6"]) == ("de", None)


@pytest.mark.parametrize("tender", [9, 2])
def test_a_form_is_read_without_its_tender_question_too(journal, form, monkeypatch, tender) -> None:
    there = questionnaires("en")
    there["phq-9"] = replace(there["phq-9"], tender=tender)
    monkeypatch.setattr(measuring, "questionnaires", lambda _: there)
    nine = ", ".join(f'"Row {number}?"' for number in range(1, 10))
    form.write_text(f'questionnaire = "phq-9"\nlanguage = "en"\nitems = [{nine}]\n', encoding="utf-8")
    journal("measure", "add", str(form))

    said = plain(takes(journal, "phq-9", 8, *[1] * 8).stderr)

    assert [number for number in range(1, 10) if f"Row {number}?" not in said] == [tender]


def test_a_form_takes_the_place_of_another_only_when_told_to(journal, form) -> None:
    journal("measure", "add", str(form))
    form.write_text(FORM.replace("Row one?", "First row?"), encoding="utf-8")

    for told in ((), ("--yes",)):
        assert "--replace" in journal("measure", "add", str(form), *told, code=17).stderr
    assert "Row one?" in takes(journal, "gad-7", *[1] * 7).stderr
    assert "takes the place" in plain(journal("measure", "add", str(form), "--replace").stderr)

    talk = takes(journal, "gad-7", *[1] * 7).stderr
    assert "First row?" in talk
    assert "Row one?" not in talk


def test_somebody_at_a_terminal_is_asked_before_a_form_is_kept(journal, person, form) -> None:
    no = person("add", str(form)).until("the wording of 7 items").until("Keep it?").until("> ").types("n").ends()
    assert no.code == 24
    assert journal("measure", "show", "gad-7", "--json").json["form"] is None

    yes = person("add", str(form)).until("Keep it?").until("> ").types("y").until("is added, 7 items").ends()
    assert yes.code == 0
    again = person("add", str(form)).until("takes the place").until("Keep it?").until("> ").types("").ends()
    assert again.code == 24
    assert journal("measure", "show", "gad-7", "--json").json["form"] == "en"


def test_a_file_that_is_no_form_is_refused_with_its_line(journal, form, tmp_path) -> None:
    form.write_text(FORM.replace(', "Row seven?"', ""), encoding="utf-8")
    said = journal("measure", "add", str(form), code=22)
    assert "gad.toml, line " in said.stderr

    journal("measure", "add", str(tmp_path), code=22)
    journal("measure", "add", str(tmp_path / "nowhere.toml"), code=15)
    form.write_bytes(b"# " + b"x" * 2**20)
    journal("measure", "add", str(form), code=22)
    assert journal("measure", "show", "gad-7", "--json").json["form"] is None


# What there is


def test_the_list_in_json(journal) -> None:
    before = journal("measure", "list", "--json").json["measures"]
    taken = takes(journal, "k10", *[1] * 10).json

    after = journal("measure", "list", "--json").json["measures"]

    assert [one["id"] for one in after] == list(questionnaires("en"))
    assert all(one.keys() == MEASURE for one in after)
    assert {one["last_at"] for one in before} == {None}
    assert {one["id"]: one["last_at"] for one in after if one["last_at"]} == {"k10": taken["at"]}
    assert next(one for one in after if one["id"] == "k10")["coding"]


def test_what_touches_something_hidden_is_left_out_of_the_list(journal) -> None:
    journal("settings", "hidden-notes", "self-harm-mentioned")

    listed = [one["id"] for one in journal("measure", "list", "--json").json["measures"]]

    assert "phq-9" not in listed
    assert "phq-8" in listed


def test_show_in_json_names_sources(journal) -> None:
    one = journal("measure", "show", "phq-9", "--json").json

    assert one.keys() == MEASURE | {"about", "source", "licence", "bands", "wobble", "results"}
    assert [(band["least"], band["most"]) for band in one["bands"]] == [(0, 4), (5, 9), (10, 14), (15, 19), (20, 27)]
    assert all(band["source"] for band in one["bands"])
    assert one["wobble"]["points"] == 5


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_nothing_is_wider_than_the_window_or_graded(journal, language, columns) -> None:
    env = {"JOURNAL_LANG": language, "COLUMNS": columns}
    takes(journal, "phq-9", 9, *[1] * 9, **env)
    said = [
        journal("measure", "list", **env),
        journal("measure", "show", "phq-9", **env),
        journal("measure", "show", "pcl-5", **env),
        journal("measure", "take", "phq-9", "--bands", input=lines_of(9, *[0] * 9), **env),
    ]

    for one in said:
        assert max(map(len, one.stdout.splitlines())) <= int(columns)
        assert not BOXES.search(one.stdout + one.stderr)
        assert ESCAPE not in one.stdout + one.stderr
        everything = (one.stdout + one.stderr).lower()
        assert not [word for word in ("better", "worse", "lepiej", "gorzej") if word in everything]

"""JSON, CSV and FHIR: what leaves for other programs, and nothing else."""

import csv
import io
import json
import uuid
from datetime import date
from functools import cache
from typing import Any

import pytest
from answered import FACTS, MEAN, PHQ, PHQ_CODES, all_of_it, full, result
from fhir.resources.R4B.bundle import Bundle
from hypothesis import example, given
from hypothesis import strategies as st
from leaving import FEELINGS, SINCE, UNTIL
from leaving import spoken as read_words

from journal_cli.errors import NothingToDo
from journal_cli.journal.mood import Mood
from journal_cli.journal.questionnaire import Item, Questionnaire
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.share.coarsen import coarsened
from journal_cli.share.compose import compose
from journal_cli.share.document import Document, Sat, Sittings
from journal_cli.share.forms import carried
from journal_cli.share.plan import Plan
from journal_cli.share.redact import texts
from journal_cli.share.to_csv import to_csv
from journal_cli.share.to_fhir import LOINC_NOTICE, to_fhir
from journal_cli.share.to_json import to_json

spoken = cache(read_words)

KEYS = {"talk_about", "mood", "words", "sittings", "limits", "goals", "measures", "entries"}
FORMULAS = (
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    " =1",
    "\n@x",
    "＝1",
)


def table(document: Document, language: str = "en") -> list[list[str]]:
    raw = to_csv(document, spoken(language))
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def bundle(document: Document, language: str = "en") -> dict[str, Any]:
    raw = to_fhir(document, spoken(language))
    Bundle.model_validate_json(raw)
    return json.loads(raw)


def shared(*results: Any, withhold: tuple[str, ...] = (), facts: dict[str, Questionnaire] = FACTS) -> Document:
    plan = Plan("fhir", blocks=("measures",), withhold=withhold)
    return compose(plan, (), full(results=results, facts=facts), spoken(), FEELINGS)


def test_json_holds_what_was_chosen_and_nothing_else() -> None:
    document = all_of_it()
    said = json.loads(to_json(document))

    assert set(said) == {"format", "version", "language", "title", "since", "until"} | KEYS
    assert (said["since"], said["until"], said["language"]) == ("2026-10-27", "2026-11-23", "en")
    assert said["talk_about"] == ["The call."]
    assert said["limits"] == [{"text": "I leave at four.", "kept": 2, "partly": 0, "crossed": 1}]
    assert said["goals"][0]["last"] == {"day": "2026-11-23", "value": 5}
    assert said["sittings"][0]["before"] == {"pleasant": -1, "cant_tell": False}
    assert [one["total"] for one in said["measures"]] == [pytest.approx(10 / 3), 9]
    assert said["measures"][1]["before"] == {"day": "2026-10-23", "total": 13}
    assert said["entries"][0]["answers"] == [{"question": "And then?", "answer": "No."}]
    assert [week["times"] for week in said["mood"]["weeks"]] == [1, 0, 0, 0, 2]
    assert "7k2m9qxa" not in to_json(document).decode()
    assert "res0000" not in to_json(document).decode()


def test_every_text_of_a_document_is_in_its_json() -> None:
    document = all_of_it("pl", withhold=("phq-9/9",))

    def strings(thing: object) -> set[str]:
        if isinstance(thing, dict):
            return {one for value in thing.values() for one in strings(value)}
        if isinstance(thing, list):
            return {one for value in thing for one in strings(value)}
        return {thing} if isinstance(thing, str) else set()

    assert {text for text in texts(document) if text} <= strings(json.loads(to_json(document)))


@pytest.mark.parametrize("name", sorted(KEYS - {"talk_about", "entries"}))
def test_a_block_that_was_not_chosen_is_no_key(name: str) -> None:
    said = json.loads(to_json(all_of_it(blocks=(name,), talk_about=(), entries=())))

    assert KEYS & set(said) == {name}
    assert name not in said["left_out"]["blocks"]


def test_days_told_roughly_are_so_in_json_and_csv_and_no_time_in_fhir() -> None:
    document = coarsened(all_of_it(), SINCE, spoken())

    for written in (to_json(document), to_csv(document, spoken()), to_fhir(document, spoken())):
        assert b"2026" not in written
        assert b"week " in written
    resources = [one["resource"] for one in bundle(document)["entry"]]
    assert not any({"authored", "effectiveDateTime"} & set(one) for one in resources)


def test_csv_holds_each_number_once_and_no_other_text() -> None:
    rows = table(all_of_it())

    assert {len(row) for row in rows} == {5}
    assert ["Limits I practised", "", "I leave at four.", "Kept", "2"] in rows
    assert ["My goals", "2026-11-23", "Say no plainly.", "Latest", "5"] in rows
    assert ["Sittings", "2026-11-23", "Answering the critic", "Pleasant before", "-1"] in rows
    assert ["Mood", "2026-10-26", "Week of", "Pleasant, lowest", "-2"] in rows
    assert ["Questionnaires", "2026-11-20", "PHQ-9", "Total", "9"] in rows
    assert ["Questionnaires", "2026-10-23", "PHQ-9", "Total", "13"] in rows
    assert ["Questionnaires", "2026-11-21", "BRS", "Total", "3.33"] in rows
    assert ["Words that came", "", "spięcie", "Times", "2"] in rows
    assert len({tuple(row[:4]) for row in rows}) == len(rows)
    assert all(float(row[4]) == float(row[4]) for row in rows[1:])
    assert not [
        text for text in ("The call.", "I said no.", "Sunday") if text in to_csv(all_of_it(), spoken()).decode()
    ]


def test_csv_withholds_too() -> None:
    rows = [row for row in table(all_of_it(withhold=("phq-9/9",))) if row[2] == "PHQ-9"]

    assert {row[3] for row in rows} == {f"{n} about {n}" for n in range(1, 9)}


@given(st.text(min_size=1, max_size=20))
@example("-1\u202e")
@example("'=1")
def test_no_cell_of_text_is_reckoned_with_and_each_says_what_was_written(text: str) -> None:
    titles = (text, *(formula + text for formula in FORMULAS))
    rows_of_sittings = tuple(Sat(SINCE, one, Mood(-1), None) for one in titles)
    document = Document("en", "t", SINCE, UNTIL, (Sittings(rows_of_sittings),))

    rows = table(document)[1:]
    assert [row[4] for row in rows] == ["-1"] * len(titles)
    for row, title in zip(rows, titles, strict=True):
        assert not row[2].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"))
        assert all(sign in row[2] for sign in title if sign.isalnum())


def test_fhir_is_read_by_a_program_that_knows_it() -> None:
    said = bundle(all_of_it())
    brs, phq, total = by_name(said)

    assert (said["resourceType"], said["type"]) == ("Bundle", "collection")
    assert [item["linkId"] for item in phq["item"]] == list(PHQ_CODES)
    codes = [item["answer"][0]["valueCoding"]["code"] for item in phq["item"]]
    assert codes == [
        {0: "LA6568-5", 1: "LA6569-3", 2: "LA6570-1", 3: "LA6571-9"}[answer] for answer in (1, 1, 2, 1, 1, 1, 1, 1, 0)
    ]
    assert (phq["status"], phq["authored"], phq["questionnaire"]) == (
        "completed",
        "2026-11-20",
        "http://loinc.org/q/44249-1",
    )
    assert [item["answer"] for item in brs["item"]] == [[{"valueInteger": n}] for n in (3, 4, 3)]
    assert [item["linkId"] for item in brs["item"]] == ["1", "2", "3"]
    assert total["code"] == {"coding": [{"system": "http://loinc.org", "code": "44261-6"}], "text": "PHQ-9"}
    assert (total["valueInteger"], total["status"], total["effectiveDateTime"]) == (9, "final", "2026-11-20")
    assert LOINC_NOTICE in {note["text"] for note in total["note"]}
    assert LOINC_NOTICE.split(" (")[0] in phq["text"]["div"]
    assert "LOINC" not in brs["text"]["div"]


def by_name(said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    resources = [one["resource"] for one in said["entry"]]
    responses = [one for one in resources if one["resourceType"] == "QuestionnaireResponse"]
    (brs,) = (one for one in responses if "BRS" in one["text"]["div"])
    (phq,) = (one for one in responses if "PHQ-9" in one["text"]["div"])
    (total,) = (one for one in resources if one["resourceType"] == "Observation" and one["code"]["text"] == "PHQ-9")
    return brs, phq, total


def test_fhir_derives_a_total_from_its_answers_and_names_nobody() -> None:
    said = bundle(all_of_it())
    urls = {one["fullUrl"]: one["resource"]["resourceType"] for one in said["entry"]}

    for one in said["entry"]:
        if one["resource"]["resourceType"] == "Observation":
            assert urls[one["resource"]["derivedFrom"][0]["reference"]] == "QuestionnaireResponse"
    assert len(urls) == 4
    assert all(uuid.UUID(url.removeprefix("urn:uuid:")) for url in urls)
    assert not [
        key for one in said["entry"] for key in ("id", "subject", "author", "performer") if key in one["resource"]
    ]
    assert "res0000" not in json.dumps(said)
    assert to_fhir(all_of_it(), spoken()) == to_fhir(all_of_it(), spoken())


def test_a_mean_is_a_quantity() -> None:
    said = bundle(all_of_it())

    assert [one["resource"]["valueQuantity"] for one in said["entry"] if "valueQuantity" in one["resource"]] == [
        {"value": 3.33}
    ]


@pytest.mark.parametrize("answers, withhold, told", [
    ((1, 1, 2, 1, 1, 1, 1, 1, 0), ("phq-9/9",), "Withheld by me: no. 9."),
    ((1, 1, 2, 1, 1, 1, 1, 1, None), (), "Not answered: no. 9."),
])  # fmt: skip
def test_what_is_missing_is_absent_is_said_and_leaves_no_total(
    answers: tuple[int | None, ...], withhold: tuple[str, ...], told: str
) -> None:
    said = bundle(shared(result("res00001", UNTIL, answers), withhold=withhold))
    (phq,) = (one["resource"] for one in said["entry"])

    assert [item["linkId"] for item in phq["item"]] == list(PHQ_CODES[:8])
    assert told in phq["text"]["div"]


def test_a_form_of_which_nothing_was_answered_is_no_broken_fhir() -> None:
    (phq,) = (one["resource"] for one in bundle(shared(result("res00001", UNTIL, (None,) * 9)))["entry"])

    assert "item" not in phq


def test_a_label_with_signs_of_html_stays_a_label() -> None:
    odd = Questionnaire("odd", "<b>&", "1", "a", "w", (Item("<script>", 0, 200),), "s")
    said = bundle(shared(result("a", UNTIL, (150,), odd), facts={"odd": odd}))

    assert "&lt;b&gt;&amp;" in said["entry"][0]["resource"]["text"]["div"]
    assert said["entry"][0]["resource"]["item"][0]["answer"] == [{"valueInteger": 150}]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_questionnaire_there_is_becomes_fhir_that_is_read(language: str) -> None:
    facts = questionnaires(language)
    results = [
        result(f"r{number}", date(2026, 11, 1 + number), tuple(item.least for item in one.items), one)
        for number, one in enumerate(facts.values())
    ]
    said = bundle(shared(*results, facts=facts), language)

    assert len(said["entry"]) == 2 * len(facts)


@pytest.mark.parametrize("form", ["csv", "fhir"])
def test_a_form_that_would_be_empty_is_not_made(form: str) -> None:
    with pytest.raises(NothingToDo, match=form):
        carried(all_of_it(blocks=()), form, spoken())


def test_forms_hold_only_what_they_can() -> None:
    whole = all_of_it()

    assert len(carried(whole, "fhir", spoken()).blocks) == 1
    assert len(carried(whole, "csv", spoken()).blocks) == 6
    assert all(carried(whole, form, spoken()) is whole for form in ("pdf", "html", "md", "txt", "json"))
    assert MEAN.id in {row.id for row in carried(whole, "fhir", spoken()).blocks[0].rows}
    assert PHQ.loinc.encode() in to_fhir(whole, spoken())

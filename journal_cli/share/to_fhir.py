"""
Questionnaires of a document as FHIR, for a program that keeps records of care: R4, one Bundle.

A QuestionnaireResponse for each questionnaire, and an Observation for its total where every item was
answered and none is withheld. No subject, no author, no time of day and no id of ours: the ids are
made of what is in the resource, so that two runs give the same file. Codes are LOINC's where LOINC
has them, and there are no others.
"""

import json
import uuid
from html import escape
from typing import Any

from journal_cli.journal.words import Words
from journal_cli.share.document import Document, ItemRow, MeasureRow, Measures, Roughly, as_written

Json = dict[str, Any]

LOINC = "http://loinc.org"
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and "
    "the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)

# The answers of the PHQ and the GAD, from 0.
_ANSWERS = (
    ("LA6568-5", "Not at all"),
    ("LA6569-3", "Several days"),
    ("LA6570-1", "More than half the days"),
    ("LA6571-9", "Nearly every day"),
)
_ANSWERED_SO = {"44249-1", "69737-5"}  # panels of LOINC whose answers those are
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_SHOWN = "http://hl7.org/fhir/StructureDefinition/display"
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_XHTML = "http://www.w3.org/1999/xhtml"


def to_fhir(document: Document, words: Words) -> bytes:
    """
    Write the questionnaires of a document as a FHIR R4 Bundle, in JSON, in UTF-8.

    Args:
        document: What leaves; everything but questionnaires is passed over.
        words: The language of the page.
    """
    entries: list[Json] = []
    for block in document.blocks:
        for row in block.rows if isinstance(block, Measures) else ():
            entries += _entries(row, words)
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return (json.dumps(bundle, ensure_ascii=False, indent=2) + "\n").encode()


def has_questionnaires(document: Document) -> bool:
    """Tell whether a document has a questionnaire to write."""
    return any(isinstance(block, Measures) and block.rows for block in document.blocks)


def _entries(row: MeasureRow, words: Words) -> list[Json]:
    response = _entry(_response(row, words))
    if row.total is None:
        return [response]
    return [response, _entry(_observation(row, row.total, words, response["fullUrl"]))]


def _entry(resource: Json) -> Json:
    content = json.dumps(resource, ensure_ascii=False, sort_keys=True)
    return {"fullUrl": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}", "resource": resource}


def _response(row: MeasureRow, words: Words) -> Json:
    items = [_item(item, row) for item in row.items if item.answer is not None]
    return {
        "resourceType": "QuestionnaireResponse",
        "language": words.language,
        "text": _narrative(row, words),
        **_questionnaire(row),
        "status": "completed",
        **_when("authored", row),
        **({"item": items} if items else {}),
    }


def _questionnaire(row: MeasureRow) -> Json:
    """Name the questionnaire: by its panel in LOINC, and always by its name."""
    named = {"_questionnaire": {"extension": [{"url": _SHOWN, "valueString": row.name}]}}
    return {"questionnaire": f"{LOINC}/q/{row.loinc}", **named} if row.loinc else named


def _item(item: ItemRow, row: MeasureRow) -> Json:
    said: Json = {"linkId": item.loinc or str(item.number)}
    if item.label:
        said["text"] = item.label
    return {**said, "answer": [_answer(item.answer or 0, row)]}


def _answer(answer: int, row: MeasureRow) -> Json:
    if row.loinc not in _ANSWERED_SO or not 0 <= answer < len(_ANSWERS):
        return {"valueInteger": answer}
    code, display = _ANSWERS[answer]
    ordinal = {"url": _ORDINAL, "valueDecimal": answer}
    return {"valueCoding": {"extension": [ordinal], "system": LOINC, "code": code, "display": display}}


def _observation(row: MeasureRow, total: float, words: Words, response: str) -> Json:
    coding = {"coding": [{"system": LOINC, "code": row.loinc_total}]} if row.loinc_total else {}
    whole = total == int(total)
    notes = [_published(row, words)] if row.band else []
    notes += [LOINC_NOTICE] if row.loinc_total else []
    return {
        "resourceType": "Observation",
        "language": words.language,
        "status": "final",
        "category": [{"coding": [{"system": _CATEGORY, "code": "survey"}]}],
        "code": {**coding, "text": row.name},
        **_when("effectiveDateTime", row),
        **({"valueInteger": int(total)} if whole else {"valueQuantity": {"value": round(total, 2)}}),
        **({"note": [{"text": text} for text in notes]} if notes else {}),
        "derivedFrom": [{"reference": response}],
    }


def _when(key: str, row: MeasureRow) -> Json:
    """Give the day; nothing where dates do not leave, since a week of ours is no time of FHIR."""
    return {} if isinstance(row.day, Roughly) else {key: row.day.isoformat()}


def _narrative(row: MeasureRow, words: Words) -> Json:
    """Say what a reader must know and no element holds: what is missing and why, and whose codes these are."""
    lines = [f"{row.name}, {as_written(row.day)}"]
    left = [item.number for item in row.items if item.answer is None and not item.withheld]
    for name, numbers in (("items_withheld", row.withheld), ("items_left", left)):
        if numbers:
            lines.append(words(f"share.{name}", items=", ".join(map(str, numbers))))
    lines.append(words("share.promise"))
    lines += [LOINC_NOTICE] if row.loinc else []
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {"status": "additional", "div": f'<div xmlns="{_XHTML}" lang="{words.language}">{body}</div>'}


def _published(row: MeasureRow, words: Words) -> str:
    band = words("share.band", label=row.band, range=row.band_range)
    return f"{words('share.measure_band')}: {band}, {row.band_source}"

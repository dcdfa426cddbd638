"""
The wording of a questionnaire's form, as a file that a person adds: read, checked, and written again.

Published wording belongs to its form. The person has that, from a therapist or from its publisher, and may put it into
a file of their own so that questions can be read on the screen; it stays inside their journal.
"""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.questionnaire import Form, Questionnaire
from journal_cli.packs.pack import LANGUAGE
from journal_cli.packs.place import Place, nearest
from journal_cli.packs.source import open_source, shown
from journal_cli.packs.table import Table
from journal_cli.packs.writing import quoted

LARGEST = 65_536  # bytes
LONGEST_ITEM = 500  # characters; the longest form there can be is, written again, not larger than a form may be
KEYS = ("questionnaire", "language", "intro", "items", "answers")
ANSWER = re.compile(r"0|[1-9][0-9]{0,2}")


def read_form(raw: bytes, name: str, there: Mapping[str, Questionnaire]) -> Form:
    """
    Read a form's file, trusting none of it.

    Args:
        raw: The whole file.
        name: The file's name, for sentences about it.
        there: The questionnaires a form may be of, by id.

    Raises:
        NotWhatItSays: If it is larger than 64 KiB, no such file, of no questionnaire that is
            there, or does not fit it: another number of items, an answer it does not have. It
            names file and line.
    """
    if len(raw) > LARGEST:
        raise NotWhatItSays(
            "{file} is larger than a form may be", file=name, hint="up to 64 KiB; a form holds questions and no more"
        )
    source = open_source(raw, name)
    root = Table(Place(source), source.document)
    measure = _measure(root, there)
    _check_keys(root)
    return Form(
        questionnaire=measure.id,
        language=_language(root),
        items=_items(root, measure),
        answers=_answers(root, measure),
        intro=root.text("intro", ""),
    )


def form_toml(form: Form) -> str:
    """Write a form as the text of its file; `read_form` of it gives the form back."""
    head = [f"questionnaire = {quoted(form.questionnaire)}", f"language = {quoted(form.language)}"]
    if form.intro:
        head.append(f"intro = {quoted(form.intro)}")
    items = ["items = [", *(f"  {quoted(text)}," for text in form.items), "]"]
    answers = [f"{number} = {quoted(text)}" for number, text in sorted(form.answers.items())]
    return "\n".join([*head, *items, *(["", "[answers]", *answers] if answers else []), ""])


def _measure(root: Table, there: Mapping[str, Questionnaire]) -> Questionnaire:
    _check_there(root, "questionnaire", "phq-9")
    typed = root.line("questionnaire")
    measure = there.get(typed.lower())
    if measure is None:
        hint, near = nearest(typed.lower(), there)
        root.place.refuse(
            '{file}, line {line}: there is no questionnaire called "{value}"',
            key="questionnaire",
            value=typed,
            hint=hint or "it knows: {offered}",
            near=near,
            offered=", ".join(there),
        )
    return measure


def _check_there(root: Table, key: str, example: str) -> None:
    if key not in root.values:
        root.place.refuse(
            "{file}, line {line}: this form has no {key}",
            key=key,
            hint="add a line: {key} = {example}",
            example=quoted(example),
        )


def _check_keys(root: Table) -> None:
    for key in root.values:
        if key not in KEYS:
            hint, near = nearest(key, KEYS)
            root.place.inside(key).refuse(
                '{file}, line {line}: a form has nothing called "{name}"',
                hint=hint or "it knows: {offered}",
                name=shown(key),
                near=near,
                offered=", ".join(KEYS),
            )


def _language(root: Table) -> str:
    _check_there(root, "language", "en")
    language = root.line("language")
    if not LANGUAGE.fullmatch(language):
        root.place.refuse(
            '{file}, line {line}: the {key} is written like "{example}"',
            key="language",
            value=language,
            example="en",
        )
    return language


def _items(root: Table, measure: Questionnaire) -> tuple[str, ...]:
    """Read the wording of the items; breaks inside one are how the file was laid out, and become spaces."""
    items = root.texts("items", most=LONGEST_ITEM)
    if len(items) != len(measure.items):
        root.place.refuse(
            "{file}, line {line}: this form has one item; {name} has {needed}"
            if len(items) == 1
            else "{file}, line {line}: this form has {count} items; {name} has {needed}",
            key="items",
            hint="each item stands between quotation marks, in the order of the form",
            count=len(items),
            name=measure.name,
            needed=len(measure.items),
        )
    return tuple(" ".join(text.split()) for text in items)


def _answers(root: Table, measure: Questionnaire) -> dict[int, str]:
    """Read what answers are called; none if the form does not say."""
    value: Any = root.values.get("answers", {})
    if not isinstance(value, dict):
        root.place.refuse(
            "{file}, line {line}: what answers are called stands under [answers]",
            key="answers",
            hint="write [answers], and below it {example}",
            example='0 = "…"',
        )
    table = Table(root.place.inside("answers"), value)
    least, most = min(item.least for item in measure.items), max(item.most for item in measure.items)
    for key in value:
        if not ANSWER.fullmatch(key) or not least <= int(key) <= most:
            _refuse_answer(table, key, measure.name, least, most)
    return {int(key): table.line(key) for key in value}


def _refuse_answer(table: Table, key: str, name: str, least: int, most: int) -> NoReturn:
    table.place.refuse(
        '{file}, line {line}: "{answer}" is not an answer of {name}',
        key=key,
        hint="its answers are the numbers from {least} to {most}",
        answer=shown(key),
        name=name,
        least=least,
        most=most,
    )

"""The facts of published questionnaires, as they are shipped: one file for all languages."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeGuard

from journal_cli.journal.questionnaire import Band, Cluster, Item, Questionnaire, Scoring, Wobble
from journal_cli.journal.session import CONTENT_NOTES
from journal_cli.packs.pack import VERSION
from journal_cli.packs.place import Place, nearest
from journal_cli.packs.source import Source, open_source, shown
from journal_cli.packs.table import Table
from journal_cli.packs.wordbook import languages, shipped, spoken

NAME = "questionnaires.toml"
LOINC = re.compile(r"\d{4,6}-\d")
HIGHEST = 100  # of an answer
MOST_DAYS = 366
NUMBERS = "[1, 2]"  # an example

TEXTS = frozenset({"about", "window", "low", "high", "licence"})  # in every language
KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"questionnaire"}),
    "questionnaire": TEXTS
    | {"id", "name", "version", "answers", "reversed", "scoring", "factor", "coding", "source"}
    | {"wobble", "wobble_source", "apart", "tender", "without", "with_clinician", "content_notes"}
    | {"loinc", "loinc_total", "bands", "clusters", "items"},
    "questionnaire.items": frozenset({"label", "answers", "loinc"}),
    "questionnaire.bands": frozenset({"from", "to", "label", "source"}),
    "questionnaire.clusters": frozenset({"label", "numbers", "reach", "least", "source"}),
}


def questionnaires(language: str) -> dict[str, Questionnaire]:
    """Give what is shipped by its id, in the order of the file; English for a language that is not spoken."""
    return {one.id: one for one in _shipped(spoken(language))}


@cache
def _shipped(language: str) -> tuple[Questionnaire, ...]:
    return read_questionnaires(open_source((shipped() / NAME).read_bytes(), NAME), language)


def read_questionnaires(source: Source, language: str) -> tuple[Questionnaire, ...]:
    """
    Read a file of questionnaires and hold it against every rule there is for one.

    Args:
        source: The file.
        language: Which of its languages to give; all of them are checked.

    Raises:
        NotWhatItSays: If something is missing, unknown, in one language only, or cannot be:
            bands that overlap or leave a total out, numbers of items that there are not. It
            names file and line.
    """
    root = Table(Place(source), source.document)
    _check_keys(root)
    parts = root.parts("questionnaire", required=True)
    found = tuple(_questionnaire(part, language) for part in parts)
    seen: dict[str, int] = {}  # how many items each has
    for part, one in zip(parts, found, strict=True):
        if one.id in seen:
            part.place.refuse(
                '{file}, line {line}: the id "{value}" stands here a second time',
                key="id",
                value=one.id,
                hint="give this one another id",
            )
        seen[one.id] = len(one.items)
    for part, one in zip(parts, found, strict=True):
        if one.without and seen.get(one.without) != len(one.items) - 1:
            part.place.refuse(
                '{file}, line {line}: "{value}" is not the same questionnaire with one item less',
                key="without",
                value=one.without,
            )
    return found


def _questionnaire(table: Table, language: str) -> Questionnaire:
    _check_keys(table)
    answers = _answers(table)
    whole = Questionnaire(
        id=table.id("id"),
        name=table.line("name"),
        version=_shaped(table, "version", VERSION, "1.0.0"),
        about=both(table, "about")[language],
        window=both(table, "window")[language],
        items=_items(table, answers, language),
        source=table.line("source"),
        scoring=Scoring(table.one_of("scoring", tuple(Scoring))),
        factor=table.number("factor", 1, 1, 100),
        coding=table.line("coding", ""),
        low=both(table, "low")[language],
        high=both(table, "high")[language],
        clusters=tuple(_cluster(part, language, table) for part in table.parts("clusters")),
        wobble=_wobble(table),
        apart=table.number("apart", 7, 0, MOST_DAYS),
        tender=table.number("tender", 0, 0, len(table.parts("items"))),
        without=table.id("without") if "without" in table.values else "",
        with_clinician=table.flag("with_clinician"),
        content_notes=table.some_of("content_notes", CONTENT_NOTES),
        licence=both(table, "licence")[language],
        loinc=_loinc(table, "loinc"),
        loinc_total=_loinc(table, "loinc_total"),
        bands=tuple(_band(part, language) for part in table.parts("bands")),
    )
    _check_bands(table, whole)
    return whole


def both(table: Table, key: str) -> dict[str, str]:
    """
    Read a text that stands in every language the program speaks.

    Raises:
        NotWhatItSays: If a language is missing, empty, or one that the program does not speak.
    """
    value = table.values.get(key)
    wanted = languages()
    whole = isinstance(value, dict) and all(isinstance(one, str) and one.strip() for one in value.values())
    if not isinstance(value, dict) or not whole or sorted(value) != sorted(wanted):
        written = ", ".join(f'{one} = "…"' for one in wanted)
        table.place.refuse(
            "{file}, line {line}: {key} stands here in each of these languages: {languages}",
            key=key,
            value=_first(value),
            hint="write {key} = {example}",
            languages=", ".join(wanted),
            example=f"{{ {written} }}",
        )
    inner = Table(table.place, value)
    return {one: inner.line(one) for one in wanted}


def _items(table: Table, answers: tuple[int, int], language: str) -> tuple[Item, ...]:
    parts = table.parts("items", required=True)
    turned = _numbers(table, "reversed", len(parts))
    return tuple(_item(part, answers, language, turned=number in turned) for number, part in enumerate(parts, start=1))


def _item(table: Table, answers: tuple[int, int], language: str, *, turned: bool) -> Item:
    _check_keys(table)
    label = both(table, "label")[language]
    least, most = _answers(table) if "answers" in table.values else answers
    return Item(label, least, most, reversed=turned, loinc=_loinc(table, "loinc"))


def _answers(table: Table) -> tuple[int, int]:
    """Read the lowest and the highest answer."""
    value = table.values.get("answers")
    if not _are_numbers(value) or len(value) != 2 or not 0 <= value[0] < value[1] <= HIGHEST:
        table.place.refuse(
            "{file}, line {line}: {key} is the lowest answer and the highest one",
            key="answers",
            value=_label(table),
            hint="write {key} = {example}",
            example="[0, 3]",
        )
    return value[0], value[1]


def _are_numbers(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in value)


def _numbers(table: Table, key: str, most: int, *, required: bool = False) -> tuple[int, ...]:
    """Read numbers of items, each once and in their order."""
    value = table.values.get(key, [])
    fits = _are_numbers(value) and sorted(set(value)) == value and all(1 <= one <= most for one in value)
    if not fits or (required and not value):
        table.place.refuse(
            "{file}, line {line}: {key} is a list of numbers of items, from 1 to {most}, in their order",
            key=key,
            value=_label(table),
            hint="write {key} = {example}",
            most=most,
            example=NUMBERS,
        )
    return tuple(value)


def _cluster(table: Table, language: str, above: Table) -> Cluster:
    _check_keys(table)
    items = _numbers(table, "numbers", len(above.parts("items")), required=True)
    return Cluster(
        label=both(table, "label")[language],
        items=items,
        reach=table.number("reach", 1, *_answers(above)),
        least=table.number("least", 1, 1, max(len(items), 1)),
        source=table.line("source"),
    )


def _wobble(table: Table) -> Wobble | None:
    if "wobble" not in table.values and "wobble_source" not in table.values:
        return None
    return Wobble(_amount(table, "wobble"), table.line("wobble_source"))


def _band(table: Table, language: str) -> Band:
    _check_keys(table)
    label = both(table, "label")[language]
    return Band(_amount(table, "from"), _amount(table, "to"), label, table.line("source"))


def _amount(table: Table, key: str) -> float:
    """Read a number that may have a point in it."""
    value = table.values.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= HIGHEST * HIGHEST:
        table.place.refuse(
            "{file}, line {line}: {key} is a number", key=key, hint="write {key} = {example}", example="5"
        )
    return value


def _check_bands(table: Table, whole: Questionnaire) -> None:
    """Hold the bands against the totals there can be: in their order, inside them, each total in exactly one."""
    last = whole.least - 1
    for part, band in zip(table.parts("bands"), whole.bands, strict=True):
        said = {"band": f"{band.least:g}-{band.most:g}", "value": _label(part)}
        if not whole.least <= band.least <= band.most <= whole.most:
            table.place.refuse(
                "{file}, line {line}: the band {band} is not inside the totals, {least} to {most}",
                key="bands",
                hint="a band goes from its lower number to its higher one",
                least=f"{whole.least:g}",
                most=f"{whole.most:g}",
                **said,
            )
        if band.least <= last:
            table.place.refuse(
                "{file}, line {line}: the band {band} begins before the one above it ends",
                key="bands",
                hint="the lowest band comes first",
                **said,
            )
        last = band.most
    for total in _totals(whole) if whole.bands else ():
        if whole.band(total) is None:
            table.place.refuse(
                "{file}, line {line}: no band has the total {total}",
                key="bands",
                hint="bands leave no total out; where that cannot be, there are none",
                total=f"{round(total, 2):g}",
            )


def _totals(whole: Questionnaire) -> Iterator[float]:
    """Give every total there can be: each answer more is one point more."""
    parts = len(whole.items) if whole.scoring is Scoring.MEAN else 1
    steps = sum(item.most - item.least for item in whole.items)
    for step in range(steps + 1):
        yield whole.least + step * whole.factor / parts


def _label(table: Table) -> str:
    """Give a text of a part that stands on one line, to find that line by."""
    return _first(table.values.get("label"))


def _first(texts: object) -> str:
    return next((one for one in texts.values() if isinstance(one, str)), "") if isinstance(texts, dict) else ""


def _loinc(table: Table, key: str) -> str:
    return _shaped(table, key, LOINC, "44249-1") if key in table.values else ""


def _shaped(table: Table, key: str, shape: re.Pattern[str], example: str) -> str:
    value = table.line(key)
    if not shape.fullmatch(value):
        table.place.refuse(
            '{file}, line {line}: the {key} is written like "{example}"', key=key, value=value, example=example
        )
    return value


def _check_keys(table: Table) -> None:
    known = KEYS[table.place.name]
    for key in table.values:
        if key not in known:
            hint, near = nearest(key, known)
            table.place.refuse(
                '{file}, line {line}: nobody reads a "{name}" here',
                key=key,
                value=_label(table),
                hint=hint,
                name=shown(key),
                near=near,
            )

"""Limits, goals and questionnaires of a period, as they may leave."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.goal import RatedGoal
from journal_cli.journal.limit import How, LimitStory
from journal_cli.journal.questionnaire import Band, Questionnaire, Result, Wobble
from journal_cli.share.document import GoalRow, Goals, ItemRow, LimitRow, Limits, MeasureRow, Measures


def limits_block(stories: Iterable[LimitStory]) -> Limits:
    """Say how often each limit was kept, partly kept or crossed; never the line about a time, nor by whom."""
    return Limits(
        tuple(
            LimitRow(one.limit.text, one.times(How.KEPT), one.times(How.PARTLY), one.times(How.CROSSED))
            for one in stories
        )
    )


def goals_block(goals: Iterable[RatedGoal]) -> Goals:
    """Say how close each goal felt first and last, of the ratings given."""
    rows: list[GoalRow] = []
    for one in goals:
        told = [(rating.at.day, rating.value) for rating in one.ratings]
        rows.append(GoalRow(one.goal.text, told[0] if told else None, told[-1] if len(told) > 1 else None))
    return Goals(tuple(rows))


def measures_block(
    results: Sequence[Result],
    since: date | None,
    until: date,
    facts: Mapping[str, Questionnaire],
    withhold: Collection[str],
) -> Measures:
    """
    Give the latest result of each questionnaire in a period, and the one before it that may be compared.

    Args:
        results: Of any time, in any order.
        since: First day of the period; None for from the beginning.
        until: Last day, inclusive.
        facts: The facts of measures by their ids, in the language of the page.
        withhold: Items such as `phq-9/9`, or whole questionnaires such as `phq-9`.

    Raises:
        NotWhatItSays: If something is withheld that there is not.
    """
    _check_withheld(withhold, results, facts)
    latest: dict[str, Result] = {}
    newest_first = sorted(results, key=lambda one: (one.at.at, one.id), reverse=True)
    for one in newest_first:
        if one.at.day <= until and (since is None or since <= one.at.day):
            latest.setdefault(one.questionnaire, one)
    rows = (_row(one, newest_first, facts.get(id_), withhold) for id_, one in latest.items() if id_ not in withhold)
    return Measures(tuple(rows))


def withheld_of(block: Measures, withhold: Iterable[str]) -> tuple[str, ...]:
    """Give what was withheld of what is there, as `phq-9/9`, and questionnaires that were withheld whole."""
    there = {f"{row.id}/{number}" for row in block.rows for number in row.withheld}
    return tuple(one for one in withhold if "/" not in one or one in there)


def _check_withheld(withhold: Iterable[str], results: Iterable[Result], facts: Mapping[str, Questionnaire]) -> None:
    most = {one.questionnaire: len(one.answers) for one in results} | {
        id_: len(one.items) for id_, one in facts.items()
    }
    for one in withhold:
        id_, _, number = one.partition("/")
        if id_ not in most:
            raise NotWhatItSays(
                "there is no questionnaire {id} to withhold", hint="`journal measure list` shows what there is", id=id_
            )
        if number and not 1 <= int(number) <= most[id_]:
            raise NotWhatItSays(
                "{id} has {most} items, and what is to be withheld is none of them", id=id_, most=most[id_]
            )


def _row(
    one: Result, newest_first: Sequence[Result], facts: Questionnaire | None, withhold: Collection[str]
) -> MeasureRow:
    known = facts if facts and len(facts.items) == len(one.answers) else None
    items = tuple(_item(one, number, known, withhold) for number in range(1, len(one.answers) + 1))
    hidden = any(item.withheld for item in items)
    total = None if hidden or None in one.answers else one.total
    # What was published holds for the facts a result was scored by, and for no others.
    same = known if known and total is not None and (known.version, known.coding) == (one.version, one.coding) else None
    band: Band | None = same.band(total) if same else None
    wobble: Wobble | None = same.wobble if same else None
    return MeasureRow(
        id=one.questionnaire,
        name=facts.name if facts else one.questionnaire,
        day=one.at.day,
        items=items,
        total=total,
        most=known.most if known else None,
        before=None if hidden else _before(one, newest_first),
        wobble=wobble.points if wobble else None,
        wobble_source=wobble.source if wobble else "",
        band=band.label if band else "",
        band_range=f"{band.least:g}-{band.most:g}" if band else "",
        band_source=band.source if band else "",
        loinc=known.loinc if known else "",
        loinc_total=known.loinc_total if known else "",
        version=one.version,
        language=one.language,
    )


def _item(one: Result, number: int, facts: Questionnaire | None, withhold: Collection[str]) -> ItemRow:
    about = facts.items[number - 1] if facts else None
    label, loinc = (about.label, about.loinc) if about else ("", "")
    if f"{one.questionnaire}/{number}" in withhold:
        return ItemRow(number, label, loinc, withheld=True)
    return ItemRow(number, label, loinc, one.answers[number - 1])


def _before(one: Result, newest_first: Sequence[Result]) -> tuple[date, float] | None:
    """Find the latest earlier total of the same line, of any time."""
    earlier = newest_first[newest_first.index(one) + 1 :]
    return next(
        ((other.at.day, other.total) for other in earlier if other.line == one.line and other.total is not None), None
    )

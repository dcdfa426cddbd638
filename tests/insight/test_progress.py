"""The look back: what is counted, what is kept, and a return that is never a reproach."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal_cli.insight.progress import ProgressFindings, Return, progress_findings, progress_json
from journal_cli.journal.entry import Entry, Kind
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally, ThemeTally

SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 24)


def at(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 11, tzinfo=UTC), "Europe/Warsaw", 60)


def sitting(day: date, state: State = State.DONE, before: Mood | None = None) -> Sitting:
    return Sitting("s0000000", at(day), "evening", "Evening", state, before)


def found(
    days: Sequence[date] = (),
    sittings: Sequence[Sitting] = (),
    check_ins: Sequence[CheckIn] = (),
    starred: Sequence[Entry] = (),
) -> ProgressFindings:
    return progress_findings(Tally(len(days), tuple(days)), sittings, check_ins, starred, SINCE, UNTIL)


@given(st.sets(st.dates(SINCE, UNTIL)).map(sorted))
def test_the_return_is_the_latest_day_with_a_week_or_more_of_silence_before_it(days: list[date]) -> None:
    back = found(days).came_back

    written = set(days)
    returns = []
    for day in days[1:]:
        silence = next(n for n in range(1, 100) if day - timedelta(days=n) in written)
        if silence >= 7:
            returns.append(Return(day, silence))
    assert back == (returns[-1] if returns else None)


def test_coming_back_after_nine_days_is_told_with_its_day() -> None:
    back = found([date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 11), date(2026, 11, 12)]).came_back

    assert back == Return(date(2026, 11, 11), 9)


def test_words_come_from_check_ins_and_moods_before_a_sitting_of_the_period() -> None:
    check_ins = [
        CheckIn("c1", at(SINCE), Mood(words=("tense",))),
        CheckIn("c2", at(SINCE - timedelta(days=1)), Mood(words=("earlier",))),
    ]
    sittings = [sitting(UNTIL, before=Mood(words=("tense", "tired"))), sitting(UNTIL + timedelta(days=1))]

    findings = found(check_ins=check_ins, sittings=sittings)

    assert [(one.word, one.n) for one in findings.words] == [("tense", 2), ("tired", 1)]
    assert len(findings.sittings) == 1


def test_only_paused_sittings_wait() -> None:
    findings = found(sittings=[sitting(SINCE, state) for state in State])

    assert [one.sitting.state for one in findings.paused] == [State.PAUSED]


def test_starred_entries_of_the_period_are_kept_newest_first() -> None:
    days = [date(2026, 9, 5), date(2026, 11, 2), date(2026, 8, 1)]
    starred = [Entry(f"e{n}", at(day), Kind.FREE, starred=True) for n, day in enumerate(days)]

    assert [entry.id for entry in found(starred=starred).starred] == ["e1", "e0"]


def test_the_json_has_the_keys_of_the_contract_and_empty_lists_where_there_is_nothing() -> None:
    themes = (ThemeTally("trust-self", 6, 3, at(UNTIL)),)
    tally = Tally(7, (SINCE, UNTIL), themes)

    document = progress_json(progress_findings(tally, [sitting(UNTIL)], [], [], SINCE, UNTIL))

    assert list(document) == [
        *("from", "to", "entries", "days_with_entries", "themes", "sittings"),
        *("programs", "limits", "goals", "measures", "moments"),
    ]
    assert (document["entries"], document["days_with_entries"]) == (7, 2)
    assert document["themes"] == [
        {"theme": "trust-self", "entries": 6, "sittings": 3, "last_at": "2026-11-24T12:00:00+01:00"}
    ]
    assert all(document[key] == [] for key in ("programs", "limits", "goals", "measures", "moments"))
    assert json.loads(json.dumps(document)) == document

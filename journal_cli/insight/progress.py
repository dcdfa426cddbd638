"""Looking back over a period: what came often, what was kept, where the person has been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from journal_cli.insight.left_off import Hides, LeftOff, left_off
from journal_cli.insight.moods import WordCount, moods_before, word_counts
from journal_cli.insight.practice import Practice, practice_json
from journal_cli.journal.as_json import sitting_json
from journal_cli.journal.entry import Entry
from journal_cli.journal.library import Library
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.program import UNDER_WAY, Standing
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.tally import Tally

A_WHILE = 7  # days between two days of writing from which coming back is worth a line


@dataclass(frozen=True, slots=True)
class Return:
    """The day someone came back, and how many days after the last day of writing."""

    day: date
    after: int


@dataclass(frozen=True, slots=True)
class InProgram:
    """A program, how far somebody is in it, and how many sittings of the period were taken through it."""

    standing: Standing
    sittings: int


@dataclass(frozen=True, slots=True)
class ProgressFindings:
    """
    What a period holds, for the person who lived it.

    Args:
        since: First day.
        until: Last day, inclusive.
        days: Days in the period.
        tally: Entries, days and themes.
        words: The words of check-ins and of moods before a sitting, most often first.
        starred: Entries the person marked, newest first.
        sittings: The sittings, newest first.
        paused: Those of them that wait, newest first, and where they were left.
        came_back: The latest time of coming back after a week or more, if there was one.
        programs: Those under way by the end of it, and those that anything was sat through in it.
        practice: Limits, goals, questionnaires and moments.
    """

    since: date
    until: date
    days: int
    tally: Tally
    words: tuple[WordCount, ...] = field(default=(), repr=False)
    starred: tuple[Entry, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    paused: tuple[LeftOff, ...] = ()
    came_back: Return | None = None
    programs: tuple[InProgram, ...] = ()
    practice: Practice = field(default=Practice(), repr=False)


def progress_findings(
    tally: Tally,
    sittings: Sequence[Sitting],
    check_ins: Sequence[CheckIn],
    starred: Sequence[Entry],
    since: date,
    until: date,
) -> ProgressFindings:
    """
    Find what a period holds; whatever lies outside the period is left out.

    Args:
        tally: Of this period.
        sittings: In any order.
        check_ins: In any order.
        starred: Starred entries, in any order.
        since: First day, the writer's own.
        until: Last day, inclusive.
    """
    sat = sorted((one for one in sittings if since <= one.at.day <= until), key=lambda one: one.at.at, reverse=True)
    moods = [check_in.mood for check_in in check_ins if since <= check_in.at.day <= until]
    moods += [mood for _, mood in moods_before(sat)]
    marked = (entry for entry in starred if since <= entry.written_at.day <= until)
    return ProgressFindings(
        since=since,
        until=until,
        days=max(0, (until - since).days + 1),
        tally=tally,
        words=word_counts(moods),
        starred=tuple(sorted(marked, key=lambda entry: entry.written_at.at, reverse=True)),
        sittings=tuple(sat),
        paused=tuple(LeftOff(one) for one in sat if one.state is State.PAUSED),
        came_back=_came_back(tally.days),
    )


def with_programs(findings: ProgressFindings, programs: Iterable[Standing]) -> ProgressFindings:
    """
    Add the programs: those under way by the end of the period, and those anything was sat through in it.

    Args:
        findings: Without them.
        programs: Those that were ever started.
    """
    sat = {one.id for one in findings.sittings}
    counted = [InProgram(one, sum(each.sitting in sat for each in one.sat)) for one in programs]
    there = (one for one in counted if one.sittings or _is_under_way(one.standing, findings.until))
    return replace(findings, programs=tuple(there))


def with_practice(findings: ProgressFindings, practice: Practice) -> ProgressFindings:
    """Add what was practised in the same period."""
    return replace(findings, practice=practice)


def with_places(findings: ProgressFindings, library: Library, hides: Hides) -> ProgressFindings:
    """Add where the paused sittings were left, as far as the library knows what they go through."""
    return replace(findings, paused=tuple(left_off(one.sitting, library, hides) for one in findings.paused))


def _is_under_way(one: Standing, day: date) -> bool:
    return one.state in UNDER_WAY and one.run is not None and one.run.at.day <= day


def _came_back(days: Sequence[date]) -> Return | None:
    returns = [Return(day, (day - last).days) for last, day in pairwise(days) if (day - last).days >= A_WHILE]
    return returns[-1] if returns else None


def progress_json(findings: ProgressFindings) -> dict[str, Any]:
    """Give the findings as JSON that other programs may rely on."""
    return {
        "from": findings.since.isoformat(),
        "to": findings.until.isoformat(),
        "entries": findings.tally.entries,
        "days_with_entries": len(findings.tally.days),
        "themes": [
            {"theme": one.theme, "entries": one.entries, "sittings": one.sittings, "last_at": one.last_at.iso()}
            for one in findings.tally.themes
        ],
        "sittings": [sitting_json(one) for one in findings.sittings],
        "programs": [_program_json(one) for one in findings.programs],
        **practice_json(findings.practice),
    }


def _program_json(one: InProgram) -> dict[str, Any]:
    standing = one.standing
    return {"program": standing.id, "week": standing.week, "weeks": standing.weeks, "sittings": one.sittings}

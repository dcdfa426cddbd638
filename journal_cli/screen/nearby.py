"""Summaries while somebody is near: the same days and numbers, and things named by their kind alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from journal_cli.insight.practice import Practice
from journal_cli.insight.progress import ProgressFindings
from journal_cli.journal.goal import RatedGoal
from journal_cli.journal.limit import LimitStory
from journal_cli.journal.words import Words
from journal_cli.screen.moods_nearby import unnamed


def progress_nearby(findings: ProgressFindings, words: Words) -> ProgressFindings:
    """Leave out what only the person's words could say; limits, goals and the like are named by their kind."""
    paused = zip(unnamed([left.sitting for left in findings.paused], words), findings.paused, strict=True)
    return replace(
        findings,
        words=(),
        starred=(),
        tally=replace(findings.tally, themes=()),
        programs=(),
        paused=tuple(replace(left, sitting=sitting, question="") for sitting, left in paused),
        practice=_practice(findings.practice, words),
    )


def counted_nearby(findings: ProgressFindings, words: Words) -> Iterator[tuple[str, str]]:
    """Say how many starred lines and moments there are; nothing of them is shown."""
    if findings.starred:
        name = words("look_back.progress.starred")
        yield name, words.count("look_back.nearby.lines", len(findings.starred))
    if findings.practice.moments:
        name = words("look_back.nearby.moments")
        yield name, words.count("look_back.nearby.told", len(findings.practice.moments))


def limits_nearby(stories: Iterable[LimitStory], words: Words) -> tuple[LimitStory, ...]:
    """Name limits by their kind, and leave out the lines about them."""
    kind = words("look_back.kinds.limit")
    return tuple(
        replace(
            one,
            limit=replace(one.limit, text=kind),
            notes=tuple(replace(note, line="") for note in one.notes),
        )
        for one in stories
    )


def goals_nearby(goals: Iterable[RatedGoal], words: Words) -> tuple[RatedGoal, ...]:
    """Name goals by their kind."""
    kind = words("look_back.kinds.goal")
    return tuple(replace(one, goal=replace(one.goal, text=kind)) for one in goals)


def _practice(practice: Practice, words: Words) -> Practice:
    measured = words("look_back.kinds.measured")
    return replace(
        practice,
        limits=limits_nearby(practice.limits, words),
        goals=goals_nearby(practice.goals, words),
        measures=tuple(replace(one, name=measured) for one in practice.measures),
        moments=(),
    )

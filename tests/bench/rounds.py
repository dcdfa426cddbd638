"""Jobs, done in turn round by round, so that whatever slows a machine for a while slows all of them alike."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from timing import Sample


@dataclass(frozen=True, slots=True)
class Key:
    """
    What was measured.

    Args:
        name: The command, as the table says it.
        way: `bare`, `start`, `agent`, `passphrase`, `floor`, `jrnl` or `jrnl, locked`.
        count: Entries, 0 where no journal is opened.
    """

    name: str
    way: str
    count: int = 0


Results = dict[Key, list[Sample]]

BARE = Key("python -c pass", "bare")
DERIVATION = Key("the key derivation alone", "floor")


@dataclass(frozen=True, slots=True)
class Job:
    """
    Something to be measured.

    Args:
        key: What it is.
        run: Does it once, given the number of the round.
        share: In how much of the rounds it takes part, at least in one; only what takes part in all is warmed up.
    """

    key: Key
    run: Callable[[int], Sample]
    share: float = 1


def takes_part(share: float, number: int, rounds: int) -> bool:
    """Whether a job has its turn in this round, counted from 0; turns lie evenly, and there is at least one."""
    turns = max(1, round(share * rounds))
    return (number + 1) * turns // rounds > number * turns // rounds


def measured(jobs: Sequence[Job], rounds: int, results: Results, *, first: int = 0) -> None:
    """Do all jobs in so many rounds, numbered from `first`, after one that is not counted; add what they took."""
    for job in jobs:
        if job.share == 1:
            job.run(first)
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for job in jobs:
            if takes_part(job.share, number, rounds):
                results.setdefault(job.key, []).append(job.run(first + number + 1))


def with_bare(jobs: Iterable[Job], bare: Job, every: int = 8) -> list[Job]:
    """Put the bare start between the others: it is short, and wants more of them."""
    found = []
    for number, job in enumerate(jobs):
        if number % every == 0:
            found.append(bare)
        found.append(job)
    return found


def say(line: str) -> None:
    """Say how far it is, on stderr."""
    print(line, file=sys.stderr, flush=True)

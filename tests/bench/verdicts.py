"""What was promised, and whether it holds: pure, from the times that were taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from commands import IMPORT
from rival import DEEDS
from rounds import BARE, Key, Results, say
from timing import middle, peak

A_THIRD: Final = 4 / 3

AT_THE_START: Final = dict.fromkeys(("--help", "--version", "help-now PL"), 8) | {"TAB after `journal`": 7}
SEARCHES: Final = tuple(f"search, a {which}" for which in ("rare word", "middling word", "common word", "phrase"))
AT_WORK: Final = ("list", "show", *SEARCHES, "write")
GROWING: Final = dict.fromkeys((*AT_WORK, "checkin"), 1.2) | dict.fromkeys(("mood, a year", "progress, a year"), 1.5)
PDF: Final = "share, a PDF"
INSERTS: Final = "bare SQLCipher, rows and search index of all"
WORK, MEMORY, UNLOCKING, IMPORTING, PAGE = 20, 150, 1.3, 2, 1.0
AGAINST_JRNL: Final = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    One thing that was promised.

    Args:
        what: What it is.
        measured: What was found.
        budget: At most this much, or at least if `least`.
        unit: What both are in, to stand behind a number.
        least: The budget is a least.
        keys: What it was made of, if measuring that again may change it.
    """

    what: str
    measured: float
    budget: float
    unit: str
    least: bool = False
    keys: tuple[Key, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the promise holds."""
        return self.measured >= self.budget if self.least else self.measured <= self.budget

    @property
    def far(self) -> bool:
        """Whether it is missed by more than a third of the budget."""
        return self.measured * A_THIRD < self.budget if self.least else self.measured > self.budget * A_THIRD

    @property
    def said(self) -> str:
        """The verdict in words; what is measured is told finely enough to differ from the budget."""
        if self.met:
            return "met"
        return f"not met: {amount(self.measured)} of {amount(self.budget)}{self.unit}"


def amount(number: float) -> str:
    """Write a number with as many places as it is worth."""
    return (
        f"{number:.0f}" if number >= 100 or round(number, 2) == int(number) else f"{number:.{2 if number < 10 else 1}f}"
    )


def ratio(results: Results, over: Key, under: Key, by: str) -> float:
    """Give how many times as long one thing takes as another, median by median."""
    return middle(results[over], by) / middle(results[under], by)


def verdicts(results: Results, inside: dict[str, float], by: str) -> list[Verdict]:
    """
    Judge everything that was measured; what was not is left out.

    Args:
        results: All samples.
        inside: `unlocking` and `import` as ratios, measured inside a process; either may lack.
        by: `clock` or `processor`.
    """
    return [
        *_at_the_start(results, by),
        *_at_work(results, by),
        *_whole(results, by),
        *_against_jrnl(results, by),
        *_inside(inside),
    ]


def sizes(results: Results) -> list[int]:
    """Give the sizes of journals that were measured, the smallest first."""
    return sorted({key.count for key in results if key.way == "agent"})


def _at_the_start(results: Results, by: str) -> Iterator[Verdict]:
    for name, most in AT_THE_START.items():
        if (key := Key(name, "start")) in results:
            yield Verdict(name, ratio(results, key, BARE, by), most, " × bare", keys=(key, BARE))


def _at_work(results: Results, by: str) -> Iterator[Verdict]:
    if not (counts := sizes(results)):
        return
    few, many = counts[0], counts[-1]
    for name, most in GROWING.items():
        if (key := Key(name, "agent", many)) not in results:
            continue
        if name in AT_WORK:
            yield Verdict(f"{name}, {many:,} entries", ratio(results, key, BARE, by), WORK, " × bare", keys=(key, BARE))
        if few != many:
            same = Key(name, "agent", few)
            times = ratio(results, key, same, by)
            yield Verdict(f"{name}, {many:,} entries", times, most, f" × {few:,}", keys=(key, same))


def _whole(results: Results, by: str) -> Iterator[Verdict]:
    if not (counts := sizes(results)):
        return
    many = counts[-1]
    if (page := Key(PDF, "agent", many)) in results:
        yield Verdict(f"{PDF}, {many:,} entries", middle(results[page], by), PAGE, " s", keys=(page,))
    imported = [key for key in results if key.name == IMPORT.name and Key(INSERTS, "floor", key.count) in results]
    for key in imported[-1:]:
        times = ratio(results, key, Key(INSERTS, "floor", key.count), by)
        yield Verdict(f"import, the whole command, {key.count:,} entries", times, IMPORTING, " × bare inserts")
    peaks = {key.name: peak(some) for key, some in results.items() if key.way == "agent" and key.count == many}
    peaks.pop(PDF, None)
    most = max(peaks, key=lambda name: peaks[name])
    yield Verdict(f"memory, the most: {most}, {many:,} entries", peaks[most], MEMORY, " MiB")


def _against_jrnl(results: Results, by: str) -> Iterator[Verdict]:
    for deed in DEEDS:
        theirs, ours = Key(deed.name, "jrnl", AGAINST_JRNL), Key(deed.ours, "agent", AGAINST_JRNL)
        if deed.faster and theirs in results and ours in results:
            what = f"{deed.ours}, {AGAINST_JRNL:,} entries, against jrnl in the clear"
            yield Verdict(
                what, ratio(results, theirs, ours, by), deed.faster, " × as fast", least=True, keys=(theirs, ours)
            )


def _inside(inside: dict[str, float]) -> Iterator[Verdict]:
    if "unlocking" in inside:
        yield Verdict("unlocking, inside the process", inside["unlocking"], UNLOCKING, " × the derivation")
    if "import" in inside:
        yield Verdict("import, inside the process", inside["import"], IMPORTING, " × bare inserts")


def ending(found: Iterable[Verdict]) -> int:
    """Say which promises are missed by more than a third, a line for each; give how to end: with 1 if any is."""
    missed = [one for one in found if one.far]
    for one in missed:
        say(f"missed by more than a third: {one.what}: {one.said}")
    return 1 if missed else 0

"""The answer, as Markdown that goes into the README as it is."""

import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rival import DEEDS, VERSION
from rounds import BARE, DERIVATION, Key, Results
from timing import middle, peak
from verdicts import Verdict, amount, ratio, sizes

NONE = "–"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
BY = {"clock": "by the clock", "processor": "of the processor's time"}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Put rows under a head; all columns but the first hold numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def milliseconds(seconds: float) -> str:
    """Write a time in milliseconds."""
    return f"{seconds * 1000:,.0f}" if seconds >= 0.01 else f"{seconds * 1000:.1f}"


def report(results: Results, found: Sequence[Verdict], *, by: str, rounds: int, day: date) -> str:
    """Write everything that was found, between the marks."""
    missed = [one for one in found if not one.met]
    words = f"{len(found) - len(missed)} of {len(found)} promises are met." if missed else "Every promise is met."
    bare = milliseconds(middle(results[BARE], by))
    parts = [
        BEGIN,
        f"Measured on {day.isoformat()}: {machine()}.",
        f"Medians of up to {rounds} rounds, {BY[by]}, all in turn. `python -c pass` (bare) takes {bare} ms. {words}",
        table(["promise", "measured", "budget", "verdict"], map(_promise, found)),
        "Whole processes, in milliseconds; the journal is held open by `journal unlock`:",
        table(*_commands(results, by)),
        *_by_passphrase(results, by),
        *_against_jrnl(results, by),
        *_floor(results, by),
        END,
    ]
    return "\n\n".join(parts) + "\n"


def _promise(one: Verdict) -> list[str]:
    sign = "≥" if one.least else "≤"
    return [one.what, f"{amount(one.measured)}{one.unit}", f"{sign} {amount(one.budget)}", one.said]


def _commands(results: Results, by: str) -> tuple[list[str], Iterator[list[str]]]:
    counts = sizes(results)
    head = ["command", *(f"{count:,} entries" for count in counts), "× bare", f"× {counts[0]:,}", "MiB"]
    names = dict.fromkeys((key.name, key.way) for key in results if key.way in {"start", "agent"})

    def row(name: str, way: str) -> list[str]:
        if way == "start":
            key = Key(name, way)
            cells = [milliseconds(middle(results[key], by)), *[NONE] * (len(counts) - 1)]
            grown = NONE
        else:
            keys = [Key(name, way, count) for count in counts]
            cells = [milliseconds(middle(results[one], by)) if one in results else NONE for one in keys]
            key = max((one for one in keys if one in results), key=lambda one: one.count)
            grown = amount(ratio(results, key, keys[0], by)) if keys[0] in results else NONE
        told = f"`journal {name}`" if name.startswith("--") else name
        return [told, *cells, f"{ratio(results, key, BARE, by):.1f}", grown, f"{peak(results[key]):.0f}"]

    return head, (row(*each) for each in names)


def _by_passphrase(results: Results, by: str) -> Iterator[str]:
    names = list(dict.fromkeys(key.name for key in results if key.way == "passphrase"))
    if not names:
        return
    counts = sizes(results)
    derivation = middle(results[DERIVATION], by)
    yield (
        "The same by passphrase, from `JOURNAL_PASSPHRASE_COMMAND`, no agent running. The key derivation alone takes"
        f" {milliseconds(derivation)} ms (Argon2id, 64 MiB, 3 passes, 4 lanes):"
    )

    def row(name: str) -> list[str]:
        times = [middle(results[Key(name, "passphrase", count)], by) for count in counts]
        rest = times[-1] - derivation
        return [name, *map(milliseconds, times), milliseconds(rest), f"{rest / middle(results[BARE], by):.1f}"]

    head = ["command", *(f"{count:,} entries" for count in counts), "less the derivation", "that × bare"]
    yield table(head, map(row, names))


def _against_jrnl(results: Results, by: str) -> Iterator[str]:
    counts = sorted({key.count for key in results if key.way == "jrnl"})
    if not counts:
        return
    yield (
        f"jrnl {VERSION} with the same entries in the same rounds, in milliseconds, and how many times as fast ours is"
        " (always encrypted, held open). Locked, jrnl reads its password from a pipe, a new text from arguments:"
    )

    def row(name: str, ours: str, count: int) -> list[str]:
        mine = Key(ours, "agent", count)
        cells = [f"{name}, {count:,}", milliseconds(middle(results[mine], by))]
        for way in ("jrnl", "jrnl, locked"):
            if (key := Key(name, way, count)) in results:
                cells += [milliseconds(middle(results[key], by)), f"{ratio(results, key, mine, by):.1f} ×"]
            else:
                cells += [NONE, NONE]
        return cells

    rows = [
        row(deed.name, deed.ours, count)
        for count in counts
        for deed in DEEDS
        if Key(deed.name, "jrnl", count) in results and Key(deed.ours, "agent", count) in results
    ]
    yield table(["with so many entries", "ours", "jrnl, clear", "ours is", "jrnl, locked", "ours is"], rows)


def _floor(results: Results, by: str) -> Iterator[str]:
    keys = [key for key in results if key.way in {"bare", "floor"}]
    yield "What nothing can be faster than, whole processes but the derivation:"
    rows = (
        [
            key.name + (f", {key.count:,} entries" if key.count else ""),
            milliseconds(middle(results[key], by)),
            f"{ratio(results, key, BARE, by):.1f}",
        ]
        for key in keys
    )
    yield table(["limit", "ms", "× bare"], rows)


def machine() -> str:
    """Say what this machine is: its cores, memory, system and Python, and no name of it."""
    model = ""
    if (known := Path("/proc/cpuinfo")).exists():
        found = re.search(r"^model name\s*:\s*(.+)$", known.read_text(errors="replace"), re.MULTILINE)
        model = f" ({' '.join(found[1].split())})" if found else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores{model} with {memory:.0f} GiB, {system}, {python}"


def put_into(path: Path, text: str) -> None:
    """
    Put a report between the marks of a file.

    Raises:
        ValueError: If the marks are not there.
    """
    whole = path.read_text(encoding="utf-8")
    begin, end = whole.find(BEGIN), whole.find(END)
    if not 0 <= begin < end:
        raise ValueError(f"{path} has no {BEGIN} … {END}")
    path.write_text(whole[:begin] + text.strip() + whole[end + len(END) :], encoding="utf-8")

"""
How fast the journal is, on this machine: `python tests/bench`.

It makes journals of 1,000, 10,000 and 100,000 entries, runs the commands as whole processes, in turn with jrnl and with
what nothing can be faster than, and prints a table. It ends with 1, and a line for each, if a promise is missed by
more than a third.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import commands
import rival
from rounds import BARE, DERIVATION, Job, Key, Results, measured, say, with_bare
from tables import put_into, report
from timing import Sample, timed
from verdicts import AGAINST_JRNL, INSERTS, ending, verdicts
from workplace import HERE, Workplace, program

SYSTEM = HERE.parent / "system"
INSERTED, INSERTED_SMALL = 10_000, 3_000  # entries of an import measured inside
AGAIN = 2  # times more rounds are run before a promise counts as missed by far
JRNL_AT_MOST = 10_000  # it reads all of its file each time


def told() -> argparse.Namespace:
    """Read what was asked for."""
    asked = argparse.ArgumentParser(prog="python tests/bench", description=__doc__)
    asked.add_argument("--small", action="store_true", help="1,000 and 10,000 entries, what has a budget, no jrnl")
    asked.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], help="as 1000,10000,100000")
    asked.add_argument("--rounds", type=int, help="15, or 5 if small")
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="journals, and jrnl, stay there and are used again")
    asked.add_argument("--without", choices=["jrnl"], help="leave jrnl out")
    asked.add_argument("--by", choices=["clock", "processor"], help="the clock, or if small the processor's time")
    asked.add_argument("--into", type=Path, metavar="FILE", help="put the tables between the marks of this file too")
    given = asked.parse_args()
    given.sizes = sorted(given.sizes or ([1_000, 10_000] if given.small else [1_000, 10_000, 100_000]))
    given.rounds = given.rounds or (5 if given.small else 15)
    given.by = given.by or ("processor" if given.small else "clock")
    return given


def jobs(work: Workplace, given: argparse.Namespace) -> list[Job]:
    """Give everything that is measured round by round, in its order."""
    places = [work.place(count) for count in given.sizes]
    found = [*_at_the_start(work, small=given.small), *_floor(work, places, small=given.small)]
    for one in commands.chosen(commands.EVERYDAY, small=given.small):
        for place in (each for each in places if each.count <= one.most):
            # What takes part seldom takes long with many entries, and does not vary much.
            share = 0 if one.share < 1 and place.count > AGAINST_JRNL and one.name != "share, a PDF" else one.share
            found.append(Job(Key(one.name, "agent", place.count), partial(work.does, one, place), share))
            if one.locked and not given.small:
                locked = partial(work.does, one, place, asks=True)
                found.append(Job(Key(one.name, "passphrase", place.count), locked, commands.FEW))
    if not given.small and given.without != "jrnl":
        found += _jrnl(work, [count for count in given.sizes if count <= JRNL_AT_MOST])
    return with_bare(found, Job(BARE, lambda _: timed([sys.executable, "-c", "pass"], work.env(), speaks=False)[0]))


def _at_the_start(work: Workplace, *, small: bool) -> Iterator[Job]:
    for one in commands.chosen(commands.AT_THE_START, small=small):
        env = work.env(**dict(one.env))
        yield Job(Key(one.name, "start"), partial(_run, [*program(), *one.args], env))


def _run(argv: list[str], env: dict[str, str], _: int) -> Sample:
    return timed(argv, env)[0]


def _floor(work: Workplace, places: list[commands.Place], *, small: bool) -> Iterator[Job]:
    def derived(_: int) -> Sample:
        return said([*floor, "derive", "-"])

    def inserted(place: commands.Place, _: int) -> Sample:
        return said([*floor, "insert", str(place.out / "inserted.db"), str(place.count)])

    def said(argv: list[str]) -> Sample:
        return Sample(*map(float, timed(argv, work.env())[1].split()))

    floor = [sys.executable, str(HERE / "floor.py")]
    importing = [sys.executable, "-c", "import typer; print(typer.__name__)"]
    yield Job(Key("python -c 'import typer'", "floor"), partial(_run, importing, work.env()))
    yield Job(DERIVATION, derived)
    last = places[-1]
    for deed, name in {"list": "20 rows", "show": "one text", "write": "one durable insert"}.items():
        argv = [*floor, deed, str(last.out / "bare.db")]
        yield Job(Key(f"bare SQLCipher, {name}", "floor", last.count), partial(_run, argv, work.env()))
    if not small:
        for place in (each for each in places if each.count <= commands.IMPORT.most):
            yield Job(Key(INSERTS, "floor", place.count), partial(inserted, place), commands.ONCE)


def _jrnl(work: Workplace, counts: list[int]) -> Iterator[Job]:
    try:
        python = rival.install(work.folder / "jrnl")
    except (OSError, subprocess.CalledProcessError):
        say(f"jrnl {rival.VERSION} cannot be installed here, and is left out")
        return
    for count in counts:
        for way, locked in {"jrnl": False, "jrnl, locked": True}.items():
            it = rival.made(python, work.folder / f"{way.replace(', ', '-')}-{count}", count, locked=locked)
            for deed in rival.DEEDS:
                yield Job(Key(deed.name, way, count), partial(it.does, deed), commands.FEW)


def inside(*, small: bool) -> dict[str, float]:
    """Measure what is measured inside a process, as ratios."""
    count = INSERTED_SMALL if small else INSERTED
    imports = []
    with tempfile.TemporaryDirectory() as folder:
        times = json.loads(_answer("measured.py", "unlocked", f"{folder}/journal"))
        for number in range(1 if small else 3):
            (place := Path(folder) / str(number)).mkdir()
            took = json.loads(_answer("import_measured.py", "cost", str(place), str(count)))
            imports.append(took["import"] / took["bare"])
    unlocking = statistics.median(times["and open"]) / statistics.median(times["derivation"])
    return {"unlocking": unlocking, "import": statistics.median(imports)}


def _answer(module: str, *args: str) -> bytes:
    argv = [sys.executable, str(SYSTEM / module), *args]
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout


def main() -> int:
    """Measure, print the table, and give how to end."""
    given = told()
    results: Results = {}
    with Workplace(given.keep) as work:
        everything = jobs(work, given)
        measured(everything, given.rounds, results, first=work.first)
        say("inside the process")
        figures = inside(small=given.small)
        found = verdicts(results, figures, given.by)
        for more in range(1, AGAIN + 1):
            dear = {key for one in found if one.far for key in one.keys}
            if not dear:
                break
            say(f"once more, to see whether it stays so: {', '.join(sorted({key.name for key in dear}))}")
            again = [job for job in everything if job.key in dear]
            measured(again, given.rounds, results, first=work.first + more * (given.rounds + 1))
            found = verdicts(results, figures, given.by)
    text = report(results, found, by=given.by, rounds=given.rounds, day=date.today())  # noqa: DTZ011  # the day here
    print(text)
    if given.into:
        put_into(given.into, text)
    return ending(found)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)

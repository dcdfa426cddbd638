"""One whole process: how long it took by the clock and by the processor, and the most memory it had."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
PATIENCE = 3600  # seconds, for an import of a hundred thousand entries on a slow disk

# A small program between: the peak of a child begins with the size of what it was split off from, and neither its own
# start nor the pipes' end belongs to the time. It reports on a channel of its own.
BETWEEN = """
import os, sys, time
report, program = int(sys.argv[1]), sys.argv[2:]
os.set_inheritable(report, False)
began = time.perf_counter()
child = os.posix_spawn(program[0], program, os.environ)
_, status, used = os.wait4(child, 0)
took = time.perf_counter() - began
os.write(report, f"{took} {used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """
    What one run took.

    Args:
        clock: Seconds from its start to its end.
        processor: Seconds of the processor's, its own children included.
        peak: MiB at the most.
    """

    clock: float
    processor: float
    peak: float = 0


class WentWrong(Exception):
    """A command did not do what was to be measured."""


def timed(
    argv: Sequence[str], env: Mapping[str, str], given: bytes = b"", *, speaks: bool = True
) -> tuple[Sample, bytes]:
    """
    Run a program once, without a terminal; what it reads and says goes through pipes.

    Args:
        argv: The program, by its path, and its arguments.
        env: All of its environment.
        given: What it reads.
        speaks: It is to say something, on either channel.

    Returns:
        What it took, and what it said.

    Raises:
        WentWrong: If it fails, or says nothing though it should.
    """
    told, report = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", BETWEEN, str(report), *argv],
            input=given, env=dict(env), capture_output=True, timeout=PATIENCE, check=False, pass_fds=[report],
            start_new_session=True,
        )  # fmt: skip
        os.close(report)
        figures = os.read(told, 1000).split()
    finally:
        os.close(told)
    if done.returncode or (speaks and not done.stdout and not done.stderr):
        said = done.stderr.decode(errors="replace")[-500:]
        raise WentWrong(f"{' '.join(argv)[:200]} ended with {done.returncode}: {said}")
    peak = float(figures[2]) * (1 if sys.platform == "darwin" else 1024) / MEBIBYTE
    return Sample(float(figures[0]), float(figures[1]), peak), done.stdout


def middle(samples: Iterable[Sample], by: str = "clock") -> float:
    """Give the median, in seconds; `by` is `clock` or `processor`."""
    return statistics.median(getattr(one, by) for one in samples)


def peak(samples: Iterable[Sample]) -> float:
    """Give the most memory of all runs, in MiB."""
    return max(one.peak for one in samples)

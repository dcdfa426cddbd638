"""Master keys in memory that does not reach the disk, each until its time is over."""

import contextlib
import ctypes
import math
import mmap
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from journal_cli.vault.agent_wire import MOST_JOURNALS

Clocks = tuple[float, ...]

_SIZE: Final = 32  # bytes of a key


def clocks() -> Clocks:
    """
    Read, in seconds, every clock by which a time may be over.

    The wall's, one that nobody can set, and one that goes on while the machine sleeps (on macOS
    the plain monotonic one does; Python's own stops there).
    """
    if sys.platform == "linux":
        awake_or_asleep = time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform != "win32":
        awake_or_asleep = time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        awake_or_asleep = time.monotonic()
    return time.time(), time.monotonic(), awake_or_asleep


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a time, on every clock; the first to reach it counts."""

    ends: Clocks

    def left(self, now: Clocks) -> float:
        """Seconds until then, negative once it is over."""
        return min(end - clock for end, clock in zip(self.ends, now, strict=True))


def after(seconds: float, now: Clocks) -> Deadline:
    """The deadline so many seconds from now."""
    return Deadline(tuple(clock + seconds for clock in now))


class Keys:
    """
    Up to eight keys in one page of memory; close it, and they are gone.

    Args:
        now: Reads the clocks.
    """

    def __init__(self, now: Callable[[], Clocks] = clocks) -> None:
        self._now = now
        self._page = mmap.mmap(-1, mmap.PAGESIZE)
        _keep_off_the_disk(self._page)
        self._view = memoryview(self._page)
        self._held: dict[str, tuple[int, Deadline]] = {}

    def hold(self, journal: str, key: bytes | memoryview, seconds: float) -> bool:
        """
        Hold the key of a journal, instead of the one that was held for it before.

        Returns:
            False if eight other journals are held.
        """
        self.forget_what_is_over()
        taken = {place for other, (place, _) in self._held.items() if other != journal}
        free = [place for place in range(MOST_JOURNALS) if place not in taken]
        if not free:
            return False
        self._forget(journal)
        self._part(free[0])[:] = key
        self._held[journal] = free[0], after(seconds, self._now())
        return True

    def key(self, journal: str) -> memoryview | None:
        """Give the key of a journal where it lies, without a copy; None if it is not held."""
        self.forget_what_is_over()
        held = self._held.get(journal)
        return self._part(held[0]) if held else None

    def seconds_left(self, journal: str) -> int:
        """Whole seconds, rounded up, for which the key of a journal is still held; 0 if it is not."""
        held = self._held.get(journal)
        return max(0, math.ceil(held[1].left(self._now()))) if held else 0

    def next_end(self) -> float | None:
        """Seconds until the first of the keys is forgotten; None if none is held any more."""
        self.forget_what_is_over()
        now = self._now()
        return min((deadline.left(now) for _, deadline in self._held.values()), default=None)

    def forget_what_is_over(self) -> None:
        """Wipe the keys whose time is over."""
        now = self._now()
        for journal in [journal for journal, (_, deadline) in self._held.items() if deadline.left(now) <= 0]:
            self._forget(journal)

    def close(self) -> None:
        """Wipe all of them."""
        self._held.clear()
        self._page[:] = bytes(len(self._page))

    def _forget(self, journal: str) -> None:
        if held := self._held.pop(journal, None):
            self._part(held[0])[:] = bytes(_SIZE)

    def _part(self, place: int) -> memoryview:
        return self._view[place * _SIZE : (place + 1) * _SIZE]


def _keep_off_the_disk(page: mmap.mmap) -> None:
    """Keep a page out of swap and out of core dumps, where the system lets us; it holds keys all the same."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        ctypes.CDLL(None).mlock(ctypes.c_void_p(address), ctypes.c_size_t(len(page)))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):
            page.madvise(mmap.MADV_DONTDUMP)

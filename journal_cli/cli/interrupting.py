"""Ctrl-C in the middle of something long: it stops between two things, never inside of one."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from journal_cli.errors import Interrupted

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stopping_between() -> Iterator[Callable[[], None]]:
    """
    Hold back what would stop the program, until it is asked about.

    The database calls back into this program for every row, and whatever is raised in there comes out as a failure of
    the database.

    Yields:
        What asks, and raises `Interrupted` if the program is to stop. What came and was not asked about is let go:
        then everything was done already.
    """
    caught: list[int] = []
    before = {one: signal.signal(one, lambda number, _: caught.append(number)) for one in SIGNALS}

    def look() -> None:
        if caught:
            name = signal.Signals(caught[0]).name
            raise Interrupted("stopped by {signal}", signal=name, hint="nothing was changed")

    try:
        yield look
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)

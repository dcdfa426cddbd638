"""The three standard streams when they are closed, full, or nobody listens any more."""

import contextlib
import os
import sys
from typing import NoReturn

STREAMS = (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_WRONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def open_closed_ones() -> None:
    """
    Give a stream that was closed a place that holds nothing.

    Otherwise the next file that is opened takes its number, and what is said would be written into it.
    """
    for number, (name, flags, mode) in enumerate(STREAMS):
        if getattr(sys, name) is not None:
            continue
        nowhere = os.open(os.devnull, flags)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # open as long as the program


def flush() -> bool:
    """
    Send out what is waiting; a stream that takes nothing is led nowhere.

    Returns:
        False if something could not be sent.
    """
    sent = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            sent = False
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
                stream.flush()
    return sent


def leave(code: int) -> NoReturn:
    """End the process at once, with all that was said sent out; what must be closed or wiped has been by now."""
    flush()
    os._exit(code)


def clear_screen() -> None:
    """Clear the terminal, and what it scrolled away, where it can."""
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.write("\x1b[H\x1b[2J\x1b[3J")
            flush()
            return

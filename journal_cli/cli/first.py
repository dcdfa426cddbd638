"""
What holds while the program is still being read: Ctrl-C ends it at once, without a word.

Importing this is enough, and `main.run` gives Ctrl-C back. Only the program's own door imports it: it is for a
process that is the program and nothing else.
"""

import os
import signal
from types import FrameType

from journal_cli.errors import Interrupted


def _leave(_: int, __: FrameType | None) -> None:
    os._exit(Interrupted.exit_code)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # whoever began it in the background has it ignored
    signal.signal(signal.SIGINT, _leave)

"""The process that holds the key: its files are private and its memory is not written to disk on a crash."""

import contextlib
import ctypes
import os
import sys
from typing import Final

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE: Final = 4  # linux/prctl.h


def prepare_process() -> None:
    """
    Make new files private and leave no core dump, before a passphrase is asked for.

    On Linux other programs of the same user can then not look into this one either. What
    the system does not offer is left out in silence: it guards against accidents, and the
    journal has to open all the same.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

"""Root ignores the modes of files; here it can be made to mind them, as everybody else does."""

import ctypes
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

VERSION = 0x20080522  # of the kernel's interface
GET, SET = (90, 91) if platform.machine() == "aarch64" else (125, 126)  # numbers of the two calls
DAC_OVERRIDE, DAC_READ_SEARCH = 1 << 1, 1 << 2

Header = ctypes.c_uint32 * 2
Sets = ctypes.c_uint32 * 6  # effective, permitted, inheritable, twice


@contextmanager
def minded() -> Iterator[None]:
    """Have this process mind the modes of files, whoever runs it."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, before = Header(VERSION, 0), Sets()
    assert libc.syscall(GET, header, before) == 0
    changed = Sets(*before)
    changed[0] &= ~(DAC_OVERRIDE | DAC_READ_SEARCH)
    assert libc.syscall(SET, header, changed) == 0
    try:
        yield
    finally:
        assert libc.syscall(SET, header, before) == 0

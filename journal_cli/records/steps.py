"""
The steps that make the tables: how many there are, and a way to fetch them.

The steps speak sqlite-utils, which costs as much to import as everything else a command
needs. The vault asks for them only when a journal has not seen them all, so the module they
stand in is opened by its name here, and nowhere else.
"""

import importlib
import sys
from collections.abc import Callable, Sequence

import sqlcipher3
from sqlcipher3 import dbapi2

STEP_COUNT = 4


def load_steps() -> Sequence[Callable[[dbapi2.Connection], None]]:
    """Fetch the steps, in their order."""
    # sqlite-utils catches the errors of the library it finds by this name, and ours are not the standard one's.
    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = dbapi2
    steps: Sequence[Callable[[dbapi2.Connection], None]] = importlib.import_module("journal_cli.records.schema").STEPS
    return steps

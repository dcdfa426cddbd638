"""Run the journal, as `journal` or as `python -m journal_cli`."""

from journal_cli.cli import first  # noqa: F401  # before everything else is read
from journal_cli.cli.main import door

if __name__ == "__main__":
    door()

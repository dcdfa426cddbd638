"""Run the journal as `python -m journal_cli`."""

from journal_cli.cli.main import door

if __name__ == "__main__":
    door()

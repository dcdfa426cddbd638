"""Run the journal as `python -m journal_cli`."""

from journal_cli.cli.main import run

if __name__ == "__main__":
    run()

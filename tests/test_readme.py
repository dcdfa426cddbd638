"""The README's help pages are the program's own. Run this file to write them anew."""

import re
from pathlib import Path

from typer.testing import CliRunner

from journal_cli.cli.main import Journal, app

README = Path(__file__).parents[1] / "README.md"
MARKS = re.compile(r"(<!-- help -->\n).*?(<!-- /help -->)", re.DOTALL)


def help_pages() -> str:
    """Write the help of every command, in the order of the cards."""
    pages = []
    for card in Journal.cards:
        names = [[card.name]]
        names += [[card.name, name] for name in getattr(card.open(), "commands", {})]
        for words in names:
            shown = CliRunner().invoke(app, [*words, "--help"], prog_name="journal", env={"COLUMNS": "80"})
            assert shown.exit_code == 0
            pages.append(f"$ journal {' '.join(words)} --help\n{shown.stdout.strip()}\n")
    return "```\n" + "\n".join(re.sub(r"[ \t]+$", "", page, flags=re.MULTILINE) for page in pages) + "```\n"


def test_every_help_page_of_the_readme_is_what_the_program_says() -> None:
    shown = MARKS.search(README.read_text(encoding="utf-8"))

    assert shown is not None
    assert shown.group(0) == f"<!-- help -->\n{help_pages()}<!-- /help -->", (
        "python tests/test_readme.py writes it anew"
    )


if __name__ == "__main__":
    pages = help_pages()
    README.write_text(
        MARKS.sub(lambda found: found.group(1) + pages + found.group(2), README.read_text(encoding="utf-8")),
        encoding="utf-8",
    )

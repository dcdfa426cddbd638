"""The lines for a hard hour, as they are shipped: one file for all countries and languages."""

import tomllib
from typing import Any

from journal_cli.journal.care import HelpLine
from journal_cli.packs.wordbook import shipped


def help_lines() -> tuple[HelpLine, ...]:
    """Read all lines, in the order of the file."""
    document = tomllib.loads((shipped() / "help_lines.toml").read_text(encoding="utf-8"))
    return tuple(_help_line(row) for row in document["line"])


def _help_line(row: dict[str, Any]) -> HelpLine:
    return HelpLine(
        country=row["country"],
        kind=row["kind"],
        name=row["name"],
        number=row["number"],
        about=row["about"],
        ways=tuple(row.get("ways", ("call",))),
        say=row.get("say", ""),
        hours=row.get("hours", ""),
        cost=row.get("cost", ""),
        trace=row.get("trace", ""),
        languages=row.get("languages", 0),
        url=row.get("url", ""),
        checked=row["checked"],
        by=row["by"],
        source=row.get("source", ""),
        page_year=row.get("page_year"),
    )

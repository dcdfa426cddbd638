"""The feeling words on offer."""

import tomllib

from journal_cli.journal.mood import Corner, Feeling
from journal_cli.packs.wordbook import shipped, spoken

FEELINGS = "feelings.toml"


def feelings(language: str) -> tuple[Feeling, ...]:
    """Read the feeling words of one language, in the order they are offered."""
    path = shipped() / spoken(language) / FEELINGS
    corners = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Feeling(id_, word, Corner(corner)) for corner, listed in corners.items() for id_, word in listed.items()
    )

"""What was found in a file of another notebook, counted: what a person wants to know before and after it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Survey:
    """
    What was found.

    Args:
        files: The name of each file or folder that was given, with the format it is in.
        found: Entries and moods in them.
        moods: How many of them tell a mood.
        first: The first day.
        last: The last one.
        titles: How many have a title.
        tagged: How many have tags.
        stars: How many have a star.
        undated: How many have no date that can be read.
        known: How many are here already, in the trash too.
        twice: How many stand in them a second time.
        dropped: What has no place here, by name, and how many of it.
    """

    files: tuple[tuple[str, str], ...]
    found: int = 0
    moods: int = 0
    first: date | None = None
    last: date | None = None
    titles: int = 0
    tagged: int = 0
    stars: int = 0
    undated: int = 0
    known: int = 0
    twice: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many are not here yet."""
        return self.found - self.known - self.twice

    @property
    def format(self) -> str:
        """The format, or several with a comma between."""
        return ",".join(dict.fromkeys(form for _, form in self.files))

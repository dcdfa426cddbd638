"""What the person decides before a file of another notebook is read, and what a reader may have to ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from journal_cli.errors import Mistyped
from journal_cli.journal.moment import Moment, moment


class DayOrMonth(Mistyped):
    """Every date of a file can be read with the day first and with the month first; `Choices.day_first` decides."""

    def __init__(self, file: str, example: str) -> None:
        super().__init__(
            "{file}: in dates such as {example}, day and month cannot be told apart",
            hint="say which comes first: --day-first or --month-first",
            file=file,
            example=example,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What was decided.

    Args:
        zone: IANA name of the zone that times without one are in.
        now: The present.
        day_first: Whether `03/04` is the third of April; None if nobody has said.
        moods: From -3 to 3, in halves, by the casefolded label of a mood; those the formats know need not be in it.
        password: Asks for the password of a file that is locked; None if there is nobody to ask.
        with_places: True if places and weather are wanted, at the end of the text.
    """

    zone: str
    now: Moment
    day_first: bool | None = None
    moods: Mapping[str, float] = field(default_factory=dict, repr=False)
    password: Callable[[], str] | None = field(default=None, repr=False)
    with_places: bool = False


def wall_moment(wall: datetime, zone: str) -> tuple[Moment, bool]:
    """
    Place what a clock on the wall showed, whether the clocks of the zone ever showed just that or not.

    Args:
        wall: A naive datetime, as in the file.
        zone: IANA name of a zone there is.

    Returns:
        The moment, and False if the clocks passed over this time or showed it twice; then it is the first
        reading, with the offset from before the clocks were moved.

    Raises:
        Mistyped: If the year is not between 1000 and 9999.
        ZoneInfoNotFoundError: If there is no such zone; the frame has looked before.
    """
    earlier, later = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    is_plain = earlier.utcoffset() == later.utcoffset()
    return moment(earlier.astimezone(UTC), zone), is_plain

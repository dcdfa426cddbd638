"""
A moment as the writer's own clock showed it, and the arithmetic of days.

There is no clock here: whoever asks brings the present moment along.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta

from journal_cli.errors import Mistyped

FIRST_YEAR = 1000  # four digits, so that times written as text sort as times
LAST_YEAR = 9999
NO_ZONE = "UTC"  # what a moment says when nobody knows its zone; its offset is still the writer's


@dataclass(frozen=True, slots=True)
class Moment:
    """
    A point in time, and what the clock on the wall said.

    Args:
        at: The point itself, aware, in UTC.
        zone: IANA name of the zone it was written in, such as `Europe/Warsaw`; `UTC` if unknown.
        offset: Minutes east of UTC at that point, between -1439 and 1439.
    """

    at: datetime
    zone: str
    offset: int

    @property
    def local(self) -> datetime:
        """The writer's own date and time, aware, with a fixed offset."""
        return self.at.astimezone(timezone(timedelta(minutes=self.offset)))

    @property
    def day(self) -> date:
        """The writer's own day."""
        return self.local.date()

    def iso(self) -> str:
        """Write it as `2026-11-24T21:08:05+01:00`, in whole seconds."""
        return self.local.isoformat(timespec="seconds")


def moment(at: datetime, zone: str) -> Moment:
    """
    Place a point in time in a zone.

    A zone nobody knows is no reason to lose the hour: the moment then keeps the offset
    that the datetime itself carries, and calls its zone `UTC`.

    Args:
        at: An aware datetime, in any zone.
        zone: IANA name of the writer's zone.

    Raises:
        Mistyped: If the writer's year is not between 1000 and 9999.
        ValueError: If the datetime is naive.
    """
    own = at.utcoffset()
    if own is None:
        raise ValueError("a moment needs an aware datetime")
    place = _zone(zone)
    if place is None:
        return _bounded(at, NO_ZONE, _minutes(own))
    return _bounded(at, zone, _offset(at, place))


def local_moment(wall: datetime, zone: str) -> Moment:
    """
    Find the moment when the clocks of a zone showed this time.

    Args:
        wall: A naive datetime, as on the wall.
        zone: IANA name of the zone.

    Raises:
        Mistyped: If the clocks there never showed this time, or showed it twice, because
            they were moved; if there is no such zone; if the year is not between 1000 and 9999.
    """
    place = _zone(zone)
    if place is None:
        raise Mistyped("there is no time zone called {zone}", hint="for example: Europe/Warsaw", zone=zone)
    earlier, later = (_minutes(wall.replace(tzinfo=place, fold=fold).utcoffset()) for fold in (0, 1))
    if earlier == later:
        return fixed_moment(wall, earlier, zone)
    day, clock = wall.date().isoformat(), wall.time().isoformat()[:8].removesuffix(":00")
    # When clocks go forward the later reading is further east, when they go back it is further west.
    if earlier < later:
        raise Mistyped(
            "{day} {time} never was in {zone}: the clocks went forward and passed over it",
            hint="choose a time before or after",
            day=day,
            time=clock,
            zone=zone,
        )
    one, other = (fixed_moment(wall, east, zone).iso() for east in (earlier, later))
    raise Mistyped(
        "{day} {time} was twice in {zone}, as {one} and as {other}: the clocks went back",
        hint="write the one you mean: {one} or {other}",
        day=day,
        time=clock,
        zone=zone,
        one=one,
        other=other,
    )


def fixed_moment(wall: datetime, offset: int, zone: str = NO_ZONE) -> Moment:
    """
    Find the moment when a clock at a fixed offset showed this time.

    Args:
        wall: A naive datetime, as on the wall.
        offset: Minutes east of UTC, between -1439 and 1439.
        zone: The zone to name; it is kept when its own clocks had this offset then.

    Raises:
        Mistyped: If the year is not between 1000 and 9999.
    """
    at = wall.replace(tzinfo=timezone(timedelta(minutes=offset)))
    place = _zone(zone)
    return _bounded(at, zone if place and _offset(at, place) == offset else NO_ZONE, offset)


def week_start(day: date, first: int = 0) -> date:
    """
    Give the day on which this day's week began.

    Args:
        day: Any day.
        first: The weekday that weeks begin on, 0 for Monday to 6 for Sunday.
    """
    return day - timedelta(days=(day.weekday() - first) % 7)


def add_months(day: date, months: int) -> date:
    """
    Give the same day of another month, or that month's last day when it is shorter.

    Args:
        day: Any day.
        months: How many months later; negative for earlier.

    Raises:
        ValueError: If the calendar does not reach that far.
    """
    return day + relativedelta(months=months)


def _zone(name: str) -> ZoneInfo | None:
    """Find a zone by name; a name may be anything, a folder or a path among them."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _bounded(at: datetime, zone: str, offset: int) -> Moment:
    """Make the moment, if both its own year and the year in UTC are ones that can be kept."""
    try:
        placed = Moment(at.astimezone(UTC), zone, offset)
        year = placed.local.year
    except OverflowError:
        year = 0
    if year < FIRST_YEAR:
        raise Mistyped("a time must lie between the years {first} and {last}", first=FIRST_YEAR, last=LAST_YEAR)
    return placed


def _offset(at: datetime, place: ZoneInfo) -> int:
    """Minutes east of UTC in a zone; at the very ends of the calendar, the offset that `at` carries itself."""
    try:
        return _minutes(at.astimezone(place).utcoffset())
    except OverflowError:
        return _minutes(at.utcoffset())


def _minutes(offset: timedelta | None) -> int:
    """Whole minutes: zones kept seconds only before there was standard time."""
    return round((offset or timedelta()).total_seconds() / 60)

"""Pictures in the terminal: a range, a height, a month. One ink, shapes, and gaps left blank."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from journal_cli.insight.moods import Spread

LOW, HIGH = -3, 3
HEIGHTS = "▁▂▃▄▅▆▇"  # very low to very high


@dataclass(frozen=True, slots=True)
class Axis:
    """
    The seven steps from -3 to 3, drawn from left to right.

    Args:
        step: Columns from one number to the next; even, so that halves have a column of their own.
        ascii: True if only ASCII may be drawn with.
    """

    step: int
    ascii: bool = False

    @property
    def width(self) -> int:
        """Columns of the whole axis, the sign of -3 included."""
        return 2 + self.step * (HIGH - LOW)

    def place(self, value: float) -> int:
        """Give the column of a whole or half number, from 0."""
        return 1 + round(self.step * (value - LOW))

    def numbers(self) -> str:
        """Write the numbers over their columns; where they would touch, only the ends and the middle."""
        line = [" "] * self.width
        for value in range(LOW, HIGH + 1) if self.step > 2 else (LOW, 0, HIGH):
            text = str(value)
            end = self.place(value) + 1
            line[end - len(text) : end] = text
        return "".join(line)

    def bar(self, spread: Spread | None) -> str:
        """Draw low, middle and high; the middle stands on top where two of them meet."""
        line = [" "] * self.width
        if spread is None:
            return "".join(line)
        left, between, right, dot = "|-|o" if self.ascii else "├─┤●"
        low, middle, high = (self.place(value) for value in (spread.low, spread.median, spread.high))
        line[low : high + 1] = between * (high + 1 - low)
        line[low], line[high], line[middle] = left, right, dot
        return "".join(line)


def height(value: float, *, ascii_only: bool = False, decimal: str = ".") -> str:
    """Draw a number from -3 to 3 as a small bar, or write it; a half is drawn as the step nearer to the middle."""
    return number(value, decimal) if ascii_only else HEIGHTS[int(value) - LOW]


def number(value: float, decimal: str = ".") -> str:
    """Write a number without needless digits, with the decimal sign of the language: `-1`, `0.5`, `0,5`."""
    return f"{value:g}".replace(".", decimal)


def shape(spread: Spread | None, *, ascii_only: bool = False) -> str:
    """Choose the sign of a day by its middle: unpleasant, neither, pleasant, or told without a number."""
    unpleasant, neither, pleasant, untold = "-=+?" if ascii_only else "○◐●◇"
    if spread is None:
        return untold
    if spread.median == 0:
        return neither
    return pleasant if spread.median > 0 else unpleasant


def months(since: date, until: date) -> list[date]:
    """List the months of a period by their first days, oldest first."""
    first, last = (day.year * 12 + day.month - 1 for day in (since, until))
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]


def month_rows(month: date, first_weekday: int = 0) -> list[list[date | None]]:
    """
    Lay a month out in weeks.

    Args:
        month: Any day of it.
        first_weekday: The day weeks begin on, 0 Monday to 6 Sunday.

    Returns:
        Rows of seven days; None where the month has no day.
    """
    first, length = monthrange(month.year, month.month)
    blanks: list[date | None] = [None] * ((first - first_weekday) % 7)
    cells = blanks + [month.replace(day=day) for day in range(1, length + 1)]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]

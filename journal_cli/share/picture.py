"""
The picture of mood over weeks, as SVG.

A week is a line from its lowest to its highest number with a dot at its middle, in one ink; a
week without numbers is left blank. It says nothing that the table beside it does not.
"""

from collections.abc import Iterator, Sequence
from html import escape

from journal_cli.insight.moods import Spread
from journal_cli.journal.text import visible_line

WIDTH, HEIGHT = 320, 150  # units of the drawing
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 8, 26, 24  # around the field
_SCALE = (3, 0, -3)
_LABELS = 6  # at most, under the weeks
_DOT = 3.5  # radius


def mood_picture(name: str, weeks: Sequence[tuple[str, Spread | None]]) -> str:
    """
    Draw one measure week by week.

    Args:
        name: What is measured: the picture's heading, and its name for a screen reader.
        weeks: The name of each week and its numbers, oldest first; None in a gap.
    """
    said = escape(visible_line(name))
    drawn = [_text(_LEFT, 12, said, "start"), *_lines()]
    drawn += [mark for place, (_, found) in enumerate(weeks) if found for mark in _marks(_x(place, len(weeks)), found)]
    drawn += _days([day for day, _ in weeks])
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{"".join(drawn)}</svg>'


def _lines() -> Iterator[str]:
    """Draw the level of each number of the scale that is named, the middle one a little clearer."""
    for level in _SCALE:
        y, strength = _y(level), 0.5 if level == 0 else 0.2
        ends = f'x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:g}" y2="{y:g}"'
        yield f'<line {ends} stroke="currentColor" stroke-opacity="{strength}"/>'
        yield _text(_LEFT - 6, y + 4, str(level), "end")


def _marks(x: float, found: Spread) -> Iterator[str]:
    ends = f'x1="{x:g}" x2="{x:g}" y1="{_y(found.high):g}" y2="{_y(found.low):g}"'
    yield f'<line {ends} stroke="currentColor" stroke-width="2" stroke-linecap="round"/>'
    yield f'<circle cx="{x:g}" cy="{_y(found.median):g}" r="{_DOT}" fill="currentColor"/>'


def _days(days: Sequence[str]) -> Iterator[str]:
    """Name the first week, and as many after it as there is room for."""
    step = -(-len(days) // _LABELS) or 1
    for place in range(0, len(days), step):
        yield _text(_x(place, len(days)), HEIGHT - 6, escape(visible_line(days[place])), "middle")


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor">{said}</text>'


def _x(place: int, count: int) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (place + 0.5) / count, 2)


def _y(value: float) -> float:
    """Give the height of a number from -3 to 3."""
    field = HEIGHT - _TOP - _BOTTOM
    return round(_TOP + field * (3 - value) / 6, 2)

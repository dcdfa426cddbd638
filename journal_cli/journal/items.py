"""Check-in items: which of them are asked today, and how an answer is read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from journal_cli.errors import Mistyped
from journal_cli.journal.session import CheckInItem

MOST_A_DAY = 3
NONE = "none"  # as a setting: items are never asked

Value = int | str


def for_today(
    items: Iterable[CheckInItem], last: Mapping[str, date], today: date, named: Sequence[str] = ()
) -> tuple[CheckInItem, ...]:
    """
    Choose the items to ask today: three at most, and none once some were answered on this day.

    Args:
        items: Those the person would rather not meet are left out already.
        last: The day each item was last answered, by its id.
        today: The writer's own day.
        named: Ids of the items that were chosen; none are all that touch nothing in
            particular: an item that is private or has content notes is asked only if it was chosen.

    Returns:
        Those that were longest ago, or never answered, first; else in the order of `items`.
    """
    if today in last.values() or NONE in named:
        return ()
    plain = [one for one in items if (one.id in named if named else not (one.private or one.content_notes))]
    return tuple(sorted(plain, key=lambda one: last.get(one.id, date.min))[:MOST_A_DAY])


def reading(item: CheckInItem) -> Callable[[str], Value | None]:
    """Read a number of the item's scale, or the number of one of its options; an empty line is no answer."""
    scale = item.scale
    if scale.options:
        return lambda typed: _option(item, typed)

    def number(typed: str) -> int | None:
        text = typed.strip()
        if not text:
            return None
        if text.isascii() and text.isdigit() and scale.least <= int(text) <= scale.most:
            return int(text)
        raise Mistyped("a number from {least} to {most}, please", least=scale.least, most=scale.most)

    return number


def _option(item: CheckInItem, typed: str) -> str | None:
    """Read an option by its number, from 1, or by its id."""
    text, ids = typed.strip().lower(), [option.id for option in item.scale.options]
    if not text or text in ids:
        return text or None
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(ids):
        return ids[int(text) - 1]
    raise Mistyped("a number from 1 to {most}, please", most=len(ids))

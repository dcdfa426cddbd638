"""Goals on the screen: in the person's own words, the first and the latest rating, and no line between them."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.goal import Goal, RatedGoal
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.entries import id_length
from journal_cli.screen.limits import asking, day, followed
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, laid, ours, signs


def goals_page(goals: Sequence[RatedGoal], today: date, look: Look, words: Words) -> RenderableType:
    """Show the goals with their first and latest rating, resting ones apart."""
    if not goals:
        return Group(ours(words("goal.none"), look))
    length = id_length(one.goal.id for one in goals)
    rows: list[RenderableType] = []
    for title, resting in (("goal.open", False), ("goal.resting", True)):
        there = [one for one in goals if one.goal.resting is resting]
        if there:
            rows.append(Text(words(title), "strong"))
            rows += [row for one in there for row in _row(one, length, today, look, words)]
    if any(not one.goal.resting for one in goals):
        rows.append(ours(words("goal.how_to_rate"), look, "quiet"))
    if any(one.goal.resting for one in goals):
        rows.append(ours(words("goal.how_to_take_up"), look, "quiet"))
    return Group(*rows)


def _row(one: RatedGoal, length: int, today: date, look: Look, words: Words) -> Iterator[RenderableType]:
    id_, text, said = one.goal.id[:length], visible_line(one.goal.text), told(one, today, words)
    if look.plain:
        yield Folded(Text(f"{id_}, {followed(text, ', '.join(said)) if said else text}"), look.width)
        return
    label = Text(f"  {id_}  ", "accent")
    if look.narrow:
        yield laid(label)
        label = Text("    ")
    yield Folded(Text(text), look.width, label)
    if said:
        yield Folded(Text(signs(" · ".join(said), look), "quiet"), look.width, " " * label.cell_len)


def told(one: RatedGoal, today: date, words: Words) -> list[str]:
    """Say the first and the latest rating with their days, or the only one; nothing where there is none."""
    if not one.ratings:
        return []
    first, latest = one.ratings[0], one.ratings[-1]
    ends = [("goal.once", first)] if first is latest else [("goal.first", first), ("goal.latest", latest)]
    return [words(key, value=rating.value, day=day(rating.at.day, today, words)) for key, rating in ends]


def how_close(goal: Goal, look: Look, words: Words) -> RenderableType:
    """Show a goal in its own words, and the question how close it feels."""
    own = Folded(Text(visible_line(goal.text), "accent"), look.width)
    return Group(own, asking(words("goal.how_close"), words("goal.scale"), look))

"""Mood on the screen: a row a week, a month at a glance, or sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import dropwhile, groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.insight.hours import PartOfDay
from journal_cli.insight.moods import MoodFindings, Spread, WeekOfMoods
from journal_cli.journal.words import Words
from journal_cli.screen.before_after import said_sittings, sitting_rows
from journal_cli.screen.charts import HEIGHTS, Axis, height, month_rows, months, number, shape
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.moods_nearby import moods_nearby
from journal_cli.screen.theme import Folded, capital, filled, laid, ours, packed, signs

MOST_WORDS = 8  # of the words that came; the rest is in the JSON
LEAST = 40  # columns below which a sentence says more than a chart
DAY = 10  # columns of the day before a row

Cell = tuple[str, int, float]  # a time's name, the moods in it, and where their middle lay


def mood_page(findings: MoodFindings, voice: Voice, look: Look) -> RenderableType:
    """Show the weeks of a period with low, middle and high, the words, and what sittings were between."""
    if not findings.told:
        return Group(_nothing(findings, voice.words, look), *_imported(findings, voice.words, look))
    if voice.discreet:
        findings = moods_nearby(findings, voice.words)
    # Weeks before the first mood are no gaps: nobody was there yet.
    findings = replace(findings, weeks=tuple(dropwhile(lambda week: not week.n, findings.weeks)))
    lines = _sentences(findings, voice, look) if look.plain or look.width < LEAST else _picture(findings, voice, look)
    last = list(_imported(findings, voice.words, look))
    if not findings.times and not findings.weekdays:
        last.append(ours(voice.words("look_back.mood.too_few_times"), look, "quiet"))
    last.append(ours(voice.words(f"look_back.mood.trend_{findings.trend}"), look, "quiet"))
    last.append(ours(voice.words("look_back.mood.month_view"), look))
    return Group(*lines, *last)


def mood_calendar(findings: MoodFindings, voice: Voice, look: Look) -> RenderableType:
    """Show the months of a period: a shape for the middle of each day on which a mood was told, others left blank."""
    if not findings.told:
        return _nothing(findings, voice.words, look)
    lines = (
        _day_sentences(findings, voice.words, look)
        if look.plain or look.width < LEAST
        else _months(findings, voice.words, look)
    )
    return Group(*lines, ours(voice.words("look_back.mood.week_view"), look))


def period(since: date, until: date, words: Words) -> dict[str, str]:
    """Name the ends of a period; with years where it holds more than one."""
    both = since.year != until.year
    return {"since": words.day(since, year=both), "until": words.day(until, year=both)}


def _nothing(findings: MoodFindings, words: Words, look: Look) -> RenderableType:
    return Group(
        Folded(_title(findings, words, look), look.width),
        ours(words("look_back.mood.none"), look),
        ours(words("look_back.mood.tell_one"), look),
    )


def _title(findings: MoodFindings, words: Words, look: Look) -> Text:
    key = "look_back.mood.sentence" if look.plain else "look_back.mood.title"
    if findings.days == 1:
        key += "_day"
    return Text(signs(words(key, **period(findings.since, findings.until, words)), look), "strong")


def _counted(findings: MoodFindings, words: Words) -> str:
    counts = (("checkins", findings.checkins), ("before", findings.before))
    told = ", ".join(words.count(f"look_back.mood.{key}", count) for key, count in counts if count)
    return f"{told} {words.count('look_back.mood.on_days', findings.days, told=len(findings.told))}"


def _picture(findings: MoodFindings, voice: Voice, look: Look) -> Iterator[RenderableType]:
    words = voice.words
    yield from _heading(_title(findings, words, look), _counted(findings, words), look)
    chart = _chart(findings, words, look)
    if not chart.named:
        ends = " … ".join(
            f"{words(f'look_back.mood.{key}')} {end}" for key, end in (("unpleasant", -3), ("pleasant", 3))
        )
        yield Folded(Text(signs(ends, look), "quiet"), look.width, "  ")
    energy = words("look_back.mood.energy")
    numbers = f"{chart.left}{chart.axis.numbers()}{chart.right}{energy}"
    yield laid(Text(" " * chart.first + numbers, "quiet"))
    for week in findings.weeks:
        yield _week(week, chart, words, look)
    yield from _legend(chart.axis, words, look)
    yield Text("")
    yield from _words_and_sittings(findings, voice, look)


@dataclass(frozen=True, slots=True)
class _Chart:
    """Columns: the day and the count, what stands left of the axis, the axis, what stands right of it."""

    first: int
    left: str
    axis: Axis
    right: str
    named: bool = True


def _chart(findings: MoodFindings, words: Words, look: Look) -> _Chart:
    """Take the widest axis that fits; where even the ends cannot be named beside it, a line above names them."""
    first = DAY + max(len(f"n {week.n}") for week in findings.weeks)
    left, right = f"  {words('look_back.mood.unpleasant')} ", f" {words('look_back.mood.pleasant')}  "
    taken = first + cell_len(left) + cell_len(right) + cell_len(words("look_back.mood.energy"))
    for step in (6, 4, 2):
        axis = Axis(step, look.ascii)
        if taken + axis.width <= look.width:
            return _Chart(first, left, axis, right)
    return _Chart(first, "  ", Axis(2, look.ascii), "  ", named=False)


def _heading(title: Text, counted: str, look: Look) -> Iterator[RenderableType]:
    gap = look.width - title.cell_len - cell_len(counted)
    if gap >= 3:
        yield laid(Text.assemble(title, " " * min(gap, 12), (counted, "quiet")))
    else:
        yield Folded(title, look.width)
        yield ours(counted, look, "quiet")


def _week(week: WeekOfMoods, chart: _Chart, words: Words, look: Look) -> RenderableType:
    axis, left, right = chart.axis, " " * cell_len(chart.left), " " * cell_len(chart.right)
    day = f"  {filled(words.short_day(week.start), 6)}  "
    count = filled(f"n {week.n}" if week.n else "", chart.first - cell_len(day))
    drawn = Text(axis.bar(week.pleasant), "accent")
    if week.pleasant is None:
        drawn = Text(words(f"look_back.mood.{'no_number' if week.n else 'gap'}").center(axis.width), "quiet")
    decimal = words("look_back.decimal")
    energy = height(week.energy.median, ascii_only=look.ascii, decimal=decimal) if week.energy else ""
    line = Text.assemble((day + count + left, "quiet"), drawn, right, energy)
    line.rstrip()
    return laid(line)


def _legend(axis: Axis, words: Words, look: Look) -> Iterator[RenderableType]:
    yield Text("")
    drawn = axis.bar(Spread(-1, 0, 1)).strip()
    yield Folded(Text(words("look_back.mood.legend_range"), "quiet"), look.width, Text(f"  {drawn}  ", "quiet"))
    yield Folded(Text(words("look_back.mood.legend_n"), "quiet"), look.width, "  ")
    if look.ascii:
        energy = words("look_back.mood.legend_energy_ascii")
    else:
        energy = words("look_back.mood.legend_energy", low=HEIGHTS[0], high=HEIGHTS[-1])
    yield Folded(Text(energy, "quiet"), look.width, "  ")


def _words_and_sittings(findings: MoodFindings, voice: Voice, look: Look) -> Iterator[RenderableType]:
    words = voice.words
    names = {key: words(f"look_back.mood.{key}") for key in ("words", "sittings", "time_of_day", "day_of_week")}
    room = max(map(cell_len, names.values())) + 3
    labels = {key: filled(name, room) for key, name in names.items()}
    if findings.words:
        said = signs(" · ", look).join(f"{voice.feeling(one.word)} {one.n}" for one in findings.words[:MOST_WORDS])
        yield Folded(Text(said), look.width, labels["words"])
    if findings.cant_tell:
        yield ours(words.count("look_back.mood.cant_tell", findings.cant_tell), look)
    if findings.sittings:
        yield from sitting_rows(findings, labels["sittings"], words, look)
    for key, cells in (("time_of_day", _times(findings, words)), ("day_of_week", _weekdays(findings, words))):
        if cells:
            yield from _cells(cells, labels[key], words, look)


def _cells(cells: list[Cell], label: str, words: Words, look: Look) -> Iterator[RenderableType]:
    said = (words("look_back.mood.cell", name=name, median=_number(middle, words), n=n) for name, n, middle in cells)
    yield Folded(Text(words("look_back.mood.cells"), "quiet"), look.width, label)
    for line in packed(said, signs(" · ", look), look.width - cell_len(label)):
        yield Folded(Text(line), look.width, " " * cell_len(label))


def _times(findings: MoodFindings, words: Words) -> list[Cell]:
    names = dict(zip(PartOfDay, words.lists["look_back.mood.times"], strict=True))
    return [(names[one.part], one.n, one.median) for one in findings.times]


def _weekdays(findings: MoodFindings, words: Words) -> list[Cell]:
    names = words.lists["weekdays"]
    return [(names[one.weekday], one.n, one.median) for one in findings.weekdays]


def _imported(findings: MoodFindings, words: Words, look: Look) -> Iterator[RenderableType]:
    """Say what other programs told, apart from all the rest."""
    for one in findings.imported:
        said = words.count("look_back.mood.imported", one.n, origin=capital(one.origin))
        if one.pleasant:
            key = "imported_one" if one.pleasant.low == one.pleasant.high else "imported_range"
            low, middle, high = (
                _number(value, words) for value in (one.pleasant.low, one.pleasant.median, one.pleasant.high)
            )
            said += words(f"look_back.mood.{key}", low=low, median=middle, high=high)
        yield ours(f"{said}.", look)


def _number(value: float, words: Words) -> str:
    return number(value, words("look_back.decimal"))


def _sentences(findings: MoodFindings, voice: Voice, look: Look) -> Iterator[RenderableType]:
    words = voice.words
    yield ours(f"{_title(findings, words, look).plain} {_counted(findings, words)}.", look)
    for is_gap, run in groupby(findings.weeks, key=lambda week: not week.n):
        weeks = list(run)
        if is_gap:
            yield ours(_gap(weeks, words), look)
        else:
            yield from (ours(_said_week(week, findings, words), look) for week in weeks)
    if findings.words:
        said = ", ".join(f"{voice.feeling(one.word)} {one.n}" for one in findings.words[:MOST_WORDS])
        yield Folded(Text(f"{words('look_back.mood.words')}: {said}."), look.width)
    if findings.cant_tell:
        yield ours(words.count("look_back.mood.cant_tell", findings.cant_tell), look)
    if findings.sittings:
        yield from said_sittings(findings, words, look)
    for name, n, middle in (*_times(findings, words), *_weekdays(findings, words)):
        moods = words.count("look_back.mood.moods", n)
        median = _number(middle, words)
        yield ours(words("look_back.mood.said_cell", name=capital(name), moods=moods, median=median), look)


def _gap(weeks: Sequence[WeekOfMoods], words: Words) -> str:
    """Say in one sentence that there was nothing, for however many weeks."""
    first, last = (words.day(week.start) for week in (weeks[0], weeks[-1]))
    if len(weeks) == 1:
        return words("look_back.mood.week_gap", day=first)
    return words("look_back.mood.weeks_gap", first=first, last=last)


def _said_week(week: WeekOfMoods, findings: MoodFindings, words: Words) -> str:
    said = _said(week.pleasant, words)
    if week.energy:
        said += " " + words("look_back.mood.said_energy", median=_number(week.energy.median, words))
    moods = words.count(f"look_back.mood.{'moods' if findings.before else 'checkins'}", week.n)
    return words("look_back.mood.week_said", day=words.day(week.start), moods=moods, said=said)


def _said(pleasant: Spread | None, words: Words) -> str:
    if pleasant is None:
        return words("look_back.mood.said_no_number")
    low, middle, high = (_number(value, words) for value in (pleasant.low, pleasant.median, pleasant.high))
    if low == high:
        return words("look_back.mood.said_one", median=middle)
    return words("look_back.mood.said_range", low=low, high=high, median=middle)


def _months(findings: MoodFindings, words: Words, look: Look) -> Iterator[RenderableType]:
    shapes = {day.day: shape(day.pleasant, ascii_only=look.ascii) for day in findings.told}
    cell = 5 if look.narrow else 7
    order = [(findings.first_weekday + column) % 7 for column in range(7)]
    names = "".join(filled(words.lists["weekdays_short"][weekday], cell) for weekday in order).rstrip()
    for month in months(findings.told[0].day, findings.until):  # those before the first mood are no gaps either
        yield Text(f"{capital(words.lists['months_alone'][month.month - 1])} {month.year}", "strong")
        yield laid(Text(names, "quiet"))
        for week in month_rows(month, findings.first_weekday):
            yield laid(_calendar_week(week, shapes, cell))
        yield Text("")
    between = "\n" if look.narrow else "   "
    yield ours(between.join(_shapes(words, look)), look, "quiet")


def _shapes(words: Words, look: Look) -> Iterator[str]:
    keys = ("unpleasant", "neither", "pleasant", "untold")
    spreads = (*(Spread(value, value, value) for value in (-1, 0, 1)), None)
    drawn = (shape(spread, ascii_only=look.ascii) for spread in spreads)
    return (f"{sign} {words(f'look_back.mood.{key}')}" for sign, key in zip(drawn, keys, strict=True))


def _calendar_week(week: list[date | None], shapes: dict[date, str], cell: int) -> Text:
    line = Text()
    for day in week:
        sign = shapes.get(day, "") if day else ""
        # A day without a shape is quiet and otherwise blank: it was not missed.
        line.append(f"{day.day:2}" if day else "  ", "" if sign else "quiet")
        line.append(filled(f" {sign}" if sign else "", cell - 2), "accent")
    line.rstrip()
    return line


def _day_sentences(findings: MoodFindings, words: Words, look: Look) -> Iterator[RenderableType]:
    yield ours(f"{_title(findings, words, look).plain} {_counted(findings, words)}.", look)
    for day in findings.told:
        name = capital(words.day(day.day, weekday=True))
        yield ours(words("look_back.mood.day_said", day=name, said=_said(day.pleasant, words)), look)

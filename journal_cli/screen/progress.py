"""The look back on the screen: words first, numbers only when asked for."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.insight.left_off import LeftOff
from journal_cli.insight.progress import ProgressFindings
from journal_cli.journal.entry import Entry
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.moods import period
from journal_cli.screen.nearby import counted_nearby, progress_nearby
from journal_cli.screen.practice import Row, goal_rows, joined, limit_rows, measure_rows, moment_lines, quoted
from journal_cli.screen.programs import where
from journal_cli.screen.theme import Folded, capital, filled, laid, ours, signs

OFTEN = 2  # a word that came once did not come often
MOST = {"words": 4, "starred": 3, "paused": 3, "themes": 6}  # rows and words of one kind


def progress_page(findings: ProgressFindings, voice: Voice, look: Look, *, numbers: bool = False) -> RenderableType:
    """
    Show what a period holds: words that came, what was starred or waits, a return, what was practised, moments.

    Args:
        findings: From the reading room.
        voice: The words to say it in.
        look: How wide and how plain.
        numbers: True if the person asked to see numbers at once.
    """
    words = voice.words
    shown = progress_nearby(findings, words) if voice.discreet else findings
    rows = [*(counted_nearby(findings, words) if voice.discreet else ()), *_rows(shown, voice, look, numbers=numbers)]
    moments = list(moment_lines(shown.practice, words, look))
    key = "look_back.progress.sentence" if look.plain else "look_back.progress.title"
    title = signs(words(key, **period(findings.since, findings.until, words)), look)
    lines: list[RenderableType] = [Folded(Text(title, "strong"), look.width)]
    if not rows and not moments:
        return Group(*lines, ours(words("look_back.progress.none"), look), ours(words("look_back.begin"), look))
    lines += [*_laid_out(rows, look), *moments]
    if findings.paused:
        lines.append(ours(words("look_back.progress.resume"), look))
    return Group(*lines)


def numbers_page(findings: ProgressFindings, voice: Voice, look: Look) -> RenderableType | None:
    """Show the numbers of a period alone, for somebody who saw the words; None if it holds none."""
    shown = progress_nearby(findings, voice.words) if voice.discreet else findings
    rows = list(_number_rows(shown, voice, look))
    if not rows:
        return None
    title = Text(voice.words("look_back.progress.in_numbers"), "strong")
    return Group(Folded(title, look.width), *_laid_out(rows, look))


def _laid_out(rows: Sequence[Row], look: Look) -> Iterator[RenderableType]:
    """Put names beside what is said, above it where there is no room, before it in plain sentences."""
    if look.plain:
        for name, said in rows:
            yield from (Folded(Text(line), look.width) for line in _lines(f"{name}: ", said, look.width, look))
        return
    room = max((cell_len(name) for name, _ in rows), default=0) + 5
    for name, group in groupby(rows, key=lambda row: row[0]):
        label = Text(filled(f"  {name}", room), "quiet")
        if look.narrow:
            yield laid(label)
            label = Text("    ")
        lines = [line for _, said in group for line in _lines("", said, look.width - label.cell_len, look)]
        for number, line in enumerate(lines):
            yield Folded(Text(line), look.width, Text(" " * label.cell_len) if number else label)


def _lines(before: str, said: str | Sequence[str], room: int, look: Look) -> Iterator[str]:
    """Put the parts of what is said beside each other as far as there is room, none of them broken in two."""
    if isinstance(said, str):
        yield before + said
        return
    between = ", " if look.plain else signs(" · ", look)
    line = before + said[0]
    for part in said[1:]:
        if cell_len(line + between + part + between.rstrip()) > room:
            yield (line + between).rstrip()
            line = part
        else:
            line += between + part
    yield line


def _rows(findings: ProgressFindings, voice: Voice, look: Look, *, numbers: bool) -> Iterator[Row]:
    words, practice = voice.words, findings.practice
    yield from _often(findings, voice, numbers=numbers)
    for entry in findings.starred[: MOST["starred"]]:
        yield words("look_back.progress.starred"), _kept(entry, words, look)
    for left in findings.paused[: MOST["paused"]]:
        yield from _paused(left, words, look)
    if back := findings.came_back:
        said = words("look_back.progress.after", day=words.day(back.day), days=_days(back.after, words))
        yield words("look_back.progress.came_back"), capital(said) if look.plain else said
    yield from limit_rows(practice, words, look)
    themes = findings.tally.themes[: MOST["themes"]]
    if themes:
        yield words("look_back.progress.where"), [f"{voice.theme(one.theme)} {one.entries}" for one in themes]
    yield from _programs(findings, words, numbers=numbers)
    yield from goal_rows(practice, words, look, numbers=numbers)
    yield from measure_rows(practice, words, numbers=numbers)
    if numbers:
        yield from _counts(findings, words)


def _number_rows(findings: ProgressFindings, voice: Voice, look: Look) -> Iterator[Row]:
    words, practice = voice.words, findings.practice
    yield from _often(findings, voice, numbers=True)
    if any(one.sittings for one in findings.programs):
        yield from _programs(findings, words, numbers=True)
    if any(one.ratings for one in practice.goals):
        yield from goal_rows(practice, words, look, numbers=True)
    yield from measure_rows(practice, words, numbers=True)
    yield from _counts(findings, words)


def _often(findings: ProgressFindings, voice: Voice, *, numbers: bool) -> Iterator[Row]:
    often = [one for one in findings.words if one.n >= OFTEN][: MOST["words"]]
    if often:
        said = (f"{voice.feeling(one.word)} {one.n}" if numbers else voice.feeling(one.word) for one in often)
        yield voice.words("look_back.progress.often"), ", ".join(said)


def _programs(findings: ProgressFindings, words: Words, *, numbers: bool) -> Iterator[Row]:
    for one in findings.programs:
        sat = f" ({words.count('look_back.mood.sat', one.sittings)})" if numbers and one.sittings else ""
        yield words("program.in_progress"), f"{where(one.standing, words)}{sat}"


def _counts(findings: ProgressFindings, words: Words) -> Iterator[Row]:
    if findings.tally.entries:
        days = words.count("look_back.mood.on_days", findings.days, told=len(findings.tally.days))
        yield words("look_back.progress.wrote"), f"{words.count('look_back.entries', findings.tally.entries)} {days}"
    if findings.sittings:
        yield words("look_back.progress.sat"), words.count("look_back.mood.sat", len(findings.sittings))


def _paused(left: LeftOff, words: Words, look: Look) -> Iterator[Row]:
    """Say what was paused, after which question, and the question that is open."""
    place = f"look_back.progress.place.{left.after}"
    title = visible_line(left.sitting.title or words("reflect.one_question"))
    said = f"{title}, {words(place)}" if words.has(place) else title
    day = words.short_day(left.sitting.at.day).strip()
    yield words("look_back.progress.paused"), joined(said, day, look)
    if left.question:
        yield words("look_back.progress.left_open"), visible_line(left.question)


def _days(number: int, words: Words) -> str:
    """Say how many days, in letters where that is one word."""
    spelt = f"look_back.progress.spelt.{number}"
    return words.count("look_back.progress.days", number, said=words(spelt) if words.has(spelt) else number)


def _kept(entry: Entry, words: Words, look: Look) -> str:
    """Say a starred entry in its own words: its title, or else how it begins."""
    own = quoted(entry.title or entry.opening or entry.session_title or "", words, look)
    return joined(own, words.short_day(entry.written_at.day).strip(), look)

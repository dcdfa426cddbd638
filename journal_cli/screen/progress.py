"""The look back on the screen: words first, numbers only when asked for."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.insight.progress import ProgressFindings
from journal_cli.journal.entry import Entry
from journal_cli.journal.text import visible_line
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.moods import period
from journal_cli.screen.programs import where
from journal_cli.screen.theme import Folded, capital, filled, laid, ours, signs

QUOTES = '"“”„'  # what is quoted already is not quoted twice
OFTEN = 2  # a word that came once did not come often
MOST = {"words": 4, "starred": 3, "paused": 3, "themes": 6}  # rows and words of one kind

Row = tuple[str, str]


def progress_page(findings: ProgressFindings, voice: Voice, look: Look, *, numbers: bool = False) -> RenderableType:
    """
    Show what a period holds: words that came, what was starred or waits, a return, and the themes.

    Args:
        findings: From the reading room.
        voice: The words to say it in.
        look: How wide and how plain.
        numbers: True if the person asked to see numbers.
    """
    words = voice.words
    rows = list(_rows(findings, voice, look, numbers=numbers))
    key = "look_back.progress.sentence" if look.plain else "look_back.progress.title"
    title = signs(words(key, **period(findings.since, findings.until, words)), look)
    lines: list[RenderableType] = [Folded(Text(title, "strong"), look.width)]
    if not rows:
        return Group(*lines, ours(words("look_back.progress.none"), look), ours(words("look_back.begin"), look))
    lines += _laid_out(rows, look)
    if findings.paused:
        lines.append(ours(words("look_back.progress.resume"), look))
    if not numbers and not look.plain:
        lines.append(ours(words("look_back.progress.see_numbers"), look, "quiet"))
    return Group(*lines)


def _laid_out(rows: Sequence[Row], look: Look) -> Iterator[RenderableType]:
    """Put names beside what is said, above it where there is no room, before it in plain sentences."""
    if look.plain:
        yield from (Folded(Text(f"{name}: {said}"), look.width) for name, said in rows)
        return
    room = max(cell_len(name) for name, _ in rows) + 5
    for name, group in groupby(rows, key=lambda row: row[0]):
        label = Text(filled(f"  {name}", room), "quiet")
        if look.narrow:
            yield laid(label)
            label = Text("    ")
        for number, (_, said) in enumerate(group):
            yield Folded(Text(said), look.width, Text(" " * label.cell_len) if number else label)


def _rows(findings: ProgressFindings, voice: Voice, look: Look, *, numbers: bool) -> Iterator[Row]:
    words = voice.words
    often = [one for one in findings.words if one.n >= OFTEN][: MOST["words"]]
    if often:
        said = ", ".join(_counted(voice.feeling(one.word), one.n, numbers=numbers) for one in often)
        yield words("look_back.progress.often"), said
    for entry in findings.starred[: MOST["starred"]]:
        yield words("look_back.progress.starred"), _kept(entry, voice, look)
    for sitting in findings.paused[: MOST["paused"]]:
        day = words.short_day(sitting.at.day).strip()
        yield words("look_back.progress.paused"), _joined(visible_line(sitting.title), day, look)
    if back := findings.came_back:
        said = words.count("look_back.progress.after", back.after, day=words.day(back.day))
        yield words("look_back.progress.came_back"), capital(said) if look.plain else said
    themes = findings.tally.themes[: MOST["themes"]]
    if themes:
        between = signs(" · ", look) if numbers and not look.plain else ", "
        said = between.join(_counted(voice.theme(one.theme), one.entries, numbers=numbers) for one in themes)
        yield words("look_back.progress.where"), said
    for one in findings.programs:
        said = where(one.standing, words)
        sat = f" ({words.count('look_back.mood.sat', one.sittings)})" if numbers and one.sittings else ""
        yield words("program.in_progress"), f"{said}{sat}"
    if numbers and findings.tally.entries:
        days = words.count("look_back.mood.on_days", findings.days, told=len(findings.tally.days))
        yield words("look_back.progress.wrote"), f"{words.count('look_back.entries', findings.tally.entries)} {days}"
    if numbers and findings.sittings:
        yield words("look_back.progress.sat"), words.count("look_back.mood.sat", len(findings.sittings))


def _counted(name: str, count: int, *, numbers: bool) -> str:
    return f"{name} {count}" if numbers else name


def _kept(entry: Entry, voice: Voice, look: Look) -> str:
    """Say a starred entry in its own words: its title, or else how it begins."""
    own = visible_line(entry.title or entry.opening or entry.session_title or "")
    if own[:1] in QUOTES and own[-1:] in QUOTES:
        own = own[1:-1]
    before, after = signs(voice.words("look_back.progress.quote", text="\n"), look).split("\n")
    quoted = f"{before}{own}{after}"
    return _joined(quoted, voice.words.short_day(entry.written_at.day).strip(), look)


def _joined(text: str, day: str, look: Look) -> str:
    return f"{text}, {day}" if look.plain else f"{text}   {day}"

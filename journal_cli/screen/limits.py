"""Limits on the screen: in the person's own words, how it went with them, and nothing that grades it."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.limit import How, LimitNote, LimitStory
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.entries import id_length
from journal_cli.screen.look import Look
from journal_cli.screen.sittings import aside, choices
from journal_cli.screen.theme import Folded, capital, laid, ours, signs


def asking(question: str, keys: str, look: Look) -> RenderableType:
    """Show a question and, in the background, the keys."""
    return Group(Folded(Text(question), look.width), aside(keys, look))


def choice(texts: Sequence[str], question: str, keys: str, look: Look) -> RenderableType:
    """Show a question, what there is to choose from by number, and the keys."""
    return Group(Folded(Text(question), look.width), choices(texts, keys, look))


def about(story: LimitStory, question: str, keys: str, look: Look) -> RenderableType:
    """Show a limit in its own words, and a question about it."""
    return Group(Folded(Text(visible_line(story.limit.text), "accent"), look.width), asking(question, keys, look))


def limits_page(stories: Sequence[LimitStory], today: date, look: Look, words: Words) -> RenderableType:
    """Show the limits, how it went with each, and the last line about it; resting ones apart."""
    if not stories:
        return Group(ours(words("limit.none"), look))
    length = id_length(one.limit.id for one in stories)
    rows: list[RenderableType] = []
    for title, resting in (("limit.practised", False), ("limit.resting", True)):
        there = [one for one in stories if one.limit.resting is resting]
        if there:
            rows.append(Text(words(title), "strong"))
            rows += [row for one in there for row in _row(one, length, today, look, words)]
    if any(not one.limit.resting for one in stories):
        rows.append(ours(words("limit.how_to_note"), look, "quiet"))
    if any(one.limit.resting for one in stories):
        rows.append(ours(words("limit.how_to_take_up"), look, "quiet"))
    rows.append(ours(words("limit.how_to_show", id=stories[0].limit.id[:length]), look, "quiet"))
    return Group(*rows)


def times(story: LimitStory, words: Words) -> list[str]:
    """Say how often it went which way, leaving out what did not happen: `kept 3`, `partly 1`."""
    counts = ((how, story.times(how)) for how in How)
    return [words(f"limit.times_{how.value}", n=count) for how, count in counts if count]


def _row(story: LimitStory, length: int, today: date, look: Look, words: Words) -> Iterator[RenderableType]:
    id_, text = story.limit.id[:length], visible_line(story.limit.text)
    counts = times(story, words) or [words("limit.no_times")]
    last = next((note for note in reversed(story.notes) if note.line), None)
    said = _quoted(last, today, look, words) if last else ""
    if look.plain:
        yield Folded(Text(f"{id_}, {followed(text, ', '.join(counts))}"), look.width)
        if said:
            yield Folded(Text(words("limit.last_line", said=said)), look.width)
        return
    label = Text(f"  {id_}  ", "accent")
    if look.narrow:
        yield laid(label)
        label = Text("    ")
    indent, joined = " " * label.cell_len, signs(" · ".join(counts), look)
    line = Text(text).append(signs(f" · {joined}", look), "quiet")
    if label.cell_len + line.cell_len <= look.width:
        yield Folded(line, look.width, label)
    else:
        yield Folded(Text(text), look.width, label)
        yield Folded(Text(joined, "quiet"), look.width, indent)
    if said:
        yield Folded(Text(said, "quiet"), look.width, indent)


def _quoted(note: LimitNote, today: date, look: Look, words: Words) -> str:
    """Say a line about a limit, in quotes of ours around the person's own words, and its day."""
    before, after = signs(words("limit.said_last", line="\n", day=day(note.at.day, today, words)), look).split("\n")
    return f"{before}{visible_line(note.line)}{after}"


def story_page(story: LimitStory, today: date, look: Look, words: Words) -> RenderableType:
    """Show the times with one limit, the oldest first, each with its day and what was said; gaps are left alone."""
    limit = story.limit
    since = words("limit.since", day=day(limit.at.day, today, words))
    facts = [since, *([words("limit.is_resting")] if limit.resting else [])]
    rows: list[RenderableType] = [Folded(Text(visible_line(limit.text), "strong"), look.width)]
    joined = f"{capital(', '.join(facts))}." if look.plain else signs(" · ".join(facts), look)
    rows.append(Folded(Text(joined, "quiet"), look.width))
    length = id_length(note.id for note in story.notes)
    for note in story.notes:
        rows += _time(note, length, today, look, words)
    if not story.notes:
        rows.append(Folded(Text(words("limit.nothing_noted")), look.width))
    else:
        rows.append(ours(words("limit.how_to_remove", id=story.notes[-1].id[:length]), look, "quiet"))
    return Group(*rows)


def _time(note: LimitNote, length: int, today: date, look: Look, words: Words) -> Iterator[RenderableType]:
    id_, when, how = note.id[:length], day(note.at.day, today, words), went(note, words)
    if look.plain:
        end = f". {visible_line(note.line)}" if note.line else "."
        yield Folded(Text(f"{id_}, {when}: {how}{end}"), look.width)
        return
    label = Text(f"  {id_}  ", "accent")
    yield Folded(Text(f"{when}, {how}"), look.width, label)
    if note.line:
        yield Folded(Text(visible_line(note.line), "quiet"), look.width, " " * label.cell_len)


def went(note: LimitNote, words: Words) -> str:
    """Say how it went once, and by whom: `crossed, by somebody else`."""
    by = [words(f"limit.by_{note.by.value}")] if note.by else []
    return ", ".join([words(f"limit.{note.how.value}"), *by])


def said_noted(note: LimitNote, today: date, words: Words) -> str:
    """Say that a time was noted, as it was told."""
    return words("limit.noted", how=went(note, words), day=day(note.at.day, today, words))


def followed(own: str, said: str) -> str:
    """Let a sentence of ours follow the person's own words, whether these end as a sentence does or not."""
    return f"{own} {capital(said)}." if own.endswith((".", "!", "?", "…")) else f"{own}: {said}."


def day(one: date, today: date, words: Words) -> str:
    """Write a day, with its year if that is another than the present one."""
    return words.day(one, year=one.year != today.year)

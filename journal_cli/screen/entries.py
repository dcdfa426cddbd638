"""Entries on the screen: a list by days, one entry, its earlier texts, and what a search found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry, Match, Revision, WholeEntry
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, capital, cut, filled, laid, ours, signs

SHORTEST = 4  # characters of an id in a list
SPARE = 256  # so many times more ids than entries, that a short one rarely fits another entry too
CROCKFORD = 32  # signs an id is written with


@dataclass(frozen=True, slots=True)
class Listed:
    """
    What a list shows.

    Args:
        entries: Newest first.
        total: How many there are in all.
        today: The reader's own day.
        check_ins: Shown among the entries, in any order.
        sittings: Those the entries belong to, for the words before and after.
        first_weekday: The day weeks begin on, 0 Monday to 6 Sunday.
    """

    entries: Sequence[Entry]
    total: int
    today: date
    check_ins: Sequence[CheckIn] = ()
    sittings: Sequence[Sitting] = ()
    first_weekday: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a list; `quiet` where its name is ours, not the person's."""

    at: Moment
    id: str
    name: str = field(repr=False)
    size: str = ""
    tail: str = field(default="", repr=False)
    quiet: bool = False
    when: str = ""
    heading: str = ""


def entry_list(listed: Listed, voice: Voice, look: Look) -> RenderableType:
    """Show entries by days, the newest first; the last line says what could be next."""
    words = voice.words
    if not listed.entries and not listed.check_ins:
        return Group(ours(words("look_back.nothing"), look), ours(words("look_back.begin"), look))
    ids = [entry.id for entry in listed.entries] + [check_in.id for check_in in listed.check_ins]
    length = id_length(ids, listed.total)
    rows = [_placed(row, listed, length, words) for row in _rows(listed, voice, look)]
    rows.sort(key=lambda row: row.at.at, reverse=True)
    columns = _columns(rows, look)
    lines: list[RenderableType] = []
    for heading, group in groupby(rows, key=lambda row: row.heading):
        lines.append(Text(capital(heading), "strong"))
        for row in group:
            lines += _shown(row, columns, look)
    example = listed.entries[0].id[:length] if listed.entries else ""
    more = [words("look_back.more")] if len(listed.entries) < listed.total else []
    return Group(*lines, *_what_next(len(listed.entries), listed.total, [*more, *_read(example, words)], words, look))


def id_length(ids: Iterable[str], total: int = 0) -> int:
    """
    Give how many characters tell these ids apart, at least 4.

    In a larger journal it is more, so that the short form seldom fits an entry that is not shown.
    """
    known = set(ids)
    length = SHORTEST
    while CROCKFORD**length < total * SPARE:
        length += 1
    while len({id_[:length] for id_ in known}) < len(known):
        length += 1
    return length


def whole_entry(whole: WholeEntry, voice: Voice, look: Look) -> RenderableType:
    """Show an entry with its question, its text, its follow-ups, and what is known about it."""
    words, entry = voice.words, whole.entry
    name = entry_name(entry, voice, look, opening=False)
    lines: list[RenderableType] = [Folded(Text(name, "strong"), look.width)] if name else []
    lines += [Folded(Text(_known(entry, voice, look), "quiet"), look.width), Text("")]
    if entry.question:
        lines += [Folded(Text(visible(entry.question), "strong"), look.width), Text("")]
    lines += [*_prose(whole.body, look), Text("")]
    for one in whole.follow_ups:
        lines += [Folded(Text(visible(one.question), "strong"), look.width), Text("")]
        lines += [*_prose(one.answer, look), Text("")]
    if named := _named(entry, voice, look):
        lines.append(Folded(Text(named, "quiet"), look.width))
    if whole.revisions:
        texts = words.count("look_back.earlier", whole.revisions)
        lines.append(ours(words("look_back.history", texts=texts, id=entry.id), look))
    return Group(*lines, ours(words("look_back.edit", id=entry.id), look))


def page(whole: WholeEntry, earlier: Sequence[Revision] | None, voice: Voice, look: Look) -> RenderableType:
    """Show an entry, and below it its earlier texts if they were asked for."""
    entry = whole_entry(whole, voice, look)
    return entry if earlier is None else Group(entry, history(whole.entry.id, earlier, voice, look))


def history(id_: str, revisions: Sequence[Revision], voice: Voice, look: Look) -> RenderableType:
    """Show the earlier texts of an entry in the order given, each with the moment it was replaced."""
    words = voice.words
    lines: list[RenderableType] = []
    for one in revisions:
        day = words.day(one.replaced_at.day, year=True)
        replaced = words("look_back.replaced", day=day, time=words.clock(one.replaced_at))
        lines += [ours(replaced, look, "strong"), Text(""), *_prose(one.body, look), Text("")]
    if not revisions:
        lines.append(ours(words("look_back.no_history"), look))
    return Group(*lines, ours(words("look_back.now", id=id_), look))


def matches(found: Sequence[Match], total: int, voice: Voice, look: Look) -> RenderableType:
    """Show what a search found, each with the passage around it and the words that were looked for."""
    words = voice.words
    if not found:
        return Group(ours(words("look_back.nothing_found"), look))
    length = id_length([match.entry.id for match in found], total)
    lines: list[RenderableType] = []
    for match in found:
        entry = match.entry
        day = words.day(entry.written_at.day, year=True)
        between = ", " if look.plain else "  "
        if voice.discreet:
            parts = [day, entry.id[:length], kind_of(entry, words), words.count("look_back.words", entry.word_count)]
            lines.append(Folded(Text(between.join(parts)), look.width))
            continue
        parts = [day, entry.id[:length], entry_name(entry, voice, look, opening=False), *_marks(entry, words, look)]
        lines.append(Folded(Text(between.join(filter(None, parts)), "quiet"), look.width))
        lines += [Folded(_passage(match, look), look.width, "  "), Text("")]
    ways = _read(found[0].entry.id[:length], words)
    return Group(*lines, *_what_next(len(found), total, ways, words, look))


def _rows(listed: Listed, voice: Voice, look: Look) -> Iterator[_Row]:
    words = voice.words
    sittings = {sitting.id: sitting for sitting in listed.sittings}
    for entry in listed.entries:
        # A sitting's moods stand in the first of its rows, not in each of them.
        sitting = sittings.pop(entry.sitting, None) if entry.sitting else None
        mood = _moved(sitting, voice, look) if sitting else voice.feelings_of(entry.mood)
        tail = _joined((mood, *_marks(entry, words, look)), look)
        name = entry_name(entry, voice, look) or words("look_back.untitled")
        if voice.discreet:
            name, tail = kind_of(entry, words), ""
        yield _Row(entry.written_at, entry.id, name, words.count("look_back.words", entry.word_count), tail)
    for check_in in listed.check_ins:
        tail = "" if voice.discreet else voice.feelings_of(check_in.mood)
        yield _Row(check_in.at, check_in.id, words("look_back.check_in"), tail=tail, quiet=True)


def _placed(row: _Row, listed: Listed, length: int, words: Words) -> _Row:
    heading, one_day = _heading(row.at.day, listed, words)
    when = words.clock(row.at) if one_day else words.short_day(row.at.day).strip()
    return replace(row, id=row.id[:length], when=when, heading=heading)


def _moved(sitting: Sitting, voice: Voice, look: Look) -> str:
    before, after = voice.feelings_of(sitting.before), voice.feelings_of(sitting.after)
    if not before or not after:
        return before or after
    if look.plain:
        return voice.words("look_back.then", before=before, after=after)
    return f"{before} {signs('→', look)} {after}"


def entry_name(entry: Entry, voice: Voice, look: Look, *, opening: bool = True) -> str:
    """Say an entry's title, else its session and theme, else how it begins; empty if it has none of them."""
    if entry.title:
        return visible_line(entry.title)
    session = visible_line(entry.session_title or "")
    theme = voice.theme(entry.theme) if entry.theme else ""
    between = ", " if look.plain else signs(" · ", look)
    named = between.join(part for part in dict.fromkeys((session, theme)) if part)
    return named or (visible_line(entry.opening) if opening else "")


def kind_of(entry: Entry, words: Words) -> str:
    """Say what an entry is, and nothing of what is in it."""
    return words(f"look_back.kinds.{entry.kind}")


def _marks(entry: Entry, words: Words, look: Look) -> tuple[str, ...]:
    star = words("look_back.starred") if look.plain else signs("★", look)
    private = words("look_back.private")
    return tuple(mark for mark, stands in ((star, entry.starred), (private, entry.private)) if stands)


def _heading(day: date, listed: Listed, words: Words) -> tuple[str, bool]:
    """Name the group a day belongs to, and say whether it is a single day."""
    age = (listed.today - day).days
    if 0 <= age <= 1:
        return words("look_back.yesterday" if age else "look_back.today"), True
    if age < 0:
        return words.day(day, weekday=True, year=day.year != listed.today.year), True
    if age < 7:
        return words.day(day, weekday=True), True
    this_week = listed.today - timedelta(days=(listed.today.weekday() - listed.first_weekday) % 7)
    if day >= this_week - timedelta(days=7):
        return words("look_back.last_week"), False
    month = words.lists["months_alone"][day.month - 1]
    return (month if day.year == listed.today.year else f"{month} {day.year}"), False


def _columns(rows: Iterable[_Row], look: Look) -> dict[str, int]:
    """Give each column the room its longest cell needs; what is left over is the name's."""
    widest = dict.fromkeys(("when", "id", "name", "size", "tail"), 0)
    for row in rows:
        widest = {part: max(room, cell_len(getattr(row, part))) for part, room in widest.items()}
    widest["tail"] = min(widest["tail"], look.width // 3)
    gaps = 2 + 2 + 2 + 3 + (3 if widest["tail"] else 0)
    left = look.width - gaps - sum(room for part, room in widest.items() if part != "name")
    return {**widest, "name": min(widest["name"], left)}


def _shown(row: _Row, columns: dict[str, int], look: Look) -> Iterator[RenderableType]:
    if look.plain:
        said = ", ".join(filter(None, (row.when, row.id, row.name, row.size, row.tail)))
        yield Folded(Text(said), look.width)
        return
    start = Text.assemble("  ", f"{row.when:>{columns['when']}}  ", (row.id, "accent"), "  ")
    style = "quiet" if row.quiet else ""
    if look.narrow:
        yield laid(Text.assemble(start, (row.size, "quiet")))
        yield from (Folded(Text(part, style), look.width, "    ") for part in (row.name, row.tail) if part)
        return
    name = filled(cut(row.name, columns["name"], look), columns["name"])
    size = " " * (columns["size"] - cell_len(row.size)) + row.size
    yield laid(Text.assemble(start, (name, style), "   ", (size, "quiet"), "   ", cut(row.tail, columns["tail"], look)))


def _known(entry: Entry, voice: Voice, look: Look) -> str:
    words = voice.words
    day = words.day(entry.written_at.day, year=True, weekday=True)
    size = words.count("look_back.words", entry.word_count)
    at = f"{capital(day)}, {words.clock(entry.written_at)}"
    return (", " if look.plain else signs(" · ", look)).join((at, entry.id, size, *_marks(entry, words, look)))


def _named(entry: Entry, voice: Voice, look: Look) -> str:
    people = [f"@{visible_line(name)}" for name in entry.people]
    tags = [f"#{visible_line(tag)}" for tag in entry.tags]
    return _joined((voice.feelings_of(entry.mood), " ".join(people), " ".join(tags)), look)


def _prose(text: str, look: Look) -> Iterator[RenderableType]:
    """Fold what the person wrote at words; their own line ends stay."""
    return (Folded(Text(line), look.width) for line in visible(text).split("\n"))


def _passage(match: Match, look: Look) -> Text:
    """Set the words that were looked for apart: bold, and between signs where nothing is bold."""
    before, after = (signs("«", look), signs("»", look)) if look.plain else ("", "")
    passage, shown_to = Text(), 0
    for start, end in sorted(match.marks):
        if start < shown_to:
            continue
        passage.append(visible_line(match.snippet[shown_to:start]))
        passage.append(f"{before}{visible_line(match.snippet[start:end])}{after}", "strong")
        shown_to = end
    return passage.append(visible_line(match.snippet[shown_to:]))


def _joined(parts: Iterable[str], look: Look) -> str:
    return (", " if look.plain else "   ").join(part for part in parts if part)


def _read(example: str, words: Words) -> list[str]:
    return [words("look_back.read_one", id=example)] if example else []


def _what_next(shown: int, total: int, ways: Sequence[str], words: Words, look: Look) -> Iterator[RenderableType]:
    """Say how many of how many, and the ways on: on one line where there is room for it."""
    parts = [words("look_back.shown_of", n=shown, total=total), *ways]
    line = "     ".join(parts)
    one_line = not look.plain and cell_len(line) <= look.width
    return (ours(part, look, "quiet") for part in ([line] if one_line else parts))

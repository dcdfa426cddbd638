"""Programs on the screen: what there is, and what is next, whenever."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.program import Program, RunState, Standing
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.sittings import content_notes
from journal_cli.screen.theme import Folded, capital, laid, ours, signs


def programs_page(standings: Sequence[Standing], look: Look, words: Words) -> RenderableType:
    """Show the programs: what is next in those under way, those that wait, and what there is besides."""
    running = [one for one in standings if one.state is RunState.RUNNING]
    paused = [one for one in standings if one.state is RunState.PAUSED]
    others = [one for one in standings if one not in running and one not in paused]
    rows = [*_section(words("program.under_way"), running, look, words)]
    rows += _section(words("program.paused"), paused, look, words)
    rows += _section(words("program.others" if rows else "program.all"), others, look, words)
    if running:
        rows.append(ours(words("program.take_next"), look, "quiet"))
    if paused:
        rows.append(ours(words("program.how_to_resume"), look, "quiet"))
    rows.append(ours(words("program.how_to_start"), look, "quiet"))
    return Group(*rows)


def _section(title: str, standings: Sequence[Standing], look: Look, words: Words) -> Iterator[RenderableType]:
    if not standings:
        return
    yield Text(title, "strong")
    widest = max(len(one.id) for one in standings)
    for one in standings:
        line = Text(visible_line(one.title)).append(signs(" · ".join(["", *_facts(one, words)]), look), "quiet")
        label = Text(f"  {one.id:{widest}}  ", "accent")
        if look.narrow:
            yield laid(label)
            label = Text("    ")
        yield Folded(line, look.width, label)


def _facts(one: Standing, words: Words) -> list[str]:
    """Say where somebody is in a program under way, or else how long and how deep it is."""
    if one.next_week:
        return [f"{at(one, words)}: {visible_line(one.next_week.title)}"]
    if one.state in {RunState.RUNNING, RunState.PAUSED}:
        return [at(one, words)]
    length = words.count(f"program.length_{one.unit.value}", one.weeks)
    return [length, words(f"reflect.{one.program.intensity.word}")] if one.program else [length]


def row(one: Standing, words: Words) -> str:
    """Say a program in one line of a choice."""
    return f"{visible_line(one.title)} ({', '.join(_facts(one, words))})"


def at(one: Standing, words: Words) -> str:
    """Say where somebody is: `sitting 3 of 7`."""
    return words(f"program.at_{one.unit.value}", n=one.week, most=one.weeks)


def arrival(  # everything that stands on this page
    one: Standing, title: str, beside: Sequence[str], look: Look, words: Words, keys: Sequence[str] = ()
) -> RenderableType:
    """
    Show what is next in a program.

    Args:
        one: The program.
        title: Of the session, or the question; empty where it follows at once.
        beside: Short questions and questionnaires that go with this week.
        look: How wide and how plain.
        words: The words to say it in.
        keys: What can be done, each with its key; none from a pipe.
    """
    week = one.next_week
    rows: list[RenderableType] = [Text(), Text(visible_line(one.title), "strong")]
    if week:
        place = capital(f"{at(one, words)}: {visible_line(week.title)}")
        rows.append(Folded(Text(place), look.width))
        rows += (
            [Folded(Text(words(f"program.optional_{one.unit.value}"), "quiet"), look.width)] if week.optional else []
        )
    if title:
        rows.append(Folded(Text(visible_line(title), "accent"), look.width, "  "))
    if beside:
        said = words("program.beside", names=" ".join(visible_line(text) for text in beside))
        rows.append(Folded(Text(said, "quiet"), look.width))
    rows += [Folded(Text(signs(line, look), "quiet"), look.width) for line in _side_by_side(keys, look.width)]
    return Group(*rows)


def _side_by_side(keys: Sequence[str], width: int) -> Iterator[str]:
    """Put keys beside each other as far as there is room, never breaking one in two."""
    line = ""
    for key in keys:
        longer = f"{line}   {key}" if line else key
        if line and cell_len(longer) > width:
            yield line
            longer = key
        line = longer
    if line:
        yield line


def program_page(program: Program, look: Look, words: Words) -> RenderableType:
    """Show a program before it begins: what it is about, what it touches, and its weeks."""
    rows: list[RenderableType] = [Text(visible_line(program.title), "strong")]
    if program.about:
        rows.append(Folded(Text(visible_line(program.about)), look.width))
    facts = [words.count(f"program.length_{program.unit.value}", len(program.weeks))]
    facts += [words(f"reflect.{program.intensity.word}")]
    facts += [words("program.private")] if program.private else []
    rows.append(Folded(Text(signs(" · ".join(facts), look), "quiet"), look.width))
    if program.content_notes:
        rows.append(content_notes(program.content_notes, look, words))
    for number, week in enumerate(program.weeks, 1):
        title = Text(visible_line(week.title))
        if week.optional:
            title.append(f" {words('program.if_wanted')}", "quiet")
        rows.append(Folded(title, look.width, f"{number:4}  "))
    return Group(*rows)


def started(program: Program, one: Standing, look: Look, words: Words) -> RenderableType:
    """Show a program that begins, and what is next in it."""
    return Group(program_page(program, look, words), Text(), said_started(one, look, words))


def said_started(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say that a program is under way, and what is next."""
    return Group(said_next(one, look, words), ours(words("program.begin", id=one.id), look))


def said_next(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say what is next in a program, whenever."""
    week = one.next_week.title if one.next_week else ""
    title, place = visible_line(one.title), at(one, words)
    return Folded(Text(words("program.next", title=title, at=place, week=visible_line(week))), look.width)


def said_paused(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say that a program waits."""
    said = words("program.waits", title=visible_line(one.title), at=at(one, words))
    return Group(Folded(Text(said), look.width), ours(words("program.resume", id=one.id), look))


def said_stopped(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say that a program was stopped, and is finished so."""
    return Folded(Text(words("program.stopped", title=visible_line(one.title))), look.width)


def said_done(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say that a program has come to its end."""
    return Folded(Text(words("program.done", title=visible_line(one.title))), look.width)


def could_be_next(one: Standing, look: Look, words: Words) -> RenderableType:
    """Say on today's page what could be next in a program."""
    return ours(words("program.could_be_next", title=visible_line(one.title), at=at(one, words), id=one.id), look)


def where(one: Standing, words: Words) -> str:
    """Say in a few words where somebody is in a program, for the look back."""
    title = visible_line(one.title)
    if one.state in {RunState.STOPPED, RunState.DONE}:
        return words(f"program.was_{one.state.value}", title=title)
    key = "program.is_paused" if one.state is RunState.PAUSED else "program.is_next"
    return words(key, title=title, at=at(one, words))

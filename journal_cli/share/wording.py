"""The sentences of a page, in the language of the person; every form of a page says the same ones."""

from journal_cli.insight.moods import Spread
from journal_cli.journal.mood import Mood
from journal_cli.journal.words import Words
from journal_cli.share.document import Day, Document, LeftOut, MeasureRow, Measures, Passage, Roughly
from journal_cli.share.redact import Changed


def by_whom(document: Document, words: Words) -> str:
    """Say which time a document is about: `27 October – 23 November 2026, by me`."""
    since, until = document.since, document.until
    if isinstance(until, Roughly):
        return words("share.by_me", period=until.full)
    end = words.day(until, year=True)
    if since is None:
        period = words("share.period_until", until=end)
    elif since == until:
        period = end
    else:
        start = words.day(since, year=since.year != until.year)
        period = words("share.period", since=start, until=end)
    return words("share.by_me", period=period)


def short_day(day: Day, words: Words) -> str:
    """Write a day in a table: `24 Nov`, or roughly, `week 2`."""
    return day.short if isinstance(day, Roughly) else words.short_day(day).strip()


def number(value: float, words: Words) -> str:
    """Write a number from -3 to 3, with the decimal sign of the language."""
    return f"{value:g}".replace(".", words("share.decimal"))


def spread(found: Spread | None, words: Words) -> str:
    """Say how far a week reached and where its middle lay; a dash if nobody gave a number."""
    if found is None:
        return words("share.no_number")
    if found.low == found.high:
        return number(found.low, words)
    low, high, median = (number(value, words) for value in (found.low, found.high, found.median))
    return words("share.spread", low=low, high=high, median=median)


def pleasant(mood: Mood | None, words: Words) -> str:
    """Say how pleasant a moment was: a number, that it was hard to tell, or a dash."""
    if mood is not None and mood.pleasant is not None:
        return number(mood.pleasant, words)
    return words("share.cant_tell_short" if mood and mood.cant_tell else "share.no_number")


def points(value: float, words: Words) -> str:
    """Write a total: whole if it is whole, else with two decimals and the decimal sign of the language."""
    return (f"{value:.0f}" if value == int(value) else f"{value:.2f}").replace(".", words("share.decimal"))


def rating(found: tuple[Day, int] | None, words: Words) -> str:
    """Say how close a goal felt, and when; a dash if it was not rated."""
    if found is None:
        return words("share.no_number")
    day, value = found
    return words("share.rated", value=value, day=short_day(day, words))


def measured(row: MeasureRow, words: Words) -> tuple[str, ...]:
    """Say a result in six cells: name and day, now, before, the change, the usual wobble, and the published range."""
    dash = words("share.no_number")
    before, change = dash, dash
    if row.before is not None:
        day, total = row.before
        before = words("share.measured_before", total=points(total, words), day=short_day(day, words))
        if row.total is not None:
            change = ("+" if row.total > total else "") + points(row.total - total, words)
    return (
        words("share.measured", name=row.name, day=short_day(row.day, words)),
        dash if row.total is None else points(row.total, words),
        before,
        change,
        dash if row.wobble is None else words("share.wobble", points=points(row.wobble, words)),
        words("share.band", label=row.band, range=row.band_range) if row.band else dash,
    )


def sources(block: Measures, words: Words) -> str:
    """Name who published the ranges and the usual wobble, each once; empty if there are none."""
    bands = dict.fromkeys(row.band_source for row in block.rows if row.band)
    wobbles = dict.fromkeys(f"{row.name} {row.wobble_source}" for row in block.rows if row.wobble is not None)
    parts = [words("share.band_sources", sources=", ".join(bands))] if bands else []
    if wobbles:
        parts.append(words("share.wobble_sources", sources=", ".join(wobbles)))
    return " ".join(parts)


def heading(passage: Passage, words: Words) -> str:
    """Say when something was written, and its title if it has one."""
    day = passage.day.full if isinstance(passage.day, Roughly) else words.day(passage.day, year=True)
    return words("share.entry_title", day=day, title=passage.title) if passage.title.strip() else day


def left_out(left: LeftOut, words: Words) -> tuple[str, ...]:
    """Name what does not leave, a phrase each: `2 private entries`, `mood week by week`."""
    counts = {"private": left.private, "passages": left.passages, "entries": left.entries, "sittings": left.sittings}
    counted = [words.count(f"share.left_out_{what}", count) for what, count in counts.items() if count]
    return (*counted, *(words(f"share.block_{block}") for block in left.blocks))


def changed(found: Changed, words: Words) -> tuple[str, ...]:
    """Say which names were changed into what, a sentence each."""
    return tuple(
        words(
            "share.changed",
            names=", ".join(change.names),
            alias=change.alias,
            times=words.count("share.times", change.count),
        )
        if change.count
        else words("share.unchanged", names=", ".join(change.names))
        for change in found.changes
    )

"""The sentences of a page, in the language of the person; every form of a page says the same ones."""

from journal_cli.insight.moods import Spread
from journal_cli.journal.mood import Mood
from journal_cli.journal.words import Words
from journal_cli.share.document import Document, LeftOut, Passage
from journal_cli.share.redact import Changed


def by_whom(document: Document, words: Words) -> str:
    """Say which time a document is about: `27 October – 23 November 2026, by me`."""
    since, until = document.since, document.until
    end = words.day(until, year=True)
    if since is None:
        period = words("share.period_until", until=end)
    elif since == until:
        period = end
    else:
        start = words.day(since, year=since.year != until.year)
        period = words("share.period", since=start, until=end)
    return words("share.by_me", period=period)


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


def heading(passage: Passage, words: Words) -> str:
    """Say when something was written, and its title if it has one."""
    day = words.day(passage.day, year=True)
    return words("share.entry_title", day=day, title=passage.title) if passage.title.strip() else day


def left_out(left: LeftOut, words: Words) -> tuple[str, ...]:
    """Name what does not leave, a phrase each: `2 private entries`, `mood week by week`."""
    counts = {"private": left.private, "entries": left.entries, "sittings": left.sittings}
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

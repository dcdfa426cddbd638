"""The ledger of shares: what left the journal, when, and for whom."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.sharing import Share
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, signs


def ledger(shares: Sequence[Share], words: Words, look: Look) -> RenderableType:
    """Show what left, a line each."""
    if not shares:
        return Folded(Text(words("share.ledger_empty")), look.width)
    rows: list[RenderableType] = []
    for one in shares:
        day, to = words.day(one.at.day, year=True), visible_line(one.to) or words("share.no_number")
        line = words("share.ledger_line", day=day, id=one.id, to=to, form=one.form, period=_period(one, words))
        rows.append(Folded(Text(signs(line, look)), look.width))
    return Group(*rows)


def ledger_entry(one: Share, words: Words, look: Look) -> RenderableType:
    """Show all the ledger says of one share."""
    lines = (Folded(Text(signs(line, look)), look.width) for line in _lines(one, words))
    return Group(ledger([one], words, look), *lines)


def _lines(one: Share, words: Words) -> Iterator[str]:
    to, file = visible_line(one.to), visible_line(one.file)
    if to:
        yield words("share.show_for", to=to)
    yield words("share.show_form", form=one.form, file=file)
    yield words("share.show_period", period=_period(one, words))
    lists = {
        "blocks": [words(f"share.block_{name}") for name in one.blocks],
        "withheld": one.withheld,
        "left_out": one.left_out,
    }
    for name, said in lists.items():
        if said:
            yield words(f"share.show_{name}", what=", ".join(said))
    if one.entries:
        yield words("share.show_entries", ids=" ".join(one.entries))
    for name, alias in one.aliases.items():
        yield words("share.show_alias", name=visible_line(name), alias=visible_line(alias))
    yield words("share.show_digest", digest=one.digest)


def _period(one: Share, words: Words) -> str:
    since = words.day(one.since, year=True) if one.since else ""
    until = words.day(one.until, year=True) if one.until else ""
    return words("share.period", since=since, until=until) if since else words("share.period_until", until=until)

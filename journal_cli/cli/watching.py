"""What this computer remembers of a journal, apart from the journal's folder; and what is said of it."""

from datetime import date

from journal_cli.cli import home
from journal_cli.journal.entry import Filter
from journal_cli.journal.words import Words
from journal_cli.records import entries
from journal_cli.vault import seen
from journal_cli.vault.database import Database
from journal_cli.vault.seen import Watch


def watch_of(journal: str, today: date) -> Watch:
    """Give how a journal is compared with what was last seen here; `Vault.open` takes it."""
    return Watch(seen.record_in(home.state_folder(), journal), today, _count)


def said_at_opening(words: Words, opened: Database) -> list[str]:
    """Say what the person should know of a journal that was just opened; mostly nothing."""
    standing, sentences = opened.standing, []
    if standing.settled:
        sentences.append(words.count(f"verify.opening.{standing.settled}", _count(opened)))
    if standing.held in {"older", "other"} and standing.seen is not None:
        last = standing.seen
        day = words.day(date.fromisoformat(last.day), year=True)
        sentences.append(words(f"verify.opening.{standing.held}", day=day, then=last.entries, now=_count(opened)))
    elif standing.held:
        sentences.append(
            words("verify.opening.older_key" if standing.held == "older" else f"verify.opening.{standing.held}")
        )
    if standing.older_keys:
        sentences.append(words("verify.opening.older_keys"))
    return sentences


def _count(opened: Database) -> int:
    return entries.count(opened, Filter())

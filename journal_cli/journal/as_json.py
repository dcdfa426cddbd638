"""Journal things as the JSON that other programs may rely on. Keys are never renamed."""

from typing import Any

from journal_cli.journal.entry import Entry, Match, WholeEntry
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting

Json = dict[str, Any]


def mood_json(mood: Mood | None) -> Json | None:
    """Give a mood, or null."""
    if mood is None:
        return None
    return {
        "pleasant": mood.pleasant,
        "energy": mood.energy,
        "cant_tell": mood.cant_tell,
        "words": list(mood.words),
    }


def entry_json(entry: Entry) -> Json:
    """Give an entry as lists show it."""
    return {
        "id": entry.id,
        "written_at": entry.written_at.iso(),
        "zone": entry.written_at.zone,
        "kind": entry.kind.value,
        "title": entry.title,
        "theme": entry.theme,
        "session": entry.session,
        "sitting": entry.sitting,
        "question": entry.question,
        "tags": list(entry.tags),
        "people": list(entry.people),
        "word_count": entry.word_count,
        "private": entry.private,
        "starred": entry.starred,
        "mood": mood_json(entry.mood),
    }


def whole_entry_json(whole: WholeEntry) -> Json:
    """Give an entry with its text and the follow-ups that were answered."""
    return {
        **entry_json(whole.entry),
        "body": whole.body,
        "follow_ups": [{"question": one.question, "answer": one.answer} for one in whole.follow_ups],
        "revisions": whole.revisions,
    }


def match_json(match: Match) -> Json:
    """Give what a search found, with the passage and where the words stand in it."""
    return {**entry_json(match.entry), "snippet": match.snippet, "marks": [list(mark) for mark in match.marks]}


def sitting_json(sitting: Sitting) -> Json:
    """Give a sitting."""
    return {
        "id": sitting.id,
        "at": sitting.at.iso(),
        "session": sitting.session,
        "title": sitting.title,
        "state": sitting.state.value,
        "before": mood_json(sitting.before),
        "after": mood_json(sitting.after),
    }


def check_in_json(check_in: CheckIn) -> Json:
    """Give a check-in."""
    return {
        **(mood_json(check_in.mood) or {}),
        "id": check_in.id,
        "at": check_in.at.iso(),
        "items": [{"item": item, "value": value} for item, value in check_in.items],
    }

"""
A document as JSON, for other programs: what leaves, and nothing else.

One object. The first six keys are always there; of the others, those of what was chosen:

    format          "journal-share"
    version         1
    language        "en" or "pl"
    title           one line
    since, until    DAY, or null where the period has no beginning
    talk_about      ["…"]
    mood            {"days","days_told","times","weeks": [{"start": DAY,"times","pleasant": SPREAD,"energy": SPREAD}]}
    words           {"words": [{"word","times"}],"cant_tell"}
    sittings        [{"day": DAY,"title","before": FELT,"after": FELT}]
    limits          [{"text","kept","partly","crossed"}]
    goals           [{"text","first": RATED,"last": RATED}]
    measures        [{"id","name","version","language","day": DAY,"total","most","before": {"day": DAY,"total"}|null,
                    "wobble": {"points","source"}|null,"band": {"label","range","source"}|null,
                    "items": [{"number","label","loinc","answer","withheld"}]}]
    entries         [{"day": DAY,"title","question","text","answers": [{"question","answer"}],"whole"}]
    left_out        {"private","passages","entries","sittings","blocks": ["…"]}

    DAY     "2026-11-23", or roughly, "week 2", where dates do not leave
    SPREAD  {"low","median","high"} from -3 to 3, or null
    FELT    {"pleasant": -3 to 3|null,"cant_tell"} or null
    RATED   {"day": DAY,"value": 0 to 10} or null

An answer is null where an item was left out or is withheld; then the total is null too.
"""

import json
from collections.abc import Callable
from typing import Any

from journal_cli.insight.moods import Spread
from journal_cli.journal.mood import Mood
from journal_cli.share.document import (
    Block,
    Day,
    Document,
    Entries,
    FeelingWords,
    Footer,
    GoalRow,
    Goals,
    LeftOut,
    LimitRow,
    Limits,
    MeasureRow,
    Measures,
    MoodWeeks,
    Passage,
    Sat,
    Sittings,
    Talk,
    as_written,
)

Json = dict[str, Any]


def to_json(document: Document) -> bytes:
    """Write a document as JSON, in UTF-8."""
    head = {
        "format": "journal-share",
        "version": 1,
        "language": document.language,
        "title": document.title,
        "since": None if document.since is None else as_written(document.since),
        "until": as_written(document.until),
    }
    blocks: Json = {}
    for block in document.blocks:
        blocks |= _block(block)
    return (json.dumps(head | blocks, ensure_ascii=False, indent=2) + "\n").encode()


def _block(block: Block) -> Json:
    if isinstance(block, Footer):
        return {}
    key, said = _BLOCKS[type(block)]
    return {key: said(block)}


def _words(block: FeelingWords) -> Json:
    return {"words": [{"word": word, "times": n} for word, n in block.words], "cant_tell": block.cant_tell}


def _limit(row: LimitRow) -> Json:
    return {"text": row.text, "kept": row.kept, "partly": row.partly, "crossed": row.crossed}


def _goal(row: GoalRow) -> Json:
    return {"text": row.text, "first": _rated(row.first), "last": _rated(row.last)}


def _mood(block: MoodWeeks) -> Json:
    weeks = [
        {
            "start": as_written(week.start),
            "times": week.n,
            "pleasant": _spread(week.pleasant),
            "energy": _spread(week.energy),
        }
        for week in block.weeks
    ]
    return {"days": block.days, "days_told": block.days_told, "times": block.times, "weeks": weeks}


def _spread(found: Spread | None) -> Json | None:
    return None if found is None else {"low": found.low, "median": found.median, "high": found.high}


def _sat(row: Sat) -> Json:
    return {"day": as_written(row.day), "title": row.title, "before": _felt(row.before), "after": _felt(row.after)}


def _felt(mood: Mood | None) -> Json | None:
    return None if mood is None else {"pleasant": mood.pleasant, "cant_tell": mood.cant_tell}


def _rated(found: tuple[Day, int] | None) -> Json | None:
    return None if found is None else {"day": as_written(found[0]), "value": found[1]}


def _measured(row: MeasureRow) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "version": row.version,
        "language": row.language,
        "day": as_written(row.day),
        "total": row.total,
        "most": row.most,
        "before": None if row.before is None else {"day": as_written(row.before[0]), "total": row.before[1]},
        "wobble": None if row.wobble is None else {"points": row.wobble, "source": row.wobble_source},
        "band": {"label": row.band, "range": row.band_range, "source": row.band_source} if row.band else None,
        "items": [
            {
                "number": item.number,
                "label": item.label,
                "loinc": item.loinc,
                "answer": item.answer,
                "withheld": item.withheld,
            }
            for item in row.items
        ],
    }


def _passage(one: Passage) -> Json:
    return {
        "day": as_written(one.day),
        "title": one.title,
        "question": one.question,
        "text": one.text,
        "answers": [{"question": each.question, "answer": each.answer} for each in one.answers],
        "whole": one.whole,
    }


def _left_out(block: LeftOut) -> Json:
    return {
        "private": block.private,
        "passages": block.passages,
        "entries": block.entries,
        "sittings": block.sittings,
        "blocks": list(block.blocks),
    }


# The key of each block, and what stands there.
_BLOCKS: dict[type[Block], tuple[str, Callable[[Any], object]]] = {
    Talk: ("talk_about", lambda block: list(block.lines)),
    MoodWeeks: ("mood", _mood),
    FeelingWords: ("words", _words),
    Sittings: ("sittings", lambda block: [_sat(row) for row in block.rows]),
    Limits: ("limits", lambda block: [_limit(row) for row in block.rows]),
    Goals: ("goals", lambda block: [_goal(row) for row in block.rows]),
    Measures: ("measures", lambda block: [_measured(row) for row in block.rows]),
    Entries: ("entries", lambda block: [_passage(one) for one in block.passages]),
    LeftOut: ("left_out", _left_out),
}

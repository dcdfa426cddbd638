"""The trash on the screen: what waits there, and how to bring it back."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.entry import Entry
from journal_cli.journal.goal import Goal, RatedGoal
from journal_cli.journal.limit import Limit, LimitStory
from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import CheckIn
from journal_cli.journal.sitting import Sitting
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.entries import entry_name, id_length, kind_of
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, ours

Row = tuple[str, str, str]  # id, name, when


def trash_list(
    entries: Sequence[Entry],
    voice: Voice,
    look: Look,
    *,
    check_ins: Sequence[CheckIn] = (),
    sittings: Sequence[Sitting] = (),
    others: Sequence[Row] = (),
) -> RenderableType:
    """Show what is in the trash in the order given, entries with the day each was put there, `others` last."""
    words = voice.words
    rows = [*(_entry(entry, voice, look) for entry in entries)]
    rows += [_other(one.id, words("look_back.check_in"), one.at, words) for one in check_ins]
    for one in sittings:
        title = "" if voice.discreet else visible_line(one.title)
        rows.append(_other(one.id, title or words("look_back.sitting"), one.at, words))
    rows += others
    if not rows:
        return Group(ours(words("look_back.trash_empty"), look))
    length = id_length([id_ for id_, _, _ in rows])
    return Group(
        *(_line(id_[:length], name, when, look) for id_, name, when in rows),
        ours(words("look_back.restore", id=rows[0][0][:length]), look),
        ours(words("look_back.empty_trash"), look),
    )


def practised(
    words: Words,
    *,
    limits: Sequence[Limit] = (),
    goals: Sequence[Goal] = (),
    times: Sequence[LimitStory] = (),
    ratings: Sequence[RatedGoal] = (),
    discreet: bool = False,
) -> list[Row]:
    """
    Name limits and goals in the person's own words, and single times and ratings by what they are about.

    Discreetly all of them are named by their kind alone.
    """
    if discreet:
        there = [("limit", one.id, one.at) for one in limits] + [("goal", one.id, one.at) for one in goals]
        there += [("limit_note", one.id, one.at) for story in times for one in story.notes]
        there += [("rating", one.id, one.at) for goal in ratings for one in goal.ratings]
        return [_other(id_, words(f"look_back.kinds.{kind}"), at, words) for kind, id_, at in there]
    rows = [_other(one.id, words("limit.named", text=visible_line(one.text)), one.at, words) for one in limits]
    rows += [_other(one.id, words("goal.named", text=visible_line(one.text)), one.at, words) for one in goals]
    for story in times:
        text = visible_line(story.limit.text)
        rows += [
            _other(one.id, words("limit.named_time", text=text, how=words(f"limit.{one.how.value}")), one.at, words)
            for one in story.notes
        ]
    for goal in ratings:
        text = visible_line(goal.goal.text)
        rows += [
            _other(one.id, words("goal.named_rating", text=text, value=one.value), one.at, words)
            for one in goal.ratings
        ]
    return rows


def measured(id_: str, name: str, at: Moment, words: Words) -> Row:
    """Name an answered questionnaire by its own name, such as `PHQ-9`."""
    return _other(id_, visible_line(name), at, words)


def _entry(entry: Entry, voice: Voice, look: Look) -> Row:
    name = entry_name(entry, voice, look) or voice.words("look_back.untitled")
    if voice.discreet:
        size = voice.words.count("look_back.words", entry.word_count)
        name = f"{kind_of(entry, voice.words)}, {size}"
    day = voice.words.day(entry.deleted_at.day) if entry.deleted_at else ""
    return entry.id, name, voice.words("look_back.trashed_on", day=day) if day else ""


def _other(id_: str, name: str, at: Moment, words: Words) -> Row:
    return id_, name, words.day(at.day)


def _line(id_: str, name: str, when: str, look: Look) -> RenderableType:
    if look.plain:
        return Folded(Text(", ".join(filter(None, (id_, name, when)))), look.width)
    return Folded(Text.assemble(name, (f"   {when}", "quiet")), look.width, Text(f"  {id_}  ", "accent"))

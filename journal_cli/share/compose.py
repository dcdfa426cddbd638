"""Composing a document: what the person chose, and nothing else."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from journal_cli.errors import NotFound, NothingToDo, NotWhatItSays, Protected
from journal_cli.insight.moods import MoodFindings
from journal_cli.journal.entry import Entry, WholeEntry
from journal_cli.journal.goal import RatedGoal
from journal_cli.journal.limit import LimitStory
from journal_cli.journal.mood import Feeling, Mood, told
from journal_cli.journal.questionnaire import Questionnaire, Result
from journal_cli.journal.sitting import Sitting, State
from journal_cli.journal.text import is_empty
from journal_cli.journal.words import Words
from journal_cli.share.document import (
    Answer,
    Block,
    Document,
    Entries,
    FeelingWords,
    Footer,
    LeftOut,
    MoodWeek,
    MoodWeeks,
    Passage,
    Sat,
    Sittings,
    Talk,
)
from journal_cli.share.measures import goals_block, limits_block, measures_block
from journal_cli.share.plan import BLOCKS, Plan
from journal_cli.share.private_passages import may_leave, without_private

# Parts of the day, and the hour before which each ends.
PARTS_OF_DAY = (("night", 5), ("morning", 12), ("afternoon", 18), ("evening", 24))


@dataclass(frozen=True, slots=True)
class Period:
    """
    What the journal holds of a time, for a share of it.

    Args:
        since: First day, the writer's own; None for from the beginning.
        until: Last day, inclusive.
        entries: Everything written in this time, as lists show it, and the private entries of any
            time: a sitting begun in this time may have been gone on with later, and it is kept
            back if something private was written in it. Only this time's are counted as left out.
        sittings: In any order.
        mood: What the mood of this time says, or None.
        limits: Limits of this time, with their times in it.
        goals: Goals of this time, with their ratings in it.
        results: Questionnaires as they were answered, of any time.
        facts: The facts of questionnaires by their ids, in the language of the page.
    """

    since: date | None
    until: date
    entries: Sequence[Entry] = field(default=(), repr=False)
    sittings: Sequence[Sitting] = field(default=(), repr=False)
    mood: MoodFindings | None = field(default=None, repr=False)
    limits: Sequence[LimitStory] = field(default=(), repr=False)
    goals: Sequence[RatedGoal] = field(default=(), repr=False)
    results: Sequence[Result] = field(default=(), repr=False)
    facts: Mapping[str, Questionnaire] = field(default_factory=dict, repr=False)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in this time."""
        return day <= self.until and (self.since is None or self.since <= day)


def compose(
    plan: Plan, chosen: Sequence[WholeEntry], period: Period, words: Words, feelings: Sequence[Feeling]
) -> Document:
    """
    Compose the document a plan asks for.

    Args:
        plan: What was chosen; its `entries` are whole ids, and its `passages` are by such.
        chosen: The entries the plan names; others among them do not leave.
        period: What the journal holds of this time.
        words: The language of the page.
        feelings: The listed feeling words in that language.

    Raises:
        Protected: If a chosen entry is private.
        NotFound: If a chosen entry is not among `chosen`, or is in the trash.
        NothingToDo: If nothing was chosen.
        NotWhatItSays: If a passage does not stand in its entry, or something is withheld that there is not.
    """
    if not (plan.talk_about or plan.blocks or plan.entries):
        raise NothingToDo("nothing was chosen, so there is nothing to share")
    entries, hidden = _without_private(_chosen(plan, chosen))
    blocks: list[Block] = [Talk(plan.talk_about)] if plan.talk_about else []
    blocks += (_block(name, plan, period, feelings) for name in BLOCKS if name in plan.blocks)
    if entries:
        blocks.append(Entries(tuple(_passage(whole, plan.passages.get(whole.entry.id, "")) for whole in entries)))
    title = words("share.title_to", to=plan.to) if plan.to else words("share.title")
    ids = {*(one.id for one in period.entries), *(one.id for one in period.sittings), *plan.entries}
    document, more = may_leave(Document(words.language, title, period.since, period.until, tuple(blocks)), ids)
    left = replace(left_out(plan, period), passages=hidden + more)
    last: tuple[Block, ...] = (Footer(),) if left == LeftOut() else (left, Footer())
    return replace(document, blocks=(*document.blocks, *last))


def left_out(plan: Plan, period: Period) -> LeftOut:
    """Count what there is in this time and does not leave."""
    written = [entry for entry in _in(period) if entry.private or entry.id not in plan.entries]
    private = sum(entry.private for entry in written)
    sittings = len(_ended(period)) - len(_open_to_share(period)) if "sittings" in plan.blocks else 0
    blocks = tuple(name for name in BLOCKS if name not in plan.blocks and _is_there(name, period))
    return LeftOut(private, len(written) - private, sittings, blocks)


def _chosen(plan: Plan, chosen: Collection[WholeEntry]) -> list[WholeEntry]:
    """Find the entries of a plan, oldest first."""
    by_id = {whole.entry.id: whole for whole in chosen}
    found: list[WholeEntry] = []
    for wanted in dict.fromkeys(plan.entries):
        whole = by_id.get(wanted)
        if whole is None:
            raise NotFound("no entry begins with {id}", id=wanted)
        if whole.entry.private:
            raise Protected(
                "entry {id} is private, and private never leaves",
                hint="if it should leave: journal mark {id} --no-private first",
                id=wanted,
            )
        if whole.entry.deleted_at is not None:
            raise NotFound("entry {id} is in the trash", hint="bring it back: journal trash restore {id}", id=wanted)
        found.append(whole)
    return sorted(found, key=lambda whole: whole.entry.written_at.at)


def _without_private(chosen: Sequence[WholeEntry]) -> tuple[list[WholeEntry], int]:
    """Take private passages out of entries before anything is chosen from within them, and count them."""
    public: list[WholeEntry] = []
    taken = 0
    for whole in chosen:
        body, count = without_private(whole.body)
        answers = [(one, *without_private(one.answer)) for one in whole.follow_ups]
        follow_ups = tuple(replace(one, answer=answer) for one, answer, _ in answers)
        public.append(replace(whole, body=body, follow_ups=follow_ups))
        taken += count + sum(more for *_, more in answers)
    return public, taken


def _part_of_day(entry: Entry) -> str:
    hour = entry.written_at.local.hour
    return next(part for part, end in PARTS_OF_DAY if hour < end)


def _passage(whole: WholeEntry, wanted: str) -> Passage:
    if not is_empty(wanted):
        return _part_of(whole, without_private(wanted)[0].strip())
    entry = whole.entry
    return Passage(
        day=entry.written_at.day,
        text=whole.body,
        title=entry.title or "",
        question=entry.question or "",
        answers=tuple(Answer(one.question, one.answer) for one in whole.follow_ups if not is_empty(one.answer)),
        part=_part_of_day(entry),
    )


def _part_of(whole: WholeEntry, wanted: str) -> Passage:
    """Give a part of a text and what it answers; the title of the whole was not chosen."""
    entry = whole.entry
    texts = [(entry.question or "", whole.body), *((one.question, one.answer) for one in whole.follow_ups)]
    for question, text in texts:
        if wanted in text:
            return Passage(entry.written_at.day, wanted, question=question, whole=False, part=_part_of_day(entry))
    raise NotWhatItSays(
        "passages: the text chosen from {id} does not stand in it",
        hint="copy it as it stands there: journal show {id}",
        id=entry.id,
    )


def _block(name: str, plan: Plan, period: Period, feelings: Sequence[Feeling]) -> Block:
    match name:
        case "sittings":
            return _sittings(period)
        case "limits":
            return limits_block(period.limits)
        case "goals":
            return goals_block(period.goals)
        case "measures":
            return measures_block(period.results, period.since, period.until, period.facts, plan.withhold)
        case _:
            return _mood(name, period, feelings)


def _sittings(period: Period) -> Sittings:
    rows = (
        Sat(one.at.day, one.title, _without_words(one.before), _without_words(one.after))
        for one in _open_to_share(period)
    )
    return Sittings(tuple(rows))


def _mood(name: str, period: Period, feelings: Sequence[Feeling]) -> Block:
    found = period.mood
    if found is None:
        raise ValueError("a share of mood or words needs what the mood of the period says")
    if name == "mood":
        weeks = tuple(MoodWeek(one.start, one.n, one.pleasant, one.energy) for one in found.weeks)
        return MoodWeeks(weeks, found.checkins + found.before, len(found.told), found.days)
    counts = Counter[str]()
    for one in found.words:
        counts[told(one.word, feelings)] += one.n
    return FeelingWords(tuple(counts.most_common()), found.cant_tell)


def _is_there(name: str, period: Period) -> bool:
    """Tell whether a block would say anything: nobody leaves out what there is not."""
    match name:
        case "limits":
            return bool(period.limits)
        case "goals":
            return bool(period.goals)
        case "measures":
            return any(period.holds(one.at.day) for one in period.results)
        case _:
            return True


def _ended(period: Period) -> list[Sitting]:
    """List the sittings of this time that came to an end, oldest first."""
    ended = (one for one in period.sittings if one.state in {State.DONE, State.STOPPED} and one.deleted_at is None)
    return sorted((one for one in ended if period.holds(one.at.day)), key=lambda one: one.at.at)


def _open_to_share(period: Period) -> list[Sitting]:
    """Keep back a sitting in which something private was written: its title would tell what about."""
    private = {entry.sitting for entry in period.entries if entry.private}
    return [one for one in _ended(period) if one.id not in private]


def _in(period: Period) -> list[Entry]:
    return [one for one in period.entries if period.holds(one.written_at.day) and one.deleted_at is None]


def _without_words(mood: Mood | None) -> Mood | None:
    return mood and Mood(mood.pleasant, None, cant_tell=mood.cant_tell)

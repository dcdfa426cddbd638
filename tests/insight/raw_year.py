"""
A year of somebody's, invented from a fixed seed: what happened, as plain values and the clock on the wall.

Nothing here is worked out by the program. A thing is a dict; `at` is the wall clock, aware, in the zone
the person was in; `kept` is False for what they deleted later. The year has gaps, two journeys to New York
over the days when clocks are moved there, and all four days on which clocks moved around the person.
"""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SEED = 20261124
FIRST, LAST = date(2025, 11, 10), date(2026, 11, 24)  # some days more than the year that is looked back on
HOME, AWAY = "Europe/Warsaw", "America/New_York"
JOURNEYS = ((date(2026, 3, 5), date(2026, 3, 20)), (date(2026, 10, 28), date(2026, 11, 9)))
GAPS = ((date(2026, 1, 10), date(2026, 2, 2)), (date(2026, 7, 1), date(2026, 7, 20)))
WORDS = ("tense", "tired", "calm", "own word", "żal", "Zeal")
THEMES = ("trust-self", "boundaries-naming", "self-compassion", "desire", "ground")
SESSIONS = (("evening-signals", "Evening signals"), ("signal-today", "A signal"), ("kept-word", "A kept word"))
KINDS = ("free", "answer", "note", "imported")

Thing = dict[str, Any]


def zone_of(day: date) -> str:
    """The zone the person was in on a day."""
    return AWAY if any(start <= day <= end for start, end in JOURNEYS) else HOME


class Teller:
    """Draws what happens, each at a second of its own."""

    def __init__(self) -> None:
        self.draw = random.Random(SEED)  # the same year every time
        self.taken: set[datetime] = set()
        self.count = 0

    def id(self) -> str:
        """Ids that draw no order: they neither grow nor fall with time."""
        self.count += 1
        number = self.count * 7919 * 104729 % 32**8
        return "".join("0123456789abcdefghjkmnpqrstvwxyz"[number >> shift & 31] for shift in range(0, 40, 5))

    def at(self, day: date, second: int | None = None) -> datetime:
        """A time of a day by the wall; what clocks pass over or show twice is among them."""
        zone = ZoneInfo(zone_of(day))
        while True:
            seconds = self.draw.randrange(86_400) if second is None else second
            wall = datetime(day.year, day.month, day.day, tzinfo=zone, fold=self.draw.randint(0, 1))
            point = (wall.replace(tzinfo=None) + timedelta(seconds=seconds)).replace(tzinfo=zone, fold=wall.fold)
            point = point.astimezone(UTC)
            if point not in self.taken and point < datetime(2026, 11, 24, 19, 59, tzinfo=UTC):
                self.taken.add(point)
                return point.astimezone(zone)

    def mood(self) -> Thing:
        """A mood, with or without numbers."""
        number = lambda: self.draw.choice([None, -3, -2, -1, 0, 1, 2, 3])  # noqa: E731  # a name for three uses
        pleasant, energy = number(), number()
        cant_tell = (pleasant is None or energy is None) and self.draw.random() < 0.4
        words = self.draw.sample(WORDS, self.draw.choice([0, 0, 1, 2, 3]))
        return {"pleasant": pleasant, "energy": energy, "cant_tell": cant_tell, "words": words}

    def maybe_mood(self) -> Thing | None:
        """A mood beside a sitting: none, one that was skipped, or one that was told."""
        skipped = {"pleasant": None, "energy": None, "cant_tell": False, "words": []}
        return self.draw.choice([None, skipped, self.mood(), self.mood(), self.mood()])

    def kept(self) -> bool:
        return self.draw.random() < 0.93


def year() -> dict[str, list[Thing]]:
    """Tell the whole year, in no order."""
    tell = Teller()
    happened: dict[str, list[Thing]] = {"check_ins": [], "sittings": [], "entries": []}
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        if any(start <= day <= end for start, end in GAPS):
            continue
        _a_day(tell, day, happened)
    happened |= _practised(tell)
    happened["moments"] = _moments(tell, happened["entries"])
    for things in happened.values():
        tell.draw.shuffle(things)
    return happened


def _a_day(tell: Teller, day: date, happened: dict[str, list[Thing]]) -> None:
    draw = tell.draw
    clocks_move = day in {date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)}
    seconds: list[int | None] = [None] * draw.choice([0, 0, 1, 1, 2, 3])
    if clocks_move:
        seconds += [0, 3600 + 1799, 2 * 3600 + 1800, 2 * 3600 + 1801, 86_399]
    if day.day == 1:
        seconds += [0, 86_399] if not clocks_move else []
    for second in seconds:
        check_in = {"id": tell.id(), "at": tell.at(day, second), "mood": tell.mood(), "kept": tell.kept()}
        happened["check_ins"].append(check_in)
    sat = [_sitting(tell, day) for _ in range(draw.choice([0, 0, 0, 1]))]
    happened["sittings"] += sat
    for _ in range(draw.choice([0, 0, 1, 1, 2])):
        happened["entries"].append(_entry(tell, day, sat[0] if sat and draw.random() < 0.7 else None))


def _sitting(tell: Teller, day: date) -> Thing:
    session, title = tell.draw.choice(SESSIONS)
    return {
        "id": tell.id(),
        "at": tell.at(day),
        "session": session,
        "title": title,
        "state": tell.draw.choice(["open", "paused", "done", "done", "stopped"]),
        "before": tell.maybe_mood(),
        "after": tell.maybe_mood(),
        "kept": tell.kept(),
    }


def _entry(tell: Teller, day: date, sat: Thing | None) -> Thing:
    return {
        "id": tell.id(),
        "at": tell.at(day),
        "kind": tell.draw.choice(KINDS),
        "theme": tell.draw.choice([None, *THEMES]),
        "sitting": sat["id"] if sat else None,
        "text": f"A page about day {day:%j}.",
        "starred": tell.draw.random() < 0.1,
        "private": tell.draw.random() < 0.1,
        # What was written in a sitting goes into the trash with it.
        "kept": tell.kept() and (sat is None or sat["kept"]),
    }


def _some_day(tell: Teller, first: date = FIRST) -> date:
    while True:
        day = first + timedelta(days=tell.draw.randrange((LAST - first).days))
        if not any(start <= day <= end for start, end in GAPS):
            return day


def _practised(tell: Teller) -> dict[str, list[Thing]]:
    """Limits with their times, goals with their ratings, questionnaires."""
    limits = [_own(tell, f"Limit {number}.", "notes", _note, 25, kept=number > 0) for number in range(6)]
    goals = [_own(tell, f"Goal {number}.", "ratings", _rating, 15, kept=number > 0) for number in range(3)]
    return {"limits": limits, "goals": goals, "results": [_result(tell) for _ in range(60)]}


def _own(tell: Teller, text: str, parts: str, part: Any, most: int, *, kept: bool) -> Thing:
    start = _some_day(tell)
    times = [part(tell, start) for _ in range(tell.draw.randrange(most))]
    return {"id": tell.id(), "at": tell.at(start), "text": text, parts: times, "kept": kept}


def _note(tell: Teller, start: date) -> Thing:
    how = tell.draw.choice(["kept", "partly", "crossed"])
    return {"id": tell.id(), "at": tell.at(_some_day(tell, start)), "how": how, "kept": tell.kept()}


def _rating(tell: Teller, start: date) -> Thing:
    value = tell.draw.randrange(11)
    return {"id": tell.id(), "at": tell.at(_some_day(tell, start)), "value": value, "kept": tell.kept()}


def _result(tell: Teller) -> Thing:
    name, count, least, most = tell.draw.choice([("phq-9", 9, 0, 3), ("who-5", 5, 0, 5), ("rses", 10, 0, 3)])
    answers: list[int | None] = [tell.draw.randint(least, most) for _ in range(count)]
    if tell.draw.random() < 0.2:
        answers[tell.draw.randrange(count)] = None
    return {
        "id": tell.id(),
        "at": tell.at(_some_day(tell)),
        "name": name,
        "language": tell.draw.choice(["en", "en", "pl"]),
        "answers": answers,
        "kept": tell.kept(),
    }


def _moments(tell: Teller, entries: list[Thing]) -> list[Thing]:
    """Some of the entries are moments; of kindness, most with a kinder line."""
    found = []
    for entry in tell.draw.sample(entries, 40):
        kind = tell.draw.choice(["trust", "kindness"])
        kinder = "A kinder line." if kind == "kindness" and tell.draw.random() < 0.7 else None
        found.append({"entry": entry, "kind": kind, "kinder": kinder})
    return found

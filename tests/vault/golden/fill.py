"""
Makes a small journal of the kind the program makes now, to be kept for ever.

`python tests/vault/golden/fill.py` from the top of the repository, once for each schema step that
lands: it makes `step-N`, N being how many steps there are, and never writes over one. What it holds
is told in `step-N.json`.
"""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.goal import Goal, Rating
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.limit import By, How, Limit, LimitNote
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import CheckIn, ImportedMood, Mood
from journal_cli.journal.program import Run, RunState
from journal_cli.journal.questionnaire import Result
from journal_cli.journal.sharing import Share
from journal_cli.journal.sitting import Sitting, State, past
from journal_cli.journal.text import count_words, opening, people, tags
from journal_cli.records import (
    arrivals,
    drafts,
    edits,
    entries,
    forms,
    goals,
    limits,
    measures,
    moments,
    moods,
    programs,
    settings,
    shares,
    sittings,
    trash,
)
from journal_cli.records.arrivals import ImportRun, Incoming
from journal_cli.records.drafts import Draft
from journal_cli.records.forms import AddedForm
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import vault
from journal_cli.vault.database import Database

HERE = Path(__file__).parent
PASSPHRASE = "lantern orchid velvet harbor żuraw"
EVENING = datetime(2026, 11, 24, 19, tzinfo=UTC)
SIGNALS = Asked("trust-self", "1.0.0", "en", "one-moment", "Think of one moment today. What did your body say?")


def at(minutes: float, zone: str = "Europe/Warsaw") -> Moment:
    return moment(EVENING + timedelta(minutes=minutes), zone)


def written(id_: str, body: str, minutes: float, *answered: FollowUp, **known: Any) -> WholeEntry:
    everything = "\n".join([body, *(one.answer for one in answered)])
    facts = {"kind": Kind.FREE, "written_at": at(minutes), "tags": tags(everything), "people": people(everything)}
    entry = Entry(
        **{"id": id_, "word_count": count_words(everything), "opening": opening(body)} | facts | known,
    )
    return WholeEntry(entry, body, answered)


def fill(db: Database) -> None:
    """Keep something of everything a journal can hold."""
    entries.add(db, written("aaaa0001", "Rain all day.\n\nI walked to the river with @Anna. #calm", 0, starred=True))
    entries.add(db, written("aaaa0002", "Zażółć gęślą jaźń: cały dzień padało. #spokój @Łucja", 5, title="Deszcz"))
    entries.add(
        db,
        written("aaaa0003", "A page for nobody else. 📓 \u202eright to left\u202c, tab\tand NUL \0.", 10, private=True),
    )
    entries.add(db, written("aaaa0004", "The first text, which was changed.", 15))
    edits.rewrite(db, "aaaa0004", "The second text of this entry.", at(20))
    entries.add(db, written("aaaa0005", "This one was put in the trash.", 25))
    trash.delete(db, ["aaaa0005"], at(30))
    entries.add(db, written("aaaa0006", "An old page\r\nfrom another program.", -60 * 24 * 400, kind=Kind.IMPORTED))
    sit(db)
    entries.add(db, written("aaaa0008", "A note to a mood.", 60, kind=Kind.NOTE))
    moods.add_check_in(
        db, CheckIn("cccc0001", at(60), Mood(-1, 2, words=("tense", "rozbita")), (("sleep", 3),), note="aaaa0008")
    )
    moods.add_check_in(db, CheckIn("cccc0002", at(65, "Asia/Kathmandu"), Mood(cant_tell=True)))
    shares.note(
        db,
        Share("dddd0001", at(70), "Dr M", "pdf", since=date(2026, 11, 1), until=date(2026, 11, 24), blocks=("mood",),
              entries=("aaaa0001",), withheld=("1 private entry",), left_out=("words",), aliases={"Anna": "A."},
              digest="ab" * 32, file="page.pdf"),
    )  # fmt: skip
    drafts.keep(db, Draft("eeee0001", "write", "An unfinished text, nieskończony", at(75)))
    settings.put(db, "language", "pl", at(80))
    go_through(db)
    practise(db)
    bring(db)


def sit(db: Database) -> None:
    """A sitting with one answer and a follow-up to it."""
    begun = Sitting("bbbb0001", at(35), "evening-signals", "Evening signals", before=Mood(-1, 2, words=("tired",)))
    begun = replace(begun, pack="trust-self", version="1.0.0", language="en")
    sittings.begin(db, begun)
    of_sitting = {"sitting": begun.id, "session": begun.session, "session_title": begun.title, "theme": "trust-self"}
    first = FollowUp("What came next?", "It passed.")
    entries.add(db, written("aaaa0007", "I felt a no.", 40, first, kind=Kind.ANSWER, asked=SIGNALS, **of_sitting))
    entries.add_follow_up(db, "aaaa0007", FollowUp("And after that?", "Przeszło."), at(45))
    sittings.save(db, replace(past(begun), state=State.DONE, after=Mood(1, 0), felt="helping"), at(50))


def go_through(db: Database) -> None:
    """A program that is paused in its second week, and one that was stopped; a sitting was taken through the first."""
    run = Run("ffff0001", "a-kinder-voice", "Życzliwszy głos", at(30), "self-compassion")
    programs.start(db, run)
    programs.take(db, run, "bbbb0001", at(35))
    programs.save(db, replace(run, week=1, turn=1, state=RunState.PAUSED), at(85))
    stopped = Run("ffff0002", "twelve-look-backs", "Twelve look-backs", at(90), "support")
    programs.start(db, stopped)
    programs.save(db, replace(stopped, state=RunState.STOPPED), at(95))


def practise(db: Database) -> None:
    """Limits, goals, questionnaires, a form, and two entries that are moments."""
    limits.add(db, Limit("gggg0001", "I can come on Sunday, and I leave at four.", at(100)))
    limits.add(db, Limit("gggg0002", "Nie odbieram telefonu po dziewiątej.", at(101), resting=True))
    limits.add_note(db, LimitNote("hhhh0001", "gggg0001", at(102), How.PARTLY, By.OTHER, "Half past four."), at(102))
    limits.add_note(db, LimitNote("hhhh0002", "gggg0001", at(103), How.KEPT), at(103))
    goals.add(db, Goal("jjjj0001", "Say no without a long explanation.", at(104)))
    goals.rate(db, [Rating("kkkk0001", "jjjj0001", at(105), 2), Rating("kkkk0002", "jjjj0001", at(106), 10)], at(106))
    measures.add(db, Result("mmmm0001", "gad-7", "1", "en", at(107), (0, 1, 2, 3, 0, 1, 2), 9.0))
    measures.add(db, Result("mmmm0002", "gad-7", "1", "pl", at(108), (0, None, 2, 3, 0, 1, 2), coding="0-3"))
    forms.put(db, AddedForm("gad-7", "en", 'questionnaire = "gad-7"\n', at(109)))
    entries.add(db, written("aaaa0009", "She waited at the station.", 110, kind=Kind.ANSWER, asked=SIGNALS))
    moments.keep(db, "aaaa0009", MomentKind.TRUST, None, at(110))
    kinder = FollowUp("What would be a kinder line?", "Tired people forget.")
    entries.add(db, written("aaaa0010", "You forget everything.", 111, kinder, kind=Kind.ANSWER, asked=SIGNALS))
    moments.keep(db, "aaaa0010", MomentKind.KINDNESS, kinder.question, at(111))


def bring(db: Database) -> None:
    """What came from two other notebooks: an entry, and moods of another scale with a note and without."""
    run = ImportRun("nnnn0001", "jrnl", at(120))
    known = {"kind": Kind.IMPORTED, "changed_at": at(120)}
    walk = written("aaaa0011", "It rained. #calm @Anna", -60 * 24 * 500, title="A walk", starred=True, **known)
    arrivals.keep(db, run, [Incoming("ab" * 32, "ab" * 32, walk)])
    note = written("aaaa0012", "Dziś spokojniej.", -60 * 24 * 300, **known)
    told = [ImportedMood("daylio", "dobrze", 1.5), ImportedMood("daylio", "nervous")]
    first, second = (CheckIn(f"cccc000{number}", at(-60 * 24 * 300 + number), Mood()) for number in (3, 4))
    arrivals.keep(
        db,
        ImportRun("nnnn0002", "daylio", at(121)),
        [
            Incoming("cd" * 32, "cd" * 32, note, replace(first, note="aaaa0012"), told[0]),
            Incoming("ef" * 32, "ef" * 32, None, second, told[1]),
        ],
    )


def plain(thing: Any) -> Any:
    """A record as JSON can hold it."""
    if isinstance(thing, dict):
        return {name: plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def told(db: Database) -> dict[str, Any]:
    """Everything that can be read in a journal."""
    every = {id_: entries.whole(db, id_) for (id_,) in db.read("SELECT id FROM entry ORDER BY id")}
    revisions = {id_: [asdict(one) for one in edits.revisions(db, id_)] for id_ in every}
    return plain(
        {
            "entries": {id_: asdict(one) | {"earlier": revisions[id_]} for id_, one in every.items()},
            "check_ins": [asdict(one) for one in moods.check_ins(db, None, None)],
            "sittings": [asdict(one) for one in sittings.sittings(db, None, None)],
            "shares": [asdict(one) for one in shares.shares(db)],
            "drafts": [asdict(one) for one in drafts.drafts(db)],
            "settings": settings.get_all(db),
            "programs": {id_: asdict(run) for id_, run in programs.latest(db).items()},
            "sat": {id_: [asdict(one) for one in taken] for id_, taken in programs.sat(db).items()},
            "limits": [asdict(one) for one in limits.limits(db)],
            "limit_notes": [asdict(one) for one in limits.notes(db)],
            "goals": [asdict(one) for one in goals.goals(db)],
            "ratings": [asdict(one) for one in goals.ratings(db)],
            "measured": [asdict(one) for one in measures.results(db, None, None)],
            "forms": [asdict(one) for one in forms.forms(db)],
            "moments": [asdict(one) for one in moments.moments(db, None, None)],
            "imports": [asdict(one) for one in arrivals.runs(db)],
            "imported_moods": [asdict(one) for one in moods.imported(db, None, None)],
            "trash": [id_ for _, id_ in trash.contents(db)],
        }
    )


def make(folder: Path) -> dict[str, str]:
    """Make a journal, and give the secrets that open it."""
    opened, recovery_key = vault.create(folder, PASSPHRASE, today=date(2026, 11, 24))
    with opened.open(STEP_COUNT, load_steps) as db:
        fill(db)
        tables = [name for (name,) in db.read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        holds = told(db)
    secrets = {"passphrase": PASSPHRASE, "recovery_key": recovery_key, "journal": opened.journal}
    about = {"secrets": secrets, "tables": tables, "holds": holds}
    text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True)
    folder.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    return secrets


if __name__ == "__main__":
    make(HERE / f"step-{STEP_COUNT}")

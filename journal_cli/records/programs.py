"""Programs somebody goes through: started, moved on, and the sittings taken through them."""

from collections import defaultdict
from typing import Any

from journal_cli.errors import AlreadyThere, NotFound
from journal_cli.journal.moment import Moment
from journal_cli.journal.program import Run, RunState, Sat
from journal_cli.records.columns import moment_from, stamp, when
from journal_cli.vault.database import Database

_COLUMNS = "id, program, pack, title, at, zone, offset, day, state, week, turn"


def start(db: Database, run: Run) -> None:
    """
    Keep a run that begins now.

    Raises:
        AlreadyThere: If its id is taken; another one will do.
    """
    row = (run.id, run.program, run.pack, run.title, *when(run.at), run.state.value, run.week, run.turn)
    with db.changing():
        if db.one("SELECT 1 FROM program_run WHERE id = ?", (run.id,)):
            raise AlreadyThere("the id {id} is taken", id=run.id)
        db.run(
            f"INSERT INTO program_run ({_COLUMNS}, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # names of columns only
            (*row, stamp(run.at)),
        )


def save(db: Database, run: Run, at: Moment) -> None:
    """
    Keep where a run stands now.

    Raises:
        NotFound: If it was never started.
    """
    with db.changing():
        saved = db.run(
            "UPDATE program_run SET state = ?, week = ?, turn = ?, changed_at = ? WHERE id = ?",
            (run.state.value, run.week, run.turn, stamp(at), run.id),
        )
        if not saved:
            raise NotFound("there is no run {id} of a program", id=run.id)


def take(db: Database, run: Run, sitting_id: str, at: Moment) -> None:
    """
    Keep that a sitting is taken through a program, and where the run stands with it.

    Raises:
        NotFound: If the run was never started.
    """
    with db.changing():
        save(db, run, at)
        db.run(
            "INSERT INTO run_sitting (sitting, run, turn, changed_at) VALUES (?, ?, ?, ?)",
            (sitting_id, run.id, run.turn, stamp(at)),
        )


def latest(db: Database) -> dict[str, Run]:
    """Give the latest run of each program by the program's id, the latest started first."""
    rows = db.read(f"SELECT {_COLUMNS} FROM program_run WHERE deleted_at IS NULL ORDER BY at DESC, id")  # noqa: S608  # as above
    found: dict[str, Run] = {}
    for run in map(_run_from, rows):
        found.setdefault(run.program, run)
    return found


def sat(db: Database) -> dict[str, tuple[Sat, ...]]:
    """Give the sittings of each run by its id, the first begun first; what is in the trash does not count."""
    found: dict[str, list[Sat]] = defaultdict(list)
    rows = db.read(
        "SELECT run_sitting.run, sitting.id, sitting.session, run_sitting.turn"
        " FROM run_sitting JOIN sitting ON sitting.id = run_sitting.sitting"
        " WHERE sitting.deleted_at IS NULL AND run_sitting.deleted_at IS NULL ORDER BY sitting.at, sitting.id"
    )
    for run, *columns in rows:
        found[run].append(Sat(*columns))
    return {run: tuple(there) for run, there in found.items()}


def program_of(db: Database, sitting_id: str) -> str | None:
    """Give the id of the program that a sitting was taken through, or None."""
    row = db.one(
        "SELECT program FROM program_run JOIN run_sitting ON run_sitting.run = program_run.id"
        " WHERE run_sitting.sitting = ? AND run_sitting.deleted_at IS NULL",
        (sitting_id,),
    )
    return None if row is None else str(row[0])


def _run_from(row: tuple[Any, ...]) -> Run:
    id_, program, pack, title, at, zone, offset, _day, state, week, turn = row
    return Run(id_, program, title, moment_from(at, zone, offset), pack, RunState(state), week, turn)

"""
`journal import`: what was written elsewhere, looked at first and then taken in as a whole.

What `--json` prints:

    FILE…     {"format","found","imported","new","skipped","undated","dropped": [{"what","count"}…],"from","to"}
              `new` were not here before; with --dry-run, `imported` is 0
    --undo    {"format","at","removed","stayed"}
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from journal_cli.cli import own_export
from journal_cli.cli.arriving import Given, Tally, counted, fresh, incoming, labels, recognised, surveyed
from journal_cli.cli.desk import Desk
from journal_cli.cli.import_questions import (
    agreed,
    asked_moods,
    asked_password,
    keep_moods,
    known_moods,
    with_day_first,
)
from journal_cli.cli.interrupting import stopping_between
from journal_cli.cli.rooms import Json, Plain, Yes, at_desk, leaf
from journal_cli.errors import Mistyped, NothingToDo, Protected
from journal_cli.imports import from_dayone, from_journal
from journal_cli.imports.choices import Choices, DayOrMonth
from journal_cli.imports.source import Shape, Source, source_of, source_of_input
from journal_cli.journal.moment import local_moment
from journal_cli.journal.survey import Survey
from journal_cli.records import arrivals
from journal_cli.records.arrivals import ImportRun
from journal_cli.screen import survey as screen
from journal_cli.screen.theme import ours

app = leaf()

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE…", help="Files, folders or zips; - reads standard input.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and change nothing.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the last import back, as a whole.")]
WithPlaces = Annotated[bool, typer.Option("--with-places", help="Bring places and weather, as a last line of text.")]
Zone = Annotated[
    str | None,
    typer.Option("--zone", metavar="ZONE", help="Of times without a zone, as `Europe/Warsaw`.", show_default=False),
]
DayFirst = Annotated[
    bool | None,
    typer.Option("--day-first/--month-first", help="Whether 03/04 is in April or in March.", show_default=False),
]
PasswordCommand = Annotated[
    str | None,
    typer.Option(
        "--password-command",
        metavar="COMMAND",
        help="Its first line of output opens a locked file; otherwise it is asked.",
        show_default=False,
    ),
]


@app.command("import")
def bring_in(
    ctx: typer.Context,
    files: Files = None,
    dry_run: DryRun = False,
    undo: Undo = False,
    yes: Yes = False,
    with_places: WithPlaces = False,
    zone: Zone = None,
    day_first: DayFirst = None,
    password_command: PasswordCommand = None,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Bring what you wrote elsewhere.

    It reads jrnl, Day One, Daylio, folders of Markdown, plain text, and its own export. What it found is shown first;
    then all of it comes in, or nothing. A second time adds only what is new. The files stay as they are.

      journal import --dry-run ~/journal.txt
      journal import "Day One.zip"
      journal import --undo
    """
    desk = at_desk(ctx, plain=plain)
    if undo == bool(files) or (undo and dry_run):
        raise Mistyped("a file to import, or --undo alone, please", hint="journal import --help")
    if not (yes or dry_run or desk.is_person):
        raise Protected(
            "nothing comes in or goes without being asked about", hint="look with --dry-run, then give --yes"
        )
    if zone is not None:
        local_moment(datetime(2000, 1, 1, 12), zone)  # noqa: DTZ001  # on the wall of the zone, to see that it is one
    desk.open(in_bulk=True)
    if undo:
        _take_back(desk, yes=yes, as_json=as_json)
        return
    sources = [_source(path) for path in files or ()]
    password = asked_password(desk, password_command)
    ours_ = [one for one in sources if one.shape is Shape.FILE and from_journal.recognises(one.head(), one.name)]
    if ours_:
        if len(sources) > 1:
            raise Mistyped("an export of a journal is imported by itself", hint="one file at a time")
        _bring_back(desk, ours_[0], own_export.words_for(ours_[0], password), dry_run=dry_run, yes=yes, as_json=as_json)
        return
    choices = Choices(zone or desk.now().zone, desk.now(), day_first, password=password, with_places=with_places)
    _bring(desk, [recognised(one) for one in sources], choices, dry_run=dry_run, yes=yes, as_json=as_json)


def _source(path: Path) -> Source:
    return source_of_input(sys.stdin.buffer) if str(path) == "-" else source_of(path)


def _bring(desk: Desk, given: Sequence[Given], choices: Choices, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Look at what was given, ask, and take it in."""
    total = None
    moods = known_moods(desk) if dry_run or yes else asked_moods(desk, labels(given))
    choices = replace(choices, moods={name: value for name, value in moods.items() if value is not None})
    if dry_run or not yes:
        found, choices = _looked_at(desk, given, choices)
        if dry_run and as_json:
            desk.dump(_as_json(found, 0))
            return
        page = screen.foretold(found, _zone(given, choices), desk.words, desk.look if dry_run else desk.talk_look)
        (desk.show if dry_run else desk.say)(page)
        if dry_run:
            return
        total = found.found
        if found.new:
            agreed(desk, desk.words.count("arrivals.ask", found.new))
        keep_moods(desk, moods)
    found, imported = _taken_in(desk, given, choices, total)
    if as_json:
        desk.dump(_as_json(found, imported))
    else:
        desk.show(screen.told(found, imported, desk.words, desk.look))


def _looked_at(desk: Desk, given: Sequence[Given], choices: Choices) -> tuple[Survey, Choices]:
    """Look at everything, and ask for what only the person can know."""
    while True:
        try:
            return surveyed(desk.journal, given, choices), choices
        except DayOrMonth as doubt:
            if not desk.is_person:
                raise
            choices = with_day_first(desk, choices, doubt)


def _taken_in(desk: Desk, given: Sequence[Given], choices: Choices, total: int | None) -> tuple[Survey, int]:
    """Take everything in, all of it or nothing."""
    new_id = fresh(desk.new_id)
    tally = Tally(given)
    run = ImportRun(new_id(), tally.survey(0, 0).format, choices.now)
    plain = desk.talk_look.plain
    coming = incoming(given, choices, tally, new_id)
    with screen.bar(desk.words("arrivals.coming"), total, plain=plain) as tell, stopping_between() as look:
        kept = arrivals.keep(desk.journal, run, counted(coming, tell, look))
    return tally.survey(kept.known, kept.twice), kept.imported


def _zone(given: Sequence[Given], choices: Choices) -> str:
    """Give the zone to tell of; none where every time has its own."""
    return "" if all(one.reader is from_dayone for one in given) else choices.zone


def _as_json(found: Survey, imported: int) -> dict[str, Any]:
    return {
        "format": found.format,
        "found": found.found,
        "imported": imported,
        "new": found.new,
        "skipped": found.known + found.twice,
        "undated": found.undated,
        "dropped": [{"what": name, "count": n} for name, n in found.dropped.items()],
        "from": found.first.isoformat() if found.first else None,
        "to": found.last.isoformat() if found.last else None,
    }


def _bring_back(desk: Desk, source: Source, words: str | None, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take an export of a journal back in."""
    if dry_run or not yes:
        found = own_export.would_come(desk, source, words)
        if dry_run and as_json:
            desk.dump({**own_export.as_json(found), "imported": 0})
            return
        for line in own_export.foretold(desk, source, found):
            (desk.show if dry_run else desk.say)(ours(line, desk.look if dry_run else desk.talk_look))
        if dry_run:
            return
        if any(found.added.values()):
            agreed(desk, desk.words("arrivals.ask_back"))
    came = own_export.bring_back(desk, source, words)
    if as_json:
        desk.dump(own_export.as_json(came))
        return
    for line in own_export.told(desk, came):
        desk.show(ours(line, desk.look))


def _take_back(desk: Desk, *, yes: bool, as_json: bool) -> None:
    """
    Take the last import back.

    Raises:
        NothingToDo: If there is none, or it is to stay.
    """
    words = desk.words
    run = arrivals.latest(desk.journal)
    if run is None:
        raise NothingToDo("there is no import to take back")
    if not yes:
        day, clock = words.day(run.at.day, year=True), words.clock(run.at)
        desk.say(
            ours(words.count("arrivals.last", run.entries, day=day, time=clock, format=run.format), desk.talk_look)
        )
        if changed := arrivals.changed_since(desk.journal, run):
            desk.say(ours(words.count("arrivals.would_stay", changed), desk.talk_look))
        agreed(desk, words("arrivals.ask_undo"))
    with stopping_between():
        back = arrivals.take_back(desk.journal, run, desk.now())
    if as_json:
        desk.dump({"format": run.format, "at": run.at.iso(), "removed": back.removed, "stayed": back.stayed})
        return
    lines = [words.count("arrivals.removed", back.removed)]
    lines += [words.count("arrivals.stayed", back.stayed)] if back.stayed else []
    for line in (*lines, words("arrivals.in_backups")):
        desk.show(ours(line, desk.look))

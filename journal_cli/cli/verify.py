"""`journal verify` and `journal doctor`: whether the journal is whole, and what lies around it."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from journal_cli import __version__
from journal_cli.cli import home
from journal_cli.cli.desk import Desk
from journal_cli.cli.memory_page import left_behind
from journal_cli.cli.rescue import rescue_into
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.watching import watch_of
from journal_cli.errors import JournalError, NoJournal
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.screen.said import parts, quiet
from journal_cli.vault import copies, seen, surroundings, vault, verify
from journal_cli.vault.process import prepare_process
from journal_cli.vault.seen import Watch
from journal_cli.vault.surroundings import Finding, Places
from journal_cli.vault.vault import Vault
from journal_cli.vault.verify import Check

verify_app = leaf()
doctor_app = leaf()

DAMAGED: Final = 13
SIGNS: Final = {"fine": ("ok", "quiet"), "note": ("see", "accent"), "wrong": ("no", "strong")}
BAR: Final = 20  # signs

Accept = Annotated[
    bool, typer.Option("--accept", help="Go on with the journal as it is, although it is older or altered.")
]
Rescue = Annotated[
    str,
    typer.Option(
        "--rescue",
        metavar="FOLDER",
        help="Save what a damaged journal still holds into a new one there.",
        show_default=False,
    ),
]


@verify_app.command("verify")
def check_everything(
    ctx: typer.Context, accept: Accept = False, rescue: Rescue = "", as_json: Json = False, plain: Plain = False
) -> None:
    """
    Check that everything is still there, as it was.

    Every page, every row, the search index, both key files and the backups. Nothing is changed. A copy that is older
    than the one last seen here can only be read, until you decide to go on with it.

      journal verify
      journal verify --accept
      journal verify --rescue FOLDER
    """
    desk = at_desk(ctx, plain=plain)
    if rescue:
        rescue_into(desk, rescue, as_json=as_json)
        return
    prepare_process()
    if not vault.is_present(desk.folder):
        raise NoJournal("no journal at {folder}", folder=desk.folder)
    before = verify.key_files(desk.folder, bounds=desk.bounds)
    opened = desk.secret_vault()  # the key files are checked, so no agent stands in for them
    watch = watch_of(opened.journal, desk.today)
    if accept:
        _go_on_with_it(opened, watch)
    checks = []
    for check in _with_a_bar(desk, verify.checks(opened, before, watch=watch, bounds=desk.bounds), as_json=as_json):
        checks.append(check)
        if not as_json:
            desk.show(_line(desk, "fine" if check.ok else "wrong", "check", check.name, _told(desk, check)))
    ok = all(check.ok for check in checks)
    if as_json:
        told = [{"name": check.name, "ok": check.ok, "detail": _told(desk, check)} for check in checks]
        desk.dump({"ok": ok, "checks": told})
    else:
        desk.show(quiet(desk.words("verify.whole" if ok else _way_out(checks))))
    if not ok:
        raise typer.Exit(DAMAGED)


@doctor_app.command("doctor")
def look_around(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Look at what lies around the journal.

    Is the file really encrypted, who can read it, what was left behind, how old is the last backup? It needs no
    passphrase, opens nothing and changes nothing.

      journal doctor
    """
    desk = at_desk(ctx, plain=plain)
    if not vault.is_present(desk.folder):
        raise NoJournal("no journal at {folder}", folder=desk.folder)
    places = Places(Path.home(), home.scratch_folders(), home.runtime_folder())
    findings = []
    around = surroundings.look_around(desk.folder, places, now=desk.now().at, bounds=desk.bounds)
    for finding in chain(around, _pages(desk)):
        findings.append(finding)
        if not as_json:
            desk.show(_line(desk, finding.level, "look", finding.name, _found(desk, finding)))
    ok = all(finding.level != "wrong" for finding in findings)
    if as_json:
        told = [
            {"name": one.name, "ok": one.level != "wrong", "note": one.level == "note", "detail": _found(desk, one)}
            for one in findings
        ]
        desk.dump({"ok": ok, "checks": told})
    if not ok:
        raise typer.Exit(DAMAGED)


def _pages(desk: Desk) -> Iterator[Finding]:
    """Look for pages that the person's own editor had open when something ended too early."""
    try:
        key_file = copies.find(desk.folder, bounds=desk.bounds).key_file
    except JournalError:
        return
    if key_file is None:  # that is said already
        return
    pages = left_behind(home.page_folders(), journal=key_file.journal)
    for page in pages:
        os.close(page.held)
    files = tuple(page.folder for page in pages)
    yield Finding("pages", "note", "found", {"n": len(files), "files": files}) if files else Finding("pages")


def _go_on_with_it(opened: Vault, watch: Watch) -> None:
    """Take the journal as it is for the right one, and forget what was seen before."""
    with closing(opened.open(STEP_COUNT, load_steps, watch=watch)) as database:
        standing = database.standing
        if standing.held in {"older", "other", "altered"}:
            database.accept()
    last = seen.read(watch.path, master_key=opened.master_key, journal=opened.journal)
    if standing.older_keys and last is not None:
        now = replace(last, key_seq=opened.seq)
        seen.write(watch.path, now, master_key=opened.master_key, journal=opened.journal)


def _way_out(checks: list[Check]) -> str:
    """Choose what to say last: a copy that is only older is the person's own choice, damage is not."""
    failed = {check.name for check in checks if not check.ok}
    if failed == {"backups"}:
        return "verify.out_backups"
    if failed <= set(verify.KEY_FILES):
        return "verify.out_keys"
    return "verify.out_decide" if failed <= {"seen", "rows"} else "verify.out_damaged"


def _line(desk: Desk, level: str, kind: str, name: str, told: str) -> Any:
    sign, style = SIGNS[level]
    title = desk.words(f"verify.{kind}.{name.replace('.', '_')}.title")
    return parts(
        (f"{desk.words(f'verify.{sign}'):6}", style), (f"{title:20}", ""), (told, "quiet" if level == "fine" else "")
    )


def _told(desk: Desk, check: Check) -> str:
    """Say what a check found, in the person's language."""
    if check.failure is not None:
        return desk.words.failure(check.failure)[0]
    return _said(desk, f"verify.check.{check.name.replace('.', '_')}.{check.said}", check.values)


def _found(desk: Desk, finding: Finding) -> str:
    values = dict(finding.values)
    if "place" in values:
        values["place"] = home.short(values["place"])  # type: ignore[arg-type]  # a path, as its name says
    if "files" in values:
        values["files"] = ", ".join(home.short(path) for path in values["files"])  # type: ignore[attr-defined]  # paths
    if finding.name == "versions":
        values["journal"] = __version__
    return _said(desk, f"verify.look.{finding.name}.{finding.said}", values)


def _said(desk: Desk, key: str, values: Any) -> str:
    counted = dict(values)
    if key in desk.words.plurals:
        return desk.words.count(key, counted.pop("n"), **counted)
    return desk.words(key, **counted)


def _with_a_bar(desk: Desk, checks: Iterator[Check], *, as_json: bool) -> Iterator[Check]:
    """Say at a terminal which check is being made, and take it back when it is done."""
    shown = sys.stderr.isatty() and not desk.plain and not as_json
    for number, name in enumerate(verify.NAMES):
        if shown:
            done = BAR * number // len(verify.NAMES)
            title = desk.words(f"verify.check.{name.replace('.', '_')}.title")
            typer.echo(f"\r{'#' * done}{'.' * (BAR - done)} {title:20}", nl=False, err=True)
        check = next(checks, None)
        if shown:
            typer.echo(f"\r{' ' * (BAR + 21)}\r", nl=False, err=True)
        if check is None:
            return
        yield check

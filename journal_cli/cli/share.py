"""`journal share`: one chosen page, read word for word before it leaves, and noted in the ledger."""

from pathlib import Path
from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.rooms import Json, Plain, at_desk, leaf
from journal_cli.cli.share_page import Left, Ready, leave, of_plan
from journal_cli.cli.share_paper import boxes_told
from journal_cli.cli.share_steps import chosen_by_hand
from journal_cli.errors import Mistyped, Protected, Refused
from journal_cli.journal.as_json import Json as Document
from journal_cli.journal.sharing import Share
from journal_cli.records import shares
from journal_cli.screen import ledger as screen
from journal_cli.share.plan import LARGEST, LOCKED, read_plan

app = leaf()

PlanFile = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="What to share, written beforehand as TOML.", show_default=False),
]
Ledger = Annotated[bool, typer.Option("--list", help="Show what has left, and when.")]
Shown = Annotated[
    str | None, typer.Option("--show", metavar="ID", help="Show one line of the ledger.", show_default=False)
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@app.command("share")
def share(
    ctx: typer.Context,
    plan: PlanFile = None,
    ledger: Ledger = False,
    show: Shown = None,
    force: Force = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Hand somebody one chosen page.

    You choose a time, what you want to talk about, and which entries; you read every word that will leave; only then
    is there a file. Private entries never leave, nor does what stands between {{ and }}. What left is noted inside the
    journal.

    A plan says the same without questions: form (pdf, html, md, txt, json, csv or fhir), out, to, since, until, lang,
    talk_about, blocks (mood, words, sittings, limits, goals, measures), withhold, entries, passages, aliases, strike,
    dates, paper. PDF and HTML are locked with the password that password_command prints; whatever anyone may read says
    clear = true.

      journal share
      journal share --list
      journal share --plan plan.toml
    """
    desk = at_desk(ctx, plain=plain)
    if sum((plan is not None, ledger, show is not None)) > 1:
        raise Mistyped("--plan, --list and --show each do a thing of their own", hint="choose one of them")
    read = None if plan is None else read_plan(_content(plan), plan.name)
    if read is None and not ledger and show is None and not desk.is_person:
        raise Protected(
            "nothing leaves without being looked at: from a pipe, share needs --plan", hint="journal share --help"
        )
    desk.open()
    if ledger or show is not None:
        _show_ledger(desk, show, as_json=as_json)
        return
    ready = of_plan(desk, read) if read else chosen_by_hand(desk)
    if ready is None:
        desk.say(desk.words("share.nothing_left"))
        return
    if read and (boxes := boxes_told(desk, ready)):
        desk.say(boxes)
    left = leave(desk, ready, force=force)
    _say_left(desk, ready, left)
    if as_json:
        desk.dump(_left_json(ready, left))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError:
        raise Refused("{file} cannot be read", file=path.name, hint="check the path and its permissions") from None


def _show_ledger(desk: Desk, beginning: str | None, *, as_json: bool) -> None:
    found = shares.shares(desk.journal) if beginning is None else [shares.share(desk.journal, beginning)]
    if as_json:
        desk.dump({"shares": [_share_json(one) for one in found]} if beginning is None else _whole_json(found[0]))
    elif beginning is not None:
        desk.show(screen.ledger_entry(found[0], desk.words, desk.look))
    else:
        desk.show(screen.ledger(found, desk.words, desk.look))


def _say_left(desk: Desk, ready: Ready, left: Left) -> None:
    words = desk.words
    locked = ready.plan.form in LOCKED and not ready.plan.clear
    desk.say(words("share.written_locked" if locked else "share.written_clear", file=left.path))
    if left.password:
        desk.say(words("share.password_once", password=left.password))
        desk.say(words("share.password_another_way"))
    desk.say(words("share.outside_now"))
    desk.say(words("share.record"))
    desk.say(words("share.ledger"))


def _left_json(ready: Ready, left: Left) -> Document:
    return {
        "id": left.share.id,
        "file": ready.preview.out,
        "form": left.share.form,
        "pages": left.pages,
        "left_out": list(left.share.left_out),
        "aliases": dict(left.share.aliases),
    }


def _share_json(one: Share) -> Document:
    return {
        "id": one.id,
        "at": one.at.iso(),
        "to": one.to or None,
        "form": one.form,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "blocks": list(one.blocks),
        "entries": list(one.entries),
        "withheld": list(one.withheld),
        "digest": one.digest,
    }


def _whole_json(one: Share) -> Document:
    more = {"file": one.file, "left_out": list(one.left_out), "aliases": dict(one.aliases)}
    return {**_share_json(one), **more}

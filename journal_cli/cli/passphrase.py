"""`journal passphrase`: what opens the journal, and changing that."""

from typing import Annotated

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.key_questions import Held, agreed, cost_of, new_words, unlocked
from journal_cli.cli.new_master_key import (
    answer,
    as_document,
    carry_out,
    come_along,
    name_of,
    refuse_without_key_files,
    renamed_today,
)
from journal_cli.cli.rooms import Json, Yes, at_desk, group
from journal_cli.errors import Mistyped, NothingToDo, Protected
from journal_cli.screen.ask import Question, Wish
from journal_cli.screen.said import parts
from journal_cli.vault import ring
from journal_cli.vault.ring import Making
from journal_cli.vault.slots import STRONG, Slot

app = group()

Strong = Annotated[bool, typer.Option("--strong", help="Make guessing four times as costly; opening takes a second.")]
Label = Annotated[
    str | None,
    typer.Option(
        "--label",
        metavar="NAME",
        help="A name for the list; whoever sees the key file can read it.",
        show_default=False,
    ),
]
Which = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]", help="Its name, or how its id begins; by default the one you open with.", show_default=False
    ),
]
Named = Annotated[str, typer.Argument(metavar="NAME", help="Its name, or how its id begins.", show_default=False)]
Replace = Annotated[
    bool, typer.Option("--replace-master-key", help="Also encrypt the journal anew, with a new recovery key.")
]


@app.callback()
def passphrase() -> None:
    """
    See and change what opens your journal.

    A journal may have up to eight passphrases, and one recovery key. For scripts, without a terminal: the passphrase
    that opens comes from JOURNAL_PASSPHRASE_COMMAND, a new one from JOURNAL_NEW_PASSPHRASE_COMMAND.
    """


@app.command("list")
def list_slots(ctx: typer.Context, as_json: Json = False) -> None:
    """
    Show the passphrases of this journal: their names and days, never the words.

      journal passphrase list
    """
    desk = at_desk(ctx)
    held = unlocked(desk)
    listed = [] if held.vault.key_files_missing else list(ring.slots(desk.folder, bounds=desk.bounds))
    if as_json:
        desk.dump({"slots": [as_document(slot) for slot in listed]})
        return
    for slot in listed:
        facts = [desk.words("keys.since", day=slot.header.created)]
        facts += [desk.words("keys.is_strong")] if slot.cost.memory >= STRONG.memory else []
        facts += [desk.words("keys.just_used")] if slot.header.id == held.vault.slot else []
        label = slot.header.label or desk.words("keys.no_name")
        desk.show(parts((f"{slot.header.id[:4]}  {label:20}  ", ""), ("  ".join(facts), "quiet")))
    if not listed:
        desk.say(desk.words("keys.none"))


@app.command("add")
def add(ctx: typer.Context, label: Label = None, strong: Strong = False, as_json: Json = False) -> None:
    """
    Let one more passphrase open the journal.

    If the key files are gone and your recovery key opened the journal, this makes them again.

      journal passphrase add --label "at work"
    """
    desk = at_desk(ctx)
    name = None if label is None else ring.label_of(label)
    held = unlocked(desk)
    if name is None:
        name = _label(desk, held)
    words = new_words(desk, NothingToDo("no passphrase was added", hint=""))
    slot = ring.add(held.vault, words, _making(desk, strong=strong), label=name)
    desk.say(desk.words("keys.made_again" if held.vault.key_files_missing else "keys.added"))
    if as_json:
        desk.dump({"slot": as_document(slot)})


@app.command("change")
def change(
    ctx: typer.Context,
    which: Which = "",
    strong: Strong = False,
    replace_master_key: Replace = False,
    as_json: Json = False,
) -> None:
    """
    Choose other words.

    Old copies of the key file (in backups, in what a sync program keeps) still open with the old words, and with one of
    them everything does, also what you write from now on. Only another master key ends that: --replace-master-key
    encrypts the journal anew, and gives you a new recovery key. Other passphrases come along if you type them; the rest
    are dropped, and named.

      journal passphrase change
      journal passphrase change --replace-master-key
    """
    desk = at_desk(ctx)
    held = unlocked(desk)
    refuse_without_key_files(held)
    listed = ring.slots(desk.folder, bounds=desk.bounds)
    slot = _chosen(held, listed, which)
    words = new_words(desk, NothingToDo("the passphrase is as it was", hint=""))
    desk.say(desk.words("keys.old_copies"))
    new = renamed_today(desk, slot, words, strong=strong)
    if replace_master_key or (desk.is_person and agreed(desk, "replace the master key", desk.words("keys.replace"))):
        done = carry_out(desk, held, [*come_along(desk, held, listed, but=slot.header.id), new])
        changed = ring.named(ring.slots(desk.folder, bounds=desk.bounds), slot.header.id)
        answer(desk, done, {"slot": as_document(changed)}, as_json=as_json)
        return
    changed = ring.change(held.vault, slot, words, Making(desk.now().day, new.cost, desk.bounds))
    desk.say(desk.words("keys.changed"))
    if as_json:
        desk.dump({"slot": as_document(changed), "recovery_key": None, "dropped": []})


@app.command("remove")
def remove(ctx: typer.Context, which: Named, yes: Yes = False, as_json: Json = False) -> None:
    """
    Take a passphrase away; the last one stays.

      journal passphrase remove "at work"
    """
    desk = at_desk(ctx)
    held = unlocked(desk)
    refuse_without_key_files(held)
    listed = ring.slots(desk.folder, bounds=desk.bounds)
    slot = ring.named(listed, which)
    if len(listed) == 1:
        raise ring.last_way_in()
    if not yes:
        if not desk.is_person:
            raise Protected("taking a passphrase away needs --yes where there is nobody to ask", hint="")
        if not agreed(desk, "take it away", desk.words("keys.remove", name=name_of(desk, slot))):
            raise NothingToDo("nothing was changed", hint="")
    ring.remove(held.vault, slot, bounds=desk.bounds)
    desk.say(desk.words("keys.removed"))
    if as_json:
        desk.dump({"removed": as_document(slot)})


def _making(desk: Desk, *, strong: bool) -> Making:
    return Making(desk.now().day, cost_of(desk, strong=strong), desk.bounds)


def _chosen(held: Held, listed: tuple[Slot, ...], which: str) -> Slot:
    """
    The slot that was named, else the one that opened, else the only one.

    Raises:
        Mistyped: If the recovery key opened and there are several.
        NotFound, Ambiguous: As `ring.named` says.
    """
    if which or held.vault.slot:
        return ring.named(listed, which or held.vault.slot)
    if len(listed) > 1:
        raise Mistyped(
            "say which passphrase: the recovery key opened the journal, and it has several",
            hint="`journal passphrase list` shows them",
        )
    return listed[0]


def _label(desk: Desk, held: Held) -> str:
    """Ask for a name; the only passphrase needs none."""
    if held.vault.key_files_missing or not desk.is_person:
        return ""
    named = desk.asker.ask(Question("a name", desk.words("keys.label"), ring.label_of))
    return "" if isinstance(named, Wish) else named

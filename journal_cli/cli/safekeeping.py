"""What was written is not lost when it cannot be saved: it waits, sealed, and becomes a draft."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from journal_cli.cli import home
from journal_cli.cli.desk import Desk
from journal_cli.errors import Busy, Damaged, JournalError, Refused
from journal_cli.journal.text import is_empty
from journal_cli.records import drafts
from journal_cli.records.columns import stamp, stamped
from journal_cli.records.drafts import Draft
from journal_cli.vault import waiting

FREE = "free"  # the kind of draft that free writing leaves
EDIT = "edit/"  # begins the kind of draft that a change leaves, before the entry's id


def places(folder: Path) -> tuple[Path, Path]:
    """Give where a text may wait: beside the journal, else where the login session keeps things, mostly in memory."""
    return folder / waiting.FOLDER, home.runtime_folder() / waiting.FOLDER


@contextlib.contextmanager
def kept_in_any_case(desk: Desk, text: str, kind: str = FREE, sitting: str | None = None) -> Iterator[None]:
    """
    Save a text inside; if the journal cannot take it, seal it and say where it waits. The failure goes on.

    Args:
        desk: Where the journal is.
        text: What was written.
        kind: The kind of draft it becomes.
        sitting: Id of the sitting it belongs to, or None.
    """
    try:
        yield
    except (Busy, Refused, Damaged):
        _set_aside(desk, text, kind, sitting)
        raise


def _set_aside(desk: Desk, text: str, kind: str, sitting: str | None) -> None:
    """Seal a text, and say at the end where it waits."""
    if is_empty(text):
        return
    fields = {"at": stamp(desk.now()), "kind": kind, "sitting": sitting, "text": text}
    content = json.dumps(fields, ensure_ascii=False).encode()
    here, session = places(desk.folder)
    vault = desk.vault
    place = waiting.put(
        (here, session), content, master_key=vault.master_key, journal=vault.journal, mark=text.encode()
    )
    sentence = {here: "desk.waits_here", session: "desk.waits_in_session", None: "desk.waits_nowhere"}[place]
    command = "journal reflect --resume" if sitting else "journal write"
    desk.last_words.append(desk.words(sentence, command=command))


def take_in(desk: Desk) -> None:
    """Make drafts of the texts that wait, if the journal can take them by now."""
    vault = desk.vault
    files = waiting.found(places(desk.folder), journal=vault.journal)
    if not files or desk.journal.standing.held:
        return
    for file in files:
        content = waiting.read(file, master_key=vault.master_key, journal=vault.journal)
        if content is None:
            continue  # `doctor` names it
        with contextlib.suppress(JournalError):
            fields = json.loads(content)
            at, kind, sitting = stamped(fields["at"]), fields["kind"], fields["sitting"]
            drafts.keep(desk.journal, Draft(desk.new_id(), kind, fields["text"], at, sitting))
            waiting.let_go(file)

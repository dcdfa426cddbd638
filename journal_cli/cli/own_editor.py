"""
Writing in one's own editor, for those who ask for it: one text, on a page in memory, and nothing left of it.

While the editor is open, what it saved becomes a draft every two seconds. An entry is made only of what was
saved by an editor that ended well. Whatever happens, the page is removed; if this program is killed, the next
`journal write` or `journal edit` finds the page, keeps its text as a draft, and removes it then.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

from journal_cli.cli import home
from journal_cli.cli.desk import Desk
from journal_cli.cli.drafting import Drafting
from journal_cli.cli.editors import Editor, named
from journal_cli.cli.memory_page import Page, is_in_memory, lay, left_behind
from journal_cli.cli.questions import Answer
from journal_cli.cli.safekeeping import EDIT
from journal_cli.errors import Interrupted, JournalError, Mistyped, NothingToDo, NotWhatItSays, Protected, Refused
from journal_cli.journal.text import decoded, is_empty, storable
from journal_cli.records import drafts, entries
from journal_cli.records.drafts import Draft
from journal_cli.screen.ask import Panic, Question, Stopped, key_of, yes_no
from journal_cli.vault.disk import refusing

if sys.platform != "win32":
    import termios

SETTING: Final = "editor"
AGREED: Final = "editor-agreed"  # the setting that holds the names of editors that need no asking any more

_KEEP_EVERY: Final = 2.0  # seconds between two times of keeping what was saved
_AT_ONCE: Final = 1.0  # seconds in which nobody has written anything
_MOMENT: Final = 0.5  # seconds in which an editor that was told to end by the system does so
_LEAVE: Final = 3.0  # seconds an editor is given to end


def check(desk: Desk) -> None:
    """
    See that an editor that was asked for can be opened, before a passphrase is asked for.

    Raises:
        Mistyped: If there is no terminal.
        Refused: If there is no editor.
    """
    if not desk.is_person:
        raise Mistyped("--editor needs a terminal; from a pipe the whole input is the text", hint="leave --editor away")
    named()


def is_usual(desk: Desk) -> bool:
    """Tell whether the person's own editor opens without being asked for: by the setting, and only at a terminal."""
    return desk.is_person and desk.settings.get(SETTING) == "own"


def write(desk: Desk, draft: Drafting, command: str) -> Answer:
    """
    Let the person write in their own editor; what was saved last is a draft when this ends, however it ends.

    Args:
        desk: Where the journal is, open.
        draft: What is already there, and where what is unfinished is kept.
        command: What offers the draft again.

    Raises:
        Stopped: By a signal; what was saved is carried along.
        NothingToDo: If nothing was saved, or the editor ended with another code than 0.
        Refused: If there is no editor, or it was ended by a signal.
        Protected: If it is one that keeps copies, or does not wait.
        NotWhatItSays: If what it saved is no text, and the person leaves it at that.
    """
    editor = named()
    _agree(desk, editor)
    place = _place(desk)
    desk.say(desk.words("own_editor.opens", name=editor.name))
    page = lay(place, draft.first, journal=desk.vault.journal, kind=draft.kind)
    try:
        return Answer(_Writing(desk, draft, page, editor, command).text())
    except Stopped as stopped:
        if draft.is_kept and not isinstance(stopped, Panic):
            desk.say(desk.words("reflect.draft_kept", command=command))
        raise
    finally:
        page.remove()


def take_in(desk: Desk) -> None:
    """Make drafts of the pages that were left behind when something ended too early, and remove them."""
    for page in left_behind(home.page_folders(), journal=desk.vault.journal):
        if desk.journal.standing.held:  # it cannot be written to now: the page stays
            os.close(page.held)
            continue
        text = _readable(page.newest())
        if not is_empty(text) and text != _as_it_was(desk, page.kind) and _is_new(desk, page.kind, text):
            drafts.keep(desk.journal, Draft(desk.new_id(), page.kind, text, desk.now()))
            command = f"journal edit {page.kind.removeprefix(EDIT)}" if page.kind.startswith(EDIT) else "journal write"
            desk.say(desk.words("own_editor.found", command=command))
        page.remove()


def _is_new(desk: Desk, kind: str, text: str) -> bool:
    """Tell whether a text is more than the latest draft; a draft it goes on from is let go."""
    latest = drafts.latest(desk.journal, kind=kind)
    if latest is None or latest.text == text:
        return latest is None
    if text.startswith(latest.text):
        drafts.let_go(desk.journal, latest.id)
    return True


def _as_it_was(desk: Desk, kind: str) -> str:
    """Give the text that was to be changed; nothing if the entry is gone by now."""
    with contextlib.suppress(JournalError):
        if kind.startswith(EDIT):
            return entries.whole(desk.journal, kind.removeprefix(EDIT)).body
    return ""


def _agree(desk: Desk, editor: Editor) -> None:
    """
    Ask before an editor is used that may keep copies of what it edits; of an unknown one only the first time.

    Raises:
        Protected: If it would come back before the page is done.
        NothingToDo: If the person says no.
    """
    if editor.is_known:
        return
    if not editor.waits:
        raise Protected(
            "{name} keeps copies of what it edits, or comes back before the page is done",
            hint="vim, nano and emacs are told to keep none; {name} opens only with its option to wait, and when"
            " you insist",
            name=editor.name,
        )
    agreed = [name for name in desk.settings.get(AGREED, "").split(",") if name]
    if editor.name in agreed:
        return
    sentence = "own_editor.leaves" if editor.leaves else "own_editor.unknown"
    if desk.asker.ask(yes_no("editor", desk.words(sentence, name=editor.name))) != "y":
        raise NothingToDo("{name} was not opened, and nothing was changed", name=editor.name)
    if not editor.leaves and "," not in editor.name:
        desk.set(AGREED, ",".join((*agreed, editor.name)))


def _place(desk: Desk) -> Path:
    """
    Choose where the page lies: in memory; on a disk only when the person says so, each time.

    Raises:
        NothingToDo: If the person says no.
    """
    for place in home.memory_folders():
        if is_in_memory(place) and os.access(place, os.W_OK | os.X_OK):
            return place
    place = Path(tempfile.gettempdir())
    if desk.asker.ask(yes_no("disk", desk.words("own_editor.on_disk", place=home.short(place)))) != "y":
        raise NothingToDo("no page was opened, and nothing was changed")
    return place


class _Writing:
    """One text while it is written in an editor."""

    def __init__(self, desk: Desk, draft: Drafting, page: Page, editor: Editor, command: str) -> None:
        self._desk = desk
        self._draft = draft
        self._page = page
        self._editor = editor
        self._command = command
        self._first = draft.first
        self._untouched = page.changed
        self._kept = page.newest()

    def text(self) -> str:
        """Let the person write until there is a text; see `write`."""
        try:
            while True:
                self._edit()
                raw = self._saved()
                try:
                    text = _without_end(decoded(raw))
                except NotWhatItSays as broken:
                    if not self._opens_again(broken):
                        raise
                    continue
                self._draft.settle(text)
                return storable(text)
        except (KeyboardInterrupt, Interrupted) as stop:
            with _left_alone():
                text = self._settled()
            raise (Panic if isinstance(stop, Panic) else Stopped)(text) from None
        except NotWhatItSays:
            self._settled()
            raise
        except JournalError:
            raise
        except Exception:  # a bug of ours must not cost the text
            self._settled()
            raise

    def _edit(self) -> None:
        """Have the editor open until it ends."""
        begun = time.monotonic()
        code = self._run()
        if code == -signal.SIGINT:
            raise KeyboardInterrupt
        if code:
            self._settled()
            raise self._ended_early(code)
        if time.monotonic() - begun < _AT_ONCE and not self._editor.is_known and self._page.changed == self._untouched:
            said = self._desk.words("own_editor.at_once", name=self._editor.name)
            self._desk.asker.ask(Question("done", said, lambda _: None, one_key=True))

    def _run(self) -> int:
        """Run the editor, keep what it saves as a draft now and then, and give its code."""
        terminal = _terminal()
        try:
            child = self._begun()
            try:
                with _typed_keys_left_to_it():
                    return self._watched(child)
            finally:
                if child.poll() is None:
                    _end(child)
        finally:
            if terminal is not None:
                with contextlib.suppress(OSError, termios.error):  # it may have been closed
                    termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, terminal)

    def _begun(self) -> "subprocess.Popen[bytes]":
        folder = str(self._page.folder)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOURNAL_")}
        surroundings = {**kept, "TMPDIR": folder, "XDG_STATE_HOME": folder}
        argv = [*self._editor.argv, str(self._page.path)]
        with refusing(), contextlib.ExitStack() as open_files:
            # stdout may be where the JSON goes; the editor draws on the terminal itself.
            screen = None if sys.stdout.isatty() else open_files.enter_context(Path("/dev/tty").open("wb"))
            os.set_inheritable(self._page.held, True)
            return subprocess.Popen(  # noqa: S603  # the person's own command
                argv, cwd=folder, env=surroundings, stdout=screen, pass_fds=(self._page.held,)
            )

    def _watched(self, child: "subprocess.Popen[bytes]") -> int:
        while True:
            try:
                return child.wait(_KEEP_EVERY)
            except subprocess.TimeoutExpired:
                self._keep()

    def _keep(self) -> None:
        """Keep what was saved by now; an empty page may be one that is just being saved."""
        newest = self._page.newest()
        if newest and newest != self._kept:
            with contextlib.suppress(JournalError):  # it is tried again, and said at the end
                self._draft.keep(_readable(newest))
                self._kept = newest

    def _saved(self) -> bytes:
        """
        Give what the editor saved; if it saved nothing, the draft is as it was before.

        Raises:
            NothingToDo: If it saved nothing.
        """
        now = self._page.changed
        if now[0] and now != self._untouched:
            return now[1]
        self._draft.settle(self._first)
        if is_empty(self._first):
            raise NothingToDo("nothing was written, so nothing was kept")
        raise NothingToDo("the draft stays where it is" if self._draft.is_kept else "nothing was changed")

    def _opens_again(self, broken: NotWhatItSays) -> bool:
        words = self._desk.words
        text = words("own_editor.not_text", why=words.failure(broken)[0])
        return self._desk.asker.ask(Question("again", text, key_of("n"), one_key=True, own_keys="n")) == ""

    def _settled(self) -> str:
        """Keep as a draft what was put down last, and give it."""
        newest = self._page.newest()
        text = _readable(newest) if newest else self._first
        self._draft.settle(text)
        return text

    def _ended_early(self, code: int) -> JournalError:
        """Make the failure to raise when the editor ended with another code than 0, or by a signal."""
        hint = "what it saved is a draft; `{command}` offers it" if self._draft.is_kept else ""
        if code < 0:
            return Refused(
                "the editor was ended by {signal}, so no entry was made of the page",
                hint=hint,
                signal=signal.Signals(-code).name,
                command=self._command,
            )
        return NothingToDo(
            "the editor ended with code {code}, so no entry was made of the page",
            hint=hint,
            code=code,
            command=self._command,
        )


def _readable(raw: bytes) -> str:
    r"""Read what an editor saved; a byte that belongs to no text stands there as `\xff`, so that nothing is lost."""
    return _without_end(raw.decode("utf-8", "backslashreplace").removeprefix("\ufeff"))


def _without_end(text: str) -> str:
    """Take away the line end that editors put last; one more than that was typed."""
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def _terminal() -> list[Any] | None:
    """Give how the terminal is set, to set it so again after an editor that could not."""
    try:
        return termios.tcgetattr(sys.stdin.fileno())
    except (OSError, ValueError, termios.error):
        return None


def _end(child: "subprocess.Popen[bytes]") -> None:
    """
    Ask the editor to end, so that it can put down what it has; end it if it does not.

    When a terminal is closed the editor has been told already, and has a moment before it is told again.
    """
    with _left_alone():
        for tell, patience in ((None, _MOMENT), (child.terminate, _LEAVE), (child.kill, None)):
            if tell is not None:
                tell()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(patience)
                return


@contextlib.contextmanager
def _left_alone() -> Iterator[None]:
    """Let no signal come between: what is being kept is kept first."""
    stopping = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in stopping}
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)


@contextlib.contextmanager
def _typed_keys_left_to_it() -> Iterator[None]:
    """Let a Ctrl-C that was typed be the editor's own affair; one that was sent stops this program too."""

    def interrupted(_: int, __: FrameType | None) -> None:
        terminal = _terminal()
        typed = terminal is not None and bool(terminal[3] & termios.ISIG)
        if not typed:  # the editor reads Ctrl-C as a key, so this one was sent
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""Writing in one's own editor: real editors at a terminal, programs that behave badly, and what is left of a page."""

import contextlib
import os
import select
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from key_commands import Terminal, at_terminal
from shapes import at as instant
from shapes import opened

from journal_cli.cli import editors, home, memory_page, own_editor
from journal_cli.errors import Refused
from journal_cli.records import drafts

PATIENCE = 60.0  # seconds
MEMORY = Path("/dev/shm")  # noqa: S108  # where pages lie
PAGE = "page.txt"
ESCAPE = "\x1b"

pytestmark = pytest.mark.skipif(not memory_page.is_in_memory(MEMORY), reason="there is no place in memory here")

At = Callable[..., Terminal]

# The program through its own door, which is where signals are heard.
WHOLE = """
from journal_cli.cli import main
from journal_cli.cli.desk import Desk
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
main.door(Desk(cost=CHEAPEST, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST)))
"""


def have(*programs: str) -> pytest.MarkDecorator:
    missing = [name for name in programs if not any((Path(p) / name).exists() for p in os.environ["PATH"].split(":"))]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {missing}")


@pytest.fixture
def session(monkeypatch) -> Iterator[Path]:
    """A login session of its own, in memory."""
    with tempfile.TemporaryDirectory(prefix="session-", dir=MEMORY) as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def at(journal, tmp_path, session, monkeypatch) -> Iterator[At]:
    """Begin a command with somebody at its terminal."""
    monkeypatch.setattr("key_commands.AT_TERMINAL", WHOLE)
    begun: list[Terminal] = []
    (tmp_path / "home").mkdir()

    def start(*args: str, editor: str, **env: str) -> Terminal:
        surroundings = {
            "TERM": "xterm",
            "JOURNAL_PLAIN": "1",
            "EDITOR": editor,
            "XDG_RUNTIME_DIR": str(session),
            "JOURNAL_PASSPHRASE_COMMAND": f"echo '{journal.passphrase}'",
            **env,
        }
        begun.append(at_terminal(journal.folder, tmp_path / "home", *args, **surroundings))
        return begun[-1]

    yield start
    for one in begun:
        if one.code is None:
            with contextlib.suppress(OSError):
                os.kill(one.process, signal.SIGKILL)
                one.ends()


@pytest.fixture
def program(tmp_path) -> Callable[..., str]:
    """Make a program out of lines of shell; `$1` is the page."""

    def made(*lines: str, name: str = "scribe") -> str:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(0o700)
        return str(path)

    return made


def waits(found: Callable[[], Any]) -> Any:
    """Wait until there is something, and give it."""
    deadline = time.monotonic() + PATIENCE
    while not (there := found()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
    return there


def page_in(session: Path) -> Path:
    return waits(lambda: next(session.glob(f"tmp*/{PAGE}"), None))


def child_of(process: int) -> int:
    """Give the process a process began."""
    children = Path(f"/proc/{process}/task/{process}/children")
    return int(waits(lambda: children.read_text().split())[0])


def settles(one: Terminal) -> None:
    """Read on until the screen has been still for a while: an editor that is drawn takes keys."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and select.select([one.screen], [], [], 1.0)[0]:
        one._read(end)


def is_clean(session: Path) -> bool:
    return list(session.glob("tmp*")) == []


def the_drafts(journal: Any) -> list[tuple[str, str]]:
    with opened(journal) as database:
        return [(one.kind, one.text) for one in drafts.drafts(database)]


def the_text(journal: Any) -> str:
    (entry,) = journal("list", "--json").json["entries"]
    return journal("show", entry["id"], "--json").json["body"]


# Editors as they are.


@have("vim")
def test_what_is_saved_in_vim_is_kept_and_nothing_is_left_of_the_page(at, journal, session) -> None:
    one = at("write", "--editor", editor="vim")
    page = page_in(session)
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    settles(one)
    one.types(f"iShe asked, and I said not now.{ESCAPE}:wq")
    one.until("Kept").ends()

    assert one.code == 0
    assert the_text(journal) == "She asked, and I said not now."
    assert is_clean(session)
    assert the_drafts(journal) == []


@have("vim")
def test_leaving_vim_without_saving_changes_nothing(at, journal, session) -> None:
    id_ = journal("write", "--json", input="As it was.").json["id"]
    one = at("edit", id_, "--editor", editor="vim")
    page = page_in(session)
    settles(one)
    one.types(f"ostray{ESCAPE}", end="")
    waits(lambda: the_drafts(journal) == [(f"edit/{id_}", "As it was.\nstray")])  # kept while it is open
    assert page.read_text() == "As it was.\n"
    one.types(":q!").until("nothing was changed").ends()

    assert one.code == 24
    assert the_text(journal) == "As it was."
    assert is_clean(session)
    assert the_drafts(journal) == []


@have("vim")
def test_a_draft_that_is_only_looked_at_stays_a_draft_and_one_that_is_saved_is_an_entry(at, journal, session) -> None:
    with opened(journal) as database:
        drafts.keep(database, drafts.Draft("7k2m9qxa", "free", "begun before", instant("2026-11-24T20:00:00+01:00")))
    for keys, said, left in ((":q", "the draft stays", [("free", "begun before")]), (":w|q", "Kept", [])):
        one = at("write", "--editor", editor="vim").until("There is a draft").types("")
        page_in(session)
        settles(one)
        one.types(keys).until(said).ends()
        assert (one.code, the_drafts(journal)) == (0 if said == "Kept" else 24, left)

    assert the_text(journal) == "begun before"


@have("vim")
def test_vim_that_ends_with_a_code_leaves_a_draft_of_what_was_typed(at, journal, session) -> None:
    one = at("write", "--editor", editor="vim")
    page = page_in(session)
    settles(one)
    one.types(f"ihalf a thought{ESCAPE}", end="")
    spare = page.with_name("page.txt.save")
    waits(lambda: spare.exists() and b"half a thought" in spare.read_bytes())
    one.types(":cq").until("ended with code 1").until("journal write").ends()

    assert one.code == 24
    assert journal("list", "--json").json["total"] == 0
    assert the_drafts(journal) == [("free", "half a thought")]
    assert is_clean(session)


@have("vim")
def test_vim_that_is_killed_leaves_a_draft(at, journal, session) -> None:
    one = at("write", "--editor", editor="vim")
    page = page_in(session)
    settles(one)
    one.types(f"isaved before{ESCAPE}:w")
    waits(page.read_bytes)
    os.kill(child_of(one.process), signal.SIGKILL)
    one.until("SIGKILL").ends()

    assert one.code == 15
    assert the_drafts(journal) == [("free", "saved before")]
    assert is_clean(session)


@have("nano")
def test_an_entry_is_changed_in_nano(at, journal, session) -> None:
    id_ = journal("write", "--json", input="line\n\nand more").json["id"]
    one = at("edit", id_, "--editor", editor="nano")
    page_in(session)
    settles(one)
    one.types("A first ", end="").types("\x13\x18", end="").until("Kept").ends()  # Ctrl-S, Ctrl-X

    assert one.code == 0
    assert the_text(journal) == "A first line\n\nand more"
    assert journal("show", id_, "--json").json["revisions"] == 1
    assert is_clean(session)


@have("nano")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_nano_is_open_keeps_what_was_typed_and_removes_the_page(at, journal, session, number) -> None:
    one = at("write", "--editor", editor="nano")
    page_in(session)
    settles(one)
    one.types("not finished", end="")
    settles(one)
    os.kill(one.process, number)
    one.until("draft").ends()

    assert one.code == 130
    assert the_drafts(journal) == [("free", "not finished")]
    assert is_clean(session)


@pytest.mark.parametrize("editor", [pytest.param(name, marks=have(name)) for name in ("nano", "vim")])
def test_a_terminal_that_is_closed_keeps_what_was_typed_and_removes_the_page(at, journal, session, editor) -> None:
    one = at("write", "--editor", editor=editor)
    page = page_in(session)
    settles(one)
    one.types("i a thought", end="")
    if editor == "vim":  # it puts a copy beside the page when typing pauses
        spare = page.with_name("page.txt.save")
        waits(lambda: spare.exists() and b"a thought" in spare.read_bytes())
    settles(one)
    os.close(one.screen)
    waits(lambda: is_clean(session))

    _, status = os.waitpid(one.process, 0)
    one.code = os.waitstatus_to_exitcode(status)
    assert [text.removeprefix("i").strip() for _, text in the_drafts(journal)] == ["a thought"]


@have("vim")
def test_after_a_kill_the_next_start_makes_a_draft_of_the_page_and_removes_it(at, journal, session) -> None:
    one = at("write", "--editor", editor="vim")
    page = page_in(session)
    settles(one)
    one.types(f"iwhat I had{ESCAPE}:w")
    waits(page.read_bytes)
    editor = child_of(one.process)
    os.kill(one.process, signal.SIGKILL)
    one.ends()
    with contextlib.suppress(ProcessLookupError):  # it may have ended with its terminal
        os.kill(editor, signal.SIGKILL)
    assert page.read_text() == "what I had\n"
    assert "journal write" in next(
        check["detail"] for check in journal("doctor", "--json").json["checks"] if check["name"] == "pages"
    )
    assert page.exists()
    said = journal("write", input="Something else.")

    assert "A page that was left open is a draft now" in said.stderr
    assert is_clean(session)
    assert the_drafts(journal) == [("free", "what I had")]
    assert the_text(journal) == "Something else."
    assert "left open" not in journal("write", input="And another.").stderr


# Programs that are said to be editors.


def test_the_page_of_an_editor_that_is_open_is_left_alone(at, journal, session, program) -> None:
    one = at("write", "--editor", editor=program('echo first > "$1"', "trap '' HUP TERM", "while :; do sleep 1; done"))
    one.until("not known here").types("y")
    page = page_in(session)
    waits(page.read_bytes)
    editor = child_of(one.process)
    os.kill(one.process, signal.SIGKILL)
    os.waitpid(one.process, 0)  # the terminal itself stays open: the editor is still at it
    assert "left open" not in journal("write", input="Something else.").stderr
    assert page.exists()
    os.kill(editor, signal.SIGKILL)
    os.close(one.screen)
    waits(lambda: "left open" in journal("write", input="Another time.").stderr)

    assert is_clean(session)
    assert the_drafts(journal) == [("free", "first")]


def test_an_editor_gets_a_folder_of_its_own_and_nothing_of_the_journals(
    at, journal, session, program, tmp_path
) -> None:
    told = tmp_path / "told"
    one = at("write", "--editor", editor=program(f"env > {told}", f"pwd >> {told}", 'echo kept > "$1"'))
    one.until("not known here").types("y").until("Kept").ends()

    lines = told.read_text().splitlines()
    folder = lines[-1]
    assert Path(folder).parent == session
    assert f"TMPDIR={folder}" in lines
    assert [line for line in lines if line.startswith("JOURNAL_")] == []
    assert the_text(journal) == "kept"


def test_an_editor_that_is_not_known_is_asked_about_once(at, journal, session, program) -> None:
    editor = program('echo kept > "$1"')
    one = at("write", "--editor", editor=editor).until("not known here").types("").until("was not opened").ends()
    assert one.code == 24
    at("write", "--editor", editor=editor).until("not known here").types("y").until("Kept").ends()
    again = at("write", "--editor", editor=editor).until("Kept").ends()

    assert "not known" not in again.said
    assert journal("list", "--json").json["total"] == 2


def test_what_was_saved_by_an_editor_that_failed_is_a_draft(at, journal, session, program) -> None:
    one = at("write", "--editor", editor=program('echo kept > "$1"', "exit 3"))
    one.until("not known here").types("y").until("code 3").ends()

    assert one.code == 24
    assert the_drafts(journal) == [("free", "kept")]
    assert is_clean(session)


def test_a_draft_grows_while_the_editor_is_open(at, journal, session, program) -> None:
    one = at("write", "--editor", editor=program('echo so far > "$1"', "sleep 30"))
    one.until("not known here").types("y")
    page_in(session)

    waits(lambda: the_drafts(journal) == [("free", "so far")])


def test_an_editor_that_comes_back_at_once_is_waited_for(at, journal, session, program) -> None:
    one = at("write", "--editor", editor=program('(sleep 1; echo later > "$1") &'))
    one.until("not known here").types("y").until("came back at once")
    waits(page_in(session).read_bytes)
    one.types("").until("Kept").ends()

    assert the_text(journal) == "later"


def test_what_is_no_text_can_be_opened_again(at, journal, session, program) -> None:
    # The first time a byte is written that belongs to no text, the second time it is mended.
    mending = program('if [ -s "$1" ]; then echo mended > "$1"; else printf "ab\\377" > "$1"; fi')
    one = at("write", "--editor", editor=mending)
    one.until("not known here").types("y").until("the byte at offset 2").types("").until("Kept").ends()

    assert the_text(journal) == "mended"


def test_what_is_no_text_loses_no_byte(at, journal, session, program) -> None:
    one = at("write", "--editor", editor=program('printf "a\\377b" > "$1"'))
    one.until("not known here").types("y").until("offset 1").types("n").ends()

    assert one.code == 22
    assert the_drafts(journal) == [("free", "a\\xffb")]
    assert is_clean(session)


def test_an_editor_that_keeps_histories_opens_only_for_somebody_who_insists(at, journal, session, program) -> None:
    code = program('for page; do :; done; echo kept > "$page"', name="code")
    refused = at("write", "--editor", editor=code).until("or comes back before").ends()
    assert refused.code == 23
    declined = at("write", "--editor", editor=f"{code} --wait").until("known to keep copies").types("").ends()
    assert declined.code == 24
    at("write", "--editor", editor=f"{code} --wait").until("known to keep copies").types("y").until("Kept").ends()
    assert the_text(journal) == "kept"
    at("write", "--editor", editor=f"{code} --wait").until("known to keep copies").types("").ends()  # asked each time


def test_the_setting_opens_it_without_being_asked(at, journal, session, program) -> None:
    journal("settings", "editor", "own")
    one = at("write", editor=program('echo kept > "$1"')).until("not known here").types("y").until("Kept").ends()

    assert one.code == 0
    assert journal("write", "--json", input="From a pipe.").json["word_count"] == 3


def test_where_there_is_no_editor_or_no_terminal_it_is_refused(at, journal) -> None:
    none = at("write", "--editor", editor="").until("neither VISUAL nor EDITOR").ends()
    assert none.code == 15
    lost = at("write", "--editor", editor="no-such-editor-here").until("EDITOR names no command").ends()
    assert lost.code == 15
    assert "needs a terminal" in journal("write", "--editor", input="text", code=2).stderr
    assert journal("list", "--json").json["total"] == 0


# By themselves.


@pytest.mark.parametrize("place", ["/dev/shm", "/", "/tmp", "/proc"])  # noqa: S108  # looked at only
def test_whether_a_place_is_in_memory_is_what_the_system_says(place) -> None:
    said = subprocess.run(["stat", "-f", "-c", "%T", place], capture_output=True, text=True, check=True).stdout.strip()
    assert memory_page.is_in_memory(Path(place)) == (said in {"tmpfs", "ramfs"})


@pytest.mark.parametrize("text", ["", "one", "one\n", "one\n\n", "\n", "a\r\nb", "a\r\nb\r\n", "  ą\t\u2028"])
def test_a_text_comes_back_from_the_page_as_it_was(session, text) -> None:
    page = memory_page.lay(session, text, journal="0" * 32, kind="free")
    assert own_editor._readable(page.newest()) == text
    page.remove()
    assert is_clean(session)


def test_a_page_is_found_by_its_own_journal_only_and_only_when_it_is_let_go(session) -> None:
    page = memory_page.lay(session, "text", journal="a" * 32, kind="free")
    assert memory_page.left_behind([session], journal="a" * 32) == []
    os.close(page.held)
    assert memory_page.left_behind([session], journal="b" * 32) == []
    (found,) = memory_page.left_behind([session, session], journal="a" * 32)
    assert (found.folder, found.kind, found.newest()) == (page.folder, "free", b"text\n")
    os.close(found.held)
    page.folder.chmod(0o755)  # not as ours are
    assert memory_page.left_behind([session], journal="a" * 32) == []


def test_editors_are_known_behind_their_links(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("vim.basic", "nano", "code", "pico", "busybox", "flatpak"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o700)
    links = {"vi": "alternative", "alternative": "vim.basic", "editor": "nano", "ne": "pico", "ex": "busybox"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    (tmp_path / "mac").mkdir()
    (tmp_path / "mac" / "nano").symlink_to("../pico")

    def told(command: str) -> editors.Editor:
        monkeypatch.setenv("VISUAL", command)
        return editors.named()

    assert told("vi").argv[:4] == ("vi", "-n", "-i", "NONE")
    assert told("editor -l").argv[:3] == ("editor", "-l", "--ignorercfiles")
    assert told("ex").is_known is False
    assert told(str(tmp_path / "mac" / "nano")).is_known is False
    assert (told("code").leaves, told("code").waits, told("code -w").waits) == (True, False, True)
    assert told("flatpak run com.example.Code").leaves
    assert told("vi code").is_known
    for broken in ("vi 'half", "missing"):
        monkeypatch.setenv("VISUAL", broken)
        with pytest.raises(Refused):
            editors.named()


WITHOUT_MEMORY = """
from journal_cli.cli import home
home.memory_folders = lambda: ()
"""


def test_a_page_is_put_on_a_disk_only_when_one_says_so(at, journal, session, program, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("key_commands.AT_TERMINAL", WITHOUT_MEMORY + WHOLE)
    disk = tmp_path / "disk"
    disk.mkdir()
    told = tmp_path / "told"
    editor = program(f"pwd > {told}", 'echo kept > "$1"')
    no = at("write", "--editor", editor=editor, TMPDIR=str(disk)).until("not known here").types("y")
    no.until("in the clear on the disk").types("").until("no page was opened").ends()
    assert (no.code, told.exists()) == (24, False)
    yes = at("write", "--editor", editor=editor, TMPDIR=str(disk)).until("in the clear on the disk").types("y")
    yes.until("Kept").ends()

    assert Path(told.read_text().strip()).parent == disk
    assert list(disk.iterdir()) == []
    assert home.memory_folders() != ()

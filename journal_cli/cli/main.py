"""The cards: every command's name, its room, and one line of help."""

import contextlib
import gc
import signal
import sys
from types import FrameType
from typing import Annotated, Any, ClassVar

import typer

from journal_cli import __version__
from journal_cli.cli import streams
from journal_cli.cli.desk import Desk, tell
from journal_cli.cli.front import Card, Front
from journal_cli.errors import Interrupted

WRITE, LOOK_BACK, SUMMARIES, PRACTISE = "Write", "Look back", "Summaries", "Practise"
SHARE, KEEP, CARE, TRY = "Share", "Keep", "Care", "Try"
ROOM = "journal_cli.cli"


class Journal(Front):
    """All commands, in the order of the help page."""

    cards: ClassVar[tuple[Card, ...]] = (
        Card("reflect", f"{ROOM}.reflect:app", "Sit with a good question for a while.", WRITE),
        Card("write", f"{ROOM}.write:write_app", "Write freely.", WRITE),
        Card("checkin", f"{ROOM}.checkin:app", "Say how you are, in a few keys.", WRITE),
        Card("ground", f"{ROOM}.care:ground_app", "Arrive in the room: a short exercise, nothing to write.", WRITE),
        Card("list", f"{ROOM}.look_back:list_app", "Show what you wrote, newest first.", LOOK_BACK),
        Card("show", f"{ROOM}.look_back:show_app", "Read one entry.", LOOK_BACK),
        Card("search", f"{ROOM}.search:app", "Find words in what you wrote.", LOOK_BACK),
        Card("edit", f"{ROOM}.write:edit_app", "Change an entry; the earlier text is kept.", LOOK_BACK),
        Card("mark", f"{ROOM}.entries:mark_app", "Star an entry, make it private, tag it, date it.", LOOK_BACK),
        Card("delete", f"{ROOM}.entries:delete_app", "Put entries in the trash.", LOOK_BACK),
        Card("trash", f"{ROOM}.entries:trash_app", "Look into the trash, take out, or empty it.", LOOK_BACK),
        Card("mood", f"{ROOM}.mood:app", "See mood over weeks.", SUMMARIES),
        Card("progress", f"{ROOM}.progress:app", "See where you have been.", SUMMARIES),
        Card("program", f"{ROOM}.program:app", "Go through weeks of sittings, on any days.", PRACTISE),
        Card("limit", f"{ROOM}.limit:app", "Practise a limit in your own words.", PRACTISE),
        Card("goal", f"{ROOM}.goal:app", "Up to three goals in your own words.", PRACTISE),
        Card("measure", f"{ROOM}.measure:app", "Answer a questionnaire from a form you have.", PRACTISE),
        Card("prompts", f"{ROOM}.prompts:app", "See and check prompts, sessions and packs.", PRACTISE),
        Card("share", f"{ROOM}.share:app", "Hand somebody one chosen page.", SHARE),
        Card("export", f"{ROOM}.export:app", "Take everything with you.", SHARE),
        Card("import", f"{ROOM}.import_:app", "Bring what you wrote elsewhere.", SHARE),
        Card("init", f"{ROOM}.init:app", "Create your journal.", KEEP),
        Card("unlock", f"{ROOM}.unlock:unlock_app", "Hold the journal open for a while.", KEEP),
        Card("lock", f"{ROOM}.unlock:lock_app", "Close it again, now.", KEEP),
        Card("passphrase", f"{ROOM}.passphrase:app", "See and change what opens your journal.", KEEP),
        Card("recovery", f"{ROOM}.recovery:app", "Try your recovery key, or make a new one.", KEEP),
        Card("backup", f"{ROOM}.backup:app", "Make whole copies of the journal, see them, put one back.", KEEP),
        Card("verify", f"{ROOM}.verify:verify_app", "Check that everything is still there, as it was.", KEEP),
        Card("doctor", f"{ROOM}.verify:doctor_app", "Look at what lies around the journal.", KEEP),
        Card("settings", f"{ROOM}.settings:app", "See and change how the journal behaves.", KEEP),
        Card(
            "help-now",
            f"{ROOM}.care:help_app",
            "Numbers to call in a hard hour. Opens at once, nothing is noted.",
            CARE,
        ),
        Card(
            "good-therapy",
            f"{ROOM}.good_therapy:app",
            "What good help is, what it never is, and six questions to ask a therapist.",
            CARE,
        ),
        Card("demo", f"{ROOM}.demo:app", "Look around in an invented journal; nothing is left behind.", TRY),
        Card("completion", f"{ROOM}.completion:app", "Print what your shell needs for completion.", TRY),
    )
    tell: ClassVar[Any] = staticmethod(tell)


app = typer.Typer(
    cls=Journal,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(value: bool) -> None:
    if value:
        typer.echo(f"journal {__version__}\nMIT licence; prompts CC-BY-4.0")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def journal(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_say_version)
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="One thing a line: no colour, no redrawing.")] = False,
) -> None:
    """
    A private notebook, locked with a passphrase only you know.

    It is not a medical device, it does not diagnose, and it does not replace care from a person. Nobody reads it
    unless you share it, so nobody will act on what you write. In danger, or close to it: journal help-now
    """
    del version
    desk = ctx.ensure_object(Desk)
    desk.plain = desk.plain or plain
    ctx.call_on_close(desk.close)
    if ctx.invoked_subcommand is None:
        today = Card("today", f"{ROOM}.today:app", "", "").open()
        today.main(args=[], prog_name="journal", obj=desk, standalone_mode=False)


def _stop(number: int, _: FrameType | None) -> None:
    raise Interrupted("stopped by {signal}", signal=signal.Signals(number).name, hint="")


def door(desk: Desk | None = None) -> None:
    """
    Run the program in a process of its own: the door that `journal` opens.

    Two things a short life does not need are left out, about a seventh of what a list takes: looking for
    rubbish while modules are read (it begins when the command does), and taking the interpreter apart at the end.

    Args:
        desk: Where commands work; by default the person's own.
    """
    gc.disable()
    try:
        run(desk)
    except SystemExit as end:
        streams.leave(end.code if isinstance(end.code, int) else 0)
    except KeyboardInterrupt:  # before there was a command to stop
        streams.leave(Interrupted.exit_code)


def run(desk: Desk | None = None) -> None:
    """
    Run the program.

    Args:
        desk: Where commands work; by default the person's own.

    Raises:
        SystemExit: Always, with the exit code.
    """
    streams.open_closed_ones()
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # see `first`
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), _stop)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that a test put there cannot be set
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams of this process can
    app(prog_name="journal", obj=desk)

"""The editor in the terminal: several lines, soft wrap, and nothing kept beside the journal."""

from time import monotonic

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import is_searching
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from journal_cli.journal.text import count_words
from journal_cli.journal.words import Words
from journal_cli.screen.ask import Stopped, Wish, Written, unescaped

STYLE = Style.from_dict({"bottom-toolbar": "noreverse fg:ansibrightblack", "prompt": "fg:ansibrightblack"})
NARROW = 60  # columns below which the bottom bar folds


def write(words: Words, first: str = "") -> Written:
    """
    Let the person write until Ctrl-D, Esc Enter, or a wish on a line of its own.

    Args:
        words: What the bottom bar says.
        first: What is already there.

    Raises:
        Stopped: On Ctrl-C, with what was written so far.
    """
    begun = monotonic()

    def bar() -> str:
        counted = words.count("reflect.words", count_words(session.default_buffer.text))
        minutes = words.count("reflect.minutes", int((monotonic() - begun) // 60))
        keys = words("reflect.keys_short" if session.output.get_size().columns < NARROW else "reflect.keys")
        return f" {counted} · {minutes}   {keys}"

    session: PromptSession[Written] = PromptSession(
        message="  ",
        multiline=True,
        wrap_lines=True,
        prompt_continuation="  ",
        bottom_toolbar=bar,
        history=DummyHistory(),
        key_bindings=_keys(),
        style=STYLE,
        output=create_output(always_prefer_tty=True),
        enable_open_in_editor=False,
        include_default_pygments_style=False,
        refresh_interval=15,
    )
    return session.prompt(default=first)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-d")
    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Written(_kept(event.current_buffer.text)))

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Stopped(_kept(event.current_buffer.text)))

    @keys.add("enter", filter=~is_searching)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        wish = _wish_here(buffer)
        if wish is None:
            buffer.insert_text("\n")
            return
        text = buffer.document.text_before_cursor.rpartition("\n")[0] + buffer.document.text_after_cursor
        event.app.exit(result=Written(_kept(text), wish))

    return keys


def _wish_here(buffer: Buffer) -> Wish | None:
    """Read a wish on the line the cursor has come to the end of."""
    line = buffer.document.current_line
    if len(line) == 2 and line[0] == ":" and buffer.document.is_cursor_at_the_end_of_line:
        return next((wish for wish in Wish if wish.value == line[1]), None)
    return None


def _kept(text: str) -> str:
    return "\n".join(unescaped(line) for line in text.split("\n"))

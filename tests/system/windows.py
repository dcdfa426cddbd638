"""A window of a terminal multiplexer, with a person's hands on its keys."""

import shlex
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

PATIENCE = 30.0  # seconds


class Window:
    """
    A terminal of some size that runs one command.

    Args:
        name: Of the multiplexer's socket; each window has one of its own.
        argv: The command.
        env: Its environment; nothing else is in it.
        size: Columns and rows.
    """

    def __init__(
        self, name: str, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 20)
    ) -> None:
        self._tmux = ("tmux", "-u", "-L", name, "-f", "/dev/null")
        given = [f"{key}={value}" for key, value in env.items() if key != "TERM"]
        command = shlex.join(["env", "-i", *given, "TERM=tmux-256color", *argv])
        # The shell stays when the command ends, so that its last screen and its code can be read.
        kept = f"{command}; code=$?; echo; echo ended with $code; exec sleep 600"
        self._run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sh", "-c", kept)

    def _run(self, *args: str, given: str | None = None) -> str:
        ran = subprocess.run(
            [*self._tmux, *args], input=given, capture_output=True, check=True, text=True, timeout=PATIENCE
        )
        return ran.stdout

    def keys(self, *names: str) -> "Window":
        """Press keys by their names: `C-d`, `Up`, `M-z`."""
        self._run("send-keys", *names)
        return self

    def types(self, text: str) -> "Window":
        """Type text as it stands."""
        self._run("send-keys", "-l", "--", text)
        return self

    def pastes(self, text: str) -> "Window":
        """Paste a text at once, as terminals do."""
        self._run("load-buffer", "-", given=text)
        self._run("paste-buffer", "-p", "-r", "-d")
        return self

    def resizes(self, columns: int, rows: int) -> "Window":
        """Give the window another size."""
        self._run("resize-window", "-x", str(columns), "-y", str(rows))
        return self

    @property
    def screen(self) -> str:
        """What is to be seen."""
        return self._run("capture-pane", "-p")

    @property
    def scrolled(self) -> str:
        """What is to be seen, and what scrolled away."""
        return self._run("capture-pane", "-p", "-S", "-")

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        column, row = self._run("display-message", "-p", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    @property
    def process(self) -> int:
        """The process the window began with."""
        return int(self._run("display-message", "-p", "#{pane_pid}"))

    def until(self, seen: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Wait until something is to be seen, and give the screen."""
        deadline = time.monotonic() + patience
        while True:
            screen = self.screen
            if seen in screen if isinstance(seen, str) else seen(screen):
                return screen
            if time.monotonic() > deadline:
                raise AssertionError(f"never seen: {seen!r}, but:\n{screen}")
            time.sleep(0.05)

    def ends(self) -> int:
        """Wait until the command ends, and give its code."""
        screen = self.until(lambda seen: "ended with " in seen and seen.rpartition("ended with ")[2][:1].isdigit())
        return int(screen.rpartition("ended with ")[2].split()[0])

    def close(self) -> None:
        """Close the window and all it runs."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False, timeout=PATIENCE)

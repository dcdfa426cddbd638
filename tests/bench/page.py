"""
How fast the writing page is: `python tests/bench/page.py`.

Measured on a real terminal (a pty), the journal held open by the agent, the least of some rounds:

- from the start of the process to the first letter on the page, as a multiple of `python -c pass`;
- from the passphrase, typed at a cold start without the agent, to the first letter, key derivation included;
- from a key to its letter, in a text of 100 KB, in milliseconds.
"""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PASSPHRASE = "lantern orchid velvet harbor quartz"
ROUNDS = 10
LINE = "Zażółć gęślą jaźń 👩\u200d👩\u200d👧 日本, one line among many that were written here before.\n"
READY = b"Ctrl-D done"


class Page:
    """A page on a terminal of 80 columns and 24 rows."""

    def __init__(self, env: dict[str, str], *args: str) -> None:
        self.begun = time.perf_counter()
        self._process, self._screen = pty.fork()
        if self._process == 0:
            os.execve(sys.executable, [sys.executable, "-m", "journal_cli", *args], env)  # noqa: S606  # the program itself
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def sees(self, wanted: bytes) -> float:
        """Read until something is shown; give the time."""
        seen = b""
        while wanted not in seen:
            select.select([self._screen], [], [], 10)
            seen += os.read(self._screen, 65536)
        return time.perf_counter()

    def types(self, text: str) -> float:
        """Press keys; give the time."""
        now = time.perf_counter()
        os.write(self._screen, text.encode())
        return now

    def close(self) -> None:
        """Throw the text away, and wait for the end."""
        with contextlib.suppress(OSError):
            self.types("\x03")
            time.sleep(0.1)
            self.types("t")
            while os.read(self._screen, 65536):
                pass
        os.waitpid(self._process, 0)
        os.close(self._screen)


def first_letter(env: dict[str, str]) -> float:
    page = Page(env, "write")
    page.sees(READY)
    page.types("Q")
    took = page.sees(b"Q") - page.begun
    page.close()
    return took


def after_the_passphrase(env: dict[str, str]) -> float:
    page = Page({**env, "XDG_RUNTIME_DIR": env["HOME"]}, "write")  # where no agent listens
    page.sees(b"Passphrase")
    time.sleep(0.3)
    began = page.types(f"{PASSPHRASE}\r")
    page.sees(READY)
    page.types("Q")
    took = page.sees(b"Q") - began
    page.close()
    return took


def letter_in_a_long_text(env: dict[str, str]) -> list[float]:
    page = Page(env, "write")
    page.sees(READY)
    size = 0
    page.types("\x1b[200~")
    while size < 100_000:
        page.types(LINE)
        size += len(LINE.encode())
    page.types("\x1b[201~")
    time.sleep(1.5)
    page.types("#")
    page.sees(b"#")
    took = []
    for letter in "QWXJVZQWXJVZ":
        time.sleep(0.3)
        took.append(-page.types(letter) + page.sees(letter.encode()))
    page.close()
    return took


def bare() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print both figures."""
    with tempfile.TemporaryDirectory() as home:
        session = Path(home) / "session"
        session.mkdir(mode=0o700)
        env = {
            "PATH": os.environ["PATH"], "HOME": home, "JOURNAL_HOME": f"{home}/journal", "LANG": "C.UTF-8",
            "TERM": "xterm-256color", "XDG_RUNTIME_DIR": str(session),
        }  # fmt: skip
        asked = {**env, "JOURNAL_PASSPHRASE_COMMAND": f"echo '{PASSPHRASE}'"}
        for args in (["init"], ["unlock", "--for", "10m"]):
            subprocess.run([sys.executable, "-m", "journal_cli", *args], env=asked, check=True, capture_output=True)
        try:
            rounds = [(bare(), first_letter(env)) for _ in range(ROUNDS)]
            typed = min(after_the_passphrase(env) for _ in range(ROUNDS))
            keys = sorted(letter_in_a_long_text(env))
        finally:
            subprocess.run([sys.executable, "-m", "journal_cli", "lock"], env=env, check=False, capture_output=True)
    least, first = (min(times) for times in zip(*rounds, strict=True))
    print(f"first letter      {1000 * first:5.0f} ms   {first / least:4.1f} x python -c pass")
    print(f"after the words   {1000 * typed:5.0f} ms   {typed / least:4.1f} x python -c pass")
    print(f"letter in 100 KB  {1000 * keys[len(keys) // 2]:5.0f} ms   (the slowest {1000 * keys[-1]:.0f})")


if __name__ == "__main__":
    main()

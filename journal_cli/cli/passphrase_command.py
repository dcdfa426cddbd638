"""Commands that give a passphrase or a password, such as that of a password manager."""

import shlex
import subprocess
import unicodedata

from journal_cli.errors import Locked, Refused

LONGEST = 127  # bytes of a password: what PDF takes


def passphrase_from(command: str) -> str:
    """
    Run the passphrase command, without a shell, and give its first line of output.

    Raises:
        Locked: If it cannot be run, fails, or prints nothing.
    """
    first, code = _first_line(command)
    if code is None:
        raise Locked("JOURNAL_PASSPHRASE_COMMAND cannot be run", hint="check how it is written")
    if code or not first:
        raise Locked(
            "JOURNAL_PASSPHRASE_COMMAND gave no passphrase (it ended with {code})",
            code=code,
            hint="run it by itself to see what it says",
        )
    return first.decode(errors="replace")


def password_from(command: str) -> str:
    """
    Run the command a plan names for the password of a page, and give its first line of output.

    Raises:
        Refused: If it cannot be run, fails, or prints nothing that can be typed again.
    """
    first, code = _first_line(command)
    if code is None:
        raise Refused("the password_command of the plan cannot be run", hint="check how it is written")
    if code or not first.strip():
        raise Refused(
            "the password_command of the plan gave no password (it ended with {code})",
            code=code,
            hint="run it by itself to see what it says",
        )
    try:
        password = unicodedata.normalize("NFC", first.decode())
    except UnicodeDecodeError:
        password = ""
    if not password.isprintable() or not 0 < len(password.encode()) <= LONGEST:
        raise Refused(
            "the password of the page is to be one line of plain text, of at most {most} bytes",
            most=LONGEST,
            hint="five words will do",
        )
    return password


def words_from(command: str) -> str:
    """
    Run the command that gives the words of an export, and give its first line of output.

    Raises:
        Refused: If it cannot be run, fails, or prints nothing.
    """
    first, code = _first_line(command)
    if code is None:
        raise Refused("the password command cannot be run", hint="check how it is written")
    if code or not first.strip():
        raise Refused(
            "the password command gave no password (it ended with {code})",
            code=code,
            hint="run it by itself to see what it says",
        )
    return first.decode(errors="replace")


def _first_line(command: str) -> tuple[bytes, int | None]:
    """Run a command, and give its first line of output and how it ended; None if it cannot be run."""
    try:
        finished = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=False)  # noqa: S603  # the person's own command
    except (OSError, ValueError):
        return b"", None
    return finished.stdout.split(b"\n", 1)[0].rstrip(b"\r"), finished.returncode

"""The command that gives the passphrase, such as that of a password manager."""

import shlex
import subprocess

from journal_cli.errors import Locked


def passphrase_from(command: str) -> str:
    """
    Run the passphrase command, without a shell, and give its first line of output.

    Raises:
        Locked: If it cannot be run, fails, or prints nothing.
    """
    try:
        finished = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=False)  # noqa: S603  # the person's own command
    except (OSError, ValueError):
        raise Locked("JOURNAL_PASSPHRASE_COMMAND cannot be run", hint="check how it is written") from None
    first = finished.stdout.split(b"\n", 1)[0].rstrip(b"\r")
    if finished.returncode or not first:
        raise Locked(
            "JOURNAL_PASSPHRASE_COMMAND gave no passphrase (it ended with {code})",
            code=finished.returncode,
            hint="run it by itself to see what it says",
        )
    return first.decode(errors="replace")

"""Passphrases, asked on the terminal itself and never shown."""

import os
import termios

from journal_cli.errors import Locked, Mistyped


def ask_secret(text: str) -> str:
    """
    Ask for a passphrase or a recovery key on the terminal itself, without showing what is typed.

    Raises:
        Locked: If there is no terminal to ask on.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise Locked("the journal is locked, and there is no terminal to ask for the passphrase") from None
    try:
        before = termios.tcgetattr(terminal)
        hidden = before[:]
        hidden[3] &= ~(termios.ECHO | termios.ECHONL)
        os.write(terminal, text.encode())
        try:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, hidden)
            return _secret_line(terminal)
        finally:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
            os.write(terminal, b"\n")
    finally:
        os.close(terminal)


def _secret_line(terminal: int) -> str:
    typed = b""
    while not typed.endswith(b"\n"):
        piece = os.read(terminal, 4096)
        if not piece:
            break
        typed += piece
    try:
        return typed.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise Mistyped("what was typed is not valid UTF-8", hint="check the terminal's encoding") from None

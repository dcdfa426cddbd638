"""
How hard a passphrase of one's own would be to guess.

Only choosing a passphrase needs this module; unlocking does not load it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from zxcvbn import zxcvbn

from journal_cli.errors import Mistyped, WrongKey
from journal_cli.vault.slots import passphrase_bytes

SHORTEST: Final = 8  # characters; shorter is refused
SHORT: Final = 12  # characters; shorter is called fair at best

_MEASURED: Final = 72  # characters; zxcvbn looks at no more
_LOWEST_ACCEPTED: Final = 2
_LOWEST_GOOD: Final = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """
    How hard a passphrase is to guess.

    Args:
        score: 0 (at once) to 4 (longer than anyone will try).
        kind: What to say of it: `short` and `weak` are not accepted, `fair` is with a warning, `good` is.
    """

    score: int
    kind: Literal["short", "weak", "fair", "good"]

    @property
    def accepted(self) -> bool:
        """Whether a journal may be locked with it."""
        return self.kind in ("fair", "good")


def strength(passphrase: str) -> Strength:
    """
    Estimate how hard a passphrase is to guess, from its first 72 characters.

    Raises:
        Mistyped: If it cannot be a passphrase: empty, longer than 1024 bytes, or no text.
    """
    try:
        words = passphrase_bytes(passphrase).decode("utf-8")
    except WrongKey as error:
        raise Mistyped(error.template, hint="choose other words", **error.values) from None
    score = int(zxcvbn(words[:_MEASURED])["score"])
    return Strength(score, _kind(score, len(words)))


def _kind(score: int, length: int) -> Literal["short", "weak", "fair", "good"]:
    if length < SHORTEST:
        return "short"
    if score < _LOWEST_ACCEPTED:
        return "weak"
    return "good" if score >= _LOWEST_GOOD and length >= SHORT else "fair"

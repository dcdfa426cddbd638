"""
The recovery key: the master key as 59 signs that can be written on paper.

Bech32m (BIP-350) with the prefix `jcli`, which is not printed: a version byte and the 32
bytes of the key, then six signs that fit nothing else. Up to four wrong signs are always
noticed; a single one is found.
"""

from typing import Final

from journal_cli.errors import TooNew, WrongKey
from journal_cli.vault.derive import MASTER_KEY_SIZE

SIGNS: Final = 59
GROUP: Final = 5  # signs

_PREFIX: Final = "jcli"
_VERSION: Final = 1
_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32M: Final = 0x2BC830A3
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIGNS: Final = 6
_LONGEST: Final = 90  # signs, prefix and all: BIP-350
_LOOKALIKES: Final = {"o": "0", "i": "l", "1": "l", "b": "8"}
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")
# A key with two groups forgotten or typed twice still looks like one; five words do not.
_SHORTEST_LOOK: Final = SIGNS - 2 * GROUP
_LONGEST_LOOK: Final = SIGNS + 2 * GROUP
_STRANGE_SIGNS: Final = 6  # more than these from outside the alphabet, and it is a text


def written(master_key: bytes) -> str:
    """
    Write the recovery key: twelve groups of upper-case signs with spaces between.

    Raises:
        ValueError: If the master key does not have 32 bytes.
    """
    if len(master_key) != MASTER_KEY_SIZE:
        raise ValueError("a master key has 32 bytes")
    values = _in_fives(bytes([_VERSION]) + master_key)
    signs = encode(_PREFIX, values).removeprefix(_PREFIX + "1").upper()
    return " ".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def read(text: str) -> bytes:
    """
    Read a recovery key back into the master key; case, spaces and dashes do not matter.

    Raises:
        WrongKey: If it is not one; the sentence names the sign, where there is one to name.
        TooNew: If it is one of a later kind.
    """
    signs = _compact(text)
    _refuse_impossible(signs)
    if len(signs) != SIGNS:
        raise WrongKey(
            "a recovery key has {signs} signs, this has {seen}",
            hint="count the groups: eleven of five signs and one of four",
            signs=SIGNS,
            seen=len(signs),
        )
    found = decode(f"{_PREFIX}1{signs}")
    if found is None:
        raise _misfit(signs)
    content = _in_eights(found[1])
    if content is None:
        raise WrongKey("this is not a recovery key of a journal")
    if content[0] != _VERSION:
        raise TooNew("this recovery key is of a newer kind")
    return content[1:]


def looks_like_recovery_key(text: str) -> bool:
    """Whether someone who typed this meant a recovery key, rightly typed or not, and no passphrase."""
    signs = _compact(text)
    strange = sum(sign not in _ALPHABET for sign in signs)
    return (
        _SHORTEST_LOOK <= len(signs) <= _LONGEST_LOOK
        and signs.isascii()
        and signs.isalnum()
        and any(sign.isdigit() for sign in signs)
        and strange <= _STRANGE_SIGNS
    )


def encode(prefix: str, values: list[int]) -> str:
    """Write five-bit values as Bech32m, lower case."""
    rest = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM_SIGNS]) ^ _BECH32M
    checksum = [rest >> 5 * (_CHECKSUM_SIGNS - 1 - i) & 31 for i in range(_CHECKSUM_SIGNS)]
    return f"{prefix}1" + "".join(_ALPHABET[value] for value in [*values, *checksum])


def decode(text: str) -> tuple[str, list[int]] | None:
    """
    Read Bech32m as BIP-350 says.

    Returns:
        The prefix and the five-bit values without the checksum, or None if it does not fit.
    """
    if len(text) > _LONGEST or not all(33 <= ord(sign) <= 126 for sign in text):
        return None
    if text not in (text.lower(), text.upper()):
        return None
    prefix, _, signs = text.lower().rpartition("1")
    if not prefix or len(signs) < _CHECKSUM_SIGNS or not all(sign in _ALPHABET for sign in signs):
        return None
    values = [_ALPHABET.index(sign) for sign in signs]
    if _polymod([*_expanded(prefix), *values]) != _BECH32M:
        return None
    return prefix, values[:-_CHECKSUM_SIGNS]


def _compact(text: str) -> str:
    # Dashes of every length: a word processor may have changed them.
    return "".join(sign for sign in text.lower() if not sign.isspace() and sign not in "-‐‑–—_")


def _refuse_impossible(signs: str) -> None:
    for place, sign in enumerate(signs):
        if sign not in _ALPHABET:
            group, ordinal = _where(place)
            meant = _LOOKALIKES.get(sign)
            hint = "did you mean {meant}?" if meant else "recovery keys use letters except B, I, O and digits except 1"
            raise WrongKey(
                f"group {{group}}, {ordinal} sign: recovery keys have no such sign",
                hint=hint,
                group=group,
                meant=(meant or "").upper(),
            )


def _misfit(signs: str) -> WrongKey:
    """Say which sign is wrong, if it is only one."""
    found = _single_wrong_sign(signs)
    if found is None:
        return WrongKey(
            "the signs of this recovery key do not fit together",
            hint="more than one differs, or two stand in the wrong order: compare group by group",
        )
    place, meant = found
    group, ordinal = _where(place)
    return WrongKey(
        f"group {{group}}, {ordinal} sign: it does not fit the rest of this recovery key",
        hint="did you mean {meant}?",
        group=group,
        meant=meant.upper(),
    )


def _single_wrong_sign(signs: str) -> tuple[int, str] | None:
    """Where one other sign makes the checksum fit, and which; the code allows at most one such place."""
    values = [_ALPHABET.index(sign) for sign in signs]
    misfit = _polymod([*_expanded(_PREFIX), *values]) ^ _BECH32M
    # The checksum is linear: a sign that is off by `change` shifts it by the same amount in every key.
    shifts = list(range(32))
    for place in reversed(range(len(values))):
        for change in range(1, 32):
            if shifts[change] == misfit:
                return place, _ALPHABET[values[place] ^ change]
        shifts = [_step(shift, 0) for shift in shifts]
    return None


def _where(place: int) -> tuple[int, str]:
    """The group, counted from 1, and the ordinal of the sign in it; an ordinal is a word, so each has its template."""
    group, sign = divmod(place, GROUP)
    return group + 1, _ORDINALS[sign]


def _expanded(prefix: str) -> list[int]:
    return [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        checksum = _step(checksum, value)
    return checksum


def _step(checksum: int, value: int) -> int:
    top = checksum >> 25
    checksum = (checksum & 0x1FFFFFF) << 5 ^ value
    for bit, generator in enumerate(_GENERATOR):
        if top >> bit & 1:
            checksum ^= generator
    return checksum


def _in_fives(content: bytes) -> list[int]:
    count = -(-len(content) * 8 // 5)
    number = int.from_bytes(content, "big") << (count * 5 - len(content) * 8)
    return [number >> 5 * (count - 1 - i) & 31 for i in range(count)]


def _in_eights(values: list[int]) -> bytes | None:
    """The bytes, or None if the bits left over are not zero."""
    size, spare = divmod(len(values) * 5, 8)
    number = sum(value << 5 * i for i, value in enumerate(reversed(values)))
    if number & (1 << spare) - 1:
        return None
    return (number >> spare).to_bytes(size, "big")

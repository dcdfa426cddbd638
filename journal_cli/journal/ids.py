"""Short ids: eight characters a person can read out and type."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u
LENGTH = 8
RANDOM_BYTES = 5  # 40 bits make 8 characters of 5 bits


def short_id(random: bytes) -> str:
    """Make an id of 5 random bytes."""
    number = int.from_bytes(random[:RANDOM_BYTES])
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def as_typed(text: str) -> str:
    """Read the beginning of an id as people type it: any case, O for 0, I or L for 1."""
    return text.strip().lower().replace("o", "0").replace("i", "1").replace("l", "1")

"""Whatever bytes arrive, a pack is read or refused; nothing else happens."""

import contextlib
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.library import Pack
from journal_cli.packs.pack import read_pack

HEAD = 'format = 1\n[pack]\nid = "a"\ntitle = "b"\nlanguage = "en"\n'
PARTS = ("pack", "homework", "theme", "prompt", "grounding", "closing", "session", "session.step", "program")
PARTS_INSIDE = ("program.week", "check_in", "check_in.scale", "pack.translates", "step", "odd", '""', '"a b"')
KEYS = ("format", "id", "title", "language", "version", "text", "lines", "use", "kind", "when", "minutes", "scale")
KEYS_TOO = ("content_notes", "intensity", "gate", "theme", "sessions", "options", "translates", "share", '""', "x.y")
VALUES = ('"steady"', '"prompt"', '"a"', '"mood"', '"before"', "1", "-1", "1.5", "true", "1979-05-27", "[]", '["a"]')
VALUES_TOO = ("{}", "[{}]", '{ kind = "choice", options = [{ id = "a" }] }', '{ kind = "number", min = 3 }', '"""', "'")

headers = st.builds("{}{}{}".format, st.sampled_from(["[", "[["]), st.sampled_from(PARTS + PARTS_INSIDE), st.just("]"))
closed = headers.map(lambda text: text + ("]" if text.startswith("[[") else ""))
fields = st.builds("{} = {}".format, st.sampled_from(KEYS + KEYS_TOO), st.sampled_from(VALUES + VALUES_TOO))
odd = st.text(max_size=20)
like_a_pack = st.lists(closed | fields | fields | headers | odd, max_size=25).map("\n".join)


def _reads_or_refuses(raw: bytes) -> Pack | None:
    with contextlib.suppress(NotWhatItSays):
        return read_pack(raw, "some.toml")
    return None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    _reads_or_refuses(raw)


@given(st.text(max_size=200))
def test_any_text_after_a_good_beginning_is_read_or_refused(text: str) -> None:
    _reads_or_refuses((HEAD + text).encode("utf-8", "surrogatepass"))


@given(like_a_pack)
@example('"" = [{}]')  # a part without a name
@example("minutes = " + "9" * 5000)  # Python itself refuses to read so long a number
def test_anything_like_a_pack_is_read_or_refused(text: str) -> None:
    _reads_or_refuses((HEAD + text).encode("utf-8", "surrogatepass"))
    _reads_or_refuses(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 900_000,
        "a = " + "{a=" * 300_000,
        ".".join("a" * 200_000) + " = 1",  # tomllib alone takes minutes
        "[" + " . ".join(["'a'"] * 100_000) + "]",
        "a = " + "1" * 900_000,
        'a = """' + "a" * 900_000,
        "w-" * 450_000,
        "[[prompt]]\n" * 80_000,
        "\n".join(f"k{number} = 1" for number in range(80_000)),
    ],
    ids=["brackets", "braces", "dots", "quoted dots", "digits", "open text", "one word", "parts", "keys"],
)
def test_no_file_keeps_the_reader_waiting(text: str) -> None:
    began = time.perf_counter()

    _reads_or_refuses((HEAD + text).encode())

    assert time.perf_counter() - began < 10  # most take well under one second; without the limits, minutes

"""Whatever is written is kept exactly or refused with a reason, and nothing in it steers a terminal."""

import re

import pytest

from journal_cli.journal.text import is_empty

MEBIBYTE = 1024 * 1024

TEXTS = {
    "NUL": b"before\x00after \x00",
    "colours and cursor": b"\x1b[31mred\x1b[0m \x1b[2J\x1b[H \x9b31m".replace(b"\x9b", "\x9b".encode()),
    "a title for the window": b"\x1b]0;owned\x07 \x1b]8;;http://example.com\x1b\\here\x1b]8;;\x1b\\ \x1b]52;c;cm0=\x07",
    "eight-bit controls": "\x9b2J \x9d0;owned\x9c \x90q\x9c \x85".encode(),
    "right to left": "name \u202egpj.exe\u202c \u2066isolated\u2069 \u200f".encode(),
    "unseen signs": "a\u200bb\u2060c\ufeffd\U000e0041e\u2028f\u2029g".encode(),
    "line ends": b"one\r\ntwo\rthree\n\n\n\tfour \x0b\x0c five  ",
    "bells and backspaces": b"password\x08\x08\x08\x08\x08\x08\x08\x08hidden \x07\x07 \x7f",
    "emoji and many marks": ("e" + "\u0301" * 500 + " \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4").encode(),
    "markup of libraries": b"[bold red]x[/] [/nothing] :smile: {0} {name} %s %(name)s $HOME `id` {{x}}",
    "words of SQL": b"'; DROP TABLE entry; -- \" ) NEAR( OR * ^ -",
    "line drawing": b"\x0e lqqk \x0f \x1b(0",
    "only a mark at the beginning": "\ufeff\ufefftext".encode(),
    "noncharacters": "\ufffe \uffff \U0010ffff \ufdd0 end".encode(),
}

# All of C0 but newline and tab, DEL, all of C1, and what turns the direction of text or ends a line.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def expected(raw: bytes) -> str:
    """The text as it is kept: without one mark at the beginning, and without one line end that programs put last."""
    return raw.decode().removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_from_a_pipe_is_kept_to_the_last_sign(journal, name) -> None:
    id_ = journal("write", "--json", input=TEXTS[name]).json["id"]
    assert journal("show", id_, "--json").json["body"] == expected(TEXTS[name])


def test_all_hostile_texts_at_once_are_kept_to_the_last_sign_by_the_whole_program(program) -> None:
    program("init")
    raw = b"\n".join(TEXTS.values()) + b"\r\n\n"
    id_ = program("write", "--json", input=raw).json["id"]
    assert program("show", id_, "--json").json["body"] == expected(raw)
    assert not STEERING.search(program("show", id_).stdout)


def test_nothing_a_person_wrote_steers_the_terminal(journal) -> None:
    everything = b"word " + b" ".join(TEXTS.values()) + b" word"
    first = journal("write", "--json", "--star", input=everything).json["id"]
    journal("edit", first, input=everything + b" again")
    for raw in TEXTS.values():
        journal("write", "--star", input=b"word " + raw)
    journal("reflect", "evening-signals", input=b"\n\n" + TEXTS["colours and cursor"] + b"\n.\n:q\n")
    journal("checkin", input="2\n2\n\x1b[31mred\u202e\n")
    journal("delete", journal("write", "--json", input=everything).json["id"], "--yes")
    looked = [("list", "--all"), ("show", first, "--history"), ("search", "word"), ("search", "red"), ("mood",)]
    for args in (*looked, ("progress",), ("trash", "list"), ("share", "--list"), ()):
        for language in ("en", "pl"):
            said = journal(*args, JOURNAL_LANG=language)
            found = STEERING.search(said.stdout + said.stderr)
            assert not found, f"{args}: {found[0]!a}"


def test_nothing_in_an_argument_steers_the_terminal_when_it_is_refused(journal) -> None:
    bad = "\x1b]0;owned\x07\u202e\x9b2J"
    for args in (("show", bad), ("list", "--theme", bad), ("list", "--kind", bad), ("settings", bad), ("reflect", bad)):
        said = journal(*args, code=2 if "--kind" in args else 20)
        assert not STEERING.search(said.stdout + said.stderr), args


@pytest.mark.parametrize(
    ("raw", "offset", "line"),
    [
        (b"\xff\xfe", 0, 1),
        (b"fine\nnot \xed\xa0\x80 this", 9, 2),  # half of a surrogate pair
        (b"\xc0\x80", 0, 1),  # NUL in two bytes, as some programs write it
        ("zażółć".encode("iso-8859-2"), 2, 1),
        ("text".encode("utf-16"), 0, 1),
        (b"cut in the middle \xf0\x9f\x98", 18, 1),
    ],
)
def test_what_is_no_utf_8_is_refused_and_the_byte_is_named(journal, raw, offset, line) -> None:
    kept = journal("write", "--json", input="What I kept.").json["id"]
    for args in (("write",), ("edit", kept), ("search",)):
        said = journal(*args, input=raw, code=22)
        assert f"the byte at offset {offset}, in line {line}," in said.stderr
        assert said.stdout == ""
    assert journal("list", "--json").json["total"] == 1
    assert journal("show", kept, "--json").json["revisions"] == 0


def test_ten_mebibytes_are_kept_to_the_last_sign_and_can_be_looked_at(program) -> None:
    program("init")
    line = "A long night, written down: złość, ulga, \x1b[31m \U0001f469\u200d\U0001f467.\n"
    text = line * (10 * MEBIBYTE // len(line.encode())) + "The end of it."
    id_ = program("write", "--json", input=text).json["id"]
    assert program("show", id_, "--json").json["body"] == text
    assert program("list").stdout
    assert program("search", "zlosc", "--json").json["total"] == 1
    assert program("search", "end of it", "--json").json["total"] == 1


def test_more_than_sixteen_mebibytes_are_refused_with_the_limit(program) -> None:
    program("init")
    said = program("write", input="ą" * (8 * MEBIBYTE) + "a", code=2)
    assert "16 MiB" in said.stderr
    assert program("list", "--json").json["total"] == 0


@pytest.mark.parametrize(
    "sought",
    [
        '"(*',
        '"',
        '""""',
        "NEAR",
        "NEAR(word other, 3)",
        "word NEAR/3 other",
        "AND",
        "word OR",
        "NOT word",
        "-word",
        "^word",
        "word*",
        "body:word",
        "{title body} : word",
        "word + other",
        "(((((",
        "'; DROP TABLE entry; --",
        "word\x00other",
        "\x00",
        "\x1b[31m",
        "\\",
        "%_",
        "word\nother\r\n",
        "\u202e",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "w" * 100_000,
        "word " * 5_000,
        '"word ' * 500,
        " ",
        "",
        "#word @word",
        "--help",
    ],
)
def test_whatever_is_looked_for_a_search_answers(journal, sought) -> None:
    journal("write", input="A word, and another other. #word @word")
    if is_empty(sought):
        assert journal("search", input=sought.encode(), code=24).stdout == ""
        return
    said = journal("search", "--json", input=sought.encode())
    assert said.stderr == ""
    assert said.json["total"] in {0, 1}
    assert not STEERING.search(journal("search", input=sought.encode()).stdout)

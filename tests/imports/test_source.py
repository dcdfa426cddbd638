"""What was given is read piece by piece, and refused before it can do harm."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import JournalError, NotWhatItSays, Refused
from journal_cli.imports import source
from journal_cli.imports.source import PIECE, Shape, Source, source_of, source_of_input


def packed(path: Path, **files: bytes) -> Path:
    """A zip of these files; `__` in a name is a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return path


def text_of(content: bytes) -> str:
    return source_of_input(io.BytesIO(content)).text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
@example("Żółć\r\nold\rnew\n" + "字" * PIECE)  # a character that two pieces share
@example("\r\n" * PIECE)
def test_text_comes_as_it_was_with_line_feeds_in_any_encoding(encoding: str, text: str) -> None:
    read = source_of_input(io.BytesIO(text.encode(encoding)))

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert read.text() == plain
    lines = list(read.lines())
    assert "".join(lines) == plain
    assert all("\n" not in line[:-1] for line in lines)


@pytest.mark.parametrize("line", [1, 2, 40_000])
def test_what_is_no_text_is_refused_with_its_line_and_none_of_its_words(line: int) -> None:
    with pytest.raises(NotWhatItSays, match=f"-, line {line}: this is not UTF-8 text") as failure:
        text_of(b"word\n" * (line - 1) + "zażółć".encode("iso-8859-2"))

    assert "word" not in repr(failure.value) + str(failure.value.values)


def test_a_text_cut_in_the_middle_of_a_character_is_refused() -> None:
    with pytest.raises(NotWhatItSays, match="line 2"):
        text_of("one\nż".encode()[:-1])


def test_a_folder_gives_its_files_in_order_and_passes_over_what_is_hidden_or_leads_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("outside")
    top = tmp_path / "notes"
    for name in ("b.md", "a/z.md", "a/b/c.md", ".obsidian/x.md", ".hidden.md"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)
    (top / "link.md").symlink_to(tmp_path / "outside.md")
    (top / "folder").symlink_to(tmp_path)
    os.mkfifo(top / "pipe.md")

    opened = source_of(top)

    assert opened.shape is Shape.FOLDER
    assert [(one.path, one.text()) for one in opened.members()] == [
        (name, name) for name in ("b.md", "a/z.md", "a/b/c.md")
    ]
    beside = opened.beside("b.md")
    assert beside is not None
    assert beside.whole() == b"b.md"
    assert opened.beside("nothing.md") is None


@pytest.mark.parametrize("of_input", [False, True])
def test_a_zip_gives_its_files_however_often_it_is_read(tmp_path: Path, *, of_input: bool) -> None:
    path = packed(tmp_path / "a.zip", **{"d__.hidden": b"x"}, b__two=b"2", a=b"1" * 200_000, c__=b"", d__=b"")
    opened = source_of_input(io.BytesIO(path.read_bytes())) if of_input else source_of(path)

    for _ in range(2):
        assert [(one.path, len(one.whole())) for one in opened.members()] == [("a", 200_000), ("b/two", 1)]
    first, second = opened.members()
    assert (second.whole(), first.head()[:1]) == (b"2", b"1")
    assert opened.shape is Shape.ZIP


def climbing(path: Path) -> None:
    packed(path, **{"..__..__etc__x": b"x"})


def rooted(path: Path) -> None:
    packed(path, __etc__x=b"x")


def windows(path: Path) -> None:
    packed(path, **{"C:\\x": b"x"})


def linked(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")


def bomb(path: Path) -> None:
    packed(path, a=b"\0" * (32 * 1024 * 1024))


def overlapping(path: Path) -> None:
    """Entries of the directory that all name the same bytes."""
    packed(path, a=os.urandom(100_000), b=b"")
    raw = path.read_bytes()
    first, second, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    entry = raw[first:second]
    directory = entry + entry[:46] + b"c" + entry[47:]
    finish = bytearray(raw[end:])
    finish[12:16] = struct.pack("<I", len(directory))
    path.write_bytes(raw[:first] + directory + bytes(finish))


def cut(path: Path) -> None:
    packed(path, a=os.urandom(50_000))
    path.write_bytes(path.read_bytes()[:-30])


def bent(path: Path) -> None:
    packed(path, a=b"first", b=os.urandom(50_000))
    raw = bytearray(path.read_bytes())
    raw[30_000] ^= 1
    path.write_bytes(raw)


def crowded(path: Path) -> None:
    packed(path, **{f"f{number}": b"" for number in range(12)})


def secret(path: Path) -> None:
    packed(path, a=b"x")
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "make",
    [climbing, rooted, windows, linked, bomb, overlapping, cut, bent, crowded, secret],
    ids=lambda one: one.__name__,
)
def test_a_zip_that_is_not_what_it_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(source, "MOST_MEMBERS", 10)
    make(tmp_path / "a.zip")

    with pytest.raises(NotWhatItSays) as failure:
        [member.whole() for member in source_of(tmp_path / "a.zip").members()]

    assert "a.zip" in str(failure.value) or failure.value.values["file"] in {"a", "b"}
    assert failure.value.hint


@pytest.mark.parametrize("name", ["nothing.md", "n\0l", "x" * 300])
def test_what_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        source_of(tmp_path / name)


def test_a_folder_without_rights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    user = os.geteuid()
    os.seteuid(user or 65_534)  # root may read everything
    try:
        with pytest.raises(Refused, match="cannot be read"):
            list(source_of(tmp_path).members())
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_a_device_and_a_pipe_are_refused_and_never_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotWhatItSays, match="is not a file"):
        source_of(tmp_path / name)


def test_what_has_to_be_read_whole_has_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1_100_000)
    opened: Source = source_of(tmp_path / "a")
    for read in (opened.whole, opened.text):
        with pytest.raises(JournalError, match="larger than such a file may be"):
            read(1_000_000)
    with pytest.raises(NotWhatItSays, match="is a folder"):
        source_of(tmp_path).whole()

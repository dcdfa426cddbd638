"""jrnl 4.6 writes journals of every kind; ours reads them as `jrnl --format json` does, entry by entry."""

import json
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jrnl_program import PASSWORD, Jrnl, installed, jrnl_at

from journal_cli.imports import from_jrnl
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices
from journal_cli.imports.source import Shape, source_of
from journal_cli.journal.moment import moment

ZONE = "Europe/Warsaw"

# As it could stand in a file of somebody who writes a lot of different things.
GIVEN = """\
[2019-12-31 23:59] The last evening

[2020-01-17 08:05] A walk by the river. With @anna and #kayak
We saw two herons.

  An indented line, and a second paragraph.

[2020-01-17 08:06] Short *
[2020-01-17 21:30] A note with [brackets] and a footnote *
See [1] and the list:
[1] the first note
[2] the second note
[ ] something to do

[2020-02-03 12:00] Two sentences. On one line
[2020-02-04 00:10] Addresses and others: me@example.org @c++ @c# @os/2 #Work #work (#hidden)

[under the apple tree] No date at all
[2020-02-04 12:01] Zażółć gęślą jaźń… 🦢
Nie do końca: „cytat”. Then again!

[2020-02-05 12:02] 日本語の題。本文がここから始まる
[2021-03-03 00:00] Midnight
Body.
"""

TIMEFORMATS = (
    *("%F %r", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%y %H:%M", "%x %X", "%c"),
    *("%A, %d %B %Y %H:%M", "%b %d, %Y %I:%M %p", "%Y%m%dT%H%M%S", "%H:%M %d.%m.%Y", "%Y-%m-%d", "%d-%b-%Y at %H.%M"),
    *("%y-%m-%d %H:%M", "%Y-%j %H:%M", "%Y_%m_%d %H:%M"),
)


@pytest.fixture(scope="session")
def python(request: pytest.FixtureRequest) -> Path:
    return installed(request.config.cache.mkdir("jrnl") / "environment")


@pytest.fixture
def jrnl(python: Path, tmp_path: Path) -> Jrnl:
    return jrnl_at(python, tmp_path)


def choices(**told: Any) -> Choices:
    return Choices(ZONE, moment(datetime(2026, 11, 30, tzinfo=UTC), ZONE), **told)


def read(path: Path, **told: Any) -> list[Arrival]:
    source = source_of(path)
    is_its = from_jrnl.recognises(source.head(), source.name) if source.shape is Shape.FILE else from_jrnl.holds(source)
    assert is_its
    return list(from_jrnl.arrivals(source, choices(**told)))


def ours(arrival: Arrival) -> tuple[Any, ...]:
    """What an arrival says, as jrnl says it in JSON: minutes, a title that may be all there is, small letters."""
    assert arrival.at is not None
    title, body = (arrival.title, arrival.body) if arrival.title else (arrival.body, "")
    tags = sorted(tag.lower() for tag in arrival.tags)
    return arrival.at.local.strftime("%Y-%m-%d %H:%M"), title, body.strip(), tags, arrival.starred


def theirs(entry: dict[str, Any]) -> tuple[Any, ...]:
    tags = sorted({tag[1:] for tag in entry["tags"]})
    return f"{entry['date']} {entry['time']}", entry["title"], entry["body"].strip(), tags, entry["starred"]


def agree(arrivals: list[Arrival], entries: list[dict[str, Any]]) -> None:
    assert sorted(map(ours, arrivals)) == sorted(map(theirs, entries))


@pytest.mark.parametrize("timeformat", TIMEFORMATS)
def test_a_file_in_any_timeformat_is_read_as_jrnl_reads_it(python: Path, tmp_path: Path, timeformat: str) -> None:
    jrnl = jrnl_at(python, tmp_path, timeformat=timeformat)
    jrnl.takes(GIVEN)

    entries = jrnl.entries()

    assert len(entries) == 9
    agree(read(jrnl.journal), entries)


def test_entries_typed_one_by_one_are_read_as_jrnl_reads_them(jrnl: Jrnl) -> None:
    jrnl("2020-01-17 15:00: A first sentence! And a second one @anna")
    jrnl("2020-01-18: *A star before it. #Kayak")
    jrnl("2020-01-19 at 7pm: Nothing but a title")
    jrnl(typed="2020-01-20 9:30am: From a pipe\n\nwith a body\n")

    entries = jrnl.entries()

    assert [entry["starred"] for entry in entries] == [False, True, False, False]
    agree(read(jrnl.journal), entries)


def test_a_file_that_jrnl_never_wrote_is_read_as_jrnl_reads_it(jrnl: Jrnl) -> None:
    jrnl.journal.write_text(GIVEN.rstrip("\n") + "\n[2021-03-05 10:00] One line. Without its end", encoding="utf-8")

    entries = jrnl.entries()

    assert len(entries) == 10
    agree(read(jrnl.journal), entries)


def test_a_folder_has_the_days_of_its_paths(python: Path, tmp_path: Path) -> None:
    jrnl = jrnl_at(python, tmp_path, "days/", timeformat="%H:%M")
    jrnl("2020-01-17 15:00: One. Body #kayak")
    jrnl("2020-01-17 16:00: Two the same day *")
    jrnl("2021-11-30 08:00: A later one")

    entries = jrnl.entries()

    assert {entry["date"] for entry in entries} == {"2020-01-17", "2021-11-30"}
    agree(read(jrnl.journal), entries)
    assert len(read(jrnl.journal)) == 3


def test_a_folder_in_a_zip_is_read_like_the_folder(python: Path, tmp_path: Path) -> None:
    jrnl = jrnl_at(python, tmp_path, "days/")
    jrnl.takes(GIVEN)
    packed = tmp_path / "days.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in jrnl.journal.rglob("*.txt"):
            archive.write(path, path.relative_to(jrnl.journal.parent))

    assert len(read(packed)) == 9
    assert read(packed) == read(jrnl.journal)


def test_an_encrypted_file_is_opened_with_its_password(jrnl: Jrnl) -> None:
    jrnl.takes(GIVEN)
    clear = read(jrnl.journal)
    jrnl("--encrypt", typed=f"{PASSWORD}\n{PASSWORD}\nn\n")

    assert jrnl.journal.read_bytes().startswith(b"JRNLv3")
    agree(read(jrnl.journal, password=lambda: PASSWORD), replace(jrnl, is_locked=True).entries())
    assert read(jrnl.journal, password=lambda: PASSWORD) == clear


def test_what_jrnl_prints_as_json_is_read(jrnl: Jrnl, tmp_path: Path) -> None:
    jrnl.takes(GIVEN)
    printed = tmp_path / "printed.json"
    printed.write_text(jrnl("--format", "json"), encoding="utf-8")

    agree(read(printed), jrnl.entries())
    assert [ours(one) for one in read(printed)] == [ours(one) for one in read(jrnl.journal)]


def test_json_with_a_file_for_every_entry_is_read(jrnl: Jrnl, tmp_path: Path) -> None:
    jrnl.takes(GIVEN)
    folder = tmp_path / "one by one"
    folder.mkdir()
    jrnl("--format", "json", "--file", str(folder))

    assert len(list(folder.glob("*.json"))) == len(jrnl.entries())
    agree(read(folder), jrnl.entries())


def test_tags_begin_with_the_signs_its_settings_name(python: Path, tmp_path: Path) -> None:
    jrnl = jrnl_at(python, tmp_path, signs="+%", timeformat="%d/%m/%Y %H:%M")
    jrnl("2020-03-04 10:00: About +rivers and %boats but not #this one")
    beside = jrnl.journal.with_name("jrnl.yaml")
    beside.write_text((tmp_path / "jrnl.yaml").read_text(encoding="utf-8"), encoding="utf-8")

    (entry,) = jrnl.entries()

    assert sorted(entry["tags"]) == ["%boats", "+rivers"]
    agree(read(jrnl.journal), [entry])


def test_old_encrypted_files_that_jrnl_still_opens_are_opened(jrnl: Jrnl, tmp_path: Path) -> None:
    """jrnl writes version 2 no more, but its own code still knows the key."""
    text = "[2020-01-17 15:00] An old one\nwith a body\n"
    made = tmp_path / "old.txt"
    program = (
        "import sys; from cryptography.fernet import Fernet; from jrnl.encryption.Jrnlv2Encryption import *\n"
        "one = Jrnlv2Encryption('x', {}); one.password = sys.argv[1]\n"
        "sys.stdout.buffer.write(Fernet(one._key).encrypt(sys.argv[2].encode()))"
    )
    made.write_bytes(_output(jrnl, program, PASSWORD, text))

    (arrival,) = read(made, password=lambda: PASSWORD)

    assert made.read_bytes().startswith(b"gAAAAA")
    assert (arrival.title, arrival.body) == ("An old one", "with a body")


@pytest.mark.parametrize("filling", ["pkcs7", "spaces"])
def test_files_of_version_1_open_here_and_there(jrnl: Jrnl, tmp_path: Path, filling: str) -> None:
    """Nothing writes version 1 any more: it is written here after its description, and jrnl says the same of it."""
    program = (
        "import sys; from cryptography.hazmat.primitives.ciphers import *; "
        "from cryptography.hazmat.primitives.ciphers import algorithms, modes; import hashlib, os\n"
        "text = sys.argv[2].encode(); n = 16 - len(text) % 16; iv = os.urandom(16)\n"
        "text += bytes([n]) * n if sys.argv[3] == 'pkcs7' else b' ' * n\n"
        "key = hashlib.sha256(sys.argv[1].encode()).digest()\n"
        "e = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()\n"
        "sys.stdout.buffer.write(iv + e.update(text) + e.finalize())"
    )
    text = "2010-06-10 15:00 A life by the sea.\n\n2013-06-10 15:40 I met @dan *\nand more\n"
    made = tmp_path / "one.journal"
    made.write_bytes(_output(jrnl, program, PASSWORD, text, filling))
    opening = (
        "import sys, json; from jrnl.encryption.Jrnlv1Encryption import *; from jrnl.journals.Journal import *\n"
        "one = Jrnlv1Encryption('x', {}); one.password = sys.argv[1]\n"
        "text = one._decrypt(open(sys.argv[2], 'rb').read()); found = LegacyJournal('x')._parse(text)\n"
        "print(json.dumps([{'title': e.title, 'body': e.body, 'date': str(e.date)[:10], 'time': str(e.date)[11:16], "
        "'tags': e.tags, 'starred': e.starred} for e in found]))"
    )

    agree(read(made, password=lambda: PASSWORD), json.loads(_output(jrnl, opening, PASSWORD, str(made))))


def _output(jrnl: Jrnl, program: str, *arguments: str) -> bytes:
    return subprocess.run(
        [str(jrnl.python), "-c", program, *arguments], capture_output=True, check=True, env={"HOME": str(jrnl.folder)}
    ).stdout

"""Files of jrnl: their dates, their entries, their locks, and what is in none of the books about them."""

import base64
import contextlib
import hashlib
import io
import itertools
import json
import tracemalloc
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from journal_cli.errors import JournalError, Locked, NotWhatItSays, TooNew, WrongKey
from journal_cli.imports import from_jrnl, jrnl_headers, jrnl_sealed, jrnl_text
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices, DayOrMonth
from journal_cli.imports.jrnl_headers import Reading, Wall
from journal_cli.imports.source import source_of, source_of_input
from journal_cli.journal.moment import moment
from journal_cli.journal.text import is_empty

ZONE = "Europe/Warsaw"
NOW = moment(datetime(2026, 11, 30, tzinfo=UTC), ZONE)


def read(content: str | bytes, **told: Any) -> list[Arrival]:
    raw = content.encode() if isinstance(content, str) else content
    return list(from_jrnl.arrivals(source_of_input(io.BytesIO(raw)), Choices(**{"zone": ZONE, "now": NOW, **told})))


def wall(arrival: Arrival) -> str:
    return arrival.at.local.strftime("%Y-%m-%d %H:%M:%S") if arrival.at else ""


def recognised(content: str | bytes, name: str = "journal.txt") -> bool:
    return from_jrnl.recognises((content.encode() if isinstance(content, str) else content)[:65536], name)


# What it is recognised by.


@pytest.mark.parametrize(
    "content",
    [
        "[2026-01-01 09:00:00 AM] One\n",
        "a preface\n\n[14.03.2026 09:00] One\n",
        "2010-06-10 15:00 One, of jrnl 1\n",
        "\ufeff[2026-01-01 09:00] One\n",
        "[2026-01-01 09:00] One\n".encode("utf-16"),
        "[2026-01-01 09:00] caf\u00e9\n".encode("latin-1"),
        '{"tags": {}, "entries": []}',
        '{\n  "entries": [{"title": "a"}]}',
        '{"title": "a", "body": "b", "date": "2026-01-01", "time": "09:00", "tags": [], "starred": false}',
        "┏━━━┓\n┃ 1 entry found ┃\n┗━━━┛\n" + '{"tags": {"@a": 1}, "entries": [{"title": "a"}]}',
        "1 entry found\n" + '{"tags": {}, "entries": []}',
        b"JRNLv3\x00\x10whatever it is",
        b"gAAAAABsomething",
        bytes(range(255, -1, -1)),
    ],
)
def test_what_jrnl_writes_is_recognised(content: str | bytes) -> None:
    assert recognised(content)


@pytest.mark.parametrize(
    "content, name",
    [
        ("", "journal.txt"),
        ("Dear diary,\n[1] no date\n[x] a task\n[Smith 2010] a book\n", "journal.txt"),
        ("[2026-01-01 09:00]without a space\n", "journal.txt"),
        ("# A note\n\n[2026-01-01 09:00] quoted\n", "note.md"),
        ("2026-01-01 was a day\n", "journal.txt"),
        ('{"metadata": {"version": "1.0"}, "entries": [{"creationDate": "2026-01-01T09:00:00Z"}]}', "Journal.json"),
        ('{"title": "a", "body": "b", "author": "c"}', "page.json"),
        ("full_date,date,weekday\n2026-01-01,January 1,Thursday\n", "daylio.csv"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "a.txt"),
        ("zażółć gęślą jaźń ".encode("iso8859-2") * 32, "a.txt"),
        ("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ i to, i owo".encode("iso8859-2").ljust(32), "a.txt"),
        (bytes(range(256)) * 4, "photo.jpeg"),
    ],
)
def test_what_others_write_is_not(content: str | bytes, name: str) -> None:
    assert not recognised(content, name)


# Dates.

FORMS = (
    *("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%c"),
    *("%m-%d-%Y %H.%M", "%Y%m%d%H%M", "%Y%m%dT%H%M%S", "%A, %d %B %Y %H:%M", "%b %d, %Y %I:%M %p", "%Y-%j %H:%M"),
    *("%d %b %y %H:%M:%S", "%H:%M %d.%m.%Y", "%Y %B %d, %H:%M", "%d.%m.%Y, %Hh%M", "%d%m%Y %H%M", "%Y_%m_%d_%H_%M"),
    *("%Y-%m-%d at %H:%M", "%Y-%m-%d (%a) %H:%M", "%Y-%m-%d %H:%M (%A)", "%Y-%m-%d %H-%M", "%Y-%m-%d %I%p", "%d.%m.%Y"),
)
SHORT_FORMS = ("%d/%m/%y %H:%M", "%m/%d/%y %I:%M %p", "%y-%m-%d %H:%M", "%y%m%d %H%M", "%d.%m.%y")
EARLIEST, LATEST = datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("2058-12-31")


def found_again(walls: list[datetime], form: str) -> None:
    """Dates of a form are read as strptime reads them, which is told the form."""
    said = [one.strftime(form) for one in walls]
    reading = jrnl_headers.reading_of(said, "journal.txt", day_first=None, timeformats=())
    known = [datetime.strptime(one, form) for one in said]  # noqa: DTZ007  # headers know no zones

    assert [reading.wall(one) for one in said] == [Wall(one.date(), one.time()) for one in known]


@pytest.mark.parametrize("form", FORMS)
@given(start=st.datetimes(EARLIEST, LATEST), steps=st.lists(st.integers(1, 400_000), max_size=9))
def test_dates_of_any_form_are_read_by_what_they_have_in_common(form: str, start: datetime, steps: list[int]) -> None:
    walls = [start + timedelta(minutes=minutes) for minutes in itertools.accumulate([0, *steps])]
    late = walls[-1].replace(day=28)  # a day that is no month settles which of the two comes first

    found_again([*walls, late], form)


@pytest.mark.parametrize("form", SHORT_FORMS)
@given(start=st.datetimes(EARLIEST, LATEST))
def test_years_of_two_digits_are_told_from_days_by_the_order_jrnl_writes_in(form: str, start: datetime) -> None:
    found_again([start + timedelta(days=days) for days in range(40)], form)


@pytest.mark.parametrize(
    "said",
    [
        *("1", "2020", "12:30x", "Smith 2010", "2020-02-30 10:00", "2020-13-01 09:00", "192.168.1.20", "12345678"),
        *("0999-01-01 10:00", "12 Marvel 2020", "2020-01-01 24:00", "2020-01-01 13:00 PM", "yesterday", "2019-366"),
        *("2020-000 10:00", "tomorrow at 9:00", "+48 601 234 567", "2020-01-01 10:00 " + "x" * 60, "\u0664/\u0664"),
    ],
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert Reading().wall(said) is None


@pytest.mark.parametrize("said", ["1 Jan {} 10:00", "01/13/{} 10:00"])
def test_years_of_two_digits_are_of_this_century_up_to_68(said: str) -> None:
    read_ = [Reading("mdy").wall(said.format(year)) for year in ("68", "69", "99", "00")]

    assert [one and one.day and one.day.year for one in read_] == [2068, 1969, 1999, 2000]


def test_a_month_may_have_a_polish_name() -> None:
    assert Reading().wall("wtorek, 3 marca 2020 10:05") == Wall(date(2020, 3, 3), time(10, 5))
    assert Reading().wall("3 paź 2020, 10:05") == Wall(date(2020, 10, 3), time(10, 5))


def test_an_offset_in_a_header_counts() -> None:
    (arrival,) = read("[2020-07-01T09:00:00-05:00] One\ntext\n")

    assert arrival.at is not None
    assert arrival.at.iso() == "2020-07-01T09:00:00-05:00"


OPEN = "[03/04/2020 10:00] One\ntext\n\n[05/06/2020 10:00] Two\ntext\n"


def test_where_day_and_month_cannot_be_told_apart_it_is_asked() -> None:
    with pytest.raises(DayOrMonth) as refused:
        read(OPEN)

    assert "03/04/2020" in str(refused.value)
    assert [wall(one)[:10] for one in read(OPEN, day_first=True)] == ["2020-04-03", "2020-06-05"]
    assert [wall(one)[:10] for one in read(OPEN, day_first=False)] == ["2020-03-04", "2020-05-06"]


def test_one_late_day_in_a_file_settles_it_whatever_was_said() -> None:
    found = read(OPEN + "\n[07/31/2020 10:00] Three\ntext\n", day_first=True)

    assert [wall(one)[:10] for one in found] == ["2020-03-04", "2020-05-06", "2020-07-31"]


def test_a_day_that_is_its_month_needs_no_question() -> None:
    assert [wall(one)[:10] for one in read("[04/04/2020 10:00] One\n")] == ["2020-04-04"]


def test_mixed_dates_are_each_read_as_they_can_be() -> None:
    mixed = OPEN + "\n[31/07/2020 10:00] Three\n\n[08/31/2020 10:00] Four\n\n[2020-09-01 08:00] Five\n"
    with pytest.raises(DayOrMonth):
        read(mixed)

    days = [wall(one)[:10] for one in read(mixed, day_first=True)]
    assert days == ["2020-04-03", "2020-06-05", "2020-07-31", "2020-08-31", "2020-09-01"]


@pytest.mark.parametrize("timeformat, day", [("%d/%m/%Y %H:%M", "2020-04-03"), ("'%m/%d/%Y %R'  # mine", "2020-03-04")])
def test_the_settings_beside_a_file_settle_it(tmp_path: Path, timeformat: str, day: str) -> None:
    (tmp_path / "journal.txt").write_text(OPEN, encoding="utf-8")
    (tmp_path / "jrnl.yaml").write_text(f"editor: vim\ntimeformat: {timeformat}\ntemplate: false\n", encoding="utf-8")

    found = list(from_jrnl.arrivals(source_of(tmp_path / "journal.txt"), Choices(ZONE, NOW)))

    assert wall(found[0])[:10] == day


def test_settings_that_cannot_be_read_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "journal.txt").write_text("[2020-03-04 10:00] One\n", encoding="utf-8")
    (tmp_path / "jrnl.yaml").write_bytes(b"timeformat: \xff\xfe\x00")

    assert len(list(from_jrnl.arrivals(source_of(tmp_path / "journal.txt"), Choices(ZONE, NOW)))) == 1


def test_times_that_the_clocks_passed_over_or_showed_twice_are_counted() -> None:
    found = read("[2020-03-29 02:30] Gap\nx\n\n[2020-10-25 02:30] Twice\nx\n\n[2020-10-25 04:30] Once\nx\n")

    assert [dict(one.dropped) for one in found] == [{"clock": 1}, {"clock": 1}, {}]
    assert [one.at and one.at.at.isoformat() for one in found] == [
        "2020-03-29T01:30:00+00:00", "2020-10-25T00:30:00+00:00", "2020-10-25T03:30:00+00:00",
    ]  # fmt: skip


def test_1660_and_2100_are_years_and_the_last_evening_of_all_is_kept_without_its_time() -> None:
    found = read(
        "[1660-01-01 09:00] Pepys\n\n[2100-02-28 09:00] Later\n\n[9999-12-31 23:59] End\n", zone="America/Lima"
    )

    assert [wall(one)[:10] for one in found] == ["1660-01-01", "2100-02-28", ""]
    assert dict(found[2].dropped) == {"time": 1}


# Entries.

LINES = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=60)
TITLES = LINES.filter(lambda text: text.strip(" *") == text == text.strip() and not is_empty(text))
BODIES = st.lists(LINES.filter(lambda text: not text.startswith("[")), max_size=5).map("\n".join)


@given(
    st.lists(
        st.tuples(st.datetimes(EARLIEST, LATEST), TITLES, BODIES, st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_written_as_jrnl_writes_it_comes_back(entries: list[tuple[datetime, str, str, bool]]) -> None:
    """Written here after the description of the format, so that it is not jrnl's word alone that is believed."""
    text = "\n".join(
        f"[{at:%Y-%m-%d %H:%M:%S}] {title}{' *' * starred}\n{body}\n"
        if body
        else f"[{at:%Y-%m-%d %H:%M:%S}] {title}{' *' * starred}\n"
        for at, title, body, starred in entries
    )

    found = read(text, zone="UTC")

    assert len(found) == len(entries)
    for arrival, (at, title, body, starred) in zip(found, entries, strict=True):
        lines = body.split("\n")
        while lines and not lines[0].strip(" \t"):
            lines.pop(0)
        kept = "\n".join(lines).rstrip()
        expected = ("", title) if is_empty(kept) else (title, kept)
        assert (wall(arrival), arrival.title, arrival.body) == (f"{at:%Y-%m-%d %H:%M:%S}", *expected)
        assert arrival.starred == starred


@given(
    st.lists(st.integers(0, 200), max_size=8).map(sorted), st.sampled_from(["[2020-01-02 10:00] ", "2020-01-02 10:00 "])
)
def test_where_the_pieces_of_a_file_end_makes_no_difference(cuts: list[int], header: str) -> None:
    text = f"\n{header}One\n\n[1] a\n{header}Two\n[\n\n{header}Three *\nbody\n\n\n{header}Four. And five"
    pieces = [text[begin:end] for begin, end in itertools.pairwise([0, *cuts, len(text)])]

    def divided(texts: list[str]) -> list[jrnl_text.Written]:
        told = jrnl_text.Settings()
        return list(jrnl_text.written(lambda: texts, "journal.txt", day_first=None, told=told))

    assert divided(pieces) == divided([text])
    assert [one.text.split()[0] for one in divided([text])[1:]] == ["One", "Two", "Three", "Four."]


def test_a_header_with_nothing_behind_it_still_arrives_so_that_it_is_counted() -> None:
    first, second = read("[2020-01-01 10:00] \n\n[2020-01-02 10:00] Two\n")

    assert (wall(first)[:10], first.body, second.body) == ("2020-01-01", "", "Two")


def test_what_else_lies_in_a_folder_is_counted(tmp_path: Path) -> None:
    for path, text in {
        "2020/01/02.txt": "[10:00] One\nbody\n\n[11:30] Two\n",
        "2020/01/03.txt": "No header in it.\n",
        "2020/02/31.txt": "[10:00] No such day\n",
        "notes.txt": "[2020-01-02 10:00] Not of the journal, says jrnl\n",
        "jrnl.yaml": "timeformat: '%H:%M'\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    found = list(from_jrnl.arrivals(source_of(tmp_path), Choices(ZONE, NOW)))

    assert [(wall(one), one.title or one.body) for one in found if one.body] == [
        ("2020-01-02 10:00:00", "One"), ("2020-01-02 11:30:00", "Two"), ("2020-01-03 00:00:00", "No header in it."),
    ]  # fmt: skip
    assert [dict(one.dropped) for one in found if not one.body] == [{"file": 1}, {"file": 1}]


def test_a_folder_of_nothing_but_files_of_jrnl_is_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "journal.txt").write_text("[2020-01-02 10:00] One\n", encoding="utf-8")
    (tmp_path / "work.txt").write_bytes(locked("[2020-01-03 10:00] Two\n"))
    (tmp_path / "jrnl.yaml").write_text("tagsymbols: '#@'\n", encoding="utf-8")
    folder = source_of(tmp_path)

    assert from_jrnl.holds(folder)
    found = list(from_jrnl.arrivals(folder, Choices(ZONE, NOW, password=lambda: PASSWORD)))
    assert [one.body for one in found] == ["One", "Two"]

    (tmp_path / "note.md").write_text("# A note\n", encoding="utf-8")
    assert not from_jrnl.holds(folder)


def test_text_above_the_first_header_is_kept_without_a_time() -> None:
    first, second = read("A preface.\nIn two lines *\n\n[2020-01-01 10:00] One\nbody\n")

    assert (first.at, first.title, first.body, first.starred) == (None, "", "A preface.\nIn two lines *", False)
    assert (wall(second)[:10], second.title) == ("2020-01-01", "One")


def test_a_text_without_any_header_is_one_entry_without_a_time() -> None:
    (only,) = read("Dear diary.\n\n[1] A footnote.\n")

    assert (only.at, only.body) == (None, "Dear diary.\n\n[1] A footnote.")


@pytest.mark.parametrize(
    "line",
    [
        "[1] a footnote",
        "[2020-02-30 10:00] no day",
        "[tomorrow] we go",
        " [2020-01-02 10:00] in",
        "[2020-01-02 10:00]now",
    ],
)
def test_a_line_that_is_no_header_stays_in_the_entry_above(line: str) -> None:
    (only,) = read(f"[2020-01-01 10:00] One\nbefore\n{line}\nafter\n")

    assert only.body == f"before\n{line}\nafter"


def test_jrnl_1_has_no_brackets() -> None:
    found = read(
        "2013-06-09 15:39 My first entry.\nEverything is alright\n2013 was a year\n[2013-01-01 10:00] quoted\n\n"
        "2013-06-10 15:40 Life is good *\nBut I'm better. @home\n"
    )

    assert [(wall(one)[:16], one.title, one.starred, one.tags) for one in found] == [
        ("2013-06-09 15:39", "My first entry.", False, ()),
        ("2013-06-10 15:40", "Life is good", True, ("home",)),
    ]
    assert found[0].body == "Everything is alright\n2013 was a year\n[2013-01-01 10:00] quoted"


def test_tags_are_as_written_and_a_heading_is_none() -> None:
    assert jrnl_text.tags("#Work and #work, @anna @c++ @c# @os/2 me@example.org\n## Heading\n- #żółw") == (
        "Work", "anna", "c++", "c#", "os/2", "żółw",
    )  # fmt: skip


# JSON.


def entry(**told: Any) -> dict[str, Any]:
    return {
        "title": "A title",
        "body": "A body",
        "date": "2020-01-02",
        "time": "15:04",
        "tags": [],
        "starred": False,
        **told,
    }


def document(*entries: object) -> str:
    return json.dumps({"tags": {}, "entries": entries}, indent=2)


def test_json_is_read_with_all_it_has() -> None:
    told = entry(tags=["@anna", "#kayak"], starred=True, uuid="AB12", creator={"host_name": "x"})
    old = {key: value for key, value in entry(body="with @dan").items() if key != "tags"}

    first, second, third = read(document(told, old, entry(date="2020-02-30")))

    assert (wall(first), first.title, first.body) == ("2020-01-02 15:04:00", "A title", "A body")
    assert (first.tags, first.starred, first.source_id, dict(first.dropped)) == (
        ("anna", "kayak"),
        True,
        "AB12",
        {"device": 1},
    )
    assert second.tags == ("dan",)
    assert (third.at, dict(third.dropped)) == (None, {"time": 1})


@pytest.mark.parametrize("broken", ["text", None, 3, [], {"title": 3}, {"body": None}, {"title": "a", "uuid": []}])
def test_what_is_no_entry_is_refused_by_its_number(broken: object) -> None:
    with pytest.raises(NotWhatItSays, match="no entry") as refused:
        read(document(entry(), broken))

    assert "number 2 in its list" in str(refused.value)


@given(st.integers(0, 400))
def test_json_that_breaks_off_is_refused(cut: int) -> None:
    whole = document(entry(body="x" * 200), entry())
    with pytest.raises(NotWhatItSays):
        read(whole[: len(whole) - 1 - cut])


# Locks.

PASSWORD = "latarnia"
TEXT = "[2020-01-02 15:04] A title\nA body\n"


def locked(text: str = TEXT, *, header: bytes | None = None) -> bytes:
    """Version 3, written after its description."""
    salt = bytes(range(16))
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, 100_000)
    plain = json.dumps({"salt": base64.urlsafe_b64encode(salt).decode()}).encode()
    header = base64.b64encode(plain) if header is None else header or plain
    return (
        b"JRNLv3"
        + len(header).to_bytes(2, "big")
        + header
        + Fernet(base64.urlsafe_b64encode(key)).encrypt(text.encode())
    )


@pytest.mark.parametrize("header", [None, b""])
def test_a_locked_file_opens_with_its_password(header: bytes | None) -> None:
    (arrival,) = read(locked(header=header), password=lambda: PASSWORD)

    assert (arrival.title, arrival.body) == ("A title", "A body")


def test_a_locked_file_asks_once_and_says_what_failed() -> None:
    asked: list[int] = []

    with pytest.raises(WrongKey) as refused:
        read(locked(), password=lambda: asked.append(1) or "wrong")
    with pytest.raises(Locked):
        read(locked())

    assert (refused.value.exit_code, len(asked)) == (11, 1)
    assert "wrong" not in str(refused.value) + refused.value.hint


@pytest.mark.parametrize(
    "broken, kind",
    [
        (locked()[:-10], NotWhatItSays),
        (locked()[:60], NotWhatItSays),
        (locked()[:7], NotWhatItSays),
        (locked(header=b"bm90IGpzb24="), NotWhatItSays),
        (locked(header=b"{" * 40_000), NotWhatItSays),
        (locked(header=base64.b64encode(b'{"salt": 3}')), NotWhatItSays),
        (locked(header=base64.b64encode(b'{"salt": "AA=="}')), NotWhatItSays),
        (b"JRNLv4" + locked()[6:], TooNew),
        (locked()[:-8] + b"AAAAAAAA", WrongKey),
    ],
    ids=range(9),
)
def test_locked_files_that_are_not_whole_are_told_apart(broken: bytes, kind: type[JournalError]) -> None:
    with pytest.raises(kind):
        read(broken, password=lambda: PASSWORD)


def test_nothing_that_was_locked_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sealed = tmp_path / "journal.txt"
    sealed.write_bytes(locked("[2020-01-02 15:04] canary-of-the-lock\n"))

    found = list(from_jrnl.arrivals(source_of(sealed), Choices(ZONE, NOW, password=lambda: PASSWORD)))

    assert found[0].body == "canary-of-the-lock"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [sealed]


@given(st.binary(min_size=32, max_size=400))
def test_bytes_of_any_kind_are_no_trouble(content: bytes) -> None:
    jrnl_sealed.is_sealed(content, "journal")
    for raw in (content, b"JRNLv3" + content, b"gAAAAA" + content):
        from_jrnl.recognises(raw, "journal")
        try:
            read(raw, password=lambda: "")
        except JournalError as refused:
            assert str(refused)  # noqa: PT017  # what it says is looked at, whichever it is


# Bad input.


def test_windows_lines_marks_and_wide_letters_are_read() -> None:
    text = "[2020-01-02 15:04] A title\r\nA body\r\n\r\n[2020-01-03 15:04] Żółw\r\nŻ\r\n"

    for raw in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert [(one.title, one.body) for one in read(raw)] == [("A title", "A body"), ("Żółw", "Ż")]


def test_latin_1_is_refused_by_its_line() -> None:
    with pytest.raises(NotWhatItSays, match="line 2"):
        read("[2020-01-02 15:04] A title\ncaf\u00e9 au lait\n".encode("latin-1"))


def test_a_nul_stays_where_it_was() -> None:
    assert read("[2020-01-02 15:04] A title\nA \0 body\n")[0].body == "A \0 body"


def test_an_entry_of_20_mib_is_refused_and_says_where() -> None:
    long = "[2020-01-01 10:00] One\nx\n\n[2020-01-02 15:04] Two\n" + "a line of it\n" * (20 * 1024 * 1024 // 13)
    with pytest.raises(NotWhatItSays, match="larger than an entry may be"):
        read(long)


@pytest.mark.parametrize(
    "content",
    [
        *("[" * 200_000, "[" + "1" * 200_000 + "] x", "[1] x\n" * 30_000, "+ 1 entries found\n" * 4_000),
        *("!" * 100_000, "[2020-01-01 10:00] " + "#" * 100_000, "\n" * 200_000, "2020-01-01 10:00 " + "a " * 50_000),
        *("!'])" * 30_000, '{"title": "' + "\\\\" * 40_000, '{"tags": {' + "}" * 60_000),
    ],
    ids=range(11),
)
def test_no_text_is_slow_to_read(content: str) -> None:
    started = datetime.now(UTC)

    recognised(content)
    with contextlib.suppress(NotWhatItSays):
        read(content)

    assert (datetime.now(UTC) - started).total_seconds() < 5


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 5_000):
        path = tmp_path / f"{count}.txt"
        path.write_text(
            "\n".join(f"[2020-01-{1 + at % 28:02} 10:00] Title {at}\n{'word ' * 150}\n" for at in range(count)),
            encoding="utf-8",
        )
        tracemalloc.start()
        assert sum(1 for _ in from_jrnl.arrivals(source_of(path), Choices(ZONE, NOW))) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.5 * peaks[0]

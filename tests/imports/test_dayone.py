"""Day One in every form it has had: what a person wrote comes back, and what does not come along is counted."""

import json
import plistlib
import stat
import string
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from dayone_maker import (
    DEVICE,
    PLACE,
    WARSAW,
    WEATHER,
    Told,
    document,
    given,
    in_json,
    in_plist,
    in_text,
    zip_bytes,
    zipped,
)
from hypothesis import example
from hypothesis import given as over
from hypothesis import strategies as st

from journal_cli.errors import JournalError, NotWhatItSays
from journal_cli.imports import from_dayone
from journal_cli.imports.json_stream import elements
from journal_cli.imports.source import source_of

UUID = "0123456789ABCDEF0123456789ABCDEF"


def read(source, choices=WARSAW):
    return list(from_dayone.arrivals(source, choices))


def only(source, choices=WARSAW):
    (arrival,) = read(source, choices)
    return arrival


def one(tmp_path, choices=WARSAW, **entry):
    return only(given(tmp_path, document([{"uuid": UUID, "creationDate": "2024-03-03T11:48:50Z"} | entry])), choices)


def test_an_entry_comes_with_everything_it_has(tmp_path):
    told = Told("We talked. (At last!)", "A walk", tags=("family", "two words"), starred=True, uuid=UUID)

    arrival = only(given(tmp_path, document([in_json(told)])))

    assert (arrival.title, arrival.body) == ("A walk", "We talked. (At last!)")
    assert (arrival.tags, arrival.starred, arrival.source_id) == (("family", "two words"), True, UUID)
    assert arrival.at.iso() == "2024-03-03T12:48:50+01:00"
    assert arrival.at.zone == "Europe/Warsaw"
    assert arrival.dropped == {}


@pytest.mark.parametrize(
    ("said", "zone", "local"),
    [
        ("2024-01-01T02:30:00Z", "America/New_York", "2023-12-31T21:30:00-05:00"),
        ("2024-01-01T12:00:00Z", "Pacific/Auckland", "2024-01-02T01:00:00+13:00"),
        ("2024-01-01T22:30:00Z", "Asia/Kolkata", "2024-01-02T04:00:00+05:30"),
        ("2024-01-01T22:30:00Z", "GMT+02:00", "2024-01-02T00:30:00+02:00"),
        ("2024-01-01T22:30:00Z", "GMT-0330", "2024-01-01T19:00:00-03:30"),
        ("2024-01-01T22:30:00Z", "GMT+15", "2024-01-01T23:30:00+01:00"),
        ("2024-01-01T22:30:00Z", "Nowhere/Land", "2024-01-01T23:30:00+01:00"),
        ("2024-01-01T22:30:00Z", "../../etc/passwd", "2024-01-01T23:30:00+01:00"),
        ("2024-01-01T22:30:00Z", None, "2024-01-01T23:30:00+01:00"),
        ("2024-01-01T22:30:00-05:00", None, "2024-01-01T22:30:00-05:00"),
        ("1660-05-06T10:00:00Z", "UTC", "1660-05-06T10:00:00+00:00"),
        ("2100-05-06T10:00:00Z", "Europe/Warsaw", "2100-05-06T12:00:00+02:00"),
        ("2024-10-27T00:30:00Z", "Europe/Warsaw", "2024-10-27T02:30:00+02:00"),
        ("2024-10-27T01:30:00Z", "Europe/Warsaw", "2024-10-27T02:30:00+01:00"),
        (1709466530000, "Europe/Warsaw", "2024-03-03T12:48:50+01:00"),
        (1709466530, "Europe/Warsaw", "2024-03-03T12:48:50+01:00"),
    ],
)
def test_the_day_is_the_one_where_it_was_written(tmp_path, said, zone, local):
    assert one(tmp_path, creationDate=said, timeZone=zone, text="here").at.iso() == local


@pytest.mark.parametrize("said", ["yesterday", "0004-01-01T00:00:00Z", 1e300, True, ["2024"], "2024-02-30T00:00:00Z"])
def test_a_time_nobody_can_read_is_none_and_counted(tmp_path, said):
    arrival = one(tmp_path, creationDate=said, text="here")

    assert (arrival.body, arrival.at, arrival.dropped) == ("here", None, {"time": 1})


def test_the_word_for_each_picture_and_sound_stands_where_it_was(tmp_path):
    text = (
        "Before ![](dayone-moment://AA) after\n\n![](dayone-moment:/video/BB)\n![](dayone-moment:/audio/CC)"
        "\n![](dayone-moment:/pdfAttachment/DD)\n![the sea](dayone-moment://EE)"
    )

    arrival = one(
        tmp_path,
        text=text,
        photos=[{"identifier": "AA", "md5": "x"}, {"identifier": "EE"}, {"identifier": "nowhere in the text"}],
        videos=[{"identifier": "BB"}],
    )

    assert arrival.body == "Before [photo] after\n\n[video]\n[audio]\n[pdf]\n[photo: the sea]"
    assert arrival.dropped == {"photo": 3, "video": 1, "audio": 1, "pdf": 1}


def test_an_entry_of_nothing_but_photos_says_so(tmp_path):
    assert one(tmp_path, photos=[{}, {}]).body == "[photo]\n[photo]"


def test_place_weather_and_device_are_left_out_and_counted(tmp_path):
    arrival = one(tmp_path, text="here", location=PLACE, weather=WEATHER, userActivity={"stepCount": 9}, **DEVICE)

    assert arrival.body == "here"
    assert arrival.dropped == {"location": 1, "weather": 1, "activity": 1, "device": 1}


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"location": PLACE, "weather": WEATHER}, "Planty, Kraków, Poland · Partly Cloudy, 12 °C"),
        ({"location": {"latitude": 50.06, "longitude": -1}}, "50.06, -1"),
        ({"location": {"placeName": "Rome\nVatican", "localityName": "Rome\nVatican"}}, "Rome Vatican"),
        ({"weather": {"temperatureCelsius": -0.4}}, "0 °C"),
    ],
)
def test_place_and_weather_are_one_line_for_whoever_wants_them(tmp_path, more, line):
    arrival = one(tmp_path, replace(WARSAW, with_places=True), text="here", **more, **DEVICE)

    assert arrival.body == f"here\n\n{line}"
    assert arrival.dropped == {"device": 1}


def test_rich_text_is_read_where_there_is_no_other(tmp_path):
    contents = [
        {"text": "A heading\n", "attributes": {"line": {"header": 1}}},
        {"text": "plain, then ", "attributes": {}},
        {"text": "bold\n", "attributes": {"bold": True}},
        {"embeddedObjects": [{"type": "photo", "identifier": "AA"}]},
        {"text": "one\n", "attributes": {"line": {"listStyle": "bulleted"}}},
        {"text": "done", "attributes": {"line": {"listStyle": "checkbox", "checked": True}}},
    ]
    rich = json.dumps({"meta": {"version": 1}, "contents": contents})

    arrival = one(tmp_path, richText=rich)
    beside = one(tmp_path, richText=rich, text="the text")

    assert (arrival.title, arrival.body) == ("A heading", "plain, then bold\n[photo]\n- one\n- [x] done")
    assert (beside.title, beside.body) == ("", "the text")


@pytest.mark.parametrize("rich", ["not JSON", "[" * 90_000, "3", '{"contents": 3}'])
def test_rich_text_that_cannot_be_read_is_kept_as_it_is(tmp_path, rich):
    assert one(tmp_path, richText=rich).body == rich


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# A title\nbody", "A title", "body"),
        ("\n\n# A title\n\n\nbody\n", "A title", "body"),
        ("## no title\nbody", "", "## no title\nbody"),
        ("#tag first\nbody", "", "#tag first\nbody"),
        ("# nothing else", "", "nothing else"),
        (r"\# not a title", "", "# not a title"),
        (r"\#nottag and \.", "", r"\#nottag and ."),
        (r"path C:\\dir \d", "", r"path C:\dir \d"),
        ("code `a\\.b` and ```\nx\\.y\n```", "", "code `a\\.b` and ```\nx\\.y\n```"),
        ("one\r\ntwo", "", "one\ntwo"),
        ("# A title\u2028one\u2029two", "A title", "one\ntwo"),
    ],
)
def test_title_and_text(tmp_path, text, title, body):
    arrival = one(tmp_path, text=text)

    assert (arrival.title, arrival.body) == (title, body)


def test_a_zip_of_several_journals_keeps_the_name_of_each(tmp_path):
    path = zipped(
        tmp_path / "export.zip",
        {
            "Dreams.json": document([in_json(Told("a dream", uuid="A" * 32))]),
            "Journal.json": document([in_json(Told("a day", uuid="B" * 32)), in_json(Told("a night", uuid="C" * 32))]),
            "photos/0123.jpeg": b"\xff\xd8",
            "__MACOSX/._Journal.json": b"\0",
        },
    )
    source = source_of(path)

    assert from_dayone.holds(source)
    assert [(one.body, one.tags) for one in read(source)] == [
        ("a dream", ("Dreams",)),
        ("a day", ("Journal",)),
        ("a night", ("Journal",)),
    ]


def test_a_zip_of_one_journal_adds_no_tag_and_its_folder_reads_the_same(tmp_path):
    content = document([in_json(Told("a day", "T", uuid=UUID))])
    (tmp_path / "unpacked" / "photos").mkdir(parents=True)
    (tmp_path / "unpacked" / "Journal.json").write_text(content, "utf-8")

    from_zip = read(source_of(zipped(tmp_path / "export.zip", {"Journal.json": content})))
    from_folder = read(source_of(tmp_path / "unpacked"))

    assert from_zip == from_folder
    assert from_zip[0].tags == ()


def test_what_the_command_line_prints(tmp_path):
    items = [{"id": UUID, "date": 1709466530000, "body": "# A title\n\nthe text", "tags": ["one"], "starred": True}]
    source = given(tmp_path, json.dumps({"ok": True, "count": 1, "items": items, "has_more": False}))

    arrival = only(source)

    assert from_dayone.recognises(source.head(), source.name)
    assert (arrival.title, arrival.body, arrival.tags, arrival.starred) == ("A title", "the text", ("one",), True)
    assert arrival.at.at == datetime(2024, 3, 3, 11, 48, 50, tzinfo=UTC)


def test_the_old_form_with_a_property_list_for_each_entry(tmp_path):
    told = Told("the text", "A title", tags=("one",), starred=True, uuid=UUID)
    weather = {"Celsius": "12", "Description": "Clear"}
    folder = tmp_path / "Journal.dayone"
    given(folder / "entries", in_plist(told, Location={"Locality": "Kraków"}, Weather=weather), f"{UUID}.doentry")
    given(folder / "photos", b"\xff\xd8", f"{UUID}.jpg")
    source = source_of(folder)

    arrival = only(source)
    with_places = only(source, replace(WARSAW, with_places=True))

    assert from_dayone.holds(source)
    assert (arrival.title, arrival.body, arrival.tags, arrival.starred) == ("A title", "the text", ("one",), True)
    assert arrival.at.iso() == "2024-03-03T12:48:50+01:00"
    assert arrival.dropped == {"device": 1, "location": 1, "weather": 1, "photo": 1}
    assert with_places.body == "the text\n\nKraków · Clear, 12 °C"


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0'?><plist><array/></plist>",
        b"<?xml version='1.0'?><plist><dict><key>Creation Date</key>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><plist><dict><key>&c;</key></dict>',
        b"<plist><dict><key>Creation Date</key><date>never</date></dict></plist>",
        b"<plist><dict><string>no key</string></dict></plist>",
    ],
)
def test_a_property_list_that_is_none_is_refused(tmp_path, content):
    with pytest.raises(NotWhatItSays):
        read(given(tmp_path, content, "a.doentry"))


def test_a_property_list_in_bytes_of_its_own_kind_is_refused(tmp_path):
    content = plistlib.dumps({"Entry Text": "x"}, fmt=plistlib.FMT_BINARY)
    path = zipped(tmp_path / "journal.zip", {"entries/a.doentry": content})

    with pytest.raises(NotWhatItSays, match=r"entries/a\.doentry"):
        read(source_of(path))


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("15 January 2024", "2024-01-15T12:00:00+01:00"),
        ("15 January 2024 at 00:00:00 GMT", "2024-01-15T00:00:00+00:00"),
        ("March 3, 2021 at 12:48:50 PM GMT+1", "2021-03-03T12:48:50+01:00"),
        ("3 Mar 2021 at 9:05\u202fpm", "2021-03-03T21:05:00+01:00"),
        ("March 3, 2021 at 12:05 AM EST", "2021-03-03T00:05:00+01:00"),
        ("31 March 2024 at 02:30:00", "2024-03-31T03:30:00+02:00"),
    ],
)
def test_dates_of_the_text_form(tmp_path, said, local):
    arrival = only(given(tmp_path, f"\tDate:\t{said}\n\nthe text\n", "Journal.txt"))

    assert arrival.at.iso() == local
    assert arrival.body == "the text"
    assert arrival.dropped == ({"clock": 1} if "02:30" in said else {})


def test_the_text_form_loses_no_line(tmp_path):
    told = Told("the text\n\tWeather:\tnot above", "A title")
    content = (
        "kept, before everything\n\n"
        + in_text(
            told, "Weather:\t12°C Clear", "Location:\tKraków", "Photo:\t1.jpg", "Photo:\t2.jpg", "Tags:\tone, two"
        )
        + "\tDate:\t32 Brumaire\n\tMood:\tgood\n\nundated\n"
    )
    source = given(tmp_path, content, "Journal.txt")

    above, dated, undated = read(source)

    assert from_dayone.recognises(source.head(), source.name)
    assert (above.body, above.at) == ("kept, before everything", None)
    assert (dated.title, dated.body, dated.tags) == ("A title", "the text\n\tWeather:\tnot above", ("one", "two"))
    assert dated.dropped == {"weather": 1, "location": 1, "photo": 2}
    assert dated.at.at == told.at
    assert (undated.body, undated.at) == ("undated\n\n32 Brumaire\nMood: good", None)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (document([]), True),
        (document([], indent=2), True),
        (document([in_json(Told("x"))]).encode("utf-16"), True),
        ("\ufeff" + document([in_json(Told("x"))]), True),
        ('{"entries": [{"creationDate": "2024-01-01T00:00:00Z", "text": "x"}]}', True),
        ('{"tags": {}, "entries": [{"title": "x", "body": "", "date": "2024-01-01", "time": "09:00"}]}', False),
        ('{"format": "journal-export", "version": 1, "tables": {"entry": []}}', False),
        ("[2024-01-01 09:00] A line of jrnl", False),
        ("full_date,date,weekday,time,mood,activities,note_title,note\n", False),
        ("Date: a plain text", False),
        ("", False),
        ("\0\0\0", False),
    ],
)
def test_it_is_known_by_its_content(content, is_one):
    head = content.encode() if isinstance(content, str) else content

    assert from_dayone.recognises(head, "anything.bin") is is_one


def test_utf_16_is_read(tmp_path):
    assert only(given(tmp_path, document([in_json(Told("zażółć"))]).encode("utf-16"))).body == "zażółć"


WHOLE = document([in_json(Told("one", uuid="A" * 32)), in_json(Told("zażółć", "gęślą", uuid="B" * 32))])


@pytest.mark.parametrize("cut", range(1, len(WHOLE), 7))
def test_a_document_cut_anywhere_is_refused(tmp_path, cut):
    with pytest.raises(NotWhatItSays) as refused:
        read(given(tmp_path, WHOLE[:cut]))

    assert "line 1" in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.replace("zaż", "zaż").encode("utf-16-le"),
        document([in_json(Told("zażółć"))], ensure_ascii=False).encode("iso-8859-2"),
        WHOLE + "{}",
        WHOLE.replace('"starred": false', '"starred": nope', 1),
        WHOLE.replace('"starred": false', '"starred": ' + "[" * 50_000, 1),
        WHOLE.replace('"starred": false', '"starred": ' + "9" * 5_000, 1),
        '{"metadata": {"version": "1.0"}, "entries": ["a", 3]}',
    ],
)
def test_what_is_no_json_is_refused_without_a_word_of_it(tmp_path, content):
    with pytest.raises(NotWhatItSays) as refused:
        read(given(tmp_path, content))

    assert "za" not in str(refused.value)


@pytest.mark.parametrize("name", ["../Journal.json", "/Journal.json", "a/../../Journal.json", "C:\\Journal.json"])
def test_a_path_that_climbs_out_is_refused_before_anything(tmp_path, name):
    path = zipped(tmp_path / "export.zip", {"A.json": WHOLE, name: WHOLE})

    with pytest.raises(NotWhatItSays):
        next(from_dayone.arrivals(source_of(path), WARSAW))


def test_a_link_in_a_zip_is_refused_before_anything(tmp_path):
    link = zipfile.ZipInfo("photos/one.jpeg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "export.zip", {"A.json": WHOLE})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(NotWhatItSays):
        next(from_dayone.arrivals(source_of(path), WARSAW))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, memory):
    content = '{"metadata": {"version": "1.0"}, "entries": [' + " " * 40_000_000 + "]}"
    path = zipped(tmp_path / "export.zip", {"Journal.json": content})
    del content
    source = source_of(path)
    most_held = memory()

    with pytest.raises(NotWhatItSays):
        read(source)

    assert most_held() < 2_000_000


def test_one_bad_member_is_refused_and_named(tmp_path):
    members = {"Good.json": WHOLE, "Travel.json": WHOLE + " " * 200}
    content = bytearray(zip_bytes(members))
    with zipfile.ZipFile(zipped(tmp_path / "whole.zip", members)) as archive:
        place = archive.getinfo("Travel.json").header_offset + 30 + len("Travel.json")
    content[place + 40] ^= 0xFF

    with pytest.raises(NotWhatItSays) as refused:
        read(given(tmp_path, bytes(content), "export.zip"))

    assert "Travel.json" in str(refused.value)


def test_a_zip_with_a_document_that_is_not_day_ones_is_refused(tmp_path):
    path = zipped(tmp_path / "export.zip", {"Good.json": WHOLE, "other/Thing.json": "[1, 2]"})

    with pytest.raises(NotWhatItSays, match=r"other/Thing\.json"):
        read(source_of(path))


def test_memory_does_not_grow_with_the_document(tmp_path, memory):
    path = tmp_path / "Journal.json"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"metadata": {"version": "1.0"}, "entries": [')
        for number in range(5_000):
            entry = in_json(Told("x" * 3_000, uuid=f"{number:032X}"))
            file.write((",\n" if number else "") + json.dumps(entry))
        file.write("]}")
    source = source_of(path)
    assert path.stat().st_size > 15_000_000
    most_held = memory()

    count = sum(1 for _ in from_dayone.arrivals(source, WARSAW))

    assert count == 5_000
    assert most_held() < 4_000_000


def test_an_entry_of_twenty_megabytes_is_read_whole(tmp_path):
    assert len(one(tmp_path, text="x" * 20_000_000).body) == 20_000_000


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029`"), max_size=60).map(
    str.strip
)
TEXTS = (
    st.lists(LINES, min_size=1, max_size=5)
    .map("\n".join)
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("# ") and "\\#" not in text)
)
ENTRIES = st.builds(
    Told,
    TEXTS,
    title=st.text(string.ascii_letters + " .!()ąę", max_size=30).map(str.strip),
    at=st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC)),  # noqa: DTZ001  # on the wall, where no zone belongs
    zone=st.sampled_from(["Europe/Warsaw", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "UTC"]),
    tags=st.lists(st.text(string.ascii_lowercase + "żó", min_size=1, max_size=8), max_size=3, unique=True).map(tuple),
    starred=st.booleans(),
)


def facts(arrival):
    return (arrival.body, arrival.title, arrival.at.at, arrival.at.zone, arrival.tags, arrival.starred)


@over(told=st.lists(ENTRIES, max_size=6), indent=st.sampled_from([None, 2]), is_plain=st.booleans())
def test_random_journals_come_back(tmp_path_factory, told, indent, is_plain):
    told = [replace(one, uuid=f"{number:032X}") for number, one in enumerate(told)]
    content = document(map(in_json, told), indent=indent, ensure_ascii=is_plain)

    found = read(given(tmp_path_factory.mktemp("made"), content))

    assert [facts(one) for one in found] == [
        (one.text, one.title, one.at, one.zone, one.tags, one.starred) for one in told
    ]


def test_what_stands_in_the_list_and_is_no_entry_is_told_by_its_number(tmp_path):
    content = '{"metadata": {"version": "1.0"}, "entries": [{"text": "one"}, "two"]}'

    with pytest.raises(NotWhatItSays, match="number 2 in"):
        read(given(tmp_path, content))


@over(
    st.binary(max_size=300),
    st.sampled_from([b"", b'{"metadata":{"version":"1.0"},"entries":[', b"\tDate:\t1 May 2020\n", b"<plist>"]),
)
def test_no_bytes_make_anything_but_entries_or_a_refusal(tmp_path_factory, content, before):
    try:
        read(given(tmp_path_factory.mktemp("made"), before + content, "some.file"))
    except JournalError:
        return


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "uuid",
        "creationDate",
        "timeZone",
        "text",
        "richText",
        "tags",
        "photos",
        "location",
        "weather",
        "title",
        "starred",
    ]
)


@over(st.dictionaries(KEYS, VALUES), st.booleans())
@example({"weather": {"temperatureCelsius": 10**400}, "creationDate": 10**400}, True)
@example({"weather": {"temperatureCelsius": float("nan")}, "creationDate": float("nan")}, True)
@example({"creationDate": "2024-01-01T00:00:00Z", "timeZone": "\0"}, False)
def test_an_entry_may_hold_anything_under_any_key(tmp_path_factory, entry, with_places):
    choices = replace(WARSAW, with_places=with_places)

    _, after = read(given(tmp_path_factory.mktemp("made"), document([entry, {"text": "after it"}])), choices)

    assert after.body == "after it"


NUMBERS = '{"list": [12, -345.5e2, true, null, "\\u017a", [], {}], "after": 678, "none": [], "last": {"a": 1}}'


@over(st.integers(1, 40))
@pytest.mark.parametrize("content", [WHOLE, NUMBERS])
def test_pieces_of_any_size_read_the_same(content, size):
    pieces = (content[start : start + size] for start in range(0, len(content), size))

    found = list(elements(pieces, "Journal.json"))

    assert found == [
        (key, one)
        for key, value in json.loads(content).items()
        for one in (value if isinstance(value, list) else [value])
    ]

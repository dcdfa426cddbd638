"""Daylio's table in each of its forms and its backup: what was felt and written comes back, and the rest is counted."""

import base64
import csv
import io
import json
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from daylio_maker import FIVE, FORMS, WARSAW, Felt, backup, backup_text, day_entry, given, table
from hypothesis import example
from hypothesis import given as over
from hypothesis import strategies as st

from journal_cli.errors import JournalError, NotWhatItSays
from journal_cli.imports import from_daylio
from journal_cli.imports.plain_text import from_html, unescaped
from journal_cli.imports.source import source_of


def read(source, choices=WARSAW):
    return list(from_daylio.arrivals(source, choices))


def only(source, choices=WARSAW):
    (arrival,) = read(source, choices)
    return arrival


def wall(*when):
    return datetime(*when)  # noqa: DTZ001  # a clock on a wall has no zone


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("half_days", [False, True])
@pytest.mark.parametrize(("line_end", "before"), [("\r\n", "\ufeff"), ("\n", "")])
def test_each_form_of_the_table(tmp_path, form, half_days, line_end, before):
    felt = [
        Felt("rad ", wall(2024, 3, 3, 22, 5), 'two\nlines and a "word"', activities=("walk", "café", "😉")),
        Felt("meh", wall(2024, 3, 3, 0, 30)),
        Felt("awful", wall(2023, 12, 31, 12, 0), "noon"),
    ]
    source = given(tmp_path, before + table(felt, form, half_days=half_days, line_end=line_end))

    first, second, third = read(source)

    assert from_daylio.recognises(source.head(), source.name)
    assert (first.body, first.tags) == ('two\nlines and a "word"', ("walk", "café", "😉"))
    assert [one.at.iso() for one in (first, second, third)] == [
        "2024-03-03T22:05:00+01:00",
        "2024-03-03T00:30:00+01:00",
        "2023-12-31T12:00:00+01:00",
    ]
    assert [(one.mood.origin, one.mood.label, one.mood.pleasant) for one in (first, second, third)] == [
        ("daylio", "rad", 3.0),
        ("daylio", "meh", 0.0),
        ("daylio", "awful", -3.0),
    ]
    assert (second.body, second.dropped) == ("", {})


def test_the_five_steps_lie_evenly_between_the_ends():
    named = [from_daylio.MOODS[label] for label in ("rad", "good", "meh", "bad", "awful")]

    assert named == [3 - 6 * step / 4 for step in range(5)]
    assert from_daylio.MOODS["fugly"] == from_daylio.MOODS["bad"]
    assert {from_daylio.MOODS[label] for label in ("super", "dobrze", "tak sobie", "źle", "okropnie")} == set(named)


def test_title_scales_and_columns_nobody_knows(tmp_path):
    felt = [Felt(note="the note", title="A <b>title</b>", scales="Energy: 4 | Sleep: 2"), Felt(title="only a title")]
    content = table(felt, "new").replace("note\r\n", "note,colour\r\n", 1)
    content = content.replace("the note\r\n", "the note,blue\r\n").replace("a title,\r\n", "a title,,\r\n")

    whole, titled = read(given(tmp_path, content))

    assert (whole.title, whole.body) == ("A title", "the note\n\nEnergy: 4 | Sleep: 2")
    assert whole.dropped == {"other": 1}
    assert (titled.title, titled.body, titled.dropped) == ("", "only a title", {})


def test_what_was_done_is_the_text_where_there_is_no_other(tmp_path):
    done, noted = read(
        given(tmp_path, table([Felt(activities=("work", "long walk")), Felt(note="n", activities=("a",))]))
    )

    assert (done.body, done.tags) == ("work, long walk", ("work", "long walk"))
    assert (noted.body, noted.tags) == ("n", ("a",))


def test_moods_nobody_knows_are_asked_about_and_the_answer_holds(tmp_path):
    felt = [Felt("Zen"), Felt("zen", note="x"), Felt("Zen ", note="y"), Felt("good"), Felt("ZŁO"), Felt("")]
    source = given(tmp_path, table(felt))

    asked = from_daylio.labels(source)
    before = read(source)
    after = read(source, replace(WARSAW, moods={"zen": 1.0, "zło": -2.5, "good": 2.0}))

    assert asked == Counter({"Zen": 2, "zen": 1, "ZŁO": 1})
    assert [one.mood and one.mood.pleasant for one in before] == [None, None, None, 1.5, None, None]
    assert [one.mood and one.mood.pleasant for one in after] == [1.0, 1.0, 1.0, 2.0, -2.5, None]
    assert before[-1].mood is None
    assert {one.mood.label for one in before[:3]} == {"Zen", "zen"}


def row(**said):
    fields = {"full_date": "2024-03-03", "time": "10:00", "mood": "good", "note": "text"} | said
    held = io.StringIO()
    writer = csv.DictWriter(held, [*FORMS["usual"], "year"])
    writer.writeheader()
    writer.writerow(fields)
    return held.getvalue()


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ({"time": "10:00 pm"}, "22:00"),
        ({"time": "12:15 AM"}, "00:15"),
        ({"time": "12:15 p.m."}, "12:15"),
        ({"time": "9:05\u202fPM"}, "21:05"),
        ({"time": "22:00 pm"}, "22:00"),
        ({"time": "13:00 am"}, "13:00"),
        ({"time": "7.45"}, "07:45"),
        ({"time": " 07:45:30 "}, "07:45"),
    ],
)
def test_clocks_of_every_telephone(tmp_path, said, local):
    assert only(given(tmp_path, row(**said))).at.iso() == f"2024-03-03T{local}:00+01:00"


@pytest.mark.parametrize(
    ("date", "month"), [("18 May", 5), ("May 18", 5), ("18 maja", 5), ("18. października", 10), ("18 Sept", 9)]
)
def test_the_oldest_form_says_the_day_in_words(tmp_path, date, month):
    arrival = only(given(tmp_path, row(full_date="", year="2018", date=date)))

    assert arrival.at.local.date().isoformat() == f"2018-{month:02}-18"


@pytest.mark.parametrize(
    ("said", "at", "body"),
    [
        ({"full_date": "", "year": "2018", "date": "18 toukokuuta"}, None, "text\n\n18 toukokuuta 2018 10:00"),
        ({"full_date": "03/04/2024"}, None, "text\n\n03/04/2024 10:00"),
        ({"full_date": "2024-02-30", "date": ""}, None, "text\n\n2024-02-30 10:00"),
        ({"full_date": "0003-01-01"}, None, "text\n\n0003-01-01 10:00"),
        ({"time": "午後10時"}, "2024-03-03T12:00:00+01:00", "text\n\n午後10時"),
        ({"time": "25:00"}, "2024-03-03T12:00:00+01:00", "text\n\n25:00"),
    ],
)
def test_a_time_nobody_can_read_is_kept_as_words(tmp_path, said, at, body):
    arrival = only(given(tmp_path, row(**said)))

    assert (arrival.at and arrival.at.iso(), arrival.body, arrival.dropped) == (at, body, {"time": 1})


@pytest.mark.parametrize(
    ("day", "clock", "local"),
    [
        ("2024-03-31", "02:30", "2024-03-31T03:30:00+02:00"),
        ("2024-10-27", "02:30", "2024-10-27T02:30:00+02:00"),
    ],
)
def test_a_time_the_clocks_passed_over_or_showed_twice_is_the_first_reading_and_told(tmp_path, day, clock, local):
    arrival = only(given(tmp_path, row(full_date=day, time=clock)))

    assert (arrival.at.iso(), arrival.dropped) == (local, {"clock": 1})


def test_rows_that_stand_twice_are_known_by_their_key(tmp_path):
    felt = Felt(note="n", activities=("a",))
    other = replace(felt, note="", activities=("b",))

    keys = [
        one.key("daylio") for one in read(given(tmp_path, table([felt, felt, other, replace(other, activities=())])))
    ]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("I <3 you & a < b > c, <unsent> &amp;", "I <3 you & a < b > c, <unsent> &amp;"),
        ("<b>bold</b> &amp; <i>more</i><br>next", "bold & more\nnext"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        (
            "before<ul><li>a</li><li>b<ol><li>x</li><li>y</li></ol></li></ul>after",
            "before\n- a\n- b\n  1. x\n  2. y\nafter",
        ),
        ('<span style="color:#f00">red</span>&nbsp;&lt;3', "red <3"),
        ("<B>big</B>\nline kept", "big\nline kept"),
        ("<div>a</div><div><br></div><div><br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<b>1 < 2 & 3</b> &copy=1", "1 < 2 & 3 &copy=1"),
        ("</li></ul><li>x", "- x"),
        ("<script>x</script><b>y</b>", "<script>x</script>y"),
    ],
)
def test_html_becomes_text(tmp_path, html, text):
    assert from_html(html) == text
    assert only(given(tmp_path, table([Felt(note=html)]))).body == text


@pytest.mark.parametrize(
    "hostile", ["<b ", "<b" + " " * 99, "&", "&#", "<li>", "<ul>", "\n ", "\\", "```", "`", "![](", "</p>"]
)
def test_a_hostile_text_is_read_as_fast_as_any(hostile):
    text = hostile * (1_000_000 // len(hostile)) + "<b>"

    assert len(from_html(text)) < 60_000_000
    assert len(unescaped(text)) <= len(text)


def test_a_backup_comes_with_everything_it_has(tmp_path):
    tags = [{"id": 1, "name": "walk"}, {"id": 2, "name": " two words "}]
    felt = Felt(note="<b>one</b><br>two", title="A title")
    entry = day_entry(felt, 2, [1, 2, 9], isFavorite=True, assets=[12, 13])
    document = backup_text(
        [entry, day_entry(replace(felt, note="", title=""), 4)],
        tags=tags,
        goals=[{"goal_id": 1}],
        goalEntries=[{}, {"id": 2}, {"id": 3}],
        assets=[{"id": 12, "type": 1}, {"id": 13, "type": 2}],
    )
    source = source_of(backup(tmp_path / "backup_2024.daylio", document))

    first, second = read(source)

    assert from_daylio.holds(source)
    assert (first.title, first.body, first.tags) == ("A title", "one\ntwo", ("walk", "two words", "9"))
    assert (first.mood.label, first.mood.pleasant, first.starred) == ("good", 1.5, True)
    assert first.at.iso() == "2024-03-03T22:05:00+01:00"
    assert first.at.zone == "Europe/Warsaw"
    assert first.dropped == {"photo": 1, "file": 1, "goal": 1, "goal-entry": 2}
    assert (second.body, second.mood.label, second.dropped, second.starred) == ("", "bad", {}, False)


def custom(id_, name, group, predefined=-1):
    return {"id": id_, "custom_name": name, "mood_group_id": group, "predefined_name_id": predefined}


@pytest.mark.parametrize("turned", [False, True])
def test_a_group_means_what_the_file_says_it_means(tmp_path, turned):
    def group(number):
        return 6 - number if turned else number

    moods = [custom(number, "", group(number), number) for number in range(1, 6)]
    moods += [custom(6, "cosy", group(2)), custom(7, "lost", group(5)), custom(8, "adrift", 99)]
    entries = [day_entry(Felt(), mood) for mood in (1, 6, 7, 8)]
    source = source_of(backup(tmp_path / "b.daylio", backup_text(entries, moods)))

    found = [(one.mood.label, one.mood.pleasant) for one in read(source)]

    assert found == [("rad", 3.0), ("cosy", 1.5), ("lost", -3.0), ("adrift", None)]
    assert from_daylio.labels(source) == Counter({"adrift": 1})
    assert [one.mood.pleasant for one in read(source, replace(WARSAW, moods={"cosy": 0.5, "adrift": -1.0}))] == [
        3.0,
        0.5,
        -3.0,
        -1.0,
    ]


def test_groups_that_hold_two_of_the_five_say_nothing(tmp_path):
    moods = [custom(1, "splendid", 1, 1), custom(2, "", 1, 2), custom(6, "cosy", 1)]
    source = source_of(backup(tmp_path / "b.daylio", backup_text([day_entry(Felt(), 1), day_entry(Felt(), 6)], moods)))

    assert [(one.mood.label, one.mood.pleasant) for one in read(source)] == [("splendid", 3.0), ("cosy", None)]


@pytest.mark.parametrize(
    ("change", "local"),
    [
        ({}, "2024-03-03T22:05:00-05:00"),
        ({"timeZoneOffset": None}, "2024-03-03T22:05:00-05:00"),
        ({"datetime": None}, "2024-03-03T22:05:00+01:00"),
        ({"datetime": 0}, "2024-03-03T22:05:00+01:00"),
        ({"month": None}, "2024-03-03T22:05:00-05:00"),
        ({"month": None, "timeZoneOffset": "x"}, None),
        ({"month": 12}, None),
        ({"year": 10**9}, None),
        ({"month": None, "datetime": 10**300}, None),
    ],
)
def test_times_of_a_backup(tmp_path, change, local):
    entry = day_entry(Felt(note="n"), 1, zone="America/New_York") | change

    arrival = only(source_of(backup(tmp_path / "b.daylio", backup_text([entry]))))

    assert (arrival.at and arrival.at.iso()) == local
    assert arrival.dropped == ({} if local else {"time": 1})


def test_the_table_and_the_backup_of_one_diary_are_known_as_one(tmp_path):
    felt = [Felt("good", note="n", title="t", activities=("walk",)), Felt("meh", wall(2024, 7, 1, 8, 0))]
    entries = [day_entry(felt[0], 2, [1]), day_entry(felt[1], 3)]
    document = backup_text(entries, tags=[{"id": 1, "name": "walk"}])

    from_table = [one.key("daylio") for one in read(given(tmp_path, table(felt)))]
    from_backup = [one.key("daylio") for one in read(source_of(backup(tmp_path / "b.daylio", document)))]

    assert from_table == from_backup


@pytest.mark.parametrize("breaks", [0, 76, 1])
def test_base64_in_lines_of_any_length(tmp_path, breaks):
    document = backup_text([day_entry(Felt(note="zażółć " * 30), 1)])

    assert only(source_of(backup(tmp_path / "b.daylio", document, breaks=breaks))).body == "zażółć " * 30


@pytest.mark.parametrize("is_coded", [True, False])
def test_a_backup_taken_out_of_its_zip_is_read_too(tmp_path, is_coded):
    document = backup_text([day_entry(Felt(note="n"), 1)])
    source = given(tmp_path, base64.b64encode(document.encode()) if is_coded else document, "backup.daylio")

    assert from_daylio.recognises(source.head(), source.name)
    assert only(source).body == "n"


WHOLE = base64.b64encode(backup_text([day_entry(Felt(note="secret"), 1)]).encode())


@pytest.mark.parametrize(
    "content",
    [
        *(WHOLE[:cut] for cut in range(100, len(WHOLE) - 2, 37)),
        WHOLE[:200] + b"!" + WHOLE[201:],
        WHOLE[:200] + b"=" + WHOLE[201:],
        base64.b64encode(b'{"dayEntries": [3]}'),
        base64.b64encode(b'{"dayEntries": [{"note": "secr\xff"}]}'),
        base64.b64encode(b'{"dayEntries": []} {}'),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_without_a_word_of_it(tmp_path, content):
    with pytest.raises(NotWhatItSays) as refused:
        read(given(tmp_path, content, "backup.daylio"))

    assert "secr" not in str(refused.value) + refused.value.hint


def test_a_zip_without_a_backup_is_not_one(tmp_path):
    path = backup(tmp_path / "b.daylio", backup_text([]))
    renamed = given(tmp_path, path.read_bytes().replace(b"backup.daylio", b"backup.daylia"), "c.zip")

    assert not from_daylio.holds(renamed)
    with pytest.raises(NotWhatItSays):
        read(renamed)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (table([]), True),
        (table([], "old"), True),
        ('\ufeff"full_date","date","weekday","time","mood","activities","note_title","note"\r\n', True),
        (table([]).encode("utf-16"), True),
        ("note,mood,full_date,activities,time,date\n", True),
        ("date,mood,note\n", False),
        ("[2024-01-01 09:00] mood, activities and note\n", False),
        ('{"metadata": {"version": "1.0"}, "entries": []}', False),
        ("", False),
        ("\0", False),
        ("aaaa" * 100, False),
    ],
)
def test_it_is_known_by_its_content(content, is_one):
    head = content.encode() if isinstance(content, str) else content

    assert from_daylio.recognises(head, "anything.bin") is is_one


HEADER = table([])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER + '2024-03-03,,,10:00,good,,,"secret and then noth', 2),
        (HEADER + '2024-03-03,,,10:00,good,,,"a\nb"\n2024-03-03,,,10:00,good,,,"secret"x\n', 4),
        (HEADER + "2024-03-03,,,10:00,good,,\n", 2),
        (HEADER + "2024-03-03,,,10:00,good,,,secret,more\n", 2),
        ((HEADER + "2024-03-03,,,10:00,good,,,").encode() + "secret źle".encode("iso-8859-2"), 2),
    ],
)
def test_a_table_that_is_not_whole_is_refused_and_the_line_named(tmp_path, content, line):
    with pytest.raises(NotWhatItSays) as refused:
        read(given(tmp_path, content))

    assert f"line {line}:" in str(refused.value)
    assert "secret" not in str(refused.value) + refused.value.hint


def test_nothing_but_a_header_and_empty_lines_is_an_empty_diary(tmp_path):
    assert read(given(tmp_path, HEADER + "\r\n\r\n")) == []


def test_a_note_of_twenty_megabytes_and_one_with_a_nul(tmp_path):
    felt = [Felt(note="x" * 20_000_000), Felt(note="a\0b")]

    assert [len(one.body) for one in read(given(tmp_path, table(felt)))] == [20_000_000, 3]


@pytest.mark.parametrize("kind", ["table", "backup"])
def test_memory_does_not_grow_with_the_file(tmp_path, kind, memory):
    felt = Felt(note=random.Random(1).randbytes(1_500).hex())
    if kind == "table":
        source = given(tmp_path, table([felt]) + table([felt] * 5_000).split("\r\n", 1)[1])
    else:
        source = source_of(backup(tmp_path / "b.daylio", backup_text([day_entry(felt, 1)] * 5_000)))
    most_held = memory()

    count = sum(1 for _ in from_daylio.arrivals(source, WARSAW))

    assert count in (5_000, 5_001)
    assert most_held() < 4_000_000


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="<&|"), max_size=40)
NOTES = st.lists(WORDS, max_size=4).map("\n".join).filter(lambda note: not note or note.strip())
ACTIVITIES = st.lists(WORDS.map(str.strip).filter(bool), max_size=4, unique=True).map(tuple)
FELT = st.builds(
    Felt,
    mood=st.sampled_from(["rad", "good", "meh", "bad", "awful"]),
    wall=st.datetimes(wall(1990, 1, 1), wall(2090, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
    note=NOTES,
    activities=ACTIVITIES,
)


@over(
    felt=st.lists(FELT, max_size=6), form=st.sampled_from(list(FORMS)), half_days=st.booleans(), is_marked=st.booleans()
)
@example(felt=[Felt(note='"')], form="usual", half_days=False, is_marked=True)
def test_random_tables_come_back(tmp_path_factory, felt, form, half_days, is_marked):
    content = ("\ufeff" if is_marked else "") + table(felt, form, half_days=half_days)

    found = read(given(tmp_path_factory.mktemp("made"), content), replace(WARSAW, zone="UTC"))

    assert [(one.mood.label, one.at.at, one.body, one.tags) for one in found] == [
        (one.mood, one.wall.replace(tzinfo=UTC), one.note or ", ".join(one.activities), one.activities) for one in felt
    ]


@over(st.lists(FELT, max_size=6), st.sampled_from(["Europe/Warsaw", "Asia/Kolkata", "America/St_Johns", "UTC"]))
def test_random_backups_come_back(tmp_path_factory, felt, zone):
    names = list(dict.fromkeys(name for one in felt for name in one.activities))
    steps = ["rad", "good", "meh", "bad", "awful"]
    entries = [
        day_entry(one, steps.index(one.mood) + 1, [names.index(name) for name in one.activities], zone) for one in felt
    ]
    document = backup_text(entries, FIVE, tags=[{"id": number, "name": name} for number, name in enumerate(names)])

    found = read(source_of(backup(tmp_path_factory.mktemp("made") / "b.daylio", document)), replace(WARSAW, zone=zone))

    assert [(one.mood.label, one.at.local.replace(tzinfo=None), one.body, one.tags) for one in found] == [
        (one.mood, one.wall, one.note or ", ".join(one.activities), one.activities) for one in felt
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*day_entry(Felt(), 1), "custom_name", "name", "predefined_name_id", "mood_group_id", "type"])
THINGS = st.lists(st.dictionaries(KEYS, VALUES) | VALUES, max_size=3) | VALUES


@over(THINGS, THINGS, THINGS, THINGS)
@example([{}], [{"id": [], "predefined_name_id": True, "mood_group_id": {}}], [{"name": 3}], 3)
def test_a_backup_may_hold_anything_anywhere(tmp_path_factory, entries, moods, tags, assets):
    content = json.dumps({"dayEntries": entries, "customMoods": moods, "tags": tags, "assets": assets})

    listed = entries if isinstance(entries, list) else [entries]
    try:
        found = read(given(tmp_path_factory.mktemp("made"), content, "backup.daylio"))
    except JournalError:
        assert not all(isinstance(one, dict) for one in listed)
    else:
        assert len(found) == len(listed)


@over(st.binary(max_size=300), st.sampled_from([b"", HEADER.encode(), base64.b64encode(b'{"dayEntries": [')]))
def test_no_bytes_make_anything_but_entries_or_a_refusal(tmp_path_factory, content, before):
    try:
        read(given(tmp_path_factory.mktemp("made"), before + content, "some.file"))
    except JournalError:
        return

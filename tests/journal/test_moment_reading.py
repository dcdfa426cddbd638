# ruff: noqa: DTZ001  what a clock on the wall shows has no zone
import calendar
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from journal_cli.errors import Mistyped
from journal_cli.journal.calendar_words import DAYS, MONTHS, NUMBERS, UNITS, WEEKDAYS, WHICH
from journal_cli.journal.moment import Moment, add_months, local_moment, moment
from journal_cli.journal.reading_time import read_moment, read_period, read_since, read_until

# A Tuesday evening in Warsaw.
NOW = moment(datetime(2026, 11, 24, 20, 8, 5, tzinfo=UTC), "Europe/Warsaw")
END = Moment(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "UTC", 0)
zones = st.sampled_from(["Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "UTC", "Nowhere/Known"])
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))


def _wall(moment_read: Moment) -> str:
    return f"{moment_read.local:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    "text, wall",
    [
        ("now", "2026-11-24 21:08"),
        ("Teraz", "2026-11-24 21:08"),
        ("today", "2026-11-24 21:08"),
        ("dzisiaj", "2026-11-24 21:08"),
        ("dziś", "2026-11-24 21:08"),
        ("2026-11-24", "2026-11-24 21:08"),
        ("today at 9:15", "2026-11-24 09:15"),
        ("9pm", "2026-11-24 21:00"),
        ("9:05 pm", "2026-11-24 21:05"),
        ("9:05 p.m.", "2026-11-24 21:05"),
        ("12am", "2026-11-24 00:00"),
        ("12 pm", "2026-11-24 12:00"),
        ("21:00", "2026-11-24 21:00"),
        ("o 21.05", "2026-11-24 21:05"),
        ("yesterday", "2026-11-23 12:00"),
        ("yesterday 21:00", "2026-11-23 21:00"),
        ("  YESTERDAY   21:00 ", "2026-11-23 21:00"),
        ("yesterday at 0:30", "2026-11-23 00:30"),
        ("yesterday at 9 pm", "2026-11-23 21:00"),
        ("wczoraj 21:00", "2026-11-23 21:00"),
        ("wczoraj o 21", "2026-11-23 21:00"),
        ("wczoraj o godz. 21.15", "2026-11-23 21:15"),
        ("wczoraj o godzinie 21", "2026-11-23 21:00"),
        ("przedwczoraj", "2026-11-22 12:00"),
        ("the day before yesterday 8:00", "2026-11-22 08:00"),
        ("last monday", "2026-11-23 12:00"),
        ("last tuesday", "2026-11-17 12:00"),
        ("monday 14:30", "2026-11-23 14:30"),
        ("on Monday at 14:30", "2026-11-23 14:30"),
        ("tuesday", "2026-11-24 21:08"),
        ("tuesday 21:00", "2026-11-24 21:00"),
        ("tuesday 22:00", "2026-11-17 22:00"),
        ("w zeszły poniedziałek", "2026-11-23 12:00"),
        ("w zeszly poniedzialek", "2026-11-23 12:00"),
        ("zeszły poniedziałek o 18", "2026-11-23 18:00"),
        ("w zeszłą środę", "2026-11-18 12:00"),
        ("w ostatnią niedzielę 10:00", "2026-11-22 10:00"),
        ("we wtorek o 20", "2026-11-24 20:00"),
        ("ŚRODA", "2026-11-18 12:00"),
        ("3 days ago", "2026-11-21 12:00"),
        ("3 days ago at 9:15", "2026-11-21 09:15"),
        ("two days ago", "2026-11-22 12:00"),
        ("ten days ago", "2026-11-14 12:00"),
        ("2 hours ago", "2026-11-24 19:08"),
        ("an hour ago", "2026-11-24 20:08"),
        ("90 minutes ago", "2026-11-24 19:38"),
        ("a week ago", "2026-11-17 12:00"),
        ("a month ago", "2026-10-24 12:00"),
        ("a year ago", "2025-11-24 12:00"),
        ("3 dni temu", "2026-11-21 12:00"),
        ("dwa dni temu", "2026-11-22 12:00"),
        ("godzinę temu", "2026-11-24 20:08"),
        ("2 godziny temu", "2026-11-24 19:08"),
        ("tydzień temu", "2026-11-17 12:00"),
        ("pięć miesięcy temu", "2026-06-24 12:00"),
        ("rok temu", "2025-11-24 12:00"),
        ("2026-03-01 09:30", "2026-03-01 09:30"),
        ("2026-03-01T09:30", "2026-03-01 09:30"),
        ("2026-03-01T09:30:12.5", "2026-03-01 09:30"),
        ("2026-03-01T09:30+01:00", "2026-03-01 09:30"),
        ("2026-03-01 09:30 +0100", "2026-03-01 09:30"),
        ("2026/3/1", "2026-03-01 12:00"),
        ("1 March 2026 9:30", "2026-03-01 09:30"),
        ("March 1, 2026, 9:30 am", "2026-03-01 09:30"),
        ("March 1", "2026-03-01 12:00"),
        ("the 1st of March", "2026-03-01 12:00"),
        ("1 marca", "2026-03-01 12:00"),
        ("1 października 2025 r. o 18.30", "2025-10-01 18:30"),
        ("25 grudnia", "2025-12-25 12:00"),
        ("29 February", "2024-02-29 12:00"),
        ("24 November", "2026-11-24 21:08"),
        ("25 listopada", "2025-11-25 12:00"),
        ("25.03.2026", "2026-03-25 12:00"),
        ("3.4.2026", "2026-04-03 12:00"),
        ("25/03/2026 9:30", "2026-03-25 09:30"),
        ("03/25/2026", "2026-03-25 12:00"),
        ("03/03/2026", "2026-03-03 12:00"),
    ],
)
def test_what_people_write_is_read(text: str, wall: str) -> None:
    assert _wall(read_moment(text, NOW)) == wall
    assert read_period(text, NOW) == (date.fromisoformat(wall[:10]),) * 2


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("march", "2026-03-01", "2026-03-31"),
        ("in march", "2026-03-01", "2026-03-31"),
        ("Marzec", "2026-03-01", "2026-03-31"),
        ("w marcu", "2026-03-01", "2026-03-31"),
        ("we wrześniu", "2026-09-01", "2026-09-30"),
        ("november", "2026-11-01", "2026-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("february 2024", "2024-02-01", "2024-02-29"),
        ("w lutym 2023 r.", "2023-02-01", "2023-02-28"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("w 2025 roku", "2025-01-01", "2025-12-31"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("zeszły tydzień", "2026-11-16", "2026-11-22"),
        ("w zeszłym tygodniu", "2026-11-16", "2026-11-22"),
        ("w tym tygodniu", "2026-11-23", "2026-11-29"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("w tym miesiącu", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("w ubiegłym miesiącu", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("ten rok", "2026-01-01", "2026-12-31"),
        ("w zeszłym roku", "2025-01-01", "2025-12-31"),
        ("tomorrow", "2026-11-25", "2026-11-25"),
        ("2027-01-01", "2027-01-01", "2027-01-01"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text: str, first: str, last: str) -> None:
    assert read_since(text, NOW).isoformat() == first
    assert read_until(text, NOW).isoformat() == last


def test_a_week_begins_where_the_person_begins_it() -> None:
    assert read_period("this week", NOW, week_starts=6) == (date(2026, 11, 22), date(2026, 11, 28))
    assert read_period("last week", NOW, week_starts=2) == (date(2026, 11, 11), date(2026, 11, 17))


@pytest.mark.parametrize(
    "text, tried",
    [
        ("2026-02-30", "2026-02-30 was read as a day, and 2026-02 has 28 days"),
        ("31 april", "31 april was read as a day, and april has 30 days"),
        ("30 lutego", "30 lutego was read as a day, and lutego has 29 days"),
        ("29 february 2026", "2026-02 has 28 days"),
        ("0 march", "march has 31 days"),
        ("2026-13-01", "there is no month 13"),
        ("2026-00", "there is no month 0"),
        ("03.25.2026", "there is no month 25"),
        ("45/45/2026", "there is no month 45"),
        ("25:00", "25:00 was read as a time of day"),
        ("24:00", "24:00 was read as a time of day"),
        ("yesterday 21:60", "21:60 was read as a time of day"),
        ("2026-03-01 09:30:61", "09:30:61 was read as a time of day"),
        ("yesterday 13 pm", "13 pm was read as a time of day, and am and pm"),
        ("0am", "am and pm count from 1 to 12"),
        ("03/04/2026", "as 2026-04-03 and as 2026-03-04"),
        ("03-04-2026", "as 2026-04-03 and as 2026-03-04"),
        ("yesterday at 9", "as 09:00 and as 21:00"),
        ("wczoraj o 12", "as 00:00 and as 12:00"),
        ("next monday", "still to come"),
        ("w przyszły poniedziałek", "still to come"),
        ("march 9:00", "the days from 2026-03-01 to 2026-03-31"),
        ("2026-03-01 09:30+24:00", "+24:00 was read as an offset"),
        ("0999-12-31", "the years 1000 to 9999"),
        ("yesterday" + " " * 100 + "21:00", "cannot read"),
        ("1100 years ago", "the years 1000 to 9999"),
        ("3000 years ago", "the years 1000 to 9999"),
        ("999999 weeks ago", "the years 1000 to 9999"),
        ("", "an empty answer"),
        (" \t\n", "an empty answer"),
        ("sometime soon", "cannot read sometime soon as a time"),
        ("ten week", "cannot read"),
        ("this monday", "cannot read"),
        ("last march", "cannot read"),
        ("2 hours ago 9:15", "cannot read"),
        ("now 9:15", "cannot read"),
        ("21:00 +01:00", "cannot read"),
        ("1.03", "cannot read"),
        ("1.5 hours ago", "cannot read"),
        ("01/02/26", "cannot read"),
        ("٢٠٢٦-٠٣-٠١", "cannot read"),
        ("yesterday " * 20, "cannot read"),
        ("{now} {0} {text!r}", "cannot read {now}"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reading_that_was_tried(text: str, tried: str) -> None:
    for read in (read_moment, read_period):
        with pytest.raises(Mistyped) as refused:
            read(text, NOW)

        assert tried in str(refused.value)
        assert refused.value.hint


@pytest.mark.parametrize("text", ["march", "2026-03", "2026", "last week", "w tym miesiącu"])
def test_a_whole_period_is_no_moment(text: str) -> None:
    with pytest.raises(Mistyped, match="one day is needed"):
        read_moment(text, NOW)


@pytest.mark.parametrize(
    "text, moment_read",
    [
        ("today 21:09", "2026-11-24T21:09:00+01:00"),
        ("22:00", "2026-11-24T22:00:00+01:00"),
        ("tomorrow", "2026-11-25T12:00:00+01:00"),
        ("pojutrze", "2026-11-26T12:00:00+01:00"),
        ("2026-11-24T21:09:00+01:00", "2026-11-24T21:09:00+01:00"),
        ("2027-01-01", "2027-01-01T12:00:00+01:00"),
    ],
)
def test_an_entry_from_the_future_is_refused(text: str, moment_read: str) -> None:
    with pytest.raises(Mistyped, match="still to come") as refused:
        read_moment(text, NOW)

    assert moment_read in str(refused.value)


def test_a_message_repeats_at_most_forty_characters_and_none_that_steer_the_terminal() -> None:
    with pytest.raises(Mistyped) as refused:
        read_moment("\x1b[31m" + "a" * 80, NOW)

    assert refused.value.values["text"] == "␛[31m" + "a" * 34 + "…"
    assert "\x1b" not in str(refused.value)


def test_a_time_that_happened_twice_can_be_written_with_its_offset() -> None:
    with pytest.raises(Mistyped, match="was twice"):
        read_moment("2026-10-25 02:30", NOW)

    second = read_moment("2026-10-25 02:30+01:00", NOW)

    assert (second.iso(), second.zone) == ("2026-10-25T02:30:00+01:00", "Europe/Warsaw")
    assert read_since("2026-10-25 02:30", NOW) == date(2026, 10, 25)


def test_an_offset_from_elsewhere_is_kept_as_written() -> None:
    away = read_moment("2026-07-01T09:30-04:00", NOW)

    assert away == Moment(datetime(2026, 7, 1, 13, 30, tzinfo=UTC), "UTC", -240)


def test_hours_ago_are_counted_through_a_night_when_clocks_move() -> None:
    morning = local_moment(datetime(2026, 3, 29, 4, 0), "Europe/Warsaw")

    assert read_moment("2 hours ago", morning).iso() == "2026-03-29T01:00:00+01:00"


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)), zones)
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Warsaw")  # this wall time comes twice; the offset decides
@example(datetime(1850, 1, 1, tzinfo=UTC), "America/New_York")
def test_a_moment_written_as_iso_is_read_back(at: datetime, zone: str) -> None:
    written = moment(at, zone)
    later = Moment(END.at, written.zone, written.offset)

    read = read_moment(written.iso(), later)

    assert read.iso() == written.iso()
    assert read == Moment(at.replace(microsecond=0), written.zone, written.offset)


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)), st.integers(-1439, 1439))
@example(datetime(1000, 1, 2, tzinfo=UTC), -1439)
def test_any_offset_is_read_back(at: datetime, offset: int) -> None:
    written = Moment(at, "UTC", offset)
    assume(written.local.year >= 1000)

    assert read_moment(written.iso(), END).iso() == written.iso()


@given(days, zones)
@example(date(1000, 1, 1), "America/New_York")
@example(date(9999, 12, 31), "America/New_York")
@example(date(2024, 2, 29), "UTC")
def test_a_day_written_as_iso_is_that_day(day: date, zone: str) -> None:
    now = moment(NOW.at, zone)

    assert read_since(day.isoformat(), now) == day
    assert read_until(day.isoformat(), now) == day
    assert read_since(f"{day.day}.{day.month}.{day.year}", now) == day


@given(st.integers(1000, 9999), st.sampled_from(sorted(MONTHS)))
@example(2024, "luty")
@example(1900, "feb")
def test_a_month_with_its_year_covers_the_whole_month(year: int, word: str) -> None:
    month = MONTHS[word]
    length = calendar.monthrange(year, month)[1]

    whole = (date(year, month, 1), date(year, month, length))
    assert read_period(f"{word} {year}", NOW) == whole
    assert read_period(f"{year}-{month:02}", NOW) == whole


@given(
    st.datetimes(datetime(1001, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)), st.sampled_from(sorted(MONTHS))
)
def test_a_bare_month_is_the_most_recent_that_has_begun(at: datetime, word: str) -> None:
    now = moment(at, "UTC")

    first, last = read_period(word, now)

    assert first <= now.day < add_months(first, 12) if first.year < 9998 else first <= now.day
    assert (first.day, first.month, last.month) == (1, MONTHS[word], MONTHS[word])
    assert last == date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])


@given(st.datetimes(datetime(1010, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)), days)
@example(datetime(1904, 2, 28, tzinfo=UTC), date(2024, 2, 29))  # 1900 was no leap year
def test_a_day_without_a_year_is_the_most_recent(at: datetime, day: date) -> None:
    now = moment(at, "UTC")

    read = read_since(f"{day.day} {calendar.month_name[day.month]}", now)

    assert (read.day, read.month) == (day.day, day.month)
    assert read <= now.day
    assert now.day - read <= timedelta(days=366 if (day.day, day.month) != (29, 2) else 8 * 366)


@given(
    st.datetimes(datetime(1010, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),
    st.sampled_from(sorted(WEEKDAYS)),
    st.times(),
)
def test_a_weekday_with_a_time_is_the_most_recent_gone_by(at: datetime, word: str, clock: time) -> None:
    now = moment(at, "UTC")

    read = read_moment(f"{word} {clock:%H:%M}", now)

    assert read.day.weekday() == WEEKDAYS[word]
    assert timedelta(0) <= now.at - read.at < timedelta(days=7)
    last = read_since(f"last {word}", now)
    assert last.weekday() == WEEKDAYS[word]
    assert timedelta(days=1) <= now.day - last <= timedelta(days=7)


_WORDS = sorted({*MONTHS, *WEEKDAYS, *DAYS, *WHICH, *UNITS, *NUMBERS, "ago", "temu", "w", "o", "at", "next", "now"})
_PIECES = st.sampled_from(_WORDS) | st.from_regex(
    r"[0-9]{1,7}|[0-9]{1,4}[-/.:][0-9]{1,2}([-/.:+][0-9]{1,4})?|[-+z:.t]", fullmatch=True
)


@given(st.text(max_size=120) | st.lists(_PIECES, max_size=6).map(" ".join), st.sampled_from([NOW, END]))
@example("9999 years ago", NOW)
@example("999999 hours ago", Moment(datetime(1000, 1, 2, tzinfo=UTC), "UTC", 0))
@example("999999 hours ago", Moment(datetime(1000, 1, 2, tzinfo=UTC), "Europe/Warsaw", 84))
@example("this week", END)  # its last day is in the year 10000
@example("last year", Moment(datetime(1000, 1, 2, tzinfo=UTC), "UTC", 0))
@example("1 march", Moment(datetime(1000, 1, 2, tzinfo=UTC), "UTC", 0))
@example("9999-12-31 23:59-23:59", END)
@example("²:30", NOW)
@example("\ud800", NOW)
@example("ﷺ" * 100, NOW)  # one sign that unfolds into eighteen
@example("0 days ago", NOW)
def test_nothing_anyone_writes_is_an_accident(text: str, now: Moment) -> None:
    for read in (read_moment, read_period):
        with suppress(Mistyped):
            read(text, now)
            continue
        with pytest.raises(Mistyped) as refused:
            read(text, now)
        assert len(refused.value.values.get("text", "")) <= 40
        assert str(refused.value)
        assert isinstance(refused.value.hint, str)

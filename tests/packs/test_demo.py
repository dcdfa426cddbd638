import re
import tomllib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import NotFound, NotWhatItSays
from journal_cli.journal.entry import Kind
from journal_cli.journal.library import library
from journal_cli.journal.limit import How
from journal_cli.journal.moment import Moment, fixed_moment, moment
from journal_cli.journal.sitting import State
from journal_cli.journal.text import count_words
from journal_cli.packs.demo import DemoWeeks, demo_weeks
from journal_cli.packs.shelf import feelings, shipped_library

PROMPTS = Path(__file__).parents[2] / "prompts"
LANGUAGES = ("en", "pl")
TWELVE_WEEKS = timedelta(weeks=12)
TODAY = moment(datetime(2026, 11, 24, 20, 15, tzinfo=UTC), "Europe/Warsaw")
ZONES = ("UTC", "Europe/Warsaw", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe")
MIDNIGHT = datetime.fromisoformat("2020-01-01")
DAYS = st.datetimes(MIDNIGHT, MIDNIGHT.replace(year=2060), timezones=st.just(UTC))


def raw(language: str) -> bytes:
    return (PROMPTS / language / "demo.toml").read_bytes()


LIBRARIES = {language: shipped_library(language) for language in LANGUAGES}


def weeks(language: str = "en", today: Moment = TODAY) -> DemoWeeks:
    return demo_weeks(raw(language), "demo.toml", today, LIBRARIES[language])


def moments(told: DemoWeeks) -> list[Moment]:
    return [
        *(whole.entry.written_at for whole in told.entries),
        *(check_in.at for check_in in told.check_ins),
        *(sitting.at for sitting in told.sittings),
        *(one.at for story in told.limits for one in (story.limit, *story.notes)),
        *(one.at for rated in told.goals for one in (rated.goal, *rated.ratings)),
    ]


def shape(value: Any, key: str = "") -> Any:
    """A file without its texts: what has to be the same in both languages."""
    if key in {"text", "title", "aliases", "line"}:
        return "..."
    if key in {"follow_ups", "talk_about", "answer"} and all(isinstance(one, str) for one in value):
        return [bool(one) for one in value]
    if isinstance(value, dict):
        return {name: shape(one, name) for name, one in value.items()}
    return [shape(one) for one in value] if isinstance(value, list) else value


def placeholders(table: dict[str, Any], before: str = "") -> dict[str, set[str]]:
    """Each sentence by its dotted key, as the names it leaves open."""
    found: dict[str, set[str]] = {}
    for key, said in table.items():
        if isinstance(said, dict):
            found |= placeholders(said, f"{before}{key}.")
        else:
            found[before + key] = set(re.findall(r"{\w+}", said))
    return found


def test_both_languages_tell_the_same_weeks_in_words_of_their_own() -> None:
    english, polish = (tomllib.loads(raw(language).decode()) for language in LANGUAGES)

    assert shape(english) == shape(polish)
    assert not {row["text"] for row in english["entry"]} & {row["text"] for row in polish["entry"]}


def test_both_languages_give_the_same_ids_moments_and_moods() -> None:
    english, polish = weeks("en"), weeks("pl")

    assert [whole.entry.id for whole in english.entries] == [whole.entry.id for whole in polish.entries]
    assert english.check_ins == polish.check_ins
    assert [one.before for one in english.sittings] == [one.before for one in polish.sittings]
    assert moments(english) == moments(polish)
    assert english.chosen == polish.chosen


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counts_hold(language: str) -> None:
    told = weeks(language)
    entries = [whole.entry for whole in told.entries]

    assert Counter(entry.kind for entry in entries) == {Kind.ANSWER: 14, Kind.FREE: 8, Kind.NOTE: 2}
    assert sum(entry.private for entry in entries) == 2
    assert sum(entry.starred for entry in entries) == 3
    assert len(told.check_ins) == 41
    assert len({check_in.at.day for check_in in told.check_ins}) == 33
    assert len(told.sittings) == 9
    assert [(story.times(How.KEPT), story.times(How.PARTLY)) for story in told.limits] == [(2, 1)]
    assert [[rating.value for rating in rated.ratings] for rated in told.goals] == [[2, 3, 6], [4, 4]]
    assert Counter(entry.theme for entry in entries if entry.theme) == {
        "trust-self": 6,
        "boundaries-naming": 5,
        "self-compassion": 3,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_long_enough_to_be_somebody_and_short_enough_to_read(language: str) -> None:
    for whole in weeks(language).entries:
        assert 20 <= count_words(whole.body) <= 90, whole.entry.id
        assert whole.entry.opening


def test_every_id_is_one_of_its_own_and_the_same_every_time() -> None:
    told = weeks()
    ids = [
        *(whole.entry.id for whole in told.entries),
        *(check_in.id for check_in in told.check_ins),
        *(sitting.id for sitting in told.sittings),
        *(one.id for story in told.limits for one in (story.limit, *story.notes)),
        *(one.id for rated in told.goals for one in (rated.goal, *rated.ratings)),
    ]

    assert len(set(ids)) == len(ids)
    assert told == weeks()


@given(DAYS, st.sampled_from(ZONES))
@example(datetime(2026, 11, 23, 0, 0, tzinfo=UTC), "Europe/Warsaw")  # a Monday: yesterday is the Sunday of week 1
@example(datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "UTC")  # a Sunday: the last Sunday is seven days ago
@example(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Warsaw")  # the night clocks go forward
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Warsaw")  # the night they go back
@example(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York")
def test_everything_lies_in_the_twelve_weeks_before_today(at: datetime, zone: str) -> None:
    today = moment(at, zone)
    told = weeks(today=today)

    for one in moments(told):
        assert today.day - TWELVE_WEEKS <= one.day < today.day
        assert one.at < today.at
        assert one.zone == zone
    assert max(one.day for one in moments(told)) == today.day - timedelta(days=1)


@given(DAYS, st.sampled_from(ZONES))
@example(datetime(2026, 11, 8, 12, 0, tzinfo=UTC), "Europe/Warsaw")  # both offsets lie within the weeks
def test_clocks_that_are_moved_move_no_hour_and_no_weekday(at: datetime, zone: str) -> None:
    told = weeks(today=moment(at, zone))
    dinner = next(whole.entry for whole in told.entries if whole.entry.title is None and "twelve minutes" in whole.body)
    first = told.entries[0].entry

    assert (dinner.written_at.day.strftime("%w"), f"{dinner.written_at.local:%H:%M}") == ("0", "18:20")
    assert (first.written_at.day.strftime("%w"), f"{first.written_at.local:%H:%M}") == ("1", "21:12")
    assert first.written_at == moment(first.written_at.at, zone)


def test_a_clock_in_no_known_zone_keeps_its_offset() -> None:
    told = weeks(today=fixed_moment(datetime.fromisoformat("2026-11-24T09:00"), 345))

    assert {one.offset for one in moments(told)} == {345}
    assert {one.zone for one in moments(told)} == {"UTC"}


def test_one_whole_week_is_empty_and_somebody_came_back_after_nine_days() -> None:
    told = weeks()
    days = sorted({one.day for one in moments(told)})
    monday = date(2026, 11, 23) - timedelta(weeks=9)
    written = sorted({whole.entry.written_at.day for whole in told.entries})
    gaps = [(day - last).days for last, day in pairwise(written) if (day - last).days >= 7]

    assert not [day for day in days if monday <= day < monday + timedelta(weeks=1)]
    assert gaps == [10, 9]
    assert 9 in [(day - last).days for last, day in pairwise(days)]


def test_check_ins_are_mostly_told_in_the_evening() -> None:
    hours = [check_in.at.local.hour for check_in in weeks().check_ins]

    assert sum(hour >= 18 for hour in hours) > len(hours) * 3 / 4


def test_moods_rise_and_fall_and_the_last_weeks_are_not_simply_better() -> None:
    told = weeks()
    moves = [one.after.pleasant - one.before.pleasant for one in told.sittings if one.after]
    last = [one.mood.pleasant for one in told.check_ins if one.at.day >= date(2026, 11, 16)]

    assert (sum(move > 0 for move in moves), sum(move < 0 for move in moves), moves.count(0)) == (5, 2, 1)
    assert sum(one.mood.cant_tell for one in told.check_ins) == 3
    assert min(value for value in last if value is not None) < 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_moods_and_items_are_known_to_the_library(language: str) -> None:
    told = weeks(language)
    moods = [one.mood for one in told.check_ins]
    moods += [mood for one in told.sittings for mood in (one.before, one.after) if mood]
    items = LIBRARIES[language].check_ins

    assert {word for mood in moods for word in mood.words} <= {feeling.id for feeling in feelings(language)}
    for item, value in (pair for one in told.check_ins for pair in one.items):
        scale = items[item].scale
        assert value in {option.id for option in scale.options} or scale.least <= value <= scale.most


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_carry_their_question_as_the_library_asks_it(language: str) -> None:
    told, shelf = weeks(language), LIBRARIES[language]
    sittings = {sitting.id: sitting for sitting in told.sittings}

    for whole in told.entries:
        if whole.entry.kind is Kind.ANSWER:
            prompt = shelf.prompts[whole.entry.asked.prompt]
            sitting = sittings[whole.entry.sitting]
            assert whole.entry.question == prompt.text
            assert whole.entry.session_title == sitting.title == shelf.sessions[sitting.session].title
            assert {one.question for one in whole.follow_ups} <= set(prompt.follow_ups)
            assert sitting.at.day == whole.entry.written_at.day
    assert sum(len(whole.follow_ups) for whole in told.entries) == 5


def test_a_paused_sitting_waits_at_the_question_it_was_paused_at() -> None:
    paused = next(one for one in weeks().sittings if one.state is State.PAUSED)
    steps = LIBRARIES["en"].sessions[paused.session].steps

    assert paused.prompt in steps[paused.step].use
    assert paused.after is None


def test_a_note_belongs_to_its_check_in_and_has_its_mood() -> None:
    told = weeks()
    notes = {whole.entry.id: whole.entry for whole in told.entries if whole.entry.kind is Kind.NOTE}
    noted = [check_in for check_in in told.check_ins if check_in.note]

    assert {check_in.note for check_in in noted} == set(notes)
    assert all(notes[one.note].mood == one.mood and notes[one.note].written_at == one.at for one in noted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_share_holds_nothing_private_and_gives_every_name_another(language: str) -> None:
    told = weeks(language)
    entries = {whole.entry.id: whole for whole in told.entries}
    chosen = [entries[one] for one in told.chosen]

    assert len(chosen) == 3
    for whole in chosen:
        assert not whole.entry.private
        assert set(whole.entry.people) <= set(told.aliases)
        assert set(re.findall(r"\bAnn\w+|\bK\b", whole.body)) <= set(told.aliases)
    assert not re.search(r"\bAnn\w+|\bK\b", " ".join(told.talk_about) + " ".join(told.aliases.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_and_tags_are_found_in_what_was_written(language: str) -> None:
    entries = [whole.entry for whole in weeks(language).entries]

    assert {name for entry in entries for name in entry.people} == {"Anna", "K"}
    assert Counter(tag for entry in entries for tag in entry.tags).most_common(1)[0][1] >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_of_the_demo_is_in_the_library_and_has_lines_that_answer_it(language: str) -> None:
    told = weeks(language)

    assert told.question in LIBRARIES[language].prompts
    assert told.answer
    assert not any(line.startswith((".", ":")) for line in told.answer)


def test_polish_texts_leave_open_who_is_writing() -> None:
    told = weeks("pl")
    spoken = " ".join([*(whole.body for whole in told.entries), *told.talk_about, *told.answer])
    spoken += " ".join(one.answer for whole in told.entries for one in whole.follow_ups)
    gendered = r"\b\w+(?:łam|łem|łabym|łbym)\b|\bpowin(?:nam|ienem)\b|\b(?:jestem|byłam|byłem) \w+[ya]\b|\bsam[ay]?\b"

    assert not re.findall(gendered, spoken, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_in_these_weeks_is_healed_told_off_or_counted(language: str) -> None:
    said = " ".join(whole.body for whole in weeks(language).entries).casefold()
    unwanted = {
        "en": r"\b(?:heal\w*|forgiv\w*|normal|should|must|ought|abus\w*|sex\w*|streak|score)\b",
        "pl": r"\b(?:uzdr\w*|wylecz\w*|wybacz\w*|normaln\w*|muszę|powinn\w*|przemoc\w*|seks\w*)\b",
    }

    assert not re.findall(unwanted[language], said)


def test_the_words_between_the_parts_are_the_same_in_both_languages() -> None:
    english, polish = (
        tomllib.loads((PROMPTS / language / "words" / "demo.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    )

    assert placeholders(english["demo"]) == placeholders(polish["demo"])
    assert english["demo"]["ending"]["gone"].endswith("journal init")


@pytest.mark.parametrize(
    "spoilt", [b"", b"entry = 3", b"[[entry", b"check_ins = [3]\nentry = []\nsitting = []", b"\xff"]
)
def test_a_file_that_is_no_demo_is_refused_by_a_sentence(spoilt: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        demo_weeks(spoilt, "demo.toml", TODAY, LIBRARIES["en"])


def test_a_library_without_the_session_is_named_as_such() -> None:
    with pytest.raises(NotFound):
        demo_weeks(raw("en"), "demo.toml", TODAY, library("en", ()))

"""Limits, goals and their rows in the trash, in every window: own words whole, days named, nothing graded."""

from datetime import date

import pytest
from window import HOSTILE, at, lines, looks, show

from journal_cli.journal.goal import Goal, RatedGoal, Rating
from journal_cli.journal.limit import By, How, Limit, LimitNote, LimitStory
from journal_cli.packs import shelf
from journal_cli.screen.goals import goals_page, how_close
from journal_cli.screen.limits import about, choice, limits_page, story_page
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.trash import measured, practised, trash_list

TODAY = date(2026, 11, 24)
WORDS = {language: shelf.words(language, "look_back", "calendar", "limit", "goal") for language in ("en", "pl")}
EN = WORDS["en"]
FOUR = Limit("4tz80001", "I can come on Sunday, and I leave at four.", at("2025-10-02 19:00"))
PHONE = Limit("b1tc0002", "No phone at dinner", at("2026-11-20 19:00"), resting=True)
NOTES = (
    LimitNote("x9k20001", FOUR.id, at("2025-12-24 17:00"), How.KEPT),
    LimitNote("x9k30002", FOUR.id, at("2026-11-22 16:10"), How.CROSSED, By.OTHER, "She asked twice, and I stayed."),
    LimitNote("x9k40003", FOUR.id, at("2026-11-23 16:10"), How.PARTLY, By.ME),
)
STORY, EMPTY = LimitStory(FOUR, NOTES), LimitStory(PHONE)
SISTER = RatedGoal(
    Goal("g0a10001", "Call my sister", at("2026-10-01 19:00")),
    tuple(
        Rating(f"r00{n}0000", "g0a10001", at(f"2026-11-{n} 19:00"), value) for n, value in ((10, 2), (15, 9), (23, 5))
    ),
)
WALK = RatedGoal(Goal("g0a20002", "Walk home", at("2026-10-02 19:00"), resting=True))


def hostile(story: LimitStory) -> LimitStory:
    notes = [LimitNote(n.id, n.limit, n.at, n.how, n.by, HOSTILE) for n in story.notes]
    return LimitStory(Limit(story.limit.id, HOSTILE * 3, story.limit.at), tuple(notes))


def test_the_list_says_how_often_and_the_last_line_with_its_day() -> None:
    assert lines(limits_page([STORY, EMPTY], TODAY, Look(80), EN), Look(80)) == [
        "Limits",
        "  4tz8  I can come on Sunday, and I leave at four.",
        "        kept 1 · partly 1 · crossed 1",
        "        “She asked twice, and I stayed.”, 22 November",
        "Resting",
        "  b1tc  No phone at dinner · nothing noted",
        "Note a time with one:  journal limit note",
        "Take up a resting one:  journal limit take-up ID",
        "Read the story of one:  journal limit show 4tz8",
    ]


def test_the_story_names_each_day_and_leaves_gaps_alone() -> None:
    assert lines(story_page(STORY, TODAY, Look(80), EN), Look(80)) == [
        "I can come on Sunday, and I leave at four.",
        "put down on 2 October 2025",
        "  x9k2  24 December 2025, kept",
        "  x9k3  22 November, crossed, by somebody else",
        "        She asked twice, and I stayed.",
        "  x9k4  23 November, partly kept, by me",
        "Put a time in the trash:  journal delete x9k4",
    ]


def test_in_plain_mode_each_time_is_a_sentence() -> None:
    plain = Look(80, plain=True, colour=False)

    assert lines(story_page(STORY, TODAY, plain, EN), plain)[:5] == [
        "I can come on Sunday, and I leave at four.",
        "Put down on 2 October 2025.",
        "x9k2, 24 December 2025: kept.",
        "x9k3, 22 November: crossed, by somebody else. She asked twice, and I stayed.",
        "x9k4, 23 November: partly kept, by me.",
    ]


def test_goals_show_the_first_and_the_latest_rating_and_none_between() -> None:
    assert lines(goals_page([SISTER, WALK], TODAY, Look(80), EN), Look(80)) == [
        "Goals",
        "  g0a1  Call my sister",
        "        first 2 of 10 on 10 November · latest 5 of 10 on 23 November",
        "Resting",
        "  g0a2  Walk home",
        "Say how close they feel today:  journal goal rate",
        "Take up a resting one:  journal goal take-up ID",
    ]


def test_the_trash_names_them_by_kind_and_in_own_words() -> None:
    others = practised(
        EN,
        limits=[PHONE],
        goals=[WALK.goal],
        times=[LimitStory(FOUR, NOTES[1:2])],
        ratings=[RatedGoal(SISTER.goal, SISTER.ratings[:1])],
    )
    others.append(measured("q0000000", "PHQ-9", at("2026-11-03 10:00"), EN))

    assert lines(trash_list([], Voice(EN), Look(120), others=others), Look(120))[:5] == [
        "  b1tc  limit: No phone at dinner   20 November",
        "  g0a2  goal: Walk home   2 October",
        "  x9k3  a time with a limit, crossed: I can come on Sunday, and I leave at four.   22 November",
        "  r001  a rating of a goal, 2 of 10: Call my sister   10 November",
        "  q000  PHQ-9   3 November",
    ]


@pytest.mark.parametrize("look", looks(), ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_page_fits_every_window_and_nothing_written_can_steer_it(look: Look, language: str) -> None:
    words = WORDS[language]
    for story in (STORY, hostile(STORY)):
        goal = RatedGoal(Goal(SISTER.goal.id, story.limit.text, SISTER.goal.at), SISTER.ratings)
        rows = practised(words, limits=[story.limit], goals=[goal.goal], times=[story], ratings=[goal])
        pages = (
            limits_page([], TODAY, look, words),
            limits_page([story, EMPTY], TODAY, look, words),
            story_page(story, TODAY, look, words),
            story_page(EMPTY, TODAY, look, words),
            about(story, words("limit.how"), words("limit.how_keys"), look),
            choice([story.limit.text] * 2, words("limit.which"), words("limit.which_keys"), look),
            goals_page([], TODAY, look, words),
            goals_page([goal, WALK], TODAY, look, words),
            how_close(goal.goal, look, words),
            trash_list([], Voice(words), look, others=rows),
        )
        for page in pages:
            shown, drawn = lines(page, look), show(page, look)
            assert shown
            assert not set("\u202e\u2066\x07\x9b") & set(drawn)
            assert "\x1b[31m" not in drawn
            if look.ascii and language == "en" and story is STORY:
                assert all(line.isascii() for line in shown)
            if look.plain:
                assert "\x1b" not in drawn

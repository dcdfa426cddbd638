from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from leaving import FEELINGS, SINCE, UNTIL, at, composed, period, sat, spoken, told, whole

from journal_cli.errors import NotFound, NothingToDo, Protected
from journal_cli.journal.entry import WholeEntry
from journal_cli.journal.mood import Mood
from journal_cli.journal.sitting import State
from journal_cli.share.compose import Period, compose, left_out
from journal_cli.share.document import Document, Entries, FeelingWords, LeftOut, MoodWeeks, Sat, Sittings, Talk
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import BLOCKS, Plan
from journal_cli.share.redact import texts
from journal_cli.share.to_markdown import to_markdown


def block(document: Document, kind: type) -> object:
    return next((one for one in document.blocks if isinstance(one, kind)), None)


def test_a_document_holds_what_was_chosen_and_nothing_else() -> None:
    chosen, other = whole("aaaaaaaa", "mine", title="Sunday", tags=("tagged",)), whole("bbbbbbbb", "not this one")

    document = composed(Plan("md", talk_about=("One.",), entries=("aaaaaaaa",)), [chosen, other])

    assert [type(one) for one in document.blocks][:2] == [Talk, Entries]
    assert "mine" in set(texts(document))
    assert {"not this one", "tagged", "aaaaaaaa"}.isdisjoint(texts(document))


def test_entries_stand_oldest_first_and_once() -> None:
    wholes = [whole("aaaaaaaa", "late"), whole("bbbbbbbb", "early", SINCE)]

    document = composed(Plan("md", entries=("aaaaaaaa", "bbbbbbbb", "aaaaaaaa")), wholes)

    assert [passage.text for passage in block(document, Entries).passages] == ["early", "late"]


def test_a_private_entry_is_refused_however_it_was_chosen() -> None:
    with pytest.raises(Protected) as failure:
        composed(Plan("md", entries=("7k2m9qxa",)), [whole(private=True)])

    assert str(failure.value) == "entry 7k2m9qxa is private, and private never leaves"
    assert "journal mark 7k2m9qxa --no-private" in failure.value.hint
    assert failure.value.exit_code == 23


def test_an_entry_that_is_not_there_is_said_and_never_passed_over() -> None:
    with pytest.raises(NotFound):
        composed(Plan("md", entries=("7k2m9qxa", "nowhere0")), [whole()])


def test_an_entry_in_the_trash_does_not_leave() -> None:
    with pytest.raises(NotFound, match="trash"):
        composed(Plan("md", entries=("7k2m9qxa",)), [whole(deleted_at=at())])


def test_nothing_chosen_is_nothing_to_share() -> None:
    with pytest.raises(NothingToDo):
        composed(Plan("md"), [whole()])


def test_a_block_of_mood_needs_findings() -> None:
    bare = Period(SINCE, UNTIL)

    with pytest.raises(ValueError, match="mood"):
        compose(Plan("md", blocks=("mood",)), (), bare, spoken(), FEELINGS)


def test_what_stays_is_counted() -> None:
    outside = SINCE - timedelta(days=1)
    wholes = [
        whole("aaaaaaaa"),
        whole("bbbbbbbb", private=True),
        whole("cccccccc", private=True, sitting="ssssssss"),
        whole("dddddddd"),
        whole("eeeeeeee", day=outside, private=True),
        whole("ffffffff", deleted_at=at(), private=True),
    ]
    plan = Plan("md", blocks=("sittings",), entries=("aaaaaaaa",))

    document = composed(plan, wholes, [sat("ssssssss"), sat("tttttttt")])

    assert block(document, LeftOut) == LeftOut(private=2, entries=1, sittings=1, blocks=("mood", "words"))
    assert left_out(plan, period(wholes, [sat("ssssssss"), sat("tttttttt")])) == block(document, LeftOut)


def test_a_private_entry_counts_as_left_out_even_when_a_plan_names_it() -> None:
    assert left_out(Plan("md", entries=("7k2m9qxa",)), period([whole(private=True)])).private == 1


def test_nothing_left_out_is_not_mentioned() -> None:
    document = composed(Plan("md", blocks=BLOCKS))

    assert block(document, LeftOut) is None


def test_saying_what_was_left_out_is_a_choice() -> None:
    document = composed(Plan("md", talk_about=("One.",)), [whole(private=True)])

    assert block(document, LeftOut) is not None
    assert block(document.without(LeftOut), LeftOut) is None


def test_sittings_that_ended_stand_oldest_first_without_the_words_of_their_moods() -> None:
    sittings = [
        sat("aaaaaaaa"),
        sat("bbbbbbbb", SINCE, 2, None, title="First", state=State.STOPPED),
        sat("cccccccc", state=State.PAUSED),
        sat("dddddddd", state=State.OPEN),
        sat("eeeeeeee", deleted_at=at()),
        sat("ffffffff", SINCE - timedelta(days=1)),
        sat("gggggggg", UNTIL + timedelta(days=1)),
    ]

    document = composed(Plan("md", blocks=("sittings",)), (), sittings)

    assert block(document, Sittings).rows == (
        Sat(SINCE, "First", Mood(2), None),
        Sat(UNTIL, "Answering the critic", Mood(-1), Mood(0)),
    )


def test_a_sitting_in_which_something_private_was_written_stays() -> None:
    wholes = [whole("aaaaaaaa", private=True, sitting="ssssssss", session_title="Desire")]

    document = composed(Plan("md", blocks=("sittings",)), wholes, [sat("ssssssss", title="Desire")])

    assert block(document, Sittings).rows == ()
    assert "Desire" not in set(texts(document))


def test_a_sitting_stays_too_when_the_private_part_was_written_after_this_time() -> None:
    later = whole("aaaaaaaa", day=UNTIL + timedelta(days=9), private=True, sitting="ssssssss")

    document = composed(Plan("md", blocks=("sittings",)), [later], [sat("ssssssss", title="Desire")])

    assert block(document, Sittings).rows == ()
    assert block(document, LeftOut) == LeftOut(private=0, sittings=1, blocks=("mood", "words"))


def test_mood_keeps_its_gaps_and_says_its_words_in_the_language_of_the_page() -> None:
    check_ins = [told(SINCE, -2, 0, "tense", "own"), told(SINCE, 1, 1, "tense"), told(UNTIL, None)]

    document = composed(Plan("md", blocks=("mood", "words")), (), (), check_ins, "pl")

    mood = block(document, MoodWeeks)
    assert [week.n for week in mood.weeks] == [2, 0, 0, 0, 1]
    assert (mood.times, mood.days_told, mood.days) == (3, 2, 28)
    assert block(document, FeelingWords) == FeelingWords((("spięcie", 2), ("own", 1)), cant_tell=1)


def test_a_time_without_a_beginning_holds_everything_before_its_end() -> None:
    early = Period(None, UNTIL, [whole("aaaaaaaa", day=date(1999, 1, 1)).entry])

    document = compose(Plan("md", talk_about=("One.",)), (), early, spoken(), FEELINGS)

    assert block(document, LeftOut).entries == 1
    assert "until 23 November 2026, by me" in to_markdown(laid_out(document, spoken())).decode()


def test_a_label_names_the_page() -> None:
    assert composed(Plan("md", to="Marta", talk_about=("One.",))).title == "For Marta"


WORD = st.text("abcdefghij", min_size=6, max_size=6)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[WholeEntry], list[str], list[str]]:
    """Entries whose every text is a word found nowhere else; those of private and of chosen ones."""
    words = iter(draw(st.lists(WORD, min_size=40, max_size=40, unique=True)))
    wholes, secret, chosen = [], [], []
    for number in range(draw(st.integers(1, 5))):
        private = draw(st.booleans())
        mine = [next(words) for _ in range(6)]
        title, body, question, asked, answer, session = mine
        one = whole(
            f"{number}" * 8, body, title=title, question=question, follow_ups=[(asked, answer)], private=private
        )
        wholes.append(replace(one, entry=replace(one.entry, sitting=f"s{number}", session_title=session)))
        if private:
            secret += mine
        elif draw(st.booleans()):
            chosen.append(one.entry.id)
    return wholes, secret, chosen


@given(lives(), st.lists(st.sampled_from(BLOCKS), unique=True))
@example(
    ([whole("00000000", "secretly", private=True, sitting="s0", session_title="hidden")], ["secretly"], []),
    ["sittings"],
)
def test_nothing_private_is_ever_in_the_file_and_nothing_chosen_is_missing(
    life: tuple[list[WholeEntry], list[str], list[str]], blocks: list[str]
) -> None:
    wholes, secret, chosen = life
    sittings = [sat(one.entry.sitting, title=one.entry.session_title) for one in wholes]
    plan = Plan("md", talk_about=("One.",), blocks=tuple(blocks), entries=tuple(chosen))

    written = to_markdown(laid_out(composed(plan, wholes, sittings), spoken())).decode()

    assert not [word for word in secret if word in written]
    for one in wholes:
        if one.entry.id in chosen:
            parts = (
                one.entry.title,
                one.body,
                one.entry.question,
                one.follow_ups[0].question,
                one.follow_ups[0].answer,
            )
            assert all(part in written for part in parts)
        elif one.body not in secret:
            assert one.body not in written


def test_a_document_does_not_show_what_is_in_it() -> None:
    plan = Plan("md", talk_about=("One.",), entries=("7k2m9qxa",), to="Marta")
    document = composed(plan, [whole(body="mine", title="Sunday")])

    shown = "".join(map(repr, (plan, document, *document.blocks, *block(document, Entries).passages)))

    assert not [word for word in ("One.", "mine", "Sunday", "Marta") if word in shown]

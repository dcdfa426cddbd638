"""A pack written as a file is the pack that is read back; what somebody was given stands apart from what is there."""

import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.library import Homework, Pack, library
from journal_cli.journal.program import Program, Unit, Week
from journal_cli.journal.session import (
    CONTENT_NOTES,
    CheckInItem,
    Closing,
    Gate,
    Grounding,
    Intensity,
    Option,
    Prompt,
    Scale,
    Session,
    Step,
    StepKind,
    Theme,
)
from journal_cli.packs.homework import apart, less, offered
from journal_cli.packs.pack import build, read_pack
from journal_cli.packs.shelf import shipped_library, shipped_packs
from journal_cli.packs.source import FORBIDDEN, open_source
from journal_cli.packs.table import LONGEST_ID
from journal_cli.packs.writing import quoted, written

HARD = "\"'\\ \\u00e9 \"\"\" ''' # [x] = {} ł \U0001f468\u200d\U0001f469 \t tab \\\\ end\\"


def told(text: str) -> str:
    """Make a text what a pack's file can hold: no forbidden signs, no space around it, something in it."""
    return FORBIDDEN.sub("", text).strip() or "a"


lines = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n"), min_size=1, max_size=60).map(told)
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120).map(told)
ids = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
notes = st.lists(st.sampled_from(CONTENT_NOTES), unique=True, max_size=3).map(tuple)
several = st.lists(texts, max_size=4).map(tuple)
some_ids = st.lists(ids, max_size=3).map(tuple)
levels = st.fixed_dictionaries(
    {
        "intensity": st.sampled_from(Intensity),
        "content_notes": notes,
        "private": st.booleans(),
        "gate": st.none() | st.sampled_from(Gate),
    }
)
moments = st.none() | st.sampled_from(MomentKind)
steps = st.one_of(
    st.builds(Step, st.just(StepKind.MOOD), when=st.sampled_from(["before", "after"]), optional=st.booleans()),
    st.builds(Step, st.just(StepKind.NOTE), text=texts, optional=st.booleans()),
    st.builds(Step, st.sampled_from([StepKind.PACE, StepKind.KEEP]), optional=st.booleans()),
    st.builds(
        Step,
        st.sampled_from([StepKind.PROMPT, StepKind.GROUNDING, StepKind.CLOSING]),
        use=st.lists(ids, min_size=1, max_size=3).map(tuple),
        optional=st.booleans(),
    ),
)
options = st.lists(st.builds(Option, ids, lines), min_size=2, max_size=9, unique_by=lambda one: one.id).map(tuple)
scales = st.one_of(
    st.builds(Scale, options=options),
    st.builds(Scale, st.integers(0, 40), st.integers(41, 100), st.just("") | lines, st.just("") | lines),
)
weeks = st.builds(
    Week,
    title=lines,
    sessions=some_ids,
    prompts=some_ids,
    check_ins=some_ids,
    measures=some_ids,
    sittings=st.integers(1, 14),
    optional=st.booleans(),
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Any pack a file can say, whether its parts fit or not."""
    head = {"pack": draw(ids), "version": draw(st.sampled_from(["1.0.0", "0.2.13"])), "language": "pl"}
    prompt = st.builds(
        lambda level, **given: Prompt(**given, **level, **head),
        levels,
        id=ids,
        text=texts,
        theme=st.none() | ids,
        kind=st.sampled_from(["write", "list", "letter"]),
        minutes=st.integers(1, 240),
        follow_ups=several,
        tags=st.lists(ids, max_size=2).map(tuple),
        moment=moments,
    )
    session = st.builds(
        lambda level, **given: Session(**given, **level, **head),
        levels,
        id=ids,
        title=lines,
        steps=st.lists(steps, min_size=1, max_size=5).map(tuple),
        about=st.just("") | texts,
        minutes=st.integers(1, 240),
    )
    program = st.builds(
        lambda level, **given: Program(pack=head["pack"], **given, **level),
        levels,
        id=ids,
        title=lines,
        weeks=st.lists(weeks, min_size=1, max_size=3).map(tuple),
        about=st.just("") | texts,
        unit=st.sampled_from(Unit),
    )
    item = st.builds(CheckInItem, ids, texts, scales, chart=st.booleans(), private=st.booleans(), content_notes=notes)

    def some(one: st.SearchStrategy) -> tuple:
        return draw(st.lists(one, max_size=2).map(tuple))

    return Pack(
        id=head["pack"],
        title=draw(lines),
        language="pl",
        version=head["version"],
        summary=draw(st.just("") | texts),
        licence=draw(st.sampled_from(["private", "CC-BY-4.0"])),
        authors=some(lines),
        source=draw(st.just("") | texts),
        intensity=draw(st.sampled_from(Intensity)),
        content_notes=draw(notes),
        audience=draw(st.sampled_from(["anyone", "homework"])),
        translates=draw(st.none() | st.just(("en", "1.0.0"))),
        homework=draw(
            st.none() | st.builds(Homework, st.just("") | lines, st.just("") | texts, st.sampled_from(["ask", "never"]))
        ),
        themes=some(st.builds(Theme, ids, lines, st.just("") | texts)),
        prompts=some(prompt),
        groundings=some(st.builds(Grounding, ids, lines, st.lists(texts, min_size=1, max_size=3).map(tuple))),
        closings=some(st.builds(Closing, ids, st.lists(texts, min_size=1, max_size=3).map(tuple), st.just("") | lines)),
        sessions=some(session),
        programs=some(program),
        check_ins=some(item),
    )


def one_question(text: str, id_: str = "own", **more: object) -> Pack:
    return Pack(id=id_, title="For this week", language="en", prompts=(Prompt("first", text, id_),), **more)


@given(packs())
@example(one_question(HARD))
@example(one_question("two\nlines\n\n  and a third"))
@example(one_question('"""'))
@example(one_question("\\"))
def test_a_pack_written_and_read_again_is_the_same(pack: Pack) -> None:
    assert build(open_source(written(pack).encode(), "any.toml")) == pack


@given(st.text(st.characters(exclude_categories=("Cs",))))
@example("\x00\x1b[31m\x7f\r\n")
def test_no_text_ends_its_own_quotation_marks_or_its_line(text: str) -> None:
    line = quoted(text)

    assert not any(sign < " " or sign == "\x7f" for sign in line)
    assert line[0] == line[-1] == '"'
    assert line[1:-1].replace("\\\\", "").replace('\\"', "").count('"') == 0


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_pack_on_the_shelf_can_be_written_and_read_again(language: str) -> None:
    """A new key of the format that the writer does not know is found here."""
    for pack in shipped_packs(language):
        assert build(open_source(written(pack).encode(), pack.id)) == pack


# Beside what is there already

SHELF = shipped_library("en")


def given_pack(text: str) -> Pack:
    return read_pack(text.encode(), "given.toml", known=SHELF)


HEAD = 'format = 1\n[pack]\nid = "week-one"\ntitle = "Week one"\nlanguage = "en"\n'


def test_prompts_without_an_id_are_called_by_their_pack() -> None:
    first = given_pack(HEAD + '[[prompt]]\ntext = "One?"\n[[prompt]]\ntext = "Two?"\n')
    other = given_pack(HEAD.replace("week-one", "week-two") + '[[prompt]]\ntext = "Three?"\n')

    assert [one.id for one in (*first.prompts, *other.prompts)] == ["week-one-1", "week-one-2", "week-two-1"]


@pytest.mark.parametrize("length", [1, 40, 57, 58, 59, 63, 64])
def test_an_id_made_of_a_long_name_can_be_read_again(length: int) -> None:
    pack = given_pack(
        HEAD.replace("week-one", "a-b" * 21 + "a" if length == 64 else "a" * length) + "[[prompt]]\ntext = 'Q?'\n"
    )

    assert len(pack.prompts[0].id) <= LONGEST_ID
    assert build(open_source(written(replace(pack, prompts=pack.prompts[::-1])).encode(), "x")).prompts == pack.prompts


def test_homework_never_stands_in_the_place_of_a_shipped_text() -> None:
    pack = given_pack(
        HEAD
        + 'intensity = "steady"\n[[theme]]\nid = "trust-self"\ntitle = "Another title"\n'
        + '[[prompt]]\nid = "kept-word"\ntext = "Mine?"\n'
        + '[[prompt]]\nid = "evening-signals"\ntext = "A session\'s id?"\n'
        + '[[grounding]]\nid = "room"\ntitle = "My room"\nlines = ["Look."]\n'
        + '[[closing]]\nid = "put-down"\nlines = ["Done."]\n'
        + '[[session]]\nid = "where-my-edges-are"\ntitle = "Mine"\n'
        + '[[session.step]]\nkind = "grounding"\nuse = ["room", "hands"]\n'
        + '[[session.step]]\nkind = "mood"\nwhen = "before"\n'
        + '[[session.step]]\nkind = "prompt"\nuse = ["kept-word", "signal-today"]\n'
        + '[[session.step]]\nkind = "mood"\nwhen = "after"\n[[session.step]]\nkind = "closing"\nuse = ["put-down"]\n'
        + '[[program]]\nid = "two-weeks-of-small-trusts"\ntitle = "Mine"\n[[program.week]]\ntitle = "One"\n'
        + 'sessions = ["where-my-edges-are"]\nprompts = ["kept-word", "later-me"]\n'
    )
    there = offered(pack, SHELF)
    together = library("en", (*SHELF.packs, there))

    for kind in ("themes", "prompts", "groundings", "closings", "sessions", "programs", "check_ins"):
        before = getattr(SHELF, kind)
        assert {id_: getattr(together, kind)[id_] for id_ in before} == before, kind
    assert [one.id for one in there.prompts] == ["week-one-kept-word", "week-one-evening-signals"]
    mine = together.sessions["week-one-where-my-edges-are"]
    assert mine.steps[0].use == ("week-one-room", "hands")
    assert mine.steps[2].use == ("week-one-kept-word", "signal-today")
    assert mine.steps[-1].use == ("week-one-put-down",)
    week = together.programs["week-one-two-weeks-of-small-trusts"].weeks[0]
    assert (week.sessions, week.prompts) == (("week-one-where-my-edges-are",), ("week-one-kept-word", "later-me"))


def test_two_packs_with_the_same_ids_live_side_by_side() -> None:
    first = offered(one_question("One?", "one"), SHELF)
    both = library("en", (*SHELF.packs, first))
    second = offered(one_question("Two?", "two"), both)

    assert [one.id for one in (*first.prompts, *second.prompts)] == ["first", "two-first"]
    assert second.sessions[0].steps[2].use == ("two-first",)
    assert apart(second, both) == second


def test_homework_without_a_session_is_sat_as_one() -> None:
    session = offered(one_question("One?", homework=Homework(note="Any day.")), SHELF).sessions[0]

    assert (session.id, session.title, session.about, session.minutes) == ("own", "For this week", "Any day.", 8)
    assert [step.kind.value for step in session.steps] == ["grounding", "mood", "prompt", "mood", "closing"]
    assert set(session.steps[0].use) <= SHELF.groundings.keys()
    assert set(session.steps[-1].use) <= SHELF.closings.keys()


def test_a_prompt_that_is_called_like_its_pack_keeps_its_name() -> None:
    pack = Pack(id="own", title="Own", language="en", prompts=(Prompt("own", "One?", "own"),))
    there = offered(pack, SHELF)

    assert (there.prompts[0].id, there.sessions[0].id) == ("own", "own-sitting")


@pytest.mark.parametrize("share, private", [("ask", False), ("never", True)])
def test_answers_that_are_never_shared_begin_private(share: str, private: bool) -> None:
    there = offered(one_question("One?", homework=Homework(share=share)), SHELF)

    assert [one.private for one in (*there.prompts, *there.sessions)] == [private, private]


# Less of it

THREE = HEAD + (
    'content_notes = ["shame", "loss", "faith"]\n'
    '[[prompt]]\nid = "one"\ntext = "One?"\ncontent_notes = ["shame"]\n'
    '[[prompt]]\nid = "two"\ntext = "Two?"\ncontent_notes = ["loss"]\n'
    '[[session]]\nid = "both"\ntitle = "Both"\ncontent_notes = ["shame", "loss"]\n'
    '[[session.step]]\nkind = "mood"\nwhen = "before"\n[[session.step]]\nkind = "prompt"\nuse = ["one", "two"]\n'
    '[[session.step]]\nkind = "prompt"\nuse = ["one"]\n'
    '[[session.step]]\nkind = "mood"\nwhen = "after"\n[[session.step]]\nkind = "closing"\nuse = ["put-down"]\n'
    '[[session]]\nid = "alone"\ntitle = "Alone"\n'
    '[[session.step]]\nkind = "mood"\nwhen = "before"\n[[session.step]]\nkind = "prompt"\nuse = ["one"]\n'
    '[[session.step]]\nkind = "mood"\nwhen = "after"\n[[session.step]]\nkind = "closing"\nuse = ["put-down"]\n'
    '[[program]]\nid = "weeks"\ntitle = "Weeks"\n[[program.week]]\ntitle = "A"\nsessions = ["alone"]\n'
    '[[program.week]]\ntitle = "B"\nsessions = ["both"]\nprompts = ["one"]\n'
)


def test_what_was_left_out_leaves_no_gap_behind() -> None:
    pack = less(given_pack(THREE), ["one"])

    assert [one.id for one in pack.prompts] == ["two"]
    assert pack.content_notes == ("loss", "faith"), "what is about the whole pack stays"
    assert [(one.id, one.content_notes) for one in pack.sessions] == [("both", ("loss",))]
    assert [step.use for step in pack.sessions[0].steps if step.kind is StepKind.PROMPT] == [("two",)]
    assert [(week.title, week.sessions, week.prompts) for week in pack.programs[0].weeks] == [("B", ("both",), ())]
    assert read_pack(written(pack).encode(), "again", known=SHELF) == pack


def test_nothing_left_out_is_the_pack_itself() -> None:
    pack = given_pack(THREE)

    assert less(pack, []) == pack
    everything = less(pack, ["one", "two"])
    assert (everything.prompts, everything.sessions, everything.programs) == ((), (), ())

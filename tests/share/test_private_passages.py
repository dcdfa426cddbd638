"""What stands between `{{` and `}}` never leaves, nor do tags and ids, wherever in a document they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leaving import composed, sat, spoken, whole

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.text import tags
from journal_cli.share.document import LeftOut
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.private_passages import without_marks, without_private
from journal_cli.share.to_markdown import to_markdown


@pytest.mark.parametrize(
    "text, left, taken",
    [
        ("", "", 0),
        ("A day.", "A day.", 0),
        ("A {{hidden}} day.", "A […] day.", 1),
        ("{{a}}{{b}}", "[…][…]", 2),
        ("A day. {{To the end\nof it.", "A day. […]", 1),
        ("{{a {{b}} c}} d", "[…] d", 1),
        ("{{a {{b}} c", "[…]", 1),
        ("{{{a}}} b", "[…] b", 1),
        ("{{{{a}} b}} c", "[…] c", 1),
        ("a }} b", "a }} b", 0),
        ("a }} {{b}} c", "a }} […] c", 1),
        ("{a} {b}", "{a} {b}", 0),
        ("{{}}", "[…]", 1),
        ("{{first\n\nsecond}}\nthird", "[…]\nthird", 1),
    ],
)
def test_a_private_passage_is_taken_out_whole(text: str, left: str, taken: int) -> None:
    assert without_private(text) == (left, taken)


@given(st.text("ab {}\n", max_size=30))
def test_nothing_after_an_open_mark_leaves_before_it_is_closed(text: str) -> None:
    left, taken = without_private(text)

    assert "{{" not in left
    assert left.count("[…]") == taken
    kept = text.split("{{", 1)[0]
    assert left.startswith(kept)
    assert (taken == 0) == ("{{" not in text)
    assert without_private(left) == (left, 0)


@given(st.lists(st.tuples(st.text("ab \n", max_size=5), st.text("xy \n", max_size=5)), max_size=5))
def test_what_stands_between_is_gone_and_what_stands_outside_stays(pieces: list[tuple[str, str]]) -> None:
    text = "".join(f"{outside}{{{{{inside}}}}}" for outside, inside in pieces)

    assert without_private(text) == ("".join(f"{outside}[…]" for outside, _ in pieces), len(pieces))


def test_private_passages_leave_nowhere_and_are_counted() -> None:
    one = whole(
        body="Seen. {{HIDDEN}} And {{HIDDEN",
        title="With {{HIDDEN}}",
        question="Who?",
        follow_ups=[("And then?", "Then {{HIDDEN}} more")],
    )
    plan = Plan("md", to="M {{HIDDEN}}", talk_about=("One {{HIDDEN}}",), blocks=("sittings",), entries=("7k2m9qxa",))

    document = composed(plan, [one], [sat("ssssssss", title="A {{HIDDEN}} letter")])
    page = to_markdown(laid_out(document, spoken())).decode()

    assert "HIDDEN" not in page
    assert "7 private passages" in page
    assert next(block for block in document.blocks if isinstance(block, LeftOut)).passages == 7


@pytest.mark.parametrize("wanted", ["HIDDEN", "HIDDEN}} And", "Seen. HIDDEN"])
def test_no_part_of_one_can_be_chosen(wanted: str) -> None:
    plan = Plan("md", entries=("7k2m9qxa",), passages={"7k2m9qxa": wanted})

    with pytest.raises(NotWhatItSays) as refusal:
        composed(plan, [whole(body="Seen. {{HIDDEN}} And more.")])

    assert "HIDDEN" not in f"{refusal.value} {refusal.value.hint} {refusal.value!r}"


def test_a_part_that_holds_one_leaves_without_it() -> None:
    plan = Plan("md", entries=("7k2m9qxa",), passages={"7k2m9qxa": "Seen. {{HIDDEN}} And"})
    document = composed(plan, [whole(body="Seen. {{HIDDEN}} And more.")])

    assert "Seen. \\[…\\] And\n" in to_markdown(laid_out(document, spoken())).decode()


@pytest.mark.parametrize(
    "text, left",
    [
        ("Told #work about it.", "Told about it."),
        ("#therapist\nWhy I skipped it.", "Why I skipped it."),
        ("Why I skipped it. #therapist #later", "Why I skipped it."),
        ("#therapist Why I skipped it.", "Why I skipped it."),
        ("(#work)", "()"),
        ("#a#b-#c rest", "- rest"),
        ("#a#a" * 3000, ""),
        ("a #b\n" * 3000, "a\n" * 3000),
        ("First.\n\n#a #b\nLast.", "First.\n\nLast."),
        ("#1 of 3, C#, \\#no, a#b", "#1 of 3, C#, \\#no, a#b"),
        ("#ro\u0301z\u0307a.", "."),
        ("See 7k2m9qxa, and 7k2m9qxb.", "See, and 7k2m9qxb."),
        ("7K2M9QXA", ""),
        ("x7k2m9qxa", "x7k2m9qxa"),
        ("  Indented stays.\n  So.", "  Indented stays.\n  So."),
    ],
)
def test_tags_and_ids_are_taken_out(text: str, left: str) -> None:
    assert without_marks(text, {"7k2m9qxa"}) == left


@given(st.text("ab# \n-_1ó", max_size=30))
def test_no_tag_is_left(text: str) -> None:
    left = without_marks(text)

    assert all(tag.isdigit() for tag in tags(left))
    if not tags(text):
        assert left == text


def test_a_page_names_no_tag_and_no_entry() -> None:
    one = whole(body="On #work, after bbbb1111.", title="#Sunday dinner")
    page = to_markdown(laid_out(composed(Plan("md", entries=("7k2m9qxa",)), [one, whole("bbbb1111")]), spoken()))

    assert b"#work" not in page
    assert b"Sunday" not in page
    assert b"bbbb1111" not in page
    assert "On, after." in page.decode()

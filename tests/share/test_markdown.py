import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from leaving import SINCE, UNTIL, composed, read_back, sat, spoken, told, whole

from journal_cli.journal.text import visible
from journal_cli.share import to_markdown as page
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.to_markdown import to_markdown

Test = Callable[[str], None]

PLAIN = {"paragraph_open", "paragraph_close", "inline"}
FRAME = PLAIN | {"heading_open", "heading_close", "em_open", "em_close", "hr", "blockquote_open", "blockquote_close"}
TRAPS = [
    "# x",
    "x #",
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "[a](javascript:alert(1))",
    "![a](http://x.y/z.png)",
    "[a]: http://x.y\n\n[a]",
    "<http://x.y>",
    "*bold* **bold** _it_ ~~no~~",
    "`code` ``x``",
    "```\nfence\n```",
    "~~~\nfence\n~~~",
    "1. one\n2) two",
    "- a\n+ b\n* c",
    "x\n===\ny\n---\nz",
    "---\ntitle: x\n---",
    "a | b\n--|--\n1 | 2",
    "> quoted",
    "&amp; &#35; &lt;",
    "    four spaces\n\n\tand a tab",
    "ends in \\",
    "ends in \\\nand goes on",
    "ends in two spaces  \nand goes on",
    "\\# \\\\ \\",
    "\u3000字は字\n\u00a0x",
    "\n\nx\n\n\n\ny\n\n",
    "\x1b[2Jx\x00\u202ey\u2028z\r\nw\rv",
    ": a definition",
    "- - -\n***",
    "10",
    "1.",
    "-",
]


def seen(text: str) -> str:
    """What a reader of a page should see: lines as they are, their indentation too, empty ones parting paragraphs."""
    lines = [
        re.sub(r"^\s+", lambda found: found[0].expandtabs(4).replace(" ", "\u00a0"), line).rstrip()
        for line in visible(text).split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line if line.strip() else "" for line in lines)).strip("\n")


def paragraphs_with(pattern: st.SearchStrategy[str]) -> Callable[[Test], Test]:
    def decorate(test: Test) -> Test:
        for trap in reversed(TRAPS):
            test = example(trap)(test)
        return given(pattern)(test)

    return decorate


WRITING = st.one_of(
    st.text(),
    st.text(alphabet="ab 1.)#*_-+=>|~`[](){}<>!&;:/\\\n\t@$^\"'w"),
    st.lists(st.sampled_from(TRAPS)).map("\n".join),
).filter(lambda text: text.strip() and "\ud800" not in text)


@paragraphs_with(WRITING)
def test_what_was_written_renders_as_it_was_written_and_as_nothing_more(text: str) -> None:
    text_back, kinds = read_back(page._paragraphs(text))

    assert text_back.strip("\n") == seen(text)
    assert kinds <= PLAIN


@paragraphs_with(WRITING)
def test_a_title_renders_as_one_line_of_heading(text: str) -> None:
    text_back, kinds = read_back(f"### {page._inline(text)}\n")

    assert text_back.strip("\n") == page.visible_line(text).strip()
    assert kinds <= {"heading_open", "heading_close", "inline"}


@paragraphs_with(WRITING)
def test_a_question_renders_as_one_quotation(text: str) -> None:
    text_back, kinds = read_back(page._quoted(text))

    assert text_back.strip("\n") == seen(text)
    assert kinds <= PLAIN | {"blockquote_open", "blockquote_close"}


@paragraphs_with(WRITING)
def test_a_cell_of_a_table_renders_as_it_was_written(text: str) -> None:
    table = page._table(["Day", "Sitting"], [["4 Nov", text]])

    text_back, kinds = read_back(table)

    assert text_back.split("\n\n")[:4] == ["Day", "Sitting", "4 Nov", page.visible_line(text).strip()]
    assert {kind for kind in kinds if not re.fullmatch(r"(table|thead|tbody|tr|th|td)_(open|close)", kind)} == {
        "inline"
    }


@paragraphs_with(WRITING)
def test_a_line_to_talk_about_stays_one_line_of_a_list(text: str) -> None:
    text_back, kinds = read_back(page._numbered([text, "next"]))

    assert text_back.split("\n\n")[:2] == [page.visible_line(text).strip(), "next"]
    assert {"bullet_list_open", "heading_open", "fence", "code_block", "html_block"}.isdisjoint(kinds)


@pytest.mark.parametrize("address", ["http://a.b", "https://a.b/c", "see www.a.b now", "WWW.a.b", "anna@a.b"])
def test_an_address_is_not_left_for_a_reader_to_make_a_link_of(address: str) -> None:
    written = page._line(address)

    assert not re.search(r"https?://|(?i:www\.)|\w@\w", written)
    assert read_back(written)[0].strip() == address


@given(WRITING, WRITING)
@example("\x1b]0;x\x07", "\u202e")
def test_no_control_and_no_sign_that_turns_a_line_reaches_the_file(title: str, body: str) -> None:
    chosen = whole(title=title, body=body)
    document = composed(Plan("md", entries=(chosen.entry.id,), talk_about=(title,), to=title), [chosen])
    content = to_markdown(laid_out(document, spoken()))

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", content.decode())


def a_whole_page(language: str) -> str:
    entries = [
        whole("aaaaaaaa", "I said no.\nThen I sat down.", title="Sunday", question="What happened?"),
        whole("bbbbbbbb", "I let go.", SINCE, follow_ups=[("And then?", "Nothing.")]),
        whole("cccccccc", "never", private=True),
        whole("dddddddd", "not chosen"),
    ]
    sittings = [sat("ssssssss"), sat("tttttttt", SINCE, None, 2)]
    check_ins = [told(SINCE, -2, 0, "tense"), told(SINCE, 1, 1, "tense", "own | word"), told(UNTIL, None)]
    plan = Plan(
        "md", talk_about=("First.", "Second."), blocks=("mood", "words", "sittings"), entries=("aaaaaaaa", "bbbbbbbb")
    )
    return to_markdown(laid_out(composed(plan, entries, sittings, check_ins, language), spoken(language))).decode()


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_page_says_what_was_chosen(language: str) -> None:
    agreed = Path(__file__).with_name(f"page_{language}.md").read_text(encoding="utf-8")

    assert a_whole_page(language) == agreed


def test_a_page_holds_no_markup_but_its_own_and_no_link() -> None:
    _, kinds = read_back(a_whole_page("en"))

    assert {kind for kind in kinds if re.match("html|link|image|fence|code", kind)} == set()


def test_a_week_without_numbers_is_a_gap_and_never_a_zero() -> None:
    written = a_whole_page("en")

    assert "| 2 Nov | none |  |  |" in written
    assert not re.search(r"\| 2 Nov \|.*0", written)


def test_what_could_not_be_told_is_said_and_not_counted_as_a_number() -> None:
    sittings = [sat("ssssssss", before=None, after=None)]
    plan = Plan("md", blocks=("mood", "words", "sittings"))

    written = to_markdown(laid_out(composed(plan, (), sittings, [told(UNTIL, None)]), spoken())).decode()

    assert "| 23 Nov | 1 | – | – |" in written
    assert "Could not tell: 1." in written
    assert "| 23 Nov | Answering the critic | – | – |" in written


def test_nothing_to_tell_is_said_too() -> None:
    written = to_markdown(laid_out(composed(Plan("md", blocks=("mood", "words", "sittings"))), spoken())).decode()

    assert "No mood was told in this time." in written
    assert written.count("Nothing in this time.") == 2

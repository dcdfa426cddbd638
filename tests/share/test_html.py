import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given
from hypothesis import strategies as st
from leaving import SINCE, UNTIL, spoken

from journal_cli.insight.moods import Spread, WeekOfMoods
from journal_cli.journal.mood import Mood
from journal_cli.journal.text import visible
from journal_cli.share import document as doc
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Page,
    Quoted,
    Sentence,
    Table,
    Week,
    Weeks,
    Written,
    laid_out,
)
from journal_cli.share.picture import HEIGHT, mood_picture
from journal_cli.share.to_html import ITERATIONS, STEP, to_html

Test = Callable[[str], None]

PASSWORD = "amber fjord cactus linen mosaic"
CHEAP = 3  # iterations
VOID = {"meta", "br", "hr", "input"}
FRAME = {"html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "h3", "p", "br", "hr"}
FRAME |= {"ol", "ul", "li", "blockquote", "div", "table", "thead", "tbody", "tr", "th", "td"}
PICTURE = {"figure", "svg", "line", "circle", "text"}
ATTRIBUTES = {"lang", "translate", "charset", "http-equiv", "name", "content", "class", "dir", "scope"}
TRAPS = [
    "<script>ran = 1</script>",
    "<img src=x onerror=ran=1>",
    "</style></title></p><h1>x</h1>",
    "\"'><svg onload=ran=1>",
    "<!-- gone --> <![CDATA[ x ]]>",
    "{{ 7 * 7 }} {policy} {sealed} {script} ${x}",
    '<a href="javascript:ran=1">x</a>',
    "&lt;b&gt; &amp; &#60; &notanentity &copy",
    "\x00\x1b[2J\u202eevil\u2066\u200b\ufeff",
    "\ud800 half",
    "a\r\nb\rc\u2028d\u0085e\x0cf",
    "\n\n  x\n\n\n\ty\n\n",
    "العربية \u05d0\u05d1\u05d2 字は字 👩\u200d👩\u200d👧 zażółć",
]


@dataclass
class Read(HTMLParser):
    """What a reader of HTML sees: text, by where it stands, and everything that is more than text."""

    shown: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    apart: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "br":
            self.shown.append("\n")
        elif tag not in VOID:
            self.within.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag

    def handle_data(self, data: str) -> None:
        for apart in ("style", "script", "title"):
            if apart in self.within:
                self.apart[apart] = self.apart.get(apart, "") + data
                return
        (self.drawn if "svg" in self.within else self.shown).append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def words(self) -> list[str]:
        return " ".join(self.shown).split()

    def value(self, tag: str, name: str) -> str:
        return next(value for where, what, value in self.attributes if (where, what) == (tag, name))


def read(content: bytes) -> Read:
    reader = Read()
    reader.feed(content.decode())
    reader.close()
    assert reader.within == []
    return reader


def said(thing: Any) -> list[str]:
    """Every text a page holds, in order, whatever its parts are called; not the numbers of a picture or of sheets."""
    if isinstance(thing, str):
        return visible(thing).split()
    if isinstance(thing, tuple):
        return [word for one in thing for word in said(one)]
    if isinstance(thing, Spread) or not is_dataclass(thing):
        return []
    return [
        word
        for one in fields(thing)
        if one.name not in {"language", "page_of"}
        for word in said(getattr(thing, one.name))
    ]


def a_document(language: str, weeks: int = 4) -> doc.Document:
    starts = [UNTIL - timedelta(weeks=weeks - 1 - number) for number in range(weeks)]
    moods = tuple(
        WeekOfMoods(start, 0)
        if number % 4 == 2
        else WeekOfMoods(start, 4, Spread(-2, -0.5, 1), Spread(0, 1, 2) if number else None)
        for number, start in enumerate(starts)
    )
    measured = doc.MeasureRow("phq-9", "PHQ-9", UNTIL, (), 9, 27, (SINCE, 13), 5, "Löwe 2004", "mild", "5-9", "Kroenke")
    blocks = (
        doc.Talk(("A limit with my sister.", "The letter.")),
        doc.MoodWeeks(moods, 11, 11, 28),
        doc.FeelingWords((("tense", 6), ("tired", 4)), 2),
        doc.Sittings((doc.Sat(SINCE, "Answering the critic", Mood(-1, 0), Mood(0, 0)),)),
        doc.Limits((doc.LimitRow("I leave at four.", 3, 1, 0),)),
        doc.Goals((doc.GoalRow("Say no without a long explanation", (SINCE, 2), (UNTIL, 5)),)),
        doc.Measures((measured,)),
        doc.Entries((doc.Passage(UNTIL, "I said no.\n\nThen I sat down.", "Sunday", "What happened?"),)),
        doc.LeftOut(private=2, blocks=("words",)),
        doc.Footer(),
    )
    return doc.Document(language, spoken(language)("share.title"), SINCE, UNTIL, blocks)


def a_page(language: str = "en", weeks: int = 4) -> Page:
    return laid_out(a_document(language, weeks), spoken(language))


def everywhere(text: str) -> Page:
    """A page with this text wherever a person's words can stand."""
    week = Week((text, "1", text, ""), Spread(-1, 0, 1), None)
    parts = (
        *(Heading(text), Heading(text, 3), Sentence(text), Sentence(text, quiet=True), Numbered((text, "next"))),
        *(Listed((text,)), Table((text, text), ((text, text),)), Weeks(("a", "b", text, "d"), (week,))),
        *(Quoted(text), Written(text)),
    )
    return Page("en", text, text, text, parts)


def everywhere_with(test: Test) -> Test:
    for trap in reversed(TRAPS):
        test = example(trap)(test)
    return given(st.one_of(st.text(), st.lists(st.sampled_from(TRAPS)).map("\n".join)))(test)


def opened(content: bytes, password: str = PASSWORD, terms: str = "") -> bytes:
    """Open a locked page with nothing but what stands in it, the way its own script does."""
    page = read(content)
    terms = terms or page.value("div", "data-terms")
    derivation, iterations, salt, cipher, nonce = terms.split(" ")
    assert (derivation, cipher) == ("PBKDF2-HMAC-SHA256", "AES-256-GCM")
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(iterations), 32)
    return AESGCM(key).decrypt(base64.b64decode(nonce), sealed(content), terms.encode())


def sealed(content: bytes) -> bytes:
    found = re.search(rb'<div id="sealed"[^>]*>(.*?)</div>', content, re.DOTALL)
    assert found
    return base64.b64decode(found[1])


def locked(page: Page, password: str = PASSWORD) -> bytes:
    return to_html(page, password, iterations=CHEAP)


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# In the clear.


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("weeks", [1, 4, 12, 53])
def test_a_page_says_every_word_of_it_in_order_and_no_other(language: str, weeks: int) -> None:
    page = a_page(language, weeks)

    shown = read(to_html(page))

    assert shown.words == said(page)
    assert len(shown.words) > 100
    assert shown.apart["title"] == page.title
    assert shown.value("html", "lang") == language


@everywhere_with
def test_what_was_written_stays_text_wherever_it_stands(text: str) -> None:
    page = everywhere(text)

    shown = read(to_html(page))

    assert shown.words == said(page)
    assert set(shown.tags) <= FRAME | PICTURE
    assert {name for tag, name, _ in shown.attributes if tag not in PICTURE} <= ATTRIBUTES
    assert not [value for _, name, value in shown.attributes if name.startswith("on") or name in {"src", "href"}]


@everywhere_with
def test_lines_and_paragraphs_are_as_they_were(text: str) -> None:
    page = Page("en", "t", "b", "p", (Written(text),))

    content = to_html(page).decode()

    written = content.partition("</header>")[2]
    back = "\n\n".join("".join(read(one.encode()).shown) for one in re.findall("<p .*?</p>", written, re.DOTALL))
    lines = [line.rstrip() for line in visible(text).split("\n")]
    assert back == re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip("\n"))


def test_no_control_and_no_sign_that_turns_a_line_reaches_the_file() -> None:
    content = to_html(everywhere("\n".join(TRAPS))).decode()

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", content)


def test_a_page_in_the_clear_holds_no_script_and_its_policy_lets_nothing_in_but_its_style() -> None:
    shown = read(to_html(a_page()))

    policy = shown.value("meta", "content")
    assert "script" not in shown.apart
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hashed(shown.apart['style'])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "url(" not in shown.apart["style"]
    assert "@import" not in shown.apart["style"]


def test_a_page_says_nothing_of_itself_but_how_it_is_to_be_shown() -> None:
    shown = read(to_html(a_page()))

    said_of_it = {value for tag, name, value in shown.attributes if tag == "meta" and name != "content"}
    assert said_of_it == {"utf-8", "Content-Security-Policy", "viewport", "robots", "referrer"}
    assert to_html(a_page()) == to_html(a_page())


def test_headings_and_names_of_columns_are_real_ones() -> None:
    content = to_html(a_page()).decode()

    assert re.findall(r"<h(\d)", content) == ["1", *["2"] * 8, "3", "2"]
    assert '<th scope="col">Questionnaire</th>' in content
    assert re.search(r'<th scope="row"[^>]*>PHQ-9, 23 Nov</th>', content)
    assert content.count("<tr>") == content.count('<th scope="row"') + content.count("<thead>")


# The picture.


def test_a_week_is_drawn_where_it_lies_and_a_gap_is_left_blank() -> None:
    picture = mood_picture("Pleasant", [("2 Nov", Spread(-3, 0, 3)), ("9 Nov", None), ("16 Nov", Spread(1, 1, 1))])

    dots = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture)]
    levels = {
        float(level): float(y) - 4  # the middle of a digit lies so much above its foot
        for y, level in re.findall(r'y="([\d.]+)" text-anchor="end"[^>]*>(-?\d)<', picture)
    }
    low, high = levels[-3], levels[3]
    assert high < low  # a height is counted from above
    assert levels[0] == pytest.approx((low + high) / 2)
    assert [y for _, y in dots] == pytest.approx([levels[0], low + (high - low) * 4 / 6], abs=0.01)
    assert f'y1="{high:g}" y2="{low:g}"' in picture
    first, gap, last = (float(x) for x in re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle"', picture))
    assert [x for x, _ in dots] == [first, last]
    assert first < gap < last


@pytest.mark.parametrize("weeks", [0, 1, 6, 7, 53, 520])
def test_as_many_weeks_are_named_as_there_is_room_for(weeks: int) -> None:
    picture = mood_picture("Energy", [(str(number), None) for number in range(weeks)])

    named = [int(one) for one in re.findall(r'text-anchor="middle"[^>]*>(\d+)<', picture)]
    assert len(named) == min(weeks, len(named)) <= 6
    assert named == sorted(named)
    assert named[:1] == [0][:weeks]
    assert all(0 <= float(y) <= HEIGHT for y in re.findall(r' y\d?="([\d.]+)"', picture))


def test_a_picture_says_no_word_that_the_table_beside_it_does_not_and_has_a_name() -> None:
    page = a_page(weeks=12)

    shown = read(to_html(page))

    words = {word for text in shown.drawn for word in text.split()}
    assert words <= {*said(page), "-3", "0", "3"}
    assert [value for tag, name, value in shown.attributes if (tag, name) == ("svg", "aria-label")] == [
        "Pleasant",
        "Energy",
    ]


def test_nothing_is_drawn_where_nobody_gave_a_number() -> None:
    part = Weeks(("w", "n", "p", "e"), (Week(("2 Nov", "1", "–", "–")),))

    shown = read(to_html(Page("en", "t", "b", "p", (part,))))

    assert "svg" not in shown.tags
    assert "figure" not in shown.tags
    assert "table" in shown.tags


# Locked.


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_locked_page_opens_to_the_very_page_in_the_clear(language: str) -> None:
    page = a_page(language)

    inside = opened(locked(page))

    assert inside.rstrip(b" ") == to_html(page)
    assert len(inside) % STEP == 0


def test_a_locked_page_says_the_same_to_whoever_cannot_open_it_whatever_is_in_it() -> None:
    files = [locked(page) for page in (a_page("en"), a_page("pl"), everywhere("Anna"))]

    outside = {re.sub(rb'(data-terms=").*?(">).*?</div>', rb"\1\2", file, flags=re.DOTALL) for file in files}
    assert len(outside) == 1
    assert b"herapist" not in outside.pop()


def test_pages_of_about_the_same_length_are_of_the_same_length_when_locked() -> None:
    lengths = {len(locked(Page("en", "t", "b", "p", (Written("x" * n),)))) for n in range(0, 400, 40)}

    assert len(lengths) == 1


@pytest.mark.parametrize("place", range(5))
def test_whoever_changes_the_terms_gets_nothing_open(place: int) -> None:
    content = locked(a_page())
    terms = read(content).value("div", "data-terms").split(" ")
    assert opened(content, terms=" ".join(terms))
    if place in {0, 3}:  # names the test's own reader insists on: hold them to what is authenticated
        with pytest.raises(InvalidTag):
            _opened_with_names_changed(content, terms, place)
        return
    terms[place] = {1: str(CHEAP + 1)}.get(place, base64.b64encode(b"\1" * 12).decode())

    with pytest.raises(InvalidTag):
        opened(content, terms=" ".join(terms))


def _opened_with_names_changed(content: bytes, terms: list[str], place: int) -> bytes:
    _, iterations, salt, _, nonce = terms
    changed = " ".join(name if number != place else "another" for number, name in enumerate(terms))
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), base64.b64decode(salt), int(iterations), 32)
    return AESGCM(key).decrypt(base64.b64decode(nonce), sealed(content), changed.encode())


@pytest.mark.parametrize("wrong", ["", "amber", PASSWORD.upper(), f"{PASSWORD}s"])
def test_another_password_opens_nothing(wrong: str) -> None:
    with pytest.raises(InvalidTag):
        opened(locked(a_page()), wrong)


@pytest.mark.parametrize(
    "typed, meant",
    [
        (f"  {PASSWORD.replace(' ', '   ')}\n", PASSWORD),
        ("zaz\u0307o\u0301\u0142c\u0301", "za\u017c\u00f3\u0142\u0107"),
    ],
)
def test_spaces_and_the_spelling_of_a_letter_make_no_other_password(typed: str, meant: str) -> None:
    assert opened(locked(a_page(), typed), meant)


@pytest.mark.parametrize("empty", ["", " \t\n\u00a0"])
def test_an_empty_password_locks_nothing(empty: str) -> None:
    with pytest.raises(ValueError, match="empty password"):
        locked(a_page(), empty)


def test_salt_and_nonce_are_new_each_time_and_a_million_iterations_are_asked_for() -> None:
    def counted(size: int) -> bytes:
        asked.append(size)
        return bytes(size)

    asked: list[int] = []
    one, other = (read(locked(a_page())).value("div", "data-terms") for _ in range(2))
    fixed = [to_html(a_page(), PASSWORD, random=counted, iterations=CHEAP) for _ in range(2)]

    assert one != other
    assert asked == [16, 12] * 2
    assert fixed[0] == fixed[1]
    assert ITERATIONS == 1_000_000
    assert read(to_html(a_page(), PASSWORD)).value("div", "data-terms").split(" ")[1] == "1000000"


def test_the_policy_of_a_locked_page_names_its_one_script_and_its_style() -> None:
    content = locked(a_page())
    shown = read(content)

    policy = next(value for _, name, value in shown.attributes if name == "content")
    assert shown.tags.count("script") == 1
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {hashed(shown.apart['script'])}",
        f"style-src {hashed(shown.apart['style'])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_what_a_locked_page_says_is_said_in_both_languages() -> None:
    shown = read(locked(a_page()))

    text = " ".join(shown.words)
    for line in ("This page is locked.", "Ta strona jest zamknięta.", "Password:", "Hasło:"):
        assert line in text
    assert shown.apart["title"] == "Notes · Notatki"


def test_neither_a_page_nor_its_password_is_in_what_a_page_shows_of_itself() -> None:
    page = replace(a_page(), title="Wrenfield")

    assert "Wrenfield" not in repr(page)
    assert date.isoformat(SINCE) not in repr(page)

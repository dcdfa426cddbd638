"""A page on paper, read back by tools that are not ours."""

import io
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from handover import a_page, everything, long_passages, page_of, passage, said
from hypothesis import example, given, settings
from hypothesis import strategies as st
from leaving import spoken

from journal_cli.insight.moods import Spread
from journal_cli.share import typesetting
from journal_cli.share.document import Goals, MoodWeeks, Sittings
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
from journal_cli.share.to_pdf import to_pdf, unshown
from journal_cli.share.to_text import to_text

PASSWORD = "zażółć fjord cactus linen"
MEASURED = Path(__file__).with_name("handover.py").parent
A4, LETTER = (595, 842), (612, 792)
TRAPS = [
    '#read("/etc/passwd")',
    "*bold* _it_ $x^2$ `code` ~ -- --- ... \\",
    "<script>alert(1)</script> &amp; <label> @key",
    "= heading\n- list\n+ enum\n/ term: x",
    "\\u{41} \\n [content] #set page(fill: red)",
    "// comment /* and */ more",
    "https://x.y/z?a=b#c www.x.y",
    "\"quoted\" 'single' fi ffi fl",
    '=HYPERLINK("http://x.y")',
    "(pdf) \\( string << /JS >> endstream",
    "ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ",
    "two  spaces\tand a tab",
    "x" * 400,
    "☃ → ✓ … „cudzysłów”",
    "{n} {all} {0}",
]
needs = {
    name: pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed")
    for name in ("qpdf", "pdftotext")
}


def run(*command: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=content, capture_output=True, check=False)


def shown(content: bytes, page: Page, *options: str) -> str:
    """All that pdftotext reads, page by page in the order of the file, without the foot that is on every sheet."""
    read = run("pdftotext", "-raw", *options, "-", "-", content=content)
    assert (read.returncode, read.stderr) == (0, b"")
    sheets = read.stdout.decode().split("\f")[:-1]
    rest = []
    for n, sheet in enumerate(sheets, start=1):
        foot = page.page_of.format(n=n, all=len(sheets))
        foot = foot if n == 1 else f"{page.promise} {foot}"
        assert sheet.count(foot) == 1
        rest.append(sheet.replace(foot, ""))
    return "\n".join(rest)


def dense(text: str) -> str:
    """Without white space, which a line end may take the place of; the bullet of a list is a dash."""
    return "".join(text.split())


def wanted(page: Page) -> str:
    return dense("\n".join(re.sub("^- ", "– ", one) if one.startswith("- ") else one for one in said(page)))


def opened(content: bytes, password: str = "") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content), password=password)


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree below a node, in the order it is read aloud."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module", params=["en", "pl"])
def page(request: pytest.FixtureRequest) -> Page:
    return page_of(request.param, 4, long_passages())


@pytest.fixture(scope="module")
def clear(page: Page) -> bytes:
    return to_pdf(page)


@needs["pdftotext"]
def test_every_word_is_on_paper_in_order_and_no_other(page: Page, clear: bytes) -> None:
    assert dense(shown(clear, page)) == wanted(page)


@needs["pdftotext"]
def test_paper_and_text_say_the_same(page: Page, clear: bytes) -> None:
    def words(text: str) -> list[str]:
        return sorted(re.findall(r"\w+", text.casefold()))

    assert words(shown(clear, page)) == words(to_text(page).decode())


@needs["qpdf"]
@needs["pdftotext"]
def test_a_locked_page_is_aes_256_and_opens_with_its_password_only(page: Page, tmp_path: Path) -> None:
    locked = to_pdf(page, PASSWORD)
    file = tmp_path / "page.pdf"
    file.write_bytes(locked)

    known = run("qpdf", "--check", "--show-encryption", f"--password={PASSWORD}", str(file), content=b"")
    wrong = run("qpdf", "--check", "--password=wrong", str(file), content=b"")
    assert known.returncode == 0
    assert b"R = 6" in known.stdout
    assert known.stdout.count(b"AESv3") >= 3
    assert b"Supplied password is user password" in known.stdout
    assert b"No syntax or stream encoding errors found" in known.stdout
    assert b"invalid password" in wrong.stderr
    assert run("pdftotext", "-upw", "wrong", "-", "-", content=locked).stdout == b""
    assert dense(shown(locked, page, "-upw", PASSWORD)) == wanted(page)


def test_what_is_locked_holds_no_word_in_the_clear(page: Page) -> None:
    locked = to_pdf(page, PASSWORD)

    for word in (b"therapist", b"terapeutki", b"sister", b"siostr", b"dc:title", b"MarkInfo /Title"):
        assert word not in locked
    with pytest.raises(pikepdf.PasswordError):
        opened(locked)
    assert to_pdf(page, PASSWORD) != locked


@pytest.mark.parametrize("given", ["a" * 120, "ząb " * 12, unicodedata.normalize("NFD", "zażółć gęślą jaźń"), "密码"])
def test_a_password_may_be_long_and_in_any_script(given: str) -> None:
    locked = to_pdf(a_page(), given)

    assert opened(locked, unicodedata.normalize("NFC", given)).user_password_matched
    with pytest.raises(pikepdf.PasswordError):
        opened(locked, given[:-1])


def test_tags_and_language_are_there_behind_the_lock_too(page: Page) -> None:
    with opened(to_pdf(page, PASSWORD), PASSWORD) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == page.language
        assert [one for one in elements(pdf.Root.StructTreeRoot) if one.S == "/Table"]
        assert pdf.allow.accessibility
        assert pdf.allow.extract


def test_a_checker_of_accessible_pages_finds_nothing(clear: bytes, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(clear)

    report = pdfua.validate(file)

    assert list(report.findings) == []
    assert {"UA-01-003", "UA-13-004", "UA-15-003", "UA-28-004"} <= {outcome.rule_id for outcome in report.outcomes}


def test_the_checker_would_have_found_a_picture_without_words(clear: bytes, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    with opened(clear) as pdf:
        for one in elements(pdf.Root.StructTreeRoot):
            if "/Alt" in one:
                del one["/Alt"]
        pdf.save(file)

    assert {finding.rule_id for finding in pdfua.validate(file).findings} == {"UA-13-004"}


def test_the_structure_is_what_the_page_is_made_of(page: Page, clear: bytes) -> None:
    with opened(clear) as pdf:
        root = pdf.Root
        tags = [str(one.S) for one in elements(root.StructTreeRoot)]
        heads = [one for one in elements(root.StructTreeRoot) if one.S == "/TH"]
        alternatives = [str(one.Alt) for one in elements(root.StructTreeRoot) if one.S == "/Figure"]

        assert (str(root.Lang), bool(root.ViewerPreferences.DisplayDocTitle)) == (page.language, True)
        assert tags.count("/H1") == sum(isinstance(part, Heading) and part.level == 2 for part in page.parts)
        assert tags.count("/H2") == sum(isinstance(part, Heading) and part.level == 3 for part in page.parts)
        assert next(tag for tag in tags if tag.startswith("/H")) == "/H1"
        assert tags.count("/Table") == sum(isinstance(part, Table | Weeks) for part in page.parts)
        assert tags.count("/BlockQuote") == sum(isinstance(part, Quoted) for part in page.parts)
        assert len(heads) == sum(len(part.names) for part in page.parts if isinstance(part, Table | Weeks))
        [mood] = [part for part in page.parts if isinstance(part, Weeks)]
        assert alternatives == [
            f"{mood.names[place]}: {week.row[place]}"
            for week in mood.weeks
            for place, spread in ((2, week.pleasant), (3, week.energy))
            if spread is not None
        ]


def test_everything_drawn_is_tagged_or_an_artifact(clear: bytes) -> None:
    painting = {"Tj", "TJ", "f", "F", "f*", "S", "s", "B", "b", "Do", "sh"}
    with opened(clear) as pdf:
        marked = 0
        for sheet in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(sheet):
                operator = str(instruction.operator)
                depth += (operator in {"BDC", "BMC"}) - (operator == "EMC")
                assert operator not in painting or depth
                marked += operator == "BDC"
        assert marked > 50


def test_the_file_says_nothing_of_its_making(page: Page, clear: bytes) -> None:
    with opened(clear) as pdf:
        assert dict(pdf.trailer.Info.items()) == {"/Title": page.title}
        assert "/ID" not in pdf.trailer
        said_of_it = pdf.Root.Metadata.read_bytes().decode()
        everything_in_it = b"".join(
            bytes(one.read_bytes()) if isinstance(one, pikepdf.Stream) else one.unparse() for one in pdf.objects
        )
    tags = set(re.findall(r"<((?:dc|xmp|pdf|xmpMM|pdfuaid):\w+)>", said_of_it))
    assert tags == {"dc:title", "dc:language", "pdfuaid:part"}
    for trace in (b"typst", b"pypdf", b"CreationDate", b"ModDate", b"Producer", b"Creator", b"/Author", b"DocumentID"):
        assert trace.lower() not in clear.lower()
        assert trace.lower() not in everything_in_it.lower()


def test_an_open_page_is_the_same_every_time(page: Page, clear: bytes) -> None:
    assert to_pdf(page) == clear


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("count", [1, 4, 12])
@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_what_one_hands_over_is_one_sheet(language: str, count: int, paper: str, size: tuple[int, int]) -> None:
    with opened(to_pdf(page_of(language, count), paper=paper)) as pdf:
        [sheet] = pdf.pages
        assert tuple(round(float(value)) for value in sheet.MediaBox)[2:] == size


def test_no_other_paper_is_known() -> None:
    with pytest.raises(KeyError):
        to_pdf(a_page(), paper="a3")


@needs["pdftotext"]
def test_entries_follow_on_further_sheets_which_are_counted() -> None:
    page = page_of("en", 12, (passage("A line of a long evening.\n" * 300),))

    content = to_pdf(page)

    assert len(opened(content).pages) > 5
    assert dense(shown(content, page)) == wanted(page)


def test_nothing_runs_off_the_paper() -> None:
    text = "x" * 400 + " " + "https://a.b/" + "y" * 200
    page = a_page(Written(text), Table(("a", "b"), ((text, "1"), ("short", text))), Numbered((text,)), Heading(text, 3))

    with_boxes = run("pdftotext", "-bbox", "-", "-", content=to_pdf(page)).stdout.decode()

    right = [float(found) for found in re.findall(r'xMax="([\d.]+)"', with_boxes)]
    assert len(right) > 20
    assert max(right) < A4[0] - 50


@pytest.mark.parametrize("spread", [Spread(-3, 0, 3), Spread(3, 3, 3), Spread(-3, -3, -3), Spread(-0.5, 0, 2.5)])
def test_a_gap_is_blank_and_a_week_is_drawn(spread: Spread) -> None:
    names = ("Week of", "Times", "Pleasant", "Energy")
    drawn = Week(("2 Nov", "1", "from", "–"), spread, None)
    gap = Week(("9 Nov", "none", "", ""))

    def curves(*weeks: Week) -> int:
        with opened(to_pdf(a_page(Weeks(names, weeks)))) as pdf:
            return sum(str(one.operator) == "c" for one in pikepdf.parse_content_stream(pdf.pages[0]))

    assert curves(gap, gap) == 0
    assert curves(drawn, gap) >= 4


def all_kinds(texts: list[str]) -> Page:
    return a_page(
        *(Written(text) for text in texts),
        *(Quoted(text) for text in texts),
        *(Heading(f"h {text}", 3) for text in texts),
        *(Sentence(text) for text in texts),
        Numbered(tuple(texts)),
        Listed(tuple(texts)),
        Table(("a", "b"), tuple((text, "1") for text in texts)),
        title=f"t {texts[0]}",
    )


@needs["pdftotext"]
@given(st.lists(st.text("ab #$*_`<>@=-+/\\\"'~[](){}.:;!?&%^|0n\ną", min_size=1, max_size=40), min_size=1, max_size=20))
@example(TRAPS)
@settings(max_examples=8)
def test_what_was_written_stays_text(texts: list[str]) -> None:
    page = all_kinds([text for text in texts if text.strip()] or ["x"])

    assert dense(shown(to_pdf(page), page)) == wanted(page)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("\x00\x1b[2J\u202e\ufeff\u2028 \ue000 \uffff \U0010ffff \u0378 \u0301 \ufe0f \u200d")
@settings(max_examples=25)
def test_no_text_keeps_a_page_from_being_set(text: str) -> None:
    with opened(to_pdf(a_page(Heading(text), Written(text), Table((text, "b"), (("1", text),)), title=text))) as pdf:
        assert len(pdf.pages) == 1


@needs["pdftotext"]
@pytest.mark.parametrize("text", ["אמרתי לא.", "قلت لا.", "Powiedziałam: לא, i wyszłam."])
def test_writing_from_right_to_left_is_whole(text: str) -> None:
    page = a_page(Written(text))
    assert unshown(page) == ()

    read = unicodedata.normalize("NFKC", shown(to_pdf(page), page))

    letters = [sign for sign in read if sign.isalpha()]
    assert sorted(letters) == sorted(sign for sign in "".join(said(page)) if sign.isalpha())


def test_scripts_no_font_has_are_named_before(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the fonts of a machine the answer is the same on every one.
    monkeypatch.setattr(typesetting, "_compiler", lambda **_: typesetting.typst.Compiler(ignore_system_fonts=True))

    page = a_page(Written("我说了不. 한 か カ ค 😀 \x1b"), Sentence("Zażółć, Ω, я, א, —"))

    assert unshown(page) == ("chinese", "emoji", "japanese", "korean", "thai", "other")
    assert unshown(a_page(Written("Zażółć gęślą jaźń — „tak”… Ω я א ✓ →"))) == ()


@needs["pdftotext"]
def test_a_sign_no_font_has_is_a_box_and_the_rest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_compiler", lambda **_: typesetting.typst.Compiler(ignore_system_fonts=True))
    page = a_page(Written("She said 我 and 👨\u200d👩\u200d👧, then left."))

    assert "She said □ and □□□, then left." in shown(to_pdf(page), page)


def test_an_empty_block_says_so_on_paper() -> None:
    document = everything()
    empty = laid_out(
        type(document)("en", "T", None, document.until, (MoodWeeks((), 0, 0, 28), Sittings(()), Goals(()))), spoken()
    )

    content = to_pdf(empty)

    assert dense(shown(content, empty)) == wanted(empty)


def test_a_page_that_cannot_be_set_says_nothing_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError) as failed:
        typesetting.typeset(b"#panic(sys.inputs.page)", {"text": "a secret of mine"})

    assert "secret" not in str(failed.value)
    assert failed.value.__context__ is None


TWELVE_WEEKS = f"""
import sys, time
begun = time.perf_counter()
sys.path.insert(0, {str(MEASURED)!r})
from handover import page_of
made = page_of("pl", 12)
from journal_cli.share.to_pdf import to_pdf
to_pdf(made, "x")
# Not of getrusage, which counts what the process was before it became this one.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), peak / 1024)
"""


def test_twelve_weeks_take_less_than_a_second_and_200_mebibytes() -> None:
    figures = subprocess.run([sys.executable, "-c", TWELVE_WEEKS], capture_output=True, text=True, check=True).stdout

    seconds, mebibytes = map(float, figures.split())
    assert seconds < 1, figures
    assert mebibytes < 200, figures

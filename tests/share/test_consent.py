import hashlib
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from leaving import composed, period, spoken, whole

from journal_cli.share import forms, wording
from journal_cli.share.compose import left_out
from journal_cli.share.consent import COLUMNS, ROWS, Preview, digest
from journal_cli.share.document import LeftOut
from journal_cli.share.plan import Plan
from journal_cli.share.redact import Changed, aliased
from journal_cli.share.writing import write_out


def seen(text: str) -> Preview:
    return Preview(text, "notes.md", "md", "", LeftOut(), Changed())


def test_what_was_read_is_what_is_written(tmp_path: Path) -> None:
    plan = Plan("md", talk_about=("Zażółć gęślą jaźń.",), entries=("7k2m9qxa",), aliases={"Anna": "my sister"})
    document, changes = aliased(composed(plan, [whole(body="Anna\r\n\x1b[2J\u2028came")]), plan.aliases)
    text = forms.read_before(document, "md", spoken())
    preview = Preview(text, "notes.md", "md", "", left_out(plan, period([whole()])), changes)

    content = forms.written(document, "md", spoken())
    write_out(tmp_path / "notes.md", content)

    assert (tmp_path / "notes.md").read_bytes() == preview.text.encode() == "".join(preview.pages).encode()
    assert digest(content) == hashlib.sha256((tmp_path / "notes.md").read_bytes()).hexdigest()


@given(st.text())
@example("x" * 1000)
@example("字" * 100 + "\n" * 60)
@example(("word " * 40 + "\n") * 60)
@example("a" * 80 + "\n")
def test_pages_hold_every_sign_and_fit(text: str) -> None:
    pages = seen(text).pages

    assert "".join(pages) == text
    assert all(page.count("\n") <= ROWS for page in pages)


def test_a_page_has_55_rows_of_80_columns() -> None:
    assert (ROWS, COLUMNS) == (55, 80)
    assert len(seen("x\n" * 55).pages) == 1
    assert len(seen("x\n" * 56).pages) == 2
    assert len(seen("x" * 80 * 55).pages) == 1
    assert len(seen("x" * (80 * 55 + 1)).pages) == 2
    assert len(seen("字" * (40 * 55 + 1)).pages) == 2
    assert seen("").pages == ()


def test_what_stays_and_what_was_changed_is_said_in_both_languages() -> None:
    left = LeftOut(private=2, entries=1, sittings=5, blocks=("mood",))
    _, changes = aliased(composed(Plan("md", talk_about=("Anna, Anny",))), {"Anna": "S", "Anny": "S", "Olek": "F"})

    assert wording.left_out(left, spoken()) == (
        "2 private entries",
        "1 other entry",
        "5 sittings with something private in them",
        "mood week by week",
    )
    assert wording.left_out(left, spoken("pl"))[0] == "2 prywatne wpisy"
    assert wording.changed(changes, spoken()) == (
        "Changed: Anna, Anny → S, 2 times.",
        "Not found, so not changed: Olek.",
    )


def test_a_preview_does_not_show_what_is_in_it() -> None:
    assert "secret" not in repr(Preview("secret", "notes.md", "md", "secret", LeftOut(), Changed(), ("secret",)))

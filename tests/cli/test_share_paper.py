"""A page on paper with signs that no font has."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

UNKNOWN = "\u0378"  # no sign at all, so no font anywhere has it


def plan_of(tmp_path: Path, form: str, text: str) -> tuple[str, Path]:
    page, plan = tmp_path / f"page.{form}", tmp_path / "plan.toml"
    plan.write_text(f'out = "{page}"\nform = "{form}"\nclear = true\ntalk_about = ["{text}"]\n', encoding="utf-8")
    return str(plan), page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "No font here has every sign of this page (some others)."),
        ("pl", "Żadna czcionka tutaj nie ma wszystkich znaków tej strony (brakuje: niektóre inne)."),
    ],
)
def test_it_is_said_that_boxes_stand_for_them(journal, tmp_path: Path, language: str, told: str) -> None:
    plan, page = plan_of(tmp_path, "pdf", f"One {UNKNOWN} two.")

    said = journal("share", "--plan", plan, JOURNAL_LANG=language)

    assert told in " ".join(said.stderr.split())
    assert said.stdout == ""
    [sheet] = PdfReader(io.BytesIO(page.read_bytes())).pages
    assert "One □ two." in sheet.extract_text()


@pytest.mark.parametrize(("form", "text"), [("md", f"One {UNKNOWN} two."), ("pdf", "Zażółć gęślą jaźń.")])
def test_nothing_is_said_where_every_sign_is_kept(journal, tmp_path: Path, form: str, text: str) -> None:
    plan, page = plan_of(tmp_path, form, text)

    said = journal("share", "--plan", plan)

    assert page.exists()
    assert "No font" not in said.stderr

"""Whatever was written and chosen: nothing private and no name that was changed in any form, and nothing missing."""

import html
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import pytest
from answered import full, goal, story
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from leaving import FEELINGS, SINCE, UNTIL, sat, whole
from leaving import spoken as read_words
from pypdf import PdfReader

from journal_cli.journal.entry import WholeEntry
from journal_cli.journal.limit import How
from journal_cli.share.compose import compose
from journal_cli.share.document import Document
from journal_cli.share.forms import carried, read_before, written
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import FORMS, LOCKED, Plan
from journal_cli.share.redact import aliased
from journal_cli.share.to_text import to_text

spoken = cache(read_words)
QUICK = [form for form in FORMS if form != "pdf"]
WORDS_ONLY = {"csv": "numbers", "fhir": "questionnaires"}

# Words nobody else says, with what surrounds them: signs every form has a meaning of its own for.
AROUND = (
    "{} ",
    "<b>{}</b>",
    "*{}*",
    "={}",
    "| {} |",
    "# {}",
    "“{}”",
    "&{};",
    "[{}](x)",
    "ż{}ó",
    "\t{}\n",
    "\u202e{}",
)
LETTERS = "bcdfghjlmnprstvwxz"
WORD = st.text(LETTERS, min_size=7, max_size=7).map(lambda text: f"k{text}q")  # two of them side by side hold no third


@dataclass
class Life:
    """A journal, what is chosen of it, and the words that may and may not leave."""

    entries: list[WholeEntry]
    plan: Plan
    leaves: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)  # of what leaves, what stands beside a number


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Entries, a limit, a goal and a sitting, every text of which is a word found nowhere else."""
    fresh = iter(draw(st.lists(WORD, min_size=40, max_size=40, unique=True)))
    name, alias = next(fresh), next(fresh)
    around = st.sampled_from(AROUND)
    life = Life([], Plan("md"), stays=[name])

    def text(into: list[str]) -> str:
        word, hidden = next(fresh), next(fresh)
        into.append(word)
        said = draw(around).format(word)
        if draw(st.booleans()):
            life.stays.append(hidden)
            said += f" {{{{{hidden}}}}}"
        return f"{said} @{name}" if draw(st.booleans()) else said

    chosen: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        fate = draw(st.sampled_from(("private", "left", "chosen")))
        into = life.leaves if fate == "chosen" else life.stays
        one = whole(
            f"{number}" * 8, text(into), title=text(into), question=text(into), follow_ups=[(text(into), text(into))],
            private=fate == "private",
        )  # fmt: skip
        life.entries.append(one)
        chosen += [one.entry.id] * (fate == "chosen")
    blocks = draw(st.lists(st.sampled_from(("sittings", "limits", "goals", "measures", "mood")), unique=True))
    lines = tuple(text(life.leaves) for _ in range(draw(st.integers(1, 2))))
    life.plan = Plan("md", talk_about=lines, blocks=tuple(blocks), entries=tuple(chosen), aliases={name: alias})
    return life


def made(life: Life) -> Document:
    limit, aim, title = "zzlimitzz", "zzgoalzz", "zztitlezz"
    there = full(
        wholes=life.entries,
        limits=(story(limit, How.KEPT, line="zzlinezz"),),
        goals=(goal(aim, (SINCE, 2), (UNTIL, 5)),),
    )
    there = type(there)(
        there.since, there.until, there.entries, (sat("ssssssss", title=title),), there.mood, there.limits, there.goals,
        there.results, there.facts,
    )  # fmt: skip
    for block, word in (("limits", limit), ("goals", aim), ("sittings", title)):
        (life.leaves if block in life.plan.blocks else life.stays).append(word)
        if block in life.plan.blocks:
            life.numbers.append(word)
    life.stays.append("zzlinezz")
    document = compose(life.plan, life.entries, there, spoken(), FEELINGS)
    return aliased(document, life.plan.aliases)[0]


def opened(content: bytes, form: str) -> str:
    """Give the text of a file as somebody reads it who has it, and all its bytes as well."""
    if form == "pdf":
        return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    text = content.decode("utf-8-sig")
    if form == "html":
        return html.unescape(re.sub(r"<[^<>]*>", "", re.sub(r"(?s)<style.*?</style>", "", text)))
    return json.dumps(json.loads(text), ensure_ascii=False) if form in {"json", "fhir"} else text


def plainly(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def holds_what_it_may(life: Life, forms: list[str]) -> None:
    document = made(life)
    for form in forms:
        if form in WORDS_ONLY and not set(life.plan.blocks) & {"mood", "sittings", "limits", "goals", "measures"}:
            continue
        if form == "fhir" and "measures" not in life.plan.blocks:
            continue
        held = carried(document, form, spoken())
        content = written(held, form, spoken())
        read = plainly(opened(content, form))
        raw = content.decode("utf-8", "ignore").casefold()
        assert not [word for word in life.stays if word in raw or word in read], form
        wanted = {"csv": life.numbers, "fhir": []}.get(form, life.leaves)
        assert not [word for word in wanted if word not in read], form


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lives())
def test_nothing_that_stays_is_in_any_form_and_nothing_that_leaves_is_missing(life: Life) -> None:
    holds_what_it_may(life, QUICK)


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lives())
def test_the_same_holds_on_paper(life: Life) -> None:
    holds_what_it_may(life, ["pdf"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lives())
@example(Life([whole(body="\x1b[2J\u2028\u202eone\r\ntwo")], Plan("md", entries=("7k2m9qxa",))))
def test_what_is_read_before_it_leaves_is_what_leaves(life: Life) -> None:
    document = made(life)
    page = plainly(to_text(laid_out(document, spoken())).decode())

    for form in ("md", "txt", "json"):
        assert read_before(document, form, spoken()).encode() == written(document, form, spoken())
    for form in LOCKED:
        assert plainly(read_before(document, form, spoken())) == page
    read = plainly(opened(written(document, "html", spoken()), "html"))
    assert not [word for word in life.leaves if word not in read]


def test_the_test_would_see_a_word_that_gets_out(monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life([whole(body="aside {{hushhushhush}}")], Plan("md", entries=("7k2m9qxa",)), stays=["hushhushhush"])
    holds_what_it_may(life, QUICK)
    monkeypatch.setattr("journal_cli.share.compose.without_private", lambda text: (text, 0))
    monkeypatch.setattr("journal_cli.share.compose.may_leave", lambda document, _ids: (document, 0))

    with pytest.raises(AssertionError, match="html"):
        holds_what_it_may(life, ["html"])

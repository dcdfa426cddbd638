import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from leaving import UNTIL, composed, sat, spoken, whole

from journal_cli.errors import Mistyped, Protected
from journal_cli.share.document import Document, Talk
from journal_cli.share.layout import laid_out
from journal_cli.share.plan import Plan
from journal_cli.share.redact import Change, aliased, still_named, texts
from journal_cli.share.to_markdown import to_markdown


def said(*lines: str) -> Document:
    return Document("en", "For my therapist", None, UNTIL, (Talk(lines),))


def changed(text: str, aliases: dict[str, str]) -> str:
    document, _ = aliased(said(text), aliases)
    return document.blocks[0].lines[0]


@pytest.mark.parametrize(
    "text, name, after",
    [
        ("Anna came.", "Anna", "X came."),
        ("ANNA and anna", "Anna", "X and X"),
        ("@Anna came, @anna left", "Anna", "X came, X left"),
        ("Anna", "@Anna", "X"),
        ("Anna's, Anna-Maria, (Anna)", "Anna", "X's, X-Maria, (X)"),
        ("Annabel, Hanna, Anną", "Anna", "Annabel, Hanna, Anną"),
        ("goodwill will Willing", "Will", "goodwill X Willing"),
        ("Róża, RÓŻA, R\u0301oza, Róz", "Róża", "X, X, R\u0301oza, Róz"),
        ("Ro\u0301z\u0307a", "Róża", "X"),
        ("Róża", "Ro\u0301z\u0307a", "X"),
        ("Anna\u0301", "Anna", "Anna\u0301"),
        ("An\u00adna A\u200bnna Anna\ufe0f \u202eAnna", "Anna", "X X X\ufe0f \u202eX"),
        ("Ａｎｎａ", "Anna", "X"),
        ("Anna\nMaria, Anna  Maria, @Anna_Maria", "Anna Maria", "X, X, X"),
        ("Anna2 and 2Anna", "Anna", "X2 and 2X"),
        ("#anna #anna-birthday _Anna_", "Anna", "#X #X-birthday _X_"),
        ("anna@post.example", "Anna", "X@post.example"),
        ("me@anna.example", "Anna", "me@X.example"),
        ("O’Neil", "O'Neil", "X"),
        ("Großmann GROSSMANN", "Grossmann", "X X"),
        ("小明说", "小明", "X说"),
        ("ודנה באה", "דנה", "וX באה"),
        ("Straße", "Stras", "Straße"),
        ("ﬁn", "f", "ﬁn"),
        ("ﬁn", "fin", "X"),
    ],
)
def test_a_name_is_found_however_it_is_written_and_only_as_a_word(text: str, name: str, after: str) -> None:
    assert changed(text, {name: "X"}) == after


@pytest.mark.parametrize(
    "text, name, after",
    [
        ("Will will come, WILL he? @Will, @will, Will's", '"Will"', "X will come, X he? X, @will, X's"),
        ("Róża i róża, RÓŻA", "„Róża”", "X i róża, X"),
        ("R\u0301oza", '"Róża"', "R\u0301oza"),
        ("小明说", '"小明"', "X说"),
        ('"Will"', '"Will"', '"X"'),
    ],
)
def test_a_name_in_quotation_marks_is_found_with_a_capital_letter_only(text: str, name: str, after: str) -> None:
    assert changed(text, {name: "X"}) == after


def test_with_and_without_quotation_marks_it_is_found_everywhere() -> None:
    assert changed("Will will", {'"Will"': "X", "will": "X"}) == "X X"
    assert changed("Will will", {"will": "X", '"Will"': "X"}) == "X X"


def test_the_longest_name_is_taken_first() -> None:
    assert changed("Anna Maria, Anna", {"Anna": "A", "Anna Maria": "B"}) == "B, A"


def test_every_text_of_a_document_is_changed_and_counted() -> None:
    one = whole(
        body="Anna came.",
        title="With Anna",
        question="Who? Anna?",
        follow_ups=[("And Annie?", "Annie left, and @Anna.")],
    )
    plan = Plan("md", to="Anna", talk_about=("Anna.",), blocks=("sittings",), entries=("7k2m9qxa",))
    document = composed(plan, [one], [sat("ssssssss", title="A letter to Anna")])

    after, changes = aliased(document, {"Anna": "my sister", "Annie": "my sister", "Olek": "a friend"})

    assert "ann" not in to_markdown(laid_out(after, spoken())).decode().lower().replace("planned", "")
    assert changes.changes == (Change("my sister", ("Anna", "Annie"), 9), Change("a friend", ("Olek",), 0))
    assert changes.counts == {"my sister": 9, "a friend": 0}


def test_the_program_own_words_are_not_names() -> None:
    document = composed(Plan("md", talk_about=("mood",)))

    after, _ = aliased(document, {"mood": "X", "en": "Y"})

    assert after.language == "en"
    assert "mood week by week" in to_markdown(laid_out(after, spoken())).decode()


def test_a_name_that_an_alias_brings_back_is_refused() -> None:
    with pytest.raises(Protected) as failure:
        aliased(said("Anna and Will"), {"Anna": "Will's sister", "Will": "W"})

    assert failure.value.exit_code == 23
    assert "Will" not in f"{failure.value} {failure.value.hint} {failure.value!r}"


@pytest.mark.parametrize(
    "aliases", [{"": "X"}, {" ": "X"}, {"@": "X"}, {"\u200b": "X"}, {"Anna": " "}, {"Anna": "X", "anna": "Y"}]
)
def test_aliases_that_cannot_be_meant_are_refused(aliases: dict[str, str]) -> None:
    with pytest.raises(Mistyped):
        aliased(said("Anna"), aliases)


def test_without_aliases_nothing_changes() -> None:
    document = composed(Plan("md", talk_about=("Anna \u00ad",)))

    assert aliased(document, {})[0] == document


def test_people_who_are_still_named_are_told() -> None:
    assert still_named(said("@Olek and my sister", "Zoe"), ("Anna", "Olek", "Zoe", "Zo")) == ("Olek", "Zoe")


NAMES = st.text("aAbBżŻóo\u0301\u0307 -_'ßſ小@", min_size=1, max_size=4)
TEXT = st.text("aAbBżŻóo\u0301\u0307 -_'ßſ小@.\n\u200b12", max_size=40)


def plainly(text: str) -> str:
    """Fold a text in another way than the code does: whole at once."""
    shown = re.sub("[\u200b]", "", text).replace("_", " ").replace("’", "'")
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", shown).casefold())
    return re.sub(r"\s+", " ", folded)


def stands(name: str, text: str) -> bool:
    """Look for a name as a word the way a regular expression would, in texts of these few letters."""
    mark, letter = "\u0300-\u036f", "a-z\u0300-\u036f"
    before = f"(?<![{letter}])" if re.match(f"[{letter}]", name) else ""
    after = f"(?![{letter}])" if re.search(f"[{letter}]$", name) else f"(?![{mark}])"
    return re.search(before + re.escape(name) + after, text) is not None


@given(
    st.dictionaries(NAMES, st.sampled_from(["X", "my sister", "Y Z"]), min_size=1, max_size=3),
    st.lists(TEXT, min_size=1, max_size=3),
)
@example({"Will": "X"}, ["goodwill will Will."])
@example({"Róża": "X"}, ["Ro\u0301z\u0307a róża RÓŻA różany"])
@example({"a": "X", "a b": "Y Z"}, ["a b a\nb a_b"])
def test_no_name_given_remains_anywhere(aliases: dict[str, str], lines: list[str]) -> None:
    try:
        document, changes = aliased(said(*lines), aliases)
    except (Mistyped, Protected):
        assume(False)
    left = [plainly(text) for text in texts(document.blocks)]

    assert still_named(document, aliases) == ()
    for name in (plainly(name).strip().removeprefix("@").strip() for name in aliases):
        assert unicodedata.combining(name[0]) or not any(stands(name, text) for text in left)
    if not any(changes.counts.values()):
        assert document == said(*lines)


@given(TEXT)
def test_what_is_no_name_stays_as_it_was(text: str) -> None:
    assert changed(text + " Quentin", {"Quentin": "Q"}) == text + " Q"


def test_changes_do_not_show_the_names() -> None:
    assert "Anna" not in repr(aliased(said("Anna"), {"Anna": "X"})[1])

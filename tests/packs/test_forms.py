"""A form of the person's own: read as it is written, refused with a way out, and the same again after writing."""

import contextlib
import re
import string
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.questionnaire import Form
from journal_cli.packs.forms import LARGEST, form_toml, read_form
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.packs.shelf import shipped, words
from journal_cli.packs.source import FORBIDDEN

THERE = questionnaires("en")
GOOD = """# as the practice handed it out
questionnaire = "gad-7"
language = "en"
intro = "Of late."
items = [
  "First of the form",
  "Second of the form",
  "Third of the form",
  "Fourth of the form",
  "Fifth of the form",
  "Sixth of the form",
  "Seventh of the form",
]

[answers]
0 = "no"
1 = "a little"
2 = "some"
3 = "much"
"""

# What is replaced, by what, the text whose line the refusal names, a piece of the sentence, a piece of the hint.
FAULTS: dict[str, tuple[str, str, str | int, str, str]] = {
    "of nothing": ('questionnaire = "gad-7"\n', "", 1, "this form has no questionnaire", 'questionnaire = "phq-9"'),
    "of something near": ('"gad-7"', '"gad7"', "gad7", 'no questionnaire called "gad7"', 'did you mean "gad-7"?'),
    "of something far": ('"gad-7"', '"tarot"', "tarot", 'no questionnaire called "tarot"', "it knows: phq-9, phq-8"),
    "of a number": ('"gad-7"', "7", "questionnaire", "questionnaire is a text", 'write questionnaire = "…"'),
    "no language": ('language = "en"\n', "", 1, "this form has no language", 'language = "en"'),
    "language in words": ('"en"', '"English"', "English", 'language is written like "en"', ""),
    "one too few": (
        '  "Seventh of the form",\n',
        "",
        "items = [",
        "this form has 6 items; GAD-7 has 7",
        "in the order",
    ),
    "one too many": ("items = [\n", 'items = [\n  "Before",\n', "items = [", "this form has 8 items; GAD-7 has 7", ""),
    "one only": (
        GOOD[GOOD.index("items = [") : GOOD.index("\n[answers]")],
        'items = ["All of it"]\n',
        "items = [",
        "this form has one item; GAD-7 has 7",
        "",
    ),
    "none": (
        GOOD[GOOD.index("items = [") : GOOD.index("\n[answers]")],
        "",
        1,
        "this form has 0 items; GAD-7 has 7",
        "",
    ),
    "items in one text": (
        GOOD[GOOD.index("items = [") : GOOD.index("\n[answers]")],
        'items = "All of it"\n',
        "items =",
        "items is a list of texts",
        "",
    ),
    "an empty item": ('"Third of the form"', '"  "', "items = [", "items is empty", "write something"),
    "a number for an item": ('"Third of the form"', "3", "items = [", "items is a text", ""),
    "an item without end": ("Third", "x" * 501, "items = [", "items is longer than 500 characters", "shorter"),
    "an intro without end": ("Of late", "x" * 4001, "intro", "intro is longer than 4000 characters", "shorter"),
    "a name nobody knows": ('intro = "Of', 'intros = "Of', "intros", 'nothing called "intros"', '"intro"?'),
    "a part nobody knows": ("[answers]", "[scoring]", "[scoring]", 'nothing called "scoring"', "it knows: questionn"),
    "an answer too high": ('3 = "much"', '4 = "much"', "4 = ", '"4" is not an answer of GAD-7', "numbers from 0 to 3"),
    "an answer too low": ('0 = "no"', '-1 = "no"', "-1 = ", '"-1" is not an answer of GAD-7', "from 0 to 3"),
    "an answer in words": ('0 = "no"', 'nought = "no"', "nought", '"nought" is not an answer', ""),
    "an answer with a nought before": ('3 = "much"', '03 = "much"', "03 = ", '"03" is not an answer', ""),
    "an answer in other figures": ('3 = "much"', '"٣" = "much"', "٣", "is not an answer of GAD-7", ""),
    "an answer of many figures": ('3 = "much"', f'{"9" * 5000} = "much"', "9999", "is not an answer of GAD-7", ""),
    "an answer without words": ('3 = "much"', '3 = ""', '3 = ""', "3 is empty", ""),
    "an answer that is a number": ('3 = "much"', "3 = 3", "3 = 3", "3 is a text", ""),
    "an answer of two lines": ('3 = "much"', '3 = "so\\nmuch"', "so\\nmuch", "3 is a text of one line", ""),
    "an answer twice": ('3 = "much"', '2 = "much"', '2 = "much"', "said a second time", ""),
    "answers in a list": (
        GOOD[GOOD.index("[answers]") :],
        "",
        "answers = [",
        "what answers are called stands under [answers]",
        'below it 0 = "…"',
    ),
    "escape written out": ("Third", "Third\x1b[2J", "Third", "invisible character U+001B cannot stand here", "delete"),
    "escape spelt": ("Third", "Third\\u001b[2J", "Third", "invisible character U+001B", "delete"),
    "escape spelt in an answer": ('"much"', '"mu\\u0007ch"', "mu\\u0007ch", "invisible character U+0007", "delete"),
    "writing turned round": ("Third", "\u202eThird", "Third", "invisible character U+202E", "delete"),
    "curly marks": ('"Of late."', "“Of late.”", "Of late", "curly", "straight"),
    "no closing mark": ('"Of late."', '"Of late.', "Of late", "does not end with one", "at both ends"),
    "dots without end": ('intro = "Of late."', ".".join("a" * 99) + " = 1", "a.a.a", "inside each other", "no deeper"),
}


def _broken(fault: str) -> str:
    old, new, *_ = FAULTS[fault]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    return text.replace("items = [", 'answers = ["no", "yes"]\nitems = [', 1) if fault == "answers in a list" else text


def _refusal(raw: bytes) -> NotWhatItSays:
    with pytest.raises(NotWhatItSays) as caught:
        read_form(raw, "gad.toml", THERE)
    return caught.value


def test_a_form_is_read_as_it_is_written() -> None:
    form = read_form(GOOD.encode(), "gad.toml", THERE)

    assert (form.questionnaire, form.language, form.intro) == ("gad-7", "en", "Of late.")
    assert form.items[0] == "First of the form"
    assert form.items[6] == "Seventh of the form"
    assert form.answers == {0: "no", 1: "a little", 2: "some", 3: "much"}


def test_a_form_needs_neither_an_intro_nor_names_of_answers() -> None:
    bare = GOOD[: GOOD.index("[answers]")].replace('intro = "Of late."\n', "")

    form = read_form(bare.encode(), "gad.toml", THERE)

    assert (form.intro, form.answers) == ("", {})


def test_names_of_some_answers_are_enough() -> None:
    """Some forms name only the ends."""
    ends = GOOD.replace('1 = "a little"\n2 = "some"\n', "")

    assert read_form(ends.encode(), "gad.toml", THERE).answers == {0: "no", 3: "much"}


def test_the_name_may_be_typed_in_capitals_and_items_over_several_lines() -> None:
    text = GOOD.replace('"gad-7"', '"GAD-7"').replace('"Third of the form"', '"""\n    Third of\n      the form"""')

    form = read_form(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "gad.toml", THERE)

    assert (form.questionnaire, form.items[2]) == ("gad-7", "Third of the form")


def test_an_item_with_more_answers_than_the_others_may_have_them_named() -> None:
    text = 'questionnaire = "csi-4"\nlanguage = "pl"\nitems = ["a", "b", "c", "d"]\n[answers]\n6 = "z"\n'

    assert read_form(text.encode(), "csi.toml", THERE).answers == {6: "z"}
    assert "from 0 to 6" in _refusal(text.replace("6 =", "7 =").encode()).hint


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_line_and_way_out(fault: str) -> None:
    _, _, where, sentence, hint = FAULTS[fault]
    text = _broken(fault)

    error = _refusal(text.encode())

    line = where if isinstance(where, int) else text[: text.index(where)].count("\n") + 1
    assert error.exit_code == 22
    assert str(error).startswith(f"gad.toml, line {line}: ")
    assert sentence in str(error)
    assert hint in error.hint


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refusal_can_be_said_in_polish_and_quotes_no_wording(fault: str) -> None:
    polish = words("pl", "packs", "forms")
    error = _refusal(_broken(fault).encode())
    sentence, hint = polish.failure(error)
    names = {name for _, name, _, _ in string.Formatter().parse(error.template + error.hint_template) if name}

    assert error.template in polish.failures
    assert not error.hint_template or error.hint_template in polish.failures
    assert names <= error.values.keys()
    assert "gad.toml, wiersz " in sentence
    assert not re.search(
        "of the form|Of late|much", f"{error} {error.hint} {sentence} {hint}".replace("order of the", "")
    )
    assert len(str(error)) < 300


def test_a_form_larger_than_a_form_may_be_is_refused_unread() -> None:
    error = _refusal(GOOD.encode() + b"#" * LARGEST)

    assert (str(error), error.hint) == (
        "gad.toml is larger than a form may be",
        "up to 64 KiB; a form holds questions and no more",
    )
    assert error.template in words("pl", "forms").failures


def test_another_encoding_is_refused_at_its_line() -> None:
    error = _refusal(GOOD.replace("Third", "Trzecie, świadomie").encode("iso-8859-2"))

    assert str(error) == "gad.toml, line 8: this is not UTF-8 text"


def test_a_form_shows_no_wording_when_it_is_printed() -> None:
    shown = repr(read_form(GOOD.encode(), "gad.toml", THERE))

    assert "of the form" not in shown
    assert "Of late" not in shown
    assert "much" not in shown


def test_the_form_in_the_guide_can_be_read() -> None:
    guide = (shipped() / "README.md").read_text(encoding="utf-8").partition("\n## A form of your own\n")[2]
    [block] = re.findall(r"```toml\n(.*?)```", guide.partition("\n## ")[0], flags=re.DOTALL)

    form = read_form(block.encode(), "guide.toml", THERE)

    assert len(form.items) == len(THERE[form.questionnaire].items)
    assert form.answers


# Any text a form may hold.
said = (
    st.text(min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not FORBIDDEN.search(text))
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of any questionnaire, in any words."""
    measure = THERE[draw(st.sampled_from(list(THERE)))]
    count = len(measure.items)
    numbers = st.integers(min(item.least for item in measure.items), max(item.most for item in measure.items))
    return Form(
        questionnaire=measure.id,
        language=draw(st.sampled_from(["en", "pl", "pt-BR"])),
        items=tuple(draw(st.lists(said, min_size=count, max_size=count))),
        answers=draw(st.dictionaries(numbers, said)),
        intro=draw(st.just("") | said | st.tuples(said, said).map("\n\n".join)),
    )


@given(forms())
@example(Form("csi-4", "en", ('"', "\\", "'''", '"""'), {0: "\\u0041", 6: "#"}, '= "\n[answers]\n9 = "'))
def test_a_form_that_was_written_is_read_as_the_same_form(form: Form) -> None:
    assert read_form(form_toml(form).encode(), "again.toml", THERE) == form


@pytest.mark.parametrize("sign", ["\\", '"', "😀", "字"])
@pytest.mark.parametrize("id_", THERE)
def test_the_longest_form_there_can_be_is_not_too_large_to_be_read_again(id_: str, sign: str) -> None:
    measure = THERE[id_]
    answers = range(min(item.least for item in measure.items), max(item.most for item in measure.items) + 1)
    form = Form(
        questionnaire=id_,
        language="zh-Hans-CN",
        items=(sign * 500,) * len(measure.items),
        answers=dict.fromkeys(answers, sign * 200),
        intro=sign * 4000,
    )

    assert read_form(form_toml(form).encode(), "again.toml", THERE) == form


def _reads_or_refuses(raw: bytes) -> Form | None:
    with contextlib.suppress(NotWhatItSays):
        return read_form(raw, "some.toml", THERE)
    return None


HEAD = 'questionnaire = "csi-4"\nlanguage = "en"\n'
KEYS = ("questionnaire", "language", "intro", "items", "answers", "0", '""', '"7"', "x.y", "answers.0", "items.0")
VALUES = ('"csi-4"', '"en"', "1", "-1", "1.5", "true", "1979-05-27", "[]", '["a", "b", "c", "d"]', '["a", 1]', "{}")
MORE_VALUES = ('{ 0 = "a" }', "[{}]", '[["a"]]', '"""', "'", '"\\u0000"')

fields = st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES + MORE_VALUES))
headers = st.sampled_from(
    ["[answers]", "[[answers]]", "[items]", "[[items]]", "[answers.0]", "[questionnaire]", "[odd]"]
)
like_a_form = st.lists(fields | fields | headers | st.text(max_size=20), max_size=15).map("\n".join)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    _reads_or_refuses(raw)


@given(like_a_form)
@example('items = ["a", "b", "c", "d"]\n[answers]\n0 = "no"')
@example("intro = " + "9" * 5000)
def test_anything_like_a_form_is_read_or_refused(text: str) -> None:
    _reads_or_refuses(text.encode("utf-8", "surrogatepass"))
    form = _reads_or_refuses((HEAD + text).encode("utf-8", "surrogatepass"))

    assert form is None or read_form(form_toml(form).encode(), "again.toml", THERE) == form


@pytest.mark.parametrize("text", ["a = " + "[" * 60_000, ".".join("a" * 30_000) + " = 1", "[answers]\n" * 6_000])
def test_no_file_keeps_the_reader_waiting(text: str) -> None:
    began = time.perf_counter()

    _reads_or_refuses((HEAD + text).encode())

    assert time.perf_counter() - began < 5

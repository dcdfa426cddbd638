"""The facts of questionnaires: whole, sourced, in words of our own; and each rule of their file, broken once."""

import re
import string
import tomllib

import pytest

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.session import CONTENT_NOTES
from journal_cli.packs.gendered import gendered
from journal_cli.packs.questionnaires import NAME, questionnaires, read_questionnaires
from journal_cli.packs.shelf import languages, shipped, words
from journal_cli.packs.source import open_source

TEXT = (shipped() / NAME).read_text(encoding="utf-8")
RAW = tomllib.loads(TEXT)["questionnaire"]
LANGUAGES = languages()
IDS = "phq-9 phq-8 gad-7 pcl-5 k6 k10 swls who-5 csi-4 csi-16 ras dts scs-sf rses brs"

# Words of the published forms, a few of each. None of them stands in the file.
PUBLISHED = """
little interest · feeling down · trouble falling · poor appetite · better off dead · let yourself · speaking so slowly
nearly every day · more than half the days · several days · not at all
feeling nervous · on edge · worrying too much · control worrying · trouble relaxing · hard to sit still · annoyed
something awful
disturbing · stressful experience · reliving · physical reactions · superalert · watchful · jumpy · easily startled
cut off from · taking too many risks · strong negative
none of the time · all of the time · tired out · so nervous · calm you down · fidgety · cheer you up · an effort
worthless · hopeless
close to my ideal · conditions of · satisfied with my life · important things i want · change almost nothing
good spirits · calm and relaxed · active and vigorous · fresh and rested · filled with things
all things considered · warm and comfortable · rewarding · part of a team · our relationship · going well between
discouraging · fragile · miserable
meet your needs · original expectations · gotten into · compared to most · how much do you love
primarily interested · cannot be trusted · perfectly honest · truly sincere · fairly and justly · counted on
consumed by · inadequacy · balanced view · human condition · tenderness · in balance · obsess · fixate · intolerant
disapproving
person of worth · good qualities · a failure that i · as well as most · proud of · positive attitude · useless
more respect · no good
bounce back · snap back · hard time making · take me long · little trouble · get over
niewielkie zainteresowanie · odczuwanie przyjemności · przygnębienie · kłopoty z · uczucie zmęczenia · brak apetytu
niezadowolenia z siebie · lepiej umrzeć · niemal codziennie · wcale nie dokuczały · przez kilka dni
trudności z odprężeniem · coś strasznego · na krawędzi · zdenerwowania
bliskie ideału · warunki mojego życia · jestem zadowolony · prawie nic
radosny · zrelaksowan · pełen wigoru · wypoczęt
"""

GOOD = """
[[questionnaire]]
id = "weather-3"
name = "Weather-3"
version = "1.0.0"
about = { en = "the weather", pl = "pogoda" }
window = { en = "today", pl = "dzisiaj" }
answers = [0, 2]
low = { en = "none", pl = "wcale" }
high = { en = "much", pl = "wiele" }
reversed = [2]
scoring = "sum"
wobble = 2
wobble_source = "Cloud 2001"
apart = 3
tender = 3
without = "weather-2"
content_notes = ["loss"]
source = "Cloud 2001"
licence = { en = "free", pl = "wolno" }
loinc = "44249-1"
bands = [
  { from = 0, to = 3, label = { en = "dry", pl = "sucho" }, source = "Cloud 2001" },
  { from = 4, to = 6, label = { en = "wet", pl = "mokro" }, source = "Cloud 2001" },
]
clusters = [
  { label = { en = "A: sky", pl = "A: niebo" }, numbers = [1, 3], reach = 1, least = 2, source = "Cloud 2001" },
]
items = [
  { label = { en = "rain", pl = "deszcz" } },
  { label = { en = "sun", pl = "słońce" }, loinc = "44250-9" },
  { label = { en = "wind", pl = "wiatr" } },
]

[[questionnaire]]
id = "weather-2"
name = "Weather-2"
version = "1.0.0"
about = { en = "the weather", pl = "pogoda" }
window = { en = "today", pl = "dzisiaj" }
answers = [1, 3]
low = { en = "none", pl = "wcale" }
high = { en = "much", pl = "wiele" }
scoring = "mean"
source = "Cloud 2002"
licence = { en = "free", pl = "wolno" }
bands = [
  { from = 1.0, to = 1.99, label = { en = "mild", pl = "ciepło" }, source = "Cloud 2002" },
  { from = 2.0, to = 3.0, label = { en = "rough", pl = "zimno" }, source = "Cloud 2002" },
]
items = [
  { label = { en = "rain", pl = "deszcz" } },
  { label = { en = "sun", pl = "słońce" } },
]
"""

# What is replaced, by what, the text whose line the refusal names, a piece of the sentence, a piece of the hint.
FAULTS: dict[str, tuple[str, str, str, str, str]] = {
    "nothing inside": (GOOD, "\n", "", "has no [[questionnaire]]", "add one"),
    "a key nobody reads": ("apart = 3", "aparts = 3", "aparts", 'nobody reads a "aparts" here', '"apart"?'),
    "a key of an item nobody reads": (
        '{ label = { en = "sun", pl = "słońce" }, loinc',
        '{ label = { en = "sun", pl = "słońce" }, lonic',
        '"sun"',
        'nobody reads a "lonic" here',
        '"loinc"?',
    ),
    "a key above all parts": ("\n[[questionnaire]]", "\nformat = 1\n[[questionnaire]]", "format", '"format"', ""),
    "no id": ('id = "weather-3"\n', "", "[[questionnaire]]", "has no id", 'id = "…"'),
    "same id twice": ('id = "weather-2"', 'id = "weather-3"  # again', "# again", '"weather-3" stands here a', ""),
    "id of other letters": (
        'id = "weather-3"',
        'id = "Weather 3"',
        "Weather 3",
        "not made of a-z",
        '"weather-3" would',
    ),
    "version in words": ('version = "1.0.0"', 'version = "first"', '"first"', 'written like "1.0.0"', ""),
    "no source": ('source = "Cloud 2001"\nlicence', "licence", "[[questionnaire]]", "has no source", "source ="),
    "no licence": ('licence = { en = "free", pl = "wolno" }\nloinc', "loinc", "[[questionnaire]]", "licence", ""),
    "no low": ('low = { en = "none", pl = "wcale" }\n', "", "[[questionnaire]]", "low stands here in each", "low = {"),
    "one language only": (
        '{ en = "today", pl = "dzisiaj" }',
        '{ en = "today" }',
        "window",
        "window stands here",
        "pl =",
    ),
    "a language too many": ('{ en = "today", pl', '{ de = "heute", en = "today", pl', "window", "window stands", ""),
    "a text for all": ('{ en = "the weather", pl = "pogoda" }', '"the weather"', "about", "about stands here", "{ en"),
    "an empty twin": ('pl = "dzisiaj"', 'pl = " "', "window", "window stands here in each", ""),
    "a label in one language": (
        '{ label = { en = "wind", pl = "wiatr" } }',
        '{ label = { en = "wind" } }',
        '"wind"',
        "label stands here in each of these languages: en, pl",
        'write label = { en = "…", pl = "…" }',
    ),
    "no answers": ("answers = [0, 2]\n", "", "[[questionnaire]]", "answers is the lowest answer", "answers = [0, 3]"),
    "answers the wrong way": ("[0, 2]", "[2, 0]", "answers", "the lowest answer and the highest", ""),
    "one answer": ("[0, 2]", "[2, 2]", "answers", "the lowest answer and the highest", ""),
    "three answers": ("[0, 2]", "[0, 1, 2]", "answers", "the lowest answer and the highest", ""),
    "answers of truth": ("[0, 2]", "[false, true]", "answers", "the lowest answer and the highest", ""),
    "answers of an item": (
        '{ label = { en = "wind", pl = "wiatr" } }',
        '{ label = { en = "wind", pl = "wiatr" }, answers = [5, 1] }',
        '"wind"',
        "the lowest answer and the highest",
        "",
    ),
    "reversed that is not there": ("reversed = [2]", "reversed = [4]", "reversed", "from 1 to 3", "reversed = [1, 2]"),
    "reversed from 0": ("reversed = [2]", "reversed = [0]", "reversed", "from 1 to 3", ""),
    "reversed twice": ("reversed = [2]", "reversed = [2, 2]", "reversed", "in their order", ""),
    "reversed out of order": ("reversed = [2]", "reversed = [3, 1]", "reversed", "in their order", ""),
    "reversed in words": ("reversed = [2]", 'reversed = ["2"]', "reversed", "numbers of items", ""),
    "reversed no list": ("reversed = [2]", "reversed = 2", "reversed", "numbers of items", ""),
    "tender that is not there": ("tender = 3", "tender = 4", "tender", "from 0 to 3", ""),
    "group of an item that is not there": ("numbers = [1, 3]", "numbers = [1, 4]", "A: sky", "from 1 to 3", ""),
    "group of nothing": ("numbers = [1, 3]", "numbers = []", "A: sky", "numbers of items", ""),
    "group nobody can meet": ("least = 2", "least = 3", "clusters", "least is a whole number from 1 to 2", ""),
    "group out of reach": ("reach = 1", "reach = 3", "clusters", "reach is a whole number from 0 to 2", ""),
    "group without source": ('least = 2, source = "Cloud 2001"', "least = 2", "clusters", "has no source", ""),
    "scoring by guess": ('scoring = "sum"', 'scoring = "sums"', '"sums"', "scoring knows", 'mean "sum"?'),
    "wobble in words": ("wobble = 2", 'wobble = "2"', "wobble", "wobble is a number", "wobble = 5"),
    "wobble without source": ('wobble_source = "Cloud 2001"\n', "", "[[questionnaire]]", "has no wobble_source", ""),
    "source of no wobble": ("wobble = 2\n", "", "[[questionnaire]]", "wobble is a number", ""),
    "without what is not there": ('"weather-2"\ncontent', '"weather-1"\ncontent', "without", "one item less", ""),
    "without itself": ('without = "weather-2"', 'without = "weather-3"', "without", "one item less", ""),
    "unknown content note": ('["loss"]', '["los"]', "content_notes", "content_notes knows", 'mean "loss"?'),
    "code of LOINC": ("44249-1", "44249", '"44249"', 'loinc is written like "44249-1"', ""),
    "no items": (
        GOOD[GOOD.index("items = [\n") : GOOD.index('\n[[questionnaire]]\nid = "weather-2')],
        "",
        "[[ques",
        "has no",
        "",
    ),
    "bands overlap": (
        "from = 4, to = 6",
        "from = 3, to = 6",
        '"wet"',
        "band 3-6 begins before",
        "lowest band comes first",
    ),
    "bands backwards": (
        GOOD[GOOD.index("  { from = 0") : GOOD.index("]\nclusters")],
        "\n".join(reversed(GOOD[GOOD.index("  { from = 0") : GOOD.index("]\nclusters")].splitlines())) + "\n",
        '"dry"',
        "band 0-3 begins before",
        "",
    ),
    "a band upside down": ("from = 4, to = 6", "from = 6, to = 4", '"wet"', "band 6-4 is not inside", "from its lower"),
    "a band too high": (
        "from = 4, to = 6",
        "from = 4, to = 7",
        '"wet"',
        "band 4-7 is not inside the totals, 0 to 6",
        "",
    ),
    "a band too low": ("from = 1.0", "from = 0.5", '"mild"', "band 0.5-1.99 is not inside the totals, 1 to 3", ""),
    "a total in no band": (
        "from = 4, to = 6",
        "from = 5, to = 6",
        "bands",
        "no band has the total 4",
        "leave no total",
    ),
    "a last total in no band": ("from = 4, to = 6", "from = 4, to = 5", "bands", "no band has the total 6", ""),
    "a mean in no band": ("to = 1.99", "to = 1.49", "bands", "no band has the total 1.5", ""),
    "a band without source": (
        ', source = "Cloud 2002" },\n  { from = 2.0',
        " },\n  { from = 2.0",
        "bands",
        "no source",
        "",
    ),
    "a band without an end": ("from = 0, to = 3,", "from = 0,", "bands", "to is a number", ""),
}


def _refusal(text: str) -> NotWhatItSays:
    with pytest.raises(NotWhatItSays) as caught:
        read_questionnaires(open_source(text.encode(), "weather.toml"), "en")
    return caught.value


def _broken(fault: str) -> str:
    old, new, *_ = FAULTS[fault]
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_the_file_these_faults_are_planted_in_is_good() -> None:
    three, two = read_questionnaires(open_source(GOOD.encode(), "weather.toml"), "pl")

    assert [item.label for item in three.items] == ["deszcz", "słońce", "wiatr"]
    assert [item.reversed for item in three.items] == [False, True, False]
    assert (three.bands[1].label, three.clusters[0].items, three.wobble and three.wobble.points) == ("mokro", (1, 3), 2)
    assert (three.low, three.high, three.licence) == ("wcale", "wiele", "wolno")
    assert (two.least, two.most, two.total([1, 2])) == (1, 3, 1.5)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_line_and_way_out(fault: str) -> None:
    _, _, where, sentence, hint = FAULTS[fault]
    text = _broken(fault)

    error = _refusal(text)

    lines = [number for number, line in enumerate(text.split("\n"), start=1) if where in line]
    assert str(error).startswith("weather.toml, line ")
    assert int(re.findall(r"line (\d+):", str(error))[0]) in lines
    assert sentence in str(error)
    assert hint in error.hint


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refusal_can_be_said_in_polish(fault: str) -> None:
    polish = words("pl", "packs", "forms")
    error = _refusal(_broken(fault))
    names = {name for _, name, _, _ in string.Formatter().parse(error.template + error.hint_template) if name}

    assert error.template in polish.failures
    assert not error.hint_template or error.hint_template in polish.failures
    assert names <= error.values.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fifteen_are_there_in_both_languages(language: str) -> None:
    found = questionnaires(language)

    assert list(found) == IDS.split()
    assert all(id_ == one.id for id_, one in found.items())


def test_languages_differ_in_their_words_and_in_nothing_else() -> None:
    english, polish = questionnaires("en"), questionnaires("pl")
    for id_, one in english.items():
        other = polish[id_]
        assert (one.name, one.version, one.source, one.coding) == (
            other.name,
            other.version,
            other.source,
            other.coding,
        )
        assert [(item.least, item.most, item.reversed, item.loinc) for item in one.items] == [
            (item.least, item.most, item.reversed, item.loinc) for item in other.items
        ]
        assert [item.label for item in one.items] != [item.label for item in other.items]
        assert one.window != other.window


def test_a_language_nobody_speaks_gives_english() -> None:
    assert questionnaires("fi") == questionnaires("en")


def test_what_is_given_may_be_changed_by_whoever_asked() -> None:
    questionnaires("en").clear()

    assert len(questionnaires("en")) == 15


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw["id"])
def test_every_fact_says_who_published_it(raw: dict[str, object]) -> None:
    year = re.compile(r"\b(?:19|20)\d\d\b")
    one = questionnaires("en")[str(raw["id"])]

    assert year.search(one.source)
    assert all(year.search(band.source) for band in one.bands)
    assert all(year.search(cluster.source) for cluster in one.clusters)
    assert one.wobble is None or year.search(one.wobble.source)
    assert one.licence


def test_who_is_treated_with_special_care() -> None:
    found = questionnaires("en")

    assert {id_: (one.tender, one.without) for id_, one in found.items() if one.tender} == {"phq-9": (9, "phq-8")}
    assert [id_ for id_, one in found.items() if one.with_clinician] == ["pcl-5"]
    assert found["phq-9"].content_notes == ("self-harm-mentioned",)
    assert found["pcl-5"].content_notes == ("past-hurt",)
    assert [found[id_].apart for id_ in ("phq-9", "phq-8", "gad-7", "pcl-5")] == [7, 7, 7, 30]
    assert all(set(one.content_notes) <= set(CONTENT_NOTES) for one in found.values())


def test_where_answers_are_counted_in_several_ways_the_way_has_a_name() -> None:
    assert {id_: one.coding for id_, one in questionnaires("en").items() if one.coding} == {
        "k6": "0-4",
        "k10": "1-5",
        "dts": "1-7",
        "rses": "0-3",
    }


def test_phq_8_is_phq_9_without_its_last_item() -> None:
    found = questionnaires("pl")

    assert [item.label for item in found["phq-9"].items[:8]] == [item.label for item in found["phq-8"].items]


def _doubled(digit: int) -> int:
    return sum(divmod(2 * digit, 10))


def test_codes_of_loinc_carry_the_right_check_digit() -> None:
    """The last digit of a code is Luhn's: a mistyped digit does not pass."""
    found = questionnaires("en")
    codes = [
        code for one in found.values() for code in (one.loinc, one.loinc_total, *(i.loinc for i in one.items)) if code
    ]

    assert len(codes) == len(set(codes)) == 2 + 9 + 2 + 7
    for code in codes:
        digits = [int(sign) for sign in code.replace("-", "")][::-1]
        assert (sum(digits[0::2]) + sum(map(_doubled, digits[1::2]))) % 10 == 0, code


@pytest.mark.parametrize("phrase", [one.strip() for line in PUBLISHED.strip().split("\n") for one in line.split("·")])
def test_no_wording_of_a_form_stands_in_the_file(phrase: str) -> None:
    facts = "\n".join(line for line in TEXT.lower().split("\n") if not line.startswith("#"))

    assert phrase not in facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_is_a_few_words_and_no_sentence(language: str) -> None:
    for one in questionnaires(language).values():
        labels = [item.label for item in one.items]
        assert len(set(labels)) == len(labels), one.id
        for label in labels:
            assert len(label.split()) <= 7, label
            assert not re.search(r"[.?!]|\b(?:I|my|me|ja|moje|mnie|mój)\b", label), label


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_weighs_on_nobody(language: str) -> None:
    for one in questionnaires(language).values():
        said = " · ".join((one.about, one.window, one.low, one.high, one.licence, *(item.label for item in one.items)))
        assert not re.search(r"\b(?:should|must|still|screen|detect|diagnos\w+|trzeba|powinn\w+)\b", said), one.id
        assert not list(gendered(said)), one.id


def test_the_table_in_the_guide_says_what_the_file_says() -> None:
    guide = (shipped() / "README.md").read_text(encoding="utf-8").partition("\n## Questionnaires\n")[2]
    rows = re.findall(
        r"^\| (`.+?`) \| .+? \| ([\d, ]+) \| (.+?) \| (.+?) \|$", guide.partition("\n## ")[0], re.MULTILINE
    )
    found = questionnaires("en")
    told = {}
    for names, counts, answers, total in rows:
        ids, ranges = re.findall(r"`([^`]+)`", names), answers.split(", ")
        for place, (id_, count) in enumerate(zip(ids, counts.split(", "), strict=True)):
            told[id_] = (
                int(count),
                ranges[place] if len(ranges) == len(ids) and "first" not in answers else ranges[0],
                total,
            )

    assert told == {
        id_: (
            len(one.items),
            f"{one.items[-1].least}-{one.items[-1].most}",
            one.scoring + (f", times {one.factor}" if one.factor > 1 else ""),
        )
        for id_, one in found.items()
    }

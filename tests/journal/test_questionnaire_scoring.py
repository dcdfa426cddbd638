"""Fifteen questionnaires, scored by hand and by the program: every rule, every reversed item, every edge of a band."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_cli.journal.questionnaire import Questionnaire
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.packs.wordbook import shipped

ALL = questionnaires("en")
RAW = {
    one["id"]: one
    for one in tomllib.loads((shipped() / "questionnaires.toml").read_text(encoding="utf-8"))["questionnaire"]
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a publication says, written down a second time and by hand."""

    items: int
    least: int
    most: int
    reversed: str = ""
    lowest: float = 0
    highest: float = 0


RULES = {
    "phq-9": Rule(9, 0, 3, "", 0, 27),  # Kroenke 2001
    "phq-8": Rule(8, 0, 3, "", 0, 24),  # Kroenke 2009
    "gad-7": Rule(7, 0, 3, "", 0, 21),  # Spitzer 2006
    "pcl-5": Rule(20, 0, 4, "", 0, 80),  # Weathers 2013
    "k6": Rule(6, 0, 4, "", 0, 24),  # Kessler 2003: counted from 0
    "k10": Rule(10, 1, 5, "", 10, 50),  # Australian Bureau of Statistics 2012: counted from 1
    "swls": Rule(5, 1, 7, "", 5, 35),  # Diener 1985
    "who-5": Rule(5, 0, 5, "", 0, 100),  # Topp 2015: four times the sum
    "csi-4": Rule(4, 0, 5, "", 0, 21),  # Funk and Rogge 2007: the first item to 6
    "csi-16": Rule(16, 0, 5, "", 0, 81),  # the same
    "ras": Rule(7, 1, 5, "4 7", 1, 5),  # Hendrick 1988: the mean
    "dts": Rule(8, 1, 7, "1 2 6", 8, 56),  # Larzelere and Huston 1980
    "scs-sf": Rule(12, 1, 5, "1 4 8 9 11 12", 1, 5),  # Raes 2011: the mean
    "rses": Rule(10, 0, 3, "3 5 8 9 10", 0, 30),  # Rosenberg 1965, in the order of the University of Maryland
    "brs": Rule(6, 1, 5, "2 4 6", 1, 5),  # Smith 2008: the mean
}

# Answers as somebody types them, and the total with its arithmetic. Reversed answers are the ones in brackets.
WORKED: list[tuple[str, str, float]] = [
    ("phq-9", "0 0 0 0 0 0 0 0 0", 0),
    ("phq-9", "3 3 3 3 3 3 3 3 3", 9 * 3),
    ("phq-9", "1 2 3 0 1 2 0 1 0", 1 + 2 + 3 + 0 + 1 + 2 + 0 + 1 + 0),  # 10
    ("phq-8", "0 0 0 0 0 0 0 0", 0),
    ("phq-8", "3 3 3 3 3 3 3 3", 8 * 3),
    ("phq-8", "2 1 0 3 2 1 0 0", 2 + 1 + 0 + 3 + 2 + 1),  # 9
    ("gad-7", "0 0 0 0 0 0 0", 0),
    ("gad-7", "3 3 3 3 3 3 3", 7 * 3),
    ("gad-7", "1 1 2 2 0 3 1", 1 + 1 + 2 + 2 + 0 + 3 + 1),  # 10
    ("pcl-5", "0 " * 20, 0),
    ("pcl-5", "4 " * 20, 20 * 4),
    ("pcl-5", "1 2 3 4 0 1 2 3 4 0 1 2 3 4 0 1 2 3 4 0", 4 * (1 + 2 + 3 + 4)),  # 40
    ("k6", "0 0 0 0 0 0", 0),
    ("k6", "4 4 4 4 4 4", 6 * 4),
    ("k6", "4 0 3 1 2 3", 4 + 0 + 3 + 1 + 2 + 3),  # 13
    ("k10", "1 1 1 1 1 1 1 1 1 1", 10),  # the lowest there is: not 0
    ("k10", "5 5 5 5 5 5 5 5 5 5", 50),
    ("k10", "1 2 3 4 5 1 2 1 1 2", 1 + 2 + 3 + 4 + 5 + 1 + 2 + 1 + 1 + 2),  # 22
    ("swls", "1 1 1 1 1", 5),
    ("swls", "7 7 7 7 7", 35),
    ("swls", "4 4 4 4 4", 20),
    ("swls", "7 5 6 2 1", 7 + 5 + 6 + 2 + 1),  # 21
    ("who-5", "0 0 0 0 0", 0),
    ("who-5", "5 5 5 5 5", 25 * 4),
    ("who-5", "3 2 4 1 3", (3 + 2 + 4 + 1 + 3) * 4),  # 13 times 4 is 52
    ("csi-4", "0 0 0 0", 0),
    ("csi-4", "6 5 5 5", 6 + 3 * 5),  # 21
    ("csi-4", "4 3 2 5", 4 + 3 + 2 + 5),  # 14
    ("csi-16", "0 " * 16, 0),
    ("csi-16", "6 " + "5 " * 15, 6 + 15 * 5),  # 81
    (
        "csi-16",
        "6 4 3 2 1 0 5 4 3 2 1 0 5 4 3 2",
        6 + 4 + 3 + 2 + 1 + 0 + (5 + 4 + 3 + 2 + 1 + 0) + 5 + 4 + 3 + 2,
    ),  # 45
    ("ras", "1 1 1 5 1 1 5", 7 / 7),  # lowest: the two reversed ones are answered 5, each counts 1
    ("ras", "5 5 5 1 5 5 1", 35 / 7),
    ("ras", "4 4 3 2 5 5 3", (4 + 4 + 3 + (6 - 2) + 5 + 5 + (6 - 3)) / 7),  # 28 / 7 = 4
    ("ras", "3 3 3 3 3 3 1", (6 * 3 + (6 - 1)) / 7),  # 23 / 7
    ("dts", "7 7 1 1 1 7 1 1", 8),
    ("dts", "1 1 7 7 7 1 7 7", 56),
    ("dts", "2 3 6 5 4 1 7 6", (8 - 2) + (8 - 3) + 6 + 5 + 4 + (8 - 1) + 7 + 6),  # 46
    ("scs-sf", "5 1 1 5 1 1 1 5 5 1 5 5", 12 / 12),
    ("scs-sf", "1 5 5 1 5 5 5 1 1 5 1 1", 60 / 12),
    # (6-4) 3 3 (6-2) 4 2 3 (6-5) (6-4) 2 (6-3) (6-1) = 2+3+3+4+4+2+3+1+2+2+3+5 = 34
    ("scs-sf", "4 3 3 2 4 2 3 5 4 2 3 1", 34 / 12),
    (
        "scs-sf",
        "1 1 1 1 1 1 1 1 1 1 1 1",
        (6 * 5 + 6 * 1) / 12,
    ),  # six reversed ones: the same answer everywhere gives 3
    ("rses", "0 0 3 0 3 0 0 3 3 3", 0),
    ("rses", "3 3 0 3 0 3 3 0 0 0", 30),
    ("rses", "3 3 3 3 3 3 3 3 3 3", 15),  # five count 3, five count 0
    ("rses", "2 3 1 2 0 1 2 3 1 0", 2 + 3 + (3 - 1) + 2 + (3 - 0) + 1 + 2 + (3 - 3) + (3 - 1) + (3 - 0)),  # 20
    ("brs", "1 5 1 5 1 5", 6 / 6),
    ("brs", "5 1 5 1 5 1", 30 / 6),
    ("brs", "4 2 3 3 4 2", (4 + (6 - 2) + 3 + (6 - 3) + 4 + (6 - 2)) / 6),  # 22 / 6
]

# The last total of each band and its name, as published.
BANDS: dict[str, list[tuple[float, str]]] = {
    "phq-9": [(4, "minimal"), (9, "mild"), (14, "moderate"), (19, "moderately severe"), (27, "severe")],
    "phq-8": [(9, "below the threshold of 10"), (24, "10, the threshold, or more")],
    "gad-7": [(4, "minimal"), (9, "mild"), (14, "moderate"), (21, "severe")],
    "k6": [(12, "below the threshold of 13"), (24, "13, the threshold, or more")],
    "k10": [(15, "low"), (21, "moderate"), (29, "high"), (50, "very high")],
    "swls": [
        (9, "extremely dissatisfied"), (14, "dissatisfied"), (19, "slightly dissatisfied"), (20, "neutral"),
        (25, "slightly satisfied"), (30, "satisfied"), (35, "extremely satisfied"),
    ],
    "who-5": [(50, "50, the threshold, or less"), (100, "above the threshold of 50")],
    "csi-16": [(51.5, "below the threshold of 51.5"), (81, "above the threshold of 51.5")],
    "brs": [(2.99, "low"), (4.30, "normal"), (5, "high")],
}  # fmt: skip
MET = [2, 0, 0, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 2]  # one B, one C, two D, two E


def typed(answers: str) -> list[int]:
    return [int(one) for one in answers.split()]


def turned(id_: str) -> set[int]:
    return {int(one) for one in RULES[id_].reversed.split()}


def by_hand(id_: str, answers: list[int]) -> Fraction:
    """Score from the file's bare facts, another way: everything summed, then reversed answers mirrored in one go."""
    raw = RAW[id_]
    mirrored = raw.get("reversed", [])
    total = sum(answers) + sum(raw["answers"]) * len(mirrored) - 2 * sum(answers[number - 1] for number in mirrored)
    return Fraction(total * raw.get("factor", 1), len(answers) if raw["scoring"] == "mean" else 1)


def with_points(one: Questionnaire, points: int) -> list[int]:
    """Answers that count so many points above the lowest total, item after item."""
    given = []
    for item in one.items:
        here = min(points, item.most - item.least)
        points -= here
        given.append(item.most - here if item.reversed else item.least + here)
    assert points == 0
    return given


def highest_points(one: Questionnaire) -> int:
    return sum(item.most - item.least for item in one.items)


def test_the_rules_of_all_fifteen_are_written_here() -> None:
    assert len(ALL) == 15
    assert ALL.keys() == RULES.keys()
    assert {id_ for id_, _, _ in WORKED} == RULES.keys()
    assert {id_ for id_, one in ALL.items() if one.bands} == BANDS.keys()


@pytest.mark.parametrize("id_", RULES)
def test_items_ranges_and_reversed_items_are_as_published(id_: str) -> None:
    rule, one = RULES[id_], ALL[id_]
    most = [6 if id_.startswith("csi") and number == 1 else rule.most for number in range(1, rule.items + 1)]

    assert [(item.least, item.most) for item in one.items] == [(rule.least, last) for last in most]
    assert {number for number, item in enumerate(one.items, start=1) if item.reversed} == turned(id_)
    assert (one.least, one.most) == (rule.lowest, rule.highest)


@pytest.mark.parametrize("id_, answers, total", WORKED, ids=[f"{id_} {answers.strip()}" for id_, answers, _ in WORKED])
def test_a_worked_example_comes_out_as_by_hand(id_: str, answers: str, total: float) -> None:
    assert ALL[id_].total(typed(answers)) == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("id_", RULES)
def test_lowest_and_highest_stand_among_the_examples(id_: str) -> None:
    """Two ends and something between, for each; where items are reversed, one answered unlike its ends."""
    totals = [total for one, _, total in WORKED if one == id_]

    assert {RULES[id_].lowest, RULES[id_].highest} <= set(totals)
    assert any(RULES[id_].lowest < total < RULES[id_].highest for total in totals)


@given(st.data())
@pytest.mark.parametrize("id_", RULES)
def test_any_answers_come_out_the_same_two_ways(id_: str, data: st.DataObject) -> None:
    one = ALL[id_]
    answers = [data.draw(st.integers(item.least, item.most)) for item in one.items]

    total = one.total(answers)

    assert total == pytest.approx(float(by_hand(id_, answers)), abs=1e-9)
    assert one.least <= total <= one.most


@given(st.data())
@pytest.mark.parametrize("id_", RULES)
def test_one_item_left_out_leaves_no_total_and_no_band(id_: str, data: st.DataObject) -> None:
    one = ALL[id_]
    answers: list[int | None] = [data.draw(st.integers(item.least, item.most)) for item in one.items]
    answers[data.draw(st.integers(0, len(answers) - 1))] = None

    assert one.total(answers) is None
    assert one.band(one.total(answers)) is None
    assert one.clusters_met(answers) is None


@pytest.mark.parametrize("id_", RULES)
def test_answers_of_another_number_have_no_total(id_: str) -> None:
    lowest = with_points(ALL[id_], 0)

    assert ALL[id_].total(lowest) is not None
    assert ALL[id_].total(lowest[:-1]) is None
    assert ALL[id_].total([*lowest, lowest[-1]]) is None


@pytest.mark.parametrize("id_", BANDS)
def test_every_total_lies_in_the_band_it_is_published_in(id_: str) -> None:
    """Both sides of every edge, and all that is between: each total is made by answering, point by point."""
    one = ALL[id_]
    for points in range(highest_points(one) + 1):
        total = by_hand(id_, with_points(one, points))
        expected = next(label for last, label in BANDS[id_] if total <= Fraction(str(last)))
        band = one.band(one.total(with_points(one, points)))
        assert band, total
        assert (float(total), band.label) == (float(total), expected)


@pytest.mark.parametrize(
    "id_, below, above",
    [
        ("phq-9", (4, "minimal"), (5, "mild")),
        ("phq-9", (9, "mild"), (10, "moderate")),
        ("phq-9", (14, "moderate"), (15, "moderately severe")),
        ("phq-9", (19, "moderately severe"), (20, "severe")),
        ("phq-8", (9, "below the threshold of 10"), (10, "10, the threshold, or more")),
        ("gad-7", (4, "minimal"), (5, "mild")),
        ("gad-7", (9, "mild"), (10, "moderate")),
        ("gad-7", (14, "moderate"), (15, "severe")),
        ("k6", (12, "below the threshold of 13"), (13, "13, the threshold, or more")),
        ("k10", (15, "low"), (16, "moderate")),
        ("k10", (21, "moderate"), (22, "high")),
        ("k10", (29, "high"), (30, "very high")),
        ("swls", (9, "extremely dissatisfied"), (10, "dissatisfied")),
        ("swls", (14, "dissatisfied"), (15, "slightly dissatisfied")),
        ("swls", (19, "slightly dissatisfied"), (20, "neutral")),
        ("swls", (20, "neutral"), (21, "slightly satisfied")),
        ("swls", (25, "slightly satisfied"), (26, "satisfied")),
        ("swls", (30, "satisfied"), (31, "extremely satisfied")),
        ("who-5", (48, "50, the threshold, or less"), (52, "above the threshold of 50")),
        ("csi-16", (51, "below the threshold of 51.5"), (52, "above the threshold of 51.5")),
        ("brs", (17 / 6, "low"), (18 / 6, "normal")),
        ("brs", (25 / 6, "normal"), (26 / 6, "high")),
    ],
)
def test_an_edge_divides_two_bands(id_: str, below: tuple[float, str], above: tuple[float, str]) -> None:
    for total, label in (below, above):
        band = ALL[id_].band(total)
        assert band
        assert band.label == label


def test_no_total_beyond_the_ends_has_a_band() -> None:
    for one in ALL.values():
        assert one.band(one.least - 1) is None
        assert one.band(one.most + 1) is None


def met(answers: list[int]) -> str:
    """Letters of the groups that are met."""
    found = ALL["pcl-5"].clusters_met(answers)
    assert found is not None
    return "".join(one.label[0] for one in found)


def test_the_groups_of_the_pcl_5_are_met_with_one_one_two_and_two() -> None:
    assert met(MET) == "BCDE"


@pytest.mark.parametrize("item, left", [(1, "CDE"), (7, "BDE"), (9, "BCE"), (14, "BCE"), (15, "BCD"), (20, "BCD")])
def test_one_answer_below_two_leaves_its_group_unmet(item: int, left: str) -> None:
    answers = list(MET)
    answers[item - 1] = 1

    assert met(answers) == left


def test_a_high_answer_elsewhere_does_not_meet_a_group() -> None:
    """The total is high, and group C has nothing that reaches 2."""
    answers = [4] * 5 + [1, 1] + [4] * 13

    assert ALL["pcl-5"].total(answers) == 18 * 4 + 2
    assert met(answers) == "BDE"


@pytest.mark.parametrize("item", range(1, 21))
def test_each_item_of_the_pcl_5_belongs_to_one_group(item: int) -> None:
    letter = next(letter for last, letter in ((5, "B"), (7, "C"), (14, "D"), (20, "E")) if item <= last)
    answers = [0] * 20
    answers[item - 1] = 2
    needed = {"B": 1, "C": 1, "D": 2, "E": 2}[letter]

    assert met(answers) == (letter if needed == 1 else "")
    # A second one in the same group meets it.
    answers[{"B": 1, "C": 6, "D": 8, "E": 15}[letter] - 1] = 2
    answers[{"B": 2, "C": 7, "D": 9, "E": 16}[letter] - 1] = 2
    assert met(answers) == letter


def test_only_the_pcl_5_has_groups() -> None:
    assert [id_ for id_, one in ALL.items() if one.clusters] == ["pcl-5"]
    assert ALL["phq-9"].clusters_met([0] * 9) is None


@pytest.mark.parametrize("id_, points", [("phq-9", 5), ("phq-8", 5), ("gad-7", 4), ("pcl-5", 15), ("who-5", 10)])
def test_a_wobble_is_the_published_figure(id_: str, points: float) -> None:
    wobble = ALL[id_].wobble

    assert wobble
    assert (wobble.points, bool(wobble.source)) == (points, True)


def test_where_no_figure_is_settled_there_is_none() -> None:
    assert {id_ for id_, one in ALL.items() if one.wobble is None} == {
        *("k6", "k10", "swls", "csi-4", "csi-16", "ras", "dts", "scs-sf", "rses", "brs"),
    }

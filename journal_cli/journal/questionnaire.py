"""
Questionnaires: the facts of published measures, and how their answers are scored.

The wording of an item belongs to its form, which is not here: the person answers from the form they
have. What is here are facts (how many items, which range, which are reversed, how they are put
together, what was published about the result) and short labels of our own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from journal_cli.journal.moment import Moment

Answers = Sequence[int | None]


class Scoring(StrEnum):
    """How answers become a total."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Item:
    """
    One item of a questionnaire.

    Args:
        label: What it is about, in a few words of our own.
        least: The lowest answer.
        most: The highest answer.
        reversed: True if a high answer counts as a low one.
        loinc: Its LOINC code, or "".
    """

    label: str
    least: int
    most: int
    reversed: bool = False
    loinc: str = ""

    def points(self, answer: int) -> int:
        """Give what an answer adds to the total: itself, or counted from the other end."""
        return self.least + self.most - answer if self.reversed else answer


@dataclass(frozen=True, slots=True)
class Band:
    """A published name for a range of totals, both ends included, and who published it."""

    least: float
    most: float
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Wobble:
    """By how many points totals move without anything changing, and who published that."""

    points: float
    source: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    A group of items, some of which have to reach an answer, as in the PCL-5.

    Args:
        label: Its name in the publication.
        items: Numbers of the items, from 1.
        reach: The answer from which an item counts.
        least: How many of the items have to count.
        source: Who published the rule.
    """

    label: str
    items: tuple[int, ...]
    reach: int
    least: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """
    The facts of one published measure, in one language of ours.

    Args:
        id: As people type it: `phq-9`.
        name: Its own name, which is not translated: `PHQ-9`.
        version: The version of these facts.
        about: What it asks about, in a line of our own.
        window: The time it asks about, in words of our own: "the last two weeks".
        items: In the order of the form.
        scoring: Whether the total is a sum or a mean.
        factor: What the sum is multiplied by: 4 for the WHO-5.
        coding: How its answers are counted, where several ways are in use; else "".
        low: What its lowest answer says, in words of our own; the numbers of a form may run the other way.
        high: What its highest answer says.
        bands: Published names for totals, the lowest first; none where none were published.
        clusters: A published rule over groups of items; none for most.
        wobble: By how much totals move by themselves; None where no figure is settled.
        apart: Days for which it is not offered again.
        tender: Number of the item, from 1, that is met with care at any answer above zero; 0 for none.
        without: Id of the same measure without that item, or "".
        with_clinician: True if it is meant to be looked at with a clinician.
        content_notes: From the closed list of packs.
        source: Who published the scoring.
        licence: What the form says about who may use it.
        loinc: LOINC code of the panel, or "".
        loinc_total: LOINC code of the total, or "".
    """

    id: str
    name: str
    version: str
    about: str
    window: str
    items: tuple[Item, ...]
    source: str
    scoring: Scoring = Scoring.SUM
    factor: int = 1
    coding: str = ""
    low: str = ""
    high: str = ""
    bands: tuple[Band, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    wobble: Wobble | None = None
    apart: int = 7
    tender: int = 0
    without: str = ""
    with_clinician: bool = False
    content_notes: tuple[str, ...] = ()
    licence: str = ""
    loinc: str = ""
    loinc_total: str = ""

    @property
    def least(self) -> float:
        """The lowest total there can be."""
        return self._put_together([item.points(item.most if item.reversed else item.least) for item in self.items])

    @property
    def most(self) -> float:
        """The highest total there can be."""
        return self._put_together([item.points(item.least if item.reversed else item.most) for item in self.items])

    def total(self, answers: Answers) -> float | None:
        """
        Score a set of answers as its publication says; nothing is filled in for an item left out.

        Returns:
            The total, in the measure's own points; None if any item was not answered.
        """
        if len(answers) != len(self.items):
            return None
        points = [item.points(answer) for item, answer in zip(self.items, answers, strict=True) if answer is not None]
        return self._put_together(points) if len(points) == len(self.items) else None

    def band(self, total: float | None) -> Band | None:
        """Give the published band a total lies in, if there is one; means are compared at two decimals."""
        if total is None:
            return None
        at = round(total, 2)
        return next((one for one in self.bands if one.least <= at <= one.most), None)

    def clusters_met(self, answers: Answers) -> tuple[Cluster, ...] | None:
        """Give the groups of items that reach what the publication asks of them; None if an item was left out."""
        if not self.clusters or self.total(answers) is None:
            return None
        met = (
            one
            for one in self.clusters
            if sum((answers[number - 1] or 0) >= one.reach for number in one.items) >= one.least
        )
        return tuple(met)

    def _put_together(self, points: Sequence[int]) -> float:
        total = sum(points) * self.factor
        return total / len(self.items) if self.scoring is Scoring.MEAN else total


@dataclass(frozen=True, slots=True)
class Form:
    """
    The wording of a form that the person has, added by them and kept inside their journal.

    Args:
        questionnaire: Id of the measure.
        language: Language of the wording.
        items: The wording of each item, in its order.
        answers: What each answer is called, by its number; none where the form has none.
        intro: What the form says first.
    """

    questionnaire: str
    language: str
    items: tuple[str, ...] = field(repr=False)
    answers: Mapping[int, str] = field(default_factory=dict, repr=False)
    intro: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """
    One time a questionnaire was answered.

    Args:
        id: 8 characters of Crockford base32.
        questionnaire: Id of the measure.
        version: The version of the facts it was scored by.
        coding: How its answers were counted.
        language: Language of the form that was answered.
        at: When it was answered.
        answers: One for each item, in order; None where it was left out.
        total: As it was scored then; None unless every item was answered.
        deleted_at: When it was put in the trash; None if it was not.
    """

    id: str
    questionnaire: str
    version: str
    language: str
    at: Moment
    answers: tuple[int | None, ...] = field(repr=False)
    total: float | None = field(default=None, repr=False)
    coding: str = ""
    deleted_at: Moment | None = None

    @property
    def answered(self) -> int:
        """How many items were answered."""
        return sum(answer is not None for answer in self.answers)

    @property
    def line(self) -> tuple[str, str, str, str]:
        """What has to be the same for two totals to be compared."""
        return self.questionnaire, self.version, self.coding, self.language

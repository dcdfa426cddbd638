"""
How near two prompts are: whether they ask the same thing twice.

A text is seen as the runs of three letters in its words, each with the weight it has by tf-idf: the
rarer a run is among all texts looked at, the more it counts, so that "what", "you" and "która" count
for next to nothing. The likeness of two texts is the cosine of the angle between them, 0 if they
share no run, 1 if they share all in the same measure (Salton, Wong and Yang, "A vector space model for
automatic indexing", CACM 18(11), 1975; runs of letters for words as in Cavnar and Trenkle, "N-gram-based
text categorization", 1994: they take a word and its inflected forms for nearly the same, which Polish needs).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from journal_cli.journal.session import Prompt

RUN = 3  # letters, with the blank before and after a word
LIMIT = 0.55  # from here on, two prompts of one language are too near

Weights = Mapping[str, float]


def similarity(one: str, other: str, among: Sequence[str] = ()) -> float:
    """
    Tell how near two texts are, from 0 to 1.

    Args:
        one: A text.
        other: Another.
        among: Texts to learn from which runs are common; without them, all count the same.
    """
    rarity = _rarity([_runs(text) for text in among])
    first, second = (_weighed(_runs(text), rarity) for text in (one, other))
    return min(1.0, sum(weight * second.get(run, 0.0) for run, weight in first.items()))


def nearest(prompts: Iterable[Prompt]) -> list[tuple[float, str, str]]:
    """
    List pairs of prompts by how near their texts are, the nearest first.

    Follow-ups are left out: the last one of deep prompts leads back out, in much the same words.

    Returns:
        Similarity, id, id; pairs that share nothing are left out.
    """
    there = list(prompts)
    runs = [_runs(prompt.text) for prompt in there]
    rarity = _rarity(runs)
    holding: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    for number, counts in enumerate(runs):
        for run, weight in _weighed(counts, rarity).items():
            for earlier, other in holding[run]:
                shared[earlier, number] += weight * other
            holding[run].append((number, weight))
    pairs = ((min(1.0, near), there[one].id, there[other].id) for (one, other), near in shared.items())
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))


def _runs(text: str) -> Counter[str]:
    return Counter(run for word in re.findall(r"\w+", text.casefold()) for run in _cut(f" {word} "))


def _cut(word: str) -> Iterator[str]:
    return (word[start : start + RUN] for start in range(max(1, len(word) - RUN + 1)))


def _rarity(texts: Sequence[Counter[str]]) -> Weights:
    """Give each run the logarithm of how many times more texts there are than texts that hold it."""
    holding = Counter(run for counts in texts for run in counts)
    return {run: math.log(len(texts) / number) for run, number in holding.items()} if len(texts) > 1 else {}


def _weighed(counts: Counter[str], rarity: Weights) -> dict[str, float]:
    """Weigh the runs of a text and bring it to length 1; a run nobody else has is as rare as can be."""
    rarest = max(rarity.values(), default=1.0)
    weighed = {run: (1 + math.log(count)) * rarity.get(run, rarest) for run, count in counts.items()}
    length = math.hypot(*weighed.values())
    return {run: weight / length for run, weight in weighed.items()} if length else {}

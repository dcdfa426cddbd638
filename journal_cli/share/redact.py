"""
Other names for people: the names given are found in every text of a document and replaced.

A name is found as a whole word, however it is cased or spelt in Unicode, with or without
`@`, across a line end, and through signs nobody sees. Where there is doubt it is replaced:
the person reads every word before it leaves, and a name too many is easier to see than one
too few. Forms of a name that differ (`Anny`, `Annie`) are names of their own here. A name in
quotation marks (`"Will"`) is left alone where it begins with a small letter, as the word it also is.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TypeVar, cast

from journal_cli.errors import Mistyped, Protected
from journal_cli.share.document import FIXED, Document

Thing = TypeVar("Thing")
Found = tuple[int, int, str]  # where a name begins, where it ends, and its alias

# Signs without a shape that Unicode does not count among formats or controls.
_SHAPELESS = {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_QUOTES = '"„”“»«'
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "_": " "})


@dataclass(frozen=True, slots=True)
class Change:
    """One alias, the names it stands for, and how many times it was put in their place."""

    alias: str = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    count: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed: one change for each alias, in the order they were given."""

    changes: tuple[Change, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How often each alias was put in place of a name."""
        return {change.alias: change.count for change in self.changes}


@dataclass(frozen=True, slots=True)
class _Alias:
    """What stands for a name; `capital` if the name is one only with a capital letter."""

    text: str = field(repr=False)
    capital: bool = False


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in one spelling, and where in the text as written each of its signs begins and ends."""

    text: str = field(repr=False)
    spans: Sequence[tuple[int, int]]


def aliased(document: Document, aliases: Mapping[str, str]) -> tuple[Document, Changed]:
    """
    Put aliases in place of names, in every text of a document.

    Args:
        document: What would leave.
        aliases: Name to alias; a name with or without its `@`.

    Returns:
        The document to share instead, and what was changed.

    Raises:
        Mistyped: If a name or an alias is empty, or a name is given twice with different aliases.
        Protected: If a name is still there afterwards, because an alias holds it.
    """
    names = _names(aliases)
    counts = dict.fromkeys(aliases.values(), 0)

    def change(text: str) -> str:
        found = _found(text, names)
        for _, _, alias in found:
            counts[alias] += 1
        return replaced(text, found)

    changed = anew(document, change)
    if any(_found(text, names) for text in texts(changed)):
        raise Protected(
            "a name that should not leave is still in the page after it was changed",
            hint="one of the aliases holds a name: choose another",
        )
    said = {alias: tuple(name for name in aliases if aliases[name] == alias) for alias in counts}
    return changed, Changed(tuple(Change(alias, said[alias], count) for alias, count in counts.items()))


def used(document: Document, aliases: Mapping[str, str]) -> dict[str, str]:
    """Give those aliases whose names stand in a document."""
    there = tuple(texts(document))
    return {
        name: alias for name, alias in aliases.items() if any(_found(text, _names({name: alias})) for text in there)
    }


def still_named(document: Document, people: Iterable[str]) -> tuple[str, ...]:
    """Tell which of these people a document names, so that the person can look once more."""
    looked_for = {one: _name(one) for one in people}
    named: set[str] = set()
    for text in texts(document):
        folded = _folded(text)
        named |= {one for one, name in looked_for.items() if name and next(_places(folded, name), None)}
    return tuple(one for one in looked_for if one in named)


def texts(thing: object) -> Iterator[str]:
    """Give every text of a document, or of a part of it."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)
    elif is_dataclass(thing):
        for one in fields(thing):
            if FIXED not in one.metadata:
                yield from texts(getattr(thing, one.name))


def places(text: str, passage: str) -> list[tuple[int, int]]:
    """Give where a passage begins and ends in a text, each time it stands there, even within a word."""
    folded, wanted = _folded(text), _folded(passage).text.strip()
    spans = folded.spans
    found: list[tuple[int, int]] = []
    start = folded.text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not any(spans[cut - 1] == spans[cut] for cut in (start, end) if 0 < cut < len(spans)):  # within a letter
            found.append((spans[start][0], spans[end - 1][1]))
        start = folded.text.find(wanted, start + 1)
    return found


def anew(thing: Thing, change: Callable[[str], str]) -> Thing:
    """
    Build a document, or a part of it, with each of its texts changed.

    It goes by the shape of the document and not by its blocks, so that no block to come can be forgotten.
    """
    if isinstance(thing, str):
        return cast("Thing", change(thing))
    if isinstance(thing, tuple):
        return cast("Thing", tuple(anew(part, change) for part in thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        parts = [one.name for one in fields(thing) if FIXED not in one.metadata]
        return cast("Thing", replace(thing, **{name: anew(getattr(thing, name), change) for name in parts}))
    return thing


def _names(aliases: Mapping[str, str]) -> dict[str, _Alias]:
    """Give names as they are looked for, longest first, and the alias of each."""
    names: dict[str, _Alias] = {}
    for given, text in aliases.items():
        capital = _is_quoted(given)
        name = _name(given.strip()[1:-1] if capital else given)
        if not name or not text.strip():
            raise Mistyped("a name and its alias need at least one letter each")
        known = names.setdefault(name, _Alias(text, capital=capital))
        if known.text != text:
            raise Mistyped("the same name is given twice, with two aliases", hint="keep one of them")
        names[name] = _Alias(text, capital=known.capital and capital)
    return dict(sorted(names.items(), key=lambda one: -len(one[0])))


def _is_quoted(given: str) -> bool:
    name = given.strip()
    return len(name) > 1 and name[0] in _QUOTES and name[-1] in _QUOTES


def _name(given: str) -> str:
    return _folded(given).text.strip().removeprefix("@").strip()


def _found(text: str, names: Mapping[str, _Alias]) -> list[Found]:
    """Find names in a text, in order; where two would overlap, the longer one is taken."""
    if not names:
        return []
    folded = _folded(text)
    taken = bytearray(len(folded.text))
    found: list[Found] = []
    for name, alias in names.items():
        for start, end in _places(folded, name):
            small = alias.capital and text[folded.spans[start][0]].islower()
            if not small and not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                begin = start - 1 if _is_mark(folded.text, start - 1) else start
                found.append((folded.spans[begin][0], folded.spans[end - 1][1], alias.text))
    return sorted(found)


def _places(folded: _Folded, name: str) -> Iterator[tuple[int, int]]:
    """Give each place where a name stands on its own, as it begins and ends in the folded text."""
    start = folded.text.find(name)
    while start >= 0:
        if _is_whole(folded, start, start + len(name)):
            yield start, start + len(name)
        start = folded.text.find(name, start + 1)


def _is_whole(folded: _Folded, start: int, end: int) -> bool:
    """Tell whether a name stands on its own: neither a part of a longer word nor cut out of one letter."""
    text, spans = folded.text, folded.spans
    before = start > 0 and (spans[start - 1] == spans[start] or _join(text[start - 1], text[start]))
    after = end < len(text) and (spans[end - 1] == spans[end] or _join(text[end - 1], text[end]))
    return not before and not after


def _join(one: str, other: str) -> bool:
    """
    Tell whether two signs side by side belong to one word.

    Letters without case (Hebrew, Arabic, Chinese, Thai…) never do: their scripts write
    little words onto a name, or put no spaces at all.
    """
    kinds = {unicodedata.category(one)[0], unicodedata.category(other)[0]}
    if kinds == {"N"}:
        return True
    return kinds <= {"L", "M"} and "Lo" not in {unicodedata.category(one), unicodedata.category(other)}


def _is_mark(text: str, place: int) -> bool:
    """Tell whether the `@` of a marked person stands here; one within an address is none."""
    return place >= 0 and text[place] == "@" and not (place > 0 and text[place - 1].isalnum())


def replaced(text: str, found: Iterable[Found]) -> str:
    """Put other words in place of parts of a text, which are given in order and do not overlap."""
    parts: list[str] = []
    done = 0
    for start, end, alias in found:
        parts += text[done:start], alias
        done = end
    return "".join([*parts, text[done:]])


def _folded(text: str) -> _Folded:
    """Bring a text to one spelling: no case, marks apart from their letters, one space for any white space."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for letter, start, end in _letters(text.translate(_ALIKE)):
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        letters.append(plain)
        spans += [(start, end)] * len(plain)
    return _Folded("".join(letters), spans)


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    """Part a text into letters with their marks; signs without a shape belong to none."""
    letter, start, end = "", 0, 0
    for place, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if sign.isspace():
            if letter == " ":
                end = place + 1
                continue
            sign = " "  # noqa: PLW2901 - any white space is one space
        elif kind in {"Cc", "Cf"} or ord(sign) in _SHAPELESS:
            continue
        elif kind[0] == "M" and letter:
            letter, end = letter + sign, place + 1
            continue
        if letter:
            yield letter, start, end
        letter, start, end = sign, place, place + 1
    if letter:
        yield letter, start, end

"""
Forms of a name, as Polish inflects them: guessed by stem and ending, found in texts, and confirmed by the person.

The endings are those of first names and places in a grammar of Polish (nouns, singular): `Anna` gives `Anny`,
`Annie`, `Annę`, `Anną`, `Anno`; `Marek` gives `Marka`, `Markowi`, `Markiem`, `Marku`. Too many forms are no harm,
for only those that stand in a text are offered. English forms need no guess: `Anna's` holds the name itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WORDS_AROUND = 4  # on each side of a form that is shown

_WORD = re.compile(r"[^\W\d_]+")
_SOFTENED = {  # before the -e of the dative and the locative; longer ones first
    "st": "ści", "zd": "ździ", "sł": "śl", "sn": "śni", "ch": "sz", "d": "dzi", "t": "ci", "r": "rz", "k": "c",
    "g": "dz", "ł": "l", "b": "bi", "f": "fi", "m": "mi", "n": "ni", "p": "pi", "s": "si", "w": "wi", "z": "zi",
    "v": "vi", "h": "sz",
}  # fmt: skip
_AS_VOWELS = {"ń": "ni", "ś": "si", "ź": "zi", "ć": "ci"}  # how a soft consonant is spelt before a vowel
_SOFT_EK = {"ciek": "ćk", "siek": "śk", "ziek": "źk", "niek": "ńk", "iek": "k"}  # Maciek, Maćka
_HARD = "bcćdfghjklłmnńpqrsśtvwxzźż"
# Pet names, each with the name it stands for: a text may hold either.
_PET_NAMES = {
    "agnieszka": "aga agusia", "aleksander": "olek alek", "aleksandra": "ola olka olcia", "andrzej": "jędrek",
    "anna": "ania anka anusia andzia", "antoni": "antek", "barbara": "basia baśka", "bartłomiej": "bartek",
    "bartosz": "bartek", "dorota": "dorotka", "elżbieta": "ela elka", "ewa": "ewka ewunia",
    "franciszek": "franek", "grzegorz": "grzesiek grześ", "hanna": "hania hanka", "ignacy": "ignaś",
    "irena": "irka", "iwona": "iwonka", "izabela": "iza", "jacek": "jacuś", "jadwiga": "jadzia",
    "jakub": "kuba kubuś", "jan": "janek jaś jasiek", "joanna": "asia aśka joasia", "józef": "józek",
    "julia": "julka", "kamil": "kamilek", "karolina": "karolka", "katarzyna": "kasia kaśka",
    "krystyna": "krysia", "krzysztof": "krzysiek krzyś", "magdalena": "magda madzia", "maciej": "maciek maciuś",
    "małgorzata": "gosia małgosia gośka", "maria": "marysia maryśka", "marek": "mareczek", "michał": "michałek",
    "mikołaj": "mikołajek", "monika": "monia", "natalia": "natalka", "paweł": "pawełek",
    "piotr": "piotrek piotruś", "rafał": "rafałek", "robert": "robertek rob bob bobby", "róża": "różyczka",
    "stanisław": "staszek staś", "szymon": "szymek", "tadeusz": "tadek", "teresa": "tereska", "tomasz": "tomek",
    "weronika": "wera", "wojciech": "wojtek", "zbigniew": "zbyszek", "zofia": "zosia zośka",
    "zuzanna": "zuza zuzia", "alexander": "alex", "andrew": "andy drew", "anthony": "tony", "benjamin": "ben",
    "catherine": "cathy kate", "christopher": "chris", "daniel": "dan danny", "edward": "ed eddie ted",
    "elizabeth": "liz beth lizzie betty", "james": "jim jimmy jamie", "jennifer": "jen jenny",
    "john": "johnny jack", "katherine": "kate kathy katie", "margaret": "maggie meg peggy", "matthew": "matt",
    "michael": "mike mikey", "nicholas": "nick", "patricia": "pat patty", "rebecca": "becky",
    "richard": "rick dick", "samuel": "sam", "samantha": "sam", "susan": "sue susie", "thomas": "tom tommy",
    "william": "will bill billy", "victoria": "vicky",
}  # fmt: skip
# First names that are words too. In small letters they are taken for the word.
_WORDS = (
    "amber angel april art august autumn basil bill bob bunny carol charity chase chip christian chuck clay cliff"
    " crystal daisy dale dawn dean dick dolly drew earnest eve faith fern flora forest frank gale gene ginger glen"
    " grace grant guy harmony hazel heath heather holly homer hope iris ivy jack jasmine jean jerry jimmy josh joy june"
    " lance lily mark mason max may melody mercy miles norm olive opal pat patience patty pearl penny pierce poppy ray"
    " red reed rich rob robin rock rod rose ruby rusty sandy scarlet sky skip sonny sue summer tiffany victor violet"
    " wade will wren"
    " aga ala bogna gaja iga iza jagoda jaś kaja kalina lilia malina mila miłosz mira nadzieja pola róża sława"
    " wiara wit zuza"
)
_WORDS_TOO = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Form:
    """
    A form of a name that stands in a text.

    Args:
        word: As it is first written there.
        times: How often it stands there.
        around: The words around its first place.
    """

    word: str = field(repr=False)
    times: int
    around: str = field(repr=False)

    @property
    def is_small(self) -> bool:
        """True if it begins with a small letter, and so may be another word."""
        return self.word[:1].islower()


def is_a_word_too(name: str) -> bool:
    """Tell whether a name means something else in small letters, such as `Will` or `Róża`."""
    return _plain(name) in _WORDS_TOO


def forms(name: str) -> frozenset[str]:
    """Give what a name may look like in a sentence, in small letters: itself, its forms, its pet names and theirs."""
    name = _plain(name)
    families = ((whole, *pets.split()) for whole, pets in _PET_NAMES.items())
    family = (one for found in families if name in found for one in found)
    return frozenset(form for one in (name, *family) for form in _inflected(one))


def found_forms(name: str, texts: Iterable[str]) -> tuple[Form, ...]:
    """
    Find the other forms of a name in texts: those with a capital letter first, then those in small letters.

    Of a name that is a word too, and of one of several words, only forms with a capital letter are found.

    Args:
        name: One name, with or without its `@`; of several words, the last is inflected.
        texts: Where to look.
    """
    *first, last = _plain(name).split() or [""]
    wanted = forms(last) - {_plain(name)}
    found = _counted(word for word in _words(texts) if _plain(word[0]) in wanted)
    return found if not first and not is_a_word_too(last) else tuple(one for one in found if not one.is_small)


def found_as_written(name: str, texts: Iterable[str]) -> tuple[Form, ...]:
    """Find a name of one word just as it is: with a capital letter, and in small letters if it stands there so too."""
    plain = _plain(name)
    return _counted(word for word in _words(texts) if _plain(word[0]) == plain)


def named_in(names: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Tell which names of one word stand in texts with a capital letter, in whatever form."""
    there = {
        _plain(found[0]) for text in texts for found in _WORD.finditer(_composed(text)) if not found[0][0].islower()
    }
    return tuple(name for name in names if not there.isdisjoint(forms(name)))


def same_person(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Put names together that are forms of one name, each group under the one the others come from."""
    left = list(dict.fromkeys(names))
    groups: list[tuple[str, ...]] = []
    by_reach = sorted(left, key=lambda one: (-sum(_plain(other) in forms(one) for other in left), left.index(one)))
    for head in by_reach:
        if head in left:
            group = (head, *(one for one in left if one != head and _plain(one) in forms(head)))
            groups.append(group)
            left = [one for one in left if one not in group]
    return tuple(groups)


def _counted(words: Iterable[tuple[str, str]]) -> tuple[Form, ...]:
    counted: dict[tuple[bool, str], Form] = {}
    for word, around in words:
        key = word[0].islower(), _plain(word)
        known = counted.get(key)
        counted[key] = Form(known.word, known.times + 1, known.around) if known else Form(word, 1, around)
    return tuple(sorted(counted.values(), key=lambda form: form.is_small))


def _words(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give every word of texts, and the words around it."""
    for text in texts:
        composed = _composed(text)
        found = list(_WORD.finditer(composed))
        for place, one in enumerate(found):
            start = found[max(0, place - WORDS_AROUND)].start()
            end = found[min(len(found) - 1, place + WORDS_AROUND)].end()
            yield one[0], " ".join(composed[start:end].split())


def _plain(name: str) -> str:
    return _composed(_composed(name).strip().strip('"@').strip().lower())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _inflected(name: str) -> set[str]:
    """Give the forms of one word in small letters."""
    found = {name}
    if len(name) < 2:
        return found
    stem, last = name[:-1], name[-1]
    if last == "a":
        found |= _like_anna(stem)
    elif last in "iy":
        found |= {stem + ending for ending in _adjective(last)}
    elif last == "o":
        found |= _like_jan(stem)
    elif last in _HARD:
        found |= {form for one in _stems(name) for form in _like_jan(one)}
        found |= _like_lodz(name)
    return found


def _like_anna(stem: str) -> set[str]:
    """Names in -a: `Anna`, `Zosia`, `Maja`, `Kowalska`, `Kuba`."""
    found = {stem + ending for ending in ("y", "i", "ę", "ą", "o", "u", "om", "ami", "ach")}
    found |= {stem + "e" if stem.endswith(("i", "j")) else one + "e" for one in _softened(stem)}
    if stem.endswith("i"):
        found.add(stem)  # Zosia, Zosi
    if stem.endswith("j"):
        found.add(stem[:-1] + "i")  # Maja, Mai
    if stem.endswith(("sk", "ck", "dzk")):
        found |= {stem + "iej"}
    return found


def _like_jan(stem: str) -> set[str]:
    """Names in a consonant, by the stem their endings go on: `Jan`, `Mark` of Marek, `Tomasz`."""
    found = {stem + ending for ending in ("a", "owi", "em", "iem", "u", "owie", "y", "i", "om", "ami", "ach", "s")}
    return found | {one + "e" for one in _softened(stem)}


def _like_lodz(name: str) -> set[str]:
    """Places in a soft consonant: `Łódź`, `Łodzi`, `Łodzią`; `Noc` and the like are not told apart."""
    soft = name[:-1] + _AS_VOWELS[name[-1]] if name[-1] in _AS_VOWELS else ""
    return {form for one in _open(soft) for form in (one, one + "ą", one + "i")} if soft else set()


def _adjective(last: str) -> tuple[str, ...]:
    """Names in -i and -y: `Antoni`, `Jerzy`, `Kowalski`."""
    soft = "i" if last == "i" else ""
    return f"{soft}ego", f"{soft}emu", f"{last}m", f"{last}ch", f"{last}mi"


def _stems(name: str) -> set[str]:
    """Give what endings go on: without the `e` that comes and goes, with an open `o`, with a soft sign spelt out."""
    stems = {name}
    for ending, shorter in _SOFT_EK.items():
        if name.endswith(ending):
            stems.add(name.removesuffix(ending) + shorter)
    if len(name) > 3 and name[-2] == "e" and name[-1] in "kłrcl" and name[-3] in _HARD:
        stems.add(name[:-2] + name[-1])
    if name[-1] in _AS_VOWELS:
        stems.add(name[:-1] + _AS_VOWELS[name[-1]])
    return {one for stem in stems for one in _open(stem)}


def _open(stem: str) -> set[str]:
    """Give a stem, and the same with the last `ó` as it is spelt before endings: Kraków, Krakowa."""
    before, found, after = stem.rpartition("ó")
    return {stem, f"{before}o{after}"} if found else {stem}


def _softened(stem: str) -> set[str]:
    """Give a stem as it is spelt before the `-e` of the dative and the locative."""
    for ending, softer in _SOFTENED.items():
        if stem.endswith(ending):
            return {stem.removesuffix(ending) + softer}
    return {stem}

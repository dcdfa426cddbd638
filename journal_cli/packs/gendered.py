"""
Polish forms that decide the reader's gender: "zrobiłaś", "gotowy", "sama".

Polish marks gender in the past tense, in the conditional, and in adjectives about somebody. Each
rule here looks for a form that can only be about the reader, or about an "I" the reader speaks as,
and leaves out nouns and verbs that look alike: "stołem", "działam", "ta sama szuflada".
"""

import re
from collections.abc import Iterator


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Nouns whose instrumental looks like a past tense.
LIKE_A_PAST_TENSE = _words(
    "aniołem arsenałem artykułem banałem całem chorałem ciałem ciepłem czołem diabłem dołem działem dzięciołem",
    "dziełem finałem futerałem gardłem generałem godłem hasłem ideałem kałem kanałem kapitałem karnawałem kawałem",
    "kłem kołem kościołem kotłem kozłem krochmałem kryminałem kryształem krzesłem kubłem liberałem masłem materiałem",
    "memoriałem migdałem minerałem morałem mozołem mułem muskułem nawałem oddziałem ogółem opałem orłem oryginałem",
    "osłem padołem pedałem podziałem pomysłem popiołem posłem potencjałem protokołem przedziałem przemysłem",
    "przydziałem pudłem pyłem radłem regałem rosołem rozdziałem rytuałem rzemiosłem sadłem sandałem",
    "siodłem sokołem specjałem stołem strzałem supłem sygnałem szałem szczegółem szkłem światłem terminałem tłem",
    "trybunałem tyłem tytułem udziałem umysłem upałem wałem węgłem węzłem wiosłem wołem wydziałem wymysłem",
    "wystrzałem zapałem zawałem zespołem ziołem złem zmysłem źródłem zwierciadłem żądłem żywiołem",
)
# Present and future tenses, imperatives and nouns in "-łam".
LIKE_A_WOMAN_SPEAKING = _words(
    "chłam działam kłam nakłam nawołam oddziałam odłam odwołam okłam pałam podołam powołam przełam przywołam rozłam",
    "skłam ułam włam wołam współdziałam wywołam wyłam zadziałam załam zawołam zdołam złam zwołam",
)
# Datives of people whose trade ends in "-ista".
LIKE_A_PLURAL_PAST = _words(
    "aktualiście analiście finaliście idealiście maksymaliście minimaliście moraliście okuliście pesymaliście",
    "realiście soliście specjaliście styliście surrealiście",
)
# Words that may stand after "jesteś" or "wracasz" and end as adjectives do, but are none.
NO_ADJECTIVES = _words(
    "aby ani chyba cztery czy dla dopóty dwa gdy gdyby jakby jeśli kiedy między niby nigdy oba",
    "pomiędzy poza przy spoza trzy wtedy znad żeby",
    "dzieci lata ludzi minuty pory wieczory",
    "dziewczęta odmiany plany rana rany strona strony ściana ściany święta wymiana zasłona zasłony zmiany",
    "zwierzęta żona żony",
)

BEING = (
    r"(?:jesteś|bądź|(?:czujesz|poczujesz|czuj|poczuj|wydajesz|stajesz|robisz) się|czuć się|(?:po)?zostajesz|zostań)"
)
BETWEEN = (
    r"(?:(?:się|już|jeszcze|dziś|dzisiaj|teraz|wtedy|tu|tam|tak|taki|taka|bardzo|trochę|naprawdę|zbyt|za|coraz|"
    r"bardziej|mniej|najbardziej|całkiem|dość|zupełnie|po prostu|dla siebie|ze sobą|wobec siebie|na tyle|nie|z tym|"
    r"potem|nagle|wreszcie|często|czasem|znowu|nadal|wciąż|ci|mi|wszystkim|tym|"
    r"(?:przy|wobec|dla|z|u|bez) (?:kimś|kogoś|nim|niej|nią|nich|nimi|ludziach|ludźmi|tej osobie|tej osoby)) ){0,4}"
)
ADJECTIVE = (
    r"(?P<adjective>\w{2,}[yai]|sam|gotów|pewien|zdrów|wart|ciekaw|winien|świadom|"
    r"\w+(?:rką|lką|czką)|matką|kobietą|mężczyzną)"
)
COMING = (
    r"(?:wracasz|wychodzisz|zasypiasz|budzisz się|chodzisz|siadasz|wstajesz|kładziesz się|przychodzisz|siedzisz|"
    r"leżysz|stoisz|idziesz|mieszkasz|żyjesz|śpisz)"
)
PARTICIPLE = r"(?P<adjective>\w+(?:ony|ona|any|ana|ęty|ęta)|pierwsz[ya]|ostatnia|sama?)"
SELF = r"(?:siebie|sobie|sobą|ciebie|tobie|tobą)"

FORMS = tuple(
    re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE)
    for form in (
        r"\w+ł[ae]ś",  # zrobiłaś, byłeś
        r"\w*byś|(?:gdy|że|a|o|jak|czy|choć|chociaż)?bym|\w{2,}ła?bym",  # gdybyś: what follows is "mógł" or "mogła"
        r"powin(?:naś|nam|ieneś|ienem)|winnaś|winieneś",
        r"(?<!ten )(?<!ta )(?<!tym )(?<!taki )(?<!taka )sama? (?:to |się |ze sobą |o tym )?\w{3,}sz",
        r"\w{3,}(?:sz|aj|uj|ij) (?:to |o tym |się )?sama?",
        rf"{SELF} sam(?:a|ego|ej|emu|ą|ym)?",
        r"sam(?:a|ego|ej|emu|ą|ym)? (?:dla|ze|do|o|w|przed|na|z) (?:siebie|sobą|sobie)",
        r"ty sama?|(?:sama?|taka|jaki|jaka) jesteś",
        r"(?:być|zostać|zostajesz|siedzieć|mieszkać|żyć|spać|robić|radzić sobie) (?:sam|sama|samemu|samej)",
        r"\w+[yiłmś]/(?:na?|a|ą|aś|am|ła|łaś|łam)|\w+\(-?(?:a|ą|aś|am|na|ła)\)",  # gotowy/a, zrobiłeś(-aś)
    )
)
NOT_A_TIME = r"(?!\w)(?! (?:czas|raz|dzień|tydzień|miesiąc|rok|wieczór|ranek|poranek|noc)(?!\w))"  # "cały czas"
BEING_SO = re.compile(rf"(?<!\w){BEING} {BETWEEN}{ADJECTIVE}{NOT_A_TIME}", re.IGNORECASE)
COMING_SO = re.compile(rf"(?<!\w){COMING} (?:\w+ ){{0,3}}?{PARTICIPLE}{NOT_A_TIME}", re.IGNORECASE)
OPENING = re.compile(
    r"(?:^|[.?!:…] |„)(?:Czy )?(?:gotow[ya]|gotów|zmęczon[ya]|ciekaw[ay]?|pewn[ya]|sam[a]?)"
    r"(?=,? (?:na|by|żeby|się|do|po|czego|co|w domu)\b|\?)",
    re.IGNORECASE,
)
FORMAL = re.compile(r"(?<=[\w,] )(?:Pan|Pana|Panu|Panem|Pani|Panią)(?!\w)")
FIRST_PERSON = re.compile(r"(?<!\w)\w+ł[ae]m(?!\w)", re.IGNORECASE)
PLURAL = re.compile(r"(?<!\w)\w+(?:li|ły)ście(?!\w)", re.IGNORECASE)


def gendered(text: str) -> tuple[str, ...]:
    """
    Find the forms in a Polish text that fit only a woman or only a man who reads it.

    Args:
        text: Its words parted by single spaces.

    Returns:
        Each form as it stands in the text, in its order; forms that overlap are one.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(_places(text), key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(dict.fromkeys(text[start:end].strip(" .?!:…„") for start, end in found))


def _places(text: str) -> Iterator[tuple[int, int]]:
    for form in (*FORMS, OPENING, FORMAL):
        yield from (match.span() for match in form.finditer(text))
    for match in FIRST_PERSON.finditer(text):
        if not _is_innocent(match[0].lower()):
            yield match.span()
    for match in PLURAL.finditer(text):
        if match[0].lower() not in LIKE_A_PLURAL_PAST:
            yield match.span()
    for form in (BEING_SO, COMING_SO):
        for match in form.finditer(text):
            if match["adjective"].lower() not in NO_ADJECTIVES:
                yield match.span()


def _is_innocent(word: str) -> bool:
    looks_alike = word in LIKE_A_PAST_TENSE or word in LIKE_A_WOMAN_SPEAKING
    return looks_alike or word.endswith(("idłem", "ydłem", "syłam"))

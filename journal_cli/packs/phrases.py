"""
Words that weigh, by language: orders, verdicts, promises, and words that decide who somebody's people are.

The English ones are the list of the tone rules; the Polish ones are what does the same in Polish.
They are found as words, whatever their case: "just" is not in "adjust", nor "her" in "there".
What somebody else says inside a prompt is the prompt's text too: it is read all the same.
"""

import re
from collections.abc import Mapping

NOT = r"(?<!not )(?<!n't )(?<!n’t )(?<!never )"  # "you do not have to" is no order

Rules = Mapping[str, tuple[str, ...]]

# Looked for in everything that is read in a sitting.
ANYWHERE: Mapping[str, Rules] = {
    "en": {
        "prescriptive": (
            "should(?:n['’]t)?",
            "must(?:n['’]t)?",
            "ought",
            rf"{NOT}(?<!do you )(?<!did you )have to",
            "(?:had|['’]d) better",
            "make sure",
        ),
        "minimising": ("just", "simply"),
        "normal": ("normal", "normally", "abnormal"),
        "people": (
            "(?:he|she|his|her|him|hers|himself|herself)",
            "(?:husband|wife|boyfriend|girlfriend|fianc[eé]e?)s?",
        ),
        "abuse-named": ("the abuse", "your (?:abuser|abuse|attacker|rapist)"),
        "praise": (
            "(?:well|nicely) done",
            "(?:good|great|nice|amazing|awesome) (?:job|work)",
            "(?:so |very |really )?proud of you",
            "congratulations",
            "bravo",
            "keep it up",
            "you['’]?(?:re| are) (?:amazing|awesome|doing great|doing well)",
        ),
        "counting": (
            "streaks?",
            "badges?",
            "days? in a row",
            "miss(?:ed|ing)? (?:a |one |any |your |the )?(?:days?|weeks?|months?|sittings?|sessions?|entry|entries)",
            "overdue",
            "(?:is|are|was|were) due",
            "fall(?:en|ing)? behind",
            "catch(?:ing)? up",
        ),
        "claims": (
            r"heal(?:s|ed|ing)?",
            r"cur(?:e|es|ed|ing)",
            "(?:clinically |scientifically )?proven",
            r"guarantee\w*",
            "(?:reduces?|relieves?|lowers?) (?:your )?(?:depression|anxiety|stress|symptoms|trauma)",
        ),
        "eyes-closed": (r"(?<!need to )(?<!have to )clos(?:e|ing) your eyes", "(?:with )?(?:your )?eyes closed"),
    },
    "pl": {
        "prescriptive": (
            r"(?<!nie )musisz",
            r"powinn\w+",
            r"powin(?:ien\w*|ni)",
            r"(?<!nie )trzeba\s+(?:\w+\s+){0,3}?\w+ć",
            r"należy\s+(?:\w+\s+){0,3}?\w+ć",
            "nie wolno",
            "koniecznie",
        ),
        "minimising": ("po prostu",),
        "normal": (r"(?:nie)?normaln\w+",),
        "people": (
            "(?:mąż|męż(?:a|owi|em|u)|żon(?:a|y|ie|ę|ą|o))",
            r"chłopak(?:a|owi|iem|u|iem)?",
            r"dziewczyn(?:a|y|ie|ę|ą|o)",
            r"narzeczon\w+",
            r"tw(?:ój|ojego|ojemu|oim) partner(?:a|owi|em|ze)?",
            r"twoj(?:a|ej|ą) partnerk\w+",
        ),
        "abuse-named": (r"oprawc\w+", r"tw(?:ój|ojego|ojemu|oim) (?:sprawc\w+|kat\w*)", "twoj(?:a|ej|ą) przemoc"),
        "praise": (
            "brawo",
            r"gratul\w+",
            r"(?:świetna|dobra|wspaniała|kawał dobrej) robot\w+",
            "(?:świetnie|wspaniale|doskonale) (?:ci idzie|ci poszło|sobie radzisz)",
            "tak trzymaj",
            r"(?:jesteśmy|jestem) z ciebie dumn\w+",
        ),
        "counting": (
            r"(?:dzień|dni|raz|tydzień|tygodnie) z rzędu",
            r"pass(?:a|y|ę)",
            r"odznak\w*",
            r"(?:opuszczon|pominięt|stracon)\w+ (?:dzień|dni|tydzień|tygodnie|sesj\w+)",
            r"zaległ\w+",
            r"nadrobi\w+",
        ),
        "claims": (
            r"(?:u|wy)lecz\w+",
            r"leczy",
            r"uzdr(?:ow|aw)i\w+",
            "(?:klinicznie|naukowo)",
            r"udowodnion\w+",
            r"gwarant\w+",
            r"(?:zmniejsza|obniża|łagodzi) (?:depresję|lęk|stres|objawy|traumę)",
        ),
        "eyes-closed": (r"(?:za|przy)mknij oczy", r"(?:za|przy)mknięt(?:e|ymi) ocz\w+", r"ocz\w+ (?:za|przy)mknięt\w+"),
    },
}

# Looked for in prompts and their follow-ups: a grounding may well say "then let go".
IN_PROMPTS: Mapping[str, Rules] = {
    "en": {
        "absolute": ("always", "never"),
        "pushing": (
            r"forg[ia]v\w*",
            "get(?:ting)? over",
            "let(?:ting)? go",
            "open(?:ing)? up",
            "mov(?:e|ing) on",
            "be(?:ing)? intimate",
            r"initiat\w+",
            "give them",
            "come clean",
            "be grateful",
        ),
        "touch": (
            "touch (?:each other|one another|yourself|your partner|this person|them)",
            "(?:kiss|hug|undress|massage) (?:each other|one another|your partner|this person|them)",
            "have sex",
        ),
        "why": ("why (?:did|do|does|are|were|was|have|would|could|can)(?:n['’]t)?",),
    },
    "pl": {
        "absolute": ("zawsze", "nigdy"),
        "pushing": (
            r"(?:wy|prze)bacz\w*",
            r"pog[óo]dź(?:cie)? się",
            r"odpu(?:ść|śćcie|ścić)",
            "puść (?:to|wolno)",
            r"otw(?:órz|orzyć|ieraj|ierać) się(?: na| przed| bardziej)?",
            "zapomnij o",
            r"(?:za)?inicj(?:uj|ować|atyw\w+)",
            "wyznaj",
            r"bądź wdzięczn\w+",
        ),
        "touch": (
            r"(?:dotknij|dotykaj|pocałuj|rozbierz|wymasuj) (?:partner\w*|tę osobę|tej osoby|kogoś|siebie|się)",
            "(?:dotknijcie|dotykajcie|pocałujcie|kochajcie|rozbierzcie) się",
            "upraw(?:iaj|iajcie) seks",
        ),
        "why": ("dlaczego", r"czemu (?:to )?(?:nie )?(?:\w+sz|\w+ł[aeo]?ś)"),
    },
}

# In words about betrayal, whoever asks for reasons sends a person round: any "why" is one too many.
WHY_AT_ALL: Rules = {"en": ("why",), "pl": ("dlaczego", "czemu")}

# A follow-up that says one of these points to comfort or company, or to somebody who listens.
COMFORT: Rules = {
    "en": (
        "near you",
        "near",
        "company",
        r"sit (?:\w+ ){0,2}with you",
        "(?:friend|therapist|doctor|someone you trust|somebody you trust)s?",
        "tea|blanket|water|warm drink|soup|walk|lamp|pet",
        "on the phone",
    ),
    "pl": (
        "blisko|obok|przy tobie|w pobliżu",
        r"towarzystw\w*",
        r"terapeut\w+|lekar\w+|przyja[cź]\w+|bliską osobą|kimś zaufanym",
        r"herbat\w+|koc\w*|wod[ayęą]|ciepły napój|zup\w+|spacer\w*|lampk\w+",
        "przy telefonie|w telefonie",
    ),
}
RESOURCE: Rules = {
    "en": (
        "help-now",
        "people who (?:listen|take|know)",
        r"help ?lines?",
        "(?:your|a) (?:therapist|doctor|gp)",
        "talk to someone",
    ),
    "pl": (
        "help-now",
        "ludzie, którzy",
        "z kim porozmawiać",
        r"telefon\w* zaufania",
        r"(?:twoj\w+ )?(?:terapeut\w+|lekar\w+)",
    ),
}
BREATH: Rules = {"en": (r"breath\w*", r"(?:in|ex)hal\w+"), "pl": (r"oddech\w*", r"oddych\w+", r"w[dy]+ech\w*")}


def spoken_in(language: str) -> str:
    """Give the language of a tag such as `pl-PL`, without region or script."""
    return language.partition("-")[0].lower()


def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Make one pattern of phrases, looked for as whole words in a text whose words one space parts."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)

"""What weighs on somebody is found, one thing at a time; what is kind is let be."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.journal.library import library
from journal_cli.journal.text import count_words
from journal_cli.packs.gendered import gendered
from journal_cli.packs.pack import read_pack
from journal_cli.packs.shelf import shipped_library, shipped_packs, words
from journal_cli.packs.tone import MOST_WORDS, Remark, remarks

README = Path(__file__).parents[2] / "prompts" / "README.md"
NOTHING = {language: library(language, ()) for language in ("en", "pl", "de")}

# A small pack that is as it should be: each rule has something here that can be broken.
SHAPE = """format = 1

[pack]
id = "after"
title = "@title"
summary = "@summary"
language = "@language"
licence = "CC-BY-4.0"
intensity = "deep"
content_notes = ["betrayal", "past-hurt", "sexual-content", "abuse-mentioned"]

[[theme]]
id = "after-betrayal"
title = "@theme"

[[prompt]]
id = "what-can-wait"
theme = "after-betrayal"
gate = "recent"
minutes = 4
tags = ["alone"]
text = "@what-can-wait"
follow_ups = ["@follow-up"]

[[prompt]]
id = "your-drawer"
theme = "after-betrayal"
gate = "recent"
minutes = 4
tags = ["stays"]
text = "@your-drawer"

[[prompt]]
id = "letter"
theme = "after-betrayal"
gate = "recent"
intensity = "deep"
content_notes = ["betrayal", "past-hurt"]
minutes = 10
tags = ["left"]
text = "@letter"
follow_ups = ["@comfort"]

[[prompt]]
id = "own-words"
content_notes = ["sexual-content"]
private = true
tags = ["sexual"]
text = "@own-words"

[[prompt]]
id = "kept-in"
intensity = "steady"
content_notes = ["abuse-mentioned"]
text = "@kept-in"
follow_ups = ["@resource"]

[[grounding]]
id = "room"
title = "@title"
lines = ["@room", "@breath"]

[[closing]]
id = "put-down"
lines = ["@put-down"]

[[session]]
id = "unsent"
title = "@title"
about = "@about"
minutes = 20
intensity = "deep"
content_notes = ["betrayal", "past-hurt"]
  [[session.step]]
  kind = "note"
  text = "@note"
  [[session.step]]
  kind = "grounding" # first
  use = ["room"]
  [[session.step]]
  kind = "mood"
  when = "before"
  [[session.step]]
  kind = "prompt"
  use = ["what-can-wait", "your-drawer"]
  [[session.step]]
  kind = "prompt"
  use = ["letter"]
  [[session.step]]
  kind = "grounding" # last
  use = ["room"]
  [[session.step]]
  kind = "mood"
  when = "after"
  [[session.step]]
  kind = "closing"
  use = ["put-down"]

[[program]]
id = "weeks"
title = "@title"
intensity = "deep"
  [[program.week]]
  title = "@week"
  sessions = ["unsent"]

[[check_in]]
id = "wait"
text = "@check-in"
scale = { kind = "number", min = 0, max = 10, low = "@low", high = "@high" }
"""
SAID = {
    "en": {
        "language": "en",
        "title": "After betrayal",
        "summary": "Short pages. None of them has to be finished.",
        "theme": "After betrayal",
        "what-can-wait": "What do you know today, and what can wait? You do not have to decide anything.",
        "follow-up": "Who can adjust a plan with you, there or elsewhere?",
        "your-drawer": "Which drawer is yours in a home you share? Open the window, if you like.",
        "letter": "Write to someone who broke your trust. What do you want this person to know?",
        "comfort": "Who could sit near you after this?",
        "own-words": "Which word for desire is yours?",
        "kept-in": "Which sentence stayed in?",
        "resource": "People who listen: journal help-now",
        "room": "Find three straight edges near you. Let go of the chair.",
        "breath": "If a breath is good company, let one go out.",
        "put-down": "This is enough for now.",
        "about": "A letter that goes nowhere unless you send it.",
        "note": "Skip anything. A page you did not write is not owed.",
        "week": "What can wait",
        "check-in": "How much could wait today?",
        "low": "nothing",
        "high": "a lot",
    },
    "pl": {
        "language": "pl",
        "title": "Po zdradzie zaufania",
        "summary": "Krótkie strony. Żadnej nie trzeba kończyć.",
        "theme": "Po zdradzie zaufania",
        "what-can-wait": "Co dziś wiesz, a co może poczekać? Nie musisz o niczym decydować.",
        "follow-up": "Co może stanąć między tobą a stołem, z hałasem w tle, w tej samej szufladzie?",
        "your-drawer": "Która szuflada jest twoja tam, gdzie mieszkasz z kimś? Jesteś dla niej ważną osobą.",
        "letter": "Napisz do kogoś, kto zawiódł twoje zaufanie. Co ta osoba ma wiedzieć?",
        "comfort": "Kto może po tym być blisko?",
        "own-words": "Które słowo o pragnieniu jest twoje?",
        "kept-in": "Które zdanie zostało w środku?",
        "resource": "Ludzie, którzy słuchają: journal help-now",
        "room": "Znajdź trzy proste krawędzie.",
        "breath": "Jeśli oddech jest dobrym towarzystwem, wypuść jeden.",
        "put-down": "Na teraz wystarczy.",
        "about": "List, który nigdzie nie trafi, dopóki go nie wyślesz.",
        "note": "Wszystko można pominąć. Czemu to służy, widać później.",
        "week": "Co może poczekać",
        "check-in": "Ile mogło dziś poczekać?",
        "low": "nic",
        "high": "dużo",
    },
}

# Where, what stands there instead, and the rule that finds it.
WORDS = {
    "en": [
        ("what-can-wait", "What should you do today?", "prescriptive"),
        ("follow-up", "You have to say it once.", "prescriptive"),
        ("note", "You must read this first.", "prescriptive"),
        ("your-drawer", "Just open one drawer. What is in it?", "minimising"),
        ("your-drawer", "Which drawer is always yours?", "absolute"),
        ("what-can-wait", "What could you forgive today?", "pushing"),
        ("follow-up", "What would help you let go?", "pushing"),
        ("own-words", "When did you last initiate?", "pushing"),
        ("own-words", "Touch each other for a minute. What was it like?", "touch"),
        ("own-words", "What is a normal word for desire?", "normal"),
        ("follow-up", "What did he say then?", "people"),
        ("your-drawer", "Which drawer does your Husband leave to you?", "people"),
        ("kept-in", "Which sentence did your abuser not hear?", "abuse-named"),
        ("kept-in", "Why did the sentence stay in?", "why"),
        ("what-can-wait", "Do you ask yourself why?", "why-after-betrayal"),
        ("put-down", "That is enough!", "loud"),
        ("put-down", "Well done. This is enough.", "praise"),
        ("note", "If you missed a day, no matter.", "counting"),
        ("week", "A streak of small pages", "counting"),
        ("summary", "Pages that heal.", "claims"),
        ("room", "Close your eyes. Listen.", "eyes-closed"),
        ("room", "Breathe out slowly. Find three edges.", "breath-first"),
        ("what-can-wait", "What can wait? " * 16, "too-long"),
        ("follow-up", "And what can wait then? " * 10, "too-long"),
        ("comfort", "Which line stays?", "deep-without-comfort"),
        ("resource", "Which sentence comes next?", "no-resource"),
        ("high", "a normal amount", "normal"),
    ],
    "pl": [
        ("what-can-wait", "Co musisz dziś zrobić?", "prescriptive"),
        ("follow-up", "Kiedy trzeba to raz powiedzieć?", "prescriptive"),
        ("note", "Najpierw należy przeczytać wszystko.", "prescriptive"),
        ("your-drawer", "Po prostu otwórz szufladę. Co w niej jest?", "minimising"),
        ("your-drawer", "Która szuflada jest zawsze twoja?", "absolute"),
        ("what-can-wait", "Co możesz dziś wybaczyć?", "pushing"),
        ("own-words", "Dotknijcie się na minutę. Jak to jest?", "touch"),
        ("own-words", "Jakie słowo jest normalne?", "normal"),
        ("follow-up", "Co mówi wtedy twój mąż?", "people"),
        ("kept-in", "Którego zdania nie zna twój oprawca?", "abuse-named"),
        ("kept-in", "Dlaczego to zdanie zostało w środku?", "why"),
        ("what-can-wait", "Czy pytasz siebie, czemu?", "why-after-betrayal"),
        ("kept-in", "Które zdanie zostawiłaś w środku?", "gendered"),
        ("follow-up", "Co zrobiłeś potem?", "gendered"),
        ("what-can-wait", "Na co jesteś dziś gotowa?", "gendered"),
        ("note", "Czy czujesz się bardzo zmęczony?", "gendered"),
        ("own-words", "Które słowo wybierasz sama?", "gendered"),
        ("put-down", "Na teraz wystarczy!", "loud"),
        ("put-down", "Brawo. Na teraz wystarczy.", "praise"),
        ("week", "Siedem dni z rzędu", "counting"),
        ("summary", "Strony, które leczą i uzdrawiają.", "claims"),
        ("room", "Zamknij oczy. Posłuchaj.", "eyes-closed"),
        ("room", "Zrób powolny wydech. Znajdź trzy krawędzie.", "breath-first"),
        ("what-can-wait", "Co dziś może poczekać? " * 12, "too-long"),
        ("comfort", "Który wiersz zostaje?", "deep-without-comfort"),
        ("resource", "Jakie zdanie jest następne?", "no-resource"),
    ],
}
STEP = '  [[session.step]]\n  kind = "{}"{}\n  use = ["{}"]\n'
DEEP_STEP = STEP.format("prompt", "", "letter")
SHAPES = {
    "nobody-alone": [('tags = ["alone"]', "")],
    "nobody-left": [('tags = ["left"]', "")],
    "nobody-stays": [('tags = ["stays"]', "")],
    "not-private": [("private = true", "")],
    "no-gate": [('gate = "recent"', "")],
    "no-gate, but another": [('gate = "recent"', 'gate = "fear"')],
    "deep-without-note": [('content_notes = ["betrayal", "past-hurt"]\nminutes', "minutes")],
    "no-grounding-before": [(STEP.format("grounding", " # first", "room"), "")],
    "no-grounding-after": [(STEP.format("grounding", " # last", "room"), "")],
    "many-deep": [(DEEP_STEP, DEEP_STEP * 3), ("minutes = 10", "minutes = 5")],
    "note-not-said": [('content_notes = ["betrayal", "past-hurt"]\n  [[', 'content_notes = ["past-hurt"]\n  [[')],
    "too-few-minutes": [("minutes = 20", "minutes = 12")],
    "too-many-minutes": [("minutes = 20", "minutes = 26")],
    "long-sitting": [("minutes = 20", "minutes = 31"), ("minutes = 10", "minutes = 27")],
    "week-goes-further": [('intensity = "deep"\n  [[program', 'intensity = "steady"\n  [[program')],
}
PLANTED = [(language, *row) for language, rows in WORDS.items() for row in rows]


def _pack(language: str, changes=(), **said: str):
    """Build the small pack in a language, with one sentence or line of it changed."""
    text = SHAPE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    sentences = {**SAID[language], **{key.replace("_", "-"): sentence for key, sentence in said.items()}}
    filled = re.sub(r'"@([\w-]+)"', lambda found: f'"{sentences[found[1]]}"', text)
    return read_pack(filled.encode(), "after.toml")


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("id_", [pack.id for pack in shipped_packs("en")])
def test_a_shipped_pack_weighs_on_nobody(language, id_) -> None:
    shelf = shipped_library(language)
    pack = next(pack for pack in shelf.packs if pack.id == id_)

    assert remarks(pack, shelf) == ()


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_shipped_question_is_longer_than_45_words(language) -> None:
    lengths = {id_: count_words(prompt.text) for id_, prompt in shipped_library(language).prompts.items()}
    longest = max(lengths, key=lengths.get)

    assert lengths[longest] <= MOST_WORDS == 45, f"{longest} has {lengths[longest]} words"


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_kind_pack_is_let_be(language) -> None:
    assert remarks(_pack(language), NOTHING[language]) == ()


@pytest.mark.parametrize(("language", "where", "said", "rule"), PLANTED)
def test_a_word_that_weighs_is_found_and_nothing_else(language, where, said, rule) -> None:
    found = remarks(_pack(language, **{where: said}), NOTHING[language])

    assert {remark.rule for remark in found} == {rule}, found


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("fault", SHAPES)
def test_what_does_not_hold_is_found_and_nothing_else(language, fault) -> None:
    found = remarks(_pack(language, SHAPES[fault]), NOTHING[language])

    assert [remark.rule for remark in found] == [fault.partition(",")[0]], found


def test_a_deep_question_with_no_closing_anywhere_is_found() -> None:
    raw = SHAPE[: SHAPE.index("[[grounding]]")]
    filled = re.sub(r'"@([\w-]+)"', lambda found: f'"{SAID["en"][found[1]]}"', raw)
    pack = read_pack(filled.encode(), "after.toml")

    assert [remark.rule for remark in remarks(pack, NOTHING["en"])] == ["deep-without-closing"]
    assert remarks(pack, shipped_library("en")) == ()


def test_a_remark_says_where_and_which_word() -> None:
    found = remarks(_pack("en", note="You MUST read this."), NOTHING["en"])

    assert found == (Remark("prescriptive", "unsent, step 1", {"word": "must"}),)
    assert remarks(_pack("en", resource="Well, should he ask? People who listen."), NOTHING["en"]) == (
        Remark("prescriptive", "kept-in, follow_ups 1", {"word": "should"}),
        Remark("people", "kept-in, follow_ups 1", {"word": "he"}),
    )


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_rule_has_a_sentence_that_says_a_way_out(language) -> None:
    every = {*(rule for *_, rule in PLANTED), *(fault.partition(",")[0] for fault in SHAPES), "deep-without-closing"}
    sentences = words(language, "tone").under("tone")

    assert set(sentences) == every
    planted = [remarks(_pack(of, **{where: said}), NOTHING[of]) for of, where, said, _ in PLANTED]
    planted += [remarks(_pack("en", changes), NOTHING["en"]) for changes in SHAPES.values()]
    for remark in (remark for found in planted for remark in found):
        said = sentences[remark.rule].format(where=remark.where, **remark.values)
        assert said.startswith(f"{remark.where}: ")
        assert all(value in said for value in remark.values.values()) or remark.rule == "why-after-betrayal", said


def _smallest() -> bytes:
    text = README.read_text(encoding="utf-8")
    return text.partition("```toml\n")[2].partition("```")[0].encode()


@pytest.mark.parametrize("shelf", [NOTHING["en"], shipped_library("en")], ids=["alone", "on the shelf"])
def test_the_smallest_homework_is_let_be(shelf) -> None:
    assert remarks(read_pack(_smallest(), "week.toml", known=shelf), shelf) == ()


def test_homework_is_not_held_to_what_whole_themes_are() -> None:
    own_theme = b"""
[[theme]]
id = "after-betrayal"
title = "What we talked about"

[[prompt]]
theme = "after-betrayal"
text = "Which of the two letters is nearer today?"
"""
    pack = read_pack(_smallest() + own_theme, "week.toml")

    assert remarks(pack, NOTHING["en"]) == ()


def test_homework_is_looked_at_for_its_words_and_its_note_is_not() -> None:
    raw = (
        _smallest().replace(b"skip it", b"you must always skip it!").replace(b"When did you feel", b"Why did you feel")
    )

    pack = read_pack(raw, "week.toml")

    assert remarks(pack, NOTHING["en"]) == (Remark("why", pack.prompts[0].id, {"word": "why did"}),)


def test_a_pack_in_another_language_is_looked_at_for_its_shape_only() -> None:
    raw = SHAPE.replace('"@language"', '"de"').replace('"@letter"', '"Her damit! Must."')
    pack = read_pack(re.sub(r'"@([\w-]+)"', '"Was ist hier?"', raw).encode(), "after.toml")

    assert [remark.rule for remark in remarks(pack, NOTHING["de"])] == ["loud"]


def test_a_language_with_a_region_is_read_as_the_language() -> None:
    raw = _smallest().replace(b'"en"', b'"en-GB"').replace(b"Write the moment", b"Just write the moment")

    assert [remark.rule for remark in remarks(read_pack(raw, "week.toml"), NOTHING["en"])] == ["minimising"]


# Polish: forms that decide the reader's gender, and words that look like them.

DECIDED = """
Co zrobiłaś?
Gdzie byłeś wczoraj?
Co powinnaś wiedzieć?
Powinieneś odpocząć.
Gdybyś mogła wybrać, co wybierasz?
Co zrobiłbyś jutro?
Dokończ: wtedy czułam, że...
Dokończ: kiedyś myślałem, że...
Chciałbym, żeby...
Czy jesteś gotowa?
Gotowy, by zacząć?
Czy czujesz się dziś bardzo zmęczony?
Kiedy czujesz się przy kimś spokojna?
Bądź dla siebie wyrozumiała.
Kiedy jesteś sam w domu?
Co robisz sama?
Sam wybierasz, co zostaje.
Co masz dla siebie samej?
Jaka jesteś rano?
Wracasz do domu zmęczona. Co pomaga?
Na co jesteś gotów?
Czego jesteś pewna?
Co udało ci się zostać autorką? Jesteś autorką tej strony.
Co zrobiłeś/aś?
Jesteś gotowy/a?
Czy może Pani opisać ten dzień?
Co robiliście wieczorem?
Mówi: „byłaś za głośno”.
""".strip().split("\n")

UNDECIDED = """
Co stoi za stołem, przed kościołem, pod kołem?
Opisz to własnym ciałem, z hałasem za oknem, pod żywiołem.
Z jakim tytułem, pomysłem, rozdziałem, artykułem?
Co było tłem, światłem, źródłem, mydłem, szydłem?
Dokończ: działam, wołam, wysyłam, zdołam...
Kłam, złam, załam, przełam: cztery słowa, które brzmią obco.
Ta sama szuflada, ten sam klucz. Co wybierasz?
Sam fakt, sama obecność.
Gdzie jesteś, a kto jest obok?
Jesteś dla kogoś ważną osobą.
Gdzie jesteś, kiedy pada?
Kiedy jesteś przy stole, co widzisz?
Jesteś cały czas w tym samym pokoju?
Jesteś tu pierwszy raz?
Czujesz się dobrze, swobodnie, bezpiecznie?
Jesteś za granicą albo poza domem.
Bądź co bądź, to twój dzień.
Co jest na liście? Jakie liście widać?
O czym możesz powiedzieć specjaliście?
Czy jest coś, co udało ci się zrobić?
Co ta osoba zrobiła? Co powiedział ktoś w sklepie?
Mów grubym głosem albo słabym.
Jakie zmiany widzisz, jakie strony chcesz zachować?
Co było dalej? Czy ktoś był obok?
Zostań przy tym, co widzisz.
Z kim mieszkasz od rana do nocy?
Miś, ryś i łoś: coś, gdzieś, kiedyś.
""".strip().split("\n")


@pytest.mark.parametrize("said", DECIDED)
def test_a_form_that_decides_the_readers_gender_is_found(said) -> None:
    assert gendered(said)


@pytest.mark.parametrize("said", UNDECIDED)
def test_a_word_that_only_looks_like_one_is_let_be(said) -> None:
    assert gendered(said) == ()


def test_each_form_is_named_once_in_the_order_of_the_text() -> None:
    assert gendered("Co zrobiłaś, kiedy byłaś zmęczona? Co zrobiłaś?") == ("zrobiłaś", "byłaś")


STEMS = st.sampled_from(["zrobi", "my", "widzia", "mówi", "chcia", "pisa", "czyta", "wróci", "zosta", "odpoczę"])


@given(STEMS, st.sampled_from(["łaś", "łeś", "łam", "łem", "łbyś", "łabyś", "łbym", "łabym"]))
@example("my", "łam")
def test_every_person_and_gender_of_the_past_is_found(stem, ending) -> None:
    assert gendered(f"Co {stem}{ending} wczoraj?") == (f"{stem}{ending}",)


@given(st.text(max_size=60))
@example("Jesteś ")
@example("samasamasama")
def test_any_text_can_be_looked_at(text) -> None:
    for form in gendered(" ".join(text.split())):
        assert form in text.replace("\n", " ") or form in " ".join(text.split())

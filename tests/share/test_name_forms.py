"""Forms of names as Polish inflects them, held against how they are really written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_cli.share.name_forms import (
    Form,
    forms,
    found_as_written,
    found_forms,
    is_a_word_too,
    named_in,
    same_person,
)

# Genitive, dative, accusative, instrumental, locative and vocative, as a dictionary of Polish gives them.
DECLINED = {
    "Adam": "Adama Adamowi Adamem Adamie",
    "Adrian": "Adriana Adrianowi Adrianem Adrianie",
    "Agata": "Agaty Agacie Agatę Agatą Agato",
    "Agnieszka": "Agnieszki Agnieszce Agnieszkę Agnieszką Agnieszko",
    "Aleksandra": "Aleksandry Aleksandrze Aleksandrę Aleksandrą Aleksandro",
    "Alicja": "Alicji Alicję Alicją Alicjo",
    "Andrzej": "Andrzeja Andrzejowi Andrzejem Andrzeju",
    "Ania": "Ani Anię Anią Aniu",
    "Anna": "Anny Annie Annę Anną Anno Ania Ani Aniu",
    "Antoni": "Antoniego Antoniemu Antonim",
    "Asia": "Asi Asię Asią Asiu",
    "Barbara": "Barbary Barbarze Barbarę Barbarą Barbaro Basia Basi Basiu",
    "Bartek": "Bartka Bartkowi Bartkiem Bartku",
    "Beata": "Beaty Beacie Beatę Beatą Beato",
    "Bruno": "Bruna Brunowi Brunem Brunie",
    "Celina": "Celiny Celinie Celinę Celiną Celino",
    "Dawid": "Dawida Dawidowi Dawidem Dawidzie",
    "Dominik": "Dominika Dominikowi Dominikiem Dominiku",
    "Dorota": "Doroty Dorocie Dorotę Dorotą Doroto",
    "Elżbieta": "Elżbiety Elżbiecie Elżbietę Elżbietą Elżbieto Ela Eli",
    "Ewa": "Ewy Ewie Ewę Ewą Ewo",
    "Filip": "Filipa Filipowi Filipem Filipie",
    "Grzegorz": "Grzegorza Grzegorzowi Grzegorzem Grzegorzu",
    "Halina": "Haliny Halinie Halinę Haliną Halino",
    "Hanna": "Hanny Hannie Hannę Hanną Hanno Hania",
    "Ignacy": "Ignacego Ignacemu Ignacym",
    "Irena": "Ireny Irenie Irenę Ireną Ireno",
    "Jacek": "Jacka Jackowi Jackiem Jacku",
    "Jagoda": "Jagody Jagodzie Jagodę Jagodą Jagodo",
    "Jakub": "Jakuba Jakubowi Jakubem Jakubie Kuba Kuby",
    "Jan": "Jana Janowi Janem Janie Janek Janka",
    "Jerzy": "Jerzego Jerzemu Jerzym",
    "Joanna": "Joanny Joannie Joannę Joanną Joanno",
    "Józef": "Józefa Józefowi Józefem Józefie",
    "Julia": "Julii Julię Julią Julio",
    "Kacper": "Kacpra Kacprowi Kacprem Kacprze",
    "Kamil": "Kamila Kamilowi Kamilem Kamilu",
    "Karol": "Karola Karolowi Karolem Karolu",
    "Kasia": "Kasi Kasię Kasią Kasiu",
    "Katarzyna": "Katarzyny Katarzynie Katarzynę Katarzyną Katarzyno Kasia",
    "Kinga": "Kingi Kindze Kingę Kingą Kingo",
    "Krzysztof": "Krzysztofa Krzysztofowi Krzysztofem Krzysztofie Krzysiek Krzyśka Krzysiowi",
    "Kuba": "Kuby Kubie Kubę Kubą Kubo",
    "Lech": "Lecha Lechowi Lechem Lechu",
    "Łukasz": "Łukasza Łukaszowi Łukaszem Łukaszu",
    "Maciej": "Macieja Maciejowi Maciejem Macieju",
    "Maciek": "Maćka Maćkowi Maćkiem Maćku",
    "Magda": "Magdy Magdzie Magdę Magdą Magdo",
    "Maja": "Mai Maję Mają Maju",
    "Małgorzata": "Małgorzaty Małgorzacie Małgorzatę Małgorzatą Gosia Gosi",
    "Marek": "Marka Markowi Markiem Marku",
    "Maria": "Marii Marię Marią Mario",
    "Marta": "Marty Marcie Martę Martą Marto",
    "Michał": "Michała Michałowi Michałem Michale",
    "Monika": "Moniki Monice Monikę Moniką Moniko",
    "Natalia": "Natalii Natalię Natalią Natalio",
    "Ola": "Oli Olę Olą Olu",
    "Olga": "Olgi Oldze Olgę Olgą Olgo",
    "Paweł": "Pawła Pawłowi Pawłem Pawle",
    "Piotr": "Piotra Piotrowi Piotrem Piotrze",
    "Rafał": "Rafała Rafałowi Rafałem Rafale",
    "Robert": "Roberta Robertowi Robertem Robercie",
    "Róża": "Róży Różę Różą Różo",
    "Stanisław": "Stanisława Stanisławowi Stanisławem Stanisławie",
    "Szymon": "Szymona Szymonowi Szymonem Szymonie",
    "Teresa": "Teresy Teresie Teresę Teresą Tereso",
    "Tomasz": "Tomasza Tomaszowi Tomaszem Tomaszu Tomek Tomka",
    "Urszula": "Urszuli Urszulę Urszulą Urszulo",
    "Wanda": "Wandy Wandzie Wandę Wandą Wando",
    "Wojciech": "Wojciecha Wojciechowi Wojciechem Wojciechu Wojtek Wojtka",
    "Zbigniew": "Zbigniewa Zbigniewowi Zbigniewem Zbigniewie",
    "Zosia": "Zosi Zosię Zosią Zosiu",
    "Zuzanna": "Zuzanny Zuzannie Zuzannę Zuzanną Zuzanno",
    "Kevin": "Kevina Kevinowi Kevinem Kevinie",
    "Kowalska": "Kowalskiej Kowalską Kowalsko",
    "Kowalski": "Kowalskiego Kowalskiemu Kowalskim",
    "Kraków": "Krakowa Krakowowi Krakowem Krakowie",
    "Łódź": "Łodzi Łodzią",
    "Poznań": "Poznania Poznaniowi Poznaniem Poznaniu",
    "Warszawa": "Warszawy Warszawie Warszawę Warszawą Warszawo",
}


@pytest.mark.parametrize("name", DECLINED)
def test_every_form_of_a_name_is_found(name: str) -> None:
    declined = DECLINED[name].split()
    text = f"{name}: " + "; ".join(f"o {form} mowa" for form in declined)

    assert [form.word for form in found_forms(name, [text])] == declined


@pytest.mark.parametrize(
    "name, text",
    [
        ("Anna", "Annabel Hanna wanny panny Susanna anonim"),
        ("Jan", "January Janusz Janusza stan"),
        ("Ola", "Olaf kolacja szkoła Olimpia"),
        ("Marek", "Marzec Marcin Marcina marketing"),
        ("Ewa", "Ewelina Ewangelia lewa"),
        ("Will", "willing goodwill Willard"),
        ("Tom", "Tomorrow tomato"),
    ],
)
def test_other_words_are_let_be(name: str, text: str) -> None:
    assert found_forms(name, [text]) == ()


def test_each_form_comes_with_its_count_and_the_words_around_it() -> None:
    found = found_forms("Anna", ["Wczoraj długo w kuchni pytałem Anny o święta, a potem jeszcze raz.", "ANNY, Annie"])

    assert found == (
        Form("Anny", 2, "długo w kuchni pytałem Anny o święta, a potem"),
        Form("Annie", 1, "ANNY, Annie"),
    )
    assert "Anny" not in repr(found)


@pytest.mark.parametrize("name", ["Will", "Róża", "Grace", "@May", "jagoda"])
def test_a_name_that_is_a_word_too_is_offered_with_a_capital_only(name: str) -> None:
    assert is_a_word_too(name)
    bare = name.strip("@").capitalize()
    text = f"{bare} came. {bare.lower()} {bare.lower()}s, {bare[:-1]}om {bare[:-1].lower()}om"

    assert all(not form.is_small for form in found_forms(name, [text]))
    assert [(form.word, form.times) for form in found_as_written(name, [text])] == [(bare, 1), (bare.lower(), 1)]


def test_forms_in_small_letters_come_last_and_by_themselves() -> None:
    found = found_forms("Marek", ["ładne marki, a potem Marka i Marki, bez marka"])

    assert [(form.word, form.is_small) for form in found] == [
        ("Marka", False), ("Marki", False), ("marki", True), ("marka", True)
    ]  # fmt: skip


def test_of_several_words_the_last_is_inflected() -> None:
    assert [one.word for one in found_forms("pani Anna", ["pani Anny, panny Anny, anny"])] == ["Anny"]


def test_people_are_found_in_whatever_form_with_a_capital_letter() -> None:
    assert named_in(("Anna", "Marek", "Róża", "Zoe"), ["Anny nie ma", "ładne marki i róża"]) == ("Anna",)


def test_forms_of_one_name_stand_together() -> None:
    people = ("Anny", "Marek", "Anna", "Jana", "Markowi", "Annie", "Zoe")

    assert same_person(people) == (("Anna", "Anny", "Annie"), ("Marek", "Markowi"), ("Jana",), ("Zoe",))


@given(st.text("aeioyąęólłnkrćśzdtAŻ-' @\"", max_size=8), st.text("aeioyąęólłnkrćśzdtAŻ-' .\n", max_size=40))
def test_any_name_and_any_text_will_do(name: str, text: str) -> None:
    found = found_forms(name, [text])

    assert all(form.word.lower() in forms(name.rsplit(maxsplit=1)[-1]) for form in found)
    assert sum(form.times for form in found) <= len(text)
    assert [name for group in same_person([name, name.upper()]) for name in group] in (
        [name, name.upper()], [name.upper(), name], [name]
    )  # fmt: skip

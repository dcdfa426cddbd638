"""`settings`: how the journal behaves, kept inside it."""

import pytest

USUAL = {
    "lang": None,
    "intensity": "gentle",
    "hidden-notes": "",
    "discreet": "off",
    "editor": "built-in",
    "quiet-after": "10",
    "week-starts": "monday",
    "page-size": "a4",
    "check-in": "",
}


def test_every_setting_is_there_from_the_beginning(journal) -> None:
    told = journal("settings", "--json").json

    assert told.keys() == {"settings"}
    assert told["settings"].keys() == USUAL.keys()
    assert {key: value for key, value in told["settings"].items() if key != "lang"} == {
        key: value for key, value in USUAL.items() if key != "lang"
    }


def test_what_was_never_chosen_is_null(journal) -> None:
    assert journal("settings", "--json").json["settings"]["lang"] is None


@pytest.mark.parametrize(
    "key, value, kept",
    [
        ("lang", "pl", "pl"),
        ("lang", "PL", "pl"),
        ("intensity", "deep", "deep"),
        ("hidden-notes", "illness,shame", "illness,shame"),
        ("hidden-notes", "shame, shame", "shame"),
        ("hidden-notes", "none", ""),
        ("discreet", "on", "on"),
        ("editor", "own", "own"),
        ("week-starts", "sunday", "sunday"),
        ("page-size", "letter", "letter"),
        ("check-in", "own-tone, felt-safe", "own-tone,felt-safe"),
        ("check-in", "none", "none"),
        ("check-in", "any", ""),
    ],
)
def test_a_setting_is_changed_and_stays(journal, key: str, value: str, kept: str) -> None:
    assert journal("settings", key, value, "--json").json == {"settings": {key: kept}}
    assert journal("settings", key, "--json").json == {"settings": {key: kept}}
    assert journal("settings", "--json").json["settings"][key] == kept


def test_an_unknown_setting_suggests_the_nearest(journal) -> None:
    assert "did you mean intensity?" in journal("settings", "intensty", "deep", code=20).stderr
    assert "week-starts" in journal("settings", "colour", code=20).stderr


@pytest.mark.parametrize(
    "key, value",
    [
        ("lang", "de"),
        ("intensity", "max"),
        ("hidden-notes", "illness,rain"),
        ("check-in", "rain"),
        ("check-in", "none,heard"),
    ],
)
def test_what_a_setting_cannot_be_says_what_it_can(journal, key: str, value: str) -> None:
    said = journal("settings", key, value, code=2)

    assert "one of: " in said.stderr
    assert journal("settings", key, "--json").json["settings"][key] in {"", None, "gentle"}


def test_discreet_lists_show_no_titles(journal) -> None:
    journal("write", "--title", "TITLEWORD", input="BODYWORD and some more.")
    journal("write", input="OPENINGWORD without a title.")
    journal("settings", "discreet", "on")

    page = journal("list").stdout
    assert "4 words" in page
    for word in ("TITLEWORD", "BODYWORD", "OPENINGWORD"):
        assert word not in page


def test_the_language_set_is_spoken_once_unlocked_unless_the_environment_says_otherwise(journal) -> None:
    journal("settings", "lang", "pl")

    assert "journal reflect" in journal("list").stdout
    assert "No entries to show." not in journal("list").stdout
    assert "No entries to show." in journal("list", JOURNAL_LANG="en").stdout
    assert "No entries to show." in journal("list", JOURNAL_LANG="EN_gb").stdout


def test_without_a_setting_the_locale_speaks(journal) -> None:
    assert "No entries to show." in journal("list", LANG="de_DE.UTF-8").stdout
    assert "No entries to show." not in journal("list", LANG="pl_PL.UTF-8").stdout
    assert "No entries to show." in journal("list", LANG="pl_PL.UTF-8", JOURNAL_LANG="en").stdout
    assert "No entries to show." in journal("list", LANG="pl_PL.UTF-8", LC_ALL="C.UTF-8").stdout

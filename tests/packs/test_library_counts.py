"""What the library holds, in both languages: themes, prompts by how far they go, sessions, programs, check-ins."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from journal_cli.cli.main import app
from journal_cli.journal.session import Intensity
from journal_cli.packs.shelf import shipped_library

LANGUAGES = ("en", "pl")

# At least so many gentle, steady and deep prompts in each theme.
AT_LEAST = {
    "trust-self": (6, 5, 1),
    "own-values": (4, 3, 1),
    "trust-others": (5, 5, 2),
    "after-betrayal": (5, 5, 2),
    "self-compassion": (8, 5, 1),
    "inner-critic": (4, 5, 1),
    "boundaries-naming": (7, 4, 1),
    "boundaries-voicing": (5, 6, 1),
    "needs-and-listening": (7, 6, 1),
    "emotional-wounds": (2, 4, 4),
    "intimacy-dimensions": (7, 5, 2),
    "body-changed": (5, 5, 2),
    "desire-and-mood": (4, 4, 2),
    "mindfulness-grounding": (11, 1, 0),
    "emotional-safety": (5, 5, 2),
    "repair-moving-forward": (4, 6, 2),
    "support-and-care": (7, 3, 0),
}
ALL_PROMPTS = 198
MOMENTS = {
    "a-moment-of-trust": "trust",
    "critic-and-kinder-line": "kindness",
    "kept-word": "trust",
    "second-guess": "trust",
    "shows-up": "trust",
    "small-choice-fine": "trust",
}

# Before and after therapy is one of the nineteen, in two parts.
SESSIONS = """
first-page back-to-the-room evening-signals a-plain-day what-i-know a-letter-in-a-kinder-voice answering-the-critic
yes-no-not-yet one-sentence so-it-can-be-heard across-the-street five-ways-of-close the-body-i-live-in
desire-without-homework in-my-own-words safe-enough unsent-letter before-therapy after-therapy months-end
"""
PROGRAMS = {  # and how many parts each has
    "six-steps-toward-close": 6,
    "trust-rebuilt-small": 10,
    "a-kinder-voice": 7,
    "my-body-my-pace": 4,
    "lines-i-can-keep": 4,
    "twelve-look-backs": 12,
    "two-weeks-of-small-trusts": 2,
}
CHECK_INS = """
close-to-someone rely-on-someone heard valued felt-safe believe-own-sense own-tone limit-kept at-home-in-body
here-or-far need-met interest-in-touch
"""


def listed(language: str, folder: Path) -> Any:
    """Give what `prompts list --json` says, where no journal is."""
    env = {"JOURNAL_LANG": language, "JOURNAL_HOME": str(folder / "none")}
    said = CliRunner().invoke(app, ["prompts", "list", "--json"], env=env)
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def ids(parts: list[dict[str, Any]]) -> list[str]:
    return [part["id"] for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_theme_session_and_program(language: str, tmp_path: Path) -> None:
    shown = listed(language, tmp_path)

    counts = {theme["id"]: theme["prompts"] for theme in shown["themes"]}
    assert counts.keys() == AT_LEAST.keys()
    assert {theme: count for theme, count in counts.items() if count < sum(AT_LEAST[theme])} == {}
    assert sum(counts.values()) >= ALL_PROMPTS == sum(map(sum, AT_LEAST.values()))
    assert set(SESSIONS.split()) - set(ids(shown["sessions"])) == set()
    assert PROGRAMS.items() <= {one["id"]: one["weeks"] for one in shown["programs"]}.items()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", AT_LEAST)
def test_a_theme_has_its_gentle_steady_and_deep_prompts(theme: str, language: str) -> None:
    prompts = shipped_library(language).prompts.values()
    levels = Counter(prompt.intensity for prompt in prompts if prompt.theme == theme)

    there = [levels[level] for level in Intensity]
    assert all(has >= least for has, least in zip(there, AT_LEAST[theme], strict=True)), there


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_is_about_a_theme(language: str) -> None:
    assert [prompt.id for prompt in shipped_library(language).prompts.values() if prompt.theme not in AT_LEAST] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_answers_are_moments_and_a_kinder_line_is_asked_for_first(language: str) -> None:
    prompts = shipped_library(language).prompts
    tagged = {prompt.id: prompt.moment for prompt in prompts.values() if prompt.moment}

    assert tagged == MOMENTS
    assert re.search("kinder line|życzliwsze zdanie", prompts["critic-and-kinder-line"].follow_ups[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_twelve_core_check_ins_are_there(language: str) -> None:
    core = set(CHECK_INS.split())

    assert len(core) == 12
    assert core - shipped_library(language).check_ins.keys() == set()


def test_both_languages_list_the_same_ids_in_the_same_order(tmp_path: Path) -> None:
    english, polish = (listed(language, tmp_path) for language in LANGUAGES)

    for part in ("packs", "themes", "sessions", "programs"):
        assert ids(english[part]) == ids(polish[part]), part
    for kind in ("prompts", "groundings", "closings", "check_ins"):
        both = [list(getattr(shipped_library(language), kind)) for language in LANGUAGES]
        assert both[0] == both[1], kind

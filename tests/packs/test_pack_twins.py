from collections.abc import Callable
from dataclasses import replace

import pytest

from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.library import Pack
from journal_cli.journal.session import Intensity, Scale
from journal_cli.packs.shelf import shipped_packs
from journal_cli.packs.twins import twins


def _small_trusts(language: str) -> Pack:
    return next(pack for pack in shipped_packs(language) if pack.id == "small-trusts")


def _first(kind: str, **changed: object) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        first, *rest = getattr(pack, kind)
        return replace(pack, **{kind: (replace(first, **changed), *rest)})

    return change


def _session_without_a_step(pack: Pack) -> Pack:
    return _first("sessions", steps=pack.sessions[0].steps[:-1])(pack)


def _week_left_out(pack: Pack) -> Pack:
    return _first("programs", weeks=pack.programs[0].weeks[:1])(pack)


CHANGES = {
    "another id": (lambda pack: replace(pack, id="other"), "the pack: id is small-trusts in en, other in pl"),
    "another level": (lambda pack: replace(pack, intensity=Intensity.DEEP), "intensity is steady in en, deep in pl"),
    "a prompt missing": (
        lambda pack: replace(pack, prompts=pack.prompts[1:]),
        'the prompt "signal-today" is only in en',
    ),
    "a prompt too many": (
        lambda pack: replace(pack, prompts=(*pack.prompts, replace(pack.prompts[0], id="more"))),
        'the prompt "more" is only in pl',
    ),
    "another order": (
        lambda pack: replace(pack, prompts=pack.prompts[::-1]),
        "prompts: the same ids in another order",
    ),
    "a prompt's level": (_first("prompts", intensity=Intensity.DEEP), "intensity is gentle in en, deep in pl"),
    "a prompt's notes": (_first("prompts", content_notes=("loss",)), "content_notes is not given in en, loss in pl"),
    "a prompt's privacy": (_first("prompts", private=True), "private is False in en, True in pl"),
    "a moment": (_first("prompts", moment=MomentKind.TRUST), "moment is not given in en, trust in pl"),
    "a follow-up missing": (_first("prompts", follow_ups=("Co dalej?",)), "number of follow_ups is 2 in en, 1 in pl"),
    "a step missing": (_session_without_a_step, 'the session "evening-signals": steps is'),
    "a week missing": (_week_left_out, 'the program "two-weeks-of-small-trusts": weeks is'),
    "another scale": (_first("check_ins", scale=Scale(1, 7)), 'the check-in item "believe-own-sense": scale is'),
    "the same language": (lambda pack: replace(pack, language="en"), "both are in en"),
}


def test_only_words_differ_between_twins() -> None:
    assert twins(_small_trusts("en"), _small_trusts("pl")) == []


@pytest.mark.parametrize("change", CHANGES)
def test_each_difference_in_shape_is_said(change: str) -> None:
    alter, sentence = CHANGES[change]

    said = twins(_small_trusts("en"), alter(_small_trusts("pl")))

    assert any(sentence in one for one in said), said


def test_other_words_are_no_difference() -> None:
    pack = _small_trusts("pl")
    reworded = _first("prompts", text="Inne słowa?")(replace(pack, title="Inny tytuł"))

    assert twins(_small_trusts("en"), reworded) == []

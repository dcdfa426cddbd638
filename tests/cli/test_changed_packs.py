"""A sitting that is gone on with after the pack it came from was changed, or taken out of the journal."""

import pytest

PACK = """
format = 1

[pack]
id = "given"
title = "Given"
language = "en"
version = "{version}"

[[prompt]]
id = "given-first"
text = "What was the first thing?"
follow_ups = ["And then?"]

[[prompt]]
id = "given-second"
text = "{second}"

[[closing]]
id = "given-end"
lines = ["Enough."]

[[session]]
id = "given-page"
title = "A given page"
about = "Two questions."
minutes = 10

[[session.step]]
kind = "mood"
when = "before"

[[session.step]]
kind = "prompt"
use = ["given-first"]

[[session.step]]
kind = "prompt"
use = ["given-second"]

[[session.step]]
kind = "mood"
when = "after"

[[session.step]]
kind = "closing"
use = ["given-end"]
"""


@pytest.fixture
def paused(journal, tmp_path):
    """A sitting that waits at the second question of a pack that was added, with half an answer to it."""
    add(journal, tmp_path, "1.0.0", "What was the second thing?")
    journal("reflect", "given-page", input="\nThe first answer.\n.\n:s\nHalf an\n")  # the end of input keeps it
    journal("reflect", "given-page", input="\nOnce more.\n.\n:s\n:p\n")
    return journal


def add(journal, folder, version: str, second: str) -> None:
    path = folder / "given.toml"
    path.write_text(PACK.format(version=version, second=second), encoding="utf-8")
    journal("prompts", "add", str(path), "--yes")


def test_a_question_that_changed_is_asked_as_it_is_now_and_kept_as_it_was_shown(paused, tmp_path) -> None:
    add(paused, tmp_path, "2.0.0", "What was the other thing?")
    said = paused("reflect", "--resume", "--json", input="Another answer.\n.\n\n")

    assert "What was the other thing?" in said.stderr
    bodies = {one["question"] for one in said.json["entries"]}
    assert bodies == {"What was the first thing?", "What was the other thing?"}
    assert said.json["sitting"]["state"] == "done"


def test_without_its_questions_a_sitting_waits_and_says_so(paused) -> None:
    paused("prompts", "remove", "given", "--yes")
    before = paused("list", "--json").json["total"]
    said = paused("reflect", "--resume", code=20)

    assert "the questions of the sitting that waits are not in the journal any more" in said.stderr
    assert "what you wrote stays" in said.stderr
    assert paused("list", "--json").json["total"] == before
    assert "pytań z sesji" in paused("reflect", "--resume", code=20, JOURNAL_LANG="pl").stderr


def test_it_goes_on_once_its_questions_are_back(paused, tmp_path) -> None:
    paused("prompts", "remove", "given", "--yes")
    paused("reflect", "--resume", code=20)
    add(paused, tmp_path, "1.0.0", "What was the second thing?")

    assert paused("reflect", "--resume", "--json", input="It is back.\n.\n\n").json["sitting"]["state"] == "done"


def test_another_sitting_that_waits_is_gone_on_with_instead(paused) -> None:
    paused("reflect", "a-plain-day", input=":p\n")
    paused("reflect", "--resume", input=":p\n")
    paused("prompts", "remove", "given", "--yes")

    assert paused("reflect", "--resume", "--json", input=":q\n").json["sitting"]["session"] == "a-plain-day"

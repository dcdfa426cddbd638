"""The main job from end to end: sit, look back, see mood and progress, hand over a page."""

EVENING = "1\n3\n6\ntense, tired\nI felt a no.\n.\nIt passed.\n.\n:s\ny\nI called my sister.\n.\n:s\n5\n4\ncalm\n"


def test_a_sitting_from_a_pipe_keeps_what_was_answered_and_everything_else_agrees_with_it(journal) -> None:
    told = journal("reflect", "evening-signals", "--json", input=EVENING).json

    sitting, kept = told["sitting"], told["entries"]
    assert sitting["state"] == "done"
    assert sitting["before"] == {"pleasant": -1, "energy": 2, "cant_tell": False, "words": ["tense", "tired"]}
    assert sitting["after"] == {"pleasant": 1, "energy": 0, "cant_tell": False, "words": ["calm"]}
    assert [one["kind"] for one in kept] == ["answer", "answer"]

    listed = journal("list", "--json").json
    assert listed == {"entries": kept, "total": 2}

    texts = [journal("show", one["id"], "--json").json for one in kept]
    assert [text["body"] for text in texts] == ["I called my sister.", "I felt a no."]
    assert texts[1]["follow_ups"] == [{"question": "What came next?", "answer": "It passed."}]
    assert texts[1]["question"].startswith("Think of one moment today")

    mood = journal("mood", "--json").json
    assert mood["sittings"] == [sitting]
    assert (mood["checkins"], mood["weeks"][0]["n"]) == (0, 1)
    assert mood["weeks"][0]["pleasant"] == {"low": -1, "median": -1, "high": -1}
    assert {row["word"]: row["n"] for row in mood["words"]} == {"tense": 1, "tired": 1}

    progress = journal("progress", "--json").json
    assert (progress["entries"], progress["days_with_entries"]) == (2, 1)
    assert progress["sittings"] == [sitting]
    assert [(row["theme"], row["entries"], row["sittings"]) for row in progress["themes"]] == [("trust-self", 2, 1)]

"""`prompts`: what the library offers, a session as it will be asked, and whether a pack holds together."""

import pytest
from shapes import BOXES, ESCAPE

from journal_cli.packs import shelf

HOMEWORK = """
format = 1

[pack]
id = "homework"
title = "For this week"
language = "en"

[[prompt]]
id = "small-kindness"
intensity = "gentle"
text = "What was kind today?"
"""


def test_the_library_with_the_keys_that_were_promised(no_journal) -> None:
    said = no_journal("prompts", "list", "--json")

    offered = said.json
    assert offered.keys() == {"packs", "themes", "sessions", "programs"}
    assert all(one.keys() == {"id", "title", "version", "languages"} for one in offered["packs"])
    assert all(one.keys() == {"id", "title", "prompts", "sessions"} for one in offered["themes"])
    assert all(one.keys() == {"id", "title", "minutes", "intensity", "themes"} for one in offered["sessions"])
    assert all(one.keys() == {"id", "title", "weeks"} for one in offered["programs"])
    assert {one["id"] for one in offered["packs"]} >= {"small-trusts", "self-compassion"}
    trust = next(one for one in offered["themes"] if one["id"] == "trust-self")
    asked = [one for one in shelf.shipped_library("en").prompts.values() if one.theme == "trust-self"]
    assert trust["prompts"] == len(asked) >= 4
    assert trust["sessions"] >= 2
    edges = next(one for one in offered["sessions"] if one["id"] == "where-my-edges-are")
    assert (edges["minutes"], edges["intensity"]) == (20, "steady")
    assert edges["themes"] == ["boundaries-naming", "trust-self"]
    assert said.stderr == ""


def test_a_pack_says_every_language_it_is_there_in(no_journal) -> None:
    packs = no_journal("prompts", "list", "--json").json["packs"]

    assert [sorted(one["languages"]) for one in packs if one["id"] == "small-trusts"] == [["en", "pl"]]


def test_a_session_is_told_step_by_step(no_journal) -> None:
    session = no_journal("prompts", "show", "where-my-edges-are", "--json").json

    assert session.keys() == {"id", "title", "about", "minutes", "intensity", "content_notes", "steps"}
    assert session["content_notes"] == ["past-hurt", "self-doubt"]
    steps = session["steps"]
    assert all(step.keys() == {"kind", "use", "when", "optional", "gates", "choices"} for step in steps)
    assert all(choice.keys() == {"id", "text", "follow_ups", "moment"} for step in steps for choice in step["choices"])
    assert [step["kind"] for step in steps] == [
        *("note", "grounding", "mood", "prompt", "prompt", "prompt", "mood", "closing"),
    ]
    assert [step["when"] for step in steps if step["kind"] == "mood"] == ["before", "after"]
    assert {step["when"] for step in steps if step["kind"] != "mood"} == {None}
    assert [step["optional"] for step in steps if step["kind"] == "prompt"] == [False, False, True]
    assert [choice["id"] for choice in steps[5]["choices"]] == ["limit-respected", "second-guess"]
    assert [choice["follow_ups"] for choice in steps[5]["choices"]] == [2, 2]
    assert [choice["moment"] for choice in steps[5]["choices"]] == [None, "trust"]
    assert [choice["id"] for choice in steps[1]["choices"]] == ["room", "hands"]
    assert (steps[0]["use"], steps[0]["choices"], steps[0]["gates"]) == ([], [], [])


def test_answers_in_the_order_of_the_steps_are_what_a_sitting_reads(journal) -> None:
    """What a script makes of `prompts show` fits the conversation to the line."""
    lines = ["y"]  # consent, for the session is steady
    for step in journal("prompts", "show", "a-letter-in-a-kinder-voice", "--json").json["steps"]:
        if step["kind"] == "grounding":
            lines.append("1")
        elif step["kind"] == "mood":
            lines += ["4", "4", step["when"]]
        elif step["kind"] == "prompt":
            lines += ["y"] * step["optional"] + ["2"] * (len(step["choices"]) > 1)
            chosen = step["choices"][-1]
            for number in range(1 + chosen["follow_ups"]):
                lines += [f"{chosen['id']} {number}", "."]
    lines.append("1")  # is this helping
    told = journal("reflect", "a-letter-in-a-kinder-voice", "--json", input="\n".join(lines) + "\n").json

    assert told["sitting"]["state"] == "done"
    assert (told["sitting"]["before"]["words"], told["sitting"]["after"]["words"]) == (["before"], ["after"])
    whole = [journal("show", one["id"], "--json").json for one in told["entries"]]
    assert [one["body"] for one in whole] == ["softer-hour 0", "letter-from-a-friend 0", "same-boat 0"]
    assert [len(one["follow_ups"]) for one in whole] == [1, 2, 2]


def test_a_prompt_is_shown_in_the_sitting_it_would_be_wrapped_in(no_journal) -> None:
    steps = no_journal("prompts", "show", "kept-word", "--json").json["steps"]

    assert [step["kind"] for step in steps] == ["grounding", "mood", "prompt", "mood", "closing"]


def test_an_unknown_session_suggests_the_nearest(no_journal) -> None:
    assert "did you mean evening-signals?" in no_journal("prompts", "show", "evening-signls", code=20).stderr


def test_the_pages_are_plain_in_a_pipe(no_journal) -> None:
    for command in (("prompts",), ("prompts", "list"), ("prompts", "show", "evening-signals")):
        said = no_journal(*command)
        assert said.stderr == ""
        assert not BOXES.search(said.stdout)
        assert ESCAPE not in said.stdout


def test_a_pack_that_holds_together(no_journal, tmp_path) -> None:
    pack = tmp_path / "homework.toml"
    pack.write_text(HOMEWORK + '\ncolour = "blue"\n', encoding="utf-8")

    told = no_journal("prompts", "check", str(pack), "--json").json
    assert (told["id"], told["title"], told["prompts"], told["sessions"]) == ("homework", "For this week", 1, 0)
    assert len(told["unknown"]) == 1
    assert "colour" in told["unknown"][0]
    assert "holds together" in no_journal("prompts", "check", str(pack)).stdout


@pytest.mark.parametrize(
    "before, after, line, told",
    [
        ('"gentle"', '"gentel"', 11, 'did you mean "gentle"?'),
        ("[[prompt]]", "[prompt]", 9, "[[prompt]]"),
        ("format = 1", "format = 2", 2, "format = 1"),
        ('title = "For', "title = “For", 6, "quotation marks"),
        ('id = "small-kindness"', 'id = "small kindness"', 10, "small-kindness"),
        ('text = "What was kind today?"', "", 9, "text"),
    ],
)
def test_a_pack_that_does_not_names_file_line_and_way_out(no_journal, tmp_path, before, after, line, told) -> None:
    pack = tmp_path / "homework.toml"
    pack.write_text(HOMEWORK.replace(before, after), encoding="utf-8")
    said = no_journal("prompts", "check", str(pack), "--json", code=22)

    assert f"homework.toml, line {line}: " in said.stderr
    assert told in said.stderr
    assert str(tmp_path) not in said.stderr
    assert said.stdout == ""


def test_what_is_no_file_of_a_pack_is_said_so(no_journal, tmp_path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (1024 * 1024 + 1))
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")

    assert "large.toml" in no_journal("prompts", "check", str(large), code=22).stderr
    assert "binary.toml" in no_journal("prompts", "check", str(binary), code=22).stderr
    assert "folder" in no_journal("prompts", "check", str(tmp_path), code=22).stderr
    assert "none.toml" in no_journal("prompts", "check", str(tmp_path / "none.toml"), code=15).stderr


def test_an_unknown_deed_suggests_the_nearest(no_journal) -> None:
    assert "check" in no_journal("prompts", "chek", "x", code=2).stderr

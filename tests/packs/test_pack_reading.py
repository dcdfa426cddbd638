from journal_cli.journal.library import Homework, library
from journal_cli.journal.program import Week
from journal_cli.journal.session import CONTENT_NOTES, Gate, Intensity, Option, Scale, Step, StepKind
from journal_cli.packs.pack import ALL_KEYS, read_pack
from journal_cli.packs.shelf import shipped

HOMEWORK = b"""format = 1

[pack]
id       = "week-of-24-november"
title    = "For this week"
language = "en"

[homework]
from  = "Your therapist"
note  = "Two short sittings, any days."
share = "never"

[[prompt]]
text = "When did you feel a pull to say yes this week?"

[[prompt]]
text = "If the same request came tomorrow, what are three answers you could live with?"
follow_ups = ["Which one would you like to practise out loud with me?"]
"""

FULL = b"""format = 1

[pack]
id = "full"
title = "Everything a pack may hold"
language = "pl"
version = "2.1.0"
intensity = "deep"
content_notes = ["loss", "shame"]
translates = { language = "en", version = "2.0.0" }

[[theme]]
id = "own-values"
title = "Own values"

[[prompt]]
id = "one"
theme = "own-values"
text = '''Two lines
may stand here.'''
intensity = "deep"
kind = "letter"
minutes = 12
content_notes = ["loss"]
tags = ["evening"]
private = true
gate = "fear"

[[grounding]]
id = "room"
title = "The room"
lines = ["Find three edges."]

[[closing]]
id = "end"
lines = ["Enough for now."]

[[session]]
id = "sitting"
title = "A sitting"
minutes = 20
intensity = "deep"
private = true
gate = "recent"
  [[session.step]]
  kind = "pace"
  [[session.step]]
  kind = "note"
  text = "You can stop at any time."
  [[session.step]]
  kind = "grounding"
  use = ["room"]
  [[session.step]]
  kind = "mood"
  when = "before"
  [[session.step]]
  kind = "prompt"
  use = ["one"]
  optional = true
  [[session.step]]
  kind = "keep"
  [[session.step]]
  kind = "mood"
  when = "after"
  [[session.step]]
  kind = "closing"
  use = ["end"]

[[check_in]]
id = "kept"
text = "Was a limit kept?"
chart = false
private = true
scale = { kind = "choice", options = [{ id = "yes", label = "yes" }, { id = "no", label = "no" }] }

[[check_in]]
id = "tone"
text = "What tone?"
scale = { kind = "number", min = 1, max = 7, low = "sharp", high = "kind" }

[[program]]
id = "weeks"
title = "Weeks"
private = true
gate = "fear"
  [[program.week]]
  title = "First"
  sessions = ["sitting"]
  prompts = ["one"]
  check_ins = ["tone"]
  measures = ["who-5"]
  sittings = 2
  optional = true
"""


def test_a_therapist_needs_three_lines_and_a_question() -> None:
    pack = read_pack(HOMEWORK, "week.toml")

    assert (pack.id, pack.title, pack.language, pack.version, pack.licence) == (
        "week-of-24-november",
        "For this week",
        "en",
        "1.0.0",
        "private",
    )
    assert pack.homework == Homework("Your therapist", "Two short sittings, any days.", "never")
    assert [prompt.id for prompt in pack.prompts] == ["week-of-24-november-1", "week-of-24-november-2"]
    assert pack.prompts[0].minutes == 5
    assert pack.prompts[0].intensity is Intensity.GENTLE
    assert pack.unknown == ()


def test_every_field_of_a_pack_arrives() -> None:
    pack = read_pack(FULL, "full.toml")

    prompt, session, program = pack.prompts[0], pack.sessions[0], pack.programs[0]
    assert pack.translates == ("en", "2.0.0")
    assert (prompt.pack, prompt.version, prompt.language, prompt.kind) == ("full", "2.1.0", "pl", "letter")
    assert prompt.text == "Two lines\nmay stand here."
    assert (prompt.private, prompt.gate, prompt.tags, prompt.minutes) == (True, Gate.FEAR, ("evening",), 12)
    assert (session.private, session.gate, session.minutes, session.pack) == (True, Gate.RECENT, 20, "full")
    assert [step.kind.value for step in session.steps] == [
        "pace",
        "note",
        "grounding",
        "mood",
        "prompt",
        "keep",
        "mood",
        "closing",
    ]
    assert session.steps[4] == Step(StepKind.PROMPT, use=("one",), optional=True)
    assert (program.private, program.gate) == (True, Gate.FEAR)
    assert program.weeks == (Week("First", ("sitting",), ("one",), ("tone",), ("who-5",), 2, optional=True),)
    assert pack.check_ins[0].scale == Scale(options=(Option("yes", "yes"), Option("no", "no")))
    assert (pack.check_ins[0].chart, pack.check_ins[0].private) == (False, True)
    assert pack.check_ins[1].scale == Scale(1, 7, "sharp", "kind")


def test_keys_nobody_reads_are_told_and_forgiven() -> None:
    raw = HOMEWORK.replace(b"[homework]", b'colour = "blue"\n\n[homework]\nmood = 3').replace(
        b"[[prompt]]", b'[[prompt]]\ncolor = "red"'
    )

    pack = read_pack(raw + b"\n[[promt]]\ntext = 'lost'\n", "week.toml")

    assert sorted(pack.unknown) == ["[homework] mood", "[pack] colour", "[prompt] color", "promt"]
    assert len(pack.prompts) == 2


def test_a_session_may_use_what_is_on_the_shelf_already() -> None:
    shelf = library("pl", [read_pack(FULL, "full.toml")])
    text = FULL.decode()
    own = text[: text.index("[[theme]]")] + text[text.index("[[session]]") : text.index("[[check_in]]")]

    pack = read_pack(own.replace('id = "full"', 'id = "mine"').encode(), "mine.toml", known=shelf)

    assert pack.sessions[0].steps[4].use == ("one",)


def test_a_session_without_prompts_needs_no_mood_and_no_closing() -> None:
    raw = (
        HOMEWORK
        + b"""
[[grounding]]
id = "room"
title = "The room"
lines = ["Find three edges."]

[[session]]
id = "back-to-the-room"
title = "Back to the room"
  [[session.step]]
  kind = "grounding"
  use = ["room"]
"""
    )
    assert read_pack(raw, "room.toml").sessions[0].minutes == 10


def test_the_mark_some_editors_put_first_and_their_line_ends_are_welcome() -> None:
    raw = b"\xef\xbb\xbf" + HOMEWORK.replace(b"\n", b"\r\n")

    assert read_pack(raw, "week.toml") == read_pack(HOMEWORK, "week.toml")


def test_the_example_of_the_guide_is_a_good_pack() -> None:
    guide = (shipped() / "README.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]

    pack = read_pack(example.encode(), "week.toml")

    assert (len(pack.prompts), pack.unknown) == (2, ())


def test_the_guide_names_every_part_and_key() -> None:
    guide = (shipped() / "README.md").read_text(encoding="utf-8")

    for part, keys in ALL_KEYS.items():
        for key in keys - {"step", "week"}:
            assert f"`{key}`" in guide or f"{key} = " in guide or f"[{key}]" in guide, (part, key)
    for note in CONTENT_NOTES:
        assert f"`{note}`" in guide

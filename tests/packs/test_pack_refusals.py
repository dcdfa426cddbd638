"""Each rule of a pack, broken once: the refusal names file and line, and says the way out."""

import string

import pytest

from journal_cli.errors import NotWhatItSays
from journal_cli.packs.pack import read_pack
from journal_cli.packs.shelf import words

GOOD = """format = 1

[pack]
id = "edges"
title = "Edges"
language = "en"
version = "1.0.0"
intensity = "steady"
content_notes = ["past-hurt"]
audience = "anyone"

[homework]
from = "A therapist"
share = "ask"

[[theme]]
id = "boundaries-naming"
title = "Naming"

[[prompt]]
id = "edge-in-the-day"
theme = "boundaries-naming"
text = "Where in your day is an edge?"
minutes = 5
private = false

[[prompt]]
id = "limit-respected"
theme = "boundaries-naming"
text = "Recall a limit that was respected."
intensity = "steady"
content_notes = ["past-hurt"]
follow_ups = ["Who was it?"]

[[grounding]]
id = "room"
title = "The room"
lines = ["Find three edges."]

[[closing]]
id = "put-down"
lines = ["Enough for now."]

[[session]]
id = "where-my-edges-are"
title = "Where my edges are"
intensity = "steady"
  [[session.step]]
  kind = "grounding"
  use = ["room"]
  [[session.step]]
  kind = "mood"
  when = "before"
  [[session.step]]
  kind = "prompt"
  use = [
    "edge-in-the-day",
    "limit-respected",
  ]
  [[session.step]]
  kind = "mood"
  when = "after"
  [[session.step]]
  kind = "closing"
  use = ["put-down"]

[[check_in]]
id = "limit-kept"
text = "Was a limit kept?"
scale = { kind = "choice", options = [
  { id = "yes", label = "yes" },
  { id = "no", label = "no" },
] }

[[program]]
id = "two-weeks"
title = "Two weeks"
  [[program.week]]
  title = "First"
  sessions = ["where-my-edges-are"]
  [[program.week]]
  title = "Second"
  sessions = ["where-my-edges-are"]
  prompts = ["edge-in-the-day"]
  check_ins = ["limit-kept"]
"""

DEEP = "[" * 5000
LONG = "x" * 4001
MORE = '  [[session.step]]\n  kind = "prompt"\n  use = ["edge-in-the-day"]\n'

# What is replaced, by what, the text whose line the refusal names, a piece of the sentence, a piece of the hint.
FAULTS: dict[str, tuple[str, str, str | int, str, str]] = {
    "format missing": ("format = 1\n", "\n", 1, "does not say it is a pack", "format = 1"),
    "format of tomorrow": ("format = 1", "format = 2", "format = 2", "a format that this program", "newer program"),
    "no pack part": (GOOD, "format = 1\n[[prompt]]\ntext = 'Where?'\n", 1, "no [pack]", "begin with [pack]"),
    "pack twice": ("[pack]", "[[pack]]", "[[pack]]", "[pack] comes once", "write [pack]"),
    "one bracket": (
        GOOD,
        'format = 1\n[pack]\nid = "a"\ntitle = "b"\nlanguage = "en"\n[prompt]\ntext = "c"\n',
        "[prompt]",
        "[[prompt]] may come several times",
        "write [[prompt]]",
    ),
    "nothing inside": (GOOD, GOOD[: GOOD.index("[[theme]]")], 1, "nothing in this pack", "add a [[prompt]]"),
    "no title": ('title = "Edges"\n', "", "[pack]", "this [pack] has no title", 'title = "…"'),
    "no id": ('id = "room"\n', "", "[[grounding]]", "this [[grounding]] has no id", 'id = "…"'),
    "no text": ('text = "Where in your day is an edge?"\n', "", 20, "this [[prompt]] has no text", 'text = "…"'),
    "no lines": ('lines = ["Enough for now."]\n', "", "[[closing]]", "has no lines", 'lines = ["…", "…"]'),
    "no scale": (
        GOOD[GOOD.index("scale") : GOOD.index("[[program]]")],
        "\n",
        "[[check_in]]",
        "has no scale",
        "scale = {",
    ),
    "no steps": (
        GOOD[GOOD.index("  [[session.step]]") : GOOD.index("[[check_in]]")],
        "\n",
        "[[session]]",
        "has no [[session.step]]",
        "add one below",
    ),
    "empty text": ('text = "Where in your day is an edge?"', 'text = "  "', 'text = "  "', "text is empty", "write"),
    "number for text": ('title = "Edges"', "title = 7", "title = 7", "title is a text", 'title = "…"'),
    "two lines in a title": (
        'title = "Edges"',
        'title = """Two\nlines"""',
        'title = """Two',
        "title is a text of one line",
        "line break",
    ),
    "too long": ("Where in your day is an edge?", LONG, LONG, "longer than 4000 characters", "shorter"),
    "text for list": ('["Who was it?"]', '"Who was it?"', "Who was it?", "follow_ups is a list", "follow_ups = ["),
    "numbers in list": ('["Who was it?"]', "[1, 2]", "follow_ups", "follow_ups is a text", "follow_ups ="),
    "empty list": ('["Enough for now."]', "[]", "lines = []", "lines is a list", "lines = ["),
    "text for number": ("minutes = 5", 'minutes = "5"', 'minutes = "5"', "minutes is a whole number", "minutes = 5"),
    "yes for number": ("minutes = 5", "minutes = true", "minutes = true", "whole number from 1 to 240", "without"),
    "too many minutes": ("minutes = 5", "minutes = 500", "minutes = 500", "from 1 to 240", "minutes = 5"),
    "text for flag": ("private = false", 'private = "no"', "private", "private is true or false", "private = true"),
    "id of other letters": (
        'id = "room"',
        'id = "The Room"',
        "The Room",
        'the id "The Room" is',
        '"the-room" would do',
    ),
    "id of no letters": ('id = "room"', 'id = "—"', 'id = "—"', "not made of a-z", "kept-word"),
    "language in words": ('language = "en"', 'language = "English"', "English", "language is written like", ""),
    "version in words": ('version = "1.0.0"', 'version = "first"', "first", 'written like "1.0.0"', ""),
    "unknown intensity": ('intensity = "steady"', 'intensity = "stedy"', "stedy", '"stedy"', 'mean "steady"?'),
    "unknown audience": ('"anyone"', '"everyone"', "everyone", "audience", "it knows: anyone, survivors"),
    "unknown content note": (
        'content_notes = ["past-hurt"]\nfollow_ups',
        'content_notes = ["pasthurt"]\nfollow_ups',
        "pasthurt",
        "is not a word that content_notes knows",
        'mean "past-hurt"?',
    ),
    "unknown content note, none near": (
        'content_notes = ["past-hurt"]\nfollow_ups',
        'content_notes = ["zzz"]\nfollow_ups',
        "zzz",
        "is not a word that content_notes knows",
        "it knows: past-hurt, betrayal",
    ),
    "unknown step": ('kind = "closing"', 'kind = "clsing"', "clsing", "kind knows", 'mean "closing"?'),
    "unknown kind of prompt": ("minutes = 5", 'kind = "essay"', "essay", "kind knows", "it knows: write, list, letter"),
    "unknown gate": ("minutes = 5", 'gate = "fears"', "fears", "gate knows", 'mean "fear"?'),
    "unknown moment": ("minutes = 5", 'moment = "kindnes"', "kindnes", "moment knows", 'mean "kindness"?'),
    "moment that is no word": ("minutes = 5", "moment = true", "moment = true", "moment is a text", 'moment = "…"'),
    "unknown share": ('share = "ask"', 'share = "always"', "always", "share knows", "it knows: ask, never"),
    "mood without when": ('  when = "before"\n', "", 51, "this [[session.step]] has no when", 'when = "…"'),
    "step without use": ('  use = ["room"]\n', "", 48, "this [[session.step]] has no use", 'use = ["…"'),
    "one option": ('  { id = "no", label = "no" },\n', "", "options = [", "two to 9 options", "an option looks like"),
    "min over max": (
        GOOD[GOOD.index("{ kind") : GOOD.index("[[program]]")],
        '{ kind = "number", min = 9, max = 3 }\n\n',
        "min = 9",
        "min is less than max",
        "min = 0",
    ),
    "same id twice": (
        'id = "limit-respected"',
        'id = "edge-in-the-day"',
        28,
        'the id "edge-in-the-day" stands here a second time',
        "another id",
    ),
    "prompt named like a session": (
        'id = "where-my-edges-are"',
        'id = "edge-in-the-day"',
        45,
        "a session and a prompt both",
        "another",
    ),
    "theme not there": (
        'id = "boundaries-naming"',
        'id = "boundaries"',
        'theme = "boundaries-naming"',
        'the prompt "edge-in-the-day" is about a theme "boundaries-naming" that is not in this file',
        "",
    ),
    "grounding not there": (
        'use = ["room"]',
        'use = ["rom"]',
        'use = ["rom"]',
        'the session "where-my-edges-are" uses a grounding "rom" that is not in this file',
        'did you mean "room"?',
    ),
    "prompt not there": (
        '    "limit-respected",',
        '    "limit-respectd",',
        '    "limit-respectd",',
        'the session "where-my-edges-are" uses a prompt "limit-respectd" that is not in this file',
        'did you mean "limit-respected"?',
    ),
    "closing not there": (
        'use = ["put-down"]',
        'use = ["goodbye"]',
        "goodbye",
        'uses a closing "goodbye" that is not in this file',
        "check the spelling",
    ),
    "program: session not there": (
        'sessions = ["where-my-edges-are"]\n  prompts',
        'sessions = ["where-my-edges-ar"]\n  prompts',
        'sessions = ["where-my-edges-ar"]',
        'the program "two-weeks" uses a session "where-my-edges-ar"',
        'did you mean "where-my-edges-are"?',
    ),
    "program: prompt not there": (
        'prompts = ["edge-in-the-day"]',
        'prompts = ["edge-of-the-day"]',
        "edge-of-the-day",
        'the program "two-weeks" uses a prompt "edge-of-the-day"',
        'did you mean "edge-in-the-day"?',
    ),
    "program: check-in not there": (
        'check_ins = ["limit-kept"]',
        'check_ins = ["limits-kept"]',
        "limits-kept",
        'the program "two-weeks" uses a check-in item "limits-kept"',
        'did you mean "limit-kept"?',
    ),
    "pack gentler than its prompt": (
        'intensity = "steady"\ncontent_notes = ["past-hurt"]\naudience',
        'intensity = "gentle"\ncontent_notes = ["past-hurt"]\naudience',
        'intensity = "gentle"',
        'the prompt "limit-respected" is steady, and the pack says gentle',
        'intensity = "steady" under [pack]',
    ),
    "pack without its prompt's note": (
        'content_notes = ["past-hurt"]\naudience',
        'content_notes = ["loss"]\naudience',
        'content_notes = ["loss"]',
        'the prompt "limit-respected" has the content note "past-hurt", and the pack has not',
        'add "past-hurt"',
    ),
    "session gentler than its prompt": (
        'intensity = "steady"\n  [[session.step]]',
        'intensity = "gentle"\n  [[session.step]]',
        'intensity = "gentle"',
        'the session "where-my-edges-are" is gentle, and its prompt "limit-respected" is steady',
        'intensity = "steady"',
    ),
    "no mood before": (
        '  [[session.step]]\n  kind = "mood"\n  when = "before"\n',
        "",
        'id = "where-my-edges-are"',
        "does not ask for the mood before its first prompt",
        'when = "before"',
    ),
    "no mood after": (
        '  [[session.step]]\n  kind = "mood"\n  when = "after"\n',
        "",
        'id = "where-my-edges-are"',
        "does not ask for the mood after its last prompt",
        'when = "after"',
    ),
    "a prompt before the mood": (
        '  [[session.step]]\n  kind = "mood"\n  when = "before"\n',
        MORE + '  [[session.step]]\n  kind = "mood"\n  when = "before"\n',
        'id = "where-my-edges-are"',
        "does not ask for the mood before its first prompt",
        'when = "before"',
    ),
    "a prompt after the mood": (
        '  [[session.step]]\n  kind = "closing"\n',
        '  [[session.step]]\n  kind = "prompt"\n  use = ["edge-in-the-day"]\n  [[session.step]]\n  kind = "closing"\n',
        'id = "where-my-edges-are"',
        "does not ask for the mood after its last prompt",
        'when = "after"',
    ),
    "no closing": (
        '  [[session.step]]\n  kind = "closing"\n  use = ["put-down"]\n',
        "",
        'id = "where-my-edges-are"',
        "does not end in a closing",
        'kind = "closing"',
    ),
    "escape written out": ("Enough for now.", "Enough\x1b[2J", "Enough", "invisible character U+001B", "delete"),
    "escape spelt": ("Enough for now.", "Enough\\u001b[2J", "Enough", "invisible character U+001B", "delete"),
    "carriage return spelt": ("Enough for now.", "Enough\\rfor", "Enough", "invisible character U+000D", "delete"),
    "writing turned round": ("Enough for now.", "Enough \u202efor", "Enough", "invisible character U+202E", "delete"),
    "line separator": ("Enough for now.", "Enough\u2028for", "Enough", "invisible character U+2028", "delete"),
    "escape spelt in a key nobody reads": (
        "minutes = 5",
        '"a\\u009b" = 5',
        '"a\\u009b"',
        "invisible character U+009B",
        "delete",
    ),
    "no closing mark": ('title = "Edges"', 'title = "Edges', 'title = "Edges', "does not end with one", "at both ends"),
    "curly marks": ('title = "Edges"', "title = “Edges”", "title = “Edges”", "curly", "straight"),
    "no marks": ('title = "Edges"', "title = Edges", "title = Edges", "cannot be read", "in quotation marks"),
    "no equals sign": ('title = "Edges"', "title Edges", "title Edges", "comes an equals sign", "title ="),
    "said twice": ('title = "Edges"', 'title = "E"\ntitle = "F"', 'title = "F"', "a second time", "[[prompt]]"),
    "bracket left open": (
        '["Who was it?"]',
        '["Who was it?"',
        "[[grounding]]",
        "a bracket opened before this is not closed",
        "a list looks",
    ),
    "header left open": ("[[theme]]", "[[theme]", "[[theme]", "brackets of this part", "[pack]"),
    "lone backslash": ('title = "Edges"', 'title = "C:\\Edges"', "C:\\Edges", "a backslash stands", "two backslashes"),
    "brackets without end": ("minutes = 5", f"minutes = {DEEP}", 1, "inside each other", "no deeper"),
    "dots without end": ("minutes = 5", ".".join("a" * 99), ".".join("a" * 99), "inside each other", "no deeper"),
}


def _refusal(raw: bytes) -> NotWhatItSays:
    with pytest.raises(NotWhatItSays) as caught:
        read_pack(raw, "edges.toml")
    return caught.value


def _line_of(text: str, piece: str | int) -> int:
    return piece if isinstance(piece, int) else text[: text.index(piece)].count("\n") + 1


def test_the_pack_these_faults_are_planted_in_is_good() -> None:
    assert read_pack(GOOD.encode(), "edges.toml").unknown == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_line_and_way_out(fault: str) -> None:
    old, new, where, sentence, hint = FAULTS[fault]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)

    error = _refusal(text.encode())

    assert str(error).startswith(f"edges.toml, line {_line_of(text, where)}: ")
    assert sentence in str(error)
    assert hint in error.hint


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refusal_can_be_said_in_polish(fault: str) -> None:
    old, new, *_ = FAULTS[fault]
    polish = words("pl", "packs")

    error = _refusal(GOOD.replace(old, new, 1).encode())
    sentence, hint = polish.failure(error)

    assert error.template in polish.failures
    assert not error.hint_template or error.hint_template in polish.failures
    assert "edges.toml, wiersz " in sentence
    assert not hint or hint != error.hint or '= "' in hint


def test_more_than_a_mebibyte_is_refused_unread() -> None:
    error = _refusal(GOOD.encode() + b"#" * 1_048_576)

    assert str(error) == "edges.toml is larger than a pack may be"
    assert error.template in words("pl", "packs").failures


def test_another_encoding_is_refused_at_its_line() -> None:
    error = _refusal(GOOD.replace("Naming", "Nazywanie granic, świadomie").encode("iso-8859-2"))

    assert str(error) == "edges.toml, line 18: this is not UTF-8 text"
    assert "UTF-8" in error.hint


def test_what_a_refusal_quotes_of_the_file_is_short() -> None:
    error = _refusal(GOOD.replace('id = "room"', f'id = "{"Room " * 30}"').encode())

    assert max(len(word) for word in str(error).split('"')) <= 60


def test_refusals_fill_in_every_name() -> None:
    for old, new, *_ in FAULTS.values():
        error = _refusal(GOOD.replace(old, new, 1).encode())
        names = {name for _, name, _, _ in string.Formatter().parse(error.template + error.hint_template) if name}
        assert names <= error.values.keys()

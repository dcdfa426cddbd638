"""Programs: started, gone through on any days, repeated, left out; what is next, and never what was missed."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from key_commands import Terminal, at_terminal
from shapes import BOXES, ESCAPE, at, check_entry, check_sitting

from journal_cli.journal.program import Run, Sat, begun, place
from journal_cli.packs import shelf
from journal_cli.packs.wordbook import lazy_words

GOLDEN = Path(__file__).parents[1] / "vault" / "golden" / "step-1"
GOLDEN_WORDS = "lantern orchid velvet harbor żuraw"
PROGRAM = {"program", "title", "state", "unit", "week", "weeks", "next", "sittings"}
NEXT = {"title", "week_title", "optional", "intensity", "gates"}
VOICE = "a-kinder-voice"
AFRAID, RECENT = (lazy_words("en")(f"reflect.gate_{gate}") for gate in ("fear", "recent"))
# A sitting of it: consent, no grounding, no mood, a text, follow-ups skipped, no mood, how it was.
ANSWERED = "y\n\n\nSome words.\n.\n:s\n:s\n\n\n"
GUILT = ("due", "missed", "late", "behind", "overdue", "zaległ", "spóźni", "opuszczon")

GATED = """
format = 1

[pack]
id = "gated"
title = "Gated"
language = "en"
intensity = "steady"

[[prompt]]
id = "gated-prompt"
text = "A question?"

[[session]]
id = "gated-session"
title = "Gates"
gate = "recent"

  [[session.step]]
  kind = "mood"
  when = "before"

  [[session.step]]
  kind = "prompt"
  use = ["gated-prompt"]

  [[session.step]]
  kind = "mood"
  when = "after"

  [[session.step]]
  kind = "closing"
  use = ["put-down"]

[[program]]
id = "gated-program"
title = "Two gates"
private = true
gate = "fear"

  [[program.week]]
  title = "One"
  sessions = ["gated-session"]

  [[program.week]]
  title = "Two"
  prompts = ["gated-prompt"]
  optional = true
"""


@pytest.fixture
def gated(journal, monkeypatch):
    """A journal on whose shelf stands a program with a gate, of a session with another."""
    pack = shelf.build(shelf.open_source(GATED.encode(), "gated.toml"))
    library = shelf.shipped_library("en", (pack,))
    monkeypatch.setattr(shelf, "shipped_library", lambda _: library)
    return journal


def check_program(one) -> None:
    """Hold a program against what `journal program` promises of its JSON."""
    assert one.keys() == PROGRAM
    assert one["state"] in {None, "running", "paused", "stopped", "done"}
    assert one["unit"] in {"week", "sitting", "month"}
    assert one["week"] is None or 1 <= one["week"] <= one["weeks"]
    if one["next"] is not None:
        assert one["next"].keys() - {"session", "prompt"} == NEXT
        assert len(one["next"].keys() & {"session", "prompt"}) == 1


def told(journal, name: str):
    """Say where a program stands."""
    programs = journal("program", "list", "--json").json["programs"]
    for one in programs:
        check_program(one)
    return next(one for one in programs if one["program"] == name)


def sits(journal, given: str = ANSWERED, name: str = VOICE, **more):
    said = journal("reflect", name, "--json", input=given, **more)
    if said.json["sitting"]:
        check_sitting(said.json["sitting"])
    for entry in said.json["entries"]:
        check_entry(entry)
    return said


# Going through


def test_a_program_goes_on_by_a_sitting_each_time_it_is_asked_for(journal) -> None:
    begun = journal("program", "start", VOICE, "--json").json
    check_program(begun)
    assert (begun["state"], begun["week"], begun["weeks"], begun["sittings"]) == ("running", 1, 7, 0)
    first = begun["next"]["prompt"]

    sat = [sits(journal).json["sitting"]["session"]]
    for number in (2, 3):
        now = told(journal, VOICE)
        assert (now["week"], now["sittings"]) == (number, number - 1)
        sat.append(now["next"]["prompt"])
        journal.clock.now += timedelta(days=40)
        assert sits(journal).json["sitting"]["session"] == sat[-1]

    assert sat[0] == first
    assert len(set(sat)) == 3
    assert told(journal, VOICE)["week"] == 4


def test_a_week_of_two_sittings_stays_for_two(journal) -> None:
    journal("program", "start", "two-weeks-of-small-trusts")
    assert told(journal, "two-weeks-of-small-trusts")["next"]["session"] == "evening-signals"

    sits(journal, ":q\n", "two-weeks-of-small-trusts")
    assert told(journal, "two-weeks-of-small-trusts")["week"] == 1
    sits(journal, "y\n:q\n", "two-weeks-of-small-trusts")
    assert told(journal, "two-weeks-of-small-trusts")["week"] == 1
    sits(journal, "y\n:q\n", "two-weeks-of-small-trusts")

    assert told(journal, "two-weeks-of-small-trusts")["week"] == 2


def test_the_same_session_by_its_own_id_does_not_count(journal) -> None:
    prompt = journal("program", "start", VOICE, "--json").json["next"]["prompt"]

    journal("reflect", prompt, input=":q\n")

    assert told(journal, VOICE)["sittings"] == 0


def test_a_sitting_that_was_not_begun_does_not_count(journal) -> None:
    journal("program", "start", VOICE)

    assert sits(journal, "n\n").json["sitting"] is None

    assert told(journal, VOICE)["sittings"] == 0


def test_a_sitting_in_the_trash_does_not_count(journal) -> None:
    journal("program", "start", VOICE)
    sitting = sits(journal).json["sitting"]["id"]

    journal("delete", sitting, "--yes")

    assert (told(journal, VOICE)["week"], told(journal, VOICE)["sittings"]) == (1, 0)


def test_after_the_last_one_a_program_is_done_and_can_begin_anew(journal) -> None:
    journal("program", "start", VOICE)
    for _ in range(6):
        journal("program", "resume", VOICE, "--skip")

    said = sits(journal)

    assert "That was the last of A kinder voice" in said.stderr
    assert (told(journal, VOICE)["state"], told(journal, VOICE)["week"]) == ("done", 7)
    journal("reflect", VOICE, code=24)
    assert journal("program", "start", VOICE, "--json").json["week"] == 1


def test_several_programs_are_under_way_at_once(journal) -> None:
    for name in (VOICE, "twelve-look-backs", "lines-i-can-keep"):
        journal("program", "start", name)

    sits(journal)

    listed = journal("program", "list", "--json").json["programs"]
    assert [one["program"] for one in listed[:3]] == ["lines-i-can-keep", "twelve-look-backs", VOICE]
    assert [one["week"] for one in listed[:3]] == [1, 1, 2]
    assert [one["unit"] for one in listed[:3]] == ["week", "month", "sitting"]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_program_that_came_with_the_journal_can_be_gone_through_to_its_end(language) -> None:
    library = shelf.shipped_library(language)
    assert library.programs
    for program in library.programs.values():
        run, sat = Run("aaaa0001", program.id, program.title, at("2026-11-24T20:00:00+01:00")), ()
        while here := place(program, run, sat, {**library.prompts, **library.sessions}):
            run = begun(run, here)
            library.session(here.names[0])
            sat = (*sat, Sat(str(len(sat)), here.names[0], run.turn))
        assert len(sat) == sum(week.sittings for week in program.weeks), program.id


# Repeating, leaving out, resting, stopping


def test_a_week_is_left_out_and_the_one_before_begun_again(journal) -> None:
    journal("program", "start", VOICE)

    assert journal("program", "resume", VOICE, "--skip", "--json").json["week"] == 2
    assert journal("program", "resume", VOICE, "--again", "--json").json["week"] == 1
    journal("program", "resume", VOICE, "--again", code=24)
    journal("program", "resume", VOICE, "--again", "--skip", code=2)


def test_after_the_end_the_last_one_can_be_begun_once_more(journal) -> None:
    journal("program", "start", VOICE)
    for _ in range(6):
        journal("program", "resume", VOICE, "--skip")
    assert journal("program", "resume", VOICE, "--skip", "--json").json["state"] == "done"

    again = journal("program", "resume", VOICE, "--again", "--json").json

    assert (again["state"], again["week"]) == ("running", 7)


def test_a_paused_program_waits_where_it_is(journal) -> None:
    journal("program", "start", VOICE)
    sits(journal)

    assert journal("program", "pause", VOICE, "--json").json["state"] == "paused"
    journal("reflect", VOICE, code=24)
    assert VOICE not in journal().stdout
    resumed = journal("program", "resume", VOICE, "--json").json

    assert (resumed["state"], resumed["week"], resumed["sittings"]) == ("running", 2, 1)


def test_a_stopped_program_is_finished_and_what_was_written_stays(journal) -> None:
    journal("program", "start", VOICE)
    sits(journal)

    assert journal("program", "stop", VOICE, "--json").json["state"] == "stopped"

    assert journal("list", "--json").json["total"] == 1
    journal("program", "resume", VOICE, code=24)
    assert journal("program", "start", VOICE, "--json").json["sittings"] == 0


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), ("start", "a-kinder-voise"), 20),
        ((), ("pause", "no-such-thing"), 20),
        ((), ("pause", VOICE), 24),
        ((), ("stop", VOICE), 24),
        ((), ("resume", VOICE), 24),
        (("start",), ("start", VOICE), 17),
        (("start",), ("resume", VOICE), 24),
        (("start", "pause"), ("start", VOICE), 17),
        (("start", "pause"), ("pause", VOICE), 24),
        (("start", "stop"), ("stop", VOICE), 24),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_way_out(journal, before, command, code) -> None:
    for verb in before:
        journal("program", verb, VOICE)

    said = journal("program", *command, code=code)

    assert said.stdout == ""
    assert "hint: " in said.stderr


def test_a_mistyped_program_is_answered_with_the_nearest_one(journal) -> None:
    assert f"did you mean {VOICE}?" in journal("program", "start", "a-kinder-voise", code=20).stderr


# What a program passes on


def test_answers_in_a_private_program_begin_as_private_after_a_pause_too(journal) -> None:
    journal("program", "start", "my-body-my-pace")
    one = told(journal, "my-body-my-pace")
    assert one["next"]["intensity"] == "deep"

    paused = sits(journal, "y\n\n\n:p\n", "my-body-my-pace").json
    assert (paused["sitting"]["state"], paused["entries"]) == ("paused", [])
    resumed = journal("reflect", "--resume", "--json", input="It healed.\n.\n:s\n:s\n\n\n").json

    assert [entry["private"] for entry in resumed["entries"]] == [True]
    assert told(journal, "my-body-my-pace")["sittings"] == 1


def test_the_fear_gate_of_a_program_is_asked_before_each_of_its_sittings(journal) -> None:
    journal("program", "start", "lines-i-can-keep")
    assert told(journal, "lines-i-can-keep")["next"]["gates"] == ["fear"]

    said = sits(journal, "y\nn\n:q\n", "lines-i-can-keep")

    assert " ".join(said.stderr.split()).count(AFRAID) == 1


def test_where_session_and_program_have_different_gates_both_are_asked(gated) -> None:
    gated("program", "start", "gated-program")
    assert told(gated, "gated-program")["next"]["gates"] == ["recent", "fear"]

    said = sits(gated, "n\nn\n\nAn answer.\n.\n\n", "gated-program")

    everything = " ".join(said.stderr.split())
    assert everything.index(RECENT) < everything.index(AFRAID)
    assert [entry["private"] for entry in said.json["entries"]] == [True]
    assert said.json["sitting"]["state"] == "done"
    assert told(gated, "gated-program")["next"]["optional"] is True


def test_a_program_that_touches_what_is_hidden_is_not_shown(journal) -> None:
    journal("program", "start", VOICE)

    journal("settings", "hidden-notes", "past-hurt")

    assert VOICE not in journal("program", "list").stdout
    assert VOICE not in journal().stdout
    assert VOICE not in [one["program"] for one in journal("program", "list", "--json").json["programs"]]


# What is said


def test_todays_page_names_what_could_be_next(journal) -> None:
    assert "could be next" not in journal().stdout

    journal("program", "start", VOICE)

    assert "A kinder voice, sitting 1 of 7 could be next:  journal reflect a-kinder-voice" in journal().stdout


def test_progress_tells_of_programs(journal) -> None:
    assert journal("progress", "--json").json["programs"] == []
    journal("program", "start", VOICE)
    sits(journal)
    journal("program", "start", "twelve-look-backs")
    journal("program", "stop", "twelve-look-backs")

    assert journal("progress", "--json").json["programs"] == [{"program": VOICE, "week": 2, "weeks": 7, "sittings": 1}]
    assert "Programs: A kinder voice: sitting 2 of 7 is next, whenever (1 sitting)" in journal("progress").stdout
    earlier = journal("progress", "--since", "2026-09-01", "--until", "2026-09-30", "--json").json
    assert earlier["programs"] == []


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_nothing_is_ever_due_and_nothing_is_wider_than_the_window(journal, language, columns) -> None:
    env = {"JOURNAL_LANG": language, "COLUMNS": columns}
    said = [
        journal("program", "start", VOICE, **env),
        journal("program", "start", "twelve-look-backs", **env),
        sits(journal, **env),
        journal("program", "pause", VOICE, **env),
        journal("program", "list", **env),
        journal("program", "resume", VOICE, "--skip", **env),
        journal("program", "stop", VOICE, **env),
        journal(**env),
        journal("progress", **env),
    ]

    for one in said:
        everything = one.stdout + one.stderr
        assert not [word for word in GUILT if f" {word}" in everything.lower()]
        assert not BOXES.search(everything)
        assert ESCAPE not in everything
    program_pages = [said[0], said[3], said[4], said[5], said[6]]
    assert max(len(line) for one in program_pages for line in one.stdout.splitlines()) <= int(columns)


def test_the_program_in_another_language_is_the_same_one(journal) -> None:
    journal("program", "start", VOICE)
    sits(journal, JOURNAL_LANG="pl")

    assert "spotkanie 2 z 7" in journal("program", "list", JOURNAL_LANG="pl").stdout
    assert told(journal, VOICE)["week"] == 2


# At a terminal


@pytest.fixture
def person(journal, tmp_path):
    """Somebody at a terminal."""

    def begin(*args: str, **env: str) -> Terminal:
        secret = f"echo '{journal.passphrase}'"
        return at_terminal(journal.folder, tmp_path, *args, JOURNAL_PASSPHRASE_COMMAND=secret, **env)

    return begin


def test_reflect_offers_what_is_next_in_a_program_first(journal, person) -> None:
    journal("program", "start", VOICE)

    terminal = person("reflect").until("1. A kinder voice, 7 min, steady, sitting 1 of 7.").until("> ")
    terminal.types("1").until("Sitting 1 of 7: Comfort first").until("> ").types("").until("Begin?").types("y")
    terminal.until("> ").types(":q").ends()

    assert terminal.code == 0
    assert told(journal, VOICE)["sittings"] == 1


def test_a_week_can_be_left_out_and_begun_again_where_it_is_offered(journal, person) -> None:
    journal("program", "start", VOICE)

    terminal = person("reflect", VOICE).until("Sitting 1 of 7").until("> ").types("s")
    terminal.until("Sitting 2 of 7").until("a back to: Comfort first").until("> ").types("a")
    terminal.until("Sitting 1 of 7").until("> ").types("s").until("Sitting 2 of 7").until("> ").types("q").ends()

    assert terminal.code == 0
    assert "Not now is a good answer too." in terminal.said
    assert (told(journal, VOICE)["week"], told(journal, VOICE)["sittings"]) == (2, 0)


def test_another_one_of_a_week_can_be_taken(journal, person) -> None:
    journal("program", "start", "lines-i-can-keep")

    terminal = person("reflect", "lines-i-can-keep").until("My yes, my no").until("> ").types("n")
    terminal.until("Enter begin").until("> ").types("").until("Begin?").until("> ").types("y")
    terminal.until("afraid").until("> ").types("n").until("> ").types(":q").ends()

    assert terminal.code == 0
    now = told(journal, "lines-i-can-keep")
    assert (now["week"], now["sittings"], now["next"].get("session")) == (1, 1, "yes-no-not-yet")


def test_a_program_can_be_begun_from_the_offer(journal, person) -> None:
    terminal = person("reflect").until("p programs").until("> ").types("p").until("A kinder voice (7 sittings, steady)")
    number = terminal.said.split("  A kinder voice (7")[0].rsplit(maxsplit=1)[-1]
    terminal.until("> ").types(number).until("A sentence to keep").until("> ").types("")
    terminal.until("Sitting 1 of 7").until("> ").types("b").until("1. A kinder voice").until("> ").types("q").ends()

    assert terminal.code == 0
    assert told(journal, VOICE)["state"] == "running"


# Older journals


def test_a_journal_of_the_first_step_is_backed_up_and_then_takes_programs(program) -> None:
    shutil.copytree(GOLDEN, program.folder)
    program.folder.chmod(0o700)
    for file in program.folder.iterdir():
        file.chmod(0o600)
    words = {"JOURNAL_PASSPHRASE_COMMAND": f"echo '{GOLDEN_WORDS}'"}

    assert program("program", "start", VOICE, "--json", **words).json["state"] == "running"

    backups = [path.name for path in (program.folder / "backups").iterdir()]
    assert [name for name in backups if name.endswith("-before-2")]
    assert program("verify", "--json", **words).json["ok"]

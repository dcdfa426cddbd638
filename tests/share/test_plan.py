import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import JournalError, NotWhatItSays, Protected
from journal_cli.share.plan import LATER_FORMS, Plan, read_plan

WHOLE = """\
out = "notes.md"
form = "md"
to = "Marta"
since = 2026-10-27
until = "yesterday"
lang = "pl"
talk_about = ["I kept a limit.", "", "The letter."]
blocks = ["sittings", "mood", "mood"]
entries = ["7k2m9qxa", "m0va", "7k2m9qxa"]
clear = true

[aliases]
Anna = "my sister"
"""


def refused(text: str | bytes, name: str = "plan.toml") -> JournalError:
    with pytest.raises(JournalError) as failure:
        read_plan(text if isinstance(text, bytes) else text.encode(), name)
    return failure.value


def test_a_plan_is_read_as_it_was_written() -> None:
    assert read_plan(WHOLE.encode(), "plan.toml") == Plan(
        form="md",
        out="notes.md",
        to="Marta",
        since="2026-10-27",
        until="yesterday",
        lang="pl",
        talk_about=("I kept a limit.", "The letter."),
        blocks=("mood", "sittings"),
        entries=("7k2m9qxa", "m0va"),
        aliases={"Anna": "my sister"},
        clear=True,
    )


def test_a_time_of_toml_becomes_text_for_the_grammar_of_times() -> None:
    plan = read_plan(b'form = "md"\nclear = true\nsince = 2026-10-27T09:30:00', "p")

    assert plan.since == "2026-10-27 09:30"


def test_the_ending_of_the_file_tells_the_form() -> None:
    assert read_plan(b'out = "x/notes.MD"\nclear = true', "p").form == "md"


@pytest.mark.parametrize(
    "line, place, hint",
    [
        ("frm = 1", "plan.toml:3", "did you mean form?"),
        ("quite-other = 1", "plan.toml:3", "known here: out, form, to"),
        ("talk_about = 'x'", "plan.toml:3", "I kept a limit"),
        ("entries = [1]", "plan.toml:3", "7k2m9qxa"),
        ("blocks = ['moods']", "plan.toml:3", "did you mean mood?"),
        ("blocks = ['goals']", "plan.toml:3", "leave it out for now"),
        ("lang = 'de'", "plan.toml:3", "pl"),
        ("to = 3", "plan.toml:3", "my therapist"),
        ('to = "a\\u001b"', "plan.toml:3", "my therapist"),
        ('out = "a\\u0000b"', "plan.toml:3", "notes.md"),
        ("since = 3", "plan.toml:3", "2026-10-27"),
        ("aliases = 'x'", "plan.toml:3", "[aliases]"),
        ("[aliases]\n'Róża' = ''", "plan.toml:3", "[aliases]"),
        ("[aliases]\n'' = 'x'", "plan.toml:3", "[aliases]"),
        ("aliases.Anna = 3", "plan.toml:3", "[aliases]"),
        ("to = 'never closed", "plan.toml:3", "quotation marks"),
        ("to = '1'\nto = '2'", "plan.toml:4", "quotation marks"),
    ],
)
def test_what_a_plan_cannot_say_is_refused_with_its_line_and_a_way_out(line: str, place: str, hint: str) -> None:
    failure = refused(f'form = "md"\nclear = true\n{line}\n')

    assert isinstance(failure, NotWhatItSays)
    assert str(failure).startswith(f"{place}: ")
    assert hint in failure.hint


def test_a_wrong_yes_is_refused() -> None:
    failure = refused('form = "md"\nclear = "true"\n')

    assert (type(failure), str(failure)) == (
        NotWhatItSays,
        "plan.toml:2: clear is true or false, without quotation marks",
    )


@pytest.mark.parametrize("form", [*LATER_FORMS, "docx", ""])
def test_forms_of_another_day_are_refused(form: str) -> None:
    failure = refused(f'form = "{form}"\nclear = true')

    assert isinstance(failure, NotWhatItSays)
    assert str(failure).startswith("plan.toml:1: ")


def test_a_name_that_ends_in_another_form_is_refused() -> None:
    assert isinstance(refused('form = "md"\nout = "notes.pdf"\nclear = true'), NotWhatItSays)


def test_a_plan_without_a_form_is_refused() -> None:
    assert str(refused("clear = true")) == "plan.toml: the plan does not say which form to write"


def test_markdown_is_not_written_unless_the_plan_says_it_may_be_read() -> None:
    failure = refused('form = "md"')

    assert (failure.exit_code, "clear = true" in failure.hint) == (23, True)


def test_a_password_that_would_lock_nothing_is_refused() -> None:
    assert isinstance(refused('form = "md"\nclear = true\npassword_command = "pass show x"'), Protected)


@pytest.mark.parametrize("raw", [b"\xff", b"x = " + b"[" * 5000, b"a = 1\n" * 200_000, b"x = " + b"9" * 5000])
def test_bytes_that_are_no_plan_are_refused(raw: bytes) -> None:
    assert isinstance(refused(raw), NotWhatItSays)


@given(st.text(alphabet="abcdXYZąż @#{}", min_size=1).filter(str.strip))
@example("{secret}")
def test_a_refusal_never_repeats_what_was_written(secret: str) -> None:
    word = f"QQ{secret}QQ"
    for line in (f"'{word}' = 1", f"blocks = ['{word}']", f"lang = '{word}'", f"form = '{word}'", f"to = '{word}"):
        failure = refused(f"{line}\nclear = true\n")

        assert "QQ" not in f"{failure} {failure.hint} {failure!r}"


@given(st.one_of(st.binary(), st.text().map(str.encode)))
@example(WHOLE.encode().replace(b"\n", b"\r\n"))
@example(b"\xef\xbb\xbf" + WHOLE.encode())
def test_any_bytes_give_a_plan_or_an_expected_refusal(raw: bytes) -> None:
    with contextlib.suppress(NotWhatItSays, Protected):
        assert read_plan(raw, "p").clear


def test_a_plan_does_not_show_what_is_in_it() -> None:
    assert "Marta" not in repr(read_plan(WHOLE.encode(), "p"))
    assert "sister" not in repr(read_plan(WHOLE.encode(), "p"))

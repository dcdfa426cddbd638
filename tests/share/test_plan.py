import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import JournalError, NotWhatItSays, Protected
from journal_cli.share.plan import FORMS, LOCKED, Plan, ending_of, read_plan

WHOLE = """\
out = "notes.md"
form = "md"
to = "Marta"
since = 2026-10-27
until = "yesterday"
lang = "pl"
talk_about = ["I kept a limit.", "", "The letter."]
blocks = ["sittings", "measures", "mood", "mood"]
withhold = ["phq-9/9", "gad-7"]
entries = ["7k2m9qxa", "m0va", "7k2m9qxa"]
strike = ["my street"]
dates = "coarse"
paper = "letter"
clear = true

[passages]
m0va = "A line.\\nAnother."
9qxa = ""

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
        blocks=("mood", "sittings", "measures"),
        withhold=("phq-9/9", "gad-7"),
        entries=("7k2m9qxa", "m0va"),
        passages={"m0va": "A line.\nAnother.", "9qxa": ""},
        strike=("my street",),
        dates="coarse",
        paper="letter",
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
        ("blocks = ['goal']", "plan.toml:3", "did you mean goals?"),
        ("withhold = ['phq-9/0']", "plan.toml:3", "phq-9/9"),
        ("withhold = ['PHQ 9']", "plan.toml:3", "phq-9/9"),
        ("passages = ['7k2m9qxa']", "plan.toml:3", "[passages]"),
        ("[passages]\n7k2m9qxa = 3", "plan.toml:3", "[passages]"),
        ("strike = 'x'", "plan.toml:3", "the street"),
        ("dates = 'rough'", "plan.toml:3", "exact, coarse"),
        ("paper = 'a5'", "plan.toml:3", "known here: a4, letter"),
        ("lang = 'de'", "plan.toml:3", "pl"),
        ("to = 3", "plan.toml:3", "my therapist"),
        ('to = "a\\u001b"', "plan.toml:3", "my therapist"),
        ('out = "a\\u0000b"', "plan.toml:3", "notes.pdf"),
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


@pytest.mark.parametrize("form", ["docx", "", "PDF", "fdp"])
def test_forms_there_are_not_are_refused(form: str) -> None:
    failure = refused(f'form = "{form}"\nclear = true')

    assert isinstance(failure, NotWhatItSays)
    assert str(failure).startswith("plan.toml:1: ")


@pytest.mark.parametrize("form", FORMS)
def test_each_form_goes_with_the_ending_it_is_known_by(form: str) -> None:
    plan = f'form = "{form}"\nclear = true\n'

    assert read_plan(f'{plan}out = "notes.{ending_of(form)}"'.encode(), "p").form == form
    assert read_plan(f'{plan}out = "notes.of.mine"'.encode(), "p").out == "notes.of.mine"
    for other in {ending_of(one) for one in FORMS} - {ending_of(form)}:
        assert isinstance(refused(f'{plan}out = "notes.{other}"'), NotWhatItSays)


def test_a_plan_without_a_form_is_refused() -> None:
    assert str(refused("clear = true")) == "plan.toml: the plan does not say which form to write"


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_written_in_the_clear_unless_the_plan_says_so(form: str) -> None:
    failure = refused(f'form = "{form}"')

    assert (failure.exit_code, "clear = true" in failure.hint) == (23, True)
    assert isinstance(refused(f'form = "{form}"\nclear = false'), Protected)
    assert read_plan(f'form = "{form}"\nclear = true'.encode(), "p").clear


@pytest.mark.parametrize("form", [form for form in FORMS if form not in LOCKED])
def test_a_password_that_would_lock_nothing_is_refused(form: str) -> None:
    assert isinstance(refused(f'form = "{form}"\npassword_command = "pass show x"'), Protected)
    assert isinstance(refused(f'form = "{form}"\nclear = true\npassword_command = "pass show x"'), Protected)


@pytest.mark.parametrize("form", LOCKED)
def test_a_password_locks_and_does_not_go_with_clear(form: str) -> None:
    assert read_plan(f'form = "{form}"\npassword_command = "pass show x"'.encode(), "p").password_command
    failure = refused(f'form = "{form}"\npassword_command = "pass show x"\nclear = true')

    assert (type(failure), str(failure)[:12]) == (NotWhatItSays, "plan.toml:3:")


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
        plan = read_plan(raw, "p")
        assert plan.clear or plan.password_command


def test_a_plan_does_not_show_what_is_in_it() -> None:
    assert "Marta" not in repr(read_plan(WHOLE.encode(), "p"))
    assert "sister" not in repr(read_plan(WHOLE.encode(), "p"))

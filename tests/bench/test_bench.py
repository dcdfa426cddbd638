"""The benchmark counts rightly, judges rightly, and measures the same journals each time."""

import os
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from commands import EVERYDAY, MIDDLING, RARE, Place, plan
from notebooks import FIRST, LAST, SIZE, as_jrnl, id_of, note, text, vocabulary
from rounds import BARE, DERIVATION, Job, Key, Results, measured, takes_part, with_bare
from tables import BEGIN, END, put_into, report
from timing import Sample, WentWrong, middle, timed
from verdicts import AT_WORK, GROWING, Verdict, ending, verdicts

HERE = Path(__file__).parent
ENV = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
FEW, MANY = 1_000, 10_000


def lasting(*seconds: float, peak: float = 40) -> list[Sample]:
    """Samples by the clock; the processor took half."""
    return [Sample(each, each / 2, peak) for each in seconds]


def sound() -> Results:
    """Results in which every promise is met, exactly at its budget where that is a ratio of two rows."""
    results: Results = {BARE: lasting(0.010, 0.011, 0.009), DERIVATION: lasting(0.2)}
    results |= {Key(name, "start"): lasting(0.05) for name in ("--help", "--version", "help-now PL")}
    for name, most in GROWING.items():
        results[Key(name, "agent", FEW)] = lasting(0.125)
        results[Key(name, "agent", MANY)] = lasting(0.125 * most)
    results[Key("export, JSON", "agent", MANY)] = lasting(0.4)
    results[Key("share, a PDF", "agent", MANY)] = lasting(0.9, peak=200)
    results[Key("list, the last 20", "jrnl", MANY)] = lasting(0.8)
    results[Key("list", "passphrase", FEW)] = results[Key("list", "passphrase", MANY)] = lasting(0.3)
    return results


def test_the_same_seed_gives_the_same_texts_in_every_process() -> None:
    program = "import notebooks as n; print(*[n.text(k) for k in range(40)], *map(n.id_of, range(40)), sep='|')"
    env = {**ENV, "PYTHONPATH": str(HERE)}

    two = {
        subprocess.run(
            [sys.executable, "-c", program], env={**env, "PYTHONHASHSEED": seed}, check=True, stdout=-1
        ).stdout
        for seed in ("1", "2")
    }

    assert len(two) == 1
    assert two.pop().decode().strip() == "|".join([*map(text, range(40)), *map(id_of, range(40))])


def test_texts_have_their_size_and_words_that_are_rare_and_common() -> None:
    texts = [note(number, 500).body for number in range(500)]

    assert len(set(texts)) == 500
    assert abs(statistics.mean(len(one.encode()) for one in texts) - SIZE) < SIZE * 0.05
    with_word = {word: sum(word in one.lower().split() for one in texts) for word in (vocabulary()[0], MIDDLING, RARE)}
    common, middling, rare = with_word.values()
    assert common > 450 > 10 * middling > 10 * rare
    assert len(vocabulary()) == len(set(vocabulary()))


def test_a_larger_notebook_begins_with_the_texts_of_a_smaller_one_and_both_fill_ten_years() -> None:
    few, many = ([note(number, count) for number in range(50)] for count in (50, 1_000))

    assert [one.body for one in few] == [one.body for one in many]
    assert few[0].at == many[0].at == FIRST
    assert LAST - note(999, 1_000).at == (LAST - FIRST) / 1_000


def test_ids_are_all_different_and_of_the_journals_own_form() -> None:
    ids = [id_of(number) for number in range(100_000)]

    assert len(set(ids)) == len(ids)
    assert {len(one) for one in ids} == {8}


def test_jrnls_file_holds_every_note(tmp_path: Path) -> None:
    as_jrnl(tmp_path / "journal.txt", 30)

    written = (tmp_path / "journal.txt").read_text(encoding="utf-8")

    assert written.count("\n[20") + written.startswith("[20") == 30
    assert all(note(number, 30).body in written for number in range(30))


def test_the_middle_of_samples_is_their_median_by_either_measure() -> None:
    samples = lasting(5, 1, 3, 100)

    assert middle(samples) == 4
    assert middle(samples, "processor") == 2


def test_a_process_is_timed_with_the_memory_it_had() -> None:
    program = "import time; big = bytearray(80 * 2**20); time.sleep(0.2); print(input())"

    took, said = timed([sys.executable, "-c", program], ENV, b"heard")

    assert said == b"heard\n"
    assert 0.2 <= took.clock < 5
    assert took.processor < took.clock
    assert 80 < took.peak < 140


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "pass"])
def test_what_fails_or_says_nothing_is_not_measured(program: str) -> None:
    with pytest.raises(WentWrong):
        timed([sys.executable, "-c", program], ENV)


@pytest.mark.parametrize("share, turns", [(1, 10), (0.3, 3), (0, 1)])
def test_a_job_takes_part_as_often_as_its_share_says_and_once_at_least(share: float, turns: int) -> None:
    assert sum(takes_part(share, number, 10) for number in range(10)) == turns


def test_jobs_are_done_in_turn_and_the_first_time_is_not_counted() -> None:
    done: list[tuple[str, int]] = []

    def job(name: str, share: float = 1) -> Job:
        def run(number: int) -> Sample:
            done.append((name, number))
            return Sample(number, 0)

        return Job(Key(name, "agent", 1), run, share)

    results: Results = {}
    measured(with_bare([job("a"), job("b", 0)], job("bare")), 2, results, first=7)

    assert done == [("bare", 7), ("a", 7), ("bare", 8), ("a", 8), ("bare", 9), ("a", 9), ("b", 9)]
    assert [one.clock for one in results[Key("a", "agent", 1)]] == [8, 9]


def test_where_every_promise_is_met_all_are_judged_and_it_ends_well(capsys) -> None:
    found = verdicts(sound(), {"unlocking": 1.3, "import": 2.0}, "clock")

    assert [one.what for one in found if not one.met] == []
    budgets = {(one.what, one.unit) for one in found}
    assert len(budgets) == len(found) == 3 + len(AT_WORK) + len(GROWING) + 2 + 1 + 2
    assert ending(found) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "key, over, unit, said",
    [
        (Key("--help", "start"), lasting(0.2), " × bare", "not met: 20 of 8 × bare"),
        (Key("list", "agent", MANY), lasting(0.2125), " × 1,000", "not met: 1.70 of 1.20 × 1,000"),
        (Key("write", "agent", MANY), lasting(0.3), " × bare", "not met: 30 of 20 × bare"),
        (Key("progress, a year", "agent", MANY), lasting(0.375), " × 1,000", "not met: 3 of 1.50 × 1,000"),
        (Key("share, a PDF", "agent", MANY), lasting(1.4), " s", "not met: 1.40 of 1 s"),
        (Key("export, JSON", "agent", MANY), lasting(0.4, peak=201), " MiB", "not met: 201 of 150 MiB"),
        (Key("list, the last 20", "jrnl", MANY), lasting(0.5), " × as fast", "not met: 3.33 of 5 × as fast"),
    ],
)
def test_a_row_far_over_its_budget_is_named_and_ends_with_1(capsys, key, over, unit, said) -> None:
    found = verdicts(sound() | {key: over}, {}, "clock")

    missed = [one for one in found if one.far]
    assert said in [one.said for one in missed if one.unit == unit]
    assert ending(found) == 1
    assert f": {said}\n" in capsys.readouterr().err


def test_over_its_budget_by_less_than_a_third_is_said_and_ends_well() -> None:
    dear, rarely_fast = Verdict("a", 10.5, 8, " × bare"), Verdict("b", 4, 5, " × as fast", least=True)

    assert [(one.met, one.far) for one in (dear, rarely_fast)] == [(False, False)] * 2
    assert dear.said == "not met: 10.5 of 8 × bare"
    assert ending([dear, rarely_fast]) == 0
    assert Verdict("a", 10.7, 8, "").far
    assert Verdict("b", 3.7, 5, "", least=True).far


def test_by_the_processor_other_times_are_judged() -> None:
    results = sound()
    results[Key("list", "agent", MANY)] = [Sample(0.1, 0.5)]

    by = {by: ending(verdicts(results, {}, by)) for by in ("clock", "processor")}

    assert by == {"clock": 0, "processor": 1}


def test_the_report_is_tables_that_hold_together_and_its_figures_are_the_medians() -> None:
    results = sound()
    found = verdicts(results, {"unlocking": 1.19}, "clock")

    said = report(results, found, by="clock", rounds=3, day=date(2026, 11, 24))

    lines = said.strip().split("\n")
    assert (lines[0], lines[-1]) == (BEGIN, END)
    rows = [line for line in lines if line.startswith("|")]
    tables = [part.split("\n") for part in said.split("\n\n") if part.startswith("|")]
    assert len(tables) == 5
    assert all(len({line.count("|") for line in one}) == 1 for one in tables)
    assert "`python -c pass` (bare) takes 10 ms" in said
    assert "| list | 125 | 150 | 15.0 | 1.20 | 40 |" in rows
    assert "| `journal --help` | 50 | – | 5.0 | – | 40 |" in rows
    assert "| list | 300 | 300 | 100 | 10.0 |" in rows
    assert "| list, the last 20, 10,000 | 150 | 800 | 5.3 × | – | – |" in rows
    assert "Every promise is met." in said


def test_a_report_takes_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n")

    put_into(page, f"{BEGIN}\n\nnew\n\n{END}\n")

    assert page.read_text() == f"before\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n"
    page.write_text("no marks")
    with pytest.raises(ValueError, match="bench"):
        put_into(page, "new")


def test_every_command_is_named_once_and_its_blanks_can_be_filled(tmp_path: Path) -> None:
    place = Place(1_000, tmp_path, tmp_path)

    names = [one.name for one in EVERYDAY]
    assert len(set(names)) == len(names)
    assert all("{" not in part for one in EVERYDAY for part in one.filled(place, 1)[0])
    assert "{" not in plan(place)


@pytest.mark.nightly
def test_every_command_runs_in_a_small_journal(tmp_path: Path) -> None:
    argv = [sys.executable, str(HERE), "--sizes", "100", "--rounds", "1", "--without", "jrnl", "--keep", str(tmp_path)]

    done = subprocess.run(argv, env=ENV, capture_output=True, text=True, check=False)

    assert done.stdout, done.stderr
    assert all(f"| {one.name} | " in done.stdout for one in EVERYDAY)

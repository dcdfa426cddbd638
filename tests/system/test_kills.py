"""What was answered and said to be kept is there, however the program ends."""

import json
import random
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

from journal_cli.journal.entry import Filter
from journal_cli.records import entries, search
from journal_cli.vault.database import Database

BEGUN = "1\n3\n6\ntense\nI felt a no.\n.\n"  # up to the first answer of evening-signals; a follow-up is asked next
REST = "It passed.\n.\n:s\n\n5\n4\ncalm\n"


def text(number: int) -> str:
    """A text of several pages of the database, of which a half is told from the whole."""
    return f"Text {number} begins.\n" + f"A line of it, one of many: {number}.\n" * 300 + "It ends here."


def bodies(opened: Callable[[], Database]) -> dict[str, str]:
    with opened() as db:
        found, total = entries.listing(db, Filter(), None)
        assert total == len(found)
        return {one.id: entries.whole(db, one.id).body for one in found}


def is_sound(opened: Callable[[], Database]) -> None:
    """Every page proves to be whole, and the search index knows exactly what is there."""
    with opened() as db:
        assert db.read("PRAGMA cipher_integrity_check") == []
        assert db.read("PRAGMA integrity_check") == [("ok",)]
        _, total = entries.listing(db, Filter(), None)
        assert search.search(db, "begins", Filter(), None)[1] == total


def written(program, number: int, after: float | None, sent: signal.Signals) -> tuple[str | None, bool]:
    """Write, and end the program after so many seconds; give the id that was reported, and whether it was ended."""
    pipe = subprocess.PIPE
    argv = [*program.argv, "write", "--json"]
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, env=program.env) as process:
        process.stdin.write(text(number).encode())
        process.stdin.close()
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(sent)
        answer = process.stdout.read().decode()
        talk = process.stderr.read().decode()
        process.wait(60)
    reported = json.loads(answer)["id"] if answer.endswith("}\n") else None
    if reported is None and "Kept" in talk:
        reported = talk.split(": ")[1].split(",")[0]
    return reported, process.returncode != 0


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_no_reported_entry_is_lost_and_none_is_half_there_when_writing_is_ended_at_random(
    program, written_in, rounds, sent
) -> None:
    program("init")
    dice = random.Random(20261124)
    began = time.monotonic()
    reported = [written(program, 0, None, sent)[0]]
    life = time.monotonic() - began
    ended = 0
    full = 100 if sent is signal.SIGKILL else 25
    for number in range(1, rounds(full) + 1):
        # Half of them anywhere, half of them near the end, where it saves.
        begin = 0 if number % 2 else 0.6
        id_, was_ended = written(program, number, dice.uniform(begin, 1.1) * life, sent)
        reported.append(id_)
        ended += was_ended
        there = bodies(written_in)
        assert set(filter(None, reported)) <= there.keys()
        assert set(there.values()) <= {text(each) for each in range(number + 1)}
        assert len(set(there.values())) == len(there)
    assert ended, "nothing was ended: the delays are too long"
    is_sound(written_in)
    last, _ = written(program, 1000, None, sent)
    assert last in {one["id"] for one in program("list", "--all", "--json").json["entries"]}


def test_no_reported_entry_is_lost_when_writing_is_killed_at_each_change_of_the_disk(
    program, written_in, rounds, strace
) -> None:
    program("init")
    program("write", input=text(0))  # the day's backup is there then, and writing is only writing
    kept: dict[str, str] = bodies(written_in)
    calls = "pwrite64,fdatasync,fsync,ftruncate,unlink"
    step = 1 if rounds(2) == 2 else 4  # each of them nightly, every fourth otherwise
    number = 1
    while True:
        inject = f"inject={calls}:signal=KILL:when={number}"
        argv = [*strace[:2], "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject, *program.argv, "write", "--json"]
        raw = text(number).encode()
        done = subprocess.run(argv, input=raw, env=program.env, capture_output=True, timeout=120, check=False)
        there = bodies(written_in)
        new = there.keys() - kept.keys()
        assert {id_: there[id_] for id_ in kept} == kept
        assert [there[id_] for id_ in new] in ([], [text(number)])
        if done.returncode == 0:
            assert new == {json.loads(done.stdout)["id"]}
            break
        kept = there
        number += step
    assert number > 10, "writing changed the disk fewer times than it can"
    is_sound(written_in)


def begun(hold) -> Any:
    """A sitting whose first answer was kept, in the middle of a second text."""
    sitting = hold("reflect", "evening-signals", "--json")
    return sitting.hears(BEGUN).until("Kept").hears("It was warm,\nand then\n")


def kept_of(program) -> list[dict[str, Any]]:
    return [program("show", one["id"], "--json").json for one in program("list", "--json").json["entries"]]


def test_a_sitting_that_was_killed_keeps_its_answers_and_goes_on_where_it_was(program, hold) -> None:
    program("init")
    assert begun(hold).gets(signal.SIGKILL).code == -signal.SIGKILL
    (answer,) = kept_of(program)
    assert (answer["body"], answer["follow_ups"]) == ("I felt a no.", [])

    told = program("reflect", "--resume", "--json", input=REST).json
    assert told["sitting"]["state"] == "done"
    assert told["sitting"]["before"] == {"pleasant": -1, "energy": 2, "cant_tell": False, "words": ["tense"]}
    (answer,) = kept_of(program)
    assert [one["answer"] for one in answer["follow_ups"]] == ["It passed."]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_a_sitting_ends_with_130_and_keeps_the_unfinished_text(program, hold, sent) -> None:
    program("init")
    said = begun(hold).gets(sent)
    assert said.code == 130
    assert said.stdout == ""
    assert "Traceback" not in said.stderr
    (answer,) = kept_of(program)
    assert (answer["body"], answer["follow_ups"]) == ("I felt a no.", [])

    told = program("reflect", "--resume", "--json", input=REST).json
    assert told["sitting"]["state"] == "done"
    (answer,) = kept_of(program)
    assert [one["answer"] for one in answer["follow_ups"]] == ["It was warm,\nand then\nIt passed."]


def test_a_second_signal_in_the_same_text_keeps_both_halves_of_it(program, hold) -> None:
    program("init")
    begun(hold).gets(signal.SIGINT)
    again = hold("reflect", "--resume").until("What came next").hears("it went,\n")
    assert again.gets(signal.SIGTERM).code == 130
    program("reflect", "--resume", input=":q\n")
    program("reflect", "--resume", input="", code=24)
    (answer,) = kept_of(program)
    told = [one["answer"] for one in answer["follow_ups"]]
    assert told == ["It was warm,\nand then\nit went,\n:q"]


def test_the_end_of_input_in_a_sitting_is_a_stop_that_keeps_the_unfinished_text(program) -> None:
    program("init")
    said = program("reflect", "evening-signals", "--json", input=BEGUN + "It was warm,\nand then")
    assert said.json["sitting"]["state"] == "stopped"
    assert [one["kind"] for one in said.json["entries"]] == ["answer"]
    (answer,) = kept_of(program)
    assert [one["answer"] for one in answer["follow_ups"]] == ["It was warm,\nand then"]
    program("reflect", "--resume", code=24)


def test_a_signal_while_free_writing_is_read_from_a_pipe_keeps_nothing_and_says_so_by_its_code(program, hold) -> None:
    program("init")
    said = hold("write").hears("The first half of").gets(signal.SIGINT)
    assert said.code == 130
    assert "Traceback" not in said.stderr
    assert "Kept" not in said.stderr
    assert program("list", "--json").json == {"entries": [], "total": 0}

"""The ways in, and what is said where there is none."""

import shutil
import stat
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from journal_cli.records import drafts

NOBODY_TO_ASK = {"before": ("setsid", "--wait"), "JOURNAL_PASSPHRASE_COMMAND": ""}
READING = (
    ("list", "--json"),
    ("list",),
    ("search", "kept", "--json"),
    ("mood", "--json"),
    ("progress", "--json"),
    ("trash", "list"),
    ("settings", "--json"),
    ("share", "--list"),
    (),
)


def key_files(folder: Path) -> list[Path]:
    return [folder / "keys.json", folder / "keys.copy.json"]


def test_the_recovery_key_alone_opens_the_journal_without_key_files_and_without_its_first_bytes(program) -> None:
    recovery = program("init", "--json").json["recovery_key"]
    id_ = program("write", "--json", input="What I kept.").json["id"]
    for file in key_files(program.folder):
        file.unlink()
    with (program.folder / "journal.db").open("r+b") as database:
        database.write(bytes(16))
    paper = f"echo '{recovery}'"

    said = program("show", id_, "--json", JOURNAL_PASSPHRASE_COMMAND=paper)
    assert said.json["body"] == "What I kept."
    assert "passphrase" in said.stderr
    program("write", input="And once more.", JOURNAL_PASSPHRASE_COMMAND=paper)
    assert program("list", "--json", JOURNAL_PASSPHRASE_COMMAND=paper).json["total"] == 2
    program("list", code=13)


def test_the_recovery_key_opens_a_journal_that_lacks_nothing_without_a_word_about_it(program) -> None:
    recovery = program("init", "--json").json["recovery_key"]
    program("write", input="What I kept.")
    paper = f"echo '{recovery.lower().replace(' ', '-')}'"
    said = program("list", "--json", JOURNAL_PASSPHRASE_COMMAND=paper)
    assert (said.json["total"], said.stderr) == (1, "")


@pytest.mark.parametrize("which", [0, 1])
def test_one_key_file_is_enough_and_the_other_is_written_anew(program, which) -> None:
    program("init")
    files = key_files(program.folder)
    before = files[which].read_bytes()
    files[which].unlink()
    assert program("list", "--json").json["total"] == 0
    assert files[which].read_bytes() == before


def test_a_wrong_passphrase_is_said_in_one_sentence_and_leaves_every_file_as_it_was(program, files_of) -> None:
    program("init")
    program("write", input="What I kept.")
    before = files_of(program.home)
    for args in (("list",), ("write",), ("trash", "empty", "--yes"), ("settings", "lang", "pl")):
        said = program(*args, input="text", code=11, JOURNAL_PASSPHRASE_COMMAND="echo not these words")
        assert said.stdout == ""
        assert said.stderr == (
            "journal: these words do not open this journal\n"
            "  hint: check the keyboard layout and Caps Lock, or type your recovery key instead\n"
        )
    assert files_of(program.home) == before


def test_where_there_is_no_journal_each_command_says_so_and_makes_nothing(program) -> None:
    for args in (("list",), ("write",), ("reflect", "evening-signals"), ("trash", "list"), ("share", "--list")):
        said = program(*args, input="text", code=10)
        assert (said.stdout, "journal init" in said.stderr) == ("", True)
    assert not program.folder.exists()


def test_no_journal_is_made_over_one_nor_over_what_is_left_of_one(program, files_of) -> None:
    program("init")
    program("write", input="What I kept.")
    before = files_of(program.folder)
    assert "nothing was changed" in program("init", code=17).stderr
    assert files_of(program.folder) == before
    for lost in ("keys.json", "journal.db", "keys.copy.json"):
        rest = program.home / f"without {lost}"
        shutil.copytree(program.folder, rest)
        (rest / lost).unlink()
        there = files_of(rest)
        program("init", code=17, JOURNAL_HOME=str(rest))
        assert files_of(rest) == there


@pytest.mark.skipif(not shutil.which("setsid"), reason="setsid is not installed")
def test_a_locked_journal_with_nobody_to_ask_ends_with_12_at_once(program, files_of) -> None:
    program("init")
    before = files_of(program.folder)
    for args in (("list",), ("write",), ("reflect", "evening-signals")):
        said = program(*args, input="lantern orchid velvet harbor quartz\n", code=12, **NOBODY_TO_ASK)
        assert (said.stdout, "JOURNAL_PASSPHRASE_COMMAND" in said.stderr) == ("", True)
    assert files_of(program.folder) == before
    elsewhere = program.home / "elsewhere"
    program("init", code=12, JOURNAL_HOME=str(elsewhere), **NOBODY_TO_ASK)
    assert not elsewhere.exists()


@pytest.mark.parametrize("command", ["false", "no-such-program-here", "true", "'"])
def test_a_passphrase_command_that_gives_nothing_is_named_and_no_other_way_is_tried(program, command) -> None:
    program("init")
    said = program("list", code=12, JOURNAL_PASSPHRASE_COMMAND=command)
    assert said.stdout == ""
    assert said.stderr.startswith("journal: JOURNAL_PASSPHRASE_COMMAND ")


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_a_full_disk_saves_nothing_of_the_new_text_and_loses_nothing_of_the_old(program, written_in) -> None:
    program("init")
    kept = program("write", "--json", input="What I kept.").json["id"]
    size = (program.folder / "journal.db").stat().st_size
    # Full before the first byte, in the middle of the rollback journal, and in the middle of the database.
    for room in (100, 6000, size, size + 50_000):
        limit = ("prlimit", f"--fsize={room}", "--")
        said = program("write", "--json", input="A long text. " * 40_000, code=15, before=limit)
        assert said.stdout == ""
        assert said.stderr.startswith("journal: ")
        assert "Kept" not in said.stderr
        assert program("show", kept, "--json", before=limit).json["body"] == "What I kept."
    assert program("list", "--json").json["total"] == 1
    with written_in() as db:
        assert db.read("PRAGMA cipher_integrity_check") == []
        assert db.read("PRAGMA integrity_check") == [("ok",)]
    program("write", input="There is room again.")
    assert program("list", "--json").json["total"] == 2


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_what_a_full_disk_does_not_take_waits_sealed_and_is_offered_again(program, written_in) -> None:
    program("init")
    kept = program("write", "--json", input="What I kept. " * 1000).json["id"]
    size = (program.folder / "journal.db").stat().st_size
    limit = ("prlimit", f"--fsize={size}", "--")
    text = "A line of mine. " * 1500
    for _ in range(2):  # the same text twice waits once
        said = program("write", input=text, code=15, before=limit)
        assert "What you wrote is not lost" in said.stderr
    (sealed,) = (program.folder / "waiting").iterdir()
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    said = program("edit", kept, input=text + "Changed.", code=15, before=limit)
    assert "What you wrote is not lost" in said.stderr
    program("write", input="There is room again.")
    with written_in() as db:
        assert sorted(draft.text for draft in drafts.drafts(db)) == [text, text + "Changed."]
    # Nothing takes a file of this size anywhere: that is said too.
    said = program("write", input=text, code=15, before=("prlimit", "--fsize=100", "--"))
    assert "keep it where it came from" in said.stderr


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_a_full_disk_in_a_sitting_keeps_the_answers_given_before(program) -> None:
    program("init")
    program("write", input="Something to begin with. " * 400)
    size = (program.folder / "journal.db").stat().st_size
    long = "A long text. " * 40_000
    sitting = f"1\n3\n6\ntense\nI felt a no.\n.\n{long}\n.\n"
    limit = ("prlimit", f"--fsize={size + 100_000}", "--")
    said = program("reflect", "evening-signals", "--json", input=sitting, code=15, before=limit)
    assert said.stdout == ""
    (answer, _) = program("list", "--json").json["entries"]
    whole = program("show", answer["id"], "--json").json
    assert (whole["body"], whole["follow_ups"]) == ("I felt a no.", [])
    told = program("reflect", "--resume", "--json", input="Short.\n.\n:q\n").json
    assert told["sitting"]["id"] == answer["sitting"]


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_an_answer_that_a_full_disk_does_not_take_is_where_it_was_written_when_the_sitting_goes_on(
    program, written_in
) -> None:
    program("init")
    program("write", input="Something to begin with. " * 400)
    size = (program.folder / "journal.db").stat().st_size
    long = "A line of mine. " * 1200
    limit = ("prlimit", f"--fsize={size + 20_000}", "--")
    said = program("reflect", "evening-signals", input=f"1\n3\n6\ntense\n{long}\n.\n", code=15, before=limit)
    assert "What you wrote is not lost" in said.stderr
    assert "journal reflect --resume" in said.stderr
    (answer,) = program("reflect", "--resume", "--json", input=".\n").json["entries"]
    assert program("show", answer["id"], "--json").json["body"].strip() == long.strip()
    with written_in() as db:
        assert drafts.drafts(db) == []


@contextmanager
def read_only(folder: Path):
    """Take the right to change anything in a folder, as on a backup stick."""
    places = [folder, *folder.rglob("*")]
    before = {place: stat.S_IMODE(place.stat().st_mode) for place in places}
    for place in places:
        place.chmod(0o500 if place.is_dir() else 0o400)
    try:
        yield
    finally:
        for place, mode in before.items():
            place.chmod(mode)


@pytest.fixture
def ordinary(tmp_path) -> tuple[str, ...]:
    """How a program begins that has to respect the rights of files, even when the tests run as root."""
    shut = tmp_path / "shut"
    shut.touch(mode=0)
    for way in ((), ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")):
        if not way or shutil.which(way[0]):
            tried = subprocess.run([*way, "cat", shut], capture_output=True, check=False)
            if b"denied" in tried.stderr:
                return way
    pytest.skip("no program here respects the rights of files")


def test_a_journal_that_may_not_be_written_is_read_and_a_change_is_refused(program, files_of, ordinary) -> None:
    program("init")
    id_ = program("write", "--json", input="What I kept.").json["id"]
    before = files_of(program.folder)
    with read_only(program.folder):
        for args in (*READING, ("show", id_, "--json")):
            program(*args, before=ordinary)
        assert program("show", id_, "--json", before=ordinary).json["body"] == "What I kept."
        for args in (("write",), ("settings", "lang", "pl"), ("mark", id_, "--star"), ("delete", id_, "--yes")):
            said = program(*args, input="text", code=15, before=ordinary)
            told, message, hint, *kept = said.stderr.splitlines()
            assert [line[:26] for line in kept] == (["What you wrote is not lost"] if args == ("write",) else [])
            assert (said.stdout, message[:9], hint[:8]) == ("", "journal: ", "  hint: ")
            assert "read" in told
    assert {name: raw for name, (raw, *_) in files_of(program.folder).items()} == {
        name: raw for name, (raw, *_) in before.items()
    }


def test_a_journal_that_may_not_be_read_is_refused_in_a_sentence(program, ordinary) -> None:
    program("init")
    (program.folder / "journal.db").chmod(0)
    assert "Traceback" not in program("list", code=15, before=ordinary).stderr
    for file in key_files(program.folder):
        file.chmod(0)
    assert "Traceback" not in program("list", code=15, before=ordinary).stderr

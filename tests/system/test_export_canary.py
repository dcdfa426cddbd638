"""What is exported in the clear stands in the file that was asked for and nowhere else; locked, it stands nowhere."""

import secrets
from pathlib import Path

import pytest
from watching import WATCH, WRITING, files_with, forms, handed, holds

PASSWORD = "amber fjord cactus linen mosaic"


@pytest.fixture
def kept(program, tmp_path) -> str:
    """A journal with a word in it that stands nowhere else."""
    word = "quib" + secrets.token_hex(12) + "zorp"
    for name in ("out", "traces"):
        (tmp_path / name).mkdir()
    program("init")
    program("write", input=f"About {word}, and @{word} #{word}.\n")
    program("limit", "add", input=f"A limit with {word}.\n")
    return word


@pytest.mark.parametrize("name, locked", [("x.journal", True), ("x.json", False), ("years", False)])
def test_only_what_was_asked_for_holds_what_was_written(program, strace, tmp_path, kept, name, locked) -> None:
    out, trace = tmp_path / "out" / name, tmp_path / "traces" / name
    secret = program.home / "secret"
    secret.write_text(PASSWORD + "\n")
    how = ("--password-command", f"cat {secret}") if locked else ("--clear",)

    said = program("export", str(out), *how, "--json", before=(*strace, *WATCH, str(trace)))
    secret.unlink()

    calls = handed(trace)
    sought = forms(kept)
    assert any(call.call == "execve" for call in calls)
    assert not holds((said.stdout + said.stderr).encode(), sought)
    shown = {call.place for call in calls if holds(call.content, sought)}
    assert bool(shown) != locked
    # It is written under another name beside its place, and only then given its own.
    assert all(Path(place).is_relative_to(out.parent) for place in shown), shown
    assert [path.name for path in out.parent.iterdir()] == [name]
    files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    assert any(holds(path.read_bytes(), sought) for path in files) != locked
    assert not holds(str(sorted(out.rglob("*"))).encode(), sought)
    assert not [call for call in calls if call.call in {"shared mmap", "memfd_create"}]
    assert not [call for call in calls if call.call == "socket" and "INET" in call.place]
    told = [call.place for call in calls if call.call in WRITING and holds(call.content, forms(PASSWORD))]
    assert set(told) <= {"?", "stdout"}
    assert files_with([program.home, Path("/dev/shm"), Path("/var/tmp")], sought) == []  # noqa: S108  # looked into, never written to
    assert files_with([program.home, out.parent], forms(PASSWORD)) == []


@pytest.mark.parametrize("name", ["x.journal", "x.json"])
def test_what_is_taken_in_stands_nowhere_in_the_clear(program, strace, tmp_path, kept, name) -> None:
    file, trace = tmp_path / "out" / name, tmp_path / "traces" / f"in-{name}"
    secret = program.home / "secret"
    secret.write_text(PASSWORD + "\n")
    locked = name.endswith(".journal")
    how = ("--password-command", f"cat {secret}") if locked else ()
    program("export", str(file), *(how or ("--clear",)))
    (program.folder).rename(program.home / "before")
    program("init")

    said = program("import", str(file), "--yes", *how, before=(*strace, *WATCH, str(trace)))
    secret.unlink()

    sought = forms(kept)
    assert "Added: 1 entry and 1 other thing." in said.stdout
    assert [call.place for call in handed(trace) if call.call in WRITING and holds(call.content, sought)] == []
    assert files_with([program.home, Path("/dev/shm"), Path("/var/tmp")], sought) == []  # noqa: S108  # looked into, never written to

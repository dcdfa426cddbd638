"""What is shared stands in the file that was asked for and nowhere else; one that is locked shows nothing."""

import json
import secrets
from pathlib import Path

import pytest
from watching import WATCH, WRITING, files_with, forms, handed, holds

PASSWORD = "amber fjord cactus linen mosaic"
LOCKED = {"pdf": "pdf", "html": "html"}
READABLE = {"md": "md", "txt": "txt", "json": "json", "csv": "csv", "html": "html"}


@pytest.fixture
def kept(program, tmp_path) -> tuple[str, str]:
    """A journal with a word in it that stands nowhere else; the word, and the id of its page."""
    word = "quib" + secrets.token_hex(12) + "zorp"
    for name in ("shared", "traces"):
        (tmp_path / name).mkdir()
    program("init")
    id_ = program("write", "--json", input=f"About {word}, and @{word}.\n").json["id"]
    program("goal", "add", input=f"A goal with {word}.\n")
    program("goal", "rate", input="3\n")
    return word, id_


@pytest.mark.parametrize("form, locked", [*((form, True) for form in LOCKED), *((form, False) for form in READABLE)])
def test_only_the_file_that_was_asked_for_holds_what_was_shared(program, strace, tmp_path, kept, form, locked) -> None:
    word, id_ = kept
    out, trace = tmp_path / "shared" / f"page.{form}", tmp_path / "traces" / form
    secret = program.home / "secret"
    secret.write_text(PASSWORD + "\n")
    plan = tmp_path / "plan.toml"
    lock = f'password_command = "cat {secret}"' if locked else "clear = true"
    plan.write_text(
        f'out = "{out}"\nform = "{form}"\n{lock}\nto = "T"\nblocks = ["goals"]\nentries = [{json.dumps(id_)}]\n'
    )

    said = program("share", "--plan", str(plan), "--json", before=(*strace, *WATCH, str(trace)))
    secret.unlink()

    calls = handed(trace)
    assert any(call.call == "execve" for call in calls)
    sought = forms(word)
    assert not holds((said.stdout + said.stderr).encode(), sought)
    shown = {call.place for call in calls if holds(call.content, sought)}
    assert {Path(place).parent for place in shown} == (set() if locked else {out.parent})
    assert holds(out.read_bytes(), sought) != locked
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert not [call for call in calls if call.call in {"shared mmap", "memfd_create"}]
    assert not [call for call in calls if call.call == "socket" and "INET" in call.place]
    # The command that gives the password writes it to a pipe, which is no file and no terminal.
    told = [call.place for call in calls if call.call in WRITING and holds(call.content, forms(PASSWORD))]
    assert set(told) <= {"?", "stdout"}
    assert not holds((said.stdout + said.stderr).encode(), forms(PASSWORD))
    assert files_with([program.home, Path("/dev/shm"), Path("/var/tmp")], sought) == []  # noqa: S108  # looked into, never written to
    assert files_with([program.home, out.parent], forms(PASSWORD)) == []

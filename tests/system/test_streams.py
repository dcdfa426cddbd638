"""Standard streams that are closed, full or gone: said in a sentence, and never a bug in the journal."""

import subprocess

import pytest

EXPECTED = {0, 15, 24}  # done, the machine refused, nothing was written


def through_a_shell(program, redirection: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command with its streams led elsewhere."""
    line = f'exec "$@" {redirection}'
    argv = ["sh", "-c", line, "sh", *program.argv, *args]
    return subprocess.run(argv, env=program.env, input=b"A text.\n", capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", "2>&-", "2>/dev/full", "<&-", ">&- 2>&-"])
@pytest.mark.parametrize("args", [("list",), ("write", "--json")])
def test_a_stream_that_is_closed_or_full_is_no_bug_and_takes_nothing_with_it(program, redirection, args) -> None:
    program("init")
    program("write", input="What I kept.")
    done = through_a_shell(program, redirection, *args)
    assert done.returncode in EXPECTED, f"{done.returncode}: {done.stderr.decode()}"
    assert not any(word in done.stderr for word in (b"Traceback", b"Exception", b"a bug"))
    total = program("list", "--json").json["total"]
    assert total == (1 if args == ("list",) or "<&-" in redirection else 2)


def test_a_reader_that_goes_away_is_nothing_wrong(program) -> None:
    program("init")
    for _ in range(3):
        program("write", input="What I kept. " * 3000)
    argv = ["sh", "-c", '"$@" | head -c 10', "sh", *program.argv, "list", "--all", "--json"]
    done = subprocess.run(argv, env=program.env, capture_output=True, timeout=60, check=False)
    assert (len(done.stdout), done.stderr) == (10, b"")

"""What the tests of the whole program can ask for."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from held import Held

from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import agent, vault
from journal_cli.vault.database import Database
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds

PASSPHRASE = "lantern orchid velvet harbor quartz"


@pytest.fixture
def written_in(program) -> Callable[[], Database]:
    """Open the journal of the program in this process; the test closes it."""

    def opened() -> Database:
        unlocked = vault.unlock(program.folder, PASSPHRASE, bounds=Bounds(lowest=CHEAPEST, highest=HIGHEST))
        return unlocked.open(STEP_COUNT, load_steps, memory_security=False)

    return opened


@pytest.fixture
def hold(program) -> Iterator[Callable[..., Held]]:
    """Begin a command and keep its standard input open."""
    said = type(program("--version"))
    with ExitStack() as stack:
        yield lambda *args, before=(): stack.enter_context(Held([*before, *program.argv, *args], program.env, said))


@pytest.fixture
def session() -> Iterator[Path]:
    """A login session of its own, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="session-"))
    yield folder
    agent.lock(folder / "journal")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def strace() -> tuple[str, ...]:
    """How the program begins that shows every call to the system, or changes one; it follows children too."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    for how in (("strace", "-f", "--seccomp-bpf"), ("strace", "-f")):
        tried = subprocess.run([*how, "-o", "/dev/null", "-e", "trace=none", "true"], capture_output=True, check=False)
        if not tried.returncode and not tried.stderr:
            return how
    pytest.skip("strace may not look into processes here")


@pytest.fixture
def files_of() -> Callable[[Path], dict[str, tuple[bytes, int, int]]]:
    """Take down every file of a folder: its bytes, its rights, and when it was last changed."""

    def taken(folder: Path) -> dict[str, tuple[bytes, int, int]]:
        return {
            str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return taken

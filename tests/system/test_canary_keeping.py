"""What keeps a journal says nothing of it: no word of the person's, no passphrase and no key leaves its place."""

import base64
import os
import re
import secrets
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from watching import WATCH, Handed, files_with, forms, handed, holds

from journal_cli.vault import agent, recovery
from journal_cli.vault.agent_wire import HOLD, LONGEST_HOLD, PATH_SIZE, SOCKET, YES, Request, answer, question

SHARED_PLACES = (Path("/dev/shm"), Path("/var/tmp"))  # noqa: S108  # looked through, not written to
PASSPHRASE = "lantern orchid velvet harbor quartz"
AT_WORK, CHANGED, LAST = "meadow copper violin thistle ember", "walnut sable ribbon pewter glade", "birch opal fathom"
WRONG = "cinder maple trellis lagoon plume"
HELD_FOR = 60  # seconds
CAT = shutil.which("cat") or "cat"  # by its path: it is then begun once, not tried in each place
NOBODY_TO_ASK = ("setsid", "--wait")


@dataclass(frozen=True)
class Past:
    """A command that has ended, and what it was to show."""

    name: str
    said: Any
    shows: tuple[str, ...]


@dataclass
class Keeping:
    """
    Commands that run while every call they make to the system is taken down, the surroundings of each process too.

    What is secret is known only when some of them have run, so that all are looked through at the end.
    """

    program: Any
    folder: Path
    session: Path
    strace: tuple[str, ...]
    secrets: dict[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    given: dict[str, bytes] = field(default_factory=dict, repr=False)
    past: list[Past] = field(default_factory=list, repr=False)

    def trace(self, name: str) -> Path:
        return self.folder / "traces" / name

    def watching(self, name: str) -> tuple[str, ...]:
        return (*self.strace, "-v", *WATCH, str(self.trace(name)))

    def place(self, name: str) -> Path:
        return self.folder / "given" / name.replace(" ", "-")

    def giving(self, name: str, secret: str) -> str:
        """The command that gives a secret, as a password manager would; it is looked for from now on."""
        place = self.place(name)
        place.write_text(f"{secret}\n")
        self.secrets[name] = forms(secret)
        self.given[name] = f"{secret}\n".encode()
        return shlex.join((CAT, str(place)))

    def paper(self, name: str, written: str) -> str:
        """The command that gives a recovery key; it and the master key in it are looked for from now on."""
        key, letters = recovery.read(written), "".join(written.split())
        self.secrets[f"the key of {name}"] = key_forms(key)
        command = self.giving(name, written)
        self.secrets[name] = (*forms(written), *forms(letters), *forms("-".join(written.split())))
        return command

    def env(self, opens: str, new: str = "") -> dict[str, str]:
        return {
            "XDG_RUNTIME_DIR": str(self.session),
            "JOURNAL_PASSPHRASE_COMMAND": opens,
            **({"JOURNAL_NEW_PASSPHRASE_COMMAND": new} if new else {}),
        }

    def __call__(
        self, name: str, *args: str, opens: str, new: str = "", shows: tuple[str, ...] = (), **how: Any
    ) -> Any:
        how = {"by": self.program, "before": (), **how, **self.env(opens, new)}
        by, before = how.pop("by"), how.pop("before")
        said = by(*args, before=(*before, *self.watching(name)), **how)
        self.past.append(Past(name, said, shows))
        return said

    def leaks(self, own: tuple[bytes, ...] = ()) -> list[str]:
        """Look through all commands; `own` is what the agent is told and tells, which may hold its key."""
        return [f"{one.name}: {leak}" for one in self.past for leak in self._leaks(one, own)]

    def _leaks(self, one: Past, own: tuple[bytes, ...]) -> Iterator[str]:
        calls = handed(self.trace(one.name))
        assert any(call.call == "execve" for call in calls), f"{one.name} was not traced"
        for secret, sought in self.secrets.items():
            shown = [place for place in ("stdout", "stderr") if holds(getattr(one.said, place).encode(), sought)]
            if shown != (["stdout"] if secret in one.shows else []):
                yield f"{secret} is shown on {shown}"
        yield from self._given_too_often(calls, but=one.shows)
        for call in calls:
            content = self._unallowed(call, own)
            yield from (
                f"{secret} in {call.call} to {call.place}"
                for secret, sought in self.secrets.items()
                if holds(content, sought) and not (call.place == "stdout" and secret in one.shows)
            )
            if call.call in {"shared mmap", "memfd_create"} or (call.call == "socket" and "INET" in call.place):
                yield f"{call.call} {call.place}"

    def _unallowed(self, call: Handed, own: tuple[bytes, ...]) -> bytes:
        """What is left of a call's content without what the commands that give secrets, and the agent, have to say."""
        content = call.content
        if call.place in {"stdout", "?"}:  # the program's own is held against what it said
            for said in self.given.values():
                content = content.replace(said, b"")
        if call.place == os.devnull or not call.place.startswith(self._writable):
            for said in own:
                content = content.replace(said, b"")
        return content

    @property
    def _writable(self) -> tuple[str, ...]:
        return (*map(str, (self.folder, self.session, *SHARED_PLACES)), tempfile.gettempdir(), "/dev")

    def _given_too_often(self, calls: list[Handed], *, but: tuple[str, ...]) -> Iterator[str]:
        """Each secret is written as often as the command that gives it was begun, and by nobody else."""
        for name, said in self.given.items():
            giving = f"{CAT}{self.place(name)}".encode()
            times = sum(call.call == "execve" and giving in call.content for call in calls)
            written = sum(call.content.count(said) for call in calls if call.call not in {"execve", "all writes"})
            if written > times and name not in but:
                yield f"{name} was written {written} times and asked for {times} times"

    def on_the_disk(self) -> list[str]:
        """Whatever holds a secret, in all places a program may write to."""
        places = (self.program.home, self.folder / "stick", self.folder / "saved", self.session, *SHARED_PLACES)
        return [f"{secret} in {file}" for secret, sought in self.secrets.items() for file in files_with(places, sought)]


def key_forms(key: bytes) -> tuple[bytes, ...]:
    """Every form in which a key could stand, the bytes themselves included."""
    letters = [base64.b64encode(b"\0" * shift + key).rstrip(b"=")[4:-1] for shift in range(3)]
    return (key, key[::-1], key.hex().encode(), key[::-1].hex().encode(), *letters)


@pytest.fixture
def session() -> Iterator[Path]:
    """A login session of its own, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="session-"))
    yield folder
    agent.lock(folder / "journal")
    shutil.rmtree(folder)


@pytest.fixture
def keeping(program, session, strace, tmp_path) -> Keeping:
    for name in ("traces", "given", "stick", "saved"):
        (tmp_path / name).mkdir()
    return Keeping(program, tmp_path, session, strace)


@dataclass(frozen=True)
class Begun:
    """A journal that holds the word in every text, and what opens it."""

    words: str
    paper: str
    first: str
    journal: str
    key: bytes = field(repr=False)


def begun(day: Keeping) -> Begun:
    """Make a journal, and write the word into every kind of text there is."""
    word = "quib" + secrets.token_hex(12) + "zorp"
    day.secrets["the word"] = forms(word)
    words = day.giving("the passphrase", PASSPHRASE)
    written = day("init", "init", "--json", opens=words, shows=("the first paper",)).json["recovery_key"]
    paper = day.paper("the first paper", written)
    opens, tags = {"JOURNAL_PASSPHRASE_COMMAND": words}, f"@{word} #{word}"
    first = day.program("write", "--json", input=f"Today {word}, {tags}.\n" + f"Again {word}.\n" * 40, **opens)
    kept = day.program("write", "--json", input=f"Yesterday {word}, {tags}.", **opens)
    day.program("mark", kept.json["id"], "--title", word, **opens)
    day.program("edit", kept.json["id"], input=f"Yesterday, and again {word}, {tags}.", **opens)
    day.program("checkin", input=f"2\n6\n{word}\n", **opens)
    day.program("reflect", "evening-signals", input=f"1\n3\n6\ntense\nI felt {word}.\n.\n:q\n", **opens)
    journal = re.search(r'"journal": ?"([0-9a-f]{32})"', (day.program.folder / "keys.json").read_text())
    assert journal is not None
    return Begun(words, paper, first.json["id"], journal[1], recovery.read(written))


def sees_nothing(day: Keeping, own: tuple[bytes, ...] = ()) -> None:
    leaks = day.leaks(own)
    assert not leaks, "\n".join(leaks)
    assert day.on_the_disk() == []


def test_backups_and_checks_show_no_word_and_no_key(keeping, tmp_path) -> None:
    day = keeping
    made = begun(day)
    home, stick, words = day.program.folder, str(tmp_path / "stick"), made.words
    day("make", "backup", "make", opens=words)
    day("make elsewhere", "backup", "make", stick, opens=words)
    day("make with the paper", "backup", "make", "--json", opens=made.paper)
    day("backups", "backup", "list", opens=words)
    day("backups elsewhere", "backup", "list", stick, "--json", opens=words)
    day("verify", "verify", opens=words)
    day("verify with the paper", "verify", "--json", opens=made.paper)
    day("verify with other words", "verify", opens=day.giving("other words", WRONG), code=11)
    day("doctor", "doctor", opens=words)
    day("doctor for scripts", "doctor", "--json", opens=words)

    old = shutil.copytree(home, tmp_path / "old")
    day.program("write", input="Nothing special.", JOURNAL_PASSPHRASE_COMMAND=words)
    shutil.rmtree(home)
    shutil.copytree(old, home)
    day("verify what is older", "verify", opens=words, code=13)
    day("write into what is older", "write", opens=words, code=13, input="Nothing special.")
    day("accept", "verify", "--accept", opens=words)

    day("delete", "delete", made.first, "--yes", opens=words)
    day("trash", "trash", "list", opens=words, shows=("the word",))
    day("empty everywhere", "trash", "empty", "--everywhere", "--yes", "--json", opens=words)
    day("restore", "backup", "restore", "latest", "--yes", opens=words)
    day("list", "list", opens=words, shows=("the word",))
    day("restore from a stick", "backup", "restore", str(next(Path(stick).iterdir())), "--yes", opens=made.paper)
    sees_nothing(day)


def test_a_rescue_shows_no_word_and_no_key(keeping, tmp_path) -> None:
    day = keeping
    made = begun(day)
    day("rescue what is whole", "verify", "--rescue", str(tmp_path / "saved/whole"), opens=made.words)
    database = day.program.folder / "journal.db"
    content = bytearray(database.read_bytes())
    for place in (-3000, len(content) // 2):
        content[place] ^= 1
    database.write_bytes(content)
    day("verify", "verify", opens=made.words, code=13)
    saved = str(tmp_path / "saved/damaged")
    day("rescue", "verify", "--rescue", saved, "--json", opens=made.words)
    day("rescue with the paper", "verify", "--rescue", str(tmp_path / "saved/paper"), opens=made.paper)
    day("list", "list", opens=made.words, shows=("the word",), JOURNAL_HOME=saved)
    sees_nothing(day)


def test_changing_what_opens_the_journal_shows_no_word_and_only_the_new_paper(keeping) -> None:
    day = keeping
    made = begun(day)
    words, at_work = made.words, day.giving("the words at work", AT_WORK)
    changed, last = day.giving("the changed words", CHANGED), day.giving("the last words", LAST)
    day("list", "passphrase", "list", opens=words)
    day("add", "passphrase", "add", "--label", "at work", opens=words, new=at_work)
    day("list for scripts", "passphrase", "list", "--json", opens=at_work)
    day("change", "passphrase", "change", "at work", opens=at_work, new=changed)
    day("no longer", "passphrase", "list", opens=at_work, code=11)
    day("remove", "passphrase", "remove", "at work", "--yes", opens=words)
    day("no such one", "passphrase", "remove", "zzzz", "--yes", opens=words, code=20)
    day("add anew", "passphrase", "add", "--label", "at work", opens=made.paper, new=changed)

    day("test", "recovery", "test", opens=made.paper)
    paper = day.place("the first paper").read_text().strip()
    sign = "Q" if paper[20] != "Q" else "P"
    mistyped = day.giving("a mistyped paper", paper[:20] + sign + paper[21:])
    day("test what is mistyped", "recovery", "test", opens=mistyped, code=11)
    day("open with what is mistyped", "verify", opens=mistyped, code=11)
    day("test with words", "recovery", "test", opens=words, code=11)

    replaced = day(
        *("replace", "passphrase", "change", "--replace-master-key", "--json"),
        opens=words,
        new=last,
        shows=("the second paper",),
    )
    second = day.paper("the second paper", replaced.json["recovery_key"])
    day("test the old paper", "recovery", "test", opens=made.paper, code=11)
    renewed = day("renew", "recovery", "renew", "--yes", opens=last, shows=("the third paper",))
    third = day.paper("the third paper", renewed.stdout.strip())
    day("test the older paper", "recovery", "test", opens=second, code=11)
    day("test the newest paper", "recovery", "test", "--json", opens=third)
    day("the word is there", "list", opens=last, shows=("the word",))
    sees_nothing(day)
    assert len(day.secrets) == 1 + 5 + 2 * 3


def test_holding_the_journal_open_hands_the_key_to_the_agent_and_to_nobody_else(keeping, hold) -> None:
    """The agent is watched too, from its first moment to its last."""
    day = keeping
    made = begun(day)
    env = [f"{name}={value}" for name, value in day.env(made.words).items()]
    held = hold("unlock", "--for", f"{HELD_FOR}s", before=("env", *env, *day.watching("unlock"))).until("Open until")
    told = day("list", "list", opens="", before=NOBODY_TO_ASK, shows=("the word",))
    day("status", "passphrase", "list", opens=made.words)
    day("lock", "lock", opens="")
    day("locked", "list", opens="", before=NOBODY_TO_ASK, code=12)
    day.past.append(Past("unlock", held.ends(), ()))

    assert held.process.returncode == 0
    assert told.stderr == ""
    path = os.fsencode(day.session / "journal" / SOCKET)
    asked = PATH_SIZE.pack(len(path)) + path + question(Request(HOLD, made.journal, HELD_FOR, made.key))
    own = (asked, *(answer(YES, left) + made.key for left in range(1, HELD_FOR + 1)))
    assert HELD_FOR < LONGEST_HOLD
    sees_nothing(day, own)
    # And the watch would have seen it: without leave, the two handings over of the key are what is left.
    named = {leak.partition(" in ")[2].partition(" to ")[0] for leak in day.leaks()}
    assert {"write", "sendmsg"} <= named <= {"write", "sendmsg", "all writes"}
    assert {leak.partition(":")[0] for leak in day.leaks()} == {"unlock"}


SPILLING = """
import os, shlex, subprocess, sys
giving = shlex.split(os.environ["JOURNAL_PASSPHRASE_COMMAND"])
secret = subprocess.run(giving, stdout=subprocess.PIPE).stdout.decode().strip()
subprocess.run([sys.executable, "-c", ""], env={"SPILT": secret})
subprocess.run([sys.executable, "-c", "", secret])
with open(os.environ["TMPDIR"] + "/spilt", "w") as file:
    file.write(secret)
os.unlink(file.name)
there, here = os.pipe()
os.write(here, (secret + "\\n").encode())
print(secret)
"""


def test_the_watch_sees_a_secret_in_surroundings_arguments_a_file_that_is_gone_and_an_answer(keeping) -> None:
    spilling = replace(keeping.program, argv=(sys.executable, "-c", SPILLING))
    keeping("spill", by=spilling, opens=keeping.giving("the passphrase", PASSPHRASE))
    leaks = [leak.removeprefix("spill: ") for leak in keeping.leaks()]
    assert leaks.count("the passphrase in execve to a name") == 2
    assert {
        "the passphrase is shown on ['stdout']",
        f"the passphrase in write to {keeping.program.home / 'tmp' / 'spilt'}",
        "the passphrase was written 3 times and asked for 1 times",
    } <= set(leaks)
    assert keeping.on_the_disk() == []


def test_the_search_finds_a_key_in_each_form_it_could_stand_in(tmp_path) -> None:
    key, other = secrets.token_bytes(32), secrets.token_bytes(32)
    for number, form in enumerate(key_forms(key)):
        (tmp_path / str(number)).write_bytes(b"\x00\xff before" + form + b"after \x80")
    assert len(files_with([tmp_path], key_forms(key))) == len(key_forms(key))
    assert files_with([tmp_path], key_forms(other)) == []

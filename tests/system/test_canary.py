"""No word of the person's reaches the disk in the clear, another process, the network, or a page with no business."""

import secrets
import signal
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from watching import WATCH, files_with, forms, handed, holds

SHARED_PLACES = (Path("/dev/shm"), Path("/var/tmp"))  # noqa: S108  # looked through, not written to
PASSPHRASE = "lantern orchid velvet harbor quartz"
NOTHING: frozenset[str] = frozenset()
OUT = frozenset({"stdout"})

# A bug at the worst place: the error itself holds what was written.
WITH_A_BUG = """
from journal_cli.records import entries
def add(db, whole):
    raise ValueError(whole.body)
entries.add = add
"""


@dataclass
class Day:
    """Commands that run one after another while every call they make to the system is taken down."""

    program: Any
    folder: Path
    strace: tuple[str, ...]
    word: str = field(default_factory=lambda: "quib" + secrets.token_hex(12) + "zorp", repr=False)
    leaks: list[str] = field(default_factory=list)

    @property
    def sought(self) -> tuple[bytes, ...]:
        return forms(self.word)

    @property
    def shared(self) -> Path:
        return self.folder / "shared"

    def trace(self, name: str) -> Path:
        return self.folder / "traces" / name

    def watching(self, name: str) -> tuple[str, ...]:
        return (*self.strace, *WATCH, str(self.trace(name)))

    def __call__(
        self, name: str, *args: str, shows: frozenset[str] = NOTHING, by: Any = None, leaves: bool = False, **how: Any
    ) -> Any:
        """Run a command; the word has to stand where it `shows` it and nowhere else, or in the file that `leaves`."""
        said = (by or self.program)(*args, before=self.watching(name), **how)
        self.look(name, said, shows, leaves=leaves)
        return said

    def look(self, name: str, said: Any, shows: frozenset[str], *, leaves: bool = False) -> None:
        """Look through what a command said and what it handed to the system."""
        told = {"stdout": said.stdout, "stderr": said.stderr}
        shown = {place for place, text in told.items() if holds(text.encode(), self.sought)}
        if shown != shows:
            self.leaks.append(f"{name}: shown on {sorted(shown)}, not on {sorted(shows)}")
        self.leaks += [f"{name}: {leak}" for leak in self._handed(name, shows, leaves=leaves)]

    def _handed(self, name: str, shows: frozenset[str], *, leaves: bool) -> list[str]:
        calls = handed(self.trace(name))
        assert any(call.call == "execve" for call in calls), f"{name} was not traced"
        fine = (*shows, str(self.shared)) if leaves else tuple(shows)
        leaks = [
            f"{call.call} to {call.place}"
            for call in calls
            if holds(call.content, self.sought) and not call.place.startswith(fine or "-")
        ]
        leaks += [f"{one.call} {one.place}" for one in calls if one.call in {"shared mmap", "memfd_create"}]
        return leaks + [f"{one.place}" for one in calls if one.call == "socket" and "INET" in one.place]

    def on_the_disk(self) -> list[str]:
        """Whatever holds the word or the passphrase, in all places a program may write to; not what was shared."""
        places = (self.program.home, *SHARED_PLACES)
        return files_with(places, self.sought) + files_with(places, forms(PASSPHRASE))


@pytest.fixture
def day(program, strace, tmp_path) -> Day:
    """A journal in a home of its own, and a folder apart for what is shared."""
    for name in ("shared", "traces"):
        (tmp_path / name).mkdir()
    return Day(program, tmp_path, strace)


def evening(word: str) -> str:
    """A whole sitting, with the word in every text; its end says the moods again, so there it is not."""
    answers = f"I felt a no, {word}.\n.\nIt passed, {word}.\n.\n:s\ny\nI called @{word} #{word}.\n.\n:s\n"
    return f"1\n3\n6\ntense\n{answers}5\n4\ncalm\n"


def test_an_evening_of_writing_and_looking_back_leaves_no_word_on_the_disk(day) -> None:
    word, text = day.word, f"Today, {day.word}, @{day.word} and #{day.word}.\n" + f"Again {day.word}.\n" * 40
    day("init", "init", shows=NOTHING)
    first = day("write", "write", "--json", shows=OUT, input=text).json["id"]
    day("edit", "edit", first, input=text + "And once more.")
    second = day("another", "write", "--json", input="Nothing special.").json["id"]
    day("mark", "mark", first, "--star")
    sat = day("sitting", "reflect", "evening-signals", "--json", shows=OUT, input=evening(word)).json
    day("star", "mark", sat["entries"][-1]["id"], "--star")
    day("steady", "reflect", "where-my-edges-are", input=f"y\n\n3\n3\n\n{word}\n.\n:q\n")
    day("check-in", "checkin", shows=frozenset({"stderr"}), input=f"2\n6\n{word}\n")
    limit = day("limit", "limit", "add", "--json", shows=OUT, input=word).json["id"]
    day("limit note", "limit", "note", limit, shows=frozenset({"stderr"}), input=f"3\n1\n{word}\n")
    day("limit show", "limit", "show", limit, shows=OUT)
    day("goal", "goal", "add", "--json", shows=OUT, input=word)
    day("goal rate", "goal", "rate", shows=frozenset({"stderr"}), input="3\n")
    day("goal list", "goal", "list", shows=OUT)
    day("today", input="")
    day("list", "list", shows=OUT)
    day("show", "show", first, "--history", shows=OUT)
    day("search", "search", shows=OUT, input=word)
    day("mood", "mood", shows=OUT)
    day("progress", "progress", shows=OUT)
    plan = day.folder / "plan.toml"
    plan.write_text(
        f'out = "{day.shared / "page.md"}"\nform = "md"\nclear = true\nentries = ["{first}", "{second}"]\n'
        f'talk_about = ["About {word}."]\nblocks = ["mood", "words", "sittings"]\n'
    )
    day("share", "share", "--plan", str(plan), leaves=True)
    assert holds((day.shared / "page.md").read_bytes(), day.sought)
    assert [path.name for path in day.shared.iterdir()] == ["page.md"]
    day("ledger", "share", "--list")
    day("delete", "delete", first, limit, "--yes")
    day("trash", "trash", "list", shows=OUT)
    day("empty", "trash", "empty", "--yes")
    day("demo", "demo")

    assert not day.leaks, "\n".join(day.leaks)
    assert day.on_the_disk() == []


def test_an_evening_on_which_everything_goes_wrong_leaves_no_word_on_the_disk(day, hold) -> None:
    word = day.word
    day("init", "init")
    kept = day("write", "write", "--json", input=f"{word}.").json["id"]
    # Stopped in the middle, in three ways; then another time goes on from the draft.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        name = number.name
        begun = hold("reflect", "evening-signals", before=day.watching(name))
        begun.until("Hands").hears(f"1\n3\n6\ntense\nI felt {word}.\n.\n").until("Kept").hears(f"And then {word}\n")
        day.look(name, begun.gets(number), NOTHING)
    day("resumed", "reflect", "--resume", input=f"{word}\n.\n:s\n:q\n")
    day("end of input", "reflect", "evening-signals", input=f"\n\n{word}")
    day("wrong answer", "reflect", "evening-signals", code=2, input=f"{word}\n")
    day("wrong mood", "checkin", code=2, input=f"{word}\n")
    day("wrong wish", "reflect", "evening-signals", code=2, input=f"\n\n:{word}\n")
    day("wrong passphrase", "write", code=11, input=word, JOURNAL_PASSPHRASE_COMMAND=f"echo not {PASSPHRASE}")
    day("no such entry", "edit", "zzzzzzzz", code=20, input=word)
    day("wrong limit", "limit", "add", code=2, input=word * 20)
    day("wrong note", "limit", "note", code=24, input=word)
    day("not text", "write", code=22, input=word.encode() + b"\xff\xfe" + word.encode())
    day("half", "write", code=22, input=word.encode() + b"\xed\xa0\x80")
    day("unchanged", "edit", kept, code=24, input=f"{word}.")
    day("not sure", "delete", kept, code=23)
    plan = day.folder / "plan.toml"
    plan.write_text(f'talk_about = ["{word}"]\nclear = true\nclear = true\n')
    day("plan twice", "share", "--plan", str(plan), code=22)
    plan.write_text(f'talk_about = "{word}"\nclear = true\n')
    day("plan of another kind", "share", "--plan", str(plan), code=22)
    plan.write_text(f'out = "{day.shared}"\nform = "md"\ntalk_about = ["{word}"]\nclear = true\n')
    day("no place", "share", "--plan", str(plan), code=15)
    program, code, cheap = day.program, "-c", day.program.argv[-1]
    buggy = replace(program, argv=(sys.executable, code, WITH_A_BUG + cheap))
    day("bug", "write", by=buggy, code=1, input=word)
    full = ("prlimit", "--fsize=1024", "--")
    day(
        "full",
        "write",
        code=15,
        input=word * 100,
        by=lambda *a, before, **how: program(*a, before=before + full, **how),
    )

    assert not day.leaks, "\n".join(day.leaks)
    assert day.on_the_disk() == []
    assert list(day.shared.iterdir()) == []


def test_the_search_finds_a_word_in_each_form_it_could_stand_in(tmp_path) -> None:
    word, other = "quib0123456789abcdefzorp", "quibfedcba9876543210zorp"
    for number, form in enumerate(forms(word)):
        (tmp_path / str(number)).write_bytes(b"\x00\xff before" + form + b"after \x80")
    (tmp_path / word).mkdir()
    assert len(files_with([tmp_path], forms(word))) == len(forms(word)) + 1
    assert files_with([tmp_path], forms(other)) == []


SPILLING = """
import os, sys
word = sys.stdin.read()
os.chdir(os.environ["TMPDIR"])
with open("wide", "wb") as file:
    file.write(b"some text " + word.encode("utf-16-le"))
descriptor = os.open("pieces", os.O_CREAT | os.O_WRONLY)
for place, sign in enumerate(word):
    os.pwrite(descriptor, sign.encode(), place)
os.mkdir(word)
print(word)
"""


def test_the_watch_sees_a_word_that_is_written_at_once_or_in_pieces_or_is_a_name(day) -> None:
    spilling = replace(day.program, argv=(sys.executable, "-c", SPILLING))
    day("spill", by=spilling, shows=OUT, input=day.word)
    assert set(day.leaks) == {
        "spill: write to wide",
        "spill: all writes to wide",
        "spill: all writes to pieces",
        "spill: mkdir to a name",
    }

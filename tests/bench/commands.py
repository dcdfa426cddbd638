"""What is measured: every reading and writing command, each as a whole process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notebooks import LAST, id_of, text, vocabulary

NEW: Final = 10_000_000  # where the numbers of texts begin that are in no journal yet
ALL, FEW, ONCE = 1.0, 0.3, 0.0  # of the rounds; at least one
RARE, MIDDLING, COMMON = (vocabulary()[rank] for rank in (5_900, 600, 1))
PHRASE = f'"{vocabulary()[0]} {vocabulary()[1]}"'
YEAR: Final = ("--since", f"{LAST.year}-01-01", "--until", f"{LAST.year}-12-30")
PLAN = """\
form = "pdf"
out = "{out}"
clear = true
since = "{year}-11-01"
until = "{year}-12-30"
talk_about = ["What was hard, and what helped."]
blocks = ["mood", "words", "sittings", "limits", "goals"]
entries = [{entries}]
"""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a command works.

    Args:
        count: Entries of the journal.
        journal: Its folder.
        out: A folder for what is made.
    """

    count: int
    journal: Path
    out: Path

    def ids(self) -> dict[str, str]:
        """Give ids that commands are about, by what they stand for."""
        return {
            "id": id_of(self.count // 2),
            "changed": id_of(self.count // 2 + 1),
            "deleted": id_of(self.count // 2 + 2),
            "limit": id_of(2**32),
        }


@dataclass(frozen=True, slots=True)
class Command:
    """
    A command as it is measured.

    Args:
        name: As the table says it.
        args: Its arguments; `{round}`, `{out}` and ids of `Place` are filled in.
        given: What it reads from a pipe; filled in too.
        share: In how much of the rounds it takes part, 0 for once.
        env: Further variables.
        speaks: It says something.
        small: It is measured in the small benchmark too.
        most: It is measured with so many entries at the most.
        locked: It is measured by passphrase too.
        asks: It wants the passphrase even when the agent holds the journal, so the derivation is in its time.
        afresh: It works in a journal that was just made.
    """

    name: str
    args: tuple[str, ...]
    given: str = ""
    share: float = ALL
    env: tuple[tuple[str, str], ...] = ()
    speaks: bool = True
    small: bool = False
    most: int = 100_000
    locked: bool = False
    asks: bool = False
    afresh: bool = False

    def filled(self, place: Place, number: int) -> tuple[list[str], bytes]:
        """Give the arguments, and what is read, of one round in one place."""
        values = {"round": str(number), "out": str(place.out), "text": text(NEW + number), **place.ids()}
        return [arg.format(**values) for arg in self.args], self.given.format(**values).encode()


def command(words: str, *, name: str = "", given: str = "", **more: object) -> Command:
    """Give a command by its words."""
    return replace(Command(name or words, tuple(words.split()), given), **more)


TAB = (("_JOURNAL_COMPLETE", "bash"), ("_JOURNAL_LINE", "journal "))
LOCKING = ("--password-command", "echo amber fjord cactus linen mosaic")

# In no journal, or in none that is opened.
AT_THE_START: Final = (
    command("--help", small=True),
    command("--version", small=True),
    command("", name="TAB after `journal`", env=TAB, small=True),
    command("help-now PL", small=True),
    command("good-therapy"),
    command("ground"),
    command("prompts list"),
)

READING: Final = (
    command("", name="journal, without more"),
    command("list", small=True, locked=True),
    command("list --json"),
    command("list --starred"),
    command("show {id}", name="show", small=True, locked=True),
    command("search", name="search, a rare word", given=RARE, small=True),
    command("search", name="search, a middling word", given=MIDDLING, small=True, locked=True),
    command("search", name="search, a common word", given=COMMON, small=True),
    command("search", name="search, a phrase", given=PHRASE, small=True),
    Command("mood, a year", ("mood", *YEAR), small=True),
    Command("progress, a year", ("progress", *YEAR), small=True),
    command("program list"),
    command("limit list"),
    command("goal list"),
    command("measure list"),
    command("trash list"),
    command("share --list"),
    command("settings"),
    command("doctor"),
    command("backup list", speaks=False),
)

WRITING: Final = (
    command("write", given="{text}", small=True, locked=True),
    command("checkin", given="4\n3\ntense\n", small=True, locked=True),
    command("edit {changed}", name="edit", given="{text}"),
    command("mark {id} --title Round-{round}", name="mark"),
    command("delete --yes {deleted}", name="delete"),
    command("trash restore {deleted}", name="trash restore"),
    command("limit note {limit}", name="limit note", given="1\n1\n\n"),
    command("goal rate", given="7\n"),
    command("reflect evening-signals", name="reflect, stopped at once", speaks=False),
)

IMPORT: Final = command(
    "import --yes {out}/jrnl.txt", name="import, of jrnl's file", share=ONCE, afresh=True, most=10_000
)

WHOLE: Final = (
    command("share --plan {out}/plan.toml --force", name="share, a PDF", share=FEW, small=True),
    command("export --clear --force {out}/all.json", name="export, JSON", share=FEW, speaks=False, small=True),
    Command(
        "export, locked",
        ("export", "--force", *LOCKING, "{out}/all.journal"),
        share=ONCE,
        speaks=False,
        small=True,
    ),
    command("backup make", share=FEW, speaks=False),
    command("verify", name="verify, by passphrase", share=ONCE, asks=True),
    IMPORT,
)

EVERYDAY: Final = READING + WRITING + WHOLE


def plan(place: Place) -> str:
    """Give the plan of a page for a therapist: two months, and three entries."""
    of_the_last_months = (place.count - 1 - far * place.count // 200 for far in range(1, 4))
    entries = ", ".join(f'"{id_of(number)}"' for number in of_the_last_months)
    return PLAN.format(out=place.out / "page.pdf", year=LAST.year, entries=entries)


def chosen(commands: tuple[Command, ...], *, small: bool) -> list[Command]:
    """Leave out what the small benchmark has no time for."""
    wanted: Callable[[Command], bool] = (lambda one: one.small) if small else (lambda _: True)
    return [one for one in commands if wanted(one)]

"""Values of options are read as they were always read, and without waking pydantic where they are plain."""

import subprocess
import sys

import pytest

READ_IN_A_PROCESS = """
import sys
from pathlib import Path
from journal_cli.cli.main import Journal

cards = {card.name: card for card in Journal.cards}
read = lambda name, *args: cards[name].open().make_context(name, list(args), resilient_parsing=False).params
assert read("list", "--limit", "7")["limit"] == 7
assert read("checkin", "--pleasant", "0", "--energy", "7")["energy"] == 7
assert read("export", "a folder")["target"] == Path("a folder")
assert read("import", "one", "two")["files"] == [Path("one"), Path("two")]
assert read("share", "--plan", "plan.toml")["plan"] == Path("plan.toml")
print("pydantic" in sys.modules)
"""


def test_paths_and_numbers_are_read_without_waking_pydantic() -> None:
    done = subprocess.run([sys.executable, "-c", READ_IN_A_PROCESS], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("list", "--limit", "0"), "'--limit'"),
        (("list", "--limit", "-3"), "'--limit'"),
        (("list", "--limit", "seven"), "'--limit'"),
        (("list", "--limit", "٣"), "'--limit'"),
        (("list", "--limit", "9" * 12), ""),
        (("checkin", "--pleasant", "8"), "'--pleasant'"),
        (("checkin", "--energy", "1.5"), "'--energy'"),
    ],
)
def test_a_number_that_is_not_plain_is_read_as_the_library_reads_it(journal, args, said) -> None:
    """The usual way gives the same answer: what it refuses is refused with its own words, what it takes is taken."""
    answer = journal(*args, code=2 if said else 0)

    assert said in answer.stderr

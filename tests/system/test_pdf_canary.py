"""A page on paper is made in memory: the file that was asked for is all that is written, and it is locked."""

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from watching import WATCH, WRITING, files_with, forms, handed, holds

PASSWORD = "amber fjord cactus linen mosaic"

# Chinese makes it look for the fonts of the machine too.
MAKES_A_PAGE = """
import sys
from pathlib import Path
from journal_cli.share.layout import Heading, Page, Written
from journal_cli.share.to_pdf import to_pdf, unshown
from journal_cli.share.writing import write_out

word, password, out = sys.stdin.read().split("|")
page = Page("en", word, "by me", "by choice", (Heading(word), Written(f"{word} \\u6211\\n" * 200)))
unshown(page)
write_out(Path(out), to_pdf(page, password))
"""


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_file_that_was_asked_for_is_all_that_is_written(strace: tuple[str, ...], tmp_path: Path) -> None:
    word = "quib" + secrets.token_hex(12) + "zorp"
    home, apart, trace = tmp_path / "home", tmp_path / "apart", tmp_path / "trace"
    home.mkdir()
    apart.mkdir()
    out = apart / "page.pdf"
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    subprocess.run(
        [*strace, *WATCH, str(trace), sys.executable, "-c", MAKES_A_PAGE],
        input=f"{word}|{PASSWORD}|{out}",
        text=True,
        env=env,
        cwd=home,
        check=True,
    )

    calls = handed(trace)
    written = {call.place for call in calls if call.call in WRITING and call.content}
    assert [Path(place).parent for place in written] == [apart]
    assert not [call for call in calls if holds(call.content, forms(word)) or holds(call.content, forms(PASSWORD))]
    assert not [call for call in calls if call.call in {"shared mmap", "memfd_create", "socket"}]
    assert files_with([home, apart], forms(word)) == []
    assert [list(home.iterdir()), list(apart.iterdir())] == [[], [out]]
    read = subprocess.run(["pdftotext", "-upw", PASSWORD, out, "-"], capture_output=True, text=True, check=True)
    assert read.stdout.count(word) == 202

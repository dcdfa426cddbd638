"""What a command reads is locked into memory. The tests that run commands in one process leave that off."""

import re
from dataclasses import replace

TEXT = "a word and another " * 10_000

LEFT_OFF = """
from journal_cli.vault import library, opening
opening.connect = lambda *args, **kwargs: library.connect(*args, **{**kwargs, "memory_security": False})
"""


def test_more_than_what_a_command_reads_is_given_to_be_locked_into_memory(program, strace):
    program("init")
    program("write", input=TEXT)
    (entry,) = program("list", "--json").json["entries"]
    *start, code = program.argv

    def locked(command):
        trace = program.home / "locked"
        shown = command("show", entry["id"], before=(*strace, "-qq", "-e", "trace=mlock", "-o", str(trace)))
        assert TEXT.strip() in " ".join(shown.stdout.split())
        return sum(map(int, re.findall(r"mlock\(\w+, (\d+)\)", trace.read_text())))

    unlocked = locked(replace(program, argv=(*start, LEFT_OFF + code)))
    assert locked(program) - unlocked > len(TEXT) > unlocked

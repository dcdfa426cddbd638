"""Looking for one phrase: in files, in whatever form, and in all that a process hands to the system."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

WRITING = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
NAMING = ("openat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat")
BESIDE = ("execve", "memfd_create", "mmap", "socket", "dup2", "dup3")
WATCH = ("-qq", "-xx", "-s", "100000000", "-e", "trace=" + ",".join((*WRITING, *NAMING, *BESIDE)), "-o")

_LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_RESULT = re.compile(r"= (\d+)(?: .*)?$")


def forms(phrase: str) -> tuple[bytes, ...]:
    """Every form in which the phrase could stand: as text, as digits, and in base64 at its three alignments."""
    raw = phrase.encode()
    wide = (phrase.encode("utf-16-le"), phrase.encode("utf-16-be"))
    digits = (raw.hex().encode(), raw.hex().upper().encode())
    letters = [base64.b64encode(b"\0" * shift + raw) for shift in range(3)]
    # The first and the last letters hold bits of what stands beside the phrase.
    cores = tuple(text.rstrip(b"=")[4:-1] for text in letters)
    return (raw, *wide, *digits, *cores, raw[::-1])


def holds(content: bytes, sought: Iterable[bytes]) -> bool:
    """Whether one of the forms is there; capital and small letters count as the same."""
    lowered = content.lower()
    return any(form in content or form.lower() in lowered for form in sought)


def files_with(places: Iterable[Path], sought: Iterable[bytes]) -> list[str]:
    """The files below these places that hold one of the forms, in their content or their name."""
    sought = tuple(sought)
    return [
        str(path)
        for place in places
        for path in place.rglob("*")
        if holds(str(path).encode(), sought) or (path.is_file() and holds(path.read_bytes(), sought))
    ]


@dataclass(frozen=True)
class Handed:
    """
    What a process handed to the system.

    Args:
        call: The call.
        place: Where it went: `stdout`, `stderr`, the path of a file, or `?` if that is not known.
        content: The bytes.
    """

    call: str
    place: str
    content: bytes = field(repr=False)


def handed(trace: Path) -> list[Handed]:
    """Read what was traced: each call, and once more all that went to one place, in case it went there in pieces."""
    calls = list(_calls(trace.read_text(encoding="ascii")))
    whole: dict[str, bytearray] = {}
    for call in calls:
        if call.call in WRITING:
            whole.setdefault(call.place, bytearray()).extend(call.content)
    return calls + [Handed("all writes", place, bytes(content)) for place, content in whole.items()]


@dataclass(frozen=True)
class _Call:
    """A line of the trace; one that another process interrupted comes as two, begun and ended."""

    process: str
    name: str
    rest: str
    content: bytes
    ended: bool

    @property
    def first(self) -> str:
        return re.split(r"[,)]", self.rest, maxsplit=1)[0]

    @property
    def result(self) -> str:
        found = _RESULT.search(self.rest)
        return found[1] if found else ""


def _calls(text: str) -> Iterator[Handed]:
    places: dict[tuple[str, str], str] = {}
    begun: dict[str, bytes] = {}
    for call in _lines(text):
        content = begun.pop(call.process, b"") + call.content
        if call.rest.endswith("<unfinished ...>"):
            begun[call.process] = content
        if call.name == "openat" and call.result:
            places[call.process, call.result] = content.decode(errors="replace")
        if call.name in {"dup2", "dup3"} and call.result:
            places[call.process, call.result] = _place(places, call.process, call.first)
        if not call.ended:
            yield from _handed(call, places)


def _lines(text: str) -> Iterator[_Call]:
    for line in text.splitlines():
        if found := _LINE.match(line):
            process, name, rest = found.groups()
            content = b"".join(bytes.fromhex(one.replace("\\x", "")) for one in _STRING.findall(rest))
            yield _Call(process, name, rest, content, ended=" resumed>" in line)


def _handed(call: _Call, places: dict[tuple[str, str], str]) -> Iterator[Handed]:
    if call.name in WRITING:
        yield Handed(call.name, _place(places, call.process, call.first), call.content)
    elif call.name == "mmap":
        shared = "MAP_SHARED" in call.rest and "PROT_WRITE" in call.rest and "MAP_ANONYMOUS" not in call.rest
        if shared:
            yield Handed("shared mmap", _place(places, call.process, call.rest.split(", ")[4]), b"")
    elif call.name == "socket":
        yield Handed("socket", call.first, b"")
    else:
        yield Handed(call.name, "a name", call.content)


def _place(places: dict[tuple[str, str], str], process: str, descriptor: str) -> str:
    return places.get((process, descriptor), {"1": "stdout", "2": "stderr"}.get(descriptor, "?"))
